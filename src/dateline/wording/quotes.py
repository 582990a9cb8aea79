"""Scare quotes: quotation marks round one to three words that no statement accounts for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from dateline.records import Span, Statement

# Quotation marks in pairs; the straight single mark is left out, since it is mostly an apostrophe.
_QUOTED = re.compile(r"“([^”“\n]{1,60})”|\"([^\"\n]{1,60})\"|‘([^’‘\n]{1,60})’(?!\w)|«([^»«\n]{1,60})»")
_MAX_WORDS = 3
# Before a quotation that is a name or a title: "an operation called “Dawn”", "the film “Dawn”".
_NAMING = frozenset(
    [
        "call",
        "name",
        "dub",
        "title",
        "entitle",
        "nickname",
        "codename",
        "label",
        "term",
        "film",
        "book",
        "song",
        "novel",
        "album",
        "slogan",
        "word",
        "phrase",
        "term",
        "alias",
        "ship",
        "series",
        "magazine",
        "newspaper",
        "poster",
        "banner",
        "sign",
        "chant",
        "shout",
        "read",
        "mean",
        "translate",
        "operation",
        "codenamed",
    ]
)
# How many words back a naming word may stand.
_REACH = 4


def scare_quotes(doc: Doc, statements: Sequence[Statement]) -> Iterator[Span]:
    """Spans with their quotation marks, in text order."""
    at = {token.idx: token for token in doc}
    for match in _QUOTED.finditer(doc.text):
        inner = next(group for group in match.groups() if group is not None)
        first = at.get(match.start() + 1)
        if first is not None and _is_scare_quote(first, inner, match.span(), statements):
            yield match.span()


def _is_scare_quote(first: Token, inner: str, span: Span, statements: Sequence[Statement]) -> bool:
    words = inner.split()
    if not 1 <= len(words) <= _MAX_WORDS or inner[-1] in ".,!?…" or not any(c.isalpha() for c in inner):
        return False
    if all(word[:1].isupper() for word in words) or _is_said(first, span, statements):
        return False
    before = first.doc[max(first.sent.start, first.i - 1 - _REACH) : first.i]
    return not any({token.lemma_.lower(), token.lower_} & _NAMING for token in before)


def _is_said(first: Token, span: Span, statements: Sequence[Statement]) -> bool:
    """Inside what a statement quotes, or in a sentence that holds a statement's cue: then somebody is quoted."""
    begin, end = first.sent.start_char, first.sent.end_char
    for statement in statements:
        if any(b <= span[0] + 1 and span[1] - 1 <= e for b, e in statement.content.spans):
            return True
        if statement.cue is not None and begin <= statement.cue.span[0] < end:
            return True
    return False
