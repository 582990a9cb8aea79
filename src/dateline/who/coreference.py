"""Which mentions stand for the same actor: names, short forms, acronyms, titles, nominals, pronouns.

Rules in the order of the text. Where nothing fits, a nominal stays an actor of its own and a pronoun is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from dateline.records import ActorKind
from dateline.who.mentions import Found, Words
from dateline.who.names import acronym, fold
from dateline.who.offices import Offices
from dateline.who.registry import Entry

# How far back a pronoun or "the group" looks, in sentences. News seldom reaches further without the name.
PRONOUN_REACH = 3
GENERIC_REACH = 5

_BODIES: frozenset[ActorKind] = frozenset(
    {
        "state",
        "government",
        "military",
        "armed_group",
        "police",
        "party",
        "igo",
        "ngo",
        "media",
        "company",
        "organisation",
    }
)
_PLURAL: frozenset[ActorKind] = _BODIES | {"civilians", "group"}
# Head of the cluster of a "we" that no office explains.
_WE = "we"
_HONORIFIC = re.compile(r"^(?:the|mr|mrs|ms|dr)\.? ", re.IGNORECASE)


@dataclass(slots=True)
class Cluster:
    """An actor in the making."""

    kind: ActorKind
    entry: Entry | None
    country: str | None
    sectors: tuple[str, ...]
    inside: tuple[str, ...] = ()
    gender: str | None = None  # "male" or "female" where a word told it
    plural: bool = False
    mentions: list[Found] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    head: str | None = None  # head noun of a nominal


class Resolver:
    """Joins the mentions of one article into clusters."""

    def __init__(self, doc: Doc, day: str | None, offices: Offices, words: Words) -> None:
        self._doc = doc
        self._day = day
        self._offices = offices
        self._words = words
        self._clusters: list[Cluster] = []
        self._by_entry: dict[str, Cluster] = {}
        self._sentence = _sentence_numbers(doc)
        self._named_at: dict[int, Found] = {}  # head token → mention by name

    def resolve(self, found: list[Found]) -> list[Cluster]:
        """The clusters in the order of their first mentions."""
        self._named_at = {mention.head: mention for mention in found if mention.form == "name"}
        for mention in found:
            cluster = self._cluster_for(mention)
            if cluster is not None:
                self._join(cluster, mention)
        return self._clusters

    def _cluster_for(self, mention: Found) -> Cluster | None:
        if mention.form == "pronoun":
            return self._pronoun(mention)
        if mention.entry is not None:
            return self._registered(mention, mention.entry)
        if mention.form == "name":
            return self._named(mention) or self._new(mention)
        if beside := self._in_apposition(mention):
            return beside
        return self._titled(mention) if mention.form == "title" else self._common(mention)

    def _in_apposition(self, mention: Found) -> Cluster | None:
        """ "Jane Doe, the envoy" and "the armed group Ansar": the name beside a common noun is the same actor."""
        head = self._doc[mention.head]
        beside = [head.head] if head.dep_ == "appos" else [child for child in head.children if child.dep_ == "appos"]
        for token in beside:
            name = self._named_at.get(token.i)
            if name is not None and (name.kind == "person") == (mention.kind == "person") and not mention.plural:
                return self._registered(name, name.entry) if name.entry else self._named(name) or self._announced(name)
        return None

    def _announced(self, name: Found) -> Cluster:
        """A cluster for a name that comes only after its common noun."""
        cluster = self._new(name)
        cluster.names.append(name.name or "")
        return cluster

    def _new(self, mention: Found, entry: Entry | None = None) -> Cluster:
        cluster = Cluster(
            entry.kind if entry else mention.kind,
            entry,
            entry.country if entry else mention.country,
            (entry.sectors if entry else ()) or mention.sectors,
            mention.inside,
            plural=mention.plural,
        )
        self._clusters.append(cluster)
        if entry is not None:
            self._by_entry[entry.id] = cluster
        return cluster

    def _join(self, cluster: Cluster, mention: Found) -> None:
        cluster.mentions.append(mention)
        if mention.name and mention.form in {"name", "metonym"}:
            cluster.names.append(mention.name)
        if mention.title:
            cluster.titles.append(mention.title)
            words = set(fold(mention.title).split())
            cluster.gender = cluster.gender or (
                "male" if words & self._words.male else "female" if words & self._words.female else None
            )
        if mention.country and not cluster.country:
            cluster.country = mention.country

    # -- names

    def _registered(self, mention: Found, entry: Entry) -> Cluster:
        return self._by_entry.get(entry.id) or self._new(mention, entry)

    def _named(self, mention: Found) -> Cluster | None:
        name = fold(mention.name or "")
        for cluster in reversed(self._clusters):
            if (mention.kind == "person") == (cluster.kind == "person") and self._same_name(cluster, name, mention):
                return cluster
        if mention.title and (entry := self._offices.holder(mention.title, mention.country, self._day)):
            same_person = bool(name) and name.split()[-1] == fold(entry.name).split()[-1]
            return self._registered(mention, entry) if same_person else None
        return None

    def _same_name(self, cluster: Cluster, name: str, mention: Found) -> bool:
        for known in cluster.names:
            folded = fold(known)
            if folded == name:
                return True
            if cluster.kind == "person" and _short_form(folded, name):
                return True
            if cluster.kind != "person" and mention.name and mention.name.isupper() and acronym(known) == mention.name:
                return True
        return False

    # -- titles, nominals

    def _titled(self, mention: Found) -> Cluster:
        title = mention.title or ""
        if entry := self._offices.holder(title, mention.country, self._day):
            return self._registered(mention, entry)
        head = self._doc[mention.head].lemma_.lower()
        bare = mention.country is None and mention.last - mention.first <= 2
        for cluster in reversed(self._clusters):
            if cluster.kind != "person" or not self._near(cluster, mention, None if bare else GENERIC_REACH):
                continue
            if bare and any(head in fold(known).split() for known in self._titles(cluster)):
                return cluster
            if not bare and any(fold(known) == fold(title) for known in cluster.titles):
                return cluster
        return self._new(mention)

    def _titles(self, cluster: Cluster) -> list[str]:
        role = (
            next((role for role in cluster.entry.roles if role.period.holds(self._day)), None)
            if cluster.entry
            else None
        )
        return [*cluster.titles, *([role.title] if role else [])]

    def _common(self, mention: Found) -> Cluster:
        head, phrase = self._doc[mention.head], self._doc[mention.first : mention.last + 1]
        lemma, definite = head.lemma_.lower(), phrase[0].lower_ in {"the", "this", "that", "these", "those"}
        bare = mention.last - mention.first <= 1
        if definite and bare and lemma in self._words.generic_bodies and not mention.plural:
            for cluster in sorted(self._clusters, key=lambda c: -c.mentions[-1].first):
                if (
                    cluster.kind in _BODIES
                    and cluster.kind != "state"
                    and self._fits(cluster, lemma)
                    and self._near(cluster, mention, GENERIC_REACH)
                ):
                    return cluster
        wanted = fold(_HONORIFIC.sub("", phrase.text))
        for cluster in reversed(self._clusters):
            if cluster.head == wanted:
                return cluster
        cluster = self._new(mention)
        cluster.head = wanted
        return cluster

    def _fits(self, cluster: Cluster, noun: str) -> bool:
        """Whether "the party", "the ministry" can mean this body."""
        return cluster.kind in self._words.generic_bodies.get(noun, _BODIES) and bool(cluster.names)

    # -- pronouns

    def _pronoun(self, mention: Found) -> Cluster | None:
        word = self._doc[mention.head].lower_
        name = self._words.pronouns[word]
        if name == "first":
            return self._speaker(mention)
        if name == "first_plural":
            return self._side_of(self._speaker(mention), mention)
        candidates = [
            c
            for c in self._clusters
            if c.mentions and self._near(c, mention, PRONOUN_REACH) and self._agrees(c, name, mention)
        ]
        return max(candidates, key=lambda c: self._salience(c, mention), default=None)

    def _agrees(self, cluster: Cluster, name: str, mention: Found) -> bool:
        if cluster.mentions[-1].last >= mention.first:
            return False
        if name in {"male", "female"}:
            return cluster.kind == "person" and cluster.gender in {None, name}
        if name == "plural":
            return cluster.kind in _PLURAL and (cluster.plural or cluster.kind not in {"state"})
        if self._doc[mention.head].dep_ in {"nsubj", "nsubjpass"} and self._doc[mention.head].head.lemma_ in {
            "be",
            "seem",
            "appear",
        }:
            return False  # "it is unclear whether"
        return cluster.kind in _BODIES and not cluster.plural

    def _salience(self, cluster: Cluster, mention: Found) -> tuple[int, int, int]:
        """Nearer sentence first, then subjects, then recency; a nearer subject wins."""
        last = next(m for m in reversed(cluster.mentions) if m.last < mention.first)
        head = self._doc[last.head]
        subject = head.dep_ in {"nsubj", "nsubjpass"}
        same = self._sentence[mention.first] - self._sentence[last.first]
        return (-same, int(subject), last.first if not subject else -last.first if same else last.first)

    def _speaker(self, mention: Found) -> Cluster | None:
        """Who says "I": the subject of the nearest verb of speech in the paragraph, if it is one person."""
        sentence: Span = self._doc[mention.head].sent
        for token in self._doc[sentence.start : min(sentence.end + 12, len(self._doc))]:
            if token.lemma_.lower() in self._words.speech_verbs and token.pos_ == "VERB":
                for child in token.children:
                    if child.dep_ == "nsubj" and (cluster := self._person_over(child.i)):
                        return cluster
        people = [c for c in self._clusters if c.kind == "person" and self._near(c, mention, 1)]
        return max(people, key=lambda c: c.mentions[-1].first, default=None)

    def _side_of(self, speaker: Cluster | None, mention: Found) -> Cluster:
        """Whom an office-holder means by "we": the state or body the office is of. Otherwise an actor of its own."""
        role = (
            next((role for role in speaker.entry.roles if role.period.holds(self._day)), None)
            if speaker and speaker.entry
            else None
        )
        side = self._offices.side(role) if role else None
        if side is not None:
            return self._registered(mention, side)
        for cluster in self._clusters:
            if cluster.head == _WE:
                return cluster
        cluster = self._new(mention)
        cluster.head = _WE
        return cluster

    def _person_over(self, index: int) -> Cluster | None:
        for cluster in self._clusters:
            if cluster.kind == "person" and any(m.first <= index <= m.last for m in cluster.mentions):
                return cluster
        return None

    def _near(self, cluster: Cluster, mention: Found, reach: int | None) -> bool:
        if reach is None:
            return True
        return self._sentence[mention.first] - self._sentence[cluster.mentions[-1].first] <= reach


def _sentence_numbers(doc: Doc) -> list[int]:
    numbers: list[int] = []
    current = -1
    for token in doc:
        current += token.is_sent_start is True or token.i == 0
        numbers.append(current)
    return numbers


def _short_form(full: str, short: str) -> bool:
    """Whether ``short`` can be a later, shorter way to name ``full``: its last word, or its first and last."""
    long_words, words = full.split(), short.split()
    if not words or not long_words or words[-1] != long_words[-1] or len(words) > len(long_words):
        return full.split()[:1] == words and len(words) == 1 and len(long_words) > 1
    return len(words) == 1 or words[0] == long_words[0]
