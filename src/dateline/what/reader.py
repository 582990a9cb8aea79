"""Reading sentences for events: the lexicon's signs and the encoder's vectors through the trained heads to happenings.

The lexicon (``triggers/``) and the rules say what the words could mean; the heads, which read them as signs, decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Span, Token

from dateline.codebook import Codebook
from dateline.language.encoder import Encoder, Pieces, Read
from dateline.records import EventStatus
from dateline.rooms import Draft
from dateline.what.coding import ActCoder, Happening, joined
from dateline.what.contexts import contexts_of, load_contexts
from dateline.what.find import bare_trigger
from dateline.what.gate import Gate
from dateline.what.heads import ROLES, Heads
from dateline.what.roles import Roles
from dateline.what.rules import Coding
from dateline.what.signs import STATUSES, Codes, SignReader, Signs
from dateline.what.status import Standing
from dateline.who.index import ActorIndex

Floats = NDArray[np.float32]

# Members of a role, at most: a list of towns is one "recipient" each, a page of names is a mistake.
MOST_MEMBERS = 6

# Chance from which a word that carries one event carries another too.
SECOND = 0.5
# Of a context met in fewer events than this, the heads know less than its phrases do.
FEWEST_SEEN = 60

# Status of the act that an event of these types is about, where nothing else is said of it.
STATUS_OF_ACT: Mapping[str, EventStatus] = {
    "REQUEST": "demanded",
    "THREATEN": "hypothetical",
    "AGREE": "planned",
    "CONCEDE": "planned",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Chances from which something counts, chosen on held-out sentences of the corpus by the training code."""

    event: float
    lexical: float  # an event that the lexicon reads too
    role: float
    frame: float  # a role that the lexicon's frame gives too
    context: float
    shown: float  # a context of which the sentence has a phrase (``contexts.yaml``)
    heat: float  # slope and intercept by which scores of types become chances of being right
    shift: float


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sentence with what is known of it before it is encoded."""

    sent: Span
    signs: Signs
    lexical: Mapping[int, Happening]  # by the trigger's index in the document
    pieces: Pieces
    shown: tuple[str, ...]  # contexts by phrases


class EventReader:
    """Finds the happenings of a draft."""

    def __init__(
        self, acts: ActCoder, encoder: Encoder, heads: Heads, settings: Mapping[str, float], book: Codebook
    ) -> None:
        self._acts = acts
        self._encoder = encoder
        self._heads = heads
        self._gate = Gate(heads.weights, settings["gate"])
        self._limits = Limits(**{field.name: settings[field.name] for field in fields(Limits)})
        self._codes = Codes.of(book)
        self._contexts = tuple(book.contexts)
        self._phrases = load_contexts()
        owners = [self._codes.types.index(name) for name, _ in self._codes.codes]
        self._modes_of = [
            [n for n, owner in enumerate(owners) if owner == type_] for type_ in range(len(self._codes.types))
        ]

    def happenings(self, draft: Draft, index: ActorIndex) -> list[Happening]:
        """Every happening the draft tells of, in text order, those that tell of one act within a sentence joined."""
        sheets = list(self._sheets(draft, index))
        reads = self._encoder.read(sheet.pieces for sheet in sheets)
        found = [h for sheet, read in zip(sheets, reads, strict=True) for h in self._in_sentence(sheet, read)]
        return joined(sorted(found, key=lambda h: h.trigger.head.i))

    def _sheets(self, draft: Draft, index: ActorIndex) -> Iterator[_Sheet]:
        """The sentences worth reading."""
        doc = draft.doc
        readings = self._acts.readings(doc, index)
        by_sentence: dict[int, list[Happening]] = {}
        for happening in readings:
            by_sentence.setdefault(happening.trigger.head.sent.start, []).append(happening)
        worth = self._gate.worth_reading(doc, by_sentence.keys())
        if not worth:
            return
        reader = SignReader(doc, self._codes, index, {a.id: a.kind for a in draft.actors}, draft.places, draft.dates)
        for sent in worth:
            lexical = by_sentence.get(sent.start, [])
            begin = sent.start_char
            words = [(token.idx - begin, token.idx - begin + len(token)) for token in sent]
            pieces = self._encoder.cutter.cut(sent.text, words)
            shown = contexts_of(sent, self._phrases)
            yield _Sheet(sent, reader.signs(sent, lexical), {h.trigger.head.i: h for h in lexical}, pieces, shown)

    def _in_sentence(self, sheet: _Sheet, read: Read) -> Iterator[Happening]:
        state: Floats = self._heads.state(read.words, sheet.signs.tokens)
        chances = _sigmoid(self._limits.heat * self._heads.ask("type", state) + self._limits.shift)
        least = np.full(chances.shape, self._limits.event)
        for happening in sheet.lexical.values():
            least[happening.trigger.head.i - sheet.sent.start, self._codes.types.index(happening.coding.type)] = (
                self._limits.lexical
            )
        # A word carries one event, unless two are likelier than not: a sentence to prison convicts and arrests.
        best = chances.argmax(axis=1)
        least = np.where(np.arange(chances.shape[1]) == best[:, None], least, np.maximum(least, SECOND))
        for token, type_ in np.argwhere(chances >= least):
            if not sheet.sent[int(token)].is_space:
                yield self._happening(sheet, read, state, int(token), int(type_), float(chances[token, type_]))

    def _happening(self, sheet: _Sheet, read: Read, state: Floats, token: int, type_: int, chance: float) -> Happening:
        own = state[token : token + 1]
        modes = self._modes_of[type_]
        name, mode = self._codes.codes[modes[int(self._heads.ask("mode", own)[0, modes].argmax())]]
        act = int(self._heads.ask("act", own)[0].argmax())
        status = STATUSES[int(self._heads.ask("status", own)[0].argmax())]
        themes = _sigmoid(self._heads.contexts(own, read.mean[None, :]))[0]
        head = sheet.sent[token]
        lexical = sheet.lexical.get(head.i)
        trigger = lexical.trigger if lexical is not None else bare_trigger(head, name, mode)
        parts = self._parts(sheet, read, token)
        roles = _roles(parts, lexical if lexical is not None and lexical.coding.type == name else None, mode)
        told = Coding(name, mode, self._codes.types[act - 1] if act else None, status)
        return Happening(
            trigger,
            _settled(told, lexical),
            roles,
            lexical.standing if lexical is not None else Standing(),
            lexical.words if lexical is not None else tuple(head.subtree),
            chance=chance,
            sites=parts["place"],
            times=parts["date"],
            contexts=self._contexts_of(sheet, themes),
        )

    def _contexts_of(self, sheet: _Sheet, chances: Floats) -> tuple[str, ...]:
        limits, found = self._limits, set()
        for context, at, seen in zip(self._contexts, chances, self._heads.weights["context.seen"], strict=True):
            least = (limits.shown if seen >= FEWEST_SEEN else 0) if context in sheet.shown else limits.context
            if at >= least:
                found.add(context)
        return tuple(sorted(found))

    def _parts(self, sheet: _Sheet, read: Read, token: int) -> dict[str, tuple[Token, ...]]:
        """The tokens of each role, the likeliest first kept, in text order."""
        out: dict[str, tuple[Token, ...]] = dict.fromkeys(ROLES, ())
        candidates = [n for n, c in enumerate(sheet.signs.candidates) if c != token]
        if not candidates:
            return out
        places = [sheet.signs.candidates[n] for n in candidates]
        words = read.words[places]
        triggers = np.broadcast_to(read.words[token], words.shape)
        pairs = sheet.signs.pairs(sheet.sent, token)[candidates]
        chances = _softmax(self._heads.roles(triggers, words, pairs))
        chances[:, 0] = 0
        best = chances.argmax(axis=1)
        least = np.where(pairs[:, 2] == best, self._limits.frame, self._limits.role)
        for number, role in enumerate(ROLES[1:], 1):
            taken = [n for n in range(len(places)) if best[n] == number and chances[n, number] >= least[n]]
            ranked = sorted(taken, key=lambda n: -chances[n, number])
            chosen = sorted(places[n] for n in ranked[: MOST_MEMBERS if role in {"actor", "recipient"} else 1])
            out[role] = tuple(sheet.sent[n] for n in chosen)
        return out


def _roles(parts: Mapping[str, tuple[Token, ...]], lexical: Happening | None, mode: str | None) -> Roles:
    """The heads' participants; of a reciprocal act all are actors, unless one visits another."""
    actors, recipients = parts["actor"], parts["recipient"]
    if lexical is None:
        return Roles(actors, recipients, ())
    if lexical.trigger.pattern.frame.mutual and mode != "visit":
        actors, recipients = tuple(sorted({*actors, *recipients}, key=lambda t: t.i)), ()
    return Roles(actors, recipients, lexical.roles.instruments)


def _settled(told: Coding, lexical: Happening | None) -> Coding:
    """The heads' coding with what the rules read more surely: the act a carrier names, and negation.

    A status is that of the act, where there is one: a talk that is called for is demanded.
    """
    act, status = told.act, told.status
    if lexical is not None and lexical.coding.type == told.type:
        act = act or lexical.coding.act
        if lexical.coding.status == "denied" and status == "occurred":
            status = "denied"
    if act == told.type:
        act = None
    if act is not None and status == "occurred":
        status = STATUS_OF_ACT.get(told.type, status)
    return Coding(told.type, told.mode, act, status)


def _sigmoid(scores: Floats) -> Floats:
    out: Floats = (1 / (1 + np.exp(-scores))).astype(np.float32)
    return out


def _softmax(scores: Floats) -> Floats:
    risen = np.exp(scores - scores.max(axis=1, keepdims=True))
    out: Floats = risen / risen.sum(axis=1, keepdims=True)
    return out
