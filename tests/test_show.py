"""What `dateline show` prints of one article."""

from __future__ import annotations

from dataclasses import replace

from dateline.records import (
    OWN_VOICE,
    AccordingTo,
    Article,
    Coded,
    CoderInfo,
    Content,
    Event,
    Party,
    Span,
    Speaker,
    Statement,
    Telling,
    Words,
)
from dateline.show import record_lines

TEXT = "Guards shelled Brell. The attack\nwent on. The guards fired first, Ida Sorn said."


def at(words: str) -> Span:
    return TEXT.index(words), TEXT.index(words) + len(words)


EVENT = Event(
    "e1", "ASSAULT", None, (), None, 4, -9.0, Words(at("shelled"), "shelled"), at("Guards shelled Brell."),
    (Party(None, at("Guards")),), (Party(None, at("Brell")),), None, None, "occurred", OWN_VOICE, (), (), None,
)  # fmt: skip
SORN = Statement(
    "s1", Speaker(None, at("Ida Sorn"), "Ida Sorn"), Words(at("said"), "said"),
    Content((at("The guards fired first"),), "The guards fired first"), "indirect", None,
)  # fmt: skip
CODED = Coded(CoderInfo("0", {}), Article.make(TEXT), statements=(SORN,), events=(EVENT,))


def event_lines(event: Event) -> list[str]:
    lines = list(record_lines(replace(CODED, events=(event,))))
    return [line.strip() for line in lines if "event" in line or "also told" in line]


def test_an_event_told_once() -> None:
    assert event_lines(EVENT) == ["event e1: Guards → Brell: ASSAULT, occurred, in the outlet's own voice"]


def test_other_tellings_stand_below_their_event() -> None:
    attack = Telling(Words(at("attack\nwent on"), "attack\nwent on"), at("The attack\nwent on."), OWN_VOICE)
    quoted = AccordingTo(outlet=False, statement="s1")
    fired = Telling(Words(at("fired"), "fired"), at("The guards fired first, Ida Sorn said."), quoted)
    assert event_lines(replace(EVENT, also=(attack, fired)))[1:] == [
        "also told: “attack went on”",
        "also told: “fired”, according to Ida Sorn",
    ]
