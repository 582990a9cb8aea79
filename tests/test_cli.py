"""The command line: data on stdout, one line per fault on stderr, exit code 1 after a fault, nothing coded lost."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from dateline import Coder, __version__, cli

STORY = (
    "Army shells Arsal\n\n"
    "The Lebanese army shelled the outskirts of Arsal on Tuesday, killing two fighters, residents said. "
    "The army denied the attack and said that its troops would not enter the town."
)


class Run:
    """What a command printed and how it ended."""

    def __init__(self, out: str, err: str, code: int) -> None:
        self.out, self.err, self.code = out, err, code

    @property
    def records(self) -> list[dict]:  # type: ignore[type-arg]
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def faults(self) -> list[str]:
        return [line for line in self.err.splitlines() if line.startswith("dateline: ")]


@pytest.fixture
def dateline(coder: Coder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run a command in this process, with the session's coder."""
    monkeypatch.setattr(cli, "_coder", lambda settings: coder)

    def run(*arguments: object, stdin: bytes = b"") -> Run:
        monkeypatch.setattr(sys, "argv", ["dateline", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = 0
        try:
            cli.main()
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        captured = capsys.readouterr()
        return Run(captured.out, captured.err, code)

    return run


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    return path


def test_one_line_per_article(dateline, story: Path) -> None:  # type: ignore[no-untyped-def]
    done = dateline("code", story, "--published", "2018-09-05", "--outlet", "Courier")
    (record,) = done.records
    assert done.code == 0 and not done.faults
    assert record["article"]["outlet"] == "Courier"
    assert record["article"]["text"] == STORY
    assert record["events"]


def test_standard_input(dateline) -> None:  # type: ignore[no-untyped-def]
    assert dateline("code", "-", stdin=STORY.encode()).records[0]["article"]["text"] == STORY
    assert dateline("code", "-", stdin=json.dumps({"text": STORY}).encode()).records[0]["article"]["text"] == STORY


def test_what_is_good_is_coded_and_what_is_bad_is_named(dateline, tmp_path: Path, story: Path) -> None:  # type: ignore[no-untyped-def]
    lines = tmp_path / "lines.jsonl"
    lines.write_text(json.dumps({"text": STORY}) + "\n{oops\n" + json.dumps({"text": STORY, "id": "b"}) + "\n")
    (tmp_path / "empty.txt").write_text("")
    done = dateline("code", tmp_path / "empty.txt", lines, story, tmp_path / "missing.txt")
    assert done.code == 1
    assert len(done.records) == 3
    assert [fault.split(": ")[1] for fault in done.faults] == [
        str(tmp_path / "empty.txt"), f"{lines}, line 2", str(tmp_path / "missing.txt"),
    ]  # fmt: skip


def test_another_language_is_refused_with_a_reason(dateline, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "de.txt"
    path.write_text("Die Armee beschoss am Dienstag die Stadt, sagten Bewohner. Die Regierung wies den Vorwurf zurück.")
    done = dateline("code", path)
    (record,) = done.records
    assert done.code == 1
    assert record["article"]["language"] == "de"
    assert record["problems"][0]["stage"] == "reading"
    assert record["events"] == []
    assert "English" in done.faults[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--published", "soon"), "YYYY-MM-DD"),
        (("--encoding", "klingon"), "klingon"),
        (("--settings", "nowhere.yaml"), "nowhere.yaml"),
    ],
)
def test_a_wrong_option_is_one_line(dateline, story: Path, arguments: tuple[str, str], said: str) -> None:  # type: ignore[no-untyped-def]
    done = dateline("code", story, *arguments)
    assert done.code == 1
    assert len(done.faults) == 1 and said in done.faults[0]
    assert done.out == ""


def test_offsets_hold_among_control_characters_and_right_to_left_text(dateline, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    text = "قال الجيش\u200f \x07 The Lebanese army shelled Arsal on Tuesday, \u202eresidents\u202c of the town said."
    (tmp_path / "a.txt").write_text(text)
    (record,) = dateline("code", tmp_path / "a.txt", "--published", "2018-09-05").records
    assert record["article"]["text"] == text
    spans = [(item["span"], item["text"]) for kind in ("places", "dates") for item in record[kind]]
    spans += [(mention["span"], mention["text"]) for actor in record["actors"] for mention in actor["mentions"]]
    assert spans
    assert all(text[begin:end] == words for (begin, end), words in spans)


def test_into_a_dataset_and_again(dateline, story: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    first = dateline("code", story, "--into", tmp_path / "ds")
    again = dateline("code", story, "--into", tmp_path / "ds")
    assert (first.code, again.code) == (0, 0)
    assert "1 new" in first.err
    assert "0 new" in again.err and "1 already there" in again.err
    assert "Army shells Arsal" in dateline("show", tmp_path / "ds").out


def test_show_and_desk_refuse_a_folder_that_is_no_dataset(dateline, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for command in ("show", "desk"):
        done = dateline(command, tmp_path)
        assert done.code == 1
        assert len(done.faults) == 1 and str(tmp_path) in done.faults[0]


def test_a_dataset_is_not_made_over_other_files(dateline, story: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = dateline("code", story, "--into", tmp_path)
    assert done.code == 1 and len(done.faults) == 1
    assert story.exists()


def test_schema_and_version(dateline) -> None:  # type: ignore[no-untyped-def]
    assert json.loads(dateline("schema").out)["title"] == "Coded"
    assert dateline("--version").out.strip() == __version__


def test_a_closed_pipe_is_no_fault(story: Path) -> None:
    command = f"{sys.executable} -m dateline.cli schema | head -1"
    done = subprocess.run(command, shell=True, check=True, capture_output=True, text=True)
    assert done.stdout == "{\n"
    assert "Traceback" not in done.stderr


def test_actors_of_a_name(dateline) -> None:  # type: ignore[no-untyped-def]
    run = dateline("actors", "find", "Cavusoglu", "--on", "2018-09-05")
    assert run.code == 0
    assert run.out.startswith("tur-cavusoglu  Mevlüt Çavuşoğlu")
    assert "Foreign Minister" in run.out


def test_roles_of_another_day_are_left_out(dateline) -> None:  # type: ignore[no-untyped-def]
    assert "Foreign Minister" not in dateline("actors", "find", "Cavusoglu", "--on", "2024-01-01").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Qorbantepe",), "no actor of the registry has that name"),
        (("Cavusoglu", "--on", "2018"), "'2018' is no day; write YYYY-MM-DD"),
        (("Cavusoglu", "--registry", "none.csv"), "there is no such file or folder"),
    ],
)
def test_a_question_nobody_can_answer(dateline, arguments: tuple[str, ...], said: str) -> None:  # type: ignore[no-untyped-def]
    run = dateline("actors", "find", *arguments)
    assert run.code == 1
    assert said in run.faults[0]


def test_an_own_registry_is_laid_over(dateline, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    own = tmp_path / "own.csv"
    own.write_text(
        "id,name,kind,country,sectors,aliases,part_of,from,to,source\n"
        "own-union,Harran Valley Union,armed_group,SYR,REB,HVU,,2016,,own notes\n"
    )
    assert dateline("actors", "find", "HVU", "--registry", own).out.startswith("own-union  Harran Valley Union")


def test_a_gazetteer_of_a_broken_dump(dateline, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    dump = tmp_path / "SY.txt"
    dump.write_text("1\tA\n")
    run = dateline("gazetteer", "build", "--from", dump, "--out", tmp_path / "own.npz")
    assert run.code == 1
    assert "SY.txt, line 1: has 2 columns" in run.faults[0]
    assert not (tmp_path / "own.npz").exists()
