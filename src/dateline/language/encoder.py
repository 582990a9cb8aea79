"""Vectors of words in their sentence: a small transformer, run by ONNX Runtime in eight-bit arithmetic.

``encoder.onnx`` and ``encoder.json`` (its word pieces) are trained by ``corpus/train_events.py``; ``models/events.md`` is their card.
A sentence is read once, whatever is asked of it afterwards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dateline.errors import CodebookError
from dateline.records import Span

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Floats = NDArray[np.float32]

MODEL, PIECES = "encoder.onnx", "encoder.json"
# Pieces of a sentence that are read. One sentence of news in a thousand is longer; its last words have vectors of zeros.
LONGEST = 128
# Sentences read together, sorted by length first, so that little of a batch is padding. Of 1, 2, 4, 8 and 16 the fastest on one thread.
BATCH = 4
PADDING = 1
# Pieces that the base model never met in text. They open and close the two spans of which a relation is asked: source, target.
MARKERS = (("[unused0]", "[unused1]"), ("[unused2]", "[unused3]"))


@dataclass(frozen=True, slots=True)
class Pieces:
    """A sentence in the encoder's pieces. ``words`` are the places of each word's first piece, ``marks`` those of the opening marks."""

    ids: tuple[int, ...]
    words: tuple[int, ...]  # -1: cut off
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What the encoder makes of a sentence: vectors of its words and of its opening marks, and the mean of all pieces."""

    words: Floats  # words x width, zeros for a word that was cut off
    marks: Floats  # marks x width
    mean: Floats  # width


class Cutter:
    """Cuts sentences into pieces."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._marks = [tuple(tokenizer.token_to_id(mark) or 0 for mark in pair) for pair in MARKERS]

    def cut(self, text: str, words: Sequence[Span], marked: Sequence[Span] = ()) -> Pieces:
        """The pieces of a text. ``words`` are spans of it, and so are ``marked``: source and target, round which marks are put."""
        encoded = self._tokenizer.encode(text)
        ends = [end for _, end in encoded.offsets[:-1]]
        last = len(ends)
        first = [next((n for n in range(1, last) if ends[n] > begin), last) for begin, _ in words]
        put: list[tuple[int, int, int]] = []  # before which piece, in which order, which mark
        for n, (begin, end) in enumerate(marked):
            opened = next((n for n in range(1, last) if ends[n] > begin), last)
            closed = next((n for n in range(opened, last) if ends[n] >= end), last - 1) + 1
            put += [(opened, 1 + n, self._marks[n][0]), (closed, -n, self._marks[n][1])]
        put.sort()
        ids = list(encoded.ids)
        for at, _, mark in reversed(put):
            ids.insert(at, mark)
        moved = [n + sum(at <= n for at, _, _ in put) for n in first]
        marks = [ids.index(self._marks[n][0]) for n in range(len(marked))]
        if len(ids) > LONGEST:
            ids = [*ids[: LONGEST - 1], ids[-1]]
        kept = [[n if n < LONGEST - 1 else -1 for n in places] for places in (moved, marks)]
        return Pieces(tuple(ids), tuple(kept[0]), tuple(kept[1]))


class Encoder:
    """Reads sentences. The session is made where it is first used, so that an encoder can be handed to another process."""

    def __init__(self, model: bytes, cutter: Cutter) -> None:
        self._model = model
        self._session: InferenceSession | None = None
        self.cutter = cutter

    def read(self, sentences: Iterable[Pieces]) -> list[Read]:
        """Each sentence's vectors, in the order given."""
        given = list(sentences)
        order = sorted(range(len(given)), key=lambda n: len(given[n].ids))
        out: dict[int, Read] = {}
        for start in range(0, len(order), BATCH):
            part = order[start : start + BATCH]
            states = self._run([given[n].ids for n in part])
            out.update((n, _gather(row, given[n])) for n, row in zip(part, states, strict=True))
        return [out[n] for n in range(len(given))]

    def _run(self, batch: Sequence[Sequence[int]]) -> Floats:
        width = max(map(len, batch))
        ids = np.full((len(batch), width), PADDING, np.int64)
        mask = np.zeros((len(batch), width), np.int64)
        for row, pieces in enumerate(batch):
            ids[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
        if self._session is None:
            self._session = _session(self._model)
        states: Floats = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return states

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_session": None}


def _gather(states: Floats, pieces: Pieces) -> Read:
    def rows(places: Sequence[int]) -> Floats:
        known = np.array(places, np.int64)
        found: Floats = states[known] * (known >= 0)[:, None].astype(np.float32)
        return found

    mean: Floats = states[: len(pieces.ids)].mean(axis=0)
    return Read(rows(pieces.words), rows(pieces.marks), mean)


def _session(model: bytes) -> InferenceSession:
    """One thread: the workers of ``code_many`` are processes, one to a core, and two threads gain nothing on sentences."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


@cache
def load_encoder() -> Encoder:
    """The encoder with the weights that ship; the session takes 0.2 s and 150 MB when it is first used.

    Raises:
        CodebookError: a file of the model is missing or broken.
    """
    from tokenizers import Tokenizer

    folder = files("dateline.language")
    try:
        model = folder.joinpath(MODEL).read_bytes()
        tokenizer = Tokenizer.from_str(folder.joinpath(PIECES).read_text(encoding="utf-8"))
    except Exception as error:
        raise CodebookError(
            f"{MODEL}, {PIECES}: cannot be read; make them with python -m corpus.train_events"
        ) from error
    return Encoder(model, Cutter(tokenizer))


@cache
def encoder_digest() -> str:
    """SHA-256 of the weights, as hex."""
    return hashlib.sha256(files("dateline.language").joinpath(MODEL).read_bytes()).hexdigest()
