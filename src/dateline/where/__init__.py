"""Where? Place names in the text, and the places of the gazetteer they mean → places."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from dateline.datafiles import read_rows
from dateline.records import Place
from dateline.rooms import Draft, Room
from dateline.where.gazetteer import Candidate, Gazetteer, load_gazetteer
from dateline.where.names import Name, NameFinder, load_place_words
from dateline.where.rank import Around, best
from dateline.who.names import fold

__all__ = ["Gazetteer", "load_gazetteer", "make_room"]

# Candidates weighed for one name: the most populous; a hundred towns are called San Jose.
_MOST_CANDIDATES = 40


def make_room(gazetteer: Gazetteer | None = None) -> Room:
    """The room ``where``: gives ``places``. Uses the shipped gazetteer unless given another.

    Raises:
        CodebookError: the gazetteer is missing or broken.
    """
    reader = _Reader(gazetteer or load_gazetteer())
    return Room(name="where", needs=("actors",), gives=("places",), scores=("places", "entities"), run=reader.read)


class _Reader:
    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        words = load_place_words()
        self._finder = NameFinder(gazetteer, words)
        self._country_names = _country_names()

    def read(self, draft: Draft) -> Draft:
        people = _people(draft)
        names = [name for name in self._finder.find(draft.doc) if fold(name.text) not in people]
        candidates = [self._candidates(name) for name in names]
        around = self._around(draft, names, candidates)
        meant = {}
        for name, places in zip(names, candidates, strict=True):
            key = (fold(name.text), name.level, name.inside)
            if key not in meant:
                meant[key] = best(places, name, around)
        found = tuple(
            _place(f"p{number}", name, meant[fold(name.text), name.level, name.inside], draft)
            for number, name in enumerate(names, 1)
        )
        return replace(draft, places=found)

    def _candidates(self, name: Name) -> tuple[Candidate, ...]:
        if name.form == "demonym":
            return tuple(place for place in self._gazetteer.find(self._country_of(name)) if place.level == "country")
        found = self._gazetteer.find(name.text) or self._gazetteer.find(_bare(name.text))
        return found[:_MOST_CANDIDATES]

    def _country_of(self, name: Name) -> str:
        return next((full for full, code in self._country_names.items() if code == name.country), "")

    def _around(self, draft: Draft, names: list[Name], candidates: list[tuple[Candidate, ...]]) -> Around:
        countries: Counter[str] = Counter()
        units = set()
        for name, places in zip(names, candidates, strict=True):
            if name.country:
                countries[name.country] += 1
            elif (
                places
                and places[0].level == "country"
                and all(place.level == "country" for place in places[:1])
                and places[0].country
            ):
                if not any(place.level == "admin1" and place.population > places[0].population / 2 for place in places):
                    countries[places[0].country] += 1
            elif len({place.country for place in places}) == 1 and places[0].country:
                countries[places[0].country] += 1
            units |= {fold(place.name) for place in places if place.level == "admin1"}
        for actor in draft.actors:
            if actor.country and actor.registry:
                countries[actor.country] += 1
        return Around(countries, frozenset(units), self._country_names)


def _people(draft: Draft) -> set[str]:
    """Folded last names of persons the article names in full: after "Omar Sadiq", "Sadiq" is no town."""
    names = [
        fold(actor.name).split()
        for actor in draft.actors
        if actor.kind == "person" and actor.mentions[0].form == "name"
    ]
    return {name[-1] for name in names if len(name) > 1}


def _country_names() -> dict[str, str]:
    """Folded names of countries → ISO 3166-1 alpha-3, from the states of the actor registry."""
    out: dict[str, str] = {}
    for _, row in read_rows("dateline.who", "registry/states.csv"):
        for name in filter(None, [row["name"], *row["aliases"].split(";")]):
            if row["iso3"]:
                out.setdefault(fold(name), row["iso3"])
    return out


def _bare(text: str) -> str:
    """A name without the word for its level: "Idlib Governorate" → "Idlib"."""
    words = text.split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].lower() in _LEVEL_WORDS else ""


_LEVEL_WORDS = {
    "province", "governorate", "oblast", "state", "district", "county", "region", "city", "town", "village", "municipality", "island",
    "islands", "valley",
}  # fmt: skip


def _place(name_id: str, name: Name, meant: tuple[Candidate, float] | None, draft: Draft) -> Place:
    span = draft.doc[name.first : name.last + 1]
    place, confidence = meant if meant is not None else (None, None)
    return Place(
        id=name_id,
        span=(span.start_char, span.end_char),
        text=draft.article.text[span.start_char : span.end_char],
        form=name.form,
        name=place.name if place else None,
        geonameid=place.geonameid if place else None,
        level=place.level if place else None,
        country=place.country if place else name.country,
        admin1=place.admin1 if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        confidence=confidence,
    )
