"""Small questions asked of the parse: who is the subject, what does the noun phrase cover, is it negated.

Labels are those of spaCy's English pipelines (ClearNLP style). Character spans index ``doc.text``.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from dateline.records import Span as CharSpan

_SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
_OBJECTS = {"dobj", "obj", "dative", "oprd"}
# Kinds of entities that no verb has as its object.
_NO_OBJECTS = {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY"}
_CLAUSES = {"relcl", "acl", "appos", "advcl", "cc", "conj", "punct", "parataxis", "preconj"}
_NEGATIONS = {"no", "never", "neither", "nor", "none", "without", "hardly"}


def span_of(part: Token | Span) -> CharSpan:
    """Character span of a token or token span."""
    if isinstance(part, Token):
        return part.idx, part.idx + len(part.text)
    return part.start_char, part.end_char


def sentence_span(token: Token) -> CharSpan:
    """Character span of the token's sentence, without the white space round it."""
    sent = token.sent
    start, end = sent.start, sent.end
    while start < end and sent.doc[start].is_space:
        start += 1
    while end > start and sent.doc[end - 1].is_space:
        end -= 1
    return span_of(sent.doc[start:end])


def noun_phrase(head: Token) -> Span:
    """The noun phrase of a head: determiners, modifiers and "of" phrases, no clauses, appositions or conjuncts.

    Prepositional phrases other than "of" are left out, since the parser attaches them wrongly too often.
    """
    doc: Doc = head.doc
    left = right = head.i
    for child in head.children:
        if child.dep_ in _CLAUSES or child.is_space or (child.dep_ == "prep" and child.lower_ != "of"):
            continue
        if child.dep_ == "prep" and child.lower_ == "of" and not any(c.dep_ == "pobj" for c in child.children):
            continue
        reach = _reach(child)
        left, right = min(left, reach[0]), max(right, reach[1])
    return doc[left : right + 1]


def _reach(token: Token) -> tuple[int, int]:
    """First and last token index below a token, clauses left out."""
    left = right = token.i
    for child in token.children:
        if child.dep_ not in _CLAUSES and not child.is_space:
            inner = _reach(child)
            left, right = min(left, inner[0]), max(right, inner[1])
    return left, right


def conjuncts(token: Token) -> list[Token]:
    """The token and everything coordinated with it, in text order."""
    return sorted({token, *token.conjuncts}, key=lambda t: t.i)


def verb_chain(verb: Token) -> Iterator[Token]:
    """A verb and the verbs it takes its subject from: coordination, control ("agreed to withdraw"), auxiliaries."""
    seen: set[int] = set()
    current: Token | None = verb
    while current is not None and current.i not in seen:
        seen.add(current.i)
        yield current
        climbs = current.dep_ in {"conj", "xcomp", "advcl", "aux"} and current.head.pos_ in {"VERB", "AUX"}
        current = current.head if climbs else None


def subjects_of(verb: Token) -> list[Token]:
    """Head tokens of the grammatical subjects, conjuncts included, inherited along the verb chain if need be.

    A participle that modifies a noun ("forces holding the town") has that noun as its subject.
    """
    for link in verb_chain(verb):
        found = [child for child in link.children if child.dep_ in _SUBJECTS]
        if found:
            return _resolved(found, link)
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return conjuncts(verb.head)
    return []


def _resolved(found: list[Token], verb: Token) -> list[Token]:
    """Relative pronouns ("who", "which", "that") stand for the noun they modify."""
    out: list[Token] = []
    for token in found:
        relative = token.tag_ in {"WP", "WDT"} and verb.dep_ == "relcl"
        out += conjuncts(verb.head if relative else token)
    return out


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive: "was taken", "houses destroyed by fire"; not "reports that they have destroyed"."""
    if any(child.dep_ in {"auxpass", "nsubjpass", "agent"} for child in verb.children):
        return True
    perfect = any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children)
    return verb.dep_ == "acl" and verb.tag_ == "VBN" and not perfect


def agent_of_passive(verb: Token) -> list[Token]:
    """Head tokens after "by" of a passive verb."""
    out: list[Token] = []
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by" and verb.tag_ == "VBN"):
            out += [t for pobj in child.children if pobj.dep_ == "pobj" for t in conjuncts(pobj)]
    return out


def objects_of(verb: Token) -> list[Token]:
    """Head tokens of direct and indirect objects, conjuncts included."""
    return [t for child in verb.children if child.dep_ in _OBJECTS or _misread(child) for t in conjuncts(child)]


def _misread(child: Token) -> bool:
    """A name right after its verb that the parser takes for a time: "liberated Aleppo on Sunday"."""
    named = child.ent_type_ not in _NO_OBJECTS and child.pos_ == "PROPN"
    return child.dep_ == "npadvmod" and named and child.left_edge.i == child.head.i + 1


def prepositional_objects(token: Token, *prepositions: str) -> list[Token]:
    """Head tokens after the given prepositions below a token ("attack ON the town"); conjuncts included."""
    out: list[Token] = []
    for child in token.children:
        if child.dep_ in {"prep", "agent", "dative"} and child.lower_ in prepositions:
            out += [t for pobj in child.children if pobj.dep_ in {"pobj", "pcomp"} for t in conjuncts(pobj)]
    return out


def is_negated(verb: Token) -> bool:
    """Whether the verb or the noun is directly negated ("did not attack", "no attack", "without attacking")."""
    for child in verb.children:
        if child.dep_ == "neg" or (child.dep_ in {"det", "advmod", "preconj"} and child.lower_ in _NEGATIONS):
            return True
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return True
    return verb.dep_ in {"xcomp", "aux"} and any(child.dep_ == "neg" for child in verb.head.children)
