"""The lexicon of loaded terms. Data: ``lexicon.csv``, written for dateline.

A term is a run of lemmas. Its exceptions are longer runs that hold it and are plain ("regime change"); they are looked
up with the terms, and the longest run wins. ``plain`` is empty where a neutral report would leave the word out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal, TypeVar, get_args

from dateline.errors import CodebookError
from dateline.records import Tone

FILE = "lexicon.csv"
T = TypeVar("T")

TermKind = Literal["party", "act", "place", "legitimacy", "casualty", "quote"]
WordClass = Literal["noun", "verb", "adj", "adv"]
Direction = Literal["raises", "lowers"]
Quality = Literal["legitimacy", "agency", "menace", "standing", "severity", "certainty"]
# Whom the word is about: whoever it names, the noun it modifies, the verb's subject or object, nobody in particular.
About = Literal["self", "head", "agent", "object", "none"]
# What has to stand there for the word to be loaded: an actor it is about, a place it is done to.
Needs = Literal["actor", "place"]

_PIECES = re.compile(r"-|[^\s-]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A loaded word or phrase."""

    words: tuple[str, ...]  # lemmas in lower case; hyphens are words of their own
    classes: frozenset[WordClass]  # of the last word
    kind: TermKind
    tone: Tone
    direction: Direction
    of: Quality  # what the word raises or lowers
    about: About
    needs: Needs | None
    plain: str
    unless_near: frozenset[str]  # lemmas in the sentence that make the word plain
    note: str | None
    origin: tuple[str, ...]  # ISO 639-1 codes of the languages in whose press or offices the term is at home
    example: str  # a sentence of our own in which the term is loaded
    source: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A run of lemmas: a term, or an exception where ``term`` is None."""

    words: tuple[str, ...]
    term: Term | None


Lexicon = Mapping[str, tuple[Entry, ...]]  # by first lemma, longest first


def load_lexicon() -> Lexicon:
    """The lexicon that ships.

    Raises:
        CodebookError: a line of the file is wrong.
    """
    return read_lexicon(files("dateline.wording").joinpath(FILE).read_text(encoding="utf-8").splitlines())


def read_lexicon(lines: Iterable[str]) -> Lexicon:
    """A lexicon from the lines of a CSV file with the columns of ``lexicon.csv``.

    Raises:
        CodebookError: a line repeats a term, leaves a needed column empty, or has an unknown code.
    """
    entries: list[Entry] = []
    seen: set[tuple[tuple[str, ...], str]] = set()
    reader = csv.DictReader(lines)
    for row in reader:
        term = _term(row, reader.line_num)
        for word_class in term.classes:
            if (term.words, word_class) in seen:
                raise CodebookError(
                    f"{FILE}, line {reader.line_num}: {row['term']!r} is listed twice as {word_class}; keep one line"
                )
            seen.add((term.words, word_class))
        entries.append(Entry(term.words, term))
        entries += [_exception(text, term, reader.line_num) for text in _listed(row, "exceptions")]
    return _by_first_word(entries)


def _term(row: Mapping[str, str | None], line: int) -> Term:
    words = pieces(_cell(row, "term"))
    if not words or not _cell(row, "source") or not _cell(row, "example"):
        raise CodebookError(
            f"{FILE}, line {line}: a term needs its words, an example and a source; fill in the columns"
        )
    return Term(
        words=words,
        classes=frozenset(_one_of(cls, get_args(WordClass), "pos", line) for cls in _cell(row, "pos").split("|")),
        kind=_one_of(_cell(row, "kind"), get_args(TermKind), "kind", line),
        tone=_one_of(_cell(row, "tone"), get_args(Tone), "tone", line),
        direction=_one_of(_cell(row, "direction"), get_args(Direction), "direction", line),
        of=_one_of(_cell(row, "of"), get_args(Quality), "of", line),
        about=_one_of(_cell(row, "about"), get_args(About), "about", line),
        needs=_one_of(_cell(row, "needs"), get_args(Needs), "needs", line) if _cell(row, "needs") else None,
        plain=_cell(row, "plain"),
        unless_near=frozenset(_listed(row, "unless_near")),
        note=_cell(row, "note") or None,
        origin=_languages(_cell(row, "origin"), line),
        example=_cell(row, "example"),
        source=_cell(row, "source"),
    )


def _one_of(value: str, allowed: tuple[T, ...], column: str, line: int) -> T:
    for known in allowed:
        if value == known:
            return known
    raise CodebookError(f"{FILE}, line {line}: unknown {column} {value!r}; use one of {', '.join(map(str, allowed))}")


def _languages(codes: str, line: int) -> tuple[str, ...]:
    found = tuple(codes.split("|"))
    if not all(re.fullmatch("[a-z]{2}", code) for code in found):
        raise CodebookError(f"{FILE}, line {line}: origin {codes!r} is no language; use codes of ISO 639-1: ar|tr")
    return found


def _exception(text: str, term: Term, line: int) -> Entry:
    words = pieces(text)
    if len(words) <= len(term.words):
        raise CodebookError(f"{FILE}, line {line}: exception {text!r} is no longer than its term; add words to it")
    return Entry(words, None)


def _cell(row: Mapping[str, str | None], column: str) -> str:
    return (row.get(column) or "").strip()


def _listed(row: Mapping[str, str | None], column: str) -> list[str]:
    return [text.strip() for text in _cell(row, column).split(";") if text.strip()]


def pieces(text: str) -> tuple[str, ...]:
    """Words of a phrase as the tokenizer cuts them: hyphens and the genitive's s apart."""
    return tuple(_PIECES.findall(re.sub(r"['’]s\b", " 's", text.lower())))


def _by_first_word(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    out: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (-len(entry.words), entry.term is None)):
        out.setdefault(entry.words[0], []).append(entry)
    return {first: tuple(found) for first, found in out.items()}
