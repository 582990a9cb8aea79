"""Names of the registry in a parse: which of them the words can really mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from spacy.tokens import Doc, Span, Token

from dateline.who.agency import joined_to
from dateline.who.names import Match, NameIndex, fold, words_of
from dateline.who.registry import Entry, Registry
from dateline.who.spelling import capitalised_runs, skeleton
from dateline.who.vocabulary import Words

# Names as short as this must stand in the text as the registry writes them, full stops aside (IS, US, PKK). In letters.
SHORT_NAME = 4
# Kinds of actors whose names come in many transliterations, and the consonants a name must have to be known by them.
_BY_SOUND = {"person", "armed_group", "party", "military", "group"}
FEWEST_CONSONANTS = 6
# What the parser calls words that are no person's name although a person is called so (May, Rice, London).
_NO_PERSON = {
    "DATE",
    "TIME",
    "GPE",
    "LOC",
    "FAC",
    "CARDINAL",
    "ORDINAL",
    "MONEY",
    "QUANTITY",
    "LANGUAGE",
    "LAW",
    "EVENT",
}


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the registry as entered in the index."""

    entry: Entry
    text: str
    metonym: bool


class KnownNames:
    """The names of all entries, indexed once."""

    def __init__(self, registry: Registry, words: Words) -> None:
        self._words = words
        self._sounds = _sounds(registry)
        self._index: NameIndex[Name] = NameIndex()
        for entry in registry.entries.values():
            for text in dict.fromkeys((entry.name, *entry.aliases)):
                self._index.add(text, Name(entry, text.removeprefix("the "), metonym=False))
            for text in entry.metonyms:
                self._index.add(text, Name(entry, text.removeprefix("the "), metonym=True))

    def find(self, doc: Doc, day: str | None) -> list[Match[Name]]:
        """The longest names at every word that can mean their entry on that day, none overlapping."""
        exact = list(self._index.find(words_of(doc), partial(self._accepts, doc, day)))
        return sorted([*exact, *self._spelt_otherwise(doc, day, exact)], key=lambda match: match.first)

    def _spelt_otherwise(self, doc: Doc, day: str | None, exact: list[Match[Name]]) -> Iterator[Match[Name]]:
        """Names of several words that sound like one entry's and nobody else's: "Jabhat al-Nousra"."""
        taken = {i for match in exact for i in range(match.first, match.last + 1)}
        for first, last in capitalised_runs(doc):
            if first == last or not taken.isdisjoint(range(first, last + 1)):
                continue
            text = doc[first : last + 1].text
            name = self._sounds.get(sound_of(text) or "")
            if name is not None and self._accepts(doc, day, first, last, name):
                yield Match(first, last, name)

    def _accepts(self, doc: Doc, day: str | None, first: int, last: int, name: Name) -> bool:
        start = name.entry.period.start
        if day is not None and start is not None and start > day[: len(start)]:
            return False  # an older namesake, if anybody
        return _same_case(doc[first : last + 1], name) and (
            name.entry.kind != "person" or self._is_person(doc, first, last)
        )

    def _is_person(self, doc: Doc, first: int, last: int) -> bool:
        """Whether a surname alone is this person's: nobody else's given name before it, no name going on after it."""
        after = doc[last + 1] if last + 1 < len(doc) else None
        if after is not None and after.ent_type_ == "PERSON" and after.ent_iob_ == "I" and after.text[0].isupper():
            return False
        if first != last and "-" not in doc[first : last + 1].text:
            return True
        if doc[first].ent_type_ in _NO_PERSON and doc[first].pos_ != "PROPN":
            return False
        return doc[last].pos_ in {"PROPN", "NOUN", "ADJ", "X"} and not self._given_name_before(doc, first)

    def _given_name_before(self, doc: Doc, first: int) -> bool:
        if first == 0:
            return False
        before = doc[first - 1]
        if before.ent_type_ != "PERSON" or before.pos_ != "PROPN" or doc[first].ent_iob_ != "I":
            return False
        folded = fold(before.text)
        return folded not in self._words.honorifics and folded not in self._words.ranks


def _sounds(registry: Registry) -> dict[str, Name]:
    """What names of several words sound like, where only one entry's do."""
    heard: dict[str, Name | None] = {}
    for entry in registry.entries.values():
        if entry.kind in _BY_SOUND:
            for text in dict.fromkeys((entry.name, *entry.aliases)):
                sound = sound_of(text) if text.isascii() or fold(text).isascii() else None
                if sound is not None:
                    same = heard.get(sound, Name(entry, text, metonym=False))
                    heard[sound] = same if same is not None and same.entry is entry else None
    return {sound: name for sound, name in heard.items() if name is not None}


def sound_of(name: str) -> str | None:
    """The consonants of a name of several words; None where they are too few to tell it by."""
    sound = skeleton(fold(name))
    telling = sound is not None and " " in sound and len(sound) > FEWEST_CONSONANTS
    return sound if telling else None


def _same_case(span: Span, name: Name) -> bool:
    text = span.text
    if len(fold(name.text)) <= SHORT_NAME:
        same = text.replace(".", "") == name.text.replace(".", "")
        return same and not (span[0].is_stop and _in_capitals(span[0]))
    if " " not in name.text and name.text[0].isupper():
        return text[0].isupper() or not name.text.isascii() or text == name.text
    if span[-1].is_stop and span[-1].text.islower() and name.text.split()[-1][0].isupper():
        return False  # "in Myanmar now" is not Myanmar Now
    return name.text.islower() or any(char.isupper() for char in text) or not text.isascii()


def _in_capitals(token: Token) -> bool:
    """Whether a token stands in shouting, so that IS may be the verb: a function word or all words beside it in capitals."""
    beside = [token.doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(token.doc)]
    near = [other for other in beside if len(other.text) > 1 and other.is_alpha]
    shouted = [other for other in near if other.text.isupper()]
    return bool(near) and (len(shouted) == len(near) or any(other.is_stop for other in shouted))


class Countries:
    """Countries by the words that name them in a phrase."""

    def __init__(self, registry: Registry, words: Words) -> None:
        self._words = words
        self._by_word: dict[str, tuple[str, str | None]] = {}
        self._peoples: dict[str, str | None] = {}
        self._adjectives: set[str] = set()
        self._states_by_adjective: dict[str, str] = {}
        for state in registry.states:
            names = (*state.adjectives, state.name, *registry.entries[state.id].aliases, *state.metonyms)
            for word in names:
                self._by_word.setdefault(fold(word).removeprefix("the "), (state.id, state.country))
            for word in state.people:
                self._peoples.setdefault(fold(word), state.country)
            self._adjectives |= {fold(word) for word in state.adjectives}
            own = {state.name, *registry.entries[state.id].aliases}
            self._states_by_adjective |= {word: state.id for word in state.adjectives if word not in own}

    def in_phrase(self, span: Span) -> tuple[str, str | None, frozenset[int]] | None:
        """State id, country code and token indices of the first country the phrase names, by name or adjective.

        A country that only backs or leads somebody ("US-backed forces") is not theirs.
        """
        doc = span.doc
        for token in span:
            if not token.text[0].isupper() or self._only_backs(token):
                continue
            pair = fold(f"{token.text} {doc[token.i + 1].text}") if token.i + 1 < span.end else ""
            for words, indices in ((pair, (token.i, token.i + 1)), (fold(token.text), (token.i,))):
                if words and (found := self._by_word.get(words)):
                    return (*found, frozenset(indices))
        return None

    def _only_backs(self, token: Token) -> bool:
        return token.text == "Us" or joined_to(token, self._words.hyphen_participles)

    def of_people(self, token: Token) -> tuple[bool, str | None]:
        """Whether the token names a people ("Syrians"), and their country."""
        folded = fold(token.text)
        return folded in self._peoples and token.text[0].isupper(), self._peoples.get(folded)

    def by_adjective(self, token: Token) -> str | None:
        """Id of the state whose adjective a token is, and not its name too (as "U.S." is)."""
        return self._states_by_adjective.get(token.text)

    def is_adjective(self, text: str) -> bool:
        """Whether the words are nothing but a country's adjective."""
        return fold(text) in self._adjectives
