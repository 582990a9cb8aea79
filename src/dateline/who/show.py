"""An actor of the registry in lines of text, for the command line."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.who.registry import Entry, Period, Registry


def actor_lines(registry: Registry, entry: Entry, day: str | None) -> Iterator[str]:
    """Id, name and facts of an entry, one a line; with a day only what held then."""
    facts = [entry.kind, entry.country, ", ".join(entry.sectors), _dates(entry.period)]
    yield f"{entry.id}  {entry.name}  ({'; '.join(fact for fact in facts if fact)})"
    if entry.aliases:
        yield f"  also: {'; '.join(entry.aliases)}"
    for word, affiliations in (("part of", entry.part_of), ("allied with", entry.allies)):
        for affiliation in affiliations:
            if day is None or affiliation.period.holds(day):
                yield f"  {word} {_name(registry, affiliation.id)}{_in_brackets(affiliation.period)}"
    for role in entry.roles:
        if day is None or role.period.holds(day):
            yield f"  {role.title}, {_name(registry, role.of)}{_in_brackets(role.period)}"
    yield f"  source: {entry.origin}"


def _name(registry: Registry, entry_id: str) -> str:
    return f"{registry.entries[entry_id].name} [{entry_id}]"


def _dates(period: Period) -> str:
    if period.start is None and period.end is None:
        return ""
    return f"{period.start or '…'} to {period.end or '…'}"


def _in_brackets(period: Period) -> str:
    dates = _dates(period)
    return f" ({dates})" if dates else ""
