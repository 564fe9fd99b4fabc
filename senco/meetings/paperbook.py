"""A paper as a workbook that prints: the items on one sheet, the register on another, empty columns to fill in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from senco.sheets.specs import CellSpec, ColumnKind, ColumnSpec, SheetSpec, WorkbookSpec

if TYPE_CHECKING:
    from senco.meetings.gathering import Paper
    from senco.sheets.specs import SpecValue

_ITEMS = (
    ColumnSpec("No.", width=6),
    ColumnSpec("Item", width=52),
    ColumnSpec("Notes", to_fill=True, width=58),
    ColumnSpec("Who", to_fill=True, width=16),
)
_REGISTER = (ColumnSpec("Seat", width=46), ColumnSpec("Person", width=30), ColumnSpec("Mark", width=14))
_ACTIONS = (
    ColumnSpec("No.", width=8),
    ColumnSpec("Action", width=60),
    ColumnSpec("Who", width=24),
    ColumnSpec("By", ColumnKind.DATE, width=16),
)


def workbook(paper: Paper, *, made_on: date) -> bytes:
    """Give the paper as an .xlsx file: the same paper and day give the same bytes."""
    from senco.sheets.writing import workbook_bytes

    rows: list[tuple[SpecValue | CellSpec, ...]] = []
    for item in paper.items:
        rows.append((str(item.number), CellSpec(item.heading, bold=True), "", ""))
        rows += [("", each, "", "") for each in item.lines]
    sheets = [SheetSpec(paper.kind, _ITEMS, tuple(rows), title=paper.title, lines=paper.lines)]
    if paper.register:
        sheets.append(SheetSpec("Register", _REGISTER, paper.register, title="Register", lines=paper.lines[:1]))
    if paper.actions:
        told = tuple(
            (each.reference, each.task, each.owner, date.fromisoformat(each.due) if each.due else None)
            for each in paper.actions
        )
        sheets.append(SheetSpec("Actions", _ACTIONS, told, title="Actions", lines=paper.lines[:1]))
    spec = WorkbookSpec(tuple(sheets), title=paper.title, footer=paper.footer, seal=f"Seal {paper.seal}")
    return workbook_bytes(spec, made=datetime.combine(made_on, time(), UTC))
