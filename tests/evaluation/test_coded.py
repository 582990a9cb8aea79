"""Finding the table's articles among the coded ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.dataset import Dataset
from dateline.errors import DatasetError, InputError
from dateline.evaluation.coded import load_corpus
from dateline.evaluation.table import read_table


def test_an_article_goes_by_its_id_its_own_id_or_its_address(make) -> None:  # type: ignore[no-untyped-def]
    a, b, c, d = (make.coded(name=name, url=f"https://example.org/{name}") for name in "abcd")
    table = read_table(make.table("article,type", f"{a.article.id},", "b,", "https://example.org/c,"))
    corpus = load_corpus(make.records(a, b, c, d), table)
    assert corpus.by_name == {a.article.id: a, "b": b, "https://example.org/c": c}
    assert corpus.others == 1


def test_a_dataset_gives_the_same(make) -> None:  # type: ignore[no-untyped-def]
    a, b, c = (make.coded(make.event(), name=name, url=f"https://example.org/{name}") for name in "abc")
    dataset = Dataset.create(make.folder / "ds")
    dataset.add([a, b, c])
    table = read_table(make.table("article,type", f"{a.article.id},", "b,"))
    assert load_corpus(dataset.path, table) == load_corpus(make.records(a, b, c), table)


def test_articles_that_were_not_coded_are_told_of_together(make) -> None:  # type: ignore[no-untyped-def]
    path = make.table("article,type", "a,", "x1,", "x2,", "x1,", "x3,", "x4,", "x5,")
    coded = make.records(make.coded())
    with pytest.raises(InputError) as caught:
        load_corpus(coded, read_table(path))
    assert str(caught.value) == (
        f"{path}: 5 of 6 articles are not in {coded}: 'x1' (line 3), 'x2' (line 4), 'x3' (line 6) and 2 more; "
        "code them, or take their rows out"
    )


def test_a_name_of_two_articles_is_refused(make) -> None:  # type: ignore[no-untyped-def]
    path = make.table("article,type", "https://example.org/a,")
    coded = make.records(*(make.coded(name=name, url="https://example.org/a") for name in "ab"))
    with pytest.raises(
        InputError, match=r"hand.csv, line 2: 'https://example.org/a' names 2 articles of .*; write the id"
    ):
        load_corpus(coded, read_table(path))


def test_an_article_twice_counts_once_if_it_is_the_same(make) -> None:  # type: ignore[no-untyped-def]
    table = read_table(make.table("article,type", "a,"))
    assert load_corpus(make.records(make.coded(), make.coded()), table).by_name == {"a": make.coded()}
    with pytest.raises(
        InputError, match=r"coded.jsonl, line 2: article \w+ was coded before, with other records; keep one"
    ):
        load_corpus(make.records(make.coded(), make.coded(make.event())), table)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ": empty; give what `dateline code` prints, or a dataset"),
        ("{oops\n", ", line 1: not JSON; give what `dateline code` prints, one record a line"),
        ("[]\n", ", line 1: not a coded record; give what `dateline code` prints, one record a line"),
        (
            '{"id": "a", "text": "x"}\n',
            ", line 1: not a coded record; give what `dateline code` prints, not the articles",
        ),
        (
            json.dumps({"article": {"id": "a"}}),
            ", line 1: coded record: coder: Field required; expected schema dateline/1; code",
        ),
    ],
)
def test_a_file_of_no_records(make, text: str, said: str) -> None:  # type: ignore[no-untyped-def]
    table = read_table(make.table("article,type", "a,"))
    path = make.folder / "coded.jsonl"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        load_corpus(path, table)
    assert str(caught.value).startswith(f"{path}{said}")


def test_no_such_file_and_a_folder_that_is_no_dataset(make, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    table = read_table(make.table("article,type", "a,"))
    with pytest.raises(InputError, match=r"none\.jsonl: no such file or dataset; check the name"):
        load_corpus(tmp_path / "none.jsonl", table)
    with pytest.raises(DatasetError, match="not a dataset"):
        load_corpus(tmp_path, table)
