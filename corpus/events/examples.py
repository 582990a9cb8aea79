"""From annotated sentences to what the network learns from: pieces, signs, labels. The parse and the rooms run once, here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span, Token

from corpus.markup import ACTOR_KINDS, Marked, MarkedEvent, Sentence
from dateline.codebook import Codebook, load_codebook
from dateline.language import load_parser, parseable
from dateline.language.encoder import Cutter, Pieces
from dateline.records import Article
from dateline.rooms import Draft
from dateline.what.coding import ActCoder
from dateline.what.contexts import contexts_of, load_contexts
from dateline.what.gate import LEAST_WORDS, looks
from dateline.what.heads import PARTS, RELATIONS, ROLES
from dateline.what.room import make_act_coder
from dateline.what.rules import load_rules
from dateline.what.signs import DATE, KINDS, PLACE, STATUSES, Codes, SignReader, Signs
from dateline.when import make_room as make_when
from dateline.where import load_gazetteer
from dateline.where import make_room as make_where
from dateline.who import load_registry
from dateline.who import make_room as make_who
from dateline.who.index import ActorIndex

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

# Not asked of: the loss passes over it.
UNKNOWN = -100
# Every so many sentences without an event give one pair of actors that nothing links.
UNLINKED = 2
# Two types are one in files of relations.
AS_ASKED = {"RETREAT": "YIELD", "CONCEDE": "YIELD"}
# Parts of speech of words that may carry an event.
CARRIERS = frozenset({"VERB", "NOUN", "ADJ", "PROPN"})


@dataclass(frozen=True, slots=True)
class Labels:
    """One event: its trigger word, class by class, and what each candidate is to it."""

    token: int
    type: int
    modes: tuple[int, ...]  # numbers in Codes.codes
    status: int
    act: int  # 0: none, else 1 + number of the type
    contexts: tuple[int, ...] | None
    pairs: Ints  # candidates x 5, the signs
    candidates: tuple[int, ...]
    roles: tuple[int, ...]  # of the candidates


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence."""

    origin: str
    text: str
    pieces: Pieces
    tokens: Ints  # words x 4
    mentions: Ints  # words: a facet at the head of each marked span
    parts: Ints  # words: part of a statement
    look: Floats  # what the gate sees
    events: tuple[Labels, ...] = ()
    shown: tuple[int, ...] = ()  # contexts of which the sentence has a phrase (``contexts.yaml``)
    unsure: tuple[int, ...] = ()  # words of which nobody knows whether they carry an event
    lost: int = 0  # roles whose word is no candidate, and which no head can find


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A sentence of which one event's type and two parties are known, but not the word that carries it."""

    example: Example  # without events
    group: int
    types: tuple[int, ...]  # any of these
    source: int
    target: int
    words: tuple[int, ...]  # that may carry it
    candidates: tuple[int, ...]
    pairs: tuple[Ints, ...]  # signs of the candidates beside each of the words


@dataclass(frozen=True, slots=True)
class Pair:
    """Two spans of a sentence and what links them: shares of ``RELATIONS``."""

    origin: str
    group: int  # pairs of one sentence share it
    pieces: Pieces
    shares: tuple[tuple[int, float], ...]
    source: str = field(default="corpus")


class ExampleMaker:
    """Makes examples with the parser, the rooms and the rules of the coder."""

    def __init__(self, cutter: Cutter) -> None:
        self._cutter = cutter
        registry, gazetteer = load_registry(), load_gazetteer()
        self._parser = load_parser()
        self._rooms = (make_who(registry, places=gazetteer), make_where(gazetteer, registry), make_when())
        self._acts: ActCoder = make_act_coder()
        self._book: Codebook = load_codebook()
        self._codes = Codes.of(self._book)
        self._phrases = load_contexts()
        self._contexts = {name: n for n, name in enumerate(self._book.contexts)}

    def examples(self, sentences: Iterable[Sentence]) -> Iterator[Example]:
        """An example of each sentence."""
        kept = list(sentences)
        for sentence, draft in zip(kept, self._drafts([s.text for s in kept]), strict=True):
            yield self._example(sentence, draft)

    def unlabelled(self, texts: Sequence[str]) -> Iterator[Example]:
        """The sentences of articles, of which nothing is known."""
        for draft in self._drafts(texts):
            sentences = [sent for sent in draft.doc.sents if sum(t.is_alpha for t in sent) >= LEAST_WORDS]
            for sent, (signs, look) in zip(sentences, self._signs_of(draft, sentences), strict=True):
                yield self._blank("news", sent, signs, look)

    def _shown(self, sent: Span) -> tuple[int, ...]:
        return tuple(self._contexts[name] for name in contexts_of(sent, self._phrases))

    def _blank(self, origin: str, sent: Span, signs: Signs, look: Floats) -> Example:
        empty = np.full(len(sent), UNKNOWN, np.int64)
        return Example(origin, sent.text, self._pieces(sent), signs.tokens, empty, empty, look)

    def _drafts(self, texts: Sequence[str]) -> Iterator[Draft]:
        """Each text as the coder has it when it comes to its events."""
        for text, doc in zip(texts, self._parser.pipe(map(parseable, texts)), strict=True):
            draft = Draft(Article.make(text), doc)
            for room in self._rooms:
                draft = room.run(draft)
            yield draft

    def _signs_of(self, draft: Draft, sentences: Sequence[Span]) -> Iterator[tuple[Signs, Floats]]:
        """Signs, and what the gate sees, of each sentence."""
        doc, index = draft.doc, ActorIndex(draft.actors)
        reader = SignReader(doc, self._codes, index, {a.id: a.kind for a in draft.actors}, draft.places, draft.dates)
        readings = self._acts.readings(doc, index)
        lexical = {h.trigger.head.sent.start for h in readings}
        for sent, look in zip(sentences, looks(doc, sentences, lexical), strict=True):
            own = [h for h in readings if sent.start <= h.trigger.head.i < sent.end]
            yield reader.signs(sent, own), look

    def _pieces(self, sent: Span) -> Pieces:
        begin = sent.start_char
        return self._cutter.cut(sent.text, [(t.idx - begin, t.idx - begin + len(t)) for t in sent])

    def _example(self, sentence: Sentence, draft: Draft) -> Example:
        doc = draft.doc
        signs, look = next(self._signs_of(draft, [doc[:]]))
        heads = {span.label: _head(doc, span.begin, span.end) for span in sentence.spans}
        events, lost = [], 0
        for event in sentence.events:
            token = _carrier(heads[event.trigger], sentence.span(event.trigger)).i
            wanted = {heads[label].i: role for label, role in _role_labels(event)}
            lost += sum(token not in signs.candidates for token in wanted)
            events.append(
                Labels(
                    token,
                    self._codes.types.index(event.type),
                    tuple(self._codes.number(event.type, mode) - 1 for mode in event.modes or (None,)),
                    STATUSES.index(event.status),
                    self._codes.types.index(event.act) + 1 if event.act else 0,
                    tuple(self._contexts[name] for name in event.contexts),
                    signs.pairs(doc[:], token),
                    signs.candidates,
                    tuple(wanted.get(c, 0) for c in signs.candidates),
                )
            )
        mentions, parts = _mentions(sentence, heads, len(doc)), _parts(sentence, doc)
        return Example(
            sentence.origin,
            sentence.text,
            self._pieces(doc[:]),
            signs.tokens,
            mentions,
            parts,
            look,
            tuple(events),
            self._shown(doc[:]),
            lost=lost,
        )

    def pairs(self, sentences: Iterable[Sentence]) -> Iterator[Pair]:
        """The pairs of parties that the sentences' events link, and some that nothing links."""
        empty = 0
        for number, sentence in enumerate(sentences):
            linked: dict[tuple[str, str], list[str]] = {}
            for event in sentence.events:
                answer = _relation(event, sentence)
                for pair in _linked(event):
                    linked.setdefault(pair, []).append(answer)
            if not sentence.events:
                actors = [span.label for span in sentence.spans if span.kind in ACTOR_KINDS]
                empty += len(actors) > 1
                if len(actors) > 1 and empty % UNLINKED == 0:
                    linked[actors[0], actors[1]] = ["NONE"]
            for (first, second), answers in linked.items():
                spans = [(s.begin, s.end) for s in (sentence.span(first), sentence.span(second))]
                shares = {RELATIONS.index(a): answers.count(a) / len(answers) for a in answers}
                yield Pair(sentence.origin, number, self._cutter.cut(sentence.text, [], spans), tuple(shares.items()))

    def unplaced(self, rows: Iterable[dict[str, Any]]) -> Iterator[Unplaced]:
        """The sentences of a file of relations, with the type of the event between source and target."""
        kept = [row for row in rows if row["source_spans"] and row["target_spans"]]
        for row, draft in zip(kept, self._drafts([row["text"] for row in kept]), strict=True):
            doc = draft.doc
            signs, look = next(self._signs_of(draft, [doc[:]]))
            words = tuple(token.i for token in doc if token.pos_ in CARRIERS)
            yield Unplaced(
                self._blank(row["id"], doc[:], signs, look),
                int(row["sentence_id"]),
                tuple(n for n, name in enumerate(self._codes.types) if AS_ASKED.get(name, name) == row["root"]),
                _head(doc, *row["source_spans"][0]).i,
                _head(doc, *row["target_spans"][0]).i,
                words,
                signs.candidates,
                tuple(signs.pairs(doc[:], word) for word in words),
            )

    def asked(self, rows: Iterable[dict[str, Any]]) -> Iterator[Pair]:
        """The pairs of a file of relations (``plv.jsonl``) of which both spans are known."""
        for row in rows:
            if row["source_spans"] and row["target_spans"]:
                spans = [tuple(row["source_spans"][0]), tuple(row["target_spans"][0])]
                pieces = self._cutter.cut(row["text"], [], spans)
                types = [n for n, name in enumerate(RELATIONS) if AS_ASKED.get(name, name) == row["root"]]
                shares = tuple((n, 1 / len(types)) for n in types)
                yield Pair(row["id"], int(row["sentence_id"]), pieces, shares, "plv")


def _head(doc: Doc, begin: int, end: int) -> Token:
    part = doc.char_span(begin, end, alignment_mode="expand")
    if part is None:
        raise ValueError(f"no word at {begin}-{end} of {doc.text!r}")
    return part.root


def _carrier(head: Token, span: Marked) -> Token:
    """The word of a trigger that tells of the act: its root, but below a form of "be": "is WILLING to hand over"."""
    node = head
    while node.lemma_ == "be":
        below = [c for c in node.children if c.dep_ in {"xcomp", "acomp", "attr", "ccomp"}]
        inside = [c for c in below if span.begin <= c.idx < span.end]
        if not inside:
            return node
        node = inside[0]
    return node


def _role_labels(event: MarkedEvent) -> Iterator[tuple[str, int]]:
    """Labels of participants with the number of their role; the first of several roles of a span wins."""
    for name, labels in (
        ("date", event.date), ("place", event.place), ("recipient", event.recipients), ("actor", event.actors)
    ):  # fmt: skip
        yield from ((label, ROLES.index(name)) for label in labels)


def _mentions(sentence: Sentence, heads: dict[str, Token], size: int) -> Ints:
    out = np.zeros(size, np.int64)
    facets: dict[str, int] = {kind: n + 1 for n, kind in enumerate(KINDS)}
    facets |= {"place": PLACE, "date": DATE}
    for span in sentence.spans:
        if span.kind in facets:
            out[heads[span.label].i] = facets[span.kind]
    return out


def _parts(sentence: Sentence, doc: Doc) -> Ints:
    out = np.zeros(len(doc), np.int64)
    speakers = {label for statement in sentence.statements for label in statement.speaker}
    for part, labels in (
        ("content", {s.label for s in sentence.spans if s.kind == "content"}),
        ("source", speakers),
        ("cue", {s.label for s in sentence.spans if s.kind == "cue"}),
    ):
        for label in labels:
            span = sentence.span(label)
            found = doc.char_span(span.begin, span.end, alignment_mode="expand")
            if found is not None:
                out[found.start : found.end] = PARTS.index(part)
    return out


def _linked(event: MarkedEvent) -> list[tuple[str, str]]:
    """Source and target: each actor with each recipient; of a reciprocal event, each actor with the one named after it."""
    if event.recipients:
        return [(a, r) for a in event.actors[:2] for r in event.recipients[:2]]
    return list(zip(event.actors, event.actors[1:], strict=False))


def _relation(event: MarkedEvent, sentence: Sentence) -> str:
    """The answer for the parties of an event, by the crosswalk of 2021 (``rules.yaml``, ``crosswalk_2021``)."""
    table = load_rules().crosswalk_2021
    code = f"{event.type}-{event.modes[0]}" if event.modes else event.type
    if event.status == "planned" and event.type in table.intended:
        code = table.intended[event.type]
    span = sentence.span(event.trigger)
    words = sentence.text[span.begin : span.end].lower()
    if event.type == "SANCTION" and ("sanction" in words or "embargo" in words):
        code = table.sanctions
    return table.types.get(code, code.partition("-")[0])


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The lines of a file of JSON."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def fold_of(groups: Sequence[int], folds: int) -> list[int]:
    """A fold for each row, so that rows of one group share it; groups are dealt out in turn, as they first come."""
    order = {group: n for n, group in enumerate(dict.fromkeys(groups))}
    return [order[group] % folds for group in groups]
