"""What ``dateline show`` prints: the articles of a dataset, or the records of one article as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from dateline.dataset import Dataset
from dateline.errors import InputError
from dateline.records import AccordingTo, Claim, Coded, Event, Party, Statement

_LIST = """
select a.id, a.published, a.outlet, coalesce(a.title, left(a.text, 60)) as title,
  (select count(*) from events e where e.article_id = a.id) as events,
  (select count(*) from statements s where s.article_id = a.id) as statements,
  (select count(*) from claims c where c.article_id = a.id) as claims
from articles a order by a.published nulls last, a.outlet, a.id
"""


def dataset_lines(path: Path) -> Iterator[str]:
    """One line per article, then the totals.

    Raises:
        DatasetError: not a dataset.
    """
    rows = Dataset.open(path).query(_LIST)
    for row in rows:
        counts = f"{row['events']:3} events {row['statements']:3} statements {row['claims']:3} claims"
        yield f"{row['id'][:8]}  {row['published'] or '          '}  {counts}  {row['outlet'] or '-'}: {_flat(row['title'])}"
    totals = [sum(row[name] for row in rows) for name in ("events", "statements", "claims")]
    yield f"{len(rows)} articles, {totals[0]} events, {totals[1]} statements, {totals[2]} claims"


def article_lines(path: Path, article: str) -> Iterator[str]:
    """The records of the article whose id begins with ``article``.

    Raises:
        DatasetError: not a dataset.
        InputError: no article, or several, with such an id.
    """
    dataset = Dataset.open(path)
    ids = sorted({found for found in dataset.article_ids() if found.startswith(article)})
    if len(ids) != 1:
        which = "no article" if not ids else f"{len(ids)} articles"
        raise InputError(
            f"{path}: {which} with an id that begins with {article!r}; `dateline show {path}` lists the ids"
        )
    yield from record_lines(dataset.coded(ids[0]))


def record_lines(coded: Coded) -> Iterator[str]:
    """A coded article told in lines: who, then statements, events, claims and wording, each with whose word it is."""
    article, words = coded.article, _Words(coded)
    yield f"{article.published or 'undated'}  {article.outlet or 'unknown outlet'}  {article.url or ''}".rstrip()
    if article.headline:
        yield _flat(article.text[slice(*article.headline)])
    for statement in coded.statements:
        cue = f" [{_flat(statement.cue.text)}]" if statement.cue else ""
        yield f"  statement {statement.id}: {words.speaker(statement)}{cue}: {_flat(statement.content.text)}{words.verbatim(statement)}"
    for event in coded.events:
        yield f"  event {event.id}: {words.event(event)}"
    for claim in coded.claims:
        yield f"  claim {claim.id}: {words.claim(claim)}"
    for term in coded.wording:
        yield f"  wording {term.id}: {term.text!r} for {term.plain or 'nothing'!r} ({term.tone}), {words.voice(term.according_to)}"
    for problem in coded.problems:
        yield f"  problem: {problem.stage}: {problem.message}"


class _Words:
    """Names behind the ids of one record."""

    def __init__(self, coded: Coded) -> None:
        self._text = coded.article.text
        self._actors = {actor.id: actor.name for actor in coded.actors}
        self._places = {place.id: place.name or place.text for place in coded.places}
        self._statements = {statement.id: statement for statement in coded.statements}

    def party(self, party: Party) -> str:
        return self._actors.get(party.actor or "") or _flat(self._text[slice(*party.span)])

    def parties(self, parties: Sequence[Party]) -> str:
        return ", ".join(map(self.party, parties)) or "nobody named"

    def speaker(self, statement: Statement) -> str:
        if statement.speaker is None:
            return "nobody named"
        return self._actors.get(statement.speaker.actor or "") or statement.speaker.text

    def voice(self, according_to: AccordingTo) -> str:
        statement = self._statements.get(according_to.statement or "")
        said = f"according to {self.speaker(statement)}" if statement else ""
        return " and ".join(filter(None, ["in the outlet's own voice" if according_to.outlet else "", said]))

    def verbatim(self, statement: Statement) -> str:
        return "  (headline; the body does not hold these words)" if statement.verbatim is False else ""

    def event(self, event: Event) -> str:
        code = f"{event.type}-{event.mode}" if event.mode else event.type
        recipients = f" → {self.parties(event.recipients)}" if event.recipients else ""
        where = f", {self._places[event.place]}" if event.place in self._places else ""
        day = f", {event.date.from_}" if event.date and event.date.from_ else ""
        until = f" to {event.date.to}" if event.date and event.date.to and event.date.to != event.date.from_ else ""
        return f"{self.parties(event.actors)}{recipients}: {code}, {event.status}{where}{day}{until}, {self.voice(event.according_to)}"

    def claim(self, claim: Claim) -> str:
        thing = self._actors.get(claim.object.actor or "") or self._places.get(claim.object.place or "")
        thing = thing or _flat(self._text[slice(*claim.object.span)])
        since = f", since {claim.since}" if claim.since else ""
        until = f", until {claim.until}" if claim.until else ""
        return f"{self.party(claim.subject)} → {thing}: {claim.kind}, {claim.status}{since}{until}, {self.voice(claim.according_to)}"


def _flat(text: str) -> str:
    return " ".join(text.split())
