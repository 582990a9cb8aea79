"""One event for each happening: what is joined, and what stays apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from dateline.records import OWN_VOICE, Event, EventDate, Figure, Party, Place, Words
from dateline.what.merging import FARTHEST, Known, Told, merged

if TYPE_CHECKING:
    from spacy.language import Language

NOTHING = Known({}, {}, {}, frozenset({"a1", "a2", "a9"}))


def event(words: str, at: int, **more: Any) -> Event:
    base = Event(
        id="", type="ASSAULT", mode=None, contexts=(), act=None, quad=4, score=-9.0,
        trigger=Words((at, at + len(words)), words), evidence=(at, at + 20), actors=(), recipients=(), place=None, date=None,
        status="occurred", according_to=OWN_VOICE, figures=(), equipment=(), confidence=0.5,
    )  # fmt: skip
    return replace(base, **more)


def party(actor: str) -> Party:
    return Party(actor, (0, 4))


@pytest.fixture
def told(nlp: Language) -> Any:
    """An event told by the last word of some words, in a sentence by its number."""

    def make(words: str, sentence: int, *, headline: bool = False, **more: Any) -> Told:
        head = nlp(words)[-1]
        return Told(event(head.text, 100 * sentence, **more), head, sentence, headline)

    return make


def test_the_attack_points_back(told: Any) -> None:
    first = told("Gunmen attacked", 0, actors=(party("a1"),))
    later = told("Norland condemned the attack", 2)
    (one,) = merged([first, later], NOTHING)
    assert one.trigger.text == "attacked"
    assert [also.trigger.text for also in one.also] == ["attack"]
    assert one.also[0].evidence == (200, 220)


def test_an_attack_is_another(told: Any) -> None:
    found = merged([told("Gunmen attacked", 0), told("He spoke of an attack", 2)], NOTHING)
    assert [e.trigger.text for e in found] == ["attacked", "attack"]


def test_the_attacks_are_several(told: Any) -> None:
    assert len(merged([told("Gunmen attacked", 0), told("He spoke of the attacks", 2)], NOTHING)) == 2


def test_too_far_away_points_at_nothing(told: Any) -> None:
    found = merged([told("Gunmen attacked", 0), told("Norland condemned the attack", FARTHEST + 1)], NOTHING)
    assert len(found) == 2


def test_headline_and_lead(told: Any) -> None:
    headline = told("Army shells", 0, headline=True, actors=(party("a1"),))
    lead = told("The army shelled", 1, actors=(party("a1"),), recipients=(party("a2"),), place="p1", confidence=0.9)
    (one,) = merged([headline, lead], NOTHING)
    assert (one.trigger.text, one.place, one.confidence) == ("shells", "p1", 0.9)
    assert one.recipients == (party("a2"),)


def test_headline_of_other_parties_stays_apart(told: Any) -> None:
    headline = told("Army shells", 0, headline=True, actors=(party("a1"),))
    assert len(merged([headline, told("Rebels shelled", 1, actors=(party("a2"),))], NOTHING)) == 2


def test_same_word_doer_and_day(told: Any) -> None:
    day = EventDate("t1", "2018-09-04", "2018-09-04", "text")
    first = told("The army shelled", 0, actors=(party("a1"),), date=day)
    again = told("The army shelled", 3, actors=(party("a1"),), date=day)
    assert len(merged([first, again], NOTHING)) == 1


def test_same_word_and_doer_are_not_enough(told: Any) -> None:
    first = told("The army shelled", 0, actors=(party("a1"),))
    assert len(merged([first, told("The army shelled", 3, actors=(party("a1"),))], NOTHING)) == 2


@pytest.mark.parametrize(
    "more",
    [
        {"type": "COERCE"},
        {"mode": "drone"},
        {"status": "denied"},
        {"actors": (party("a9"),)},
        {"recipients": (party("a9"),)},
        {"place": "p9"},
        {"date": EventDate("t9", "2018-09-08", "2018-09-08", "text")},
        {"figures": ("q9",)},
    ],
    ids=["type", "mode", "status", "actor", "recipient", "place", "day", "toll"],
)
def test_what_speaks_against_it(told: Any, more: dict[str, Any]) -> None:
    day = EventDate("t1", "2018-09-04", "2018-09-04", "text")
    first = told(
        "Gunmen attacked", 0, mode="aerial", actors=(party("a1"),), recipients=(party("a2"),), place="p1", date=day,
        figures=("q1",),
    )  # fmt: skip
    known = Known(
        {"p1": place("p1", 1, "settlement"), "p9": place("p9", 9, "settlement")}, {},
        {"q1": Figure("q1", (0, 1), "4", 4, 4, "people", "killed"), "q9": Figure("q9", (0, 1), "9", 9, 9, "people", "killed")},
        frozenset({"a1", "a2", "a9"}),
    )  # fmt: skip
    assert len(merged([first, told("Norland condemned the attack", 2)], known)) == 1
    assert len(merged([first, told("Norland condemned the attack", 2, **more)], known)) == 2


def test_parties_without_a_name_may_be_the_same(told: Any) -> None:
    first = told("Gunmen attacked", 0, actors=(party("a3"),))
    assert len(merged([first, told("The rebels carried out the attack", 1, actors=(party("a4"),))], NOTHING)) == 1


def test_a_country_holds_its_town(told: Any) -> None:
    known = replace(NOTHING, places={"p1": place("p1", 1, "settlement"), "p2": place("p2", 2, "country")})
    first = told("Gunmen attacked", 0, place="p1")
    (one,) = merged([first, told("Norland condemned the attack", 2, place="p2")], known)
    assert one.place == "p1"


def test_ids_count_in_text_order(told: Any) -> None:
    found = merged([told("He spoke of an attack", 4), told("Gunmen attacked", 1)], NOTHING)
    assert [(e.id, e.trigger.text) for e in found] == [("e1", "attacked"), ("e2", "attack")]


def place(id_: str, geonameid: int, level: Any) -> Place:
    return Place(id_, (0, 4), id_, "name", id_, geonameid, level, "NOR", None, 1.0, 1.0, 0.9)
