"""Articles and sentences as units, and the words of a row found in its article."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.evaluation.coded import load_corpus
from dateline.evaluation.table import read_table
from dateline.evaluation.units import Sheet, cut, lay_out

HEADLINE = "Shells fall on Brell"


def sheets(make, *lines: str) -> list[Sheet]:  # type: ignore[no-untyped-def]
    table = read_table(make.table(*lines))
    return lay_out(table, load_corpus(make.records(make.coded(make.event(), make.accusation())), table))


def test_the_sentences_of_an_article(make) -> None:  # type: ignore[no-untyped-def]
    coded = make.coded()
    text = coded.article.text
    found = [text[slice(*span)] for span in cut(coded, [])]
    assert found == [HEADLINE, make.shelled, make.condemned, make.met, make.rain]


def test_what_a_coder_copied_in_one_piece_is_one_sentence(make) -> None:  # type: ignore[no-untyped-def]
    coded = make.coded()
    begin = coded.article.text.index("Mayor")
    both = (begin, coded.article.text.index(" The rain"))
    assert coded.article.text[slice(*cut(coded, [both])[2])] == f"{make.condemned} {make.met}"


def test_articles_are_the_units_where_no_row_names_a_sentence(make) -> None:  # type: ignore[no-untyped-def]
    (sheet,) = sheets(make, "article,type,sentence", "a,ASSAULT,", "a,AID,")
    (unit,) = sheet.units
    assert unit.span is None and unit.text is None
    assert [event.id for event in unit.events] == ["e1", "e2"]
    assert [row.type for row in unit.readings[None]] == ["ASSAULT", "AID"]


def test_only_the_sentences_somebody_read_are_compared(make) -> None:  # type: ignore[no-untyped-def]
    (sheet,) = sheets(make, "article,type,sentence", "a,ASSAULT,SHELLED Brell", f"a,,{make.rain}")
    assert [unit.text for unit in sheet.units] == [make.shelled, make.rain]
    assert [len(unit.events) for unit in sheet.units] == [1, 0]
    assert sheet.units[1].readings == {None: ()}
    assert sheet.unread == 1


def test_a_row_of_the_article_alone_says_that_all_of_it_was_read(make) -> None:  # type: ignore[no-untyped-def]
    (sheet,) = sheets(make, "article,type,sentence,coder", "a,,,Ana", "a,ASSAULT,shelled,Ana", "a,ACCUSE,condemned,Ben")
    assert [unit.text for unit in sheet.units] == [HEADLINE, make.shelled, make.condemned, make.met, make.rain]
    assert [sorted(unit.readings) for unit in sheet.units] == [["Ana"], ["Ana"], ["Ana", "Ben"], ["Ana"], ["Ana"]]
    assert sheet.units[2].readings["Ana"] == ()
    assert sheet.unread == 0


def test_a_trigger_of_two_sentences_is_refused(make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError) as caught:
        sheets(make, "article,type,sentence", "a,ASSAULT,Brell")
    assert str(caught.value) == (
        f"{make.folder / 'hand.csv'}, line 2: 'Brell' stands in 3 sentences of article 'a'; copy more words of the one meant"
    )


def test_words_that_are_not_in_the_article(make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError) as caught:
        sheets(make, "article,type,sentence", "a,ASSAULT,bombed Brell", "a,ASSAULT,shelled", "a,AID,gave bread")
    assert str(caught.value) == (
        f"{make.folder / 'hand.csv'}, line 2: 'bombed Brell' is not in the text of article 'a' (and 1 more of this article); "
        "copy the words as coded"
    )


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("article,type", "a,AID", "a,"), "line 3: no type, but line 2 has AID in the same article; take one out"),
        (
            ("article,type,sentence", "a,,shelled", "a,ASSAULT,On Tuesday"),
            "line 2: no type, but line 3 has ASSAULT in the same sentence; take one out",
        ),
    ],
)
def test_rows_that_contradict_each_other(make, lines: tuple[str, ...], said: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError) as caught:
        sheets(make, *lines)
    assert str(caught.value) == f"{make.folder / 'hand.csv'}, {said}"


@pytest.mark.parametrize(("header", "row", "kept"), [("article,type", "a,", 0), ("article,type,status", "a,,", 1)])
def test_planned_events_count_only_beside_a_status(make, header: str, row: str, kept: int) -> None:  # type: ignore[no-untyped-def]
    table = read_table(make.table(header, row))
    (sheet,) = lay_out(table, load_corpus(make.records(make.coded(make.event(status="planned"))), table))
    assert len(sheet.units[0].events) == kept
    assert sheet.not_real == 1 - kept


def test_articles_come_in_the_order_of_their_ids(make) -> None:  # type: ignore[no-untyped-def]
    records: Path = make.records(*(make.coded(name=name) for name in "abcd"))
    orders = []
    for names in ("abcd", "dbca"):
        table = read_table(make.table("article,type", *(f"{name}," for name in names)))
        orders.append([sheet.units[0].coded.article.id for sheet in lay_out(table, load_corpus(records, table))])
    assert orders[0] == orders[1] == sorted(orders[0])
