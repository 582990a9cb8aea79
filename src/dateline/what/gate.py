"""Which sentences are worth reading? A quick look before the encoder, which takes ten times as long as this.

The look is at the vectors that the parser has made already and at whether the lexicon finds a trigger. It is trained to tell
the sentences in which the heads would find an event (``corpus/train_events.py``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

Floats = NDArray[np.float32]

# Letters-only words under which a sentence is none: numbers, by-lines, names of photographers.
LEAST_WORDS = 3
# Width of the middle layer, and of doc.tensor in spaCy's small pipelines.
MIDDLE, VECTOR = 48, 96
SEEN = 2 * VECTOR + 2


class Gate:
    """Picks sentences. ``weights``: ``gate.w``, ``gate.b``, ``pass.w``, ``pass.b``; ``limit`` is the least chance."""

    def __init__(self, weights: Mapping[str, Floats], limit: float) -> None:
        self._weights = weights
        self._limit = limit

    def worth_reading(self, doc: Doc, lexical: Collection[int]) -> list[Span]:
        """The sentences to read, in text order; ``lexical`` are the first tokens of those with a trigger of the lexicon."""
        sentences = [sent for sent in doc.sents if sum(token.is_alpha for token in sent) >= LEAST_WORDS]
        if not sentences:
            return []
        chances = self.chances(looks(doc, sentences, lexical))
        return [sent for sent, chance in zip(sentences, chances, strict=True) if chance >= self._limit]

    def chances(self, seen: Floats) -> Floats:
        """The chance that a sentence holds an event: (sentences, SEEN) → (sentences)."""
        middle = np.maximum(seen @ self._weights["gate.w"] + self._weights["gate.b"], 0)
        score = middle @ self._weights["pass.w"] + self._weights["pass.b"]
        out: Floats = 1 / (1 + np.exp(-score[:, 0]))
        return out


def looks(doc: Doc, sentences: Sequence[Span], lexical: Collection[int]) -> Floats:
    """What the gate sees: the highest and the mean of the tokens' vectors, a trigger or not, the length (sentences, SEEN)."""
    rows = np.zeros((len(sentences), SEEN), np.float32)
    for row, sent in zip(rows, sentences, strict=True):
        vectors = doc.tensor[sent.start : sent.end]
        row[:VECTOR] = vectors.max(axis=0) / 5
        row[VECTOR : 2 * VECTOR] = vectors.mean(axis=0)
        row[-2:] = sent.start in lexical, min(len(sent), 60) / 60
    return rows
