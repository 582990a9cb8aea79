"""Who held an office on a day: "the Turkish foreign minister" → the registry's person."""

from __future__ import annotations

from collections import defaultdict

from dateline.who.names import fold
from dateline.who.registry import Entry, Registry, Role

# Words of a title that say nothing of the office.
_EMPTY = {
    "the",
    "of",
    "for",
    "and",
    "mr",
    "mrs",
    "ms",
    "then",
    "former",
    "s",
    "his",
    "her",
    "its",
    "current",
    "new",
    "acting",
}
_SAME = {"premier": "prime minister", "defense": "defence", "secretary of state": "foreign minister"}


class Offices:
    """Roles of the registry by country and by the words of their title."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._by_country: dict[str, list[tuple[frozenset[str], Role, Entry]]] = defaultdict(list)
        for entry in registry.entries.values():
            for role in entry.roles:
                body = registry.entries[role.of]
                if body.country:
                    self._by_country[body.country].append((_words(role.title), role, entry))

    def holder(self, title: str, country: str | None, day: str | None) -> Entry | None:
        """The one person whose title's words are all in ``title``, for that country and day; None if none or several.

        A "former" or "deputy" title names nobody here.
        """
        words = _words(title)
        if country is None or day is None or {"former", "ex"} & set(fold(title).split()):
            return None
        fitting = [
            (len(own), entry)
            for own, role, entry in self._by_country.get(country, ())
            if own <= words and ("deputy" in own or "deputy" not in words) and ("vice" in own or "vice" not in words)
            and role.period.holds(day)
        ]  # fmt: skip
        longest = max((size for size, _ in fitting), default=0)
        people = {entry.id: entry for size, entry in fitting if size == longest}
        return next(iter(people.values())) if len(people) == 1 else None

    def side(self, role: Role) -> Entry | None:
        """Whom the holder of an office speaks for: the state of a government's body, else the body itself."""
        body = self._registry.entries[role.of]
        if body.kind in {"government", "state", "military"} and body.country:
            return self._registry.entries.get(body.country.lower(), body)
        return body

    def wording(self, role: Role) -> str:
        """A role as a reader would write it: "Foreign Minister of Turkey"."""
        if " of " in role.title or " for " in role.title:
            return role.title
        name = self._registry.state_name(role.of)
        return f"{role.title} of {name}" if name else role.title


def _words(title: str) -> frozenset[str]:
    folded = fold(title)
    for word, same in _SAME.items():
        folded = folded.replace(word, same)
    return frozenset(folded.split()) - _EMPTY
