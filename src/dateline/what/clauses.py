"""The words of the clause round a trigger (``clauses.yaml``): light verbs, control verbs, modals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter, ValidationError

from dateline.datafiles import read_yaml
from dateline.errors import CodebookError

_ADJECTIVES = ("planned", "hypothetical", "ongoing")
_MODALS = ("planned", "hypothetical", "demanded")


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """Sets of lemmas in lower case; see ``clauses.yaml`` for what each means."""

    light: frozenset[str]
    happen: frozenset[str]
    harm: frozenset[str]
    planned: frozenset[str]
    hypothetical: frozenset[str]
    demanded: frozenset[str]
    denied: frozenset[str]
    ended: frozenset[str]
    attempted: frozenset[str]
    neutral: frozenset[str]
    going_on: frozenset[str]
    adjectives: Mapping[str, frozenset[str]]
    modals: Mapping[str, frozenset[str]]
    conditions: frozenset[str]
    speech: frozenset[str]
    not_actors: frozenset[str]
    crowds: frozenset[str]
    announcing: frozenset[str]
    striving: frozenset[str]
    dated: frozenset[str]
    object_control: frozenset[str]
    puts_in_place: frozenset[str]
    may_put_in_place: frozenset[str]
    not_recipients: frozenset[str]
    fiction: frozenset[str]


@cache
def load_clause_words() -> ClauseWords:
    """The words, read once.

    Raises:
        CodebookError: ``clauses.yaml`` is wrong; the message names the key.
    """
    data = read_yaml("dateline.what", "clauses.yaml")
    try:
        words: ClauseWords = TypeAdapter(ClauseWords).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise CodebookError(f"clauses.yaml: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    for key, expected in (("adjectives", _ADJECTIVES), ("modals", _MODALS)):
        if set(getattr(words, key)) != set(expected):
            raise CodebookError(f"clauses.yaml: {key}: expected {', '.join(expected)}")
    return words
