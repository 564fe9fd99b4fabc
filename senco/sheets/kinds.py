"""What a spreadsheet looks like once it has been read: books of sheets of cells, each cell with its place."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal

from senco.deferred import dataclass

CellValue = str | int | float | bool | date | datetime | time | None
BookKind = Literal["xlsx", "csv", "tsv", "text"]

LETTERS = 26


def column_letters(column: int) -> str:
    """Give the letters a spreadsheet shows above a column, counted from 1.

    >>> column_letters(2), column_letters(28), column_letters(16384)
    ('B', 'AB', 'XFD')
    """
    letters = ""
    while column:
        column, place = divmod(column - 1, LETTERS)
        letters = chr(ord("A") + place) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it stands, what it says and how it is coloured."""

    row: int
    column: int
    text: str
    value: CellValue
    fill: str | None = None
    merged: str | None = None

    @property
    def address(self) -> str:
        """The cell's address as a spreadsheet shows it.

        >>> Cell(row=7, column=2, text="CP1", value="CP1").address
        'B7'
        """
        return f"{column_letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, dense: row r, column c stands at ``rows[r - 1][c - 1]``; short rows end at their last cell.

    ``name`` is empty for a csv, tsv or text file. ``notes`` say what was not read, and why.
    """

    book: str
    name: str
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()

    def place(self, cell: Cell | None = None, *, row: int | None = None) -> str:
        """Say where a cell, a row or the sheet stands, so that a person can find it.

        >>> Sheet("clusters.xlsx", "Clusters", ()).place(Cell(7, 2, "CP1", "CP1"))
        'clusters.xlsx › Clusters!B7'
        >>> Sheet("clusters.csv", "", ()).place(Cell(7, 2, "CP1", "CP1"))
        'clusters.csv › row 7, column 2'
        """
        if self.name:
            if cell is not None:
                return f"{self.book} › {self.name}!{cell.address}"
            return f"{self.book} › {self.name}" + ("" if row is None else f", row {row}")
        if cell is not None:
            return f"{self.book} › row {cell.row}, column {cell.column}"
        return self.book if row is None else f"{self.book} › row {row}"

    def cell(self, row: int, column: int) -> Cell:
        """Give the cell at a row and column counted from 1; a blank one where the sheet holds none."""
        if 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return Cell(row, column, "", None)


@dataclass(frozen=True, slots=True)
class Book:
    """One file as read: its name without the folder, what its content turned out to be, and its visible sheets."""

    file: str
    kind: BookKind
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
