"""The actor registry: states, their standing bodies, organisations and people, with dated roles and affiliations.

All of it is data in ``registry/`` (CSV a researcher can edit) and is validated when it is loaded. A folder of the same
shape may be laid over the shipped one: its rows win by id.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import get_args

from dateline.codebook import load_codebook
from dateline.errors import CodebookError
from dateline.records import ActorKind
from dateline.who.names import fold

KINDS = frozenset(get_args(ActorKind))
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
    title: str
    of: str  # registry id
    sectors: tuple[str, ...]
    period: Period


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor of the registry."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sectors: tuple[str, ...]
    aliases: tuple[str, ...]
    metonyms: tuple[str, ...]
    part_of: tuple[Affiliation, ...]
    roles: tuple[Role, ...]
    period: Period
    origin: str  # file and line, for messages


@dataclass(frozen=True, slots=True)
class State:
    """What the words of a state's row are good for besides naming it."""

    id: str
    country: str | None
    name: str
    adjectives: tuple[str, ...]
    people: tuple[str, ...]


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
    """Entries one of whose names is ``name``, whatever its case and diacritics; existing on that day if one is given."""
    wanted = fold(name)
    found = [
        entry
        for entry in registry.entries.values()
        if wanted in {fold(alias) for alias in (entry.name, *entry.aliases)}
    ]
    return [entry for entry in found if on is None or entry.period.holds(on)]


def load_registry(extra: Path | None = None) -> Registry:
    """The shipped registry, with a user's folder laid over it.

    Raises:
        CodebookError: a duplicate id, an unknown parent, kind or sector, a cycle of parents, or an end before a start; the
            message names file, line and key.
    """
    with as_file(files("dateline.who").joinpath("registry")) as folder:
        rows = _load_folder(folder)
    if extra is not None:
        rows = rows | _load_folder(extra)
    states = tuple(state for state, _ in rows.values() if state is not None)
    entries = {entry_id: entry for entry_id, (_, entry) in rows.items()}
    _check_parents(entries)
    return Registry(entries, states)


_Rows = dict[str, tuple[State | None, Entry]]


def _load_folder(folder: Path) -> _Rows:
    rows: _Rows = {}
    bodies = list(_read(folder / "state_bodies.csv")) if (folder / "state_bodies.csv").exists() else []
    for where, row in _read(folder / "states.csv"):
        state = _state(row)
        _put(rows, where, state, _state_entry(row, where))
        for body_where, body in bodies:
            _put(rows, body_where, None, _body(body, row, state, body_where))
    for path in sorted((folder / "organisations").glob("*.csv")):
        for where, row in _read(path):
            _put(rows, where, None, _organisation(row, where))
    roles = _roles(folder / "roles.csv")
    for where, row in _read(folder / "people.csv"):
        _put(rows, where, None, _person(row, roles.pop(row["id"], []), where))
    if roles:
        person, lines = next(iter(roles.items()))
        raise CodebookError(f"{lines[0][0]}: person {person!r} is not in people.csv; add a row there or correct the id")
    return rows


def _read(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """("file, line", row) for every row; nothing if there is no such file."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        for row in reader:
            where = f"{path.name}, line {reader.line_num}"
            if None in row or None in row.values():
                raise CodebookError(
                    f"{where}: has {len(row)} cells, the header {len(reader.fieldnames or [])}; quote commas"
                )
            yield where, {key: value.strip() for key, value in row.items()}


def _put(rows: _Rows, where: str, state: State | None, entry: Entry) -> None:
    if entry.id in rows:
        raise CodebookError(f"{where}: id {entry.id!r} is used already ({rows[entry.id][1].origin}); ids are unique")
    rows[entry.id] = (state, entry)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _period(start: str, end: str, where: str) -> Period:
    for key, value in (("from", start), ("to", end)):
        if value and not _DATE.fullmatch(value):
            raise CodebookError(f"{where}: {key} is {value!r}; write YYYY, YYYY-MM or YYYY-MM-DD")
    if start and end and end[: len(start)] < start[: len(end)]:
        raise CodebookError(f"{where}: ends ({end}) before it starts ({start})")
    return Period(start or None, end or None)


def _sectors(cell: str, where: str) -> tuple[str, ...]:
    known = _known_sectors()
    codes = _list(cell)
    for code in codes:
        if code not in known:
            raise CodebookError(f"{where}: sector {code!r} is unknown; see the codebook's sectors")
    return codes


@cache
def _known_sectors() -> frozenset[str]:
    sectors = load_codebook().sectors
    return frozenset(sector.code for sector in (*sectors.sectors, *sectors.in_place_of_a_country))


def checked_kind(value: str, where: str) -> ActorKind:
    """The kind, if it is one.

    Raises:
        CodebookError: it is none; the message begins with ``where``.
    """
    if value not in KINDS:
        raise CodebookError(f"{where}: kind {value!r} is unknown; use one of {', '.join(sorted(KINDS))}")
    return value  # type: ignore[return-value]  # checked against the type's own members


def _affiliations(cell: str, where: str) -> tuple[Affiliation, ...]:
    out = []
    for part in _list(cell):
        found = _DATED.fullmatch(part)
        if found is None:
            raise CodebookError(f"{where}: part_of {part!r}; write id or id@FROM..TO")
        out.append(Affiliation(found["id"], _period(found["from"] or "", found["to"] or "", where)))
    return tuple(out)


def _state(row: Mapping[str, str]) -> State:
    return State(
        row["id"], row["iso3"] or row["claimed_by"] or None, row["name"], _list(row["adjectives"]), _list(row["people"])
    )


def _state_entry(row: Mapping[str, str], where: str) -> Entry:
    sectors = ("PRE",) if row["status"] == "other" and row["claimed_by"] else ()
    return Entry(
        row["id"], row["name"], "state", row["iso3"] or row["claimed_by"] or None, sectors,
        (*_list(row["long_name"]), *_list(row["aliases"])), _list(row["metonyms"]), (), (), Period(None, None), where,
    )  # fmt: skip


def _body(body: Mapping[str, str], row: Mapping[str, str], state: State, where: str) -> Entry:
    """A state's standing body, its patterns filled with the state's name and each of its adjectives."""
    adjectives = state.adjectives or (state.name,)
    words = {"id": state.id, "name": state.name, "adj": adjectives[0]}
    aliases = [
        pattern.replace("{adj}", adjective).replace("{name}", state.name)
        for pattern in _list(body["patterns"])
        if "{metonym}" not in pattern
        for adjective in (adjectives if "{adj}" in pattern else adjectives[:1])
    ]
    return Entry(
        f"{state.id}-{body['suffix']}", body["name"].format(**words), checked_kind(body["kind"], where), state.country,
        _sectors(body["sectors"], where), tuple(aliases), (), _affiliations(body["part_of"].format(**words), where), (),
        Period(None, None), where,
    )  # fmt: skip


def _organisation(row: Mapping[str, str], where: str) -> Entry:
    return Entry(
        row["id"], row["name"], checked_kind(row["kind"], where), row["country"] or None, _sectors(row["sectors"], where),
        _list(row["aliases"]), (), _affiliations(row["part_of"], where), (), _period(row["from"], row["to"], where), where,
    )  # fmt: skip


def _roles(path: Path) -> dict[str, list[tuple[str, Role]]]:
    out: dict[str, list[tuple[str, Role]]] = {}
    for where, row in _read(path):
        role = Role(row["title"], row["of"], _sectors(row["sectors"], where), _period(row["from"], row["to"], where))
        out.setdefault(row["person"], []).append((where, role))
    return out


def _person(row: Mapping[str, str], roles: list[tuple[str, Role]], where: str) -> Entry:
    return Entry(
        row["id"], row["name"], "person", row["country"] or None, (), _list(row["aliases"]), (), (),
        tuple(role for _, role in roles), Period(None, None), where,
    )  # fmt: skip


def _check_parents(entries: Mapping[str, Entry]) -> None:
    for entry in entries.values():
        for parent in [*(a.id for a in entry.part_of), *(role.of for role in entry.roles)]:
            if parent not in entries:
                raise CodebookError(
                    f"{entry.origin}: {entry.id}: {parent!r} is not in the registry; add it or correct the id"
                )
    for entry in entries.values():
        _check_no_cycle(entry.id, entries, ())


def _check_no_cycle(entry_id: str, entries: Mapping[str, Entry], above: tuple[str, ...]) -> None:
    if entry_id in above:
        raise CodebookError(
            f"{entries[entry_id].origin}: {' → '.join([*above, entry_id])} is a cycle of part_of; break it"
        )
    for affiliation in entries[entry_id].part_of:
        _check_no_cycle(affiliation.id, entries, (*above, entry_id))
