"""Sentences that name a type and two parties but no trigger: a trained network finds the word that carries the event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import torch

from corpus.events.examples import UNKNOWN, Example, Labels, Unplaced
from corpus.events.network import Network, read_sentences, starts_of
from dateline.what.heads import ROLES

# Words with a chance above this of carrying another event are not held to carry none.
DOUBTFUL = 0.15
BATCH = 32
_ACTOR, _RECIPIENT = ROLES.index("actor"), ROLES.index("recipient")


def placed(net: Network, rows: Sequence[Unplaced]) -> Iterator[Example]:
    """Each row with its event at the word that the network chose, in the order given. Mode, status and contexts stay unknown."""
    net.eval()
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        with torch.no_grad():
            told, states, _ = read_sentences(net, [row.example for row in part])
        chances = torch.sigmoid(told.scores["type"]).numpy()
        begins = starts_of([row.example for row in part])
        for n, row in enumerate(part):
            own = chances[begins[n] : begins[n] + len(row.example.pieces.words)]
            yield _placed(net, row, own, states[n])


def _placed(net: Network, row: Unplaced, chances: np.ndarray, states: torch.Tensor) -> Example:
    if not row.words:
        return row.example
    fits = [float(np.log(max(chances[word, t] for t in row.types) + 1e-9)) for word in row.words]
    if row.source in row.candidates or row.target in row.candidates:
        fits = [fit + more for fit, more in zip(fits, _parties(net, row, states), strict=True)]
    best = int(np.argmax(fits))
    word = row.words[best]
    type_ = max(row.types, key=lambda t: chances[word, t])
    wanted = {row.target: _RECIPIENT, row.source: _ACTOR}
    label = Labels(
        word, type_, (), UNKNOWN, UNKNOWN, None, row.pairs[best], row.candidates,
        tuple(wanted.get(c, UNKNOWN) for c in row.candidates),
    )  # fmt: skip
    doubtful = (int(w) for w in np.flatnonzero(chances.max(axis=1) > DOUBTFUL) if w != word)
    return replace(row.example, events=(label,), unsure=tuple(doubtful))


def _parties(net: Network, row: Unplaced, states: torch.Tensor) -> list[float]:
    """For each word, the logarithms of the chances that source and target are its actor and recipient, added up."""
    places = [max(p, 0) for p in row.example.pieces.words]
    vectors = states[places]
    out = []
    with torch.no_grad():
        for word, pairs in zip(row.words, row.pairs, strict=True):
            said = net.heads.roles(
                vectors[[word] * len(row.candidates)], vectors[list(row.candidates)], torch.from_numpy(pairs)
            ).log_softmax(1)
            of = {c: said[n] for n, c in enumerate(row.candidates)}
            total = float(of[row.source][_ACTOR]) if row.source in of else 0.0
            if row.target in of:
                total += float(torch.logaddexp(of[row.target][_RECIPIENT], of[row.target][_ACTOR] - 0.7))
            out.append(total)
    return out
