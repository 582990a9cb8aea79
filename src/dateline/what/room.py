"""The room ``what``: figures, equipment and events of one draft."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from spacy.tokens import Doc, Token

from dateline.codebook import Codebook, load_codebook
from dateline.language import sentence_span
from dateline.records import OWN_VOICE, Equipment, Event, Figure, Span, Words
from dateline.rooms import Draft, Room
from dateline.what.anchors import Anchors
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
        run=partial(_run, writer),
    )


def make_act_coder() -> ActCoder:
    """The coder of triggers with the lexicon and rules that ship."""
    return ActCoder(load_lexicon(), load_clause_words(), Rules(load_rules()))


def _run(writer: _Writer, draft: Draft) -> Draft:
    return writer.write(draft)


class _Writer:
    """Turns happenings into the record's events."""

    def __init__(self, coder: ActCoder, book: Codebook, figures: FigureFinder, terms: Terms, contexts: Phrases) -> None:
        self._coder = coder
        self._book = book
        self._figures = figures
        self._terms = terms
        self._contexts = contexts

    def write(self, draft: Draft) -> Draft:
        figures = self._figures.find(draft.doc, (date.span for date in draft.dates))
        equipment = find_equipment(draft.doc, self._terms)
        index = ActorIndex(draft.actors)
        anchors = Anchors(draft.article, draft.doc, draft.places, draft.dates)
        found = [(h, anchors.place(h)) for h in self._coder.happenings(draft.doc, index)]
        kept = [(h, place) for h, place in found if _worth_keeping(h, place)]
        figure_of = _nearest_happening(figures, kept, draft.doc)
        equipment_of = _nearest_happening(equipment, kept, draft.doc)
        events = tuple(
            self._event(f"e{n}", h, place, draft, index, anchors, figure_of.get(n - 1, ()), equipment_of.get(n - 1, ()))
            for n, (h, place) in enumerate(kept, start=1)
        )
        return replace(draft, figures=figures, equipment=equipment, events=events)

    def _event(
        self,
        name: str,
        happening: Happening,
        place: str | None,
        draft: Draft,
        index: ActorIndex,
        anchors: Anchors,
        figures: tuple[str, ...],
        equipment: tuple[str, ...],
    ) -> Event:
        actors = index.parties(happening.roles.actors)
        recipients = tuple(p for p in index.parties(happening.roles.recipients) if p not in actors)
        coding, span = happening.coding, happening.trigger.span
        head = happening.trigger.head
        return Event(
            id=name,
            type=coding.type,
            mode=coding.mode,
            contexts=contexts_of(head.sent, self._contexts),
            act=coding.act,
            quad=self._book.quad(coding.type),
            score=self._book.score(coding.type, coding.mode),
            trigger=Words(span, draft.doc.text[span[0] : span[1]]),
            evidence=sentence_span(head),
            actors=actors,
            recipients=recipients,
            place=place,
            date=anchors.date(happening),
            status=coding.status,
            according_to=OWN_VOICE,
            figures=figures,
            equipment=equipment,
            confidence=confidence(happening, actors, recipients),
        )


def _worth_keeping(happening: Happening, place: str | None) -> bool:
    """Whether the text tells of an event and does not only use its word: somebody, or for violence a place, must be named."""
    roles, frame = happening.roles, happening.trigger.pattern.frame
    plural = any(t.tag_ in {"NNS", "NNPS"} or t.lower_ in {"they", "both", "all"} for t in roles.actors)
    if frame.needs_sides and len(roles.actors) < 2 and not plural:
        return happening.coding.type == "ASSAULT" and bool(roles.actors or place) and not happening.trigger.is_noun
    if roles.actors or (roles.recipients and not happening.trigger.is_noun):
        return True
    return (place is not None and happening.coding.type in {"ASSAULT", "PROTEST"}) or bool(roles.recipients)


def _nearest_happening(
    records: Sequence[Figure] | Sequence[Equipment], kept: Sequence[tuple[Happening, str | None]], doc: Doc
) -> dict[int, tuple[str, ...]]:
    """Ids of figures or equipment by the number of the happening in whose clause they stand."""
    words = [{w.i for w in _reach(h)} for h, _ in kept]
    out: dict[int, tuple[str, ...]] = {}
    for record in records:
        token = _token_at(doc, record.span)
        if token is None:
            continue
        near = [(abs(token.i - kept[n][0].trigger.head.i), n) for n, reach in enumerate(words) if token.i in reach]
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
