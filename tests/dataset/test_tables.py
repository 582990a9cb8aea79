"""Every field of the record has its column, and every column its meaning."""

from collections.abc import Callable

import pytest

from dateline.dataset import Dataset
from dateline.dataset.page import columns_page
from dateline.dataset.rows import article_row, rows_of
from dateline.dataset.tables import columns, schema_of
from dateline.records import Coded

Make = Callable[..., Coded]


def test_rows_fill_exactly_the_columns(coded: Make) -> None:
    found: dict[str, set[str]] = {}
    for table, row in rows_of(coded()):
        found.setdefault(table, set()).update(row)
    expected = {table: {*named} - {"article_id", "batch"} for table, named in columns().items() if table != "articles"}
    assert found == expected
    assert {*article_row(coded())} | {"batch", "revision", "supersedes"} == {*columns()["articles"]}


@pytest.mark.parametrize("table", [table for table in columns() if table != "articles"])
def test_every_column_holds_what_was_found(dataset: Dataset, coded: Make, table: str) -> None:
    """The hand-built article fills every column somewhere, so a column that is always null was forgotten."""
    dataset.add([coded(url="https://a.example/1", published="2018-09-05", outlet="Courier")])
    rows = dataset.query(f"select * from {table}")
    assert {name for name in columns()[table] if all(row[name] is None for row in rows)} == set()
    assert dataset.arrow(f"select * from {table}").schema.names == schema_of(table).names


def test_spans_are_of_the_text(dataset: Dataset, coded: Make) -> None:
    dataset.add([coded()])
    sql = 'select a.text[m.begin + 1:m."end"] words, m.text from mentions m join articles a on a.id = m.article_id'
    rows = dataset.query(sql)
    assert rows and all(row["words"] == row["text"] for row in rows)


def test_statements_of_several_spans(dataset: Dataset, coded: Make) -> None:
    dataset.add([coded()])
    (row,) = dataset.query("select content_spans from statements where id = 's2'")
    assert row["content_spans"] == [list(span) for span in coded().statements[1].content.spans]


def test_events_join_with_their_actors_and_statements(dataset: Dataset, coded: Make) -> None:
    dataset.add([coded()])
    sql = """select e.type, a.name, e.own_voice from events e
        join event_parties p on p.article_id = e.article_id and p.event = e.id and p.role = 'actor'
        join actors a on a.article_id = p.article_id and a.id = p.actor"""
    assert dataset.query(sql) == [{"type": "ASSAULT", "name": "government", "own_voice": True}]


def test_the_page_names_every_table_and_column() -> None:
    page = columns_page()
    for table, named in columns().items():
        assert f"## `{table}`" in page
        for name, (kind, meaning) in named.items():
            assert f"| `{name}` | {kind} | {meaning} |" in page
