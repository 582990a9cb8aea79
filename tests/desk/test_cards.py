"""Records in words."""

from dataclasses import replace

import pytest

from dateline.desk.cards import Again, Card, Cards, Fact
from dateline.desk.view import view, web_address
from dateline.records import OWN_VOICE, AccordingTo, Coded, Telling, Words


@pytest.fixture
def cards(coded: Coded) -> dict[str, Card]:
    layers = Cards(coded).layers()
    return {card.id: card for groups in layers.values() for group in groups for card in group.cards}


def line(card: Card) -> str:
    return "".join(part.text for part in card.line)


def test_an_event(cards: dict[str, Card]) -> None:
    card = cards["e1"]
    assert (card.kicker, card.tag, card.voice_text) == (
        "Assault · heavy weapons",
        "occurred",
        "in the outlet’s own voice",
    )
    assert line(card) == "Government of Xandia → people"
    assert card.facts == (
        Fact("when", "4 September 2018", "t1"), Fact("where", "Brell", "p1"), Fact("context", "military"),
        Fact("figure", "at least 4 people", "q1"), Fact("with", "mortars", "w1"),
        Fact("category", "material conflict"), Fact("score", "−9.5"), Fact("confidence", "0.75"),
    )  # fmt: skip


def test_an_event_told_again_says_by_whom_where_that_differs(coded: Coded) -> None:
    event = coded.events[0]
    same = Telling(Words((0, 4), "fire"), (0, 9), event.according_to)
    other = Telling(Words((5, 9), "the\nraid"), (0, 9), AccordingTo(outlet=False, statement="s1"))
    assert Cards(coded).event(replace(event, also=(same, other))).again == (
        Again("fire", "e1.1"), Again("the raid", "e1.2", "quoted", "according to Ida Sorn"),
    )  # fmt: skip


def test_two_statements_of_one_speaker_are_one_source(coded: Coded) -> None:
    event = replace(coded.events[0], according_to=AccordingTo(outlet=False, statement="s2"))
    sorn = Telling(Words((0, 4), "fire"), (0, 9), AccordingTo(outlet=False, statement="s3"))
    own = Telling(Words((5, 9), "raid"), (0, 9), OWN_VOICE)
    assert Cards(coded).event(replace(event, also=(sorn, own))).again == (
        Again("fire", "e1.1"), Again("raid", "e1.2", "own", "in the outlet’s own voice"),
    )  # fmt: skip


def test_a_planned_event_on_somebodys_word(cards: dict[str, Card]) -> None:
    card = cards["e2"]
    assert (card.tag, card.voice, card.voice_text) == ("planned", "quoted", "according to Ida Sorn")
    assert line(card) == "Ostmark"
    assert Fact("status", "meant to happen") in card.facts
    assert Fact("the act itself", "Consult") in card.facts


def test_a_claim(cards: dict[str, Card]) -> None:
    assert line(cards["c1"]) == "Brell Brigade holds Brell"
    assert cards["c1"].facts[0] == Fact("since", "May 2018")


def test_a_statement(cards: dict[str, Card]) -> None:
    assert cards["s3"].facts == (
        Fact("to", "Ostmark", "a4"), Fact("at", "news conference"), Fact("where", "Veth", "p2"),
        Fact("when", "7 September 2018", "t2"),
    )  # fmt: skip
    assert cards["s1"].flag == "The text never says these words"
    assert cards["s2"].flag is None


def test_statements_stand_under_their_speaker(coded: Coded) -> None:
    (group,) = Cards(coded).layers()["statements"]
    assert group.name == "Ida Sorn"
    assert [card.id for card in group.cards] == ["s1", "s2", "s3"]


def test_a_loaded_word(cards: dict[str, Card]) -> None:
    assert line(cards["x1"]) == "regime for government"
    assert cards["x1"].facts == (Fact("about", "Government of Xandia", "a1"),)


def test_every_record_has_its_card(coded: Coded, cards: dict[str, Card]) -> None:
    layers = ("actors", "places", "dates", "statements", "events", "claims", "figures", "equipment", "wording")
    assert {*cards} == {record.id for layer in layers for record in getattr(coded, layer)}


def test_a_headline_quotation_that_the_body_does_not_hold(coded: Coded) -> None:
    assert view(coded).unsaid == (("s1", "nobody fired,"),)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/x", "https://a.example/x"),
        (" HTTP://a.example ", "HTTP://a.example"),
        ("javascript:alert(1)", None),
        ("JavaScript://a.example/%0aalert(1)", None),
        ("data:text/html,x", None),
        ("//a.example", None),
        ("http://[", None),
        ("a.example", None),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None, shown: str | None) -> None:
    assert web_address(url) == shown


def test_a_place_told_by_another_says_how_far_it_may_lie(cards: dict[str, Card]) -> None:
    assert Fact("within", "20 km of that point") in cards["p2"].facts
    assert not [fact for fact in cards["p1"].facts if fact.label == "within"]
