"""Words found whatever their case, accents, quotation marks and line breaks, and only as whole words."""

import pytest

from dateline.evaluation.folding import contains, fold, fold_name, fold_text


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("The Norland  Army", "the norland army"),
        ("Brêll", "brell"),
        ("Brell’s mayor", "brell s mayor"),
        ("Da'esh-led", "daesh led"),
        ("the U.S. army", "the us army"),
        ("“Stop.” He", "stop he"),
        ("sol\u00addiers", "soldiers"),
        ("…", ""),
    ],
)
def test_folding(words: str, folded: str) -> None:
    assert fold(words) == folded


def test_a_leading_article_is_no_part_of_a_name() -> None:
    assert fold_name("The Brell Brigade") == "brell brigade"


def test_whole_words_only() -> None:
    assert contains("norland army", "army")
    assert not contains("norland army", "arm")
    assert not contains("norland army", "")


def test_spans_are_of_the_text_as_given() -> None:
    text = "Brêll’s “old\ntown” was shelled; unshelled Old Town"
    assert [text[slice(*span)] for span in fold_text(text).spans("old town")] == ["old\ntown", "Old Town"]
    assert [text[slice(*span)] for span in fold_text(text).spans("shelled")] == ["shelled"]
    assert list(fold_text(text).spans("")) == []
