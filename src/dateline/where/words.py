"""The word lists of the room, ``words.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dateline.datafiles import read_yaml
from dateline.errors import CodebookError


@dataclass(frozen=True, slots=True)
class PlaceWords:
    levels: Mapping[str, str]  # word → level, "open" where it settles none
    directions: frozenset[str]
    locative: frozenset[str]
    not_after: frozenset[str]
    streets: frozenset[str]
    natural: frozenset[str]
    titles: frozenset[str]
    speech: frozenset[str]
    never: frozenset[str]
    near: frozenset[str]
    bearings: Mapping[str, float]  # direction, written as one word → degrees clockwise from north
    lengths: Mapping[str, float]  # unit → kilometres
    numbers: Mapping[str, float]


def load_place_words() -> PlaceWords:
    """The lists of ``words.yaml``.

    Raises:
        CodebookError: a list is missing, or something is no list of words.
    """
    data = read_yaml("dateline.where", "words.yaml")
    try:
        levels = {word: level for level, words in data.pop("levels").items() for word in words}
        tables = {
            key: {word: float(n) for word, n in data.pop(key).items()} for key in ("bearings", "lengths", "numbers")
        }
        lists = {key: frozenset(words) for key, words in data.items()}
        if odd := [word for words in (levels, *lists.values()) for word in words if not isinstance(word, str)]:
            raise TypeError(f"{odd[0]!r} is no word; quote it")
        return PlaceWords(levels, **lists, **tables)  # type: ignore[arg-type]  # the names are checked by the call
    except (AttributeError, TypeError, KeyError) as error:
        raise CodebookError(f"words.yaml: {error}; needs the lists {', '.join(PlaceWords.__slots__)}") from error
