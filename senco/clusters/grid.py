"""A sheet as a table is read from it: merged areas told once across and again on every row they reach down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from senco.clusters.headings import PHASES, Heading, heading_of
from senco.deferred import dataclass

if TYPE_CHECKING:
    from senco.sheets.kinds import Cell, Sheet

_FIRST_OF_RANGE = re.compile(r"([A-Z]+)([0-9]+):")


@dataclass(frozen=True, slots=True)
class Head:
    """The headings of a table: what each column holds, and the row (from 0) that follows them.

    ``others`` are the columns whose heading says something else; a column without any heading is not among them.
    """

    columns: dict[int, Heading]
    first: int
    body: int
    others: frozenset[int] = frozenset()

    def column(self, heading: Heading) -> int | None:
        """Give the first column that holds this, or None."""
        return next((column for column, held in sorted(self.columns.items()) if held is heading), None)

    def has(self, heading: Heading) -> bool:
        """Say whether a column holds this."""
        return heading in self.columns.values()

    def phase_of(self, column: int) -> Heading | None:
        """Give the phase of a column of schools; one without a heading takes it from the column before it."""
        before = [each for each in (*self.columns, *self.others) if each <= column]
        held = self.columns.get(max(before)) if before else None
        return held if held in PHASES else None


class Grid:
    """The rows of one sheet, counted from 0."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows: list[tuple[Cell, ...]] = [tuple(cell for cell in row if _told(cell)) for row in sheet.rows]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows)

    def cell(self, row: int, column: int | None) -> Cell | None:
        """Give the cell of a column when it says something."""
        return next((cell for cell in self.rows[row] if cell.column == column), None)

    def alone(self, row: int) -> Cell | None:
        """Give the one cell of a row that says something, when it is the only one."""
        return self.rows[row][0] if len(self.rows[row]) == 1 else None

    def head_at(self, row: int) -> Head | None:
        """Give the headings that begin at a row, over one row or two, or None when none do."""
        upper = self._headings(row)
        if not upper:
            return None
        lower = self._headings(row + 1) if row + 1 < len(self) and self._all_headings(row + 1) else {}
        if lower and self._all_headings(row):
            both = upper | lower
            kept = Heading.CLUSTER in both.values() or Heading.CLUSTER not in upper.values()
            if kept and _is_head(both):
                return Head(both, row, row + 2)
        sure = Heading.SCHOOL in upper.values() and len(upper) * 2 >= len(self.rows[row])
        if _is_head(upper) and (sure or self._all_headings(row) or Heading.CLUSTER in upper.values()):
            others = frozenset(cell.column for cell in self.rows[row]) - upper.keys()
            return Head(upper, row, row + 1, others)
        return None

    def _headings(self, row: int) -> dict[int, Heading]:
        found = ((cell.column, heading_of(cell.text)) for cell in self.rows[row])
        return {column: heading for column, heading in found if heading is not None}

    def _all_headings(self, row: int) -> bool:
        return bool(self.rows[row]) and len(self._headings(row)) == len(self.rows[row])


def _is_head(columns: dict[int, Heading]) -> bool:
    held = set(columns.values())
    return bool(held & {Heading.SCHOOL, *PHASES}) and len(held) == len(columns) - _more_than_once(columns)


def _more_than_once(columns: dict[int, Heading]) -> int:
    """Count the columns that are rightly there again: "Primary | Primary", "Infants | Juniors", "Email | Phone"."""
    often = [held for held in columns.values() if held in PHASES or held is Heading.OTHER]
    return len(often) - len(set(often))


def _told(cell: Cell) -> bool:
    """Say whether a cell says something of its own: not the repetition of a merged cell to its left."""
    return bool(cell.text) and (cell.merged is None or _corner(cell)[0] == _letters(cell))


def repeats_above(cell: Cell) -> bool:
    """Say whether a cell only repeats a merged cell that began on a row above."""
    return cell.merged is not None and _corner(cell)[1] != cell.row


def _corner(cell: Cell) -> tuple[str, int]:
    found = _FIRST_OF_RANGE.match(cell.merged or "")
    return (found[1], int(found[2])) if found else (_letters(cell), cell.row)


def _letters(cell: Cell) -> str:
    return cell.address.rstrip("0123456789")
