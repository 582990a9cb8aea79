"""Weapons, platforms and vehicles named in the text (``equipment.csv``)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import get_args

from spacy.tokens import Doc, Token

from dateline.errors import CodebookError
from dateline.records import Equipment, EquipmentKind

# Terms by their last word: the words before it, and the kind. The longest first.
Terms = dict[str, tuple[tuple[tuple[str, ...], EquipmentKind], ...]]

# A warship's name follows one of these.
_SHIP_PREFIXES = frozenset({"HMS", "USS", "FS", "INS", "HMAS", "HMCS", "HNLMS", "TCG", "USNS", "RFA"})
_JOINING = frozenset({"-", "–", "/"})


@cache
def load_equipment() -> Terms:
    """The terms, read once.

    Raises:
        CodebookError: ``equipment.csv`` has a bad kind, an empty or a repeated term; names the line.
    """
    text = files("dateline.what").joinpath("equipment.csv").read_text(encoding="utf-8")
    found: dict[str, list[tuple[tuple[str, ...], EquipmentKind]]] = {}
    seen: set[str] = set()
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        term, kind = row["term"], row["kind"]
        if not term or term in seen or kind not in get_args(EquipmentKind):
            raise CodebookError(
                f"equipment.csv: line {number}: {term!r}, {kind!r}: repeated, empty or of an unknown kind"
            )
        seen.add(term)
        *before, last = term.lower().replace("-", " ").split()
        found.setdefault(last, []).append((tuple(before), kind))  # type: ignore[arg-type]
    return {last: tuple(sorted(terms, key=lambda t: -len(t[0]))) for last, terms in found.items()}


def find_equipment(doc: Doc, terms: Terms) -> tuple[Equipment, ...]:
    """Every piece of equipment the text names, in text order; modifiers that are part of its name are in the span."""
    out: list[Equipment] = []
    for first, last, kind in _found(doc, terms):
        if out and out[-1].span[1] > first.idx:
            out.pop()  # the end of a longer term: "car" of "car bomb"
        begin, end = first.idx, last.idx + len(last.text)
        out.append(Equipment(f"w{len(out) + 1}", (begin, end), doc.text[begin:end], kind))
    return tuple(out)


def _found(doc: Doc, terms: Terms) -> Iterator[tuple[Token, Token, EquipmentKind]]:
    for token in doc:
        if token.text in _SHIP_PREFIXES and token.i + 1 < len(doc) and token.nbor().pos_ == "PROPN":
            yield token, token.nbor(), "platform"
        entries = terms.get(token.lower_) or terms.get(token.lemma_.lower())
        if entries is None or token.pos_ in {"VERB", "AUX", "ADV", "ADJ", "PRON"}:
            continue
        for before, kind in entries:
            first = _start(token, before)
            if first is not None:
                if not _inside_name(token):
                    yield first, token, kind
                break


def _start(token: Token, before: tuple[str, ...]) -> Token | None:
    """The first token of the term that ends here, hyphens passed over; None where the words before do not fit."""
    current = token
    for word in reversed(before):
        step = current.i - 1
        while step >= 0 and token.doc[step].text in _JOINING:
            step -= 1
        if step < 0 or word not in (token.doc[step].lower_, token.doc[step].lemma_.lower()):
            return None
        current = token.doc[step]
    return current


def _inside_name(token: Token) -> bool:
    """Whether the word only modifies another noun ("tank commander") or is part of a longer name."""
    return (
        token.dep_ == "compound"
        and token.head.i > token.i
        and token.head.pos_ in {"NOUN", "PROPN"}
        and token.head.ent_type_ == token.ent_type_ != ""
    )
