"""What does one span do to another? The PLOVER type of the happening that links the two.

Events follow the PLOVER manual v2.0. Relations are answered in the codes of PLOVER's crosswalk of 2021, by which
corpora of relations between two parties were coded; where it differs is listed in ``rules.yaml``, ``crosswalk_2021``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from dateline.records import Actor, Span
from dateline.what.coding import ActCoder, Happening
from dateline.what.room import make_act_coder
from dateline.what.rules import load_rules
from dateline.who.index import ActorIndex

# A declaration or order gives way by itself; nothing is left to intend.
_DECISIVE = frozenset({"declare", "proclaim", "announce", "order", "rule"})
_SANCTION_WORDS = frozenset({"sanction", "embargo", "blacklist"})

# What is answered where no happening links the spans.
NO_RELATION = "NONE"

# Weights of the signs that a happening links source and target. Set by hand on the even lines of the development file.
SOURCE_ACTS, TARGET_RECEIVES, REVERSED = 4.0, 3.0, -3.0
STEP = -0.35  # for each step of the parse between the trigger and a span
BEFORE = 0.3  # the trigger stands after the source
LONG_PATTERN = 0.25  # for each word of the pattern after the first


def relation(doc: Doc, actors: Sequence[Actor], source: Span, target: Span) -> str:
    """PLOVER type of what ``source`` does to ``target`` (half-open spans of ``doc.text``), or ``NONE``."""
    first, second = doc.char_span(*source, alignment_mode="expand"), doc.char_span(*target, alignment_mode="expand")
    if first is None or second is None:
        return NO_RELATION
    happenings = _coder().happenings(doc, ActorIndex(actors))
    near = [h for h in happenings if h.trigger.head.sent.start in {first.root.sent.start, second.root.sent.start}]
    if not near:
        return NO_RELATION
    return _in_crosswalk(max(near, key=lambda h: _fit(h, first, second)))


def _in_crosswalk(happening: Happening) -> str:
    """The type by the crosswalk of 2021."""
    coding, table = happening.coding, load_rules().crosswalk_2021
    if (
        coding.status == "planned"
        and coding.type in table.intended
        and happening.trigger.head.lemma_.lower() not in _DECISIVE
    ):
        return table.intended[coding.type]
    if coding.type == "SANCTION" and _SANCTION_WORDS & {w.lemma_.lower() for w in happening.trigger.words}:
        return table.sanctions
    return table.types.get(f"{coding.type}-{coding.mode}", coding.type)


@cache
def _coder() -> ActCoder:
    return make_act_coder()


def _fit(happening: Happening, source: DocSpan, target: DocSpan) -> float:
    roles, head = happening.roles, happening.trigger.head
    total = SOURCE_ACTS * _any_in(roles.actors, source) + TARGET_RECEIVES * _any_in(
        (*roles.recipients, *roles.actors), target
    )
    total += REVERSED * (
        _any_in(roles.recipients, source) + (0 if roles.recipients == () else _any_in(roles.actors, target))
    )
    total += STEP * (_steps(head, source) + _steps(head, target))
    total += BEFORE * (head.i > source.start) + LONG_PATTERN * (len(happening.trigger.words) - 1)
    return total


def _any_in(tokens: Sequence[Token], span: DocSpan) -> bool:
    return any(span.start <= token.i < span.end for token in tokens)


def _steps(head: Token, span: DocSpan) -> int:
    """Steps of the parse from the trigger to the nearest word of the span."""
    above = {token.i: n for n, token in enumerate([head, *head.ancestors])}
    best = 99
    for token in span:
        for n, node in enumerate([token, *token.ancestors]):
            if node.i in above:
                best = min(best, n + above[node.i])
                break
    return best
