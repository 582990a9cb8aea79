"""Expressions, their spans and their values, one sentence of our own each."""

from collections.abc import Callable

import pytest

from dateline.records import DateExpression
from dateline.rooms import Draft
from dateline.when import make_room

Make = Callable[..., Draft]

# Published on Wednesday 5 September 2018 unless a test says otherwise.
CASES = [
    ("The summit is scheduled for September 7 in the capital.", "September 7", "DATE", "2018-09-07"),
    ("The town fell on 12 March 2015.", "12 March 2015", "DATE", "2015-03-12"),
    ("They met on Tuesday.", "Tuesday", "DATE", "2018-09-04"),
    ("They will meet on Friday.", "Friday", "DATE", "2018-09-07"),
    ("The raid took place last Tuesday.", "last Tuesday", "DATE", "2018-09-04"),
    ("Talks resume next Monday.", "next Monday", "DATE", "2018-09-10"),
    ("In early 2015 the front moved.", "early 2015", "DATE", "2015"),
    ("The road has been shut since May 2014.", "May 2014", "DATE", "2014-05"),
    ("Yesterday the bridge was hit.", "Yesterday", "DATE", "2018-09-04"),
    ("Shells fell on Monday evening.", "Monday evening", "TIME", "2018-09-03TEV"),
    ("The curfew starts at 6 p.m. on Friday.", "6 p.m. on Friday", "TIME", "2018-09-07T18:00"),
    ("The siege lasted two years.", "two years", "DURATION", "P2Y"),
    ("Over the last three months the army gained ground.", "the last three months", "DURATION", "P3M"),
    ("The convoy was hit three days ago.", "three days ago", "DATE", "2018-09-02"),
    ("Last year the group split.", "Last year", "DATE", "2017"),
    ("The camp grew last week.", "last week", "DATE", "2018-W35"),
    ("The offensive of the 1990s failed.", "the 1990s", "DATE", "199"),
    ("Rockets land there every day.", "every day", "SET", "P1D"),
    ("They protest on Fridays.", "on Fridays", "SET", "XXXX-WXX-5"),
    ("The price is now twice as high.", "now", "DATE", "PRESENT_REF"),
    ("Elections are due in December.", "December", "DATE", "2018-12"),
    ("The border has been closed since 2012.", "2012", "DATE", "2012"),
    ("On 2018-08-31 the decree was signed.", "2018-08-31", "DATE", "2018-08-31"),
    ("It opened on 25/12/2016.", "25/12/2016", "DATE", "2016-12-25"),
    ("The 2016 truce collapsed.", "2016", "DATE", "2016"),
    ("The war began in nineteen ninety-six.", "nineteen ninety-six", "DATE", "1996"),
    ("The camp was built in the year two thousand.", "the year two thousand", "DATE", "2000"),
    ("Exports fell in the third quarter.", "the third quarter", "DATE", "2018-Q3"),
    ("Attacks have risen in recent months.", "recent months", "DATE", "PAST_REF"),
    ("The market was bombed six weeks ago.", "six weeks ago", "DATE", "2018-W30"),
    ("The agreement, announced Friday, was hailed.", "Friday", "DATE", "2018-08-31"),
    ("The talks scheduled for Friday were hailed.", "Friday", "DATE", "2018-09-07"),
    ("The curfew holds until Friday.", "Friday", "DATE", "2018-09-07"),
    ("They have lived there since the start of the war.", "the start of the war", "DATE", "PAST_REF"),
    ("He was buried on 15 Ramadan 1439.", "15 Ramadan 1439", "DATE", "2018-05-30"),
    ("The Shah fell on 22 Bahman 1357.", "22 Bahman 1357", "DATE", "1979-02-11"),
    ("The post closed in Nisan 2017.", "Nisan 2017", "DATE", "2017-04"),
]


def dates(draft: Draft) -> tuple[DateExpression, ...]:
    return make_room().run(draft).dates


@pytest.mark.parametrize(("text", "words", "kind", "value"), CASES)
def test_value(draft: Make, text: str, words: str, kind: str, value: str) -> None:
    (found,) = dates(draft(text, published="2018-09-05"))
    assert (found.text, found.kind, found.timex) == (words, kind, value)
    assert text[slice(*found.span)] == words


@pytest.mark.parametrize(
    "text",
    [
        "The army may march on the town.",
        "About 2000 fighters left.",
        "The second man was hurt.",
        "He fell 3-1 behind.",
        "The mayor, Mr May, spoke.",
        "The Council adopted resolution 2254.",
        "He is 52 years old.",
        "The daily newspaper named him.",
        "The Mehr agency quoted Safar Ali.",
    ],
)
def test_what_is_no_date(draft: Make, text: str) -> None:
    assert dates(draft(text, published="2018-09-05")) == ()


def test_counted_from_the_date_told_before(draft: Make) -> None:
    first, second = dates(
        draft("The town fell on 3 May 2016. Two days later the army took it back.", published="2018-09-05")
    )
    assert (first.timex, second.timex) == ("2016-05-03", "2016-05-05")


def test_without_a_day_of_publication_only_what_stands_alone_has_a_value(draft: Make) -> None:
    full, weekday, ago = dates(draft("On 3 May 2016 they met. On Tuesday they met again. It began two years ago."))
    assert (full.timex, full.from_) == ("2016-05-03", "2016-05-03")
    assert (weekday.timex, weekday.from_, weekday.to) == (None, None, None)
    assert ago.timex is None


def test_days_covered(draft: Make) -> None:
    month, week, season = dates(
        draft("It began in June 2017, grew last week and ended in summer 2018.", published="2018-09-05")
    )
    assert (month.from_, month.to) == ("2017-06-01", "2017-06-30")
    assert (week.from_, week.to) == ("2018-08-27", "2018-09-02")
    assert (season.from_, season.to) == ("2018-06-01", "2018-08-31")


def test_fuzzy_parts_are_in_mod(draft: Make) -> None:
    (early,) = dates(draft("It began in early 2015.", published="2018-09-05"))
    (late,) = dates(draft("It ended in late August.", published="2018-09-05"))
    assert (early.mod, late.mod, late.timex) == ("START", "END", "2018-08")


def test_figures_that_could_be_two_days_have_no_value(draft: Make) -> None:
    (found,) = dates(draft("It opened on 05/09/2018.", published="2018-09-05"))
    assert found.timex is None


def test_a_day_that_does_not_exist_has_no_value(draft: Make) -> None:
    (found,) = dates(draft("It opened on 31 February 2017.", published="2018-09-05"))
    assert (found.timex, found.from_) == (None, None)


def test_spans_after_right_to_left_text(draft: Make) -> None:
    text = "قال الجيش today: the town fell on 3 May 2016."
    found = dates(draft(text, published="2018-09-05"))
    assert [text[slice(*one.span)] for one in found] == ["today", "3 May 2016"]


def test_a_year_that_ended_on_a_day_is_a_length(draft: Make) -> None:
    year, _ = dates(draft("The figures are for the year ended June 30.", published="2018-09-05"))
    assert (year.text, year.kind, year.timex) == ("the year", "DURATION", "P1Y")


def test_a_quarter_is_the_last_one_told(draft: Make) -> None:
    found = dates(
        draft(
            "Profit rose in the second quarter. In the quarter, sales fell from a year earlier.", published="2018-09-05"
        )
    )
    assert [date.timex for date in found] == ["2018-Q2", "2018-Q2", "2017-Q2"]


@pytest.mark.parametrize(
    ("published", "days"),
    [("2018-05-20", ("2018-05-16", "2018-06-14")), ("2019-05-01", ("2019-05-06", "2019-06-03")), (None, (None, None))],
)
def test_a_month_of_another_calendar_has_days_and_no_value(
    draft: Make, published: str | None, days: tuple[str | None, str | None]
) -> None:
    (found,) = dates(draft("The guns fell silent during Ramadan.", published=published))
    assert (found.timex, (found.from_, found.to)) == (None, days)


@pytest.mark.parametrize("text", ["On 31 Ramadan 1439 they met.", "On 3 Shawwal 1201 they met."])
def test_a_day_that_no_calendar_has(draft: Make, text: str) -> None:
    (found,) = dates(draft(text, published="2018-09-05"))
    assert (found.timex, found.from_) == (None, None)
