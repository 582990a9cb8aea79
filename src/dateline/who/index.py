"""Which actor, if any, do these words stand for? The lookup every later room uses."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from dateline.language import noun_phrase, span_of
from dateline.records import Actor, Party, Span


class ActorIndex:
    """Actors of one article by the characters their mentions cover."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._by_id = {actor.id: actor for actor in actors}
        self._mentions: list[tuple[Span, str]] = sorted(
            (mention.span, actor.id) for actor in self._by_id.values() for mention in actor.mentions
        )

    def actor(self, actor_id: str) -> Actor:
        """The actor with this id.

        Raises:
            KeyError: the article has no such actor.
        """
        return self._by_id[actor_id]

    def mention_spans(self) -> list[tuple[str, Span]]:
        """Actor id and span of every mention, the longest first."""
        return sorted(((aid, span) for span, aid in self._mentions), key=lambda found: found[1][0] - found[1][1])

    def mention_over(self, token: Token) -> tuple[Span, str] | None:
        """Span and actor id of the shortest mention that covers the token."""
        begin, end = span_of(token)
        over = [(span[1] - span[0], span, aid) for span, aid in self._mentions if span[0] <= begin and end <= span[1]]
        if not over:
            return None
        _, span, actor_id = min(over)
        return span, actor_id

    def party(self, head: Token) -> Party:
        """The participant a noun phrase names: the mention over its head, else its words with no actor."""
        found = self.mention_over(head)
        if found is not None:
            return Party(actor=found[1], span=found[0])
        return Party(actor=None, span=span_of(noun_phrase(head)))

    def parties(self, heads: Iterable[Token]) -> tuple[Party, ...]:
        """The participants the heads name, each once, where it is first named, in text order."""
        seen: dict[str | Span, Party] = {}
        for head in sorted(heads, key=lambda token: token.i):
            party = self.party(head)
            seen.setdefault(party.actor or party.span, party)
        return tuple(sorted(seen.values(), key=lambda party: party.span))
