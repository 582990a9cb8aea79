"""What is compared: articles, or sentences of articles, each with what the coders and what dateline found in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.evaluation.coded import Corpus
from dateline.evaluation.folding import Folded, fold, fold_text
from dateline.evaluation.table import Row, Table
from dateline.records import Coded, Event, Span

# Events that happened or go on; others count only where the table has a column for the status.
_REAL = ("occurred", "ongoing")

# A sentence ends at a full stop and the like before a capital or a figure, but not after a title or an initial.
_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|Lt))(?<!\b(?:Mrs|Gen|Col|Maj|Sgt|Adm|Sen|Rep|Gov|Rev))(?<!\b(?:Capt|Brig|Prof))"
    r"[.!?…][\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[^\W_a-z])|\n\s*\n"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """``span`` is None for a whole article. ``readings``: the rows of events of each coder who read it, maybe none."""

    coded: Coded
    span: Span | None
    events: tuple[Event, ...]
    readings: Mapping[str | None, tuple[Row, ...]]

    @property
    def text(self) -> str | None:
        """The sentence; None for a whole article."""
        return self.coded.article.text[slice(*self.span)] if self.span else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One article's units. The rest counts dateline's events that no comparison holds, by why.

    ``line``: of the table, where the article first stands; ``names``: what each coder calls the article.
    """

    units: tuple[Unit, ...]
    line: int
    names: Mapping[str | None, str]
    not_real: int
    unread: int


def lay_out(table: Table, corpus: Corpus) -> list[Sheet]:
    """The table and the records side by side, one sheet for each article, in order of their ids.

    Raises:
        InputError: words of a row are not in its article, or two rows contradict each other.
    """
    rows: dict[str, list[Row]] = {}
    for row in table.rows:
        rows.setdefault(corpus.by_name[row.article].article.id, []).append(row)
    records = {coded.article.id: coded for coded in corpus.by_name.values()}
    return [_sheet(table, records[id_], rows[id_]) for id_ in sorted(rows)]


def _sheet(table: Table, coded: Coded, rows: Sequence[Row]) -> Sheet:
    events = [event for event in coded.events if "status" in table.details or event.status in _REAL]
    if table.by_sentence:
        units = tuple(_sentence_units(table, coded, events, rows))
    else:
        units = (Unit(coded, None, tuple(events), _readings(table, rows)),)
    read = sum(len(unit.events) for unit in units)
    names = {row.coder: row.article for row in reversed(rows)}
    return Sheet(units, rows[0].line, names, not_real=len(coded.events) - len(events), unread=len(events) - read)


def _sentence_units(table: Table, coded: Coded, events: Sequence[Event], rows: Sequence[Row]) -> Iterator[Unit]:
    """The sentences that somebody read. A row with neither type nor sentence says that its coder read all of them."""
    places = _places(table, coded, [row for row in rows if row.sentence])
    known = [*(event.evidence for event in coded.events), *(span for spans in places.values() for span in spans)]
    sentences = cut(coded, known)
    whole = {row.coder for row in rows if row.sentence is None}
    held: dict[Span, list[Row]] = {}
    for row in rows:
        if row.sentence:
            held.setdefault(_sentence(table, coded, sentences, row, places[row.line]), []).append(row)
    for span in sentences:
        readings = _readings(table, held.get(span, []))
        read = {coder: readings.get(coder, ()) for coder in table.coders if coder in readings or coder in whole}
        if read:
            yield Unit(coded, span, tuple(event for event in events if _within(event.trigger.span, span)), read)


def _readings(table: Table, rows: Iterable[Row]) -> dict[str | None, tuple[Row, ...]]:
    """The events of each coder in one unit."""
    by_coder: dict[str | None, list[Row]] = {}
    for row in rows:
        by_coder.setdefault(row.coder, []).append(row)
    for some in by_coder.values():
        empty = next((row for row in some if row.type is None), None)
        event = next((row for row in some if row.type is not None), None)
        if empty and event:
            where = "sentence" if table.by_sentence else "article"
            raise table.fault(
                empty.line, f"no type, but line {event.line} has {event.type} in the same {where}; take one out"
            )
    return {coder: tuple(row for row in some if row.type) for coder, some in by_coder.items()}


def _places(table: Table, coded: Coded, rows: Sequence[Row]) -> dict[int, list[Span]]:
    """Where the words of each row stand, by the row's line."""
    folded = fold_text(coded.article.text)
    places = {row.line: _found(folded, row) for row in rows}
    lost = [row for row in rows if not places[row.line]]
    if lost:
        also = f" (and {len(lost) - 1} more of this article)" if len(lost) > 1 else ""
        raise table.fault(
            lost[0].line,
            f"{lost[0].sentence!r} is not in the text of article {lost[0].article!r}{also}; copy the words as coded",
        )
    return places


def _found(folded: Folded, row: Row) -> list[Span]:
    return list(folded.spans(fold(row.sentence or "")))


def _sentence(table: Table, coded: Coded, sentences: Sequence[Span], row: Row, places: Sequence[Span]) -> Span:
    """The sentence a row speaks of: the only one with its words, or the first that is nothing but them."""
    holding = [span for span in sentences if any(_within(place, span) for place in places)]
    words = fold(row.sentence or "")
    exact = [span for span in holding if fold(coded.article.text[slice(*span)]) == words]
    if len(holding) > 1 and not exact:
        raise table.fault(
            row.line,
            f"{row.sentence!r} stands in {len(holding)} sentences of article {row.article!r}; "
            "copy more words of the one meant",
        )
    return exact[0] if exact else holding[0]


def cut(coded: Coded, known: Iterable[Span]) -> list[Span]:
    """The article's sentences in text order.

    The record holds only the sentences of its events, so the others are cut anew by their punctuation; what overlaps
    with a sentence of ``known`` becomes part of it.
    """
    text = coded.article.text
    ends = sorted({match.end() for match in _END.finditer(text)} | set(coded.article.headline or ()) | {0, len(text)})
    pieces = [_trimmed(text, span) for span in pairwise(ends)]
    joined: list[Span] = []
    for begin, end in sorted({*pieces, *(_trimmed(text, span) for span in known)}):
        if begin >= end:
            continue
        if joined and begin < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def _trimmed(text: str, span: Span) -> Span:
    words = text[slice(*span)]
    begin = span[0] + len(words) - len(words.lstrip())
    return begin, max(begin, span[1] - (len(words) - len(words.rstrip())))


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] < outer[1]
