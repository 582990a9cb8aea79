"""Names and figures in a parse: a small tagger on the parser's own token vectors, in place of spaCy's recogniser.

spaCy's recogniser reads every text a second time, with vectors of its own, and takes half of the pipeline's time. This one adds
three narrow layers to the vectors that tagger and parser have made already (``doc.tensor``). Its weights, ``entities.npz``, are
trained by ``corpus/train_entities.py``; ``models/entities.md`` is their card. Labels are OntoNotes', as spaCy's English pipelines
have them.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from dateline.errors import CodebookError

# What is looked up of a token besides its vector, each in a table of its own; a hash beyond the table's size wraps round.
ATTRIBUTES = ("NORM", "SUFFIX", "SHAPE", "PREFIX")
# The vectors' values are divided by this, so that they are of the size of the other inputs.
VECTOR_SCALE = 5.0
# Tokens to either side that the layers see: the first looks two far, the one after it one.
REACH = (2, 1)

FILE = "entities.npz"
Floats = NDArray[np.float32]


class EntityTagger:
    """A spaCy pipeline component: sets ``doc.ents``."""

    def __init__(self, weights: dict[str, NDArray[Any]]) -> None:
        self._labels: list[str] = weights["tags"].tolist()
        self._tables = [weights[f"table{n}"].astype(np.float32) for n in range(len(ATTRIBUTES))]
        self._layers = [(_floats(weights[f"w{n}"]), _floats(weights[f"b{n}"])) for n in range(len(REACH) + 2)]

    def __call__(self, doc: Doc) -> Doc:
        if len(doc):
            doc.ents = _spans(doc, [self._labels[tag] for tag in self._scores(doc).argmax(axis=1)])
        return doc

    def _scores(self, doc: Doc) -> Floats:
        """Score of each tag for each token: (tokens, tags)."""
        hashes = doc.to_array(list(ATTRIBUTES))
        looked_up = [table[hashes[:, n] % len(table)] for n, table in enumerate(self._tables)]
        seen = np.concatenate([doc.tensor / VECTOR_SCALE, *looked_up], axis=1, dtype=np.float32)
        state = _relu(seen, self._layers[0])
        state = _relu(windows(state, REACH[0]), self._layers[1])
        for layer, reach in zip(self._layers[2:-1], REACH[1:], strict=True):
            state = state + _relu(windows(state, reach), layer)
        weight, bias = self._layers[-1]
        out: Floats = state @ weight
        return out + bias


def load_entity_tagger() -> EntityTagger:
    """The tagger with the weights that ship.

    Raises:
        CodebookError: the file of weights is missing or broken.
    """
    try:
        with files("dateline.language").joinpath(FILE).open("rb") as stream, np.load(stream) as archive:
            return EntityTagger({name: archive[name] for name in archive.files})
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise CodebookError(f"{FILE}: cannot be read; make it with python -m corpus.train_entities") from error


def entities_digest() -> str:
    """SHA-256 of the weights, as hex."""
    return hashlib.sha256(files("dateline.language").joinpath(FILE).read_bytes()).hexdigest()


def windows(rows: Floats, reach: int) -> Floats:
    """Each row beside its neighbours: (n, d) → (n, d · (2 · reach + 1)), zeros beyond the ends."""
    padded = np.pad(rows, ((reach, reach), (0, 0)))
    return np.concatenate([padded[start : start + len(rows)] for start in range(2 * reach + 1)], axis=1)


def _relu(rows: Floats, layer: tuple[Floats, Floats]) -> Floats:
    out: Floats = rows @ layer[0]
    out += layer[1]
    np.maximum(out, 0, out=out)
    return out


def _floats(values: NDArray[Any]) -> Floats:
    return values.astype(np.float32, order="C", copy=False)


def _spans(doc: Doc, tags: list[str]) -> list[Span]:
    """Spans of tags ``B-X I-X``; an ``I-X`` after anything else begins one too. None begins or ends in white space."""
    out: list[Span] = []
    first, label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        if label and tag != f"I-{label}":
            _add(out, doc, first, index, label)
            label = ""
        if tag != "O" and not label:
            first, label = index, tag[2:]
    return out


def _add(out: list[Span], doc: Doc, first: int, end: int, label: str) -> None:
    while first < end and doc[first].is_space:
        first += 1
    while first < end and doc[end - 1].is_space:
        end -= 1
    if first < end:
        out.append(Span(doc, first, end, label=label))
