"""Is a listed name meant as a place at this spot? Documented features with a weight each (``weights.yaml``)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from spacy.tokens import Doc, Token

from dateline.datafiles import read_yaml
from dateline.errors import CodebookError
from dateline.records import Actor
from dateline.where.gazetteer import OWN, Candidate
from dateline.where.words import PlaceWords
from dateline.who.names import fold

# People taken to live where GeoNames knows no figure: mostly seats of a district.
_UNKNOWN_POPULATION = 5_000
_JOINING = frozenset({",", "and", "or"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


class Match:
    """A listed name at a spot of the text, and what stands round it."""

    __slots__ = ("doc", "first", "last", "places", "seen", "text", "top")

    def __init__(self, doc: Doc, first: int, last: int, places: tuple[Candidate, ...], seen: Seen) -> None:
        self.doc, self.first, self.last, self.places, self.seen = doc, first, last, places, seen
        self.text = doc[first : last + 1].text
        self.top = max(places, key=prominence)

    @property
    def before(self) -> Token | None:
        """The word before, past "the" and a direction."""
        index = self.first - 1
        while index >= 0 and (self.doc[index].lower_ == "the" or self.doc[index].lower_ in self.seen.words.directions):
            index -= 1
        return self.doc[index] if index >= 0 else None

    @property
    def after(self) -> Token | None:
        return self.doc[self.last + 1] if self.last + 1 < len(self.doc) else None

    @property
    def label(self) -> str:
        """The parser's entity label over the name's last word, "" if none."""
        return self.doc[self.last].ent_type_

    @property
    def is_part(self) -> bool:
        """Whether the entity over the name holds other capitalised words."""
        first, last = self.seen.entity_over.get(self.last, (self.first, self.last))
        outside = (*range(first, self.first), *range(self.last + 1, last + 1))
        return any(
            self.doc[i].text[:1].isupper() and self.doc[i].lower_ not in self.seen.words.levels
            for i in outside
            if self.doc[i].lower_ != "the"
        )


class Seen:
    """What a whole text shows of its names: gathered once, asked by each match."""

    def __init__(self, doc: Doc, actors: Iterable[Actor], words: PlaceWords) -> None:
        self.words = words
        self.entity_over = {i: (ent.start, ent.end - 1) for ent in doc.ents for i in range(ent.start, ent.end)}
        self.person_words: Counter[str] = Counter()
        self.place_words: Counter[str] = Counter()
        for ent in doc.ents:
            if ent.label_ == "PERSON" and ent.end - ent.start > 1:
                self.person_words.update(token.lower_ for token in ent if token.text[:1].isupper())
            elif ent.label_ in PLACE_LABELS:
                self.place_words[fold(ent.text).removeprefix("the ")] += 1
        self.generic = (
            words.natural | words.not_after | words.streets | set(words.levels) | words.directions | words.titles
        )
        self.countries: set[str] = set()  # ISO alpha-3 of those the text names; filled by the finder before it judges
        self._actors = tuple(actors)
        for actor in self._actors:
            if actor.kind == "person" and " " in actor.name:
                self.person_words[actor.name.split()[-1].lower()] += 1

    @cached_property
    def person_spans(self) -> list[tuple[int, int]]:
        """Character spans of the names of persons the room ``who`` found."""
        return [m.span for actor in self._actors if actor.kind == "person" for m in actor.mentions if m.form == "name"]

    @cached_property
    def body_spans(self) -> list[tuple[int, int]]:
        """Character spans of the names of organisations, armies and the like the room ``who`` found."""
        bodies = (actor for actor in self._actors if actor.kind not in {"person", "state"})
        return [mention.span for actor in bodies for mention in actor.mentions if mention.form == "name"]

    @cached_property
    def known_bodies(self) -> set[tuple[int, int]]:
        """Character spans of the names of bodies the registry knows, which are no places: "U.N.", "Hamas"."""
        bodies = (a for a in self._actors if a.registry and a.kind not in {"person", "state", "government"})
        return {mention.span for actor in bodies for mention in actor.mentions if mention.form == "name"}

    def in_body_name(self, begin: int, end: int) -> bool:
        """Whether the characters are part of such a name: "Turkish" in "Turkish Red Crescent"."""
        return any(a <= begin and end <= b and b - a > end - begin for a, b in self.body_spans)


def prominence(place: Candidate) -> float:
    """Size of a place, 0 to 1: the logarithm of its population; hand-listed regions and features count as a big city."""
    if place.level in {"region", "feature"}:
        return 0.7
    size = math.log10(place.population or _UNKNOWN_POPULATION) / 9
    return size + 0.1 if place.level == "country" else size


# ---------------------------------------------------------------- features of a match
def called_place(match: Match) -> bool:
    """The parser calls exactly this a place."""
    return match.label in PLACE_LABELS and not match.is_part


def in_longer_place(match: Match) -> bool:
    """The parser calls a longer name round it a place."""
    return match.label in PLACE_LABELS and match.is_part


def called_person(match: Match) -> bool:
    """The parser calls exactly this a person."""
    return match.label == "PERSON" and not match.is_part


def in_person(match: Match) -> bool:
    """It is part of a person's name."""
    return (match.label == "PERSON" and match.is_part) or _within(match, match.seen.person_spans)


def called_body(match: Match) -> bool:
    """The parser calls exactly this an organisation."""
    return match.label == "ORG" and not match.is_part


def begins_body(match: Match) -> bool:
    """It begins a longer organisation's name ("Ankara Chamber of Commerce")."""
    return _in_body(match) and match.seen.entity_over[match.last][0] >= match.first - 1


def ends_body(match: Match) -> bool:
    """It ends a longer organisation's name after "of", "in" or a comma ("University of Ankara")."""
    return (
        _in_body(match)
        and not begins_body(match)
        and match.doc[match.first - 1].lower_ in {"of", "in", ",", "for", "the"}
    )


def inside_body(match: Match) -> bool:
    """It stands elsewhere in a longer organisation's name."""
    return _in_body(match) and not begins_body(match) and not ends_body(match)


def called_other(match: Match) -> bool:
    """The parser calls it or a name round it an event, a product, a work or the like."""
    return match.label in {
        "PRODUCT",
        "WORK_OF_ART",
        "EVENT",
        "LAW",
        "LANGUAGE",
        "DATE",
        "TIME",
        "MONEY",
        "CARDINAL",
        "QUANTITY",
    }


def called_group(match: Match) -> bool:
    """The parser calls it a nationality, faith or party."""
    return match.label == "NORP"


def after_locative(match: Match) -> bool:
    """A preposition of place or a verb like "captured" comes before."""
    before = match.before
    return before is not None and before.lower_ in match.seen.words.locative


def after_of(match: Match) -> bool:
    """ "of" comes before."""
    before = match.before
    return before is not None and before.lower_ == "of"


def after_level_of(match: Match) -> bool:
    """ "city of", "province of" or the like comes before."""
    before = match.before
    return (
        before is not None
        and before.lower_ == "of"
        and before.i > 0
        and match.doc[before.i - 1].lower_ in match.seen.words.levels
    )


def after_direction(match: Match) -> bool:
    """A direction comes before ("northern")."""
    return match.first > 0 and match.doc[match.first - 1].lower_ in match.seen.words.directions


def after_comma(match: Match) -> bool:
    """A comma and a capitalised word come before, as in "Idlib, Syria"."""
    return match.first > 1 and match.doc[match.first - 1].text == "," and match.doc[match.first - 2].text[:1].isupper()


def before_comma(match: Match) -> bool:
    """A comma and a capitalised word come after, as in "Idlib, Syria"."""
    after = match.after
    return (
        after is not None
        and after.text == ","
        and after.i + 1 < len(match.doc)
        and match.doc[after.i + 1].text[:1].isupper()
    )


def beside_place(match: Match) -> bool:
    """A comma, "and" or "or" joins it to what the parser calls a place."""
    doc, first, last = match.doc, match.first, match.last
    before = first > 1 and doc[first - 1].lower_ in _JOINING and doc[first - 2].ent_type_ in PLACE_LABELS
    after = last + 2 < len(doc) and doc[last + 1].lower_ in _JOINING and doc[last + 2].ent_type_ in PLACE_LABELS
    return before or after


def in_told_country(match: Match) -> bool:
    """A place of this name lies in a country that the text names, by its own name or its adjective."""
    return any(place.level != "country" and place.country in match.seen.countries for place in match.places)


def long_in_told_country(match: Match) -> bool:
    """So is one, and the name has several words: hardly by chance."""
    return match.last > match.first and in_told_country(match)


def before_level(match: Match) -> bool:
    """ "province", "city" or the like comes after."""
    after = match.after
    return after is not None and after.lower_ in match.seen.words.levels


def before_other_name(match: Match) -> bool:
    """Another capitalised noun comes after: a longer name."""
    after = match.after
    return (
        after is not None
        and after.text[:1].isupper()
        and after.pos_ in {"PROPN", "NOUN"}
        and after.lower_ not in match.seen.words.levels
    )


def after_other_name(match: Match) -> bool:
    """A capitalised name comes right before: a longer name."""
    if match.first == 0:
        return False
    before = match.doc[match.first - 1]
    return before.text[:1].isupper() and before.pos_ == "PROPN" and before.lower_ not in match.seen.words.directions


def before_barred(match: Match) -> bool:
    """A word comes after that makes it the name of a paper, a company, a virus or the like."""
    after = match.after
    return after is not None and after.lower_ in match.seen.words.not_after


def after_title(match: Match) -> bool:
    """A title comes right before."""
    return match.first > 0 and match.doc[match.first - 1].lower_ in match.seen.words.titles


def before_speech(match: Match) -> bool:
    """A verb of saying comes right after."""
    after = match.after
    return after is not None and after.lower_ in match.seen.words.speech


def possessive(match: Match) -> bool:
    """ "'s" comes right after."""
    after = match.after
    return after is not None and after.tag_ == "POS"


def begins_sentence(match: Match) -> bool:
    """It is the first word of a sentence."""
    return bool(match.doc[match.first].is_sent_start)


def no_proper_noun(match: Match) -> bool:
    """The parser takes its last word for another part of speech than a proper noun."""
    return match.doc[match.last].pos_ != "PROPN"


def surname_here(match: Match) -> bool:
    """It is part of a longer person's name elsewhere in the text."""
    return match.seen.person_words[match.doc[match.last].lower_] > 0 and match.first == match.last


def place_elsewhere(match: Match) -> float:
    """How often the parser calls this name a place in the text, up to three times."""
    return min(match.seen.place_words[fold(match.text)], 3) / 3


def is_country(match: Match) -> bool:
    """A country bears the name."""
    return any(place.level == "country" for place in match.places)


def is_unit(match: Match) -> bool:
    """A first-level unit bears the name."""
    return any(place.level == "admin1" for place in match.places)


def is_second_unit(match: Match) -> bool:
    """No more than a second-level unit bears the name."""
    return match.top.level == "admin2"


def is_listed(match: Match) -> bool:
    """A hand-listed region or feature bears the name."""
    return any(place.level in {"region", "feature"} for place in match.places)


def size(match: Match) -> float:
    """Prominence of the largest place of the name."""
    return prominence(match.top)


def own_name(match: Match) -> bool:
    """The largest place of the name is called so itself."""
    return match.top.kind == OWN


def many_words(match: Match) -> bool:
    """The name has several words."""
    return match.last > match.first


def all_capitals(match: Match) -> bool:
    """The name is in capitals throughout."""
    return match.text.isupper()


Feature = Callable[[Match], float]

FEATURES: tuple[Feature, ...] = (
    called_place, in_longer_place, called_person, in_person, called_body, begins_body, ends_body, inside_body, called_other,
    called_group, after_locative, after_of, after_level_of, after_direction, after_comma, before_comma, beside_place,
    in_told_country, long_in_told_country, before_level, before_other_name, after_other_name, before_barred, after_title,
    before_speech, possessive, begins_sentence, no_proper_noun, surname_here, place_elsewhere, is_country, is_unit,
    is_second_unit, is_listed, size, own_name, many_words, all_capitals,
)  # fmt: skip


def _in_body(match: Match) -> bool:
    return match.label == "ORG" and match.is_part


def _within(match: Match, spans: list[tuple[int, int]]) -> bool:
    """Whether one of the character spans covers the name and more."""
    if not spans:
        return False
    begin = match.doc[match.first].idx
    end = begin + len(match.text)
    return any(a <= begin and end <= b and b - a > end - begin for a, b in spans)


# ---------------------------------------------------------------- the judgement
@dataclass(frozen=True, slots=True)
class Weights:
    """How much each feature of a match speaks for a place, in log-odds, and the likelihood from which it is one."""

    bias: float
    features: tuple[tuple[Feature, float], ...]
    accept: float

    def likelihood(self, match: Match) -> float:
        """Probability that a place is meant."""
        return 1 / (1 + math.exp(-self.bias - sum(weight * feature(match) for feature, weight in self.features)))


def load_weights() -> Weights:
    """The weights of ``weights.yaml``, section ``is_place``.

    Raises:
        CodebookError: a feature has no weight, or a weight no feature.
    """
    told = read_yaml("dateline.where", "weights.yaml")["is_place"]
    return Weights(told["bias"], paired(FEATURES, told["features"], "is_place"), told["accept"])


Judge = TypeVar("Judge", bound=Callable[..., float])


def paired(features: tuple[Judge, ...], weights: Mapping[str, float], section: str) -> tuple[tuple[Judge, float], ...]:
    """Each feature with its weight.

    Raises:
        CodebookError: the two lists differ.
    """
    names = {feature.__name__ for feature in features}
    if odd := names ^ set(weights):
        raise CodebookError(
            f"weights.yaml, {section}: {', '.join(sorted(odd))}; a weight for each feature, and none besides"
        )
    return tuple((feature, weights[feature.__name__]) for feature in features)
