"""Names as they are compared: folded words, and the longest match of many names in a parse."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from spacy.tokens import Doc

Payload = TypeVar("Payload")

# Joints of a name that writers set or leave out: al-Nusra, al Nusra; Da'esh, Daesh.
_JOINTS = frozenset("-–‐‑'’ʿʾ`.")


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Lower case without diacritics, apostrophes and full stops; hyphens as spaces, spaces single."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_OTHER_LETTERS))
        text = "".join(char for char in text if not unicodedata.combining(char)).casefold()
    return " ".join(text.translate(_SEPARATORS).lower().split())


# Letters that normalisation leaves as they are, and what stands between or inside words without telling names apart.
_OTHER_LETTERS = str.maketrans({"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"})
_SEPARATORS = str.maketrans(dict.fromkeys("-–‐‑_/", " ") | dict.fromkeys("'’ʿʾ`."))


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word of a parse and the token it comes from."""

    text: str
    token: int


def words_of(doc: Doc) -> list[Word]:
    """The words of a parse in order, joints left out, so that hyphens do not matter. A possessive 's is the word ``'s``."""
    words: list[Word] = []
    for token in doc:
        if token.is_space or token.text in _JOINTS:
            continue
        if token.tag_ == "POS":
            words.append(Word("'s", token.i))
            continue
        words += [Word(part, token.i) for part in fold(token.text).split()]
    return words


@dataclass(frozen=True, slots=True)
class Match(Generic[Payload]):
    """A name found: its first and last token, and what it stands for."""

    first: int
    last: int
    payload: Payload


class NameIndex(Generic[Payload]):
    """Names as folded word sequences, for the longest match at every word."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}  # folded word → the same again; "" → payloads

    def add(self, name: str, payload: Payload) -> None:
        """Enter a name; several payloads under one name are kept in order."""
        node = self._root
        parts = fold(name.replace("'s ", " \x00 ").replace("’s ", " \x00 ")).split()
        for part in parts:
            node = node.setdefault("'s" if part == "\x00" else part, {})
        if parts:
            node.setdefault("", []).append(payload)

    def find(self, words: list[Word], accept: Callable[[int, int, Payload], bool]) -> Iterator[Match[Payload]]:
        """The longest accepted names, left to right, none overlapping."""
        index = 0
        while index < len(words):
            found, length = self._longest(words, index, accept)
            if found is not None:
                yield found
            index += length

    def _longest(
        self, words: list[Word], index: int, accept: Callable[[int, int, Payload], bool]
    ) -> tuple[Match[Payload] | None, int]:
        node, best, length = self._root, None, 1
        for offset, word in enumerate(words[index:]):
            child = node.get(word.text)
            if child is None:
                break
            node = child
            for payload in node.get("", ()):
                if accept(words[index].token, word.token, payload):
                    best, length = Match(words[index].token, word.token, payload), offset + 1
                    break
        return best, length


def acronym(name: str) -> str:
    """Initials of the capitalised words of a name: "National Liberation Front" → NLF."""
    return "".join(word[0] for word in name.replace("-", " ").split() if word[:1].isupper())


def last_word(names: Iterable[str]) -> set[str]:
    """Folded last words of names: what a person is called for short."""
    return {fold(name).split()[-1] for name in names if fold(name)}
