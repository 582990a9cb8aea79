"""Files into articles; a bad file or line is one sentence with the remedy, and the rest is read."""

import json
from pathlib import Path

import pytest

from dateline.reading import Given, Unread, read_path
from dateline.records import Article

STORY = "Shells hit border town\n\nThe army shelled the town on Tuesday, residents said. Nobody was hurt in the attack."
PAGE = """<!doctype html><html><head><title>Shells hit border town</title>
<meta property="og:site_name" content="Northern Courier"><meta property="article:published_time" content="2021-03-04T08:00:00Z">
</head><body><nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Shells hit border town</h1>
<p>The army shelled the town of Arsal on Tuesday, residents said, and the villages around it were hit as well.</p>
<p>Nobody was hurt in the attack, the mayor told reporters, but forty families left for the valley before dark.</p>
<p>It was the third time this month that shells had fallen on the town, which lies close to the border.</p>
</article><footer>Copyright Northern Courier</footer></body></html>"""


def read(path: Path, **given: str) -> list[Article | Unread]:
    return list(read_path(path, Given(**given)))


def article(path: Path, **given: str) -> Article:
    (only,) = read(path, **given)
    assert isinstance(only, Article), only
    return only


def fault(path: Path, **given: str) -> str:
    (only,) = read(path, **given)
    assert isinstance(only, Unread)
    assert "\n" not in str(only)
    assert str(path) in str(only)
    return only.message


def test_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    found = article(tmp_path / "a.txt", published="2020-01-07", outlet="Courier")
    assert found.text == STORY
    assert (found.published, found.outlet, found.language) == ("2020-01-07", "Courier", "en")


def test_a_date_line_dates_the_article_and_is_cut(tmp_path: Path) -> None:
    head, body = STORY.split("\n\n")
    (tmp_path / "a.txt").write_text(f"{head}\n\nPublished: 8 January 2020\n\n{body}")
    found = article(tmp_path / "a.txt")
    assert found.published == "2020-01-08"
    assert "Published" not in found.text


def test_a_credit_line_names_the_outlet(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A strike\n\nBEIRUT (Northern Wire) - The army shelled the town on Tuesday.")
    assert article(tmp_path / "a.txt").outlet == "Northern Wire"


def test_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    found = article(tmp_path / "a.html")
    assert found.headline is not None
    assert found.text[slice(*found.headline)] == "Shells hit border town"
    assert (found.published, found.outlet) == ("2021-03-04", "Northern Courier")
    assert "forty families" in found.text
    assert "Copyright" not in found.text
    assert "World" not in found.text


def test_windows_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(STORY.replace("\n", "\r\n").encode())
    assert article(tmp_path / "a.txt").text == STORY


def test_another_encoding_when_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(
        "Le café de la gare a été détruit par les tirs, selon les habitants.".encode("cp1252")
    )
    assert "not valid utf-8" in fault(tmp_path / "a.txt")
    assert "--encoding" in fault(tmp_path / "a.txt")
    assert article(tmp_path / "a.txt", encoding="cp1252").text.startswith("Le café")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"  \n ", "empty"),
        ("a.txt", b"%PDF-1.7 ...", "pdftotext"),
        ("a.txt", bytes(range(256)) * 20, "binary"),
        ("a.html", b"<html><body><nav>Home</nav></body></html>", "no article"),
        ("a.txt", b"word " * 1_100_000, "too long"),
        ("a.jsonl", b"\n \n", "empty"),
        ("a.txt", b"Advertisement\n\nSubscribe to our newsletter\n", "nothing left"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert said in fault(tmp_path / name)


def test_no_such_file(tmp_path: Path) -> None:
    assert "no such file" in fault(tmp_path / "missing.txt")
    assert "folder" in fault(tmp_path)


def test_json_lines_report_the_bad_line_and_read_the_rest(tmp_path: Path) -> None:
    rows = [
        json.dumps({"text": STORY, "id": 7, "other": [1]}),
        "{not json",
        "",
        json.dumps(["text"]),
        json.dumps({"text": 5}),
        json.dumps({"text": STORY, "published": "someday"}),
        json.dumps({"text": STORY, "title": "Another title", "url": "https://x.example/1"}),
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(rows))
    found = read(tmp_path / "a.jsonl")
    assert [item.source_id for item in found if isinstance(item, Article)] == ["7", None]
    assert [str(item).split(", ")[1].split(":")[0] for item in found if isinstance(item, Unread)] == [
        "line 2", "line 4", "line 5", "line 6",
    ]  # fmt: skip


def test_a_few_control_characters_are_no_binary(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"The army \x00\x01 shelled Arsal.")
    assert article(tmp_path / "a.txt").text == "The army \x00\x01 shelled Arsal."
