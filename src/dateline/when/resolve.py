"""What a time expression means: TIMEX3 kind and value, anchored on the publication date and on the dates told before.

Source of the values: TIMEX3 in ISO-TimeML. Unknown anchors give ``None``, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dateline.records import DateKind, DateMod
from dateline.when import calendar
from dateline.when.expressions import Found
from dateline.when.other_calendars import Named, days_of
from dateline.when.vocabulary import Vocabulary

Tense = Literal["past", "future"]

# A date without a year, or a weekday, this close to the day of publication is that one whatever the tense says;
# in days. Tuned on the first half of TimeBank; re-run the task `dates` before changing it.
NEAR_DAYS = 75


@dataclass(frozen=True, slots=True)
class Meaning:
    kind: DateKind
    value: str | None
    mod: DateMod | None = None
    days: tuple[date, date] | None = None  # first and last, where the value cannot say them


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an expression can lean on."""

    published: date | None
    told: str | None  # value of the last date told before it
    tense: Tense | None  # of the clause it stands in, None where unclear
    quarter: str | None = None  # value of the last quarter told before it


Rule = Callable[["Resolver", Found, Anchor], Meaning]


class Resolver:
    """Turns found expressions into meanings."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words

    def meaning(self, found: Found, anchor: Anchor) -> Meaning:
        """TIMEX3 kind, value and modifier of one expression."""
        meaning = _RULES[found.rule](self, found, anchor)
        mod = _lead_mod(found.lead) or _lead_mod(found.parts.get("part"))
        return replace(meaning, mod=mod or meaning.mod)

    # -- dates written out

    def iso(self, found: Found, anchor: Anchor) -> Meaning:
        if calendar.days_covered(found.parts["iso"]) == (None, None):
            return Meaning("DATE", None)
        clock = found.parts.get("time")
        return Meaning("TIME" if clock else "DATE", found.parts["iso"] + (f"T{clock}" if clock else ""))

    def slashed(self, found: Found, anchor: Anchor) -> Meaning:
        """Day and month in figures: known only where one of them is over 12 or both are the same."""
        first, second, year = (int(found.parts[name]) for name in ("first", "second", "shortyear"))
        if year < 100:
            year += 2000 if year < 50 else 1900
        if first > 12 or first == second:
            return Meaning("DATE", _day(year, second, first))
        return Meaning("DATE", _day(year, first, second) if second > 12 else None)

    def monthday(self, found: Found, anchor: Anchor) -> Meaning:
        month, day = self._words.months[found.parts["month"]], self._number_of_day(found.parts["day"])
        year = self._year_given(found, anchor)
        if year is None:
            year = _nearest_year(anchor, month, day)
        return Meaning("DATE", _day(year, month, day) if year else None)

    def monthyear(self, found: Found, anchor: Anchor) -> Meaning:
        year = self._year_given(found, anchor)
        return Meaning("DATE", f"{year}-{self._words.months[found.parts['month']]:02d}" if year else None)

    def month(self, found: Found, anchor: Anchor) -> Meaning:
        month, rel = self._words.months[found.parts["month"]], found.parts.get("rel", "")
        if anchor.published is None:
            return Meaning("DATE", _year_told(anchor, month))
        day = anchor.published
        if rel.startswith("last") or rel == "this past":
            year = day.year if month < day.month else day.year - 1
        elif rel == "next" or rel == "this coming":
            year = day.year if month > day.month else day.year + 1
        elif rel == "this":
            year = day.year
        else:
            year = _nearest_year(anchor, month, None) or day.year
        return Meaning("DATE", f"{year}-{month:02d}")

    def year(self, found: Found, anchor: Anchor) -> Meaning:
        return Meaning("DATE", found.parts["year"])

    def foreign(self, found: Found, anchor: Anchor) -> Meaning:
        """A month, a day or a feast of the Islamic or the Iranian calendar."""
        days = days_of(self._named(found), anchor.published)
        if days is None:
            return Meaning("DATE", None)
        islamic = self._named(found).calendar == "islamic"
        value = days[0].isoformat() if days[0] == days[1] else None
        return Meaning("DATE", value, "APPROX" if islamic else None, days)

    def _named(self, found: Found) -> Named:
        year = found.parts.get("year")
        if feast := found.parts.get("feast"):
            calendar_name, month, day = self._words.feasts[feast]
        else:
            name = found.parts.get("month") or found.parts["month2"]
            calendar_name = "islamic" if name in self._words.islamic_months else "iranian"
            month = (self._words.islamic_months if calendar_name == "islamic" else self._words.iranian_months)[name]
            day = int(found.parts.get("day") or found.parts.get("day2") or 0)
        return Named(
            "islamic" if calendar_name == "islamic" else "iranian", month, day or None, int(year) if year else None
        )

    # -- dates by the day of publication

    def deictic(self, found: Found, anchor: Anchor) -> Meaning:
        word = found.parts["deictic"]
        part = found.parts.get("daypart") or found.parts.get("midpart") or ("night" if word == "tonight" else None)
        if anchor.published is None:
            return Meaning("TIME" if part else "DATE", None)
        days = {"the day before yesterday": -2, "yesterday": -1, "tomorrow": 1, "the day after tomorrow": 2}.get(
            word, 0
        )
        return self._with_part((anchor.published + timedelta(days)).isoformat(), part)

    def weekday(self, found: Found, anchor: Anchor) -> Meaning:
        part, clock = found.parts.get("daypart"), found.parts.get("clock")
        number, rel = self._words.weekdays[found.parts["weekday"]], found.parts.get("rel", "")
        if anchor.published is None:
            return Meaning("TIME" if part or clock else "DATE", None)
        value = _weekday(anchor.published, number, rel, anchor.tense).isoformat()
        return Meaning("TIME", f"{value}T{_clock(clock)}") if clock else self._with_part(value, part)

    def weekdays(self, found: Found, anchor: Anchor) -> Meaning:
        part = found.parts.get("daypart")
        number = self._words.weekdays[found.parts["weekday"]] + 1
        return Meaning("SET", f"XXXX-WXX-{number}" + (f"T{self._words.dayparts[part]}" if part else ""))

    def daypart(self, found: Found, anchor: Anchor) -> Meaning:
        rel, part = found.parts.get("rel", "this"), found.parts["daypart"]
        base = anchor.published
        if rel in {"the previous", "the following", "the same", "that", "the next"}:
            base = calendar.start_of(anchor.told)
        if base is None:
            return Meaning("TIME", None)
        days = {"last": -1, "the previous": -1, "the following": 1, "the next": 1}.get(rel, 0)
        return self._with_part((base + timedelta(days)).isoformat(), part)

    def clock(self, found: Found, anchor: Anchor) -> Meaning:
        weekday, deictic = found.parts.get("weekday"), found.parts.get("deictic")
        day = anchor.published
        if day and weekday:
            day = _weekday(day, self._words.weekdays[weekday], "", anchor.tense)
        elif month := found.parts.get("month"):
            year = _nearest_year(anchor, self._words.months[month], int(found.parts["monthday"]))
            told_day = _day(year, self._words.months[month], int(found.parts["monthday"])) if year else None
            day = date.fromisoformat(told_day) if told_day else None
        elif day and deictic:
            day += timedelta({"yesterday": -1, "tomorrow": 1}.get(deictic, 0))
        elif told := anchor.told and re.match(r"\d{4}-\d{2}-\d{2}", anchor.told):
            day = date.fromisoformat(told.group())
        return Meaning("TIME", f"{day.isoformat()}T{_clock(found.parts['clock'])}" if day else None)

    def day(self, found: Found, anchor: Anchor) -> Meaning:
        """ "last week", "this year", "the following month", "the same day"."""
        rel, unit_word = found.parts["rel"], found.parts["unit"]
        if unit_word == "quarter" and rel in {"the", "that", "the same"}:
            return Meaning("DATE", _last_quarter(anchor))
        unit = "W" if unit_word == "weekend" else self._words.units[unit_word]
        told = rel in {
            "the previous",
            "the following",
            "the next",
            "the same",
            "that",
            "that same",
            "previous",
            "following",
        }
        base = calendar.start_of(anchor.told) if told and anchor.told else anchor.published
        if base is None:
            return Meaning("DATE", None)
        steps = {"last": -1, "the last": -1, "the previous": -1, "previous": -1, "next": 1, "the next": 1, "the following": 1,
                 "following": 1, "the coming": 1, "coming": 1, "this coming": 1, "past": -1, "the past": -1}  # fmt: skip
        step = steps.get(rel, -1 if unit_word == "weekend" and rel == "the" and anchor.tense != "future" else 0)
        moved = calendar.shift(base, step, unit)
        if moved is None:
            return Meaning("DATE", None)
        if unit_word == "night":
            return self._with_part(moved.isoformat(), "night")
        value = calendar.at_precision(moved, unit)
        if unit_word == "weekend":
            value += "-WE"
        return Meaning("DATE", value, "END" if rel.startswith("the end") else None)

    def newsday(self, found: Found, anchor: Anchor) -> Meaning:
        """ "the day before", "the week after": counted from the last date told."""
        base = calendar.start_of(anchor.told)
        order = found.parts["order"]
        if base is None:
            return Meaning("DATE", None)
        unit = self._words.units.get(order, "D")
        moved = calendar.shift(base, -1 if found.parts["beforeafter"] == "before" else 1, unit)
        return self._with_part(
            calendar.at_precision(moved, unit) if moved else None, order if order in self._words.dayparts else None
        )

    def quarter(self, found: Found, anchor: Anchor) -> Meaning:
        letter = "H" if found.parts["unit"] == "half" else "Q"
        number = self._words.ordinals[found.parts["ordinal"]]
        year = (
            found.parts.get("year")
            or found.parts.get("year2")
            or _year_of_part(anchor, (number - 1) * (6 if letter == "H" else 3) + 1, found.parts.get("rel", ""))
        )
        return Meaning("DATE", f"{year}-{letter}{number}" if year and number <= (2 if letter == "H" else 4) else None)

    def whole(self, found: Found, anchor: Anchor) -> Meaning:
        """ "the year ended June 30": a length, not the calendar's year."""
        return Meaning("DURATION", calendar.duration("1", self._words.units[found.parts["unit"]]))

    def period(self, found: Found, anchor: Anchor) -> Meaning:
        """ "the 1989 quarter", "the year-ago period", "the latest quarter": counted from the last quarter told."""
        now = _last_quarter(anchor)
        if year := found.parts.get("year"):
            return Meaning("DATE", f"{year}{now[4:]}" if now and anchor.quarter else year)
        if found.parts.get("back"):
            return Meaning("DATE", _year_before(now) if now else None)
        return Meaning("DATE", now)

    def spelled_year(self, found: Found, anchor: Anchor) -> Meaning:
        """ "nineteen ninety-six", "the year two thousand", with a month or a season before it."""
        year = self._spelled_year(found.parts["spelled"])
        if year is None:
            return Meaning("DATE", None)
        if month := found.parts.get("month"):
            return Meaning("DATE", f"{year}-{self._words.months[month]:02d}")
        season = found.parts.get("season")
        return Meaning("DATE", f"{year}-{self._words.seasons[season]}" if season else str(year))

    def year_end(self, found: Found, anchor: Anchor) -> Meaning:
        return Meaning("DATE", str(anchor.published.year) if anchor.published else None, "END")

    def season(self, found: Found, anchor: Anchor) -> Meaning:
        code = self._words.seasons[found.parts.get("season") or found.parts["season2"]]
        year = found.parts.get("year") or found.parts.get("year2")
        month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
        year = year or _year_of_part(anchor, month, found.parts.get("rel", ""))
        return Meaning("DATE", f"{year}-{code}" if year else None, _lead_mod(found.parts.get("rel")))

    def ago(self, found: Found, anchor: Anchor) -> Meaning:
        """ "two years ago" from publication; "two days later" from the last date told."""
        unit, way = self._words.units[found.parts["unit"]], found.parts["way"]
        count = self._number(found.parts.get("number", "one"))
        from_told = way in {
            "earlier",
            "later",
            "before",
            "after",
            "afterward",
            "afterwards",
            "beforehand",
            "previously",
        }
        sign = -1 if way in {"ago", "earlier", "before", "beforehand", "previously"} else 1
        if is_comparison(found) and anchor.quarter:
            return Meaning("DATE", _year_before(anchor.quarter))
        if count is None:
            return Meaning("DATE", ("PAST_REF" if sign < 0 else "FUTURE_REF") if not from_told else None)
        base = (
            (calendar.start_of(anchor.told) or (anchor.published if sign < 0 else None))
            if from_told
            else anchor.published
        )
        moved = calendar.shift(base, sign * count, unit) if base else None
        if moved is None:
            return Meaning("DATE", None)
        precise = "W" if unit == "2W" else unit
        return Meaning("DATE", calendar.at_precision(moved, precise), _about_mod(found.parts.get("about")))

    # -- durations and sets

    def duration(self, found: Found, anchor: Anchor) -> Meaning:
        if plural := found.parts.get("plural"):
            unit = self._words.units.get(plural, self._words.units.get(plural + "s", "D"))
            single = found.rule == "duration" and not plural.endswith("s")
            return Meaning("DURATION", calendar.duration("1" if single else "X", unit))
        unit = self._words.units[found.parts["unit"]]
        count = self._number(found.parts["number"])
        return Meaning(
            "DURATION",
            calendar.duration("X" if count is None else str(count), unit),
            _about_mod(found.parts.get("about")),
        )

    def set(self, found: Found, anchor: Anchor) -> Meaning:
        adverbs = {"daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "monthly": "P1M", "quarterly": "P1Q",
                   "yearly": "P1Y", "annually": "P1Y", "annual": "P1Y", "hourly": "PT1H"}  # fmt: skip
        if adverb := found.parts.get("adverb"):
            return Meaning("SET", adverbs[adverb])
        word = found.parts["unit"]
        if word in self._words.weekdays:
            return Meaning("SET", f"XXXX-WXX-{self._words.weekdays[word] + 1}")
        if word in self._words.months:
            return Meaning("SET", f"XXXX-{self._words.months[word]:02d}")
        if word in self._words.dayparts:
            return Meaning("SET", f"XXXX-XX-XXT{self._words.dayparts[word]}")
        count = 2 if found.parts.get("number") == "other" else self._number(found.parts.get("number", "one"))
        return Meaning("SET", calendar.duration("X" if count is None else str(count), self._words.units[word]))

    # -- long and vague

    def decade(self, found: Found, anchor: Anchor) -> Meaning:
        if word := found.parts.get("word"):
            short = [
                "twenties",
                "thirties",
                "forties",
                "fifties",
                "sixties",
                "seventies",
                "eighties",
                "nineties",
            ].index(word) + 2
            return Meaning("DATE", f"19{short}")
        if short_year := found.parts.get("short"):
            return Meaning("DATE", f"19{short_year[0]}" if short_year >= "20" else f"20{short_year[0]}")
        return Meaning("DATE", found.parts["decade"][:3])

    def century(self, found: Found, anchor: Anchor) -> Meaning:
        word = found.parts["ordinal"]
        number = self._words.ordinals.get(word) or int(re.sub(r"\D", "", word))
        return Meaning("DATE", f"{number - 1:02d}")

    def reference(self, found: Found, anchor: Anchor) -> Meaning:
        return Meaning("DATE", self._words.references[found.parts["reference"]])

    def turn(self, found: Found, anchor: Anchor) -> Meaning:
        """ "the start of the war": a time of the past unless a year says which, or the clause looks ahead."""
        mod: DateMod = "END" if found.parts["turn"] == "end" else "START"
        return Meaning(
            "DATE", found.parts.get("year") or ("FUTURE_REF" if anchor.tense == "future" else "PAST_REF"), mod
        )

    # -- pieces

    def _with_part(self, value: str | None, part: str | None) -> Meaning:
        if not part:
            return Meaning("DATE", value)
        return Meaning("TIME", f"{value}T{self._words.dayparts[part]}" if value else None)

    def _year_given(self, found: Found, anchor: Anchor) -> int | None:
        if year := found.parts.get("year"):
            return int(year)
        rel = found.parts.get("relyear")
        if rel and anchor.published:
            return anchor.published.year + {"last": -1, "this": 0, "next": 1}[rel]
        return None

    def _spelled_year(self, words: str) -> int | None:
        first, *rest = [word for word in re.split(r"[\s-]+", words) if word != "and"]
        if rest and rest[0] == "thousand":
            tail = self._spelled(" ".join(rest[1:])) if rest[1:] else 0
            return None if tail is None else 2000 + tail
        tail = self._spelled(" ".join(rest))
        return None if tail is None or not 10 <= tail <= 99 else self._words.numbers[first] * 100 + tail

    def _number_of_day(self, word: str) -> int:
        return self._words.ordinals.get(word) or int(re.sub(r"\D", "", word) or 0)

    def _number(self, words: str) -> int | None:
        """A count in figures or words; None where it is vague or not whole."""
        words = words.strip()
        if words in {"a", "an", "the"}:
            return 1
        if words in {"a couple of", "a couple"}:
            return 2
        if words.replace(",", "").isdigit():
            return int(words.replace(",", ""))
        if words in self._words.vague or not words:
            return None
        return self._spelled(words)

    def _spelled(self, words: str) -> int | None:
        total = 0
        for word in re.split(r"[\s-]+", words.removeprefix("a ")):
            number = self._words.numbers.get(word)
            if number is None:
                return None
            total = (total or 1) * 100 if number == 100 else total + number
        return total


_RULES: dict[str, Rule] = {
    "foreign": Resolver.foreign,
    "iso": Resolver.iso,
    "slashed": Resolver.slashed,
    "monthday": Resolver.monthday,
    "monthyear": Resolver.monthyear,
    "month": Resolver.month,
    "year": Resolver.year,
    "range_year": Resolver.year,
    "deictic": Resolver.deictic,
    "weekday": Resolver.weekday,
    "weekdays": Resolver.weekdays,
    "daypart": Resolver.daypart,
    "clock": Resolver.clock,
    "day": Resolver.day,
    "newsday": Resolver.newsday,
    "quarter": Resolver.quarter,
    "period": Resolver.period,
    "whole": Resolver.whole,
    "spelledyear": Resolver.spelled_year,
    "yearend": Resolver.year_end,
    "season": Resolver.season,
    "ago": Resolver.ago,
    "yearago": Resolver.ago,
    "duration": Resolver.duration,
    "set": Resolver.set,
    "decade": Resolver.decade,
    "century": Resolver.century,
    "reference": Resolver.reference,
    "turn": Resolver.turn,
}


def is_comparison(found: Found) -> bool:
    """Whether an expression only says what a figure is compared with: "a year earlier"."""
    one = found.parts.get("number", "one").strip() in {"a", "one"}
    return (
        found.rule in {"ago", "yearago"}
        and one
        and found.parts["unit"] == "year"
        and found.parts["way"] in {"ago", "earlier"}
    )


def _last_quarter(anchor: Anchor) -> str | None:
    """The last quarter told; else the last one that had ended on the day of publication."""
    if anchor.quarter or anchor.published is None:
        return anchor.quarter
    before = calendar.shift(anchor.published, 0 if anchor.tense == "future" else -1, "Q")
    return calendar.at_precision(before, "Q") if before else None


def _year_before(quarter: str) -> str:
    return f"{int(quarter[:4]) - 1}{quarter[4:]}"


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _weekday(published: date, weekday: int, rel: str, tense: Tense | None) -> date:
    if rel.startswith(("next", "this coming", "the following")):
        return calendar.weekday_near(published, weekday, direction=1, same=False)
    if rel.startswith(("last", "the previous", "this past")):
        return calendar.weekday_near(published, weekday, direction=-1, same=False)
    return calendar.weekday_near(published, weekday, direction=1 if tense == "future" else -1, same=True)


def _nearest_year(anchor: Anchor, month: int, day: int | None) -> int | None:
    """The year of a month, or a day of it, that the text leaves out."""
    base = anchor.published
    if base is None:
        told = _year_told(anchor, month)
        return int(told[:4]) if told else None
    candidates = [date(year, month, min(day or 15, 28)) for year in (base.year - 1, base.year, base.year + 1)]
    nearest = min(candidates, key=lambda candidate: abs((candidate - base).days))
    if abs((nearest - base).days) <= NEAR_DAYS:
        return nearest.year
    if anchor.tense == "future":
        return min(candidate for candidate in candidates if candidate >= base).year
    return max(candidate for candidate in candidates if candidate <= base).year


def _year_told(anchor: Anchor, month: int) -> str | None:
    """Without a day of publication, the year of the last date told."""
    return f"{anchor.told[:4]}-{month:02d}" if anchor.told and re.match(r"\d{4}", anchor.told) else None


def _year_of_part(anchor: Anchor, month: int, rel: str) -> str | None:
    """The year of a quarter or season, by the day of publication: the last one begun unless the words say otherwise."""
    if anchor.published is None:
        return None
    year = anchor.published.year
    if rel.startswith("last"):
        return str(year if rel == "last" and month + 2 < anchor.published.month else year - 1)
    if rel.startswith("next year"):
        return str(year + 1)
    if "year-" in rel:
        return str(year - 1)
    if rel.startswith("next"):
        return str(year if month > anchor.published.month else year + 1)
    if rel == "this year's" or rel == "this year’s" or rel == "this":
        return str(year)
    return str(year if month <= anchor.published.month or anchor.tense == "future" else year - 1)


def _clock(text: str) -> str:
    text = text.strip().lower()
    if text in {"noon", "midnight"}:
        return "12:00" if text == "noon" else "24:00"
    hour, minute = [*re.findall(r"\d+", text), "00"][:2]
    number = int(hour) % 12 if re.search(r"[ap]\.?m", text) else int(hour)
    if "p" in text and re.search(r"p\.?m", text):
        number += 12
    return f"{number:02d}:{minute}"


def _lead_mod(lead: str | None) -> DateMod | None:
    if not lead:
        return None
    words = set(re.findall(r"[a-z]+", lead))
    if words & {"early", "beginning", "start", "earlier"} or ("first" in words and words & {"half", "part"}):
        return "START"
    if words & {"late", "end", "close", "later", "latter", "second"}:
        return "END"
    return "MID" if words & {"mid", "middle"} else None


def _about_mod(about: str | None) -> DateMod | None:
    return "APPROX" if about in {"about", "around", "approximately", "roughly", "some", "nearly", "almost"} else None
