"""Finance's statement of an account, found in a sheet by its headings: rows, or problems with their cells.

The descriptions of finance are not taken: they may name people.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from senco.budget.shapes import FinanceStatement, StatementRow
from senco.dates import parse_date
from senco.errors import BadInput, Problem
from senco.money import parse_pence
from senco.privacy import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from senco.budget.kinds import AccountName
    from senco.sheets.kinds import Book, Cell, Sheet

V = TypeVar("V")
SHAPE = "Date | Reference | Paid in | Paid out | Balance (or Amount, with a minus for what was paid out)"
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "day": ("date", "posting date", "transaction date", "posted", "value date"),
    "reference": ("reference", "ref", "document", "doc no", "voucher", "transaction", "journal"),
    "amount": ("amount", "value", "net", "net amount"),
    "in": ("paid in", "in", "income", "credit", "credits", "money in", "receipts"),
    "out": ("paid out", "out", "expenditure", "spend", "debit", "debits", "money out", "payments"),
    "balance": ("balance", "running balance"),
}
_CLOSING = re.compile(r"(?:closing|final|end(?:ing)?) balance")
_OPENING = re.compile(r"(?:opening balance|balance (?:brought|carried) forward|balance [bc]/?f)")
_TOTAL = re.compile(r"(?:(?:grand |sub-? ?)?totals?|net movement)")


def read_statement(book: Book) -> FinanceStatement:
    """Read finance's statement; an amount into the account is positive.

    Where a sheet has debit and credit columns, finance debits a cost centre with what it spends. Raises BadInput
    ``statement.no-headings`` with the shape expected, ``statement.unreadable`` with every problem, ``statement.empty``.
    """
    for sheet in book.sheets:
        for place, row in enumerate(sheet.rows):
            columns = _columns(row)
            if "day" in columns and ("amount" in columns or {"in", "out"} <= columns.keys()):
                return _read(book, sheet, place + 1, columns)
    raise BadInput(
        "statement.no-headings",
        f"{book.file} has no row of headings of a statement.",
        f"Expected are columns headed {SHAPE}.",
    )


def bound_to(told: FinanceStatement, account: AccountName) -> FinanceStatement:
    """Give a statement as that of an account: the same lines said of another account are another statement."""
    return replace(told, digest=hashlib.sha256(f"{account}\n{told.digest}".encode()).hexdigest())


def _columns(row: tuple[Cell, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for cell in row:
        told = re.sub(r"\s*\(?[£]\)?\s*", "", fold(cell.text)).rstrip(".: ")
        for what, names in _HEADINGS.items():
            if told in names:
                found.setdefault(what, cell.column)
    return found


def _read(book: Book, sheet: Sheet, first: int, columns: Mapping[str, int]) -> FinanceStatement:
    rows: list[StatementRow] = []
    problems: list[Problem] = []
    closing: int | None = None
    for cells in sheet.rows[first:]:
        texts = [fold(cell.text) for cell in cells]
        # Whole cells alone: a payment to Total Sports Ltd is a line like any other.
        words = [text.rstrip(":. ") for text in texts]
        if not any(texts) or _TOTAL.fullmatch(words[0]) or any(_OPENING.fullmatch(word) for word in words):
            continue
        reader = _Row(sheet, cells, columns, problems)
        if any(_CLOSING.fullmatch(word) for word in words):
            told = reader.pence("balance")
            closing = told if told is not None else reader.amount()
            continue
        day, amount = reader.day(), reader.amount()
        if day is None or amount is None:
            continue
        if amount:
            rows.append(StatementRow(reader.place, day, amount, reader.text("reference"), reader.pence("balance")))
    if problems:
        raise BadInput(
            "statement.unreadable", f"{book.file} has {len(problems)} lines that cannot be read.", "", tuple(problems)
        )
    if not rows:
        raise BadInput("statement.empty", f"{book.file} has headings and no lines under them.")
    if closing is None:
        closing = _last_balance(rows)
    digest = hashlib.sha256(
        repr([(row.day.isoformat(), row.amount_pence, row.reference) for row in rows] + [closing]).encode()
    ).hexdigest()
    return FinanceStatement(book.file, digest, tuple(rows), closing, (*book.notes, *sheet.notes))


def _last_balance(rows: list[StatementRow]) -> int | None:
    """Give the balance of the last day; where a statement runs backwards that is its first line."""
    backwards = rows[0].day > rows[-1].day
    return rows[0 if backwards else -1].balance_pence


class _Row:
    """One row of the sheet, read by its columns; what cannot be read becomes a problem."""

    def __init__(
        self, sheet: Sheet, cells: tuple[Cell, ...], columns: Mapping[str, int], problems: list[Problem]
    ) -> None:
        self.sheet = sheet
        self.cells = {what: cells[column - 1] for what, column in columns.items() if column <= len(cells)}
        self.problems = problems
        self.place = sheet.place(cells[0])

    def text(self, what: str) -> str:
        """Give the text of a column, "" when the row ends before it."""
        return self.cells[what].text if what in self.cells else ""

    def day(self) -> date | None:
        """Give the day, or None with a problem."""
        return self._read("day", parse_date, "has no date")

    def pence(self, what: str) -> int | None:
        """Give an amount, None when the cell is empty or unreadable."""
        return self._read(what, parse_pence) if self.text(what) else None

    def amount(self) -> int | None:
        """Give what came into the account, negative what went out of it; None with a problem."""
        if self.text("amount"):
            return self.pence("amount")
        before = len(self.problems)
        taken, given = self.pence("in"), self.pence("out")
        if taken is None and given is None:
            if len(self.problems) == before:
                self.problems.append(Problem(self.place, "The line has no amount."))
            return None
        return (taken or 0) - abs(given or 0)

    def _read(self, what: str, read: Callable[[str], V], lacking: str = "") -> V | None:
        cell = self.cells.get(what)
        if cell is None or not cell.text:
            self.problems.append(Problem(self.place, f"The line {lacking}."))
            return None
        try:
            return read(cell.text)
        except BadInput as error:
            self.problems.append(Problem(self.sheet.place(cell), error.message, error.hint))
            return None
