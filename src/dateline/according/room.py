"""The room: statements found, events tied to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from dateline.according.attribution import rests_on
from dateline.according.lexicon import Lexicon, load_lexicon
from dateline.according.statements import find_statements
from dateline.records import Event, Statement
from dateline.rooms import Draft, Room


def make_room() -> Room:
    """The room, its lexicon loaded.

    Raises:
        CodebookError: a line of the cue lexicon is wrong.
    """
    return Room(
        name="according",
        needs=("actors", "events"),
        gives=("statements", "events"),
        scores=("statements",),
        run=partial(_run, load_lexicon()),
    )


def _run(lexicon: Lexicon, draft: Draft) -> Draft:
    statements = find_statements(draft, lexicon)
    events = tuple(_attributed(event, statements) for event in draft.events)
    return replace(draft, statements=statements, events=events)


def _attributed(event: Event, statements: Sequence[Statement]) -> Event:
    """The event and each of its other tellings with whose word they are."""
    also = tuple(replace(t, according_to=rests_on(t.trigger.span, statements)) for t in event.also)
    return replace(event, according_to=rests_on(event.trigger.span, statements), also=also)
