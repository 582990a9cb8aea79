"""Common nouns and pronouns that stand for actors ("the rebels", "Turkish troops", "they")."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from spacy.tokens import Doc, Span, Token

from dateline.records import ActorKind, MentionForm
from dateline.who.agency import Agency
from dateline.who.agents import Agent
from dateline.who.known import Countries
from dateline.who.mentions import Found, sectors_at_the_time
from dateline.who.phrases import OWNERS, POINTS_BACK, agent_phrase
from dateline.who.registry import Entry, Registry
from dateline.who.vocabulary import Words

_MODIFIES = {"compound", "amod", "nmod", "npadvmod", "advmod", "intj"}
_PRONOUN_DEPS = {"nsubj", "nsubjpass", "dobj", "pobj", "dative", "conj", "attr"}
_INDEFINITE = {"a", "an", "one", "another", "some"}
_ALL = {"all", "both"}
_MASS = {"police", "people", "military", "media", "public", "personnel", "clergy", "staff", "crew"}


class NounFinder:
    """Finds the agent nouns of ``agents.csv``, peoples ("Syrians") and pronouns."""

    def __init__(self, registry: Registry, agents: Mapping[str, Agent], words: Words, countries: Countries) -> None:
        self._entries = registry.entries
        self._registry = registry
        self._agents = agents
        self._words = words
        self._countries = countries
        self._agency = Agency(words, agents)

    def find(self, doc: Doc, day: str | None, names: list[Found], named: Mapping[int, Entry]) -> Iterator[Found]:
        """Mentions whose head is no part of a name already found."""
        taken = set(named) | {mention.head for mention in names}
        titles = {i for m in names if m.title for i in range(m.first, m.last + 1)}
        for token in doc:
            if token.i in taken or (token.i in titles and token.dep_ in _MODIFIES):
                continue
            mention = self._pronoun(token) if token.pos_ == "PRON" else self._noun(token, day, named)
            if mention is not None:
                yield mention

    def _noun(self, token: Token, day: str | None, named: Mapping[int, Entry]) -> Found | None:
        if token.pos_ not in {"NOUN", "PROPN", "ADJ"} or token.dep_ in _MODIFIES:
            return None
        agent, is_people, country = self._agent(token), False, None
        if agent is None:
            is_people, country = self._countries.of_people(token)
            is_people = is_people or (token.ent_type_ == "NORP" and token.tag_ in {"NNS", "NNPS"})
            if not is_people:
                return None
        phrase = agent_phrase(token, self._words.openers, office=agent is not None and agent.form == "title")
        if phrase is None or not phrase.start <= token.i < phrase.end or self._excluded(token, phrase):
            return None
        if agent is None:
            return self._people(token, phrase, country)
        if agent.kind == "state" and not self._agency.acts(token):
            return None
        return self._common(token, agent, phrase, day, named)

    def _agent(self, token: Token) -> Agent | None:
        """The agent noun with the words before it as far as ``agents.csv`` has them ("prime minister"), or alone."""
        if token.pos_ == "ADJ" and (token.dep_ not in {"nsubj", "nsubjpass", "dobj", "pobj"} or token.i == 0):
            return None
        lemma, doc = token.lemma_.lower(), token.doc
        one = doc[token.i - 1].lower_ if token.i else ""
        two = doc[token.i - 2].lower_ if token.i > 1 else ""
        for key in (f"{two} {one} {lemma}", f"{one} {lemma}", lemma):
            if agent := self._agents.get(key):
                return agent
        # The lemma of "media" is "medium", that of "Guards" is itself.
        return self._agents.get(token.lower_.removesuffix("s") if token.tag_ == "NNPS" else token.lower_)

    def _excluded(self, token: Token, phrase: Span) -> bool:
        after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
        singular = token.tag_ in {"NN", "NNP", "JJ"}
        if after is not None and singular and after.pos_ in {"NOUN", "PROPN"} and not token.is_ancestor(after):
            return True  # half of a compound that the parser tore apart
        before = [token.doc[i].lower_ for i in range(max(0, token.i - 3), token.i)]
        if phrase[0].lower_ == "no" or (before and before[-1] in {"-", "–"} and token.i == phrase.start):
            return True
        banned = self._words.not_agents.get(token.lemma_.lower())
        return bool(banned and before and (before[-1] in banned or " ".join(before) in banned))

    def _people(self, token: Token, phrase: Span, country: str | None) -> Found | None:
        if token.tag_ in {"NN", "JJ"} or (
            token.tag_ == "NNP" and token.text == token.doc[phrase.start].text and len(phrase) == 1
        ):
            return None
        return Found(
            first=phrase.start,
            last=phrase.end - 1,
            head=token.i,
            form="nominal",
            kind="group",
            country=country,
            plural=True,
        )

    def _common(
        self, token: Token, agent: Agent, phrase: Span, day: str | None, named: Mapping[int, Entry]
    ) -> Found | None:
        plural = (
            token.tag_ in {"NNS", "NNPS"} or (token.lower_ in _MASS and agent.kind == "person") or token.pos_ == "ADJ"
        )
        found = self._countries.in_phrase(phrase)
        inside = _inside(phrase, named)
        told = agent.form != "told" or self._is_told(token, agent, phrase, told=bool(found or inside))
        if not told and not self._points_back(token, phrase):
            return None
        bare = len(phrase) == 1 and token.tag_ in {"NN", "NNP"} and agent.kind == "person"
        if bare and not token.text[0].isupper():
            return None  # "taken prisoner", "elected president": what somebody is, not somebody
        entry = self._standing_body(token, agent, phrase, day, inside) if agent.body else None
        form = self._form(token, agent, phrase, plural=plural)
        kind: ActorKind = agent.plural if plural and agent.kind == "person" else agent.kind
        capital = form == "name"
        return Found(
            first=phrase.start,
            last=phrase.end - 1,
            head=token.i,
            form=form,
            kind=entry.kind if entry else kind,
            entry=entry,
            name=without_article(phrase.text) if capital else None,
            title=phrase.text if form == "title" or (agent.form == "title" and token.dep_ == "appos") else None,
            country=entry.country if entry else found[1] if found else _country_of(inside),
            sectors=entry.sectors
            if entry
            else sectors_at_the_time(agent, phrase, self._words) or _sectors_of(inside, kind),
            inside=tuple(dict.fromkeys(other.id for other in inside if other.kind != "state")),
            plural=plural,
            anaphor=not told,
            predicate=token.dep_ == "attr",
        )

    def _form(self, token: Token, agent: Agent, phrase: Span, *, plural: bool) -> MentionForm:
        if agent.form == "title" and not plural and _is_definite(phrase):
            return "title"
        proper = token.pos_ == "PROPN" and token.text[0].isupper() and not token.is_sent_start and token.i > 0
        if agent.kind == "person" or plural:
            words = [t for t in phrase if t.dep_ != "det"]
            proper = proper and plural and len(words) > 1 and all(t.text[0].isupper() for t in words)
        return "name" if proper else "nominal"

    def _is_told(self, token: Token, agent: Agent, phrase: Span, *, told: bool) -> bool:
        """Whether a doubtful noun is pinned down: by a name, a country, a whole it is part of, or as all of them."""
        if told or any(other.pos_ == "PROPN" and other.i != token.i and other.text[0].isupper() for other in phrase):
            return True
        if token.pos_ == "PROPN" and token.text[0].isupper() and not token.is_sent_start:
            return True
        if agent.kind == "person":
            return any(child.dep_ == "poss" or child.lower_ == "of" for child in token.children)
        return phrase[0].lower_ in _ALL and token.tag_ == "NNS" and token.lemma_.lower() in self._words.bodies

    def _points_back(self, token: Token, phrase: Span) -> bool:
        return phrase[0].lower_ in POINTS_BACK and len(phrase) == 2 and token.lemma_.lower() in self._words.bodies

    def _standing_body(
        self, token: Token, agent: Agent, phrase: Span, day: str | None, inside: list[Entry]
    ) -> Entry | None:
        """The state's body meant by a phrase of country and noun alone: "Turkey's army", "Assad's regime"."""
        rest = [t for t in phrase if t.i != token.i and t.tag_ != "POS" and t.dep_ != "det" and not t.is_punct]
        found = self._countries.in_phrase(phrase)
        if found is not None:
            noun_words = (
                {token.i - 1} if self._agents.get(f"{token.doc[token.i - 1].lower_} {token.lemma_.lower()}") else set()
            )
            free = [t for t in rest if t.i not in found[2] and t.i not in noun_words and t.lower_ != "of"]
            return self._entries.get(f"{found[0]}-{agent.body}") if not free else None
        rulers = [entry for entry in inside if entry.kind == "person"]
        role = self._registry.role_on(rulers[0], day) if len(rulers) == 1 and len(inside) == 1 else None
        if role is None or (of := self._entries[role.of]).kind not in {"state", "government"} or of.country is None:
            return None
        return self._entries.get(f"{of.country.lower()}-{agent.body}")

    def _pronoun(self, token: Token) -> Found | None:
        name = self._words.pronouns.get(token.lower_)
        if name is None or token.text == "US":
            return None
        owns = (
            token.dep_ == "poss" and token.head.lemma_.lower() in self._words.agent_nouns
        )  # "its allies", not "its walls"
        if token.dep_ not in _PRONOUN_DEPS and not owns:
            return None
        plural = name in {"plural", "first_plural"}
        kind: ActorKind = "group" if plural or name == "thing" else "person"
        return Found(first=token.i, last=token.i, head=token.i, form="pronoun", kind=kind, plural=plural)


def without_article(text: str, articles: Collection[str] = ("the", "a", "an")) -> str:
    """The words without a leading article."""
    head, _, rest = text.partition(" ")
    return rest if rest and head.lower() in articles else text


def _inside(phrase: Span, named: Mapping[int, Entry]) -> list[Entry]:
    """Entries named in the phrase, each once, in order."""
    return list({named[i].id: named[i] for i in range(phrase.start, phrase.end) if i in named}.values())


def _country_of(inside: list[Entry]) -> str | None:
    return inside[0].country if len(inside) == 1 and inside[0].kind != "state" else None


def _sectors_of(inside: list[Entry], kind: ActorKind) -> tuple[str, ...]:
    return inside[0].sectors if len(inside) == 1 and inside[0].kind != "state" and kind != "person" else ()


def _is_definite(phrase: Span) -> bool:
    """Whether the phrase points to the one holder of an office."""
    first = phrase[0]
    if first.lower_ in POINTS_BACK | OWNERS or (first.text[0].isupper() and first.lower_ not in _INDEFINITE):
        return True
    return any(token.tag_ == "POS" for token in phrase) and first.lower_ not in _INDEFINITE
