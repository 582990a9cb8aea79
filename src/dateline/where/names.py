"""Place names in a text: listed names, what the parser calls a place, and the adjectives of states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from dateline.records import Actor, PlaceForm
from dateline.where.gazetteer import OWN, Candidate, Gazetteer, cells, states
from dateline.where.match import (
    PLACE_LABELS,
    Match,
    Seen,
    Weights,
    after_level_of,
    after_locative,
    before_level,
    in_told_country,
)
from dateline.where.words import PlaceWords
from dateline.who.names import Word, fold, words_of
from dateline.who.spelling import ARTICLES, capitalised_runs

# Words of the longest listed name that is looked for.
_LONGEST = 6
# Letters up to which a name is likelier a code or an ordinary word: it has to stand as the place itself writes it.
_SHORT = 3
# Small words that may begin a name before a capitalised one.
_SMALL_STARTS = ARTICLES | {
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "north",
    "south",
    "east",
    "west",
    "sub",
}
# Characters from which a name may be known by its consonants though the parser calls it no place.
_TELLING = 9
# How much less likelihood a name needs that stands where a place does, in a country the text names.
_LOCATED = 0.15
# Likelihood of a name that only the parser takes for a place.
_UNLISTED = 0.5


@dataclass(frozen=True, slots=True)
class Name:
    """A place name in the text. Token indices, ``last`` included."""

    first: int
    last: int
    text: str
    form: PlaceForm
    places: tuple[Candidate, ...]  # what it may mean; for a demonym its country
    likelihood: float  # that a place is meant, 0 to 1
    end: int | None = None  # character after the name where it ends inside its last token: "U.S.-led"


def load_demonyms(gazetteer: Gazetteer) -> dict[str, Candidate]:
    """Folded adjective of a state ("turkish") → its country."""
    countries = {
        place.country: place
        for row in states()
        for place in gazetteer.find(fold(row["name"]))
        if place.level == "country"
    }
    out: dict[str, Candidate] = {}
    for row in states():
        place = countries.get(row["iso3"])
        for word in cells(row["adjectives"]):
            if place is not None:
                out.setdefault(fold(word), place)
    return out


class NameFinder:
    """Finds place names in a parse."""

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords, weights: Weights) -> None:
        self._gazetteer, self._words, self._weights = gazetteer, words, weights
        self._demonyms = load_demonyms(gazetteer)
        self._demonym_starts = {word.rsplit(" ", 1)[0] for word in self._demonyms if " " in word}

    def find(self, doc: Doc, actors: Iterable[Actor] = ()) -> list[Name]:
        """The names in text order, none overlapping."""
        seen = Seen(doc, actors, self._words)
        taken: set[int] = set()
        names: list[Name] = []
        listed = list(self._listed(doc, seen))
        # A whole run of capitals that sounds like one place is that place, not the town one of its words names.
        for name in (*self._spelt_otherwise(doc, seen), *listed, *self._unlisted(doc, seen)):
            tokens = range(name.first, name.last + 1)
            if taken.isdisjoint(tokens):
                names.append(name)
                taken.update(tokens)
        return sorted(names, key=lambda name: name.first)

    def matches(self, doc: Doc, seen: Seen) -> list[Match | Name]:
        """Listed names and adjectives at every capitalised word, the longest at each; whether a place is meant is not judged."""
        words = words_of(doc)
        out: list[Match | Name] = []
        index = 0
        while index < len(words):
            found, length = self._longest(doc, words, index, seen)
            if found is not None:
                out.append(found)
                seen.countries.update(
                    place.country for place in found.places if place.level == "country" and place.country
                )
            index += length
        return out

    def _longest(self, doc: Doc, words: list[Word], index: int, seen: Seen) -> tuple[Match | Name | None, int]:
        if not _may_begin(doc, words, index):
            return None, 1
        if "-" in doc[words[index].token].text and (led := self._in_compound(doc, words, index)):
            return led, 1
        best: tuple[Match | Name | None, int] = (None, 1)
        key = ""
        for length, word in enumerate(words[index : index + _LONGEST], 1):
            token = doc[word.token]
            if length > 1 and (token.is_sent_start or token.text.startswith("\n")):
                break
            key = _joined(key, word.text)
            if _may_end(doc, words, index, length) and (
                found := self._at(doc, words[index].token, word.token, key, seen)
            ):
                best = found, length
            if not self._goes_on_after(key, words, index + length):
                break
        return best

    def _in_compound(self, doc: Doc, words: list[Word], index: int) -> Name | None:
        """The country that begins a word the parser does not split: "U.S.-led"."""
        token = doc[words[index].token]
        begin, rest = token.text.split("-", 1)
        places = tuple(place for place in self._gazetteer.find(words[index].text) if place.level == "country")
        if not places or not rest.islower() or not _stands_as(places[0], words[index].text, begin):
            return None
        return Name(token.i, token.i, begin, "name", places, 1.0, token.idx + len(begin))

    def _goes_on_after(self, key: str, words: list[Word], following: int) -> bool:
        """Whether a longer listed name or adjective may begin with the words so far."""
        if self._gazetteer.goes_on(key) or key in self._demonym_starts:
            return True
        return following < len(words) and words[following].text == "'s" and self._gazetteer.goes_on(_joined(key, "'s"))

    def _at(self, doc: Doc, first: int, last: int, key: str, seen: Seen) -> Match | Name | None:
        country = self._demonyms.get(key)
        if country is not None and not any(place.level == "country" for place in self._gazetteer.find(key)):
            return _demonym(doc, first, last, country, seen)
        if key in self._words.never or key in ARTICLES or (first == last and key in seen.generic):
            return None
        span = doc[first : last + 1]
        if (span.start_char, span.end_char) in seen.known_bodies:
            return None
        places = tuple(place for place in self._gazetteer.find(key) if _stands_as(place, key, span.text))
        return Match(doc, first, last, places, seen) if places else None

    def _listed(self, doc: Doc, seen: Seen) -> Iterator[Name]:
        for found in self.matches(doc, seen):
            if isinstance(found, Name):
                yield found
                continue
            likelihood = self._weights.likelihood(found)
            if likelihood >= self._needed(found) and not self._in_longer_name(found):
                yield Name(found.first, found.last, found.text, "name", found.places, likelihood)

    def _spelt_otherwise(self, doc: Doc, seen: Seen) -> Iterator[Name]:
        """Names that sound like a place in a country the text names, though no list has this spelling."""
        for first, last in capitalised_runs(doc):
            text = doc[first : last + 1].text
            if self._gazetteer.find(text) or fold(text) in self._demonyms or fold(text) in self._words.never:
                continue
            if len(text) < _TELLING and doc[last].ent_type_ not in PLACE_LABELS:
                continue
            places = tuple(place for place in self._gazetteer.like(text) if place.country in seen.countries)
            if not places:
                continue
            match = Match(doc, first, last, places, seen)
            likelihood = self._weights.likelihood(match)
            if likelihood >= self._needed(match):
                yield Name(first, last, text, "name", places, likelihood)

    def _needed(self, match: Match) -> float:
        """The likelihood from which a match is taken for a place: less after a word of place, in a country the text names."""
        located = after_locative(match) and in_told_country(match)
        return self._weights.accept - (_LOCATED if located else 0.0)

    def _in_longer_name(self, match: Match) -> bool:
        """Whether the parser's place name goes on beside it with words no list knows: "Abu" in "Abu Shok"."""
        if match.label not in {"GPE", "LOC"}:
            return False
        first, last = match.seen.entity_over[match.last]
        beside = [i for i in (match.first - 1, match.last + 1) if first <= i <= last]
        return any(self._goes_on(match.doc[i]) for i in beside)

    def _goes_on(self, token: Token) -> bool:
        """A capitalised word that is part of a name rather than a direction, a level or a listed name of its own."""
        plain = token.lower_ in self._words.directions or token.lower_ in self._words.levels or token.lower_ == "the"
        return token.text[0].isupper() and not plain and not self._gazetteer.find(fold(token.text))

    def _unlisted(self, doc: Doc, seen: Seen) -> Iterator[Name]:
        """What the parser calls a place after a word like "in", though no list has it."""
        for ent in doc.ents:
            if ent.label_ not in {"GPE", "LOC"}:
                continue
            span = _trimmed(ent)
            if span is None or not span.text[0].isupper() or fold(span.text) in self._words.never:
                continue
            match = Match(doc, span.start, span.end - 1, (_NOWHERE,), seen)
            if after_locative(match) or after_level_of(match) or before_level(match):
                yield Name(span.start, span.end - 1, span.text, "name", (), _UNLISTED)


_NOWHERE = Candidate("", "", "settlement", None, None, -1, 0.0, 0.0, 0, None, OWN, False)


def _demonym(doc: Doc, first: int, last: int, country: Candidate, seen: Seen) -> Name | None:
    """The adjective of a state, unless it is part of an organisation's name: "Turkish Red Crescent"."""
    span = doc[first : last + 1]
    if seen.in_body_name(span.start_char, span.end_char):
        return None
    return Name(first, last, span.text, "demonym", (country,), 1.0)


def _joined(key: str, word: str) -> str:
    """Folded words as one name; a possessive is part of its word: "st john" + "'s" → "st johns"."""
    if word == "'s":
        return f"{key}s"
    return f"{key} {word}" if key else word


def _trimmed(ent: Span) -> Span | None:
    """The entity without "the" before and a possessive or mark after it."""
    first, last = ent.start, ent.end - 1
    while first <= last and (ent.doc[first].lower_ == "the" or ent.doc[first].is_punct or ent.doc[first].is_space):
        first += 1
    while last >= first and (ent.doc[last].is_punct or ent.doc[last].is_space or ent.doc[last].tag_ == "POS"):
        last -= 1
    return ent.doc[first : last + 1] if first <= last else None


def _may_begin(doc: Doc, words: list[Word], index: int) -> bool:
    """A capitalised word, or an Arabic article or direction in small letters before one; the first word of its token."""
    word = words[index]
    if index and words[index - 1].token == word.token:
        return False
    if doc[word.token].text[0].isupper():
        return True
    return word.text in _SMALL_STARTS and index + 1 < len(words) and doc[words[index + 1].token].text[0].isupper()


def _may_end(doc: Doc, words: list[Word], index: int, length: int) -> bool:
    """A name may end at a capitalised word or a number, the last word of its token, or at a possessive inside a long name."""
    last = index + length - 1
    word = words[last]
    if last + 1 < len(words) and words[last + 1].token == word.token:
        return False
    if word.text == "'s":
        return length > 2
    text = doc[word.token].text
    return text[0].isdigit() or not text.islower()


def _stands_as(place: Candidate, key: str, text: str) -> bool:
    """Whether a short name stands as the place writes it: "US", not "Us"; "Ky.", not "KY" in the middle of a word."""
    if place.forms:
        return text in place.forms or f"{text}." in place.forms
    if len(key.replace(" ", "")) > _SHORT:
        return True
    return text.replace(".", "").isupper() or fold(place.name) == key
