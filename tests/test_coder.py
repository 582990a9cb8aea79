"""The whole coder on the built-in dispatches and on awkward input: spans hold, references lead somewhere, runs agree."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from dateline import Article, Coded, Coder, InputError, Settings
from dateline.demo import demo_articles


@pytest.fixture(scope="module")
def coded(coder: Coder) -> list[Coded]:
    return list(coder.code_many(demo_articles()))


def walk(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def test_every_span_holds_the_words_beside_it(coded: list[Coded]) -> None:
    for one in coded:
        text = one.article.text
        for record in walk(one.to_dict()):
            span = record.get("span")
            if span is not None:
                assert 0 <= span[0] < span[1] <= len(text)
                assert record.get("text", text[span[0] : span[1]]) == text[span[0] : span[1]]


def test_every_reference_leads_somewhere(coded: list[Coded]) -> None:
    for one in coded:
        actors, places = {a.id for a in one.actors}, {p.id for p in one.places}
        dates, statements = {d.id for d in one.dates}, {s.id for s in one.statements}
        figures, equipment = {q.id for q in one.figures}, {w.id for w in one.equipment}
        for event in one.events:
            assert {party.actor for party in (*event.actors, *event.recipients)} <= actors | {None}
            assert event.place in places | {None}
            assert event.date is None or event.date.ref in dates | {None}
            assert set(event.figures) <= figures and set(event.equipment) <= equipment
        for record in (*one.events, *one.claims, *one.wording):
            assert record.according_to.statement in statements | {None}
            assert record.according_to.outlet or record.according_to.statement
        for claim in one.claims:
            assert claim.object.actor in actors | {None} and claim.object.place in places | {None}
        for statement in one.statements:
            assert statement.inside in statements - {statement.id} | {None}


def test_records_come_in_the_order_of_the_text(coded: list[Coded]) -> None:
    for one in coded:
        for prefix, records in (("p", one.places), ("t", one.dates), ("e", one.events), ("s", one.statements)):
            assert [record.id for record in records] == [f"{prefix}{number}" for number in range(1, len(records) + 1)]


def test_every_room_finds_something_in_the_demo(coded: list[Coded]) -> None:
    for field in ("actors", "places", "dates", "statements", "events", "claims", "figures", "equipment", "wording"):
        assert sum(len(getattr(one, field)) for one in coded) >= 20, field
    assert {e.status for one in coded for e in one.events} >= {
        "occurred",
        "ongoing",
        "planned",
        "hypothetical",
        "demanded",
        "denied",
    }


def test_a_quotation_only_the_headline_has_is_flagged(coded: list[Coded]) -> None:
    assert any(s.verbatim is False for one in coded for s in one.statements)
    assert any(s.verbatim is True for one in coded for s in one.statements)


def test_coding_again_gives_the_same_record(coder: Coder, coded: list[Coded]) -> None:
    again = [coder.code_many([one.article]) for one in coded[:5]]
    assert [next(one) for one in again] == coded[:5]


def test_records_survive_json(coded: list[Coded]) -> None:
    for one in coded:
        assert Coded.from_dict(json.loads(json.dumps(one.to_dict()))) == one


def test_workers_keep_the_order(coded: list[Coded]) -> None:
    articles = [one.article for one in coded[:6]]
    several = Coder(Settings(batch_articles=2)).code_many(articles, workers=2)
    assert [one.article.id for one in several] == [article.id for article in articles]


@pytest.mark.parametrize(
    "text",
    [
        "A.",
        "\n\n\n.\n\n",
        "“",
        "”“”“ said",
        "x" * 5000,
        "said " * 400,
        "Idlib, Idlib, Idlib, Idlib.",
        "١٢٣ \u202e\u0301\u0301 \ufffd",
        "He said she said they said it said.",
        "«“‘nested’”» according to according to according to",
        "2015-13-45 31 February 99/99/9999 the 0s",
    ],
)
def test_odd_text_is_coded_or_refused_but_never_breaks(coder: Coder, text: str) -> None:
    one = coder.code(text, published="2018-09-05")
    assert one.article.text == text
    Coded.from_dict(one.to_dict())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("   \n", "empty"),
        ("The army left. " * 70_000, "over the limit"),
        (
            "Die Armee beschoss am Dienstag die Stadt, sagten Bewohner. Die Regierung wies den Vorwurf zurück.",
            "dateline codes English",
        ),
    ],
)
def test_what_cannot_be_coded_says_why(coder: Coder, text: str, said: str) -> None:
    one = coder.code(text)
    assert [problem.stage for problem in one.problems] == ["reading"]
    assert said in one.problems[0].message
    assert (one.events, one.statements, one.actors) == ((), (), ())


def test_leftovers_stay_in_the_text_and_are_not_coded(coder: Coder) -> None:
    text = "The army shelled Arsal on Tuesday.\n\nSubscribe to our newsletter to hear what Ankara said on Monday.\n\nResidents fled."
    one = coder.code(text, published="2018-09-05")
    assert one.article.text == text
    assert "Ankara" not in {place.text for place in one.places} and "Monday" not in {date.text for date in one.dates}


def test_a_wrong_date_is_an_error(coder: Coder) -> None:
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        coder.code("The army left.", published="last week")


def test_a_relation_between_two_spans(coder: Coder) -> None:
    text = "The army shelled the militia near the river."
    assert coder.relation(text, source=(0, 8), target=(17, 28)) == "ASSAULT"


def test_an_allegation_is_never_the_outlets(coder: Coder) -> None:
    one = coder.code("The mayor said that the army had shelled the hospital on Monday.", published="2018-09-05")
    (assault,) = [event for event in one.events if event.type == "ASSAULT"]
    assert assault.according_to.outlet is False and assault.according_to.statement == "s1"


def test_articles_may_be_records_or_mappings(coder: Coder) -> None:
    text = "The army left the town on Monday."
    first, second = coder.code_many([Article.make(text), {"text": text, "id": 5}])
    assert first.article.text == second.article.text
    assert second.article.source_id == "5"
