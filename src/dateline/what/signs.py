"""What the rules know of a sentence, as numbers: the signs that the trained heads read beside the encoder's vectors.

Both the coder and the training code of ``corpus/`` make them here, so that the heads meet at run time what they were trained on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span, Token

from dateline.codebook import Codebook
from dateline.records import ActorKind, DateExpression, EventStatus, Place
from dateline.what.coding import Happening
from dateline.who.index import ActorIndex

Ints = NDArray[np.int64]

STATUSES: tuple[EventStatus, ...] = get_args(EventStatus)
KINDS: tuple[ActorKind, ...] = get_args(ActorKind)
POS = ("NOUN", "PROPN", "PRON", "VERB", "AUX", "ADJ", "ADV", "ADP", "NUM", "PUNCT")  # others count as one more
DEPS = (
    "ROOT", "nsubj", "nsubjpass", "dobj", "pobj", "dative", "attr", "appos", "conj", "compound", "amod", "poss", "nmod",
    "advcl", "acl", "relcl", "xcomp", "ccomp", "pcomp", "prep", "agent", "aux", "auxpass", "nummod", "parataxis", "npadvmod",
)  # fmt: skip

# Rows of the tables that the numbers of a sign index.
PATHS, DISTANCES, RULE_ROLES = 1024, 16, 4
PLACE, DATE = len(KINDS) + 1, len(KINDS) + 2
FACETS = DATE + 1
# Steps up and down the parse after which two words count as apart.
FARTHEST_UP, FARTHEST_DOWN = 5, 4
_DISTANCE_STEPS = (1, 2, 4, 7, 12, 20, 35)
_HEADS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_INNER = frozenset({"compound", "amod", "nummod", "nmod", "det", "predet", "advmod", "quantmod"})


@dataclass(frozen=True, slots=True)
class Codes:
    """The classes of an event as the heads number them: 0 is no event, then TYPE and TYPE-mode in the codebook's order."""

    types: tuple[str, ...]
    codes: tuple[tuple[str, str | None], ...]

    @staticmethod
    def of(book: Codebook) -> Codes:
        """The classes of the shipped codebook."""
        types = tuple(sorted(book.events))
        codes = [(name, mode) for name in types for mode in (None, *sorted(m.name for m in book.events[name].modes))]
        return Codes(types, tuple(codes))

    def number(self, type_: str, mode: str | None) -> int:
        """The class, from 1; KeyError names an unknown one."""
        try:
            return self.codes.index((type_, mode)) + 1
        except ValueError:
            raise KeyError(f"{type_}-{mode}") from None


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of one sentence. Columns of ``tokens``: lexicon's class, its status (0 none), part of speech, dependency."""

    tokens: Ints  # tokens x 4
    facets: Ints  # tokens: what the earlier rooms took the word for: 0 nothing, a kind of actor, a place, a date
    candidates: tuple[int, ...]  # tokens that may take part in an event, counted from the sentence's first
    rule_roles: Mapping[tuple[int, int], int]  # (trigger, candidate) → 1 actor, 2 recipient by the lexicon's frame

    def pairs(self, sent: Span, trigger: int) -> Ints:
        """Signs of each candidate beside a trigger: path, distance, the lexicon's role, facet, dependency (candidates x 5)."""
        is_lexical = int(self.tokens[trigger, 0] > 0)
        rows = [
            (
                _path(sent[c], sent[trigger]),
                _distance(c - trigger),
                self.rule_roles.get((trigger, c), 0 if is_lexical else 3),
                int(self.facets[c]),
                int(self.tokens[c, 3]),
            )
            for c in self.candidates
        ]
        return np.array(rows, np.int64).reshape(-1, 5)


class SignReader:
    """Reads the signs of an article's sentences."""

    def __init__(
        self,
        doc: Doc,
        codes: Codes,
        index: ActorIndex,
        kinds: Mapping[str, ActorKind],
        places: Iterable[Place],
        dates: Iterable[DateExpression],
    ) -> None:
        self._doc = doc
        self._codes = codes
        self._facets = np.zeros(len(doc), np.int64)
        starts = [token.idx for token in doc]
        for actor, span in index.mention_spans():
            self._mark(starts, span, KINDS.index(kinds[actor]) + 1)
        for place in places:
            self._mark(starts, place.span, PLACE, over=False)
        for date in dates:
            self._mark(starts, date.span, DATE)

    def _mark(self, starts: Sequence[int], span: tuple[int, int], facet: int, *, over: bool = True) -> None:
        first, end = bisect_right(starts, span[0]) - 1, bisect_right(starts, span[1] - 1)
        for token in range(max(0, first), end):
            if over or not self._facets[token]:
                self._facets[token] = facet

    def signs(self, sent: Span, happenings: Sequence[Happening]) -> Signs:
        """The signs of a sentence; ``happenings`` are what the lexicon finds in it."""
        tokens = np.zeros((len(sent), 4), np.int64)
        roles: dict[tuple[int, int], int] = {}
        for happening in happenings:
            at = happening.trigger.head.i - sent.start
            coding = happening.coding
            tokens[at, 0] = self._codes.number(coding.type, coding.mode)
            tokens[at, 1] = STATUSES.index(coding.status) + 1
            for role, members in ((1, happening.roles.actors), (2, happening.roles.recipients)):
                roles.update({(at, token.i - sent.start): role for token in members})
        for n, token in enumerate(sent):
            tokens[n, 2] = POS.index(token.pos_) + 1 if token.pos_ in POS else 0
            tokens[n, 3] = DEPS.index(token.dep_) + 1 if token.dep_ in DEPS else 0
        facets = self._facets[sent.start : sent.end]
        found = [n for n, token in enumerate(sent) if _may_take_part(token, int(facets[n]))]
        return Signs(tokens, facets, tuple(found), roles)


def _may_take_part(token: Token, facet: int) -> bool:
    """The head of a noun phrase, or of a date."""
    if facet == DATE:
        return token.head.i == token.i or token.dep_ in {"pobj", "npadvmod", "nsubj", "dobj", "ROOT", "advmod", "conj"}
    return token.pos_ in _HEADS and (token.dep_ not in _INNER or bool(facet))


def _path(word: Token, trigger: Token) -> int:
    """The way from a word to the trigger through the parse, hashed; 0 where it is too long."""
    up: list[Token] = [word]
    while up[-1].head != up[-1] and len(up) <= FARTHEST_UP and up[-1] != trigger:
        up.append(up[-1].head)
    above = {token.i: n for n, token in enumerate(up)}
    down: list[str] = []
    node = trigger
    while node.i not in above:
        if node.head == node or len(down) >= FARTHEST_DOWN:
            return 0
        down.append(node.dep_)
        node = node.head
    steps = [f"{t.dep_}:{t.lower_}" if t.pos_ == "ADP" else t.dep_ for t in up[: above[node.i]]]
    return 1 + crc32("^".join([*steps, "|", *down]).encode()) % (PATHS - 1)


def _distance(tokens: int) -> int:
    """A class of the distance in tokens, apart for before and after."""
    size = sum(abs(tokens) > step for step in _DISTANCE_STEPS)
    return size if tokens < 0 else size + len(_DISTANCE_STEPS) + 1
