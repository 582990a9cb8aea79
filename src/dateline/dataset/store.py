"""A dataset: a folder of Delta tables, append-only, whole at every moment.

An article's rows go into every table first and its row in ``articles`` last; readers join on that row and on the batch it
names, so that a kill or a full disk in mid-write leaves nothing half seen, and what is written again is seen once.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError

from dateline.dataset.rows import Row, article_row, rows_of
from dateline.dataset.tables import columns, schema_of
from dateline.errors import DatasetError
from dateline.records import SCHEMA, Coded

# Names the layout; a folder without it is no dataset. Written last when a dataset is made.
_MARK = "dateline.json"


@dataclass(frozen=True, slots=True)
class Added:
    """What a write brought, in articles."""

    new: int
    known: int
    revised: int


@dataclass(frozen=True, slots=True)
class Version:
    """A state of the dataset that can be cited and reopened."""

    number: int
    articles: int


class Dataset:
    """Open one with ``Dataset.open``; make one with ``Dataset.create``."""

    def __init__(self, path: Path, version: int | None = None) -> None:
        self.path = path
        self._version = version  # of the table articles; None is the newest

    @staticmethod
    def create(path: Path) -> Dataset:
        """A new, empty dataset.

        Raises:
            DatasetError: the folder holds other files, is a dataset already, or cannot be written.
        """
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise DatasetError(f"{path}: holds other files; name a new folder or a dataset made by dateline")
        with _writing(path):
            path.mkdir(parents=True, exist_ok=True)
            for table in columns():
                DeltaTable.create(str(path / table), schema=schema_of(table))
            (path / _MARK).write_text(json.dumps({"schema": SCHEMA}) + "\n", encoding="utf-8")
        return Dataset(path)

    @staticmethod
    def open(path: Path, version: int | None = None) -> Dataset:
        """A dataset as it is now, or as it was at a version.

        Raises:
            DatasetError: no dataset there, or one of another layout.
        """
        if not path.exists():
            raise DatasetError(f"{path}: no such dataset; make one with `dateline code FILE --into {path}`")
        try:
            mark = json.loads((path / _MARK).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise DatasetError(f"{path}: not a dataset; name a folder made with `dateline code FILE --into`") from error
        if mark.get("schema") != SCHEMA:
            raise DatasetError(f"{path}: a dataset of layout {mark.get('schema')!r}; this dateline reads {SCHEMA}")
        return Dataset(path, version)

    @staticmethod
    def open_or_create(path: Path) -> Dataset:
        """The dataset at this folder, made if there is none. A folder left by an interrupted ``create`` is made anew."""
        if not path.exists() or (path.is_dir() and not any(path.iterdir())):
            return Dataset.create(path)
        if not (path / _MARK).exists() and _only_tables(path):
            with _writing(path):
                for table in columns():
                    DeltaTable.create(str(path / table), schema=schema_of(table), mode="ignore")
                (path / _MARK).write_text(json.dumps({"schema": SCHEMA}) + "\n", encoding="utf-8")
        return Dataset.open(path)

    def add(self, coded: Iterable[Coded]) -> Added:
        """Store coded articles in one write. One that is there already adds nothing; a newer text at the same
        address becomes its next revision.

        Raises:
            DatasetError: the folder cannot be written; what was stored before stays whole.
        """
        batch = uuid.uuid4().hex
        stored, latest = self._stored()
        rows: dict[str, list[Row]] = {table: [] for table in columns()}
        known = revised = 0
        for one in coded:
            if one.article.id in stored:
                known += 1
                continue
            stored.add(one.article.id)
            before, revision = latest.get(one.article.url or "", (None, 0))
            revised += before is not None
            rows["articles"].append(article_row(one) | {"batch": batch, "revision": revision + 1, "supersedes": before})
            if one.article.url:
                latest[one.article.url] = (one.article.id, revision + 1)
            for table, row in rows_of(one):
                rows[table].append({"article_id": one.article.id, "batch": batch, **row})
        self._write(rows)
        return Added(new=len(rows["articles"]) - revised, known=known, revised=revised)

    def article_ids(self) -> list[str]:
        """Ids of every article stored, older revisions too, in the order they were stored."""
        return [str(row["id"]) for row in self.query("select id from all_articles")]

    def coded(self, article_id: str) -> Coded:
        """The record as it was stored.

        Raises:
            DatasetError: no such article.
        """
        rows = self.query("select record from all_articles where id = ?", [article_id])
        if not rows:
            raise DatasetError(f"{self.path}: no article {article_id!r}; `dateline show {self.path}` lists them")
        return Coded.from_dict(json.loads(rows[0]["record"]))

    def query(self, sql: str, parameters: list[Any] | None = None) -> list[dict[str, Any]]:
        """Rows of an SQL query over the tables of docs/columns.md.

        ``articles`` holds the newest revision at each address and the other tables the rows of those; ``all_articles``
        holds every revision.

        Raises:
            DatasetError: the query is wrong, or the tables cannot be read.
        """
        try:
            with self._connection() as connection:
                cursor = connection.execute(sql, parameters or [])
                names = [column[0] for column in cursor.description or []]
                return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except (duckdb.Error, DeltaError, OSError) as error:
            raise DatasetError(f"{self.path}: {_first_line(error)}") from error

    def versions(self) -> list[Version]:
        """Every state the dataset has had, oldest first; ``Dataset.open(path, version=number)`` reopens one."""
        numbers = sorted(int(entry["version"]) for entry in DeltaTable(str(self.path / "articles")).history())
        return [Version(number, len(Dataset(self.path, number).article_ids())) for number in numbers]

    @contextmanager
    def _connection(self) -> Iterator[duckdb.DuckDBPyConnection]:
        connection = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
        try:
            for table in columns():
                version = self._version if table == "articles" else None
                connection.register(f"raw_{table}", DeltaTable(str(self.path / table), version=version).to_pyarrow_dataset())
            connection.execute(_VIEWS)
            yield connection
        finally:
            connection.close()

    def _stored(self) -> tuple[set[str], dict[str, tuple[str | None, int]]]:
        """Ids stored, and for each address its newest article and revision."""
        rows = self.query("select id, url, revision from all_articles order by revision")
        return {row["id"] for row in rows}, {row["url"]: (row["id"], row["revision"]) for row in rows if row["url"]}

    def _write(self, rows: dict[str, list[Row]]) -> None:
        if not rows["articles"]:
            return
        with _writing(self.path):
            for table in sorted(rows, key=lambda table: table == "articles"):
                if rows[table]:
                    data = pa.Table.from_pylist(rows[table], schema=schema_of(table))
                    write_deltalake(str(self.path / table), data, mode="append")


def _views() -> str:
    views = [
        "create view all_articles as select * from raw_articles",
        "create view articles as select * from raw_articles where id not in "
        "(select supersedes from raw_articles where supersedes is not null)",
    ]
    views += [
        f"create view {table} as select t.* from raw_{table} t join articles a on t.article_id = a.id and t.batch = a.batch"
        for table in columns()
        if table != "articles"
    ]
    return ";\n".join(views)


_VIEWS = _views()


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except (DeltaError, OSError) as error:
        raise DatasetError(
            f"{path}: cannot be written ({_first_line(error)}); free some space or name another folder. "
            "What was stored before is whole"
        ) from error


def _only_tables(path: Path) -> bool:
    return path.is_dir() and all(entry.is_dir() and entry.name in columns() for entry in path.iterdir())


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
