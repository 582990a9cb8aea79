"""The gazetteer: a folded name → the places that bear it. One compressed file, binary search, about 70 MB in memory.

``gazetteer.npz`` is built by ``tools/build_gazetteer.py`` from GeoNames (CC BY 4.0) and Natural Earth (public domain). Laid over
it when loaded: regions and features of ``features.csv``, abbreviations of ``abbreviations.csv``, and the names of states in the actor
registry.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from dateline.datafiles import read_rows
from dateline.errors import CodebookError
from dateline.records import PlaceLevel
from dateline.who.names import fold
from dateline.who.spelling import plain, skeleton

LEVELS: tuple[PlaceLevel, ...] = ("country", "admin1", "admin2", "settlement", "region", "feature")
# How a name belongs to its place: its own, another spelling of it, or another language's or a former one.
OWN, SPELLING, OTHER = 0, 1, 2
# Before a skeleton among the file's names; no name begins with it.
LIKE = "~"

# Of the file; raised when its columns change.
FORMAT = 1
_FILE = "gazetteer.npz"
# Folded names remembered with their places; an article uses some hundred.
_REMEMBERED = 50_000
# Places kept of one name, the most populous; San José is the name of over a hundred.
_MOST_BEARERS = 60

# People from which a settlement's name is taken for the settlement's where the parser takes it for something else, and the letters
# such a name must have.
TOWN_PEOPLE = 20_000
_TOWN_LETTERS = 4

Column = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place a name may mean."""

    key: str  # tells two places apart: GeoNames row or row of features.csv
    name: str
    level: PlaceLevel
    country: str | None  # ISO 3166-1 alpha-3
    admin1: str | None  # name of the first-level unit
    unit: int  # row of the first-level unit, -1 if none
    lat: float
    lon: float
    population: int  # 0 where unknown
    geonameid: int | None
    kind: int  # OWN, SPELLING or OTHER: how it bears the name it was looked up by
    capital: bool
    forms: tuple[str, ...] = ()  # of an abbreviation: as it has to be written


class Gazetteer:
    """Places by name."""

    def __init__(self, columns: dict[str, Column]) -> None:
        self._blob = columns["names"].tobytes()
        lengths = columns["name_lengths"].tolist()
        self._ends = np.fromiter(accumulate(lengths), np.uint32, len(lengths)).tolist()
        self._first_bearer = np.concatenate([[0], np.cumsum(columns["bearer_counts"], dtype=np.uint32)])
        self._shown = columns["shown"].tobytes().decode().split("\n")
        self._countries = columns["countries"].tobytes().decode().split(" ")
        self._capital = np.unpackbits(columns["capital"], count=len(self._shown))
        self._columns = columns
        self._added: dict[str, tuple[Candidate, ...]] = {}
        self._added_starts: frozenset[str] = frozenset()
        self._known: dict[str, tuple[Candidate, ...]] = {}

    def __len__(self) -> int:
        """Places in the file."""
        return len(self._shown)

    @property
    def about(self) -> dict[str, Any]:
        """Format, licence, sources with versions, and counts of places, as the builder wrote them."""
        told: dict[str, Any] = json.loads(self._columns["about"].tobytes())
        return told

    def add(self, places: Iterator[tuple[str, Candidate]]) -> None:
        """Lay places over the file, each under one name. A name the file knows too keeps its other bearers."""
        for name, place in places:
            self._added[fold(name)] = (*self._added.get(fold(name), ()), place)
        self._added_starts = frozenset(
            name[:end] for name in self._added for end, char in enumerate(name) if char == " "
        )
        self._known.clear()

    def move(self, place: Candidate, lat: float, lon: float) -> None:
        """Put a place of the file elsewhere, in degrees."""
        row = int(place.key.removeprefix("g"))
        self._columns["lat"][row], self._columns["lon"][row] = round(lat * 1e5), round(lon * 1e5)
        self._known.clear()

    def find(self, name: str) -> tuple[Candidate, ...]:
        """Every place of that name, whatever its case and diacritics.

        Those laid over the file come first, then countries, units, and settlements by falling population.
        """
        return self._remembered(plain(name))

    def is_town(self, name: str) -> bool:
        """Whether a town of some size, a first-level unit or a country is called so itself."""
        return (
            len(name) >= _TOWN_LETTERS
            and not name.isupper()
            and any(
                place.kind == OWN and (place.level in {"country", "admin1"} or place.population >= TOWN_PEOPLE)
                for place in self.find(name)
            )
        )

    def knows(self, name: str) -> bool:
        """Whether any place is called so."""
        return bool(self.find(name))

    def like(self, name: str) -> tuple[Candidate, ...]:
        """Places of the Arabic and Persian world whose name has the same consonants; none where these are few."""
        bones = skeleton(plain(name))
        return self._remembered(LIKE + bones) if bones else ()

    def _remembered(self, folded: str) -> tuple[Candidate, ...]:
        found = self._known.get(folded)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[folded] = self._find(folded)
        return found

    def goes_on(self, folded: str) -> bool:
        """Whether a longer name begins with these folded words."""
        if folded in self._added_starts:
            return True
        start = f"{folded} ".encode()
        at = self._position(start)
        return at < len(self._ends) and self._name(at).startswith(start)

    def names(self) -> Iterator[tuple[str, int, int]]:
        """Every folded name of the file with a row that bears it, and how."""
        bearers, kinds = self._columns["bearers"].tolist(), self._columns["bearer_kinds"].tolist()
        for index in range(len(self._ends)):
            name = self._name(index).decode()
            for at in range(int(self._first_bearer[index]), int(self._first_bearer[index + 1])):
                yield name, bearers[at], kinds[at]

    def place(self, row: int, kind: int = OWN) -> Candidate:
        """The place in a row of the file."""
        column = self._columns
        unit = int(column["admin1"][row])
        return Candidate(
            key=f"g{row}",
            name=self._shown[row],
            level=LEVELS[int(column["level"][row])],
            country=self._countries[int(column["country"][row])] or None,
            admin1=self._shown[unit] if unit >= 0 else None,
            unit=unit,
            lat=int(column["lat"][row]) / 1e5,
            lon=int(column["lon"][row]) / 1e5,
            population=int(column["population"][row]),
            geonameid=int(column["geonameid"][row]) or None,
            kind=kind,
            capital=bool(self._capital[row]),
        )

    def _find(self, folded: str) -> tuple[Candidate, ...]:
        wanted = folded.encode()
        at = self._position(wanted)
        if not wanted or at >= len(self._ends) or self._name(at) != wanted:
            return self._added.get(folded, ())
        first, last = int(self._first_bearer[at]), int(self._first_bearer[at + 1])
        rows = self._columns["bearers"][first : min(last, first + _MOST_BEARERS)].tolist()
        kinds = self._columns["bearer_kinds"][first:last].tolist()
        own = [self.place(row, kind) for row, kind in zip(rows, kinds, strict=False)]
        added = self._added.get(folded, ())
        return (*added, *(place for place in own if all(place.key != other.key for other in added)))

    def _position(self, wanted: bytes) -> int:
        return bisect_left(range(len(self._ends)), wanted, key=self._name)

    def _name(self, index: int) -> bytes:
        return self._blob[self._ends[index - 1] if index else 0 : self._ends[index]]


def load_gazetteer(path: Path | None = None) -> Gazetteer:
    """The gazetteer that ships, or one made by ``dateline gazetteer build``, with what is laid over it.

    Countries that a user's file lacks, as one of a single country does, are not known by their names then.

    Raises:
        CodebookError: a file is missing or broken; names file and line.
    """
    gazetteer = shipped_gazetteer() if path is None else Gazetteer(_read_columns(path))
    countries = {place.country: place for place in _countries(gazetteer)}
    gazetteer.add(_state_names(countries))
    gazetteer.add(_features())
    gazetteer.add(_abbreviations(gazetteer))
    return gazetteer


def shipped_gazetteer() -> Gazetteer:
    """The file that ships, with nothing laid over it but GeoNames' own points of large first-level units, where Natural Earth's differ.

    Raises:
        CodebookError: a file is missing or broken, or ``units.csv`` names no unit of the file; names file and line.
    """
    gazetteer = Gazetteer(_read_columns(None))
    for where, row in read_rows("dateline.where", "units.csv"):
        units = [p for p in gazetteer.find(row["name"]) if p.level == "admin1" and p.country == row["iso3"]]
        if not units:
            raise CodebookError(
                f"{where}: name: the gazetteer has no unit {row['name']!r} in {row['iso3']}; correct the row"
            )
        gazetteer.move(units[0], _degrees(row, "lat", 90, where), _degrees(row, "lon", 180, where))
    return gazetteer


def _read_columns(path: Path | None) -> dict[str, Column]:
    source = files("dateline.where").joinpath(_FILE) if path is None else path
    remedy = "build it with " + ("tools/build_gazetteer.py" if path is None else "dateline gazetteer build")
    name = _FILE if path is None else str(path)
    try:
        with source.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
            columns = {column: archive[column] for column in archive.files}
        made = json.loads(columns["about"].tobytes())["format"]
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise CodebookError(f"{name}: cannot be read; {remedy}") from error
    if made != FORMAT:
        raise CodebookError(f"{name}: is of format {made}, expected {FORMAT}; {remedy}")
    return columns


def _countries(gazetteer: Gazetteer) -> Iterator[Candidate]:
    """The countries, which are the file's first rows."""
    for row in range(len(gazetteer)):
        if (place := gazetteer.place(row)).level != "country":
            return
        yield place


def states() -> Iterator[dict[str, str]]:
    """The rows of the registry's states."""
    return (row for _, row in read_rows("dateline.who", "registry/states.csv"))


def iso3_codes() -> dict[str, str]:
    """ISO 3166-1 alpha-2 → alpha-3."""
    return {row["iso2"]: row["iso3"] for row in states() if row["iso2"] and row["iso3"]}


def cells(value: str) -> list[str]:
    """The parts of a cell that lists several, divided by semicolons."""
    return [part.strip() for part in value.split(";") if part.strip()]


def _state_names(countries: dict[str | None, Candidate]) -> Iterator[tuple[str, Candidate]]:
    for row in states():
        place = countries.get(row["iso3"] or None)
        if place is not None:
            for name in dict.fromkeys(
                fold(name) for name in (row["name"], *cells(row["long_name"]), *cells(row["aliases"]))
            ):
                yield name, replace(place, kind=OWN)


def _features() -> Iterator[tuple[str, Candidate]]:
    """Rows of features.csv under each of their names.

    Raises:
        CodebookError: an unknown level or a bad coordinate; names file and line.
    """
    seen: set[str] = set()
    for where, row in read_rows("dateline.where", "features.csv"):
        if row["level"] not in LEVELS:
            raise CodebookError(f"{where}: level {row['level']!r} is unknown; use one of {', '.join(LEVELS)}")
        if row["name"] in seen:
            raise CodebookError(f"{where}: {row['name']!r} is there already; a name has one row")
        seen.add(row["name"])
        place = Candidate(
            f"f{row['name']}", row["name"], row["level"], row["country"] or None, None, -1,
            _degrees(row, "lat", 90, where), _degrees(row, "lon", 180, where), 0, int(row["geonameid"] or 0) or None, OWN, False,
        )  # fmt: skip
        for name in dict.fromkeys(fold(name) for name in (row["name"], *cells(row["aliases"]))):
            yield name, place


def _degrees(row: dict[str, str], key: str, most: float, where: str) -> float:
    try:
        degrees = float(row[key])
    except ValueError as error:
        raise CodebookError(f"{where}: {key} is {row[key]!r}, no coordinate; write decimal degrees") from error
    if not -most <= degrees <= most:
        raise CodebookError(f"{where}: {key} is {row[key]}, off the globe; at most {most} either way")
    return degrees


def _abbreviations(gazetteer: Gazetteer) -> Iterator[tuple[str, Candidate]]:
    """Short forms of first-level units and towns: "Ky.", "N.S.W.", "L.A.".

    Raises:
        CodebookError: the gazetteer has no such place; names file and line.
    """
    for where, row in read_rows("dateline.where", "abbreviations.csv"):
        found = [
            p for p in gazetteer.find(fold(row["name"])) if p.level == row["level"] and p.country == row["country"]
        ]
        if not found:
            raise CodebookError(
                f"{where}: the gazetteer has no {row['level']} {row['name']!r} in {row['country']}; correct the row"
            )
        forms = cells(row["forms"])
        for short in dict.fromkeys(fold(form) for form in forms):
            yield short, replace(found[0], kind=SPELLING, forms=tuple(form for form in forms if fold(form) == short))
