"""Text with some of its words marked, as safe HTML: everything is escaped but the marks."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from dateline.desk.rows import EventRow


def marked(text: str, search: str | None) -> Markup:
    """The text with every searched word marked."""
    found = [re.escape(word) for word in (search or "").split()]
    if not found:
        return escape(text)
    parts = re.split(f"({'|'.join(found)})", text, flags=re.IGNORECASE)
    return Markup().join(_mark(part) if at % 2 else escape(part) for at, part in enumerate(parts))


def evidence(event: EventRow) -> Markup:
    """The sentence of an event with its trigger marked, if the trigger lies in it."""
    text, origin = event.evidence_text, event.evidence[0]
    begin, end = event.trigger[0] - origin, event.trigger[1] - origin
    if not 0 <= begin < end <= len(text):
        return escape(text)
    return escape(text[:begin]) + _mark(text[begin:end]) + escape(text[end:])


def _mark(words: str) -> Markup:
    return Markup("<mark>{}</mark>").format(words)
