"""Words as they are compared: without case, diacritics and punctuation, each with the place it was found at."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dateline.records import Span

_APOSTROPHES = frozenset("'’‘ʿʾʻʼ`´")


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` begins and ends with a blank, so that whole words are found; ``at`` has one offset for each character."""

    text: str
    at: tuple[int, ...]

    def spans(self, words: str) -> Iterator[Span]:
        """Where folded ``words`` stand as whole words: spans in the text that was folded."""
        begin = self.text.find(f" {words} ") if words else -1
        while begin >= 0:
            yield self.at[begin + 1], self.at[begin + len(words)] + 1
            begin = self.text.find(f" {words} ", begin + 1)


def fold_text(text: str) -> Folded:
    """A text whose words can be looked up."""
    letters, at = [" "], [0]
    for offset, char in enumerate(text):
        if _within_word(text, offset):
            continue
        plain = [part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)]
        for part in "".join(plain).casefold():
            if part.isalnum() or letters[-1] != " ":
                letters.append(part if part.isalnum() else " ")
                at.append(offset)
    if letters[-1] != " ":
        letters.append(" ")
        at.append(len(text))
    return Folded("".join(letters), tuple(at))


@lru_cache(maxsize=100_000)
def fold(words: str) -> str:
    """Words for comparison: "The Da'esh-led U.S. Élite" → "the daesh led us elite"."""
    return fold_text(words).text.strip()


def fold_name(name: str) -> str:
    """As ``fold``; a leading "the" is no part of a name."""
    return fold(name).removeprefix("the ")


def contains(whole: str, part: str) -> bool:
    """Whether folded ``whole`` has folded ``part`` in it as whole words."""
    return bool(part) and f" {part} " in f" {whole} "


def _within_word(text: str, offset: int) -> bool:
    """Signs that part no words: an accent, an apostrophe but for the possessive's, the full stops of "U.S."."""
    char = text[offset]
    if char.isalnum():
        return False
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return True
    after = text[offset + 1 : offset + 3]
    if char in _APOSTROPHES:
        return after[:1].isalpha() and not (after[0] in "sS" and not after[1:].isalpha())
    before = text[max(offset - 2, 0) : offset]
    return char == "." and after[:1].isalpha() and before[-1:].isalpha() and not before[:-1].isalnum()
