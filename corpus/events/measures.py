"""How good is a network? Figures on sentences and pairs it was not trained on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from corpus.events.examples import AS_ASKED, Example, Pair, Unplaced
from corpus.events.network import Network, of_type, read_pairs, read_sentences, starts_of
from dateline.what.heads import RELATIONS, ROLES

Scores = dict[str, float]
THRESHOLDS = tuple(n / 20 for n in range(4, 17))
# Chance from which a word counts as found where no threshold is fitted yet.
FOUND = 0.4
PENTA = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
    "NONE": 0,
}
BATCH = 32


def measure_sentences(net: Network, examples: Sequence[Example]) -> Scores:
    """Triggers with their type (F1 at the best threshold), then what is told of right triggers."""
    kinds, right = [], {name: [0, 0] for name in ("mode", "status", "act")}
    roles = np.zeros((len(ROLES), 3))
    order = sorted(examples, key=lambda e: len(e.pieces.ids))
    with torch.no_grad():
        for start in range(0, len(order), BATCH):
            told, _, _ = read_sentences(net, order[start : start + BATCH])
            kinds.append((torch.sigmoid(told.scores["type"]).numpy(), told.answers["type"].numpy()))
            if "mode" not in told.scores:
                continue
            _count(net, told, right)
            if "role" in told.scores:
                _count_roles(told.scores["role"].argmax(1).numpy(), told.answers["role"].numpy(), roles)
    said, wanted = (np.concatenate([pair[n] for pair in kinds]) for n in (0, 1))
    f1, threshold = max((_f1(said >= at, wanted), at) for at in THRESHOLDS)
    out = {"trigger_f1": f1, "threshold": threshold, "some_trigger_f1": _f1((said >= threshold).any(1), wanted.any(1))}
    out.update({name: good / max(1, all_) for name, (good, all_) in right.items()})
    out.update({f"{name}_f1": _ratio(*roles[n]) for n, name in enumerate(ROLES) if n})
    return out


def _count(net: Network, told: Any, right: dict[str, list[int]]) -> None:
    answers = told.answers
    owner = torch.tensor([net.codes.types.index(name) for name, _ in net.codes.codes])
    types = owner[answers["mode"].argmax(1)]
    best = of_type(net, told.scores["mode"], types).argmax(1)
    right["mode"][0] += int((answers["mode"][torch.arange(len(best)), best] > 0).sum())
    for name in ("status", "act"):
        right[name][0] += int((told.scores[name].argmax(1) == answers[name]).sum())
    for counts in right.values():
        counts[1] += len(best)


def _count_roles(said: NDArray[Any], wanted: NDArray[Any], counts: NDArray[Any]) -> None:
    for role in range(1, len(ROLES)):
        both = (said == role) & (wanted == role)
        counts[role] += both.sum(), (said == role).sum(), (wanted == role).sum()


def _f1(said: Any, wanted: Any) -> float:
    wanted = wanted > 0
    return _ratio((said & wanted).sum(), said.sum(), wanted.sum())


def _ratio(both: float, said: float, wanted: float) -> float:
    return float(2 * both / max(1.0, said + wanted))


def measure_found(net: Network, rows: Sequence[Unplaced]) -> Scores:
    """Of sentences of which one event's type is known: how often some word has that type, and words with a type in a sentence."""
    found = words = 0
    with torch.no_grad():
        for start in range(0, len(rows), BATCH):
            part = rows[start : start + BATCH]
            examples = [row.example for row in part]
            told, _, _ = read_sentences(net, examples)
            chances = torch.sigmoid(told.scores["type"]).numpy()
            for begin, row in zip(starts_of(examples), part, strict=True):
                own = chances[begin : begin + len(row.example.pieces.words)] >= FOUND
                found += bool(own[:, list(row.types)].any())
                words += int(own.sum())
    return {"found_type": found / max(1, len(rows)), "found_words": words / max(1, len(rows))}


def answers_of(net: Network, pairs: Sequence[Pair]) -> NDArray[np.float32]:
    """Chances of ``RELATIONS`` for each pair, in the order given."""
    out = np.zeros((len(pairs), len(RELATIONS)), np.float32)
    order = sorted(range(len(pairs)), key=lambda n: len(pairs[n].pieces.ids))
    with torch.no_grad():
        for start in range(0, len(order), BATCH):
            part = order[start : start + BATCH]
            scores, _, _ = read_pairs(net, [pairs[n] for n in part])
            out[part] = torch.softmax(scores, 1).numpy()
    return out


def measure_answers(chances: NDArray[np.float32], pairs: Sequence[Pair], *, some: bool = True) -> Scores:
    """Macro-F1 of root and penta classes, as the scorer has it; with ``some`` an answer is always given."""
    answers = sorted({AS_ASKED.get(name, name) for name in RELATIONS})
    summed = np.zeros((len(pairs), len(answers)))
    for n, name in enumerate(RELATIONS):
        if name != "NONE" or not some:
            summed[:, answers.index(AS_ASKED.get(name, name))] += chances[:, n]
    said = [answers[n] for n in summed.argmax(1)]
    likeliest = [RELATIONS[max(p.shares, key=lambda s: s[1])[0]] for p in pairs]
    gold = [AS_ASKED.get(name, name) for name in likeliest]
    return {
        "root": macro_f1(gold, said),
        "penta": macro_f1([PENTA[g] for g in gold], [PENTA[s] for s in said]),
        "accuracy": sum(g == s for g, s in zip(gold, said, strict=True)) / max(1, len(gold)),
    }


def macro_f1(gold: Sequence[Any], said: Sequence[Any]) -> float:
    """Mean F1 of the classes that the gold holds."""
    values = []
    for label in sorted(set(gold)):
        both = sum(g == s == label for g, s in zip(gold, said, strict=True))
        values.append(_ratio(both, list(said).count(label), list(gold).count(label)))
    return sum(values) / max(1, len(values))
