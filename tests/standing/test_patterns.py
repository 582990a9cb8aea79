"""The patterns: what ships loads whole; a bad file is refused with its name and key."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest
import yaml

from dateline.errors import CodebookError
from dateline.records import ClaimKind
from dateline.standing.patterns import load_patterns, read_patterns

GOOD = {"words": ["hold"], "subject": "agent", "object": "patient", "confidence": 0.8}
WORDS = files("dateline.standing").joinpath("words.yaml")


def _folder(tmp_path: Path, **content: object) -> Path:
    (tmp_path / "kinds").mkdir()
    (tmp_path / "kinds" / "control.yaml").write_text(yaml.safe_dump({"kind": "control", **content}), encoding="utf-8")
    (tmp_path / "words.yaml").write_text(WORDS.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def test_every_kind_of_claim_has_patterns() -> None:
    found = {pattern.kind for by_word in load_patterns().by_form.values() for ps in by_word.values() for pattern in ps}
    assert found == set(get_args(ClaimKind))


def test_slots_are_read_in_order(tmp_path: Path) -> None:
    folder = _folder(tmp_path, verbs=[{**GOOD, "subject": "agent, prep:by|from"}])
    (pattern,) = read_patterns(folder).of("verbs", "hold")
    assert [(slot.name, slot.prepositions) for slot in pattern.subject] == [("agent", ()), ("prep", ("by", "from"))]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({**GOOD, "subject": "boss"}, r"control.yaml: verbs.0.subject: unknown slot 'boss'"),
        ({**GOOD, "confidence": 1.5}, r"control.yaml: verbs.0: confidence: 1.5"),
        ({**GOOD, "effect": "magic"}, r"control.yaml: verbs.0.effect"),
        ({**GOOD, "words": ["hold", "hold"]}, r"control.yaml: verbs.0: 'hold' stands there twice"),
    ],
)
def test_bad_entry_is_refused_with_its_key(tmp_path: Path, entry: dict[str, object], message: str) -> None:
    with pytest.raises(CodebookError, match=message):
        read_patterns(_folder(tmp_path, verbs=[entry]))


def test_file_must_be_named_after_its_kind(tmp_path: Path) -> None:
    folder = _folder(tmp_path, verbs=[GOOD])
    (folder / "kinds" / "control.yaml").rename(folder / "kinds" / "grip.yaml")
    with pytest.raises(CodebookError, match=r"grip.yaml: kind: 'control' does not fit"):
        read_patterns(folder)
