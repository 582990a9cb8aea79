"""The codebook loads, is complete, and a wrong file is reported with its name and key."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import get_args

import pytest

from dateline.codebook import load_codebook, read_codebook
from dateline.errors import CodebookError
from dateline.records import ClaimKind

BOOK = load_codebook()

TYPES = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip


def test_it_has_plovers_sixteen_types_and_their_parts() -> None:
    assert set(BOOK.events) == TYPES
    assert sum(len(event.modes) for event in BOOK.events.values()) == 67
    assert len(BOOK.contexts) == 37
    assert len(BOOK.sectors.sectors) == 25
    assert len(BOOK.sectors.in_place_of_a_country) == 7
    assert len(BOOK.auxiliary.modes) == 4


def test_it_has_every_kind_of_claim_of_the_record() -> None:
    assert set(BOOK.claims) == set(get_args(ClaimKind))


@pytest.mark.parametrize(
    ("name", "mode", "score"),
    [("ASSAULT", None, -9.0), ("ASSAULT", "beat", -7.5), ("AID", None, 10.0), ("CONSULT", "phone", 1.5)],
)
def test_score_of_type_and_mode(name: str, mode: str | None, score: float) -> None:
    assert BOOK.score(name, mode) == score


def test_a_mode_without_a_score_has_its_types() -> None:
    assert BOOK.events["PROTEST"].mode("vandalize").score is None
    assert BOOK.score("PROTEST", "vandalize") == BOOK.events["PROTEST"].score


@pytest.mark.parametrize(("name", "quad"), [("AGREE", 1), ("RETREAT", 2), ("REJECT", 3), ("SANCTION", 4)])
def test_quad(name: str, quad: int) -> None:
    assert BOOK.quad(name) == quad


def test_an_unknown_mode_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="AID-aerial"):
        BOOK.score("AID", "aerial")


def test_the_crosswalk_splits_cameo_08() -> None:
    assert {row.plover_type for row in BOOK.cameo["08"]} == {"CONCEDE", "RETREAT"}
    assert [row.plover_type for row in BOOK.cameo["01"]] == [None]


def test_derived_files_carry_the_notice() -> None:
    folder = files("dateline.codebook")
    names = ("contexts.yaml", "sectors.yaml", "auxiliary.yaml", "quads.yaml", "settled.yaml", "cameo_to_plover.csv")
    derived = [*folder.joinpath("events").iterdir(), *(folder.joinpath(name) for name in names)]
    for path in derived:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# NOTICE:"), path.name


@pytest.fixture
def damaged(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """A copy of the codebook with one piece of one file replaced."""

    def damage(file: str, old: str, new: str) -> Path:
        with as_file(files("dateline.codebook")) as source:
            copy = shutil.copytree(source, tmp_path / "codebook")
        text = (copy / file).read_text(encoding="utf-8")
        assert old in text
        (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return copy

    return damage


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("events/aid.yaml", "quad: material_cooperation", "quad: verbal_conflict", "events/aid.yaml: quad"),
        ("events/aid.yaml", "quad: material_cooperation", "quad: friendly", "aid.yaml: quad"),
        ("events/aid.yaml", "name: AID", "name: HELP", "events/aid.yaml: name"),
        ("events/aid.yaml", "  recipient:", "  patient:", "events/aid.yaml: roles"),
        (
            "events/aid.yaml",
            "use: COOPERATE",
            "use: COLLABORATE",
            "rules.0: unknown event type COLLABORATE",
        ),
        ("events/consult.yaml", "REQUEST-meet", "REQUEST-dine", "unknown mode REQUEST-dine"),
        ("events/coerce.yaml", "+ctx:misinformation", "+ctx:lies", "unknown context lies"),
        ("events/consult.yaml", "name: phone", "name: visit", "modes.visit: stands there twice"),
        ("events/consult.yaml", "score: 1.5", "score: 15", "modes.phone.score: 15"),
        ("events/consult.yaml", "matches:", "example:", "consult.yaml: matches"),
        ("claims/control.yaml", "- place", "- planet", "control.yaml: roles.object.range"),
        ("claims/control.yaml", "  object:", "  target:", "control.yaml: roles"),
        ("contexts.yaml", "name: military", "name: legal", "contexts.yaml: legal: stands there twice"),
        ("cameo_to_plover.csv", "030,AGREE", "030,CONSENT", "cameo_to_plover.csv: 030: unknown event type CONSENT"),
        ("quads.yaml", "code: 1", "code: one", "quads.yaml: 0.code"),
        ("events/aid.yaml", "label: Aid", "label: [", "aid.yaml: not readable YAML"),
    ],
)
def test_a_wrong_file_is_reported_with_name_and_key(
    damaged: Callable[[str, str, str], Path], file: str, old: str, new: str, message: str
) -> None:
    with pytest.raises(CodebookError) as caught:
        read_codebook(damaged(file, old, new))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
