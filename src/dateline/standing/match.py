"""Patterns laid over the parse: each word that makes a claim, with the actors and places in its slots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from spacy.tokens import Doc, Token

from dateline.records import ClaimKind, ClaimObject, Party
from dateline.standing.cast import Cast
from dateline.standing.patterns import ANY_WORD, MUTUAL, Effect, Pattern, Patterns, Slot, Words
from dateline.standing.slots import heads_in, verb_above

T = TypeVar("T")

# Kinds whose object is a place; the object of the others is an actor.
OF_PLACES = frozenset({"control", "presence"})


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim before its dates, status and voice are read: the word that makes it and the two arguments."""

    kind: ClaimKind
    subject: Party
    object: ClaimObject
    word: Token
    effect: Effect
    confidence: float


def find(doc: Doc, patterns: Patterns, cast: Cast) -> Iterator[Finding]:
    """Findings in text order of their words."""
    for token in doc:
        for pattern in _patterns_of(token, patterns):
            if _allowed(token, pattern):
                yield from _findings(token, pattern, cast, patterns.words)


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
    return 0 <= beside < len(token.doc) and token.doc[beside].text in {"-", "–", "‑"} and not token.doc[min(token.i, beside)].whitespace_


def _allowed(token: Token, pattern: Pattern) -> bool:
    if not pattern.verbs and not pattern.unless:
        return True
    above = None if token.pos_ in {"VERB", "AUX"} else verb_above(token)
    lemma = above.lemma_.lower() if above is not None else ""
    return (not pattern.verbs or lemma in pattern.verbs) and not pattern.unless & {lemma, token.lemma_.lower()}


def _findings(word: Token, pattern: Pattern, cast: Cast, words: Words) -> Iterator[Finding]:
    if any(slot.name in MUTUAL for slot in pattern.object):
        sides = _parties(pattern.object, word, cast, words)
        pairs = [(a, ClaimObject(b.actor, None, b.span)) for a, b in combinations(sides, 2)]
    else:
        objects = _objects(pattern, word, cast, words)
        pairs = [(a, b) for a in (_parties(pattern.subject, word, cast, words) if objects else ()) for b in objects]
    for subject, obj in pairs:
        if subject.span != obj.span and (subject.actor is None or subject.actor != obj.actor):
            yield Finding(pattern.kind, subject, obj, word, pattern.effect, pattern.confidence)


def _objects(pattern: Pattern, word: Token, cast: Cast, words: Words) -> list[ClaimObject]:
    read = cast.as_place if pattern.kind in OF_PLACES else cast.as_object
    return _first([o for h in heads_in(s, word, words) if (o := read(h))] for s in pattern.object)


def _parties(slots: tuple[Slot, ...], word: Token, cast: Cast, words: Words) -> list[Party]:
    return _first([p for h in heads_in(slot, word, words) if (p := cast.party(h))] for slot in slots)


def _first(tried: Iterable[list[T]]) -> list[T]:
    return next((found for found in tried if found), [])
