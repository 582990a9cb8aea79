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
_ORDINALS = {"First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"}
_BELOW = {"poss", "compound", "amod", "nmod"}
# Kinds of actors that a person or a unit may belong to.
_BODIES = {
    "state",
    "government",
    "military",
    "armed_group",
    "police",
    "party",
    "igo",
    "ngo",
    "media",
    "company",
    "organisation",
    "group",
}


def from_titles(doc: Doc, cast: Cast, words: Words) -> Iterator[Finding]:
    """Findings from nouns and names that another actor's name modifies: "the army's First Brigade", "US envoy X"."""
    for token in doc:
        joined = any(child.dep_ == "cc" for child in token.children)  # "X and Y Brigade" names two
        if token.dep_ in _BELOW and token.pos_ != "PRON" and cast.knows(token) and not joined:
            yield from _below_actor(token, cast, words)
        elif token.dep_ == "appos" and _is_unit(token, cast) and _is_unit(token.head, cast):
            yield from _finding("affiliation", token.head, token, cast, _MODIFIER_CONFIDENCE)


def _is_unit(token: Token, cast: Cast) -> bool:
    """A unit by its number: "Third Battalion, Sixth Regiment"."""
    party = cast.party(token)
    numbered = any(child.text[:1].isdigit() or child.text in _ORDINALS for child in token.children)
    return token.pos_ == "PROPN" and numbered and party is not None and cast.kind(party.actor) != "person"


def _below_actor(owner: Token, cast: Cast, words: Words) -> Iterator[Finding]:
    head = owner.head
    titles = _titles(head, words)
    if titles:
        kind: ClaimKind = "leadership" if titles & words.leading_titles else "membership"
        for bearer in _named(head, cast):
            yield from _finding(kind, bearer, owner, cast, _TITLE_CONFIDENCE)
    elif cast.knows(head) and head.lemma_.lower() not in words.not_parts:
        confidence = _OWNER_CONFIDENCE if owner.dep_ == "poss" else _MODIFIER_CONFIDENCE
        for part in _parts(head, owner, cast):
            yield from _finding(_kind_of_part(part, cast), part, owner, cast, confidence)


def _parts(head: Token, owner: Token, cast: Cast) -> list[Token]:
    """The head and, under a possessive, the names joined to it: "the army's First Brigade and Coast Guard"."""
    if owner.dep_ != "poss":
        return [head]
    joined = [child for child in head.children if child.dep_ == "nmod" and child.i > owner.i]
    joined += [token for token in head.conjuncts if token.i > head.i]
    return [head, *(token for token in joined if token.pos_ == "PROPN" and cast.knows(token) and not _owned(token))]


def _owned(noun: Token) -> bool:
    return any(child.dep_ == "poss" for child in noun.children)


def _titles(head: Token, words: Words) -> set[str]:
    """Titles among a name's modifiers or its own head: "Foreign Minister X", "the group's leader"."""
    near = {
        t.lemma_.lower() for t in (head, *head.children) if t.dep_ in {"compound", "nmod", "amod", "poss"} or t is head
    }
    return near & (words.leading_titles | words.serving_titles)


def _named(head: Token, cast: Cast) -> list[Token]:
    """The names set beside a title, else the title itself where it stands for an actor."""
    beside = [head.head] if head.dep_ == "appos" else [child for child in head.children if child.dep_ == "appos"]
    return [t for t in beside if cast.knows(t)] or ([head] if cast.knows(head) else [])


def _kind_of_part(head: Token, cast: Cast) -> ClaimKind:
    party = cast.party(head)
    return "membership" if party is not None and cast.kind(party.actor) == "person" else "affiliation"


def _finding(kind: ClaimKind, part: Token, whole: Token, cast: Cast, confidence: float) -> Iterator[Finding]:
    subject: Party | None = cast.party(part)
    body = cast.as_object(whole)
    if subject is None or body is None or body.actor is None or subject.actor == body.actor:
        return
    if cast.kind(body.actor) in _BODIES:
        yield Finding(kind, subject, ClaimObject(body.actor, None, body.span), part, "state", confidence)
