"""The hand-edited cases: each sentence gives exactly these claims."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dateline.records import Claim
from dateline.rooms import Draft, Room
from dateline.standing import make_room

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def room() -> Room:
    return make_room()


def _told(claim: Claim, text: str) -> list[str | None]:
    subject, obj = text[slice(*claim.subject.span)], text[slice(*claim.object.span)]
    return [claim.kind, subject, obj, claim.status, claim.since, claim.until]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_claims_of_a_sentence(case: dict[str, Any], scene: Callable[..., Draft], room: Room) -> None:
    draft = scene(case["text"], case.get("actors"), case.get("places"), case.get("dates"))
    assert [_told(claim, case["text"]) for claim in room.run(draft).claims] == case["claims"]
