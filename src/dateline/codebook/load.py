"""Loading the codebook: YAML and CSV into frozen dataclasses, every code checked against the others."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar, get_args

import yaml
from pydantic import TypeAdapter, ValidationError

from dateline.codebook.model import (
    Auxiliary,
    CameoRow,
    ClaimType,
    Codebook,
    Context,
    EventType,
    Quad,
    Sectors,
    Settled,
)
from dateline.datafiles import load_yaml
from dateline.errors import CodebookError
from dateline.records import ClaimKind

T = TypeVar("T")

# The manual's score scale.
LOWEST_SCORE, HIGHEST_SCORE = -10.0, 10.0

_CODE = re.compile(r"\b([A-Z]{3,})(?:-([a-z][a-z-]*[a-z]))?")
_CONTEXT = re.compile(r"\+ctx:([a-z_]+)")


def load_codebook() -> Codebook:
    """The codebook that ships with dateline, read once.

    Raises:
        CodebookError: a file is wrong; the message names the file and the key.
    """
    return _shipped()


@cache
def _shipped() -> Codebook:
    return read_codebook(files("dateline.codebook"))


def read_codebook(folder: Traversable) -> Codebook:
    """The codebook of a folder laid out as this package is.

    Raises:
        CodebookError: a file is wrong; the message names the file and the key.
    """
    book = Codebook(
        events=_folder(folder, "events", EventType),
        claims=_folder(folder, "claims", ClaimType),
        quads=_file(folder, "quads.yaml", tuple[Quad, ...]),
        contexts=_keyed("contexts.yaml", ((c.name, c) for c in _file(folder, "contexts.yaml", tuple[Context, ...]))),
        sectors=_file(folder, "sectors.yaml", Sectors),
        auxiliary=_file(folder, "auxiliary.yaml", Auxiliary),
        settled=_file(folder, "settled.yaml", tuple[Settled, ...]),
        cameo=_grouped(_crosswalk(folder)),
    )
    _check_events(book)
    _check_claims(book)
    _check_tables(book)
    return book


def _folder(folder: Traversable, name: str, kind: type[T]) -> dict[str, T]:
    paths = sorted(
        (path for path in folder.joinpath(name).iterdir() if path.name.endswith(".yaml")), key=lambda p: p.name
    )
    found: dict[str, T] = {}
    for path in paths:
        record = _parsed(path, kind)
        key = str(getattr(record, "name"))  # noqa: B009 - both record types have a name; T does not say so
        if path.name != f"{key.lower()}.yaml":
            raise CodebookError(f"{name}/{path.name}: name: {key!r} does not fit the file; expected {key.lower()}.yaml")
        found[key] = record
    return found


def _file(folder: Traversable, name: str, kind: type[T]) -> T:
    return _parsed(folder.joinpath(name), kind)


def _parsed(path: Traversable, kind: type[T]) -> T:
    try:
        data = load_yaml(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise CodebookError(f"{path.name}: not readable YAML: {' '.join(str(error).split())}") from error
    return _validated(path.name, data, kind)


def _validated(name: str, data: Any, kind: type[T]) -> T:
    try:
        return TypeAdapter(kind).validate_python(_renamed(data))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CodebookError(f"{name}: {where}: {first['msg']}") from error


def _renamed(data: Any) -> Any:
    """``not`` is a word of Python's own; the dataclass calls it ``not_``."""
    if isinstance(data, dict):
        return {("not_" if key == "not" else key): _renamed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_renamed(value) for value in data]
    return data


def _crosswalk(folder: Traversable) -> Iterator[CameoRow]:
    text = folder.joinpath("cameo_to_plover.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for number, row in enumerate(csv.DictReader(lines), start=2):
        record = {key: value or None for key, value in row.items()}
        yield _validated(f"cameo_to_plover.csv: row {number}", record, CameoRow)


def _keyed(file: str, pairs: Iterable[tuple[str, T]]) -> dict[str, T]:
    out: dict[str, T] = {}
    for key, value in pairs:
        if key in out:
            raise CodebookError(f"{file}: {key}: stands there twice")
        out[key] = value
    return out


def _grouped(rows: Iterable[CameoRow]) -> dict[str, tuple[CameoRow, ...]]:
    """Rows by CAMEO code; a root that PLOVER split has several."""
    out: dict[str, tuple[CameoRow, ...]] = {}
    for row in rows:
        out[row.cameo_code] = (*out.get(row.cameo_code, ()), row)
    return out


def _check_events(book: Codebook) -> None:
    listed = {name: quad.name for quad in book.quads for name in quad.types}
    for name, event in book.events.items():
        file = f"events/{name.lower()}.yaml"
        if listed.get(name) != event.quad:
            raise CodebookError(f"{file}: quad: {event.quad}, but quads.yaml has {listed.get(name)}")
        if set(event.roles) != {"actor", "recipient"}:
            raise CodebookError(f"{file}: roles: {', '.join(event.roles)}; expected actor, recipient")
        _keyed(file, ((f"modes.{mode.name}", mode) for mode in event.modes))
        _check_scores(file, event)
        _check_texts(file, event)
        for number, rule in enumerate(event.rules):
            _check_codes(book, f"{file}: rules.{number}", f"{rule.use} {rule.not_}")
    missing = sorted(set(listed) - set(book.events))
    if missing:
        raise CodebookError(f"quads.yaml: types: {', '.join(missing)} has no file in events/")


def _check_scores(file: str, event: EventType) -> None:
    scores = [("score", event.score), *((f"modes.{m.name}.score", m.score) for m in event.modes if m.score is not None)]
    for key, score in scores:
        if not LOWEST_SCORE <= score <= HIGHEST_SCORE:
            raise CodebookError(f"{file}: {key}: {score} is outside {LOWEST_SCORE} to {HIGHEST_SCORE}")


def _check_texts(file: str, record: EventType | ClaimType) -> None:
    for key in ("label", "definition", "matches", "does_not_match", "because", "source"):
        if not str(getattr(record, key)).strip():
            raise CodebookError(f"{file}: {key}: empty; write a sentence of our own")
    if record.matches == record.does_not_match:
        raise CodebookError(f"{file}: does_not_match: the same sentence as matches")


def _check_codes(book: Codebook, where: str, text: str) -> None:
    """Every code named in a rule must exist; CAMEO and PLOVER are names, not codes."""
    for name, mode in _CODE.findall(text):
        if name not in book.events:
            raise CodebookError(f"{where}: unknown event type {name}")
        if mode and mode not in {m.name for m in book.events[name].modes}:
            raise CodebookError(f"{where}: unknown mode {name}-{mode}")
    for context in _CONTEXT.findall(text):
        if context not in book.contexts:
            raise CodebookError(f"{where}: unknown context {context}")


def _check_claims(book: Codebook) -> None:
    expected = set(get_args(ClaimKind))
    if set(book.claims) != expected:
        raise CodebookError(f"claims/: {', '.join(sorted(expected ^ set(book.claims)))} missing or unknown")
    for name, claim in book.claims.items():
        if set(claim.roles) != {"subject", "object"}:
            raise CodebookError(f"claims/{name}.yaml: roles: {', '.join(claim.roles)}; expected subject, object")
        _check_texts(f"claims/{name}.yaml", claim)


def _check_tables(book: Codebook) -> None:
    _keyed("sectors.yaml", ((sector.code, sector) for sector in book.sectors.sectors))
    _keyed("settled.yaml", ((entry.id, entry) for entry in book.settled))
    known = {entry.id for entry in book.settled}
    for name, event in book.events.items():
        for rule in event.rules:
            if rule.settled is not None and rule.settled not in known:
                raise CodebookError(f"events/{name.lower()}.yaml: rules: unknown entry {rule.settled} of settled.yaml")
    for mode in book.auxiliary.legacy_modes:
        _check_codes(book, f"auxiliary.yaml: legacy_modes.{mode.name}", f"{mode.type} {mode.replaced_by or ''}")
    for row in (row for rows in book.cameo.values() for row in rows):
        if row.plover_type is not None:
            _check_codes(book, f"cameo_to_plover.csv: {row.cameo_code}", row.plover_type)
