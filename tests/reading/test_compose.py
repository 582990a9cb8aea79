"""An article made of text and title: the text word for word, the headline's span, the date checked."""

import pytest

from dateline.errors import InputError, UnreadableError
from dateline.reading import compose, identify_language, parse_published

BODY = "The army shelled the town on Tuesday, residents said.\n\nNobody was hurt."


def test_a_title_goes_first_and_its_span_is_the_headline() -> None:
    article = compose(BODY, title="Shells hit  border town")
    assert article.text == "Shells hit border town\n\n" + BODY
    assert article.headline == (0, 22)


def test_a_title_the_text_starts_with_is_not_repeated() -> None:
    article = compose("Shells hit border town\n\n" + BODY, title="Shells hit border town")
    assert article.text == "Shells hit border town\n\n" + BODY
    assert article.headline == (0, 22)


def test_a_first_line_that_stands_alone_is_the_headline() -> None:
    assert compose("Shells hit border town\n\n" + BODY).headline == (0, 22)


def test_a_first_paragraph_is_no_headline() -> None:
    assert compose(BODY).headline is None


def test_text_is_kept_word_for_word() -> None:
    text = "  Odd \u200f spacing,\tkept.\r\nالجيش in the middle \x07 too.  "
    assert compose(text).text == text


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    assert compose("bad \ud83d here").text == "bad \ufffd here"


def test_the_id_is_the_content() -> None:
    first, second = compose(BODY, published="2020-01-02"), compose(BODY, published="2020-01-02")
    assert first.id == second.id
    assert first.id != compose(BODY, published="2020-01-03").id


def test_nothing_to_code() -> None:
    with pytest.raises(UnreadableError, match="empty"):
        compose(" \n ")


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2018-09-05", "2018-09-05"),
        ("2018-09-05T14:20:00Z", "2018-09-05"),
        ("5 September 2018", "2018-09-05"),
        ("Wed, 05 Sep 2018 10:00:00 GMT", "2018-09-05"),
        (None, None),
        ("", None),
    ],
)
def test_dates_that_can_be_read(given: str | None, day: str | None) -> None:
    assert parse_published(given) == day


@pytest.mark.parametrize(
    "given", ["yesterday", "2018-13-01", "05/09/2018", "September 2018", "12", "2018-09-05 noonish"]
)
def test_dates_that_cannot(given: str) -> None:
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        parse_published(given)


def test_languages() -> None:
    assert identify_language("The army shelled the town on Tuesday, residents and a monitoring group said.") == "en"
    assert (
        identify_language("Die Armee beschoss am Dienstag die Stadt, sagten Bewohner und Beobachter der Lage.") == "de"
    )
    assert identify_language("قصف الجيش المدينة يوم الثلاثاء وقال السكان إن القرى المحيطة أصيبت أيضا بأضرار") == "ar"
    assert identify_language("Kyiv, Lviv") is None
