"""Whose voice a word is in: inside which quotation it stands, and who speaks there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.who.vocabulary import Words

_OPEN, _CLOSE, _STRAIGHT = {"“", "„", "«"}, {"”", "»"}, {'"', "``", "''", '""', '"""'}
# How far from a quotation its verb of speech may stand, in tokens.
_REACH = 25


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation in tokens, marks included."""

    first: int
    last: int


class Voices:
    """The quotations of one parse and the tokens that speak them."""

    def __init__(self, doc: Doc, words: Words) -> None:
        self._doc = doc
        self._words = words
        self._quotations = list(_quotations(doc))
        self._inside = {i: n for n, quoted in enumerate(self._quotations) for i in range(quoted.first, quoted.last + 1)}
        self._introducing = self._colons()

    def quotation(self, index: int) -> int | None:
        """The number of the quotation a token stands in."""
        return self._inside.get(index)

    def speaker(self, index: int) -> Token | None:
        """The subject of the verb of speech that introduces or follows what the token stands in, if there is one."""
        number = self.quotation(index)
        if number is not None:
            return self._of_quotation(number)
        return next((subject for colon, subject in reversed(self._introducing) if colon < index), None)

    def _of_quotation(self, number: int) -> Token | None:
        """The nearest one outside quotations; a broken or continued quotation has the speaker of its neighbour."""
        quoted = self._quotations[number]
        after = self._subjects(quoted.last + 1, quoted.last + 1 + _REACH)
        if after is not None:
            return after
        before = self._subjects(quoted.first - 1, quoted.first - 1 - _REACH)
        if before is not None:
            return before
        return self._of_quotation(number - 1) if number > 0 and self._continues(number) else None

    def _continues(self, number: int) -> bool:
        """Whether nothing but white space lies between a quotation and the one before."""
        between = self._doc[self._quotations[number - 1].last + 1 : self._quotations[number].first]
        return all(token.is_space or token.is_punct for token in between)

    def _subjects(self, start: int, end: int) -> Token | None:
        """The subject of the first verb of speech on the way from start to end, within the paragraph."""
        step = 1 if end > start else -1
        for index in range(max(0, start), min(max(end, 0), len(self._doc)), step):
            token = self._doc[index]
            if (token.is_space and token.text.count("\n") > 1) or index in self._inside:
                return None
            if step > 0 and token.is_sent_start and index - start > 1:
                return None
            if (subject := self._subject(token)) is not None:
                return subject
        return None

    def _subject(self, token: Token) -> Token | None:
        if token.pos_ != "VERB" or token.lemma_.lower() not in self._words.speech_verbs:
            return None
        return next((child for child in token.children if child.dep_ == "nsubj" and child.i not in self._inside), None)

    def _colons(self) -> list[tuple[int, Token]]:
        """Colons at a line's end after a verb of speech, and its subject: what follows is said without marks."""
        out: list[tuple[int, Token]] = []
        for token in self._doc[:-1]:
            if token.text == ":" and self._doc[token.i + 1].is_space:
                subject = next(
                    (s for i in range(token.i, max(-1, token.i - _REACH), -1) if (s := self._subject(self._doc[i]))),
                    None,
                )
                if subject is not None:
                    out.append((token.i, subject))
        return out


def _quotations(doc: Doc) -> Iterator[Quoted]:
    """Quotations between curly or straight marks; one that is still open at a paragraph's end ends there."""
    start: int | None = None
    for token in doc:
        mark = token.text
        if (
            mark in _STRAIGHT
            and token.i > 0
            and doc[token.i - 1].text in _STRAIGHT
            and not doc[token.i - 1].whitespace_
        ):
            continue  # a run of marks is one
        if start is None:
            if mark in _OPEN or (mark in _STRAIGHT and not _closes(token)):
                start = token.i
        elif mark in _CLOSE or (mark in _STRAIGHT and _closes(token)):
            yield Quoted(start, token.i)
            start = None
        elif token.is_space and "\n" in mark:
            yield Quoted(start, token.i - 1)
            start = None
    if start is not None:
        yield Quoted(start, len(doc) - 1)


def _closes(token: Token) -> bool:
    """Whether a straight mark follows a word without a space."""
    return token.i > 0 and not token.doc[token.i - 1].whitespace_ and not token.doc[token.i - 1].is_space
