"""Good files are read cell by cell, as another reader reads them, and say what was left out."""

from __future__ import annotations

import gc
import io
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color

from senco.errors import BadInput
from senco.sheets.kinds import Cell, Sheet
from senco.sheets.limits import Limits
from senco.sheets.reading import read_book
from senco.sheets.workbook import read_workbook
from tests.sheets.hostile import MAIN, book, good_parts, zipped

if TYPE_CHECKING:
    from pathlib import Path


# a spreadsheet's moments have no zone
HALF_PAST_ONE = datetime.fromisoformat("2020-11-24T13:30")
TWO = datetime.fromisoformat("2020-11-24T14:00")


def _saved(workbook: Any) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_merges_are_filled_and_fills_resolved(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Clusters"
    sheet.append(["Lead", "Cluster", "Secondary", None])
    sheet.append(["Anna", "CP1", "Harris", "Avenue"])
    sheet.append([None, None, "Overton", None])
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("B2:B3")
    sheet["C2"].fill = PatternFill("solid", fgColor="FF92D050")
    sheet["D2"].fill = PatternFill("solid", fgColor=Color(theme=4, tint=0.5999))
    sheet["D3"].fill = PatternFill("solid", fgColor=Color(indexed=13))
    sheet["C3"].fill = PatternFill("lightGrid", fgColor="FF92D050")
    path = tmp_path / "clusters.xlsx"
    path.write_bytes(_saved(workbook))
    read = read_book(path)
    assert (read.kind, read.file, read.notes) == ("xlsx", "clusters.xlsx", ())
    (table,) = read.sheets
    assert [cell.text for cell in table.rows[3]] == ["Anna"]
    assert table.cell(4, 1) == Cell(4, 1, "Anna", "Anna", None, "A2:A4")
    assert table.cell(3, 2).merged == "B2:B3"
    assert table.cell(2, 3).fill == "92D050"
    assert table.cell(2, 4).fill == "B9CDE5"
    assert table.cell(3, 4) == Cell(3, 4, "", None, "FFFF00")
    assert table.cell(3, 3).fill is None
    assert table.cell(99, 99) == Cell(99, 99, "", None)
    assert table.place(table.cell(4, 1)) == "clusters.xlsx › Clusters!A4"
    assert table.place(row=4) == "clusters.xlsx › Clusters, row 4"
    assert table.place() == "clusters.xlsx › Clusters"


def test_kinds_of_values(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    values = [102975, 102975.0, 0.1, True, date(2020, 11, 24), HALF_PAST_ONE, time(14, 0)]
    sheet.append([*values, timedelta(hours=30), "=1+1", " text \r\n more ", "#N/A", 1e20])
    sheet["A1"].number_format = "000000"
    path = tmp_path / "values.xlsx"
    path.write_bytes(_saved(workbook))
    (table,) = read_book(path).sheets
    assert [cell.text for cell in table.rows[0]] == [
        *("102975", "102975", "0.1", "TRUE", "2020-11-24", "2020-11-24T13:30:00", "14:00:00"),
        *("30:00:00", "", "text \n more", "#N/A", "1e+20"),
    ]
    expected = [102975, 102975, 0.1, True, date(2020, 11, 24), HALF_PAST_ONE, time(14)]
    assert [cell.value for cell in table.rows[0]][:7] == expected
    assert any("I1" in note and "saved value" in note for note in table.notes)
    assert any("K1 (#N/A)" in note for note in table.notes)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.integers(-(10**12), 10**12),
                st.floats(allow_nan=False, allow_infinity=False, width=32),
                st.booleans(),
                st.dates(date(1901, 1, 1), date(2200, 1, 1)),
                st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=9).filter(
                    lambda text: text[0] not in "=#" and "_x" not in text
                ),
            ),
            max_size=6,
        ),
        max_size=6,
    )
)
def test_reads_what_openpyxl_reads(rows: list[list[Any]]) -> None:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    data = _saved(workbook)
    (table,) = read_workbook("x.xlsx", data).sheets
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    for row in sheet.iter_rows():
        for other in row:
            ours = table.cell(other.row, other.column).value
            theirs = other.value.date() if isinstance(other.value, datetime) else other.value
            if isinstance(theirs, float):
                assert ours == pytest.approx(theirs)
            else:
                assert ours == theirs


def test_dates_counted_from_1904() -> None:
    workbook = str(good_parts()["xl/workbook.xml"]).replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    rows = '<row r="1"><c r="A1" s="2"><v>42697</v></c></row>'
    (table,) = read_workbook("x.xlsx", book(rows, workbook=workbook)).sheets
    assert table.cell(1, 1).value == date(2020, 11, 24)


def test_texts_of_many_runs_without_their_pronunciation() -> None:
    strings = (
        f'<sst xmlns="{MAIN}"><si><r><t>St </t></r><r><t>Phils</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si></sst>'
    )
    inline = '<c t="inlineStr"><is><r><t>a</t></r><rPh><t>x</t></rPh><r><t>b</t></r></is></c>'
    rows = f'<row><c t="s"><v>0</v></c>{inline}<c t="str"><v>a_x000D_\n_xD800_b</v></c><c t="b"><v>0</v></c></row>'
    (table,) = read_workbook("x.xlsx", book(rows, sharedstrings=strings)).sheets
    assert [cell.text for cell in table.rows[0]] == ["St Phils", "ab", "a\n\ufffdb", "FALSE"]


def test_iso_dates_in_cells() -> None:
    rows = '<row><c t="d"><v>2020-11-24</v></c><c t="d"><v>2020-11-24T14:00:00.5</v></c></row>'
    (table,) = read_workbook("x.xlsx", book(rows)).sheets
    assert [cell.value for cell in table.rows[0]] == [date(2020, 11, 24), TWO]


def test_theme_and_own_palette_colour_the_fills() -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    theme = (
        f'<a:theme xmlns:a="{drawing}"><a:themeElements><a:clrScheme><a:accent1><a:srgbClr val="112233"/></a:accent1>'
        '<a:lt1><a:sysClr val="window" lastClr="fefefe"/></a:lt1><a:dk2><a:srgbClr val="bad"/></a:dk2>'
        "</a:clrScheme></a:themeElements></a:theme>"
    )
    fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor {colour}/></patternFill></fill>'
        for colour in (
            'theme="4"',
            'theme="0"',
            'theme="3"',
            'theme="99"',
            'indexed="1"',
            'indexed="64"',
            'theme="x"',
            'rgb="FF00ff00" tint="nan"',
        )
    )
    formats = '<numFmts><numFmt numFmtId="164" formatCode="[h]:mm"/><numFmt numFmtId="165" formatCode="0.0"/></numFmts>'
    styles = (
        f'<styleSheet xmlns="{MAIN}">{formats}<fills>{fills}</fills><cellXfs>'
        + "".join(f'<xf fillId="{number}"/>' for number in range(8))
        + '<xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="46"/><xf numFmtId="x"/></cellXfs>'
        '<colors><indexedColors><rgbColor rgb="00000000"/><rgbColor rgb="00ABCDEF"/></indexedColors></colors>'
        "</styleSheet>"
    )
    cells = "".join(f'<c s="{number}"><v>1.5</v></c>' for number in range(12))
    parts = good_parts()
    parts["xl/worksheets/sheet1.xml"] = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row>{cells}</row></sheetData></worksheet>'
    )
    parts["xl/styles.xml"] = styles
    parts["xl/theme/theme1.xml"] = theme
    (table,) = read_workbook("x.xlsx", zipped(parts)).sheets
    assert [cell.fill for cell in table.rows[0]][:8] == [
        *("112233", "FEFEFE", "1F497D", None, "ABCDEF", None, None, "00FF00"),
    ]
    assert [cell.text for cell in table.rows[0]][8:] == ["36:00:00", "1.5", "36:00:00", "1.5"]


def test_hidden_rows_and_columns_are_left_out_but_keep_their_numbers() -> None:
    rows = "".join(
        f'<row r="{row}" hidden="{int(row == 2)}"><c r="A{row}"><v>{row}</v></c><c r="C{row}"><v>9</v></c></row>'
        for row in range(1, 9)
    )
    merged = '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="E7:E8"/></mergeCells>'
    (table,) = read_workbook("x.xlsx", book(rows, '<cols><col min="3" max="3" hidden="1"/></cols>', merged)).sheets
    assert table.rows[1] == ()
    assert [row[0].text for row in table.rows if row] == ["1", "2", "4", "5", "6", "7", "8"]
    assert all(len(row) <= 1 for row in table.rows)
    assert "Hidden rows were not read: 2." in table.notes
    assert "Hidden columns were not read: C." in table.notes


def test_many_places_are_counted() -> None:
    rows = "<row>" + "<c><f>1</f></c>" * 5 + "<c><v>1</v></c></row>"
    (table,) = read_workbook("x.xlsx", book(rows)).sheets
    assert table.notes == (
        "Formulas without a saved value read as blank: A1, B1, C1 and 2 more. Open and save the file.",
    )


def test_cells_are_counted_over_all_sheets() -> None:
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row><c r="F1"><v>1</v></c></row></sheetData></worksheet>'
    parts = good_parts({"A": sheet, "B": sheet})
    assert len(read_workbook("x.xlsx", zipped(parts), Limits(cells=12)).sheets) == 2
    with pytest.raises(BadInput) as caught:
        read_workbook("x.xlsx", zipped(parts), Limits(cells=11))
    assert caught.value.reference == "sheet.too-big"
    merged = '<mergeCells><mergeCell ref="A1:F3"/></mergeCells>'
    with pytest.raises(BadInput):
        read_workbook("x.xlsx", book('<row><c r="A1"><v>1</v></c></row>', after=merged), Limits(cells=17))


def test_places_in_text_files() -> None:
    sheet = Sheet("a.csv", "", ())
    assert sheet.place() == "a.csv"
    assert sheet.place(row=3) == "a.csv › row 3"


def test_the_collector_is_left_as_it_was() -> None:
    try:
        for wanted in (gc.disable, gc.enable):
            wanted()
            before = gc.isenabled()
            read_workbook("x.xlsx", book())
            assert gc.isenabled() is before
    finally:
        gc.enable()
