"""dateline's events held against a hand-coded table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dateline.evaluation.coded import load_corpus
from dateline.evaluation.matching import Disagreement, Kind, Matching, agrees, disagreements, match_unit
from dateline.evaluation.measures import Estimate, Floats, alpha, draws, pairables, share
from dateline.evaluation.table import read_table
from dateline.evaluation.units import Sheet, Unit, lay_out

# Columns of the counts of one type in one article.
_MATCHED, _HAND, _CODED = 0, 1, 2
_WITH_DATELINE, _AMONG_HUMANS = slice(3, 6), slice(6, 9)
_WIDTH = 9

Compared = Sequence[tuple[Unit, Sequence[Matching]]]


@dataclass(frozen=True, slots=True)
class Score:
    """Of one type, or of all where ``type`` is None. ``alpha_humans`` is None where there is one human coder."""

    type: str | None
    hand_coded: int
    coded: int
    matched: int
    precision: Estimate
    recall: Estimate
    f1: Estimate
    alpha: Estimate
    alpha_humans: Estimate | None


@dataclass(frozen=True, slots=True)
class Detail:
    """Of the matched events for which a coder gave the detail, how many agree."""

    name: str
    compared: int
    agreed: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was coded and is not compared: articles not in the table; events that did not happen, where the table has no
    column for the status; events of sentences that nobody read."""

    articles: int
    not_real: int
    unread: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The whole comparison. ``coders`` is empty where the table names none."""

    articles: int
    units: int
    by_sentence: bool
    coders: tuple[str, ...]
    types: tuple[Score, ...]
    all: Score
    details: tuple[Detail, ...]
    disagreements: tuple[Disagreement, ...]
    names: Mapping[tuple[str, str | None], str]  # (article id, coder) → the coder's name for the article
    left_out: LeftOut

    @property
    def kinds(self) -> Mapping[Kind, int]:
        """How many disagreements there are of each kind."""
        return Counter(one.kind for one in self.disagreements)


def evaluate(coded: Path, hand_coded: Path) -> Evaluation:
    """Compare the events of coded records or a dataset with those of a hand-coded table.

    Raises:
        InputError: a file cannot be read or a line is wrong; the message names it.
        DatasetError: the folder is not a dataset.
    """
    table = read_table(hand_coded)
    corpus = load_corpus(coded, table)
    sheets = lay_out(table, corpus)
    compared = [[(unit, list(match_unit(unit))) for unit in sheet.units] for sheet in sheets]
    weights = draws(len(sheets))
    types = _types(unit for sheet in sheets for unit in sheet.units)
    counts = np.array([[_counts(units, type_) for type_ in types] for units in compared])
    counts = counts.reshape(len(sheets), len(types), _WIDTH)
    several = len(table.coders) > 1
    return Evaluation(
        articles=len(sheets),
        units=sum(len(sheet.units) for sheet in sheets),
        by_sentence=table.by_sentence,
        coders=tuple(coder for coder in table.coders if coder),
        types=tuple(_score(type_, counts[:, [i]], weights, several) for i, type_ in enumerate(types)),
        all=_score(None, counts, weights, several),
        details=tuple(_detail(name, compared, weights) for name in table.details),
        disagreements=tuple(_all_disagreements(sheets, compared)),
        names=_names(sheets),
        left_out=_left_out(sheets, corpus.others),
    )


def _types(units: Iterable[Unit]) -> list[str]:
    """Types that a coder or dateline has somewhere in what is compared."""
    found: set[str] = set()
    for unit in units:
        found |= {event.type for event in unit.events}
        found |= {row.type for rows in unit.readings.values() for row in rows if row.type}
    return sorted(found)


def _counts(compared: Compared, type_: str) -> list[float]:
    """The counts of a type in one article's units. An event of dateline counts once for every coder who read the unit."""
    sums = np.zeros(_WIDTH)
    for unit, matchings in compared:
        ours = sum(event.type == type_ for event in unit.events)
        for matching in matchings:
            sums[_MATCHED] += sum(row.type == type_ for row, _ in matching.matched)
            sums[_HAND] += sum(row.type == type_ for row in unit.readings[matching.coder])
            sums[_CODED] += ours
        humans = [any(row.type == type_ for row in rows) for rows in unit.readings.values()]
        sums[_WITH_DATELINE] += pairables([ours > 0, *humans])
        sums[_AMONG_HUMANS] += pairables(humans)
    return [float(count) for count in sums]


def _score(type_: str | None, counts: Floats, weights: Floats, several: bool) -> Score:
    """``counts`` of the types to be scored together: (articles, types, _WIDTH)."""
    matched, hand, coded = counts[:, :, [_MATCHED, _HAND, _CODED]].sum(axis=1).T
    return Score(
        type=type_,
        hand_coded=int(hand.sum()),
        coded=int(coded.sum()),
        matched=int(matched.sum()),
        precision=share(matched, coded, weights),
        recall=share(matched, hand, weights),
        f1=share(2 * matched, hand + coded, weights),
        alpha=alpha(counts[:, :, _WITH_DATELINE], weights),
        alpha_humans=alpha(counts[:, :, _AMONG_HUMANS], weights) if several else None,
    )


def _detail(name: str, compared: Sequence[Compared], weights: Floats) -> Detail:
    judged = [_judged(name, units) for units in compared]
    agreed = np.array([float(sum(article)) for article in judged])
    asked = np.array([float(len(article)) for article in judged])
    return Detail(name, int(asked.sum()), int(agreed.sum()), share(agreed, asked, weights))


def _judged(name: str, compared: Compared) -> list[bool]:
    """Of one article's matched events for which the coder gave the detail: does dateline have it?"""
    pairs = [(unit.coded, *pair) for unit, matchings in compared for one in matchings for pair in one.matched]
    return [agreed for pair in pairs if (agreed := agrees(name, *pair)) is not None]


def _all_disagreements(sheets: Sequence[Sheet], compared: Sequence[Compared]) -> Iterable[Disagreement]:
    """In the order of the table's articles and of their text."""
    for _, units in sorted(zip(sheets, compared, strict=True), key=lambda pair: pair[0].line):
        for unit, matchings in units:
            for matching in matchings:
                yield from disagreements(unit, matching)


def _names(sheets: Sequence[Sheet]) -> dict[tuple[str, str | None], str]:
    return {
        (sheet.units[0].coded.article.id, coder): name
        for sheet in sheets
        if sheet.units
        for coder, name in sheet.names.items()
    }


def _left_out(sheets: Sequence[Sheet], articles: int) -> LeftOut:
    return LeftOut(
        articles=articles,
        not_real=sum(sheet.not_real for sheet in sheets),
        unread=sum(sheet.unread for sheet in sheets),
    )
