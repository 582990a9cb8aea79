"""Cues that are nouns or prepositions: "the army's claim that", "calls by X for", "according to X"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from dateline.according.findings import Finding, Matched
from dateline.according.lexicon import Cue, Lexicon
from dateline.according.phrases import clause_spans, cue_span, pieces, source_span
from dateline.language import span_of, subjects_of
from dateline.records import Span

# Verbs that only carry a noun's meaning: whoever "makes" a claim is its source.
_LIGHT = frozenset(
    {
        "make", "express", "voice", "issue", "give", "have", "raise", "deliver", "offer", "reiterate", "repeat", "show",
        "release", "put", "send", "share", "deny", "drop", "renew", "launch", "air", "sound", "withdraw",
    }
)  # fmt: skip


# Tokens between a noun and a preposition that still belongs to the cue.
_NEAR = 2


def noun_findings(doc: Doc, lexicon: Lexicon) -> Iterator[Finding]:
    """A finding for each noun of the lexicon with content and a source in one of its constructions."""
    for token in doc:
        if token.pos_ == "NOUN":
            cue = lexicon.nouns.get(token.lemma_.lower())
            if cue is not None:
                yield from _noun_finding(token, cue)


def _noun_finding(noun: Token, cue: Cue) -> Iterator[Finding]:
    matched = _content(noun, cue)
    head, source, first = _source(noun) if matched.content else (None, None, noun.i)
    if source is None:
        return
    upto = matched.upto
    near = upto is not None and upto.i - noun.i <= _NEAR and source[0] < noun.idx
    right = upto if near and upto is not None else noun
    yield Finding(
        cue=(noun.doc[first].idx, span_of(right)[1]),
        anchor=noun,
        cls=cue.cls,
        source=source,
        source_head=head,
        content=matched.content,
        frame=f"noun {matched.frame}",
    )


def _content(noun: Token, cue: Cue) -> Matched:
    for child in noun.children:
        if child.i < noun.i:
            continue
        if child.dep_ in {"acl", "relcl", "ccomp"} and "clause" in cue.frames and _is_that(child):
            return Matched(clause_spans(child), frame="clause")
        if child.dep_ in {"acl", "xcomp"} and "infinitive" in cue.frames and child.tag_ == "VB":
            return Matched(clause_spans(child), frame="infinitive")
        if child.dep_ == "prep" and child.lower_ in cue.prepositions:
            for inner in child.children:
                if inner.dep_ in {"pobj", "pcomp"}:
                    return Matched(clause_spans(inner), child, child.lower_)
    return Matched()


def _is_that(clause: Token) -> bool:
    return any(c.lower_ in {"that", "whether"} and c.dep_ == "mark" for c in clause.children)


def _source(noun: Token) -> tuple[Token | None, Span | None, int]:
    """Source head, its span, and the first token of the cue."""
    for child in noun.children:
        if child.dep_ == "poss":
            begin, end = source_span(child)
            first = max((t.i for t in child.subtree), default=noun.i) + 1
            return child, (begin, end), min(first, noun.i)
        if child.dep_ == "prep" and child.lower_ in {"by", "from"}:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return inner, source_span(inner), noun.i
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_ in _LIGHT and verb.pos_ == "VERB":
        heads = subjects_of(verb)
        if heads:
            return heads[0], source_span(heads[0], speaks=verb), _first(verb)
    return None, None, noun.i


def _first(verb: Token) -> int:
    """First token of the verb's cue: its auxiliaries and adverbs."""
    return min([verb.i, *(t.i for t in verb.doc[max(0, verb.i - 4) : verb.i] if t.idx >= cue_span(verb)[0])])


def phrase_findings(doc: Doc, lexicon: Lexicon) -> Iterator[Finding]:
    """ "According to X, …": what is left of the clause is the content."""
    for token in doc:
        for words in lexicon.phrases.get(token.lower_, ()):
            if all(token.i + n < len(doc) and doc[token.i + n].lower_ == word for n, word in enumerate(words)):
                yield from _phrase_finding(token, doc[token.i + len(words) - 1])
                break


def _phrase_finding(first: Token, last: Token) -> Iterator[Finding]:
    head = next((c for c in last.children if c.dep_ == "pobj" and c.i > last.i), None)
    if head is None:
        return
    tokens = [t for t in _clause_of(first).subtree if t not in set(first.subtree)]
    doc = first.doc
    yield Finding(
        cue=(first.idx, span_of(last)[1]),
        anchor=last,
        cls="speech",
        source=source_span(head),
        source_head=head,
        content=pieces(doc, tokens),
        frame="phrase",
        quotes=True,
    )


def _clause_of(token: Token) -> Token:
    """The verb of the clause the token hangs on, or the root."""
    current = token.head
    while current.dep_ != "ROOT" and current.pos_ not in {"VERB", "AUX"}:
        current = current.head
    while current.dep_ in {"conj", "xcomp", "aux"} and current.head.pos_ in {"VERB", "AUX"}:
        current = current.head
    return current
