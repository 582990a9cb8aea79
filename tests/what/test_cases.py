"""The hand-edited case file: every strong case holds, and enough of all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dateline.codebook import load_codebook
from dateline.records import Event
from dateline.rooms import Draft
from dateline.what import make_room

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))
STRONG = [case for case in CASES if case["strength"] == "strong"]

# Share of all cases that must hold, word for word, in every part.
FLOOR = 0.6

ROOM = make_room()


def coded(case: dict[str, Any], draft: Callable[..., Draft]) -> list[dict[str, Any]]:
    """The events of a case in the case file's own form."""
    done = ROOM.run(draft(case["text"]))
    return [_plain(event, case["text"]) for event in done.events]


def wanted(case: dict[str, Any]) -> list[dict[str, Any]]:
    base = {"act": None, "status": "occurred", "actors": [], "recipients": []}
    return [base | event for event in case["events"]]


def _plain(event: Event, text: str) -> dict[str, Any]:
    words = lambda parties: [text[slice(*party.span)] for party in parties]  # noqa: E731
    code = event.type if event.mode is None else f"{event.type}-{event.mode}"
    return {
        "code": code, "act": event.act, "status": event.status,
        "actors": words(event.actors), "recipients": words(event.recipients),
    }  # fmt: skip


@pytest.mark.parametrize("case", STRONG, ids=[case["label"] for case in STRONG])
def test_strong_case_holds(case: dict[str, Any], draft: Callable[..., Draft]) -> None:
    assert coded(case, draft) == wanted(case), case["note"]


def test_enough_cases_hold(draft: Callable[..., Draft]) -> None:
    failed = [case["label"] for case in CASES if coded(case, draft) != wanted(case)]
    assert len(failed) <= (1 - FLOOR) * len(CASES), failed


def test_labels_are_unique() -> None:
    labels = [case["label"] for case in CASES]
    assert len(labels) == len(set(labels))


def test_every_event_type_has_a_strong_case() -> None:
    seen = {event["code"].partition("-")[0] for case in STRONG for event in case["events"]}
    assert seen == set(load_codebook().events)


def test_every_status_has_a_strong_case() -> None:
    seen = {event["status"] for case in STRONG for event in wanted(case)}
    assert seen == {"occurred", "ongoing", "planned", "hypothetical", "demanded", "denied"}
