"""Records in words: the labels and short phrases a reader sees instead of codes. Knows nothing of HTML."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date

from dateline.codebook import load_codebook
from dateline.records import ClaimKind, DateSource, EventStatus, Tone

QUADS: Mapping[int, str] = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
STATUSES: Mapping[EventStatus, str] = {
    "occurred": "told as having happened",
    "ongoing": "told as going on",
    "planned": "meant to happen",
    "hypothetical": "possible, not said to have happened",
    "demanded": "asked for or ordered",
    "denied": "said not to have happened",
}
CLAIM_VERBS: Mapping[ClaimKind, str] = {
    "control": "holds",
    "presence": "is present in",
    "support": "backs",
    "opposition": "opposes",
    "alliance": "is allied with",
    "membership": "belongs to",
    "affiliation": "is affiliated with",
    "leadership": "leads",
    "communication": "is in contact with",
}
DATE_SOURCES: Mapping[DateSource, str] = {
    "text": "dated by the text",
    "inferred": "inferred from the text",
    "published": "taken from the day of publication",
}
TONES: Mapping[Tone, str] = {
    "delegitimising": "denies standing",
    "legitimising": "lends standing",
    "euphemism": "softens",
    "dysphemism": "hardens",
}
_MONTHS = (*calendar.month_name,)
_QUOTATION_MARKS = "\"'“”‘’„«»‹› "


def type_label(code: str) -> str:
    """The codebook's label of an event type; the code itself where the codebook has none."""
    found = load_codebook().events.get(code)
    return found.label if found else code


def plain(code: str) -> str:
    """A mode, context or kind without its hyphens and underscores."""
    return code.replace("_", " ").replace("-", " ")


def joined(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def counted(count: int, noun: str) -> str:
    """ "1 event", "1,204 events"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def dates(first: str | None, last: str | None) -> str | None:
    """The days from first to last (YYYY-MM-DD) as a reader would say them: "7 September 2018", "September 2018".

    What is no such day is given back as it stands; None where neither is known.
    """
    if first is None or last is None:
        known = first or last
        return None if known is None else f"{'from' if first else 'until'} {_day_words(known)}"
    try:
        return _range(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        return first if first == last else f"{first} to {last}"


def timex(value: str) -> str:
    """A TIMEX3 value: a day, month or year in words, anything else as it stands."""
    parts = value.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3 or len(parts[0]) != 4:
        return value
    if len(parts) == 1:
        return value
    if not 1 <= int(parts[1]) <= 12:
        return value
    if len(parts) == 2:
        return f"{_MONTHS[int(parts[1])]} {parts[0]}"
    return _day_words(value)


def amount(low: float | None, high: float | None) -> str | None:
    """The range of a figure: "4", "4 or more", "up to 9", "4 to 9"."""
    if low is None and high is None:
        return None
    if low is None:
        return f"up to {high:,.10g}"
    if high is None:
        return f"{low:,.10g} or more"
    return f"{low:,.10g}" if low == high else f"{low:,.10g} to {high:,.10g}"


def signed(score: float) -> str:
    """A score with its sign: "−9.5", "0", "+3"."""
    return f"{score:+.3g}".replace("-", "−") if score else "0"


def unquoted(text: str) -> str:
    """The words without the quotation marks around them."""
    return text.strip(_QUOTATION_MARKS)


def _day_words(day: str) -> str:
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{found.day} {_MONTHS[found.month]} {found.year}"


def _range(first: date, last: date) -> str:
    if first == last:
        return _day_words(first.isoformat())
    whole_months = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if whole_months and (first.month, last.month, first.year) == (1, 12, last.year):
        return str(first.year)
    if whole_months:
        return _month_range(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {_MONTHS[first.month]} {first.year}"
    left = f"{first.day} {_MONTHS[first.month]}" + ("" if first.year == last.year else f" {first.year}")
    return f"{left} – {_day_words(last.isoformat())}"


def _month_range(first: date, last: date) -> str:
    end = f"{_MONTHS[last.month]} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return end
    if first.year == last.year:
        return f"{_MONTHS[first.month]} – {end}"
    if (first.month, last.month) == (1, 12):
        return f"{first.year}–{last.year}"
    return f"{_MONTHS[first.month]} {first.year} – {end}"
