"""What is fitted after training, on the shipped arithmetic: thresholds, the calibration of chances, and the gate."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from corpus.events.examples import Example
from dateline.language.encoder import Encoder, Read
from dateline.what.gate import MIDDLE, SEEN, Gate
from dateline.what.heads import Heads
from dateline.what.signs import Codes

Floats = NDArray[np.float32]
Arrays = dict[str, Floats]

# Chances tried as thresholds.
TRIED = tuple(float(n) / 50 for n in range(3, 40))
# The lowest threshold whose F1 is so near to the best is taken: a reader can pass over an event, but not read one that is not there.
SLACK = 0.015
# Scores under this are no trigger to anybody, and are left out of the calibration.
LEAST_SCORE = -3.0
BINS = 10
# Right events of held-out sentences that the gate lets through, as a share.
GATE_RECALL = 0.991
# Sentences whose highest chance is above the first weigh as much as so many others.
GATE_WORTH, GATE_WEIGHT = 0.34, 3.0
GATE_EPOCHS, GATE_RATE, GATE_BATCH = 40, 3e-3, 256


@dataclass(frozen=True)
class Told:
    """What the shipped arithmetic says of some sentences: scores of types (words, types) of each, and its vectors."""

    examples: Sequence[Example]
    reads: Sequence[Read]
    states: list[Floats]
    types: list[Floats]

    @staticmethod
    def of(encoder: Encoder, heads: Heads, examples: Sequence[Example]) -> Told:
        """Read the sentences."""
        reads = encoder.read(e.pieces for e in examples)
        states = [heads.state(read.words, e.tokens) for read, e in zip(reads, examples, strict=True)]
        return Told(examples, reads, states, [heads.ask("type", state) for state in states])

    @property
    def highest(self) -> Floats:
        """The highest score of any word and type, by sentence."""
        return np.array([scores.max(initial=-20.0) for scores in self.types], np.float32)


def settings_of(told: Told, heads: Heads, codes: Codes) -> tuple[dict[str, float], dict[str, float]]:
    """The settings of ``heads.npz`` by their names in ``Limits`` of the reader, and what they reach on the held-out sentences."""
    scores, right = _scored(told)
    heat, shift = _platt(scores, right)
    halves = [_crossed(scores, right, half) for half in (0, 1)]
    event, lexical, f1 = _thresholds(told, codes, heat, shift)
    role, role_f1 = _best(lambda at: _role_counts(told, heads, at, framed=False))
    frame, frame_f1 = _best(lambda at: _role_counts(told, heads, at, framed=True))
    context, context_f1 = _best(lambda at: _context_counts(told, heads, at, shown=False))
    shown, shown_f1 = _best(lambda at: _context_counts(told, heads, at, shown=True))
    return (
        {
            "heat": heat,
            "shift": shift,
            "event": event,
            "lexical": lexical,
            "role": role,
            "frame": frame,
            "context": context,
            "shown": shown,
        },
        {
            "trigger_f1": f1,
            "role_f1": role_f1,
            "frame_f1": frame_f1,
            "context_f1": context_f1,
            "shown_f1": shown_f1,
            "ece": float(np.mean(halves)),
        },
    )


def _scored(told: Told) -> tuple[Floats, Floats]:
    """Scores of words and types that are not hopeless, and whether each is right."""
    rows = []
    for example, scores in zip(told.examples, told.types, strict=True):
        gold = {(event.token, event.type) for event in example.events}
        rows += [(scores[w, t], (w, t) in gold) for w, t in np.argwhere(scores > LEAST_SCORE)]
    out = np.array(rows, np.float32).reshape(-1, 2)
    return out[:, 0], out[:, 1]


def _platt(scores: Floats, right: Floats) -> tuple[float, float]:
    """Slope and intercept by logistic regression (Platt 1999), so that the chance is 1 / (1 + exp(-(slope · score + intercept)))."""
    line = torch.tensor([1.0, 0.0], requires_grad=True)
    x, y = torch.from_numpy(scores), torch.from_numpy(right)
    optimiser = torch.optim.LBFGS([line], max_iter=100)

    def loss() -> Any:
        optimiser.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(line[0] * x + line[1], y)
        value.backward()
        return value

    optimiser.step(loss)
    return float(line[0].detach()), float(line[1].detach())


def _crossed(scores: Floats, right: Floats, half: int) -> float:
    """Expected calibration error on one half of the scores, fitted on the other (equal bins of chance)."""
    other = np.arange(len(scores)) % 2 != half
    heat, shift = _platt(scores[other], right[other])
    return calibration_error(chance(scores[~other], heat, shift), right[~other])


def calibration_error(chances: Floats, right: Floats) -> float:
    """Expected calibration error over ten bins of equal width (Guo et al. 2017)."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    gaps = [
        (bins == n).mean() * abs(chances[bins == n].mean() - right[bins == n].mean())
        for n in range(BINS)
        if (bins == n).any()
    ]
    return float(sum(gaps))


def chance(scores: Floats, heat: float, shift: float) -> Floats:
    """The calibrated chance of each score."""
    out: Floats = 1 / (1 + np.exp(-(heat * scores + shift)))
    return out


def _thresholds(told: Told, codes: Codes, heat: float, shift: float) -> tuple[float, float, float]:
    """The chances from which a word is a trigger, without and with the lexicon reading the same type; and the F1 reached.

    Each is the lowest that comes within ``SLACK`` of the best F1.
    """
    rows = {False: np.zeros((len(TRIED), 3)), True: np.zeros((len(TRIED), 3))}
    types_of = [codes.types.index(name) for name, _ in codes.codes]
    for example, scores in zip(told.examples, told.types, strict=True):
        read = {(word, types_of[c - 1]) for word, c in enumerate(example.tokens[:, 0]) if c}
        wanted = {(event.token, event.type) for event in example.events}
        for kind, counts in rows.items():
            gold = {pair for pair in wanted if (pair in read) == kind}
            for n, at in enumerate(TRIED):
                found = {(int(w), int(t)) for w, t in np.argwhere(chance(scores, heat, shift) >= at)}
                found = {pair for pair in found if (pair in read) == kind}
                counts[n] += len(found & gold), len(found), len(gold)
    best = {}
    for kind, counts in rows.items():
        reached = 2 * counts[:, 0] / np.maximum(1, counts[:, 1] + counts[:, 2])
        best[kind] = int(np.flatnonzero(reached >= reached.max() - SLACK)[0])
    both, said, gold_ = rows[False][best[False]] + rows[True][best[True]]
    return TRIED[best[False]], TRIED[best[True]], _f1(both, said, gold_)


def _best(counts: Callable[[float], tuple[int, int, int]]) -> tuple[float, float]:
    """The threshold with the best F1, and that F1."""
    return max(((at, _f1(*counts(at))) for at in TRIED), key=lambda pair: pair[1])


def _f1(both: float, said: float, gold: float) -> float:
    return 2 * both / max(1, said + gold)


def _role_counts(told: Told, heads: Heads, at: float, *, framed: bool) -> tuple[int, int, int]:
    """Over the words whose likeliest role the lexicon's frame gives them too, or the others."""
    both = said = gold = 0
    for example, read in zip(told.examples, told.reads, strict=True):
        for event in example.events:
            if not event.candidates:
                continue
            words = read.words[list(event.candidates)]
            scores = heads.roles(np.broadcast_to(read.words[event.token], words.shape), words, event.pairs)
            chances = np.exp(scores - scores.max(1, keepdims=True))
            chances /= chances.sum(1, keepdims=True)
            chances[:, 0] = 0
            best = chances.argmax(1)
            asked = (event.pairs[:, 2] == best) == framed
            picked = np.where((chances.max(1) >= at) & asked, best, 0)
            wanted = np.where(asked, event.roles, 0)
            both += int(((picked == wanted) & (wanted > 0)).sum())
            said, gold = said + int((picked > 0).sum()), gold + int((wanted > 0).sum())
    return both, said, gold


def _context_counts(told: Told, heads: Heads, at: float, *, shown: bool) -> tuple[int, int, int]:
    """Over the contexts of which the sentence has a phrase, or those of which it has none."""
    both = said = gold = 0
    for example, read, state in zip(told.examples, told.reads, told.states, strict=True):
        for event in example.events:
            scores = heads.contexts(state[event.token : event.token + 1], read.mean[None])[0]
            chances = 1 / (1 + np.exp(-scores))
            asked = {n for n in range(len(chances)) if (n in example.shown) == shown}
            found = {n for n in asked if chances[n] >= at}
            wanted = set(event.contexts or ()) & asked
            both, said, gold = both + len(found & wanted), said + len(found), gold + len(wanted)
    return both, said, gold


def contexts_seen(examples: Sequence[Example], contexts: int) -> Floats:
    """In how many events each context was met."""
    counts = np.zeros(contexts, np.float32)
    for example in examples:
        for event in example.events:
            counts[list(event.contexts or ())] += 1
    return counts


def fit_gate(told: Told, chances: Floats, *, seed: int) -> Arrays:
    """The gate's weights. It learns the highest chance of an event in each sentence (``chances``), or 1 where one is marked."""
    looks = torch.from_numpy(np.stack([e.look for e in told.examples]))
    worth = torch.from_numpy(np.maximum(chances, [bool(e.events) for e in told.examples]).astype(np.float32))
    weight = 1 + (GATE_WEIGHT - 1) * (worth > GATE_WORTH).float()
    torch.manual_seed(seed)
    net = torch.nn.Sequential(
        torch.nn.Linear(SEEN, MIDDLE), torch.nn.ReLU(), torch.nn.Dropout(0.1), torch.nn.Linear(MIDDLE, 1)
    )
    optimiser = torch.optim.AdamW(net.parameters(), lr=GATE_RATE, weight_decay=0.02)
    for _ in range(GATE_EPOCHS):
        for rows in torch.randperm(len(looks)).split(GATE_BATCH):
            optimiser.zero_grad()
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                net(looks[rows])[:, 0], worth[rows], weight=weight[rows]
            )
            loss.backward()
            optimiser.step()
    state = net.state_dict()
    return {
        "gate.w": state["0.weight"].T.contiguous().numpy(), "gate.b": state["0.bias"].numpy(),
        "pass.w": state["3.weight"].T.contiguous().numpy(), "pass.b": state["3.bias"].numpy(),
    }  # fmt: skip


def gate_limit(weights: Mapping[str, Floats], held: Told, news: Told, least: float) -> tuple[float, dict[str, float]]:
    """The limit by which ``GATE_RECALL`` of the right events found without the gate pass it, and the share of news sentences read."""
    gate = Gate(weights, 0)
    chances = gate.chances(np.stack([e.look for e in held.examples]))
    right = np.array(
        [
            sum(scores[event.token, event.type] >= least for event in example.events)
            for example, scores in zip(held.examples, held.types, strict=True)
        ]
    )
    order = np.argsort(-chances)
    passed = np.cumsum(right[order]) / max(1, right.sum())
    at = min(int(np.searchsorted(passed, GATE_RECALL)), len(order) - 1)
    limit = float(chances[order[at]])
    read = gate.chances(np.stack([e.look for e in news.examples])) >= limit
    return limit, {"gate_recall": float(passed[at]), "gate_read": float(read.mean())}
