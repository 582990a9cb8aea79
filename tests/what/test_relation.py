"""What one span does to another."""

from __future__ import annotations

import pytest
from spacy.language import Language

from dateline.what import relation


def between(nlp: Language, text: str, source: str, target: str) -> str:
    spans = [(text.index(words), text.index(words) + len(words)) for words in (source, target)]
    return relation(nlp(text), source=spans[0], target=spans[1])


@pytest.mark.parametrize(
    ("text", "source", "target", "expected"),
    [
        ("Norland bombed Sudland.", "Norland", "Sudland", "ASSAULT"),
        ("Sudland was bombed by Norland.", "Norland", "Sudland", "ASSAULT"),
        ("Norland praised Sudland and condemned Ostland.", "Norland", "Sudland", "SUPPORT"),
        ("Norland praised Sudland and condemned Ostland.", "Norland", "Ostland", "ACCUSE"),
        ("Norland's premier met the president of Sudland.", "Norland's premier", "Sudland", "CONSULT"),
        ("Norland will send aid to Sudland.", "Norland", "Sudland", "AGREE"),
        ("Norland lies north of Sudland.", "Norland", "Sudland", "NONE"),
    ],
)
def test_relation(nlp: Language, text: str, source: str, target: str, expected: str) -> None:
    assert between(nlp, text, source, target) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A Norland court convicted the Sudland envoy.", "ACCUSE"),
        ("Norland agreed to withdraw its troops from Sudland.", "AGREE"),
        ("Norland imposed sanctions on Sudland.", "COERCE"),
    ],
)
def test_it_answers_by_the_crosswalk_of_2021(nlp: Language, text: str, expected: str) -> None:
    assert between(nlp, text, "Norland", "Sudland") == expected


def test_who_does_it_and_who_has_it_done_to_them_are_told_apart(nlp: Language) -> None:
    text = "Norland accused Sudland of shelling its port; Sudland rejected the charge."
    assert between(nlp, text, "Norland", "Sudland") == "ACCUSE"


def test_a_span_outside_the_text_has_no_relation(nlp: Language) -> None:
    assert relation(nlp("Norland bombed Sudland."), source=(0, 7), target=(90, 99)) == "NONE"
