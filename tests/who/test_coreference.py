"""Which mentions stand for the same actor, and which are left alone. Sentences are our own."""

from collections.abc import Callable

import pytest

from dateline.records import Actor

Read = Callable[..., tuple[Actor, ...]]


def words(actor: Actor) -> list[str]:
    return [mention.text for mention in actor.mentions]


def of(actors: tuple[Actor, ...], text: str) -> Actor:
    """The actor one of whose mentions is ``text``."""
    (actor,) = [actor for actor in actors if text in words(actor)]
    return actor


def test_an_acronym_in_brackets(read: Read) -> None:
    actor = of(read("The Delta Salvation Bloc (DSB) left the talks. The DSB said it was betrayed."), "DSB")
    assert words(actor) == ["The Delta Salvation Bloc", "DSB", "The DSB", "it"]


def test_a_surname_after_the_full_name(read: Read) -> None:
    actor = of(read("Farida Mensah, a nurse, fled. Mensah said she had lost a sister."), "she")
    assert words(actor) == ["Farida Mensah", "a nurse", "Mensah", "she"]


@pytest.mark.parametrize(
    ("text", "told", "body"),
    [
        ("The Taliban took a base. The group freed 20 prisoners.", "The group", "afg-taliban"),
        ("Doctors Without Borders closed a clinic. The charity blamed the army.", "The charity", "int-msf"),
        ("Kenyan police fired tear gas. The police then left.", "The police", "ken-police"),
        (
            "Houthi fighters left. The Houthis denied it. The Iran-aligned group blamed others.",
            "The Iran-aligned group",
            "yem-houthi",
        ),
    ],
)
def test_a_common_noun_for_a_body_told_before(read: Read, text: str, told: str, body: str) -> None:
    actor = of(read(text, "2018-01-10"), told)
    assert actor.registry is not None
    assert actor.registry.startswith(body)


def test_a_common_noun_that_fits_nobody_stays_alone(read: Read) -> None:
    actor = of(read("The ministry denied the claim of the Taliban.", "2018-01-10"), "The ministry")
    assert (actor.registry, actor.kind, words(actor)) == (None, "government", ["The ministry"])


def test_the_regime_is_not_the_one_of_the_speakers_country(read: Read) -> None:
    text = 'Damascus refused. "The regime wants war," Turkish Foreign Minister Mevlut Cavusoglu said.'
    assert of(read(text, "2018-09-05"), "The regime").registry == "syr"


def test_rebels_and_the_rebels(read: Read) -> None:
    actor = of(read("Armed rebels entered the port. The rebels burned two ships."), "The rebels")
    assert words(actor) == ["Armed rebels", "The rebels"]


def test_a_man_and_a_man_are_two(read: Read) -> None:
    assert len([actor for actor in read("A man shouted. A man ran.") if actor.kind == "person"]) == 2


def test_pronouns_agree_in_kind_and_number(read: Read) -> None:
    text = "Farida Mensah met villagers in Tamale. They told her that the army had left."
    found = read(text)
    assert of(found, "They") is of(found, "villagers")
    assert of(found, "her") is of(found, "Farida Mensah")


def test_an_object_is_not_its_own_subject(read: Read) -> None:
    found = read("Karim Adel met Omar Fathi. Adel told him to wait.")
    assert of(found, "him") is of(found, "Omar Fathi")


@pytest.mark.parametrize("text", ["The army left. It is unclear why.", "The army bought trucks and sold them."])
def test_pronouns_for_things_stand_for_no_actor(read: Read, text: str) -> None:
    assert not [m for actor in read(text) for m in actor.mentions if m.form == "pronoun"]


def test_i_is_the_speaker_even_when_named_afterwards(read: Read) -> None:
    assert "I" in words(of(read("“I lost three friends,” Colonel Ali Haddad told reporters."), "Colonel Ali Haddad"))


def test_we_is_the_state_an_office_holder_speaks_for(read: Read) -> None:
    text = '"We reject the plan," Turkish Foreign Minister Mevlut Cavusoglu said.'
    assert of(read(text, "2018-09-05"), "We").registry == "tur"


def test_we_of_an_unknown_side_is_an_actor_of_its_own(read: Read) -> None:
    actor = of(read('"We will never leave," said Omar Fathi.'), "We")
    assert (actor.registry, actor.kind) == (None, "group")


@pytest.mark.parametrize(
    ("text", "nominal"),
    [
        ("Jonas Brandt, a trader, was shot.", "a trader"),
        ("A trader, Jonas Brandt, was shot.", "A trader"),
    ],
)
def test_apposition(read: Read, text: str, nominal: str) -> None:
    assert set(words(of(read(text), nominal))) == {"Jonas Brandt", nominal}


def test_a_former_president_is_not_the_president(read: Read) -> None:
    found = read(
        "Former president Luis Ortega fled. The president did not comment. The former president was seen abroad."
    )
    assert "The president" not in words(of(found, "The former president"))


def test_ids_follow_the_text(read: Read) -> None:
    found = read("Rebels shot at soldiers while residents fled.")
    assert [(actor.id, actor.mentions[0].text) for actor in found] == [
        ("a1", "Rebels"),
        ("a2", "soldiers"),
        ("a3", "residents"),
    ]
