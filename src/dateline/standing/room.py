"""The room: patterns, titles, and events laid together as claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from dateline.according.attribution import rests_on
from dateline.codebook import Codebook, load_codebook
from dateline.language import sentence_span, span_of
from dateline.records import Claim
from dateline.rooms import Draft, Room
from dateline.standing.cast import Cast
from dateline.standing.happenings import from_events
from dateline.standing.match import Finding, find
from dateline.standing.patterns import Patterns, load_patterns
from dateline.standing.times import standing
from dateline.standing.titles import from_titles


def make_room() -> Room:
    """The room, its patterns loaded.

    Raises:
        CodebookError: a pattern file or a file of the codebook is wrong.
    """
    return Room(
        name="standing",
        needs=("actors", "places", "dates", "statements", "events"),
        gives=("claims",),
        scores=("claims",),
        run=partial(_run, load_patterns(), load_codebook()),
    )


def _run(patterns: Patterns, book: Codebook, draft: Draft) -> Draft:
    cast = Cast(draft.doc, draft.actors, draft.places, patterns.words)
    findings = [*find(draft.doc, patterns, cast), *from_titles(draft.doc, cast, patterns.words), *from_events(draft)]
    told = [(f, claim) for f in findings if (claim := _claim(f, patterns, draft)) is not None]
    return replace(draft, claims=_numbered(_once_each(_given_up(told), book)))


def _claim(finding: Finding, patterns: Patterns, draft: Draft) -> Claim | None:
    how = standing(finding, patterns.words, draft.dates)
    if how is None:
        return None
    return Claim(
        id="",
        kind=finding.kind,
        subject=finding.subject,
        object=finding.object,
        since=how.since,
        until=how.until,
        status=finding.status or how.status,
        evidence=sentence_span(finding.word),
        according_to=rests_on(span_of(finding.word), draft.statements),
        confidence=finding.confidence,
    )


def _given_up(told: Sequence[tuple[Finding, Claim]]) -> list[Claim]:
    """Where one took what another is said to hold ("took the rebel-held town"), the other's hold is past."""
    taken = {
        f.object.span: f.subject
        for f, c in told
        if f.kind == "control" and f.effect == "gain" and c.status == "current"
    }
    out: list[Claim] = []
    for finding, claim in told:
        taker = taken.get(finding.object.span)
        lost = (
            finding.effect == "state" and taker is not None and taker != finding.subject and finding.kind == "control"
        )
        out.append(replace(claim, status="past", since=None) if lost and claim.status == "current" else claim)
    return out


def _once_each(claims: Iterable[Claim], book: Codebook) -> list[Claim]:
    """Each pair of words once a kind: the one with dates, then the surest; a symmetric pair counts either way round."""
    best: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        pair = (claim.subject.span, claim.object.span)
        key = (claim.kind, *(sorted(pair) if book.claims[claim.kind].symmetric else pair))
        held = best.get(key)
        if held is None or _weight(claim) > _weight(held):
            best[key] = claim
    return list(best.values())


def _weight(claim: Claim) -> tuple[bool, float]:
    return bool(claim.since or claim.until), claim.confidence or 0.0


def _numbered(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    ordered = sorted(claims, key=lambda c: (c.evidence, c.subject.span, c.object.span, c.kind))
    return tuple(replace(claim, id=f"c{number}") for number, claim in enumerate(ordered, start=1))
