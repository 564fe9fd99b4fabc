"""What goes to finance and to leads: the payment file, and a statement with its chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.dates import say_date
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
    from collections.abc import Sequence
    from datetime import date, datetime

    from senco.budget.kinds import Statement
    from senco.budget.shapes import EnvelopeLine, PaymentLine

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
        )
        for line in reversed(statement.lines)
    )
    chart = ChartSpec("Balance after each entry", "line", label=1, values=(8,)) if rows else None
    sheets = [
        SheetSpec(
            "Statement", columns, rows, title=title, lines=(f"As of {say_date(day)}",), totals="Moved", chart=chart
        )
    ]
    if envelopes:
        sheets.append(_funds(envelopes, day))
    return workbook_bytes(WorkbookSpec(tuple(sheets), title=title, footer=title, seal=seal), made=made)


def envelope_workbook(lines: Sequence[EnvelopeLine], *, title: str, day: date, made: datetime, seal: str) -> bytes:
    """Give the funds of clusters with a bar for what went, what is promised and what is free."""
    return workbook_bytes(WorkbookSpec((_funds(lines, day),), title=title, footer=title, seal=seal), made=made)


def _funds(lines: Sequence[EnvelopeLine], day: date) -> SheetSpec:
    pounds = ("Allocated", "Spent", "Paid in awards", "Promised", "Free")
    columns = (
        ColumnSpec("Fund", wrap=False),
        *(ColumnSpec(heading, ColumnKind.POUNDS, total=True) for heading in pounds),
    )
    rows = tuple(
        (
            f"{line.cluster or 'Borough'} {line.fund}",
            line.allocated_pence,
            line.spent_pence,
            line.paid_pence,
            line.committed_pence,
            line.free_pence,
        )
        for line in lines
    )
    chart = ChartSpec("Where the money is", "stacked", label=0, values=(2, 3, 4, 5))
    return SheetSpec(
        "Funds", columns, rows, title="Funds", lines=(f"As of {say_date(day)}",), totals="Total", chart=chart
    )


def _payment(line: PaymentLine) -> tuple[str, ...]:
    return (
        line.run,
        f"{line.run} {line.request}",
        line.dfe_number,
        str(line.urn),
        line.school,
        line.cluster or "Borough",
        line.fund,
        line.year,
    )
