"""Where the arguments of a claim stand: each slot of a pattern as a small walk over the parse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from dateline.language import (
    agent_of_passive,
    conjuncts,
    is_passive,
    objects_of,
    prepositional_objects,
    subjects_of,
    verb_chain,
)
from dateline.standing.patterns import Slot, Words

_MODIFIERS = {"poss", "compound", "amod", "nmod", "nummod"}
_NOMINAL = {"NOUN", "PROPN", "PRON"}
_VERBAL = {"VERB", "AUX"}
_ACTIVE_SUBJECTS = {"nsubj", "csubj"}
_RELATIVES = {"who", "which", "that", "whom"}
# Steps up from a noun to the verb that governs it: "in the fight", "join the campaign and the fight".
_MAX_CLIMB = 6
# Words a hyphenated compound may reach to the right over before its noun: "ISIS-held northern city".
_MAX_REACH = 5


@dataclass(frozen=True, slots=True)
class Sight:
    """What the walks may look at besides the parse."""

    words: Words
    knows: Callable[[Token], bool]  # whether an actor's mention covers the token


def heads_in(slot: Slot, word: Token, sight: Sight) -> list[Token]:
    """Head tokens of the phrases that stand in the slot of this word; conjuncts included."""
    if slot.name == "prep":
        return _after_prepositions(word, slot.prepositions)
    return _WALKS[slot.name](word, sight)


def verb_above(noun: Token) -> Token | None:
    """The verb that governs a noun, through prepositions, coordination and other nouns; None where there is none."""
    current = noun
    for _ in range(_MAX_CLIMB):
        if current.dep_ in {"ROOT", "npadvmod", "appos"} or current.head == current:
            return None
        current = current.head
        if current.pos_ in _VERBAL:
            return current
    return None


def _passive(verb: Token) -> bool:
    """Passive; "reports that they have killed" is not, though it hangs on "reports" as participles do."""
    return is_passive(verb) and not any(child.dep_ in _ACTIVE_SUBJECTS for child in verb.children)


def _agents(verb: Token, sight: Sight) -> list[Token]:
    if _passive(verb):
        found = agent_of_passive(verb)
    else:
        found = _doers_below_help(verb, sight) or subjects_of(verb) or _understood_subjects(verb, sight)
    return [doer for noun in found for doer in ([noun] if sight.knows(noun) else _behind(noun, verb, sight))]


def _behind(noun: Token, verb: Token, sight: Sight) -> list[Token]:
    """Who is behind an act: "the army's raid killed", "killed by army shelling", "made preparations to take"."""
    if noun.lemma_.lower() not in sight.words.acts | sight.words.intending_verbs:
        return [noun]
    infinitive = verb.dep_ == "ccomp" and any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)
    planners = subjects_of(verb.head) if infinitive and verb.head.pos_ in _VERBAL else []
    return [t for t in (*_owners(noun, sight), *_makers(noun)) if sight.knows(t)] or planners


def _makers(noun: Token) -> list[Token]:
    """Who is named after "by": "a raid by the army", "a raid carried out by the army"."""
    told = [t for child in noun.children if child.dep_ == "acl" for t in agent_of_passive(child)]
    return [*prepositional_objects(noun, "by"), *told]


def _means(verb: Token, sight: Sight) -> list[Token]:
    """Who is behind the act by which it is done: "killed in a raid by the army"."""
    acts = [
        t for t in prepositional_objects(verb, "in", "by", "during", "from") if t.lemma_.lower() in sight.words.acts
    ]
    return [doer for act in acts for doer in _behind(act, verb, sight)]


def _doers_below_help(verb: Token, sight: Sight) -> list[Token]:
    """Who takes the town in "urged the army to take", and both sides in "helped the army to take"."""
    head = verb.head
    if verb.dep_ != "xcomp" or head.pos_ != "VERB" or _passive(head):
        return []
    found = [t for child in head.children if child.dep_ == "dobj" for t in conjuncts(child)]
    return [*found, *subjects_of(head)] if found and head.lemma_.lower() in sight.words.helping_verbs else found


def _understood_subjects(verb: Token, sight: Sight) -> list[Token]:
    """Who acts in "a campaign to defeat", "focused on defeating", "the operation aimed at taking"."""
    *_, link = verb_chain(verb)
    head = link.head
    if link.dep_ == "pcomp" and head.dep_ == "prep":
        head = head.head
    elif link.dep_ not in {"acl", "relcl", "xcomp", "advcl"} or head == link:
        return []
    if head.pos_ in _VERBAL:
        return _patients(head, sight) if _passive(head) else (subjects_of(head) or _governors(head, sight))
    if head.pos_ == "ADJ":
        return subjects_of(head.head) if head.dep_ == "acomp" else []
    if head.pos_ not in _NOMINAL:
        return []
    walks = (_owners, _sides, _governors)
    return next((known for walk in walks if (known := [t for t in walk(head, sight) if sight.knows(t)])), [])


def _patients(verb: Token, sight: Sight) -> list[Token]:
    if not _passive(verb):
        return [_resolved(t, verb) for t in objects_of(verb)] or _shared_objects(verb) or _relative_object(verb)
    if verb.dep_ in {"acl", "amod"}:
        return [verb.head]
    return subjects_of(verb) or ([] if verb.dep_ == "ROOT" else _understood_subjects(verb, sight))


def _resolved(token: Token, verb: Token) -> Token:
    return verb.head if verb.dep_ == "relcl" and token.lower_ in _RELATIVES else token


def _shared_objects(verb: Token) -> list[Token]:
    """Objects of the next verb in "degraded and destroyed the militia"."""
    if any(child.dep_ == "prep" for child in verb.children):
        return []
    return [t for child in verb.children if child.dep_ == "conj" and child.pos_ == "VERB" for t in objects_of(child)]


def _relative_object(verb: Token) -> list[Token]:
    """The noun before a clause that lacks its object: "the towns the army held"."""
    has_subject = any(child.dep_ in _ACTIVE_SUBJECTS and child.lower_ not in _RELATIVES for child in verb.children)
    open_clause = not any(child.dep_ in {"ccomp", "xcomp", "prep"} for child in verb.children)
    return conjuncts(verb.head) if verb.dep_ == "relcl" and has_subject and open_clause else []


def _owners(noun: Token, sight: Sight) -> list[Token]:
    return [t for child in noun.children if child.dep_ in _MODIFIERS and not _joined(child) for t in conjuncts(child)]


def _joined(modifier: Token) -> bool:
    """The first of two names that the parser hangs on the second: "X Battalion and Y Brigade"."""
    return modifier.dep_ == "nmod" and any(child.dep_ == "cc" for child in modifier.children)


def _governors(noun: Token, sight: Sight) -> list[Token]:
    """Subjects of the verb above a noun; in the passive, whoever acts. Who "welcomed the capture" does not count."""
    verb = verb_above(noun)
    if verb is None or verb.lemma_.lower() in sight.words.onlooking_verbs:
        return []
    if _passive(verb):
        return agent_of_passive(verb) or ([] if noun.dep_ == "nsubjpass" else subjects_of(verb))
    return [] if noun.dep_ == "nsubj" else _agents(verb, sight)


def _sides(noun: Token, sight: Sight) -> list[Token]:
    """The noun that a fight, say, is told of: "support for the militia in its fight"."""
    above = noun.head.head
    if noun.dep_ != "pobj" or noun.head.lower_ not in {"in", "during", "for"}:
        return []
    if above.lemma_.lower() in sight.words.helping_verbs and above.pos_ == "VERB":
        return objects_of(above)
    if above.pos_ not in _NOMINAL:
        return []
    return [] if above.lemma_.lower() in sight.words.relation_nouns else conjuncts(above)


def _accompanied(noun: Token, sight: Sight) -> list[Token]:
    """Who comes with it: "the militia, with X's backing, crossed"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in {"with", "under", "to"}:
        return []
    above = noun.head.head
    if above.pos_ not in _VERBAL:
        return conjuncts(above)
    agents = _agents(above, sight)
    if any(sight.knows(agent) for agent in agents):
        return agents
    # "With X's help the city became a rebel stronghold": those whose stronghold it is.
    return [owner for child in above.children if child.dep_ == "attr" for owner in _owners(child, sight)] or agents


def _bearers(noun: Token, sight: Sight) -> list[Token]:
    """Who bears a noun: "X is an ally", "X, an ally", "X as an ally", "commander X", "X, commander"."""
    out: list[Token] = []
    if noun.dep_ == "attr":
        out += subjects_of(noun.head)
    if noun.dep_ == "appos":
        out.append(noun.head)
    if noun.dep_ in {"compound", "nmod"}:
        out.append(noun.head)
    if noun.dep_ == "pobj" and noun.head.lower_ == "as":
        out += _bearers_of_role(noun.head.head, sight)
    if noun.dep_ == "oprd":
        out += _patients(noun.head, sight)
    return out + [child for child in noun.children if child.dep_ == "appos"]


def _bearers_of_role(above: Token, sight: Sight) -> list[Token]:
    """Who is meant by "appointed X as commander", "X served as commander"."""
    verb = above if above.pos_ in _VERBAL else verb_above(above)
    if verb is None:
        return [above]
    return _patients(verb, sight) if above == verb and objects_of(verb) else _agents(verb, sight)


def _holders(noun: Token, sight: Sight) -> list[Token]:
    """What is "under the control", "in the hands", "out of control": the noun or subject above the preposition."""
    preposition = noun.head
    while preposition.dep_ == "prep" and preposition.head.dep_ == "prep":
        preposition = preposition.head
    if noun.dep_ != "pobj" or preposition.dep_ not in {"prep", "advmod"}:
        return []
    above = preposition.head
    if above.pos_ in _VERBAL:
        return [*_patients(above, sight), *subjects_of(above)]
    return conjuncts(above) if above.pos_ in _NOMINAL else []


def _modified(word: Token, sight: Sight) -> list[Token]:
    """What a participle or adjective says something of: "groups loyal to", "the group is linked to"."""
    if word.dep_ in {"acl", "amod", "appos", "relcl"} and word.head.pos_ in _NOMINAL:
        return conjuncts(word.head)
    if word.dep_ in {"acomp", "attr", "oprd"}:
        return subjects_of(word.head)
    if word.dep_ == "conj" and word.head.pos_ == "ADJ":
        return _modified(word.head, sight)
    if word.dep_ == "advmod":
        return [word.head] if word.head.pos_ in _NOMINAL else subjects_of(word.head)
    return subjects_of(word)


def _pairs(noun: Token, sight: Sight) -> list[Token]:
    """The parties of "talks between X and Y", "the summit of X, Y and Z", "the agreement reached between X and Y"."""
    found = prepositional_objects(noun, "between", "among", "of")
    if not found:
        near = [child for child in noun.children if child.dep_ in {"acl", "relcl"}]
        above = verb_above(noun)
        found = [
            t for verb in [*near, *([above] if above else [])] for t in prepositional_objects(verb, "between", "among")
        ]
    return found or (_owners(noun, sight) if noun.dep_ != "compound" else [])


def _together(verb: Token, sight: Sight) -> list[Token]:
    """Subjects that do it to each other: "X and Y met", "X and Y signed an agreement"."""
    if _passive(verb):
        return []
    found = subjects_of(verb)
    return found if len(found) > 1 else []


def _after_prepositions(word: Token, prepositions: tuple[str, ...]) -> list[Token]:
    """Objects of prepositions below the word; for a noun, also below the verb it is the object of."""
    found = prepositional_objects(word, *prepositions)
    for child in word.children:
        if child.dep_ in {"prep", "prt", "advmod"}:
            found += prepositional_objects(child, *prepositions)
    if not found and word.pos_ == "NOUN" and word.dep_ == "dobj":
        found = prepositional_objects(word.head, *prepositions)
    return found


def _left_of_hyphen(word: Token, sight: Sight) -> list[Token]:
    return [word.nbor(-2)] if word.i >= 2 else []


def _right_of_hyphen(word: Token, sight: Sight) -> list[Token]:
    return [word.nbor(2)] if word.i + 2 < len(word.doc) else []


def _compound_head(word: Token, sight: Sight) -> list[Token]:
    """The noun that a hyphenated compound modifies: the parse's head, else the end of the run of words to its right."""
    if word.dep_ in {"amod", "compound", "nmod"} and word.head.pos_ in {"NOUN", "PROPN"} and word.head.i > word.i + 2:
        return conjuncts(word.head)
    found: list[Token] = []
    start = word.i + 3 if word.nbor(1).text in {"-", "–", "‑"} else word.i + 1
    for token in word.doc[start : start + _MAX_REACH]:
        if token.pos_ not in {"ADJ", "NOUN", "PROPN"} or token.sent.start != word.sent.start:
            break
        found = [token]
    return found


def _below(word: Token, sight: Sight) -> list[Token]:
    """Names after a preposition: "including X and Y"."""
    found = [t for child in word.children if child.dep_ in {"pobj", "dobj"} for t in conjuncts(child)]
    return [token for token in found if token.pos_ == "PROPN"]


def _beside(word: Token, sight: Sight) -> list[Token]:
    """What is set beside a title: "X, commander, Southern Division"."""
    below = [child for child in word.children if child.dep_ == "appos"]
    return below or (
        [t for t in word.head.children if t.dep_ == "appos" and t.i > word.i] if word.dep_ == "appos" else []
    )


def _above(word: Token, sight: Sight) -> list[Token]:
    return [word.head] if word.head != word and word.head.pos_ in _NOMINAL else []


_WALKS: Mapping[str, Callable[[Token, Sight], list[Token]]] = {
    "agent": _agents,
    "patient": _patients,
    "means": _means,
    "owner": _owners,
    "governor": _governors,
    "side": _sides,
    "accompanied": _accompanied,
    "bearer": _bearers,
    "holder": _holders,
    "self": lambda word, _: [word],
    "modified": _modified,
    "left": _left_of_hyphen,
    "right": _right_of_hyphen,
    "head": _compound_head,
    "below": _below,
    "above": _above,
    "beside": _beside,
    "pair": _pairs,
    "together": _together,
}
