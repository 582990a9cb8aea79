"""The room as a whole: whose word a claim rests on, pronouns, events, ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dateline.records import OWN_VOICE, AccordingTo, Content, Event, Party, Statement, Words
from dateline.rooms import Draft, Room
from dateline.standing import make_room


@pytest.fixture(scope="module")
def room() -> Room:
    return make_room()


def test_claim_in_a_statement_rests_on_it(scene: Callable[..., Draft], room: Room) -> None:
    text = 'Torv said: "The Red Column holds Port Aster."'
    begin = text.index("The Red")
    said = Statement("s1", None, None, Content(((begin, len(text) - 1),), text[begin:-1]), "direct", None)
    draft = scene(text, {"The Red Column": "armed_group"}, {"Port Aster": "settlement"})
    (claim,) = room.run(replace(draft, statements=(said,))).claims
    assert claim.according_to == AccordingTo(outlet=False, statement="s1")


def test_claim_outside_statements_is_the_outlets(scene: Callable[..., Draft], room: Room) -> None:
    draft = scene("The Red Column holds Port Aster.", {"The Red Column": "armed_group"}, {"Port Aster": "settlement"})
    (claim,) = room.run(draft).claims
    assert claim.according_to == OWN_VOICE
    assert claim.evidence == (0, len(draft.article.text))


def test_pronoun_gives_way_to_the_words_it_stands_for(scene: Callable[..., Draft], room: Room) -> None:
    text = "Osk supports the hill fighters in their fight against the Red Column."
    actors = {"Osk": "state", "the hill fighters / their": "armed_group", "the Red Column": "armed_group"}
    told = {
        (c.kind, text[slice(*c.subject.span)], text[slice(*c.object.span)])
        for c in room.run(scene(text, actors)).claims
    }
    assert ("opposition", "the hill fighters", "the Red Column") in told
    assert ("support", "Osk", "the hill fighters") in told


def test_part_of_a_place_names_the_place_and_spans_the_part(scene: Callable[..., Draft], room: Room) -> None:
    text = "The Red Column holds parts of Port Aster."
    (claim,) = room.run(scene(text, {"The Red Column": "armed_group"}, {"Port Aster": "settlement"})).claims
    assert (claim.object.place, text[slice(*claim.object.span)]) == ("p1", "parts of Port Aster")


@pytest.mark.parametrize(
    ("kind", "status", "claims"), [("ASSAULT", "occurred", 1), ("ASSAULT", "hypothetical", 0), ("AID", "occurred", 0)]
)
def test_events_between_two_actors_make_claims(
    scene: Callable[..., Draft], room: Room, kind: str, status: str, claims: int
) -> None:
    text = "The Red Column set upon the coastal guard."
    draft = scene(text, {"The Red Column": "armed_group", "the coastal guard": "military"})
    event = Event(
        "e1", kind, None, (), None, 4, None, Words((15, 23), "set upon"), (0, len(text)),
        (Party("a1", (0, 14)),), (Party("a2", (24, 41)),), None, None, status, OWN_VOICE, (), (), 0.8,  # type: ignore[arg-type]
    )  # fmt: skip
    found = room.run(replace(draft, events=(event,))).claims
    assert [(c.kind, c.subject.actor, c.object.actor, c.id) for c in found] == [
        ("opposition", "a1", "a2", "c1")
    ] * claims


def test_since_then_is_the_last_date_before(scene: Callable[..., Draft], room: Room) -> None:
    text = "The war began in May 2016. Since then, the Red Column has taken Port Aster."
    draft = scene(text, {"the Red Column": "armed_group"}, {"Port Aster": "settlement"}, {"May 2016": "2016-05"})
    (claim,) = room.run(draft).claims
    assert (claim.status, claim.since) == ("current", "2016-05")
