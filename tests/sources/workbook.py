"""The published document as a workbook and as tab-separated text, as messy as it circulates."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color

from tests.sources import programme, table

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_MADE = datetime(2020, 9, 1)  # noqa: DTZ001 - what a workbook keeps has no zone
_THICK = Side(style="thick", color="000000")
BASE_BORDER = Border(left=_THICK, right=_THICK, top=_THICK, bottom=_THICK)


def workbook() -> Workbook:
    """Give the document as a workbook of two sheets.

    A school's trust is its cell's fill, explained in the key below the table. An opportunity base is a thick border
    round the school's cell, so that it can stand on a cell that has a trust's fill too.
    """
    book = Workbook()
    _programme(book.worksheets[0])
    _clusters(book.create_sheet("Clusters"))
    book.properties.creator = None
    book.properties.created = _MADE
    return book


def workbook_bytes() -> bytes:
    """Give the workbook's file, the same bytes at every build with the same libraries."""
    saved, made = io.BytesIO(), io.BytesIO()
    workbook().save(saved)
    stamp = _MADE.strftime("%Y-%m-%dT%H:%M:%SZ")
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(made, "w") as out:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp.encode(), content)
            entry = zipfile.ZipInfo(name, (2020, 9, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, content)
    return made.getvalue()


def tab_separated() -> str:
    """Give the document as the text in which it circulates: programme and table in one file, fills and borders lost."""
    lines = [f"4. {programme.TITLE}", ""]
    lines += _lines((programme.HEADINGS, *programme.ROWS))
    lines += ["", f"5. {table.TITLE}", ""]
    lines += _lines(table.HEADINGS)
    lines += _lines([block.row(place) for block in table.BLOCKS for place in range(block.height)])
    lines += ["", f"{table.KEY}\t", *(f"\t{trust}" for trust in table.TRUST_FILLS), "\t"]
    lines += [f"\t{word}" for word in table.OPPORTUNITY_BASE_KEY]
    return "\n".join(lines) + "\n"


def _lines(rows: tuple[tuple[str, ...], ...] | list[tuple[str, str, str, str, str]]) -> list[str]:
    return ["\t".join(row) if any(row) else "" for row in rows]


def _programme(sheet: Worksheet) -> None:
    sheet.title = "Dates and Venues"
    sheet["A1"] = programme.TITLE
    sheet["A1"].font = Font(bold=True, size=14)
    for row, values in enumerate((programme.HEADINGS, *programme.ROWS), 3):
        for column, value in enumerate(values, 1):
            if value:
                sheet.cell(row, column, value)
    for letter, width in zip("ABCD", (26, 30, 30, 90), strict=True):
        sheet.column_dimensions[letter].width = width


def _clusters(sheet: Worksheet) -> None:
    sheet["A1"] = table.TITLE
    sheet["A1"].font = Font(bold=True, size=14)
    row = 3
    for heading in table.HEADINGS:
        _write(sheet, row, heading)
        row += 1
    for block in table.BLOCKS:
        for place in range(block.height):
            _write(sheet, row + place, block.row(place))
        for column in (1, 2):
            sheet.merge_cells(start_row=row, end_row=row + block.height - 1, start_column=column, end_column=column)
        row += block.height
    _key(sheet, row + 1)
    for letter, width in zip("ABCDE", (22, 14, 24, 24, 24), strict=True):
        sheet.column_dimensions[letter].width = width


def _write(sheet: Worksheet, row: int, values: tuple[str, ...]) -> None:
    for column, value in enumerate(values, 1):
        if not value:
            continue
        cell = sheet.cell(row, column, value)
        if value in table.TRUSTS:
            _fill(cell, table.TRUST_FILLS[table.TRUSTS[value]])
        if value in table.OPPORTUNITY_BASES:
            cell.border = BASE_BORDER


def _key(sheet: Worksheet, row: int) -> None:
    sheet.cell(row, 1, table.KEY)
    for place, (trust, colour) in enumerate(table.TRUST_FILLS.items(), row + 1):
        _fill(sheet.cell(place, 2, trust), colour)
    row += len(table.TRUST_FILLS) + 2
    for place, word in enumerate(table.OPPORTUNITY_BASE_KEY, row):
        sheet.cell(place, 2, word)
    sheet.cell(row, 1).border = BASE_BORDER


def _fill(cell: Cell, colour: str | tuple[int, float]) -> None:
    ink = Color(rgb=f"FF{colour}") if isinstance(colour, str) else Color(theme=colour[0], tint=colour[1])
    cell.fill = PatternFill("solid", fgColor=ink)
