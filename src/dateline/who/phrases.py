"""Where the phrase of a mention begins and ends, in tokens."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from dateline.language import noun_phrase

# Words that open a phrase which means something told before, and those that tell whose it is.
POINTS_BACK = frozenset({"the", "this", "that", "these", "those"})
OWNERS = frozenset({"his", "her", "its", "their", "our", "my", "your"})

_BEFORE = {"det", "amod", "compound", "nummod", "nmod", "quantmod", "predet", "npadvmod", "advmod"}
_POSSESSORS = {"poss", "case"}
# Tokens a name can be widened by to the left; longer stretches are parsing errors.
_REACH = 12


def first_before(doc: Doc, first: int, last: int, *, owners: bool) -> int:
    """First token of the phrase round a name: determiner and modifiers, with ``owners`` its possessor too."""
    edge = first
    for index in range(first - 1, max(-1, first - 1 - _REACH), -1):
        token = doc[index]
        if token.is_space or token.is_quote or (token.is_sent_start and not _leads_to(token, last, owners=owners)):
            break
        if token.text in {"-", "–"}:
            continue
        if not _leads_to(token, last, owners=owners):
            break
        edge = index
    return edge


def _leads_to(token: Token, last: int, *, owners: bool) -> bool:
    if token.dep_ == "case":
        return owners
    allowed = token.dep_ in _BEFORE or (owners and token.dep_ in _POSSESSORS)
    return allowed and token.i < token.head.i <= last


def trimmed(span: Span) -> Span | None:
    """The span without white space, punctuation and a possessive 's at its ends; None if nothing is left."""
    first, last = span.start, span.end - 1
    doc = span.doc
    while first <= last and (
        doc[first].is_punct or doc[first].is_space or doc[first].is_quote or doc[first].tag_ == "POS"
    ):
        first += 1
    while last >= first and (_is_loose(doc[last]) or doc[last].tag_ == "POS"):
        last -= 1
    return doc[first : last + 1] if first <= last else None


def _is_loose(token: Token) -> bool:
    return token.is_space or token.is_quote or (token.is_punct and not token.text.endswith(".")) or token.text == "."


def agent_phrase(head: Token, openers: frozenset[str], *, office: bool) -> Span | None:
    """The noun phrase of a common noun; of an ``office`` with what it is for ("Minister for Europe").

    Adverbs and quantities that open it are left out ("mainly rebels", "more than 2,000 rebels"): figures are another
    room's; a small number in words stays ("the two men", "nine rebels").
    """
    phrase = noun_phrase(head)
    first, last = phrase.start, phrase.end - 1
    for child in head.children if office else ():
        if child.dep_ == "prep" and child.lower_ in {"for", "to"} and child.i == last + 1:
            for pobj in (below for below in child.children if below.dep_ == "pobj" and below.pos_ in {"PROPN", "NOUN"}):
                last = noun_phrase(pobj).end - 1
    lines = [token.i for token in head.doc[first : last + 1] if token.is_space and "\n" in token.text]
    first = max([first, *(i + 1 for i in lines if i < head.i)])
    last = min([last, *(i - 1 for i in lines if i > head.i)])
    while first < head.i and (head.doc[first].lower_ in openers or head.doc[first].is_punct):
        first += 1
    return trimmed(head.doc[_after_quantity(head, first) : last + 1])


def _after_quantity(head: Token, first: int) -> int:
    """The first token after an opening quantity in digits or a rounded one ("some five million"), else ``first``."""
    doc = head.doc
    numbers = [child for child in head.children if child.dep_ == "nummod" and first <= child.i < head.i]
    if not numbers or doc[first].dep_ in {"det", "poss"}:
        return first
    number = numbers[-1]
    rounded = number.i > first or any(char.isdigit() for char in number.text)
    return number.i + 1 if rounded else first
