"""Which event is whose, what a pair agrees on, and the kinds of disagreement."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluation.matching import agrees, assign, disagreements, match_unit
from dateline.evaluation.table import Row
from dateline.evaluation.units import Unit
from dateline.records import Coded


def unit(coded: Coded, *rows: Row, whole: bool = False) -> Unit:
    """A unit of the article's first sentence, or of all of it, with every event of the record."""
    return Unit(coded, None if whole else (22, 64), coded.events, {None: rows})


def kinds(one: Unit) -> list[tuple[str, int | None, str | None]]:
    """Kind, line and event of each disagreement."""
    (matching,) = match_unit(one)
    found = disagreements(one, matching)
    return [(each.kind, each.row.line if each.row else None, each.event.id if each.event else None) for each in found]


@pytest.mark.parametrize(
    ("detail", "cell", "agreed"),
    [
        ("actor", "norland armed forces", True),  # the actor's name
        ("actor", "Norland", True),  # in the name
        ("actor", "The Armed Forces", True),
        ("actor", "the Norland army", True),  # a mention
        ("actor", "the Norland army's 3rd brigade", False),  # holds a mention that is no name
        ("actor", "it", False),  # a pronoun
        ("actor", "Sorn", False),
        ("actor", "Norland army; Sorn", False),  # each must be there
        ("actor", None, None),
        ("recipient", "Mayor Ida Sorn", True),  # holds a name
        ("recipient", "Norland", False),
        ("recipient", "?", False),
        ("mode", "heavy-weapons", True),
        ("mode", "aerial", False),
        ("place", "BRELL", True),
        ("place", "outskirts of Brêll", True),
        ("place", "Brellstad", False),
        ("date", "2018-09-04", True),
        ("date", "2018-09-05", False),
        ("status", "occurred", True),
        ("status", "planned", False),
    ],
)
def test_agreement(make, detail: str, cell: str | None, agreed: bool | None) -> None:  # type: ignore[no-untyped-def]
    event = make.event(recipient="a2")
    coded = make.coded(event)
    row = Row(2, "a", "ASSAULT", **{detail: cell})  # type: ignore[arg-type]
    assert agrees(detail, coded, row, event) is agreed


@pytest.mark.parametrize(
    ("days", "agreed"),
    [
        (("2018-09-01", "2018-09-30"), True),
        (("2018-09-04", None), True),
        ((None, "2018-09-03"), False),
        ((None, None), False),
        (None, False),
    ],
)
def test_a_day_within_the_days_of_the_event(make, days: tuple[str | None, str | None] | None, agreed: bool) -> None:  # type: ignore[no-untyped-def]
    event = make.event(days=days)
    assert agrees("date", make.coded(event), Row(2, "a", "ASSAULT", date="2018-09-04"), event) is agreed


@pytest.mark.parametrize("detail", ["actor", "recipient", "mode", "place", "date"])
def test_what_dateline_lacks_disagrees(make, detail: str) -> None:  # type: ignore[no-untyped-def]
    event = make.event(actor=None, mode=None, place=None, days=None)
    row = Row(2, "a", "ASSAULT", **{detail: "2018-09-04"})  # type: ignore[arg-type]
    assert agrees(detail, make.coded(event), row, event) is False


def test_the_parties_settle_which_of_two_events_is_whose(make) -> None:  # type: ignore[no-untyped-def]
    """By the order, or by mode and date, the army's row would get the brigade's event."""
    first, second = make.event(id="e1", actor="a3"), make.event(id="e2", actor="a1", mode=None, days=None)
    rows = (
        Row(2, "a", "ASSAULT", "heavy-weapons", "Norland", date="2018-09-04"),
        Row(3, "a", "ASSAULT", actor="Brigade"),
    )
    (matching,) = match_unit(unit(make.coded(first, second), *rows))
    assert [(row.line, event.id) for row, event in matching.matched] == [(2, "e2"), (3, "e1")]


def test_one_to_one_and_as_many_as_there_are(make) -> None:  # type: ignore[no-untyped-def]
    rows = tuple(Row(line, "a", "ASSAULT", actor=actor) for line, actor in ((2, "Sorn"), (3, "Brigade"), (4, None)))
    (matching,) = match_unit(unit(make.coded(make.event(actor="a3")), *rows))
    assert [(row.line, event.id) for row, event in matching.matched] == [(3, "e1")]
    assert [row.line for row in matching.missed] == [2, 4]


def test_equal_rows_are_different_events(make) -> None:  # type: ignore[no-untyped-def]
    row = Row(2, "a", "ASSAULT")
    (matching,) = match_unit(unit(make.coded(make.event()), row, Row(2, "a", "ASSAULT")))
    assert len(matching.matched) == len(matching.missed) == 1


def test_kinds_of_disagreement_in_a_sentence(make) -> None:  # type: ignore[no-untyped-def]
    coded = make.coded(make.event(), make.accusation("REJECT"), make.event("RETREAT", id="e3"))
    rows = (Row(2, "a", "ASSAULT", actor="Brigade"), Row(3, "a", "ACCUSE", actor="Sorn"))
    assert kinds(unit(coded, *rows)) == [("other party", 2, "e1"), ("other type", 3, "e2"), ("extra", None, "e3")]
    assert kinds(unit(make.coded(), *rows)) == [("missed", 2, None), ("missed", 3, None)]


def test_in_a_whole_article_another_type_needs_a_party_in_common(make) -> None:  # type: ignore[no-untyped-def]
    coded = make.coded(make.accusation("REJECT"))
    assert kinds(unit(coded, Row(2, "a", "ACCUSE", actor="Sorn"), whole=True)) == [("other type", 2, "e2")]
    assert kinds(unit(coded, Row(2, "a", "AID", actor="Brigade"), whole=True)) == [
        ("missed", 2, None),
        ("extra", None, "e2"),
    ]


def test_the_best_pairs_together_win_over_the_best_pair_alone() -> None:
    """Taking the one cheapest pair first (row 0, column 0) would cost -5 - 0; both together -4 - 4."""
    assert assign([[-5, -4], [-4, 0]]) == [1, 0]


def test_what_ties_keeps_its_order() -> None:
    assert assign([[0, 0, 0], [0, 0, 0]]) == [0, 1]
    assert assign([]) == []


@given(
    st.integers(0, 4).flatmap(
        lambda n: st.lists(st.lists(st.integers(-9, 0), min_size=5, max_size=5), min_size=n, max_size=n)
    )
)
def test_the_least_cost_of_all_assignments(costs: list[list[int]]) -> None:
    found = assign(costs)
    assert len(set(found)) == len(costs)
    every = permutations(range(5), len(costs))
    assert sum(costs[i][j] for i, j in enumerate(found)) == min(
        sum(costs[i][j] for i, j in enumerate(p)) for p in every
    )
