"""Finding the words that name an event: one pass over the tokens, dictionary look-ups, the longest pattern wins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from dateline.records import Span
from dateline.what.lexicon import NO_EVENT, Element, Entry, Frame, Lexicon, Pattern

# How many tokens after the last matched word the next word of a pattern may stand where the parse does not link them.
WINDOW = 4

_ACTIVE_SUBJECTS = frozenset({"nsubj", "csubj"})
_OBJECT_LIKE = frozenset({"dobj", "pobj", "nsubjpass", "dative", "attr", "conj", "oprd", "nsubj", "appos"})
# They belong to the head or stand right after it: "pull out", not "force the bank to bail OUT".
_PARTICLES = frozenset({"out", "up", "down", "off", "back", "away", "over", "in", "on", "to", "for", "at"})
_CLAUSES = frozenset({"xcomp", "advcl", "ccomp", "relcl", "acl"})
_LEFT_OF_NOUN = frozenset({"compound", "amod", "nmod", "poss", "nummod", "dep", "npadvmod", "advmod", "punct"})
_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name an event: the head token, the words of the pattern, and the pattern."""

    head: Token
    words: tuple[Token, ...]  # head included, in text order
    pattern: Pattern

    @property
    def is_noun(self) -> bool:
        return self.pattern.pos == "noun"

    def literal_words(self) -> set[Token]:
        """The words the pattern names one by one, without those that only belong to a class it names."""
        elements = [e for e in (*self.pattern.before, *self.pattern.after) if e.word_class is None]
        return {w for w in self.words if w != self.head and any(e.fits(w) for e in elements)}

    @property
    def span(self) -> Span:
        """Characters from the first to the last word, where these stand close together; else those of the head."""
        first, last = self.words[0], self.words[-1]
        if last.i - first.i >= len(self.words) + WINDOW:
            first = last = self.head
        return first.idx, last.idx + len(last.text)


def bare_trigger(head: Token, type_: str, mode: str | None) -> Trigger:
    """A trigger that the lexicon does not know: its word alone with its particle, whose participants others name."""
    pos: Literal["verb", "noun"] = "verb" if head.pos_ in {"VERB", "AUX"} else "noun"
    frame = Frame(actor=(), recipient=(), of="none", things=True)
    pattern = Pattern(head.lemma_.lower(), type_, mode, frame, pos, (), (), False, (0, 0))
    particles = [child for child in head.children if child.dep_ == "prt"]
    return Trigger(head, tuple(sorted([head, *particles], key=lambda t: t.i)), pattern)


@dataclass(frozen=True, slots=True)
class Triggers:
    """The triggers of a document by the index of their head token.

    Words used up by a longer pattern name no event of their own; ``inner`` holds the triggers they would have been, by
    the head of that longer pattern: "threatened to BOMB".
    """

    outer: Mapping[int, Trigger]
    inner: Mapping[int, Trigger]


def find_triggers(doc: Doc, lexicon: Lexicon) -> Triggers:
    """Every trigger of the document."""
    found = [trigger for token in doc if (trigger := _trigger_at(token, lexicon)) is not None]
    used = {word.i: trigger for trigger in found for word in trigger.words if word != trigger.head}
    outer: dict[int, Trigger] = {}
    inner: dict[int, Trigger] = {}
    for trigger in found:
        by = used.get(trigger.head.i)
        if by is not None and _used_up(trigger, by):
            if trigger.pattern.type != NO_EVENT:
                inner.setdefault(by.head.i, trigger)
        elif trigger.pattern.type != NO_EVENT:
            outer[trigger.head.i] = trigger
    return Triggers(outer, inner)


def _used_up(trigger: Trigger, by: Trigger) -> bool:
    return by is not trigger and len(by.words) >= len(trigger.words)


def _trigger_at(token: Token, lexicon: Lexicon) -> Trigger | None:
    lemma = token.lemma_.lower()
    if token.pos_ in {"VERB", "AUX"} and not _is_noun_like(token):
        entries = lexicon.verbs.get(lemma, ())
        if token.dep_ in {"aux", "auxpass"} or (token.dep_ == "amod" and token.tag_ == "VBN"):
            return None
    elif token.tag_ in _NOUN_TAGS or token.tag_ == "VBG":
        entries = lexicon.nouns.get(token.lower_) or lexicon.nouns.get(lemma, ())
        if token.dep_ in {"compound", "nmod"}:
            return None
    else:
        return None
    return _best(token, entries) if entries else None


def _is_noun_like(token: Token) -> bool:
    """A gerund used as a noun: "the shelling of the port"."""
    if token.tag_ != "VBG":
        return False
    has_object = any(child.dep_ == "dobj" for child in token.children)
    return not has_object and any(
        child.dep_ in {"det", "poss", "amod"} or (child.dep_ == "prep" and child.lower_ == "of")
        for child in token.children
    )


def _best(token: Token, entries: tuple[Entry, ...]) -> Trigger | None:
    near: set[str] | None = None
    for entry in entries:
        if entry.literals:
            near = _words_near(token) if near is None else near
            if not all(words & near for words in entry.literals):
                continue
        words = _matched(token, entry.pattern)
        if words is not None:
            return Trigger(token, tuple(sorted(words, key=lambda t: t.i)), entry.pattern)
    return None


def _words_near(head: Token) -> set[str]:
    """Lower-case forms and lemmas of the words that a pattern with this head could reach."""
    doc = head.doc
    reach = [*_below(head, depth=3), *doc[max(0, head.i - 2) : head.i + 2 * WINDOW]]
    return {word for token in reach for word in (token.lower_, token.lemma_.lower())}


def _below(token: Token, *, depth: int) -> Iterator[Token]:
    for child in _linked(token):
        yield child
        if depth > 1:
            yield from _below(child, depth=depth - 1)


def _linked(token: Token) -> Iterator[Token]:
    """Children, and for a verb in a relative or participial clause the noun it modifies."""
    yield from token.children
    if token.dep_ in {"relcl", "acl"} and token.pos_ == "VERB" and token.tag_ == "VBN":
        yield token.head


def _matched(head: Token, pattern: Pattern) -> list[Token] | None:
    words = [head]
    for element in reversed(pattern.before):
        found = _left(element, words)
        if found is None:
            return None
        words.append(found)
    last, previous = head, None
    for element in pattern.after:
        found = _right(element, head, words, last)
        if found is not None and found.dep_ in _CLAUSES and not _may_be_verb(element, previous):
            return None
        previous = element
        if found is None:
            return None
        words.append(found)
        last = found if found.i > last.i else last
    return words


def _left(element: Element, words: list[Token]) -> Token | None:
    for token in words:
        for child in token.children:
            if child.i < token.i and child.dep_ in _LEFT_OF_NOUN and element.fits(child):
                return child
    leftmost = min(words, key=lambda t: t.i)
    for step in (1, 2):
        if leftmost.i >= step and (step == 1 or leftmost.nbor(-1).text in {"-", "–"}):
            candidate = leftmost.nbor(-step)
            if element.fits(candidate):
                return candidate
    return None


def _right(element: Element, head: Token, words: list[Token], last: Token) -> Token | None:
    """A token below the words matched so far, or one that follows closely. The active subject never counts."""
    for token in words:
        for child in (*_linked(token), *_measured(token, element)):
            if child in words or (token == head and child.dep_ in _ACTIVE_SUBJECTS and head.pos_ != "AUX"):
                continue
            if _times(child):
                continue
            if element.fits(child) and (
                element.word_class is None or child.pos_ in {"NOUN", "PROPN", "PRON", "SYM", "VERB", "NUM"}
            ):
                return child
    return _following(element, head, last)


def _may_be_verb(element: Element, previous: Element | None) -> bool:
    """Whether a word of a pattern may be a verb below the head: "ask to MEET", but not "begin STRIKE"."""
    return (
        element.word_class is not None
        or bool(element.words & {"to"})
        or (previous is not None and "to" in previous.words)
    )


def _measured(token: Token, element: Element) -> Iterator[Token]:
    """What a measure holds: "40 tonnes of MEDICINE"."""
    if element.word_class is None:
        return
    for child in token.children:
        if child.dep_ in {"dobj", "nsubjpass", "pobj"}:
            yield from (t for of in child.children if of.lower_ == "of" for t in of.children if t.dep_ == "pobj")


def _times(token: Token) -> bool:
    """A preposition that opens a time: the "on" of "called on Friday" belongs to no pattern."""
    return token.dep_ == "prep" and any(child.ent_type_ in {"DATE", "TIME"} for child in token.children)


def _following(element: Element, head: Token, last: Token) -> Token | None:
    doc = head.doc
    sent_end = head.sent.end
    if element.word_class is not None and any(c.dep_ in {"dobj", "nsubjpass"} for c in head.children):
        return None
    window = 1 if element.words & _PARTICLES else WINDOW
    for token in doc[last.i + 1 : min(last.i + 1 + window, sent_end)]:
        if token.is_punct and token.text not in {"-", "–", '"', "“", "”"}:
            return None
        if element.fits(token) and not _times(token) and (element.word_class is None or token.dep_ in _OBJECT_LIKE):
            return token
    return None
