"""Whose word does a record rest on: the outlet's own voice or a statement."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.records import OWN_VOICE, AccordingTo, Span, Statement


def rests_on(span: Span, statements: Sequence[Statement]) -> AccordingTo:
    """The innermost statement whose content covers the span, else the outlet's own voice."""
    return OWN_VOICE
