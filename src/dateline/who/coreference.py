"""Which mentions stand for the same actor: names, short forms, acronyms, titles, nominals, pronouns.

Rules in the order of the text. Where nothing fits, a title or nominal stays an actor of its own and a pronoun of the
third person is left out; "I" and "we" stand for whoever speaks there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from dateline.records import ActorKind
from dateline.who.mentions import Found
from dateline.who.names import acronym, fold
from dateline.who.nouns import without_article
from dateline.who.offices import Offices, without_owner
from dateline.who.phrases import OWNERS, POINTS_BACK
from dateline.who.registry import Entry, Registry
from dateline.who.vocabulary import Words
from dateline.who.voices import Voices

# How far back a pronoun, "the group" and "the minister" look, in sentences: news seldom reaches on without a name.
# Not tuned; run the `entities` score and read the pronouns of a dozen articles before changing one.
PRONOUN_REACH = 2
GENERIC_REACH = 6
TITLE_REACH = 30
# Weights of what makes an actor the likely referent, in sentences of distance: being the last sentence's subject and
# having a name each outweigh part of a sentence.
SUBJECT_BONUS = 0.8
NAME_BONUS = 0.3
# A state that acts is its government (PLOVER's sector).
STATE_SECTORS = ("GOV",)

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
_UNSPECIFIC: frozenset[ActorKind] = frozenset({"organisation"})
_EMPTY_VERBS = {"be", "seem", "appear", "become", "remain", "take", "make", "mean", "turn", "happen"}


@dataclass(slots=True)
class Cluster:
    """An actor in the making."""

    kind: ActorKind
    entry: Entry | None
    country: str | None
    sectors: tuple[str, ...]
    plural: bool
    inside: tuple[str, ...] = ()
    gender: str | None = None  # "male" or "female" where a word told it
    mentions: list[Found] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    phrase: str | None = None  # folded words of a nominal, without determiner
    noun: str | None = None  # lemma of a nominal's head
    first_person: bool = False


class Resolver:
    """Joins the mentions of one article into clusters."""

    def __init__(self, doc: Doc, day: str | None, registry: Registry, offices: Offices, words: Words) -> None:
        self._doc = doc
        self._day = day
        self._registry = registry
        self._offices = offices
        self._words = words
        self._voices = Voices(doc, words)
        self._clusters: list[Cluster] = []
        self._by_entry: dict[str, Cluster] = {}
        self._by_token: dict[int, Cluster] = {}
        self._own_voice: dict[tuple[str, int | None], Cluster] = {}
        self._sentence = _sentence_numbers(doc)
        self._mention_at: dict[int, Found] = {}

    def resolve(self, found: Iterable[Found]) -> list[Cluster]:
        """The clusters in the order of their first mentions."""
        mentions = list(found)
        self._mention_at = {mention.head: mention for mention in mentions}
        first_person = []
        for mention in mentions:
            if self._person_of(mention) in {"first", "first_plural"}:
                first_person.append(mention)
            elif (cluster := self._cluster_for(mention)) is not None:
                self._join(cluster, mention)
        for mention in first_person:  # last: their speaker may be named after the quotation
            self._join(self._first_person(mention), mention)
        for cluster in self._clusters:
            cluster.mentions.sort(key=lambda mention: (mention.first, -mention.last))
        return sorted(self._clusters, key=lambda cluster: (cluster.mentions[0].first, -cluster.mentions[0].last))

    def _cluster_for(self, mention: Found) -> Cluster | None:
        if mention.form == "pronoun":
            return self._pronoun(mention)
        if mention.entry is not None:
            return self._registered(mention, mention.entry)
        if mention.form == "name":
            return self._named(mention) or self._apposed(mention) or self._new(mention)
        if mention.form == "title":
            return self._titled(mention)
        return self._common(mention)

    def _new(self, mention: Found, entry: Entry | None = None) -> Cluster:
        sectors = (entry.sectors if entry else ()) or mention.sectors
        cluster = Cluster(
            entry.kind if entry else mention.kind,
            entry,
            entry.country if entry else mention.country,
            sectors or (STATE_SECTORS if entry is not None and entry.kind == "state" else ()),
            mention.plural,
            mention.inside,
        )
        self._clusters.append(cluster)
        if entry is not None:
            self._by_entry[entry.id] = cluster
        return cluster

    def _join(self, cluster: Cluster, mention: Found) -> None:
        cluster.mentions.append(mention)
        self._by_token[mention.head] = cluster
        if mention.name and mention.form in {"name", "metonym"}:
            cluster.names.append(mention.name)
        if mention.title:
            cluster.titles.append(mention.title)
        if mention.form == "nominal":
            cluster.noun = cluster.noun or self._doc[mention.head].lemma_.lower()
        if cluster.kind == "person" and cluster.gender is None:
            cluster.gender = self._gender(mention)
        if cluster.kind == "person" and cluster.entry is None:
            cluster.country = cluster.country or mention.country
            cluster.sectors = cluster.sectors or mention.sectors
            cluster.inside = tuple(dict.fromkeys((*cluster.inside, *mention.inside)))

    def _gender(self, mention: Found) -> str | None:
        if mention.form == "pronoun":
            name = self._words.pronouns[self._doc[mention.head].lower_]
            return name if name in {"male", "female"} else None
        told = mention.title or ("" if mention.form == "name" else self._doc[mention.head].lemma_)
        return self._words.gender(set(fold(told).split()))

    # -- names

    def _registered(self, mention: Found, entry: Entry) -> Cluster:
        known = self._by_entry.get(entry.id)
        if known is not None:
            return known
        introduced = self._bracketed(mention) or self._apposed(mention)
        if introduced is not None and introduced.entry is None:
            introduced.entry, introduced.kind, introduced.country = entry, entry.kind, entry.country
            introduced.sectors = entry.sectors or introduced.sectors
            self._by_entry[entry.id] = introduced
            return introduced
        return self._new(mention, entry)

    def _named(self, mention: Found) -> Cluster | None:
        name = fold(mention.name or "")
        for cluster in reversed(self._clusters):
            if (mention.kind == "person") == (cluster.kind == "person") and self._same_name(cluster, name, mention):
                return cluster
        if (introduced := self._bracketed(mention)) is not None:
            return introduced
        return self._by_office(mention) if mention.kind == "person" and mention.title else None

    def _by_office(self, mention: Found) -> Cluster | None:
        """The holder of the office before a surname, or an actor so far known by that office alone."""
        title = mention.title or ""
        entry = self._offices.holder(title, bodies=mention.inside, country=mention.country, day=self._day)
        if entry is not None and _last(mention.name) == _last(entry.name):
            return self._registered(mention, entry)
        wanted = _office_words(title)
        for cluster in reversed(self._clusters):
            untitled = cluster.kind == "person" and not cluster.names and cluster.entry is None
            if untitled and wanted and any(_office_words(known) == wanted for known in cluster.titles):
                return cluster
        return None

    def _same_name(self, cluster: Cluster, name: str, mention: Found) -> bool:
        for known in cluster.names:
            folded = fold(known)
            if folded == name or (
                cluster.kind == "person" and (_short_form(folded, name) or _short_form(name, folded))
            ):
                return True
            if cluster.kind != "person" and mention.name and mention.name.isupper() and acronym(known) == mention.name:
                return True
        return False

    def _bracketed(self, mention: Found) -> Cluster | None:
        """The body whose short name this is, in brackets after it: "the National Liberation Front (NLF)"."""
        first, last, doc = mention.first, mention.last, self._doc
        if first < 2 or last + 1 >= len(doc) or doc[first - 1].text != "(" or doc[last + 1].text != ")":
            return None
        cluster = next((c for c in reversed(self._clusters) if c.mentions[-1].last == first - 2), None)
        if cluster is None or not cluster.names or (cluster.kind == "person") != (mention.kind == "person"):
            return None
        same_start = fold(mention.name or "")[:1] in {word[:1] for word in fold(cluster.names[-1]).split()}
        return cluster if same_start and (cluster.entry is None or mention.entry is None) else None

    def _apposed(self, mention: Found) -> Cluster | None:
        """The actor a mention is in apposition with: "Jane Doe, the mayor", "the mayor, Jane Doe"."""
        head = self._doc[mention.head]
        if head.dep_ != "appos":
            return None
        return self._agreeing(self._by_token.get(head.head.i), mention)

    def _agreeing(self, cluster: Cluster | None, mention: Found) -> Cluster | None:
        if cluster is None or cluster.plural != mention.plural:
            return None
        if (cluster.kind == "person") != (mention.kind == "person") or cluster.kind == "state":
            return None
        both_named = bool(cluster.names) and mention.form == "name"
        return None if both_named else cluster

    # -- titles

    def _titled(self, mention: Found) -> Cluster | None:
        if mention.predicate:
            return self._of_subject(mention)
        title = mention.title or ""
        entry = self._offices.holder(title, bodies=mention.inside, country=mention.country, day=self._day)
        if entry is not None:
            return self._registered(mention, entry)
        return self._apposed(mention) or self._holder_told(mention) or self._new(mention)

    def _holder_told(self, mention: Found) -> Cluster | None:
        """The last person told with this title, or with a fuller one ("the minister")."""
        wanted, head = _office_words(mention.title or ""), self._doc[mention.head].lemma_.lower()
        for cluster in self._recent(mention, TITLE_REACH, lambda c: c.kind == "person" and not c.plural):
            if mention.country not in {None, cluster.country} or self._is_speaker(cluster, mention):
                continue
            if any(self._is_fuller(_office_words(known), wanted) for known in self._titles(cluster)):
                return cluster
            if wanted == {head} and cluster.entry is not None and self._offices.fits(cluster.entry, head, self._day):
                return cluster
        return None

    def _is_fuller(self, known: frozenset[str], wanted: frozenset[str]) -> bool:
        """Whether a title told says all that another does, of the same time: a former president is no "president"."""
        return bool(wanted) and wanted <= known and not (known - wanted) & self._words.other_times

    def _titles(self, cluster: Cluster) -> list[str]:
        role = self._registry.role_on(cluster.entry, self._day) if cluster.entry else None
        return [*cluster.titles, *([role.title] if role else [])]

    def _of_subject(self, mention: Found) -> Cluster | None:
        """What a plain statement says of a named subject: "he is the leader of the party"; not what it could become."""
        verb = self._doc[mention.head].head
        if verb.lemma_.lower() != "be" or any(child.tag_ == "MD" or child.dep_ == "neg" for child in verb.children):
            return None
        subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        cluster = self._by_token.get(subject.i) if subject is not None else None
        return self._agreeing(cluster, mention) if cluster is not None and cluster.names else None

    # -- nominals

    def _common(self, mention: Found) -> Cluster | None:
        if mention.predicate:
            return None  # "they are students": what somebody is
        apposed = self._apposed(mention)
        if apposed is not None:
            return apposed
        phrase = self._doc[mention.first : mention.last + 1]
        noun, wanted = self._doc[mention.head].lemma_.lower(), fold(without_article(phrase.text, POINTS_BACK))
        definite, owned = phrase[0].lower_ in POINTS_BACK, phrase[0].lower_ in OWNERS
        known = self._body_told(mention, noun) if definite and not mention.plural and mention.country is None else None
        known = known or (self._noun_told(mention, noun, wanted, definite=definite) if not owned else None)
        if known is not None or mention.anaphor:
            return known
        cluster = self._new(mention)
        cluster.phrase = None if owned else wanted
        return cluster

    def _body_told(self, mention: Found, noun: str) -> Cluster | None:
        """The last body that "the group", "the ministry", "the rights group" can mean; never the speaker's own."""
        kinds = self._words.bodies.get(noun)
        rest = self._told_apart(mention)
        if kinds is None or len(rest) > 1 or any(token.pos_ == "PROPN" for token in rest):
            return None
        if rest:
            kinds = frozenset[ActorKind]({mention.kind}) | (kinds & _UNSPECIFIC)
        for cluster in self._recent(mention, GENERIC_REACH, lambda c: c.kind in kinds):
            if (cluster.names or cluster.entry) and not self._speaks_for(cluster, mention):
                return cluster
        return None

    def _told_apart(self, mention: Found) -> list[Token]:
        """The words of a phrase besides article and noun; what a body is aligned with tells no other body."""
        tokens = [token for token in self._doc[mention.first + 1 : mention.last + 1] if token.i != mention.head]
        joined = [token.i for token in tokens if token.lower_ in self._words.hyphen_participles]
        return [token for token in tokens if not joined or token.i > joined[-1]]

    def _noun_told(self, mention: Found, noun: str, wanted: str, *, definite: bool) -> Cluster | None:
        """The nominal of the same words, or "the rebels" after "Syrian rebels"; with "a" it is a new one."""
        if not mention.plural and not definite:
            return None
        bare = definite and mention.last - mention.first == 1
        for cluster in self._recent(mention, None, lambda c: c.noun is not None and c.plural == mention.plural):
            if cluster.phrase == wanted or (
                bare and cluster.noun == noun and self._near(cluster, mention, GENERIC_REACH)
            ):
                return cluster
        return None

    # -- pronouns

    def _pronoun(self, mention: Found) -> Cluster | None:
        name = self._person_of(mention)
        if name == "thing" and self._is_empty(self._doc[mention.head]):
            return None
        candidates = self._recent(mention, PRONOUN_REACH, lambda c: self._agrees(c, name, mention))
        if name in {"thing", "plural"}:
            candidates = [c for c in candidates if not self._rivalled(c, mention)]
        return max(candidates, key=lambda c: self._salience(c, mention), default=None)

    def _person_of(self, mention: Found) -> str | None:
        """The class of a pronoun, None for other mentions."""
        return self._words.pronouns[self._doc[mention.head].lower_] if mention.form == "pronoun" else None

    def _agrees(self, cluster: Cluster, name: str | None, mention: Found) -> bool:
        if cluster.first_person or self._is_speaker(cluster, mention) or self._binds(cluster, mention):
            return False
        if name in {"male", "female"}:
            return cluster.kind == "person" and not cluster.plural and cluster.gender in {None, name}
        if name == "plural":
            return cluster.plural or (cluster.kind in _BODIES and cluster.kind != "state")
        return cluster.kind in _BODIES and not cluster.plural

    def _rivalled(self, cluster: Cluster, mention: Found) -> bool:
        """Whether a thing, or things, told after the actor are likelier meant by "it" or "them".

        For a subject only subjects rival, for an object any argument; a subject of the same sentence holds its own.
        """
        last, pronoun = cluster.mentions[-1], self._doc[mention.head]
        subject = pronoun.dep_ in {"nsubj", "nsubjpass"}
        tags = {"NNS"} if mention.plural else {"NN"}
        deps = {"nsubj", "nsubjpass"} if subject else {"nsubj", "nsubjpass", "dobj", "pobj"}
        between = self._doc[last.last + 1 : mention.first]
        return any(t.tag_ in tags and t.dep_ in deps and t.i not in self._mention_at for t in between) or (
            not subject and self._doc[last.head].dep_ not in {"nsubj", "nsubjpass", "dobj"}
        )

    def _binds(self, cluster: Cluster, mention: Found) -> bool:
        """Whether the actor is the subject of the very verb whose object the pronoun is ("he told him")."""
        pronoun = self._doc[mention.head]
        verb = pronoun.head.head if pronoun.dep_ == "pobj" else pronoun.head
        if pronoun.lower_.endswith(("self", "selves")) or pronoun.dep_ in {"nsubj", "nsubjpass"}:
            return False
        return any(
            self._doc[m.head].dep_ in {"nsubj", "nsubjpass"} and self._doc[m.head].head == verb
            for m in cluster.mentions
        )

    def _is_empty(self, token: Token) -> bool:
        """Whether "it" stands for no thing: "it is unclear whether"."""
        verb = token.head
        if token.dep_ not in {"nsubj", "nsubjpass"} or verb.pos_ not in {"VERB", "AUX"}:
            return token.dep_ == "expl"
        clause = any(child.dep_ in {"ccomp", "xcomp", "advcl", "csubj", "csubjpass", "acl"} for child in verb.children)
        return verb.lemma_.lower() in _EMPTY_VERBS or (token.dep_ == "nsubjpass" and clause)

    def _salience(self, cluster: Cluster, mention: Found) -> tuple[float, int]:
        """Higher is likelier: near, a subject, named; among equals the one mentioned last."""
        last = cluster.mentions[-1]
        distance = self._sentence[mention.first] - self._sentence[last.first]
        subject = self._doc[last.head].dep_ in {"nsubj", "nsubjpass"}
        return SUBJECT_BONUS * subject + NAME_BONUS * bool(cluster.names or cluster.entry) - distance, last.first

    def _first_person(self, mention: Found) -> Cluster:
        """The speaker for "I"; for "we" the state or body the speaker holds an office of, else an actor of its own."""
        name, speaker = self._person_of(mention) or "", self._speaker(mention.head)
        if name == "first" and speaker is not None and speaker.kind == "person" and not speaker.plural:
            return speaker
        role = self._registry.role_on(speaker.entry, self._day) if speaker is not None and speaker.entry else None
        if name == "first_plural" and role is not None:
            return self._registered(mention, self._offices.side(role))
        key = (name, id(speaker) if speaker is not None else None)
        known = self._own_voice.get(key)
        if known is None:
            known = self._own_voice[key] = self._new(mention)
            known.first_person = True
            if speaker is not None:
                known.country, known.inside = speaker.country, speaker.inside
        return known

    def _speaker(self, index: int) -> Cluster | None:
        """Who speaks the words a token stands in, if told; a speaker named only after them may be known from before."""
        token = self._voices.speaker(index)
        if token is None:
            return None
        cluster = self._by_token.get(token.i) or next(
            (c for c in self._clusters for m in c.mentions if m.first <= token.i <= m.last), None
        )
        mention = self._mention_at.get(token.i)
        if cluster is not None or mention is None:
            return cluster
        if mention.entry is not None:
            return self._by_entry.get(mention.entry.id)
        return self._named(mention) if mention.form == "name" else None

    # -- who is near, who speaks

    def _recent(self, mention: Found, reach: int | None, fits: Callable[[Cluster], bool]) -> list[Cluster]:
        """Fitting actors told before the mention, the last told first."""
        found = [
            cluster
            for cluster in self._clusters
            if cluster.mentions
            and cluster.mentions[-1].last < mention.first
            and self._near(cluster, mention, reach)
            and fits(cluster)
        ]
        return sorted(found, key=lambda cluster: -cluster.mentions[-1].first)

    def _near(self, cluster: Cluster, mention: Found, reach: int | None) -> bool:
        return reach is None or self._sentence[mention.first] - self._sentence[cluster.mentions[-1].first] <= reach

    def _is_speaker(self, cluster: Cluster, mention: Found) -> bool:
        """Whether the mention stands in words the actor speaks: there "he" and "the minister" are others."""
        return self._voices.quotation(mention.head) is not None and self._speaker(mention.head) is cluster

    def _speaks_for(self, cluster: Cluster, mention: Found) -> bool:
        """Whether the mention stands in words of the body's own country: there "the regime" is another's."""
        speaker = self._speaker(mention.head) if self._voices.quotation(mention.head) is not None else None
        return speaker is not None and speaker.country is not None and speaker.country == cluster.country


def _sentence_numbers(doc: Doc) -> list[int]:
    numbers: list[int] = []
    current = -1
    for token in doc:
        current += token.is_sent_start is True or token.i == 0
        numbers.append(current)
    return numbers


def _last(name: str | None) -> str:
    parts = fold(name or "").split()
    return parts[-1] if parts else ""


def _office_words(title: str) -> frozenset[str]:
    return frozenset(fold(without_owner(title)).split()) - {"the", "a", "an", "of", "mr", "mrs", "ms", "dr"}


def _short_form(full: str, short: str) -> bool:
    """Whether ``short`` can be a shorter way to name ``full``: its last word, its first, or its first and last."""
    long_words, words = full.split(), short.split()
    if not words or len(words) >= len(long_words):
        return False
    if len(words) == 1:
        return words[0] in {long_words[0], long_words[-1]} or long_words[-2:] == ["al", words[0]]
    return long_words[-len(words) :] == words or (words[0], words[-1]) == (long_words[0], long_words[-1])
