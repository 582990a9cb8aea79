"""A gazetteer of a GeoNames dump, on a slice of our own making in GeoNames' columns."""

import zipfile
from pathlib import Path

import pytest

from dateline.errors import CodebookError, InputError
from dateline.where import load_gazetteer
from dateline.where.dump import build


def line(number: int, name: str, kind: str, code: str, **other: str) -> str:
    cells = {"lat": "35.7", "lon": "36.9", "country": "SY", "unit": "12", "people": "0", "names": ""} | other
    row = [
        str(number),
        name,
        name,
        cells["names"],
        cells["lat"],
        cells["lon"],
        kind,
        code,
        cells["country"],
        "",
        cells["unit"],
    ]
    return "\t".join([*row, "", "", "", cells["people"], "", "", "Asia/Damascus", "2020-01-01"])


LINES = [
    line(900_001, "Tell Zayyan", "P", "PPL", names="Tall Zayyan,تل زيان", people="80"),
    line(900_002, "Zayyan Crossing", "S", "PSTB"),
    line(169_387, "Idlib Governorate", "A", "ADM1"),
    line(900_003, "Zayyan School", "S", "SCH"),
    line(900_004, "Old Zayyan", "P", "PPLH"),
    line(900_005, "Zayyanville", "P", "PPL", country="FR"),
]


def dump(tmp_path: Path, lines: list[str]) -> Path:
    path = tmp_path / "allCountries.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("allCountries.txt", "\n".join(lines) + "\n")
    return path


def test_a_slice_becomes_a_gazetteer(tmp_path: Path) -> None:
    built = build(dump(tmp_path, LINES), tmp_path / "own.npz", countries=["SYR"])
    known = load_gazetteer(built.path)
    (hamlet,) = known.find("Tall Zayyan")
    assert (hamlet.geonameid, hamlet.admin1, hamlet.level, hamlet.population) == (
        900_001,
        "Idlib Governorate",
        "settlement",
        80,
    )
    assert known.find("zayyan crossing")[0].level == "feature"
    assert built.skipped == 3
    assert not known.find("Zayyan School") and not known.find("Old Zayyan") and not known.find("Zayyanville")


def test_other_countries_stay_as_they_ship(tmp_path: Path) -> None:
    known = load_gazetteer(build(dump(tmp_path, LINES), tmp_path / "own.npz", countries=["SYR"]).path)
    assert {place.country for place in known.find("Mosul")} >= {"IRQ"}
    assert [place.level for place in known.find("Syria")] == ["country"]
    assert known.find("Paris")[0].admin1 is not None


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["one\ttwo"], r"allCountries.zip, line 1: has 2 columns"),
        ([line(1, "A", "P", "PPL", lat="north")], r"line 1: latitude is 'north', no number"),
        ([LINES[0], line(1, "A", "P", "PPL", lon="190")], r"line 2: longitude is 190, off the globe"),
        ([line(1, "A", "S", "SCH")], r"holds no place"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_written(tmp_path: Path, lines: list[str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        build(dump(tmp_path, lines), tmp_path / "own.npz")
    assert not (tmp_path / "own.npz").exists()


def test_no_such_dump(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        build(tmp_path / "none.zip", tmp_path / "own.npz")


def test_no_such_country(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'XYZ' is no country"):
        build(dump(tmp_path, LINES), tmp_path / "own.npz", countries=["XYZ"])


def test_a_file_that_is_no_gazetteer(tmp_path: Path) -> None:
    path = tmp_path / "own.npz"
    path.write_text("no")
    with pytest.raises(CodebookError, match=r"own.npz: cannot be read; build it with dateline gazetteer build"):
        load_gazetteer(path)
