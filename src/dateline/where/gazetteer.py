"""The gazetteer: a folded name → the places that bear it. One compressed file, binary search, about 40 MB in memory.

Built by ``tools/build_gazetteer.py`` from GeoNames (CC BY 4.0) and our own list of regions and features.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np

from dateline.errors import CodebookError
from dateline.records import PlaceLevel
from dateline.who.names import place_key

LEVELS: tuple[PlaceLevel, ...] = ("country", "admin1", "admin2", "settlement", "region", "feature")
_FILE = "gazetteer.npz"

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place a name may mean."""

    name: str
    level: PlaceLevel
    country: str | None  # ISO 3166-1 alpha-3
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int  # 0 where unknown
    geonameid: int | None
    own_name: bool  # looked up by its main name rather than an alternate one


class Gazetteer:
    """Places by name."""

    def __init__(self, columns: dict[str, Array]) -> None:
        self._columns = columns
        self._names = columns["name_blob"].tobytes()
        self._offsets = columns["name_offsets"]
        self._shown = columns["shown_blob"].tobytes()
        self._units = columns["unit_blob"].tobytes()
        self._countries = columns["countries"].tobytes().decode()
        self._known: dict[str, tuple[Candidate, ...]] = {}

    def __contains__(self, name: str) -> bool:
        return bool(self.find(name))

    def find(self, name: str) -> tuple[Candidate, ...]:
        """Every place of that name, whatever its case, diacritics and spelling of the Arabic article, the most populous first."""
        key = place_key(name)
        if key not in self._known:
            if len(self._known) > 50_000:
                self._known.clear()
            self._known[key] = self._find(key)
        return self._known[key]

    def _find(self, key: str) -> tuple[Candidate, ...]:
        if not key:
            return ()
        wanted = key.encode()
        index = self._first(wanted)
        found = []
        while index < len(self._offsets) - 1 and self._name(index) == wanted:
            found.append(self._candidate(int(self._columns["name_place"][index]), key))
            index += 1
        return tuple(sorted(found, key=lambda place: -place.population))

    def _first(self, wanted: bytes) -> int:
        low, high = 0, len(self._offsets) - 1
        while low < high:
            middle = (low + high) // 2
            if self._name(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _name(self, index: int) -> bytes:
        return self._names[self._offsets[index] : self._offsets[index + 1]]

    def _candidate(self, place: int, key: str) -> Candidate:
        column = self._columns
        shown = self._shown[column["shown_offsets"][place] : column["shown_offsets"][place + 1]].decode()
        unit = int(column["admin1"][place])
        country = self._countries[3 * int(column["country"][place]) :][:3].strip()
        lat, lon = float(column["lat"][place]), float(column["lon"][place])
        unit_name = self._units[column["unit_offsets"][unit] : column["unit_offsets"][unit + 1]].decode()
        return Candidate(
            name=shown,
            level=LEVELS[int(column["level"][place])],
            country=country or None,
            admin1=unit_name or None,
            lat=None if math.isnan(lat) else round(lat, 5),
            lon=None if math.isnan(lon) else round(lon, 5),
            population=int(column["population"][place]),
            geonameid=int(column["geonameid"][place]) or None,
            own_name=place_key(shown) == key,
        )


def load_gazetteer() -> Gazetteer:
    """The gazetteer that ships.

    Raises:
        CodebookError: the file is missing or broken.
    """
    try:
        with (
            files("dateline.where").joinpath(_FILE).open("rb") as stream,
            np.load(stream, allow_pickle=False) as archive,
        ):
            return Gazetteer({name: archive[name] for name in archive.files})
    except (OSError, ValueError, KeyError) as error:
        raise CodebookError(f"{_FILE}: cannot be read; build it with tools/build_gazetteer.py") from error
