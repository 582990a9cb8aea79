"""Weapons, platforms and vehicles."""

from __future__ import annotations

import csv
from collections.abc import Callable
from importlib.resources import files

import pytest

from dateline.rooms import Draft
from dateline.what import make_room

ROOM = make_room()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Helicopters dropped barrel bombs on the port.", [("Helicopters", "platform"), ("barrel bombs", "weapon")]),
        ("A car bomb killed four soldiers.", [("car bomb", "weapon")]),
        (
            "Norland sent surface-to-air missiles and trucks.",
            [("surface-to-air missiles", "weapon"), ("trucks", "vehicle")],
        ),
        ("They shelled the port.", []),
    ],
)
def test_equipment(draft: Callable[..., Draft], text: str, expected: list[tuple[str, str]]) -> None:
    assert [(e.text, e.kind) for e in ROOM.run(draft(text)).equipment] == expected


def test_the_list_is_long_and_free_of_repetition() -> None:
    rows = list(
        csv.DictReader(files("dateline.what").joinpath("equipment.csv").read_text(encoding="utf-8").splitlines())
    )
    terms = [row["term"].lower() for row in rows]
    assert len(terms) >= 200
    assert len(terms) == len(set(terms))
