"""Whose word does a record rest on: the outlet's own voice, a statement, or both.

Every telling is judged for itself. Where the outlet tells a happening and elsewhere in the article a speaker tells it
again, the event and its other telling (``Event.also``) each say whose word they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.according.lexicon import CueClass, Lexicon, load_lexicon
from dateline.records import OWN_VOICE, AccordingTo, Span, Statement


def rests_on(span: Span, statements: Sequence[Statement]) -> AccordingTo:
    """The innermost statement whose content covers the span (an event's trigger), else the outlet's own voice.

    A cue belongs to the voice that tells it: to the outlet, or to the statement that quotes the one with this cue.
    What someone intends ("plans an assault") is told by whoever says so, not by the one who intends it. What someone
    takes a stance on ("condemned the raid") is told by both: the outlet takes it as given.
    """
    lexicon = load_lexicon()
    for statement in _innermost_first(span, statements):
        cls = _cue_class(statement, lexicon)
        if cls == "intent":
            continue
        return AccordingTo(outlet=cls == "stance" and statement.inside is None, statement=statement.id)
    return OWN_VOICE


def _innermost_first(span: Span, statements: Sequence[Statement]) -> list[Statement]:
    """The statements whose content covers the span; one that is inside another comes before it."""
    covering = [s for s in statements if any(b <= span[0] and span[1] <= e for b, e in s.content.spans)]
    by_id = {s.id: s for s in statements}
    return sorted(covering, key=lambda s: (-_depth(s, by_id), _length(s)))


def _depth(statement: Statement, by_id: dict[str, Statement]) -> int:
    depth = 0
    seen = {statement.id}
    while statement.inside is not None and statement.inside not in seen:
        seen.add(statement.inside)
        statement = by_id[statement.inside]
        depth += 1
    return depth


def _length(statement: Statement) -> int:
    return sum(end - begin for begin, end in statement.content.spans)


def _cue_class(statement: Statement, lexicon: Lexicon) -> CueClass | None:
    """Class of the last cue word that the lexicon knows; None where it knows none."""
    if statement.cue is None:
        return None
    found = (lexicon.class_of_form(word.strip(".,:;")) for word in reversed(statement.cue.text.lower().split()))
    return next((cls for cls in found if cls is not None), None)
