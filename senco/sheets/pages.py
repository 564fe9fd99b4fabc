"""Paper: how a written sheet is laid out for print, and where its pages end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from senco.privacy import clean
from senco.sheets.kinds import column_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from senco.sheets.specs import SheetSpec, WorkbookSpec

Rows = tuple[int, int]

A4 = "9"
SIDE_MARGIN = 0.4
END_MARGIN = 0.6
HEAD_MARGIN = 0.55
NOTE_PART = 80
NOTE_SIZE = 8
HEADER_SIZE = 11
# The room on a page of A4 held sideways, in points, and the points that a digit of the usual font takes.
PAGE_WIDTH = 842 - 2 * SIDE_MARGIN * 72
PAGE_HEIGHT = 595 - (HEAD_MARGIN + END_MARGIN) * 72
DIGIT_POINTS = 5.25
USUAL_ROW = 15.0


def set_up(sheet: Worksheet, spec: SheetSpec, book: WorkbookSpec, heading_row: int) -> None:
    """Set a sheet up for print on A4, one page wide, its headings repeated, with what stands on every page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    if heading_row:
        sheet.freeze_panes = f"{column_letters(spec.freeze_columns + 1)}{heading_row + 1}"
        sheet.print_title_rows = f"{heading_row}:{heading_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = SIDE_MARGIN
    sheet.page_margins.top = HEAD_MARGIN if book.header else SIDE_MARGIN
    sheet.page_margins.bottom = END_MARGIN
    sheet.page_margins.footer = SIDE_MARGIN / 2
    footer: Any = sheet.oddFooter
    notes = [(footer.left, book.footer), (footer.right, book.seal)]
    for part, text in notes:
        part.text = _note(text)
        part.size = NOTE_SIZE
    footer.center.text = "Page &P of &N"
    footer.center.size = NOTE_SIZE
    if book.header:
        header: Any = sheet.oddHeader
        sheet.page_margins.header = SIDE_MARGIN / 2
        header.center.text, header.center.size, header.center.font = _note(book.header), HEADER_SIZE, "Arial,Bold"


def break_between(sheet: Worksheet, blocks: Sequence[tuple[Rows, Rows]], widths: Sequence[float]) -> None:
    """Begin a new page before each table that the page begun has no room for.

    A block is the rows, first and last, of a table and of the chart under it; (0, -1) is no chart. They are parted only
    when one page cannot hold both.
    """
    from openpyxl.worksheet.pagebreak import Break

    def height(rows: Rows) -> float:
        return sum(float(sheet.row_dimensions[row].height or USUAL_ROW) for row in range(rows[0], rows[1] + 1))

    room = PAGE_HEIGHT / min(1.0, PAGE_WIDTH / (sum(widths) * DIGIT_POINTS))
    used = 0.0
    for table, chart in blocks:
        together = height(table) + height(chart) + USUAL_ROW <= room
        for rows in [(table[0], max(table[1], chart[1]))] if together else [table, chart]:
            needed = height(rows) + USUAL_ROW
            if used and used + needed > room and rows[1] >= rows[0]:
                sheet.row_breaks.append(Break(id=rows[0] - 1))
                used = 0.0
            used = (used + needed) % room


def _note(text: str) -> str:
    return clean(text)[:NOTE_PART].replace("&", "&&")
