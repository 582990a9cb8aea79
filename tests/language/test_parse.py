"""Where sentences begin besides where the parser thinks."""

import pytest
from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Shells hit town\n\nThe army fired.", ["Shells", "The"]),
        ("GENEVA, Sept 5 (Northern Wire) - Envoys met on Monday.", ["GENEVA", "Envoys"]),
        ("TEL ABYAD, Syria (NW) — Shells fell. Nobody was hurt.", ["TEL", "Shells", "Nobody"]),
        ("The US-led coalition – with help – took the town.", ["The"]),
        ("One line\nand the next of it.", ["One"]),
    ],
)
def test_sentences_begin(nlp: Language, text: str, begins: list[str]) -> None:
    assert [sent[0].text for sent in nlp(text).sents] == begins
