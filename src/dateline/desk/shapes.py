"""Which outlines a map needs: the world, and the first-level units of the countries that hold events."""

from __future__ import annotations

import re
from importlib.resources import files

from dateline.desk.rows import MapPage

# Detailed outlines of more countries than this would make a heavy page; those with most events come first.
_MOST_COUNTRIES = 12
_ISO3 = re.compile("[A-Z]{3}")


def shapes_of(found: MapPage) -> tuple[str, ...]:
    """Names of the outline files under ``static/shapes`` that a map of these places should draw, coarse ones first.

    A country without a file of its own is drawn from the world's outlines only.
    """
    folder = files("dateline.desk").joinpath("static", "shapes")
    counts: dict[str, int] = {}
    for place in found.places:
        if place.country and _ISO3.fullmatch(place.country):
            counts[place.country] = counts.get(place.country, 0) + place.count
    countries = sorted(counts, key=lambda country: -counts[country])[:_MOST_COUNTRIES]
    names = ["world.json", *(f"{country.lower()}.json" for country in countries)]
    return tuple(name for name in names if folder.joinpath(name).is_file())
