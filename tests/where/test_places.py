"""Where: names found, what stands beside them, and which place they mean. Sentences are our own."""

from collections.abc import Callable

import pytest

from dateline.records import Place
from dateline.rooms import Draft, Room
from dateline.where import make_room
from dateline.where.calibration import load_calibration
from dateline.where.publishers import Publishers
from dateline.who import load_registry
from dateline.who import make_room as make_who

Make = Callable[..., Draft]


@pytest.fixture(scope="module")
def room() -> Room:
    return make_room()


def places(room: Room, draft: Draft) -> list[Place]:
    return list(room.run(draft).places)


def by_text(room: Room, draft: Draft) -> dict[str, Place]:
    return {place.text: place for place in places(room, draft)}


def test_city_and_province(room: Room, draft: Make) -> None:
    city, province, country = places(room, draft("They left Idlib for other parts of Idlib province in Syria."))
    assert (city.text, city.level, city.geonameid) == ("Idlib", "settlement", 169389)
    assert (province.text, province.name, province.level, province.geonameid) == (
        "Idlib province",
        "Idlib",
        "admin1",
        169387,
    )
    assert (country.level, country.country, country.form, country.geonameid) == ("country", "SYR", "name", 163843)
    assert (province.lat, province.lon) == pytest.approx((35.9, 36.7), abs=0.3)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Militias clashed in Tripoli, the Libyan capital.", "Tripoli", "LBY"),
        ("Lebanese troops deployed in Tripoli after the funeral in Lebanon.", "Tripoli", "LBN"),
        ("Troops entered Georgia from Russia, and Tbilisi protested.", "Georgia", "GEO"),
        ("Voters in Georgia and Texas went to the polls in the United States, in Atlanta too.", "Georgia", "USA"),
        ("The convoy left Hama for Homs in central Syria.", "Hama", "SYR"),
        ("Rebels in Sudan advanced on Nyala from Darfur.", "Nyala", "SDN"),
    ],
)
def test_the_article_decides_between_namesakes(room: Room, draft: Make, text: str, name: str, country: str) -> None:
    assert by_text(room, draft(text))[name].country == country


def test_the_name_after_the_comma_decides(room: Room, draft: Make) -> None:
    found = by_text(room, draft("She moved from Paris, Texas, to London, Ontario."))
    assert (found["Paris"].country, found["Paris"].admin1) == ("USA", "Texas")
    assert (found["London"].country, found["London"].admin1) == ("CAN", "Ontario")


def test_a_name_means_the_same_throughout(room: Room, draft: Make) -> None:
    text = "Police in Paris, Texas, found a car. Neighbours said that Paris was quiet. The mayor left Paris on Monday."
    assert {place.country for place in places(room, draft(text)) if place.text == "Paris"} == {"USA"}


def test_a_demonym_is_its_country(room: Room, draft: Make) -> None:
    (found,) = places(room, draft("A Turkish convoy arrived."))
    assert (found.text, found.form, found.country, found.level) == ("Turkish", "demonym", "TUR", "country")


def test_a_people_is_no_place(room: Room, draft: Make) -> None:
    assert places(room, draft("Many Turks and Iraqis voted.")) == []


def test_regions_and_features_of_news(room: Room, draft: Make) -> None:
    found = places(room, draft("Aid came through Bab al-Hawa while eastern Ghouta was shelled."))
    assert [(p.name, p.level) for p in found] == [("Bab al-Hawa crossing", "feature"), ("Eastern Ghouta", "region")]


def test_part_of_a_country_is_a_region_of_its_own(room: Room, draft: Make) -> None:
    (found,) = places(room, draft("Fighting spread across northern Syria."))
    assert (found.text, found.name, found.level, found.country) == ("northern Syria", "northern Syria", "region", "SYR")
    assert found.geonameid is None


@pytest.mark.parametrize(
    ("written", "geonameid"),
    [
        ("Khan Sheikhoun", 168325),
        ("Khan Shaykhun", 168325),
        ("Jisr al-Shughour", 169023),
        ("Jisr ash-Shughur", 169023),
        ("Maarat al-Numan", 167611),
        ("Ma'arrat al-Nu'man", 167611),
    ],
)
def test_transliterations(room: Room, draft: Make, written: str, geonameid: int) -> None:
    found = by_text(room, draft(f"Shells fell on {written} in Syria."))
    assert found[written].geonameid == geonameid


def test_an_unknown_name_has_no_coordinates(room: Room, draft: Make) -> None:
    found = by_text(
        room, draft("The village of Qorbantepe, in Syria, was shelled; people fled to Qorbantepe from Homs.")
    )
    unknown = [place for text, place in found.items() if "Qorbantepe" in text]
    assert all((p.lat, p.lon, p.geonameid, p.level, p.confidence) == (None,) * 5 for p in unknown)
    assert found["Homs"].lat is not None


@pytest.mark.parametrize(
    "text",
    [
        "Mr Bangor spoke in May.",
        "She said that reading was nice.",
        "Can the deal hold?",
        "Michael Jordan scored.",
        "Give us a chance, they told us.",
    ],
)
def test_what_is_no_place(room: Room, draft: Make, text: str) -> None:
    assert places(room, draft(text)) == []


def test_a_body_of_the_registry_is_no_place(room: Room, draft: Make) -> None:
    """Xinhua is a town in China too, and Al a name of several."""
    text = "Two trucks burnt near Hama, Xinhua reported. Nobody was hurt, according to Al-Ahram."
    assert [place.text for place in places(room, make_who().run(draft(text)))] == ["Hama"]


def test_a_surname_that_is_a_town_too(room: Room, draft: Make) -> None:
    text = "Omar Hamilton joined the talks. Hamilton said nothing. He later flew to Geneva."
    assert [place.text for place in places(room, draft(text))] == ["Geneva"]


def test_an_abbreviation_stands_as_it_is_written(room: Room, draft: Make) -> None:
    (found,) = places(room, draft("The U.S.-led coalition withdrew."))
    assert (found.text, found.country) == ("U.S.", "USA")


def test_spans_index_the_text(room: Room, draft: Make) -> None:
    text = "إدلب: shells hit Saraqib and Ma’arrat Misrin, near Idlib, Syria."
    found = places(room, draft(text))
    assert {"Saraqib", "Idlib", "Syria"} <= {p.text for p in found}
    assert all(text[slice(*p.span)] == p.text for p in found)
    assert [p.id for p in found] == [f"p{n}" for n in range(1, len(found) + 1)]
    assert [p.span for p in found] == sorted(p.span for p in found)


@pytest.mark.parametrize(("outlet", "country"), [("El Pais", "ESP"), (None, "MEX")])
def test_an_outlets_country_counts(room: Room, draft: Make, outlet: str | None, country: str) -> None:
    found = room.run(draft("Residents of Guadalajara queued for fuel on Monday.", outlet=outlet)).places
    assert found[0].country == country


def test_an_outlet_nobody_knows() -> None:
    assert Publishers(load_registry()).country("Nobody's Gazette") is None
    assert Publishers(load_registry()).country(None) is None


def test_calibration_keeps_the_order_and_the_bounds() -> None:
    calibration = load_calibration()
    shares = [calibration.share(raw) for raw in (0.0, 0.2, 0.5, 0.9, 1.0)]
    assert shares == sorted(shares) and shares[0] > 0 and shares[-1] < 1
