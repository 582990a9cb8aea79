"""A dataset: a folder of Delta tables, append-only, whole at every moment.

An article's rows go into every table first and its row in ``articles`` last; readers join on that row and on the batch
it names, so that a kill or a full disk in mid-write leaves nothing half seen, and what is written again is seen once.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError

from dateline.dataset.reader import Reader, first_line
from dateline.dataset.rows import Row, article_row, rows_of
from dateline.dataset.tables import columns, schema_of
from dateline.errors import DatasetError
from dateline.records import SCHEMA, Article, Coded

# Names the layout; a folder without it is no dataset. Written last when a dataset is made.
_MARK = "dateline.json"
_NEW_MARK = "dateline.json.new"

# Rows are never changed, and every version stays reopenable: Delta would drop log entries older than 30 days.
_TABLE_SETTINGS = {"delta.appendOnly": "true", "delta.enableExpiredLogCleanup": "false"}

# Articles a write: one small file per table and write, so fewer is wasteful; more keeps more records in memory.
COMMIT_ARTICLES = 200


@dataclass(frozen=True, slots=True)
class Added:
    """What a write brought, in articles."""

    new: int
    known: int
    revised: int


@dataclass(frozen=True, slots=True)
class Version:
    """A state that can be cited and reopened. ``articles`` counts older revisions too; ``written`` is UTC."""

    number: int
    articles: int
    written: str


@dataclass(frozen=True, slots=True)
class _Head:
    """The newest text stored for an address."""

    article_id: str
    revision: int
    published: str | None


class Dataset:
    """Open one with ``Dataset.open``; make one with ``Dataset.create``. Reading is safe from several threads."""

    def __init__(self, path: Path, version: int | None = None) -> None:
        self.path = path
        self._reader = Reader(path, version)

    @staticmethod
    def create(path: Path) -> Dataset:
        """A new, empty dataset.

        Raises:
            DatasetError: the folder holds other files, is a dataset already, or cannot be written.
        """
        with _writing(path):
            if path.exists() and (not path.is_dir() or any(path.iterdir())):
                raise DatasetError(f"{path}: holds other files; name a new folder or a dataset made by dateline")
            path.mkdir(parents=True, exist_ok=True)
        _furnish(path)
        return Dataset(path)

    @staticmethod
    def open(path: Path, version: int | None = None) -> Dataset:
        """A dataset as it is now, or as it was at a version.

        Raises:
            DatasetError: no dataset there, one of another layout, or no such version.
        """
        try:
            mark = json.loads((path / _MARK).read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            if path.exists():
                said = "not a dataset; name a folder that `dateline code FILE --into FOLDER` made"
            else:
                said = f"no such dataset; make one with `dateline code FILE --into {path}`"
            raise DatasetError(f"{path}: {said}") from error
        except (OSError, ValueError) as error:
            raise DatasetError(f"{path}: not a dataset that can be read ({first_line(error)})") from error
        layout = mark.get("schema") if isinstance(mark, dict) else None
        if layout != SCHEMA:
            raise DatasetError(f"{path}: a dataset of layout {layout!r}; this dateline reads {SCHEMA}")
        dataset = Dataset(path, version)
        dataset._reader.check()
        return dataset

    @staticmethod
    def open_or_create(path: Path) -> Dataset:
        """The dataset at this folder, made if there is none. A folder left by an interrupted ``create`` is made whole.

        Raises:
            DatasetError: the folder holds other files, or cannot be written.
        """
        with _writing(path):
            if not path.exists() or (path.is_dir() and not any(path.iterdir())):
                return Dataset.create(path)
            if not (path / _MARK).exists() and _only_tables(path):
                _furnish(path)
        return Dataset.open(path)

    def add(self, coded: Iterable[Coded], *, commit_articles: int = COMMIT_ARTICLES) -> Added:
        """Store coded articles, so many a write. One that is there already adds nothing; another text at the same
        address becomes its next revision, unless it was published before the one that is there.

        Raises:
            DatasetError: the folder cannot be written; what was stored before stays whole.
        """
        stored, heads = self._stored()
        new = known = revised = 0
        stream = iter(coded)
        while some := list(islice(stream, commit_articles)):
            rows: dict[str, list[Row]] = {table: [] for table in columns()}
            batch = uuid.uuid4().hex
            for one in some:
                if one.article.id in stored:
                    known += 1
                    continue
                stored.add(one.article.id)
                place = _placed(one.article, heads)
                revised += place["revision"] != 1
                new += place["revision"] == 1
                rows["articles"].append(article_row(one) | {"batch": batch} | place)
                for table, row in rows_of(one):
                    rows[table].append({"article_id": one.article.id, "batch": batch, **row})
            self._write(rows)
        return Added(new=new, known=known, revised=revised)

    def article_ids(self) -> list[str]:
        """Ids of every article stored, older revisions too."""
        return [str(row["id"]) for row in self.query("select id from all_articles order by id")]

    def coded(self, article_id: str) -> Coded:
        """The record as it was stored.

        Raises:
            DatasetError: no such article.
        """
        rows = self.query("select record from all_articles where id = ?", [article_id])
        if not rows:
            raise DatasetError(f"{self.path}: no article {article_id!r}; `dateline show {self.path}` lists them")
        return Coded.from_dict(json.loads(rows[0]["record"]))

    def query(self, sql: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
        """Rows of an SQL query over the tables of docs/columns.md.

        ``articles`` holds the newest revision at each address and the other tables the rows of those; ``all_articles``
        holds every revision.

        Raises:
            DatasetError: the query is wrong, or the tables cannot be read.
        """
        names, rows = self._reader.rows(sql, parameters)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def arrow(self, sql: str, parameters: Sequence[object] = ()) -> pa.Table:
        """As ``query``, as an Arrow table.

        Raises:
            DatasetError: the query is wrong, or the tables cannot be read.
        """
        return self._reader.table(sql, parameters)

    def versions(self) -> list[Version]:
        """Every state the dataset has had, oldest first; ``Dataset.open(path, version=number)`` reopens one."""
        versions: list[Version] = []
        articles = 0
        for entry in sorted(self._reader.history(), key=lambda entry: int(entry["version"])):
            articles += int(entry.get("operationMetrics", {}).get("num_added_rows", 0))
            written = datetime.fromtimestamp(entry["timestamp"] / 1000, UTC).isoformat(timespec="seconds")
            versions.append(Version(int(entry["version"]), articles, written))
        return versions

    def _stored(self) -> tuple[set[str], dict[str, _Head]]:
        """Ids stored, and the newest text for each address."""
        rows = self.query("select id, url, revision, published from all_articles order by revision")
        heads = {row["url"]: _Head(row["id"], row["revision"], row["published"]) for row in rows if row["url"]}
        return {row["id"] for row in rows}, heads

    def _write(self, rows: dict[str, list[Row]]) -> None:
        if not rows["articles"]:
            return
        with _writing(self.path):
            for table in sorted(rows, key=lambda table: table == "articles"):
                if rows[table]:
                    data = pa.Table.from_pylist(rows[table], schema=schema_of(table))
                    # The settings are for a table that a dataset of an earlier version does not have yet.
                    write_deltalake(str(self.path / table), data, mode="append", configuration=_TABLE_SETTINGS)


def _placed(article: Article, heads: dict[str, _Head]) -> Row:
    """Where the article stands among the texts of its address; enters it in ``heads`` if it is the newest."""
    head = heads.get(article.url or "")
    if head and article.published and head.published and article.published < head.published:
        return {"revision": 0, "supersedes": None}
    revision = head.revision + 1 if head else 1
    if article.url:
        heads[article.url] = _Head(article.id, revision, article.published)
    return {"revision": revision, "supersedes": head.article_id if head else None}


def _furnish(path: Path) -> None:
    """Make the tables that are missing, then the mark; a kill in between leaves what the next call completes."""
    with _writing(path):
        for table in columns():
            DeltaTable.create(str(path / table), schema=schema_of(table), mode="ignore", configuration=_TABLE_SETTINGS)
        (path / _NEW_MARK).write_text(json.dumps({"schema": SCHEMA}) + "\n", encoding="utf-8")
        (path / _NEW_MARK).replace(path / _MARK)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except (DeltaError, OSError) as error:
        raise DatasetError(
            f"{path}: cannot be written ({first_line(error)}); free some space or name another folder. "
            "What was stored before is whole"
        ) from error
    except (pa.ArrowException, ValueError) as error:
        raise DatasetError(
            f"{path}: a record cannot be stored ({first_line(error)}); nothing of its batch was"
        ) from error


def _only_tables(path: Path) -> bool:
    ours = {*columns(), _NEW_MARK}
    return path.is_dir() and all(entry.name in ours for entry in path.iterdir())
