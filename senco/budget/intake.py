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
    "day": (
        "date", "posting date", "transaction date", "tran date", "trans date", "posted", "value date", "document date",
        "doc date", "gl date", "effective date",
    ),
    "reference": (
        "reference", "ref", "ref no", "reference no", "document", "document no", "document number", "doc no", "voucher",
        "transaction", "transaction ref", "transaction reference", "journal", "journal no", "invoice no",
    ),
    "amount": ("amount", "amt", "value", "net", "net amount", "amount in lc", "actual"),
    "side": ("d/c", "dr/cr", "debit/credit", "dc", "dr cr", "cr/dr"),
    "in": ("paid in", "in", "income", "credit", "credits", "cr", "credit amount", "money in", "receipts"),
    "out": (
        "paid out", "out", "expenditure", "spend", "debit", "debits", "dr", "debit amount", "money out", "payments",
    ),
    "balance": ("balance", "bal", "running balance", "cumulative balance"),
}  # fmt: skip
_CLOSING = re.compile(r"(?:closing|final|end(?:ing)?) balance")
_OPENING = re.compile(r"opening balance|(?:balance )?(?:brought forward|b/?f(?:wd)?)")
_CARRIED = re.compile(r"(?:balance )?(?:carried forward|c/?f(?:wd)?)")
_TOTAL = re.compile(r"(?:(?:grand |sub-? ?)?totals?|net movement)")
_CURRENCY = re.compile(r"\s*(?:\((?:£|gbp)\)|£|\bgbp\b)\s*")
_CLOCK = re.compile(r"(?:\s+|t)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?", re.IGNORECASE)
_SIDE = re.compile(r"(.*[0-9)])\s*(cr?|dr?)", re.IGNORECASE)
_MINUS_BEHIND = re.compile(r"(£?\s*[0-9.,]+)\s*[-−–]")
_NOTHING = {"", "-", "−", "–", "—"}
_NOISE = 1e-4  # of a penny: what a spreadsheet's own adding up leaves behind


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
        told = _CURRENCY.sub("", fold(cell.text)).rstrip(".: ")
        for what, names in _HEADINGS.items():
            if told in names:
                found.setdefault(what, cell.column)
    return found


def _read(book: Book, sheet: Sheet, first: int, columns: Mapping[str, int]) -> FinanceStatement:
    rows: list[StatementRow] = []
    problems: list[Problem] = []
    opening: int | None = None
    closing: int | None = None
    for cells in sheet.rows[first:]:
        texts = [fold(cell.text) for cell in cells]
        # Whole cells alone: a payment to Total Sports Ltd is a line like any other.
        words = [text.rstrip(":. ") for text in texts]
        if not any(texts) or _TOTAL.fullmatch(words[0]):
            continue
        reader = _Row(sheet, cells, columns, problems)
        carried = any(_CARRIED.fullmatch(word) for word in words)
        if any(_OPENING.fullmatch(word) for word in words) or (carried and not rows):
            opening = opening if opening is not None else reader.standing()
        elif carried or any(_CLOSING.fullmatch(word) for word in words):
            closing = reader.standing()
        else:
            day, amount = reader.day(), reader.amount()
            if day is not None and amount:
                rows.append(StatementRow(reader.place, day, amount, reader.text("reference"), reader.pence("balance")))
    if problems:
        many = "1 line" if len(problems) == 1 else f"{len(problems)} lines"
        raise BadInput("statement.unreadable", f"{many} of {book.file} cannot be read.", "", tuple(problems))
    if not rows:
        raise BadInput("statement.empty", f"{book.file} has headings and no lines under them.")
    rows, notes = _by_its_balances(rows, opening, turnable="amount" in columns and "side" not in columns)
    if closing is None:
        closing = _last_balance(rows)
    digest = hashlib.sha256(
        repr([(row.day.isoformat(), row.amount_pence, row.reference) for row in rows] + [closing]).encode()
    ).hexdigest()
    return FinanceStatement(book.file, digest, tuple(rows), closing, (*book.notes, *sheet.notes, *notes))


def _by_its_balances(
    rows: list[StatementRow], opening: int | None, *, turnable: bool
) -> tuple[list[StatementRow], list[str]]:
    """Hold the lines against the balances beside them; where those say so, amounts are what was spent, and turned."""
    ordered = rows[::-1] if rows[0].day > rows[-1].day else rows
    before = [opening, *(row.balance_pence for row in ordered[:-1])]
    steps = [
        (row, row.balance_pence - last)
        for row, last in zip(ordered, before, strict=True)
        if row.balance_pence is not None and last is not None
    ]
    wrong = [row for row, step in steps if step != row.amount_pence]
    if turnable and steps and all(step == -row.amount_pence for row, step in steps):
        told = "Its balances fall by its amounts: they are what was spent, and were taken with a minus."
        return [replace(row, amount_pence=-row.amount_pence) for row in rows], [told]
    if not wrong:
        return rows, []
    more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
    return rows, [f"The balance of {wrong[0].place} does not follow from the line before it{more}: is a line missing?"]


def _last_balance(rows: list[StatementRow]) -> int | None:
    """Give the balance of the last day; where a statement runs backwards that is its first line."""
    backwards = rows[0].day > rows[-1].day
    return rows[0 if backwards else -1].balance_pence


def _pence_of(cell: Cell) -> int:
    """Read an amount as finance systems write it: 240.00-, 240.00 DR; a debit is what was spent.

    Raises BadInput ``money.unreadable``.
    """
    if isinstance(cell.value, float) and abs(cell.value * 100 - round(cell.value * 100)) < _NOISE:
        return round(cell.value * 100)
    text = cell.text.strip()
    side = _SIDE.fullmatch(text)
    behind = _MINUS_BEHIND.fullmatch(side[1] if side else text)
    pence = -parse_pence(behind[1]) if behind else parse_pence(side[1] if side else text)
    return -pence if side and side[2].casefold().startswith("d") else pence


def _day_of(cell: Cell) -> date:
    return parse_date(_CLOCK.sub("", cell.text.strip()))


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
        return self._read("day", _day_of, "has no date")

    def pence(self, what: str) -> int | None:
        """Give an amount, None when the cell is empty or unreadable."""
        return self._read(what, _pence_of) if self.text(what).strip() not in _NOTHING else None

    def standing(self) -> int | None:
        """Give the balance that a line of its own tells, in whichever column it stands."""
        told = self.pence("balance")
        if told is None and any(self.text(what).strip() not in _NOTHING for what in ("amount", "in", "out")):
            return self.amount()
        return told

    def amount(self) -> int | None:
        """Give what came into the account, negative what went out of it; None with a problem."""
        before = len(self.problems)
        if self.text("amount").strip() not in _NOTHING:
            told = self.pence("amount")
            side = fold(self.text("side"))[:1]
            return told if told is None or side not in {"c", "d"} else abs(told) * (1 if side == "c" else -1)
        taken, given = self.pence("in"), self.pence("out")
        if taken is None and given is None:
            if len(self.problems) == before:
                self.problems.append(Problem(self.place, "The line has no amount."))
            return None
        return (taken or 0) - abs(given or 0)

    def _read(self, what: str, read: Callable[[Cell], V], lacking: str = "") -> V | None:
        cell = self.cells.get(what)
        if cell is None or not cell.text:
            self.problems.append(Problem(self.place, f"The line {lacking}."))
            return None
        try:
            return read(cell)
        except BadInput as error:
            self.problems.append(Problem(self.sheet.place(cell), error.message, error.hint))
            return None
