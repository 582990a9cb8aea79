# typographic marks are what is tested
"""Quotation marks of all kinds, balanced or not."""

from __future__ import annotations

import pytest

from dateline.according.quotes import find_quotations


def inners(text: str) -> list[str]:
    return [text[q.inner[0] : q.inner[1]] for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "come at once" and left.', ["come at once"]),
        ("He said “come at once” and left.", ["come at once"]),
        ("He said „come at once“ and left.", ["come at once"]),
        ("He said «come at once» and left.", ["come at once"]),
        ("He said « come at once » and left.", [" come at once "]),
        ("He said 'come at once' and left.", ["come at once"]),
        ("He said ‘don’t come at once’ and left.", ["don’t come at once"]),
        ("He said ``come at once'' and left.", ["come at once"]),
        ("He said ''come at once'' and left.", ["come at once"]),
        ('He said “come at once" and left.', ["come at once"]),
        ("“She told me ‘run’ and I ran,” he said.", ["She told me ‘run’ and I ran,"]),
        ("The boys' school and the girls' school.", []),
        ('A 5" pipe and a 7" pipe.', []),
        ('An empty "" pair.', []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert inners(text) == expected


def test_span_holds_the_marks() -> None:
    text = "He said “come at once” and left."
    (found,) = find_quotations(text)
    assert text[found.span[0] : found.span[1]] == "“come at once”"


def test_missing_mark_ends_with_the_paragraph() -> None:
    text = "“We stayed in the cellar for a week.\n\nThe street was quiet."
    (found,) = find_quotations(text)
    assert not found.closed
    assert text[found.inner[0] : found.inner[1]] == "We stayed in the cellar for a week."


def test_paragraph_that_reopens_is_a_second_quotation() -> None:
    text = "“We stayed in the cellar.\n\n“Then we ran.”"
    assert [q.closed for q in find_quotations(text)] == [False, True]


def test_mark_that_closes_in_the_next_paragraph_without_reopening() -> None:
    text = "“We stayed in the cellar.\n\nThen we ran.” They never went back."
    (found,) = find_quotations(text)
    assert text[found.span[1] - 5 : found.span[1]] == "ran.”"


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("A “safe zone” is planned.", False),
        ("He wrote “The Long Road to the Sea” last year.", True),
        ("“No,” he said.", True),
        ("He spoke on “Morning Hour,” a radio show.", False),
    ],
)
def test_scare_quotes_and_titles(text: str, full: bool) -> None:
    (found,) = find_quotations(text)
    assert found.full is full
