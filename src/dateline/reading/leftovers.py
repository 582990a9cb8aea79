"""Lines a web page leaves between the paragraphs: advertisements, newsletter boxes, "read also", share bars.

Phrases and signs are data (``leftovers.yaml``). Nothing is judged by its place alone: a line goes where its words are a
known phrase, or where enough signs (ornaments, bidding, trade, talk to the reader) come together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.datafiles import read_yaml
from dateline.errors import CodebookError
from dateline.records import Span

_EDGE = " \t-–—*•·|>»→▶►_=~#[]"
_LINE = re.compile(r"[^\n]+")
_RULES = "leftovers.yaml"
_QUOTE = re.compile(r"[\"“”«]|(?:^|\s)[‘'](?=\w)")
# Patterns that depend on capital letters ("US" is not "us").
_CASED = {"shouted", "ourselves"}


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    longest: int  # characters
    opens: bool


@dataclass(frozen=True, slots=True)
class _Sign:
    pattern: re.Pattern[str]
    weight: float


@dataclass(frozen=True, slots=True)
class _Signs:
    signs: tuple[_Sign, ...]
    longest: int  # characters
    threshold: float
    threshold_in_box: float


@dataclass(frozen=True, slots=True)
class _Rules:
    lines: tuple[_Rule, ...]
    inside: _Rule
    signs: _Signs


def find_leftovers(text: str) -> tuple[Span, ...]:
    """Character spans of the lines of ``text`` that are not article, in order."""
    return tuple(_leftover_lines(text, _load_rules()))


def _leftover_lines(text: str, rules: _Rules) -> Iterator[Span]:
    in_box = False
    for found in _LINE.finditer(text):
        line = found.group().strip(_EDGE + "\u200b\u00a0")
        if not line:
            if found.group().strip():
                yield found.span()  # a rule made of dashes or dots
            continue
        rule = next((rule for rule in rules.lines if _matches(rule, line)), None)
        if rule is None and (
            _signalled(rules.signs, found.group(), in_box=in_box) or (in_box and _matches(rules.inside, line))
        ):
            yield found.span()
            continue
        in_box = rule is not None and (rule.opens or in_box)
        if rule is not None:
            yield found.span()


def _signalled(signs: _Signs, line: str, *, in_box: bool) -> bool:
    """Whether enough signs of furniture come together in a line that quotes nobody."""
    if len(line) > signs.longest or _QUOTE.search(line):
        return False
    weight = sum(sign.weight for sign in signs.signs if sign.pattern.search(line))
    return weight >= (signs.threshold_in_box if in_box else signs.threshold)


def _matches(rule: _Rule, line: str) -> bool:
    return len(line) <= rule.longest and rule.pattern.fullmatch(line) is not None


def cut_leftovers(text: str) -> str:
    """The text without its leftover lines, paragraphs apart by one blank line where there were several."""
    kept: list[str] = []
    end = 0
    for begin, stop in find_leftovers(text):
        kept.append(text[end:begin])
        end = stop
    kept.append(text[end:])
    return re.sub(r"\n[ \t]*(?:\n[ \t]*)+\n", "\n\n", "".join(kept)).strip()


def blank_leftovers(text: str) -> str:
    """The text with leftover lines overwritten by spaces: same length, so that offsets still index the original."""
    for begin, end in find_leftovers(text):
        text = text[:begin] + " " * (end - begin) + text[end:]
    return text


@cache
def _load_rules() -> _Rules:
    data = read_yaml("dateline.reading", _RULES)
    lines = tuple(_compile(rule, key=rule["name"]) for rule in data["rules"])
    return _Rules(lines, _compile(data["inside"], key="inside"), _compile_signs(data["signs"]))


def _compile_signs(data: dict[str, Any]) -> _Signs:
    signs = []
    for name, sign in data.items():
        if isinstance(sign, dict):
            try:
                signs.append(
                    _Sign(re.compile(sign["pattern"], 0 if name in _CASED else re.IGNORECASE), float(sign["weight"]))
                )
            except (re.error, KeyError, ValueError) as error:
                raise CodebookError(
                    f"{_RULES}: signs: {name}: needs a regular expression and a weight: {error}"
                ) from error
    return _Signs(tuple(signs), data["max"], data["threshold"], data["threshold_in_box"])


def _compile(rule: dict[str, object], *, key: str) -> _Rule:
    patterns, longest = rule.get("any"), rule.get("max")
    if not isinstance(patterns, list) or not isinstance(longest, int):
        raise CodebookError(f"{_RULES}: {key}: needs `any`, a list of patterns, and `max`, a number of characters")
    try:
        joined = re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
    except re.error as error:
        raise CodebookError(f"{_RULES}: {key}: not a regular expression: {error}") from error
    return _Rule(joined, longest, bool(rule.get("opens")))
