"""Where: names found, what stands beside them, and which place they mean. Sentences are our own."""

from collections.abc import Callable

import pytest

from dateline.records import Place
from dateline.rooms import Draft, Room
from dateline.where import load_gazetteer, make_room
from dateline.where.rank import WEIGHTS

Make = Callable[..., Draft]


@pytest.fixture(scope="module")
def room() -> Room:
    return make_room()


def places(room: Room, draft: Draft) -> list[Place]:
    return list(room.run(draft).places)


def test_city_and_province(room: Room, draft: Make) -> None:
    city, province, country = places(room, draft("They left Idlib for other parts of Idlib province in Syria."))
    assert (city.text, city.level, city.geonameid) == ("Idlib", "settlement", 169389)
    assert (province.text, province.level, province.country) == ("Idlib", "admin1", "SYR")
    assert (country.level, country.country, country.form) == ("country", "SYR", "name")


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Militias clashed in Tripoli, the Libyan capital.", "Tripoli", "LBY"),
        ("Lebanese troops deployed in Tripoli after the funeral in Lebanon.", "Tripoli", "LBN"),
        ("Troops entered Georgia from Russia, and Tbilisi protested.", "Georgia", "GEO"),
        ("Voters in Georgia and Texas went to the polls in the United States, in Atlanta too.", "Georgia", "USA"),
        ("The convoy left Hama for Homs in central Syria.", "Hama", "SYR"),
    ],
)
def test_the_article_decides_between_namesakes(room: Room, draft: Make, text: str, name: str, country: str) -> None:
    assert next(p for p in places(room, draft(text)) if p.text == name).country == country


def test_the_name_after_the_comma_decides(room: Room, draft: Make) -> None:
    found = places(room, draft("She moved from Paris, Texas, to London, Ontario."))
    assert [(p.text, p.country) for p in found if p.text in {"Paris", "London"}] == [
        ("Paris", "USA"),
        ("London", "CAN"),
    ]


def test_a_demonym_is_its_country(room: Room, draft: Make) -> None:
    (found,) = places(room, draft("A Turkish convoy arrived."))
    assert (found.text, found.form, found.country, found.level) == ("Turkish", "demonym", "TUR", "country")


def test_regions_and_features_of_news(room: Room, draft: Make) -> None:
    found = places(room, draft("Aid came through Bab al-Hawa while eastern Ghouta was shelled."))
    assert [(p.name, p.level) for p in found] == [("Bab al-Hawa crossing", "feature"), ("Eastern Ghouta", "region")]


def test_spelling_of_the_article_does_not_matter() -> None:
    gazetteer = load_gazetteer()
    spelled = {
        gazetteer.find(name)[0].geonameid for name in ("Jisr al-Shughur", "Jisr ash-Shughour", "jisr al shughur")
    }
    assert len(spelled) == 1


def test_a_name_no_gazetteer_knows_has_no_coordinates(room: Room, draft: Make) -> None:
    found = [
        p
        for p in places(room, draft("Shelling hit the village of Qorbantepe in Syria on Monday."))
        if p.text == "Qorbantepe"
    ]
    assert all((p.lat, p.lon, p.geonameid, p.confidence) == (None, None, None, None) for p in found)


@pytest.mark.parametrize("text", ["Mr Bangor spoke in May.", "She said that reading was nice.", "Can the deal hold?"])
def test_what_is_no_place(room: Room, draft: Make, text: str) -> None:
    assert places(room, draft(text)) == []


def test_spans_index_the_text(room: Room, draft: Make) -> None:
    text = "إدلب: shells hit Saraqib and Ma’arrat Misrin, near Idlib, Syria."
    found = places(room, draft(text))
    assert {"Saraqib", "Idlib", "Syria"} <= {p.text for p in found}
    assert all(text[slice(*p.span)] == p.text for p in found)


def test_every_feature_says_what_it_measures() -> None:
    assert all(feature.__doc__ for feature, _ in WEIGHTS)


def test_the_gazetteer_knows_the_whole_world() -> None:
    gazetteer = load_gazetteer()
    for name in ("Kyiv", "Lagos", "La Paz", "Naypyidaw", "Suva", "Nuuk"):
        assert gazetteer.find(name), name
