"""The trigger lexicon: patterns of words that name an event (``triggers/``, ``frames.yaml``, ``classes.yaml``).

A pattern is a string of lemmas: ``open fire on``. ``<name>`` stands for any word of a class, ``a|b`` for either word.
The head of a verb pattern is its first word, that of a noun pattern the last word before a preposition. The other words
may stand anywhere below the head or right after it; the longest pattern that fits wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import TypeAdapter, ValidationError
from spacy.tokens import Token

from dateline.codebook import Codebook, load_codebook
from dateline.errors import CodebookError

# The type of look-alikes: what they match is no event.
NO_EVENT = "NONE"

_PREPOSITIONS = frozenset(
    [
        "of",
        "on",
        "to",
        "from",
        "with",
        "against",
        "for",
        "in",
        "between",
        "among",
        "by",
        "at",
        "into",
        "over",
        "about",
        "under",
        "through",
        "as",
        "that",
        "upon",
        "around",
        "behind",
        "across",
    ]
)


@dataclass(frozen=True, slots=True)
class Frame:
    """How the parse of a trigger gives its participants: names of slots (see ``frames.yaml``)."""

    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    of: Literal["actor", "recipient", "none"]
    things: bool = False
    mutual: bool = False
    needs_sides: bool = False
    theme_acts: bool = False
    owner_suffers: bool = False
    places_no_actors: bool = False


@dataclass(frozen=True, slots=True)
class WordClass:
    words: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()  # spaCy entity labels

    def holds(self, token: Token) -> bool:
        """Whether the token is one of the class's words or entities."""
        return token.lemma_.lower() in self.words or token.lower_ in self.words or token.ent_type_ in self.entities


@dataclass(frozen=True, slots=True)
class Element:
    """One place in a pattern: some words, or a class."""

    words: frozenset[str]
    word_class: WordClass | None

    def fits(self, token: Token) -> bool:
        """Whether the token can fill this place."""
        if self.word_class is not None:
            return self.word_class.holds(token)
        return token.lower_ in self.words or token.lemma_.lower() in self.words


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that name an event of some type and mode."""

    text: str
    type: str
    mode: str | None
    frame: Frame
    pos: Literal["verb", "noun"]
    before: tuple[Element, ...]  # modifiers left of the head
    after: tuple[Element, ...]
    content: bool  # what is asked for, refused or threatened sets the mode
    rank: tuple[int, int]  # how specific: elements, then elements that are words

    @property
    def literals(self) -> tuple[frozenset[str], ...]:
        """The words that must all be near the head; a quick test before the match proper."""
        return tuple(e.words for e in (*self.before, *self.after) if e.word_class is None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A pattern with its quick test worked out."""

    pattern: Pattern
    literals: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Patterns by the lemma of their head, the most specific first."""

    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    classes: Mapping[str, WordClass]

    def holds(self, name: str, token: Token) -> bool:
        """Whether the token belongs to the class of this name."""
        return self.classes[name].holds(token)


@cache
def load_lexicon() -> Lexicon:
    """The lexicon that ships with dateline, read once.

    Raises:
        CodebookError: a trigger file is wrong; the message names the file and the entry.
    """
    book = load_codebook()
    frames = _parsed("frames.yaml", dict[str, Frame])
    classes = _parsed("classes.yaml", dict[str, WordClass])
    patterns: dict[tuple[str, str], Pattern] = {}
    folder = files("dateline.what").joinpath("triggers")
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".yaml"):
            for pattern in _patterns(f"triggers/{path.name}", book, frames, classes):
                patterns.setdefault((pattern.pos, f"{pattern.text} {pattern.type}"), pattern)
    return Lexicon(_index(patterns.values(), "verb"), _index(patterns.values(), "noun"), classes)


@dataclass(frozen=True, slots=True)
class _Group:
    frame: str
    mode: str | None = None
    content: bool = False
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    type: str
    groups: tuple[_Group, ...]


def _parsed(name: str, kind: type[Any]) -> Any:
    text = files("dateline.what").joinpath(name).read_text(encoding="utf-8")
    try:
        return TypeAdapter(kind).validate_python(yaml.load(text, Loader=_Loader))
    except yaml.YAMLError as error:
        raise CodebookError(f"{name}: not readable YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CodebookError(f"{name}: {where}: {first['msg']}") from error


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """The C loader where PyYAML has it: the lexicon is large."""


def _patterns(
    name: str, book: Codebook, frames: Mapping[str, Frame], classes: Mapping[str, WordClass]
) -> Iterable[Pattern]:
    data: _File = _parsed(name, _File)
    if data.type != NO_EVENT and data.type not in book.events:
        raise CodebookError(f"{name}: type: {data.type!r} is not an event type of the codebook")
    for number, group in enumerate(data.groups):
        where = f"{name}: groups.{number}"
        if group.frame not in frames:
            raise CodebookError(f"{where}: frame: {group.frame!r} is not in frames.yaml")
        if group.mode is not None and group.mode not in {m.name for m in book.events[data.type].modes}:
            raise CodebookError(f"{where}: mode: {data.type} has no mode {group.mode!r}")
        for pos, texts in (("verb", group.verbs), ("noun", group.nouns)):
            for text in texts:
                yield _pattern(where, text, pos, data.type, group, frames[group.frame], classes)


def _pattern(
    where: str, text: str, pos: Any, type_: str, group: _Group, frame: Frame, classes: Mapping[str, WordClass]
) -> Pattern:
    words, head = _split(text, pos)
    elements = [_element(where, word, classes) for word in words]
    before, after = tuple(elements[:head]), tuple(elements[head + 1 :])
    if elements[head].word_class is not None:
        raise CodebookError(f"{where}: {text!r}: the head of a pattern must be a word, not a class")
    rank = (len(elements), sum(e.word_class is None for e in elements))
    return Pattern(text, type_, group.mode, frame, pos, before, after, group.content, rank)


def _split(text: str, pos: str) -> tuple[list[str], int]:
    """The words of a pattern, hyphens split as the tokenizer splits them, and the index of its head."""
    words: list[str] = []
    head = 0
    for word in text.split():
        words += word.split("-") if not word.startswith("<") else [word]
        if len(words) and word == text.split()[0] and pos == "verb":
            head = len(words) - 1
    if pos == "noun":
        stop = next((i for i, word in enumerate(words) if i and word in _PREPOSITIONS), len(words))
        head = stop - 1
    return words, head


def _element(where: str, word: str, classes: Mapping[str, WordClass]) -> Element:
    if not word.startswith("<"):
        return Element(frozenset(word.lower().split("|")), None)
    name = word.strip("<>")
    if name not in classes:
        raise CodebookError(f"{where}: <{name}> is not in classes.yaml")
    return Element(frozenset(), classes[name])


def _index(patterns: Iterable[Pattern], pos: str) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        if pattern.pos == pos:
            for word in _head_words(pattern):
                found.setdefault(word, []).append(pattern)
    return {
        word: tuple(
            Entry(p, p.literals) for p in sorted(group, key=lambda p: (p.rank, p.type != NO_EVENT), reverse=True)
        )
        for word, group in found.items()
    }


def _head_words(pattern: Pattern) -> frozenset[str]:
    words, head = _split(pattern.text, pattern.pos)
    return frozenset(words[head].lower().split("|"))
