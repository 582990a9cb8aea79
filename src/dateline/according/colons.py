"""Lines that begin with a speaker and a colon: "Mayor: the bridge is lost", and transcripts."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from dateline.according.findings import Finding
from dateline.according.phrases import trimmed
from dateline.language import span_of
from dateline.who.index import ActorIndex

_SPEAKING = frozenset({"PERSON", "ORG", "NORP"})
# A speaker's name and title at a line's start, in words; what is longer is a sentence.
_MAX_NAME_TOKENS = 6
_MIN_WORDS = 3


def colon_findings(doc: Doc, index: ActorIndex) -> Iterator[Finding]:
    """A finding for each line "name: words", where the name is an actor's or the parser takes it for one.

    A country or a topic before a colon ("Syria: what next?") names no speaker and is left alone.
    """
    for token in doc:
        if token.text == ":" and 0 < token.i < len(doc) - _MIN_WORDS:
            first = _line_start(token)
            if first is not None and _names_speaker(doc, first, token.i, index):
                yield from _finding(doc, first, token)


def _line_start(colon: Token) -> int | None:
    """Index of the line's first token, if only a short name stands before the colon."""
    doc = colon.doc
    first = colon.i
    while first > 0 and not (doc[first - 1].is_space and "\n" in doc[first - 1].text):
        first -= 1
        if colon.i - first > _MAX_NAME_TOKENS:
            return None
    return first if first < colon.i else None


def _names_speaker(doc: Doc, first: int, end: int, index: ActorIndex) -> bool:
    words = doc[first:end]
    if any(t.pos_ in {"VERB", "AUX", "PUNCT"} for t in words) and not words.text.isupper():
        return False
    head = words.root
    if head.ent_type_ in _SPEAKING or (words.text.isupper() and words.text.isalpha() and len(words) == 1):
        return True
    found = index.mention_over(head)
    return found is not None and index.actor(found[1]).kind != "state"


def _finding(doc: Doc, first: int, colon: Token) -> Iterator[Finding]:
    end = doc.text.find("\n", colon.idx)
    span = trimmed(doc.text, (colon.idx + 1, end if end >= 0 else len(doc.text)))
    if len(doc.text[span[0] : span[1]].split()) < _MIN_WORDS:
        return
    source = doc[first].idx, span_of(doc[colon.i - 1])[1]
    yield Finding(span_of(colon), colon, "speech", source, doc[first : colon.i].root, (span,), "colon")
