"""Named findings over the ledger, the awards paid from it and the statements of finance held against it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.budget import awards, questions, recorded, summaries
from senco.budget.hours import say_minutes
from senco.budget.kinds import AccountKind, AccountName, Unit
from senco.dates import AcademicYear, financial_year, say_date
from senco.findings import Finding
from senco.money import say_pounds

if TYPE_CHECKING:
    from senco.budget.shapes import CommitmentLine
    from senco.store.doors import Ask

_STATEMENTS = """
SELECT a.name, a.year, a.kind, f.file, f.first, f.last, f.balance_pence
  FROM finance_statement AS f
  JOIN ledger_account AS a ON a.account_id = f.account_id
 ORDER BY f.statement_id
"""
_LINES = """
SELECT l.place, a.name, a.year, l.amount_pence
  FROM finance_line AS l
  JOIN finance_statement AS f ON f.statement_id = l.statement_id
  JOIN ledger_account AS a ON a.account_id = f.account_id
 WHERE l.entry_number IS NULL
 ORDER BY f.statement_id, l.line
"""
_GAPS = "SELECT COUNT(*) FROM ledger_entry HAVING COUNT(*) <> COALESCE(MAX(number), 0)"
_UNBALANCED = """
SELECT e.number
  FROM ledger_entry AS e
  LEFT JOIN ledger_account AS g ON g.account_id = e.from_account
  LEFT JOIN ledger_account AS t ON t.account_id = e.to_account
 WHERE g.unit IS NULL OR t.unit IS NULL OR g.unit <> t.unit
 ORDER BY e.number
"""
_CLOSED = "SELECT urn FROM school WHERE status = 'Closed'"
_ALTERED = "The store was altered outside senco: put the last backup back."


def findings(ask: Ask, day: date) -> list[Finding]:
    """Find what does not hold in the ledger or agree with the trail, funds and awards beyond, what finance denies."""
    return [
        *_ledger(ask),
        *recorded.findings(ask),
        *_funds(ask),
        *_awards(ask, day),
        *_finance(ask),
        *_return(ask, day),
        *_time(ask, day),
    ]


def _ledger(ask: Ask) -> list[Finding]:
    found = [
        Finding("budget.gap", "the ledger", f"Its {count} entries are not numbered one after the other.", _ALTERED)
        for count in ask.values(_GAPS)
    ]
    return found + [
        Finding("budget.unbalanced", f"entry {number}", "Its two sides are not of one unit.", _ALTERED)
        for number in ask.values(_UNBALANCED)
    ]


def _funds(ask: Ask) -> list[Finding]:
    return [
        Finding(
            "budget.overspent",
            f"{line.account}@{line.year}",
            f"It is overspent by {say_pounds(-line.balance_pence - line.sanctioned_pence)} more than was allowed.",
            _ALTERED,
        )
        for line in questions.balances(ask, kind=AccountKind.FUND)
        if line.balance_pence + line.sanctioned_pence < 0
    ]


def _awards(ask: Ask, day: date) -> list[Finding]:
    found = []
    closed = set(ask.values(_CLOSED))
    for line in awards.commitments(ask, day):
        if not line.covered:
            fund = f"{line.cluster}'s {line.fund} fund of {line.year}"
            what = f"{fund} does not cover {_what_lacks(line)}"
            do = f'Allocate more, or `senco budget override {line.request} --reason "…"`.'
            found.append(Finding("budget.overcommitted", line.request, f"{what} left to pay.", do))
        if line.held and line.left_pence:
            what = (
                f"{say_pounds(line.left_pence)} waits: it goes to the lead's school of {line.cluster} in one sum, and"
            )
            do = f"Give the cluster its lead and host school, or `senco budget schedule {line.request} --to SCHOOL`."
            found.append(Finding("budget.no-host", line.request, f"{what} {line.held}.", do))
        if line.paid_pence > line.entitled_pence and not line.held:
            what = f"{line.school} got {say_pounds(line.paid_pence - line.entitled_pence)} more than it is due."
            found.append(Finding("budget.to-recover", line.request, what, "The next payment run books it back."))
        if line.left_pence and line.urn in closed:
            what = f"It is to be paid to {line.school}, which is closed."
            do = f"Say where the child goes now: `senco requests move {line.request} --to SCHOOL --from DATE`."
            found.append(Finding("budget.closed-school", line.request, what, do))
    return found


def _what_lacks(line: CommitmentLine) -> str:
    left = f"the {say_pounds(line.left_pence)}"
    return left if line.lacking_pence == line.left_pence else f"{say_pounds(line.lacking_pence)} of {left}"


def _finance(ask: Ask) -> list[Finding]:
    found = []
    for name, year, kind, file, first, last, balance in ask.all(lambda *row: row, _STATEMENTS):
        account = AccountName(name, year, Unit.PENCE, AccountKind(kind))
        until = AcademicYear.parse(year).first.fromisoformat(last)
        holds = questions.holds(ask, account, until=until)
        if balance is not None and balance != holds:
            told = f"Finance says {say_pounds(balance)} on {say_date(until)}, the ledger {say_pounds(holds)}"
            what = f"{told}: {say_pounds(abs(balance - holds))} apart ({file})."
            do = f"`senco budget statement {account}` shows the entries."
            found.append(Finding("budget.balance-differs", str(account), what, do))
        for entry in questions.unmatched_entries(ask, account, until=until):
            if entry.day >= first:
                what = f"{say_pounds(entry.amount_pence or 0)} of {entry.day} is in no line of finance's statement."
                do = "Ask finance for it, or reverse the entry."
                found.append(Finding("budget.not-at-finance", f"E{entry.number}", what, do))
    for place, name, year, pence in ask.all(lambda *row: row, _LINES):
        what = f"{say_pounds(pence)} on {name}@{year} is no entry of the ledger."
        do = "Make the entry and import the statement again."
        found.append(Finding("budget.not-in-ledger", place, what, do))
    return found


def _return(ask: Ask, day: date) -> list[Finding]:
    """Find what was spent in this financial year or the last and stands on no line of the section 251 return."""
    return [
        Finding(
            "budget.no-line",
            f"financial year {year}",
            f"{say_pounds(line.amount_pence)} stands on no line of the section 251 return: {line.meaning}.",
            "Reverse the entries and spend it from the fund it is for: `senco budget balance` names them.",
        )
        for year in (financial_year(date(day.year - 1, day.month, 1)), financial_year(day))
        for line in summaries.s251(ask, year)
        if not line.line
    ]


def _time(ask: Ask, day: date) -> list[Finding]:
    return [
        Finding(
            "budget.time-unused",
            f"{line.cluster}:{line.service}@{line.year}",
            f"At mid-year less than half is booked or used; {say_minutes(line.free_minutes)} is free.",
            "Book it, or carry it over: `senco budget time carry`.",
        )
        for line in summaries.time_lines(ask, day, year=str(AcademicYear.of(day)))
        if line.late
    ]
