"""Who? Mentions, coreference and the actor registry → actors."""

from __future__ import annotations

from dataclasses import replace

from dateline.records import Actor, Mention
from dateline.rooms import Draft, Room
from dateline.who.agents import load_agents
from dateline.who.coreference import Cluster, Resolver
from dateline.who.index import ActorIndex
from dateline.who.mentions import Found, MentionFinder, load_words
from dateline.who.offices import Offices
from dateline.who.registry import Entry, Registry, find, load_registry

__all__ = ["ActorIndex", "Entry", "Registry", "find", "load_registry", "make_room"]


def make_room(registry: Registry | None = None) -> Room:
    """The room ``who``: gives ``actors``. Uses the shipped registry unless given another.

    Raises:
        CodebookError: a file of the registry is wrong.
    """
    reader = _Reader(registry or load_registry())
    return Room(name="who", needs=("doc",), gives=("actors",), scores=("entities",), run=reader.read)


class _Reader:
    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._words = load_words()
        self._offices = Offices(registry)
        self._finder = MentionFinder(registry, load_agents(), self._words)

    def read(self, draft: Draft) -> Draft:
        day = draft.article.published
        found = self._finder.find(draft.doc, day)
        clusters = Resolver(draft.doc, day, self._offices, self._words).resolve(found)
        actors = tuple(self._actor(f"a{number}", cluster, draft, day) for number, cluster in enumerate(clusters, 1))
        return replace(draft, actors=actors)

    def _actor(self, name: str, cluster: Cluster, draft: Draft, day: str | None) -> Actor:
        entry = cluster.entry
        part_of = self._registry.part_of_on(entry, day) if entry else cluster.inside
        role = self._registry.role_on(entry, day) if entry else None
        sectors = (role.sectors if role else ()) or cluster.sectors
        told = next(
            (title for title in cluster.titles if cluster.names and not title.lower().startswith(("the ", "a ", "mr"))),
            None,
        )
        return Actor(
            id=name,
            name=entry.name if entry else _best_name(cluster, draft),
            registry=entry.id if entry else None,
            kind=entry.kind if entry else cluster.kind,
            country=(entry.country if entry else None) or cluster.country,
            sectors=sectors,
            role=self._offices.wording(role) if role else told,
            part_of=part_of,
            mentions=tuple(_mention(mention, draft) for mention in cluster.mentions),
        )


def _mention(found: Found, draft: Draft) -> Mention:
    span = draft.doc[found.first : found.last + 1]
    return Mention((span.start_char, span.end_char), draft.article.text[span.start_char : span.end_char], found.form)


def _best_name(cluster: Cluster, draft: Draft) -> str:
    """The longest name told; else the words of the first mention."""
    if cluster.names:
        return max(cluster.names, key=len)
    first = cluster.mentions[0]
    return draft.doc[first.first : first.last + 1].text
