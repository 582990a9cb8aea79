"""The command from end to end: table, JSON, the file of disagreements, and a fault as one line."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline import Coder, cli
from dateline.dataset import Dataset

VALLEY = Path(__file__).parent / "valley"
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run ``dateline evaluate`` in this process: exit code, stdout, stderr."""

    def run(*arguments: object, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["dateline", "evaluate", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        try:
            cli.main()
            code = 0
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def inputs(make) -> tuple[object, object]:  # type: ignore[no-untyped-def]
    """Three articles and two coders; Ben read only the first."""
    records = make.records(
        make.coded(make.event(), make.accusation()),
        make.coded(make.event(actor="a3"), name="b"),
        make.coded(make.accusation("REJECT"), name="c"),
        make.coded(name="d"),
    )
    table = make.table(
        "article,type,actor,sentence,coder",
        "a,ASSAULT,Norland,shelled,Ana",
        "a,,,condemned,Ana",
        "a,ASSAULT,Norland,shelled,Ben",
        "b,ASSAULT,Norland,shelled,Ana",
        "b,CONSULT,Hask,met Sorn,Ana",
        f"c,ACCUSE,Ida Sorn,{make.condemned},Ana",
    )
    return records, table


def test_the_table(make, command: Command) -> None:  # type: ignore[no-untyped-def]
    """Of 11 values each, ACCUSE has 2 present and 2 mismatches, alpha is 1 - 2 / 1.8; with ASSAULT (5, 0), CONSULT (1, 1) and
    REJECT (1, 1) 1 - 4 / (1.8 + 3 + 1 + 1). Both humans read one sentence alone."""
    code, out, err = command(*inputs(make))
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "3 articles, 5 sentences, 2 human coders: Ana, Ben",
        "in brackets: 95% of 1,000 bootstrap samples of the articles; –: undefined",
        "",
        "type       hand  coded  precision          recall             F1",
        "ACCUSE        1      1  0.00               0.00               0.00",
        "ASSAULT       3      3  1.00               1.00               1.00",
        "CONSULT       1      0  –                  0.00               0.00",
        "REJECT        0      1  0.00               –                  0.00",
        "all types     5      5  0.60 [0.00, 1.00]  0.60 [0.00, 1.00]  0.60 [0.00, 0.80]",
        "",
        "Krippendorff's alpha  with dateline        humans alone",
        "ACCUSE                -0.11 [-0.67, 0.00]  –",
        "ASSAULT               1.00                 –",
        "CONSULT               0.00                 –",
        "REJECT                0.00                 –",
        "all types             0.41 [-0.67, 0.54]   –",
        "",
        "matched events  given  agreed  share",
        "actor               3       2  0.67 [0.00, 1.00]",
        "",
        "disagreements: 1 missed, 1 extra, 1 other type, 1 other party",
        "not compared: 1 article coded but not in the table",
    ]


def test_standard_input_and_a_dataset_give_the_same(make, command: Command) -> None:  # type: ignore[no-untyped-def]
    records, table = inputs(make)
    expected = command(records, table)
    dataset = Dataset.create(make.folder / "ds")
    dataset.add([make.coded(make.event(), make.accusation()), make.coded(make.event(actor="a3"), name="b")])
    dataset.add([make.coded(make.accusation("REJECT"), name="c"), make.coded(name="d")])
    assert command(dataset.path, table) == expected
    assert command("-", table, stdin=(make.folder / "coded.jsonl").read_bytes()) == expected


def test_json_has_null_for_what_is_undefined(make, command: Command) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = command(*inputs(make), "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["unit"], found["units"], found["coders"], found["seed"]) == ("sentence", 5, ["Ana", "Ben"], 2011)
    consult = next(one for one in found["types"] if one["type"] == "CONSULT")
    assert consult["precision"] == {"value": None, "low": None, "high": None}
    assert consult["recall"] == {"value": 0.0, "low": None, "high": None}
    assert consult["alpha_humans"]["value"] is None
    assert found["all"]["type"] is None
    assert found["details"][0]["agreed"] == 2
    assert found["disagreements"] == {"missed": 1, "extra": 1, "other type": 1, "other party": 1}
    assert found["left_out"] == {"articles": 1, "not_real": 0, "unread": 0}


def test_disagreements_side_by_side(make, command: Command) -> None:  # type: ignore[no-untyped-def]
    out = make.folder / "disagreements.csv"
    assert command(*inputs(make), "--out", out)[0] == 0
    with out.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    keys = (
        "kind",
        "coder",
        "article",
        "sentence",
        "line",
        "hand_type",
        "hand_actor",
        "dateline_type",
        "dateline_actor",
    )
    assert [tuple(row[key] for key in keys) for row in rows] == [
        ("extra", "Ana", "a", make.condemned, "", "", "", "ACCUSE", "Ida Sorn"),
        ("other party", "Ana", "b", make.shelled, "5", "ASSAULT", "Norland", "ASSAULT", "Brell Brigade"),
        ("missed", "Ana", "b", make.met, "6", "CONSULT", "Hask", "", ""),
        ("other type", "Ana", "c", make.condemned, "7", "ACCUSE", "Ida Sorn", "REJECT", "Ida Sorn"),
    ]
    assert rows[1]["dateline_event"] == "e1" and rows[1]["dateline_trigger"] == "shelled"
    assert (rows[1]["dateline_place"], rows[1]["dateline_date"]) == ("Brêll", "2018-09-04")
    assert rows[1]["hand_sentence"] == "shelled"


def test_an_unclosed_date_in_the_file(make, command: Command) -> None:  # type: ignore[no-untyped-def]
    out = make.folder / "disagreements.csv"
    records = make.records(make.coded(make.event(days=("2018-09-04", None))))
    assert command(records, make.table("article,type", "a,"), "--out", out)[0] == 0
    (row,) = csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")))
    assert (row["dateline_date"], row["sentence"]) == ("2018-09-04/..", make.shelled)


@pytest.mark.parametrize("target", ["hand.csv", "coded.jsonl", "none/x.csv"])
def test_a_file_that_must_not_or_cannot_be_written(make, command: Command, target: str) -> None:  # type: ignore[no-untyped-def]
    given = inputs(make)
    before = (make.folder / "hand.csv").read_text()
    code, out, err = command(*given, "--out", make.folder / target)
    assert (code, out) == (1, "")
    assert err.startswith("dateline: --out: ") and err.count("\n") == 1 and "name another file" in err
    assert (make.folder / "hand.csv").read_text() == before


def test_a_fault_is_one_line_and_exit_code_1(make, command: Command) -> None:  # type: ignore[no-untyped-def]
    table = make.table("article,type", "a,ASAULT")
    code, out, err = command(make.records(make.coded()), table)
    assert (code, out) == (1, "")
    assert err.startswith(f"dateline: {table}, line 2: 'ASAULT' is no type; did you mean 'ASSAULT'?")
    assert err.count("\n") == 1
    assert command(make.folder / "none.jsonl", make.table("article,type", "a,"))[0] == 1
    assert command(make.records(make.coded()), make.folder)[0] == 1


def test_from_articles_to_scores(command: Command, coder: Coder, tmp_path: Path) -> None:
    """The example of docs/evaluation.md, coded by the real coder: what must hold however well it codes."""
    records = tmp_path / "coded.jsonl"
    lines = [json.loads(line) for line in (VALLEY / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    records.write_text("".join(json.dumps(one.to_dict()) + "\n" for one in coder.code_many(lines)), encoding="utf-8")
    code, out, err = command(records, VALLEY / "hand.csv", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert (found["articles"], found["units"], found["all"]["hand_coded"]) == (6, 21, 26)
    assert found["all"]["coded"] == sum(one["coded"] for one in found["types"])
    assert 0 < found["all"]["matched"] <= 26
    assert -1 <= found["all"]["alpha"]["low"] <= found["all"]["alpha"]["value"] <= found["all"]["alpha"]["high"] <= 1
    assert found["all"]["alpha_humans"]["value"] == pytest.approx(0.83, abs=0.005)
