"""Confidence that means what it says: of the places given 0.8, eight in ten are right."""

from __future__ import annotations

import math
from dataclasses import dataclass

from dateline.datafiles import read_yaml

# Shares are kept this far from 0 and 1, where log-odds have no value.
_EDGE = 1e-4


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt scaling: the log-odds of a raw share times a slope, plus an intercept. Fitted by ``corpus/fit_places.py``."""

    slope: float
    intercept: float

    def share(self, raw: float) -> float:
        """The calibrated share, 0 to 1, of a raw one."""
        return 1 / (1 + math.exp(-self.intercept - self.slope * log_odds(raw)))


def log_odds(share: float) -> float:
    """Log-odds of a share, 0 and 1 taken for shares close to them."""
    kept = min(max(share, _EDGE), 1 - _EDGE)
    return math.log(kept / (1 - kept))


def load_calibration() -> Calibration:
    """The calibration of ``weights.yaml``, section ``confidence``."""
    told = read_yaml("dateline.where", "weights.yaml")["confidence"]
    return Calibration(told["slope"], told["intercept"])
