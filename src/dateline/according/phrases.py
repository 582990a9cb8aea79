# typographic marks are what this module reads
"""Spans as readers mark them: the whole source, the cue with its auxiliaries, the content without its full stop."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from dateline.language import span_of
from dateline.records import Span

_TRIM_LEFT = frozenset(",;:.!?…–—-) \n\t\u00a0")
_TRIM_RIGHT = frozenset(",;:.–—-( \n\t\u00a0")
_BEFORE_VERB = frozenset({"aux", "auxpass", "neg", "advmod"})
# Longest cue in words before its verb ("has also repeatedly": 3), so that a wrong parse does not swallow a clause.
_CUE_REACH = 4
_BEFORE_NOUN = frozenset(
    {
        "det",
        "predet",
        "amod",
        "compound",
        "nummod",
        "poss",
        "nmod",
        "quantmod",
        "advmod",
        "neg",
        "punct",
        "preconj",
        "case",
    }
)
_DASHES = frozenset({"-", "–", "—", "--"})


def trimmed(text: str, span: Span) -> Span:
    """The span without white space and punctuation at its edges; quotation marks, and ! ? … at the end, stay."""
    begin, end = span
    while begin < end and text[begin] in _TRIM_LEFT:
        begin += 1
    while end > begin and text[end - 1] in _TRIM_RIGHT and not _abbreviation(text, begin, end):
        end -= 1
    return begin, end


def _abbreviation(text: str, begin: int, end: int) -> bool:
    """Whether the full stop at the end belongs to the word ("U.S.", "Jr.") and the sentence has gone on behind it."""
    if text[end - 1] != "." or end >= len(text) or not text[end].isspace():
        return False
    rest = text[end:].lstrip(" ")
    return rest[:1].islower()


def source_span(head: Token, *, speaks: Token | None = None) -> Span:
    """The whole noun phrase of a source: titles, appositions, coordinated names, relative clauses.

    A comma that closes an apposition or relative clause belongs to it. ``speaks``: the word the source speaks through;
    a dependent that holds it is left out.
    """
    tokens = [head]
    for child in head.children:
        if _is_part(child, head) and not (speaks is not None and (child == speaks or child.is_ancestor(speaks))):
            tokens += child.subtree
    run = next(run for run in runs_of(sorted(tokens, key=lambda t: t.i)) if head in run)
    while run[0] != head and run[0].is_punct:
        run = run[1:]
    text = head.doc.text
    begin, end = trimmed(text, (run[0].idx, span_of(run[-1])[1]))
    begin = max(begin, text.rfind("\n", begin, head.idx) + 1)
    if speaks is not None and speaks.i > head.i and text[end : end + 1] == "," and "," in text[begin:end]:
        end += 1 if run[-1].dep_ != "conj" else 0
    return begin, end


def _is_part(child: Token, head: Token) -> bool:
    """Whether a dependent belongs to the source; what the sentence only sets before a name does not."""
    if child.is_space or child.dep_ in {"mark", "advcl", "parataxis", "dep", "meta"}:
        return False
    if child.i < head.i:
        if child.dep_ == "npadvmod":
            return head.doc[child.i + 1].text == "-"
        return child.dep_ in _BEFORE_NOUN and not (child.is_punct and child.text in _DASHES)
    if child.dep_ in {"conj", "appos"} and child.tag_ in {"VBD", "VBZ", "VBP"}:
        return False
    return child.dep_ != "cc" or any(c.dep_ == "conj" and c.i > child.i for c in head.children)


def runs_of(tokens: Iterable[Token]) -> list[list[Token]]:
    """Tokens in unbroken runs; white space between two of them does not break a run."""
    out: list[list[Token]] = []
    for token in tokens:
        if token.is_space:
            continue
        if out and _adjacent(token.doc, out[-1][-1].i, token.i):
            out[-1].append(token)
        else:
            out.append([token])
    return out


def _adjacent(doc: Doc, left: int, right: int) -> bool:
    return all(doc[i].is_space for i in range(left + 1, right))


def cue_span(verb: Token, *, upto: Token | None = None) -> Span:
    """The cue: the verb with auxiliaries, negation and adverbs before it, a particle or ``upto`` after it, a colon."""
    doc = verb.doc
    left = verb.i
    while left > 0 and verb.i - left < _CUE_REACH and _belongs(doc[left - 1], verb):
        left -= 1
    right = max([verb.i, *(c.i for c in verb.children if c.dep_ == "prt"), *([upto.i] if upto is not None else [])])
    if right + 1 < len(doc) and doc[right + 1].text == ":":
        right += 1
    return doc[left].idx, span_of(doc[right])[1]


def _belongs(token: Token, verb: Token) -> bool:
    if token.dep_ == "aux" and token.tag_ == "TO":
        return False
    return (
        token.dep_ in _BEFORE_VERB and token.head in (verb, verb.head) and token.pos_ != "SCONJ" and not token.is_space
    )


# What joins a sentence to the one before is the outlet's, not the speaker's.
_CONNECTIVE = re.compile(
    r"(?:But|And|So|Yet|However|Still|Meanwhile|Instead|Moreover|Nevertheless|Nonetheless|Also|In fact|In contrast"
    r"|For example|For instance|In addition|On the other hand),?\s+"
)


def without_connective(text: str, span: Span) -> Span:
    """The span without a "But" or "However," that opens the sentence."""
    found = _CONNECTIVE.match(text, *span)
    return (found.end(), span[1]) if found is not None and found.end() < span[1] else span


def clause_spans(head: Token, *, without: Sequence[Token] = ()) -> tuple[Span, ...]:
    """What a clause covers, in the pieces that the ``without`` dependents cut it into."""
    cut = {t for part in without for t in part.subtree} if without else set()
    cut -= {head}
    tokens = [t for t in head.subtree if t not in cut]
    return pieces(head.doc, tokens)


def pieces(doc: Doc, tokens: Iterable[Token]) -> tuple[Span, ...]:
    """Trimmed character spans of the runs among the tokens that hold a word."""
    out: list[Span] = []
    for whole in runs_of(tokens):
        run = _without_last_and(whole)
        if not run:
            continue
        span = without_connective(doc.text, trimmed(doc.text, (run[0].idx, span_of(run[-1])[1])))
        if any(t.is_alpha or t.like_num for t in run) and span[0] < span[1]:
            out.append(span)
    return tuple(out)


def _without_last_and(run: list[Token]) -> list[Token]:
    """The run without an "and" at its end, left where what it joined was cut off."""
    end = len(run)
    while end and run[end - 1].dep_ == "cc":
        end -= 1
    return run[:end]
