"""Office-holders by country or body and day, and how a role is worded."""

import pytest

from dateline.who.offices import Offices
from dateline.who.registry import Registry, load_registry
from dateline.who.vocabulary import load_words


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


@pytest.fixture(scope="module")
def offices(registry: Registry) -> Offices:
    return Offices(registry, load_words())


@pytest.mark.parametrize(
    ("title", "day", "holder"),
    [
        ("the Turkish foreign minister", "2018-09-05", "tur-cavusoglu"),
        ("Turkey's foreign minister", "2018-09-05", "tur-cavusoglu"),
        ("the Turkish minister of foreign affairs", "2018-09-05", "tur-cavusoglu"),
        ("the former Turkish foreign minister", "2018-09-05", None),
        ("the Turkish deputy foreign minister", "2018-09-05", None),
        ("the Turkish foreign minister", None, "tur-fidan"),
    ],
)
def test_holder_by_country(offices: Offices, title: str, day: str | None, holder: str | None) -> None:
    found = offices.holder(title, bodies=(), country="TUR", day=day)
    assert (found.id if found else None) == holder


def test_holder_by_body(offices: Offices) -> None:
    found = offices.holder("the UN secretary-general", bodies=("int-un",), country=None, day="2018-09-05")
    assert found is not None
    assert found.id == "int-guterres"


@pytest.mark.parametrize(
    ("person", "day", "role"),
    [
        ("tur-cavusoglu", "2018-09-05", "Foreign Minister of Turkey"),
        ("usa-obama", "2012-03-01", "President of the United States"),
        ("tur-cavusoglu", "2024-02-01", None),
    ],
)
def test_role_on_a_day(registry: Registry, offices: Offices, person: str, day: str, role: str | None) -> None:
    held = registry.role_on(registry.entries[person], day)
    assert (offices.wording(held) if held else None) == role
