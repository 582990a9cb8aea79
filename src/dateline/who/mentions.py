"""Mentions: the words of a text that stand for an actor, with what can be known of each by itself.

Spans follow the noun phrase with its determiner ("the Iraqi security forces", "Foreign Secretary Jane Doe"), as the
development data mark them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import partial

from spacy.tokens import Doc, Span, Token

from dateline.datafiles import read_yaml
from dateline.language import noun_phrase
from dateline.records import ActorKind, MentionForm
from dateline.who.agents import Agent
from dateline.who.names import Match, NameIndex, Word, acronym, fold, words_of
from dateline.who.registry import Entry, Registry, checked_kind

# Single-word names as short as this must stand in the text exactly as the registry writes them (IS, US, PKK). In letters.
_SHORT_NAME = 4
_PRONOUN_DEPS = {"nsubj", "nsubjpass", "dobj", "pobj", "poss", "dative", "conj", "attr"}
_WORDS = "vocabulary.yaml"
_SUBJECT_DEPS = {"nsubj", "nsubjpass", "agent"}


@dataclass(frozen=True, slots=True)
class Found:
    """One mention, not yet joined with others. Token indices, ``last`` included."""

    first: int
    last: int
    head: int
    form: MentionForm
    kind: ActorKind
    entry: Entry | None = None  # registry
    name: str | None = None  # the name alone, without title
    title: str | None = None  # words of a title before a name, or the title itself
    country: str | None = None  # ISO 3166-1 alpha-3 from an adjective or a possessor
    sectors: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()  # registry ids named inside the phrase ("Free Syrian Army fighters")
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of ``vocabulary.yaml``."""

    agent_nouns: frozenset[str]
    agent_deeds: frozenset[str]
    agent_prepositions: frozenset[str]
    party_heads: frozenset[str]
    generic_bodies: Mapping[str, frozenset[ActorKind]]
    social_verbs: frozenset[str]
    locative_verbs: frozenset[str]
    plural_kinds: Mapping[str, ActorKind]  # sector → kind
    hyphenated: frozenset[str]
    focus: frozenset[str]
    pronouns: Mapping[str, str]  # pronoun → class
    male: frozenset[str]
    female: frozenset[str]
    speech_verbs: frozenset[str]
    not_agents: frozenset[str]


def load_words() -> Words:
    """The word lists, loaded."""
    data = read_yaml("dateline.who", _WORDS)
    listed = {
        field.name: frozenset(data[field.name]) for field in fields(Words) if isinstance(data.get(field.name), list)
    }
    return Words(
        **listed,
        generic_bodies={
            noun: frozenset(checked_kind(kind, f"{_WORDS}, {noun}") for kind in kinds)
            for noun, kinds in data["generic_bodies"].items()
        },
        plural_kinds={
            sector: checked_kind(kind, f"{_WORDS}, {sector}") for sector, kind in data["plural_kinds"].items()
        },
        pronouns={word: name for name, words in data["pronouns"].items() for word in words},
        male=frozenset(data["male_words"]),
        female=frozenset(data["female_words"]),
    )


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of the registry as entered in the index."""

    entry: Entry
    text: str
    metonym: bool


@dataclass(frozen=True, slots=True)
class _Adjective:
    """A state's adjective: the state, and the state's own names (U.S. is both)."""

    entry: Entry
    names: tuple[str, ...]


class MentionFinder:
    """Finds mentions; holds the name index of the registry."""

    def __init__(self, registry: Registry, agents: Mapping[str, Agent], words: Words) -> None:
        self._agents = agents
        self._words = words
        self._index: NameIndex[_Name] = NameIndex()
        for entry in registry.entries.values():
            for name in dict.fromkeys((entry.name, *entry.aliases)):
                self._index.add(name, _Name(entry, name, metonym=False))
            for name in entry.metonyms:
                self._index.add(name, _Name(entry, name, metonym=True))
        self._countries = {
            fold(word): s.country for s in registry.states for word in (*s.adjectives, s.name) if s.country
        }
        self._states = {
            adjective: _Adjective(registry.entries[state.id], (state.name, *registry.entries[state.id].aliases))
            for state in registry.states
            for adjective in state.adjectives
        }
        self._adjectives = {fold(word) for state in registry.states for word in state.adjectives}
        self._peoples = {fold(word): s.country for s in registry.states for word in s.people if s.country}

    def find(self, doc: Doc, day: str | None) -> list[Found]:
        """All mentions in text order; two may nest, none cross."""
        names = self._names(doc, words_of(doc), day)
        found: list[Found] = []
        covered: set[int] = set()
        for mention in (*self._named(doc, names), *self._demonyms(doc)):
            found.append(mention)
            covered.add(mention.head)
        for mention in self._entities(doc, covered):
            found.append(mention)
            covered.add(mention.head)
        for mention in (*self._introduced(doc, covered), *_acronyms(doc, found, covered)):
            found.append(mention)
            covered.add(mention.head)
        inside = {index: match.payload.entry for match in names for index in range(match.first, match.last + 1)}
        for token in doc:
            if token.i not in covered and (other := self._nominal(token, inside) or self._pronoun(token)):
                found.append(other)
        return _without_crossing(sorted(found, key=lambda f: (f.first, -f.last)))

    # -- names of the registry

    def _names(self, doc: Doc, words: list[Word], day: str | None) -> list[Match[_Name]]:
        return list(self._index.find(words, partial(self._accepts, doc, day)))

    def _accepts(self, doc: Doc, day: str | None, first: int, last: int, name: _Name) -> bool:
        text = doc[first : last + 1].text
        if len(fold(name.text)) <= _SHORT_NAME:
            if text.replace(".", "") != name.text.removeprefix("the ").replace(".", ""):
                return False
        elif " " not in name.text and name.text[0].isupper() and not text[0].isupper():
            return False
        if name.entry.kind != "state" and not any(char.isupper() for char in text):
            return False
        ended = day is not None and name.entry.period.end is not None and name.entry.period.start is not None
        return not (ended and name.entry.period.start is not None and day is not None and name.entry.period.start > day)

    def _named(self, doc: Doc, names: list[Match[_Name]]) -> Iterator[Found]:
        for match in names:
            entry, span = match.payload.entry, doc[match.first : match.last + 1]
            root = span.root
            if entry.kind == "state" or match.payload.metonym:
                if self._acts(root):
                    form: MentionForm = "metonym" if match.payload.metonym else "name"
                    yield self._state(match, root, form)
            elif entry.kind == "person" or not self._modifies(root, match.last):
                yield self._whole(doc, match, root)

    def _modifies(self, root: Token, last: int) -> bool:
        """Whether the name only modifies a following agent noun ("Free Syrian Army fighters")."""
        head = root.head
        modifier = root.dep_ in {"compound", "amod", "nmod"} and head.i > last
        return modifier and head.lemma_.lower() in self._agents

    def _state(self, match: Match[_Name], root: Token, form: MentionForm) -> Found:
        entry = match.payload.entry
        first = match.first
        if first > 0 and root.doc[first - 1].lower_ == "the" and root.doc[first - 1].head == root:
            first -= 1
        kind: ActorKind = "state"
        return Found(first, match.last, root.i, form, kind, entry, entry.name, country=entry.country, sectors=("GOV",))

    def _whole(self, doc: Doc, match: Match[_Name], root: Token) -> Found:
        """A registry name with the words that belong to it: title, determiner, modifiers."""
        entry = match.payload.entry
        phrase = noun_phrase(root)
        first = min(match.first, phrase.start) if root.dep_ not in {"compound", "amod"} else match.first
        if any(doc[i].is_punct and doc[i].text not in "-–'’." for i in range(first, match.first)):
            first = match.first
        title = doc[first : match.first].text if entry.kind == "person" and first < match.first else None
        last = match.last
        name = doc[match.first : match.last + 1].text
        lower = name.partition(" ")[2].islower() and entry.kind not in {"person"} and " " in name
        form: MentionForm = "nominal" if lower else "name"
        return Found(
            first, last, root.i, form, entry.kind, entry, name, title, entry.country, entry.sectors,
            plural=root.tag_ in {"NNS", "NNPS"},
        )  # fmt: skip

    def _demonyms(self, doc: Doc) -> Iterator[Found]:
        """ "Turkish support", "Russian-backed": a state's adjective before what only a party has."""
        for token in doc:
            state = self._states.get(token.text)
            if state is None or token.text in state.names:
                continue
            deed = {token.head.lemma_.lower(), token.head.lower_}
            has = token.dep_ in {"amod", "compound", "nmod"} and bool(deed & self._words.agent_deeds)
            if has or self._hyphenated(token):
                entry = state.entry
                yield Found(
                    token.i,
                    token.i,
                    token.i,
                    "demonym",
                    "state",
                    entry,
                    entry.name,
                    country=entry.country,
                    sectors=("GOV",),
                )

    def _acts(self, token: Token) -> bool:
        """Whether a country's or capital's name is used of a party, not of a place."""
        if self._hyphenated(token):
            return True
        if token.dep_ in _SUBJECT_DEPS or (
            token.dep_ == "dobj" and token.head.pos_ == "VERB" and token.head.lemma_.lower() in self._words.social_verbs
        ):
            return token.head.pos_ in {"VERB", "AUX"} and token.head.lemma_.lower() not in self._words.locative_verbs
        if token.dep_ == "poss":
            return token.head.lemma_.lower() in self._words.agent_nouns or token.head.lemma_.lower() in self._agents
        if token.dep_ == "pobj":
            preposition = token.head
            if preposition.dep_ == "agent":
                return True
            if preposition.lower_ in self._words.agent_prepositions:
                return preposition.head.lemma_.lower() in self._words.party_heads
        if token.dep_ == "conj":
            return self._acts(token.head)
        if token.dep_ == "appos":
            return False
        return token.dep_ == "dative"

    # -- names the registry does not know

    def _entities(self, doc: Doc, covered: set[int]) -> Iterator[Found]:
        for ent in doc.ents:
            if (
                ent.label_ not in {"PERSON", "ORG", "NORP"}
                or ent.root.i in covered
                or ent.root.pos_ in {"VERB", "ADP", "NUM", "DET"}
            ):
                continue
            label, name = ent.label_, _trimmed(ent)
            if name is None or any(token.i in covered for token in name):
                continue
            root = name.root
            if label == "PERSON":
                yield self._unknown_person(doc, name, root)
            elif label == "NORP":
                if root.pos_ in {"NOUN", "PROPN"} and root.dep_ not in {"compound", "amod", "nmod"}:
                    yield self._people(root)
            elif (
                name.text[0].isupper()
                and not self._modifies(root, name.end - 1)
                and fold(name.text) not in self._adjectives
            ):
                yield self._unknown_body(name, root)

    def _introduced(self, doc: Doc, covered: set[int]) -> Iterator[Found]:
        """Names the parser's entities miss, introduced by what the person is: "spokesman Ali Barakat"."""
        for token in doc:
            if token.pos_ != "PROPN" or token.i in covered or token.dep_ in {"compound", "nmod"} or token.i == 0:
                continue
            first = token.i
            while (
                first > 0
                and doc[first - 1].pos_ == "PROPN"
                and doc[first - 1].dep_ == "compound"
                and doc[first - 1].i not in covered
            ):
                first -= 1
            agent = self._agents.get(doc[first - 1].lemma_.lower()) if first else None
            if agent is not None and agent.kind == "person" and doc[first - 1].dep_ in {"compound", "nmod", "amod"}:
                yield self._unknown_person(doc, doc[first : token.i + 1], token)

    def _unknown_person(self, doc: Doc, ent: Span, root: Token) -> Found:
        phrase = noun_phrase(root)
        first = min(ent.start, phrase.start) if root.dep_ not in {"compound", "amod"} else ent.start
        if any(doc[i].is_punct and doc[i].text not in "-–'’." for i in range(first, ent.start)):
            first = ent.start
        title = doc[first : ent.start].text or None
        agent = self._agents.get(doc[ent.start - 1].lemma_.lower()) if title else None
        country = self._country_in(doc[first : ent.start]) if title else None
        return Found(
            first, ent.end - 1, root.i, "name", "person", None, ent.text, title, country, agent.sectors if agent else ()
        )

    def _unknown_body(self, ent: Span, root: Token) -> Found:
        phrase = noun_phrase(root)
        first = ent.start
        if phrase.start < first and all(
            t.dep_ in {"det", "amod", "compound", "nummod", "poss", "case"} for t in root.doc[phrase.start : first]
        ):
            first = phrase.start
        agent = self._agents.get(root.lemma_.lower())
        kind: ActorKind = agent.kind if agent and agent.kind != "person" else "organisation"
        country = self._country_in(root.doc[first : ent.end])
        return Found(
            first, ent.end - 1, root.i, "name", kind, None, ent.text, None, country, agent.sectors if agent else ()
        )

    def _people(self, root: Token) -> Found:
        phrase = noun_phrase(root)
        return Found(phrase.start, phrase.end - 1, root.i, "nominal", "group", None, phrase.text, None,
                     self._peoples.get(fold(root.text)), (), (), True)  # fmt: skip

    # -- common nouns and pronouns

    def _nominal(self, token: Token, inside: Mapping[int, Entry]) -> Found | None:
        if token.pos_ not in {"NOUN", "PROPN", "ADJ"} or token.dep_ in {"compound", "amod", "nmod", "npadvmod"}:
            return None
        agent = self._agent(token)
        country = self._peoples.get(fold(token.text)) if agent is None and token.text[0].isupper() else None
        if agent is None and country is None:
            return None
        phrase = self._without_focus(noun_phrase(token), token)
        if any(phrase.text.lower().endswith(words) for words in self._words.not_agents):
            return None
        if agent is not None and agent.kind == "state" and not self._acts(token):
            return None
        country = country or self._country_in(phrase)
        plural = token.tag_ in {"NNS", "NNPS"} or token.lower_ in {"police", "people", "military", "media", "public"}
        kind: ActorKind = agent.kind if agent else "group"
        if kind == "person" and plural:
            kind = self._plural_kind(agent)
        title = agent is not None and agent.title and not plural and _definite(phrase)
        ids = tuple(
            dict.fromkeys(
                inside[i].id for i in range(phrase.start, phrase.end) if i in inside and inside[i].kind != "state"
            )
        )
        return Found(
            phrase.start, phrase.end - 1, token.i, "title" if title else "nominal", kind, None, None,
            phrase.text if title else None, country, agent.sectors if agent else (), ids, plural,
        )  # fmt: skip

    def _plural_kind(self, agent: Agent | None) -> ActorKind:
        """What several people of a sector are: soldiers are military, rebels an armed group, the rest a group."""
        return self._words.plural_kinds.get(agent.sectors[0], "group") if agent and agent.sectors else "group"

    def _hyphenated(self, token: Token) -> bool:
        """Whether the token opens a compound such as "US-backed"."""
        doc = token.doc
        closes = token.i + 2 < len(doc) and doc[token.i + 1].text in {"-", "‑", "–"}
        return closes and doc[token.i + 2].lower_ in self._words.hyphenated

    def _without_focus(self, phrase: Span, head: Token) -> Span:
        """The phrase without an adverb of focus before it: "primarily rebels"."""
        first = phrase.start
        while first < head.i and phrase.doc[first].lower_ in self._words.focus:
            first += 1
        return phrase.doc[first : phrase.end]

    def _agent(self, token: Token) -> Agent | None:
        """The agent noun, by its compound ("prime minister") or alone."""
        if token.pos_ == "ADJ":
            return None
        lemma = token.lemma_.lower()
        before = token.doc[token.i - 1].lower_ if token.i else ""
        return self._agents.get(f"{before} {lemma}") or self._agents.get(lemma)

    def _country_in(self, phrase: Span) -> str | None:
        for token in phrase:
            if token.text[0].isupper() and not self._hyphenated(token):
                folded = fold(token.text)
                two = fold(f"{token.text} {token.nbor().text}") if token.i + 1 < len(token.doc) else ""
                if country := self._countries.get(two) or self._countries.get(folded):
                    return country
        return None

    def _pronoun(self, token: Token) -> Found | None:
        name = self._words.pronouns.get(token.lower_)
        if name is None or token.text == "US" or token.dep_ not in _PRONOUN_DEPS:
            return None
        if token.dep_ == "poss" and token.head.lemma_.lower() not in self._words.agent_deeds | self._words.agent_nouns:
            return None  # "its walls" says nothing of who did what
        if name == "thing" and token.dep_ not in {"nsubj", "poss"}:
            return None
        plural = name in {"plural", "first_plural"}
        kind: ActorKind = "group" if plural or name == "thing" else "person"
        return Found(token.i, token.i, token.i, "pronoun", kind, plural=plural)


def _acronyms(doc: Doc, found: list[Found], covered: set[int]) -> Iterator[Found]:
    """Later acronyms of bodies named in full before: "Harran Valley Union ... the HVU"."""
    known = {acronym(mention.name): mention for mention in reversed(found) if mention.name and mention.kind != "person"}
    for token in doc:
        mention = known.get(token.text) if len(token.text) > 2 and token.text.isupper() else None
        if mention is not None and token.i not in covered and token.i > mention.last:
            first = token.i - (token.i > 0 and doc[token.i - 1].lower_ == "the" and doc[token.i - 1].head == token)
            yield Found(
                first, token.i, token.i, "name", mention.kind, None, token.text, None, mention.country, mention.sectors
            )


def _definite(phrase: Span) -> bool:
    """Whether the phrase points to one particular holder of a title."""
    first = phrase[0]
    return first.lower_ in {"the", "this", "that", "his", "her", "its", "their"} or first.pos_ == "PROPN" or any(
        token.tag_ == "POS" or token.dep_ == "poss" for token in phrase
    ) or first.text[:1].isupper()  # fmt: skip


def _trimmed(ent: Span) -> Span | None:
    """The entity without a possessive 's, quotation marks or white space at its ends."""
    first, last = ent.start, ent.end - 1
    while first <= last and (ent.doc[first].is_punct or ent.doc[first].is_space or ent.doc[first].lower_ == "the"):
        first += 1
    while last >= first and (ent.doc[last].is_punct or ent.doc[last].is_space or ent.doc[last].tag_ == "POS"):
        last -= 1
    span = ent.doc[first : last + 1]
    return span if first <= last and "\n" not in span.text else None


def _without_crossing(found: list[Found]) -> list[Found]:
    """Drops a mention that crosses an earlier one, or stands for the same characters."""
    kept: list[Found] = []
    for mention in found:
        crosses = any(
            (other.first < mention.first <= other.last < mention.last)
            or (other.first == mention.first and other.last == mention.last)
            for other in kept[-4:]
        )
        if not crosses:
            kept.append(mention)
    return kept
