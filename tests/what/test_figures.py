"""Numbers, their limits, units and what they count."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Figure
from dateline.rooms import Draft
from dateline.what import make_room

ROOM = make_room()


def figures(draft: Callable[..., Draft], text: str) -> list[tuple[str, float | None, float | None, str | None, str]]:
    found: tuple[Figure, ...] = ROOM.run(draft(text)).figures
    return [(f.text, f.low, f.high, f.unit, f.of) for f in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At least 20 people were killed.", ("At least 20 people", 20, None, "people", "killed")),
        ("Up to 20 people were killed.", ("Up to 20 people", None, 20, "people", "killed")),
        ("Between 5 and 10 rebels died.", ("Between 5 and 10 rebels", 5, 10, "rebels", "killed")),
        ("Some 30,000 villagers fled.", ("Some 30,000 villagers", 30000, 30000, "villagers", "displaced")),
        (
            "The army deployed two hundred and five soldiers.",
            ("two hundred and five soldiers", 205, 205, "soldiers", "troops"),
        ),
        ("Police arrested twenty-five students.", ("twenty-five students", 25, 25, "students", "arrested")),
        ("Norland gave $1.5 million to Sudland.", ("$1.5 million", 1500000, 1500000, "USD", "money")),
        (
            "More than 1.5 million refugees fled.",
            ("More than 1.5 million refugees", 1500000, None, "refugees", "displaced"),
        ),
        ("The rebels walked 12 km.", ("12 km", 12, 12, "km", "distance")),
    ],
)
def test_a_figure(draft: Callable[..., Draft], text: str, expected: tuple[object, ...]) -> None:
    assert figures(draft, text) == [expected]


def test_a_vague_number_has_no_limits(draft: Callable[..., Draft]) -> None:
    assert figures(draft, "Dozens of civilians were wounded.") == [
        ("Dozens of civilians", None, None, "civilians", "wounded")
    ]


@pytest.mark.parametrize(
    "text", ["He died in 2015.", "The boy is 12 years old.", "They fly the F-16.", "Resolution 2254 was passed."]
)
def test_what_counts_nothing_is_no_figure(draft: Callable[..., Draft], text: str) -> None:
    assert figures(draft, text) == []


def test_figures_are_bound_to_the_event_of_their_clause(draft: Callable[..., Draft]) -> None:
    done = ROOM.run(draft("Police arrested ten students while rebels killed four soldiers."))
    texts = {f.id: f.text for f in done.figures}
    assert [(event.type, [texts[q] for q in event.figures]) for event in done.events] == [
        ("COERCE", ["ten students"]),
        ("ASSAULT", ["four soldiers"]),
    ]
