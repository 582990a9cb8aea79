"""What a statement's own clause says of it: to whom, on what occasion, where and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Protocol

from spacy.tokens import Doc, Token

from dateline.according.findings import Finding
from dateline.language import noun_phrase, span_of
from dateline.records import Span
from dateline.who.index import ActorIndex

_PREPOSITIONS = frozenset({"in", "at", "during", "on", "after", "before", "following", "via", "through", "to"})
_DETERMINERS = frozenset({"det", "poss", "case", "predet"})


class _Found(Protocol):
    """A place or a date."""

    @property
    def id(self) -> str: ...
    @property
    def span(self) -> Span: ...


@cache
def load_occasions() -> frozenset[str]:
    """Lemmas of the nouns that name an occasion."""
    lines = files("dateline.according").joinpath("occasions.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def addressees(finding: Finding, index: ActorIndex) -> tuple[str, ...]:
    """Ids of the actors spoken to, in text order."""
    found = (index.mention_over(token) for token in sorted(finding.hearers, key=lambda t: t.i))
    return tuple(dict.fromkeys(hit[1] for hit in found if hit is not None))


def occasion(finding: Finding) -> str | None:
    """The words that name the occasion, without article: "joint news conference", "interview"."""
    known = load_occasions()
    for token in _own_words(finding):
        addressed = token.head == finding.anchor and token in finding.hearers
        placed = token.dep_ == "pobj" and token.head.lower_ in _PREPOSITIONS
        if (addressed or placed) and token.lemma_.lower() in known:
            return _without_article(token)
    return None


def _without_article(head: Token) -> str | None:
    words = [
        t for t in noun_phrase(head) if not any(a.head == head and a.dep_ in _DETERMINERS for a in (t, *t.ancestors))
    ]
    return head.doc.text[words[0].idx : span_of(words[-1])[1]] if words else None


def told_with(finding: Finding, candidates: Iterable[_Found], doc: Doc) -> str | None:
    """Id of the first place or date that belongs to the cue's own clause."""
    own = {token.i for token in _own_words(finding)}
    for candidate in candidates:
        part = doc.char_span(*candidate.span, alignment_mode="expand")
        if part is not None and part.root.i in own:
            return candidate.id
    return None


def _own_words(finding: Finding) -> Iterator[Token]:
    """Words of the cue's clause that are neither source nor content nor in a further clause."""
    taken = [*finding.content, *([finding.source] if finding.source is not None else [])]
    todo = list(finding.anchor.children)
    while todo:
        token = todo.pop(0)
        if token.dep_ in {"conj", "ccomp", "advcl", "relcl", "parataxis"} or any(b <= token.idx < e for b, e in taken):
            continue
        yield token
        todo += token.children
