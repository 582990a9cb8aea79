"""A codebook of one's own: its folder, its head, and coding with it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from dateline import Coder
from dateline.cli import app
from dateline.errors import CodebookError
from dateline.language import load_encoder
from dateline.own import OwnCodebook, OwnHead, OwnType, load_head, read_folder, train
from dateline.own import head as head_module
from dateline.own.folder import FolderFaultsError
from dateline.own.training import fit
from dateline.settings import Settings

EXAMPLES = Path(__file__).parents[2] / "examples" / "aid-workers"
FIRES = [f"A fire burned down the {place} on Monday." for place in (
    "town hall", "old mill", "school in Brell", "fish market", "bus depot", "harbour office", "paper works", "royal stables",
)]  # fmt: skip
VOTES = [f"Members of the {body} voted for the bill by a wide margin." for body in (
    "senate", "city council", "lower house", "island assembly", "synod", "trade union", "student parliament", "cantonal diet",
)]  # fmt: skip


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def type_file(name: str, sentences: list[str], more: str = "") -> str:
    return f"name: {name}\nexamples:\n" + "".join(f"  - {s!r}\n" for s in sentences) + more


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "fire.yaml", type_file("fire", FIRES))
    write(tmp_path, "vote.yaml", type_file("vote", VOTES))
    return tmp_path


def test_a_folder_is_read(folder: Path) -> None:
    write(folder, "background.yaml", "examples:\n  - It rained all day.\n")
    book = read_folder(folder)
    assert [t.name for t in book.types] == ["fire", "vote"]
    assert book.background == ("It rained all day.",)
    assert book.sentences[FIRES[0]] == (True, False)
    assert book.sentences["It rained all day."] == (False, False)


def test_a_sentence_may_be_of_two_types(folder: Path) -> None:
    write(folder, "vote.yaml", type_file("vote", [*VOTES, FIRES[0]]))
    assert read_folder(folder).sentences[FIRES[0]] == (True, True)


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("x.yaml", "name: [", "x.yaml, line"),
        ("x.yaml", "- just a list", "expected `name:`"),
        ("x.yaml", "name: 'no word!'\nexamples: []", "name is 'no word!'"),
        ("x.yaml", type_file("x", FIRES[:3]), "3 examples of x; give at least 8"),
        ("x.yaml", type_file("x", VOTES, "colour: red\n"), "unknown key 'colour'"),
        ("x.yaml", type_file("x", VOTES, f"not:\n  - {VOTES[0]!r}\n"), "stands under examples and under not"),
        ("x.yaml", type_file("x", [*VOTES, VOTES[0]]), "entries 1 and 9 are the same sentence"),
        ("x.yaml", type_file("x", [*VOTES, ""]), "entry 9: '' is no sentence"),
        ("x.yaml", "name: x\nexamples: fire\n", "examples is no list"),
        ("x.yaml", type_file("fire", VOTES), "two files name the type fire"),
        ("background.yaml", f"examples:\n  - {FIRES[0]!r}\n", "is an example of fire"),
        ("x.yaml", type_file("x", [*VOTES, VOTES[0].replace("the bill by", "the bill, by")]), "is nearly"),
    ],
)
def test_each_fault_is_named(folder: Path, name: str, text: str, fault: str) -> None:
    write(folder, name, text)
    with pytest.raises(FolderFaultsError) as raised:
        read_folder(folder)
    assert any(fault in one for one in raised.value.faults), raised.value.faults
    assert all("\n" not in one for one in raised.value.faults)


def test_every_fault_is_told_at_once(folder: Path) -> None:
    write(folder, "x.yaml", "name: x\nexamples: fire\n")
    write(folder, "y.yaml", "name: [")
    done = CliRunner().invoke(app, ["codebook", "check", str(folder)])
    assert done.exit_code == 1
    assert "x.yaml" in done.output and "y.yaml" in done.output


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="no folder with YAML files"):
        read_folder(tmp_path / "none")


def test_the_example_in_the_docs_is_in_order() -> None:
    book = read_folder(EXAMPLES)
    assert [t.name for t in book.types] == ["attack", "denial", "detention", "looting"]


def test_regression_finds_the_line() -> None:
    draw = np.random.default_rng(1)
    features = draw.normal(size=(200, 5)).astype(np.float32)
    wanted = (features[:, :1] > 0).astype(np.float32)
    weights, bias = fit(features, wanted, 0.003)
    said = features @ weights + bias > 0
    assert (said == (wanted > 0)).mean() > 0.95
    assert abs(weights[0, 0]) > 5 * np.abs(weights[1:, 0]).max()


def test_training_is_repeatable_and_learns(folder: Path) -> None:
    book = read_folder(folder)
    first, second = train(book, load_encoder()), train(book, load_encoder())
    assert np.array_equal(first.head.weights, second.head.weights)
    assert all(score.f1 > 0.8 for score in first.scores)
    assert [score.examples for score in first.scores] == [8, 8]


def test_a_head_comes_back_as_it_was_written(tmp_path: Path) -> None:
    book = OwnCodebook(tmp_path, (OwnType("fire", "", tuple(FIRES), ()), OwnType("vote", "", tuple(VOTES), ())), ())
    head = train(book, load_encoder()).head
    head.save(tmp_path / "head.npz")
    again = load_head(tmp_path)
    assert again.names == head.names
    features = np.ones((1, len(head.center)), np.float32)
    assert np.allclose(again.chances(features), head.chances(features))


@pytest.fixture
def head() -> OwnHead:
    ones = np.ones(2, np.float32)
    return OwnHead(("a",), "other weights", ones, ones, np.ones((2, 1), np.float32), *(np.ones(1, np.float32),) * 4)


def test_a_head_of_other_weights_is_refused(tmp_path: Path, head: OwnHead) -> None:
    head.save(tmp_path / "head.npz")
    with pytest.raises(CodebookError, match="another version's encoder; run `dateline codebook train"):
        load_head(tmp_path)


def test_a_folder_without_a_head(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="no trained head"):
        load_head(tmp_path)
    (tmp_path / "head.npz").write_bytes(b"nothing")
    with pytest.raises(CodebookError, match="not a head that can be read"):
        load_head(tmp_path)


def test_a_head_that_cannot_be_written(tmp_path: Path, head: OwnHead) -> None:
    with pytest.raises(CodebookError, match="cannot be written"):
        head.save(tmp_path / "nowhere" / "head.npz")


def test_coding_with_a_codebook(folder: Path) -> None:
    done = CliRunner().invoke(app, ["codebook", "train", str(folder)])
    assert done.exit_code == 0, done.output
    text = "A fire burned down the customs house on Friday. “Members of the rebel council voted for the bill,” Ida Sorn said."
    coded = Coder(Settings(codebook=str(folder))).code(text)
    found = [(one.label, text[slice(*one.evidence)][:6], one.according_to.outlet) for one in coded.labels]
    assert ("fire", "A fire", True) in found
    assert ("vote", "“Membe", False) in found
    assert coded.from_dict(coded.to_dict()) == coded


def test_without_a_codebook_there_are_no_labels(coder: Coder) -> None:
    assert coder.code("A fire burned down the customs house on Friday.").labels == ()


def test_a_head_of_the_same_weights_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, head: OwnHead) -> None:
    monkeypatch.setattr(head_module, "encoder_digest", lambda: "other weights")
    head.save(tmp_path / "head.npz")
    assert load_head(tmp_path).names == ("a",)
