"""The register's csv: of any length, in either encoding, with broken rows told and left out."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest

from senco.errors import BadInput, NotFound
from senco.sheets.limits import CSV_FIELD
from senco.sheets.streaming import stream_csv

if TYPE_CHECKING:
    from pathlib import Path


def _file(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "edubase.csv"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_either_encoding(tmp_path: Path, encoding: str) -> None:
    text = '"URN","EstablishmentName"\r\n"102975","St Cécile’s"\r\n'
    stream = stream_csv(_file(tmp_path, text.encode(encoding)))
    assert stream.headings == ["URN", "EstablishmentName"]
    assert stream.heading_row == 1
    assert list(stream.rows) == [(2, ["102975", "St Cécile’s"])]
    assert stream.problems == []


def test_utf8_is_not_taken_for_granted_late_in_the_file(tmp_path: Path) -> None:
    rows = b"1,xxxxxxxx\n" * 150_000
    stream = stream_csv(_file(tmp_path, b"URN,Name\n" + rows + b"2,Wilson\x92s\n"))
    assert stream.encoding == "cp1252"
    *_, last = stream.rows
    assert last == (150_002, ["2", "Wilson’s"])


def test_a_character_cut_at_the_end_is_no_utf8(tmp_path: Path) -> None:
    assert stream_csv(_file(tmp_path, b"URN,Name\n1,\xc3")).encoding == "cp1252"


def test_headings_are_found_under_a_title(tmp_path: Path) -> None:
    stream = stream_csv(_file(tmp_path, b"Register\n\nExtract,,,,\nURN,Name,LA (code)\n1,x,319\n"))
    assert stream.headings == ["URN", "Name", "LA (code)"]
    assert stream.heading_row == 4
    assert list(stream.rows) == [(5, ["1", "x", "319"])]
    assert stream.place(5) == "edubase.csv › row 5"
    assert stream.place(5, 2) == "edubase.csv › row 5, column 2"


def test_uneven_rows(tmp_path: Path) -> None:
    long = "x" * (CSV_FIELD + 1)
    data = f"URN,Name\n1\n\n2,two,,\n3,three,four\n4,nul\0\n5,{long}\n6,six\n"
    stream = stream_csv(_file(tmp_path, data.encode()))
    rows = list(stream.rows)
    assert rows[:2] == [(2, ["1", ""]), (4, ["2", "two"])]
    assert rows[-1] == (8, ["6", "six"])
    assert [problem.where for problem in stream.problems if "3" not in problem.where]
    assert stream.problem_count == len(stream.problems) >= 2
    assert "left out" in stream.problems[0].what


def test_only_the_first_problems_are_kept(tmp_path: Path) -> None:
    stream = stream_csv(_file(tmp_path, b"URN,Name\n" + b"1,2,3\n" * 50))
    assert list(stream.rows) == []
    assert (len(stream.problems), stream.problem_count) == (20, 50)


def test_errors(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as missing:
        stream_csv(tmp_path / "none.csv")
    assert missing.value.reference == "file.missing"
    for data in (b"", b"one\ntwo\n", b"x\n" * 30, b'"' + b"x" * (CSV_FIELD + 10)):
        with pytest.raises(BadInput) as caught:
            stream_csv(_file(tmp_path, data))
        assert caught.value.reference == "sheet.no-headings"
    with pytest.raises(BadInput) as book:
        stream_csv(_file(tmp_path, b"PK\x03\x04..."))
    assert book.value.reference == "sheet.not-csv"
    with pytest.raises(BadInput) as large:
        stream_csv(_file(tmp_path, b"a,b\n1,2\n"), max_bytes=5)
    assert large.value.reference == "sheet.csv-too-big"
    assert stream_csv(_file(tmp_path, b"a,b\n1,2\n3,4\n")).headings == ["a", "b"], (
        "a stream not read holds nothing open"
    )
    stream = stream_csv(_file(tmp_path, b"a,b\n1,2\n3,4\n"), max_rows=1)
    assert next(stream.rows) == (2, ["1", "2"])
    with pytest.raises(BadInput) as many:
        next(stream.rows)
    assert many.value.reference == "sheet.csv-too-big"


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = _file(tmp_path, b"URN,Name\n" + b"102975,Some school\n" * 60_000)
    tracemalloc.start()
    try:
        count = sum(1 for _ in stream_csv(path).rows)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 60_000
    assert peak < 3_000_000
