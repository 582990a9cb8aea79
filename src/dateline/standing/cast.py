"""Which actor and which place does a token belong to? Looked up once per article, by token."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.language import noun_phrase, prepositional_objects, span_of, subjects_of
from dateline.records import Actor, ActorKind, ClaimObject, MentionForm, Party, Place, PlaceLevel, Span
from dateline.standing.patterns import Words

_MODIFIES = {"amod", "compound", "nmod", "npadvmod", "poss"}
# Prepositions that lead from a part to the place it is in: "half of the city", "positions in the east".
_INSIDE = ("of", "in", "around", "near", "outside", "at", "on", "along")


@dataclass(frozen=True, slots=True)
class _Mention:
    span: Span
    actor: str
    form: MentionForm


class Cast:
    """Actors and places of one article by the tokens their mentions cover; the shortest mention wins."""

    def __init__(self, doc: Doc, actors: Iterable[Actor], places: Iterable[Place], words: Words) -> None:
        self._words = words
        self._at = {token.idx: token.i for token in doc}
        self.actors = {actor.id: actor for actor in actors}
        self._places = sorted(places, key=lambda place: place.span)
        self._place_over = {
            i: place for place in self._places if place.form == "name" for i in self._tokens(place.span)
        }
        self._mentions = [_Mention(m.span, actor.id, m.form) for actor in self.actors.values() for m in actor.mentions]
        self._over: dict[int, _Mention] = {}
        for mention in sorted(self._mentions, key=lambda m: m.span[0] - m.span[1]):
            self._over.update(dict.fromkeys(self._tokens(mention.span), mention))

    def _tokens(self, span: Span) -> list[int]:
        """Indexes of the tokens that begin inside the span."""
        return [self._at[begin] for begin in range(*span) if begin in self._at]

    def knows(self, token: Token) -> bool:
        """Whether an actor's mention covers the token."""
        return token.i in self._over

    def names_place(self, token: Token) -> bool:
        """Whether a place's name covers the token."""
        return token.i in self._place_over

    def places_in(self, span: Span) -> set[str]:
        """Ids of the places named inside the span."""
        return {self._place_over[i].id for i in self._tokens(span) if i in self._place_over}

    def kind(self, actor_id: str | None) -> ActorKind | None:
        """Kind of the actor; None where there is no actor."""
        return None if actor_id is None else self.actors[actor_id].kind

    def party(self, head: Token) -> Party | None:
        """The actor that a noun phrase stands for; "dozens of fighters" stands for the fighters.

        A name set beside a description, or before a pronoun in the same sentence, stands for both.
        """
        found = self._over.get(head.i)
        if found is not None:
            better = self._named_beside(head, found) or self._meant_by(head, found)
            return Party(actor=(better or found).actor, span=(better or found).span)
        lemma = head.lemma_.lower()
        if lemma in self._words.quantities:
            return next((p for p in map(self.party, prepositional_objects(head, "of")) if p is not None), None)
        if lemma in self._words.sides and head.dep_ in _MODIFIES:
            return Party(actor=self._side_named(lemma, head), span=span_of(head))
        return None

    def _side_named(self, lemma: str, head: Token) -> str | None:
        """The actor last described by this word before "rebel-held"; None where nobody was."""
        same = [m for m in self._mentions if m.form in {"nominal", "title"} and lemma in self._lemmas(m, head.doc)]
        before = [m for m in same if m.span[1] <= head.idx]
        return max(before, key=lambda m: m.span).actor if before else None

    def _lemmas(self, mention: _Mention, doc: Doc) -> set[str]:
        return {doc[i].lemma_.lower() for i in self._tokens(mention.span)}

    def _named_beside(self, head: Token, found: _Mention) -> _Mention | None:
        """The person named beside a description: "the minister, Ilan Torv, left"."""
        if found.form not in {"nominal", "title"}:
            return None
        beside = [self._over[child.i] for child in head.children if child.dep_ == "appos" and child.i in self._over]
        return next((m for m in beside if m.form in {"name", "title"} and self.kind(m.actor) == "person"), None)

    def _meant_by(self, head: Token, found: _Mention) -> _Mention | None:
        """The last words before a pronoun that stand for the same actor: "the militia in its fight"."""
        if found.form != "pronoun":
            return None
        begin = head.sent.start_char
        before = [m for m in self._mentions if m.actor == found.actor and begin <= m.span[0] and m.span[1] <= head.idx]
        return max((m for m in before if m.form != "pronoun"), key=lambda m: m.span, default=None)

    def as_object(self, head: Token) -> ClaimObject | None:
        """The actor that a noun phrase stands for, as the object of a claim."""
        party = self.party(head)
        return None if party is None else ClaimObject(actor=party.actor, place=None, span=party.span)

    def as_place(self, head: Token) -> ClaimObject | None:
        """The place that a noun phrase names, or lies in.

        Where the phrase names a part ("half of the city"), the span is the whole phrase and reaches beyond the
        place's own; the claim is then on that part only.
        """
        if head.dep_ == "attr" and (whole := self._said_of(head)) is not None:
            return whole
        place = self._place_over.get(head.i)
        if place is not None:
            return ClaimObject(actor=None, place=place.id, span=place.span)
        lemma = head.lemma_.lower()
        if head.pos_ not in {"NOUN", "PROPN"} or lemma not in self._words.place_nouns:
            return None
        span = span_of(noun_phrase(head))
        inner = self._place_inside(head)
        if inner is None and lemma in self._words.partitives and not prepositional_objects(head, "of"):
            return None
        if inner is None:
            inner = self._mentioned_before(head, self._words.place_nouns[lemma])
        return ClaimObject(actor=None, place=inner.id if inner else None, span=span)

    def _said_of(self, noun: Token) -> ClaimObject | None:
        """The named place of which a noun is said: "X is the largest town they hold"."""
        found = (self.as_place(subject) for subject in subjects_of(noun.head))
        return next((obj for obj in found if obj is not None and obj.place is not None), None)

    def _place_inside(self, head: Token) -> Place | None:
        """The place in "the town of X", "X's suburbs", "the X province", "positions near X"."""
        for child in (*head.children, *prepositional_objects(head, *_INSIDE)):
            if child.i in self._place_over and child.dep_ != "nsubj":
                return self._place_over[child.i]
        for child in prepositional_objects(head, "of", "in"):
            if child.lemma_.lower() in self._words.place_nouns and child.i > head.i:
                found = self.as_place(child)
                if found is not None and found.place is not None:
                    return next(place for place in self._places if place.id == found.place)
        return None

    def _mentioned_before(self, head: Token, levels: tuple[PlaceLevel, ...]) -> Place | None:
        """The last place named before "the town", "this province", of a level that fits; "Syrian" names a country."""
        if not levels or not any(child.lower_ in {"the", "this", "that"} for child in head.children):
            return None
        before = [p for p in self._places if p.span[1] <= head.idx and p.level in levels]
        return before[-1] if before else None


def _token_at(doc: Doc) -> dict[int, int]:
    return {token.idx: token.i for token in doc}
