"""Whose word an event rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dateline.according import make_room, rests_on
from dateline.records import (
    OWN_VOICE,
    AccordingTo,
    Content,
    Event,
    Span,
    Statement,
    Words,
)
from dateline.rooms import Draft

MakeDraft = Callable[..., Draft]


def event(trigger: Span, text: str) -> Event:
    return Event(
        "e1", "ASSAULT", None, (), None, 4, None, Words(trigger, text), trigger, (), (), None, None, "occurred",
        OWN_VOICE, (), (), None,
    )  # fmt: skip


def resting(made: Draft, word: str) -> AccordingTo:
    """What an event rests on whose trigger is this word."""
    begin = made.article.text.index(word)
    done = make_room().run(replace(made, events=(event((begin, begin + len(word)), word),)))
    return done.events[0].according_to


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("The army shelled the town.", "shelled", OWN_VOICE),
        ("The mayor said the army had shelled the town.", "shelled", AccordingTo(False, "s1")),
        ("The army shelled the town, the mayor said.", "shelled", AccordingTo(False, "s1")),
        ("According to the mayor, the army shelled the town.", "shelled", AccordingTo(False, "s1")),
        ("Residents fear an assault.", "assault", AccordingTo(False, "s1")),
        ("Farouk accused the army of shelling the town.", "shelling", AccordingTo(False, "s1")),
        pytest.param(
            "State media reported that activists said the army had shelled the town.",
            "shelled",
            AccordingTo(False, "s2"),
            id="the innermost statement",
        ),
        pytest.param("Farouk accused the army of shelling the town.", "accused", OWN_VOICE, id="a cue is the outlet's"),
        pytest.param(
            "The general threatened to shell the town.", "threatened", OWN_VOICE, id="a threat is the outlet's"
        ),
        pytest.param(
            "State media reported that activists said the army had shelled the town.",
            "said",
            AccordingTo(False, "s1"),
            id="a nested cue is told by the one who quotes it",
        ),
        pytest.param("The army plans to attack the town.", "attack", OWN_VOICE, id="a plan is told by who reports it"),
        pytest.param(
            "The bishop condemned the attack.",
            "attack",
            AccordingTo(True, "s1"),
            id="what is condemned is taken as given",
        ),
    ],
)
def test_rests_on(draft: MakeDraft, text: str, trigger: str, expected: AccordingTo) -> None:
    assert resting(draft(text), trigger) == expected


def test_a_plan_inside_a_statement_rests_on_the_statement(draft: MakeDraft) -> None:
    made = draft("The minister said that Damascus plans to attack the town.")
    assert resting(made, "attack") == AccordingTo(False, "s1")


def test_told_twice_stays_two_events(draft: MakeDraft) -> None:
    """The outlet tells it and a speaker tells it: both are kept, each with its own voice."""
    text = "The army shelled the town. The mayor said that the army had bombed the town."
    made = draft(text)
    spans = [(text.index(w), text.index(w) + len(w)) for w in ("shelled", "bombed")]
    done = make_room().run(replace(made, events=tuple(event(s, text[slice(*s)]) for s in spans)))
    assert [e.according_to for e in done.events] == [OWN_VOICE, AccordingTo(False, "s1")]


def test_the_draft_given_is_not_changed(draft: MakeDraft) -> None:
    text = "The mayor said the army had shelled the town."
    made = replace(draft(text), events=(event((text.index("shelled"), text.index("shelled") + 7), "shelled"),))
    make_room().run(made)
    assert made.events[0].according_to == OWN_VOICE


def statement(id: str, cue: Span | None, spans: tuple[Span, ...], *, inside: str | None = None) -> Statement:
    words = None if cue is None else Words(cue, "said")
    return Statement(id, None, words, Content(spans, ""), "indirect", inside)


def test_content_in_two_spans() -> None:
    found = [statement("s1", (10, 14), ((0, 8), (16, 30)))]
    assert rests_on((20, 25), found) == AccordingTo(False, "s1")
    assert rests_on((10, 14), found) == OWN_VOICE


def test_span_half_inside_is_not_covered() -> None:
    assert rests_on((5, 12), [statement("s1", None, ((0, 8),))]) == OWN_VOICE


def test_inner_statement_wins_even_where_it_is_longer() -> None:
    found = [statement("s1", None, ((0, 20),)), statement("s2", None, ((5, 40),), inside="s1")]
    assert rests_on((6, 10), found) == AccordingTo(False, "s2")


def test_room_declares_what_it_needs_and_gives() -> None:
    room = make_room()
    assert (room.name, room.needs, room.gives, room.scores) == (
        "according", ("actors", "events"), ("statements", "events"), ("statements",),
    )  # fmt: skip
