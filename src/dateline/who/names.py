"""Names as they are compared: folded words, and the longest match of many names in a parse."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from spacy.tokens import Doc

Payload = TypeVar("Payload")

# Letters that normalisation leaves as they are, and what stands between or inside words without telling names apart
# (al-Nusra, al Nusra; Da'esh, Daesh; U.S., US).
_OTHER_LETTERS = str.maketrans({"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"})
_SEPARATORS = str.maketrans(dict.fromkeys("-–‐‑_/", " ") | dict.fromkeys("'’ʿʾ`."))
_OWNS = "'s"


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Lower case without diacritics, apostrophes and full stops; hyphens as spaces, spaces single."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_OTHER_LETTERS))
        text = "".join(char for char in text if not unicodedata.combining(char)).casefold()
    return " ".join(text.translate(_SEPARATORS).lower().split())


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word of a parse and the token it comes from."""

    text: str
    token: int


def words_of(doc: Doc) -> list[Word]:
    """The words of a parse in order, joints left out (hyphens do not matter); a possessive 's is the word ``'s``."""
    words: list[Word] = []
    for token in doc:
        if token.lower_ in {"'s", "’s"}:
            words.append(Word(_OWNS, token.i))
        else:
            words += [Word(part, token.i) for part in fold(token.text).split()]
    return words


@dataclass(frozen=True, slots=True)
class Match(Generic[Payload]):
    """A name found: its first and last token, and what it stands for."""

    first: int
    last: int
    payload: Payload


@dataclass(slots=True)
class _Node(Generic[Payload]):
    below: dict[str, _Node[Payload]] = field(default_factory=dict)
    payloads: list[Payload] = field(default_factory=list)


class NameIndex(Generic[Payload]):
    """Names as folded word sequences, for the longest match at every word. A leading "the" is no part of a name."""

    def __init__(self) -> None:
        self._root: _Node[Payload] = _Node()

    def add(self, name: str, payload: Payload) -> None:
        """Enter a name; several payloads under one name are kept in order."""
        parts = [_OWNS if part == "\x00" else part for part in fold(_mark_owners(name)).removeprefix("the ").split()]
        node = self._root
        for part in parts:
            node = node.below.setdefault(part, _Node())
        if parts:
            node.payloads.append(payload)

    def find(self, words: list[Word], accept: Callable[[int, int, Payload], bool]) -> Iterator[Match[Payload]]:
        """The longest accepted names, left to right, none overlapping."""
        index = 0
        while index < len(words):
            found, length = self._longest(words, index, accept)
            if found is not None:
                yield found
            index += length

    def _longest(
        self, words: list[Word], start: int, accept: Callable[[int, int, Payload], bool]
    ) -> tuple[Match[Payload] | None, int]:
        node, best, length = self._root, None, 1
        for index in range(start, len(words)):
            below = node.below.get(words[index].text)
            if below is None:
                break
            node = below
            for payload in node.payloads:
                if accept(words[start].token, words[index].token, payload):
                    best, length = Match(words[start].token, words[index].token, payload), index - start + 1
                    break
        return best, length


def _mark_owners(name: str) -> str:
    return name.replace("'s ", " \x00 ").replace("’s ", " \x00 ")


def acronym(name: str) -> str:
    """Initials of the capitalised words of a name: "National Liberation Front" → NLF."""
    return "".join(word[0] for word in name.replace("-", " ").split() if word[:1].isupper())
