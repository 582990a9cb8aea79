"""Training a head: logistic regression a type, judged by cross-validation over the sentences, then fitted on all of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.language.encoder import Encoder, encoder_digest
from dateline.own.folder import OwnCodebook
from dateline.own.head import OwnHead, features_of, sigmoid

Floats = NDArray[np.float32]

FOLDS, SEED = 5, 7
# Weight decays tried; the best by cross-validation is taken.
DECAYS = (0.003, 0.03)
STEPS, RATE = 300, 0.02
# Examples weigh as much as this many times the other sentences, at most.
MOST_WEIGHT = 8.0
LIMITS = tuple(float(n) / 50 for n in range(4, 46))
# Sentences shown of each kind of mistake.
SHOWN = 3


@dataclass(frozen=True, slots=True)
class TypeScore:
    """How a type does in cross-validation. ``missed`` and ``extra`` are sentences, the clearest mistakes first."""

    name: str
    examples: int
    precision: float
    recall: float
    f1: float
    confused_with: str | None  # the type that takes most of its missed examples
    missed: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trained:
    """A head and what cross-validation says of it."""

    head: OwnHead
    scores: tuple[TypeScore, ...]
    sentences: int


def train(book: OwnCodebook, encoder: Encoder) -> Trained:
    """A head for the codebook. The same folder and encoder give the same head."""
    marked = book.sentences
    sentences = list(marked)
    features = features_of(encoder, sentences)
    wanted = np.array(list(marked.values()), np.float32).reshape(len(sentences), len(book.types))
    center, scale = features.mean(0), features.std(0) + 1e-3
    plain = (features - center) / scale
    folds = _folds(wanted)
    tried = {decay: _crossed(plain, wanted, folds, decay) for decay in DECAYS}
    decay = max(DECAYS, key=lambda d: _mean_f1(tried[d], wanted))
    scores = tried[decay]
    calibrated = [_platt(scores[:, n], wanted[:, n]) for n in range(wanted.shape[1])]
    slopes, shifts = (np.array(side, np.float32) for side in zip(*calibrated, strict=True))
    chances = sigmoid(slopes * scores + shifts)
    limits = np.array([_limit(chances[:, n], wanted[:, n]) for n in range(wanted.shape[1])], np.float32)
    weights, bias = fit(plain, wanted, decay)
    names = tuple(type_.name for type_ in book.types)
    head = OwnHead(names, encoder_digest(), center, scale, weights, bias, slopes, shifts, limits)
    return Trained(head, _scores(names, chances, wanted, limits, sentences), len(sentences))


def fit(features: Floats, wanted: Floats, decay: float) -> tuple[Floats, Floats]:
    """Weights (features x types) and bias, by Adam on the weighted log loss from zero; full batches, so seeds play no part."""
    rows, types = wanted.shape
    line = [np.zeros((features.shape[1], types), np.float32), np.zeros(types, np.float32)]
    heavy = np.clip((rows - wanted.sum(0)) / np.maximum(1, wanted.sum(0)), 1, MOST_WEIGHT)
    weigh = np.where(wanted > 0, heavy, 1).astype(np.float32)
    weigh /= weigh.sum(0)
    firsts, seconds = ([np.zeros_like(part) for part in line] for _ in range(2))
    for step in range(1, STEPS + 1):
        miss = weigh * (sigmoid(features @ line[0] + line[1]) - wanted)
        for n, slope in enumerate((features.T @ miss + decay * line[0], miss.sum(0))):
            firsts[n] += 0.1 * (slope - firsts[n])
            seconds[n] += 0.001 * (slope**2 - seconds[n])
            line[n] -= RATE * (firsts[n] / (1 - 0.9**step)) / (np.sqrt(seconds[n] / (1 - 0.999**step)) + 1e-8)
    return line[0], line[1]


def _folds(wanted: Floats) -> NDArray[np.int64]:
    """A fold for each sentence, so that every type is in every fold alike."""
    draw = np.random.default_rng(SEED)
    out = np.zeros(len(wanted), np.int64)
    kinds = (wanted * (1 + np.arange(wanted.shape[1]))).max(1)
    for kind in np.unique(kinds):
        rows = draw.permutation(np.flatnonzero(kinds == kind))
        out[rows] = np.arange(len(rows)) % FOLDS
    return out


def _crossed(features: Floats, wanted: Floats, folds: NDArray[np.int64], decay: float) -> Floats:
    """Scores of each sentence by a head that has not seen it."""
    out = np.zeros_like(wanted)
    for fold in range(FOLDS):
        weights, bias = fit(features[folds != fold], wanted[folds != fold], decay)
        out[folds == fold] = features[folds == fold] @ weights + bias
    return out


def _platt(scores: Floats, wanted: Floats) -> tuple[float, float]:
    """Slope and intercept of the chance, by Newton's method with the priors of Platt (1999)."""
    positive = wanted.sum()
    aims = np.where(wanted > 0, (positive + 1) / (positive + 2), 1 / (len(wanted) - positive + 2))
    line = np.array([1.0, 0.0])
    seen = np.stack([scores, np.ones_like(scores)], 1).astype(np.float64)
    for _ in range(50):
        chances = sigmoid(seen @ line).astype(np.float64)
        slope = seen.T @ (chances - aims)
        bend = (seen * (chances * (1 - chances))[:, None]).T @ seen + 1e-6 * np.eye(2)
        step = np.linalg.solve(bend, slope)
        line -= step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < 1e-6:
            break
    return float(line[0]), float(line[1])


def _limit(chances: Floats, wanted: Floats) -> float:
    return max(LIMITS, key=lambda at: f1_of(chances >= at, wanted > 0))


def _mean_f1(scores: Floats, wanted: Floats) -> float:
    types = range(wanted.shape[1])
    return float(
        np.mean([max(f1_of(scores[:, n] >= at, wanted[:, n] > 0) for at in np.linspace(-3, 3, 25)) for n in types])
    )


def f1_of(said: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> float:
    """Harmonic mean of precision and recall; 0 where nothing is right."""
    return float(2 * (said & wanted).sum() / max(1, said.sum() + wanted.sum()))


def _scores(
    names: tuple[str, ...], chances: Floats, wanted: Floats, limits: Floats, sentences: list[str]
) -> tuple[TypeScore, ...]:
    said, gold = chances >= limits, wanted > 0
    out = []
    for n, name in enumerate(names):
        right, missed, extra = said[:, n] & gold[:, n], gold[:, n] & ~said[:, n], said[:, n] & ~gold[:, n]
        taken = (said & ~gold)[missed].sum(0)
        other = names[int(taken.argmax())] if taken.sum() else None
        low, high = np.argsort(chances[:, n]), np.argsort(-chances[:, n])
        out.append(
            TypeScore(
                name,
                int(gold[:, n].sum()),
                float(right.sum() / max(1, said[:, n].sum())),
                float(right.sum() / max(1, gold[:, n].sum())),
                f1_of(said[:, n], gold[:, n]),
                other,
                tuple(sentences[i] for i in low if missed[i])[:SHOWN],
                tuple(sentences[i] for i in high if extra[i])[:SHOWN],
            )
        )
    return tuple(out)
