"""The room ``where``: finds place names and says what each means.

A record's span is the name with a direction before it and the word for its level after it: "northern Syria", "Idlib province".
With a direction the place is a region of its own that stands, for want of anything better, at the middle of the place it is
part of, and has no GeoNames id.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from dateline.records import Place, Span
from dateline.rooms import Draft, Room
from dateline.where.gazetteer import Gazetteer, load_gazetteer
from dateline.where.match import load_weights
from dateline.where.names import Name, NameFinder
from dateline.where.rank import Reading, load_ranker, readings
from dateline.where.words import PlaceWords, load_place_words

# Decimals of a confidence.
_DIGITS = 3


def make_room(gazetteer: Gazetteer | None = None) -> Room:
    """The room ``where``: gives ``places``. Uses the shipped gazetteer unless given another.

    Raises:
        CodebookError: the gazetteer or a list of words or weights is missing or wrong.
    """
    reader = _Reader(gazetteer or load_gazetteer())
    return Room(name="where", needs=("actors",), gives=("places",), scores=("places", "entities"), run=reader.read)


class _Reader:
    def __init__(self, gazetteer: Gazetteer) -> None:
        self._words = load_place_words()
        self._finder = NameFinder(gazetteer, self._words, load_weights())
        self._ranker = load_ranker()

    def read(self, draft: Draft) -> Draft:
        names = self._finder.find(draft.doc, draft.actors)
        meant = readings(draft.doc, names, draft.actors, self._words, self._ranker)
        pairs = zip(names, meant, strict=True)
        return replace(
            draft,
            places=tuple(self._place(f"p{n}", name, reading, draft) for n, (name, reading) in enumerate(pairs, 1)),
        )

    def _place(self, place_id: str, name: Name, reading: Reading | None, draft: Draft) -> Place:
        text = draft.article.text
        span = _span(draft.doc, name, self._words)
        if reading is None:
            return Place(place_id, span, text[slice(*span)], name.form, None, None, None, None, None, None, None, None)
        place = reading.place
        part = _direction(draft.doc, name, self._words)
        return Place(
            id=place_id,
            span=span,
            text=text[slice(*span)],
            form=name.form,
            name=f"{part} {place.name}" if part else place.name,
            geonameid=None if part else place.geonameid,
            level="region" if part else place.level,
            country=place.country,
            admin1=place.admin1,
            lat=place.lat,
            lon=place.lon,
            confidence=round(reading.confidence * name.likelihood, _DIGITS),
        )


def _direction(doc: Doc, name: Name, words: PlaceWords) -> str | None:
    """The direction before a name, in small letters: "northern"."""
    before = doc[name.first - 1].lower_ if name.first and name.form == "name" else ""
    return before if before in words.directions else None


def _span(doc: Doc, name: Name, words: PlaceWords) -> Span:
    """Characters of the name, with the direction before it and the word for its level after it."""
    begin = doc[name.first - 1].idx if _direction(doc, name, words) else doc[name.first].idx
    last = doc[name.last]
    if name.end is not None:
        return begin, name.end
    after = doc[name.last + 1] if name.last + 1 < len(doc) else None
    if (
        after is not None
        and name.form == "name"
        and words.levels.get(after.lower_, "open") not in {"open", "settlement"}
    ):
        last = after
    return begin, last.idx + len(last.text)
