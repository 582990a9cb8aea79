"""Does the name of a country or a capital stand for a party that acts, or for a place?"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from spacy.tokens import Token

from dateline.who.agents import Agent
from dateline.who.vocabulary import Words

_HYPHENS = frozenset("-‐‑–")
_COPULAS = {"be", "remain", "become", "stay"}


def joined_to(token: Token, words: Collection[str]) -> bool:
    """Whether a hyphen joins the token to one of these words: "US-backed"."""
    doc = token.doc
    return token.i + 2 < len(doc) and doc[token.i + 1].text in _HYPHENS and doc[token.i + 2].lower_ in words


class Agency:
    """Judges one token, the head of the name, by its place in the parse."""

    def __init__(self, words: Words, agents: Mapping[str, Agent]) -> None:
        self._words = words
        self._agents = agents

    def acts(self, token: Token) -> bool:
        """Whether the name is used of a party: it does, says, owns or wants something, or is dealt with."""
        dep = token.dep_
        if self.backs(token):
            return True
        if dep in {"nsubj", "nsubjpass"}:
            return self._as_subject(token)
        if dep in {"dobj", "dative"}:
            return token.head.lemma_.lower() in self._words.social_verbs
        if dep == "poss":
            return self._is_doing(token.head)
        if dep in {"compound", "nmod", "amod"}:
            return self.has(token)
        if dep == "pobj":
            return self._after_preposition(token.head)
        if dep == "appos":
            return self._is_party(token.head.lemma_.lower())
        return dep == "conj" and self.acts(token.head)

    def has(self, token: Token) -> bool:
        """Whether a name or adjective modifies what only a party has or does: "Turkish support"."""
        head = token.head
        common = head.i > token.i and not head.text[0].isupper()  # not "the Iran-Iraq War"
        return token.dep_ in {"compound", "nmod", "amod"} and common and self._is_doing(head)

    def backs(self, token: Token) -> bool:
        """Whether a name backs, leads or holds something: "US-backed"."""
        return joined_to(token, self._words.hyphen_participles)

    def _is_doing(self, noun: Token) -> bool:
        return bool({noun.lemma_.lower(), noun.lower_} & self._words.agent_nouns)

    def _as_subject(self, token: Token) -> bool:
        verb = token.head
        lemma = verb.lemma_.lower()
        if verb.pos_ not in {"VERB", "AUX"} or lemma in self._words.locative_verbs:
            return False
        if token.dep_ == "nsubjpass":
            return lemma in self._words.social_verbs or verb.lower_ in self._words.party_adjectives
        if lemma in _COPULAS:
            return any(self._makes_party(child) for child in verb.children)
        return True

    def _makes_party(self, complement: Token) -> bool:
        lemma = complement.lemma_.lower()
        if complement.dep_ == "acomp":
            return lemma in self._words.party_adjectives
        return complement.dep_ == "attr" and lemma in self._words.party_roles

    def _is_party(self, noun: str) -> bool:
        agent = self._agents.get(noun)
        return noun in self._words.party_roles or (
            agent is not None and agent.form != "told" and agent.kind != "civilians"
        )

    def _after_preposition(self, preposition: Token) -> bool:
        above, word = preposition.head, preposition.lower_
        lemma = above.lemma_.lower()
        if word in self._words.example_prepositions:
            return self._is_party(lemma)
        if preposition.dep_ == "agent":
            return True
        if word in self._words.party_prepositions:
            return lemma not in self._words.place_heads
        if word not in self._words.relation_prepositions:
            return False
        return lemma in self._words.party_heads or lemma in self._words.social_verbs
