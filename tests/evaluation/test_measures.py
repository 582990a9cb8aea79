"""Alpha, shares and intervals against figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.evaluation.measures import Estimate, Floats, alpha, draws, pairables, share


def counts(*units: str) -> Floats:
    """One article a unit; "1" present, "0" absent, "." not read, one sign for each observer."""
    return np.array([[pairables(sign == "1" for sign in unit if sign != ".")] for unit in units])


def value(*units: str) -> float | None:
    return alpha(counts(*units), draws(len(units))).value


def test_alpha_of_two_observers() -> None:
    """Krippendorff (2011), section A: two observers, ten units, 14 zeros, 6 ones, 4 mismatches, so 1 - 19 · 4 / (14 · 6)."""
    units = ["01", "11", "01", "00", "00", "00", "00", "00", "10", "01"]
    assert np.sum(counts(*units), axis=0).tolist() == [[14, 6, 4]]
    assert value(*units) == pytest.approx(1 - 19 * 4 / 84)
    assert value(*units) == pytest.approx(0.095, abs=0.0005)


def test_alpha_with_missing_values() -> None:
    """Three observers. By unit: 111 → no mismatch; 110 → 2 · 1 / 2 = 1; 0.0 → none; 1.. → nothing to pair; 000 → none.

    Present 3 + 2 = 5, absent 1 + 2 + 3 = 6, n = 11: 1 - 10 · 1 / (5 · 6) = 2/3.
    """
    units = ["111", "110", "0.0", "1..", "000"]
    assert np.sum(counts(*units), axis=0).tolist() == [[6, 5, 1]]
    assert value(*units) == pytest.approx(2 / 3)


def test_alpha_is_that_of_the_pairwise_definition() -> None:
    """1 - observed over expected disagreement, counted pair by pair, for a made-up matrix of four observers."""
    units = ["1101", "0.00", "111.", "..10", "0100", "1...", "0000", "1011"]
    read = [[int(sign) for sign in unit if sign != "."] for unit in units]
    paired = [one for one in read if len(one) > 1]
    flat = [sign for one in paired for sign in one]
    n = len(flat)
    observed = sum(
        sum(a != b for i, a in enumerate(one) for j, b in enumerate(one) if i != j) / (len(one) - 1) for one in paired
    )
    expected = sum(a != b for i, a in enumerate(flat) for j, b in enumerate(flat) if i != j)
    assert value(*units) == pytest.approx(1 - (observed / n) / (expected / (n * (n - 1))))


def test_alpha_of_several_types() -> None:
    """First type: 1 mismatch where 1 · 3 / 3 is expected; second: none where 2 · 2 / 3; the third varies nowhere and adds
    nothing. 1 - 1 / (1 + 4/3) = 4/7."""
    types = np.concatenate([counts("10", "00"), counts("11", "00"), counts("00", "00")], axis=1)
    assert alpha(types, draws(2)).value == pytest.approx(4 / 7)
    assert alpha(types[:, :2], draws(2)) == alpha(types, draws(2))


def test_perfect_agreement_is_one() -> None:
    assert alpha(counts("11", "00", "11", "00"), draws(4)) == Estimate(1.0)  # no resample differs, so no interval


@pytest.mark.parametrize("units", [("00", "00"), ("11", "11"), ("1.", ".0")])
def test_alpha_without_variation_or_pairs_is_undefined(units: tuple[str, ...]) -> None:
    assert alpha(counts(*units), draws(2)) == Estimate(None)


def test_agreement_below_chance_is_negative() -> None:
    """4 values, 2 mismatches: 1 - 3 · 2 / (2 · 2) = -1/2."""
    assert value("10", "01") == pytest.approx(-0.5)


def test_share_and_its_interval() -> None:
    part, whole = np.array([1.0, 0, 2, 1, 1, 0, 3, 1]), np.array([2.0, 1, 2, 1, 3, 1, 3, 1])
    found = share(part, whole, draws(8))
    assert found.value == 9 / 14
    assert found.low is not None and found.high is not None
    assert 0 <= found.low < found.value < found.high <= 1


def test_intervals_are_the_same_every_time() -> None:
    one, other = (alpha(counts("11", "00", "10", "00", "11"), draws(5)) for _ in range(2))
    assert one == other and one.low is not None


def test_each_resample_draws_as_many_articles_as_there_are() -> None:
    assert draws(7).shape == (1000, 7)
    assert set(draws(7).sum(axis=1)) == {7.0}


def test_a_share_of_nothing_is_undefined() -> None:
    assert share(np.zeros(3), np.zeros(3), draws(3)) == Estimate(None)


def test_one_article_gives_no_interval() -> None:
    assert share(np.array([1.0, 0]), np.array([2.0, 0]), draws(2)) == Estimate(0.5)
