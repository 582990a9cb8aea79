"""The heads' arithmetic, the gate, and the file they are read from."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from dateline.codebook import load_codebook
from dateline.errors import CodebookError
from dateline.language import load_parser
from dateline.what import heads as module
from dateline.what.gate import SEEN, Gate, looks
from dateline.what.heads import RELATIONS, ROLES, STATE, Heads, load_heads, shapes
from dateline.what.signs import Codes

CODES = Codes.of(load_codebook())
WIDTH = 12


@pytest.fixture(scope="module")
def heads() -> Heads:
    draw = np.random.default_rng(3)
    return Heads({k: draw.normal(size=s).astype(np.float32) for k, s in shapes(WIDTH, CODES).items()})


def words(n: int) -> np.ndarray:
    return np.random.default_rng(4).normal(size=(n, WIDTH)).astype(np.float32)


def test_shapes_of_all_answers(heads: Heads) -> None:
    state = heads.state(words(5), np.zeros((5, 4), np.int64))
    assert state.shape == (5, STATE)
    assert heads.ask("type", state).shape == (5, 16)
    assert heads.ask("mode", state).shape == (5, 83)
    assert heads.contexts(state, words(5)).shape == (5, 37)
    assert heads.roles(words(5), words(5), np.zeros((5, 5), np.int64)).shape == (5, len(ROLES))
    assert heads.relation(words(5), words(5), words(5)).shape == (5, len(RELATIONS))


def test_each_row_is_read_alone(heads: Heads) -> None:
    seen = words(5)
    all_ = heads.state(seen, np.zeros((5, 4), np.int64))
    assert np.allclose(heads.state(seen[2:3], np.zeros((1, 4), np.int64)), all_[2:3], rtol=1e-4)


def test_signs_change_the_answer(heads: Heads) -> None:
    plain, lexical = np.zeros((1, 4), np.int64), np.array([[7, 1, 4, 1]])
    assert not np.allclose(heads.state(words(1), plain), heads.state(words(1), lexical))


def test_the_shipped_heads_fit_the_codebook() -> None:
    shipped, settings = load_heads()
    width = shipped.weights["word.w"].shape[0]
    for name, shape in shapes(width, CODES).items():
        assert shipped.weights[name].shape == shape, name
    assert {"event", "role", "context", "shown", "heat", "shift", "gate"} <= settings.keys()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: path.write_bytes(b"no archive"), "heads.npz: cannot be read"),
        (lambda path: path.unlink(), "heads.npz: cannot be read"),
        (lambda path: np.savez(path, codes=np.array(["ASSAULT-"])), "trained for other types or modes"),
        (lambda path: np.savez(path, other=np.zeros(3)), "heads.npz: cannot be read"),
    ],
    ids=["garbage", "missing", "other codebook", "other arrays"],
)
def test_a_wrong_file_is_named(spoil: object, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "heads.npz"
    copy.write_bytes(files("dateline.what").joinpath("heads.npz").read_bytes())
    spoil(copy)  # type: ignore[operator]
    monkeypatch.setattr(module, "files", lambda package: tmp_path)
    with pytest.raises(CodebookError, match=message):
        load_heads.__wrapped__()


def test_the_gate_keeps_likely_sentences_in_order() -> None:
    weights = {
        "gate.w": np.zeros((SEEN, 1), np.float32), "gate.b": np.zeros(1, np.float32),
        "pass.w": np.ones((1, 1), np.float32), "pass.b": np.full(1, -1, np.float32),
    }  # fmt: skip
    weights["gate.w"][-2] = 2  # looks only at whether the lexicon has a trigger
    doc = load_parser()("It rained all day. Police arrested a man. Ok.")
    sents = list(doc.sents)
    lexical = {sents[1].start}
    assert [s.text for s in Gate(weights, 0.5).worth_reading(doc, lexical)] == ["Police arrested a man."]
    # Every sentence of three words and more where the limit lets all through.
    assert Gate(weights, 0.0).worth_reading(doc, lexical) == sents[:2]


def test_a_sentence_looks_the_same_in_any_company() -> None:
    doc = load_parser()("Police arrested a man. It rained all day.")
    sents = list(doc.sents)
    assert np.array_equal(looks(doc, sents, ())[1], looks(doc, sents[1:], ())[0])


def test_no_sentences_no_looks() -> None:
    assert Gate(load_heads()[0].weights, 0.5).worth_reading(load_parser()("Ok."), ()) == []
