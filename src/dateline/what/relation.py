"""What does one span do to another? The PLOVER type of what links the two, by a head of the encoder trained for this.

Events follow the PLOVER manual v2.0. Relations are answered in the codes of PLOVER's crosswalk of 2021, by which
corpora of relations between two parties were coded; where it differs is listed in ``rules.yaml``, ``crosswalk_2021``.
"""

from __future__ import annotations

import numpy as np
from spacy.tokens import Doc

from dateline.language import load_encoder
from dateline.records import Span
from dateline.what.heads import RELATIONS, load_heads

# What is answered where nothing links the spans.
NO_RELATION = "NONE"


def relation(doc: Doc, source: Span, target: Span) -> str:
    """PLOVER type of what ``source`` does to ``target`` (half-open spans of ``doc.text``), or ``NONE``.

    The encoder reads the sentences from the first span's to the last one's, with marks round the two.
    """
    first, second = doc.char_span(*source, alignment_mode="expand"), doc.char_span(*target, alignment_mode="expand")
    if first is None or second is None:
        return NO_RELATION
    begin = min(first.sent.start_char, second.sent.start_char)
    end = max(first.sent.end_char, second.sent.end_char)
    encoder = load_encoder()
    marked = [(max(0, span[0] - begin), span[1] - begin) for span in (source, target)]
    read = encoder.read([encoder.cutter.cut(doc.text[begin:end], [], marked)])[0]
    heads, _ = load_heads()
    scores = heads.relation(read.marks[:1], read.marks[1:], read.mean[None])[0]
    return RELATIONS[int(np.argmax(scores))]
