"""Who? Mentions, coreference and the actor registry → actors."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from dateline.records import Actor, Mention
from dateline.rooms import Draft, Room
from dateline.who.agents import load_agents
from dateline.who.coreference import Cluster, Resolver
from dateline.who.index import ActorIndex
from dateline.who.mentions import Found, NameFinder
from dateline.who.nouns import NounFinder, without_article
from dateline.who.offices import Offices
from dateline.who.registry import Entry, Registry, Role, find, find_like, load_registry
from dateline.who.vocabulary import load_words
from dateline.who.votes import KnownPlaces

__all__ = ["ActorIndex", "Entry", "Registry", "find", "find_like", "load_registry", "make_room"]


def make_room(registry: Registry | None = None, *, places: KnownPlaces | None = None) -> Room:
    """The room ``who``: gives ``actors``. Uses the shipped registry unless given another.

    ``places`` tells which names are places'; without it no name is known to be one.

    Raises:
        CodebookError: a file of the registry, ``agents.csv`` or ``vocabulary.yaml`` is wrong.
    """
    reader = _Reader(registry or load_registry(), places)
    return Room(name="who", needs=(), gives=("actors",), scores=("entities",), run=reader.read)


class _Reader:
    """The loaded data, and the work on one draft."""

    def __init__(self, registry: Registry, places: KnownPlaces | None) -> None:
        agents = load_agents()
        self._registry = registry
        self._agents = agents
        self._words = load_words()
        self._offices = Offices(registry, self._words)
        self._names = NameFinder(registry, agents, self._words, places)
        self._nouns = NounFinder(registry, agents, self._words, self._names.countries)

    def read(self, draft: Draft) -> Draft:
        day = draft.article.published
        found = self._find(draft.doc, day)
        clusters = Resolver(draft.doc, day, self._registry, self._offices, self._words).resolve(found)
        actors = (self._actor(f"a{number}", cluster, draft, day) for number, cluster in enumerate(clusters, 1))
        return replace(draft, actors=tuple(actors))

    def _find(self, doc: Doc, day: str | None) -> list[Found]:
        """All mentions in text order; two may nest, none cross."""
        names, named = self._names.find(doc, day)
        nouns = list(self._nouns.find(doc, day, names, named))
        return _without_crossing(sorted([*names, *nouns], key=lambda mention: (mention.first, -mention.last)))

    def _actor(self, actor_id: str, cluster: Cluster, draft: Draft, day: str | None) -> Actor:
        entry = cluster.entry
        role = self._registry.role_on(entry, day) if entry else None
        return Actor(
            id=actor_id,
            name=entry.name if entry else _best_name(cluster, draft.doc),
            registry=entry.id if entry else None,
            kind=entry.kind if entry else cluster.kind,
            country=(entry.country if entry else None) or cluster.country,
            sectors=(role.sectors if role else ()) or cluster.sectors,
            role=self._role(cluster, role),
            part_of=self._registry.part_of_on(entry, day) if entry else cluster.inside,
            mentions=tuple(_mention(mention, draft) for mention in cluster.mentions),
        )

    def _role(self, cluster: Cluster, role: Role | None) -> str | None:
        """The registry's role at the time; else the office the text itself gives, if it names one."""
        if role is not None:
            return self._offices.wording(role)
        if cluster.kind != "person":
            return None
        return next((office for title in cluster.titles if (office := self._office(title))), None)

    def _office(self, title: str) -> str | None:
        """The office in a title's words; none in a rank, an honorific or an office of another time."""
        words = without_article(title.strip(" ,"))
        parts = {part.strip(",.'’") for part in words.lower().split()}
        agents = [agent for part in parts if (agent := self._agents.get(part)) is not None]
        holds = any(agent.kind == "person" and agent.form != "nominal" for agent in agents)
        return words if holds and not parts & self._words.other_times and not parts <= self._words.ranks else None


def _mention(found: Found, draft: Draft) -> Mention:
    span = draft.doc[found.first : found.last + 1]
    return Mention((span.start_char, span.end_char), draft.article.text[span.start_char : span.end_char], found.form)


def _best_name(cluster: Cluster, doc: Doc) -> str:
    """The longest name told; else the words of the first mention, without its article."""
    if cluster.names:
        return max(cluster.names, key=len)
    first = cluster.mentions[0]
    return without_article(doc[first.first : first.last + 1].text)


def _without_crossing(found: list[Found]) -> list[Found]:
    """Drops a mention that crosses an earlier one, or covers the same words."""
    kept: list[Found] = []
    for mention in found:
        if not any(_clash(other, mention) for other in kept[-6:]):
            kept.append(mention)
    return kept


def _clash(one: Found, two: Found) -> bool:
    """Whether the second, which does not begin before the first, crosses it or is the same stretch."""
    return one.first < two.first <= one.last < two.last or (one.first, one.last) == (two.first, two.last)
