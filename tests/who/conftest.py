"""The room `who` with the shipped registry, loaded once, and a reader of single texts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Actor
from dateline.rooms import Draft, Room
from dateline.where import load_gazetteer
from dateline.who import make_room


@pytest.fixture(scope="session")
def who() -> Room:
    return make_room(places=load_gazetteer())


@pytest.fixture
def read(who: Room, draft: Callable[..., Draft]) -> Callable[..., tuple[Actor, ...]]:
    """The actors of a text, optionally with the day it was published."""

    def actors(text: str, published: str | None = None) -> tuple[Actor, ...]:
        return who.run(draft(text, published=published)).actors

    return actors
