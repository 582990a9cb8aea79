"""PLOVER's rules: from what a trigger names and what is said of it to the type, mode, act and status that are coded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from pydantic import TypeAdapter, ValidationError
from spacy.tokens import Token

from dateline.codebook import Codebook, load_codebook
from dateline.datafiles import read_yaml
from dateline.errors import CodebookError
from dateline.records import EventStatus
from dateline.what.find import Trigger
from dateline.what.roles import Roles
from dateline.what.status import Standing


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Where the crosswalk of 2021 differs from the manual."""

    types: Mapping[str, str]  # TYPE-mode → type
    intended: Mapping[str, str]  # type of an act still to come → type
    sanctions: str  # type of imposing sanctions or an embargo


@dataclass(frozen=True, slots=True)
class RuleTables:
    """The tables of ``rules.yaml``."""

    planned: Mapping[str, str]
    asked: Mapping[str, str | None]
    threatened: Mapping[str, str | None]
    agreed: Mapping[str, str]
    ended: Mapping[str, str]
    spoken: frozenset[str]
    ordered: frozenset[str]
    goodwill: frozenset[str]
    relief: frozenset[str]
    exercises: frozenset[str]
    no_air_force: frozenset[str]
    crosswalk_2021: Crosswalk
    instruments: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Coding:
    """What is coded of one trigger. ``status`` speaks of ``act`` where there is one, else of the event itself."""

    type: str
    mode: str | None
    act: str | None
    status: EventStatus


@cache
def load_rules() -> RuleTables:
    """The rule tables, read once and checked against the codebook.

    Raises:
        CodebookError: ``rules.yaml`` is wrong; the message names the key.
    """
    data = read_yaml("dateline.what", "rules.yaml")
    try:
        tables: RuleTables = TypeAdapter(RuleTables).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise CodebookError(f"rules.yaml: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    _check(tables, load_codebook())
    return tables


def _check(tables: RuleTables, book: Codebook) -> None:
    for key in ("planned", "agreed", "ended"):
        for source, target in getattr(tables, key).items():
            _known(book, f"rules.yaml: {key}", source)
            _known(book, f"rules.yaml: {key}.{source}", target)
    for key, types in (("asked", ("REQUEST", "REJECT")), ("threatened", ("THREATEN",))):
        for source, mode in getattr(tables, key).items():
            _known(book, f"rules.yaml: {key}", source)
            for name in types if mode is not None else ():
                _known(book, f"rules.yaml: {key}.{source}", f"{name}-{mode}")
    crosswalk = tables.crosswalk_2021
    for code in (
        *crosswalk.types,
        *crosswalk.types.values(),
        *crosswalk.intended,
        *crosswalk.intended.values(),
        crosswalk.sanctions,
    ):
        _known(book, "rules.yaml: crosswalk_2021", code)
    for mode in tables.instruments:
        _known(book, "rules.yaml: instruments", f"ASSAULT-{mode}")


def _known(book: Codebook, where: str, code: str) -> None:
    name, _, mode = code.partition("-")
    modes = {m.name for m in book.events[name].modes} if name in book.events else set()
    if name not in book.events or (mode and mode not in modes):
        raise CodebookError(f"{where}: {code} is not in the codebook")


class Rules:
    """Applies the rules to one trigger at a time."""

    def __init__(self, tables: RuleTables) -> None:
        self._tables = tables

    def code(
        self, trigger: Trigger, roles: Roles, standing: Standing, content: Coding | None, around: Iterable[Token]
    ) -> Coding:
        """The coding of a trigger; ``content`` is what it carries ("threatened to BOMB"), ``around`` its clause."""
        coding = Coding(trigger.pattern.type, trigger.pattern.mode, None, standing.status)
        words = {w for token in around for w in (token.lemma_.lower(), token.lower_)}
        coding = self._by_circumstances(coding, trigger, roles, words)
        if content is not None:
            if trigger.head.lemma_.lower() == "order" and content.type in self._tables.ordered:
                return replace(content, status=_unless_denied(coding, "planned"))
            return self._with_content(coding, content)
        if standing.ended:
            coding = self._ended(coding)
        return self._by_status(coding, standing)

    def _by_circumstances(self, coding: Coding, trigger: Trigger, roles: Roles, words: set[str]) -> Coding:
        if coding.type == "ASSAULT" and coding.mode is None:
            return replace(coding, mode=self._instrument(words))
        if trigger.head.lemma_.lower() == "bomb" and any(
            t.lemma_.lower() in self._tables.no_air_force for t in roles.actors
        ):
            return replace(coding, mode="explosives")
        if coding.type == "MOBILIZE" and any(t.lemma_.lower() in self._tables.relief for t in trigger.head.sent):
            return replace(coding, type="AID", mode=None)
        if coding.type == "MOBILIZE" and self._is_joint(trigger, roles):
            return replace(coding, type="COOPERATE", mode=None)
        return coding

    def _instrument(self, words: set[str]) -> str | None:
        return next((mode for mode, names in self._tables.instruments.items() if words & names), None)

    def _is_joint(self, trigger: Trigger, roles: Roles) -> bool:
        drill = any(word in self._tables.exercises for word in trigger.pattern.text.split())
        joint = any(c.lower_ in {"joint", "with", "jointly"} for word in trigger.words for c in word.children)
        return drill and (joint or len(roles.actors) > 1)

    def _ended(self, coding: Coding) -> Coding:
        code = self._tables.ended.get(coding.type)
        if code is None:
            return coding
        name, _, mode = code.partition("-")
        return Coding(name, mode or None, None, coding.status)

    def _with_content(self, coding: Coding, content: Coding) -> Coding:
        """A request, refusal, threat or promise with what it is about."""
        key = (f"{content.type}-{content.mode}", content.type)
        if coding.type in {"REQUEST", "REJECT"}:
            mode = coding.mode or next((self._tables.asked[k] for k in key if k in self._tables.asked), None)
            if coding.type == "REJECT":
                return Coding("REJECT", mode, None, _unless_denied(coding, "occurred"))
            return Coding("REQUEST", mode, content.act or content.type, _unless_denied(coding, "demanded"))
        if coding.type == "THREATEN":
            mode = coding.mode or next((self._tables.threatened[k] for k in key if k in self._tables.threatened), None)
            return Coding("THREATEN", mode, content.act or content.type, _unless_denied(coding, "hypothetical"))
        if coding.type not in {"AGREE", "CONCEDE"}:
            return coding
        if content.type in self._tables.agreed:
            return Coding(self._tables.agreed[content.type], None, _act_of(content), _unless_denied(coding, "planned"))
        return Coding(content.type, content.mode, content.act, _unless_denied(coding, "planned"))

    def _by_status(self, coding: Coding, standing: Standing) -> Coding:
        if coding.type in self._tables.goodwill and standing.negated and self._willed(standing):
            mode = next(
                (
                    self._tables.asked[k]
                    for k in (f"{coding.type}-{coding.mode}", coding.type)
                    if k in self._tables.asked
                ),
                None,
            )
            return Coding("REJECT", mode, None, "occurred")
        if standing.attempt and coding.status == "occurred" and coding.type in self._tables.goodwill:
            return replace(coding, status="hypothetical")
        if coding.status == "demanded" and standing.speech is not None and standing.ought:
            mode = next(
                (
                    self._tables.asked[k]
                    for k in (f"{coding.type}-{coding.mode}", coding.type)
                    if k in self._tables.asked
                ),
                None,
            )
            return Coding("REQUEST", mode, coding.type, "demanded")
        if coding.status == "planned" and coding.type in self._tables.planned:
            return Coding(self._tables.planned[coding.type], None, coding.type, "planned")
        return coding

    def spoken_by_actor(self, coding: Coding) -> Coding:
        """What an actor says it will or could do to others is a threat."""
        key = (f"{coding.type}-{coding.mode}", coding.type)
        known = next((k for k in key if k in self._tables.threatened), None)
        if coding.status not in {"planned", "hypothetical"} or coding.type not in self._tables.spoken or known is None:
            return coding
        return Coding("THREATEN", self._tables.threatened[known], coding.type, coding.status)

    @staticmethod
    def _willed(standing: Standing) -> bool:
        return "planned" in standing.seen or (standing.speech is not None and "hypothetical" in standing.seen)


def _act_of(content: Coding) -> str | None:
    act = content.act or content.type
    return None if act in {"AGREE", "CONCEDE"} else act


def _unless_denied(carrier: Coding, status: EventStatus) -> EventStatus:
    return "denied" if carrier.status == "denied" else status
