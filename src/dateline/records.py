"""The nouns: the coded record, version 1, as frozen dataclasses.

Spans are half-open ``(begin, end)`` in Unicode code points of ``Article.text``. Missing is ``None`` or an empty tuple.
``Coded.to_dict`` and ``Coded.from_dict`` are the only border to JSON; pydantic does both and writes the JSON schema.
Nothing here imports another room.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from dateline.errors import InputError

SCHEMA: Literal["dateline/1"] = "dateline/1"

Span = tuple[int, int]

ActorKind = Literal[
    "person", "state", "government", "military", "armed_group", "police", "party",
    "igo", "ngo", "media", "company", "civilians", "group", "organisation",
]  # fmt: skip
MentionForm = Literal["name", "title", "nominal", "pronoun", "metonym", "demonym"]
PlaceForm = Literal["name", "demonym"]
PlaceLevel = Literal["country", "admin1", "admin2", "settlement", "region", "feature"]
DateKind = Literal["DATE", "TIME", "DURATION", "SET"]
DateMod = Literal["START", "MID", "END", "APPROX", "BEFORE", "AFTER"]
DateSource = Literal["text", "inferred", "published"]
StatementForm = Literal["direct", "indirect", "mixed"]
EventStatus = Literal["occurred", "ongoing", "planned", "hypothetical", "demanded", "denied"]
ClaimKind = Literal[
    "control", "presence", "support", "opposition", "alliance", "membership", "affiliation", "leadership", "communication"
]  # fmt: skip
ClaimStatus = Literal["current", "past", "predicted", "denied"]
FigureOf = Literal[
    "killed", "wounded", "missing", "captured", "arrested", "displaced", "participants", "troops", "aid", "money",
    "distance", "other",
]  # fmt: skip
EquipmentKind = Literal["weapon", "platform", "vehicle"]
Tone = Literal["delegitimising", "legitimising", "euphemism", "dysphemism"]


@dataclass(frozen=True, slots=True)
class Article:
    """One published text. ``text`` holds the headline first where there is one; ``headline`` is its span."""

    id: str
    text: str
    url: str | None = None
    outlet: str | None = None
    published: str | None = None  # YYYY-MM-DD
    language: str | None = None  # ISO 639-1
    headline: Span | None = None
    source_id: str | None = None  # the source's own id

    @staticmethod
    def make(
        text: str,
        *,
        url: str | None = None,
        outlet: str | None = None,
        published: str | None = None,
        language: str | None = None,
        headline: Span | None = None,
        source_id: str | None = None,
    ) -> Article:
        """An article whose id is the hash of its address, outlet, date and text."""
        identity = json.dumps([url, outlet, published, text], ensure_ascii=True)
        digest = hashlib.sha256(identity.encode()).hexdigest()[:16]
        return Article(digest, text, url, outlet, published, language, headline, source_id)


@dataclass(frozen=True, slots=True)
class Mention:
    span: Span
    text: str
    form: MentionForm


@dataclass(frozen=True, slots=True)
class Actor:
    id: str
    name: str
    registry: str | None
    kind: ActorKind
    country: str | None  # ISO 3166-1 alpha-3
    sectors: tuple[str, ...]  # PLOVER sector codes, most specific first
    role: str | None  # held at the time of the text
    part_of: tuple[str, ...]  # registry ids
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    span: Span
    text: str
    form: PlaceForm
    name: str | None
    geonameid: int | None
    level: PlaceLevel | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    confidence: float | None
    radius_km: float | None = (
        None  # of a place told by another ("20 km south of Mosul"): it lies within this of the point
    )


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A TIMEX3 expression; ``from_`` and ``to`` are the first and last day it covers, null where they cannot be known."""

    id: str
    span: Span
    text: str
    kind: DateKind
    timex: str | None
    mod: DateMod | None
    from_: Annotated[str | None, Field(alias="from")]
    to: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of the article: a cue, a trigger."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Speaker:
    actor: str | None
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """What is said; several spans where the cue splits it."""

    spans: tuple[Span, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    id: str
    speaker: Speaker | None
    cue: Words | None
    content: Content
    form: StatementForm
    inside: str | None
    to: tuple[str, ...] = ()  # actor ids
    occasion: str | None = None
    place: str | None = None
    date: str | None = None
    verbatim: bool | None = None  # for a quotation in a headline: does the body hold those words?


@dataclass(frozen=True, slots=True)
class AccordingTo:
    """Whose word a record rests on: the outlet's own voice, a statement, or both."""

    outlet: bool
    statement: str | None


OWN_VOICE = AccordingTo(outlet=True, statement=None)


@dataclass(frozen=True, slots=True)
class Party:
    """A participant: the words that name it and the actor they stand for, where that is known."""

    actor: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class EventDate:
    ref: str | None  # id in dates
    from_: Annotated[str | None, Field(alias="from")]
    to: str | None
    source: DateSource


@dataclass(frozen=True, slots=True)
class Telling:
    """Another place of the article that tells of an event: its words, their sentence, and whose word they are."""

    trigger: Words
    evidence: Span
    according_to: AccordingTo


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    act: str | None
    quad: int
    score: float | None
    trigger: Words
    evidence: Span
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: str | None
    date: EventDate | None
    status: EventStatus
    according_to: AccordingTo
    figures: tuple[str, ...]
    equipment: tuple[str, ...]
    confidence: float | None
    also: tuple[Telling, ...] = ()  # where else the article tells of it, in text order


@dataclass(frozen=True, slots=True)
class ClaimObject:
    """What a claim is about: an actor or a place, never both."""

    actor: str | None
    place: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Claim:
    id: str
    kind: ClaimKind
    subject: Party
    object: ClaimObject
    since: str | None
    until: str | None
    status: ClaimStatus
    evidence: Span
    according_to: AccordingTo
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    id: str
    span: Span
    text: str
    low: float | None
    high: float | None
    unit: str | None
    of: FigureOf


@dataclass(frozen=True, slots=True)
class Equipment:
    id: str
    span: Span
    text: str
    kind: EquipmentKind


@dataclass(frozen=True, slots=True)
class LoadedTerm:
    """One instance of a loaded word and the plain word a neutral report would use; None where it would use none."""

    id: str
    span: Span
    text: str
    about: str | None  # actor id
    tone: Tone
    plain: str | None
    according_to: AccordingTo


@dataclass(frozen=True, slots=True)
class Label:
    """A sentence that is of a type of the user's own codebook."""

    id: str
    label: str
    evidence: Span
    according_to: AccordingTo
    confidence: float


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be done for this article, and by which room."""

    stage: str
    message: str


@dataclass(frozen=True, slots=True)
class CoderInfo:
    version: str
    models: dict[str, str]  # name → "sha256:…" or "version"


@dataclass(frozen=True, slots=True)
class Coded:
    """One coded article."""

    coder: CoderInfo
    article: Article
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[DateExpression, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    wording: tuple[LoadedTerm, ...] = ()
    labels: tuple[Label, ...] = ()  # of the user's own codebook, where one was given
    problems: tuple[Problem, ...] = ()
    schema: Literal["dateline/1"] = SCHEMA

    def to_dict(self) -> dict[str, Any]:
        """The contract's record, of JSON types only."""
        plain = _border().dump_python(self, mode="json", by_alias=True)
        return {"schema": plain.pop("schema"), **plain}

    @staticmethod
    def from_dict(data: dict[str, Any]) -> Coded:
        """The record back from its dictionary.

        Raises:
            InputError: a field is missing, unknown or of the wrong type.
        """
        try:
            return _border().validate_python(data)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise InputError(f"coded record: {where}: {first['msg']}; expected schema {SCHEMA}") from error


def json_schema() -> dict[str, Any]:
    """JSON Schema of the coded record."""
    return _border().json_schema(by_alias=True, mode="serialization")


@cache
def _border() -> TypeAdapter[Coded]:
    return TypeAdapter(Coded)
