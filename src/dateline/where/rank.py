"""Which place does a name mean? Documented features with a weight each (``weights.yaml``), combined in one place.

Two rounds: the first weighs every name by itself and by the countries the article names; the second also by the places the
first round settled on. Then a name that the article repeats means the same place each time, unless its own words say otherwise.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from dateline.datafiles import read_yaml
from dateline.records import Actor
from dateline.where.beside import beside
from dateline.where.gazetteer import OTHER, OWN, SPELLING, Candidate
from dateline.where.match import paired, prominence
from dateline.where.names import Name
from dateline.where.words import PlaceWords
from dateline.who.names import fold

# Kilometres within which another place of the article makes a reading likelier.
NEAR_KM = 200.0
# Places that help to read others; a page that lists more is no better understood for them.
_MOST_SETTLED = 60
# How much more the reading of a name with a comma after it counts than one without.
_COMMA_COUNTS = 2.0
# Rounds in which the readings of the names help each other.
_ROUNDS = 2
# Share of confidence from which the first round's reading of a name helps to read others.
_SETTLED = 0.6


@dataclass(frozen=True, slots=True)
class Told:
    """What the words round a name say of the place it means."""

    text: str  # the name, folded
    level: str | None  # of words.yaml; "open" where the word beside it settles none
    inside: tuple[
        tuple[Candidate, ...], ...
    ]  # places that names right after a comma, "in" or brackets may mean: "Idlib, Syria"
    holds: tuple[tuple[Candidate, ...], ...]  # the other way round: this name comes after another place's comma
    part: bool  # a direction comes before: "northern Syria"
    countries: frozenset[str]  # ISO alpha-3 of the countries of this very name
    bearers: tuple[tuple[str, float], ...]  # country and prominence of each settlement and unit of this very name
    units: frozenset[int]  # rows of the first-level units of this very name


@dataclass(frozen=True, slots=True)
class Around:
    """What the article as a whole says of where it is."""

    countries: Mapping[str, int]  # ISO alpha-3 → mentions, by name, adjective or actor
    settled: tuple[tuple[str, Candidate], ...] = ()  # folded names and their places of the first round, each once
    home: str | None = None  # ISO alpha-3 of the outlet's country, where the registry knows the outlet

    def others(self, told: Told) -> Iterator[Candidate]:
        """Places the first round found for other names."""
        return (place for text, place in self.settled if text != told.text)

    def share(self, country: str | None) -> float:
        """Share of the article's mentions of countries, smoothed; 0 for a country it does not name."""
        total = sum(self.countries.values())
        return self.countries.get(country or "", 0) / (total + 1) if total else 0.0


# ---------------------------------------------------------------- features of a reading
def size(place: Candidate, told: Told, around: Around) -> float:
    """Prominence of the place."""
    return prominence(place)


def is_country(place: Candidate, told: Told, around: Around) -> float:
    """It is a country."""
    return place.level == "country"


def is_first_unit(place: Candidate, told: Told, around: Around) -> float:
    """It is a first-level unit."""
    return place.level == "admin1"


def is_second_unit(place: Candidate, told: Told, around: Around) -> float:
    """It is a second-level unit."""
    return place.level == "admin2"


def is_listed(place: Candidate, told: Told, around: Around) -> float:
    """It is on the hand-made list of regions and features."""
    return place.level in {"region", "feature"}


def is_capital(place: Candidate, told: Told, around: Around) -> float:
    """It is the capital of its country."""
    return place.capital


def other_spelling(place: Candidate, told: Told, around: Around) -> float:
    """It bears the name as another spelling."""
    return place.kind == SPELLING


def other_language(place: Candidate, told: Told, around: Around) -> float:
    """It bears the name in another language, or did so once."""
    return place.kind == OTHER


def level_said(place: Candidate, told: Told, around: Around) -> float:
    """The word beside the name says its level: "Idlib province", "the city of Idlib"."""
    return told.level == place.level


def level_denied(place: Candidate, told: Told, around: Around) -> float:
    """The word beside the name says another level."""
    if told.level in {None, "open", place.level}:
        return False
    return not {told.level, place.level} <= {"admin1", "admin2"}


def unit_said(place: Candidate, told: Told, around: Around) -> float:
    """The word beside the name says first or second level, and it is of the other of the two."""
    return told.level != place.level and {told.level, place.level} == {"admin1", "admin2"}


def like_a_country(place: Candidate, told: Told, around: Around) -> float:
    """A town or unit of a country's name, elsewhere: Turkey, Texas."""
    return place.level != "country" and bool(told.countries - {place.country})


def like_a_unit(place: Candidate, told: Told, around: Around) -> float:
    """A town of a first-level unit's name, outside it and no capital: Ontario, New York."""
    return (
        place.level in {"settlement", "admin2"}
        and not place.capital
        and bool(told.units)
        and place.unit not in told.units
    )


def seat(place: Candidate, told: Told, around: Around) -> float:
    """A town in the first-level unit of its name: Idlib, Idlib."""
    return place.level == "settlement" and place.unit in told.units


def contained(place: Candidate, told: Told, around: Around) -> float:
    """The name after the comma may be its country or first-level unit."""
    return any(holds(outer, place) for readings in told.inside for outer in readings)


def not_contained(place: Candidate, told: Told, around: Around) -> float:
    """The name after the comma is a country's or a first-level unit's, and not its own."""
    outer = [outer for readings in told.inside for outer in readings if outer.level in {"country", "admin1"}]
    return bool(outer) and not any(holds(one, place) for one in outer)


def contains(place: Candidate, told: Told, around: Around) -> float:
    """The name before the comma may be in it."""
    return any(holds(place, inner) for readings in told.holds for inner in readings)


def part_of_large(place: Candidate, told: Told, around: Around) -> float:
    """A direction comes before, and it is a country or a unit: "northern Syria"."""
    return told.part and place.level in {"country", "admin1", "region"}


def country_share(place: Candidate, told: Told, around: Around) -> float:
    """Share of the article's mentions of countries that are of its own."""
    return around.share(place.country)


def country_named(place: Candidate, told: Told, around: Around) -> float:
    """The article names its country."""
    return around.countries.get(place.country or "", 0) >= 1


def rival_named(place: Candidate, told: Told, around: Around) -> float:
    """Prominence of the largest other bearer of the name in a country the article names, if it does not name this one's."""
    if around.countries.get(place.country or "", 0) >= 1:
        return 0.0
    return max((weight for country, weight in told.bearers if around.countries.get(country, 0) >= 1), default=0.0)


def at_home(place: Candidate, told: Told, around: Around) -> float:
    """It lies in the country of the outlet, and is no country itself."""
    return place.level != "country" and place.country is not None and place.country == around.home


def countrymates(place: Candidate, told: Told, around: Around) -> float:
    """Share of the article's other places that are in its country, smoothed."""
    others = [other for other in around.others(told) if other.level != "country" and other.country]
    return sum(other.country == place.country for other in others) / (len(others) + 1)


def unit_named(place: Candidate, told: Told, around: Around) -> float:
    """The article names its first-level unit, or another place in it."""
    return place.level != "admin1" and any(other.unit == place.unit >= 0 for other in around.others(told))


def near_others(place: Candidate, told: Told, around: Around) -> float:
    """How many other places of the article are near, up to three."""
    if place.level == "country":
        return 0.0
    near = sum(1 for other in around.others(told) if other.level != "country" and km(place, other) < NEAR_KM)
    return min(near, 3) / 3


Feature = Callable[[Candidate, Told, Around], float]

FEATURES: tuple[Feature, ...] = (
    size, is_country, is_first_unit, is_second_unit, is_listed, is_capital, other_spelling, other_language, level_said, level_denied,
    unit_said, like_a_country, like_a_unit, seat, contained, not_contained, contains, part_of_large, country_share, country_named,
    rival_named, at_home, countrymates, unit_named, near_others,
)  # fmt: skip


def holds(outer: Candidate, inner: Candidate) -> bool:
    """Whether one place lies in another by country and first-level unit."""
    if outer.key == inner.key or outer.country is None or outer.country != inner.country:
        return False
    return outer.level == "country" or (
        outer.level == "admin1" and inner.level != "country" and outer.unit == inner.unit
    )


def km(one: Candidate, other: Candidate) -> float:
    """Great-circle distance."""
    la1, lo1, la2, lo2 = map(math.radians, (one.lat, one.lon, other.lat, other.lon))
    h = math.sin((la2 - la1) / 2) ** 2 + math.cos(la1) * math.cos(la2) * math.sin((lo2 - lo1) / 2) ** 2
    return 6371.0 * 2 * math.asin(min(1.0, math.sqrt(h)))


# ---------------------------------------------------------------- the judgement
@dataclass(frozen=True, slots=True)
class Reading:
    """The place a name means and the share of the weight that speaks for it."""

    place: Candidate
    confidence: float


class Ranker:
    """Weighs what names may mean."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.features = paired(FEATURES, weights, "means")

    def score(self, place: Candidate, told: Told, around: Around) -> float:
        """The weighted sum of the features."""
        return sum(weight * feature(place, told, around) for feature, weight in self.features)

    def best(self, places: tuple[Candidate, ...], told: Told, around: Around) -> Reading | None:
        """The likeliest place, its share of the soft total as confidence; None where nothing bears the name."""
        if not places:
            return None
        scores = [self.score(place, told, around) for place in places]
        top = max(range(len(scores)), key=scores.__getitem__)
        return Reading(places[top], 1 / sum(math.exp(score - scores[top]) for score in scores))


def load_ranker() -> Ranker:
    """The ranker with the weights of ``weights.yaml``, section ``means``."""
    told = read_yaml("dateline.where", "weights.yaml")
    return Ranker(told["means"]["features"])


def readings(
    doc: Doc, names: list[Name], actors: Iterable[Actor], words: PlaceWords, ranker: Ranker, *, home: str | None = None
) -> list[Reading | None]:
    """What each name means, in the names' order; None where no list has it. ``home`` is the outlet's country."""
    told = [tell(doc, names, index, words) for index in range(len(names))]
    countries = countries_of(names, actors)
    first = Around(countries, home=home)
    rough = [ranker.best(name.places, said, first) for name, said in zip(names, told, strict=True)]
    final = rough
    for _ in range(_ROUNDS):
        around = replace(gather(names, final, countries), home=home)
        final = [ranker.best(name.places, said, around) for name, said in zip(names, told, strict=True)]
    return same_for_same(told, final)


def countries_of(names: Iterable[Name], actors: Iterable[Actor]) -> Counter[str]:
    """Mentions of countries: by a name only a country bears or bears most, by adjective, and by the registry's actors."""
    out: Counter[str] = Counter()
    for name in names:
        countries = {place.country for place in name.places if place.level == "country"}
        rivals = any(place.level == "admin1" and place.kind == OWN for place in name.places)
        if len(countries) == 1 and not rivals:
            out[countries.pop() or ""] += 1
    for actor in actors:
        if actor.country and actor.registry:
            out[actor.country] += 1
    return out


def gather(names: list[Name], rough: list[Reading | None], countries: Counter[str]) -> Around:
    """What the first round's readings add: places whose reading is settled, each name's once."""
    settled: dict[tuple[str, str], Candidate] = {}
    for name, reading in zip(names, rough, strict=True):
        if reading is not None and reading.confidence >= _SETTLED and name.form == "name":
            settled[fold(name.text), reading.place.key] = reading.place
    return Around(countries, tuple((text, place) for (text, _), place in settled.items())[:_MOST_SETTLED])


def same_for_same(told: list[Told], found: list[Reading | None]) -> list[Reading | None]:
    """One reading for a name throughout, by the sum of confidence, except where a level or a comma speaks for itself.

    A comma's reading counts for the others too ("Paris, Texas", then "Paris"); a level's does not ("Idlib province").
    """
    votes: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    best: dict[tuple[str, str], Reading] = {}
    for said, reading in zip(told, found, strict=True):
        if reading is not None and not _says_level(said):
            votes[said.text][reading.place.key] += reading.confidence * (_COMMA_COUNTS if said.inside else 1.0)
            best[said.text, reading.place.key] = reading
    out: list[Reading | None] = []
    for said, reading in zip(told, found, strict=True):
        if reading is not None and not said.inside and not _says_level(said):
            winner = max(votes[said.text].items(), key=lambda vote: vote[1])[0]
            out.append(reading if winner == reading.place.key else best[said.text, winner])
        else:
            out.append(reading)
    return out


def _says_level(said: Told) -> bool:
    return said.level not in {None, "open"}


# ---------------------------------------------------------------- what stands round a name
def tell(doc: Doc, names: list[Name], index: int, words: PlaceWords) -> Told:
    """What the words round a name say."""
    name = names[index]
    inside = [outer.places for outer in following(doc, names, index)]
    earlier = range(max(0, index - 2), index)
    inner = [names[at].places for at in earlier if name in following(doc, names, at)[:1]]
    before = doc[name.first - 1].lower_ if name.first else ""
    return Told(
        text=fold(name.text),
        level=level_beside(doc, name, words),
        inside=tuple(inside),
        holds=tuple(inner),
        part=before in words.directions,
        countries=frozenset(place.country for place in name.places if place.level == "country" and place.country),
        bearers=tuple((p.country, prominence(p)) for p in name.places if p.level != "country" and p.country),
        units=frozenset(place.unit for place in name.places if place.level == "admin1" and place.kind != OTHER),
    )


def following(doc: Doc, names: list[Name], index: int) -> list[Name]:
    """The names a comma or bracket puts after a name: "Idlib, Syria", "Ennis, Clare, Ireland", "Idlib province, Syria"."""
    out: list[Name] = []
    at = names[index]
    for other in names[index + 1 : index + 3]:
        between = [token.lower_ for token in doc[at.last + 1 : other.first] if not token.is_space]
        if (
            not between
            or between[0] not in {",", "("}
            or len(between) > 3
            or any(word in {"and", "or"} for word in between)
            or other.form == "demonym"
        ):
            # "Idlib province in Syria" and "Idlib in northern Syria" as well.
            if (
                not out
                and 1 <= len(between) <= 4
                and "in" in between
                and not {",", "and", "from", "to", "."} & set(between)
            ):
                out.append(other)
            break
        out.append(other)
        at = other
    return out


def level_beside(doc: Doc, name: Name, words: PlaceWords) -> str | None:
    """The level said by a word after the name, at its end, or before it with "of", or by a distance from it."""
    after = doc[name.last + 1].lower_ if name.last + 1 < len(doc) else ""
    if after in words.levels:
        return words.levels[after]
    if name.last > name.first and doc[name.last].lower_ in words.levels:
        return words.levels[doc[name.last].lower_]
    if name.first >= 2 and doc[name.first - 1].lower_ == "of" and doc[name.first - 2].lower_ in words.levels:
        return words.levels[doc[name.first - 2].lower_]
    # Distances are counted from towns: "20 km south of Hama".
    told = beside(doc, name.first, words)
    return "settlement" if told is not None and told.km is not None else None
