"""The network: a transformer with the heads of ``dateline.what.heads``, and the loss of a batch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoModel

from corpus.events.examples import UNKNOWN, Example, Pair
from dateline.codebook import load_codebook
from dateline.language.encoder import LONGEST, MARKERS, PADDING
from dateline.what.heads import RELATIONS, Heads, Ops, shapes
from dateline.what.signs import Codes

Tensor = Any

# Shares of the loss.
WEIGHTS = {
    "type": 6.0, "mode": 0.7, "status": 0.5, "act": 0.3, "context": 3.0, "role": 1.5, "mention": 0.5, "part": 0.3, "relation": 1.0,
    "copy": 2.0,
}  # fmt: skip
DROPOUT = 0.1
# Weight of a word that is a trigger beside one that is none.
TRIGGER_WEIGHT = 4.0
SMOOTHING = 0.05


class Network(torch.nn.Module):  # type: ignore[misc]
    """Encoder and heads. ``layers`` names the layers of the base that are kept, None all."""

    def __init__(self, base: Path, *, layers: Sequence[int] | None, seed: int) -> None:
        super().__init__()
        torch.manual_seed(seed)
        self.encoder = AutoModel.from_pretrained(base, attn_implementation="eager")
        self.encoder.pooler = None
        if layers is not None:
            self.encoder.encoder.layer = torch.nn.ModuleList(self.encoder.encoder.layer[n] for n in layers)
        self.width: int = self.encoder.config.hidden_size
        # Only the layers learn: the table of words is a third of the weights, and the corpus is small.
        for parameter in self.encoder.embeddings.parameters():
            parameter.requires_grad_(False)
        self.codes = Codes.of(load_codebook())
        made = {name: _fresh(name, shape) for name, shape in shapes(self.width, self.codes).items()}
        self.arrays = torch.nn.ParameterDict({name.replace(".", "_"): value for name, value in made.items()})

    def mark(self, ids: Sequence[int]) -> None:
        """Give the marks vectors of their own, as long as those of words."""
        table = self.encoder.embeddings.word_embeddings.weight.data
        draw = torch.Generator().manual_seed(5)
        for row in ids:
            table[row] = torch.randn(self.width, generator=draw) * table.std()

    @property
    def heads(self) -> Heads:
        """The heads over this network's weights."""
        drop = torch.nn.functional.dropout
        ops = Ops(lambda parts: torch.cat(parts, -1), torch.relu, lambda x: drop(x, DROPOUT, self.training))
        return Heads({name.replace("_", "."): value for name, value in self.arrays.items()}, ops)

    def states(self, batch: Sequence[Sequence[int]], *, half: bool = True) -> tuple[Tensor, Tensor]:
        """Vectors of each piece (batch, pieces, width) and their mean (batch, width)."""
        longest = max(map(len, batch))
        ids = torch.full((len(batch), longest), PADDING)
        mask = torch.zeros((len(batch), longest), dtype=torch.long)
        for row, pieces in enumerate(batch):
            ids[row, : len(pieces)] = torch.tensor(pieces)
            mask[row, : len(pieces)] = 1
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
            out = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        out = out.float()
        weight = mask.unsqueeze(-1).float()
        return out, (out * weight).sum(1) / weight.sum(1)


def _fresh(name: str, shape: tuple[int, ...]) -> Tensor:
    if name.endswith(".b"):
        start = torch.full(shape, -4.0) if name in {"type.b", "context.b"} else torch.zeros(shape)
    elif name.endswith(".table"):
        start = torch.randn(shape) * 0.1
    else:
        start = (torch.rand(shape) * 2 - 1) / math.sqrt(shape[0])
    return torch.nn.Parameter(start)


@dataclass(frozen=True)
class Told:
    """What the heads say of a batch of sentences, flat over their words, triggers and pairs, with the right answers."""

    scores: dict[str, Tensor]
    answers: dict[str, Tensor]


def read_sentences(net: Network, batch: Sequence[Example], *, half: bool = True) -> tuple[Told, Tensor, Tensor]:
    """Scores and answers of a batch, with the vectors of the pieces and of the sentences."""
    states, means = net.states([e.pieces.ids for e in batch], half=half)
    rows, starts = [], starts_of(batch)
    for n, example in enumerate(batch):
        places = torch.tensor([min(max(p, 0), LONGEST - 1) for p in example.pieces.words])
        rows.append(states[n, places])
    words = torch.cat(rows)
    heads = net.heads
    state = heads.state(words, torch.from_numpy(np.concatenate([e.tokens for e in batch])))
    scores = {
        "type": heads.ask("type", state),
        "mention": heads.ask("mention", state),
        "part": heads.ask("part", state),
    }
    answers = {
        "mention": torch.from_numpy(np.concatenate([e.mentions for e in batch])),
        "part": torch.from_numpy(np.concatenate([e.parts for e in batch])),
        "type": _types(batch, starts, len(words), len(net.codes.types)),
    }
    found = [(starts[n] + event.token, n, event) for n, example in enumerate(batch) for event in example.events]
    if found:
        at = torch.tensor([place for place, _, _ in found])
        triggers = state[at]
        scores.update({name: heads.ask(name, triggers) for name in ("mode", "status", "act")})
        scores["context"] = heads.contexts(triggers, means[torch.tensor([n for _, n, _ in found])])
        answers.update(_of_events([event for _, _, event in found], net.codes, scores["context"].shape[1]))
        pairs = [(place, starts[n] + c) for place, n, event in found for c in event.candidates]
        if pairs:
            first, second = (torch.tensor(side) for side in zip(*pairs, strict=True))
            signs = torch.from_numpy(np.concatenate([event.pairs for _, _, event in found]))
            scores["role"] = heads.roles(words[first], words[second], signs)
            answers["role"] = torch.tensor([role for _, _, event in found for role in event.roles])
    return Told(scores, answers), states, means


def starts_of(batch: Sequence[Example]) -> list[int]:
    """Where each sentence's words begin among those of the batch."""
    return [0, *accumulate(len(e.pieces.words) for e in batch)][:-1]


def _types(batch: Sequence[Example], starts: Sequence[int], words: int, types: int) -> Tensor:
    out = torch.zeros(words, types)
    for start, example in zip(starts, batch, strict=True):
        for event in example.events:
            out[start + event.token, event.type] = 1
        out[[start + token for token in example.unsure]] = UNKNOWN
    return out


def _of_events(events: Sequence[Any], codes: Codes, contexts: int) -> dict[str, Tensor]:
    modes, topics = torch.zeros(len(events), len(codes.codes)), torch.zeros(len(events), contexts)
    for row, event in enumerate(events):
        for mode in event.modes:
            modes[row, mode] = 1 / len(event.modes)
        topics[row] = UNKNOWN if event.contexts is None else topics[row]
        topics[row, list(event.contexts or ())] = 1
    return {
        "mode": modes,
        "status": torch.tensor([event.status for event in events]),
        "act": torch.tensor([event.act for event in events]),
        "context": topics,
    }


def of_type(net: Network, scores: Tensor, types: Tensor) -> Tensor:
    """Scores of modes with those of other types than each row's own put out of reach."""
    owners = torch.tensor([net.codes.types.index(name) for name, _ in net.codes.codes])
    return scores.masked_fill(owners.unsqueeze(0) != types.unsqueeze(1), -1e4)


def loss_of_sentences(net: Network, told: Told) -> Tensor:
    """The sum of the heads' losses."""
    scores, answers = told.scores, told.answers
    weight = 1 + (TRIGGER_WEIGHT - 1) * (answers["type"].amax(1, keepdim=True) > 0)
    parts = {"type": _binary(scores["type"], answers["type"], weight) * 4}
    parts.update({name: _entropy(scores[name], answers[name]) for name in ("mention", "part")})
    if "mode" in scores:
        told_of = answers["mode"].sum(1) > 0
        types = (answers["mode"] > 0).float() @ _owners(net)
        own = of_type(net, scores["mode"], types.argmax(1))
        parts["mode"] = -(answers["mode"] * own.log_softmax(1)).sum() / max(1, int(told_of.sum()))
        parts.update({name: _entropy(scores[name], answers[name]) for name in ("status", "act")})
        parts["context"] = _binary(scores["context"], answers["context"])
    if "role" in scores:
        parts["role"] = _entropy(scores["role"], answers["role"])
    return sum(WEIGHTS[name] * value for name, value in parts.items())


def _entropy(scores: Tensor, answers: Tensor) -> Tensor:
    """Mean over what is known."""
    total = torch.nn.functional.cross_entropy(scores, answers, ignore_index=UNKNOWN, reduction="sum")
    return total / max(1, int((answers != UNKNOWN).sum()))


def _binary(scores: Tensor, answers: Tensor, weight: Tensor | None = None) -> Tensor:
    """Mean over what is known, row by row weighed."""
    known = (answers != UNKNOWN).float()
    each = torch.nn.functional.binary_cross_entropy_with_logits(scores, answers.clamp(min=0), reduction="none")
    return (each * known * (1 if weight is None else weight)).sum() / max(1, int(known.sum()))


def _owners(net: Network) -> Tensor:
    out = torch.zeros(len(net.codes.codes), len(net.codes.types))
    for n, (name, _) in enumerate(net.codes.codes):
        out[n, net.codes.types.index(name)] = 1
    return out


def read_pairs(net: Network, batch: Sequence[Pair], *, half: bool = True) -> tuple[Tensor, Tensor, Tensor]:
    """Scores of the relations of a batch of pairs, with the vectors of the pieces and of the sentences."""
    states, means = net.states([p.pieces.ids for p in batch], half=half)
    rows = torch.arange(len(batch))
    source, target = (states[rows, torch.tensor([max(p.pieces.marks[n], 0) for p in batch])] for n in (0, 1))
    return net.heads.relation(source, target, means), states, means


def loss_of_pairs(scores: Tensor, batch: Sequence[Pair]) -> Tensor:
    """Cross entropy with the pairs' shares."""
    wanted = torch.full((len(batch), len(RELATIONS)), SMOOTHING / len(RELATIONS))
    for row, pair in enumerate(batch):
        for answer, share in pair.shares:
            wanted[row, answer] += (1 - SMOOTHING) * share
    return WEIGHTS["relation"] * -(wanted * scores.log_softmax(1)).sum(1).mean()


def mark_ids(tokenizer: Any) -> list[int]:
    """The numbers of the marks."""
    return [tokenizer.token_to_id(mark) for pair in MARKERS for mark in pair]
