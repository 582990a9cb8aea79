"""Records in words: one line each, with names instead of ids, and nothing made up where a name is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline import describe
from dateline.records import (
    OWN_VOICE,
    AccordingTo,
    Actor,
    Article,
    Claim,
    ClaimObject,
    Coded,
    CoderInfo,
    Content,
    Event,
    EventDate,
    LoadedTerm,
    Party,
    Place,
    Span,
    Speaker,
    Statement,
    Words,
)

TEXT = "The regime will shell Brell from the air,\nsaid Ida Sorn. The Brell Brigade holds it."


def at(words: str) -> Span:
    return TEXT.index(words), TEXT.index(words) + len(words)


EVENT = Event(
    "e1", "ASSAULT", "aerial", (), None, 4, -9.0, Words(at("shell"), "shell"), at("The regime"),
    (Party("a1", at("The regime")),), (Party(None, at("Brell")),), "p1", EventDate(None, "2018-09-07", "2018-09-07", "text"),
    "planned", AccordingTo(outlet=False, statement="s1"), (), (), None,
)  # fmt: skip
STATEMENT = Statement(
    "s1", Speaker("a2", at("Ida Sorn"), "Ida Sorn"), Words(at("said"), "said"),
    Content((at("The regime will shell Brell from the air,"),), "The regime will shell\nBrell"), "indirect", None,
)  # fmt: skip
CLAIM = Claim(
    "c1", "control", Party(None, at("The Brell Brigade")), ClaimObject(None, "p1", at("it")), "2015", None, "current",
    at("The Brell Brigade holds it."), OWN_VOICE, None,
)  # fmt: skip
TERM = LoadedTerm("x1", at("regime"), "regime", "a1", "delegitimising", "government", OWN_VOICE)
CODED = Coded(
    CoderInfo("0", {}), Article.make(TEXT),
    actors=(
        Actor("a1", "Government of Xandia", None, "government", None, (), None, (), ()),
        Actor("a2", "Ida Sorn", None, "person", None, (), None, (), ()),
    ),
    places=(Place("p1", at("Brell"), "Brell", "name", "Brell Town", None, None, None, None, None, None, None),),
    statements=(STATEMENT,), events=(EVENT,), claims=(CLAIM,), wording=(TERM,),
)  # fmt: skip


def test_an_event() -> None:
    assert describe.event_line(CODED, EVENT) == (
        "Government of Xandia → Brell: ASSAULT (aerial), planned, Brell Town, 2018-09-07, according to Ida Sorn"
    )


def test_an_event_of_which_little_is_known() -> None:
    bare = replace(EVENT, mode=None, actors=(), recipients=(), place=None, date=None, according_to=OWN_VOICE)
    assert describe.event_line(CODED, bare) == "nobody named: ASSAULT, planned, in the outlet's own voice"


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [("2018-09-01", "2018-09-30", "2018-09-01 to 2018-09-30"), ("2018-09-01", None, "from 2018-09-01"),
     (None, "2018-09-30", "until 2018-09-30")],
)  # fmt: skip
def test_days(first: str | None, last: str | None, told: str) -> None:
    dated = replace(EVENT, date=EventDate(None, first, last, "text"))
    assert f", {told}, according to" in describe.event_line(CODED, dated)


def test_parties_are_named_once() -> None:
    parties = [
        Party("a1", at("The regime")),
        Party("a2", at("Ida Sorn")),
        Party("a1", at("regime")),
        Party(None, at("air")),
    ]
    assert describe.parties(CODED, parties) == "Government of Xandia, Ida Sorn and air"
    assert describe.parties(CODED, []) == ""


def test_a_statement_is_one_line() -> None:
    assert describe.statement_line(CODED, STATEMENT) == "Ida Sorn (said): The regime will shell Brell"


def test_a_headline_quotation_the_text_lacks_says_so() -> None:
    line = describe.statement_line(CODED, replace(STATEMENT, speaker=None, cue=None, verbatim=False))
    assert (
        line == "nobody named: The regime will shell Brell [only in the headline: the text does not hold these words]"
    )


def test_a_claim() -> None:
    assert describe.claim_line(CODED, CLAIM) == (
        "The Brell Brigade → Brell Town: control, current, since 2015, in the outlet's own voice"
    )


def test_a_loaded_word() -> None:
    assert describe.term_line(CODED, TERM) == (
        "“regime” for “government” (delegitimising), of Government of Xandia, in the outlet's own voice"
    )
    assert describe.term_line(CODED, replace(TERM, plain=None, about=None)).startswith("“regime” (delegitimising), in")


def test_both_voices() -> None:
    both = AccordingTo(outlet=True, statement="s1")
    assert describe.voice(CODED, both) == "in the outlet's own voice and according to Ida Sorn"


def test_an_id_that_is_not_there_names_nobody() -> None:
    """A record that points at nothing is told by its words, never by an id."""
    assert describe.party_name(CODED, Party("a9", at("The regime"))) == "The regime"
    assert describe.voice(CODED, AccordingTo(outlet=False, statement="s9")) == ""
