"""A finding: source, cue and content, before it becomes a statement."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from dateline.according.lexicon import CueClass
from dateline.records import Span


@dataclass(frozen=True, slots=True)
class Matched:
    """What one of a cue's constructions gives: the content, the last word of the cue, the construction's name."""

    content: tuple[Span, ...] = ()
    upto: Token | None = None
    frame: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One attribution, by the parse or the quotation marks. ``content`` may be empty until a quotation is attached."""

    cue: Span | None  # None: a quotation nobody is said to have said
    anchor: Token  # the cue's verb, noun or preposition, or the quotation's first token
    cls: CueClass
    source: Span | None
    source_head: Token | None
    content: tuple[Span, ...]
    frame: str  # construction that gives the content
    hearers: tuple[Token, ...] = ()
    quotes: bool = False  # may introduce a quotation
