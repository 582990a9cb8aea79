"""Questions the desk asks a dataset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dateline.dataset import Dataset
from dateline.desk.filters import EventFilter, Paging
from dateline.desk.rows import (
    ArticlePage,
    ArticleRow,
    Choices,
    EventPage,
    EventRow,
    MapPage,
    MapPlace,
    PartyRow,
    PlaceRow,
    Totals,
    VoiceRow,
)

Row = Mapping[str, Any]
Condition = tuple[str, Sequence[object]]

# How many names a filter's list of suggestions holds; browsers slow down with thousands.
_SUGGESTIONS = 200
# Characters of text before and after the searched words.
_EXCERPT_BEFORE, _EXCERPT_AFTER = 90, 160
# The beginning of the text, for an article without a headline.
_OPENING = 120

_QUADS = ", ".join(f"count(*) filter (quad = {quad}) quad_{quad}" for quad in (1, 2, 3, 4))

# Every event with what the filters ask about. A party's name is its actor's, or its words.
_EVENTS = """
with party as (
    select p.article_id, p.event, p.role, p.begin, p.actor, a.registry, coalesce(a.name, p.text) as name
    from event_parties p left join actors a on a.article_id = p.article_id and a.id = p.actor
), found as (
    select e.*, t.title, t.outlet, t.published,
        pl.name as place_name, pl.text as place_text, pl.geonameid, pl.level, pl.country, pl.admin1, pl.lat, pl.lon
    from events e
    join articles t on t.id = e.article_id
    left join places pl on pl.article_id = e.article_id and pl.id = e.place
)
"""

# Some events of ``found``, as ``listed``, with their parties, their speaker and the words of their sentence.
_LISTED = """
select l.*, p.actors, p.recipients, s.speaker_text, coalesce(who.name, s.speaker_text) speaker_name,
    substring(t.text, l.evidence_begin + 1, l.evidence_end - l.evidence_begin) evidence_text, g.also
from listed l
join articles t on t.id = l.article_id
left join (
    select party.article_id, party.event,
        list({'actor': actor, 'name': name} order by begin) filter (role = 'actor') as actors,
        list({'actor': actor, 'name': name} order by begin) filter (role = 'recipient') as recipients
    from party semi join listed on listed.article_id = party.article_id and listed.id = party.event
    group by all
) p on p.article_id = l.article_id and p.event = l.id
left join (
    select g.article_id, g.event,
        list({'own_voice': g.own_voice, 'statement': g.statement, 'speaker_name': coalesce(who.name, s.speaker_text)}
            order by g.trigger_begin) as also
    from tellings g semi join listed on listed.article_id = g.article_id and listed.id = g.event
    left join statements s on s.article_id = g.article_id and s.id = g.statement
    left join actors who on who.article_id = g.article_id and who.id = s.speaker
    group by all
) g on g.article_id = l.article_id and g.event = l.id
left join statements s on s.article_id = l.article_id and s.id = l.statement
left join actors who on who.article_id = l.article_id and who.id = s.speaker
"""
_NEWEST = (
    "order by {0}.date_from desc nulls last, {0}.published desc nulls last, {0}.article_id, {0}.trigger_begin, {0}.id"
)

_FOLDED = "contains(strip_accents(lower({column})), strip_accents(lower(?)))"


def totals(dataset: Dataset) -> Totals:
    """How much there is."""
    (row,) = dataset.query(
        """select (select count(*) from articles) articles, (select count(distinct outlet) from articles) outlets,
        (select count(*) from events) events, (select count(*) from statements) statements,
        (select count(*) from claims) claims,
        (select count(distinct (name, country, lat, lon)) from places where lat is not null) places,
        (select min(published) from articles) as first, (select max(published) from articles) as last"""
    )
    return Totals(**row)


def articles(dataset: Dataset, paging: Paging, *, search: str | None = None, outlet: str | None = None) -> ArticlePage:
    """Articles by day of publication, newest first; ``search`` asks for every one of its words in the text."""
    words = (search or "").split()
    conditions = [_FOLDED.format(column="a.text") for _ in words] + (["a.outlet = ?"] if outlet else [])
    parameters: list[object] = [*words, *([outlet] if outlet else [])]
    where = f"where {' and '.join(conditions)}" if conditions else ""
    ((count,),) = (row.values() for row in dataset.query(f"select count(*) n from articles a {where}", parameters))
    rows = dataset.query(
        f"""with listed as (
            select id, title, text, outlet, published, url, revision from articles a {where}
            order by published desc nulls last, title, id limit ? offset ?
        ), quads as (select article_id, count(*) n, {_QUADS} from events group by 1),
        said as (select article_id, count(*) n from statements group by 1),
        claimed as (select article_id, count(*) n from claims group by 1),
        failed as (select article_id, count(*) n from problems group by 1)
        select l.*, q.*, q.n events, said.n statements, claimed.n claims, failed.n problems
        from listed l left join quads q on q.article_id = l.id left join said on said.article_id = l.id
        left join claimed on claimed.article_id = l.id left join failed on failed.article_id = l.id
        order by l.published desc nulls last, l.title, l.id""",
        [*parameters, paging.size, paging.offset],
    )
    return ArticlePage(count, paging.page, paging.pages(count), tuple(_article(row, words) for row in rows))


def events(dataset: Dataset, kept: EventFilter, paging: Paging) -> EventPage:
    """Events by date, newest first; those without a date last."""
    where, parameters = _where(kept)
    (head,) = dataset.query(f"{_EVENTS} select count(*) n, {_QUADS} from found f {where}", parameters)
    rows = dataset.query(
        f"""{_EVENTS}, listed as (select * from found f {where} {_NEWEST.format("f")} limit ? offset ?)
        {_LISTED} {_NEWEST.format("l")}""",
        [*parameters, paging.size, paging.offset],
    )
    return EventPage(
        head["n"],
        paging.page,
        paging.pages(head["n"]),
        _quads(head),
        _undated(dataset, kept),
        tuple(_event(row) for row in rows),
    )


def mapped(dataset: Dataset, kept: EventFilter) -> MapPage:
    """The events of a filter by place, most first."""
    where, parameters = _where(kept)
    rows = dataset.query(
        f"""{_EVENTS} select lat, lon, geonameid, any_value(coalesce(place_name, place_text)) as name,
            any_value(country) as country, any_value(level) as level, count(*) n, {_QUADS}
        from found f {where} group by lat, lon, geonameid order by n desc, name""",
        parameters,
    )
    places = tuple(_map_place(row) for row in rows if row["lat"] is not None and row["lon"] is not None)
    count = sum(row["n"] for row in rows)
    return MapPage(count, count - sum(place.count for place in places), _sum([place.quads for place in places]), places)


def choices(dataset: Dataset) -> Choices:
    """What the filters can offer."""
    outlets = dataset.query("select outlet from articles where outlet is not null group by 1 order by count(*) desc, 1")
    actors = dataset.query(
        """select a.name from event_parties p join actors a on a.article_id = p.article_id and a.id = p.actor
        group by 1 order by count(*) desc, 1 limit ?""",
        [_SUGGESTIONS],
    )
    places = dataset.query(
        """select p.name from events e join places p on p.article_id = e.article_id and p.id = e.place
        where p.name is not null group by 1 order by count(*) desc, 1 limit ?""",
        [_SUGGESTIONS],
    )
    return Choices(
        tuple(row["outlet"] for row in outlets),
        tuple(row["name"] for row in actors),
        tuple(row["name"] for row in places),
    )


def place_name(dataset: Dataset, geonameid: int) -> str | None:
    """The name of a place of the dataset."""
    rows = dataset.query("select name from places where geonameid = ? and name is not null limit 1", [geonameid])
    return str(rows[0]["name"]) if rows else None


def other_texts(dataset: Dataset, article_id: str) -> tuple[str | None, str | None]:
    """The text this one superseded, and the newest text at its address; None where there is none, or this is it."""
    (row,) = dataset.query(
        """select a.supersedes, n.id newest from all_articles a left join articles n on n.url = a.url where a.id = ?""",
        [article_id],
    )
    return row["supersedes"], None if row["newest"] == article_id else row["newest"]


def _where(kept: EventFilter) -> tuple[str, list[object]]:
    """SQL over ``found f`` and its parameters."""
    asked = [
        *_about_place(kept),
        *_about_time(kept),
        *_about_actor(kept),
        *([(f"f.type in ({_marks(kept.types)})", kept.types)] if kept.types else []),
        *([(f"f.status in ({_marks(kept.statuses)})", kept.statuses)] if kept.statuses else []),
        *([("f.outlet = ?", (kept.outlet,))] if kept.outlet else []),
        *_about_voice(kept),
    ]
    conditions = " and ".join(condition for condition, _ in asked)
    return (f"where {conditions}" if asked else ""), [value for _, values in asked for value in values]


def _about_place(kept: EventFilter) -> Iterator[Condition]:
    if kept.geonameid is not None:
        yield "f.geonameid = ?", (kept.geonameid,)
    if kept.place:
        # A country's name stands for every place in it, where the dataset knows the country by that name.
        names = " or ".join(_FOLDED.format(column=f"f.{name}") for name in ("place_name", "place_text", "admin1"))
        same = "strip_accents(lower(name)) = strip_accents(lower(?))"
        country = f"f.country in (select country from places where level = 'country' and {same})"
        yield f"({names} or f.country = upper(?) or {country})", (kept.place,) * 5


def _about_time(kept: EventFilter) -> Iterator[Condition]:
    if kept.start:
        yield "coalesce(f.date_to, f.date_from) >= ?", (kept.start,)
    if kept.end:
        yield "coalesce(f.date_from, f.date_to) <= ?", (kept.end,)


def _about_actor(kept: EventFilter) -> Iterator[Condition]:
    if kept.actor:
        named = f"{_FOLDED.format(column='name')} or registry = lower(?)"
        yield f"(f.article_id, f.id) in (select (article_id, event) from party where {named})", (kept.actor,) * 2


def _about_voice(kept: EventFilter) -> Iterator[Condition]:
    """By any of its tellings."""
    if kept.voice:
        told = "own_voice" if kept.voice == "own" else "statement is not null"
        yield f"(f.{told} or (f.article_id, f.id) in (select (article_id, event) from tellings where {told}))", ()


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _undated(dataset: Dataset, kept: EventFilter) -> int:
    if not (kept.start or kept.end):
        return 0
    where, parameters = _where(replace(kept, start=None, end=None))
    undated = f"{where} {'and' if where else 'where'} coalesce(f.date_from, f.date_to) is null"
    (row,) = dataset.query(f"{_EVENTS} select count(*) n from found f {undated}", parameters)
    return int(row["n"])


def _sum(counts: Sequence[tuple[int, int, int, int]]) -> tuple[int, int, int, int]:
    first, second, third, fourth = (sum(count[at] for count in counts) for at in range(4))
    return first, second, third, fourth


def _quads(row: Row) -> tuple[int, int, int, int]:
    return row["quad_1"] or 0, row["quad_2"] or 0, row["quad_3"] or 0, row["quad_4"] or 0


def _article(row: Row, words: list[str]) -> ArticleRow:
    return ArticleRow(
        row["id"],
        row["title"],
        " ".join(row["text"][:_OPENING].split()),
        row["outlet"],
        row["published"],
        row["url"],
        row["revision"],
        row["events"] or 0,
        row["statements"] or 0,
        row["claims"] or 0,
        row["problems"] or 0,
        _quads(row),
        _excerpt(row["text"], words) if words else None,
    )


def _excerpt(text: str, words: list[str]) -> str:
    found = [at for word in words if (at := text.lower().find(word.lower())) >= 0]
    at = min(found, default=0)
    begin = max(0, at - _EXCERPT_BEFORE)
    begin = text.find(" ", begin) + 1 if begin else 0
    end = min(len(text), at + _EXCERPT_AFTER)
    end = text.rfind(" ", at, end) if end < len(text) and text.rfind(" ", at, end) > at else end
    return ("… " if begin else "") + " ".join(text[begin:end].split()) + (" …" if end < len(text) else "")


def _event(row: Row) -> EventRow:
    voices = [_voice(one) for one in (row, *(row["also"] or ()))]
    return EventRow(
        id=row["id"],
        article=row["article_id"],
        title=row["title"],
        outlet=row["outlet"],
        published=row["published"],
        type=row["type"],
        mode=row["mode"],
        contexts=tuple(row["contexts"] or ()),
        act=row["act"],
        quad=row["quad"],
        score=row["score"],
        status=row["status"],
        actors=_parties(row["actors"]),
        recipients=_parties(row["recipients"]),
        place=_place(row),
        date_from=row["date_from"],
        date_to=row["date_to"],
        date_source=row["date_source"],
        according_to=voices[0],
        trigger=(row["trigger_begin"], row["trigger_end"]),
        evidence=(row["evidence_begin"], row["evidence_end"]),
        evidence_text=row["evidence_text"],
        confidence=row["confidence"],
        tellings=len(voices),
        also_according_to=_other_sources(voices),
    )


def _voice(row: Row) -> VoiceRow:
    return VoiceRow(row["own_voice"], row["statement"], row["speaker_name"])


def _other_sources(voices: Sequence[VoiceRow]) -> tuple[VoiceRow, ...]:
    """Each source once, without the first; two statements of one speaker are one source."""
    sources: dict[tuple[bool, bool, str | None], VoiceRow] = {}
    for voice in voices:
        sources.setdefault((voice.outlet, voice.statement is not None, voice.speaker), voice)
    return tuple(sources.values())[1:]


def _parties(found: list[dict[str, str | None]] | None) -> tuple[PartyRow, ...]:
    """The parties in text order, each actor once."""
    rows = (PartyRow(one["actor"], str(one["name"])) for one in found or ())
    return tuple(dict.fromkeys(rows))


def _place(row: Row) -> PlaceRow | None:
    if row["place"] is None:
        return None
    name = row["place_name"] or row["place_text"]
    return PlaceRow(name, row["geonameid"], row["level"], row["country"], row["admin1"], row["lat"], row["lon"])


def _map_place(row: Row) -> MapPlace:
    area = row["level"] in ("country", "admin1", "admin2", "region")
    return MapPlace(
        row["name"], row["geonameid"], row["country"], row["level"], area, row["lat"], row["lon"], row["n"], _quads(row)
    )
