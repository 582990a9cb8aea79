"""Place names in a text: what the parser's entities, the gazetteer and the states' adjectives give, and what stands round them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from dateline.datafiles import read_rows, read_yaml
from dateline.records import PlaceForm, PlaceLevel
from dateline.where.gazetteer import Gazetteer

# Longest place name looked for, in words.
_LONGEST = 6
# A single capitalised word the parser calls no place counts as one from this many people on. Tuned on geo_trnews.
_PROMINENT = 20_000
# In the name of a body only places of this many people count. Tuned on geo_trnews.
_IN_BODY_NAMES = 100_000
_PLACE_LABELS = {"GPE", "LOC", "FAC"}
_OTHER_LABELS = {"PERSON", "ORG", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW", "LANGUAGE"}


# After these a capitalised word is a person or an operation ("Operation Olive Branch").
_NO_PLACE_AFTER = {
    "Operation",
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "Sir",
    "President",
    "Gen",
    "Col",
    "Sheikh",
    "Abu",
    "Sen",
    "Rep",
}


@dataclass(frozen=True, slots=True)
class Name:
    """A place name in the text. Token indices, ``last`` included."""

    first: int
    last: int
    text: str
    form: PlaceForm
    country: str | None = None  # of a demonym
    level: PlaceLevel | None = None  # said by a word beside it: "Idlib province"
    inside: str | None = None  # the name after a comma: "Idlib, Syria"


@dataclass(frozen=True, slots=True)
class PlaceWords:
    levels: Mapping[str, PlaceLevel]
    directions: frozenset[str]
    prepositions: frozenset[str]
    never: frozenset[str]
    adjectives: Mapping[str, str]  # adjective → ISO 3166-1 alpha-3


def load_place_words() -> PlaceWords:
    """Word lists of ``words.yaml`` and the states' adjectives of the actor registry."""
    data = read_yaml("dateline.where", "words.yaml")
    adjectives: dict[str, str] = {}
    for _, row in read_rows("dateline.who", "registry/states.csv"):
        names = {row["name"], *row["aliases"].split(";")}
        for word in filter(None, row["adjectives"].split(";")):
            if row["iso3"] and word not in names:
                adjectives.setdefault(word, row["iso3"])
    levels = {word: level for level, words in data["level_words"].items() for word in words}
    return PlaceWords(
        levels, frozenset(data["directions"]), frozenset(data["prepositions"]), frozenset(data["never"]), adjectives
    )


class NameFinder:
    """Finds place names in a parse."""

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords) -> None:
        self._gazetteer = gazetteer
        self._words = words

    def find(self, doc: Doc) -> list[Name]:
        """The names in text order, none overlapping."""
        taken = [False] * len(doc)
        names: list[Name] = []
        for name in (*self._listed(doc), *self._entities(doc), *self._demonyms(doc)):
            if not any(taken[name.first : name.last + 1]):
                names.append(name)
                taken[name.first : name.last + 1] = [True] * (name.last + 1 - name.first)
        return sorted(names, key=lambda name: name.first)

    # -- names the gazetteer lists

    def _listed(self, doc: Doc) -> Iterator[Name]:
        index = 0
        while index < len(doc):
            length = self._length_at(doc, index)
            if length:
                yield self._name(doc, index, index + length - 1)
            index += length or 1

    def _length_at(self, doc: Doc, index: int) -> int:
        """Tokens of the longest listed name that begins here, 0 if none."""
        if not _may_begin(doc[index]):
            return 0
        ends = [end for end in range(index + 1, min(index + 2 * _LONGEST, len(doc)) + 1) if _may_end(doc[end - 1])]
        for end in reversed(ends):
            span = doc[index:end]
            if "\n" in span.text or span.text.count(",") or len(span.text.split()) > _LONGEST:
                continue
            if self._is_place(span):
                return end - index
        return 0

    def _is_place(self, span: Span) -> bool:
        text = span.text
        if (
            text in self._words.never
            or text in self._words.adjectives
            or (text.isupper() and len(text) < 4 and text not in {"US", "UK", "UAE", "DRC"})
        ):
            return False
        if not any(token.pos_ == "PROPN" or token.ent_type_ in _PLACE_LABELS for token in span):
            return False
        if span.start and span.doc[span.start - 1].text.rstrip(".") in _NO_PLACE_AFTER:
            return False
        found = self._gazetteer.find(text)
        if not found:
            return False
        label = span.root.ent_type_
        if label in _PLACE_LABELS:
            return True
        large = found[0].level in {"country", "admin1", "region"} or found[0].population >= _IN_BODY_NAMES
        if label in _OTHER_LABELS:
            return self._in_other_entity(span, large)
        if span.end < len(span.doc) and span.doc[span.end].pos_ == "PROPN" and not large:
            return False  # "Rose Garden", "Doug Logan"
        if found[0].level in {"country", "region", "feature"} or len(text.split()) > 1:
            return text[0].isupper()
        return found[0].population >= _PROMINENT or self._after_preposition(span[0])

    def _in_other_entity(self, span: Span, large: bool) -> bool:
        """A listed name in what the parser calls a person or an organisation: all of it where it stands like a place, or a
        large place that opens the name of a body ("Queensland Police Service") or follows "of" in it."""
        ent = next(ent for ent in span.doc.ents if ent.start <= span.root.i < ent.end)
        whole = ent.start >= span.start - 1 and ent.end <= span.end + 1
        if whole and ent.label_ in {"PERSON", "ORG"}:
            undergoes = ent.label_ == "ORG" and span.root.dep_ in {"dobj", "pobj"}  # "shells hit Saraqib"
            return large or undergoes or self._after_preposition(span[0])
        opens = span.start <= ent.start + (ent[0].lower_ == "the") or span.doc[span.start - 1].lower_ == "of"
        return ent.label_ == "ORG" and large and opens

    def _after_preposition(self, token: Token) -> bool:
        before = token.doc[token.i - 1] if token.i else None
        if before is not None and (before.lower_ == "the" or before.lower_ in self._words.directions) and before.i:
            before = token.doc[before.i - 1]
        return before is not None and before.lower_ in self._words.prepositions

    # -- names only the parser sees, and demonyms

    def _entities(self, doc: Doc) -> Iterator[Name]:
        for ent in doc.ents:
            if ent.label_ not in _PLACE_LABELS:
                continue
            first, last = ent.start, ent.end - 1
            while first <= last and (
                doc[first].lower_ in {"the", "’s", "'s"} or doc[first].is_punct or doc[first].is_space
            ):
                first += 1
            while last >= first and (doc[last].is_punct or doc[last].is_space or doc[last].tag_ == "POS"):
                last -= 1
            span = doc[first : last + 1]
            if (
                first <= last
                and span.text[0].isupper()
                and doc[first].text.rstrip(".") not in _NO_PLACE_AFTER
                and span.text not in self._words.adjectives
                and span.text not in self._words.never
            ):
                yield self._name(doc, first, last)

    def _demonyms(self, doc: Doc) -> Iterator[Name]:
        for token in doc:
            if not token.text[:1].isupper():
                continue
            for length in (3, 2, 1):
                span = doc[token.i : token.i + length]
                if span.text in self._words.adjectives and span.end - span.start == length and _modifies(span):
                    yield Name(span.start, span.end - 1, span.text, "demonym", self._words.adjectives[span.text])
                    break

    # -- what stands round a name

    def _name(self, doc: Doc, first: int, last: int) -> Name:
        return Name(
            first,
            last,
            doc[first : last + 1].text,
            "name",
            level=self._level(doc, first, last),
            inside=_containing(doc, last),
        )

    def _level(self, doc: Doc, first: int, last: int) -> PlaceLevel | None:
        after = doc[last + 1].lower_ if last + 1 < len(doc) else ""
        if after in self._words.levels and self._words.levels[after] != "region":
            return self._words.levels[after]
        own = doc[last].lower_
        if last > first and own in self._words.levels:
            return self._words.levels[own]
        if first >= 2 and doc[first - 1].lower_ == "of" and doc[first - 2].lower_ in self._words.levels:
            return self._words.levels[doc[first - 2].lower_]
        before = doc[first - 1].lower_ if first else ""
        return self._words.levels[before] if before in {"city", "town", "village"} else None


def _modifies(span: Span) -> bool:
    """Whether an adjective stands before the noun it modifies; alone it is a language or a person."""
    last = span[-1]
    return last.dep_ in {"amod", "compound", "nmod"} or (
        last.i + 1 < len(last.doc) and last.nbor().pos_ in {"NOUN", "PROPN", "ADJ"}
    )


def _may_begin(token: Token) -> bool:
    return token.text[0].isupper() or (
        token.lower_ in {"al", "el", "eastern", "northern"} and token.i + 1 < len(token.doc)
    )


def _may_end(token: Token) -> bool:
    return token.text[0].isupper() or token.text[0].isdigit()


def _containing(doc: Doc, last: int) -> str | None:
    """The name after a comma, up to three capitalised words: "Idlib, Syria"."""
    if last + 2 >= len(doc) or doc[last + 1].text != "," or not doc[last + 2].text[:1].isupper():
        return None
    end = last + 3
    while end < min(last + 5, len(doc)) and doc[end].text[:1].isupper():
        end += 1
    return str(doc[last + 2 : end].text)
