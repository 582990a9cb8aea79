"""A hand-built record with one of everything in it, on a sentence of our own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.dataset import Dataset
from dateline.records import (
    AccordingTo,
    Actor,
    Article,
    Claim,
    ClaimObject,
    Coded,
    CoderInfo,
    Content,
    DateExpression,
    Equipment,
    Event,
    EventDate,
    Figure,
    LoadedTerm,
    Mention,
    Party,
    Place,
    Problem,
    Span,
    Speaker,
    Statement,
    Telling,
    Words,
)

TEXT = (
    "“Nobody fired,” says mayor\n\nOn Tuesday the regime shelled Brell with mortars, killing at least 4 people. "
    "The Brell Brigade has held the town since May, the mayor, Ida Sorn, said."
)


def make_coded(text: str = TEXT, **known: str | None) -> Coded:
    """One of every record. ``text`` may be longer than TEXT but must begin with it."""

    def at(words: str) -> Span:
        begin = text.index(words)
        return begin, begin + len(words)

    def name(words: str) -> Mention:
        return Mention(at(words), words, "name")

    def nominal(words: str) -> Mention:
        return Mention(at(words), words, "nominal")

    day = "2018-09-04"
    headline, first, second = at(TEXT.splitlines()[0]), at(TEXT.splitlines()[2].split(". ")[0]), at("The Brell Brigade")
    quoted = AccordingTo(outlet=False, statement="s2")
    article = Article.make(text, headline=headline, language="en", **known)  # type: ignore[arg-type]
    return Coded(
        coder=CoderInfo("0.0.0", {"parser": "sha256:00"}),
        article=article,
        actors=(
            Actor("a1", "government", None, "government", "XXK", ("GOV",), None, (), (nominal("the regime"),)),
            Actor("a2", "Ida Sorn", "xxx-sorn", "person", None, ("GOV",), "mayor", ("xxx-brell",), (name("Ida Sorn"),)),
            Actor("a3", "Brell Brigade", None, "armed_group", None, ("REB",), None, (), (name("The Brell Brigade"),)),
        ),
        places=(Place("p1", at("Brell"), "Brell", "name", "Brell", 7, "settlement", "XXK", "North", 41.5, 20.25, 0.9, 20.0),),
        dates=(DateExpression("t1", at("On Tuesday"), "On Tuesday", "DATE", day, "APPROX", day, day),),
        statements=(
            Statement(
                "s1", None, None, Content((at("Nobody fired,"),), "Nobody fired,"), "direct", None, verbatim=False,
            ),
            Statement(
                "s2", Speaker("a2", at("the mayor, Ida Sorn"), "the mayor, Ida Sorn"), Words(at("said"), "said"),
                Content((at("The Brell Brigade has held"), at("since May")), "The Brell Brigade has held … since May"),
                "indirect", "s1", ("a1",), "news conference", "p1", "t1",
            ),
        ),
        events=(
            Event(
                "e1", "ASSAULT", "heavy-weapons", ("military",), "ASSAULT", 4, -9.5,
                Words(at("shelled"), "shelled"), first, (Party("a1", at("the regime")),), (Party(None, at("people")),),
                "p1", EventDate("t1", day, day, "text"), "occurred", AccordingTo(outlet=True, statement="s2"),
                ("q1",), ("w1",), 0.75, (Telling(Words(at("killing"), "killing"), first, quoted),),
            ),
        ),
        claims=(
            Claim(
                "c1", "control", Party("a3", at("The Brell Brigade")), ClaimObject(None, "p1", at("the town")),
                "2018-05", "2018-09", "current", second, quoted, 0.5,
            ),
            Claim(
                "c2", "opposition", Party("a1", at("the regime")), ClaimObject("a3", None, at("The Brell Brigade")),
                None, None, "current", first, quoted, 0.5,
            ),
        ),
        figures=(Figure("q1", at("at least 4 people"), "at least 4 people", 4.0, 4.5, "people", "killed"),),
        equipment=(Equipment("w1", at("mortars"), "mortars", "weapon"),),
        wording=(LoadedTerm("x1", at("regime"), "regime", "a1", "delegitimising", "government", quoted),),
        problems=(Problem("where", "one name has no coordinates"),),
    )  # fmt: skip


@pytest.fixture
def coded() -> Callable[..., Coded]:
    return make_coded


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return Dataset.create(tmp_path / "ds")
