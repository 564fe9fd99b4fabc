"""One sheet's XML, streamed: where its cells stand, what is hidden or merged, and which cells cannot be read."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from senco.errors import BadInput, Problem
from senco.sheets.archive import XmlScan
from senco.sheets.kinds import LETTERS, column_letters

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CELL = f"{MAIN}|c"
VALUE = f"{MAIN}|v"
TEXT = f"{MAIN}|t"
ROW = f"{MAIN}|row"
FORMULA = f"{MAIN}|f"
MERGE = f"{MAIN}|mergeCell"
COLUMN = f"{MAIN}|col"
CONDITIONAL = f"{MAIN}|conditionalFormatting"

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
YES = frozenset({"1", "true", "on"})

Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class SheetSurvey:
    """Where a sheet's cells stand: extents within the limits, merged areas (top, left, bottom, right), hidden lines."""

    name: str
    rows: int
    columns: int
    merged: tuple[Area, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    unsaved: tuple[str, ...]
    unsaved_count: int
    notes: tuple[str, ...]


@cache
def column_number(letters: str) -> int:
    """Give the number of a column from its letters.

    >>> column_number("B"), column_number("XFD")
    (2, 16384)
    """
    number = 0
    for letter in letters:
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number


class SheetScan(XmlScan):
    """Counts and checks the cells of one sheet as they stream by."""

    def __init__(self, name: str, strings: int) -> None:
        super().__init__()
        self.name = name
        self.strings = strings
        self.row = 0
        self.column = 0
        self.last_row = 0
        self.last_column = 0
        self.kind = "n"
        self.value: list[str] | None = None
        self.has_formula = False
        self.has_value = False
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[Area] = []
        self.merged_cells = 0
        self.unsaved: list[str] = []
        self.unsaved_count = 0
        self.beyond_rows: list[int] = []
        self.beyond_column = ""
        self.conditional = False
        self.letters = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        if name == CELL:
            self._cell(attributes)
        elif name == VALUE:
            self.value = []
        elif name == ROW:
            self._row(attributes)
        elif name == FORMULA:
            self.has_formula = True
        elif name == TEXT:
            self.has_value = True
        elif name == MERGE:
            self._merge(attributes.get("ref", ""))
        elif name == COLUMN:
            self._hidden_column(attributes)
        elif name == CONDITIONAL:
            self.conditional = True

    def closed(self, name: str) -> None:
        """Take a closing tag."""
        if name == VALUE and self.value is not None:
            text = "".join(self.value)
            self.value = None
            if text:
                self.has_value = True
                self._check_value(text)
        elif name == CELL and self.has_formula and not self.has_value:
            self.unsaved_count += 1
            if len(self.unsaved) < self.archive.limits.note_places:
                self.unsaved.append(self._address())

    def says(self, text: str) -> None:
        """Take text between tags."""
        if self.value is not None:
            self.value.append(text)
        self.letters += len(text)
        if self.letters > self.archive.limits.letters * 2:
            self.run = self.letters
        super().says(text)

    def survey(self) -> SheetSurvey:
        """Give what was seen once the part is at its end."""
        limits = self.archive.limits
        notes = []
        if self.beyond_rows:
            notes.append(
                f"Only rows up to {limits.rows:,} were read; cells in row {self.beyond_rows[0]:,} and further were not."
            )
        if self.beyond_column:
            notes.append(
                f"Only columns up to {column_letters(limits.columns)} were read; cell {self.beyond_column} was not."
            )
        if self.conditional:
            notes.append("Colours set by conditional formatting were not read; colours set by hand were.")
        return SheetSurvey(
            name=self.name,
            rows=self.last_row,
            columns=self.last_column,
            merged=tuple(self.merged),
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            unsaved=tuple(self.unsaved),
            unsaved_count=self.unsaved_count,
            notes=tuple(notes),
        )

    def _address(self) -> str:
        return f"{column_letters(self.column)}{self.row}"

    def _row(self, attributes: dict[str, str]) -> None:
        written = attributes.get("r")
        number = self.row + 1
        if written is not None:
            if not written.isascii() or not written.isdigit() or len(written) > len(str(LAST_ROW)):
                raise self._out_of_order()
            number = int(written)
        if not self.row < number <= LAST_ROW:
            raise self._out_of_order()
        self.row = number
        self.column = 0
        if number > self.archive.limits.rows:
            self.beyond_rows.append(number)
            if len(self.beyond_rows) > self.archive.limits.rows:
                raise self.archive.too_big(f"sheet {self.name} holds more than {self.archive.limits.rows:,} rows")
        elif attributes.get("hidden") in YES:
            self.hidden_rows.add(number)

    def _cell(self, attributes: dict[str, str]) -> None:
        self.kind = attributes.get("t", "n")
        self.has_formula = self.has_value = False
        self.letters = 0
        written = attributes.get("r")
        column = self.column + 1
        if written is not None:
            found = REFERENCE.fullmatch(written)
            if found is None or int(found[2]) != self.row:
                raise self._out_of_order()
            column = column_number(found[1])
        if not self.column < column <= LAST_COLUMN:
            raise self._out_of_order()
        self.column = column
        limits = self.archive.limits
        if self.row > limits.rows:
            return
        if column > limits.columns:
            self.beyond_column = self.beyond_column or self._address()
            return
        self.last_row = self.row
        self.last_column = max(self.last_column, column)

    def _check_value(self, text: str) -> None:
        try:
            if self.kind == "n":
                fits = math.isfinite(float(text))
            elif self.kind == "s":
                fits = 0 <= int(text) < self.strings
            else:
                fits = True
        except ValueError:
            fits = False
        if not fits:
            place = f"{self.archive.file} › {self.name}!{self._address()}"
            what = "holds a number that is none" if self.kind == "n" else "points to a text that is not in the file"
            raise BadInput(
                "sheet.bad-value",
                f"{place} {what}.",
                "Type the cell again in a spreadsheet program and save the file.",
                (Problem(place, what, "Type the cell again."),),
            )

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        corners = [REFERENCE.fullmatch(corner) for corner in (first, last or first)]
        if corners[0] is None or corners[1] is None:
            raise self.archive.damaged(f"a merged area of sheet {self.name} cannot be read")
        left, right = sorted(column_number(corner[1]) for corner in corners if corner)
        top, bottom = sorted(int(corner[2]) for corner in corners if corner)
        self.merged_cells += (bottom - top + 1) * (right - left + 1)
        if self.merged_cells > self.archive.limits.merged_cells:
            raise self.archive.too_big(
                f"merged areas of sheet {self.name} cover more than {self.archive.limits.merged_cells:,} cells"
            )
        self.merged.append((top, left, bottom, right))

    def _hidden_column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") not in YES:
            return
        try:
            first, last = int(attributes.get("min", "")), int(attributes.get("max", ""))
        except ValueError as trouble:
            raise self.archive.damaged(f"a column of sheet {self.name} cannot be read") from trouble
        self.hidden_columns.update(range(max(first, 1), min(last, self.archive.limits.columns) + 1))

    def _out_of_order(self) -> BadInput:
        return self.archive.damaged(f"the cells of sheet {self.name} are out of order near row {self.row}")
