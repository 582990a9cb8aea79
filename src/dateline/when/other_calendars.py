"""Months and feasts of the Islamic and the Iranian calendar as days of the Gregorian one.

Islamic dates are those of Umm al-Qura (package ``hijridate``), which the sighting of the moon may miss by a day; so they are marked
APPROX. Iranian dates (package ``persiantools``) are exact. A month has no TIMEX3 value, since it begins inside a Gregorian one; it has
its first and last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hijridate import Gregorian, Hijri, ummalqura
from persiantools.jdatetime import JalaliDate

Calendar = Literal["islamic", "iranian"]

# A month told without its year is the one nearest to the day of publication.
_IRANIAN_YEARS = range(1200, 1500)


@dataclass(frozen=True, slots=True)
class Named:
    """A month of a calendar, and a day of it where one is told."""

    calendar: Calendar
    month: int
    day: int | None = None
    year: int | None = None  # of that calendar, or Gregorian


def days_of(named: Named, published: date | None) -> tuple[date, date] | None:
    """First and last day; None where the calendar has no such day, or where neither year nor publication tells which is meant."""
    if named.year is not None and named.year < _GREGORIAN_FROM:
        return _days(named, named.year)
    middle = date(named.year, 7, 1) if named.year is not None else published
    if middle is None:
        return None
    own = _year_of(middle, named.calendar)
    if own is None:
        return None
    spans = [span for year in (own - 1, own, own + 1) if (span := _days(named, year))]
    if named.year is not None:
        spans = [span for span in spans if named.year in {span[0].year, span[1].year}]
    return min(spans, key=lambda span: _gap(span, middle), default=None)


# Years below this are of the other calendar, from it on Gregorian.
_GREGORIAN_FROM = 1600


def _gap(span: tuple[date, date], day: date) -> int:
    """Days between a day and the nearest of a span."""
    return max((span[0] - day).days, (day - span[1]).days, 0)


def _year_of(day: date, calendar: Calendar) -> int | None:
    if calendar == "islamic":
        try:
            return int(Gregorian.fromdate(day).to_hijri().year)
        except OverflowError:  # before 1924 or after 2077
            return None
    return int(JalaliDate.to_jalali(day.year, day.month, day.day).year)


def _days(named: Named, year: int) -> tuple[date, date] | None:
    length = _length(named.calendar, year, named.month)
    if length is None or (named.day is not None and not 1 <= named.day <= length):
        return None
    first = _gregorian(named.calendar, year, named.month, named.day or 1)
    return first, first if named.day else first + timedelta(length - 1)


def _length(calendar: Calendar, year: int, month: int) -> int | None:
    """Days of a month; None beyond the years the calendar is known for."""
    if calendar == "islamic":
        first, last = (bound[0] for bound in ummalqura.HIJRI_RANGE)
        return int(Hijri(year, month, 1).month_length()) if first <= year < last else None
    return int(JalaliDate.days_in_month(month, year)) if year in _IRANIAN_YEARS else None


def _gregorian(calendar: Calendar, year: int, month: int, day: int) -> date:
    if calendar == "islamic":
        return date.fromisoformat(Hijri(year, month, day).to_gregorian().isoformat())
    found: date = JalaliDate(year, month, day).to_gregorian()
    return found
