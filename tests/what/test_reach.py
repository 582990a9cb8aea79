"""Every type, mode and context of the codebook can be reached: ``reach.yaml``, edited by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dateline import Coder
from dateline.codebook import load_codebook
from dateline.records import Coded

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("reach.yaml").read_text(encoding="utf-8"))
STRONG = [case for case in CASES if case["strength"] == "strong"]

# Share of all cases that must hold.
FLOOR = 0.85


def holds(case: dict[str, Any], coder: Coder) -> bool:
    """Whether the code or the context is among what is coded."""
    coded = coder.code(case["text"])
    if "context" in case:
        return any(case["context"] in event.contexts for event in coded.events)
    return case["code"] in codes(coded)


def codes(coded: Coded) -> set[str]:
    return {event.type if event.mode is None else f"{event.type}-{event.mode}" for event in coded.events}


@pytest.mark.parametrize("case", STRONG, ids=[f"{c.get('code') or c['context']}: {c['label']}" for c in STRONG])
def test_strong_case_holds(case: dict[str, Any], code: Callable[..., Coded], coder: Coder) -> None:
    assert holds(case, coder), (case["note"], [(e.type, e.mode, e.contexts) for e in code(case["text"]).events])


def test_enough_cases_hold(coder: Coder) -> None:
    failed = [case["label"] for case in CASES if not holds(case, coder)]
    assert len(failed) <= (1 - FLOOR) * len(CASES), failed


def test_every_mode_and_every_context_has_a_strong_case() -> None:
    book = load_codebook()
    modes = {f"{name}-{mode.name}" for name, event in book.events.items() for mode in event.modes}
    plain = {name for name, event in book.events.items() if not event.modes}
    assert {case["code"] for case in STRONG if "code" in case} >= modes | plain
    assert {case["context"] for case in STRONG if "context" in case} >= set(book.contexts)


def test_labels_are_unique() -> None:
    labels = [(case.get("code") or case["context"], case["label"]) for case in CASES]
    assert len(labels) == len(set(labels))
