"""Title, text and what is known of them → an Article: headline found or put first, date checked, language named."""

from __future__ import annotations

import re
from datetime import date, datetime

from dateutil import parser as dates

from dateline.errors import InputError, UnreadableError
from dateline.reading.decode import replace_surrogates
from dateline.reading.tongue import identify_language
from dateline.records import Article, Span

# A first line longer than this is a paragraph, not a headline. In characters; the longest headlines of the
# development pages have about 160.
_HEADLINE_MAX = 200
_FIRST_LINE = re.compile(r"\s*([^\n]+?)[ \t]*\n[ \t]*\n\s*\S")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"\b(1[89]|20)\d{2}\b")
_SENTENCE_END = (".", "…", ":", ";", ",")
_ABBREVIATED_END = re.compile(r"\b(?:[A-Z]\.){2,}$|\b(?:Inc|Corp|Jr|Sr|St)\.$")


def compose(
    text: str,
    *,
    title: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    source_id: str | None = None,
) -> Article:
    """The article, its text word for word (a title the text does not start with is put before it).

    Lone surrogates become U+FFFD, one for one. Without a title, a first line that stands alone and does not end like
    a sentence is taken for the headline.

    Raises:
        UnreadableError: the text is empty.
        InputError: ``published`` is not a date.
    """
    if not text.strip():
        raise UnreadableError("empty; nothing to code")
    text = replace_surrogates(text)
    headline = _headline(text)
    if title and title.strip():
        text, headline = _with_title(text, replace_surrogates(" ".join(title.split())))
    return Article.make(
        text,
        url=url or None,
        outlet=outlet or None,
        published=parse_published(published),
        language=identify_language(text),
        headline=headline,
        source_id=source_id,
    )


def _with_title(text: str, title: str) -> tuple[str, Span]:
    begin = len(text) - len(text.lstrip())
    if text.startswith(title, begin):
        return text, (begin, begin + len(title))
    return f"{title}\n\n{text}", (0, len(title))


def _headline(text: str) -> Span | None:
    found = _FIRST_LINE.match(text)
    if found is None:
        return None
    line = found.group(1)
    ends = line.endswith(_SENTENCE_END) and not _ABBREVIATED_END.search(line)
    has_words = sum(char.isalpha() for char in line) >= 10 and " " in line
    return found.span(1) if has_words and len(line) <= _HEADLINE_MAX and not ends else None


def parse_published(value: str | None) -> str | None:
    """A day as YYYY-MM-DD. Accepts ISO dates and times and dates in English words with a year.

    Raises:
        InputError: the value is not a date, or leaves out day, month or year.
    """
    if value is None or not str(value).strip():
        return None
    text = str(value).strip()
    try:
        iso = _ISO_DAY.match(text)
        if iso:
            dates.parse(text)  # the rest must be a time
            return date.fromisoformat(iso.group()).isoformat()
        return _parse_words(text)
    except (ValueError, OverflowError) as error:
        raise InputError(f"unreadable date {text[:40]!r}; give it as YYYY-MM-DD, as in 2018-09-05") from error


def _parse_words(text: str) -> str:
    """A date in words; refused unless it names year, month and day unambiguously."""
    if not _YEAR.search(text) or not re.search(r"[A-Za-z]{3}", text):
        raise ValueError(text)
    first, second = (dates.parse(text, default=_default(day)) for day in (1, 2))
    if first.date() != second.date():
        raise ValueError(text)
    return first.date().isoformat()


def _default(day: int) -> datetime:
    """Two defaults that differ in month and day show whether the text gave both."""
    return datetime(2000, day, day)
