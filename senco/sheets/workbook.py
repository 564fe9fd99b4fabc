"""A workbook's visible sheets as cells, once the guard has let it pass."""

from __future__ import annotations

import contextlib
import gc
from dataclasses import replace
from typing import TYPE_CHECKING

from senco.privacy import clean
from senco.sheets.guard import examine
from senco.sheets.kinds import Book, Cell, Sheet, column_letters
from senco.sheets.limits import USUAL, Limits
from senco.sheets.sheetscan import Area, SheetScan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def read_workbook(file: str, data: bytes, limits: Limits = USUAL) -> Book:
    """Read every visible sheet of a workbook.

    BadInput when the guard refuses it or a cell cannot be read: all of it is read, or nothing.
    """
    with _without_collector():
        return _read(file, data, limits)


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """Rest the garbage collector: cells by the hundred thousand hold no cycles, and looking for some costs a third."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _read(file: str, data: bytes, limits: Limits) -> Book:
    survey = examine(file, data, limits)
    sheets = []
    left = limits.cells
    for name, part in survey.sheets:
        scan = SheetScan(clean(name), survey.shared, left)
        survey.archive.parse(part, scan, small=False)
        laid_out = _LaidOut(scan, limits, left)
        rows = laid_out.rows()
        left = laid_out.left
        sheets.append(Sheet(book=file, name=scan.name, rows=rows, notes=tuple(laid_out.notes())))
    return Book(file=file, kind="xlsx", sheets=tuple(sheets), notes=tuple(clean(note) for note in survey.notes))


def renamed(book: Book, note: str) -> Book:
    """Give a book with a note more: its name promised another kind of file than its content is."""
    return replace(book, notes=(*book.notes, note))


class _LaidOut:
    """One sheet's cells laid out in rows: merged areas filled, hidden lines left out, gaps closed with blank cells."""

    def __init__(self, scan: SheetScan, limits: Limits, left: int) -> None:
        self.scan = scan
        self.limits = limits
        self.left = left
        self.last_row = 0
        self.overlapping = False
        self.areas = self._place_areas()

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Give the rows in order, each ending at its last cell that says something or is coloured."""
        found = self.scan.rows
        self.last_row = max((row for row, cells in found.items() if cells), default=0)
        anchors: dict[int, Cell | None] = {}
        rows: list[tuple[Cell, ...]] = []
        for number in range(1, max(self.last_row, max(self.areas, default=0)) + 1):
            cells = found.pop(number, [])
            if number in self.areas:
                cells = self._spread(number, cells, anchors)
            rows.append(self._dense(number, cells))
        while rows and not rows[-1]:
            rows.pop()
        return tuple(rows)

    def _spread(self, number: int, cells: Sequence[Cell], anchors: dict[int, Cell | None]) -> list[Cell]:
        """Give every cell of a merged area what its first cell says."""
        by_column = {cell.column: cell for cell in cells}
        for column, area in self.areas[number].items():
            if area not in anchors:
                anchors[area] = by_column.get(column)
            anchor = anchors[area]
            if anchor is None:
                by_column.pop(column, None)
            else:
                by_column[column] = replace(anchor, row=number, column=column, merged=_written(self.scan.merged[area]))
        return [by_column[column] for column in sorted(by_column)]

    def _dense(self, number: int, cells: Iterable[Cell]) -> tuple[Cell, ...]:
        if number in self.scan.hidden_rows:
            return ()
        line: list[Cell] = []
        for cell in cells:
            if cell.column in self.scan.hidden_columns:
                continue
            self.left -= cell.column - len(line)
            if self.left < 0:
                raise self.scan.too_many()
            line.extend(Cell(number, column, "", None) for column in range(len(line) + 1, cell.column))
            line.append(cell)
        return tuple(line)

    def _place_areas(self) -> dict[int, dict[int, int]]:
        """Place the merged areas inside the limits: row → column → number of the area; the first keeps a cell."""
        areas: dict[int, dict[int, int]] = {}
        for number, (top, left, bottom, right) in enumerate(self.scan.merged):
            for row in range(top, min(bottom, self.limits.rows) + 1):
                line = areas.setdefault(row, {})
                for column in range(left, min(right, self.limits.columns) + 1):
                    if line.setdefault(column, number) != number:
                        self.overlapping = True
        return areas

    def notes(self) -> Iterator[str]:
        """Say what was not read, and what was read with doubt."""
        scan, limits = self.scan, self.limits
        if scan.beyond_row:
            yield f"Only rows up to {limits.rows:,} were read; cells in row {scan.beyond_row:,} and beyond were not."
        if scan.beyond_column:
            last = column_letters(limits.columns)
            yield f"Only columns up to {last} were read; cell {scan.beyond_column} and others beyond were not."
        hidden = [str(row) for row in sorted(scan.hidden_rows) if row <= self.last_row]
        if hidden:
            yield f"Hidden rows were not read: {self._few(hidden)}."
        columns = [column_letters(column) for column in sorted(scan.hidden_columns)]
        if columns:
            yield f"Hidden columns were not read: {self._few(columns)}."
        if scan.unsaved:
            yield f"Formulas without a saved value read as blank: {self._few(scan.unsaved)}. Open and save the file."
        if scan.errors:
            yield f"Cells that hold an error: {self._few(scan.errors)}."
        if scan.undated:
            yield f"Dates outside the calendar were read as numbers: {self._few(scan.undated)}."
        if scan.conditional:
            yield "Colours set by conditional formatting were not read; colours set by hand were."
        if self.overlapping:
            yield "Merged areas overlap; the first of them was kept."

    def _few(self, places: Sequence[str]) -> str:
        shown = places[: self.limits.note_places]
        return ", ".join(shown) + (f" and {len(places) - len(shown)} more" if len(places) > len(shown) else "")


def _written(area: Area) -> str:
    top, left, bottom, right = area
    return f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
