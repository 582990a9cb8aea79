"""The actor registry: states, their standing bodies, organisations and people, with dated roles and affiliations.

All of it is data in ``registry/`` (CSV a researcher can edit) and is validated when it is loaded. A folder of the same
shape may be laid over the shipped one: its rows win by id.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import get_args

from dateline.codebook import load_codebook
from dateline.errors import CodebookError
from dateline.records import ActorKind
from dateline.who.names import fold
from dateline.who.spelling import skeleton

KINDS = frozenset(get_args(ActorKind))
# The columns each file must have; more are read over.
STATE = ("id", "iso3", "name", "long_name", "aliases", "adjectives", "people", "metonyms", "status", "claimed_by")
BODY = ("suffix", "name", "kind", "sectors", "part_of", "patterns")
ORGANISATION = ("id", "name", "kind", "country", "sectors", "aliases", "part_of", "from", "to")
PERSON = ("id", "name", "country", "aliases")
ROLE = ("person", "title", "of", "sectors", "from", "to")

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_DATED = re.compile(r"(?P<id>[^@]+)(?:@(?P<from>[\d-]*)\.\.(?P<to>[\d-]*))?")


@dataclass(frozen=True, slots=True)
class Period:
    """From and to at their own precision (2013, 2016-07, 2016-07-28); None is open."""

    start: str | None
    end: str | None

    def holds(self, day: str | None) -> bool:
        """Whether a day lies in the period. Without a day only a period that has not ended holds.

        A bound of lower precision covers all of its year or month.
        """
        if day is None:
            return self.end is None
        starts = self.start is None or self.start <= day[: len(self.start)]
        return starts and (self.end is None or day[: len(self.end)] <= self.end)


@dataclass(frozen=True, slots=True)
class Affiliation:
    id: str
    period: Period


@dataclass(frozen=True, slots=True)
class Role:
    """An office or post held for a time."""

    title: str
    of: str  # registry id
    sectors: tuple[str, ...]
    period: Period
    origin: str  # file and line, for messages


_ALWAYS = Period(None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One actor of the registry."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sectors: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    part_of: tuple[Affiliation, ...] = ()
    allies: tuple[Affiliation, ...] = ()
    roles: tuple[Role, ...] = ()
    period: Period = _ALWAYS
    origin: str  # file and line, for messages


@dataclass(frozen=True, slots=True)
class State:
    """What the words of a state's row are good for besides naming it."""

    id: str
    country: str | None
    name: str
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    metonyms: tuple[str, ...]


class Registry:
    """Entries by id, and the states' adjectives."""

    def __init__(self, entries: Mapping[str, Entry], states: tuple[State, ...]) -> None:
        self.entries = entries
        self.states = states

    def role_on(self, entry: Entry, day: str | None) -> Role | None:
        """The role a person held on a day (the first listed of several), None if none or unknown."""
        return next((role for role in entry.roles if role.period.holds(day)), None)

    def part_of_on(self, entry: Entry, day: str | None) -> tuple[str, ...]:
        """Registry ids of what the entry belonged to on a day."""
        own = [affiliation.id for affiliation in entry.part_of if affiliation.period.holds(day)]
        role = self.role_on(entry, day)
        return tuple(dict.fromkeys([*own, *([role.of] if role else [])]))

    def state_name(self, entry_id: str) -> str | None:
        """Name of the state a body belongs to, by its country; the entry's own name if it has none."""
        entry = self.entries.get(entry_id)
        if entry is None:
            return None
        if (
            entry.country
            and (state := self.entries.get(entry.country.lower()))
            and entry.kind in {"government", "state"}
        ):
            return state.name
        return entry.name


def find(registry: Registry, name: str, *, on: str | None = None) -> list[Entry]:
    """Entries one of whose names is ``name``, whatever its case and diacritics; on a day: those that exist then."""
    wanted = fold(name)
    found = [
        entry
        for entry in registry.entries.values()
        if wanted in {fold(alias) for alias in (entry.name, *entry.aliases)}
    ]
    return [entry for entry in found if on is None or entry.period.holds(on)]


def find_like(registry: Registry, name: str, *, on: str | None = None) -> list[Entry]:
    """Entries of that name as ``find`` gives them; else those one of whose names is spelt otherwise, or holds all of its words.

    "Cavusoglu" finds Çavuşoğlu, "Jabhat al Nusrah" al-Nusra, "Lavrov" Sergey Lavrov.
    """
    if found := find(registry, name, on=on):
        return found
    sound, words = skeleton(fold(name)), set(fold(name).split())
    if not words:
        return []
    alike, holding = [], []
    for entry in registry.entries.values():
        names = (entry.name, *entry.aliases)
        if sound is not None and any(skeleton(fold(other)) == sound for other in names):
            alike.append(entry)
        elif any(words <= set(fold(other).split()) for other in names):
            holding.append(entry)
    return [entry for entry in alike or holding if on is None or entry.period.holds(on)]


def load_registry(extra: Path | None = None) -> Registry:
    """The shipped registry, with a user's folder of the same shape, or one CSV file of it, laid over it.

    A row of the user's wins over the shipped row of its id; for a person named in the user's ``roles.csv``, its rows
    stand in place of all the shipped roles of that person.

    Raises:
        CodebookError: a duplicate id, an unknown parent, kind or sector, a cycle of parents, or an end before a start;
            the message names file, line and key.
    """
    with as_file(files("dateline.who").joinpath("registry")) as folder:
        tables = _read_folder(folder)
    if extra is not None:
        tables = tables.under(_read_extra(extra))
    return _build(tables)


_Row = tuple[str, Mapping[str, str]]  # "file, line", cells by column


@dataclass(frozen=True, slots=True)
class _Tables:
    """The rows of a folder by id, as read; of roles by person."""

    states: Mapping[str, _Row]
    bodies: Mapping[str, _Row]
    organisations: Mapping[str, _Row]
    people: Mapping[str, _Row]
    roles: Mapping[str, tuple[_Row, ...]]

    def under(self, upper: _Tables) -> _Tables:
        """These rows with another folder's laid over them."""
        return _Tables(
            {**self.states, **upper.states},
            {**self.bodies, **upper.bodies},
            {**self.organisations, **upper.organisations},
            {**self.people, **upper.people},
            {**self.roles, **upper.roles},
        )


def _read_extra(path: Path) -> _Tables:
    """A user's folder, or one file, whose header says which of the folder's it is."""
    if path.is_dir():
        tables = _read_folder(path)
        if not any((tables.states, tables.bodies, tables.organisations, tables.people, tables.roles)):
            raise CodebookError(
                f"{path}: holds no rows; put organisations/*.csv, people.csv, roles.csv, states.csv or state_bodies.csv there"
            )
        return tables
    if not path.is_file():
        raise CodebookError(f"{path}: there is no such file or folder; name a CSV file of actors or a folder of them")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header = set(next(csv.reader(stream), []))
    nothing = _Tables({}, {}, {}, {}, {})
    if set(ROLE) <= header:
        return replace(nothing, roles=_roles(path))
    if set(STATE) <= header:
        return replace(nothing, states=_by(_read(path, STATE), "id"))
    if set(BODY) <= header:
        return replace(nothing, bodies=_by(_read(path, BODY), "suffix"))
    if set(ORGANISATION) <= header:
        return replace(nothing, organisations=_by(_read(path, ORGANISATION), "id"))
    if set(PERSON) <= header:
        return replace(nothing, people=_by(_read(path, PERSON), "id"))
    raise CodebookError(
        f"{path.name}, line 1: is no table of actors; organisations have the columns {', '.join(ORGANISATION)}, "
        f"people {', '.join(PERSON)}"
    )


def _roles(path: Path) -> dict[str, tuple[_Row, ...]]:
    roles: dict[str, tuple[_Row, ...]] = {}
    for where, row in _read(path, ROLE):
        roles[row["person"]] = (*roles.get(row["person"], ()), (where, row))
    return roles


def _read_folder(folder: Path) -> _Tables:
    organisations = (
        row for path in sorted((folder / "organisations").glob("*.csv")) for row in _read(path, ORGANISATION)
    )
    return _Tables(
        _by(_read(folder / "states.csv", STATE), "id"),
        _by(_read(folder / "state_bodies.csv", BODY), "suffix"),
        _by(organisations, "id"),
        _by(_read(folder / "people.csv", PERSON), "id"),
        _roles(folder / "roles.csv"),
    )


def _by(rows: Iterable[_Row], key: str) -> dict[str, _Row]:
    out: dict[str, _Row] = {}
    for where, row in rows:
        name = row[key]
        if name in out:
            raise CodebookError(f"{where}: {key} {name!r} is used already ({out[name][0]}); it must be unique")
        out[name] = (where, row)
    return out


def _build(tables: _Tables) -> Registry:
    entries: dict[str, Entry] = {}
    for entry in _entries(tables):
        if entry.id in entries:
            raise CodebookError(
                f"{entry.origin}: id {entry.id!r} is used already ({entries[entry.id].origin}); ids are unique"
            )
        entries[entry.id] = entry
    for person, rows in tables.roles.items():
        if person not in tables.people:
            raise CodebookError(
                f"{rows[0][0]}: person {person!r} is not in people.csv; add a row there or correct the id"
            )
    _check_parents(entries)
    return Registry(entries, tuple(_state(row) for _, row in tables.states.values()))


def _entries(tables: _Tables) -> Iterator[Entry]:
    for where, row in tables.states.values():
        yield _state_entry(row, where)
        for body_where, body in tables.bodies.values():
            yield _body(body, _state(row), body_where)
    for where, row in tables.organisations.values():
        yield _organisation(row, where)
    for where, row in tables.people.values():
        yield _person(row, tables.roles.get(row["id"], ()), where)


def _read(path: Path, columns: tuple[str, ...]) -> Iterator[_Row]:
    """Every row of a file; nothing if there is no such file."""
    if not path.exists():
        return
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = [column for column in columns if column not in (reader.fieldnames or [])]
        if missing:
            raise CodebookError(
                f"{path.name}, line 1: lacks the column {missing[0]!r}; the columns are {', '.join(columns)}"
            )
        for row in reader:
            where = f"{path.name}, line {reader.line_num}"
            if None in row or None in row.values():
                raise CodebookError(
                    f"{where}: has {len(row)} cells, the header {len(reader.fieldnames or [])}; quote commas"
                )
            yield where, {key: value.strip() for key, value in row.items()}


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _period(start: str, end: str, where: str) -> Period:
    for key, value in (("from", start), ("to", end)):
        if value and not _DATE.fullmatch(value):
            raise CodebookError(f"{where}: {key} is {value!r}; write YYYY, YYYY-MM or YYYY-MM-DD")
    if start and end and end[: len(start)] < start[: len(end)]:
        raise CodebookError(f"{where}: to is {end}, before from, {start}; correct one of them")
    return Period(start or None, end or None)


def sectors_of(cell: str, where: str) -> tuple[str, ...]:
    """The sector codes of a cell.

    Raises:
        CodebookError: a code the codebook does not have; ``where`` opens the message.
    """
    known = _known_sectors()
    codes = _list(cell)
    for code in codes:
        if code not in known:
            raise CodebookError(f"{where}: sectors: {code!r} is unknown; see the codebook's sectors")
    return codes


@cache
def _known_sectors() -> frozenset[str]:
    sectors = load_codebook().sectors
    return frozenset(sector.code for sector in (*sectors.sectors, *sectors.in_place_of_a_country))


def _kind(value: str, where: str) -> ActorKind:
    if value not in KINDS:
        raise CodebookError(f"{where}: kind {value!r} is unknown; use one of {', '.join(sorted(KINDS))}")
    return value  # type: ignore[return-value]  # checked against the type's own members


def _affiliations(cell: str, where: str, *, key: str = "part_of") -> tuple[Affiliation, ...]:
    out = []
    for part in _list(cell):
        found = _DATED.fullmatch(part)
        if found is None:
            raise CodebookError(f"{where}: {key} {part!r}; write id or id@FROM..TO")
        out.append(Affiliation(found["id"], _period(found["from"] or "", found["to"] or "", where)))
    return tuple(out)


def _state(row: Mapping[str, str]) -> State:
    country = row["iso3"] or row["claimed_by"] or None
    lists = (_list(row[key]) for key in ("adjectives", "people", "metonyms"))
    return State(row["id"], country, row["name"], *lists)


def _state_entry(row: Mapping[str, str], where: str) -> Entry:
    breakaway = row["status"] == "other" and bool(row["claimed_by"]) and not row["iso3"]
    return Entry(
        id=row["id"],
        name=row["name"],
        kind="state",
        country=row["iso3"] or row["claimed_by"] or None,
        sectors=("PRE",) if breakaway else (),
        aliases=(*_list(row["long_name"]), *_list(row["aliases"])),
        metonyms=_list(row["metonyms"]),
        origin=where,
    )


def _body(row: Mapping[str, str], state: State, where: str) -> Entry:
    """A state's standing body: its patterns filled with the state's name and each of its adjectives and metonyms."""
    adjectives = state.adjectives or (state.name,)
    words = {"id": state.id, "name": state.name, "adj": adjectives[0]}
    fillings = {"{adj}": adjectives, "{metonym}": state.metonyms, "{name}": (state.name,)}
    aliases = [filled for pattern in _list(row["patterns"]) for filled in _filled(pattern, fillings)]
    return Entry(
        id=f"{state.id}-{row['suffix']}",
        name=row["name"].format(**words),
        kind=_kind(row["kind"], where),
        country=state.country,
        sectors=sectors_of(row["sectors"], where),
        aliases=tuple(dict.fromkeys(aliases)),
        part_of=_affiliations(row["part_of"].format(**words), where),
        origin=where,
    )


def _filled(pattern: str, fillings: Mapping[str, tuple[str, ...]]) -> list[str]:
    """A pattern with its placeholder filled in every way; none if a state has nothing to fill it with."""
    out = [pattern]
    for mark, words in fillings.items():
        if mark in pattern:
            out = [text.replace(mark, word) for text in out for word in words]
    return out


def _organisation(row: Mapping[str, str], where: str) -> Entry:
    return Entry(
        id=row["id"],
        name=row["name"],
        kind=_kind(row["kind"], where),
        country=row["country"] or None,
        sectors=sectors_of(row["sectors"], where),
        aliases=_list(row["aliases"]),
        part_of=_affiliations(row["part_of"], where),
        allies=_affiliations(row.get("allies", ""), where, key="allies"),
        period=_period(row["from"], row["to"], where),
        origin=where,
    )


def _person(row: Mapping[str, str], roles: tuple[_Row, ...], where: str) -> Entry:
    return Entry(
        id=row["id"],
        name=row["name"],
        kind="person",
        country=row["country"] or None,
        sectors=(),
        aliases=_list(row["aliases"]),
        roles=tuple(_role(role, role_where) for role_where, role in roles),
        origin=where,
    )


def _role(row: Mapping[str, str], where: str) -> Role:
    return Role(
        row["title"], row["of"], sectors_of(row["sectors"], where), _period(row["from"], row["to"], where), where
    )


def _check_parents(entries: Mapping[str, Entry]) -> None:
    for entry in entries.values():
        links = [
            *((entry.origin, "part_of", parent.id) for parent in entry.part_of),
            *((entry.origin, "allies", ally.id) for ally in entry.allies),
            *((role.origin, "of", role.of) for role in entry.roles),
        ]
        for where, key, parent in links:
            if parent not in entries:
                raise CodebookError(
                    f"{where}: {key} of {entry.id}: {parent!r} is not in the registry; add it or correct the id"
                )
    safe: set[str] = set()
    for entry_id in entries:
        _check_no_cycle(entry_id, entries, (), safe)


def _check_no_cycle(entry_id: str, entries: Mapping[str, Entry], above: tuple[str, ...], safe: set[str]) -> None:
    """Follow the parents up; ``safe`` collects what has been followed to the top."""
    if entry_id in above:
        raise CodebookError(
            f"{entries[entry_id].origin}: part_of: {' → '.join([*above, entry_id])} is a cycle; break it"
        )
    if entry_id not in safe:
        for affiliation in entries[entry_id].part_of:
            _check_no_cycle(affiliation.id, entries, (*above, entry_id), safe)
        safe.add(entry_id)
