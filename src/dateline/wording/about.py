"""Whom a loaded word is about: the actor it names, modifies, or blames."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from dateline.language import is_passive, objects_of, prepositional_objects, subjects_of
from dateline.standing.patterns import Slot, Words
from dateline.standing.slots import Sight, heads_in
from dateline.who.index import ActorIndex
from dateline.wording.find import Hit

_MODIFIES = {"amod", "compound", "nmod"}


def about(hit: Hit, index: ActorIndex, words: Words) -> str | None:
    """Id of the actor that the word names or targets; None where it is about nobody in particular, or nobody known."""
    if hit.term.about == "none":
        return None
    return _first_actor(_candidates(hit, index, words), index)


def objects(hit: Hit) -> list[Token]:
    """What a verb is done to, or the noun that an adjective or participle modifies."""
    head = hit.head
    if head.dep_ in {"amod", "acl"} and head.tag_ != "VBG":
        return [head.head]
    if head.pos_ in {"VERB", "AUX"}:
        return subjects_of(head) if is_passive(head) else objects_of(head)
    return _modified(head)


def _candidates(hit: Hit, index: ActorIndex, words: Words) -> list[Token]:
    head = hit.head
    if hit.term.about == "agent":
        return _doers(head, index, words)
    if hit.term.about == "object":
        return objects(hit)
    if hit.term.about == "head":
        return _modified(head)
    if head.dep_ in _MODIFIES:
        return [head.head, head, *_owners(head), *_said_of(head)]
    return [head, *_owners(head), *_said_of(head)]


def _doers(verb: Token, index: ActorIndex, words: Words) -> list[Token]:
    """Who does it, also where a noun or another verb lends the subject: "preparations to liberate the town"."""
    return heads_in(Slot("agent"), verb, Sight(words, lambda token: index.mention_over(token) is not None))


def _modified(word: Token) -> list[Token]:
    """The noun an adjective modifies ("so-called X") or says something of ("X is evil")."""
    if word.dep_ in _MODIFIES or (word.head.i > word.i and word.head.pos_ in {"NOUN", "PROPN"}):
        return [word.head, *_owners(word.head)]
    if word.dep_ in {"acomp", "attr", "oprd"}:
        return subjects_of(word.head)
    return []


def _owners(noun: Token) -> list[Token]:
    """Whose it is: "the X regime", "X's regime", "the regime of X", "X terrorists"."""
    left = [child for child in noun.children if child.dep_ in {"poss", *_MODIFIES}]
    beside = [child for child in noun.children if child.dep_ == "appos"]
    return [*left, *prepositional_objects(noun, "of", "in"), *beside]


def _said_of(noun: Token) -> list[Token]:
    """Of whom it is said: "X are terrorists", "called X terrorists", "X, a traitor"."""
    if noun.dep_ == "attr":
        return subjects_of(noun.head)
    if noun.dep_ == "oprd":
        return [t for t in objects_of(noun.head) if t is not noun] or subjects_of(noun.head)
    return [noun.head] if noun.dep_ == "appos" else []


def _first_actor(tokens: Iterable[Token], index: ActorIndex) -> str | None:
    return next((found[1] for token in tokens if (found := index.mention_over(token)) is not None), None)
