"""Did it happen? The status of what a trigger names: modals, negation, control verbs and conditions above it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Token

from dateline.language import is_negated
from dateline.records import EventStatus
from dateline.what.clauses import ClauseWords
from dateline.what.find import Trigger

# Steps from the trigger up the parse after which words no longer bear on it.
MAX_STEPS = 6

# Types whose words can carry another act as what is asked for, refused, threatened or agreed.
CARRIERS = frozenset({"REQUEST", "REJECT", "THREATEN", "AGREE", "ACCUSE"})

# Where several things are said of one act, the first of these decides.
_ORDER: tuple[EventStatus, ...] = ("denied", "demanded", "hypothetical", "planned", "ongoing")
_CLIMBED = frozenset({"xcomp", "acl", "pcomp", "pobj", "conj", "advcl", "ccomp"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


@dataclass(slots=True)
class Standing:
    """What the words above a trigger say of it."""

    seen: set[EventStatus] = field(default_factory=set)
    carrier: Trigger | None = None  # "threatened to BOMB": the threat
    denied_by: Trigger | None = None  # "DENIED shelling the port"
    purpose_of: Token | None = None  # "DEPLOYED to help": the word that the act is the purpose of
    ended: bool = False  # "halted the SHELLING"
    speech: Token | None = None  # the verb of saying that the act is told under
    negated: bool = False  # a negation of its own clause
    attempt: bool = False  # "tried to"
    would: bool = False
    conditional: bool = False  # an "if" in its own clause
    ought: bool = False  # "must", "should"

    def settle(self) -> None:
        """ "Said it would": the future told from the past, not a condition."""
        if self.would and self.speech is not None and not self.conditional:
            self.seen.discard("hypothetical")
            self.seen.add("planned")

    @property
    def status(self) -> EventStatus:
        """The one status; ``occurred`` where nothing speaks against it."""
        return next((status for status in _ORDER if status in self.seen), "occurred")


def _negated(verb: Token) -> bool:
    """ "did not", "never", "without doing"; "NO group has", "NOBODY has"."""
    for child in verb.children:
        if child.dep_ == "neg" or (child.dep_ in {"advmod", "preconj"} and child.lower_ in {"never", "neither"}):
            return True
        if child.dep_ in {"nsubj", "nsubjpass"} and _is_nobody(child):
            return True
    return verb.dep_ == "pcomp" and verb.head.lower_ == "without"


def _is_nobody(subject: Token) -> bool:
    no = any(c.dep_ == "det" and c.lower_ == "no" for c in subject.children)
    return no or subject.lower_ in {"nobody", "none", "neither"}


class StatusReader:
    """Reads the standing of triggers."""

    def __init__(self, words: ClauseWords) -> None:
        self._words = words

    def standing(self, trigger: Trigger, light: Token | None, triggers: Mapping[int, Trigger]) -> Standing:
        """What is said of the trigger; ``light`` is the verb that does what a noun says, if there is one."""
        out = Standing()
        if trigger.is_noun:
            self._read_noun(trigger.head, out)
        node = light if light is not None and light.dep_ != "acl" else trigger.head
        if node != trigger.head:
            self._read_control(node, trigger, triggers, out)
        elif trigger.is_noun:
            node = self._from_noun(trigger, triggers, out)
        self._climb(node, trigger, triggers, out)
        out.settle()
        return out

    def _read_noun(self, noun: Token, out: Standing) -> None:
        for child in noun.children:
            if child.dep_ in {"amod", "det", "compound"}:
                for status, words in self._words.adjectives.items():
                    if child.lower_ in words:
                        out.seen.add(status)  # type: ignore[arg-type]
        if self._is_dated(noun):
            out.seen.add("planned")
        if is_negated(noun):
            out.negated = True
            out.seen.add("denied")

    def _is_dated(self, noun: Token) -> bool:
        """ "The summit of Norland and Sudland SCHEDULED for May": so the next verb, however the parser attached it."""
        verb = next((t for t in noun.doc[noun.i + 1 : noun.sent.end - 1] if t.pos_ == "VERB"), None)
        if verb is None or verb.tag_ not in {"VBN", "VBD"} or verb.lemma_.lower() not in self._words.dated:
            return False
        return verb.nbor().dep_ == "prep" and not any(child.dep_ == "aux" for child in verb.children)

    def _from_noun(self, trigger: Trigger, triggers: Mapping[int, Trigger], out: Standing) -> Token:
        """Where to read on above a noun that no light verb carries."""
        noun = trigger.head
        while noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
            noun = noun.head
        above = noun.head.head if noun.dep_ == "pobj" else noun.head
        if noun.dep_ in {"dobj", "pobj", "nsubjpass", "attr"} and above != noun:
            if noun.dep_ == "pobj" and noun.head.lower_ in {
                "after",
                "since",
                "during",
                "in",
                "following",
                "amid",
                "over",
            }:
                return noun
            if noun.dep_ == "pobj" and noun.head.lower_ == "for" and above.lemma_.lower() in self._words.striving:
                out.seen.add("hypothetical")
            self._read_control(above, trigger, triggers, out)
            if above.lemma_.lower() in self._words.light | self._words.neutral or out.seen or out.ended:
                return above
        if noun.dep_ in {"nsubj", "nsubjpass"} and above.lemma_.lower() in self._words.happen:
            if above.lemma_.lower() in self._words.going_on - {"go"}:
                out.seen.add("ongoing")
            return above
        return noun

    def _climb(self, node: Token, trigger: Trigger, triggers: Mapping[int, Trigger], out: Standing) -> None:
        for _ in range(MAX_STEPS):
            if node.pos_ in {"VERB", "AUX"}:
                self._read_verb(node, out)
            above = self._above(node, out)
            if above is None:
                return
            if node.dep_ != "conj":
                self._read_control(above, trigger, triggers, out)
            if out.carrier is not None or not self._climbs_on(above, node):
                return
            node = above

    def _read_verb(self, verb: Token, out: Standing) -> None:
        helpers = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
        for status, words in self._words.modals.items():
            if helpers & words:
                out.seen.add(status)  # type: ignore[arg-type]
                out.ought |= status == "demanded"
        out.would |= bool(helpers & {"would", "'d", "’d"})
        if (
            verb.tag_ == "VBG"
            and helpers & {"is", "are", "was", "were", "been", "'s", "'re", "am"}
            and verb.lower_ != "going"
        ):
            out.seen.add("ongoing")
        if _negated(verb):
            out.negated = True
            out.seen.add("denied")
        if any(c.dep_ == "mark" and c.lower_ in self._words.conditions for c in verb.children):
            out.seen.add("hypothetical")
            out.conditional = True

    def _above(self, node: Token, out: Standing) -> Token | None:
        """The word that says something of the node's clause, or None where there is none."""
        if node.dep_ == "ROOT" or node.head == node:
            return None
        if node.dep_ == "conj" and node.pos_ in {"VERB", "AUX"}:
            has_own = any(
                c.dep_ in {"nsubj", "nsubjpass"} or (c.dep_ == "aux" and c.tag_ == "MD") for c in node.children
            )
            finite = node.tag_ in {"VBD", "VBZ", "VBP"}
            return None if has_own or (finite and node.head.tag_ != node.tag_) else node.head
        if node.dep_ in {"xcomp", "ccomp", "acl"}:
            return node.head
        if node.dep_ == "advcl":
            infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in node.children)
            return node.head if infinitive else None
        if node.dep_ in {"pcomp", "pobj"}:
            return node.head.head if node.head.dep_ in {"prep", "agent"} else node.head
        return None

    def _climbs_on(self, above: Token, node: Token) -> bool:
        if node.dep_ == "ccomp" and above.lemma_.lower() in self._words.speech:
            return False
        return node.dep_ in _CLIMBED and above.pos_ in {"VERB", "NOUN", "AUX", "ADJ"}

    def _read_control(self, above: Token, trigger: Trigger, triggers: Mapping[int, Trigger], out: Standing) -> None:
        """What one word above says: another trigger that carries the act, a control verb or noun, a verb of saying."""
        lemma = above.lemma_.lower()
        carrier = triggers.get(above.i)
        finite = trigger.head.tag_ in _FINITE and not trigger.is_noun
        if carrier is not None and self._carries(carrier, trigger, lemma, finite):
            out.carrier = carrier
            return
        if lemma in self._words.speech and trigger.head != above:
            out.speech = above
        if trigger.head.dep_ in {"advcl", "acl", "xcomp"} and trigger.head.head == above and _infinitive(trigger):
            out.purpose_of = above.head if trigger.head.dep_ == "acl" and above.dep_ == "dobj" else above
        if self._says_nothing(lemma, finite):
            return
        if lemma in self._words.denied and carrier is not None and carrier is not trigger:
            out.denied_by = carrier
        status = self._status_by(lemma, finite or self._reports(trigger, above))
        if status is not None:
            out.seen.add(status)
        else:
            self._read_turn(lemma, trigger, out)

    def _reports(self, trigger: Trigger, above: Token) -> bool:
        """Whether the word tells of a whole clause: "told reporters that the army would aim to occupy the town"."""
        node = trigger.head
        while node.head != node and node.head != above:
            node = node.head
        return node.dep_ == "ccomp" and above.lemma_.lower() in self._words.speech

    def _status_by(self, lemma: str, finite: bool) -> EventStatus | None:
        """The status that a control verb or noun gives; a past fact is neither planned nor demanded."""
        if lemma in self._words.neutral:
            return None
        if lemma in self._words.denied:
            return "denied"
        if lemma in self._words.demanded and not finite:
            return "demanded"
        if lemma in self._words.hypothetical:
            return "hypothetical"
        return "planned" if lemma in self._words.planned and not finite else None

    def _read_turn(self, lemma: str, trigger: Trigger, out: Standing) -> None:
        """Attempts, ends, continuations; an infinitive below any other word is an aim."""
        if lemma in self._words.attempted:
            out.attempt = True
        elif lemma in self._words.ended:
            out.ended = True
        elif lemma in self._words.going_on and "hypothetical" not in out.seen:
            out.seen.add("ongoing")
        elif lemma not in self._words.neutral and _infinitive(trigger):
            out.seen.add("planned")

    def _carries(self, carrier: Trigger, trigger: Trigger, lemma: str, finite: bool) -> bool:
        """Whether a request, refusal, threat or promise is about the trigger: it stands first, the act is no fact."""
        if carrier is trigger or carrier.pattern.type not in CARRIERS or finite:
            return False
        if any(
            c.dep_ in {"mark", "advmod"} and c.lower_ in {"as", "when", "while", "after", "before", "since"}
            for c in trigger.head.children
        ):
            return False
        return trigger.head.i > carrier.head.i and lemma not in self._words.denied - {"refuse", "decline"}

    def _says_nothing(self, lemma: str, finite: bool) -> bool:
        """A verb of saying above a past act, or one whose light use is meant ("launched", "held")."""
        if lemma in {"launch", "hold", "conduct", "carry", "stage"}:
            return True
        if not finite:
            return False
        return lemma not in self._words.denied | self._words.hypothetical or lemma in {"warn", "fear", "warning"}


def _infinitive(trigger: Trigger) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in trigger.head.children)
