"""Books and drafts made in a line, for the tests of the programme's import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.meetings.intake import read_programme
from senco.sheets.kinds import Book, Cell, Sheet

if TYPE_CHECKING:
    from senco.dates import AcademicYear
    from senco.meetings.kinds import Programme

HEADINGS = ("Date", "Time", "Meeting", "Venue", "Purpose")


def book(*rows: tuple[str, ...], name: str = "Dates", file: str = "programme.xlsx") -> Book:
    """Give a workbook of one sheet with these rows."""
    cells = tuple(
        tuple(Cell(r, c, text, text or None) for c, text in enumerate(row, start=1))
        for r, row in enumerate(rows, start=1)
    )
    return Book(file, "xlsx", (Sheet(file, name, cells),))


def read(*rows: tuple[str, ...], year: AcademicYear | None = None, date_wins: bool = False) -> Programme:
    """Read rows as a programme."""
    return read_programme(book(*rows), year=year, date_wins=date_wins)


def table(*rows: tuple[str, ...], **how: bool) -> Programme:
    """Read rows under the usual headings."""
    return read(HEADINGS, *rows, **how)
