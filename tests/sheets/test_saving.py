"""Saving in memory gives what openpyxl's own saving gives, and leaves no file behind."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.datavalidation import DataValidation

from senco.errors import Fault
from senco.sheets.packing import pack
from senco.sheets.saving import saved


def a_workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in range(1, 30):
        sheet.append([f"Ångström & <b> № {row}", row, None, row / 3, "two\nlines", True])
    sheet.merge_cells("A3:B4")
    sheet.freeze_panes = "B2"
    rule = DataValidation(type="list", formula1='"a,b"')
    rule.add("C1:C9")
    sheet.add_data_validation(rule)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=9))
    sheet.add_chart(chart, "H2")
    book.create_sheet("Second").append(["x"])
    return book


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}


def test_it_is_what_openpyxl_saves() -> None:
    theirs = io.BytesIO()
    a_workbook().save(theirs)
    assert parts(saved(a_workbook())) == parts(theirs.getvalue())


def test_no_file_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    assert saved(a_workbook())
    with pytest.raises(FileNotFoundError):  # the control: openpyxl itself needs the folder
        a_workbook().save(io.BytesIO())


def test_a_part_that_no_sheet_needs_is_never_handed_out() -> None:
    book = io.BytesIO(saved(a_workbook()))
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(Fault) as caught:
        pack(book.getvalue(), title="x", made=datetime(2020, 9, 1, tzinfo=UTC))
    assert caught.value.reference == "sheet.not-plain"
