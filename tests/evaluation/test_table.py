"""Reading the hand-coded table: what is good is kept as it is, what is bad is one line with file, line, value and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.evaluation.table import Row, read_table


def test_rows(make) -> None:  # type: ignore[no-untyped-def]
    table = read_table(
        make.table(
            "Article,TYPE,mode,actor,date,status,coder,my notes",
            'a,assault,Heavy-Weapons,"Norland, army",2018-09-04,Occurred,Ana,"two',
            'lines"',
            "",
            "b,,,,,,Ana",
        )
    )
    assert table.rows == (
        Row(2, "a", "ASSAULT", "heavy-weapons", "Norland, army", date="2018-09-04", status="occurred", coder="Ana"),
        Row(5, "b", None, coder="Ana"),
    )
    assert table.details == ("actor", "mode", "date", "status")
    assert not table.by_sentence
    assert table.coders == ("Ana",)


def test_a_byte_order_mark_is_no_part_of_the_header(make) -> None:  # type: ignore[no-untyped-def]
    path = make.folder / "excel.csv"
    path.write_bytes("\ufeffarticle,type\r\na,AID\r\n".encode())
    assert read_table(path).rows == (Row(2, "a", "AID"),)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["article"], "line 1: no column 'type'; it has 'article'; add it"),
        (["type"], "line 1: no column 'article'; it has 'type'; add it"),
        (["articel,type"], "line 1: column 'articel'; write 'article', or another name if it is not that"),
        (["article,type,recepient"], "line 1: column 'recepient'; write 'recipient'"),
        (["article,type,type"], "line 1: two columns 'type'; keep one"),
        (["article;type"], "line 1: columns parted by ';'; save the table with commas"),
        (["article,type"], "no rows; write one line for each event or article read"),
        (["article,type", ",AID"], "line 2: no article; write the id or url of the article the row is about"),
        (["article,type", "a,ASAULT"], "line 2: 'ASAULT' is no type; did you mean 'ASSAULT'? There are ACCUSE, AGREE"),
        (["article,type", "a,AID", "a,XQZJV"], "line 3: 'XQZJV' is no type; there are ACCUSE, AGREE"),
        (["article,type,mode", "a,ASSAULT,arial"], "line 2: 'arial' is no mode of ASSAULT; did you mean 'aerial'?"),
        (["article,type,mode", "a,AGREE,aerial"], "line 2: 'aerial' is no mode of AGREE"),
        (["article,type,status", "a,AID,happened"], "line 2: 'happened' is no status; "),
        (["article,type,date", "a,AID,4.9.2018"], "line 2: date '4.9.2018' is no day; write YYYY-MM-DD"),
        (["article,type,date", "a,AID,2018-02-30"], "line 2: date '2018-02-30' is no day; write YYYY-MM-DD"),
        (["article,type,date", "a,AID,20180904"], "line 2: date '20180904' is no day; write YYYY-MM-DD"),
        (["article,type,actor", "a,,Norland"], "line 2: actor 'Norland' of no event; give its type, or empty the cell"),
        (["article,type", "a,AID,Norland"], "line 2: 3 cells, the header has 2; put cells with commas in quotes"),
        (["article,type", 'a,"AID" x'], "line 2: not CSV ("),
        (["article,type,coder", "a,AID,Ana", "b,AID,"], "line 3: no coder; name one in every row"),
        (
            ["article,type,sentence", "a,AID,gave", "a,AGREE,"],
            "line 3: AGREE without its sentence, which other rows give; copy words of the sentence",
        ),
    ],
)
def test_a_fault_is_one_line(make, lines: list[str], said: str) -> None:  # type: ignore[no-untyped-def]
    path = make.table(*lines)
    with pytest.raises(InputError) as caught:
        read_table(path)
    assert str(caught.value).startswith(f"{path}, {said}" if said.startswith("line") else f"{path}: {said}")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", ": empty; write a header with article and type, then one line for each event"),
        (b" \n\n", ": empty; write a header with article and type, then one line for each event"),
        (b"article,type\na,Gen\xe8ve\n", ", line 2: byte 0xe8 is not UTF-8; save the table as “CSV UTF-8”"),
    ],
)
def test_bytes_that_are_no_table(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "hand.csv"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_table(path)
    assert str(caught.value) == f"{path}{said}"


def test_no_such_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv: no such file; check the name"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(InputError, match="a folder; name the CSV file"):
        read_table(tmp_path)
