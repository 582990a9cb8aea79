"""Which words are a mention, in which form, from where to where. Sentences are our own."""

from collections.abc import Callable

import pytest

from dateline.records import Actor

Read = Callable[..., tuple[Actor, ...]]


def mentions(actors: tuple[Actor, ...]) -> list[tuple[str, str]]:
    """Text and form of every mention, in text order."""
    found = sorted((m.span, m.text, m.form) for actor in actors for m in actor.mentions)
    return [(text, form) for _, text, form in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Damascus' plan alarmed the villagers.", ("Damascus", "metonym")),
        ("The shelling was ordered by Moscow.", ("Moscow", "metonym")),
        ("The Kremlin denied the claim.", ("The Kremlin", "metonym")),
        ("Talks between Ethiopia and Eritrea resumed.", ("Ethiopia", "name")),
        ("Kenya is a guarantor of the truce.", ("Kenya", "name")),
        ("Rebels backed by Chad crossed the river.", ("Chad", "name")),
        ("Parties including Uganda signed the pact.", ("Uganda", "name")),
    ],
)
def test_a_country_or_capital_that_acts(read: Read, text: str, expected: tuple[str, str]) -> None:
    assert expected in mentions(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "A bomb went off in Damascus.",
        "The convoy drove from Ankara to Athens.",
        "Nairobi lies far from the border with Somalia.",
        "The road between Kampala and Entebbe is closed.",
        "Shells fell outside the White House.",
    ],
)
def test_a_country_or_capital_that_is_only_a_place(read: Read, text: str) -> None:
    assert not [actor for actor in read(text) if actor.kind == "state"]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Police arrested Interior Minister Tarek Banning on Monday.", "Interior Minister Tarek Banning"),
        ("Police arrested the Maltese government's lawyers.", "the Maltese government's lawyers"),
        ("More than 2,000 rebels fled.", "rebels"),
        ("The two brothers fled.", "The two brothers"),
        ("Mainly jihadists were seen.", "jihadists"),
        ("The head of the harbour police resigned.", "The head of the harbour police"),
    ],
)
def test_where_a_mention_begins_and_ends(read: Read, text: str, span: str) -> None:
    assert span in [words for words, _ in mentions(read(text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He was elected president.", "president"),
        ("They use the air force base.", "force"),
        ("No rebels were seen.", "rebels"),
        ("The treaty entered into force in May.", "force"),
        ("The bridge stands on the far side of the town.", "side"),
    ],
)
def test_nouns_that_stand_for_nobody(read: Read, text: str, words: str) -> None:
    assert not [text for text, _ in mentions(read(text)) if text.endswith(words)]


def test_a_country_that_backs_is_an_actor_beside_those_it_backs(read: Read) -> None:
    forces, state = read("US-backed Kurdish forces left the village.", "2018-01-10")
    assert (forces.name, forces.kind, forces.country) == ("US-backed Kurdish forces", "armed_group", None)
    assert (state.registry, [m.text for m in state.mentions]) == ("usa", ["US"])


def test_a_country_inside_an_office_is_no_actor(read: Read) -> None:
    assert [actor.kind for actor in read("The US Secretary of State arrived.")] == ["person"]


def test_fighters_of_a_known_body_are_actors_of_their_own_that_belong_to_it(read: Read) -> None:
    (commanders,) = read("Boko Haram commanders were seen near the lake.")
    assert (commanders.registry, commanders.part_of) == (None, ("nga-boko-haram",))


@pytest.mark.parametrize("text", ["Sources say IS THE end near?", "WHO IS TO BLAME?", "let us go"])
def test_function_words_are_no_short_names(read: Read, text: str) -> None:
    assert not [actor for actor in read(text) if actor.registry]


def test_an_entry_that_did_not_exist_yet_is_not_meant(read: Read) -> None:
    text = "Hayat Tahrir al-Sham took the town."
    assert "syr-hts" in {actor.registry for actor in read(text, "2018-01-10")}
    assert "syr-hts" not in {actor.registry for actor in read(text, "2012-01-10")}


def test_a_surname_after_another_given_name_is_another_person(read: Read) -> None:
    found = read("Colonel Firas Assad led the raid.", "2015-01-10")
    assert [(actor.registry, actor.name) for actor in found if actor.kind == "person"] == [(None, "Firas Assad")]


def test_one_name_has_one_kind_in_the_whole_text(read: Read) -> None:
    text = "Fighting went on near Qasrin. The siege of Qasrin began in May. Qasrin was calm, and Qasrin was dark."
    assert read(text) == ()
