"""Patterns laid over the parse: each word that makes a claim, with the actors and places in its slots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from spacy.tokens import Doc, Token

from dateline.records import ClaimKind, ClaimObject, ClaimStatus, Party, Span
from dateline.standing.cast import Cast
from dateline.standing.patterns import ANY_WORD, MUTUAL, Effect, Pattern, Patterns, Slot
from dateline.standing.slots import Sight, heads_in, verb_above

T = TypeVar("T")

# Kinds whose object is a place; the object of the others is an actor.
OF_PLACES = frozenset({"control", "presence"})
# Kinds whose object is a body, never a person.
WITH_BODIES = frozenset({"membership", "affiliation"})
# What a claim keeps of its confidence where its object is a place without a name. Set by hand.
UNNAMED_PLACE = 0.8
_HOLDS_WORD = frozenset({"self", "head", "bearer", "modified", "above", "patient", "holder", "side"})


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim before its dates, status and voice are read: the word that makes it and the two arguments."""

    kind: ClaimKind
    subject: Party
    object: ClaimObject
    word: Token
    effect: Effect
    confidence: float
    status: ClaimStatus | None = None  # where it is known already, as of an event


def find(doc: Doc, patterns: Patterns, cast: Cast) -> Iterator[Finding]:
    """Findings in text order of their words."""
    sight = Sight(patterns.words, cast.knows)
    for token in doc:
        for pattern in _patterns_of(token, patterns):
            if _allowed(token, pattern):
                yield from _findings(token, pattern, cast, sight)


def _patterns_of(token: Token, patterns: Patterns) -> tuple[Pattern, ...]:
    lemma = token.lemma_.lower()
    if _beside_hyphen(token, -1):
        return patterns.of("compounds", token.lower_)
    if _beside_hyphen(token, 1) and (found := patterns.of("prefixes", token.lower_)):
        return found
    out = patterns.of("participles", token.lower_)
    if _is_noun(token):
        out += patterns.of("nouns", lemma) + patterns.of("nouns", ANY_WORD)
    elif token.pos_ in {"VERB", "AUX"}:
        out += patterns.of("verbs", lemma) + patterns.of("verbs", ANY_WORD)
    return out


def _is_noun(token: Token) -> bool:
    """A noun, also where the tagger takes it for a verb and the parser does not ("airstrikes against")."""
    if token.pos_ in {"NOUN", "PROPN"}:
        return True
    return token.pos_ == "VERB" and token.tag_ != "VBG" and token.dep_ in {"pobj", "dobj", "nsubj"}


def _beside_hyphen(token: Token, side: int) -> bool:
    beside = token.i + side
    return (
        0 <= beside < len(token.doc)
        and token.doc[beside].text in {"-", "–", "‑"}
        and not token.doc[min(token.i, beside)].whitespace_
    )


def _allowed(token: Token, pattern: Pattern) -> bool:
    if not pattern.verbs and not pattern.unless:
        return True
    above = None if token.pos_ in {"VERB", "AUX"} else verb_above(token)
    lemma = above.lemma_.lower() if above is not None else ""
    return (not pattern.verbs or lemma in pattern.verbs) and not pattern.unless & {lemma, token.lemma_.lower()}


def _findings(word: Token, pattern: Pattern, cast: Cast, sight: Sight) -> Iterator[Finding]:
    if any(slot.name in MUTUAL for slot in pattern.object):
        sides = _parties(pattern.object, word, cast, sight)
        pairs = [(a, ClaimObject(b.actor, None, b.span)) for a, b in combinations(sides, 2)]
    else:
        objects = _objects(pattern, word, cast, sight)
        pairs = [(a, b) for a in (_parties(pattern.subject, word, cast, sight) if objects else ()) for b in objects]
    for subject, obj in pairs:
        if _makes_sense(pattern.kind, subject, obj, cast):
            yield Finding(pattern.kind, subject, obj, word, pattern.effect, _confidence(pattern, obj))


def _makes_sense(kind: ClaimKind, subject: Party, obj: ClaimObject, cast: Cast) -> bool:
    """Two different parties, and of kinds that can stand so to each other."""
    if subject.span == obj.span or (subject.actor is not None and subject.actor == obj.actor):
        return False
    if kind in WITH_BODIES:
        return cast.kind(obj.actor) != "person"
    if kind in OF_PLACES and obj.place is not None and obj.place in cast.places_in(subject.span):
        return False  # "the pocket of eastern X" is not held by X
    return kind != "presence" or not _inside(obj.span, subject.span)


def _confidence(pattern: Pattern, obj: ClaimObject) -> float:
    unnamed_place = pattern.kind in OF_PLACES and obj.place is None
    return round(pattern.confidence * (UNNAMED_PLACE if unnamed_place else 1.0), 3)


def _objects(pattern: Pattern, word: Token, cast: Cast, sight: Sight) -> list[ClaimObject]:
    read = cast.as_place if pattern.kind in OF_PLACES else cast.as_object
    return _first(
        [
            o
            for h in heads_in(s, word, sight)
            if (o := read(h)) and _apart(s, word, o.span) and _is_body(h, s, pattern, cast, sight)
        ]
        for s in pattern.object
    )


def _parties(slots: tuple[Slot, ...], word: Token, cast: Cast, sight: Sight) -> list[Party]:
    found = _first(
        [p for h in heads_in(slot, word, sight) if (p := cast.party(h)) and _apart(slot, word, p.span)]
        for slot in slots
    )
    return [p for p in found if not any(_inside(p.span, q.span) for q in found)]


def _inside(span: Span, other: Span) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def _apart(slot: Slot, word: Token, span: Span) -> bool:
    """Words that hold the claim's own word are no argument of it, save where the slot is the word or its bearer."""
    return slot.name in _HOLDS_WORD or not span[0] <= word.idx < span[1]


def _is_body(head: Token, slot: Slot, pattern: Pattern, cast: Cast, sight: Sight) -> bool:
    """Where a body is wanted: not "secretary of state", not somebody's enemies, not a place one comes from."""
    if pattern.kind not in WITH_BODIES:
        return True
    if "from" in slot.prepositions and cast.names_place(head):
        return False
    return head.lower_ not in sight.words.not_bodies and head.lemma_.lower() not in sight.words.not_parts


def _first(tried: Iterable[list[T]]) -> list[T]:
    return next((found for found in tried if found), [])
