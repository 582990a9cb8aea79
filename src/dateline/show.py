"""What ``dateline show`` prints: the articles of a dataset, or the records of one article as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dateline.dataset import Dataset
from dateline.describe import claim_line, event_line, flat, statement_line, term_line, voice
from dateline.errors import InputError
from dateline.records import Coded, Event, Telling

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
        day, outlet = row["published"] or " " * 10, row["outlet"] or "-"
        yield f"{row['id'][:8]}  {day}  {counts}  {outlet}: {flat(row['title'])}"
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
        raise InputError(f"{path}: {which} with an id that begins with {article!r}; `dateline show {path}` lists ids")
    yield from record_lines(dataset.coded(ids[0]))


def record_lines(coded: Coded) -> Iterator[str]:
    """A coded article told in lines: statements, events, claims and wording, each with whose word it is."""
    article = coded.article
    yield f"{article.published or 'undated'}  {article.outlet or 'unknown outlet'}  {article.url or ''}".rstrip()
    if article.headline:
        yield flat(article.text[slice(*article.headline)])
    yield from (f"  statement {one.id}: {statement_line(coded, one)}" for one in coded.statements)
    for event in coded.events:
        yield f"  event {event.id}: {event_line(coded, event)}"
        yield from (f"    also told: {telling_line(coded, event, telling)}" for telling in event.also)
    yield from (f"  claim {one.id}: {claim_line(coded, one)}" for one in coded.claims)
    yield from (f"  wording {one.id}: {term_line(coded, one)}" for one in coded.wording)
    yield from (f"  problem: {problem.stage}: {problem.message}" for problem in coded.problems)


def telling_line(coded: Coded, event: Event, telling: Telling) -> str:
    """ "“fired”, according to the mayor": its words, and whose word they are where that is not the event's own source."""
    told, source = f"“{flat(telling.trigger.text)}”", voice(coded, telling.according_to)
    return told if source == voice(coded, event.according_to) else ", ".join(filter(None, (told, source)))
