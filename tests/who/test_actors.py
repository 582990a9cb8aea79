"""Who: mentions, their forms, and which of them stand for the same actor. Sentences are our own."""

from collections.abc import Callable

import pytest

from dateline.records import Actor
from dateline.rooms import Draft, Room
from dateline.where import load_gazetteer
from dateline.who import make_room

Make = Callable[..., Draft]


@pytest.fixture(scope="module")
def room() -> Room:
    return make_room(places=load_gazetteer())


def actors(room: Room, draft: Draft) -> tuple[Actor, ...]:
    return room.run(draft).actors


def by_registry(found: tuple[Actor, ...], entry: str) -> Actor:
    return next(actor for actor in found if actor.registry == entry)


def words(actor: Actor) -> list[str]:
    return [mention.text for mention in actor.mentions]


def test_name_title_and_pronoun_are_one_person_with_the_role_of_that_day(room: Room, draft: Make) -> None:
    text = "Turkish Foreign Minister Mevlut Cavusoglu spoke first. Cavusoglu said he would travel. The foreign minister then left."
    found = by_registry(actors(room, draft(text, published="2018-09-05")), "tur-cavusoglu")
    assert words(found) == ["Turkish Foreign Minister Mevlut Cavusoglu", "Cavusoglu", "he", "The foreign minister"]
    assert [mention.form for mention in found.mentions] == ["name", "name", "pronoun", "title"]
    assert (found.kind, found.country, found.role) == ("person", "TUR", "Foreign Minister of Turkey")
    assert "GOV" in found.sectors


def test_a_role_ends(room: Room, draft: Make) -> None:
    text = "Mevlut Cavusoglu spoke at the university."
    assert by_registry(actors(room, draft(text, published="2024-01-10")), "tur-cavusoglu").role is None


@pytest.mark.parametrize("name", ["Cavusoglu", "Çavuşoğlu"])
def test_diacritics_do_not_matter(room: Room, draft: Make, name: str) -> None:
    assert by_registry(actors(room, draft(f"{name} arrived in Geneva.", published="2018-09-05")), "tur-cavusoglu")


@pytest.mark.parametrize("name", ["Al-Nusra Front", "al Nusra Front", "Jabhat al-Nusra"])
def test_hyphens_and_translations_do_not_matter(room: Room, draft: Make, name: str) -> None:
    assert by_registry(
        actors(room, draft(f"Fighters of {name} left, and {name} denied it.", published="2015-05-01")), "syr-nusra"
    )


def test_an_office_named_without_its_holder(room: Room, draft: Make) -> None:
    found = actors(room, draft("The Turkish foreign minister arrived on Monday.", published="2018-09-05"))
    assert by_registry(found, "tur-cavusoglu").mentions[0].form == "title"


def test_an_unknown_person_keeps_the_title_told(room: Room, draft: Make) -> None:
    (person,) = [
        a
        for a in actors(room, draft("Provincial council member Salem Harkoush spoke. Harkoush left early."))
        if a.kind == "person"
    ]
    assert (person.registry, words(person)[-1]) == (None, "Harkoush")


def test_a_capital_is_a_government_where_it_acts(room: Room, draft: Make) -> None:
    found = actors(room, draft("Ankara rejected the offer. Shells fell near Ankara.", published="2018-09-05"))
    assert [(m.text, m.form) for m in by_registry(found, "tur").mentions] == [("Ankara", "metonym")]


def test_a_country_is_no_actor_where_it_is_a_place(room: Room, draft: Make) -> None:
    assert not [a for a in actors(room, draft("Thousands of refugees live in Turkey.")) if a.registry == "tur"]


def test_a_states_adjective_before_a_deed_stands_for_the_state(room: Room, draft: Make) -> None:
    found = actors(room, draft("With Russian backing the militia took the hill, and US-backed forces left."))
    assert by_registry(found, "rus").mentions[0].form == "demonym"
    assert by_registry(found, "usa")


def test_standing_bodies_of_states(room: Room, draft: Make) -> None:
    found = actors(room, draft("The Syrian army shelled the town and Iraqi police closed the road."))
    army, police = by_registry(found, "syr-mil"), by_registry(found, "irq-police")
    assert (words(army), army.kind, army.country) == (["The Syrian army"], "military", "SYR")
    assert police.kind == "police"


def test_nominals_with_kind_and_sector_but_without_the_figure(room: Room, draft: Make) -> None:
    found = actors(room, draft("At least ten rebels shot at a policeman while residents fled."))
    assert [(words(a)[0], a.kind, a.sectors[:1]) for a in found] == [
        ("rebels", "armed_group", ("REB",)), ("a policeman", "person", ("COP",)), ("residents", "civilians", ("CVL",)),
    ]  # fmt: skip


def test_an_acronym_is_the_name_it_abbreviates(room: Room, draft: Make) -> None:
    text = "The Harran Valley Defence Union took the bridge. The HVDU later left it."
    (union,) = [a for a in actors(room, draft(text)) if "Harran" in a.name]
    assert len(union.mentions) == 2


def test_a_pronoun_without_anybody_to_stand_for_is_left_out(room: Room, draft: Make) -> None:
    assert actors(room, draft("It rained, and they came too late.")) == ()


def test_mentions_index_the_text(room: Room, draft: Make) -> None:
    text = "مصدر: The Syrian army’s Tiger Forces shelled the town, Ahmed Kanaan’s brother said."
    for actor in actors(room, draft(text)):
        for mention in actor.mentions:
            assert text[slice(*mention.span)] == mention.text


@pytest.mark.parametrize(
    ("text", "nominal"),
    [
        ("Fighters of the armed group Ahrar al-Sham left the village.", "the armed group"),
        ("Staffan de Mistura, the envoy, arrived late.", "the envoy"),
    ],
)
def test_a_name_beside_a_common_noun_is_the_same_actor(room: Room, draft: Make, text: str, nominal: str) -> None:
    found = actors(room, draft(text, published="2018-09-05"))
    assert any(nominal in word for actor in found if actor.registry for word in words(actor))
