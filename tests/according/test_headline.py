# typographic marks are what is tested
"""Quotations in headlines: who speaks, and whether the body holds the words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dateline.according import make_room
from dateline.records import Statement
from dateline.rooms import Draft

MakeDraft = Callable[..., Draft]


def headline_statement(draft: MakeDraft, headline: str, body: str) -> Statement:
    made = draft(f"{headline}\n\n{body}")
    made = replace(made, article=replace(made.article, headline=(0, len(headline))))
    (found,) = [s for s in make_room().run(made).statements if s.content.spans[0][0] < len(headline)]
    return found


@pytest.mark.parametrize(
    ("body", "verbatim"),
    [
        ('The mayor wept. "The bridge is lost to us," she told the council.', True),
        ("The mayor wept. “the  bridge is\nlost to us!” she told the council.", True),
        ("The mayor wept. She told the council that the bridge was lost.", False),
        ("The mayor wept. “The bridge is lost to users,” she told the council.", False),
    ],
)
def test_verbatim(draft: MakeDraft, body: str, verbatim: bool) -> None:
    """Marks, case, white space and the last punctuation mark do not count; other words do."""
    statement = headline_statement(draft, "“The bridge is lost to us” – Council meets after raid", body)
    assert (statement.verbatim, statement.form) == (verbatim, "direct")


@pytest.mark.parametrize(
    ("headline", "speaker"),
    [
        ("'The bridge is lost to us' – Mayor Amira Haddad", "Mayor Amira Haddad"),
        ("Mayor Amira Haddad: 'The bridge is lost to us'", "Mayor Amira Haddad"),
        ("'The bridge is lost to us': Mayor Amira Haddad", "Mayor Amira Haddad"),
        ("'The bridge is lost to us', says Amira Haddad", "Amira Haddad"),
        ("'The bridge is lost to us' – Council meets after raid", None),
    ],
)
def test_speaker(draft: MakeDraft, headline: str, speaker: str | None) -> None:
    found = headline_statement(draft, headline, "The council met on Monday.").speaker
    assert (None if found is None else found.text) == speaker


def test_name_and_colon_without_marks(draft: MakeDraft) -> None:
    statement = headline_statement(draft, "Amira Haddad: The bridge is lost to us", "The council met on Monday.")
    assert statement.speaker is not None and statement.speaker.text == "Amira Haddad"
    assert (statement.content.text, statement.verbatim) == ("The bridge is lost to us", None)


def test_topic_and_colon_is_no_speaker(draft: MakeDraft) -> None:
    made = draft("Syria: what happens after the raid\n\nThe council met on Monday.")
    made = replace(made, article=replace(made.article, headline=(0, 34)))
    assert make_room().run(made).statements == ()


def test_headline_does_not_lend_its_speaker_to_the_body(draft: MakeDraft) -> None:
    headline = "'The bridge is lost to us', says Amira Haddad"
    made = draft(f"{headline}\n\n“Nobody sleeps in this town any more.”\n\nThe guards had gone.")
    made = replace(made, article=replace(made.article, headline=(0, len(headline))))
    first, second = make_room().run(made).statements
    assert len(first.content.spans) == 1
    assert second.speaker is None


def test_body_statements_have_no_verbatim(draft: MakeDraft) -> None:
    made = draft("Council meets after the raid\n\n“The bridge is lost to us,” the mayor said.")
    made = replace(made, article=replace(made.article, headline=(0, 28)))
    assert [s.verbatim for s in make_room().run(made).statements] == [None]
