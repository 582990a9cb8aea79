"""What an address may ask for, and what it is told when it asks for something else."""

import pytest

from dateline.desk.filters import EventFilter, Paging, read_filter, read_names, read_paging
from dateline.errors import InputError


def test_every_filter() -> None:
    pairs = [
        ("place", " Brell "), ("actor", "sorn"), ("from", "2018-09"), ("to", "2018"), ("type", "assault"), ("type", "AGREE"),
        ("type", "AGREE"), ("status", "planned"), ("outlet", "The Courier"), ("voice", "quoted"), ("geonameid", "7"),
        ("page", "2"), ("limit", "9"),
    ]  # fmt: skip
    kept = read_filter(pairs)
    assert kept == EventFilter(
        "Brell", 7, "2018-09-01", "2018-12-31", "sorn", ("ASSAULT", "AGREE"), ("planned",), "The Courier", "quoted"
    )
    assert read_filter(kept.pairs()) == kept


def test_blanks_count_as_not_given() -> None:
    assert read_filter([("place", ""), ("from", " "), ("type", "")]) == EventFilter()
    assert EventFilter().address("/events") == "/events"


def test_an_address_holds_the_filter() -> None:
    kept = EventFilter(place="Ras al-‘Ayn & more", types=("AID",))
    assert kept.address("/events", 3) == "/events?place=Ras+al-%E2%80%98Ayn+%26+more&type=AID&page=3"
    assert kept.without("type", "AID") == EventFilter(place="Ras al-‘Ayn & more")
    assert kept.at(7, "Brell") == EventFilter(geonameid=7, types=("AID",))
    assert kept.at(None, "Brell") == EventFilter(place="Brell", types=("AID",))


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("typ", "ASSAULT", "there are place"),
        ("type", "WAR", "ASSAULT"),
        ("status", "maybe", "hypothetical"),
        ("voice", "both", "quoted"),
        ("from", "yesterday", "2018-09-05"),
        ("from", "2018-02-30", "2018-09-05"),
        ("to", "2018-13", "2018-09-05"),
        ("to", "0000", "2018-09-05"),
        ("geonameid", "-1", "whole number"),
        ("geonameid", "9" * 30, "whole number"),
        ("geonameid", "٣", "whole number"),
    ],
)
def test_a_wrong_value_is_told_what_is_allowed(name: str, value: str, remedy: str) -> None:
    with pytest.raises(InputError) as caught:
        read_filter([(name, value)])
    assert remedy in str(caught.value) and name in str(caught.value)


def test_days_in_the_wrong_order() -> None:
    with pytest.raises(InputError, match="after"):
        read_filter([("from", "2018-09-05"), ("to", "2018-09-04")])


@pytest.mark.parametrize("value", ["0", "-1", "x", "1.5", "99999999999999"])
def test_paging_is_checked(value: str) -> None:
    for name in ("page", "limit"):
        with pytest.raises(InputError, match=name):
            read_paging([(name, value)])


def test_paging() -> None:
    assert read_paging([("page", "3"), ("limit", "20")]) == Paging(3, 20)
    assert Paging(3, 20).offset == 40
    assert [Paging(1, 20).pages(rows) for rows in (0, 20, 21)] == [1, 1, 2]


def test_names() -> None:
    assert read_names([("q", " war "), ("outlet", "")], ("q", "outlet")) == {"q": "war"}
    with pytest.raises(InputError, match="no filter 'sort'"):
        read_names([("sort", "day")], ("q",))
