"""Reading a dataset: its Delta tables as views in DuckDB, in memory, through Arrow, so that no extension is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from dateline.dataset.tables import columns, schema_of
from dateline.errors import DatasetError

# DuckDB must not fetch anything from its extension server.
_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}

# Two writers at once may both store an article; the batch whose name sorts first counts. A text older than the one
# stored at its address has revision 0 and is never the newest.
_ARTICLE_VIEWS = """
create view all_articles as
    select * from raw_articles qualify row_number() over (partition by id order by batch) = 1;
create view articles as
    select * from all_articles
    qualify row_number() over (partition by coalesce(url, id) order by revision desc, published desc, id) = 1;
"""
_TABLE_VIEW = (
    "create view {table} as select t.* from raw_{table} t join articles a on t.article_id = a.id and t.batch = a.batch;"
)


class Reader:
    """One connection, kept while the dataset does not change; one query at a time.

    ``version`` is of the table ``articles``; None follows the newest.
    """

    def __init__(self, path: Path, version: int | None) -> None:
        self._path = path
        self._version = version
        self._lock = Lock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._seen: int | None = None

    def check(self) -> None:
        """
        Raises:
            DatasetError: the table of articles cannot be read, or has no such version.
        """
        with self._reading():
            newest = self._articles().version()
            if self._version is not None and not 0 <= self._version <= newest:
                raise DatasetError(f"{self._path}: no version {self._version}; there are 0 to {newest}")

    def rows(self, sql: str, parameters: Sequence[object]) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Column names and rows."""
        with self._lock, self._reading():
            cursor = self._current().execute(sql, list(parameters))
            names = [str(column[0]) for column in cursor.description or []]
            return names, cursor.fetchall()

    def table(self, sql: str, parameters: Sequence[object]) -> pa.Table:
        """The same as an Arrow table."""
        with self._lock, self._reading():
            return self._current().sql(sql, params=list(parameters)).to_arrow_table()

    def history(self) -> list[Mapping[str, Any]]:
        """Delta's log of the table ``articles``."""
        with self._reading():
            return [
                entry
                for entry in self._articles().history()
                if self._version is None or entry["version"] <= self._version
            ]

    def _articles(self) -> DeltaTable:
        return DeltaTable(str(self._path / "articles"))

    def _current(self) -> duckdb.DuckDBPyConnection:
        """The connection onto the newest state, made anew when somebody has written."""
        newest = self._version if self._version is not None else self._articles().version()
        if self._connection is None or newest != self._seen:
            if self._connection is not None:
                self._connection.close()
            self._connection = self._connect(newest)
            self._seen = newest
        return self._connection

    def _connect(self, version: int) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(config=_OFFLINE)
        for table in columns():
            # The others may run ahead: their rows join only with articles that are there.
            at = version if table == "articles" else None
            connection.register(f"raw_{table}", self._arrow(table, at))
        connection.execute(_ARTICLE_VIEWS)
        for table in columns():
            if table != "articles":
                connection.execute(_TABLE_VIEW.format(table=table))
        return connection

    def _arrow(self, table: str, version: int | None) -> pa.Table | pa.dataset.Dataset:
        """A table; an empty one where a dataset was made before there was such a table."""
        path = str(self._path / table)
        if table != "articles" and not DeltaTable.is_deltatable(path):
            return schema_of(table).empty_table()
        return DeltaTable(path, version=version).to_pyarrow_dataset()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (duckdb.Error, DeltaError, pa.ArrowException, OSError) as error:
            raise DatasetError(f"{self._path}: {first_line(error)}") from error


def first_line(error: BaseException) -> str:
    """The first line of a foreign error's message, short enough for a terminal."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
