"""Which place does a name mean? A list of documented features with a weight each, combined in one place."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dateline.where.gazetteer import Candidate
from dateline.where.names import Name
from dateline.who.names import fold


@dataclass(frozen=True, slots=True)
class Around:
    """What the article says of where it is: how often each country is named, by name, demonym or actor."""

    countries: Mapping[str, int]
    units: frozenset[str]  # folded first-level units named
    country_names: Mapping[str, str]  # folded name or alias → ISO 3166-1 alpha-3

    def share(self, country: str | None) -> float:
        """Share of the article's country mentions, smoothed; 0 for a country it does not name."""
        total = sum(self.countries.values())
        return self.countries.get(country or "", 0) / (total + 1) if total else 0.0


Feature = Callable[[Candidate, Name, Around], float]


def prominence(place: Candidate, name: Name, around: Around) -> float:
    """Size, 0 to 1: the logarithm of the population over that of the largest country's; a unit's people count a third,
    since its name more often means its chief town."""
    if place.level in {"region", "feature"}:
        return 0.75  # listed by hand because news uses them
    people = place.population / 3 if place.level in {"admin1", "admin2"} else place.population
    return math.log10(people + 10) / 9


def is_country(place: Candidate, name: Name, around: Around) -> float:
    """A country bears the name."""
    return float(place.level == "country")


def is_region(place: Candidate, name: Name, around: Around) -> float:
    """The name is on the hand-made list of regions and features."""
    return float(place.level in {"region", "feature"})


def own_name(place: Candidate, name: Name, around: Around) -> float:
    """The name is the place's main one, not an alternate."""
    return float(place.own_name)


def settlement_first(place: Candidate, name: Name, around: Around) -> float:
    """A bare name that a city and its province share means the city."""
    return float(place.level == "settlement" and name.level in {None, "settlement"})


def level_said(place: Candidate, name: Name, around: Around) -> float:
    """The word beside the name agrees with the level ("Idlib province")."""
    if name.level is None:
        return 0.0
    if name.level == "admin2":
        return float(place.level in {"admin2", "admin1"})
    return float(place.level == name.level)


def contained(place: Candidate, name: Name, around: Around) -> float:
    """The name after the comma is the place's country or first-level unit; -1 where it is another country."""
    if name.inside is None:
        return 0.0
    inside = fold(name.inside)
    country = around.country_names.get(inside)
    if country is not None:
        return 1.0 if country == place.country else -1.0
    return float(bool(place.admin1) and fold(place.admin1 or "") == inside)


def country_named(place: Candidate, name: Name, around: Around) -> float:
    """The article is about the place's country."""
    return around.share(place.country)


def country_named_at_all(place: Candidate, name: Name, around: Around) -> float:
    """The article names the place's country at least once."""
    return float(around.countries.get(place.country or "", 0) > 0)


def unit_named(place: Candidate, name: Name, around: Around) -> float:
    """The article names the place's first-level unit apart from this name."""
    return float(
        bool(place.admin1) and fold(place.admin1 or "") in around.units and fold(place.admin1 or "") != fold(name.text)
    )


# Weights set by hand and checked on geo_trnews; geo_geovirus was left for confirmation. Re-run the task `places` before
# changing one.
WEIGHTS: tuple[tuple[Feature, float], ...] = (
    (prominence, 6.0),
    (is_country, 2.0),
    (is_region, 1.2),
    (own_name, 0.8),
    (settlement_first, 0.8),
    (level_said, 2.5),
    (contained, 4.0),
    (country_named, 2.0),
    (country_named_at_all, 1.2),
    (unit_named, 1.0),
)

# Unlike names of one population class rarely differ by less than this; in units of the score.
_TEMPERATURE = 1.0


def score(place: Candidate, name: Name, around: Around) -> float:
    """The weighted sum of the features."""
    return sum(weight * feature(place, name, around) for feature, weight in WEIGHTS)


def best(candidates: tuple[Candidate, ...], name: Name, around: Around) -> tuple[Candidate, float] | None:
    """The likeliest place and its share of the (soft) total, which serves as confidence."""
    if not candidates:
        return None
    scores = [score(place, name, around) for place in candidates]
    top = max(range(len(scores)), key=scores.__getitem__)
    total = sum(math.exp((value - scores[top]) / _TEMPERATURE) for value in scores)
    return candidates[top], round(1 / total, 3)
