"""A gazetteer of a full GeoNames dump: ``allCountries.zip``, or a country's own file, from a folder of the user's.

The dump's nineteen columns are those of GeoNames' ``readme.txt``. Kept are first- and second-level units, settlements,
and the features that news of conflict names; the rest (schools, hotels, wells …) would only give names more bearers. The file
made is of the format of the one that ships, holds the shipped places of all other countries too, and takes its place by the
setting ``gazetteer``.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np

from dateline.datafiles import read_yaml
from dateline.errors import InputError
from dateline.where.gazetteer import FORMAT, LEVELS, OTHER, OWN, SPELLING, iso3_codes, shipped_gazetteer
from dateline.where.making import Row, ascii_name, bare, columns_of, latin, rows_of, write

COLUMNS = 19


@dataclass(frozen=True, slots=True)
class Kept:
    """GeoNames feature codes, from ``dump.yaml``."""

    features: frozenset[str]  # features that news tells of
    gone: frozenset[str]  # settlements that are history


def load_kept() -> Kept:
    """Which kinds of places a dump's gazetteer holds besides units and settlements."""
    told = read_yaml("dateline.where", "dump.yaml")
    return Kept(frozenset(told["features"]), frozenset(told["gone"]))


@dataclass(frozen=True, slots=True)
class Built:
    """What was made."""

    path: Path
    places: int
    skipped: int  # lines of kinds that are left out


def build(
    source: Path, out: Path, *, countries: Collection[str] = (), progress: Callable[[int], None] | None = None
) -> Built:
    """Make a gazetteer file of a dump, all of it or some countries (ISO alpha-3) only.

    ``progress`` is told of every hundred thousand lines read. Nothing is written where the dump cannot be read to its end.

    Raises:
        InputError: there is no such file, it holds no table, or a line of it is wrong; names file, line and column.
    """
    iso3 = iso3_codes()
    if odd := sorted(set(countries) - set(iso3.values())):
        raise InputError(f"--countries: {odd[0]!r} is no country; give ISO alpha-3 codes as in SYR,IRQ")
    rows, skipped = [], 0
    for number, row in enumerate(_rows(source, iso3, frozenset(countries)), 1):
        if row is None:
            skipped += 1
        else:
            rows.append(row)
        if progress is not None and number % 100_000 == 0:
            progress(100_000)
    if not rows:
        raise InputError(
            f"{source}: holds no place of {', '.join(sorted(countries)) or 'any country'}; give a GeoNames dump"
        )
    rows += _shipped(rows)
    rows.sort(key=lambda row: (LEVELS.index(row.level), -row.population, row.geonameid, row.name))
    units = {row.admin1: row for row in rows if row.level == "admin1"}
    write({**columns_of(rows, units), "about": _about(source, rows)}, out)
    return Built(out, len(rows), skipped)


def _shipped(own: list[Row]) -> Iterator[Row]:
    """The shipped rows that the dump's do not replace: all countries, units of a level the dump lacks, and other countries' places."""
    replaced = {(row.country, row.level) for row in own}
    places = {row.country for row in own}
    for row in rows_of(shipped_gazetteer()):
        if (
            row.level == "country"
            or row.country not in places
            or (row.level in {"admin1", "admin2"} and (row.country, row.level) not in replaced)
        ):
            yield row


def _rows(source: Path, iso3: dict[str, str], countries: frozenset[str]) -> Iterator[Row | None]:
    """A row for each line, None for one that is left out."""
    kept = load_kept()
    with _lines(source) as stream:
        for number, line in enumerate(stream, 1):
            cells = line.rstrip("\n").split("\t")
            if len(cells) != COLUMNS:
                raise InputError(
                    f"{source}, line {number}: has {len(cells)} columns, a GeoNames dump {COLUMNS}; is it complete?"
                )
            country = iso3.get(cells[8], "")
            yield (
                _row(cells, country, kept, f"{source}, line {number}")
                if not countries or country in countries
                else None
            )


@contextmanager
def _lines(source: Path) -> Iterator[TextIO]:
    if not source.is_file():
        raise InputError(f"{source}: there is no such file; download a GeoNames dump and name it")
    try:
        if not zipfile.is_zipfile(source):
            with source.open(encoding="utf-8", newline="\n") as stream:
                yield stream
            return
        with zipfile.ZipFile(source) as archive:
            tables = [
                name for name in archive.namelist() if name.endswith(".txt") and not name.lower().startswith("readme")
            ]
            if len(tables) != 1:
                raise InputError(
                    f"{source}: holds {len(tables)} tables (.txt), expected one; give allCountries.zip or a country's file"
                )
            with archive.open(tables[0]) as raw:
                yield io.TextIOWrapper(raw, encoding="utf-8", newline="\n")
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise InputError(
            f"{source}: cannot be read ({error.__class__.__name__}); give a GeoNames dump, .zip or .txt"
        ) from error


def _row(cells: list[str], country: str, kept: Kept, where: str) -> Row | None:
    level = _level(cells[6], cells[7], kept)
    if level is None:
        return None
    row = Row(
        cells[1],
        level,
        country,
        _number(cells[4], 90, "latitude", where),
        _number(cells[5], 180, "longitude", where),
        int(_number(cells[14] or "0", 1e11, "population", where)),
        int(_number(cells[0], 1e10, "geonameid", where)),
        f"{cells[8]}.{cells[10]}",
        cells[7] == "PPLC",
    )
    row.population = min(row.population, 2**32 - 1)
    row.add(cells[1], OWN)
    row.add(cells[2], OWN)
    if level in {"admin1", "admin2"}:
        row.add(bare(cells[1]), OWN if level == "admin1" else SPELLING)
    for name in cells[3].split(","):
        if latin(name) and ascii_name(name):
            row.add(name, OTHER)
            if level == "admin1":
                row.add(bare(name), OTHER)
    return row if row.names else None


def _level(kind: str, code: str, kept: Kept) -> str | None:
    if kind == "P":
        return None if code in kept.gone else "settlement"
    if kind == "A":
        return {"ADM1": "admin1", "ADM2": "admin2"}.get(code)
    return "feature" if code in kept.features else None


def _number(cell: str, most: float, column: str, where: str) -> float:
    try:
        number = float(cell)
    except ValueError as error:
        raise InputError(f"{where}: {column} is {cell!r}, no number; is the file a GeoNames dump?") from error
    if not -most <= number <= most:
        raise InputError(f"{where}: {column} is {cell}, off the globe; at most {most:g} either way")
    return number


def _about(source: Path, rows: list[Row]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    counts = {level: sum(row.level == level for row in rows) for level in LEVELS}
    told = {
        "format": FORMAT,
        "licence": "CC BY 4.0: contains data of GeoNames, www.geonames.org",
        "sources": {"dump": source.name},
        "places": {level: count for level, count in counts.items() if count},
    }
    return np.frombuffer(json.dumps(told, sort_keys=True).encode(), np.uint8)
