"""How names are compared when spellings differ: the consonants that transliterations of one Arabic or Persian name share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Token

from dateline.who.names import fold

# Marks that stand for a sound English leaves out, and that the folding of names keeps.
_MARKS = str.maketrans("", "", "‘ʻʼ´")
# Articles of Arabic and Persian names as English writes them, and the "and" and "of" of Persian ones.
ARTICLES = frozenset(
    {"al", "el", "ul", "ad", "ar", "as", "at", "az", "an", "ash", "ed", "er", "es", "esh", "et", "ez", "en"}
)
_LINKS = ARTICLES | {"e", "i"}
# An article written together with the word whose first sound it has taken on: "Ezzor", "Annuman".
_GROWN_TOGETHER = re.compile(r"^[ae](sh|[dnrstz])(?=\1)")
_PAIRS = (
    ("kh", "x"),
    ("sh", "c"),
    ("ch", "c"),
    ("gh", "g"),
    ("th", "t"),
    ("dh", "d"),
    ("zh", "j"),
    ("ph", "f"),
    ("q", "k"),
    ("v", "w"),
)
_VOWELS = re.compile(r"[aeiouwy]")
_DOUBLED = re.compile(r"(.)\1+")
# Consonants below which a skeleton says too little: half the short names of a country share it.
_FEWEST = 3


def plain(name: str) -> str:
    """A name folded, without the marks of a scholar's transliteration."""
    return fold(name.translate(_MARKS))


@lru_cache(maxsize=20_000)
def skeleton(folded: str) -> str | None:
    """What spellings of one name share: "khan sheikhoun", "khan shaykhun" → "xn cxn"; None where that is too little to tell by."""
    words = [_bones(word) for word in folded.split() if word not in _LINKS]
    joined = " ".join(word for word in words if word)
    return joined if len(joined.replace(" ", "")) >= _FEWEST else None


def _bones(word: str) -> str:
    word = _DOUBLED.sub(r"\1", _GROWN_TOGETHER.sub("", word))
    for pair, letter in _PAIRS:
        word = word.replace(pair, letter)
    first, rest = word[:1], word[1:]
    start = "a" if first in "aeiou" else first
    return (start + _VOWELS.sub("", rest)).removesuffix("h")


def capitalised_runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """First and last token of each run of capitalised words, Arabic articles and hyphens between them included."""
    index = 0
    while index < len(doc):
        if not doc[index].text[0].isupper():
            index += 1
            continue
        first = last = index
        index += 1
        while (
            index < len(doc)
            and not doc[index].is_sent_start
            and (_is_joint(doc[index]) or doc[index].text[0].isupper())
        ):
            if doc[index].text[0].isupper():
                last = index
            index += 1
        yield first, last


def _is_joint(token: Token) -> bool:
    return token.text == "-" or token.text in ARTICLES
