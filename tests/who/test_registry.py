"""The registry that ships loads whole; a wrong row is refused with file, line and key; a user's folder lies over it."""

from pathlib import Path

import pytest

from dateline.errors import CodebookError
from dateline.who import find, find_like, load_registry
from dateline.who.registry import Period

HEADERS = {
    "organisations/own.csv": "id,name,kind,country,sectors,aliases,part_of,from,to,source",
    "people.csv": "id,name,country,aliases,source",
    "roles.csv": "person,title,of,sectors,from,to,source",
}


def folder(tmp_path: Path, **files: str) -> Path:
    (tmp_path / "organisations").mkdir()
    for name, rows in files.items():
        path = {"own": "organisations/own.csv"}.get(name, f"{name}.csv")
        (tmp_path / path).write_text(HEADERS[path] + "\n" + rows)
    return tmp_path


def test_what_ships() -> None:
    registry = load_registry()
    assert sum(entry.kind == "state" for entry in registry.entries.values()) >= 195
    own = [
        e
        for e in registry.entries.values()
        if e.kind in {"armed_group", "military", "igo", "person"} and e.origin[:5] != "state"
    ]
    assert len(own) >= 150


@pytest.mark.parametrize("name", ["Daesh", "ISIL", "Islamic State"])
def test_find(name: str) -> None:
    assert "int-isis" in {entry.id for entry in find(load_registry(), name)}


def test_a_users_folder_wins_by_id(tmp_path: Path) -> None:
    extra = folder(tmp_path, own="own-union,Valley Union,armed_group,SYR,REB,VU,syr-hts@2017..2019,2016,,own notes\n")
    entry = load_registry(extra).entries["own-union"]
    assert entry.part_of[0].period == Period("2017", "2019")


def test_a_users_roles_stand_in_place_of_the_shipped_ones(tmp_path: Path) -> None:
    extra = folder(tmp_path, roles="syr-assad,Chairman,syr,GOV,2000,,own notes\n")
    assert [role.title for role in load_registry(extra).entries["syr-assad"].roles] == ["Chairman"]


def test_a_file_without_a_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,name,aliases\nx-a,A,\n")
    with pytest.raises(CodebookError, match=r"people.csv, line 1: lacks the column 'country'"):
        load_registry(tmp_path)


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="there is no such file or folder"):
        load_registry(tmp_path / "none")


def test_a_folder_without_a_row(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="holds no rows"):
        load_registry(tmp_path)


@pytest.mark.parametrize(
    ("header", "row", "entry_id"),
    [
        (
            HEADERS["organisations/own.csv"],
            "own-union,Valley Union,armed_group,SYR,REB,VU,,2016,,own notes",
            "own-union",
        ),
        (HEADERS["people.csv"], "own-darwish,Salim Darwish,SYR,,own notes", "own-darwish"),
    ],
)
def test_one_file_is_known_by_its_header(tmp_path: Path, header: str, row: str, entry_id: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"{header}\n{row}\n")
    assert entry_id in load_registry(path).entries


def test_one_file_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name,price\nbread,2\n")
    with pytest.raises(CodebookError, match=r"mine.csv, line 1: is no table of actors"):
        load_registry(path)


def test_allies_with_dates(tmp_path: Path) -> None:
    header = HEADERS["organisations/own.csv"].replace("part_of,", "part_of,allies,")
    path = tmp_path / "mine.csv"
    path.write_text(f"{header}\nown-union,Valley Union,armed_group,SYR,REB,VU,,rus@2016..2018,2016,,own notes\n")
    (ally,) = load_registry(path).entries["own-union"].allies
    assert (ally.id, ally.period) == ("rus", Period("2016", "2018"))


@pytest.mark.parametrize(
    ("written", "entry_id"),
    [
        ("Cavusoglu", "tur-cavusoglu"),
        ("Çavuşoğlu", "tur-cavusoglu"),
        ("Jabhat al Nousrah", "syr-nusra"),
        ("Daesh", "int-isis"),
        ("Ahrar ash Shaam", "syr-ahrar-al-sham"),
    ],
)
def test_find_through_spellings(written: str, entry_id: str) -> None:
    assert entry_id in {entry.id for entry in find_like(load_registry(), written)}


def test_find_on_a_day() -> None:
    registry = load_registry()
    assert find_like(registry, "Jabhat al-Nusra", on="2014-01-01")
    assert not find_like(registry, "Jabhat al-Nusra", on="2020-01-01")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x-a,A,armed_group,SYR,REB,,,,,s\nx-a,B,armed_group,SYR,REB,,,,,s\n", r"line 3: id 'x-a' is used already"),
        ("x-a,A,gang,SYR,REB,,,,,s\n", r"line 2: kind 'gang'"),
        ("x-a,A,armed_group,SYR,RBL,,,,,s\n", r"line 2: sectors: 'RBL'"),
        ("x-a,A,armed_group,SYR,REB,,nowhere,,,s\n", r"x-a: 'nowhere' is not in the registry"),
        ("x-a,A,armed_group,SYR,REB,,,2019,2016,s\n", r"line 2: to is 2016, before from, 2019"),
        ("x-a,A,armed_group,SYR,REB,,,lately,,s\n", r"line 2: from is 'lately'"),
        ("x-a,A,armed_group,SYR,REB,,x-b,,,s\nx-b,B,armed_group,SYR,REB,,x-a,,,s\n", r"cycle"),
        ("x-a,A,armed_group\n", r"line 2: has"),
    ],
)
def test_wrong_rows_are_refused(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(CodebookError, match=said):
        load_registry(folder(tmp_path, own=row))


def test_a_role_of_nobody(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"roles.csv, line 2: person 'x-nobody'"):
        load_registry(folder(tmp_path, roles="x-nobody,President,syr,GOV,2000,,s\n"))


@pytest.mark.parametrize(
    ("start", "end", "day", "holds"),
    [
        ("2013", "2016-07-28", "2016-07-28", True),
        ("2013", "2016-07-28", "2016-07-29", False),
        ("2013", "2016", "2016-12-31", True),
        ("2013", None, "2012-12-31", False),
        ("2013", None, None, True),
        ("2013", "2016", None, False),
    ],
)
def test_periods_at_their_own_precision(start: str, end: str | None, day: str | None, holds: bool) -> None:
    assert Period(start, end).holds(day) is holds
