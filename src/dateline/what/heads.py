"""The trained heads: from the encoder's vectors and the rules' signs to triggers, codes, status, roles and relations.

The arithmetic is written once, over ``Ops``: numpy runs it in the coder, torch in the training code of ``corpus/``. Weights are in
``heads.npz``, trained by ``corpus/train_events.py``; ``models/events.md`` is their card.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from dateline.codebook import load_codebook
from dateline.errors import CodebookError
from dateline.what.signs import DEPS, DISTANCES, FACETS, PATHS, POS, RULE_ROLES, STATUSES, Codes

FILE = "heads.npz"
Array = Any  # of numpy or torch
Floats = NDArray[np.float32]

# Widths of the layers.
STATE, THEME, PAIR, LINK = 320, 128, 128, 256
PROJECTED = 96
# What may be asked of a pair of trigger and word, and of each word: who, where, when (facets), and the parts of a statement.
ROLES = ("none", "actor", "recipient", "place", "date")
PARTS = ("none", "cue", "source", "content")
# Answers for a pair of spans: nothing links them, or the type of what does by the crosswalk of 2021 (``rules.yaml``).
RELATIONS = (
    "NONE", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ops:
    """The operations that numpy and torch name differently."""

    join: Callable[[list[Array]], Array]  # along the last axis
    relu: Callable[[Array], Array]
    drop: Callable[[Array], Array]  # dropout in training


NUMPY = Ops(
    join=lambda parts: np.concatenate(parts, axis=-1),
    relu=lambda x: np.maximum(x, 0),
    drop=lambda x: x,
)


def shapes(width: int, codes: Codes) -> dict[str, tuple[int, ...]]:
    """The shape of every array of weights for an encoder of this width."""
    types, all_codes = len(codes.types), len(codes.codes)
    seen = width + 24 + 8 + 8 + 8
    pair = 3 * PROJECTED + 24 + 8 + 8 + 8 + 8
    contexts = len(load_codebook().contexts)
    return {
        "code.table": (all_codes + 1, 24), "status.table": (len(STATUSES) + 1, 8), "pos.table": (len(POS) + 1, 8),
        "dep.table": (len(DEPS) + 1, 8), "path.table": (PATHS, 24), "distance.table": (DISTANCES, 8),
        "rule.table": (RULE_ROLES, 8), "facet.table": (FACETS, 8),
        "state.w": (seen, STATE), "state.b": (STATE,),
        "type.w": (STATE, types), "type.b": (types,), "mode.w": (STATE, all_codes), "mode.b": (all_codes,),
        "status.w": (STATE, len(STATUSES)), "status.b": (len(STATUSES),), "act.w": (STATE, types + 1), "act.b": (types + 1,),
        "theme.w": (STATE + width, THEME), "theme.b": (THEME,), "context.w": (THEME, contexts), "context.b": (contexts,),
        "mention.w": (STATE, FACETS), "mention.b": (FACETS,), "part.w": (STATE, len(PARTS)), "part.b": (len(PARTS),),
        "trigger.w": (width, PROJECTED), "word.w": (width, PROJECTED),
        "pair.w": (pair, PAIR), "pair.b": (PAIR,), "role.w": (PAIR, len(ROLES)), "role.b": (len(ROLES),),
        "link.w": (3 * width, LINK), "link.b": (LINK,), "relation.w": (LINK, len(RELATIONS)), "relation.b": (len(RELATIONS),),
    }  # fmt: skip


class Heads:
    """The heads' arithmetic over one set of weights. All results are scores before any squashing."""

    def __init__(self, weights: Mapping[str, Array], ops: Ops = NUMPY) -> None:
        self.weights = weights
        self._ops = ops

    def state(self, words: Array, tokens: Array) -> Array:
        """What the other heads read of each word: (n, width), (n, 4) → (n, STATE)."""
        tables = ("code", "status", "pos", "dep")
        seen = [words, *(self.weights[f"{name}.table"][tokens[:, n]] for n, name in enumerate(tables))]
        return self._layer("state", self._ops.drop(self._ops.join(seen)))

    def ask(self, name: str, state: Array) -> Array:
        """Scores of ``type``, ``mode``, ``status``, ``act``, ``mention`` or ``part`` for rows of ``state``."""
        return self._linear(name, self._ops.drop(state))

    def contexts(self, state: Array, mean: Array) -> Array:
        """Scores of each context, for triggers (n, STATE) beside the mean of their sentence (n, width)."""
        return self._linear("context", self._layer("theme", self._ops.join([state, mean])))

    def roles(self, triggers: Array, words: Array, pairs: Array) -> Array:
        """Scores of ``ROLES`` for pairs: vectors of trigger and word (n, width), signs of the pair (n, 5) → (n, roles)."""
        left, right = triggers @ self.weights["trigger.w"], words @ self.weights["word.w"]
        tables = ("path", "distance", "rule", "facet", "dep")
        signs = [self.weights[f"{name}.table"][pairs[:, n]] for n, name in enumerate(tables)]
        seen = self._ops.join([left, right, left * right, *signs])
        return self._linear("role", self._layer("pair", self._ops.drop(seen)))

    def relation(self, source: Array, target: Array, mean: Array) -> Array:
        """Scores of ``RELATIONS`` for the marks that open two spans, and the mean of their sentence, each (n, width)."""
        seen = self._ops.drop(self._ops.join([source, target, mean]))
        return self._linear("relation", self._ops.drop(self._layer("link", seen)))

    def _layer(self, name: str, x: Array) -> Array:
        return self._ops.relu(self._linear(name, x))

    def _linear(self, name: str, x: Array) -> Array:
        return x @ self.weights[f"{name}.w"] + self.weights[f"{name}.b"]


@cache
def load_heads() -> tuple[Heads, Mapping[str, float]]:
    """The heads that ship, and their settings: thresholds and temperatures (``set.…`` in the file).

    Raises:
        CodebookError: the file is missing or broken, or was trained for another codebook.
    """
    try:
        with files("dateline.what").joinpath(FILE).open("rb") as stream, np.load(stream) as archive:
            arrays = {name: archive[name] for name in archive.files}
        trained_for = arrays.pop("codes").tolist()
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise CodebookError(f"{FILE}: cannot be read; make it with python -m corpus.train_events") from error
    known = Codes.of(load_codebook())
    if trained_for != [f"{name}-{mode or ''}" for name, mode in known.codes]:
        raise CodebookError(
            f"{FILE}: trained for other types or modes; train it anew with python -m corpus.train_events"
        )
    settings = {name.removeprefix("set."): float(value) for name, value in arrays.items() if name.startswith("set.")}
    weights = {name: value.astype(np.float32) for name, value in arrays.items() if not name.startswith("set.")}
    return Heads(weights), settings
