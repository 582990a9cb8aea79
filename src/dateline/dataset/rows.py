"""One coded record → the rows of every table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from dateline.records import AccordingTo, Claim, Coded, Event, LoadedTerm, Party, Span, Statement, Telling

Row = dict[str, Any]


def rows_of(coded: Coded) -> Iterator[tuple[str, Row]]:
    """(table, row) for every record of the article but its own row in ``articles``."""
    yield from _actor_rows(coded)
    yield from (("places", _flat(asdict(place))) for place in coded.places)
    yield from (("dates", _flat(asdict(date))) for date in coded.dates)
    yield from (("statements", _statement(statement)) for statement in coded.statements)
    yield from _event_rows(coded)
    yield from (("claims", _claim(claim)) for claim in coded.claims)
    yield from (("figures", _flat(asdict(figure))) for figure in coded.figures)
    yield from (("equipment", _flat(asdict(item))) for item in coded.equipment)
    yield from (("wording", _term(term)) for term in coded.wording)
    yield from (("problems", asdict(problem)) for problem in coded.problems)


def _actor_rows(coded: Coded) -> Iterator[tuple[str, Row]]:
    named = ("id", "name", "registry", "kind", "country", "role")
    for actor in coded.actors:
        row = {name: getattr(actor, name) for name in named}
        yield "actors", row | {"sectors": [*actor.sectors], "part_of": [*actor.part_of]}
        for mention in actor.mentions:
            yield "mentions", {"actor": actor.id, **_span(mention.span), "text": mention.text, "form": mention.form}


def _event_rows(coded: Coded) -> Iterator[tuple[str, Row]]:
    for event in coded.events:
        yield "events", _event(event)
        for role, parties in (("actor", event.actors), ("recipient", event.recipients)):
            for party in parties:
                said = {"text": coded.article.text[slice(*party.span)]}
                yield (
                    "event_parties",
                    {"event": event.id, "role": role, "actor": party.actor} | _span(party.span) | said,
                )
        yield from (("tellings", {"event": event.id} | _telling(telling)) for telling in event.also)


def article_row(coded: Coded) -> Row:
    """The article's own row, without batch and revision."""
    article = coded.article
    begin, end = article.headline or (None, None)
    return {
        "id": article.id,
        "source_id": article.source_id,
        "url": article.url,
        "outlet": article.outlet,
        "published": article.published,
        "language": article.language,
        "title": article.text[begin:end] if article.headline else None,
        "headline_begin": begin,
        "headline_end": end,
        "text": article.text,
        "coder": coded.coder.version,
        "record": json.dumps(coded.to_dict(), ensure_ascii=False),
    }


def _span(span: Span | None, prefix: str = "") -> Row:
    begin, end = span or (None, None)
    return {f"{prefix}begin": begin, f"{prefix}end": end}


def _flat(record: Row) -> Row:
    """A record's fields as columns: ``span`` in two, ``from_`` under its own name."""
    row = {name.rstrip("_"): value for name, value in record.items() if name != "span"}
    return _span(record["span"]) | row


def _voice(according_to: AccordingTo) -> Row:
    return {"own_voice": according_to.outlet, "statement": according_to.statement}


def _term(term: LoadedTerm) -> Row:
    row = _flat(asdict(term))
    del row["according_to"]
    return row | _voice(term.according_to)


def _statement(statement: Statement) -> Row:
    speaker, cue = statement.speaker, statement.cue
    return {
        "id": statement.id,
        "speaker": speaker.actor if speaker else None,
        **_span(speaker.span if speaker else None, "speaker_"),
        "speaker_text": speaker.text if speaker else None,
        **_span(cue.span if cue else None, "cue_"),
        "cue_text": cue.text if cue else None,
        "content_spans": [list(span) for span in statement.content.spans],
        "content_text": statement.content.text,
        "form": statement.form,
        "inside": statement.inside,
        "to": list(statement.to),
        "occasion": statement.occasion,
        "place": statement.place,
        "date": statement.date,
        "verbatim": statement.verbatim,
    }


def _event(event: Event) -> Row:
    date = event.date
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "act": event.act,
        "quad": event.quad,
        "score": event.score,
        **_span(event.trigger.span, "trigger_"),
        "trigger_text": event.trigger.text,
        **_span(event.evidence, "evidence_"),
        "place": event.place,
        "date": date.ref if date else None,
        "date_from": date.from_ if date else None,
        "date_to": date.to if date else None,
        "date_source": date.source if date else None,
        "status": event.status,
        **_voice(event.according_to),
        "figures": list(event.figures),
        "equipment": list(event.equipment),
        "confidence": event.confidence,
    }


def _telling(telling: Telling) -> Row:
    return {
        **_span(telling.trigger.span, "trigger_"),
        "trigger_text": telling.trigger.text,
        **_span(telling.evidence, "evidence_"),
        **_voice(telling.according_to),
    }


def _claim(claim: Claim) -> Row:
    subject: Party = claim.subject
    return {
        "id": claim.id,
        "kind": claim.kind,
        "subject": subject.actor,
        **_span(subject.span, "subject_"),
        "object": claim.object.actor,
        "object_place": claim.object.place,
        **_span(claim.object.span, "object_"),
        "since": claim.since,
        "until": claim.until,
        "status": claim.status,
        **_span(claim.evidence, "evidence_"),
        **_voice(claim.according_to),
        "confidence": claim.confidence,
    }
