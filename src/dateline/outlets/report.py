"""The report on an outlet: what it calls each party, and its loaded words, in shares of articles beside all other outlets.

It describes and judges nobody. Counted are articles, not words: an article that repeats a name fifty times is one article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal, get_args

from dateline.dataset import Dataset
from dateline.errors import InputError
from dateline.outlets.shares import Share, difference
from dateline.records import Tone

Kind = Literal["name", "loaded"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# A party is an actor of the registry or one with a name; its names are its mentions but pronouns, nominals in lower case.
# What a statement holds is its speaker's, in his own words or not.
_USES = """
with said as (
    select article_id, unnest(content_spans) span from statements
), known as (
    select article_id, id, name, coalesce(registry, name) party from actors a
    where registry is not null or exists (
        select 1 from mentions m where m.article_id = a.article_id and m.actor = a.id and m.form = 'name')
), names as (
    select m.article_id, k.id record, k.party, k.name, m.begin, m."end", m.text,
        case when m.form = 'nominal' then lower(m.text) else m.text end as naming,
        not exists (select 1 from said s where s.article_id = m.article_id and s.span[1] <= m.begin and m."end" <= s.span[2])
            as own_voice
    from mentions m join known k on k.article_id = m.article_id and k.id = m.actor where m.form <> 'pronoun'
), uses as (
    select 'name' kind, n.article_id, n.record, n.party, n.name,
        regexp_replace(n.naming, '^(the|The|a|an|its|his|her|their|our) ', '') words,
        n.begin, n."end", n.own_voice, any_value(w.tone) tone, any_value(w.plain) plain
    from names n left join wording w on w.article_id = n.article_id and n.begin <= w.begin and w."end" <= n."end"
    group by all
    union all
    select 'loaded', w.article_id, w.id, k.party, k.name, lower(w.text), w.begin, w."end", w.own_voice, w.tone, w.plain
    from wording w left join known k on k.article_id = w.article_id and k.id = w.about
), counted as (
    select u.*, t.outlet from uses u join articles t on t.id = u.article_id where t.outlet is not null and (u.own_voice or ?)
)
"""


@dataclass(frozen=True, slots=True)
class Line:
    """What one party is called, or one loaded word, in articles of the outlet and of all others.

    Shares are of the articles that name the party, or of all articles where the word is about no known party.
    """

    kind: Kind
    party: str | None
    """Id in the registry, or the name of a party that has none there."""
    name: str | None
    words: str
    tone: Tone | None
    plain: str | None
    here: Share
    elsewhere: Share

    @property
    def difference(self) -> tuple[float, float] | None:
        """95 % interval of the outlet's share less the others'."""
        return difference(self.here, self.elsewhere)

    @property
    def apart(self) -> Literal["more", "less"] | None:
        """Whether the outlet stands apart: the interval of the difference leaves out zero."""
        gap = self.difference
        if gap is None or gap[0] <= 0 <= gap[1]:
            return None
        return "more" if gap[0] > 0 else "less"


@dataclass(frozen=True, slots=True)
class Report:
    """``quoted`` says whether what speakers say counts too."""

    outlet: str
    quoted: bool
    articles: int
    other_articles: int
    other_outlets: int
    lines: tuple[Line, ...]

    def of(self, kind: Kind) -> list[tuple[str | None, list[Line]]]:
        """The lines of one kind by the party's name, parties in most articles first, those about no party under None."""
        lines = (line for line in self.lines if line.kind == kind)
        return [(name, list(group)) for name, group in groupby(lines, key=lambda line: line.name)]


@dataclass(frozen=True, slots=True)
class Instance:
    """One use, with the words around it."""

    article: str
    record: str
    """Id of the actor or the loaded term in that article."""
    title: str | None
    published: str | None
    begin: int
    end: int
    before: str
    text: str
    after: str
    own_voice: bool


# Characters of text before and after an instance.
AROUND = 110


def outlets_of(dataset: Dataset) -> list[str]:
    """The outlets of a dataset, those with most articles first."""
    rows = dataset.query("select outlet from articles where outlet is not null group by 1 order by count(*) desc, 1")
    return [row["outlet"] for row in rows]


def report(dataset: Dataset, outlet: str, *, quoted: bool = False) -> Report:
    """The report on an outlet.

    Raises:
        InputError: the dataset has no article of this outlet.
    """
    articles = {row["outlet"]: row["n"] for row in dataset.query(_ARTICLES)}
    if outlet not in articles:
        known = ", ".join(list(articles)[:8]) or "none whose outlet is known"
        raise InputError(f"no article by {outlet!r} in this dataset; there are {known}")
    named = dataset.query(
        f"{_USES} select outlet, party, count(distinct article_id) n from counted group by all", [quoted]
    )
    uses = dataset.query(
        f"""{_USES} select kind, party, any_value(name) as name, words, any_value(tone) tone, any_value(plain) plain,
            outlet, count(distinct article_id) n
        from counted group by kind, party, words, outlet""",
        [quoted],
    )
    all_articles = [{"outlet": name, "party": None, "n": n} for name, n in articles.items()]
    totals = _sides([row for row in named if row["party"] is not None] + all_articles, ("party",), outlet)
    lines = [
        _line(rows, outlet, here=here, elsewhere=elsewhere, totals=totals[rows[0]["party"],])
        for rows, here, elsewhere in _lines_of(uses, outlet)
    ]
    others = [name for name in articles if name != outlet]
    return Report(
        outlet,
        quoted,
        articles[outlet],
        sum(articles[name] for name in others),
        len(others),
        tuple(sorted(lines, key=_order)),
    )


def instances(
    dataset: Dataset, line: tuple[Kind, str | None, str], *, outlet: str | None, quoted: bool = False
) -> list[Instance]:
    """Every use behind a line, by (kind, party, words), newest article first; ``outlet`` None asks for those of all outlets."""
    kind, party, words = line
    rows = dataset.query(
        f"""{_USES} select c.article_id, c.record, t.title, t.published, c.begin, c."end", c.own_voice, t.text
        from counted c join articles t on t.id = c.article_id
        where c.kind = ? and c.party is not distinct from ? and c.words = ? and (c.outlet = ? or ?)
        order by t.published desc nulls last, c.article_id, c.begin""",
        [quoted, kind, party, words, outlet, outlet is None],
    )
    return [_instance(row) for row in rows]


_ARTICLES = "select outlet, count(*) n from articles where outlet is not null group by 1 order by n desc, 1"


def _sides(
    rows: Iterable[Mapping[str, Any]], key: tuple[str, ...], outlet: str
) -> Mapping[tuple[object, ...], tuple[int, int]]:
    """Articles of the outlet and of the others, by the values of some columns."""
    out: defaultdict[tuple[object, ...], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        out[tuple(row[name] for name in key)][row["outlet"] != outlet] += row["n"]
    return {values: (here, elsewhere) for values, (here, elsewhere) in out.items()}


def _lines_of(uses: Sequence[Mapping[str, Any]], outlet: str) -> Iterable[tuple[list[Mapping[str, Any]], int, int]]:
    """The rows of each line that the outlet has, with the articles here and elsewhere."""
    key = ("kind", "party", "words")
    by_line: defaultdict[tuple[object, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for row in uses:
        by_line[tuple(row[name] for name in key)].append(row)
    counts = _sides(uses, key, outlet)
    for values, rows in by_line.items():
        here, elsewhere = counts[values]
        if here:
            yield rows, here, elsewhere


def _line(
    rows: Sequence[Mapping[str, Any]], outlet: str, *, here: int, elsewhere: int, totals: tuple[int, int]
) -> Line:
    row = next(row for row in rows if row["outlet"] == outlet)
    return Line(
        row["kind"], row["party"], row["name"], row["words"], row["tone"], row["plain"],
        Share(here, totals[0]), Share(elsewhere, totals[1]),
    )  # fmt: skip


def _order(line: Line) -> tuple[object, ...]:
    """By party, those in most articles first; within it what sets the outlet apart, then what is commonest."""
    return line.kind, -line.here.total, line.name or "", line.apart is None, -line.here.count, line.words


def _instance(row: Mapping[str, Any]) -> Instance:
    text, begin, end = row["text"], row["begin"], row["end"]
    return Instance(
        row["article_id"], row["record"], row["title"], row["published"], begin, end,
        text[max(0, begin - AROUND) : begin], text[begin:end], text[end : end + AROUND], row["own_voice"],
    )  # fmt: skip
