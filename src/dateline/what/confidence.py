"""How sure an event is: a list of small features, each with a weight, added up in one place.

The weights are set by hand and not calibrated: a higher figure means more of the signs below, not a probability.
"""

from __future__ import annotations

from collections.abc import Callable

from dateline.records import Party
from dateline.what.coding import Happening

BASE = 0.4
LOWEST, HIGHEST = 0.05, 0.95

Feature = Callable[[Happening, tuple[Party, ...], tuple[Party, ...]], bool]


def _long_pattern(happening: Happening, actors: tuple[Party, ...], recipients: tuple[Party, ...]) -> bool:
    """More than one word names the event."""
    return len(happening.trigger.words) > 1


def _told_twice(happening: Happening, actors: tuple[Party, ...], recipients: tuple[Party, ...]) -> bool:
    """Two triggers in the sentence name it."""
    return bool(happening.also)


def _verb(happening: Happening, actors: tuple[Party, ...], recipients: tuple[Party, ...]) -> bool:
    """A verb names it, not a noun."""
    return not happening.trigger.is_noun


def _actor_found(happening: Happening, actors: tuple[Party, ...], recipients: tuple[Party, ...]) -> bool:
    """The text names who did it."""
    return bool(actors)


def _actor_known(happening: Happening, actors: tuple[Party, ...], recipients: tuple[Party, ...]) -> bool:
    """Who did it is an actor of the article."""
    return any(party.actor is not None for party in actors)


def _recipient_known(happening: Happening, actors: tuple[Party, ...], recipients: tuple[Party, ...]) -> bool:
    """So is to whom."""
    return any(party.actor is not None for party in recipients) or len([p for p in actors if p.actor is not None]) > 1


def _uncertain(happening: Happening, actors: tuple[Party, ...], recipients: tuple[Party, ...]) -> bool:
    """The status rests on words further away than the trigger."""
    return happening.coding.status in {"hypothetical", "planned", "denied"}


FEATURES: tuple[tuple[Feature, float], ...] = (
    (_long_pattern, 0.1),
    (_told_twice, 0.05),
    (_verb, 0.1),
    (_actor_found, 0.1),
    (_actor_known, 0.15),
    (_recipient_known, 0.15),
    (_uncertain, -0.05),
)


def confidence(happening: Happening, actors: tuple[Party, ...], recipients: tuple[Party, ...]) -> float:
    """The sum of the weights of the features that hold, within bounds, to two places."""
    total = BASE + sum(weight for feature, weight in FEATURES if feature(happening, actors, recipients))
    return round(min(HIGHEST, max(LOWEST, total)), 2)
