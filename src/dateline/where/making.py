"""Making a gazetteer file: rows with their names → the columns that ``gazetteer`` reads. The same rows give the same bytes.

Used by ``tools/build_gazetteer.py``, which makes the file that ships, and by ``dump``, which makes one of a full GeoNames dump.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from dateline.where.gazetteer import LEVELS, LIKE, OTHER, Gazetteer
from dateline.who.spelling import plain, skeleton

# Countries whose place names English spells in many ways; theirs are also entered by their consonants.
MANY_SPELLINGS = frozenset({
    "AFG", "ARE", "BHR", "DJI", "DZA", "EGY", "ERI", "IRN", "IRQ", "ISR", "JOR", "KWT", "LBN", "LBY", "MAR", "MRT", "OMN", "PSE", "QAT",
    "SAU", "SDN", "SOM", "SYR", "TCD", "TUN", "YEM",
})  # fmt: skip
# Characters; a longer alternate name is a phrase no article uses.
LONGEST_NAME = 40
_UNIT_WORDS = re.compile(
    r"\b(governorate|province|state|region|district|county|oblast[’']?|prefecture|department|departement|municipality|republic|kray|"
    r"krai|muhafazat|ostan-e|wilayat|wilaya|emirate|canton|division|territory|special|autonomous|parish|of|the|province du|"
    r"gouvernorat de|departamento del?|estado de|provincia de)\b",
    re.IGNORECASE,
)

Column = np.ndarray[Any, Any]


@dataclass(slots=True)
class Row:
    """One place with every name it is looked up by (folded name → how it belongs to the place)."""

    name: str
    level: str
    country: str  # ISO alpha-3
    lat: float
    lon: float
    population: int = 0
    geonameid: int = 0
    admin1: str = ""  # unit code, as "SY.12"
    capital: bool = False
    names: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, kind: int) -> None:
        folded = plain(name)
        if folded:
            self.names[folded] = min(kind, self.names.get(folded, kind))


def latin(name: str) -> bool:
    """Whether a name is written in Latin letters as a name: not a machine transliteration in lower case, not a code."""
    letters = [char for char in name if char.isalpha()]
    if (
        len(letters) < 3
        or len(name) > LONGEST_NAME
        or not any(char.isupper() for char in name)
        or (name.isupper() and len(name) < 5)
    ):
        return False
    return all(
        char < "\u0250" or "LATIN" in unicodedata.name(char, "") or unicodedata.category(char) == "Lm"
        for char in letters
    )


def ascii_name(name: str) -> bool:
    """Whether a name is what English text would use: no more than the accents folding takes away."""
    return plain(name).isascii()


def bare(name: str) -> str:
    """A unit's name without the word for the unit: "Idlib Governorate" → "Idlib"; the name itself if nothing is left."""
    return " ".join(_UNIT_WORDS.sub(" ", name).split()) or name


def middle(rows: Iterable[Row], *, by_population: bool = False) -> tuple[float, float]:
    """Mean latitude and longitude, in degrees; across the date line longitudes are counted from the first row's side."""
    points = [(row.lat, row.lon, max(row.population, 1) if by_population else 1) for row in rows]
    base = points[0][1]
    total = sum(weight for _, _, weight in points)
    lat = sum(lat * weight for lat, _, weight in points) / total
    lon = sum((base + (lon - base + 180) % 360 - 180) * weight for _, lon, weight in points) / total
    return lat, (lon + 180) % 360 - 180


def rows_of(gazetteer: Gazetteer) -> list[Row]:
    """The rows a file was made of; a unit's code is its row's number."""
    rows = []
    for number in range(len(gazetteer)):
        place = gazetteer.place(number)
        unit = number if place.level == "admin1" else place.unit
        rows.append(
            Row(
                place.name,
                place.level,
                place.country or "",
                place.lat,
                place.lon,
                place.population,
                place.geonameid or 0,
                f"row {unit}",
                place.capital,
            )
        )
    for name, number, kind in gazetteer.names():
        if not name.startswith(LIKE):
            rows[number].names[name] = kind
    return rows


# ---------------------------------------------------------------- the file
def columns_of(rows: list[Row], admin1: Mapping[str, Row]) -> dict[str, Column]:
    """The columns of the file: places, and folded names sorted for binary search with the places that bear them."""
    at = {id(row): index for index, row in enumerate(rows)}
    unit_at = {code: at[id(row)] for code, row in admin1.items()}
    countries = sorted({row.country for row in rows})
    country_at = {code: index for index, code in enumerate(countries)}
    for row in rows:
        add_skeletons(row)
    triples = sorted((name.encode(), index, kind) for index, row in enumerate(rows) for name, kind in row.names.items())
    names = sorted({name for name, _, _ in triples})
    starts = np.zeros(len(names) + 1, np.uint32)
    name_at = {name: index for index, name in enumerate(names)}
    for name, _, _ in triples:
        starts[name_at[name] + 1] += 1
    return {
        "names": np.frombuffer(b"".join(names), np.uint8),
        "name_lengths": np.array([len(name) for name in names], np.uint8),
        "bearer_counts": starts[1:].astype(np.uint16),
        "bearers": np.array([index for _, index, _ in triples], np.uint32),
        "bearer_kinds": np.array([kind for _, _, kind in triples], np.uint8),
        "shown": np.frombuffer("\n".join(row.name for row in rows).encode(), np.uint8),
        "countries": np.frombuffer(" ".join(countries).encode(), np.uint8),
        "country": np.array([country_at[row.country] for row in rows], np.uint8),
        "admin1": np.array([unit_at.get(row.admin1, -1) for row in rows], np.int32),
        "level": np.array([LEVELS.index(row.level) for row in rows], np.uint8),
        "lat": np.array([round(row.lat * 1e5) for row in rows], np.int32),
        "lon": np.array([round(row.lon * 1e5) for row in rows], np.int32),
        "population": np.array([row.population for row in rows], np.uint32),
        "geonameid": np.array([row.geonameid for row in rows], np.uint32),
        "capital": np.packbits(np.array([row.capital for row in rows], bool)),
    }


def add_skeletons(row: Row) -> None:
    """Enter a place under the consonants of each of its names."""
    if row.country in MANY_SPELLINGS and row.level in {"settlement", "admin1"}:
        for bones in {skeleton(name) for name in row.names} - {None}:
            row.names[f"{LIKE}{bones}"] = OTHER


def write(columns: Mapping[str, Column], path: Path) -> None:
    """An .npz with fixed dates, so that the bytes depend on the content alone."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, column in sorted(columns.items()):
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, column, allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), buffer.getvalue(), zipfile.ZIP_DEFLATED, 9
            )
