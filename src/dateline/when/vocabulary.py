"""The words of time, loaded from ``vocabulary.yaml``, and the pieces of pattern made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dateline.datafiles import read_yaml


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Word → number or TIMEX3 code; all words in lower case."""

    months: Mapping[str, int]  # 1..12
    weekdays: Mapping[str, int]  # Monday is 0
    units: Mapping[str, str]
    dayparts: Mapping[str, str]
    seasons: Mapping[str, str]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    vague: tuple[str, ...]
    references: Mapping[str, str]  # words → PRESENT_REF, PAST_REF, FUTURE_REF
    deadlines: frozenset[str]
    timetabled: frozenset[str]
    future_heads: frozenset[str]
    timetable_verbs: frozenset[str]
    anchors: frozenset[str]  # a sentence without any of these words, and without a year, holds no expression


def load_vocabulary() -> Vocabulary:
    """The vocabulary, with plurals and abbreviations entered under their own words."""
    data = read_yaml("dateline.when", "vocabulary.yaml")
    months = {name: number for number, name in enumerate(data["months"], 1)} | data["month_abbreviations"]
    weekdays = {name: number for number, name in enumerate(data["weekdays"])} | data["weekday_abbreviations"]
    units = dict(data["units"])
    units |= {name + "s": code for name, code in data["units"].items()}
    units |= {plural: data["units"][name] for plural, name in data["plurals"].items()}
    references = {words: code for code, phrases in data["references"].items() for words in phrases}
    anchors = {
        *months, *weekdays, *units, *data["dayparts"], *data["seasons"], *(name + "s" for name in data["weekdays"]),
        *(word for phrase in references for word in phrase.split()), "today", "yesterday", "tomorrow", "tonight", "weekend",
        "nineteen", "eighteen", "thousand", "quarters", "daily", "weekly", "monthly", "yearly", "annually", "hourly", "nightly", "overnight", "mid", "fiscal", "weekends",
    } - {"the", "in", "at", "a", "few", "some", "right", "this", "these", "last", "long", "more", "second", "may", "march"}  # fmt: skip
    return Vocabulary(
        months, weekdays, units, data["dayparts"], data["seasons"], data["numbers"], data["ordinals"],
        tuple(data["vague"]), references, frozenset(data["deadlines"]), frozenset(data["timetabled"]), frozenset(data["future_heads"]), frozenset(data["timetable_verbs"]),
        frozenset(anchors),
    )  # fmt: skip


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"
