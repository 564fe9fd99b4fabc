"""Workbooks written: plain, the same to the byte, typed as text, and laid out so that nothing is cut on paper."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from senco.sheets import layout
from senco.sheets.packing import why_not_plain
from senco.sheets.workbook import read_workbook
from senco.sheets.writing import (
    CellSpec,
    ColumnKind,
    ColumnSpec,
    LegendEntry,
    MergeSpec,
    SheetSpec,
    WorkbookSpec,
    workbook_bytes,
)
from tests.sheets.hostile import good_parts, sheet_xml, zipped
from tests.sheets.test_delimited import FORMULAS

MADE = datetime(2020, 11, 20, 12, tzinfo=UTC)
OUTCOMES = ("Support", "Advise", "Confirm")
COLUMNS = (
    ColumnSpec("No.", ColumnKind.COUNT),
    ColumnSpec("Case"),
    ColumnSpec("Heard", ColumnKind.DATE),
    ColumnSpec("Asked", ColumnKind.POUNDS, total=True),
    ColumnSpec("Share", ColumnKind.NUMBER),
    ColumnSpec("Why"),
    ColumnSpec("Decision", choices=OUTCOMES, choices_error="Choose a decision.", to_fill=True, width=16),
)
LONG = "Two cycles of plan, do and review show little movement so far. " * 5
ROWS = (
    (1, "R-7KQ4", date(2020, 11, 24), 812345, 0.25, LONG),
    (2, CellSpec("R-8KQ4", fill="92D050", bold=True), date(2020, 11, 24), 100, None, "Short"),
    (3, "=1+1", None, None, None, "#REF!"),
)
AGENDA = SheetSpec(
    "Agenda",
    COLUMNS,
    ROWS,
    title="SEN Panel & others – 24 November 2020",
    lines=("Venue: HAS", "Confidential"),
    totals="Total",
    notes=("Declarations of interest come first.",),
    legend_title="Key",
    legend=(LegendEntry("Own-school interest", "FDE9D9"), LegendEntry("A trust " * 30, "92D050")),
    freeze_columns=2,
)
SPEC = WorkbookSpec((AGENDA,), title="Agenda <1>", footer="senco & co", seal="Seal 128-K7QX")


def _opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def _one(columns: tuple[ColumnSpec, ...], rows: tuple[tuple[Any, ...], ...], **more: Any) -> Any:
    return _opened(workbook_bytes(WorkbookSpec((SheetSpec("S", columns, rows, **more),)), made=MADE)).worksheets[0]


def test_the_same_spec_gives_the_same_bytes() -> None:
    data = workbook_bytes(SPEC, made=MADE)
    assert workbook_bytes(SPEC, made=MADE.astimezone(timezone(timedelta(hours=1)))) == data
    assert workbook_bytes(SPEC, made=MADE.replace(tzinfo=None)) == data
    assert workbook_bytes(SPEC, made=MADE + timedelta(days=1)) != data


def test_nothing_is_hidden_and_nobody_named() -> None:
    data = workbook_bytes(SPEC, made=MADE)
    assert why_not_plain(data) == []
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        core = parts.read("docProps/core.xml").decode()
        said = parts.read("docProps/app.xml").decode()
    assert "<dc:creator>senco</dc:creator>" in core
    assert "Agenda &lt;1&gt;" in core
    assert "2020-11-20T12:00:00Z" in core
    assert "openpyxl" not in core
    assert "<Application>senco</Application>" in said


def test_it_prints_as_a_panel_needs_it() -> None:
    sheet = _opened(workbook_bytes(SPEC, made=MADE)).worksheets[0]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.freeze_panes == "C6"
    assert sheet.oddFooter.center.text == "Page &P of &N"
    assert sheet.oddFooter.left.text == "senco && co"
    assert sheet.oddFooter.right.text == "Seal 128-K7QX"


def test_values_and_formats() -> None:
    sheet = _opened(workbook_bytes(SPEC, made=MADE)).worksheets[0]
    assert sheet["D6"].value == 8123.45
    assert sheet["D6"].number_format == "£#,##0.00"
    assert sheet["C6"].value.date() == date(2020, 11, 24)
    assert sheet["C6"].number_format == "dd mmm yyyy"
    assert sheet["A9"].value == "Total"
    assert sheet["D9"].value == 8124.45
    assert sheet["B7"].fill.fgColor.rgb == "FF92D050"
    assert sheet["B7"].font.b
    assert sheet["G6"].alignment.wrap_text, "what is filled in later wraps"
    assert not sheet["D6"].alignment.wrap_text
    (rule,) = sheet.data_validations.dataValidation
    assert rule.formula1 == '"Support,Advise,Confirm"'
    assert str(rule.sqref) == "G6:G8"
    assert (rule.showErrorMessage, rule.error) == (True, "Choose a decision.")


def test_the_reader_reads_it_back() -> None:
    (table,) = read_workbook("a.xlsx", workbook_bytes(SPEC, made=MADE)).sheets
    assert table.notes == ()
    assert [cell.text for cell in table.rows[7]][:2] == ["3", "=1+1"]
    assert table.cell(8, 6).text == "#REF!"
    assert table.cell(7, 2).fill == "92D050"
    assert table.cell(6, 3).value == date(2020, 11, 24)
    assert table.cell(6, 4).value == 8123.45
    assert table.cell(12, 1).fill == "FDE9D9"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(text: str) -> None:
    data = workbook_bytes(WorkbookSpec((SheetSpec("S", (ColumnSpec(text),), ((text,),)),)), made=MADE)
    sheet = _opened(data).worksheets[0]
    assert sheet["A2"].data_type in {"s", "n"}, "a text, or blank"
    assert why_not_plain(data) == []
    if sheet["A2"].value and "\ufffd" not in sheet["A2"].value:
        assert sheet["A2"].quotePrefix
        assert sheet["A2"].number_format == "@"


def test_odd_texts_are_cleaned_and_none_is_too_long() -> None:
    sheet = _one((ColumnSpec("a"),), (("\x1b[2J\ud800",), ("x" * 40_000,), ("y" * 300,)))
    assert sheet["A2"].value == "\ufffd[2J\ufffd"
    assert len(sheet["A3"].value) == 32_767
    assert sheet["A3"].value.endswith("(cut)")
    assert sheet["A4"].number_format == "General", "the format Text shows ##### for more than 255 letters"


def test_merges_and_rows_without_headings() -> None:
    columns = tuple(ColumnSpec("") for _ in range(3))
    rows = (("Lead", "CP1", "Harris"), (None, None, "Overton"), ("A long line over all columns. " * 9,))
    sheet = _one(columns, rows, headings=False, merges=(MergeSpec(1, 1, 2, 1), MergeSpec(3, 1, 3, 3)))
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:A2", "A3:C3"}
    assert sheet.freeze_panes is None
    width = sum(sheet.column_dimensions[letter].width for letter in "ABC")
    assert sheet.row_dimensions[3].height >= layout.height_of(layout.lines_needed(rows[2][0], width))
    assert sheet.column_dimensions["A"].width < 20, "a text over all columns makes none of them wide"


def test_a_tall_merged_text_makes_its_rows_higher() -> None:
    columns = (ColumnSpec("a", width=10.0), ColumnSpec("b"))
    sheet = _one(columns, (("word " * 40, "x"), (None, "y")), merges=(MergeSpec(1, 1, 2, 1),))
    heights = sheet.row_dimensions[2].height + sheet.row_dimensions[3].height
    assert heights >= layout.height_of(layout.lines_needed("word " * 40, 10.0))


def test_long_lists_stand_where_everyone_sees_them() -> None:
    many = tuple(f"School number {number}" for number in range(40))
    columns = (ColumnSpec("a", choices=many), ColumnSpec("b", choices=("x,y", "z")), ColumnSpec("c", choices=many))
    data = workbook_bytes(WorkbookSpec((SheetSpec("S", columns, ((None, None, None),)),)), made=MADE)
    book = _opened(data)
    assert [rule.formula1 for rule in book["S"].data_validations.dataValidation] == [
        *("Choices!$A$1:$A$40", "Choices!$B$1:$B$2", "Choices!$A$1:$A$40"),
    ]
    assert book["Choices"]["A40"].value == "School number 39"
    assert book["Choices"].sheet_state == "visible"
    assert why_not_plain(data) == []


def test_choices_without_rows_make_no_rule() -> None:
    assert not _one((ColumnSpec("a", choices=OUTCOMES),), ()).data_validations.dataValidation


def test_several_sheets_and_one_column() -> None:
    spec = WorkbookSpec((replace(AGENDA, name="One"), SheetSpec("Two", (ColumnSpec("a"),), (("x",),), title="T")))
    assert _opened(workbook_bytes(spec, made=MADE)).sheetnames == ["One", "Two"]


@pytest.mark.parametrize("name", ["", "a" * 32, "a/b", "'a", "a'", "a:b", "[a]", "a\nb"])
def test_names_no_spreadsheet_takes(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        SheetSpec(name, (ColumnSpec("a"),), ())


def test_specs_that_do_not_hold_together() -> None:
    with pytest.raises(ValueError, match="columns"):
        SheetSpec("S", (), ())
    with pytest.raises(ValueError, match="columns"):
        SheetSpec("S", (ColumnSpec("a"),), ((1, 2),))
    with pytest.raises(ValueError, match="fill"):
        CellSpec("a", fill="green")
    with pytest.raises(ValueError, match="own"):
        WorkbookSpec((AGENDA, replace(AGENDA, name="AGENDA")))
    with pytest.raises(ValueError, match="sheets"):
        WorkbookSpec(())


# layout


def test_wrapped_columns_give_way_until_the_table_fits() -> None:
    long = [("word " * 60, False)]
    widths = layout.fit_columns([[("No.", True)], long, long, long, long, long], [None] * 6, [True] * 6, [0.0] * 6)
    assert sum(widths) <= layout.PAGE_WIDTH + 6
    assert min(widths[1:]) >= layout.READABLE


def test_a_text_deeper_than_a_row_gets_a_wider_column() -> None:
    deep = "word " * 500
    (width,) = layout.fit_columns([[(deep, False)]], [None], [True], [0.0])
    assert width > layout.WIDEST
    assert layout.height_of(layout.lines_needed(deep, width)) < layout.HIGHEST_ROW


@settings(max_examples=50)
@given(st.text(max_size=200), st.floats(3, 60))
def test_lines_suffice_for_the_letters(text: str, width: float) -> None:
    lines = layout.lines_needed(text, width)
    assert lines >= text.count("\n") + 1
    widest = max(layout.text_width(line.rstrip()) for line in text.split("\n"))
    assert lines * max(width - layout.CELL_PADDING, 1) >= widest


def test_wide_scripts_take_more_room() -> None:
    assert layout.text_width("漢字") > layout.text_width("éé") > layout.text_width("ii")


# why_not_plain


def _reasons(name: str, data: str | bytes) -> str:
    return "; ".join(why_not_plain(zipped({**good_parts(), name: data})))


def test_what_a_workbook_may_hide_is_found() -> None:
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    sheet = "xl/worksheets/sheet1.xml"
    workbook = str(good_parts()["xl/workbook.xml"])
    assert "part xl/vbaProject.bin" in _reasons("xl/vbaProject.bin", b"x")
    assert "times in the zip" in _reasons(sheet, sheet_xml())
    assert "a hidden sheet" in _reasons("xl/workbook.xml", workbook.replace("visible", "veryHidden"))
    named = workbook.replace(
        "</sheets>", '</sheets><definedNames><definedName name="Secret">1</definedName></definedNames>'
    )
    assert "a name of its own" in _reasons("xl/workbook.xml", named)
    assert "a hidden row" in _reasons(sheet, sheet_xml('<row r="1" hidden="1"/>'))
    assert "a row too small" in _reasons(sheet, sheet_xml('<row r="1" ht="0"/>'))
    assert "a hidden col" in _reasons(sheet, sheet_xml(before='<cols><col min="1" max="1" hidden="true"/></cols>'))
    assert "a formula" in _reasons(sheet, sheet_xml("<row><c><f>1+1</f></c></row>"))
    assert "a link in" in _reasons(sheet, sheet_xml(after="<hyperlinks><hyperlink/></hyperlinks>"))
    outer = str(good_parts()["xl/_rels/workbook.xml.rels"]).replace(
        "<Relationship ", '<Relationship TargetMode="External" '
    )
    assert "leads outside" in _reasons("xl/_rels/workbook.xml.rels", outer)
    author = (
        f'<cp:p xmlns:cp="{core}" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>A. Name</dc:creator></cp:p>'
    )
    assert "an author" in _reasons("docProps/core.xml", author)


def test_a_comment_in_the_zip_is_found() -> None:
    out = io.BytesIO(workbook_bytes(SPEC, made=MADE))
    with zipfile.ZipFile(out, "a") as parts:
        parts.comment = b"hidden"
    assert why_not_plain(out.getvalue()) == ["a comment in the zip"]
