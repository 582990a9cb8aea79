"""A draft whose actors, places and dates are given by their words, so that the room is tested by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest

from dateline.records import Actor, DateExpression, Mention, MentionForm, Place, Span
from dateline.rooms import Draft


def _spans(text: str, words: str) -> Iterator[Span]:
    for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
        yield match.span()


def _actor(number: int, names: str, kind: str, text: str) -> Actor:
    """Words separated by " / " name the same actor; the first is its name."""
    mentions = [Mention(span, words, _form(words)) for words in names.split(" / ") for span in _spans(text, words)]
    ordered = tuple(sorted(mentions, key=lambda mention: mention.span))
    return Actor(f"a{number}", names.split(" / ")[0], None, kind, None, (), None, (), ordered)  # type: ignore[arg-type]


def _form(words: str) -> MentionForm:
    if words.lower() in {"they", "their", "it", "its", "he", "she", "his", "her"}:
        return "pronoun"
    return "name" if words.removeprefix("the ")[:1].isupper() else "nominal"


@pytest.fixture
def scene(draft: Callable[..., Draft]) -> Callable[..., Draft]:
    """Makes a draft: actors as words → kind, places as words → level, dates as words → TIMEX value."""

    def make(
        text: str,
        actors: Mapping[str, str] | None = None,
        places: Mapping[str, str | None] | None = None,
        dates: Mapping[str, str] | None = None,
    ) -> Draft:
        found = tuple(_actor(n, names, kind, text) for n, (names, kind) in enumerate((actors or {}).items(), start=1))
        where = sorted((span, words, level) for words, level in (places or {}).items() for span in _spans(text, words))
        when = sorted((span, words, value) for words, value in (dates or {}).items() for span in _spans(text, words))
        return replace(
            draft(text),
            actors=found,
            places=tuple(
                Place(f"p{n}", span, words, "name", words, None, level, None, None, None, None, None)  # type: ignore[arg-type]
                for n, (span, words, level) in enumerate(where, start=1)
            ),
            dates=tuple(
                DateExpression(f"t{n}", span, words, "DATE", value, None, None, None)
                for n, (span, words, value) in enumerate(when, start=1)
            ),
        )

    return make
