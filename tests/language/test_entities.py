"""The tagger of names: what it finds, and what it does with a parse's ends."""

import numpy as np
import pytest
from spacy.language import Language

from dateline.language.entities import windows


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("The United Nations called on Russia to stop the strikes.", "Russia", "GPE"),
        ("President Vladimir Putin said the army had left.", "Vladimir Putin", "PERSON"),
        ("He spoke to the Security Council on Tuesday.", "Tuesday", "DATE"),
        ("About 2,000 people fled the city.", "2,000", "CARDINAL"),
    ],
)
def test_names_and_figures(nlp: Language, text: str, name: str, label: str) -> None:
    found = [(ent.text, ent.label_) for ent in nlp(text).ents]
    assert any(name in words and label == kind for words, kind in found)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Putin"])
def test_the_shortest_texts(nlp: Language, text: str) -> None:
    assert all(ent.text.strip() == ent.text for ent in nlp(text).ents)


def test_no_label_depends_on_the_batch(nlp: Language) -> None:
    texts = ["Russia and Turkey met in Sochi.", "Nobody came.", "Angela Merkel flew to Kyiv on Monday."]
    together = [[(ent.text, ent.label_) for ent in doc.ents] for doc in nlp.pipe(texts, batch_size=3)]
    assert together == [[(ent.text, ent.label_) for ent in nlp(text).ents] for text in texts]


def test_windows_hold_zeros_beyond_the_ends() -> None:
    rows = np.array([[1.0], [2.0], [3.0]], dtype=np.float32)
    assert windows(rows, 1).tolist() == [[0, 1, 2], [1, 2, 3], [2, 3, 0]]
