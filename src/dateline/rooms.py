"""What a room is, the draft that passes through the rooms, and the check that the chain holds.

A room is one stage with one public entry. It declares the draft fields it needs and the fields it gives, and
turns a draft into a new draft; it never edits the one it got. Nothing here imports a room.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

from spacy.tokens import Doc

from dateline.errors import ChainError
from dateline.records import (
    Actor,
    Article,
    Claim,
    DateExpression,
    Equipment,
    Event,
    Figure,
    Label,
    LoadedTerm,
    Place,
    Problem,
    Statement,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """An article on its way through the rooms.

    ``doc`` is spaCy's parse of ``article.text``: ``token.idx`` indexes that text. An empty tuple means that the room
    in question has found nothing or has not run; the chain check makes sure it has.
    """

    article: Article
    doc: Doc
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[DateExpression, ...] = ()
    figures: tuple[Figure, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    wording: tuple[LoadedTerm, ...] = ()
    labels: tuple[Label, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """A stage: its stable name, what it needs, what it gives, the scores that judge it, and the work itself."""

    name: str
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    scores: tuple[str, ...]  # tasks of the scorer that judge this room
    run: Callable[[Draft], Draft]


# Fields that exist before the first room runs.
GIVEN = ("article", "doc")


def check_chain(rooms: Sequence[Room]) -> None:
    """Make sure that every room's needs are met by an earlier one.

    Raises:
        ChainError: a room needs or gives an unknown field, or needs one that no earlier room gives.
    """
    known = {field.name for field in fields(Draft)}
    ready = set(GIVEN)
    for room in rooms:
        for name in (*room.needs, *room.gives):
            if name not in known:
                raise ChainError(f"room {room.name!r} names the field {name!r}; a draft has {', '.join(sorted(known))}")
        missing = [name for name in room.needs if name not in ready]
        if missing:
            raise ChainError(
                f"room {room.name!r} needs {', '.join(missing)}, which no earlier room gives; reorder the rooms"
            )
        ready.update(room.gives)
