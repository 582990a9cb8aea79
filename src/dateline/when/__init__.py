"""When? Time expressions → TIMEX3 values against the publication date, and the days they cover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from spacy.tokens import Span, Token

from dateline.records import DateExpression
from dateline.rooms import Draft, Room
from dateline.when import calendar
from dateline.when.expressions import Found, Grammar
from dateline.when.resolve import Anchor, Meaning, Resolver, Tense, is_comparison
from dateline.when.vocabulary import Vocabulary, load_vocabulary

__all__ = ["make_room"]


def make_room() -> Room:
    """The room ``when``: gives ``dates``."""
    words = load_vocabulary()
    reader = _Reader(words, Grammar(words), Resolver(words))
    return Room(name="when", needs=(), gives=("dates",), scores=("dates",), run=reader.read)


class _Reader:
    def __init__(self, words: Vocabulary, grammar: Grammar, resolver: Resolver) -> None:
        self._words = words
        self._grammar = grammar
        self._resolver = resolver

    def read(self, draft: Draft) -> Draft:
        published = date.fromisoformat(draft.article.published) if draft.article.published else None
        dates: list[DateExpression] = []
        told: str | None = None
        quarter: str | None = None
        for sent, found in self._expressions(draft):
            anchor = Anchor(published, told, self._tense(sent, found), quarter)
            meaning = self._resolver.meaning(found, anchor)
            dates.append(_record(f"t{len(dates) + 1}", sent, found, meaning, published))
            if meaning.kind in {"DATE", "TIME"} and calendar.start_of(meaning.value) and not is_comparison(found):
                told = meaning.value
                quarter = told if found.rule == "quarter" and "-Q" in (told or "") else quarter
        return replace(draft, dates=tuple(dates))

    def _expressions(self, draft: Draft) -> Iterator[tuple[Span, Found]]:
        for sent in draft.doc.sents:
            if any(token.lower_ in self._words.anchors or _may_anchor(token) for token in sent):
                for found in self._grammar.find(sent.text):
                    if not _describes(sent, found):
                        yield sent, found

    def _tense(self, sent: Span, found: Found) -> Tense | None:
        """Tense of the clause: that of the verb above the expression, unless that verb looks ahead ("scheduled for")."""
        token = next((t for t in sent if t.idx + len(t.text) > sent.start_char + found.begin), None)
        if token is not None and token.i > sent.start and token.nbor(-1).lower_ in self._words.deadlines:
            return "future"
        while token is not None and token.head != token:
            if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass", "amod"}:
                break
            if token.lemma_.lower() in {"plan", "schedule", "upcoming", "due"}:
                return "future"
            token = token.head
        return _tense_of(token, self._words) if token is not None else None


def _describes(sent: Span, found: Found) -> bool:
    """Whether a word of frequency is an adjective that names a kind of thing: "a daily newspaper", "quarterly dividend"."""
    if found.rule != "set" or "adverb" not in found.parts:
        return False
    token = next((t for t in sent if t.idx == sent.start_char + found.begin), None)
    return token is not None and token.dep_ in {"amod", "compound", "nmod"}


def _may_anchor(token: Token) -> bool:
    """Figures, years and capitalised May or March can open an expression too."""
    first = token.text[:1]
    return first.isdigit() or token.text in {"May", "March", "Fiscal"} or (first in "'’" and token.text[1:2].isdigit())


def _tense_of(verb: Token, words: Vocabulary) -> Tense | None:
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if _looks_ahead(verb, auxiliaries, words):
        return "future"
    if verb.tag_ in {"VBD", "VBN"} or auxiliaries & {"had", "has", "have", "was", "were", "did"}:
        return "past"
    return None


def _looks_ahead(verb: Token, auxiliaries: set[str], words: Vocabulary) -> bool:
    if auxiliaries & {"will", "'ll", "’ll", "shall", "would", "may", "might"}:
        return True
    lemma, past = verb.lemma_.lower(), bool(auxiliaries & {"was", "were", "had"})
    if lemma in words.timetabled and verb.tag_ in {"VBN", "VBG", "VBP", "VBZ"} and not past:
        return True
    if lemma in words.timetable_verbs and verb.tag_ in {"VBP", "VBZ"}:
        return True
    if any(child.dep_ in {"acomp", "attr"} and child.lemma_.lower() in words.future_heads for child in verb.children):
        return True
    above = verb.head
    had = any(child.lower_ == "had" for head in (above, above.head) for child in head.children)
    return "to" in auxiliaries and above != verb and above.lemma_.lower() in words.future_heads and not had


def _record(name: str, sent: Span, found: Found, meaning: Meaning, published: date | None) -> DateExpression:
    begin, end = sent.start_char + found.begin, sent.start_char + found.end
    first, last = _days(found, meaning, published)
    return DateExpression(
        id=name,
        span=(begin, end),
        text=sent.doc.text[begin:end],
        kind=meaning.kind,
        timex=meaning.value,
        mod=meaning.mod,
        from_=first,
        to=last,
    )


def _days(found: Found, meaning: Meaning, published: date | None) -> tuple[str | None, str | None]:
    if meaning.days is not None:
        return meaning.days[0].isoformat(), meaning.days[1].isoformat()
    if meaning.kind in {"DATE", "TIME"}:
        return calendar.days_covered(meaning.value)
    past = found.parts.get("rel") in {"the last", "the past", "past", "last"}
    if meaning.kind == "DURATION" and past and published and meaning.value:
        return calendar.span_before(published, meaning.value)
    return None, None
