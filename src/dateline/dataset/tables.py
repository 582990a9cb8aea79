"""The tables of a dataset as Arrow schemas, read from ``columns.yaml``, which also makes docs/columns.md."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pyarrow as pa

from dateline.datafiles import read_yaml

_TYPES: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "texts": pa.list_(pa.string()),
    "spans": pa.list_(pa.list_(pa.int64())),
}
_KEYS = {"article_id": ("text", "id in articles"), "batch": ("text", "the write it came with")}


@cache
def columns() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Table → column → (type name, meaning)."""
    data = read_yaml("dateline.dataset", "columns.yaml")
    out = {}
    for table, named in data.items():
        own = {name: (kind, meaning) for name, (kind, meaning) in named.items()}
        out[table] = own if table == "articles" else _KEYS | own
    return out


def schema_of(table: str) -> pa.Schema:
    """Arrow schema of a table."""
    return pa.schema([pa.field(name, _TYPES[kind]) for name, (kind, _) in columns()[table].items()])
