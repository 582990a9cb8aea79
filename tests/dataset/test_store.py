"""A dataset gives back what was stored, stores nothing twice, and is whole after a kill or a full disk."""

import json
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import rmtree

import pytest
from deltalake import DeltaTable

from dateline import DatasetError
from dateline.dataset import Added, Dataset
from dateline.records import Article, Coded, CoderInfo

Make = Callable[..., Coded]
HERE = Path(__file__).resolve().parent


def test_the_record_comes_back_as_it_went_in(dataset: Dataset, coded: Make) -> None:
    full = coded(url="https://a.example/1", outlet="Courier", published="2018-09-05")
    bare = Coded(CoderInfo("0.0.0", {}), Article.make("قال الجيش \u202e \x00 🜂 <b>"))
    assert dataset.add([full, bare]) == Added(new=2, known=0, revised=0)
    reopened = Dataset.open(dataset.path)
    assert reopened.coded(full.article.id) == full
    assert reopened.coded(bare.article.id) == bare
    assert reopened.article_ids() == sorted([full.article.id, bare.article.id])


def test_the_same_article_twice_adds_nothing(dataset: Dataset, coded: Make) -> None:
    one = coded()
    assert dataset.add([one, one]) == Added(new=1, known=1, revised=0)
    assert dataset.add([one]) == Added(new=0, known=1, revised=0)
    assert len(dataset.versions()) == 2
    assert dataset.query("select count(*) n from events") == [{"n": 1}]


def test_another_text_at_the_same_address_is_a_revision(dataset: Dataset, coded: Make) -> None:
    texts = [coded().article.text, coded().article.text + " It was a market day.", coded().article.text + " Six died."]
    first, second, third = (coded(text, url="https://a.example/1") for text in texts)
    assert dataset.add([first, second]) == Added(new=1, known=0, revised=1)
    assert dataset.add([third]) == Added(new=0, known=0, revised=1)
    assert dataset.query("select id, revision, supersedes from articles") == [
        {"id": third.article.id, "revision": 3, "supersedes": second.article.id}
    ]
    assert dataset.query("select distinct article_id from events") == [{"article_id": third.article.id}]
    assert len(dataset.article_ids()) == 3
    assert dataset.coded(first.article.id) == first


def test_an_older_text_does_not_supersede_a_newer_one(dataset: Dataset, coded: Make) -> None:
    text = coded().article.text
    newer = coded(text + " Six died.", url="https://a.example/1", published="2018-09-06")
    older = coded(text, url="https://a.example/1", published="2018-09-05")
    undated = coded(text + " Seven died.", url="https://a.example/1")
    dataset.add([newer])
    assert dataset.add([older]) == Added(new=0, known=0, revised=1)
    assert dataset.query("select id from articles") == [{"id": newer.article.id}]
    dataset.add([undated])
    assert dataset.query("select id, revision from articles") == [{"id": undated.article.id, "revision": 2}]


def test_articles_without_an_address_are_never_revisions(dataset: Dataset, coded: Make) -> None:
    assert dataset.add([coded(outlet="A"), coded(outlet="B")]) == Added(new=2, known=0, revised=0)
    assert dataset.query("select count(*) n from articles") == [{"n": 2}]


def test_a_version_can_be_reopened(dataset: Dataset, coded: Make) -> None:
    first = coded(url="https://a.example/1")
    second = coded(first.article.text + " Six died.", url="https://a.example/1")
    dataset.add([first])
    dataset.add([second])
    assert [(version.number, version.articles) for version in dataset.versions()] == [(0, 0), (1, 1), (2, 2)]
    old = Dataset.open(dataset.path, version=1)
    assert old.query("select id from articles") == [{"id": first.article.id}]
    assert old.query("select distinct article_id from claims") == [{"article_id": first.article.id}]
    assert len(old.versions()) == 2
    with pytest.raises(DatasetError, match=r"no version 9; there are 0 to 2"):
        Dataset.open(dataset.path, version=9)


def test_one_write_holds_many_articles(dataset: Dataset, coded: Make) -> None:
    dataset.add((coded(outlet=f"outlet {number}") for number in range(7)), commit_articles=3)
    assert [version.articles for version in dataset.versions()] == [0, 3, 6, 7]
    assert len(list((dataset.path / "events").glob("*.parquet"))) == 3


def test_an_open_reader_sees_what_another_wrote(dataset: Dataset, coded: Make) -> None:
    assert dataset.query("select id from articles") == []
    Dataset.open(dataset.path).add([coded()])
    assert len(dataset.query("select id from articles")) == 1


def test_two_writers_of_one_article_leave_it_once(
    dataset: Dataset, coded: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset.add([coded()])
    monkeypatch.setattr(Dataset, "_stored", lambda self: (set(), {}))
    Dataset.open(dataset.path).add([coded()])
    for table, count in (("articles", 1), ("all_articles", 1), ("events", 1), ("mentions", 3)):
        assert dataset.query(f"select count(*) n from {table}") == [{"n": count}]


def test_a_query_as_arrow(dataset: Dataset, coded: Make) -> None:
    dataset.add([coded()])
    table = dataset.arrow("select type, contexts from events where status = ?", ["occurred"])
    assert table.to_pylist() == [{"type": "ASSAULT", "contexts": ["military"]}]


@pytest.mark.parametrize("sql", ["select nothing from articles", "selec 1", "select * from secrets"])
def test_a_wrong_query_is_one_line(dataset: Dataset, sql: str) -> None:
    with pytest.raises(DatasetError) as caught:
        dataset.query(sql)
    assert "\n" not in str(caught.value)


# Writes every table up to one of them, then dies without a word, as a kill or a power cut would.
_KILLED = """
    import os, sys
    from pathlib import Path
    sys.path.insert(0, {here!r})
    from conftest import make_coded
    from dateline.dataset import Dataset, store
    write = store.write_deltalake
    def dying(uri, *args, **kwargs):
        if uri.endswith({table!r}):
            os._exit(9)
        write(uri, *args, **kwargs)
    store.write_deltalake = dying
    Dataset.open(Path({path!r})).add([make_coded()])
"""


@pytest.mark.parametrize("table", ["actors", "events", "problems", "articles"])
def test_a_kill_in_mid_write_leaves_nothing_half_seen(dataset: Dataset, coded: Make, table: str) -> None:
    other = coded(outlet="earlier")
    dataset.add([other])
    script = textwrap.dedent(_KILLED).format(here=str(HERE), table=f"/{table}", path=str(dataset.path))
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 9
    reopened = Dataset.open_or_create(dataset.path)
    assert reopened.article_ids() == [other.article.id]
    assert reopened.query("select count(*) n from actors") == [{"n": 3}]
    assert reopened.add([coded()]) == Added(new=1, known=0, revised=0)
    assert reopened.query("select count(*) n from actors") == [{"n": 6}]
    assert reopened.coded(coded().article.id) == coded()


# Files cannot grow past so many bytes: what a full disk looks like from inside.
_FULL = """
    import resource, signal, sys
    from pathlib import Path
    sys.path.insert(0, {here!r})
    from conftest import make_coded
    from dateline import DatasetError
    from dateline.dataset import Dataset
    dataset = Dataset.open(Path({path!r}))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))
    try:
        dataset.add([make_coded()])
    except DatasetError as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no resource limits there")
def test_a_full_disk_is_one_line_and_loses_nothing(dataset: Dataset, coded: Make) -> None:
    other = coded(outlet="earlier")
    dataset.add([other])
    script = textwrap.dedent(_FULL).format(here=str(HERE), path=str(dataset.path))
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    (line,) = done.stdout.splitlines()
    assert str(dataset.path) in line and "cannot be written" in line
    assert Dataset.open(dataset.path).article_ids() == [other.article.id]
    assert dataset.add([coded()]) == Added(new=1, known=0, revised=0)


def test_what_arrow_cannot_hold_is_refused_whole(dataset: Dataset, coded: Make) -> None:
    broken = coded(outlet="half a character \ud800")
    with pytest.raises(DatasetError, match="cannot be stored"):
        dataset.add([coded(), broken])
    assert dataset.article_ids() == []
    assert dataset.query("select * from events") == []


def test_a_folder_that_is_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="not a dataset"):
        Dataset.open(tmp_path)
    with pytest.raises(DatasetError, match="no such dataset"):
        Dataset.open(tmp_path / "nowhere")
    (tmp_path / "notes.txt").write_text("mine")
    for make in (Dataset.create, Dataset.open_or_create):
        with pytest.raises(DatasetError):
            make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("mark", ["", "[1]", "{}", '{"schema": "dateline/9"}', "\xff"])
def test_a_mark_that_cannot_be_read(dataset: Dataset, mark: str) -> None:
    (dataset.path / "dateline.json").write_bytes(mark.encode("latin-1"))
    with pytest.raises(DatasetError) as caught:
        Dataset.open(dataset.path)
    assert str(dataset.path) in str(caught.value) and "\n" not in str(caught.value)


def test_a_dataset_from_before_tellings_is_read_and_added_to(dataset: Dataset, coded: Make) -> None:
    first = coded()
    dataset.add([first])
    rmtree(dataset.path / "tellings")
    older = Dataset.open(dataset.path)
    assert older.query("select * from tellings") == []
    longer = coded(f"{first.article.text} It rained.")
    older.add([longer])
    assert DeltaTable(str(dataset.path / "tellings")).metadata().configuration["delta.appendOnly"] == "true"
    told = Dataset.open(dataset.path).query(
        "select article_id, event, trigger_text, statement, own_voice from tellings"
    )
    assert told == [
        {
            "article_id": longer.article.id,
            "event": "e1",
            "trigger_text": "killing",
            "statement": "s2",
            "own_voice": False,
        }
    ]


def test_a_table_that_is_gone_is_one_line(dataset: Dataset) -> None:
    (dataset.path / "articles" / "_delta_log").rename(dataset.path / "articles" / "elsewhere")
    with pytest.raises(DatasetError) as caught:
        Dataset.open(dataset.path)
    assert "\n" not in str(caught.value)


def test_an_interrupted_create_is_completed(tmp_path: Path, coded: Make) -> None:
    path = tmp_path / "ds"
    Dataset.create(path)
    (path / "dateline.json").rename(path / "dateline.json.new")
    for folder in (path / "wording").iterdir():
        folder.rename(tmp_path / "gone")
    assert Dataset.open_or_create(path).add([coded()]) == Added(new=1, known=0, revised=0)
    assert json.loads((path / "dateline.json").read_text()) == {"schema": "dateline/1"}


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatasetError, match="cannot be written"):
        Dataset.create(tmp_path / "file" / "ds")


def test_coding_again_after_a_change_of_the_record_is_still_known(dataset: Dataset, coded: Make) -> None:
    dataset.add([coded()])
    assert dataset.add([replace(coded(), events=())]) == Added(new=0, known=1, revised=0)
    assert dataset.coded(coded().article.id) == coded()


def test_no_such_article(dataset: Dataset) -> None:
    with pytest.raises(DatasetError, match="no article 'zz'"):
        dataset.coded("zz")
