"""The room as a whole: its chain, its records, its actors and its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files

import pytest
import yaml

from dateline.codebook import load_codebook
from dateline.errors import CodebookError
from dateline.records import OWN_VOICE, Actor, Event, Mention, Span
from dateline.rooms import Draft
from dateline.what import lexicon, make_room

ROOM = make_room()

TEXT = "The army shelled the port of Aster on Monday. Norland would not talk to rebels, and police arrested ten men."


def actor(text: str, words: str, n: int) -> Actor:
    begin = text.index(words)
    span: Span = (begin, begin + len(words))
    return Actor(f"a{n}", words, None, "military", None, (), None, (), (Mention(span, words, "name"),))


def test_what_it_needs_and_gives() -> None:
    assert (ROOM.name, ROOM.needs, ROOM.gives) == (
        "what",
        ("actors", "places", "dates"),
        ("figures", "equipment", "events"),
    )


def test_records_follow_the_contract(draft: Callable[..., Draft]) -> None:
    done = ROOM.run(draft(TEXT))
    book = load_codebook()
    assert [event.id for event in done.events] == [f"e{n}" for n in range(1, len(done.events) + 1)]
    for event in done.events:
        assert TEXT[slice(*event.trigger.span)] == event.trigger.text
        assert event.evidence[0] <= event.trigger.span[0] < event.trigger.span[1] <= event.evidence[1]
        assert event.quad == book.quad(event.type)
        assert event.score == book.score(event.type, event.mode)
        assert event.according_to == OWN_VOICE
        assert event.confidence is not None
        assert 0 < event.confidence < 1


def test_the_draft_is_not_edited(draft: Callable[..., Draft]) -> None:
    before = draft(TEXT)
    ROOM.run(before)
    assert before.events == ()


def test_the_same_text_gives_the_same_record(draft: Callable[..., Draft]) -> None:
    assert ROOM.run(draft(TEXT)).events == ROOM.run(draft(TEXT)).events


def test_participants_are_the_articles_actors(draft: Callable[..., Draft]) -> None:
    text = "The army attacked the rebels."
    known = (actor(text, "The army", 1), actor(text, "the rebels", 2))
    event: Event = ROOM.run(replace(draft(text), actors=known)).events[0]
    assert [p.actor for p in event.actors] == ["a1"]
    assert [p.actor for p in event.recipients] == ["a2"]


def test_confidence_is_a_chance(draft: Callable[..., Draft]) -> None:
    plain = ROOM.run(draft("The army attacked the rebels on Monday.")).events[0].confidence
    assert plain is not None
    assert 0.5 < plain <= 1


def test_a_happening_told_twice_is_one_event(draft: Callable[..., Draft]) -> None:
    text = (
        "Gunmen attacked a convoy near Brell on Monday. "
        "The governor said the attack was carried out by rebels from the hills. Snow is expected."
    )
    (event,) = ROOM.run(draft(text, published="2018-09-05")).events
    assert event.trigger.text == "attacked"
    assert [text[slice(*also.trigger.span)] for also in event.also] == ["attack"]
    assert text[slice(*event.also[0].evidence)].startswith("The governor said")


def test_contexts_come_from_the_words_of_the_sentence(draft: Callable[..., Draft]) -> None:
    event = ROOM.run(draft("A court sentenced the hacker to four years in prison for a cyber attack.")).events[0]
    assert {"cyber", "legal"} <= set(event.contexts)


def test_an_empty_text_gives_nothing(draft: Callable[..., Draft]) -> None:
    done = ROOM.run(draft(" "))
    assert (done.events, done.figures, done.equipment) == ((), (), ())


def test_every_mode_of_the_codebook_has_a_trigger() -> None:
    seen: set[tuple[str, str | None]] = set()
    for path in files("dateline.what").joinpath("triggers").iterdir():
        if path.name.endswith(".yaml"):
            data = yaml.safe_load(path.read_text(encoding="utf-8"))
            seen |= {(data["type"], group.get("mode")) for group in data["groups"]}
    wanted = {(name, mode.name) for name, event in load_codebook().events.items() for mode in event.modes}
    assert wanted <= seen


def test_the_lexicon_is_large() -> None:
    words = lexicon.load_lexicon()
    patterns = {
        (e.pattern.pos, e.pattern.text) for index in (words.verbs, words.nouns) for es in index.values() for e in es
    }
    assert len(patterns) >= 900


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("strike <nothing>", "<nothing> is not in classes.yaml"),
        ("<people> march", "the head of a pattern must be a word"),
    ],
)
def test_a_wrong_pattern_is_reported(text: str, message: str) -> None:
    group = lexicon._Group(frame="act", verbs=(text,))
    with pytest.raises(CodebookError, match=r"assault\.yaml") as caught:
        lexicon._pattern(
            "assault.yaml: groups.0",
            text,
            "verb",
            "ASSAULT",
            group,
            lexicon.Frame((), (), "none"),
            {"people": lexicon.WordClass()},
        )
    assert message in str(caught.value)
