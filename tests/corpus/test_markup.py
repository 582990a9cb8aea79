"""The corpus's markup: what a sentence holds, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.check import faults
from corpus.markup import SENTENCES, MarkedEvent, MarkedStatement, read_file, read_sentence
from dateline.codebook import load_codebook
from dateline.errors import CodebookError

CODEBOOK = load_codebook()


def test_a_sentence_with_nested_spans_an_event_and_a_statement() -> None:
    sentence = read_sentence(
        "{The mayor of {Harat|place1}|person1} {said|cue1} {{gunmen|group1} had {torched|trigger1} {the depot|place2}|content1}.",
        [
            "  trigger1: ASSAULT-destroy+primitive occurred speech actor=group1 recipient=place2 contexts=crime",
            "  cue1: speaker=person1 content=content1",
        ],
        codebook=CODEBOOK,
    )
    assert sentence.text == "The mayor of Harat said gunmen had torched the depot."
    assert sentence.text[slice(*(sentence.span("content1").begin, sentence.span("content1").end))] == (
        "gunmen had torched the depot"
    )
    assert [span.label for span in sentence.spans][:3] == ["person1", "place1", "cue1"]
    assert sentence.events == (
        MarkedEvent(
            "trigger1", "ASSAULT", ("destroy", "primitive"), "occurred", "speech", ("group1",), ("place2",), (), (), ("crime",), None
        ),
    )  # fmt: skip
    assert sentence.statements == (MarkedStatement("cue1", ("person1",), ("content1",)),)


@pytest.mark.parametrize(
    ("line", "notes", "message"),
    [
        ("{Rebels|group1 fled.", [], "never closed|a kind and a number"),
        ("Rebels} fled the town.", [], "without its"),
        ("{Rebels |group1} fled.", [], "space at its edge"),
        ("{Rebels|rebels1} fled.", [], "a label is a kind"),
        ("{Rebels|group1} met {rebels|group1}.", [], "marked twice"),
        ("{Rebels|group1} {fled|trigger1}.", [], "no note on trigger1"),
        ("{Rebels|group1} fled the town.", [], "no event; say why"),
        ("{Rebels|group1} {fled|trigger1}.", ["  trigger1: FLIGHT occurred active"], "'FLIGHT' is none of"),
        ("{Rebels|group1} {fled|trigger1}.", ["  trigger1: RETREAT-fly occurred active"], "'fly' is none of"),
        ("{Rebels|group1} {fled|trigger1}.", ["  trigger1: RETREAT done active"], "'done' is none of"),
        ("{Rebels|group1} {fled|trigger1}.", ["  trigger1: RETREAT occurred active actor=group2"], "not marked"),
        ("{Rebels|group1} {fled|trigger1}.", ["  trigger1: RETREAT occurred active actor:group1"], "no key=value"),
        ("{Rebels|group1} {fled|trigger1}.", ["  trigger2: RETREAT occurred active"], "does not mark"),
        ("{Rebels|group1} fled.", ["  none: because"], "'because' is none of"),
    ],
)
def test_broken_markup_is_refused_with_its_reason(line: str, notes: list[str], message: str) -> None:
    with pytest.raises(CodebookError, match=message):
        read_sentence(line, notes, codebook=CODEBOOK)


def test_a_file_gives_region_and_line(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text("# region: Sahel\n\nNothing happened there at all.\n  none: routine\n", encoding="utf-8")
    (sentence,) = read_file(path)
    assert (sentence.region, sentence.origin, sentence.look_alike) == ("Sahel", "some.txt:3", "routine")


def test_near_duplicates_and_stubs_are_faults(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    lines = [
        "The envoy flew home on Monday after the talks.",
        "The envoy flew home on Friday after the talks.",
        "He left.",
    ]
    path.write_text("\n".join(f"{line}\n  none: routine" for line in lines), encoding="utf-8")
    found = list(faults([path]))
    assert [fault.split(":")[1] for fault in found] == ["5", "3"]
    assert "too like some.txt:1" in found[1]


def test_the_corpus_itself_has_no_faults() -> None:
    assert list(faults(sorted(SENTENCES.glob("*.txt")))) == []
