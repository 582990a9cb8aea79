"""The word lists of the room, from ``vocabulary.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import cast

from dateline.datafiles import read_yaml
from dateline.errors import CodebookError
from dateline.records import ActorKind
from dateline.who.registry import KINDS

_Raw = Mapping[str, list[str] | Mapping[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Words:
    """Lower-case lemmas; what each list is for stands in the file."""

    locative_verbs: frozenset[str]
    social_verbs: frozenset[str]
    party_adjectives: frozenset[str]
    party_roles: frozenset[str]
    agent_nouns: frozenset[str]
    party_prepositions: frozenset[str]
    relation_prepositions: frozenset[str]
    place_heads: frozenset[str]
    party_heads: frozenset[str]
    bodies: Mapping[str, frozenset[ActorKind]]
    same_body: frozenset[str]
    other_times: frozenset[str]
    honorifics: frozenset[str]
    ranks: frozenset[str]
    pronouns: Mapping[str, str]  # pronoun → class
    male_words: frozenset[str]
    female_words: frozenset[str]
    speech_verbs: frozenset[str]
    hyphen_participles: frozenset[str]
    article_words: frozenset[str]
    example_prepositions: frozenset[str]
    locative_prepositions: frozenset[str]
    place_verbs: frozenset[str]
    place_nouns: frozenset[str]
    not_bodies: frozenset[str]
    ship_prefixes: frozenset[str]
    openers: frozenset[str]
    not_agents: Mapping[str, frozenset[str]]  # head → words before it that make it no actor

    def gender(self, words: set[str]) -> str | None:
        """ "male" or "female" where exactly one of the two is told by the words."""
        male, female = bool(words & self.male_words), bool(words & self.female_words)
        return None if male == female else "male" if male else "female"


def load_words() -> Words:
    """The word lists, loaded.

    Raises:
        CodebookError: a list is missing, unknown or not of the right shape, or a kind of actor is unknown.
    """
    raw: _Raw = read_yaml("dateline.who", "vocabulary.yaml")
    expected = {field.name for field in fields(Words)}
    for name in expected ^ set(raw):
        raise CodebookError(f"vocabulary.yaml: {name}: {'is missing' if name in expected else 'is unknown; remove it'}")
    groups = {name: _groups(raw, name) for name in ("bodies", "pronouns", "not_agents")}
    lists = {name: frozenset(_words(raw[name], name)) for name in expected - set(groups)}
    for head, kinds in groups["bodies"].items():
        for kind in kinds - KINDS:
            raise CodebookError(f"vocabulary.yaml: bodies: {head}: kind {kind!r} is unknown")
    return Words(
        **lists,
        bodies=cast(Mapping[str, frozenset[ActorKind]], groups["bodies"]),
        pronouns={word: name for name, words in groups["pronouns"].items() for word in words},
        not_agents=groups["not_agents"],
    )


def _groups(raw: _Raw, name: str) -> dict[str, frozenset[str]]:
    value = raw[name]
    if not isinstance(value, Mapping):
        raise CodebookError(f"vocabulary.yaml: {name}: write lists under keys")
    return {key: frozenset(_words(words, f"{name}: {key}")) for key, words in value.items()}


def _words(value: object, key: str) -> list[str]:
    """The list under a key; YAML reads a bare "no" or a number as something else, which would never match a word."""
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise CodebookError(
            f"vocabulary.yaml: {key}: write a list of words, in quotation marks where YAML reads otherwise"
        )
    return value
