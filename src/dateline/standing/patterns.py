"""The patterns of claims as data: one YAML file per kind in ``kinds/``, and the small word lists in ``words.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, TypeVar, get_args

import yaml
from pydantic import TypeAdapter, ValidationError

from dateline.datafiles import load_yaml
from dateline.errors import CodebookError
from dateline.records import ClaimKind, PlaceLevel

# state: holds while the clause does ("controls"); gain: begins with it ("captured"); loss: ends with it ("lost");
# act: something done at a moment, which leaves the relation as it stands ("met", "attacked").
Effect = Literal["state", "gain", "loss", "act"]
Form = Literal["verbs", "nouns", "participles", "compounds", "prefixes"]
ANY_WORD = "*"
T = TypeVar("T")

# Where an argument stands, seen from the pattern's word; "in|at" after the colon are prepositions.
SLOTS = frozenset(
    {
        "agent",  # who does it: subject, or "by" in the passive
        "patient",  # to whom it is done: object, or subject of the passive
        "means",  # who is behind the act by which it is done: "killed in a raid by X"
        "prep",  # after one of these prepositions
        "owner",  # possessive or modifier: "X's attack", "the X attack"
        "governor",  # subject of the verb that governs the noun: "X launched an attack"
        "side",  # noun above the preposition: "support for X in the fight"
        "accompanied",  # who has it: "the militia, with X's backing, crossed"
        "bearer",  # who bears the noun: "X is an ally", "X, an ally"; also the name after a title: "commander X"
        "holder",  # what is "under control", "in the hands"
        "self",  # the word itself
        "modified",  # the noun that a participle or adjective modifies or says something of
        "head",  # the noun that a compound such as "X-held" modifies
        "left",  # what stands left of the hyphen in "X-held"
        "right",  # what stands right of the hyphen in "pro-X"
        "below",  # object of a preposition: "including X"
        "above",  # the noun that a preposition hangs on
        "beside",  # what is set beside a title: "X, commander, Southern Division"
        "pair",  # the parties of "talks between X and Y"; subject and object alike
        "together",  # subjects of a verb done to each other: "X and Y met"; subject and object alike
    }
)
MUTUAL = frozenset({"pair", "together"})


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the sentence where an argument may stand."""

    name: str
    prepositions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word that makes a claim, and where its arguments stand. Of the slots the first that holds a party counts."""

    kind: ClaimKind
    subject: tuple[Slot, ...]
    object: tuple[Slot, ...]
    effect: Effect
    confidence: float
    verbs: frozenset[str]  # the noun counts only below one of these verbs; empty: below any
    unless: frozenset[str]  # lemmas of the word, or of the verb above the noun, that rule the pattern out


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns by form and word: lemma for verbs and nouns, lower-case form for the rest."""

    by_form: Mapping[Form, Mapping[str, tuple[Pattern, ...]]]
    words: Words

    def of(self, form: Form, word: str) -> tuple[Pattern, ...]:
        """The patterns of a word."""
        return self.by_form[form].get(word, ())


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists that more than one pattern needs."""

    place_nouns: Mapping[str, tuple[PlaceLevel, ...]]  # nouns for places, with the levels "the town" may refer back to
    quantities: frozenset[str]  # "dozens of fighters"
    leading_titles: frozenset[str]  # a person with this title is at the head of what the title names
    serving_titles: frozenset[str]  # a person with this title belongs to what the title names
    partitives: frozenset[str]  # "part of the city"; without "of" they name no place
    helping_verbs: frozenset[str]  # "helped X to take": both take
    onlooking_verbs: frozenset[str]  # "welcomed the capture": whoever welcomes it did not capture
    acts: frozenset[str]  # "the army's raid killed": the army did
    relation_nouns: frozenset[str]  # "support in the fight": support is no party to it
    sides: frozenset[str]  # "rebel-held", "government positions": words that name a side without more ado
    not_parts: frozenset[str]  # "its allies" are no part of it
    not_bodies: frozenset[str]  # "Secretary of State" names no state
    settled_verbs: frozenset[str]  # "managed to take": it happened
    failing_verbs: frozenset[str]  # "failed to take": it did not
    intending_verbs: frozenset[str]
    denying_verbs: frozenset[str]  # "denied that it had armed them"
    past_words: frozenset[str]
    coming_words: frozenset[str]
    conditions: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of a file in ``kinds/``."""

    words: tuple[str, ...]
    subject: str
    object: str
    confidence: float
    effect: Effect = "state"
    verbs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    kind: ClaimKind
    verbs: tuple[_Entry, ...] = ()
    nouns: tuple[_Entry, ...] = ()
    participles: tuple[_Entry, ...] = ()
    compounds: tuple[_Entry, ...] = ()
    prefixes: tuple[_Entry, ...] = ()


def load_patterns() -> Patterns:
    """The patterns that ship.

    Raises:
        CodebookError: a file is wrong; the message names the file and the key.
    """
    return read_patterns(files("dateline.standing"))


def load_words() -> Words:
    """The word lists that ship.

    Raises:
        CodebookError: the file is wrong; the message names the key.
    """
    return _parsed(files("dateline.standing").joinpath("words.yaml"), Words)


def read_patterns(folder: Traversable) -> Patterns:
    """The patterns of a folder that holds ``words.yaml`` and ``kinds/*.yaml``.

    Raises:
        CodebookError: a file is wrong; the message names the file and the key.
    """
    by_form: dict[Form, dict[str, tuple[Pattern, ...]]] = {form: {} for form in get_args(Form)}
    paths = [path for path in folder.joinpath("kinds").iterdir() if path.name.endswith(".yaml")]
    for path in sorted(paths, key=lambda path: path.name):
        content = _parsed(path, _File)
        if path.name != f"{content.kind}.yaml":
            raise CodebookError(
                f"kinds/{path.name}: kind: {content.kind!r} does not fit the file; expected {content.kind}.yaml"
            )
        for form, word, pattern in _patterns(path.name, content):
            by_form[form][word] = (*by_form[form].get(word, ()), pattern)
    return Patterns(by_form, _parsed(folder.joinpath("words.yaml"), Words))


def _patterns(file: str, content: _File) -> Iterator[tuple[Form, str, Pattern]]:
    for form in get_args(Form):
        seen: set[tuple[str, str, str]] = set()
        entries: tuple[_Entry, ...] = getattr(content, form)
        for number, entry in enumerate(entries):
            where = f"kinds/{file}: {form}.{number}"
            pattern = _pattern(where, content.kind, entry)
            for word in entry.words:
                key = (word, entry.subject, entry.object)
                if key in seen:
                    raise CodebookError(f"{where}: {word!r} stands there twice with the same arguments")
                seen.add(key)
                yield form, word, pattern


def _pattern(where: str, kind: ClaimKind, entry: _Entry) -> Pattern:
    if not 0 < entry.confidence <= 1:
        raise CodebookError(f"{where}: confidence: {entry.confidence} is outside 0 to 1")
    return Pattern(
        kind=kind,
        subject=_slots(f"{where}.subject", entry.subject),
        object=_slots(f"{where}.object", entry.object),
        effect=entry.effect,
        confidence=entry.confidence,
        verbs=frozenset(entry.verbs),
        unless=frozenset(entry.unless),
    )


def _slots(where: str, text: str) -> tuple[Slot, ...]:
    """Slots from text such as ``owner, prep:by|from, governor``."""
    out: list[Slot] = []
    for part in text.split(","):
        name, _, prepositions = part.strip().partition(":")
        if name not in SLOTS:
            raise CodebookError(f"{where}: unknown slot {name!r}; use one of {', '.join(sorted(SLOTS))}")
        out.append(Slot(name, tuple(prepositions.split("|")) if prepositions else ()))
    return tuple(out)


def _parsed(path: Traversable, kind: type[T]) -> T:
    try:
        data = load_yaml(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise CodebookError(f"{path.name}: not readable YAML: {' '.join(str(error).split())}") from error
    try:
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise CodebookError(f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
