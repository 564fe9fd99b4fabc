"""One sheet's XML, streamed once: its cells are taken and checked as they pass, and nothing is built besides."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from senco.deferred import dataclass
from senco.errors import BadInput, Problem
from senco.sheets.archive import MAIN, XmlScan
from senco.sheets.kinds import LETTERS, Cell, CellValue, column_letters
from senco.sheets.styles import Meaning, Style
from senco.sheets.values import length_text, moment, number, number_text, plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

CELL = f"{MAIN}|c"
VALUE = f"{MAIN}|v"
TEXT = f"{MAIN}|t"
ROW = f"{MAIN}|row"
FORMULA = f"{MAIN}|f"
PHONETIC = f"{MAIN}|rPh"
MERGE = f"{MAIN}|mergeCell"
COLUMN = f"{MAIN}|col"
CONDITIONAL = f"{MAIN}|conditionalFormatting"

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
YES = frozenset({"1", "true", "on"})
TRUTHS = {"1": True, "true": True, "0": False, "false": False}

Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Shared:
    """What the sheets of one workbook share: texts, styles, and the day their serial dates count from."""

    texts: Sequence[str]
    styles: Sequence[Style]
    from_1904: bool = False


@cache
def column_number(letters: str) -> int:
    """Give the number of a column from its letters.

    >>> column_number("B"), column_number("XFD")
    (2, 16384)
    """
    value = 0
    for letter in letters:
        value = value * LETTERS + ord(letter) - ord("A") + 1
    return value


class SheetScan(XmlScan):
    """Takes the cells that say something or are coloured, and what must be said of those that do not."""

    def __init__(self, name: str, shared: Shared, left: int) -> None:
        super().__init__()
        self.name = name
        self.shared = shared
        self.left = left
        self.rows: dict[int, list[Cell]] = {}
        self.line: list[Cell] = []
        self.row = self.column = self.letters = 0
        self.taking = False
        self.kind = "n"
        self.style = shared.styles[0]
        self.parts: list[str] | None = None
        self.inline: list[str] = []
        self.value = ""
        self.has_formula = self.phonetic = False
        self.merged: list[Area] = []
        self.merged_cells = 0
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.unsaved: list[str] = []
        self.errors: list[str] = []
        self.undated: list[str] = []
        self.beyond_row = 0
        self.beyond_count = 0
        self.beyond_column = ""
        self.conditional = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        if name == CELL:
            self._open_cell(attributes)
        elif name == VALUE:
            self.parts = []
        elif name == TEXT:
            self.parts = None if self.phonetic else self.inline
        elif name == ROW:
            self._open_row(attributes)
        elif name == FORMULA:
            self.has_formula = True
        elif name == PHONETIC:
            self.phonetic = True
        else:
            self._open_other(name, attributes)

    def closed(self, name: str) -> None:
        """Take a closing tag."""
        if name == CELL:
            if self.taking:
                self._close_cell()
        elif name == VALUE:
            self.value = "".join(self.parts or ())
            self.parts = None
        elif name == TEXT:
            self.parts = None
        elif name == PHONETIC:
            self.phonetic = False

    def says(self, text: str) -> None:
        """Take text between tags."""
        super().says(text)
        if self.parts is not None:
            self.letters += len(text)
            if self.letters > self.archive.limits.letters:
                raise self.archive.too_big(f"the text of cell {self.place()} of sheet {self.name} is too long")
            self.parts.append(text)

    def place(self) -> str:
        """Say where the cell at hand stands."""
        return f"{column_letters(self.column)}{self.row}"

    def too_many(self) -> BadInput:
        """Make the error for a workbook of more cells than are read, gaps between them counted."""
        return self.archive.too_big(f"its sheets hold more than {self.archive.limits.cells:,} cells")

    def _open_row(self, attributes: dict[str, str]) -> None:
        written = attributes.get("r")
        value = self.row + 1
        if written is not None:
            if not written.isascii() or not written.isdigit() or len(written) > len(str(LAST_ROW)):
                raise self._out_of_order()
            value = int(written)
        if not self.row < value <= LAST_ROW:
            raise self._out_of_order()
        self.row = value
        self.column = 0
        self.line = []
        limits = self.archive.limits
        if value > limits.rows:
            self.beyond_count += 1
            if self.beyond_count > limits.rows:
                raise self.archive.too_big(f"sheet {self.name} holds more than {limits.rows:,} rows")
            return
        self.rows[value] = self.line
        if attributes.get("hidden") in YES:
            self.hidden_rows.add(value)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        column = self.column + 1
        written = attributes.get("r")
        if written is not None:
            found = REFERENCE.fullmatch(written)
            if found is None or int(found[2]) != self.row:
                raise self._out_of_order()
            column = column_number(found[1])
        if not self.column < column <= LAST_COLUMN or not self.row:
            raise self._out_of_order()
        self.column = column
        self.kind = attributes.get("t", "n")
        self.value = ""
        self.has_formula = False
        self.letters = 0
        if self.inline:
            self.inline = []
        limits = self.archive.limits
        if self.row > limits.rows:
            self.beyond_row = self.beyond_row or self.row
            self.taking = False
        elif column > limits.columns:
            self.beyond_column = self.beyond_column or self.place()
            self.taking = False
        else:
            self.taking = True
        style = attributes.get("s", "0")
        if not style.isascii() or not style.isdigit() or int(style[:6]) >= len(self.shared.styles):
            raise self.archive.damaged(f"cell {self.place()} of sheet {self.name} has a style that is not in the file")
        self.style = self.shared.styles[int(style)]

    def _close_cell(self) -> None:
        text = ""
        value: CellValue = None
        if self.kind == "inlineStr":
            text = value = plain_text("".join(self.inline))
        elif self.value:
            try:
                text, value = self._read()
            except (ValueError, IndexError, KeyError) as trouble:
                raise self._bad_value() from trouble
        elif self.has_formula:
            self.unsaved.append(self.place())
        if text or self.style.fill:
            self.left -= self.column - (self.line[-1].column if self.line else 0)
            if self.left < 0:
                raise self.too_many()
            self.line.append(Cell(self.row, self.column, text, value if text else None, self.style.fill))

    def _read(self) -> tuple[str, CellValue]:
        stored = self.value
        if self.kind == "n":
            return self._number(number(stored))
        if self.kind == "s":
            place = int(stored)
            if place < 0:
                raise IndexError
            text = self.shared.texts[place]
            return text, text
        if self.kind == "b":
            truth = TRUTHS[stored]
            return ("TRUE" if truth else "FALSE"), truth
        if self.kind == "d":
            when = datetime.fromisoformat(stored).replace(tzinfo=None, microsecond=0)
            return _date_text(when.date() if len(stored) == len("2020-11-24") else when)
        if self.kind == "e":
            self.errors.append(f"{self.place()} ({plain_text(stored)[:20]})")
        elif self.kind != "str":
            raise ValueError(self.kind)
        text = plain_text(stored)
        return text, text

    def _number(self, value: float) -> tuple[str, CellValue]:
        if self.style.meaning is Meaning.DATE:
            try:
                return _date_text(moment(value, from_1904=self.shared.from_1904))
            except (ValueError, OverflowError):
                self.undated.append(self.place())
        elif self.style.meaning is Meaning.LENGTH:
            text = length_text(value)
            return text, text
        return number_text(value), value

    def _open_other(self, name: str, attributes: dict[str, str]) -> None:
        if name == MERGE:
            self._merge(attributes.get("ref", ""))
        elif name == COLUMN:
            self._hide_columns(attributes)
        elif name == CONDITIONAL:
            self.conditional = True

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        corners = [found for corner in (first, last or first) if (found := REFERENCE.fullmatch(corner))]
        if len(corners) < len(("first", "last")):
            raise self.archive.damaged(f"a merged area of sheet {self.name} cannot be read")
        left, right = sorted(column_number(corner[1]) for corner in corners)
        top, bottom = sorted(int(corner[2]) for corner in corners)
        self.merged_cells += (bottom - top + 1) * (right - left + 1)
        limit = self.archive.limits.merged_cells
        if self.merged_cells > limit:
            raise self.archive.too_big(f"merged areas of sheet {self.name} cover more than {limit:,} cells")
        self.merged.append((top, left, bottom, right))

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") not in YES:
            return
        try:
            first, last = int(attributes.get("min", "")), int(attributes.get("max", ""))
        except ValueError as trouble:
            raise self.archive.damaged(f"a column of sheet {self.name} cannot be read") from trouble
        self.hidden_columns.update(range(max(first, 1), min(last, self.archive.limits.columns) + 1))

    def _out_of_order(self) -> BadInput:
        return self.archive.damaged(f"the cells of sheet {self.name} are out of order near row {self.row}")

    def _bad_value(self) -> BadInput:
        place = f"{self.archive.file} › {self.name}!{self.place()}"
        what = "holds a value that cannot be read."
        do = "Type the cell again in a spreadsheet program and save the file."
        return BadInput("sheet.bad-value", f"{place} {what}", do, (Problem(place, what, do),))


def _date_text(when: date | datetime | time) -> tuple[str, CellValue]:
    return when.isoformat(), when
