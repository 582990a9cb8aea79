"""Each record of an article as a card: one line in words, and facts below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dateline import describe
from dateline.desk import words
from dateline.desk.marks import Layer, telling_place
from dateline.records import (
    AccordingTo,
    Actor,
    Claim,
    Coded,
    DateExpression,
    Equipment,
    Event,
    Figure,
    LoadedTerm,
    Place,
    Statement,
)

Voice = Literal["own", "quoted", "both"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a card's line; names are kept apart from the words between them, for right-to-left names."""

    text: str
    kind: Literal["name", "link", "quote", "plain"] = "plain"


@dataclass(frozen=True, slots=True)
class Fact:
    """``ref`` is the record the fact is about, where there is one."""

    label: str
    text: str
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """Another telling of an event: its words, the place in the text that they lead to, and whose word they are where
    that is not the event's own source."""

    text: str
    place: str
    voice: Voice | None = None
    voice_text: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A record as the desk shows it. ``flag`` is what a reader must not miss."""

    id: str
    layer: Layer
    kicker: str
    line: tuple[Part, ...]
    tag: str | None = None
    voice: Voice | None = None
    voice_text: str | None = None
    quad: int | None = None
    facts: tuple[Fact, ...] = ()
    flag: str | None = None
    again: tuple[Again, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Cards under one heading; ``name`` None where the layer has no headings."""

    name: str | None
    cards: tuple[Card, ...]


class Cards:
    """Makes the cards of one article; knows its records by id."""

    def __init__(self, coded: Coded) -> None:
        self._coded = coded
        self._places: Mapping[str, Place] = {place.id: place for place in coded.places}
        self._dates: Mapping[str, DateExpression] = {date.id: date for date in coded.dates}
        self._statements: Mapping[str, Statement] = {one.id: one for one in coded.statements}
        self._figures: Mapping[str, Figure] = {figure.id: figure for figure in coded.figures}
        self._equipment: Mapping[str, Equipment] = {item.id: item for item in coded.equipment}

    def layers(self) -> dict[Layer, tuple[Group, ...]]:
        """The cards of every layer, in the order the panel shows them; layers without records are left out."""
        coded = self._coded
        found: dict[Layer, tuple[Group, ...]] = {
            "events": _plain_group(self.event(event) for event in coded.events),
            "statements": self.speakers(),
            "claims": _plain_group(self.claim(claim) for claim in coded.claims),
            "wording": _plain_group(self.term(term) for term in coded.wording),
            "actors": _plain_group(self.actor(actor) for actor in coded.actors),
            "places": _plain_group(self.place(place) for place in coded.places),
            "dates": _plain_group(self.date(date) for date in coded.dates),
            "figures": _plain_group(self.figure(figure) for figure in coded.figures),
            "equipment": _plain_group(self.item(item) for item in coded.equipment),
        }
        return {layer: groups for layer, groups in found.items() if groups}

    def speakers(self) -> tuple[Group, ...]:
        """Statements by speaker, in the order in which the speakers first appear."""
        by_speaker: dict[str, list[Card]] = {}
        for statement in self._coded.statements:
            by_speaker.setdefault(self.speaker_name(statement) or "Speaker not named", []).append(
                self.statement(statement)
            )
        return tuple(Group(name, tuple(cards)) for name, cards in by_speaker.items())

    def speaker_name(self, statement: Statement) -> str | None:
        """The actor's name, else the words that name the speaker."""
        return describe.speaker_name(self._coded, statement)

    def event(self, event: Event) -> Card:
        kicker = words.type_label(event.type) + (f" · {words.plain(event.mode)}" if event.mode else "")
        facts = [
            *([Fact("status", words.STATUSES[event.status])] if event.status != "occurred" else []),
            *([Fact("the act itself", words.type_label(event.act))] if event.act else []),
            *self._when(event),
            *self._where(event.place),
            *([Fact("context", ", ".join(words.plain(one) for one in event.contexts))] if event.contexts else []),
            *(Fact("figure", self._figures[one].text, one) for one in event.figures if one in self._figures),
            *(Fact("with", self._equipment[one].text, one) for one in event.equipment if one in self._equipment),
            Fact("category", words.QUADS[event.quad]),
            *([Fact("score", words.signed(event.score))] if event.score is not None else []),
            *_confidence(event.confidence),
        ]
        return Card(
            event.id,
            "events",
            kicker,
            self._sides(event),
            tag=event.status,
            voice=_voice(event.according_to),
            voice_text=self.voice_text(event.according_to),
            quad=event.quad,
            facts=tuple(facts),
            again=tuple(self._again(event)),
        )

    def _again(self, event: Event) -> Iterator[Again]:
        own = self.voice_text(event.according_to)
        for number, telling in enumerate(event.also, start=1):
            told, place = describe.flat(telling.trigger.text), telling_place(event, number)
            # Two statements of one speaker are one source.
            source = self.voice_text(telling.according_to)
            yield Again(told, place) if source == own else Again(told, place, _voice(telling.according_to), source)

    def statement(self, statement: Statement) -> Card:
        cue = f" · “{statement.cue.text}”" if statement.cue else ""
        facts = [
            *(Fact("to", name, one) for one in statement.to if (name := self._actor_name(one))),
            *([Fact("at", statement.occasion)] if statement.occasion else []),
            *self._where(statement.place),
            *self._expression(statement.date),
            *self._inside(statement.inside),
        ]
        return Card(
            statement.id,
            "statements",
            f"{statement.form}{cue}",
            (Part(statement.content.text, "quote"),),
            voice="quoted",
            facts=tuple(facts),
            flag="The text never says these words" if statement.verbatim is False else None,
        )

    def claim(self, claim: Claim) -> Card:
        verb = words.CLAIM_VERBS[claim.kind]
        facts = [
            *([Fact("since", words.timex(claim.since))] if claim.since else []),
            *([Fact("until", words.timex(claim.until))] if claim.until else []),
            *_confidence(claim.confidence),
        ]
        return Card(
            claim.id,
            "claims",
            claim.kind,
            (
                Part(describe.party_name(self._coded, claim.subject), "name"),
                Part(f" {verb} "),
                Part(describe.object_name(self._coded, claim.object), "name"),
            ),
            tag=None if claim.status == "current" else claim.status,
            voice=_voice(claim.according_to),
            voice_text=self.voice_text(claim.according_to),
            facts=tuple(facts),
        )

    def term(self, term: LoadedTerm) -> Card:
        about = self._actor_name(term.about)
        return Card(
            term.id,
            "wording",
            f"{term.tone} · {words.TONES[term.tone]}",
            (Part(term.text, "quote"), *((Part(" for ", "link"), Part(term.plain, "name")) if term.plain else ())),
            voice=_voice(term.according_to),
            voice_text=self.voice_text(term.according_to),
            facts=(Fact("about", about, term.about),) if about else (),
        )

    def actor(self, actor: Actor) -> Card:
        others = dict.fromkeys(mention.text for mention in actor.mentions if mention.form != "pronoun")
        facts = [
            *([Fact("role", actor.role)] if actor.role else []),
            *([Fact("country", actor.country)] if actor.country else []),
            *([Fact("sectors", ", ".join(actor.sectors))] if actor.sectors else []),
            *([Fact("part of", ", ".join(actor.part_of))] if actor.part_of else []),
            *([Fact("registry", actor.registry)] if actor.registry else []),
            Fact("called", " · ".join(name for name in others)),
        ]
        kicker = f"{words.plain(actor.kind)} · {words.counted(len(actor.mentions), 'mention')}"
        return Card(
            actor.id, "actors", kicker, (Part(actor.name, "name"),), facts=tuple(fact for fact in facts if fact.text)
        )

    def place(self, place: Place) -> Card:
        known = place.lat is not None and place.lon is not None
        facts = [
            *([Fact("called", place.text)] if place.name and place.name != place.text else []),
            *([Fact("in", ", ".join(filter(None, (place.admin1, place.country))))] if place.country else []),
            *([Fact("at", f"{place.lat:.3f}, {place.lon:.3f}")] if known else []),
            *([Fact("within", f"{place.radius_km:g} km of that point")] if known and place.radius_km else []),
            *([Fact("GeoNames", str(place.geonameid))] if place.geonameid else []),
            *_confidence(place.confidence),
        ]
        kicker = place.level or ("country of" if place.form == "demonym" else "place")
        flag = None if known else "Not found in the gazetteer"
        return Card(
            place.id, "places", kicker, (Part(place.name or place.text, "name"),), facts=tuple(facts), flag=flag
        )

    def date(self, date: DateExpression) -> Card:
        known = words.dates(date.from_, date.to)
        facts = [
            *([Fact("days", known)] if known else []),
            *([Fact("TIMEX3", date.timex)] if date.timex else []),
            *([Fact("modifier", date.mod.lower())] if date.mod else []),
        ]
        return Card(date.id, "dates", date.kind.lower(), (Part(date.text, "quote"),), facts=tuple(facts))

    def figure(self, figure: Figure) -> Card:
        amount = words.amount(figure.low, figure.high)
        facts = [Fact("count", f"{amount} {figure.unit or ''}".strip())] if amount else []
        return Card(figure.id, "figures", figure.of, (Part(figure.text, "quote"),), facts=tuple(facts))

    def item(self, item: Equipment) -> Card:
        return Card(item.id, "equipment", item.kind, (Part(item.text, "quote"),))

    def voice_text(self, according_to: AccordingTo) -> str:
        """Whose word a record rests on, in words."""
        statement = self._statements.get(according_to.statement or "")
        if statement is None:
            return "in the outlet’s own voice"
        speaker = self.speaker_name(statement) or "a speaker not named"
        return f"according to {speaker}" + (", and in the outlet’s own voice" if according_to.outlet else "")

    def _sides(self, event: Event) -> tuple[Part, ...]:
        actors, recipients = (describe.parties(self._coded, some) for some in (event.actors, event.recipients))
        line = [Part(actors, "name") if actors else Part("somebody not named")]
        if recipients:
            line += [Part(" → ", "link"), Part(recipients, "name")]
        return tuple(line)

    def _actor_name(self, actor: str | None) -> str | None:
        return describe.actor_name(self._coded, actor)

    def _when(self, event: Event) -> list[Fact]:
        if event.date is None:
            return []
        expression = self._dates.get(event.date.ref or "")
        known = words.dates(event.date.from_, event.date.to) or (expression.text if expression else None)
        source = "" if event.date.source == "text" else f" ({words.DATE_SOURCES[event.date.source]})"
        return [Fact("when", known + source, event.date.ref if expression else None)] if known else []

    def _expression(self, date: str | None) -> list[Fact]:
        found = self._dates.get(date or "")
        return [Fact("when", words.dates(found.from_, found.to) or found.text, found.id)] if found else []

    def _inside(self, statement: str | None) -> list[Fact]:
        found = self._statements.get(statement or "")
        return [Fact("inside", f"what {self.speaker_name(found) or 'somebody'} says", found.id)] if found else []

    def _where(self, place: str | None) -> list[Fact]:
        found = self._places.get(place or "")
        return [Fact("where", found.name or found.text, found.id)] if found else []


def _plain_group(cards: Iterable[Card]) -> tuple[Group, ...]:
    found = tuple(cards)
    return (Group(None, found),) if found else ()


def _voice(according_to: AccordingTo) -> Voice:
    if according_to.statement is None:
        return "own"
    return "both" if according_to.outlet else "quoted"


def _confidence(confidence: float | None) -> list[Fact]:
    return [] if confidence is None else [Fact("confidence", f"{confidence:.2f}")]
