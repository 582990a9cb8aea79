"""The room ``what``: figures, equipment and events of one draft."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from dateline.codebook import Codebook, load_codebook
from dateline.language import load_encoder, sentence_span
from dateline.records import OWN_VOICE, Equipment, Event, Figure, Span, Words
from dateline.rooms import Draft, Room
from dateline.what.anchors import Anchors, Site
from dateline.what.clauses import load_clause_words
from dateline.what.coding import ActCoder, Happening
from dateline.what.equipment import Terms, find_equipment, load_equipment
from dateline.what.figures import FigureFinder, load_figure_words
from dateline.what.heads import load_heads
from dateline.what.lexicon import load_lexicon
from dateline.what.merging import Known, Told, merged
from dateline.what.reader import EventReader
from dateline.what.rules import Rules, load_rules
from dateline.who.index import ActorIndex


def make_room() -> Room:
    """The room ``what``: gives ``figures``, ``equipment`` and ``events``.

    Raises:
        CodebookError: a file of the codebook, of the lexicon or of the trained heads is wrong.
    """
    book = load_codebook()
    reader = EventReader(make_act_coder(), load_encoder(), *load_heads(), book)
    writer = _Writer(reader, book, FigureFinder(load_figure_words()), load_equipment())
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

    def __init__(self, reader: EventReader, book: Codebook, figures: FigureFinder, terms: Terms) -> None:
        self._reader = reader
        self._book = book
        self._figures = figures
        self._terms = terms

    def write(self, draft: Draft) -> Draft:
        """The draft with figures, equipment and events."""
        figures = self._figures.find(draft.doc, (date.span for date in draft.dates))
        equipment = find_equipment(draft.doc, self._terms)
        scene = _Scene(draft, ActorIndex(draft.actors), Anchors(draft.article, draft.doc, draft.places, draft.dates))
        found = [_Found(h, scene.anchors.site(h)) for h in self._reader.happenings(draft, scene.index)]
        figure_of = _nearest_happening(figures, found, draft.doc)
        equipment_of = _nearest_happening(equipment, found, draft.doc)
        told = [
            _told(
                replace(self._event(f, scene), figures=figure_of.get(n, ()), equipment=equipment_of.get(n, ())),
                f.happening.trigger.head,
                scene,
            )
            for n, f in enumerate(found)
        ]
        known = Known(
            {place.id: place for place in draft.places},
            {date.id: date for date in draft.dates},
            {figure.id: figure for figure in figures},
            frozenset(actor.id for actor in draft.actors if any(m.form == "name" for m in actor.mentions)),
        )
        return replace(draft, figures=figures, equipment=equipment, events=tuple(merged(told, known)))

    def _event(self, found: _Found, scene: _Scene) -> Event:
        happening, coding = found.happening, found.happening.coding
        actors = scene.index.parties(happening.roles.actors)
        recipients = tuple(p for p in scene.index.parties(happening.roles.recipients) if p not in actors)
        head, span = happening.trigger.head, happening.trigger.span
        return Event(
            id="",
            type=coding.type,
            mode=coding.mode,
            contexts=happening.contexts,
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
            confidence=round(happening.chance, 2) if happening.chance is not None else None,
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


def _told(event: Event, head: Token, scene: _Scene) -> Told:
    sentence = scene.anchors.sentence(head)
    headline = scene.draft.article.headline
    return Told(event, head, sentence, headline is not None and event.trigger.span[1] <= headline[1])


def _nearest_happening(
    records: Sequence[Figure] | Sequence[Equipment], found: Sequence[_Found], doc: Doc
) -> dict[int, tuple[str, ...]]:
    """Ids of figures or equipment by the number of the happening in whose clause they stand."""
    words = [{w.i for w in _reach(one.happening)} for one in found]
    out: dict[int, tuple[str, ...]] = {}
    for record in records:
        token = _token_at(doc, record.span)
        if token is None:
            continue
        near = [
            (abs(token.i - found[n].happening.trigger.head.i), n) for n, reach in enumerate(words) if token.i in reach
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
