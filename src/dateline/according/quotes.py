# typographic marks are what this module reads
"""Where the quotation marks are: straight, curly, low, angled and single, over several paragraphs, even unclosed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.records import Span

# Up to this many words without a sentence's punctuation, quotation marks may be scare quotes or a title, not speech.
SCARE_WORDS = 3

# Closing marks by opening mark. Curly and straight ones are mixed in many texts.
_CLOSERS: dict[str, tuple[str, ...]] = {
    "“": ("”", '"'),
    '"': ('"', "”"),
    "„": ("“", "”"),
    "«": ("»",),
    "``": ("''",),
    "''": ("''",),
    "‘": ("’", "'"),
    "'": ("'", "’"),
}
_MARK = re.compile(r"``|''|[\"“”„«»]|(?<![\w'])[‘'](?=\w)|(?<=[\w.,!?…;:\])-])[’'](?![\w'])")
_BREAK = re.compile(r"\n[ \t]*\n\s*|(?<=[.!?…\"'”’»])[ \t]*\n\s*(?=[\"“„«‘]|''|``)")
_LETTERS = re.compile(r"\w+(?:[’'-]\w+)*")
_ENDS = (".", ",", "!", "?", "…", ";", "—")
_OPENS_AFTER = frozenset(" \t\n\u00a0\u202f([{—–-/")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks. ``span`` holds the marks, ``inner`` does not."""

    span: Span
    inner: Span
    closed: bool  # False: the closing mark is missing, as before a next paragraph of the same speech
    set_off: bool  # after punctuation or at a line's start, so not a part of the sentence round it
    full: bool  # long enough, or punctuated, to be speech by itself; else scare quotes, a title, a quoted phrase


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of a text, in order; quotations inside a quotation are part of it."""
    out: list[Quotation] = []
    opened: tuple[int, str] | None = None
    for begin, end, mark in _events(text):
        if mark == "":
            opened = _at_break(text, out, opened, begin, end)
        elif opened is None:
            opened = (begin, mark) if _opens(text, begin, end, mark) else None
        elif mark in _CLOSERS[opened[1]] and _may_close(text, opened, begin, end, mark):
            _keep(text, out, opened, end, closing=len(mark))
            opened = None
        elif mark == opened[1] and mark in "“«" and _opens(text, begin, end, mark):
            opened = (begin, mark)  # the first one was never closed
    if opened is not None:
        _keep(text, out, opened, len(text), closing=0)
    return tuple(out)


def _events(text: str) -> Iterator[tuple[int, int, str]]:
    """Marks and paragraph breaks (mark "") in text order."""
    found = [(m.start(), m.end(), m.group()) for m in _MARK.finditer(text)]
    found += [(m.start(), m.end(), "") for m in _BREAK.finditer(text)]
    return iter(sorted(found))


def _opens(text: str, begin: int, end: int, mark: str) -> bool:
    if mark not in _CLOSERS or end >= len(text) or (text[end].isspace() and mark != "«"):
        return False
    return begin == 0 or text[begin - 1] in _OPENS_AFTER or mark in ("“", "«", "„", "``")


def _may_close(text: str, opened: tuple[int, str], begin: int, end: int, mark: str) -> bool:
    """A single mark after a letter may be an apostrophe ("the boys' school"): a later one with punctuation wins."""
    if mark == '"' and opened[1] == "“" and text[begin - 1].isspace():
        return False
    if mark not in ("'", "’") or not text[begin - 1].isalnum():
        return begin > opened[0]
    line_end = text.find("\n", end)
    rest = text[end : line_end if line_end >= 0 else len(text)]
    return text[begin - 1] != "s" or re.search(r"[.,!?…]" + re.escape(mark) + r"(?!\w)", rest) is None


def _at_break(
    text: str, out: list[Quotation], opened: tuple[int, str] | None, begin: int, end: int
) -> tuple[int, str] | None:
    """At the end of a paragraph an open quotation ends, unless its closing mark is the next mark there is."""
    if opened is None:
        return None
    following = _MARK.search(text, end)
    if following is not None and following.group() in ("”", "»") and following.group() in _CLOSERS[opened[1]]:
        return opened
    _keep(text, out, opened, begin, closing=0)
    return None


def _keep(text: str, out: list[Quotation], opened: tuple[int, str], end: int, *, closing: int) -> None:
    begin = opened[0]
    end = begin + len(text[begin:end].rstrip())
    inner = begin + len(opened[1]), end - closing
    words = text[inner[0] : inner[1]].strip()
    if not words or (not closing and len(opened[1]) == 1 and opened[1] in "'‘"):
        return
    long = len(_LETTERS.findall(words)) > SCARE_WORDS
    set_off = _set_off(text, begin)
    full = long or (set_off and (words.endswith(_ENDS) or text[end : end + 1] == ","))
    out.append(Quotation((begin, end), inner, bool(closing), set_off, full))


def _set_off(text: str, begin: int) -> bool:
    """Whether punctuation or a line's start comes before: a comma inside the marks of a title says nothing."""
    before = text[:begin].rstrip(" \u00a0")
    return not before or before[-1] in ",:;.!?…–—-\n”\"»'’"
