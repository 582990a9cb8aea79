"""From triggers to happenings: each trigger coded once, carriers joined with what they carry, one happening per act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from dateline.what.clauses import ClauseWords
from dateline.what.find import Trigger, Triggers, find_triggers
from dateline.what.lexicon import Lexicon
from dateline.what.roles import RoleReader, Roles
from dateline.what.rules import Coding, Rules
from dateline.what.status import Standing, StatusReader
from dateline.who.index import ActorIndex

# A pronoun that stands for the speaker: "Norland said IT would strike".
_SPEAKER_PRONOUNS = frozenset({"it", "he", "she", "they", "we", "i"})
# Types whose pattern may name the act it is about: "agreed to WITHDRAW".
WITH_ACT = frozenset({"REQUEST", "REJECT", "THREATEN", "CONCEDE", "AGREE"})
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
    # What the trained heads add; of a reading by the lexicon alone there is none.
    chance: float | None = None  # that it is an event of this type
    sites: tuple[Token, ...] = ()  # words that name where it was
    times: tuple[Token, ...] = ()  # and when
    contexts: tuple[str, ...] = ()


class ActCoder:
    """Finds and codes the triggers of a document."""

    def __init__(self, lexicon: Lexicon, words: ClauseWords, rules: Rules) -> None:
        self._lexicon = lexicon
        self._words = words
        self._rules = rules
        self._status = StatusReader(words)

    def happenings(self, doc: Doc, index: ActorIndex) -> list[Happening]:
        """Every happening the document tells of, in text order."""
        return joined(self.readings(doc, index))

    def readings(self, doc: Doc, index: ActorIndex) -> list[Happening]:
        """The same before those that tell of one act are joined: one for each trigger."""
        triggers = find_triggers(doc, self._lexicon)
        if not triggers.outer:
            return []
        reader = RoleReader(self._lexicon, self._words, index)
        standings = {i: self._status.standing(t, _light(t, reader), triggers.outer) for i, t in triggers.outer.items()}
        work = _Work(triggers, standings, _carried(standings), reader)
        coded = {i: self._code(i, work) for i in triggers.outer}
        hidden = {i for i in coded if self._is_hidden(coded[i], standings)}
        return [h for i, h in sorted(coded.items()) if i not in hidden]

    def _code(self, i: int, work: _Work, *, within: frozenset[int] = frozenset()) -> Happening:
        trigger, standing = work.triggers.outer[i], work.standings[i]
        below = self._content(i, work, within)
        roles = work.reader.roles(trigger)
        words = tuple(_clause_words(trigger, roles))
        coding = self._rules.code(trigger, roles, standing, below.coding if below is not None else None, words)
        if standing.speech is not None and _speaks_of_himself(standing.speech, roles):
            coding = self._rules.spoken_by_actor(coding)
        if (
            standing.speech is not None
            and standing.ought
            and coding.type == "REQUEST"
            and trigger.pattern.type != "REQUEST"
        ):
            roles = work.reader.asked_of(standing.speech, roles)
        return Happening(trigger, coding, _with_content(roles, below, coding), standing, words)

    def _content(self, i: int, work: _Work, within: frozenset[int]) -> Happening | None:
        """The act that a trigger carries: one below it, or one that its own pattern names ("agreed to WITHDRAW")."""
        below = work.carried.get(i)
        if below is not None and below not in within:
            return self._code(below, work, within=within | {i})
        inner = work.triggers.inner.get(i)
        outer = work.triggers.outer[i]
        if (
            inner is None
            or outer.pattern.type not in WITH_ACT
            or outer.head.lemma_.lower() not in self._words.announcing
        ):
            return None
        coding = Coding(inner.pattern.type, inner.pattern.mode, None, "occurred")
        return Happening(inner, coding, work.reader.roles(inner), Standing(), ())

    def _is_hidden(self, happening: Happening, standings: Mapping[int, Standing]) -> bool:
        """Whether another happening tells all of it: what is asked for, the denial of an act, the aim of a deed."""
        standing, head = happening.standing, happening.trigger.head
        if standing.carrier is not None or any(s.denied_by is happening.trigger for s in standings.values()):
            return True
        if standing.purpose_of is not None and standing.purpose_of.i in standings and happening.coding.act is not None:
            return True
        return any(
            c.dep_ in {"nsubj", "poss"} and c.lemma_.lower() in self._words.fiction
            for c in (*head.children, *head.head.children)
        )


@dataclass(frozen=True, slots=True)
class _Work:
    """What is known of a document's triggers before they are coded."""

    triggers: Triggers
    standings: Mapping[int, Standing]
    carried: Mapping[int, int]  # a carrier's index → that of the act it carries
    reader: RoleReader


def _carried(standings: Mapping[int, Standing]) -> dict[int, int]:
    """The first act that each carrier carries."""
    return {s.carrier.head.i: i for i, s in reversed(list(standings.items())) if s.carrier is not None}


def _with_content(roles: Roles, content: Happening | None, coding: Coding) -> Roles:
    """Participants of what is asked, threatened or promised, where the carrier names none itself."""
    if content is None or roles.recipients or coding.type == "ACCUSE":
        return roles
    found = content.roles.actors if coding.type in {"REQUEST", "REJECT"} else content.roles.recipients
    if content.trigger.pattern.frame.mutual:
        found = content.roles.actors
    return replace(roles, recipients=tuple(t for t in found if t not in roles.actors))


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


def joined(happenings: list[Happening]) -> list[Happening]:
    """Happenings with those that only tell another one again joined to it."""
    out: list[Happening] = []
    for happening in happenings:
        twin = next((n for n, other in enumerate(out) if _same_happening(other, happening)), None)
        if twin is None:
            out.append(happening)
        else:
            out[twin] = _join(out[twin], happening)
    return out


def _same_happening(first: Happening, second: Happening) -> bool:
    """One act told twice: "the STRIKE killed ten", "ten were killed in the STRIKE", "kill ten and wounded twenty"."""
    heads = [t.head for t in (first.trigger, *first.also)]
    other = second.trigger.head
    if heads[0].sent.start != other.sent.start or first.coding.type != second.coding.type:
        return False
    if first.coding.status != second.coding.status:
        return False
    if _sides_differ(first.roles, second.roles) or _modes_differ(first, second):
        return False
    return any(_near_in_parse(head, other) or _near_in_parse(other, head) for head in heads)


def _sides_differ(first: Roles, second: Roles) -> bool:
    return bool(first.actors and second.actors and not set(first.actors) & set(second.actors))


def _modes_differ(first: Happening, second: Happening) -> bool:
    """Two verbs side by side with modes of their own are two acts: "shot two guards and kidnapped a judge"."""
    modes = first.coding.mode, second.coding.mode
    return None not in modes and modes[0] != modes[1] and not (first.trigger.is_noun or second.trigger.is_noun)


def _near_in_parse(low: Token, high: Token) -> bool:
    """Whether ``low`` hangs below ``high`` by its subject, a preposition, a participle or coordination alone."""
    node = low
    for _ in range(3):
        if node.dep_ not in {
            "nsubj",
            "nsubjpass",
            "pobj",
            "prep",
            "agent",
            "conj",
            "advcl",
            "xcomp",
            "dobj",
            "appos",
            "pcomp",
            "acl",
        }:
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
    return replace(
        lead,
        roles=roles,
        words=words,
        also=(*lead.also, other.trigger, *other.also),
        chance=max((h.chance for h in (first, second) if h.chance is not None), default=None),
        sites=first.sites or second.sites,
        times=first.times or second.times,
        contexts=tuple(sorted({*first.contexts, *second.contexts})),
    )
