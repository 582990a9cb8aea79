"""From triggers to happenings: each trigger coded once, carriers joined with what they carry, one happening per act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from dateline.what.clauses import ClauseWords
from dateline.what.find import Trigger, find_triggers
from dateline.what.lexicon import Lexicon
from dateline.what.roles import RoleReader, Roles
from dateline.what.rules import Coding, Rules
from dateline.what.status import Standing, StatusReader
from dateline.who.index import ActorIndex

# A pronoun that stands for the speaker: "Norland said IT would strike".
_SPEAKER_PRONOUNS = frozenset({"it", "he", "she", "they", "we", "i"})
_OWN_CLAUSE = frozenset({"relcl", "conj", "advcl", "ccomp", "parataxis"})


@dataclass(frozen=True, slots=True)
class Happening:
    """One event before place, date and the rest are bound to it."""

    trigger: Trigger
    coding: Coding
    roles: Roles
    standing: Standing
    words: tuple[Token, ...]  # words of its clause
    also: tuple[Trigger, ...] = ()  # triggers that name the same happening


class ActCoder:
    """Finds and codes the triggers of a document."""

    def __init__(self, lexicon: Lexicon, words: ClauseWords, rules: Rules) -> None:
        self._lexicon = lexicon
        self._words = words
        self._rules = rules
        self._status = StatusReader(words)

    def happenings(self, doc: Doc, index: ActorIndex) -> list[Happening]:
        """Every happening the document tells of, in text order."""
        triggers = find_triggers(doc, self._lexicon)
        if not triggers:
            return []
        reader = RoleReader(self._lexicon, self._words, index)
        standings = {i: self._status.standing(t, _light(t, reader), triggers) for i, t in triggers.items()}
        carried = {s.carrier.head.i: i for i, s in reversed(standings.items()) if s.carrier is not None}
        coded: dict[int, Happening] = {}
        for i in triggers:
            self._code(i, triggers, standings, carried, reader, coded)
        absorbed = {i for i in carried.values() if coded[i] is not None}
        absorbed |= {i for i, s in standings.items() if s.carrier is not None}
        return _joined([h for i, h in sorted(coded.items()) if i not in absorbed], self._words)

    def _code(
        self,
        i: int,
        triggers: Mapping[int, Trigger],
        standings: Mapping[int, Standing],
        carried: Mapping[int, int],
        reader: RoleReader,
        coded: dict[int, Happening],
    ) -> Happening:
        if i in coded:
            return coded[i]
        trigger, standing = triggers[i], standings[i]
        content: Coding | None = None
        if i in carried and carried[i] != i:
            below = carried[i]
            content = self._code(below, triggers, standings, {k: v for k, v in carried.items() if k != i}, reader, coded).coding
        roles = reader.roles(trigger)
        words = tuple(_clause_words(trigger, roles))
        coding = self._rules.code(trigger, roles, standing, content, words)
        if standing.speech is not None and _speaks_of_himself(standing.speech, roles):
            coding = self._rules.spoken_by_actor(coding)
        coded[i] = Happening(trigger, coding, roles, standing, words)
        return coded[i]


def _light(trigger: Trigger, reader: RoleReader) -> Token | None:
    return reader.light_verb(trigger.head) if trigger.is_noun else None


def _speaks_of_himself(speech: Token, roles: Roles) -> bool:
    speakers = {c for c in speech.children if c.dep_ == "nsubj"}
    return any(t.lower_ in _SPEAKER_PRONOUNS or t in speakers for t in roles.actors)


def _clause_words(trigger: Trigger, roles: Roles) -> Iterator[Token]:
    """The trigger, what stands below it in its own clause, and the participants' words."""
    yield from _below(trigger.head)
    for token in (*roles.actors, *roles.instruments):
        yield token
        yield from (c for c in token.children if c.dep_ in {"compound", "amod", "nmod"})
    if trigger.head.dep_ == "nsubj":
        yield from _below(trigger.head.head)


def _below(token: Token) -> Iterator[Token]:
    yield token
    for child in token.children:
        if child.dep_ not in _OWN_CLAUSE or child.pos_ == "NOUN":
            yield from _below(child)


def _joined(happenings: list[Happening], words: ClauseWords) -> list[Happening]:
    """Happenings with those that only tell another one again joined to it."""
    out: list[Happening] = []
    for happening in happenings:
        twin = next((n for n, other in enumerate(out) if _same_happening(other, happening, words)), None)
        if twin is None:
            out.append(happening)
        else:
            out[twin] = _join(out[twin], happening)
    return out


def _same_happening(first: Happening, second: Happening, words: ClauseWords) -> bool:
    """One act told twice: "the STRIKE killed ten", "ten were killed in the STRIKE", "kill ten and wounded twenty"."""
    a, b = first.trigger.head, second.trigger.head
    if a.sent.start != b.sent.start or first.coding.type != second.coding.type:
        return False
    if first.coding.status != second.coding.status:
        return False
    if _sides_differ(first.roles, second.roles):
        return False
    return _near_in_parse(a, b) or _near_in_parse(b, a)


def _sides_differ(first: Roles, second: Roles) -> bool:
    return bool(first.actors and second.actors and not set(first.actors) & set(second.actors))


def _near_in_parse(low: Token, high: Token) -> bool:
    """Whether ``low`` hangs below ``high`` by its subject, a preposition, a participle or coordination alone."""
    node = low
    for _ in range(3):
        if node.dep_ not in {"nsubj", "nsubjpass", "pobj", "prep", "agent", "conj", "advcl", "xcomp", "dobj", "appos", "pcomp", "acl"}:
            return False
        node = node.head
        if node == high:
            return True
    return False


def _join(first: Happening, second: Happening) -> Happening:
    lead, other = (first, second) if first.coding.mode is not None or second.coding.mode is None else (second, first)
    roles = Roles(
        actors=first.roles.actors or second.roles.actors,
        recipients=tuple(sorted({*first.roles.recipients, *second.roles.recipients}, key=lambda t: t.i)),
        instruments=(*first.roles.instruments, *second.roles.instruments),
    )
    roles = replace(roles, recipients=tuple(t for t in roles.recipients if t not in roles.actors))
    words = tuple(sorted({*first.words, *second.words}, key=lambda t: t.i))
    return replace(lead, roles=roles, words=words, also=(*lead.also, other.trigger, *other.also))
