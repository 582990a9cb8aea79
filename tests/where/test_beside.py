"""Places told by another place: where the point goes, and how far round it the place may lie."""

from collections.abc import Callable

import pytest

from dateline.records import Place
from dateline.rooms import Draft, Room
from dateline.where import make_room
from dateline.where.beside import moved

Make = Callable[..., Draft]


@pytest.fixture(scope="module")
def room() -> Room:
    return make_room()


def first(room: Room, draft: Draft) -> Place:
    return room.run(draft).places[0]


@pytest.mark.parametrize(
    ("text", "words", "lat", "lon", "radius"),
    [
        ("Shells fell 20 km south of Mosul.", "20 km south of Mosul", 36.155, 43.119, 5.0),
        ("The convoy halted 15 miles north-east of Aleppo.", "15 miles north-east of Aleppo", 36.355, 37.352, 6.0),
        (
            "The army holds a hill ten kilometres to the west of Hama.",
            "ten kilometres to the west of Hama",
            35.135,
            36.644,
            2.5,
        ),
        ("Fighters massed south of Aleppo.", "south of Aleppo", 36.021, 37.161, 20.0),
    ],
)
def test_a_distance_and_a_direction_move_the_point(
    room: Room, draft: Make, text: str, words: str, lat: float, lon: float, radius: float
) -> None:
    place = first(room, draft(text))
    assert (place.text, place.level, place.geonameid) == (words, "region", None)
    assert (place.lat, place.lon) == (pytest.approx(lat, abs=0.01), pytest.approx(lon, abs=0.01))
    assert place.radius_km == pytest.approx(radius, abs=0.5)
    assert text[slice(*place.span)] == words


def test_a_river_tells_no_distance(room: Room, draft: Make) -> None:
    place = first(room, draft("Tribes east of the Euphrates refused to leave."))
    assert place.text == "east of the Euphrates"
    assert place.radius_km is not None and place.radius_km >= 100


@pytest.mark.parametrize("text", ["Fighters gathered near Damascus.", "They live on the outskirts of Damascus."])
def test_near_keeps_the_name_and_its_id(room: Room, draft: Make, text: str) -> None:
    place = first(room, draft(text))
    assert (place.text, place.geonameid, place.radius_km) == ("Damascus", 170654, 20.0)


@pytest.mark.parametrize("text", ["Damascus fell silent.", "Clashes broke out in the south of Damascus."])
def test_a_place_itself_has_no_radius(room: Room, draft: Make, text: str) -> None:
    assert first(room, draft(text)).radius_km is None


def test_points_on_the_sphere() -> None:
    assert moved(0.0, 179.9, 90.0, 100.0) == (pytest.approx(0.0, abs=0.01), pytest.approx(-179.2, abs=0.01))
