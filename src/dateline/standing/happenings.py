"""Claims that events make: who fights whom stands against them, who consults with whom is in touch with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from dateline.records import ClaimKind, ClaimObject, ClaimStatus, Event, EventStatus
from dateline.rooms import Draft
from dateline.standing.match import Finding

# Event types that make a claim about their two sides.
_KINDS: Mapping[str, ClaimKind] = {
    "ASSAULT": "opposition",
    "MOBILIZE": "opposition",
    "THREATEN": "opposition",
    "ACCUSE": "opposition",
    "CONSULT": "communication",
}
# Status of the claim by that of the event. A demanded or hypothetical attack says nothing of how two sides stand.
_STATUSES: Mapping[EventStatus, ClaimStatus] = {
    "occurred": "current",
    "ongoing": "current",
    "planned": "predicted",
    "denied": "denied",
}
# What the claim loses of the event's confidence, and what it has where the event gives none. Set by hand.
_FROM_EVENT = 0.9
_DEFAULT_CONFIDENCE = 0.6


def from_events(draft: Draft) -> Iterator[Finding]:
    """Findings from events between two known actors."""
    at = {token.idx: token for token in draft.doc}
    for event in draft.events:
        kind = _KINDS.get(event.act or event.type)
        if kind is None or event.status not in _STATUSES:
            continue
        word = at.get(event.trigger.span[0]) or _covering(draft.doc, event)
        if word is not None:
            yield from _pairs(event, kind, word)


def _covering(doc: Doc, event: Event) -> Token | None:
    span = doc.char_span(*event.trigger.span, alignment_mode="expand")
    return span.root if span is not None else None


def _pairs(event: Event, kind: ClaimKind, word: Token) -> Iterator[Finding]:
    confidence = _FROM_EVENT * (event.confidence or _DEFAULT_CONFIDENCE)
    for actor in event.actors:
        for recipient in event.recipients:
            if actor.actor is None or recipient.actor is None or actor.actor == recipient.actor:
                continue
            target = ClaimObject(actor=recipient.actor, place=None, span=recipient.span)
            yield Finding(kind, actor, target, word, "act", round(confidence, 3), _STATUSES[event.status])
