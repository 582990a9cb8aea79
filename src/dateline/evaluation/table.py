"""The hand-coded table: a CSV file, one row for each event a coder found, or for what was read and held none."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import get_args

from dateline.codebook import Codebook, load_codebook
from dateline.errors import InputError
from dateline.records import EventStatus

REQUIRED = ("article", "type")
DETAILS = ("actor", "recipient", "mode", "place", "date", "status")
COLUMNS = (*REQUIRED, *DETAILS, "sentence", "coder")
# Several names in one cell of actor or recipient.
SEPARATOR = ";"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_STATUSES: tuple[str, ...] = get_args(EventStatus)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. ``type`` is None where the coder read and found no event; an empty cell is None."""

    line: int
    article: str
    type: str | None
    mode: str | None = None
    actor: str | None = None
    recipient: str | None = None
    place: str | None = None
    date: str | None = None
    status: str | None = None
    sentence: str | None = None
    coder: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """``details``: which of DETAILS it has columns for. ``by_sentence``: whether its rows name sentences."""

    path: Path
    rows: tuple[Row, ...]
    details: tuple[str, ...]
    by_sentence: bool

    @property
    def coders(self) -> tuple[str | None, ...]:
        """Names of the human coders in alphabetical order; (None,) where the table names none."""
        return tuple(sorted({row.coder for row in self.rows}, key=lambda name: name or ""))

    def fault(self, line: int, message: str) -> InputError:
        """What is wrong with a line, and the remedy."""
        return InputError(f"{self.path}, line {line}: {message}")


def read_table(path: Path) -> Table:
    """The rows of a hand-coded table, each checked against the codebook.

    Raises:
        InputError: the file cannot be read, is not a table of this kind, or a line is wrong.
    """
    lines = _lines(path, _text(path))
    header = _header(path, next(lines, (1, []))[1])
    book = load_codebook()
    rows = tuple(_row(path, line, _cells(path, line, header, cells), book) for line, cells in lines)
    if not rows:
        raise InputError(f"{path}: no rows; write one line for each event or article read")
    table = Table(path, rows, tuple(d for d in DETAILS if d in header), any(row.sentence for row in rows))
    _check_coders(table, "coder" in header)
    _check_sentences(table)
    return table


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; check the name") from error
    except IsADirectoryError as error:
        raise InputError(f"{path}: a folder; name the CSV file of the hand-coded events") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check its permissions") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{path}, line {line}: byte 0x{data[error.start]:02x} is not UTF-8; save the table as “CSV UTF-8”"
        ) from error
    if not text.strip():
        raise InputError(f"{path}: empty; write a header with {' and '.join(REQUIRED)}, then one line for each event")
    return text


def _lines(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """(line a row begins at, its cells), blank lines left out."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"{path}, line {line}: not CSV ({error}); put cells with quotes or commas in quotes"
        ) from error


def _header(path: Path, cells: Sequence[str]) -> list[str]:
    names = [cell.casefold() for cell in cells]
    if len(names) == 1 and (mark := next((mark for mark in ";\t" if mark in names[0]), None)):
        raise InputError(f"{path}, line 1: columns parted by {mark!r}; save the table with commas")
    unknown = sorted(set(names) - set(COLUMNS))
    for column in COLUMNS:
        if names.count(column) > 1:
            raise InputError(f"{path}, line 1: two columns {column!r}; keep one")
        near = get_close_matches(column, unknown, n=1, cutoff=0.8) if column not in names else []
        if near:
            raise InputError(f"{path}, line 1: column {near[0]!r}; write {column!r}, or another name if it is not that")
        if column in REQUIRED and column not in names:
            raise InputError(f"{path}, line 1: no column {column!r}; it has {', '.join(map(repr, cells))}; add it")
    return names


def _cells(path: Path, line: int, header: Sequence[str], cells: Sequence[str]) -> Mapping[str, str | None]:
    if len(cells) > len(header) and any(cells[len(header) :]):
        raise InputError(
            f"{path}, line {line}: {len(cells)} cells, the header has {len(header)}; put cells with commas in quotes"
        )
    return dict.fromkeys(header) | {name: cell or None for name, cell in zip(header, cells, strict=False)}


def _row(path: Path, line: int, cells: Mapping[str, str | None], book: Codebook) -> Row:
    given = {name: cells.get(name) for name in COLUMNS}
    if given["article"] is None:
        raise InputError(f"{path}, line {line}: no article; write the id or url of the article the row is about")
    try:
        type_ = _one_of("type", given["type"] and given["type"].upper(), book.events)
        status = _one_of("status", given["status"] and given["status"].lower(), _STATUSES)
        modes = [mode.name for mode in book.events[type_].modes] if type_ else []
        mode = _one_of(f"mode of {type_}", given["mode"] and given["mode"].lower(), modes) if type_ else given["mode"]
        day = _day(given["date"])
    except ValueError as error:
        raise InputError(f"{path}, line {line}: {error}") from error
    told = [name for name in DETAILS if given[name]]
    if type_ is None and told:
        raise InputError(
            f"{path}, line {line}: {told[0]} {given[told[0]]!r} of no event; give its type, or empty the cell"
        )
    return Row(
        line, given["article"], type_, mode, given["actor"], given["recipient"], given["place"], day, status,
        given["sentence"], given["coder"],
    )  # fmt: skip


def _one_of(what: str, value: str | None, known: Iterable[str]) -> str | None:
    """The value, if there is one and it is known.

    Raises:
        ValueError: it is not known.
    """
    names = sorted(known)
    if value is None or value in names:
        return value
    near = get_close_matches(value, names, n=1, cutoff=0.5)
    if near:
        raise ValueError(f"{value!r} is no {what}; did you mean {near[0]!r}? There are {', '.join(names)}")
    raise ValueError(f"{value!r} is no {what}; there are {', '.join(names) or 'none'}")


def _day(value: str | None) -> str | None:
    try:
        if value is None or (_DAY.fullmatch(value) and date.fromisoformat(value)):
            return value
    except ValueError:  # the form of a day but none of the calendar, as 2018-02-30: said below
        pass
    raise ValueError(f"date {value!r} is no day; write YYYY-MM-DD")


def _check_coders(table: Table, named: bool) -> None:
    for row in table.rows:
        if named and row.coder is None and len(table.coders) > 1:
            raise table.fault(row.line, "no coder; name one in every row")


def _check_sentences(table: Table) -> None:
    for row in table.rows:
        if table.by_sentence and row.type and not row.sentence:
            raise table.fault(
                row.line, f"{row.type} without its sentence, which other rows give; copy words of the sentence"
            )
