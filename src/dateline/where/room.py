"""The room ``where``: finds place names and says what each means.

A record's span is the name with a direction before it and the word for its level after it: "northern Syria", "Idlib province".
With a direction the place is a region of its own that stands, for want of anything better, at the middle of the place it is
part of, and has no GeoNames id. A place told by a distance or a direction from another ("20 km south of Mosul") has a span from the
first of those words, a point of its own, and a radius.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from dateline.records import Place, Span
from dateline.rooms import Draft, Room
from dateline.where.beside import REACH, Beside, beside
from dateline.where.calibration import load_calibration
from dateline.where.gazetteer import Candidate, Gazetteer, load_gazetteer
from dateline.where.match import load_weights
from dateline.where.names import Name, NameFinder
from dateline.where.publishers import Publishers
from dateline.where.rank import Reading, load_ranker, readings
from dateline.where.words import PlaceWords, load_place_words
from dateline.who import Registry, load_registry

# Decimals of a confidence.
_DIGITS = 3


def make_room(gazetteer: Gazetteer | None = None, registry: Registry | None = None) -> Room:
    """The room ``where``: gives ``places``. Uses the shipped gazetteer and registry unless given others.

    Raises:
        CodebookError: the gazetteer or a list of words or weights is missing or wrong.
    """
    reader = _Reader(gazetteer or load_gazetteer(), Publishers(registry or load_registry()))
    return Room(name="where", needs=("actors",), gives=("places",), scores=("places", "entities"), run=reader.read)


class _Reader:
    def __init__(self, gazetteer: Gazetteer, publishers: Publishers) -> None:
        self._publishers = publishers
        self._words = load_place_words()
        self._finder = NameFinder(gazetteer, self._words, load_weights())
        self._ranker = load_ranker()
        self._calibration = load_calibration()

    def read(self, draft: Draft) -> Draft:
        names = self._finder.find(draft.doc, draft.actors)
        home = self._publishers.country(draft.article.outlet)
        meant = readings(draft.doc, names, draft.actors, self._words, self._ranker, home=home)
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
        confidence = round(self._calibration.share(reading.confidence * name.likelihood), _DIGITS)
        found = Place(
            id=place_id,
            span=span,
            text=text[slice(*span)],
            form=name.form,
            name=place.name,
            geonameid=place.geonameid,
            level=place.level,
            country=place.country,
            admin1=place.admin1,
            lat=place.lat,
            lon=place.lon,
            confidence=confidence,
        )
        if part := _direction(draft.doc, name, self._words):
            return replace(
                found, name=f"{part} {place.name}", geonameid=None, level="region", radius_km=REACH[place.level]
            )
        told = beside(draft.doc, name.first, self._words) if name.form == "name" else None
        return found if told is None else _relative(found, told, place, name, draft)


def _relative(found: Place, told: Beside, place: Candidate, name: Name, draft: Draft) -> Place:
    """The record of a place told by another; "near" leaves the name its span and its id."""
    if not told.moves:
        return replace(found, radius_km=told.radius(place))
    begin = draft.doc[told.first].idx
    lat, lon = told.point(place)
    return replace(
        found,
        span=(begin, found.span[1]),
        text=draft.article.text[begin : found.span[1]],
        name=f"{told.words(draft.doc, name.first)} {place.name}",
        geonameid=None,
        level="region",
        lat=lat,
        lon=lon,
        radius_km=told.radius(place),
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
