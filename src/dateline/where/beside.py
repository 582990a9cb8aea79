"""Places told by another place: "20 km south of Mosul", "east of the Euphrates", "near Hajin", "northern Syria".

Each gives a point and a radius in kilometres within which the place meant lies. Where the text gives a distance, the point is moved by
it; else a direction from a town or a district moves it by the reach of what people call "south of" a place of that size. From
anything larger, or from a river, the words do not tell how far, so the point stays and the radius says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.where.gazetteer import Candidate
from dateline.where.words import PlaceWords

_EARTH_KM = 6371.0
# Reach in kilometres of "near" and "south of" by the level of the place: a guess at common usage, hence the radius.
REACH = {"settlement": 20.0, "admin2": 40.0, "feature": 30.0, "admin1": 100.0, "region": 150.0, "country": 300.0}
# Levels from which a direction without a distance moves the point.
_MOVES = frozenset({"settlement", "admin2"})
# Uncertainty of a distance told, as a share of it, and the least radius, in kilometres.
_ABOUT, _LEAST_KM = 0.25, 2.0


@dataclass(frozen=True, slots=True)
class Beside:
    """How far and in what direction from the place named. ``first`` is the token where the words begin."""

    first: int
    bearing: float | None = None  # degrees clockwise from north
    km: float | None = None  # as the text tells it
    moves: bool = True  # False for words like "near", which leave the place's own name its span

    def words(self, doc: Doc, name: int) -> str:
        """The words before the name, up to its first token."""
        return doc[self.first : name].text

    def point(self, place: Candidate) -> tuple[float, float]:
        """Latitude and longitude in degrees."""
        if self.bearing is None or (self.km is None and place.level not in _MOVES):
            return place.lat, place.lon
        return moved(place.lat, place.lon, self.bearing, REACH[place.level] if self.km is None else self.km)

    def radius(self, place: Candidate) -> float:
        """Kilometres round the point within which the place meant lies."""
        if self.km is None:
            stays = self.bearing is not None and place.level not in _MOVES
            return max(REACH[place.level], REACH["region"]) if stays else REACH[place.level]
        return round(max(_LEAST_KM, self.km if self.bearing is None else self.km * _ABOUT), 1)


def beside(doc: Doc, first: int, words: PlaceWords) -> Beside | None:
    """What the words before a name, whose first token is given, say of a place beside it; None where they say nothing."""
    at = first - 1
    if at >= 0 and doc[at].lower_ == "the":
        at -= 1
    if at < 1 or doc[at].is_sent_start:
        return _near(doc, at, words) if at >= 0 else None
    if doc[at].lower_ == "of" and (found := _direction_of(doc, at - 1, words)):
        return found
    if doc[at].lower_ in {"from", "outside", "off"} and (away := _distance_before(doc, at, words)):
        return Beside(away[0], None, away[1])
    return _near(doc, at, words)


def _direction_of(doc: Doc, at: int, words: PlaceWords) -> Beside | None:
    """ "south of", "20 km to the south-east of"; "the south of" is a part of the place, not beside it."""
    last = doc[at].lower_
    hyphened = at >= 2 and doc[at - 1].text == "-"
    spellings = (
        (at - 2, doc[at - 2].lower_ + last if hyphened else ""),
        (at - 1, doc[at - 1].lower_ + last),
        (at, last.replace("-", "")),
    )
    begin, bearing = next(
        ((first, words.bearings[word]) for first, word in spellings if word in words.bearings and first >= 0), (0, None)
    )
    if bearing is None:
        return None
    before = begin - 1
    article = before >= 0 and doc[before].lower_ == "the"
    if article:
        before -= 2 if before >= 1 and doc[before - 1].lower_ == "to" else 1
    distance = _distance_before(doc, before + 1, words)
    if distance is None:
        return None if article else Beside(begin, bearing)
    return Beside(distance[0], bearing, distance[1])


def _distance_before(doc: Doc, end: int, words: PlaceWords) -> tuple[int, float] | None:
    """First token and kilometres of a distance that ends before a token: "about 20 km", "a dozen miles away"."""
    at = end - 1
    if at >= 1 and doc[at].lower_ == "away":
        at -= 1
    if at >= 1 and doc[at].text in {")", "("}:
        return None
    unit = (
        words.lengths.get(doc[at].lemma_.lower(), words.lengths.get(doc[at].lower_.rstrip("s."))) if at >= 1 else None
    )
    number = _number(doc[at - 1], words) if unit is not None else None
    return (at - 1, number * unit) if unit is not None and number is not None else None


def _number(token: Token, words: PlaceWords) -> float | None:
    if token.lower_ in words.numbers:
        return words.numbers[token.lower_]
    try:
        return float(token.text.replace(",", ""))
    except ValueError:
        return None


def _near(doc: Doc, at: int, words: PlaceWords) -> Beside | None:
    before = doc[at].lower_
    if before in {"of", "to"} and at:
        before = f"{doc[at - 1].lower_} {before}"
    return Beside(at, moves=False) if before in words.near else None


def moved(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """The point at a distance and bearing from another on the sphere, in degrees."""
    angle, turn, la, lo = km / _EARTH_KM, math.radians(bearing), math.radians(lat), math.radians(lon)
    to_lat = math.asin(math.sin(la) * math.cos(angle) + math.cos(la) * math.sin(angle) * math.cos(turn))
    to_lon = lo + math.atan2(
        math.sin(turn) * math.sin(angle) * math.cos(la), math.cos(angle) - math.sin(la) * math.sin(to_lat)
    )
    return round(math.degrees(to_lat), 5), round((math.degrees(to_lon) + 180) % 360 - 180, 5)
