"""The room: loaded terms and scare quotes, with whom they are about and whose words they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from dateline.according.attribution import rests_on
from dateline.records import LoadedTerm, Mention, Span
from dateline.rooms import Draft, Room
from dateline.standing.cast import Cast
from dateline.standing.patterns import Words, load_words
from dateline.who.index import ActorIndex
from dateline.wording.about import about, objects
from dateline.wording.find import Hit, find_terms
from dateline.wording.lexicon import Lexicon, load_lexicon
from dateline.wording.quotes import scare_quotes


def make_room() -> Room:
    """The room, its lexicon loaded.

    Raises:
        CodebookError: a line of the lexicon is wrong.
    """
    return Room(
        name="wording",
        needs=("actors", "places", "statements"),
        gives=("wording",),
        scores=(),
        run=partial(_run, load_lexicon(), load_words()),
    )


def _run(lexicon: Lexicon, words: Words, draft: Draft) -> Draft:
    index = ActorIndex(draft.actors)
    cast = Cast(draft.doc, draft.actors, draft.places, words)
    found = list(_terms(draft, lexicon, index, cast, words))
    taken = [term.span for term in found]
    found += [_quote(draft, span) for span in scare_quotes(draft.doc, draft.statements) if not _overlaps(span, taken)]
    ordered = sorted(found, key=lambda term: term.span)
    return replace(draft, wording=tuple(replace(t, id=f"x{n}") for n, t in enumerate(ordered, start=1)))


def _terms(draft: Draft, lexicon: Lexicon, index: ActorIndex, cast: Cast, words: Words) -> Iterator[LoadedTerm]:
    named = (m for actor in draft.actors for m in actor.mentions if m.form == "name")
    names = [_without_article(m) for m in named if _capitalised(m.text)]
    for hit in find_terms(draft.doc, lexicon, names):
        actor = about(hit, index, words)
        if _has_what_it_needs(hit, actor, cast):
            yield _record(draft, hit, actor)


def _capitalised(name: str) -> bool:
    """Whether every word of a name is: "Safavid army" is none."""
    return all(word[:1].isupper() for word in name.split() if len(word) > len("and"))


def _without_article(name: Mention) -> Span:
    begin, end = name.span
    return begin + len("the ") * name.text.lower().startswith("the "), end


def _has_what_it_needs(hit: Hit, actor: str | None, cast: Cast) -> bool:
    if hit.term.needs == "actor":
        return actor is not None
    return hit.term.needs is None or any(cast.as_place(token) is not None for token in objects(hit))


def _record(draft: Draft, hit: Hit, actor: str | None) -> LoadedTerm:
    return LoadedTerm(
        id="",
        span=hit.span,
        text=draft.article.text[slice(*hit.span)],
        about=actor,
        tone=hit.term.tone,
        plain=hit.term.plain or None,
        according_to=rests_on(hit.span, draft.statements),
    )


def _quote(draft: Draft, span: Span) -> LoadedTerm:
    """A scare quote; the plain words are the same without the marks."""
    text = draft.article.text[slice(*span)]
    return LoadedTerm(
        id="",
        span=span,
        text=text,
        about=None,
        tone="delegitimising",
        plain=text[1:-1],
        according_to=rests_on(span, draft.statements),
    )


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(span[0] < end and begin < span[1] for begin, end in others)
