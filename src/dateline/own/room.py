"""The room ``own``: each sentence's labels by a head trained on a codebook of the researcher's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from spacy.tokens import Span as DocSpan

from dateline.language import load_encoder
from dateline.language.encoder import Encoder, Pieces
from dateline.own.head import OwnHead, load_head, pooled
from dateline.records import OWN_VOICE, AccordingTo, Label, Span, Statement
from dateline.rooms import Draft, Room

# A sentence of fewer words is a heading or a by-line.
LEAST_WORDS = 3
# A sentence rests on the statement whose content covers this share of it.
COVERED = 0.5


def make_room(folder: Path) -> Room:
    """The room for the codebook of a folder; it reads every sentence.

    Raises:
        CodebookError: the folder has no trained head, or one for other weights.
    """
    reader = _Reader(load_head(folder), load_encoder())
    return Room(name="own", needs=("statements",), gives=("labels",), scores=(), run=reader.run)


class _Reader:
    def __init__(self, head: OwnHead, encoder: Encoder) -> None:
        self._head = head
        self._encoder = encoder

    def run(self, draft: Draft) -> Draft:
        """The draft with labels, in text order."""
        sentences = [sent for sent in draft.doc.sents if sum(token.is_alpha for token in sent) >= LEAST_WORDS]
        if not sentences:
            return draft
        chances = self._head.chances(pooled(self._encoder.read(self._pieces(sent) for sent in sentences)))
        found: list[Label] = []
        for sent, row in zip(sentences, chances, strict=True):
            span = _trimmed(sent)
            voice = _rests_on(span, draft.statements)
            for name, chance, limit in zip(self._head.names, row, self._head.limits, strict=True):
                if chance >= limit:
                    found.append(Label(f"l{len(found) + 1}", name, span, voice, round(float(chance), 2)))
        return replace(draft, labels=tuple(found))

    def _pieces(self, sent: DocSpan) -> Pieces:
        begin = sent.start_char
        words = [(t.idx - begin, t.idx - begin + len(t)) for t in sent if not t.is_space]
        return self._encoder.cutter.cut(sent.text, words)


def _trimmed(sent: DocSpan) -> Span:
    text = sent.text
    begin = sent.start_char + len(text) - len(text.lstrip())
    return begin, begin + len(text.strip())


def _rests_on(span: Span, statements: Sequence[Statement]) -> AccordingTo:
    """The statement whose content is most of the sentence, else the outlet's own voice."""
    for statement in statements:
        covered = sum(max(0, min(e, span[1]) - max(b, span[0])) for b, e in statement.content.spans)
        if statement.inside is None and covered >= COVERED * (span[1] - span[0]):
            return AccordingTo(outlet=False, statement=statement.id)
    return OWN_VOICE
