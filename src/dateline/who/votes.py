"""What a name the registry does not hold stands for: a person, a body or a place, judged over the whole text.

The parser labels each occurrence by itself and often differently; all occurrences of a name vote together, and what
the words round a name say counts more than a label. A label against which the gazetteer knows a town of the name is no
vote at all, and so is a place of two names that no gazetteer has: Potosí is no company, and Farida Mensah no town, because the
tagger has not heard of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Literal, Protocol

from spacy.tokens import Doc, Span, Token

from dateline.who.agents import Agent
from dateline.who.names import fold
from dateline.who.vocabulary import Words

NameKind = Literal["person", "body", "place"]


class KnownPlaces(Protocol):
    """What the votes ask of the gazetteer, which is a later room's and so is handed in."""

    def is_town(self, name: str) -> bool:
        """Whether a town of some size, a unit or a country is called so."""

    def knows(self, name: str) -> bool:
        """Whether any place is called so."""


# Weight of what the words round a name say and of a full name that ends in it, against 1 for a label. Set by hand;
# re-run the `entities` score before changing one.
CONTEXT = 2
FULL_NAME = 3

# Names in a row that may be a person's.
_SHORTEST_NAME, _LONGEST_NAME = 2, 3

# Letters; longer words in capitals are headlines.
LONGEST_ACRONYM = 6

_LABELS: dict[str, NameKind] = {"PERSON": "person", "ORG": "body", "GPE": "place", "LOC": "place", "FAC": "place"}
_ORDER: tuple[NameKind, ...] = ("place", "person", "body")  # who wins a tie


def name_start(token: Token) -> int:
    """Index of the first of the names in capitals right before a last name that belong to it."""
    first, doc = token.i, token.doc
    while (
        first > 0
        and doc[first - 1].pos_ == "PROPN"
        and doc[first - 1].dep_ == "compound"
        and doc[first - 1].head == token
    ):
        first -= 1
    return first


class Votes:
    """The votes of one text."""

    def __init__(self, doc: Doc, words: Words, agents: Mapping[str, Agent], places: KnownPlaces | None) -> None:
        self._words = words
        self._places = places
        self._agents = agents
        self._votes: dict[str, Counter[NameKind]] = defaultdict(Counter)
        self._full: set[str] = set()
        for ent in doc.ents:
            label = _LABELS.get(ent.label_)
            if label == "place" and self._acts_unknown(ent):
                label = "person"
            if label is not None:
                self._count(ent.text.removeprefix("the "), label, ent.root)
                if label == "person" and len(ent) > 1:
                    self._count_full(ent.text, ent[0], ent[-1])
        for token in doc:
            if token.pos_ == "PROPN" and not token.ent_type_:
                self._count(token.text, None, token)

    def kind(self, name: str) -> NameKind | None:
        """What most votes say; None if there are none."""
        votes = self._votes.get(name)
        if not votes:
            return None
        best: NameKind = max(_ORDER, key=lambda kind: votes[kind])
        return best

    def whole(self, name: Span) -> Span:
        """The full name of a person of which the tagger saw the last part only."""
        last = name[-1]
        return name.doc[min(name.start, name_start(last)) : name.end] if self._is_full_name(last) else name

    def full_name_in(self, text: str) -> str | None:
        """The full name of a person that ends a longer stretch the parser took for one name."""
        return next((name for name in self._full if text.endswith(" " + name) and self.kind(name) == "person"), None)

    def _count(self, name: str, label: NameKind | None, head: Token) -> None:
        if label is not None:
            self._votes[name][label] += 1
            if label != "place" and self._places is not None and self._places.is_town(name):
                self._votes[name]["place"] += 1
        if (told := self._told(head)) is not None:
            self._votes[name][told] += CONTEXT

    def _count_full(self, name: str, first: Token, last: Token) -> None:
        self._full.add(name)
        for part in {first.text, last.text}:
            self._votes[part]["person"] += FULL_NAME

    def _acts_unknown(self, name: Span) -> bool:
        """Whether what the tagger calls a place is a subject of two or more names that no place bears: "Farida Mensah met …"."""
        head = name.root
        acts = (
            head.dep_ == "nsubj"
            and head.head.pos_ == "VERB"
            and head.head.lemma_.lower() not in self._words.locative_verbs
        )
        names = len(name) > 1 and all(token.pos_ == "PROPN" and token.is_alpha for token in name)
        return acts and names and self._places is not None and not self._places.knows(name.text)

    def _told(self, token: Token) -> NameKind | None:
        """What one occurrence says by its place in the sentence."""
        above = token.head
        if (
            token.dep_ == "nsubj"
            and above.pos_ == "VERB"
            and (above.lemma_.lower() in self._words.speech_verbs or self._is_full_name(token))
        ):
            return "person"
        if self._after_title(token) or self._says_who(token):
            return "person"
        if token.text.isupper() and 1 < len(token.text) <= LONGEST_ACRONYM:
            return "body"
        return "place" if self._is_place(token, above) else None

    def _is_full_name(self, token: Token) -> bool:
        """Whether two or three names in a row, none of them a word for a body, are no place's: "Farida Mensah"."""
        run = token.doc[name_start(token) : token.i + 1]
        if not _SHORTEST_NAME <= len(run) <= _LONGEST_NAME or self._places is None or self._places.knows(run.text):
            return False
        return all(part.is_alpha and part.is_title and part.lemma_.lower() not in self._agents for part in run) and (
            fold(token.text) not in self._words.not_bodies
        )

    def _after_title(self, token: Token) -> bool:
        """Whether an honorific or what a person is stands before the name: "spokesman Ali Barakat"."""
        first = name_start(token)
        if fold(token.doc[first].text) in self._words.honorifics and first < token.i:
            return True
        if first == 0:
            return False
        before = token.doc[first - 1]
        agent = self._agents.get(before.lemma_.lower())
        titled = (
            agent is not None and agent.kind == "person" and before.tag_ in {"NN", "NNP"} and before.head.i >= first
        )
        return titled or fold(before.text) in self._words.honorifics

    def _says_who(self, token: Token) -> bool:
        """Whether an apposition says what the person is: "Farida Mensah, a nurse"."""
        for child in token.children:
            agent = self._agents.get(child.lemma_.lower()) if child.dep_ == "appos" and child.tag_ == "NN" else None
            if agent is not None and agent.kind == "person":
                return True
        return False

    def _is_place(self, token: Token, above: Token) -> bool:
        nouns = self._words.place_nouns
        if token.dep_ == "pobj":
            of_place = above.lower_ == "of" and above.head.lower_ in nouns
            return above.lower_ in self._words.locative_prepositions or of_place
        if token.dep_ in {"compound", "nmod"}:
            return above.lower_ in nouns
        if token.dep_ == "appos":
            return above.lower_ in nouns
        return token.dep_ == "dobj" and above.lemma_.lower() in self._words.place_verbs
