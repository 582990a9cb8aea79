"""Where and when a happening was: the place and the date that the text ties to it, never those of another paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from spacy.tokens import Doc, Token

from dateline.records import Article, DateExpression, EventDate, Place, Span
from dateline.what.clauses import load_clause_words
from dateline.what.coding import Happening

Record = TypeVar("Record", Place, DateExpression)

# Verbs above the trigger whose own places and dates are the trigger's too.
_SHARED = frozenset({"xcomp", "conj", "dobj", "nsubj", "nsubjpass", "pobj", "prep", "advcl", "pcomp", "acl"})
# Only what is told this near the top of an article counts as news of the day it was published.
LEAD_SENTENCES = 4
# Ranks of places from here on are not tied to the happening's own clause.
LOOSE = 150
# Tokens between a place and the trigger beyond which a sentence's place is another thing's.
FARTHEST = 25
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Site:
    """A place by its id. It is tied where the happening's own clause names it."""

    place: str
    tied: bool


class Anchors:
    """Places and dates of one article, looked up by the tokens of a happening."""

    def __init__(self, article: Article, doc: Doc, places: Iterable[Place], dates: Iterable[DateExpression]) -> None:
        self._article = article
        self._doc = doc
        self._words = load_clause_words()
        self._places = _by_sentence(doc, places)
        self._dates = _by_sentence(doc, dates)
        self._starts = [sent.start for sent in doc.sents]
        self._breaks = [m.end() for m in _PARAGRAPH.finditer(article.text)]

    def site(self, happening: Happening) -> Site | None:
        """The place the trained heads name; else one tied by a preposition or named as what was hit."""
        sent = self.sentence(happening.trigger.head)
        for place, _ in self._places.get(sent, ()):
            if place.form != "demonym" and any(_covers(place.span, site) for site in happening.sites):
                return Site(place.id, True)
        best: tuple[int, str] | None = None
        parties = {t.i for t in (*happening.roles.actors, *happening.roles.recipients)}
        chain = set(_chain(happening))
        for place, token in self._places.get(sent, ()):
            rank = self._place_rank(happening, place, token, chain, parties)
            if rank is not None and (best is None or rank < best[0]):
                best = (rank, place.id)
        if best is None or (happening.chance is not None and best[0] >= LOOSE):
            return None
        return Site(best[1], best[0] < LOOSE)

    def _place_rank(
        self, happening: Happening, place: Place, token: Token, chain: set[Token], parties: set[int]
    ) -> int | None:
        """How near the place is tied, the smaller the nearer; None where it does not fit."""
        if place.form == "demonym":
            return None
        distance = abs(token.i - happening.trigger.head.i)
        named = token.head if token.dep_ in {"compound", "nmod", "amod"} else token
        if {token, named} & set(happening.roles.recipients) and happening.trigger.pattern.frame.things:
            return distance
        if token.i in parties or token.dep_ in {"nsubj", "poss"}:
            return None
        prep = _preposition(token)
        if prep is None:
            return LOOSE + 50 + distance if token.dep_ in {"dobj", "nsubjpass"} and token.head in chain else None
        near = prep.head in chain or _top_of(prep) in chain
        if near and prep.lower_ in self._words.puts_in_place:
            return min(distance, LOOSE // 2 - 1)
        if near and prep.lower_ in self._words.may_put_in_place:
            return LOOSE // 2 + min(distance, LOOSE // 2 - 1)
        loose = prep.lower_ in self._words.puts_in_place and distance <= FARTHEST
        return LOOSE + distance if loose else None

    def date(self, happening: Happening) -> EventDate | None:
        """The date in the sentence; else one that opened its paragraph; else, for news at the top, the published."""
        head = happening.trigger.head
        sent = self.sentence(head)
        dates = self._dates.get(sent, [])
        named = (d for d, _ in dates if any(_covers(d.span, time) for time in happening.times))
        found = next(named, None) or self._nearest(happening, dates)
        if found is not None:
            return EventDate(found.id, found.from_, found.to, "text")
        if happening.coding.status not in {"occurred", "ongoing"}:
            return None
        governing = self._governing(sent, head)
        if governing is not None:
            return EventDate(governing.id, governing.from_, governing.to, "inferred")
        if self._article.published is not None and sent < LEAD_SENTENCES and _is_news(happening):
            return EventDate(None, self._article.published, self._article.published, "published")
        return None

    def _nearest(self, happening: Happening, dates: list[tuple[DateExpression, Token]]) -> DateExpression | None:
        chain = set(_chain(happening))
        tellers = set(_tellers(happening.trigger.head))
        ranked: list[tuple[int, int, str, DateExpression]] = []
        for date, token in dates:
            if date.kind not in {"DATE", "TIME"}:
                continue
            top = _top_of(token)
            if top in tellers:
                continue
            distance = abs(token.i - happening.trigger.head.i)
            tied = top in chain or token.head in chain
            elsewhere = not tied and top.pos_ == "VERB" and top != happening.trigger.head.sent.root
            ranked.append((0 if tied else 2 if elsewhere else 1, distance, date.id, date))
        return min(ranked)[3] if ranked else None

    def _governing(self, sent: int, head: Token) -> DateExpression | None:
        """A date that opened an earlier sentence of the same paragraph, the nearest one first."""
        for earlier in range(sent - 1, -1, -1):
            start = self._doc[self._starts[earlier]].idx
            if self._paragraph(start) != self._paragraph(head.idx):
                return None
            for date, token in self._dates.get(earlier, []):
                if date.kind == "DATE" and token.i - self._starts[earlier] <= 4 and date.from_ is not None:
                    return date
        return None

    def sentence(self, token: Token) -> int:
        """Number of the token's sentence, from 0."""
        return bisect_right(self._starts, token.i) - 1

    def _paragraph(self, at: int) -> int:
        return bisect_right(self._breaks, at)


def _by_sentence(doc: Doc, records: Iterable[Record]) -> dict[int, list[tuple[Record, Token]]]:
    """Records with the heads of their words, by the number of their sentence."""
    starts = [sent.start for sent in doc.sents]
    out: dict[int, list[tuple[Record, Token]]] = {}
    for record in records:
        token = _head_of(doc, record.span)
        if token is not None:
            out.setdefault(bisect_right(starts, token.i) - 1, []).append((record, token))
    return out


def _covers(span: Span, token: Token) -> bool:
    return span[0] <= token.idx < span[1]


def _head_of(doc: Doc, span: Span) -> Token | None:
    """The syntactic head of the words a span covers."""
    part = doc.char_span(*span, alignment_mode="expand")
    return part.root if part is not None else None


def _chain(happening: Happening) -> Iterator[Token]:
    """The trigger, its words, the verb that carries a noun, and the verbs that share the clause."""
    for trigger in (happening.trigger, *happening.also):
        yield from trigger.words
        node = trigger.head
        for _ in range(3):
            if node.dep_ not in _SHARED or node.head == node:
                break
            if node.dep_ == "conj" and any(c.dep_ == "nsubj" for c in node.children) and node.pos_ == "VERB":
                break
            node = node.head
            yield node


def _tellers(head: Token) -> Iterator[Token]:
    """The verbs that tell of the happening: "SAID on Monday that they planned an attack". Their date is the telling's."""
    node = head
    while node.head != node:
        above, told = node.head, node.dep_ in {"ccomp", "parataxis"}
        if told and above.pos_ == "VERB":
            yield above
        node = above


def _preposition(token: Token) -> Token | None:
    """The preposition a place stands after, compounds and coordination passed over."""
    node = token
    for _ in range(3):
        if node.dep_ == "pobj":
            return node.head
        if node.dep_ not in {"conj", "compound", "appos", "nmod"}:
            return None
        node = node.head
    return None


def _top_of(token: Token) -> Token:
    """The verb, or the noun with it, that a phrase finally hangs on."""
    node = token
    while node.head != node and node.pos_ not in {"VERB", "AUX"}:
        node = node.head
    return node


def _is_news(happening: Happening) -> bool:
    """Told in the simple past or the present perfect."""
    verb = _top_of(happening.trigger.head)
    helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if verb.tag_ == "VBD":
        return True
    return verb.tag_ == "VBN" and bool(helpers & {"was", "were", "has", "have", "been", "'s"}) and "had" not in helpers
