"""Precision, recall, F1 and Krippendorff's alpha out of counts that add up over articles, and their intervals.

Every measure is a function of sums over articles, so a bootstrap sample is one weighting of the articles and all 1,000 are
computed at once. Arrays of counts have the shape (articles, counts).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RESAMPLES = 1000
SEED = 2011
# Per cent of the resamples between the bounds of an interval.
CONFIDENCE = 95
# An interval needs this many articles that tell of the measure; one article resampled never varies.
_FEWEST_ARTICLES = 2
# Where the resamples do not vary (all events found, say), they say nothing of how sure the value is.
_LEAST_WIDTH = 1e-9


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure with its interval. ``value`` is None where it is undefined; the bounds also where too few articles tell of it,
    or where all resamples give the same."""

    value: float | None
    low: float | None = None
    high: float | None = None


def draws(articles: int) -> Floats:
    """How often each article is drawn in each resample: (RESAMPLES, articles), the same for the same number."""
    rng = np.random.default_rng(SEED)
    return rng.multinomial(articles, np.full(articles, 1 / articles), size=RESAMPLES).astype(np.float64)


def share(part: Floats, whole: Floats, weights: Floats) -> Estimate:
    """``part`` of ``whole``, both counts by article: precision, recall, F1 or agreement."""
    return _estimate(
        _ratio(part.sum(), whole.sum()), _ratio(weights @ part, weights @ whole), articles=int(np.sum(whole > 0))
    )


def pairables(values: Iterable[bool]) -> tuple[float, float, float]:
    """What one unit adds to alpha: values "absent" and "present" that can be paired, and their mismatches.

    The mismatches are its coincidences of the two values, of one order: absent · present / (values - 1). A unit that
    one observer alone read has nothing to be paired and adds nothing.
    """
    seen = list(values)
    if len(seen) < 2:
        return 0.0, 0.0, 0.0
    present = sum(seen)
    absent = len(seen) - present
    return float(absent), float(present), absent * present / (len(seen) - 1)


def alpha(counts: Floats, weights: Floats) -> Estimate:
    """Krippendorff's alpha for presence and absence; ``counts`` are sums of ``pairables``: (articles, types, 3).

    The form for nominal data with missing values of Krippendorff (2011), Computing Krippendorff's Alpha-Reliability,
    section C, for two categories: alpha = 1 - mismatches / expected, expected = absent · present / (n - 1),
    n = absent + present. For several types both are summed over them, which weighs each type's alpha by the disagreement
    that chance would bring; a type that nobody varies in adds nothing. Undefined where nothing varies.
    """
    absent, present = np.sum(counts[:, :, :2] > 0, axis=0).T
    articles = int(np.minimum(absent, present).max(initial=0))
    resampled = np.tensordot(weights, counts, axes=1)
    return _estimate(_alphas(counts.sum(axis=0)[None]), _alphas(resampled), articles=articles)


def _alphas(sums: Floats) -> Floats:
    """(samples, types, 3) → (samples)."""
    absent, present, mismatches = np.moveaxis(sums, -1, 0)
    # Where there are pairs at all, n is 2 or more.
    expected = absent * present / np.maximum(absent + present - 1, 1)
    return 1 - _ratio(mismatches.sum(axis=1), expected.sum(axis=1))


def _ratio(part: Floats, whole: Floats) -> Floats:
    """NaN where the whole is nothing."""
    part, whole = np.atleast_1d(part), np.atleast_1d(whole)
    ratio: Floats = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    return ratio


def _estimate(value: Floats, resampled: Floats, *, articles: int) -> Estimate:
    """With an interval of percentiles of the resamples for which the measure is defined."""
    if np.isnan(value[0]):
        return Estimate(None)
    if articles < _FEWEST_ARTICLES:
        return Estimate(float(value[0]))
    tail = (100 - CONFIDENCE) / 2
    low, high = np.nanpercentile(resampled, [tail, 100 - tail])
    if high - low < _LEAST_WIDTH:
        return Estimate(float(value[0]))
    return Estimate(float(value[0]), float(low), float(high))
