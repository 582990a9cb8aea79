"""Which hand-coded event is which of dateline's, and what the two agree on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from dateline.evaluation.folding import contains, fold_name
from dateline.evaluation.table import DETAILS, SEPARATOR, Row
from dateline.evaluation.units import Unit
from dateline.records import Coded, Event, Party

PARTIES = ("actor", "recipient")
# Among pairs of one type, an agreed party outweighs all the other details together.
_PARTY_WEIGHT = len(DETAILS)

Kind = Literal["missed", "extra", "other type", "other party"]
KINDS: tuple[Kind, ...] = ("missed", "extra", "other type", "other party")

Pair = tuple[Row, Event]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Matching:
    """One coder's events of a unit against dateline's. ``confused`` are pairs of different types."""

    coder: str | None
    matched: tuple[Pair, ...]
    confused: tuple[Pair, ...]
    missed: tuple[Row, ...]
    extra: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where a coder and dateline differ; ``row`` or ``event`` is None where one of them has no event."""

    kind: Kind
    coder: str | None
    unit: Unit
    row: Row | None
    event: Event | None


def match_unit(unit: Unit) -> Iterator[Matching]:
    """Each coder's events paired one to one with dateline's of the same type, as many as there can be.

    Which of several is whose is settled by the parties, then by the other details; ties always in the same way. What is
    left over is paired across types where it seems to be one event: any two of one sentence, and those of an article
    that agree on a party.
    """
    for coder, rows in unit.readings.items():
        matched: list[Pair] = []
        for type_ in sorted({row.type or "" for row in rows}):
            ours = [event for event in unit.events if event.type == type_]
            matched += _pairs(unit.coded, [row for row in rows if row.type == type_], ours)
        missed = _without(rows, [row for row, _ in matched])
        extra = _without(unit.events, [event for _, event in matched])
        confused = _pairs(unit.coded, missed, extra)
        if unit.span is None:
            confused = [pair for pair in confused if _likeness(unit.coded, *pair) >= _PARTY_WEIGHT]
        missed = _without(missed, [row for row, _ in confused])
        extra = _without(extra, [event for _, event in confused])
        yield Matching(coder, tuple(matched), tuple(confused), tuple(missed), tuple(extra))


def disagreements(unit: Unit, matching: Matching) -> Iterator[Disagreement]:
    """What differs, row by row and then what dateline alone has."""
    for row, event in matching.matched:
        if any(agrees(party, unit.coded, row, event) is False for party in PARTIES):
            yield Disagreement("other party", matching.coder, unit, row, event)
    for row, event in matching.confused:
        yield Disagreement("other type", matching.coder, unit, row, event)
    for row in matching.missed:
        yield Disagreement("missed", matching.coder, unit, row, None)
    for event in matching.extra:
        yield Disagreement("extra", matching.coder, unit, None, event)


def agrees(detail: str, coded: Coded, row: Row, event: Event) -> bool | None:
    """Whether dateline has the detail as the coder has it; None where the coder's cell is empty."""
    cell = getattr(row, detail)
    return None if cell is None else _JUDGES[detail](cell, coded, event)


def _actor(cell: str, coded: Coded, event: Event) -> bool:
    return _all_named(cell, coded, event.actors)


def _recipient(cell: str, coded: Coded, event: Event) -> bool:
    return _all_named(cell, coded, event.recipients)


def _all_named(cell: str, coded: Coded, parties: Sequence[Party]) -> bool:
    """Whether each name of the cell is one of the parties."""
    names = [fold_name(part) for part in cell.split(SEPARATOR) if part.strip()]
    return bool(names) and all(any(_is_named(name, coded, party) for party in parties) for name in names)


def _is_named(name: str, coded: Coded, party: Party) -> bool:
    """The same name, or one holds the other as whole words. Of the actor's mentions that are no names ("the group"),
    the coder's words must be a part; pronouns tell nothing."""
    actor = next((actor for actor in coded.actors if actor.id == party.actor), None)
    mentions = actor.mentions if actor else ()
    names = [mention.text for mention in mentions if mention.form == "name"]
    names += [actor.name] if actor else [coded.article.text[slice(*party.span)]]
    other = [mention.text for mention in mentions if mention.form not in ("name", "pronoun")]
    return any(_alike(name, fold_name(one)) for one in names) or any(contains(fold_name(one), name) for one in other)


def _alike(one: str, other: str) -> bool:
    return contains(one, other) or contains(other, one)


def _mode(cell: str, coded: Coded, event: Event) -> bool:
    return cell == event.mode


def _place(cell: str, coded: Coded, event: Event) -> bool:
    place = next((place for place in coded.places if place.id == event.place), None)
    names = (place.name, place.text) if place else ()
    return any(_alike(fold_name(cell), fold_name(name)) for name in names if name)


def _date(cell: str, coded: Coded, event: Event) -> bool:
    """Whether the day is one of those the event's date covers. An end that is not known bounds nothing."""
    first, last = (event.date.from_, event.date.to) if event.date else (None, None)
    if first is None and last is None:
        return False
    # Days and months both compare as text: a day of 2018-09 begins with 2018-09.
    return (first is None or cell >= first) and (last is None or cell[: len(last)] <= last)


def _status(cell: str, coded: Coded, event: Event) -> bool:
    return cell == event.status


_JUDGES: dict[str, Callable[[str, Coded, Event], bool]] = {
    "actor": _actor,
    "recipient": _recipient,
    "mode": _mode,
    "place": _place,
    "date": _date,
    "status": _status,
}


def _likeness(coded: Coded, row: Row, event: Event) -> int:
    """How much a pair agrees on."""
    agreed = [detail for detail in DETAILS if agrees(detail, coded, row, event)]
    return sum(_PARTY_WEIGHT if detail in PARTIES else 1 for detail in agreed)


def _pairs(coded: Coded, rows: Sequence[Row], events: Sequence[Event]) -> list[Pair]:
    if len(rows) > len(events):
        costs = [[-_likeness(coded, row, event) for row in rows] for event in events]
        return sorted(((rows[j], events[i]) for i, j in enumerate(assign(costs))), key=lambda pair: pair[0].line)
    costs = [[-_likeness(coded, row, event) for event in events] for row in rows]
    return [(rows[i], events[j]) for i, j in enumerate(assign(costs))]


def assign(costs: Sequence[Sequence[int]]) -> list[int]:
    """The column of each row so that the costs sum to the least and no column is taken twice; no more rows than columns.

    The Hungarian method with potentials and one shortest augmenting path for each row (Kuhn 1955; Jonker and Volgenant
    1987). Column 0 stands for "none yet".
    """
    width = len(costs[0]) + 1 if costs else 1
    row_potential, column_potential = [0.0] * (len(costs) + 1), [0.0] * width
    row_of = [0] * width
    for row in range(1, len(costs) + 1):
        row_of[0] = row
        column, least, before, done = 0, [float("inf")] * width, [0] * width, [False] * width
        while row_of[column]:
            done[column] = True
            here = row_of[column]
            for other in (other for other in range(1, width) if not done[other]):
                cost = costs[here - 1][other - 1] - row_potential[here] - column_potential[other]
                if cost < least[other]:
                    least[other], before[other] = cost, column
            column = min(
                (other for other in range(width) if not done[other]),
                key=lambda other: (least[other], row_of[other] > 0),
            )
            step = least[column]
            for other in range(width):
                if done[other]:
                    row_potential[row_of[other]] += step
                    column_potential[other] -= step
                else:
                    least[other] -= step
        while column:
            row_of[column], column = row_of[before[column]], before[column]
    columns = {row: column for column, row in enumerate(row_of) if column}
    return [columns[row] - 1 for row in range(1, len(costs) + 1)]


def _without(some: Sequence[T], taken: Sequence[T]) -> list[T]:
    """Those not taken, by identity: two rows or events may be equal."""
    gone = {id(one) for one in taken}
    return [one for one in some if id(one) not in gone]
