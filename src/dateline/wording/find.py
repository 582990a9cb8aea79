"""Loaded terms in the text: one pass over the tokens; the longest run of words wins; proper names are passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.records import Span
from dateline.wording.lexicon import Entry, Lexicon, Term, WordClass

_CLASSES: Mapping[WordClass, frozenset[str]] = {
    "noun": frozenset({"NOUN", "PROPN"}),
    "verb": frozenset({"VERB", "AUX"}),
    "adj": frozenset({"ADJ", "VERB", "NOUN", "PROPN"}),
    "adv": frozenset({"ADV"}),
}
_ADJECTIVAL = {"amod", "compound", "acomp", "nmod"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A loaded term in the text, by its tokens."""

    tokens: tuple[Token, ...]
    term: Term

    @property
    def head(self) -> Token:
        """The word that carries the term's part of speech: a verb's first word, else the last."""
        return _head(self.tokens)

    @property
    def span(self) -> Span:
        last = self.tokens[-1]
        return self.tokens[0].idx, last.idx + len(last.text)


def find_terms(doc: Doc, lexicon: Lexicon, names: Sequence[Span] = ()) -> Iterator[Hit]:
    """Hits in text order. ``names`` are the spans of the actors' proper names: a term inside a longer name is part of it."""
    used_up_to = 0
    for token in doc:
        if token.i < used_up_to:
            continue
        entry = next((e for e in _candidates(token, lexicon) if _matches(e, token)), None)
        if entry is None:
            continue
        tokens = tuple(doc[token.i : token.i + len(entry.words)])
        used_up_to = token.i + len(tokens)
        if entry.term is not None and not _plain_here(tokens, entry.term, names):
            yield Hit(tokens, entry.term)


def _candidates(token: Token, lexicon: Lexicon) -> tuple[Entry, ...]:
    """Entries that begin with one of the token's forms, longest first."""
    found = [entry for form in _forms(token) for entry in lexicon.get(form, ())]
    return tuple(sorted(found, key=lambda entry: (-len(entry.words), entry.term is None)))


def _forms(token: Token) -> set[str]:
    """The word as it stands, its lemma, and without the plural's s, which the parser leaves on what it takes for a name."""
    form = token.lower_
    return {form, token.lemma_.lower(), form[:-1] if form.endswith("s") and token.pos_ in _CLASSES["noun"] else form}


def _matches(entry: Entry, first: Token) -> bool:
    doc, end = first.doc, first.i + len(entry.words)
    if end > len(doc):
        return False
    tokens = doc[first.i : end]
    if not all(word in _forms(token) for word, token in zip(entry.words, tokens, strict=True)):
        return False
    if entry.term is None:
        return True
    return any(_is_of_class(tokens[0] if cls == "verb" else tokens[-1], cls) for cls in entry.term.classes)


def _head(tokens: tuple[Token, ...]) -> Token:
    return tokens[0] if tokens[0].pos_ == "VERB" and len(tokens) > 1 else tokens[-1]


def _is_of_class(token: Token, word_class: WordClass) -> bool:
    if word_class == "adj" and token.pos_ != "ADJ" and token.dep_ not in _ADJECTIVAL:
        return False
    return token.pos_ in _CLASSES[word_class]


def _plain_here(tokens: tuple[Token, ...], term: Term, names: Sequence[Span]) -> bool:
    if term.unless_near and any({t.lemma_.lower(), t.lower_} & term.unless_near for t in tokens[0].sent):
        return True
    return _in_proper_name(tokens, names)


def _in_proper_name(tokens: tuple[Token, ...], names: Sequence[Span]) -> bool:
    """Capitalised, and part of an actor's name or beside another capitalised word: "Liberation Front"."""
    if not all(token.text[:1].isupper() for token in tokens if token.is_alpha):
        return False
    own = tokens[0].idx, tokens[-1].idx + len(tokens[-1].text)
    if any(begin <= own[0] and own[1] <= end and (begin, end) != own for begin, end in names):
        return True
    return not _in_title_case(tokens[0]) and (_capital(tokens[0], -1) or _capital(tokens[-1], 1))


def _capital(token: Token, side: int) -> bool:
    """Whether the next word on that side is capitalised within the sentence; "of" is passed over."""
    place = token.i + side
    if token.doc[place : place + 1].text.lower() in {"of", "the"}:
        place += side
    if not token.sent.start <= place < token.sent.end or place == token.sent.start:
        return False
    return (
        token.doc[place].is_alpha and token.doc[place].text[:1].isupper() and token.doc[place].pos_ in {"PROPN", "NOUN"}
    )


def _in_title_case(token: Token) -> bool:
    """A headline that capitalises most words, where a capital says nothing."""
    words = [t for t in token.sent if t.is_alpha and len(t) > len("from")]
    return len(words) > 1 and all(t.text[:1].isupper() for t in words)
