"""What the rules tell the trained heads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dateline.codebook import load_codebook
from dateline.language import load_parser
from dateline.rooms import Draft
from dateline.what.room import make_act_coder
from dateline.what.signs import DATE, KINDS, PLACE, STATUSES, Codes, SignReader, Signs
from dateline.when import make_room as make_when
from dateline.where import load_gazetteer
from dateline.where import make_room as make_where
from dateline.who import load_registry
from dateline.who import make_room as make_who
from dateline.who.index import ActorIndex

TEXT = "Police did not arrest the protesters in Paris on 4 May."


@pytest.fixture(scope="module")
def rooms() -> list[Any]:
    registry, gazetteer = load_registry(), load_gazetteer()
    return [make_who(registry, places=gazetteer), make_where(gazetteer, registry), make_when()]


@pytest.fixture
def seen(draft: Callable[..., Draft], rooms: list[Any]) -> tuple[Draft, Signs]:
    done = draft(TEXT)
    for room in rooms:
        done = room.run(done)
    index = ActorIndex(done.actors)
    kinds = {a.id: a.kind for a in done.actors}
    reader = SignReader(done.doc, Codes.of(load_codebook()), index, kinds, done.places, done.dates)
    return done, reader.signs(done.doc[:], make_act_coder().readings(done.doc, index))


def at(done: Draft, word: str) -> int:
    return next(token.i for token in done.doc if token.text == word)


def test_codes_count_every_type_and_mode() -> None:
    book = load_codebook()
    codes = Codes.of(book)
    assert len(codes.types) == 16
    assert len(codes.codes) == 16 + sum(len(book.events[name].modes) for name in codes.types) == 83
    assert codes.codes[codes.number("COERCE", "arrest") - 1] == ("COERCE", "arrest")
    with pytest.raises(KeyError, match="COERCE-dance"):
        codes.number("COERCE", "dance")


def test_the_lexicon_marks_its_trigger(seen: tuple[Draft, Signs]) -> None:
    done, signs = seen
    row = signs.tokens[at(done, "arrest")]
    assert row[0] == Codes.of(load_codebook()).number("COERCE", "arrest")
    assert row[1] == STATUSES.index("denied") + 1
    assert not signs.tokens[at(done, "Paris"), :2].any()


def test_earlier_rooms_mark_actors_places_and_dates(seen: tuple[Draft, Signs]) -> None:
    done, signs = seen
    assert signs.facets[at(done, "Police")] == KINDS.index("police") + 1
    assert signs.facets[at(done, "Paris")] == PLACE
    assert signs.facets[at(done, "May")] == DATE
    assert signs.facets[at(done, "arrest")] == 0


def test_candidates_are_heads_of_phrases(seen: tuple[Draft, Signs]) -> None:
    done, signs = seen
    words = {done.doc[n].text for n in signs.candidates}
    assert {"Police", "protesters", "Paris"} <= words
    assert not words & {"the", "in", "not", "arrest"}


def test_signs_of_a_pair_tell_sides_apart(seen: tuple[Draft, Signs]) -> None:
    done, signs = seen
    trigger = at(done, "arrest")
    rows = dict(zip(signs.candidates, signs.pairs(done.doc[:], trigger), strict=True))
    doer, done_to = rows[at(done, "Police")], rows[at(done, "protesters")]
    assert doer[0] != done_to[0]  # the ways through the parse
    assert doer[1] != done_to[1]  # before and after
    assert (doer[2], done_to[2]) == (1, 2)  # the lexicon's frame


def test_a_word_without_candidates_has_no_pairs() -> None:
    doc = load_parser()("Run!")
    signs = SignReader(doc, Codes.of(load_codebook()), ActorIndex(()), {}, (), ()).signs(doc[:], ())
    assert signs.pairs(doc[:], 0).shape == (len(signs.candidates), 5)
