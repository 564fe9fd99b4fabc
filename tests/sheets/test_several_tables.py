"""Several tables on one sheet, kinds of figures, gaps in charts, and what stands at the head of every page."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest

from senco.sheets.packing import why_not_plain
from senco.sheets.writing import CellSpec, ChartSpec, ColumnKind, ColumnSpec, SheetSpec, WorkbookSpec, workbook_bytes

MADE = datetime(2020, 11, 24, tzinfo=UTC)
TWO = (ColumnSpec("Cluster"), ColumnSpec("Requests", ColumnKind.COUNT))


def table(title: str, *, rows: int = 3, chart: bool = False) -> SheetSpec:
    told = tuple((f"CP{number}", number) for number in range(1, rows + 1))
    last = (CellSpec("Borough"), CellSpec("[c]", right=True))
    drawn = ChartSpec(title, "bars", 0, (1,)) if chart else None
    return SheetSpec("Requests", TWO, told, title=title, last=last, notes=(f"Note on {title}",), chart=drawn)


def sheet(*parts: SheetSpec, **more: Any) -> SheetSpec:
    return SheetSpec("Requests", TWO, (), title="All", lines=("Said.",), headings=False, also=parts, **more)


def opened(spec: SheetSpec, **more: str) -> Any:
    data = workbook_bytes(WorkbookSpec((spec,), **more), made=MADE)
    assert why_not_plain(data) == []
    assert data == workbook_bytes(WorkbookSpec((spec,), **more), made=MADE)
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def test_tables_stand_under_each_other_with_their_last_rows_and_notes() -> None:
    told = [row[0].value for row in opened(sheet(table("One"), table("Two"))).iter_rows()]
    assert told == [
        "All", "Said.",
        None, "One", "Cluster", "CP1", "CP2", "CP3", "Borough", None, "Note on One",
        None, "Two", "Cluster", "CP1", "CP2", "CP3", "Borough", None, "Note on Two",
    ]  # fmt: skip


def test_a_text_among_figures_stands_at_the_right() -> None:
    cell = opened(sheet(table("One")))["B9"]
    assert (cell.value, cell.alignment.horizontal, cell.number_format) == ("[c]", "right", "@")


def test_a_chart_has_room_of_its_own_and_the_last_row_is_no_part_of_it() -> None:
    told = opened(sheet(table("One", chart=True), table("Two")))
    (chart,) = told._charts
    assert chart.series[0].val.numRef.f == "'Requests'!$B$6:$B$8"
    below = next(row for row in range(12, 60) if told.cell(row, 1).value == "Two")
    points = sum(told.row_dimensions[row].height or 15 for row in range(chart.anchor._from.row + 1, below))
    assert points > 7 * 72 / 2.54


def test_a_page_ends_before_a_table_that_it_has_no_room_for() -> None:
    def breaks(*parts: SheetSpec) -> list[int]:
        return [each.id for each in opened(sheet(*parts)).row_breaks.brk]

    assert breaks(table("One"), table("Two")) == []
    (one,) = breaks(table("One", rows=20), table("Two", rows=20))
    assert opened(sheet(table("One", rows=20), table("Two", rows=20))).cell(one + 1, 1).value in {None, "Two"}
    # A table and its chart stay together while one page holds both; else the chart goes to the next.
    assert len(breaks(table("One", rows=5, chart=True), table("Two", rows=5, chart=True))) == 1
    assert len(breaks(table("One", rows=20, chart=True))) == 1


@pytest.mark.parametrize(
    ("kind", "value", "read", "form"),
    [
        (ColumnKind.PERCENT, 957, 0.957, "0.0%"),
        (ColumnKind.SCORE, -3, -0.3, "+0.0;-0.0;0.0"),
        (ColumnKind.MINUTES, 3990, timedelta(minutes=3990), "[h]:mm"),
        (ColumnKind.POUNDS, 4350055, 43500.55, "£#,##0.00"),
    ],
)
def test_figures_are_written_as_what_they_are(kind: ColumnKind, value: int, read: object, form: str) -> None:
    column = ColumnSpec("n", kind, total=True)
    cell = opened(SheetSpec("S", (ColumnSpec("A"), column), (("x", value), ("y", 0)), totals="All"))["B2"]
    assert (cell.value, cell.number_format) == (read, form)


def test_the_head_of_every_page_and_the_line_above_the_title() -> None:
    told = opened(sheet(table("One"), lead="First of all."), header="Internal & not for publication")
    assert told["A1"].value == "First of all."
    assert told.oddHeader.center.text == "Internal && not for publication"
    assert opened(sheet(table("One"))).oddHeader.center.text is None
    assert SheetSpec("S", TWO, (), title="T", lead="L").first_row == 5


def test_lines_have_room_above_a_narrow_table() -> None:
    narrow, roomy = opened(sheet(table("One"))), opened(sheet(table("One"), least_width=96.0))
    assert len(narrow.column_dimensions) == 2
    assert sum(each.width for each in roomy.column_dimensions.values()) == pytest.approx(96, abs=1)


def test_a_chart_may_be_drawn_from_elsewhere_from_nought_and_in_its_own_kind() -> None:
    chart = ChartSpec(
        "Share", "line", 0, (1,), figures=ColumnKind.PERCENT, from_nought=True, elsewhere="Drawn", heading_row=1
    )
    first = SheetSpec("S", TWO, (("a", CellSpec("[c]", right=True)), ("b", 1)), chart=chart)
    drawn = SheetSpec("Drawn", (ColumnSpec("A"), ColumnSpec("Share", ColumnKind.PERCENT)), (("a", None), ("b", 1)))
    data = workbook_bytes(WorkbookSpec((first, drawn)), made=MADE)
    assert why_not_plain(data) == []
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        told = parts.read("xl/charts/chart1.xml").decode()
    assert "'Drawn'!$B$2:$B$3" in told
    assert 'formatCode="0%"' in told
    assert '<min val="0"' in told
    assert 'dispBlanksAs val="gap"' in told
    assert '<symbol val="circle"' in told
