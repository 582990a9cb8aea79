# typographic marks are what this module reads
"""Quotations in a headline: who speaks, and does the body hold those words?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from dateline.according.direct import Marks
from dateline.according.findings import Finding
from dateline.records import Span

_QUOTES = str.maketrans("", "", "\"“”„«»‘’'`")
_EDGES = " .,;:!?…–—-"
# A name before a colon or after a dash is short; longer is a second sentence.
_MAX_NAME_WORDS = 8


def with_headline(doc: Doc, findings: Sequence[Finding], marks: Marks, *, headline: Span | None) -> list[Finding]:
    """The findings, and one for each quotation of the headline that none of them holds.

    Words in marks that are too short for speech count only where a name stands beside them.
    """
    if headline is None:
        return list(findings)
    out: list[Finding] = []
    for quotation in marks.overlapping(headline):
        beside = speaker_beside(doc, quotation.span, headline)
        held = any(b < quotation.span[1] and quotation.span[0] < e for f in findings if f.cue for b, e in f.content)
        part = doc.char_span(*quotation.span, alignment_mode="expand")
        if held or part is None or not (quotation.full or beside):
            continue
        head, source = beside if beside is not None else (None, None)
        out.append(Finding(None, part[0], "speech", source, head, (quotation.span,), "quote"))
    new = {f.content for f in out}
    return [*(f for f in findings if f.content not in new), *out]


def is_verbatim(text: str, headline: Span, spans: tuple[Span, ...], marks: Marks) -> bool | None:
    """Whether the body holds every quoted part of a headline's statement, word for word; None where nothing is quoted.

    Quotation marks, apostrophes, case, white space and punctuation at the end are not compared.
    """
    if not any(headline[0] <= begin < headline[1] for begin, _ in spans):
        return None
    inners = [q.inner for span in spans for q in marks.overlapping(span)]
    if not inners:
        return None
    body = f" {_plain(text[: headline[0]])} {_plain(text[headline[1] :])} "
    return all(re.search(rf"(?<!\w){re.escape(_plain(text[b:e]))}(?!\w)", body) is not None for b, e in inners)


def _plain(text: str) -> str:
    return " ".join(text.casefold().translate(_QUOTES).split()).strip(_EDGES)


def speaker_beside(doc: Doc, quotation: Span, headline: Span) -> tuple[Token, Span] | None:
    """The name in "name: '…'", "'…' – name" and "'…': name", where it stands alone; its head and its span."""
    before = _name(doc, (headline[0], quotation[0]), strip=":")
    after = _name(doc, (quotation[1], headline[1]), strip=":–—-,")
    return before or after


def _name(doc: Doc, span: Span, *, strip: str) -> tuple[Token, Span] | None:
    """The noun phrase that fills the span up to one of the marks; None where there is more or less."""
    text = doc.text[span[0] : span[1]]
    bare = text.strip()
    if not bare or (bare[-1] not in strip and bare[0] not in strip):
        return None
    begin = span[0] + text.index(bare.strip(strip + " ")[:1] or bare[:1])
    end = begin + len(bare.strip(strip + " "))
    part = doc.char_span(begin, end, alignment_mode="expand")
    if part is None or not 0 < len(part) <= _MAX_NAME_WORDS:
        return None
    named = part.root.pos_ in {"NOUN", "PROPN"} and not any(t.pos_ in {"VERB", "AUX"} for t in part)
    return (part.root, (begin, end)) if named else None
