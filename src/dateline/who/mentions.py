"""Mentions: the words of a text that stand for an actor, with what can be known of each by itself.

A mention is the noun phrase with its determiner and, before a person's name, the title ("the Iraqi security forces",
"Foreign Secretary Jane Doe"); a possessive 's is left out. So the development data (re3d) mark them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from dateline.records import ActorKind, MentionForm
from dateline.who.agency import Agency
from dateline.who.agents import Agent
from dateline.who.known import Countries, KnownNames, Name
from dateline.who.names import Match, acronym, fold
from dateline.who.phrases import first_before, trimmed
from dateline.who.registry import Entry, Registry
from dateline.who.vocabulary import Words
from dateline.who.votes import KnownPlaces, Votes, name_start

# How many tokens before a name its title may begin.
_TITLE_REACH = 10
# Small words inside a body's name.
_JOINING = {"of", "for", "the", "and", "in", "to", "-"}
# PLOVER's sector for former officials without a post, and the sectors of posts one can have left.
FORMER = ("ELI",)
_POSTS = {"GOV", "MIL", "LEG", "JUD", "SPY", "COP"}
_MODIFIES = {"compound", "amod", "nmod"}
# Parts of speech of the root of what the parser takes for a name; others are its errors.
_NAME_POS = {"PROPN", "NOUN", "X", "ADJ"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One mention, not yet joined with others. Token indices, ``last`` included."""

    first: int
    last: int
    head: int
    form: MentionForm
    kind: ActorKind
    entry: Entry | None = None  # registry
    name: str | None = None  # the name alone, without title and determiner
    title: str | None = None  # the words of a title before a name, or the title itself
    country: str | None = None  # ISO 3166-1 alpha-3, from a word of the phrase
    sectors: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()  # registry ids named inside the phrase ("Free Syrian Army fighters")
    plural: bool = False
    anaphor: bool = False  # stands for nobody unless for a body told before ("the body")
    predicate: bool = False  # says what its subject is ("he is the leader of the party")


class NameFinder:
    """Finds the names: those of the registry, and what the parser takes for a person, a body or a people."""

    def __init__(
        self, registry: Registry, agents: Mapping[str, Agent], words: Words, places: KnownPlaces | None
    ) -> None:
        self._places = places
        self._agents = agents
        self._entries = registry.entries
        self._words = words
        self._known = KnownNames(registry, words)
        self._agency = Agency(words, agents)
        self.countries = Countries(registry, words)

    def find(self, doc: Doc, day: str | None) -> tuple[list[Found], dict[int, Entry]]:
        """Mentions in text order, and the entry of the registry each token of a known name belongs to."""
        matches = self._known.find(doc, day)
        named = {i: match.payload.entry for match in matches for i in range(match.first, match.last + 1)}
        found = [mention for match in matches if (mention := self._registered(doc, match, named)) is not None]
        found += self._demonyms(doc, named)
        found += self._entities(doc, found, named)
        return sorted(found, key=lambda mention: (mention.first, -mention.last)), named

    # -- names of the registry

    def _registered(self, doc: Doc, match: Match[Name], named: Mapping[int, Entry]) -> Found | None:
        entry, root = match.payload.entry, doc[match.first : match.last + 1].root
        if entry.kind == "state" or match.payload.metonym:
            return self._state(match, root) if self._agency.acts(root) and not self._in_office(root) else None
        if entry.kind == "person":
            if root.dep_ in _MODIFIES and root.head.lemma_.lower() in self._agents:
                return None  # "the Assad regime"
            return self._person(doc[match.first : match.last + 1], entry, named)
        above = root.head
        if root.dep_ in _MODIFIES and above.i > match.last and not _broken(doc[match.last + 1 : above.i]):
            if above.lemma_.lower() in self._words.same_body and above.tag_ in {"NN", "NNP"}:
                return self._body(doc, replace(match, last=above.i), above, entry)
            if self._agents.get(above.lemma_.lower()) is not None or above.ent_type_ == "PERSON":
                return None  # "Free Syrian Army fighters", "UN envoy Jane Doe": a part of another mention
        return self._body(doc, match, root, entry)

    def _in_office(self, root: Token) -> bool:
        """Whether a country's name is a part of an office: "the US Secretary of State", "President of Syria"."""
        above = root.head.head if root.dep_ == "pobj" else root.head
        agent = self._agents.get(above.lemma_.lower())
        modifies = root.dep_ in {*_MODIFIES, "poss", "pobj"}
        return modifies and agent is not None and agent.kind == "person" and agent.form != "nominal"

    def _state(self, match: Match[Name], root: Token) -> Found:
        first = match.first
        if first > 0 and root.doc[first - 1].lower_ == "the" and root.doc[first - 1].head.i <= match.last:
            first -= 1
        return Found(
            first=first,
            last=match.last,
            head=root.i,
            form="metonym" if match.payload.metonym else "name",
            kind="state",
            entry=match.payload.entry,
            name=match.payload.entry.name,
            country=match.payload.entry.country,
        )

    def _body(self, doc: Doc, match: Match[Name], root: Token, entry: Entry) -> Found:
        first = first_before(doc, match.first, match.last, owners=False) if root.dep_ not in _MODIFIES else match.first
        words = doc[match.first : match.last + 1].text
        common = " " in words and words.partition(" ")[2].islower()
        return Found(
            first=first,
            last=match.last,
            head=root.i,
            form="nominal" if common else "name",
            kind=entry.kind,
            entry=entry,
            name=words,
            country=entry.country,
            sectors=entry.sectors,
            plural=root.tag_ in {"NNS", "NNPS"},
        )

    def _demonyms(self, doc: Doc, named: Mapping[int, Entry]) -> Iterator[Found]:
        """ "Turkish support", "Russian-backed": a state's adjective at what only a party has or does."""
        for token in doc:
            state = self.countries.by_adjective(token) if token.i not in named else None
            if state is not None and (self._agency.has(token) or self._agency.backs(token)):
                entry = self._entries[state]
                yield Found(
                    first=token.i,
                    last=token.i,
                    head=token.i,
                    form="demonym",
                    kind="state",
                    entry=entry,
                    name=entry.name,
                    country=entry.country,
                )

    # -- persons

    def _person(self, span: Span, entry: Entry | None, named: Mapping[int, Entry]) -> Found:
        title = self._title(span)
        country = self.countries.in_phrase(title) if title else None
        return Found(
            first=title.start if title and title[-1].text[0].isupper() else span.start,  # as re3d marks them
            last=span.end - 1,
            head=span.root.i,
            form="name",
            kind="person",
            entry=entry,
            name=span.text,
            title=title.text if title else None,
            country=entry.country if entry else country[1] if country else None,
            sectors=self._sectors(title) if title else (),
            inside=_bodies_in(title.start, span.start, named) if title else (),
        )

    def _title(self, name: Span) -> Span | None:
        """The words before a name that say who the person is, if they hold an office, a rank or what one is."""
        doc = name.doc
        first = self._title_start(doc, first_before(doc, name.start, name.end - 1, owners=True))
        title = doc[first : name.start]
        if any(token.is_punct and token.text not in {"-", "–", "."} for token in title):
            return None
        return title if any(self._says_who(token) for token in title) else None

    def _sectors(self, title: Span) -> tuple[str, ...]:
        agent = self._agents.get(title[-1].lemma_.lower())
        return sectors_at_the_time(agent, title, self._words) if agent is not None else ()

    def _says_who(self, token: Token) -> bool:
        agent = self._agents.get(token.lemma_.lower())
        return self._is_rank(token) or (agent is not None and agent.kind == "person")

    def _is_rank(self, token: Token) -> bool:
        """Whether a word is an honorific or a rank."""
        folded = fold(token.text)
        return folded in self._words.honorifics or folded in self._words.ranks

    def _title_start(self, doc: Doc, first: int) -> int:
        """The start of a title the parser did not tie to the name: ranks, honorifics and offices in capitals.

        An office may have a tail between its noun and the name: "Minister for Europe Jane Doe".
        """
        start, index = first, first - 1
        while index >= 0 and first - index <= _TITLE_REACH and _in_title(doc[index]):
            if self._is_title(doc[index]):
                start = index
            index -= 1
        return first_before(doc, start, first - 1, owners=False) if start < first else first

    def _is_title(self, token: Token) -> bool:
        if not token.text[0].isupper():
            return False
        agent = self._agents.get(token.lemma_.lower())
        return self._is_rank(token) or (agent is not None and agent.form == "title")

    # -- names the registry does not hold

    def _entities(self, doc: Doc, known: list[Found], named: Mapping[int, Entry]) -> Iterator[Found]:
        votes, seen = Votes(doc, self._words, self._agents, self._places), set(named)
        found = list(known)
        for ent in doc.ents:
            span = _name_span(ent) if ent.label_ in {"PERSON", "ORG"} else None
            if span is None or span.root.pos_ not in _NAME_POS or any(token.i in named for token in span):
                continue
            seen.update(range(span.start, span.end))
            if (mention := self._unknown(span, votes, named)) is not None:
                found.append(mention)
                yield mention
        expanded = list(self._expanded(doc, found, seen))
        yield from expanded
        yield from self._untagged(doc, [*found, *expanded], votes, seen, named)

    def _unknown(self, span: Span, votes: Votes, named: Mapping[int, Entry]) -> Found | None:
        if (name := votes.full_name_in(span.text)) is not None:
            span = span.doc.char_span(span.end_char - len(name), span.end_char) or span
        root, kind = span.root, votes.kind(span.text)
        agent = self._agents.get(root.lemma_.lower())
        if kind == "person" and (agent is None or agent.kind == "person"):
            plausible = any(t.pos_ == "PROPN" for t in span) and fold(span[0].text) not in self._words.ship_prefixes
            return self._person(votes.whole(span), None, named) if plausible else None
        generic = len(span) == 1 and agent is not None and (agent.form != "nominal" or agent.kind == "state")
        if generic or kind == "place" or not self._is_body(span, root):
            return None
        return self._unknown_body(span, root, agent)

    def _expanded(self, doc: Doc, found: list[Found], seen: set[int]) -> Iterator[Found]:
        """Bodies whose initials follow them in brackets, where the parser saw no name."""
        covered = {i for mention in found for i in range(mention.first, mention.last + 1)}
        for token in doc[2:]:
            if token.text.isupper() and len(token.text) > 1 and doc[token.i - 1].text == "(":
                span = _expansion(token)
                if span is not None and not covered & set(range(span.start, span.end)):
                    seen.update(range(span.start, span.end))
                    mention = self._unknown_body(span, span[-1], self._agents.get(span[-1].lemma_.lower()))
                    article = mention.first > 0 and doc[mention.first - 1].lower_ == "the"
                    yield replace(mention, first=mention.first - article)

    def _untagged(
        self, doc: Doc, found: list[Found], votes: Votes, seen: set[int], named: Mapping[int, Entry]
    ) -> Iterator[Found]:
        """Names of persons and acronyms of bodies, told elsewhere in the text, where the parser saw no name."""
        bodies = {acronym(m.name): m for m in reversed(found) if m.name and m.kind != "person" and " " in m.name}
        for token in doc:
            if token.pos_ not in {"PROPN", "NOUN"} or token.i in seen or not token.text[0].isupper():
                continue
            full = bodies.get(token.text) if len(token.text) > 2 else None
            if full is not None and token.dep_ not in _MODIFIES:
                yield replace(
                    full, first=self._determiner(token), last=token.i, head=token.i, name=token.text, form="name"
                )
            elif self._is_untagged_person(token, votes):
                yield self._person(doc[self._name_start(token, seen) : token.i + 1], None, named)

    def _name_start(self, token: Token, seen: set[int]) -> int:
        """The first of the names before a last name, titles left out."""
        first = name_start(token)
        while first < token.i and (
            first in seen or self._is_title(token.doc[first]) or token.doc[first].ent_type_ == "NORP"
        ):
            first += 1
        return first

    def _is_untagged_person(self, token: Token, votes: Votes) -> bool:
        if token.pos_ != "PROPN" or token.dep_ in _MODIFIES or fold(token.text) in self._words.ranks:
            return False
        return votes.kind(token.text) == "person" and token.lemma_.lower() not in self._agents

    def _determiner(self, token: Token) -> int:
        before = token.doc[token.i - 1] if token.i else None
        return token.i - 1 if before is not None and before.lower_ == "the" and before.head == token else token.i

    def _is_body(self, span: Span, root: Token) -> bool:
        """Whether a name can be a body's: in capitals, no building, no document, not the modifier of an agent noun."""
        if not any(char.isupper() for char in span.text) or self.countries.is_adjective(span.text):
            return False
        words = fold(span.text).split()
        if not words or words[-1] in self._words.not_bodies or words[0] in self._words.ship_prefixes:
            return False
        above = root.head
        modifies = root.dep_ in _MODIFIES and above.i >= span.end
        return not (modifies and (above.lemma_.lower() in self._agents or above.lower_ in self._words.place_nouns))

    def _unknown_body(self, span: Span, root: Token, agent: Agent | None) -> Found:
        doc = span.doc
        first = first_before(doc, span.start, span.end - 1, owners=True) if root.dep_ not in _MODIFIES else span.start
        country = self.countries.in_phrase(doc[first : span.end])
        kind: ActorKind = "organisation"
        if agent is not None:
            kind = agent.plural if agent.kind == "person" else agent.kind
        return Found(
            first=first,
            last=span.end - 1,
            head=root.i,
            form="name",
            kind=kind,
            name=span.text,
            country=country[1] if country else None,
            sectors=agent.sectors if agent else (),
        )


def sectors_at_the_time(agent: Agent, phrase: Span, words: Words) -> tuple[str, ...]:
    """The sectors of an office; of one held at another time, that of the former elite."""
    former = any(token.lower_ in words.other_times for token in phrase)
    return FORMER if former and agent.sectors and agent.sectors[0] in _POSTS else agent.sectors


def _in_title(token: Token) -> bool:
    """Whether a token can stand inside an office before a name."""
    return (token.text[0].isupper() and token.pos_ in {"PROPN", "NOUN", "ADJ"}) or token.lower_ in {
        "of",
        "for",
        "the",
        ".",
    }


def _bodies_in(first: int, end: int, named: Mapping[int, Entry]) -> tuple[str, ...]:
    """Registry ids of the bodies named in a stretch of tokens, each once."""
    entries = (named[i] for i in range(first, end) if i in named)
    return tuple(dict.fromkeys(entry.id for entry in entries if entry.kind not in {"state", "person"}))


def _broken(between: Span) -> bool:
    return any(token.is_punct or token.is_space or token.dep_ in {"cc", "conj"} for token in between)


def _expansion(short: Token) -> Span | None:
    """The words before a bracket whose initials in capitals are the short name inside it."""
    doc, last = short.doc, short.i - 2
    for first in range(last, max(-1, last - _TITLE_REACH), -1):
        if not (doc[first].text[0].isupper() or doc[first].lower_ in _JOINING):
            return None
        if doc[first].text[0].isupper() and acronym(doc[first : last + 1].text) == short.text:
            return doc[first : last + 1]
    return None


def _name_span(ent: Span) -> Span | None:
    """The entity without determiner, punctuation, possessive 's and what follows a line break."""
    span = trimmed(ent)
    if span is None:
        return None
    if span[0].lower_ in {"the", "a", "an"} and len(span) > 1:
        span = span.doc[span.start + 1 : span.end]
    return None if "\n" in span.text or span[0].lower_ in {"the", "a", "an"} else span
