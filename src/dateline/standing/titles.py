"""Claims inside names: whom a title serves or heads, and which body a unit is part of."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from dateline.records import ClaimKind, ClaimObject, Party
from dateline.standing.cast import Cast
from dateline.standing.match import Finding
from dateline.standing.patterns import Words

# Set by hand: a possessive between two actors is nearly always a part and its whole; a bare modifier less often.
_TITLE_CONFIDENCE = 0.8
_OWNER_CONFIDENCE = 0.7
_MODIFIER_CONFIDENCE = 0.5
_BELOW = {"poss", "compound", "amod", "nmod"}
# Kinds of actors that a person or a unit may belong to.
_BODIES = {"state", "government", "military", "armed_group", "police", "party", "igo", "ngo", "media", "company", "organisation", "group"}


def from_titles(doc: Doc, cast: Cast, words: Words) -> Iterator[Finding]:
    """Findings from nouns and names that another actor's name modifies: "the army's First Brigade", "US envoy X"."""
    for token in doc:
        if token.dep_ in _BELOW and cast.knows(token):
            yield from _below_actor(token, cast, words)


def _below_actor(owner: Token, cast: Cast, words: Words) -> Iterator[Finding]:
    head = owner.head
    titles = _titles(head, words)
    if titles:
        for bearer in _named(head, cast):
            kind: ClaimKind = "leadership" if titles & words.leading_titles else "membership"
            yield from _finding(kind, bearer, owner, cast, _TITLE_CONFIDENCE)
    elif cast.knows(head):
        confidence = _OWNER_CONFIDENCE if owner.dep_ == "poss" else _MODIFIER_CONFIDENCE
        yield from _finding(_kind_of_part(head, cast), head, owner, cast, confidence)


def _titles(head: Token, words: Words) -> set[str]:
    """Titles among a name's modifiers or its own head: "Foreign Minister X", "the group's leader"."""
    near = {t.lemma_.lower() for t in (head, *head.children) if t.dep_ in {"compound", "nmod", "amod", "poss"} or t is head}
    return near & (words.leading_titles | words.serving_titles)


def _named(head: Token, cast: Cast) -> list[Token]:
    """The head if it stands for an actor, else the names set beside it."""
    if cast.knows(head):
        return [head]
    return [t for t in (*head.children, head.head) if t.dep_ == "appos" and cast.knows(t)]


def _kind_of_part(head: Token, cast: Cast) -> ClaimKind:
    party = cast.party(head)
    actor = cast.actors[party.actor] if party is not None and party.actor is not None else None
    return "membership" if actor is not None and actor.kind == "person" else "affiliation"


def _finding(kind: ClaimKind, part: Token, whole: Token, cast: Cast, confidence: float) -> Iterator[Finding]:
    subject: Party | None = cast.party(part)
    body = cast.as_object(whole)
    if subject is None or body is None or body.actor is None or subject.actor == body.actor:
        return
    if cast.actors[body.actor].kind in _BODIES:
        yield Finding(kind, subject, ClaimObject(body.actor, None, body.span), part, "state", confidence)
