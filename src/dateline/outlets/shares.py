"""Shares of articles with their confidence intervals."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

# Normal deviate of a two-sided interval of 95 %.
DEVIATE = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``total`` articles."""

    count: int
    total: int

    @property
    def value(self) -> float | None:
        """None where there is no article to count in."""
        return self.count / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 %, by Wilson (1927)."""
        if not self.total:
            return None
        share, z = self.count / self.total, DEVIATE**2 / self.total
        middle = share + z / 2
        reach = sqrt(z * share * (1 - share) + z * z / 4)
        return max(0.0, (middle - reach) / (1 + z)), min(1.0, (middle + reach) / (1 + z))


def difference(one: Share, other: Share) -> tuple[float, float] | None:
    """The 95 % interval of the difference of two shares, by Newcombe (1998, method 10); None where one of them is unknown."""
    if one.interval is None or other.interval is None or one.value is None or other.value is None:
        return None
    gap = one.value - other.value
    (low, high), (other_low, other_high) = one.interval, other.interval
    below = sqrt((one.value - low) ** 2 + (other_high - other.value) ** 2)
    above = sqrt((high - one.value) ** 2 + (other.value - other_low) ** 2)
    return gap - below, gap + above
