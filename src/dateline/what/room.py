"""The room ``what``: figures, equipment and events of one draft."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from dateline.codebook import Codebook, load_codebook
from dateline.language import sentence_span
from dateline.records import OWN_VOICE, Equipment, Event, Figure, Span, Words
from dateline.rooms import Draft, Room
from dateline.what.anchors import Anchors, Site
from dateline.what.clauses import load_clause_words
from dateline.what.coding import ActCoder, Happening
from dateline.what.confidence import confidence
from dateline.what.contexts import Phrases, contexts_of, load_contexts
from dateline.what.equipment import Terms, find_equipment, load_equipment
from dateline.what.figures import FigureFinder, load_figure_words
from dateline.what.lexicon import load_lexicon
from dateline.what.rules import Rules, load_rules
from dateline.who.index import ActorIndex


def make_room() -> Room:
    """The room ``what``: gives ``figures``, ``equipment`` and ``events``.

    Raises:
        CodebookError: a file of the codebook or of the lexicon is wrong.
    """
    coder = make_act_coder()
    writer = _Writer(coder, load_codebook(), FigureFinder(load_figure_words()), load_equipment(), load_contexts())
    return Room(
        name="what",
        needs=("actors", "places", "dates"),
        gives=("figures", "equipment", "events"),
        scores=("relation", "events"),
        run=writer.write,
    )


def make_act_coder() -> ActCoder:
    """The coder of triggers with the lexicon and rules that ship."""
    return ActCoder(load_lexicon(), load_clause_words(), Rules(load_rules()))


class _Writer:
    """Turns happenings into the record's events."""

    def __init__(self, coder: ActCoder, book: Codebook, figures: FigureFinder, terms: Terms, contexts: Phrases) -> None:
        self._coder = coder
        self._book = book
        self._figures = figures
        self._terms = terms
        self._contexts = contexts

    def write(self, draft: Draft) -> Draft:
        """The draft with figures, equipment and events."""
        figures = self._figures.find(draft.doc, (date.span for date in draft.dates))
        equipment = find_equipment(draft.doc, self._terms)
        scene = _Scene(draft, ActorIndex(draft.actors), Anchors(draft.article, draft.doc, draft.places, draft.dates))
        happenings = self._coder.happenings(draft.doc, scene.index)
        kept = [
            f for f in (_Found(h, scene.anchors.site(h)) for h in happenings) if _worth_keeping(f.happening, f.site)
        ]
        figure_of = _nearest_happening(figures, kept, draft.doc)
        equipment_of = _nearest_happening(equipment, kept, draft.doc)
        events = tuple(
            replace(
                self._event(f, scene), id=f"e{n + 1}", figures=figure_of.get(n, ()), equipment=equipment_of.get(n, ())
            )
            for n, f in enumerate(kept)
        )
        return replace(draft, figures=figures, equipment=equipment, events=events)

    def _event(self, found: _Found, scene: _Scene) -> Event:
        happening, coding = found.happening, found.happening.coding
        actors = scene.index.parties(happening.roles.actors)
        recipients = tuple(p for p in scene.index.parties(happening.roles.recipients) if p not in actors)
        head, span = happening.trigger.head, happening.trigger.span
        return Event(
            id="",
            type=coding.type,
            mode=coding.mode,
            contexts=contexts_of(head.sent, self._contexts),
            act=coding.act,
            quad=self._book.quad(coding.type),
            score=self._book.score(coding.type, coding.mode),
            trigger=Words(span, scene.draft.doc.text[span[0] : span[1]]),
            evidence=sentence_span(head),
            actors=actors,
            recipients=recipients,
            place=found.site.place if found.site is not None else None,
            date=scene.anchors.date(happening),
            status=coding.status,
            according_to=OWN_VOICE,
            figures=(),
            equipment=(),
            confidence=confidence(happening, actors, recipients),
        )


@dataclass(frozen=True, slots=True)
class _Scene:
    """An article's draft with the look-ups made for it."""

    draft: Draft
    index: ActorIndex
    anchors: Anchors


@dataclass(frozen=True, slots=True)
class _Found:
    happening: Happening
    site: Site | None


def _worth_keeping(happening: Happening, site: Site | None) -> bool:
    """Whether the text tells of an event, not only uses its word: it names somebody, or for violence a place."""
    roles, noun = happening.roles, happening.trigger.is_noun
    placed = site is not None and site.tied and happening.coding.type in {"ASSAULT", "PROTEST"}
    if happening.trigger.pattern.frame.needs_sides and not _has_sides(roles.actors):
        return placed or (happening.coding.type == "ASSAULT" and bool(roles.actors) and not noun)
    return placed or bool(roles.actors or roles.recipients)


def _has_sides(actors: Sequence[Token]) -> bool:
    """Two participants, or one word for several."""
    return len(actors) > 1 or any(t.tag_ in {"NNS", "NNPS"} or t.lower_ in {"they", "both", "all"} for t in actors)


def _nearest_happening(
    records: Sequence[Figure] | Sequence[Equipment], kept: Sequence[_Found], doc: Doc
) -> dict[int, tuple[str, ...]]:
    """Ids of figures or equipment by the number of the happening in whose clause they stand."""
    words = [{w.i for w in _reach(found.happening)} for found in kept]
    out: dict[int, tuple[str, ...]] = {}
    for record in records:
        token = _token_at(doc, record.span)
        if token is None:
            continue
        near = [
            (abs(token.i - kept[n].happening.trigger.head.i), n) for n, reach in enumerate(words) if token.i in reach
        ]
        if near:
            n = min(near)[1]
            out[n] = (*out.get(n, ()), record.id)
    return out


def _reach(happening: Happening) -> Iterable[Token]:
    yield from happening.words
    for token in (*happening.roles.actors, *happening.roles.recipients, *happening.roles.instruments):
        yield from token.subtree


def _token_at(doc: Doc, span: Span) -> Token | None:
    part = doc.char_span(*span, alignment_mode="expand")
    return part.root if part is not None else None
