"""The room: statements found, events tied to them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from dateline.according.attribution import rests_on
from dateline.according.lexicon import Lexicon, load_lexicon
from dateline.according.statements import find_statements
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
    events = tuple(replace(e, according_to=rests_on(e.trigger.span, statements)) for e in draft.events)
    return replace(draft, statements=statements, events=events)
