"""What the event coder learns from: words, roles and relations of annotated sentences."""

from __future__ import annotations

import pytest

from corpus.events.examples import UNKNOWN, Example, ExampleMaker, fold_of
from corpus.markup import Sentence, read_sentence
from corpus.second_reading import Read, compare, drawn, pairs, read_second
from dateline.codebook import load_codebook
from dateline.language import load_encoder
from dateline.what.heads import RELATIONS, ROLES
from dateline.what.signs import STATUSES, Codes

CODES = Codes.of(load_codebook())


@pytest.fixture(scope="module")
def maker() -> ExampleMaker:
    return ExampleMaker(load_encoder().cutter)


def sentence(line: str, *notes: str) -> Sentence:
    return read_sentence(line, [f"  {note}" for note in notes], codebook=load_codebook(), origin="test:1")


def made(maker: ExampleMaker, line: str, *notes: str) -> Example:
    return next(maker.examples([sentence(line, *notes)]))


SHELLED = (
    "{The Norland army|military1} {shelled|trigger1} {the town|place1} on {Tuesday|date1}.",
    "trigger1: ASSAULT-heavy-weapons ongoing active actor=military1 recipient=place1 place=place1 date=date1 contexts=military",
)


def test_an_event_with_its_parts(maker: ExampleMaker) -> None:
    example = made(maker, *SHELLED)
    (event,) = example.events
    assert example.text.split()[event.token] == "shelled"
    assert CODES.types[event.type] == "ASSAULT"
    assert [CODES.codes[mode] for mode in event.modes] == [("ASSAULT", "heavy-weapons")]
    assert STATUSES[event.status] == "ongoing"
    words = example.text.rstrip(".").split()
    roles = {words[c]: ROLES[role] for c, role in zip(event.candidates, event.roles, strict=True)}
    assert {word: role for word, role in roles.items() if role != "none"} == {
        "army": "actor", "town": "recipient", "Tuesday": "date",
    }  # fmt: skip
    assert example.lost == 0


def test_the_word_that_carries_stands_below_a_form_of_be(maker: ExampleMaker) -> None:
    example = made(
        maker, "{Norland|state1} {is willing to hold|trigger1} talks with {Sudland|state2}.",
        "trigger1: AGREE planned active actor=state1 recipient=state2 act=CONSULT",
    )  # fmt: skip
    assert example.text.split()[example.events[0].token] == "willing"


def test_pairs_answer_by_the_crosswalk(maker: ExampleMaker) -> None:
    shelled = sentence(*SHELLED)
    jailed = sentence(
        "{A court|government1} {jailed|trigger1} {the editor|person1} for four years.",
        "trigger1: SANCTION-convict occurred active actor=government1 recipient=person1",
    )
    answers = [RELATIONS[pair.shares[0][0]] for pair in maker.pairs([shelled, jailed])]
    assert answers == ["ASSAULT", "ACCUSE"]


def test_a_row_without_a_trigger_leaves_all_words_open(maker: ExampleMaker) -> None:
    text = "Norland released nine sailors of Sudland."
    row = {
        "id": "r1", "sentence_id": "7", "text": text, "root": "YIELD", "source_spans": [[0, 7]], "target_spans": [[17, 29]],
    }  # fmt: skip
    (one,) = maker.unplaced([row])
    assert one.group == 7
    assert {CODES.types[t] for t in one.types} == {"RETREAT", "CONCEDE"}
    assert (one.example.mentions == UNKNOWN).all()
    assert text.split()[one.source] == "Norland"
    assert "released" in {text.split()[word] for word in one.words}
    (pair,) = maker.asked([row])
    assert {RELATIONS[answer] for answer, _ in pair.shares} == {"RETREAT", "CONCEDE"}


def test_rows_of_one_sentence_share_their_fold() -> None:
    assert fold_of([4, 9, 4, 2, 9], 2) == [0, 1, 0, 0, 1]


def test_a_second_reading_is_matched_by_its_word() -> None:
    read = [Read("shelled", "ASSAULT", None, "ongoing"), Read("rained", "ASSAULT", None, "occurred")]
    found = list(pairs(sentence(*SHELLED), read))
    assert [(one is not None, other.word if other else None) for one, other in found] == [
        (True, "shelled"),
        (False, "rained"),
    ]


def test_a_broken_second_reading_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "reading.txt"
    path.write_text("1: shelled ASSAULT\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="write word=CODE status, or none"):
        read_second(path)


def test_a_reader_who_agrees_with_all_has_full_agreement() -> None:
    same = {
        number: [
            Read(
                one.text[slice(one.span(e.trigger).begin, one.span(e.trigger).end)].split()[0],
                e.type,
                (*e.modes, None)[0],
                e.status,
            )
            for e in one.events
        ]
        for number, one in enumerate(drawn(), 1)
    }
    lines = list(compare(same))
    assert lines[1] == "any event in the sentence: 1.000 of sentences"
    assert "kappa 1.000" in lines[3]
