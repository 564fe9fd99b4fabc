"""Text files are told by their content; what is written as csv is no formula and comes back as it was."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senco.errors import BadInput
from senco.sheets.delimited import csv_bytes, csv_text, guard_field, read_text, recognise, unguard_field
from senco.sheets.limits import Limits
from senco.sheets.reading import read_book

if TYPE_CHECKING:
    from pathlib import Path

PUBLISHED = (
    "\n\nConfirmed clusters\n\n1. Background\n\nLead, cluster, and so on, in prose; more prose, and more.\n\n"
    "\tProposed Date/ Venue\tCluster Meeting\nAutumn Term\tTuesday 22 September 2020\tConference\n\n"
    "Lead Cluster SENCO\tClusters\t\t\t\n\t\tSecondary\tPrimary\t\nAnna Huzzey\tCP1\tHarris\tAvenue\tSt Mary's Junior\n"
)


def _texts(data: bytes, file: str = "a.csv") -> list[list[str]]:
    (sheet,) = read_text(file, data).sheets
    return [[cell.text for cell in row] for row in sheet.rows]


def test_prose_with_tables_keeps_its_line_numbers() -> None:
    book = read_text("page.txt", PUBLISHED.encode())
    assert book.kind == "text"
    (sheet,) = book.sheets
    lines = PUBLISHED.split("\n")
    assert len(sheet.rows) == len(lines) - 1
    assert sheet.rows[0] == ()
    for number, row in enumerate(sheet.rows, start=1):
        assert all(cell.row == number for cell in row)
        assert [cell.text for cell in row] == lines[number - 1].rstrip("\t").split("\t") or not row
    assert sheet.rows[13][4].text == "St Mary's Junior"


@pytest.mark.parametrize(
    ("data", "kind", "row"),
    [
        (b"Cluster,School\nCP1,Overton\n", "csv", ["CP1", "Overton"]),
        (b"Cluster;School\nCP1;Overton\n", "csv", ["CP1", "Overton"]),
        (b"Cluster\tSchool\nCP1\tOverton\n", "tsv", ["CP1", "Overton"]),
        (b'Cluster,School\r\nCP1,"Overton, ""Grange"""\r\n', "csv", ["CP1", 'Overton, "Grange"']),
        (b"Cluster,School\rCP1,Overton\r", "csv", ["CP1", "Overton"]),
        ("\ufeffCluster,School\nCP1,St Cécile\n".encode(), "csv", ["CP1", "St Cécile"]),
        ("Cluster,School\nCP1,St Cécile\n".encode("utf-16"), "csv", ["CP1", "St Cécile"]),
        ("Cluster,School\nCP1,Wilson’s\n".encode("cp1252"), "csv", ["CP1", "Wilson’s"]),
        (b"Cluster,School\nCP1,'=1+1,\n\x1a", "csv", ["CP1", "=1+1"]),
    ],
)
def test_shapes_and_encodings(data: bytes, kind: str, row: list[str]) -> None:
    book = read_text("table.csv", data)
    assert book.kind == kind
    assert [cell.text for cell in book.sheets[0].rows[1]] == row
    assert book.sheets[0].rows[0][0].text == "Cluster"


def test_the_older_encoding_is_said() -> None:
    assert "Windows-1252" in read_text("a.csv", "a,Wilson’s\n".encode("cp1252")).notes[0]
    assert read_text("a.csv", "a,Wilson’s\n".encode()).notes == ()


def test_one_column_is_csv_only_by_its_name() -> None:
    assert read_text("a.csv", b"School\nOverton\n").kind == "csv"
    assert read_text("a.txt", b"School\nOverton\n").kind == "text"
    assert recognise("a;b\nc\nd;e;f\n", named_csv=True) == ("csv", ";")
    assert recognise("", named_csv=False) == ("text", "\t")
    assert recognise('a"b,\n"' + "x" * 200_000, named_csv=False)[0] == "text"


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    (sheet,) = read_text("a.csv", b'a,b\n"two\nlines",x\n\ny,z\n').sheets
    assert sheet.rows[1][0].text == "two\nlines"
    assert sheet.rows[2] == ()
    assert sheet.place(sheet.rows[3][1]) == "a.csv › row 4, column 2"


@pytest.mark.parametrize(
    ("data", "limits"),
    [
        (b"a,b\n" * 4, Limits(rows=3)),
        (b"a,b\n" * 4, Limits(cells=7)),
        (b"a,bbbb\n", Limits(letters=3)),
    ],
)
def test_limits(data: bytes, limits: Limits) -> None:
    with pytest.raises(BadInput) as caught:
        read_text("a.csv", data, limits)
    assert caught.value.reference == "sheet.text-too-big"


def test_columns_beyond_the_last_are_said_once() -> None:
    (sheet,) = read_text("a.csv", b"a,b,c\nd,e,f\n", Limits(columns=2)).sheets
    assert [len(row) for row in sheet.rows] == [2, 2]
    assert sheet.notes == ("Only columns up to B were read; a.csv › row 1 is longer.",)


def test_control_characters_in_text() -> None:
    assert _texts(b"a,b\nx\x07" + b"y" * 200 + b",\x1b[2J\n")[1] == ["x\ufffd" + "y" * 200, "\ufffd[2J"]


FORMULAS = [
    "=1+1",
    "+44 20",
    "-a",
    "@SUM(A1)",
    "|calc",
    "%x",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\ufeff=1",
    "＝1",
    "＠x",
    "'=1",
    "\t",
    "-1+1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_guarded(text: str) -> None:
    assert guard_field(text) == "'" + text
    assert unguard_field(guard_field(text)) == text


@pytest.mark.parametrize("text", ["", "-12.50", "+3", "102975", "Wilson's", "'Tis", "a=b", "CP1"])
def test_plain_fields_stay(text: str) -> None:
    assert guard_field(text) == text
    assert unguard_field(text) == text


@given(st.text(max_size=12))
def test_guarding_is_undone_exactly(text: str) -> None:
    assert unguard_field(guard_field(text)) == text


def test_csv_written_is_read_again(tmp_path: Path) -> None:
    rows = [["=cmd()", -5, None, True, date(2020, 11, 24)], ["x,y", 1.5, 'say "so"', False, "two\nlines"]]
    path = tmp_path / "out.csv"
    path.write_bytes(csv_bytes(["School", "-", "c", "d", "e"], rows))
    (sheet,) = read_book(path).sheets
    assert [[cell.text for cell in row] for row in sheet.rows] == [
        ["School", "-", "c", "d", "e"],
        ["=cmd()", "-5", "", "TRUE", "2020-11-24"],
        ["x,y", "1.5", 'say "so"', "FALSE", "two\nlines"],
    ]
    raw = list(csv.reader(io.StringIO(csv_text(["School"], rows), newline="")))
    assert raw[1][:2] == ["'=cmd()", "-5"]
