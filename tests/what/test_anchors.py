"""Where and when: places and dates that the text ties to an event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dateline.records import DateExpression, Event, Place
from dateline.rooms import Draft
from dateline.what import make_room

ROOM = make_room()


def place(text: str, name: str, n: int = 1) -> Place:
    begin = text.index(name)
    return Place(f"p{n}", (begin, begin + len(name)), name, "name", name, None, None, None, None, None, None, None)


def date(text: str, words: str, day: str, n: int = 1) -> DateExpression:
    begin = text.index(words)
    return DateExpression(f"t{n}", (begin, begin + len(words)), words, "DATE", day, None, day, day)


def events(draft: Draft) -> tuple[Event, ...]:
    return ROOM.run(draft).events


def test_the_place_of_the_clause(draft: Callable[..., Draft]) -> None:
    text = "Rebels killed four soldiers in Aster after the minister flew home from Kolm."
    done = events(replace(draft(text), places=(place(text, "Aster"), place(text, "Kolm", 2))))
    assert [event.place for event in done if event.type == "ASSAULT"] == ["p1"]


def test_what_was_hit_is_the_place(draft: Callable[..., Draft]) -> None:
    text = "Rebels seized Kolm province on Friday."
    assert [event.place for event in events(replace(draft(text), places=(place(text, "Kolm"),)))] == ["p1"]


def test_a_state_that_acts_is_no_place(draft: Callable[..., Draft]) -> None:
    text = "Norland bombed the port."
    assert [event.place for event in events(replace(draft(text), places=(place(text, "Norland"),)))] == [None]


def test_no_place_of_another_paragraph(draft: Callable[..., Draft]) -> None:
    text = "The minister lives in Aster.\n\nRebels killed four soldiers."
    assert [event.place for event in events(replace(draft(text), places=(place(text, "Aster"),)))] == [None]


def test_the_date_in_the_sentence(draft: Callable[..., Draft]) -> None:
    text = "Rebels killed four soldiers on 3 May 2019."
    done = events(replace(draft(text, published="2020-01-02"), dates=(date(text, "3 May 2019", "2019-05-03"),)))
    found = done[0].date
    assert found is not None
    assert (found.ref, found.from_, found.to, found.source) == ("t1", "2019-05-03", "2019-05-03", "text")


def test_the_date_that_opened_the_paragraph(draft: Callable[..., Draft]) -> None:
    text = "On 3 May 2019 the truce ran out. Rebels killed four soldiers."
    done = events(replace(draft(text), dates=(date(text, "3 May 2019", "2019-05-03"),)))
    found = done[-1].date
    assert found is not None
    assert (found.ref, found.source) == ("t1", "inferred")


def test_news_at_the_top_happened_when_it_was_published(draft: Callable[..., Draft]) -> None:
    found = events(draft("Rebels killed four soldiers.", published="2020-01-02"))[0].date
    assert found is not None
    assert (found.ref, found.from_, found.source) == (None, "2020-01-02", "published")


@pytest.mark.parametrize(
    "text", ["Rebels will hold talks with the army.", "Rebels had killed four soldiers.", "Rebels kill soldiers."]
)
def test_what_is_no_news_of_the_day_has_no_date(draft: Callable[..., Draft], text: str) -> None:
    assert [event.date for event in events(draft(text, published="2020-01-02"))] == [None]
