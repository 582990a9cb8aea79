"""One event for each happening: later tellings of it in the article are joined to the first.

Two events are one happening only where something says so (a headline and its lead, "the attack", the same words of the same parties)
and nothing speaks against it (other named parties, another place or day, another toll). In doubt they stay two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from dateline.records import OWN_VOICE, DateExpression, Event, Figure, Party, Place, Telling

# Sentences of the body that may tell the headline's event again.
LEAD = 3
# Sentences after which "the attack" no longer points back.
FARTHEST = 12
# Statuses that may be told of one happening: it went on, and then it was over.
_REAL = frozenset({"occurred", "ongoing"})
# Places of these levels hold others, so that a town does not speak against its country.
_WIDE = frozenset({"country", "admin1", "admin2", "region"})
_POINTING = frozenset({"the", "this", "that", "these", "those"})


@dataclass(frozen=True, slots=True)
class Told:
    """An event with the word that carries it. ``sentence`` counts from 0, the headline included."""

    event: Event
    head: Token
    sentence: int
    in_headline: bool


@dataclass(frozen=True, slots=True)
class Known:
    """Records of the article by id."""

    places: Mapping[str, Place]
    dates: Mapping[str, DateExpression]
    figures: Mapping[str, Figure]
    named: frozenset[str]  # actors that the article calls by a name


def merged(told: Sequence[Told], known: Known) -> list[Event]:
    """One event for each happening, in text order of the first telling; ids are given anew."""
    groups: list[list[Told]] = []
    for one in sorted(told, key=lambda t: t.event.trigger.span):
        group = next((g for g in reversed(groups) if _is_told_again(g, one, known)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return [replace(_joined(group), id=f"e{n + 1}") for n, group in enumerate(groups)]


def _is_told_again(group: Sequence[Told], one: Told, known: Known) -> bool:
    """Whether the happening of a group is told by ``one`` again."""
    if any(_conflict(earlier.event, one.event, known) for earlier in group):
        return False
    return any(_points_back(earlier, one) or _same_words(earlier, one, known) for earlier in group)


def _conflict(first: Event, second: Event, known: Known) -> bool:
    """Whether the two cannot be one."""
    if first.type != second.type or (None not in (first.mode, second.mode) and first.mode != second.mode):
        return True
    if first.status != second.status and not {first.status, second.status} <= _REAL:
        return True
    return (
        _apart(_ids(first.actors), _ids(second.actors), known.named)
        or _apart(_ids(first.recipients), _ids(second.recipients), known.named)
        or _elsewhere(first.place, second.place, known.places)
        or _another_day(first, second)
        or _another_toll(first, second, known.figures)
    )


def _ids(parties: Sequence[Party]) -> set[str]:
    return {party.actor for party in parties if party.actor is not None}


def _apart(first: set[str], second: set[str], named: frozenset[str]) -> bool:
    """Both sides name somebody, and not the same. "Gunmen" and "the rebels" may be the same."""
    return bool(first & named and second & named) and not first & second


def _elsewhere(first: str | None, second: str | None, places: Mapping[str, Place]) -> bool:
    if first is None or second is None or first == second:
        return False
    one, other = places[first], places[second]
    if (one.geonameid is not None and one.geonameid == other.geonameid) or one.text == other.text:
        return False
    nested = one.country == other.country and (one.level in _WIDE or other.level in _WIDE)
    return not nested


def _another_day(first: Event, second: Event) -> bool:
    """Only days that the text tells count, not the day of publication."""
    one, other = first.date, second.date
    if one is None or other is None or {one.source, other.source} != {"text"}:
        return False
    if None in (one.from_, one.to, other.from_, other.to):
        return False
    return str(one.to) < str(other.from_) or str(other.to) < str(one.from_)


def _another_toll(first: Event, second: Event, figures: Mapping[str, Figure]) -> bool:
    one, other = ({figures[f].of: figures[f].low for f in event.figures} for event in (first, second))
    return any(one[of] != other[of] for of in one.keys() & other.keys())


def _points_back(earlier: Told, one: Told) -> bool:
    """The lead after the headline, with a party or place in common; "the attack" after an attack."""
    if earlier.in_headline and not one.in_headline:
        near = one.sentence - earlier.sentence <= LEAD
        return near and bool(_parties(earlier.event) & _parties(one.event) or _same_place(earlier.event, one.event))
    if one.head.pos_ not in {"NOUN", "PROPN"} or one.head.tag_ in {"NNS", "NNPS"}:
        return False
    points = any(child.lower_ in _POINTING for child in one.head.children if child.dep_ == "det")
    return points and one.sentence - earlier.sentence <= FARTHEST


def _same_words(earlier: Told, one: Told, known: Known) -> bool:
    """The same word, or code, with a common doer and something else in common."""
    first, second = earlier.event, one.event
    same_word = earlier.head.lemma_.lower() == one.head.lemma_.lower()
    common = _ids(first.actors) & _ids(second.actors)
    hit = _ids(first.recipients) & _ids(second.recipients)
    placed = _same_place(first, second) and not _elsewhere(first.place, second.place, known.places)
    dated = first.date is not None and second.date is not None and first.date.from_ == second.date.from_ is not None
    if same_word:
        return bool(common) and bool(hit or placed or dated)
    return bool(common and hit) and first.mode == second.mode and (placed or dated)


def _parties(event: Event) -> set[str]:
    return _ids(event.actors) | _ids(event.recipients)


def _same_place(first: Event, second: Event) -> bool:
    return first.place is not None and first.place == second.place


def _joined(group: Sequence[Told]) -> Event:
    """The first telling's event; what it does not say is taken from the next that does."""
    first, *others = (told.event for told in group)
    for other in others:
        first = replace(
            first,
            mode=first.mode or other.mode,
            contexts=tuple(sorted({*first.contexts, *other.contexts})),
            actors=first.actors or other.actors,
            recipients=first.recipients or other.recipients,
            place=first.place or other.place,
            date=first.date or other.date,
            figures=tuple(dict.fromkeys((*first.figures, *other.figures))),
            equipment=tuple(dict.fromkeys((*first.equipment, *other.equipment))),
            confidence=max((c for c in (first.confidence, other.confidence) if c is not None), default=None),
            also=(*first.also, Telling(other.trigger, other.evidence, OWN_VOICE)),
        )
    return first
