"""The hand-edited cases: each sentence holds exactly these loaded terms."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from dateline.according import make_room as make_according
from dateline.language import load_parser, parseable
from dateline.records import AccordingTo, Actor, Article, Content, Mention, Place, Statement
from dateline.rooms import Draft, Room
from dateline.when import make_room as make_when
from dateline.where import load_gazetteer
from dateline.where import make_room as make_where
from dateline.who import load_registry
from dateline.who import make_room as make_who
from dateline.wording import make_room
from dateline.wording.lexicon import load_lexicon, pieces

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def room() -> Room:
    return make_room()


@pytest.fixture(scope="module")
def rooms_before() -> list[Room]:
    registry, gazetteer = load_registry(), load_gazetteer()
    return [make_who(registry, places=gazetteer), make_where(gazetteer, registry), make_when(), make_according()]


def _actor(words: str, text: str) -> Actor:
    start = text.index(words)
    form = "name" if words.removeprefix("The ")[:1].isupper() else "nominal"
    mention = Mention((start, start + len(words)), words, form)  # type: ignore[arg-type]
    return Actor(words, words, None, "group", None, (), None, (), (mention,))


def _place(words: str, text: str) -> Place:
    match = re.search(re.escape(words), text)
    assert match is not None
    return Place("p1", match.span(), words, "name", words, None, "settlement", None, None, None, None, None)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_terms_of_a_sentence(case: dict[str, Any], draft: Callable[..., Draft], room: Room) -> None:
    text = case["text"]
    given = replace(
        draft(text),
        actors=tuple(_actor(words, text) for words in case.get("actors", ())),
        places=tuple(_place(words, text) for words in case.get("places", ())),
    )
    found = room.run(given).wording
    assert [[term.text, term.about, term.tone, term.plain] for term in found] == case["wording"]
    assert [term.id for term in found] == [f"x{number}" for number in range(1, len(found) + 1)]


def test_every_term_is_found_in_its_example(rooms_before: list[Room], room: Room) -> None:
    terms = [entry.term for entries in load_lexicon().values() for entry in entries if entry.term is not None]
    docs = load_parser().pipe([parseable(term.example) for term in terms])
    missed = []
    for term, doc in zip(terms, docs, strict=True):
        done = Draft(Article.make(term.example), doc)
        for one in (*rooms_before, room):
            done = one.run(done)
        if not any(len(pieces(found.text)) >= len(term.words) for found in done.wording):
            missed.append(term.example)
    assert missed == []


def test_term_in_a_statement_rests_on_it(draft: Callable[..., Draft], room: Room) -> None:
    text = 'Torv said: "The thugs will pay."'
    begin = text.index("The thugs")
    said = Statement("s1", None, None, Content(((begin, len(text) - 1),), text[begin:-1]), "direct", None)
    (term,) = room.run(replace(draft(text), statements=(said,))).wording
    assert (term.text, term.according_to) == ("thugs", AccordingTo(outlet=False, statement="s1"))


def test_partial_quotation_of_a_speaker_is_no_scare_quote(draft: Callable[..., Draft], room: Room) -> None:
    text = 'Torv called the plan a "grave mistake" on Monday.'
    begin = text.index("grave")
    said = Statement(
        "s1", None, None, Content(((begin, begin + len("grave mistake")),), "grave mistake"), "direct", None
    )
    assert room.run(replace(draft(text), statements=(said,))).wording == ()
