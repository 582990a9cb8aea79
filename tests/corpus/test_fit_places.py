"""The fitting of place weights: the step that finds a maximum, and what counts as right."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.fit_places import Counts, is_right, newton
from dateline.where.gazetteer import load_gazetteer


def test_newton_finds_the_maximum() -> None:
    """Of -(x - 3)^2 - 2 (y + 1)^2, from far away although a step changes no weight by more than 1."""
    target, bend = np.array([3.0, -1.0]), np.diag([2.0, 4.0])
    found = newton(np.array([40.0, -25.0]), lambda at: (-bend @ (at - target), bend))
    assert found == pytest.approx(target)


def test_right_is_within_161_kilometres() -> None:
    hama = next(place for place in load_gazetteer().find("hama") if place.country == "SYR")
    assert is_right({"lat": hama.lat + 1.4, "lon": hama.lon}, hama)  # 156 km
    assert not is_right({"lat": hama.lat + 1.5, "lon": hama.lon}, hama)  # 167 km
    assert not is_right({"lat": None, "lon": None}, hama)


def test_counts_add_up_over_parts() -> None:
    whole = Counts(10, 8, 6, 3) + Counts(10, 12, 8, 7)
    assert whole == Counts(20, 20, 14, 10)
    assert whole.end_to_end == 0.5
    assert str(whole) == "found 0.7000, end to end 0.5000, resolved 0.7143"
