"""A head over the frozen encoder that gives each sentence a chance of each type; its file stands beside the types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from dateline.errors import CodebookError
from dateline.language.encoder import Encoder, Read, encoder_digest

Floats = NDArray[np.float32]

FILE = "head.npz"


@dataclass(frozen=True, slots=True)
class OwnHead:
    """Weights of a logistic regression a type over the features of a sentence.

    ``limits`` are the chances from which a sentence is of a type; ``slopes`` and ``shifts`` calibrate them (Platt 1999).
    """

    names: tuple[str, ...]
    encoder: str  # digest of the weights it was trained on
    center: Floats  # features
    scale: Floats
    weights: Floats  # features x types
    bias: Floats
    slopes: Floats
    shifts: Floats
    limits: Floats

    def chances(self, features: Floats) -> Floats:
        """(sentences, features) → (sentences, types)."""
        scores = (features - self.center) / self.scale @ self.weights + self.bias
        return sigmoid(self.slopes * scores + self.shifts)

    def save(self, path: Path) -> None:
        """Write the file.

        Raises:
            CodebookError: the folder cannot be written.
        """
        arrays = {name: getattr(self, name) for name in self.__slots__ if name not in {"names", "encoder"}}
        try:
            np.savez_compressed(path, names=np.array(self.names), encoder=np.array(self.encoder), **arrays)
        except OSError as error:
            raise CodebookError(
                f"{path}: cannot be written ({error.strerror}); name another file with --out"
            ) from error


def sigmoid(scores: NDArray[np.floating[Any]]) -> Floats:
    """The chance of each score; beyond 30 it is all but 0 or 1."""
    out: Floats = (1 / (1 + np.exp(-np.clip(scores, -30, 30)))).astype(np.float32)
    return out


def load_head(folder: Path) -> OwnHead:
    """The head of a folder, or of a file made with ``--out``.

    Raises:
        CodebookError: there is none, it is broken, or it was trained on other weights of the encoder.
    """
    path = folder / FILE if folder.is_dir() else folder
    remedy = f"run `dateline codebook train {path.parent}`"
    try:
        with path.open("rb") as stream, np.load(stream) as archive:
            arrays = {name: archive[name] for name in archive.files}
        names, encoder = tuple(str(n) for n in arrays.pop("names")), str(arrays.pop("encoder"))
        head = OwnHead(names, encoder, **{name: value.astype(np.float32) for name, value in arrays.items()})
    except FileNotFoundError as error:
        raise CodebookError(f"{path}: no trained head; {remedy}") from error
    except (OSError, ValueError, KeyError, TypeError, BadZipFile) as error:
        raise CodebookError(f"{path}: not a head that can be read; {remedy}") from error
    if head.encoder != encoder_digest():
        raise CodebookError(f"{path}: trained on another version's encoder; {remedy} again")
    return head


def features_of(encoder: Encoder, sentences: Sequence[str]) -> Floats:
    """Mean and highest values of the word vectors of each sentence: (sentences, 2 x width)."""
    cut = encoder.cutter.cut
    return pooled(encoder.read(cut(sentence, _words(sentence)) for sentence in sentences))


def pooled(reads: Sequence[Read]) -> Floats:
    """The features of sentences that were read."""
    rows = [np.concatenate([read.mean, read.words.max(axis=0, initial=-9.0)]) for read in reads]
    return np.array(rows, np.float32)


def _words(sentence: str) -> list[tuple[int, int]]:
    spans, begin = [], 0
    for word in sentence.split():
        at = sentence.index(word, begin)
        begin = at + len(word)
        spans.append((at, begin))
    return spans
