"""Numbers that count people, money, goods or distance, with what they count (``figures.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_args

from pydantic import TypeAdapter, ValidationError
from spacy.tokens import Doc, Token

from dateline.datafiles import read_yaml
from dateline.errors import CodebookError
from dateline.records import Figure, FigureOf, Span

# Steps up the parse from a number's noun to the word that says what happened to those counted.
MAX_STEPS = 4
# Words a bounding phrase ("no fewer than") may have.
LONGEST_BOUND = 4
# A bare number of four digits in these years, with no noun, is a year.
FIRST_YEAR, LAST_YEAR = 1800, 2100

_DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_GLUED = re.compile(r"([$€£¥₹])?(\d[\d,]*(?:\.\d+)?)(bn|m|k|mn)?")
_NOT_COUNTS = frozenset({"DATE", "TIME", "ORDINAL", "LAW", "PERCENT", "PRODUCT", "FAC", "EVENT", "WORK_OF_ART"})


@dataclass(frozen=True, slots=True)
class FigureWords:
    """The tables of ``figures.yaml``."""

    numbers: Mapping[str, float]
    scales: Mapping[str, float]
    vague: frozenset[str]
    lower: frozenset[str]
    upper: frozenset[str]
    about: frozenset[str]
    currencies: Mapping[str, str]
    distances: frozenset[str]
    troops: frozenset[str]
    aid: frozenset[str]
    of: Mapping[str, frozenset[str]]
    not_units: frozenset[str]
    adjectival: frozenset[str]


@cache
def load_figure_words() -> FigureWords:
    """The words, read once.

    Raises:
        CodebookError: ``figures.yaml`` is wrong; the message names the key.
    """
    data = read_yaml("dateline.what", "figures.yaml")
    try:
        words: FigureWords = TypeAdapter(FigureWords).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise CodebookError(f"figures.yaml: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    unknown = set(words.of) - set(get_args(FigureOf))
    if unknown:
        raise CodebookError(f"figures.yaml: of: {', '.join(sorted(unknown))}: the record has no such kind of figure")
    return words


@dataclass(frozen=True, slots=True)
class _Number:
    """Tokens ``first`` to ``last`` (indices, both in) and the value; None for a vague one."""

    first: int
    last: int
    value: float | None
    currency: str | None = None


class FigureFinder:
    """Finds figures in a document."""

    def __init__(self, words: FigureWords) -> None:
        self._words = words

    def find(self, doc: Doc, taken: Iterable[Span]) -> tuple[Figure, ...]:
        """Every figure of the document, in text order; numbers inside ``taken`` spans (dates) are left alone."""
        spans = list(taken)
        out: list[Figure] = []
        i = 0
        while i < len(doc):
            number = self._number(doc, i)
            if number is None:
                i += 1
                continue
            found = self._figure(doc, number, spans, len(out) + 1)
            i = number.last + 1
            if found is not None:
                out.append(found[0])
                i = max(i, found[1] + 1)
        return tuple(out)

    def _figure(self, doc: Doc, number: _Number, taken: list[Span], count: int) -> tuple[Figure, int] | None:
        number, high = self._range(doc, number)
        if any(b <= doc[number.first].idx < e for b, e in taken):
            return None
        noun = self._noun(doc, number)
        if not self._counts(doc, number, noun):
            return None
        first, bound = self._bound(doc, number.first)
        last = max(number.last, noun.i) if noun is not None and noun.i - number.last <= LONGEST_BOUND else number.last
        begin, end = doc[first].idx, doc[last].idx + len(doc[last].text)
        low, top = self._limits(number.value, high, bound)
        unit = number.currency or (noun.lower_ if noun is not None else None)
        kind = self._of(doc[number.last], noun, number.currency)
        return Figure(f"q{count}", (begin, end), doc.text[begin:end], low, top, unit, kind), last

    def _number(self, doc: Doc, i: int) -> _Number | None:
        """The number that starts at token ``i``."""
        token = doc[i]
        word = token.lower_
        if word in self._words.vague:
            return _Number(i, i, None)
        currency = (
            self._words.currencies.get(word) if token.text in {"$", "€", "£", "¥", "₹"} or word == "us$" else None
        )
        at = i + 1 if currency else i
        if at >= len(doc):
            return None
        value, last, glued = self._value(doc, at)
        if value is None:
            return None
        currency = currency or glued
        follows = doc[last + 1].lower_ if last + 1 < len(doc) else ""
        if currency is None and follows in self._words.currencies:
            return _Number(i, last + 1, value, self._words.currencies[follows])
        return _Number(i, last, value, currency)

    def _value(self, doc: Doc, i: int) -> tuple[float | None, int, str | None]:
        """Value of the digits or words from token ``i``, the index of their last token, a currency glued to them."""
        glued = _GLUED.fullmatch(doc[i].text)
        currency = self._words.currencies.get(glued[1]) if glued and glued[1] else None
        if glued and glued[2]:
            total = float(glued[2].replace(",", "").rstrip(".") or 0) * self._words.scales.get(glued[3] or "", 1)
            last = i
        elif doc[i].lower_ in self._words.numbers and doc[i].lower_ not in {"a", "an"}:
            total, last = self._words.numbers[doc[i].lower_], i
        elif (
            doc[i].lower_ in {"a", "an"}
            and i + 1 < len(doc)
            and doc[i + 1].lower_ in {"hundred", "thousand", "million", "billion", "dozen"}
        ):
            total, last = 1.0, i
        elif doc[i].lower_ == "dozen":
            return 12.0, i, None
        else:
            return None, i, None
        sign = currency is not None or (i > 0 and doc[i - 1].text in self._words.currencies)
        return (*self._scaled(doc, total, last, letters=sign), currency)

    def _scaled(self, doc: Doc, total: float, last: int, *, letters: bool) -> tuple[float, int]:
        """Take in what follows: "twenty-five", "two hundred thousand", "135 million"; for money "$5m" too."""
        while last + 1 < len(doc):
            word = doc[last + 1].lower_
            ahead = doc[last + 2].lower_ if last + 2 < len(doc) else ""
            if word in self._words.scales and (len(word) > 1 or (letters and doc[last].whitespace_ == "")):
                total, last = total * self._words.scales[word], last + 1
            elif (
                word in {"-", "and"}
                and ahead in self._words.numbers
                and ahead not in {"a", "an"}
                and self._adds(doc, word, total)
            ):
                total, last = total + self._words.numbers[ahead], last + 2
            else:
                break
        return total, last

    @staticmethod
    def _adds(doc: Doc, joint: str, total: float) -> bool:
        """Whether a number word goes on: after a hyphen "twenty-five", after "and" only "two hundred and five"."""
        return (joint == "-" and 20 <= total < 100 and total % 10 == 0) or (
            joint == "and" and total >= 100 and total % 100 == 0
        )

    def _range(self, doc: Doc, number: _Number) -> tuple[_Number, float | None]:
        """ "between 5 and 10", "5 to 10", "5-10": the number widened to its end, and its upper limit."""
        at = number.last + 1
        if at + 1 >= len(doc) or number.value is None:
            return number, None
        joint = doc[at].lower_
        between = number.first > 0 and doc[number.first - 1].lower_ == "between"
        if not (joint in {"to", "-", "–", "or"} or (joint == "and" and between)):
            return number, None
        value, last, _ = self._value(doc, at + 1)
        if value is None or value <= number.value:
            return number, None
        first = number.first - 1 if between else number.first
        currency = number.currency
        return _Number(first, last, number.value, currency), value

    def _noun(self, doc: Doc, number: _Number) -> Token | None:
        """The noun counted."""
        token = doc[number.last]
        if token.lower_ in self._words.vague or token.lower_ in self._words.scales:
            for child in token.children:
                if child.dep_ == "prep" and child.lower_ == "of":
                    return next((c for c in child.children if c.dep_ == "pobj"), None)
        head = token.head
        if token.dep_ in {"nummod", "quantmod", "compound", "amod", "nmod", "appos"} and head.i > token.i:
            head = head.head if head.like_num and head.dep_ == "nummod" else head
            return head if head.pos_ in {"NOUN", "PROPN"} else None
        follows = doc[number.last + 1] if number.last + 1 < len(doc) else None
        return follows if follows is not None and follows.pos_ == "NOUN" and number.currency is None else None

    def _counts(self, doc: Doc, number: _Number, noun: Token | None) -> bool:
        """Whether the number counts anything: no date, age, rank or part of a name."""
        tokens = doc[number.first : number.last + 1]
        if number.currency is not None:
            return True
        if any(t.ent_type_ in _NOT_COUNTS for t in tokens) and (noun is None or noun.ent_type_ in {"DATE", "TIME"}):
            return False
        if noun is not None and (noun.lower_ in self._words.not_units or noun.lemma_.lower() in self._words.not_units):
            return False
        if self._in_a_name(doc, number) or doc.text[tokens.end_char : tokens.end_char + 1] == "°":
            return False
        if noun is None:
            return self._stands_for_people(tokens[-1], number.value)
        year = (
            number.value is not None
            and FIRST_YEAR <= number.value <= LAST_YEAR
            and tokens[-1].text.isdigit()
            and len(tokens) == 1
        )
        return not (year and noun.ent_type_ == "DATE") and number.value != 1

    def _in_a_name(self, doc: Doc, number: _Number) -> bool:
        """ "F-16", "Resolution 2254": a number that is glued or belongs to a capitalised word before it."""
        first = doc[number.first]
        if first.i == 0:
            return False
        before = first.nbor(-1)
        if before.text == "-" and before.whitespace_ == "" and before.i and before.nbor(-1).is_alpha:
            return True
        joined = doc[number.last + 1 : number.last + 3].text.lower()
        if joined.startswith("-") and joined[1:] in self._words.adjectival:
            return True
        return before.pos_ == "PROPN" and first.dep_ in {"nummod", "appos", "npadvmod"} and first.head.i < first.i

    def _stands_for_people(self, token: Token, value: float | None) -> bool:
        """A bare number that is subject or object of an act on people: "killed 20", "dozens were wounded"."""
        if value is not None and FIRST_YEAR <= value <= LAST_YEAR and token.text.isdigit():
            return False
        if value == 1 or token.dep_ not in {"dobj", "nsubj", "nsubjpass", "conj", "pobj"}:
            return False
        lemmas = {a.lemma_.lower() for a in [token.head, token.head.head]}
        return any(lemmas & words for words in self._words.of.values())

    def _bound(self, doc: Doc, first: int) -> tuple[int, str | None]:
        """First token of what bounds the number in front, and whether that bounds it from "low" or "high"."""
        for length in range(LONGEST_BOUND, 0, -1):
            start = first - length
            if start < 0:
                continue
            words = " ".join(token.lower_ for token in doc[start:first])
            if words in self._words.lower:
                return start, "low"
            if words in self._words.upper:
                return start, "high"
            if words in self._words.about:
                return start, None if words in {
                    "the",
                    "another",
                    "only",
                    "just",
                    "exactly",
                    "a further",
                    "a total of",
                    "other",
                    "all",
                    "those",
                    "these",
                    "its",
                    "their",
                    "his",
                } else "about"
        return first, None

    @staticmethod
    def _limits(value: float | None, high: float | None, bound: str | None) -> tuple[float | None, float | None]:
        if value is None:
            return None, None
        if high is not None:
            return value, high
        if bound == "low":
            return value, None
        if bound == "high":
            return None, value
        return value, value

    def _of(self, number: Token, noun: Token | None, currency: str | None) -> FigureOf:
        if currency is not None:
            return "money"
        unit = noun.lower_ if noun is not None else ""
        if unit in self._words.distances:
            return "distance"
        node = noun if noun is not None else number
        for _ in range(MAX_STEPS):
            lemma = node.lemma_.lower()
            for kind, words in self._words.of.items():
                if lemma in words or (
                    node.dep_ != "ROOT"
                    and any(c.dep_ in {"acomp", "oprd", "amod"} and c.lemma_.lower() in words for c in node.children)
                ):
                    return kind  # type: ignore[return-value]
            if node.dep_ == "ROOT" or node.dep_ in {"relcl", "advcl"}:
                break
            node = node.head
        if unit in self._words.troops:
            return "troops"
        return "aid" if unit in self._words.aid else "other"
