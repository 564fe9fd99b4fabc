"""What goes to finance and to leads: the payment file, and a statement with its chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.dates import say_date
from senco.errors import NotFound, WrongUse
from senco.sheets.writing import (
    ChartSpec,
    ColumnKind,
    ColumnSpec,
    SheetSpec,
    WorkbookSpec,
    csv_bytes,
    workbook_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from senco.budget.kinds import Statement
    from senco.budget.shapes import EnvelopeLine, PaymentLine

CSV, WORKBOOK = ".csv", ".xlsx"
PAYMENT_HEADINGS = ("Run", "Payment reference", "DfE number", "URN", "School", "Cluster", "Fund", "Year", "Amount")


def payment_csv(lines: Sequence[PaymentLine]) -> bytes:
    """Give a run's payments as csv for finance's ledger: amounts in pounds, with a minus for what is got back."""
    return csv_bytes(PAYMENT_HEADINGS, [(*_payment(line), f"{line.amount_pence / 100:.2f}") for line in lines])


def payment_workbook(lines: Sequence[PaymentLine], *, run: str, made: datetime, seal: str) -> bytes:
    """Give a run's payments as a workbook with their total."""
    columns = (
        *(ColumnSpec(heading, wrap=heading == "School") for heading in PAYMENT_HEADINGS[:-1]),
        ColumnSpec("Amount", ColumnKind.POUNDS, total=True),
    )
    rows: tuple[tuple[str | int, ...], ...] = tuple((*_payment(line), line.amount_pence) for line in lines)
    sheet = SheetSpec("Payments", columns, rows, title=f"Payment run {run}", totals="Total")
    return workbook_bytes(WorkbookSpec((sheet,), title=f"Payment run {run}", footer=run, seal=seal), made=made)


def statement_workbook(
    statement: Statement, *, title: str, day: date, made: datetime, seal: str, envelopes: Sequence[EnvelopeLine] = ()
) -> bytes:
    """Give an account's statement, oldest entry first, with its balance drawn as a line; then its cluster's funds."""
    sheets = [_entries(statement, title=title, day=day)]
    if envelopes:
        sheets.append(_funds(envelopes, day))
    return workbook_bytes(WorkbookSpec(tuple(sheets), title=title, footer=title, seal=seal), made=made)


def statement_csv(statement: Statement, *, title: str, day: date) -> bytes:
    """Give an account's statement as csv, oldest entry first: amounts in pounds."""
    return _csv(_entries(statement, title=title, day=day))


def envelope_csv(lines: Sequence[EnvelopeLine], *, day: date) -> bytes:
    """Give the funds of clusters as csv: amounts in pounds."""
    return _csv(_funds(lines, day))


def require_out(path: Path) -> None:
    """See that a file can be written before anything is changed for it: its ending and its folder.

    Raises WrongUse ``out.ending`` for another ending than csv or xlsx, NotFound ``out.no-folder``.
    """
    if path.suffix.casefold() not in {CSV, WORKBOOK}:
        raise WrongUse(
            "out.ending", f"'{path.name}' does not end in {CSV} or {WORKBOOK}.", "Give the file such a name."
        )
    if not path.parent.is_dir():
        raise NotFound("out.no-folder", f"There is no folder {path.parent}.", "Make it first, or name another one.")


def is_csv(path: Path) -> bool:
    """Say whether a file is to be csv rather than a workbook."""
    return path.suffix.casefold() == CSV


def _csv(sheet: SheetSpec) -> bytes:
    rows = [
        [
            f"{value / 100:.2f}" if column.kind is ColumnKind.POUNDS and isinstance(value, int) else value
            for column, value in zip(sheet.columns, row, strict=True)
        ]
        for row in sheet.rows
    ]
    return csv_bytes([column.heading for column in sheet.columns], rows)


def _entries(statement: Statement, *, title: str, day: date) -> SheetSpec:
    columns = (
        ColumnSpec("Entry", width=9, wrap=False),
        ColumnSpec("Day", ColumnKind.DATE),
        ColumnSpec("What"),
        ColumnSpec("From or to"),
        ColumnSpec("For", width=32),
        ColumnSpec("Receipt"),
        ColumnSpec("In", ColumnKind.POUNDS, total=True),
        ColumnSpec("Out", ColumnKind.POUNDS, total=True),
        ColumnSpec("Balance", ColumnKind.POUNDS),
        ColumnSpec("Overspent because"),
    )
    rows = tuple(
        (
            f"E{line.number}",
            day.fromisoformat(line.day),
            line.kind,
            line.party or line.other_account,
            line.description or line.request or "",
            line.receipt,
            line.in_pence or None,
            line.out_pence or None,
            line.balance_pence,
            line.override,
        )
        for line in reversed(statement.lines)
    )
    chart = ChartSpec("Balance after each entry", "line", label=1, values=(8,)) if rows else None
    return SheetSpec(
        "Statement", columns, rows, title=title, lines=(f"As of {say_date(day)}",), totals="Moved", chart=chart
    )


def envelope_workbook(lines: Sequence[EnvelopeLine], *, title: str, day: date, made: datetime, seal: str) -> bytes:
    """Give the funds of clusters with a bar for what went, what is promised and what is free."""
    return workbook_bytes(WorkbookSpec((_funds(lines, day),), title=title, footer=title, seal=seal), made=made)


def _funds(lines: Sequence[EnvelopeLine], day: date) -> SheetSpec:
    """Lay out funds: what was promised beyond them, and what they may be overspent by, have columns of their own."""
    beyond = {line: min(line.free_pence, 0) for line in lines}
    every: tuple[tuple[str, Callable[[EnvelopeLine], int], bool], ...] = (
        ("Allocated", lambda line: line.allocated_pence, True),
        ("May overspend", lambda line: line.sanctioned_pence, any(line.sanctioned_pence for line in lines)),
        ("Spent", lambda line: line.spent_pence, True),
        ("Paid in awards", lambda line: line.paid_pence, True),
        ("Promised", lambda line: line.committed_pence, True),
        ("Free", lambda line: max(line.free_pence, 0), True),
        ("Lacking", lambda line: beyond[line], any(beyond.values())),
    )
    shown = [(heading, of) for heading, of, wanted in every if wanted]
    headings = [heading for heading, _ in shown]
    drawn = [heading for heading in headings if heading not in {"Allocated", "May overspend"}]
    why = "Overspent because"
    reasons = {line: "; ".join(each.reason for each in line.overrides) for line in lines}
    columns = (
        ColumnSpec("Fund", wrap=False),
        *(ColumnSpec(heading, ColumnKind.POUNDS, total=True) for heading in headings),
        *((ColumnSpec(why, width=32),) if any(reasons.values()) else ()),
    )
    rows = tuple(
        (
            f"{line.cluster or 'Borough'} {line.fund}",
            *(of(line) for _, of in shown),
            *((reasons[line],) if any(reasons.values()) else ()),
        )
        for line in lines
    )
    places = tuple(headings.index(heading) + 1 for heading in drawn)
    chart = ChartSpec("Where the money is", "stacked", label=0, values=places)
    return SheetSpec(
        "Funds", columns, rows, title="Funds", lines=(f"As of {say_date(day)}",), totals="Total", chart=chart
    )


def _payment(line: PaymentLine) -> tuple[str, ...]:
    return (
        line.run,
        # A move of school or a second fund may bring an award several payments in a run: the entry tells them apart.
        f"{line.run} {line.request} E{line.entry}",
        line.dfe_number,
        str(line.urn),
        line.school,
        line.cluster or "Borough",
        line.fund,
        line.year,
    )
