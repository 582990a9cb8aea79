"""The coded record survives the way to JSON and back, and its names are the contract's."""

import json

import pytest

from dateline.errors import InputError
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
    Speaker,
    Statement,
    Words,
    json_schema,
)  # fmt: skip


def full() -> Coded:
    text = "Army shells Arsal"
    party, words = Party("a1", (0, 4)), Words((5, 11), "shells")
    return Coded(
        coder=CoderInfo("0.1.0", {"parser": "sha256:00"}),
        article=Article.make(text, published="2020-01-02", headline=(0, 17)),
        actors=(Actor("a1", "Army", None, "military", "LBN", ("MIL",), None, ("lbn-gov",), (Mention((0, 4), "Army", "nominal"),)),),
        places=(Place("p1", (12, 17), "Arsal", "name", "Arsal", 1, "settlement", "LBN", "Baalbek-Hermel", 34.2, 36.4, 0.8),),
        dates=(DateExpression("t1", (0, 4), "Army", "DATE", "2020-01", "START", "2020-01-01", "2020-01-31"),),
        statements=(
            Statement("s1", Speaker("a1", (0, 4), "Army"), words, Content(((12, 17),), "Arsal"), "direct", None, ("a1",), "speech"),
        ),
        events=(
            Event("e1", "ASSAULT", "heavy-weapons", ("military",), None, 4, -9.5, words, (0, 17), (party,), (party,), "p1",
                  EventDate("t1", "2020-01-01", "2020-01-31", "text"), "occurred", AccordingTo(False, "s1"), ("q1",), ("w1",), 0.5),
        ),
        claims=(
            Claim("c1", "control", party, ClaimObject(None, "p1", (12, 17)), "2015", None, "current", (0, 17),
                  AccordingTo(True, None), 0.7),
        ),
        figures=(Figure("q1", (0, 4), "20", 20, None, "people", "killed"),),
        equipment=(Equipment("w1", (0, 4), "tank", "platform"),),
        wording=(LoadedTerm("x1", (0, 4), "regime", "a1", "delegitimising", "government", AccordingTo(True, None)),),
        problems=(Problem("reading", "too long"),),
    )  # fmt: skip


def test_round_trip_through_json() -> None:
    coded = full()
    assert Coded.from_dict(json.loads(json.dumps(coded.to_dict()))) == coded


def test_names_of_the_contract() -> None:
    record = full().to_dict()
    assert list(record) == [
        "schema", "coder", "article", "actors", "places", "dates", "statements", "events", "claims", "figures", "equipment",
        "wording", "labels", "problems",
    ]  # fmt: skip
    assert record["dates"][0]["from"] == "2020-01-01"
    assert record["events"][0]["date"] == {"ref": "t1", "from": "2020-01-01", "to": "2020-01-31", "source": "text"}
    assert record["article"]["headline"] == [0, 17]
    assert "from_" not in json.dumps(record)


def test_a_record_of_another_shape_is_refused_in_one_line() -> None:
    with pytest.raises(InputError, match=r"events\.0\.type"):
        Coded.from_dict({**full().to_dict(), "events": [{"id": "e1"}]})


def test_the_schema_describes_the_record() -> None:
    assert set(full().to_dict()) == set(json_schema()["properties"])
