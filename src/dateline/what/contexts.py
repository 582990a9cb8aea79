"""Why: the PLOVER contexts that explicit words of an event's sentence show (``contexts.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml
from spacy.tokens import Span

from dateline.codebook import load_codebook
from dateline.errors import CodebookError

# By first word: the other words of the phrase, and the context.
Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


@cache
def load_contexts() -> Phrases:
    """The phrases, read once.

    Raises:
        CodebookError: ``contexts.yaml`` has not exactly the contexts of the codebook, or a phrase twice in one.
    """
    data: dict[str, list[str]] = yaml.safe_load(
        files("dateline.what").joinpath("contexts.yaml").read_text(encoding="utf-8")
    )
    known = set(load_codebook().contexts)
    if set(data) != known:
        raise CodebookError(f"contexts.yaml: {', '.join(sorted(set(data) ^ known))}: missing or unknown")
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for context, phrases in data.items():
        if len(set(phrases)) != len(phrases):
            raise CodebookError(f"contexts.yaml: {context}: a phrase stands there twice")
        for phrase in phrases:
            first, *rest = phrase.lower().replace("-", " - ").split()
            out.setdefault(first, []).append((tuple(rest), context))
    return {first: tuple(entries) for first, entries in out.items()}


def contexts_of(sent: Span, phrases: Phrases) -> tuple[str, ...]:
    """Names of the contexts the sentence shows, in alphabetical order."""
    found: set[str] = set()
    for token in sent:
        for rest, context in (*phrases.get(token.lower_, ()), *phrases.get(token.lemma_.lower(), ())):
            if context not in found and _follows(sent, token.i - sent.start, rest):
                found.add(context)
    return tuple(sorted(found))


def _follows(sent: Span, at: int, rest: tuple[str, ...]) -> bool:
    if at + len(rest) >= len(sent):
        return not rest
    return all(word in (sent[at + n].lower_, sent[at + n].lemma_.lower()) for n, word in enumerate(rest, start=1))
