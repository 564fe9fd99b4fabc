"""Charts under a table: native, of the sheet's own cells, the same to the byte, and nothing else let in with them."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Literal

import pytest

from senco.sheets.packing import why_not_plain
from senco.sheets.writing import ChartSpec, ColumnKind, ColumnSpec, SheetSpec, WorkbookSpec, workbook_bytes

MADE = datetime(2020, 11, 24, tzinfo=UTC)
COLUMNS = (
    ColumnSpec("Fund"),
    ColumnSpec("Spent", ColumnKind.POUNDS, total=True),
    ColumnSpec("Free", ColumnKind.POUNDS),
)
ROWS = (("CP1", 100, 50), ("CP2", 200, 25))
Kind = Literal["line", "bars", "stacked"]


def book(kind: Kind = "stacked", *, rows: tuple[tuple[str | int, ...], ...] = ROWS, headings: bool = True) -> bytes:
    chart = ChartSpec("Where the money is", kind, 0, (1, 2))
    sheet = SheetSpec("Fund's 1", COLUMNS, rows, totals="Total", headings=headings, chart=chart)
    return workbook_bytes(WorkbookSpec((sheet,)), made=MADE)


def chart_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return parts.read("xl/charts/chart1.xml").decode()


@pytest.mark.parametrize("kind", ["line", "bars", "stacked"])
def test_a_chart_is_native_plain_and_the_same_to_the_byte(kind: Kind) -> None:
    data = book(kind)
    assert data == book(kind)
    assert why_not_plain(data) == []
    told = chart_of(data)
    assert ("<lineChart>" in told, "<barChart>" in told) == (kind == "line", kind != "line")
    assert ('val="stacked"' in told) == (kind == "stacked")
    assert "$B$2:$B$3" in told  # the rows, without headings and totals


@pytest.mark.parametrize(("rows", "broken"), [(14, False), (15, True)])
def test_a_chart_under_a_long_table_has_a_page_of_its_own(rows: int, broken: bool) -> None:
    data = book(rows=tuple((f"CP{number}", 100, 50) for number in range(rows)))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert (b"<rowBreaks" in parts.read("xl/worksheets/sheet1.xml")) == broken
    assert why_not_plain(data) == []


def test_without_headings_there_is_no_legend() -> None:
    assert "<legend>" in chart_of(book())
    told = chart_of(book(headings=False))
    assert "<legend>" not in told
    assert "$B$1:$B$2" in told


@pytest.mark.parametrize("rows", [(), ROWS[:1]])
def test_a_table_of_less_than_two_rows_has_no_chart(rows: tuple[tuple[str | int, ...], ...]) -> None:
    assert not any("chart" in name for name in zipfile.ZipFile(io.BytesIO(book(rows=rows))).namelist())


@pytest.mark.parametrize(
    ("part", "old", "new", "told"),
    [
        ("xl/charts/chart1.xml", "<f>'", "<f>'[other.xlsx]", "a chart of cells elsewhere"),
        ("xl/drawings/drawing1.xml", "</oneCellAnchor>", "<pic></pic></oneCellAnchor>", "a drawing that is no chart"),
        ("xl/drawings/drawing1.xml", "</oneCellAnchor>", "<sp></sp></oneCellAnchor>", "a drawing that is no chart"),
    ],
)
def test_what_a_chart_could_smuggle_out_is_found(part: str, old: str, new: str, told: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            text = source.read(info)
            if info.filename == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            target.writestr(info, text)
    assert any(told in reason for reason in why_not_plain(out.getvalue()))


def test_a_drawing_without_a_chart_is_no_plain_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            if "charts/" not in info.filename:
                target.writestr(info, source.read(info))
    assert any("a drawing" in reason for reason in why_not_plain(out.getvalue()))
