"""Fit the two judgements of the room ``where`` and write ``src/dateline/where/weights.yaml``.

    python -m corpus.fit_places                      # cross-validates on TR-News, fits on all of it, changes nothing
    python -m corpus.fit_places --write              # also writes the weights

The first judgement (is a place meant?) is a logistic regression over the features of ``where/match.py``; the second (which place?) a
conditional logit over those of ``where/rank.py``. Both have few weights and are drawn towards a prior by a squared penalty, so a plain
Newton step finds them; nothing is random. The likelihood from which a name is taken for a place is chosen by cross-validation: each
fifth of TR-News is read with weights of the other four. Those held-out scores are printed; the scores of the weights that ship, on
the texts they were fitted on, are higher. GeoVirus fits and chooses nothing: its coordinates are Wikipedia's, and the middle it gives
a large country is hundreds of kilometres from GeoNames's. Texts are the development data beside the repository (``--shared``).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

from dateline.language import load_parser
from dateline.records import Actor, Article
from dateline.rooms import Draft
from dateline.where import match, rank
from dateline.where.calibration import Calibration, log_odds
from dateline.where.gazetteer import Candidate, load_gazetteer
from dateline.where.names import Name, NameFinder
from dateline.where.words import PlaceWords, load_place_words
from dateline.who import make_room as make_who
from dateline.who.names import fold

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE.parent / "src" / "dateline" / "where" / "weights.yaml"
FITTED_ON, CHECKED_ON = "geo_trnews.jsonl", "geo_geovirus.jsonl"

# Likelihoods from which a match may be taken for a place. The lowest is chosen whose held-out end-to-end F1 is within this of the
# best: the curve is flat, and a place that is missed leaves its event nowhere, while a doubtful one says so by its confidence.
ACCEPTS = (0.30, 0.35, 0.40, 0.45, 0.50, 0.55, 0.60)
AS_GOOD = 0.003
# While the ranker is fitted: names that are places rather than not.
LIKELY = 0.5
# Parts of TR-News for cross-validation; text n is in part n modulo this.
FOLDS = 5
# Strength of the penalty on the squared distance of a weight from its prior.
PENALTY = 1.0
# A place within this distance of the annotated one is right, as the field scores it.
RIGHT_KM = 161.0
# A name repeated in an article counts as one over its count to these powers.
REPEATED_MATCH, REPEATED_RANK = 0.5, 0.7
# Rounds of fitting the ranker, each reading the articles' other places with the weights of the last.
ROUNDS = 3
# What is known before seeing data, in log-odds; the rest is 0.
MATCH_PRIOR = {
    "long_in_told_country": 2.0, "is_listed": 2.0, "many_words": 1.0, "before_barred": -1.0, "in_person": -1.0, "called_person": -0.5,
}  # fmt: skip
# TR-News names no outlets, so `at_home` keeps its prior.
RANK_PRIOR = {
    "at_home": 1.0,
    "level_said": 3.0,
    "level_denied": -3.0,
    "contained": 3.0,
    "not_contained": -2.0,
    "contains": 2.0,
}
# Where the ranker starts, to read the articles' places in the first round.
RANK_START = {"size": 6.0, "is_country": 2.0, "contained": 4.0, "country_share": 2.0, "country_named": 1.0}

Array = np.ndarray[Any, np.dtype[np.float64]]
Gold = dict[str, Any]


@dataclass(frozen=True)
class Text:
    """A parsed text with its annotated places."""

    doc: Doc
    actors: tuple[Actor, ...]
    gold: list[Gold]

    def over(self, first: int, last: int) -> Gold | None:
        """The annotated place that these tokens touch."""
        begin, end = self.doc[first].idx, self.doc[last].idx + len(self.doc[last])
        return next((place for place in self.gold if place["begin"] < end and begin < place["end"]), None)


@dataclass(frozen=True)
class Choice:
    """One annotated name: the features of each place it may mean, which of them are right, and how much it counts."""

    rows: Array  # places x features
    right: Array  # places, 1.0 or 0.0
    weight: float


def read_texts(path: Path) -> list[Text]:
    """The texts of a file, parsed and with their actors, as the room finds them."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    docs = load_parser().pipe(row["text"] for row in rows)
    who = make_who(places=load_gazetteer())
    drafts = [who.run(Draft(article=Article.make(doc.text), doc=doc)) for doc in docs]
    return [Text(draft.doc, draft.actors, row["toponyms"]) for draft, row in zip(drafts, rows, strict=True)]


@dataclass(frozen=True)
class Counts:
    """Names annotated, names told, of these the ones that touch an annotated one, and of these the ones within 161 km."""

    annotated: int
    told: int
    found: int
    near: int

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.annotated + other.annotated, self.told + other.told, self.found + other.found, self.near + other.near
        )

    @property
    def end_to_end(self) -> float:
        """F1 of names told with the right place."""
        return 2 * self.near / (self.told + self.annotated)

    def __str__(self) -> str:
        found, resolved = 2 * self.found / (self.told + self.annotated), self.near / self.found
        return f"found {found:.4f}, end to end {self.end_to_end:.4f}, resolved {resolved:.4f}"


@dataclass(frozen=True)
class HeldOut:
    """Scores on texts that the weights were not fitted on."""

    counts: dict[float, Counts]  # by likelihood to accept from
    shares: list[list[tuple[float, bool]]]  # of each part: raw confidence, and whether the reading was right

    def calibration(self, without: int | None = None) -> Calibration:
        """Platt scaling fitted on the parts, one left out if asked."""
        return platt([pair for part, pairs in enumerate(self.shares) if part != without for pair in pairs])

    def errors(self) -> tuple[float, float]:
        """Expected calibration error of the raw shares, and of each part's shares calibrated on the others."""
        raw = [pair for pairs in self.shares for pair in pairs]
        fitted = [self.calibration(part) for part in range(len(self.shares))]
        mended = [(fitted[part].share(raw), right) for part, pairs in enumerate(self.shares) for raw, right in pairs]
        return calibration_error(raw), calibration_error(mended)


def platt(pairs: Sequence[tuple[float, bool]]) -> Calibration:
    """The slope and intercept under which the shares' log-odds foretell best what was right."""
    rows = np.array([[log_odds(share), 1.0] for share, _ in pairs])
    right = np.array([float(right) for _, right in pairs])

    def slopes(at: Array) -> tuple[Array, Array]:
        likely = 1 / (1 + np.exp(-rows @ at))
        return rows.T @ (right - likely), (rows * (likely * (1 - likely))[:, None]).T @ rows + 1e-6 * np.eye(2)

    slope, intercept = newton(np.array([1.0, 0.0]), slopes)
    return Calibration(float(slope), float(intercept))


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins of equal width (Guo et al. 2017)."""
    bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for share, right in pairs:
        bins[min(int(share * 10), 9)].append((share, right))
    gaps = (abs(sum(share for share, _ in inside) - sum(right for _, right in inside)) for inside in bins.values())
    return sum(gaps) / len(pairs)


class Fitter:
    """Holds what both fits need."""

    def __init__(self) -> None:
        self.gazetteer = load_gazetteer()
        self.words: PlaceWords = load_place_words()

    # ------------------------------------------------------------ is a place meant?
    def matches(self, texts: Sequence[Text]) -> tuple[Array, Array, Array]:
        """Features (matches x features), whether a place is annotated there, and weights."""
        finder = NameFinder(self.gazetteer, self.words, match.Weights(0.0, (), 1.1))
        rows: list[list[float]] = []
        meant: list[float] = []
        names: list[tuple[int, str]] = []
        for index, text in enumerate(texts):
            seen = match.Seen(text.doc, text.actors, self.words)
            for found in finder.matches(text.doc, seen):
                if isinstance(found, match.Match):
                    rows.append([float(feature(found)) for feature in match.FEATURES])
                    meant.append(float(text.over(found.first, found.last) is not None))
                    names.append((index, found.text))
        counted = Counter(names)
        return np.array(rows), np.array(meant), np.array([counted[name] ** -REPEATED_MATCH for name in names])

    def fit_match(self, texts: Sequence[Text]) -> match.Weights:
        """The logistic regression."""
        rows, meant, counts = self.matches(texts)
        rows = np.c_[rows, np.ones(len(rows))]
        prior = np.array([MATCH_PRIOR.get(feature.__name__, 0.0) for feature in match.FEATURES] + [0.0])
        penalty = np.diag([PENALTY] * len(match.FEATURES) + [1e-3])

        def slopes(weights: Array) -> tuple[Array, Array]:
            likely = 1 / (1 + np.exp(-rows @ weights))
            slope = rows.T @ ((meant - likely) * counts) - penalty @ (weights - prior)
            return slope, (rows * (counts * likely * (1 - likely))[:, None]).T @ rows + penalty

        fitted = newton(prior, slopes)
        return match.Weights(
            float(fitted[-1]), tuple(zip(match.FEATURES, map(float, fitted[:-1]), strict=True)), LIKELY
        )

    # ------------------------------------------------------------ which place?
    def named(self, texts: Sequence[Text], weights: match.Weights) -> list[tuple[Text, list[Name], list[rank.Told]]]:
        """The names found in each text, and what stands round them."""
        finder = NameFinder(self.gazetteer, self.words, weights)
        out = []
        for text in texts:
            names = finder.find(text.doc, text.actors)
            out.append((text, names, [rank.tell(text.doc, names, index, self.words) for index in range(len(names))]))
        return out

    def choices(self, named: list[tuple[Text, list[Name], list[rank.Told]]], ranker: rank.Ranker) -> list[Choice]:
        """The annotated names with several places, one of them right."""
        out: list[Choice] = []
        for text, names, told in named:
            countries = rank.countries_of(names, text.actors)
            first = rank.Around(countries)
            rough = [ranker.best(name.places, said, first) for name, said in zip(names, told, strict=True)]
            around = rank.gather(names, rough, countries)
            counted = Counter(fold(name.text) for name in names)
            for name, said in zip(names, told, strict=True):
                gold = text.over(name.first, name.last)
                right = rights(gold, name)
                if right is not None:
                    rows = [[float(feature(place, said, around)) for feature in rank.FEATURES] for place in name.places]
                    out.append(Choice(np.array(rows), right, counted[fold(name.text)] ** -REPEATED_RANK))
        return out

    def fit_rank(self, texts: Sequence[Text], weights: match.Weights) -> dict[str, float]:
        """The conditional logit, in rounds."""
        names = [feature.__name__ for feature in rank.FEATURES]
        prior = np.array([RANK_PRIOR.get(name, 0.0) for name in names])
        fitted = {name: RANK_START.get(name, RANK_PRIOR.get(name, 0.0)) for name in names}
        named = self.named(texts, weights)
        for _ in range(ROUNDS):
            choices = self.choices(named, rank.Ranker(fitted))

            def slopes(at: Array, choices: list[Choice] = choices) -> tuple[Array, Array]:
                slope, bend = -PENALTY * (at - prior), np.eye(len(at)) * PENALTY
                for choice in choices:
                    share = softmax(choice.rows @ at)
                    right = share * choice.right
                    mean = choice.rows.T @ share
                    slope += choice.weight * (choice.rows.T @ (right / right.sum() - share))
                    bend += choice.weight * ((choice.rows.T * share) @ choice.rows - np.outer(mean, mean))
                return slope, bend

            fitted = dict(zip(names, map(float, newton(prior, slopes)), strict=True))
        return fitted

    # ------------------------------------------------------------ how good?
    def count(self, texts: Sequence[Text], weights: match.Weights, ranked: dict[str, float]) -> Counts:
        """What the two judgements get right on some texts."""
        ranker = rank.Ranker(ranked)
        told = found = near = 0
        for text, names, _ in self.named(texts, weights):
            readings = rank.readings(text.doc, names, text.actors, self.words, ranker)
            for name, reading in zip(names, readings, strict=True):
                gold = text.over(name.first, name.last)
                told += 1
                found += gold is not None
                near += bool(gold and reading and is_right(gold, reading.place))
        return Counts(sum(len(text.gold) for text in texts), told, found, near)

    def fit(self, texts: Sequence[Text]) -> tuple[match.Weights, dict[str, float]]:
        """Both judgements; the likelihood to accept from is still to choose."""
        weights = self.fit_match(texts)
        return weights, self.fit_rank(texts, weights)

    def shares(
        self, texts: Sequence[Text], weights: match.Weights, ranked: dict[str, float]
    ) -> Iterator[tuple[float, bool]]:
        """The raw confidence of each name that has a reading, and whether that is right."""
        ranker = rank.Ranker(ranked)
        for text, names, _ in self.named(texts, weights):
            readings = rank.readings(text.doc, names, text.actors, self.words, ranker)
            for name, reading in zip(names, readings, strict=True):
                gold = text.over(name.first, name.last)
                if reading is not None and (gold is None or gold["lat"] is not None):
                    yield reading.confidence * name.likelihood, bool(gold and is_right(gold, reading.place))

    def held_out(self, texts: Sequence[Text]) -> HeldOut:
        """What is right on each part of the texts with weights of the others."""
        counted = dict.fromkeys(ACCEPTS, Counts(0, 0, 0, 0))
        shares = []
        for part in range(FOLDS):
            weights, ranked = self.fit([text for n, text in enumerate(texts) if n % FOLDS != part])
            for accept in ACCEPTS:
                counted[accept] += self.count(texts[part::FOLDS], replace(weights, accept=accept), ranked)
            shares.append(list(self.shares(texts[part::FOLDS], replace(weights, accept=ACCEPTS[0]), ranked)))
        return HeldOut(counted, shares)


def rights(gold: Gold | None, name: Name) -> Array | None:
    """Which of a name's places are the annotated one; None where that settles nothing."""
    if gold is None or gold["lat"] is None or name.form == "demonym" or len(name.places) < 2:
        return None
    same = np.array([float(str(place.geonameid) == str(gold.get("geonameid"))) for place in name.places])
    if same.any():
        return same
    right = np.array([float(is_right(gold, place)) for place in name.places])
    return right if right.any() else None


def is_right(gold: Gold, place: Candidate) -> bool:
    """Whether a place lies within 161 km of the annotated one."""
    return gold["lat"] is not None and rank.km(place, replace(place, lat=gold["lat"], lon=gold["lon"])) <= RIGHT_KM


def softmax(scores: Array) -> Array:
    """Scores as shares of one."""
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())


def newton(start: Array, slopes: Callable[[Array], tuple[Array, Array]]) -> Array:
    """The maximum of a concave function, from its slope and minus its second derivatives; steps of at most 1 a weight."""
    at = start.copy()
    for _ in range(100):
        slope, bend = slopes(at)
        step = np.linalg.solve(bend, slope)
        step /= max(1.0, np.abs(step).max())
        at += step
        if np.abs(step).max() < 1e-5:
            break
    return at


def page(weights: match.Weights, ranked: dict[str, float], calibration: Calibration) -> str:
    """The file of weights."""
    lines = [
        "# Weights of the judgements of the room `where`, each the weight of the function of that name.",
        "# Written by `python -m corpus.fit_places --write`, fitted on TR-News; fit anew when a feature is added.",
        "",
        "# Is a place meant? (match.py) Log-odds of a logistic regression.",
        "is_place:",
        f"  bias: {weights.bias:.2f}",
        f"  accept: {weights.accept}",
        "  features:",
        *(f"    {feature.__name__}: {weight:.2f}" for feature, weight in weights.features),
        "",
        "# Which place is meant? (rank.py) A conditional logit over the places that bear the name.",
        "means:",
        "  features:",
        *(f"    {name}: {weight:.2f}" for name, weight in ranked.items()),
        "",
        "# How likely is the reading right? (calibration.py) Platt scaling of the two judgements' product.",
        "confidence:",
        f"  slope: {calibration.slope:.2f}",
        f"  intercept: {calibration.intercept:.2f}",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--write", action="store_true", help="write where/weights.yaml")
    chosen = parser.parse_args()
    fitter = Fitter()
    texts = {name: read_texts(chosen.shared / "gold" / name) for name in (FITTED_ON, CHECKED_ON)}
    held_out = fitter.held_out(texts[FITTED_ON])
    for accept, counts in held_out.counts.items():
        print(f"{FITTED_ON}, held out, accepted from {accept:.2f}: {counts}")
    raw, mended = held_out.errors()
    print(f"expected calibration error, held out: {raw:.3f} before, {mended:.3f} after Platt scaling")
    weights, ranked = fitter.fit(texts[FITTED_ON])
    best = max(counts.end_to_end for counts in held_out.counts.values())
    accept = min(accept for accept, counts in held_out.counts.items() if counts.end_to_end >= best - AS_GOOD)
    weights = replace(weights, accept=accept)
    for name in texts:
        print(f"{name}, weights fitted on all of {FITTED_ON}: {fitter.count(texts[name], weights, ranked)}")
    if chosen.write:
        WEIGHTS.write_text(page(weights, ranked, held_out.calibration()), encoding="utf-8")


if __name__ == "__main__":
    main()
