"""Formulas of our own in a written workbook: only ours, in their places, and told apart from any other."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest

from senco.sheets.packing import why_not_plain
from senco.sheets.workbook import read_workbook
from senco.sheets.writing import CellSpec, ColumnKind, ColumnSpec, SheetSpec, WorkbookSpec, workbook_bytes

MADE = datetime(2020, 11, 20, 12, tzinfo=UTC)
COST = '=IF(B{row}="","",ROUND(B{row}/60*N(C{row}),2))'
LINES = SheetSpec(
    "Lines",
    (
        ColumnSpec("What", choices_from="=Names!$A${Names.first}:$A${Names.last}", prompt="Choose one."),
        ColumnSpec("Minutes", ColumnKind.COUNT, to_fill=True, prompt="In a week."),
        ColumnSpec("Rate", ColumnKind.NUMBER, to_fill=True),
        ColumnSpec("Cost", ColumnKind.NUMBER, width=12, total_formula="=SUM(D{first}:D{last})"),
    ),
    (
        ("Mentor", 60, 18.9, CellSpec(None, formula=COST, kind=ColumnKind.NUMBER)),
        (None, None, None, CellSpec(None, formula=COST)),
        (CellSpec("Yes", choices=("Yes", "No"), to_fill=True, prompt="Yes or no.", lines=3), None, None, None),
    ),
    title="A map",
    lines=("One line",),
    totals="Total",
    grows=True,
    least_lines=2,
)  # fmt: skip
NAMES = SheetSpec("Names", (ColumnSpec("Name"),), (("Mentor",), ("Therapist",)))
SPEC = WorkbookSpec((LINES, NAMES))


def opened() -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(SPEC, made=MADE)))


def test_formulas_stand_in_their_rows() -> None:
    sheet = opened()["Lines"]
    assert (LINES.first_row, LINES.last_row, NAMES.first_row) == (5, 7, 2)
    assert sheet["D5"].value == '=IF(B5="","",ROUND(B5/60*N(C5),2))'
    assert sheet["D6"].value == COST.replace("{row}", "6")
    assert sheet["D8"].value == "=SUM(D5:D7)"
    assert sheet["A8"].value == "Total"


def test_a_row_that_grows_has_a_height_that_is_not_fixed() -> None:
    part = zipfile.ZipFile(io.BytesIO(workbook_bytes(SPEC, made=MADE))).read("xl/worksheets/sheet1.xml").decode()
    assert '<row r="5" ht="28.5">' in part
    assert '<row r="7" ht="41.25">' in part
    assert '<row r="8" ht="15.75" customHeight="1">' in part


def test_choices_and_prompts_stand_beside_their_cells() -> None:
    rules = {str(rule.sqref): rule for rule in opened()["Lines"].data_validations.dataValidation}
    assert rules["A5:A7"].formula1 == "Names!$A$2:$A$3"
    assert rules["A5:A7"].prompt == "Choose one."
    assert (rules["B5:B7"].type, rules["B5:B7"].prompt) == (None, "In a week.")
    assert (rules["A7"].formula1, rules["A7"].prompt) == ('"Yes,No"', "Yes or no.")


def test_our_formulas_are_plain_and_any_other_is_not() -> None:
    data = workbook_bytes(SPEC, made=MADE)
    assert why_not_plain(data, formulas=SPEC.formulas()) == []
    assert why_not_plain(data) == ["a formula in xl/worksheets/sheet1.xml"]
    assert why_not_plain(data, formulas=SPEC.formulas() - {"SUM(D5:D7)"}) == ["a formula in xl/worksheets/sheet1.xml"]


def test_the_reader_says_that_they_were_not_worked_out() -> None:
    book = read_workbook("map.xlsx", workbook_bytes(SPEC, made=MADE))
    assert "D5" in book.sheets[0].notes[0]
    assert book.sheets[0].cell(5, 2).value == 60


@pytest.mark.parametrize(
    "text",
    ["=HYPERLINK(A1)", "=A1&B1", '=IF(A1="x;cmd|","","")', "SUM(A1)", "=WEBSERVICE(A1)", "=[1]Other!A1", "=A1\n"],
)
def test_a_formula_of_another_kind_is_none_of_ours(text: str) -> None:
    with pytest.raises(ValueError, match="our own words"):
        CellSpec(None, formula=text)
    with pytest.raises(ValueError, match="our own words"):
        ColumnSpec("A", total_formula=text)


def test_a_text_in_a_cell_with_a_look_stays_a_text() -> None:
    spec = WorkbookSpec((SheetSpec("S", (ColumnSpec("A"),), ((CellSpec("=1+1", kind=ColumnKind.TEXT),),)),))
    data = workbook_bytes(spec, made=MADE)
    assert why_not_plain(data) == []
    assert openpyxl.load_workbook(io.BytesIO(data))["S"]["A2"].data_type == "s"
