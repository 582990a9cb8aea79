"""TIMEX3 values as calendar arithmetic: shifting, days covered, nearest weekday. No text is read here."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

_DURATION = re.compile(r"P(T?)(\d+)([YMWDHSQ])$")
_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


def delta(count: int, unit: str) -> relativedelta | None:
    """``count`` units as a calendar step; None for hours and shorter."""
    match unit.lstrip("0123456789"):
        case "D":
            return relativedelta(days=count)
        case "W":
            return relativedelta(weeks=count * int(unit[:-1] or 1))
        case "M":
            return relativedelta(months=count)
        case "Q":
            return relativedelta(months=3 * count)
        case "Y":
            return relativedelta(years=count * int(unit[:-1] or 1))
    return None


def shift(day: date, count: int, unit: str) -> date | None:
    """The day ``count`` units later (earlier if negative); None for hours, or outside the calendar."""
    step = delta(count, unit)
    if step is None:
        return None
    try:
        return day + step
    except (ValueError, OverflowError):
        return None


def at_precision(day: date, unit: str) -> str:
    """The TIMEX3 value of the day, week, month, quarter, year, decade or century that holds ``day``."""
    match unit:
        case "D":
            return day.isoformat()
        case "W":
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02d}"
        case "2W":
            return day.isoformat()
        case "M":
            return f"{day.year}-{day.month:02d}"
        case "Q":
            return f"{day.year}-Q{(day.month - 1) // 3 + 1}"
        case "10Y":
            return f"{day.year // 10}"
        case "100Y":
            return f"{day.year // 100}"
    return f"{day.year}"


def days_covered(value: str | None) -> tuple[str | None, str | None]:
    """First and last day of a TIMEX3 date value, YYYY-MM-DD; (None, None) where it has none."""
    if not value:
        return None, None
    try:
        first, last = _bounds(value)
    except (ValueError, OverflowError):
        return None, None
    return (first.isoformat(), last.isoformat()) if first and last else (None, None)


def _bounds(value: str) -> tuple[date | None, date | None]:
    if found := re.match(r"(\d{4})-(\d{2})-(\d{2})", value):
        day = date(*map(int, found.groups()))
        return day, day
    if found := re.fullmatch(r"(\d{4})-W(\d{2})(-WE)?", value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return monday + timedelta(5 if found[3] else 0), monday + timedelta(6)
    if found := re.fullmatch(r"(\d{4})-(\d{2})", value):
        return _months(int(found[1]), int(found[2]), int(found[2]))
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return _months(int(found[1]), 3 * int(found[2]) - 2, 3 * int(found[2]))
    if found := re.fullmatch(r"(\d{4})-H([12])", value):
        return _months(int(found[1]), 6 * int(found[2]) - 5, 6 * int(found[2]))
    if found := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return _months(int(found[1]), *_SEASON_MONTHS[found[2]])
    if re.fullmatch(r"\d{2,4}", value):
        width = 10 ** (4 - len(value))
        first = int(value) * width
        return date(first, 1, 1), date(first + width - 1, 12, 31)
    return None, None


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    begin = date(year, 1, 1) + relativedelta(months=first - 1)
    return begin, date(year, 1, 1) + relativedelta(months=last) - timedelta(1)


def start_of(value: str | None) -> date | None:
    """First day a value covers."""
    first, _ = days_covered(value)
    return date.fromisoformat(first) if first else None


def weekday_near(day: date, weekday: int, *, direction: int, same: bool) -> date:
    """The nearest ``weekday`` (Monday is 0) before (-1) or after (+1) ``day``; the day itself if ``same`` allows."""
    ahead = (weekday - day.weekday()) % 7
    if ahead == 0 and same:
        return day
    return day + timedelta(ahead or 7) if direction > 0 else day - timedelta((7 - ahead) % 7 or 7)


def duration(count: str, unit: str) -> str:
    """TIMEX3 duration: P3M, PT2H, PXY; ``count`` is a number or X."""
    base = unit.lstrip("0123456789")
    factor = int(unit[: -len(base)] or 1)
    number = count if count == "X" else str(int(count) * factor)
    if count == "X" and factor > 1:
        base = {"10Y": "DE", "100Y": "CE", "2W": "W"}[unit]
    return f"PT{number}{base[1:]}" if base.startswith("T") else f"P{number}{base}"


def span_before(anchor: date, value: str) -> tuple[str | None, str | None]:
    """The days from one duration before ``anchor`` to ``anchor``."""
    found = _DURATION.match(value)
    if not found or found[1]:
        return None, None
    begin = shift(anchor, -int(found[2]), found[3])
    return (begin.isoformat() if begin else None), anchor.isoformat()
