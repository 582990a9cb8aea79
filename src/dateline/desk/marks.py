"""Which words of an article belong to which records, and the text cut into pieces where that changes.

Records overlap freely (an event inside a statement inside a headline), so the text is cut at every border and each
piece names all the records it belongs to.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from dateline.records import Claim, Coded, Event, Span, Statement, Telling

Layer = Literal["events", "statements", "claims", "wording", "actors", "places", "dates", "figures", "equipment"]
# Outermost first: how marks of the same words lie inside each other.
LAYERS: tuple[Layer, ...] = (
    "statements", "figures", "equipment", "claims", "dates", "places", "actors", "wording", "events",
)  # fmt: skip

# Lines of this length that do not end a sentence were wrapped by an editor: the next line goes on.
_WRAPPED_CHARACTERS = range(50, 100)
_ENDS_A_PARAGRAPH = tuple(".!?:…”\"'’»")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a record. ``part`` None are the words it is found by; others show only while it is chosen.

    ``place`` names where they begin, for links that lead there.
    """

    span: Span
    record: str
    layer: Layer
    part: Literal["actor", "recipient", "evidence"] | None = None
    style: str = ""
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Inside:
    """A mark as it lies over one piece: ``first`` and ``last`` where the mark begins and ends with it."""

    layer: Layer
    style: str
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Words between two borders: the records they belong to, and those they belong to while chosen (``e1.actor``).

    ``places`` are the (name, record) of the places that begin here.
    """

    text: str
    records: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    inside: tuple[Inside, ...] = ()
    places: tuple[tuple[str, str], ...] = ()


def marks_of(coded: Coded) -> tuple[Mark, ...]:
    """Every mark of the article that holds some of its text."""
    length = len(coded.article.text)
    return tuple(mark for mark in _all_marks(coded) if 0 <= mark.span[0] < min(mark.span[1], length))


def telling_place(event: Event, number: int) -> str:
    """The name of the place of one telling: 0 is the event's own, the others count from 1 as in ``also``."""
    return f"{event.id}.{number}"


def paragraphs(text: str, headline: Span | None) -> tuple[Span, ...]:
    """Spans of the paragraphs of the body, without the white space around them."""
    lines = list(_lines(text, headline[1] if headline else 0))
    spans: list[Span] = []
    goes_on = False
    for begin, end in lines:
        if begin == end:
            goes_on = False
            continue
        spans.append((spans.pop()[0] if goes_on and spans else begin, end))
        goes_on = end - begin in _WRAPPED_CHARACTERS and not text[begin:end].endswith(_ENDS_A_PARAGRAPH)
    return tuple(spans)


def pieces(text: str, spans: Sequence[Span], marks: Iterable[Mark]) -> tuple[tuple[Piece, ...], ...]:
    """The words of each span, cut at every border of the marks. The spans are in order and do not overlap."""
    waiting = deque(sorted(marks, key=lambda mark: mark.span))
    lying: list[Mark] = []
    found = []
    for span in spans:
        while waiting and waiting[0].span[0] < span[1]:
            lying.append(waiting.popleft())
        lying = [mark for mark in lying if mark.span[1] > span[0]]
        found.append(_cut(text, span, lying))
    return tuple(found)


def _cut(text: str, span: Span, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """The words of one span; ``marks`` are those that touch it, by their beginning."""
    begin, end = span
    borders = sorted({begin, end} | {at for mark in marks for at in mark.span if begin < at < end})
    found = []
    for at, until in pairwise(borders):
        found.append(_piece(text, at, until, [mark for mark in marks if mark.span[0] <= at < mark.span[1]]))
    return tuple(found)


def _piece(text: str, begin: int, end: int, marks: list[Mark]) -> Piece:
    own = sorted((mark for mark in marks if mark.part is None), key=lambda mark: LAYERS.index(mark.layer))
    inside: dict[tuple[Layer, str], Inside] = {}
    for mark in own:
        before = inside.get((mark.layer, mark.style))
        first = mark.span[0] == begin or (before is not None and before.first)
        last = mark.span[1] == end or (before is not None and before.last)
        inside[mark.layer, mark.style] = Inside(mark.layer, mark.style, first, last)
    return Piece(
        text[begin:end],
        tuple(dict.fromkeys(mark.record for mark in own)),
        tuple(dict.fromkeys(f"{mark.record}.{mark.part}" for mark in marks if mark.part)),
        tuple(inside.values()),
        tuple((mark.place, mark.record) for mark in own if mark.place and mark.span[0] == begin),
    )


def _lines(text: str, begin: int) -> Iterator[Span]:
    while begin <= len(text):
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        words = text[begin:end]
        left = begin + len(words) - len(words.lstrip())
        yield (left, left + len(words.strip())) if words.strip() else (begin, begin)
        begin = end + 1


def _all_marks(coded: Coded) -> Iterator[Mark]:
    for event in coded.events:
        yield from _event_marks(event)
    for statement in coded.statements:
        yield from _statement_marks(statement)
    for claim in coded.claims:
        yield from _claim_marks(claim)
    for actor in coded.actors:
        yield from (Mark(mention.span, actor.id, "actors") for mention in actor.mentions)
    yield from (Mark(place.span, place.id, "places") for place in coded.places)
    yield from (Mark(date.span, date.id, "dates") for date in coded.dates)
    yield from (Mark(figure.span, figure.id, "figures") for figure in coded.figures)
    yield from (Mark(item.span, item.id, "equipment") for item in coded.equipment)
    yield from (Mark(term.span, term.id, "wording") for term in coded.wording)


def _event_marks(event: Event) -> Iterator[Mark]:
    tellings: tuple[Event | Telling, ...] = (event, *event.also)
    for number, telling in enumerate(tellings):
        place = telling_place(event, number) if event.also else None
        yield Mark(telling.trigger.span, event.id, "events", style=f"q{event.quad}", place=place)
        yield Mark(telling.evidence, event.id, "events", "evidence")
    yield from (Mark(party.span, event.id, "events", "actor") for party in event.actors)
    yield from (Mark(party.span, event.id, "events", "recipient") for party in event.recipients)


def _statement_marks(statement: Statement) -> Iterator[Mark]:
    for span in statement.content.spans:
        yield Mark(span, statement.id, "statements", style="content")
    if statement.speaker:
        yield Mark(statement.speaker.span, statement.id, "statements", style="speaker")
    if statement.cue:
        yield Mark(statement.cue.span, statement.id, "statements", style="cue")


def _claim_marks(claim: Claim) -> Iterator[Mark]:
    yield Mark(claim.subject.span, claim.id, "claims")
    yield Mark(claim.object.span, claim.id, "claims")
    yield Mark(claim.evidence, claim.id, "claims", "evidence")
