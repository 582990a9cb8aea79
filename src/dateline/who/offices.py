"""Who held an office on a day: "the Turkish foreign minister" → the registry's person; and how a role is worded."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from dateline.who.names import fold
from dateline.who.registry import Entry, Registry, Role
from dateline.who.vocabulary import Words

_OWNER = re.compile(r"['’]s?(?= |$)")
# Words of a title that say nothing of the office.
_EMPTY = frozenset(
    {"the", "of", "for", "and", "to", "his", "her", "its", "their", "current", "new", "affairs", "national"}
)
_SAME = (("premier", "prime minister"), ("defense", "defence"), ("secretary general", "secretarygeneral"))


class Offices:
    """Roles of the registry by the body they belong to and the words of their title."""

    def __init__(self, registry: Registry, words: Words) -> None:
        self._registry = registry
        self._words = words
        self._by_body: dict[str, list[tuple[frozenset[str], Role, Entry]]] = defaultdict(list)
        self._state_of: dict[str, str] = {
            state.country: state.id for state in reversed(registry.states) if state.country
        }
        for entry in registry.entries.values():
            for role in entry.roles:
                self._by_body[self._owner(role.of)].append((_title_words(role.title), role, entry))

    def _owner(self, body: str) -> str:
        """The state of a state's standing body, else the body itself."""
        state = body.partition("-")[0]
        return state if body != state and f"{state}-gov" in self._registry.entries and self._is_standing(body) else body

    def _is_standing(self, body: str) -> bool:
        return self._registry.entries[body].origin.startswith("state_bodies")

    def holder(self, title: str, *, bodies: Iterable[str], country: str | None, day: str | None) -> Entry | None:
        """The one person who held the office of that title in one of the bodies, or in the country, on that day.

        None if none or several did, and for a "former" or "deputy" one that the registry has no role for.
        """
        whole = _title_words(title)
        for body in bodies:
            if found := self._only(body, whole, whole - _names_words(self._registry.entries[body]), day):
                return found
        state = self._state_of.get(country or "")
        return self._only(state, whole, whole - self._country_words(state), day) if state is not None else None

    def _only(self, owner: str, whole: frozenset[str], rest: frozenset[str], day: str | None) -> Entry | None:
        """The one holder of a role worded so, with or without the words that name the owner."""
        holders = {
            entry.id: entry
            for title, role, entry in self._by_body.get(owner, ())
            if title in (whole, rest) and role.period.holds(day)
        }
        return next(iter(holders.values())) if len(holders) == 1 else None

    def _country_words(self, state_id: str) -> frozenset[str]:
        state = next(state for state in self._registry.states if state.id == state_id)
        return _names_words(self._registry.entries[state_id]) | {
            word for text in (*state.adjectives, *state.metonyms) for word in fold(text).split()
        }

    def side(self, role: Role) -> Entry:
        """Whom the holder of an office speaks for: the state of a government's body, else the body itself."""
        body = self._registry.entries[role.of]
        if body.kind in {"government", "state", "military"} and body.country is not None:
            return self._registry.entries.get(self._state_of.get(body.country, ""), body)
        return body

    def fits(self, entry: Entry, head: str, day: str | None) -> bool:
        """Whether "the minister" can be this person by a role held on that day."""
        return any(head in fold(role.title).split() for role in entry.roles if role.period.holds(day))

    def wording(self, role: Role) -> str:
        """A role as a reader would write it: "Foreign Minister of Turkey"."""
        if any(f" {word} " in role.title for word in ("of", "for", "to", "in")):
            return role.title
        name = self._registry.state_name(role.of)
        if name is None or fold(name) in fold(role.title):
            return role.title
        article = "the " if fold(name).split()[-1] in self._words.article_words else ""
        return f"{role.title} of {article}{name}"


def _title_words(title: str) -> frozenset[str]:
    folded = fold(without_owner(title))
    for word, same in _SAME:
        folded = folded.replace(word, same)
    return frozenset(folded.split()) - _EMPTY


def without_owner(text: str) -> str:
    """The text without possessive 's, which would otherwise fold into the word before it."""
    return _OWNER.sub("", text)


def _names_words(entry: Entry) -> frozenset[str]:
    return frozenset(word for text in (entry.name, *entry.aliases) for word in fold(text).split())
