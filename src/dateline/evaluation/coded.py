"""The coded records of the articles in a table: of a JSON Lines file, of standard input, or of a dataset."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from dateline.errors import InputError
from dateline.evaluation.table import Row, Table
from dateline.records import Article, Coded

# How many articles that were not coded an error names.
_SHOWN = 3

_WANTED = """
select record from articles where id in (select unnest($1)) or source_id in (select unnest($1)) or url in (select unnest($1))
union select record from all_articles where id in (select unnest($1)) and id not in (select id from articles)
"""
_OTHERS = "select count(*) as articles from articles where id not in (select unnest($1))"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Coded records by the name the table has for them; ``others`` counts coded articles that the table does not have."""

    by_name: Mapping[str, Coded]
    others: int


def load_corpus(path: Path, table: Table) -> Corpus:
    """The coded records of the table's articles.

    Raises:
        InputError: an article was not coded, its name stands for several, or a line is no coded record.
        DatasetError: the folder is not a dataset.
    """
    names = {row.article for row in table.rows}
    if path.is_dir():
        found, others = _from_dataset(path, names)
    else:
        found, others = _from_lines(path, names)
    return Corpus(_named(path, table, found), others)


def _from_dataset(path: Path, names: Set[str]) -> tuple[list[Coded], int]:
    try:
        from dateline.dataset import Dataset
    except ImportError as error:
        raise InputError(f"{path}: a dataset needs {error.name}; install dateline[dataset]") from error
    dataset = Dataset.open(path)
    found = [Coded.from_dict(json.loads(row["record"])) for row in dataset.query(_WANTED, [sorted(names)])]
    others = dataset.query(_OTHERS, [[coded.article.id for coded in found]])
    return found, int(others[0]["articles"])


def _from_lines(path: Path, names: Set[str]) -> tuple[list[Coded], int]:
    found: dict[str, Coded] = {}
    ids: set[str] = set()
    for place, record in _records(path):
        article = record.get("article")
        if not isinstance(article, dict) or not isinstance(article.get("id"), str):
            raise InputError(
                f"{place}: not a coded record; give what `dateline code` prints, not the articles themselves"
            )
        ids.add(article["id"])
        if names.isdisjoint(filter(None, (article["id"], article.get("source_id"), article.get("url")))):
            continue
        try:
            coded = Coded.from_dict(record)
        except InputError as error:
            raise InputError(f"{place}: {error}; code the articles anew") from error
        if found.setdefault(coded.article.id, coded) != coded:
            raise InputError(
                f"{place}: article {coded.article.id} was coded before, with other records; keep one of them"
            )
    return list(found.values()), len(ids - found.keys())


def _records(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """("file, line N", record) for every line."""
    name = "standard input" if str(path) == "-" else str(path)
    seen = False
    with _opened(path) as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            seen = True
            place = f"{name}, line {number}"
            try:
                record = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise InputError(f"{place}: not JSON; give what `dateline code` prints, one record a line") from error
            if not isinstance(record, dict):
                raise InputError(f"{place}: not a coded record; give what `dateline code` prints, one record a line")
            yield place, record
    if not seen:
        raise InputError(f"{name}: empty; give what `dateline code` prints, or a dataset")


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    try:
        with path.open("rb") as stream:
            yield stream
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file or dataset; check the name") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check its permissions") from error


def _named(path: Path, table: Table, found: Iterable[Coded]) -> dict[str, Coded]:
    known: dict[str, list[Coded]] = {}
    for coded in found:
        for name in sorted(_names(coded.article)):
            known.setdefault(name, []).append(coded)
    firsts: dict[str, Row] = {}
    for row in table.rows:
        firsts.setdefault(row.article, row)
        if len(known.get(row.article, ())) > 1:
            raise table.fault(
                row.line, f"{row.article!r} names {len(known[row.article])} articles of {path}; write the id"
            )
    absent = [row for name, row in firsts.items() if name not in known]
    if absent:
        shown = ", ".join(f"{row.article!r} (line {row.line})" for row in absent[:_SHOWN])
        more = f" and {len(absent) - _SHOWN} more" if len(absent) > _SHOWN else ""
        raise InputError(
            f"{table.path}: {len(absent)} of {len(firsts)} articles are not in {path}: {shown}{more}; "
            "code them, or take their rows out"
        )
    return {name: known[name][0] for name in firsts}


def _names(article: Article) -> set[str]:
    return {name for name in (article.id, article.source_id, article.url) if name}
