"""Dates, amounts and lists as a reader would say them."""

import pytest

from dateline.desk import words


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2018-09-07", "2018-09-07", "7 September 2018"),
        ("2018-09-03", "2018-09-07", "3–7 September 2018"),
        ("2018-09-01", "2018-09-30", "September 2018"),
        ("2018-01-01", "2018-12-31", "2018"),
        ("2017-01-01", "2018-12-31", "2017–2018"),
        ("2018-07-01", "2018-09-30", "July – September 2018"),
        ("2018-12-01", "2019-02-28", "December 2018 – February 2019"),
        ("2018-08-30", "2018-09-02", "30 August – 2 September 2018"),
        ("2018-12-30", "2019-01-02", "30 December 2018 – 2 January 2019"),
        ("2018-09-07", None, "from 7 September 2018"),
        (None, "2018-09-07", "until 7 September 2018"),
        (None, None, None),
        ("soon", "soon", "soon"),
        ("2018-09-07", "later", "2018-09-07 to later"),
    ],
)
def test_dates(first: str | None, last: str | None, said: str | None) -> None:
    assert words.dates(first, last) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [("2018", "2018"), ("2018-09", "September 2018"), ("2018-09-07", "7 September 2018"), ("P2Y", "P2Y"),
     ("2018-SU", "2018-SU"), ("2018-13", "2018-13"), ("FUTURE_REF", "FUTURE_REF"), ("20", "20")],
)  # fmt: skip
def test_timex(value: str, said: str) -> None:
    assert words.timex(value) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(4, 4, "4"), (4, None, "4 or more"), (None, 9, "up to 9"), (4, 9, "4 to 9"), (3e6, None, "3,000,000 or more"),
     (1.5, 1.5, "1.5"), (None, None, None)],
)  # fmt: skip
def test_amount(low: float | None, high: float | None, said: str | None) -> None:
    assert words.amount(low, high) == said


def test_joined_and_counted() -> None:
    assert [words.joined(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]
    assert [words.counted(count, "event") for count in (0, 1, 1204)] == ["0 events", "1 event", "1,204 events"]


def test_every_code_has_words() -> None:
    from typing import get_args

    from dateline.records import ClaimKind, DateSource, EventStatus, Tone

    for table, codes in (
        (words.STATUSES, EventStatus), (words.CLAIM_VERBS, ClaimKind), (words.DATE_SOURCES, DateSource), (words.TONES, Tone)
    ):  # fmt: skip
        assert {*table} == {*get_args(codes)}


@pytest.mark.parametrize(("score", "said"), [(-9.5, "−9.5"), (0.0, "0"), (3.0, "+3"), (-10.0, "−10")])
def test_signed(score: float, said: str) -> None:
    assert words.signed(score) == said


@pytest.mark.parametrize("text", ["“Nobody fired”", "'Nobody fired'", "Nobody fired", "« Nobody fired »"])
def test_unquoted(text: str) -> None:
    assert words.unquoted(text) == "Nobody fired"
