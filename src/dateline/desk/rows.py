"""What the desk lists: rows of articles, events and places, as the pages and the JSON API show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.records import EventStatus, PlaceLevel


@dataclass(frozen=True, slots=True)
class Totals:
    """How much the dataset holds, in its newest revisions."""

    articles: int
    outlets: int
    events: int
    statements: int
    claims: int
    places: int  # distinct ones with coordinates
    first: str | None  # earliest and latest day of publication
    last: str | None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article in a list. ``quads`` counts its events by quad category, 1 to 4."""

    id: str
    title: str | None
    opening: str
    outlet: str | None
    published: str | None
    url: str | None
    revision: int
    events: int
    statements: int
    claims: int
    problems: int
    quads: tuple[int, int, int, int]
    excerpt: str | None  # the words around what was searched


@dataclass(frozen=True, slots=True)
class ArticlePage:
    count: int
    page: int
    pages: int
    articles: tuple[ArticleRow, ...]


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A participant: the actor's name, or the words where they stand for nobody known."""

    actor: str | None
    name: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Where an event is said to have been; coordinates in degrees."""

    name: str
    geonameid: int | None
    level: PlaceLevel | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """Whose word it rests on: the outlet's, a speaker's, or both."""

    outlet: bool
    statement: str | None
    speaker: str | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event in a list, with the article it stands in. Spans index the article's text."""

    id: str
    article: str
    title: str | None
    outlet: str | None
    published: str | None
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    act: str | None
    quad: int
    score: float | None
    status: EventStatus
    actors: tuple[PartyRow, ...]
    recipients: tuple[PartyRow, ...]
    place: PlaceRow | None
    date_from: str | None
    date_to: str | None
    date_source: Literal["text", "inferred", "published"] | None
    according_to: VoiceRow
    trigger: tuple[int, int]
    evidence: tuple[int, int]
    evidence_text: str
    confidence: float | None
    tellings: int = 1  # how often the article tells of it
    also_according_to: tuple[VoiceRow, ...] = ()  # sources of its other tellings, each once, without its own


@dataclass(frozen=True, slots=True)
class EventPage:
    """``undated`` counts the events that every other filter keeps but that have no date to compare."""

    count: int
    page: int
    pages: int
    quads: tuple[int, int, int, int]
    undated: int
    events: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place on the map and its events by quad category. ``area`` where it is no point but a region or country."""

    name: str
    geonameid: int | None
    country: str | None
    level: PlaceLevel | None
    area: bool
    lat: float
    lon: float
    count: int
    quads: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class MapPage:
    """``unplaced`` counts the events of the filter that have no coordinates; ``quads`` those that have, by category."""

    count: int
    unplaced: int
    quads: tuple[int, int, int, int]
    places: tuple[MapPlace, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters can offer, most frequent first."""

    outlets: tuple[str, ...]
    actors: tuple[str, ...]
    places: tuple[str, ...]
