"""Who does it and to whom: the participants of a trigger, read off the parse by the trigger's frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from dateline.language import (
    agent_of_passive,
    conjuncts,
    is_passive,
    objects_of,
    prepositional_objects,
    subjects_of,
)
from dateline.what.clauses import ClauseWords, load_clause_words
from dateline.what.find import Trigger
from dateline.what.lexicon import Lexicon
from dateline.who.index import ActorIndex

_PARTY_CLASSES = ("people", "official", "force", "police", "militia", "party", "captive", "diplomat")
_PARTY_ENTITIES = frozenset({"PERSON", "NORP", "ORG", "GPE"})
_NO_PARTY_ENTITIES = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "QUANTITY", "LAW", "LANGUAGE", "EVENT", "WORK_OF_ART"}
)
_THING_CLASSES = ("idea", "talks", "deal", "attack", "atrocity", "firepower", "protest", "truce")
# Things whose owners are not meant when something is done to them: "examined at the summit of Norland and Sudland".
_SHARED_THINGS = ("talks", "summit", "place", "money")
_PLACE_ENTITIES = frozenset({"GPE", "LOC", "FAC"})
_OWNERS = frozenset({"poss", "compound", "amod", "nmod"})
_WITH_VERB = frozenset({"dobj", "prt", "prep", "nsubjpass", "acomp", "attr", "advmod", "pobj"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Head tokens of the participants. ``instruments`` are subjects that do not act themselves: shells, bombs, acts."""

    actors: tuple[Token, ...]
    recipients: tuple[Token, ...]
    instruments: tuple[Token, ...] = ()


class RoleReader:
    """Reads participants; knows the lexicon's classes and, where they were found, the article's actors."""

    def __init__(self, lexicon: Lexicon, words: ClauseWords, index: ActorIndex) -> None:
        self._lexicon = lexicon
        self._words = words
        self._index = index

    def roles(self, trigger: Trigger) -> Roles:
        """The participants of a trigger by its frame."""
        frame = trigger.pattern.frame
        actors, instruments = self._actors(self._fill(trigger, frame.actor, "actor"))
        if frame.theme_acts and not actors and not trigger.is_noun:
            actors = [t for t in _objects(trigger.head) if self.is_party(t)]
        if frame.places_no_actors:
            actors = [t for t in actors if t.ent_type_ not in _PLACE_ENTITIES and not self._lexicon.holds("place", t)]
        recipients = self._recipients(trigger, self._fill(trigger, frame.recipient, "recipient"))
        if frame.owner_suffers and trigger.is_noun:
            suffer = [t for t in actors if t.dep_ == "poss" and t.head == trigger.head and self._is_person(t)]
            actors, recipients = [t for t in actors if t not in suffer], [*recipients, *suffer]
        if frame.mutual:
            return Roles(_once([*actors, *recipients]), (), tuple(instruments))
        actors = [t for t in actors if t not in recipients] if "subject" not in frame.actor else actors
        return Roles(_once(actors), _once(t for t in recipients if t not in actors), tuple(instruments))

    def is_party(self, token: Token) -> bool:
        """Whether the token can name a participant: a person, a body, a force, a state."""
        if token.ent_type_ in _NO_PARTY_ENTITIES:
            return False
        if token.ent_type_ in _PARTY_ENTITIES or self._index.mention_over(token) is not None:
            return True
        if token.pos_ == "PRON":
            return token.tag_ in {"PRP", "PRP$"} or token.lower_ in {
                "who",
                "whom",
                "anyone",
                "everyone",
                "nobody",
                "none",
                "all",
                "both",
                "others",
            }
        if any(self._lexicon.holds(name, token) for name in _PARTY_CLASSES):
            return True
        return token.lower_ in self._words.crowds or (token.pos_ == "PROPN" and token.ent_type_ == "")

    def _is_person(self, token: Token) -> bool:
        return token.ent_type_ == "PERSON" or token.pos_ == "PRON" or self._lexicon.holds("people", token)

    def asked_of(self, speech: Token, roles: Roles) -> Roles:
        """ "The minister said Norland must leave": who says it asks, who must do it is asked."""
        speakers, _ = self._actors(_active_subjects(speech))
        return Roles(_once(speakers), roles.actors or roles.recipients, roles.instruments)

    def light_verb(self, noun: Token) -> Token | None:
        """The verb that does what the noun says: "carried out the raid", "engaged in talks"."""
        if noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
            return self.light_verb(noun.head)
        if noun.dep_ not in {"pobj", "dobj", "nsubjpass", "oprd", "attr"}:
            return next((c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN" and self._is_light(c)), None)
        verb = noun.head.head if noun.dep_ == "pobj" else noun.head
        return verb if verb.pos_ == "VERB" and self._is_light(verb) else None

    def _is_light(self, verb: Token) -> bool:
        return verb.lemma_.lower() in self._words.light

    def _fill(self, trigger: Trigger, slots: Iterable[str], role: str) -> list[Token]:
        out: list[Token] = []
        for slot in slots:
            out += self._noun_slot(trigger, slot) if trigger.is_noun else self._verb_slot(trigger, slot)
        if trigger.is_noun and trigger.pattern.frame.of == role and "of" not in slots:
            out += self._noun_slot(trigger, "of")
        literal = {w for w in trigger.literal_words() if not self.is_party(w)}
        return [t for t in out if t not in literal]

    def _verb_slot(self, trigger: Trigger, slot: str) -> list[Token]:
        verb = trigger.head
        if slot == "subject":
            return [] if _passive(verb) else _active_subjects(verb)
        if slot == "object":
            return _objects(verb)
        if slot == "dative":
            return [t for child in verb.children if child.dep_ == "dative" for t in _named_by(child)]
        if slot == "clause":
            return [
                s
                for c in verb.children
                if c.dep_ in {"ccomp", "xcomp", "advcl"}
                for s in c.children
                if s.dep_ in {"nsubj", "nsubjpass"}
            ]
        if slot == "owner":
            return []
        if slot == "by":
            return agent_of_passive(verb)
        holders = [verb, *(w for w in trigger.words if w.head == verb and w.dep_ in _WITH_VERB)]
        return [t for word in holders for t in prepositional_objects(word, slot)]

    def _noun_slot(self, trigger: Trigger, slot: str) -> list[Token]:
        noun = trigger.head
        light = self.light_verb(noun)
        if slot == "owner":
            return [c for c in _owners(noun) if c not in trigger.words and (c.dep_ == "poss" or self.is_party(c))]
        if slot == "subject":
            return self._subjects_of_light(noun, light)
        if slot == "object":
            return _objects(noun.head) if noun.dep_ == "nsubj" and noun.head.lemma_.lower() in self._words.harm else []
        if slot in {"dative", "clause"}:
            return [
                t for c in (light.children if light is not None else ()) if c.dep_ == "dative" for t in _named_by(c)
            ]
        holders = [*trigger.words, *([light] if light is not None else [])]
        if noun.dep_ in {"nsubj", "nsubjpass"} and slot in {"by", "between", "with"}:
            holders.append(noun.head)
        found = [t for word in holders for t in prepositional_objects(word, slot)]
        found += [t for word in trigger.words if word.dep_ == "prep" and word.lower_ == slot for t in _named_by(word)]
        return [t for t in found if t != noun]

    def _subjects_of_light(self, noun: Token, light: Token | None) -> list[Token]:
        if light is None:
            return []
        if noun.dep_ == "nsubjpass" or (light.dep_ == "acl" and light.head == noun):
            return agent_of_passive(light)
        return [t for t in _active_subjects(light) if t != noun]

    def _actors(self, tokens: list[Token]) -> tuple[list[Token], list[Token]]:
        actors: list[Token] = []
        instruments: list[Token] = []
        for token in tokens:
            if token.lower_ in self._words.not_actors and token.lower_ != "it":
                continue
            if self.is_party(token):
                actors.append(token)
            else:
                instruments.append(token)
                behind = self._behind(token)
                # "Warplanes bombed the market": nobody's, but they did it.
                actors += behind or ([token] if self._lexicon.holds("craft", token) else [])
        return actors, instruments

    def _recipients(self, trigger: Trigger, tokens: list[Token]) -> list[Token]:
        out: list[Token] = []
        for token in tokens:
            if token.lower_ in self._words.not_recipients:
                continue
            if self.is_party(token):
                out.append(token)
            elif token.ent_type_ in _NO_PARTY_ENTITIES or token.pos_ not in {"NOUN", "PROPN", "PRON", "NUM"}:
                continue
            elif trigger.pattern.frame.things and self._can_be_hit(token):
                out.append(token)
            elif not trigger.pattern.frame.mutual:
                out += self._behind(token)
        return out

    def _can_be_hit(self, token: Token) -> bool:
        holds = self._lexicon.holds
        return holds("place", token) or not any(holds(name, token) for name in _THING_CLASSES)

    def _behind(self, thing: Token) -> list[Token]:
        """The participants behind a thing: "Norland's decision", "the raid by Sudland"."""
        if any(self._lexicon.holds(name, thing) for name in _SHARED_THINGS):
            return []
        owners = [c for c in _owners(thing) if self.is_party(c)]
        named = prepositional_objects(thing, "by", "from", "of")
        return owners or [t for t in named if self.is_party(t)]


def _passive(verb: Token) -> bool:
    """Passive, a bare past participle included: "ASKED by reporters, he said"."""
    if verb.dep_ == "acl" and any(child.dep_ == "dobj" for child in verb.children):
        return False
    if is_passive(verb):
        return True
    helped = any(child.dep_ in {"aux", "dobj"} for child in verb.children)
    return verb.tag_ == "VBN" and verb.dep_ == "advcl" and not helped


def _once(tokens: Iterable[Token]) -> tuple[Token, ...]:
    return tuple(sorted(set(tokens), key=lambda t: t.i))


def _named_by(child: Token) -> Iterator[Token]:
    """A dative is a noun or a preposition with one."""
    if child.pos_ == "ADP":
        for pobj in child.children:
            if pobj.dep_ == "pobj":
                yield from conjuncts(pobj)
    else:
        yield from conjuncts(child)


def _owners(noun: Token) -> list[Token]:
    return [
        c for c in noun.children if c.dep_ in _OWNERS and c.i < noun.i and c.pos_ in {"PROPN", "NOUN", "PRON", "ADJ"}
    ]


def _active_subjects(verb: Token) -> list[Token]:
    """Subjects, where the verb above decides about them: "forced the army TO LEAVE" has the army."""
    own = any(child.dep_ in {"nsubj", "nsubjpass", "csubj"} for child in verb.children)
    if (
        not own
        and verb.dep_ in {"xcomp", "advcl", "ccomp"}
        and verb.head.lemma_.lower() in load_clause_words().object_control
    ):
        controlled = [*objects_of(verb.head), *prepositional_objects(verb.head, "on", "upon")]
        if controlled and not _passive(verb.head):
            return controlled
    if not own and verb.dep_ == "acl" and verb.tag_ == "VB":
        return _owner_of_plan(verb.head)
    if not own and verb.dep_ == "pcomp":
        holder = verb.head.head
        return _active_subjects(holder) if holder.pos_ in {"VERB", "AUX"} else _owner_of_plan(holder)
    if own and _passive(verb):
        return []
    if verb.dep_ == "acl" and verb.tag_ in {"VBD", "VBN"}:
        return conjuncts(verb.head)
    found = subjects_of(verb)
    if not found and verb.dep_ == "conj" and verb.head.dep_ == "acl":
        return _active_subjects(verb.head)
    return found


def _owner_of_plan(noun: Token) -> list[Token]:
    """Whose plan it is: "Norland's plan to attack", "Norland has a plan to attack"."""
    owners = [c for c in noun.children if c.dep_ == "poss"] or [
        c for c in _owners(noun) if c.ent_type_ in _PARTY_ENTITIES
    ]
    if owners:
        return owners
    if noun.dep_ == "dobj" and noun.head.pos_ == "VERB":
        return _active_subjects(noun.head)
    return []


def _objects(verb: Token) -> list[Token]:
    """What the verb acts on: direct objects, the subject of a passive, the noun that a clause without one modifies."""
    if _passive(verb):
        if verb.dep_ == "acl":
            return conjuncts(verb.head)
        if any(c.dep_ == "nsubjpass" for c in verb.children) or verb.dep_ in {"conj", "xcomp"}:
            return subjects_of(verb)
        return conjuncts(verb.head) if verb.dep_ == "relcl" else []
    found = [t for t in objects_of(verb) if t.i != verb.i and t.tag_ not in {"WDT", "WP"}]
    if (
        not found
        and verb.dep_ == "relcl"
        and any(c.dep_ == "nsubj" and c.tag_ not in {"WP", "WDT"} for c in verb.children)
    ):
        return conjuncts(verb.head)
    found += [s for c in verb.children if c.dep_ == "ccomp" and c.tag_ == "VB" for s in c.children if s.dep_ == "nsubj"]
    return found or _shared_object(verb)


def _shared_object(verb: Token) -> list[Token]:
    """ "shelled and bombed THE TOWN": the object of the verb coordinated after it."""
    return [t for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB" and _no_subject(c) for t in objects_of(c)]


def _no_subject(verb: Token) -> bool:
    return not any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children)
