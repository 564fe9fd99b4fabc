"""The drop-down lists of a written workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.privacy import clean
from senco.sheets import layout
from senco.sheets.kinds import column_letters
from senco.sheets.looks import Look, Looks, text_look

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

LONGEST_LIST = 255
CHOICES_SHEET = "Choices"


class Lists:
    """Drop-down lists too long to stand in the cell's own rule: they go on a sheet that everyone can see."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.columns: dict[tuple[str, ...], int] = {}

    def formula(self, choices: tuple[str, ...]) -> str:
        """Give the formula that names a list."""
        joined = ",".join(choices)
        if len(joined) + 2 <= LONGEST_LIST and not any(mark in choice for choice in choices for mark in ',"'):
            return f'"{joined}"'
        column = column_letters(self.columns.setdefault(choices, len(self.columns) + 1))
        return f"{CHOICES_SHEET}!${column}$1:${column}${len(choices)}"

    def write(self, looks: Looks) -> None:
        """Write the sheet of lists, when there are any."""
        if not self.columns:
            return
        sheet = self.book.create_sheet(CHOICES_SHEET)
        for choices, column in self.columns.items():
            for row, choice in enumerate(choices, start=1):
                looks.put(sheet.cell(row, column), clean(choice), text_look(choice, Look(wrap=False)))
            widest = max(layout.text_width(choice) for choice in choices)
            sheet.column_dimensions[column_letters(column)].width = widest + layout.CELL_PADDING
