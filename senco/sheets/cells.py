"""What a cell of a workbook to be written holds: its bare value, its kind, and about how it will show."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.privacy import clean_block
from senco.sheets.looks import PARTS
from senco.sheets.specs import CellSpec, ColumnKind

if TYPE_CHECKING:
    from senco.sheets.specs import ColumnSpec, SheetSpec, SpecValue


def bare(given: SpecValue | CellSpec) -> tuple[SpecValue, str | None, bool]:
    """Give a cell's value, fill and boldness."""
    return (given.value, given.fill, given.bold) if isinstance(given, CellSpec) else (given, None, False)


def kind_of(given: SpecValue | CellSpec, column: ColumnSpec) -> ColumnKind:
    """Give the kind of a cell: its own, or else its column's."""
    return given.kind or column.kind if isinstance(given, CellSpec) else column.kind


def sum_of(part: SheetSpec, place: int) -> int | float:
    """Add up the figures of a column."""
    values = [bare(row[place])[0] for row in part.rows if place < len(row)]
    return sum(value for value in values if isinstance(value, int | float))


def shown(value: SpecValue, kind: ColumnKind) -> str:
    """Give a value about as it will show, to find how wide its column must be."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean_block(value)
    if isinstance(value, date):
        return "00 Mmm 0000"
    written = value / PARTS.get(kind, 1)
    if kind is ColumnKind.MINUTES:
        return f"{value // 60}:00"
    return {ColumnKind.POUNDS: f"£{written:,.2f}", ColumnKind.PERCENT: f"{written:.1%}"}.get(kind, f"{written:,}")
