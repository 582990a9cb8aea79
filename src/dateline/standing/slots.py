"""Where the arguments of a claim stand: each slot of a pattern as a small walk over the parse."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spacy.tokens import Token

from dateline.language import agent_of_passive, conjuncts, is_passive, objects_of, prepositional_objects, subjects_of
from dateline.standing.patterns import Slot

_MODIFIERS = {"poss", "compound", "amod", "nmod", "nummod"}
# Steps up from a noun to the verb that governs it: "in the fight", "join the campaign and the fight".
_MAX_CLIMB = 6
# Words a hyphenated compound may reach to the right over before its noun: "ISIS-held northern city".
_MAX_REACH = 5


def heads_in(slot: Slot, word: Token) -> list[Token]:
    """Head tokens of the phrases that stand in the slot of this word; conjuncts included."""
    if slot.name == "prep":
        return _after_prepositions(word, slot.prepositions)
    return _WALKS[slot.name](word)


def _agents(verb: Token) -> list[Token]:
    if is_passive(verb):
        return agent_of_passive(verb)
    found = subjects_of(verb)
    return found or _understood_subjects(verb)


def _understood_subjects(verb: Token) -> list[Token]:
    """Who acts in "a campaign to defeat", "focused on defeating", "the operation aimed at taking"."""
    head = verb.head
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        head = head.head
    elif verb.dep_ not in {"acl", "relcl", "xcomp", "advcl"} or head is verb:
        return []
    if head.pos_ in {"VERB", "AUX"}:
        return _patients(head) if is_passive(head) else (subjects_of(head) or _governors(head))
    if head.pos_ in {"NOUN", "PROPN"}:
        return [*_owners(head), *_governors(head)]
    return []


def _patients(verb: Token) -> list[Token]:
    if not is_passive(verb):
        return objects_of(verb)
    if verb.dep_ in {"acl", "amod"}:
        return conjuncts(verb.head)
    return subjects_of(verb)


def _owners(noun: Token) -> list[Token]:
    return [t for child in noun.children if child.dep_ in _MODIFIERS for t in conjuncts(child)]


def _governors(noun: Token) -> list[Token]:
    """Subjects of the verb above a noun; in the passive, whoever acts."""
    verb = verb_above(noun)
    if verb is None:
        return []
    if is_passive(verb):
        return agent_of_passive(verb) or ([] if noun.dep_ == "nsubjpass" else subjects_of(verb))
    return [] if noun.dep_ == "nsubj" else subjects_of(verb)


def verb_above(noun: Token) -> Token | None:
    """The verb that governs a noun, through prepositions, coordination and other nouns; None where there is none."""
    current = noun
    for _ in range(_MAX_CLIMB):
        if current.dep_ in {"ROOT", "npadvmod", "appos"} or current.head is current:
            return None
        current = current.head
        if current.pos_ in {"VERB", "AUX"}:
            return current
    return None


def _bearers(noun: Token) -> list[Token]:
    """Who bears a noun: "X is an ally", "X, an ally", "X as an ally", "commander X", "X, commander"."""
    out: list[Token] = []
    if noun.dep_ == "attr":
        out += subjects_of(noun.head)
    if noun.dep_ in {"appos", "compound", "nmod"}:
        out += conjuncts(noun.head) if noun.dep_ == "appos" else [noun.head]
    if noun.dep_ == "pobj" and noun.head.lower_ == "as":
        out += _bearers_of_role(noun.head.head)
    if noun.dep_ == "oprd":
        out += _patients(noun.head)
    return out + [child for child in noun.children if child.dep_ == "appos"]


def _bearers_of_role(verb: Token) -> list[Token]:
    """Who is meant by "appointed X as commander", "X served as commander"."""
    return _patients(verb) or subjects_of(verb)


def _holders(noun: Token) -> list[Token]:
    """What is "under the control", "in the hands", "out of control": the noun or subject above the preposition."""
    preposition = noun.head
    while preposition.dep_ == "prep" and preposition.head.dep_ == "prep":
        preposition = preposition.head
    if noun.dep_ != "pobj" or preposition.dep_ not in {"prep", "advmod"}:
        return []
    above = preposition.head
    if above.pos_ in {"VERB", "AUX"}:
        return [*_patients(above), *subjects_of(above)]
    return conjuncts(above) if above.pos_ in {"NOUN", "PROPN", "PRON"} else []


def _modified(word: Token) -> list[Token]:
    """What a participle or adjective says something of: "groups loyal to", "the group is linked to", "linked to X, the group"."""
    if word.dep_ in {"acl", "amod"} and word.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        return conjuncts(word.head)
    if word.dep_ in {"acomp", "attr", "oprd"}:
        return subjects_of(word.head)
    if word.dep_ in {"appos", "relcl"} and word.head.pos_ in {"NOUN", "PROPN"}:
        return [word.head]
    return subjects_of(word)


def _pairs(noun: Token) -> list[Token]:
    return prepositional_objects(noun, "between", "among", "of", "with") or [
        t for verb in [verb_above(noun)] if verb is not None for t in prepositional_objects(verb, "between", "among")
    ]


def _after_prepositions(word: Token, prepositions: tuple[str, ...]) -> list[Token]:
    """Objects of prepositions below the word; for a noun, also below the verb it is the object of."""
    found = prepositional_objects(word, *prepositions)
    for child in word.children:
        if child.dep_ in {"prep", "prt", "advmod"}:
            found += prepositional_objects(child, *prepositions)
    if not found and word.pos_ == "NOUN" and word.dep_ == "dobj":
        found = prepositional_objects(word.head, *prepositions)
    return found


def _left_of_hyphen(word: Token) -> list[Token]:
    return [word.nbor(-2)] if word.i >= 2 else []


def _right_of_hyphen(word: Token) -> list[Token]:
    return [word.nbor(2)] if word.i + 2 < len(word.doc) else []


def _compound_head(word: Token) -> list[Token]:
    """The noun that a hyphenated compound modifies: the parse's head, else the end of the run of words to its right."""
    if word.dep_ in {"amod", "compound", "nmod"} and word.head.pos_ in {"NOUN", "PROPN"} and word.head.i > word.i:
        return conjuncts(word.head)
    found: list[Token] = []
    for token in word.doc[word.i + 1 : word.i + 1 + _MAX_REACH]:
        if token.pos_ not in {"ADJ", "NOUN", "PROPN"}:
            break
        found = [token]
    return found


_WALKS: Mapping[str, Callable[[Token], list[Token]]] = {
    "agent": _agents,
    "patient": _patients,
    "owner": _owners,
    "governor": _governors,
    "bearer": _bearers,
    "holder": _holders,
    "self": lambda word: [word],
    "modified": _modified,
    "left": _left_of_hyphen,
    "right": _right_of_hyphen,
    "head": _compound_head,
    "pair": _pairs,
}
