"""The filters of events as they stand in an address, checked. Pages and the JSON API read the same ones."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args
from urllib.parse import urlencode

from dateline.codebook import load_codebook
from dateline.errors import InputError
from dateline.outlets import KINDS, Kind
from dateline.records import EventStatus

Voice = Literal["own", "quoted"]
Pairs = Sequence[tuple[str, str]]

PAGE_SIZE = 50
# The most rows the API gives at a time; more would hold a whole dataset in memory.
MOST_ROWS = 500
# A page number past this is a mistake, and an OFFSET past it would overflow.
_LAST_PAGE = 1_000_000
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What to keep. ``None`` and empty keep everything. ``start`` and ``end`` are days, both included."""

    place: str | None = None
    geonameid: int | None = None
    start: str | None = None
    end: str | None = None
    actor: str | None = None
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    outlet: str | None = None
    voice: Voice | None = None

    def pairs(self) -> list[tuple[str, str]]:
        """The filter as it stands in an address, without what keeps everything."""
        single = {
            "place": self.place, "geonameid": self.geonameid, "from": self.start, "to": self.end, "actor": self.actor,
            "outlet": self.outlet, "voice": self.voice,
        }  # fmt: skip
        pairs = [(name, str(value)) for name, value in single.items() if value is not None]
        return pairs + [("type", one) for one in self.types] + [("status", one) for one in self.statuses]

    def address(self, path: str, page: int = 1) -> str:
        """The address of a page with this filter."""
        pairs = self.pairs() + ([("page", str(page))] if page > 1 else [])
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def at(self, geonameid: int | None, name: str) -> EventFilter:
        """The same filter at one place, by its id or, where it has none, its name."""
        return replace(self, geonameid=geonameid, place=None if geonameid else name)

    def without(self, name: str, value: str) -> EventFilter:
        """The same filter less one of its values, named as in an address."""
        return read_filter([pair for pair in self.pairs() if pair != (name, value)])


@dataclass(frozen=True, slots=True)
class Paging:
    """Which rows: ``page`` counts from 1."""

    page: int = 1
    size: int = PAGE_SIZE

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size

    def pages(self, rows: int) -> int:
        """How many pages so many rows fill; at least 1."""
        return max(1, -(-rows // self.size))


def read_filter(pairs: Pairs) -> EventFilter:
    """The filter of an address. Blank values, which forms send, count as not given.

    Raises:
        InputError: an unknown name, or a value that is not allowed; says what is.
    """
    found = EventFilter()
    for name, value in pairs:
        if value.strip() and name not in ("page", "limit"):
            found = _with(found, name, value.strip())
    if found.start and found.end and found.start > found.end:
        raise InputError(f"from ({found.start}) is after to ({found.end}); exchange them")
    return found


def read_paging(pairs: Pairs) -> Paging:
    """``page`` and ``limit`` of an address.

    Raises:
        InputError: not a number above 0, or too large.
    """
    given = {name: value.strip() for name, value in pairs if name in ("page", "limit") and value.strip()}
    page = _whole("page", given.get("page", "1"), most=_LAST_PAGE)
    return Paging(page, _whole("limit", given.get("limit", str(PAGE_SIZE)), most=MOST_ROWS))


def read_names(pairs: Pairs, allowed: Sequence[str]) -> dict[str, str]:
    """The values of plain names, blanks left out.

    Raises:
        InputError: a name that is not allowed.
    """
    for name, _ in pairs:
        if name not in allowed:
            raise InputError(f"no filter {name!r}; there are {', '.join(allowed)}")
    return {name: value.strip() for name, value in pairs if value.strip()}


def _with(found: EventFilter, name: str, value: str) -> EventFilter:
    match name:
        case "place":
            return replace(found, place=value)
        case "actor":
            return replace(found, actor=value)
        case "outlet":
            return replace(found, outlet=value)
        case "geonameid":
            return replace(found, geonameid=_whole(name, value, most=10**9))
        case "from":
            return replace(found, start=_day(name, value, last=False))
        case "to":
            return replace(found, end=_day(name, value, last=True))
        case "voice":
            return replace(found, voice="own" if _one_of(name, value, get_args(Voice)) == "own" else "quoted")
        case "type":
            known = tuple(load_codebook().events)
            return replace(found, types=_also(found.types, _one_of(name, value.upper(), known)))
        case "status":
            return replace(found, statuses=_also(found.statuses, _one_of(name, value, get_args(EventStatus))))
    known = ("place", "geonameid", "from", "to", "actor", "type", "status", "outlet", "voice", "page", "limit")
    raise InputError(f"no filter {name!r}; there are {', '.join(known)}")


def _one_of(name: str, value: str, known: Sequence[str]) -> str:
    if value not in known:
        raise InputError(f"{name} is {value!r}; it can be {', '.join(known)}")
    return value


def _also(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return values if value in values else (*values, value)


def _whole(name: str, value: str, *, most: int) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 12 and 1 <= int(value) <= most):
        raise InputError(f"{name} is {value!r}; give a whole number from 1 to {most}")
    return int(value)


def _day(name: str, value: str, *, last: bool) -> str:
    """The first or last day of a day, month or year."""
    form = _DAY.fullmatch(value)
    wrong = f"{name} is {value!r}; give a day as 2018-09-05, a month as 2018-09 or a year as 2018"
    if form is None:
        raise InputError(wrong)
    try:
        year = int(form[1])
        month = int(form[2] or (12 if last else 1))
        day = int(form[3] or (calendar.monthrange(year, month)[1] if last else 1))
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise InputError(wrong) from error


@dataclass(frozen=True, slots=True)
class UsesFilter:
    """Which outlet's words, whether with its speakers', and which line of the report, for its instances."""

    outlet: str | None
    quoted: bool
    kind: Kind
    party: str | None
    words: str

    @property
    def line(self) -> tuple[Kind, str | None, str]:
        """What the report knows a line by."""
        return self.kind, self.party, self.words


def read_uses(pairs: Pairs) -> UsesFilter:
    """The filter of an outlet's words in an address.

    Raises:
        InputError: a name or a value is none of those known, or a name comes twice.
    """
    names = read_names(pairs, ("outlet", "voice", "kind", "party", "words"))
    voice = _one_of("voice", names.get("voice", "own"), get_args(Voice))
    kind = _one_of("kind", names.get("kind", "name"), KINDS)
    return UsesFilter(
        names.get("outlet"),
        voice == "quoted",
        "name" if kind == "name" else "loaded",
        names.get("party"),
        names.get("words", ""),
    )
