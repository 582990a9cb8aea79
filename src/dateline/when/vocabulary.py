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
    islamic_months: Mapping[str, int]
    iranian_months: Mapping[str, int]
    months_alone: frozenset[str]
    feasts: Mapping[str, tuple[str, int, int]]  # calendar, month, day
    upheavals: tuple[str, ...]
    anchors: frozenset[str]  # a sentence without any of these words, and without a year, holds no expression


def load_vocabulary() -> Vocabulary:
    """The vocabulary, with plurals and abbreviations entered under their own words."""
    data = read_yaml("dateline.when", "vocabulary.yaml")
    months = {name: number for number, name in enumerate(data["months"], 1)} | data["month_abbreviations"]
    months |= data["levantine_months"]
    weekdays = {name: number for number, name in enumerate(data["weekdays"])} | data["weekday_abbreviations"]
    units = dict(data["units"])
    units |= {name + "s": code for name, code in data["units"].items()}
    units |= {plural: data["units"][name] for plural, name in data["plurals"].items()}
    references = {words: code for code, phrases in data["references"].items() for words in phrases}
    others = {*data["islamic_months"], *data["iranian_months"], *data["feasts"], *data["levantine_months"]}
    phrases = {word for phrase in (*references, *others) for word in re.split(r"[ '-]", phrase)}
    weekday_plurals = {f"{name}s" for name in data["weekdays"]}
    anchors = {
        *months,
        *weekdays,
        *weekday_plurals,
        *units,
        *data["dayparts"],
        *data["seasons"],
        *phrases,
        *data["more_anchors"],
    }
    return Vocabulary(
        months=months,
        weekdays=weekdays,
        units=units,
        references=references,
        vague=tuple(data["vague"]),
        upheavals=tuple(data["upheavals"]),
        feasts={name: tuple(feast) for name, feast in data["feasts"].items()},
        anchors=frozenset(anchors - set(data["no_anchors"])),
        dayparts=data["dayparts"],
        seasons=data["seasons"],
        numbers=data["numbers"],
        ordinals=data["ordinals"],
        islamic_months=data["islamic_months"],
        iranian_months=data["iranian_months"],
        deadlines=frozenset(data["deadlines"]),
        timetabled=frozenset(data["timetabled"]),
        future_heads=frozenset(data["future_heads"]),
        timetable_verbs=frozenset(data["timetable_verbs"]),
        months_alone=frozenset(data["months_alone"]),
    )


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"
