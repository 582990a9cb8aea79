"""Records told in words: one line of text for each, naming who instead of ids. Knows nothing of HTML or terminals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from dateline.records import (
    AccordingTo,
    Claim,
    ClaimObject,
    Coded,
    Event,
    EventDate,
    LoadedTerm,
    Party,
    Place,
    Span,
    Statement,
)

NOBODY = "nobody named"


class _Known(Protocol):
    @property
    def id(self) -> str: ...


Found = TypeVar("Found", bound=_Known)


def event_line(coded: Coded, event: Event) -> str:
    """ "Syrian army → Idlib: ASSAULT (aerial), planned, 2018-09-07, according to the minister"."""
    code = f"{event.type} ({event.mode})" if event.mode else event.type
    sides = " → ".join(filter(None, (parties(coded, event.actors) or NOBODY, parties(coded, event.recipients))))
    where = place_name(_find(coded.places, event.place))
    told = [code, event.status, where, _days(event.date), voice(coded, event.according_to)]
    return f"{sides}: {', '.join(filter(None, told))}"


def statement_line(coded: Coded, statement: Statement) -> str:
    """ "the minister (warned): words of the statement". A quotation of the headline that the body lacks says so."""
    cue = f" ({flat(statement.cue.text)})" if statement.cue else ""
    flag = " [only in the headline: the text does not hold these words]" if statement.verbatim is False else ""
    return f"{speaker_name(coded, statement) or NOBODY}{cue}: {flat(statement.content.text)}{flag}"


def claim_line(coded: Coded, claim: Claim) -> str:
    """ "rebels → Idlib: control, current, since 2015, in the outlet's own voice"."""
    since = f"since {claim.since}" if claim.since else None
    until = f"until {claim.until}" if claim.until else None
    told = [claim.kind, claim.status, since, until, voice(coded, claim.according_to)]
    sides = f"{party_name(coded, claim.subject)} → {object_name(coded, claim.object)}"
    return f"{sides}: {', '.join(filter(None, told))}"


def term_line(coded: Coded, term: LoadedTerm) -> str:
    """ "“regime” for “government” (delegitimising), of Syria, in the outlet's own voice"."""
    plain = f" for “{term.plain}”" if term.plain else ""
    about = actor_name(coded, term.about)
    told = [f"“{flat(term.text)}”{plain} ({term.tone})", f"of {about}" if about else None]
    return ", ".join(filter(None, [*told, voice(coded, term.according_to)]))


def voice(coded: Coded, according_to: AccordingTo) -> str:
    """Whose word a record rests on; empty where that is nobody's."""
    own = "in the outlet's own voice" if according_to.outlet else None
    statement = _find(coded.statements, according_to.statement)
    said = f"according to {speaker_name(coded, statement) or 'a speaker not named'}" if statement else None
    return " and ".join(filter(None, (own, said)))


def parties(coded: Coded, some: Sequence[Party]) -> str:
    """Their names, each once: "A", "A and B", "A, B and C"; empty where there are none."""
    names = list(dict.fromkeys(party_name(coded, party) for party in some))
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def party_name(coded: Coded, party: Party) -> str:
    """The actor's name, else the words that name the party."""
    return actor_name(coded, party.actor) or words_at(coded, party.span)


def object_name(coded: Coded, object_: ClaimObject) -> str:
    """What a claim is about: the place's or actor's name, else the words."""
    named = place_name(_find(coded.places, object_.place)) or actor_name(coded, object_.actor)
    return named or words_at(coded, object_.span)


def speaker_name(coded: Coded, statement: Statement) -> str | None:
    """The actor's name, else the words that name the speaker; None where nobody is named."""
    if statement.speaker is None:
        return None
    return actor_name(coded, statement.speaker.actor) or flat(statement.speaker.text)


def actor_name(coded: Coded, actor: str | None) -> str | None:
    """The name of an actor id; None where the article has no such actor."""
    found = _find(coded.actors, actor)
    return found.name if found else None


def place_name(place: Place | None) -> str | None:
    """The gazetteer's name, else the words."""
    return (place.name or flat(place.text)) if place else None


def words_at(coded: Coded, span: Span) -> str:
    """The article's words at a span (half-open, code points), on one line."""
    return flat(coded.article.text[slice(*span)])


def flat(text: str) -> str:
    """The text with every stretch of white space as one blank."""
    return " ".join(text.split())


def _days(date: EventDate | None) -> str | None:
    first, last = (date.from_, date.to) if date else (None, None)
    if first and last:
        return first if first == last else f"{first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else None


def _find(records: Iterable[Found], id_: str | None) -> Found | None:
    return next((record for record in records if record.id == id_), None) if id_ else None
