"""The cue lexicon: which words hand over to another voice, in which constructions. Data: ``cues.csv``, ours.

Frequent constructions that PolNeAR's annotators seldom take for an attribution ("offered a prize") were left out, by
counts on half of that corpus' training part; nothing but counts was taken from it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from dateline.errors import CodebookError

FILE = "cues.csv"
COLUMNS = ("words", "kind", "class", "frames", "hearer", "forms")

CueKind = Literal["verb", "noun", "preposition"]
# speech: said or written; question, order: asked or demanded; evidence: a document or finding shows it; belief,
# feeling: held or felt; stance: an attitude to something the outlet itself tells of; intent: a will or plan.
CueClass = Literal["speech", "question", "order", "evidence", "belief", "feeling", "stance", "intent"]
Hearer = Literal["object"]

# Constructions besides prepositions: a clause ("said that"), a quotation ("said: '…'"), "to" or "-ing" ("vowed to"),
# a noun phrase ("condemned the raid"), a noun phrase and what it is called ("called it a raid"), a passive subject.
CONSTRUCTIONS = frozenset({"clause", "quote", "infinitive", "gerund", "object", "complement", "passive"})
PREPOSITIONS = frozenset(
    {"about", "against", "as", "at", "by", "for", "from", "in", "of", "on", "over", "to", "upon", "with"}
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that introduces what someone says, thinks or wants."""

    words: str  # lemma; "make clear": a verb and a word that depends on it; a whole phrase for prepositions
    kind: CueKind
    cls: CueClass
    frames: frozenset[str]
    hearer: Hearer | None  # "object": the verb's object is the one addressed ("told reporters that")
    forms: tuple[str, ...]  # irregular forms of the first word

    @property
    def prepositions(self) -> frozenset[str]:
        """Prepositions after which the content stands ("called for")."""
        return self.frames & PREPOSITIONS


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cues by first lemma, longest first, so that "point out" is tried before "point"."""

    verbs: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, Cue]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]  # first word → whole phrases, longest first
    classes: Mapping[str, CueClass]  # of a verb or noun by its first lemma and its irregular forms

    def __len__(self) -> int:
        return sum(map(len, (*self.verbs.values(), *self.phrases.values()))) + len(self.nouns)

    def class_of_form(self, word: str) -> CueClass | None:
        """Class of a cue by an inflected form in lower case ("condemning"); None for words that are no cue."""
        return next((self.classes[lemma] for lemma in _lemmas(word) if lemma in self.classes), None)


def _lemmas(word: str) -> Iterable[str]:
    """What the word may be a form of, the likeliest first."""
    yield word
    for ending, back in (
        ("ies", "y"),
        ("ied", "y"),
        ("ing", ""),
        ("ing", "e"),
        ("ed", ""),
        ("d", ""),
        ("es", ""),
        ("s", ""),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word.removesuffix(ending)
            yield stem + back
            if ending in ("ing", "ed") and stem[-1:] == stem[-2:-1]:
                yield stem[:-1]


@cache
def load_lexicon() -> Lexicon:
    """The lexicon that ships.

    Raises:
        CodebookError: a line of the file is wrong.
    """
    return read_lexicon(files("dateline.according").joinpath(FILE).read_text(encoding="utf-8").splitlines())


def read_lexicon(lines: Iterable[str]) -> Lexicon:
    """A lexicon from the lines of a CSV file with the columns ``COLUMNS``.

    Raises:
        CodebookError: a line repeats a cue or has an unknown kind, class, frame or hearer.
    """
    cues: dict[tuple[str, str], Cue] = {}
    reader = csv.DictReader(lines)
    for row in reader:
        cue = _cue(row, reader.line_num)
        if (cue.words, cue.kind) in cues:
            raise CodebookError(
                f"{FILE}, line {reader.line_num}: {cue.kind} {cue.words!r} is listed twice; keep one line"
            )
        cues[cue.words, cue.kind] = cue
    verbs = [cue for cue in cues.values() if cue.kind == "verb"]
    nouns = {cue.words: cue for cue in cues.values() if cue.kind == "noun"}
    phrases = [tuple(cue.words.split()) for cue in cues.values() if cue.kind == "preposition"]
    classes = {form: cue.cls for cue in (*nouns.values(), *verbs) for form in (cue.words.split()[0], *cue.forms)}
    return Lexicon(_by_first_verb(verbs), nouns, _by_first_word(phrases), classes)


def _cue(row: Mapping[str, str | None], line: int) -> Cue:
    words, kind, cls, frames, hearer, forms = ((row.get(name) or "").strip() for name in COLUMNS)
    _check("kind", kind, get_args(CueKind), line)
    _check("class", cls, get_args(CueClass), line)
    _check("hearer", hearer, ("", *get_args(Hearer)), line)
    for frame in frames.split():
        _check("frame", frame, sorted(CONSTRUCTIONS | PREPOSITIONS), line)
    if not words or (kind != "preposition" and not frames):
        raise CodebookError(
            f"{FILE}, line {line}: a cue needs words, and a verb or noun needs frames; fill in the columns"
        )
    return Cue(words, kind, cls, frozenset(frames.split()), hearer or None, tuple(forms.split()))  # type: ignore[arg-type]  # checked above


def _check(column: str, value: str, allowed: Iterable[str], line: int) -> None:
    if value not in allowed:
        raise CodebookError(f"{FILE}, line {line}: unknown {column} {value!r}; use one of {', '.join(allowed)}")


def _by_first_verb(cues: Iterable[Cue]) -> dict[str, tuple[Cue, ...]]:
    out: dict[str, list[Cue]] = {}
    for cue in sorted(cues, key=lambda cue: -len(cue.words.split())):
        out.setdefault(cue.words.split()[0], []).append(cue)
    return {first: tuple(found) for first, found in out.items()}


def _by_first_word(phrases: Iterable[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    out: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        out.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(found) for first, found in out.items()}
