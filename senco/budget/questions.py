"""What the ledger says: balances, grouped before anything is joined to them, statements by page, entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.budget.kinds import (
    AccountKind,
    BalanceLine,
    EntryLine,
    OverrideLine,
    Statement,
    StatementLine,
    Unit,
)
from senco.errors import NotFound
from senco.privacy import fold

if TYPE_CHECKING:
    from datetime import date

    from senco.budget.kinds import AccountName
    from senco.store.doors import Ask

_FIRST, _LAST = "0000-01-01", "9999-12-31"
_BEYOND = 2**62
LEAD = "LEAD"  # begins the receipt of what was paid for a lead's time: LEAD 2020-09-01/2021-02-14 102975

# A reversal, a refund and what is got back lessen what was given, instead of counting as money that came in. Only
# postings of the accounts asked for are added up: of a million, half stand on accounts outside, which a question about
# funds need not read. The days are named only where some are asked for: holding each posting against two days takes as
# long as adding them up.
_MOVED = """
WITH asked AS (
    SELECT account_id FROM ledger_account
     WHERE unit = :unit AND (:year IS NULL OR year = :year) AND (:cluster IS NULL OR cluster = :cluster)
       AND (:kind IS NULL OR kind = :kind))
SELECT to_account AS account, SUM(amount) AS taken, 0 AS given FROM ledger_entry
 WHERE to_account IN (SELECT account_id FROM asked) {days} GROUP BY to_account
UNION ALL
SELECT from_account, 0, SUM(amount) FROM ledger_entry
 WHERE from_account IN (SELECT account_id FROM asked) {days} GROUP BY from_account
UNION ALL
SELECT to_account, -amount, -amount FROM ledger_entry WHERE reverses >= 1 {days}
UNION ALL
SELECT from_account, -amount, -amount FROM ledger_entry WHERE reverses >= 1 {days}
UNION ALL
SELECT to_account, -amount, -amount FROM ledger_entry AS b WHERE kind IN ('refund', 'recover') AND {lives} {days}
UNION ALL
SELECT from_account, -amount, -amount FROM ledger_entry AS b WHERE kind IN ('refund', 'recover') AND {lives} {days}
"""
_LIVES = "NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = b.number{days})"
_EVER = _MOVED.format(days="", lives=_LIVES.format(days=""))
_ON_DAYS = _MOVED.format(
    days="AND day BETWEEN :first AND :last", lives=_LIVES.format(days=" AND r.day BETWEEN :first AND :last")
)

_BALANCES = """
SELECT a.name, a.year, a.kind, a.cluster, a.fund, a.urn, COALESCE(s.name, ''), m.taken, m.given, m.taken - m.given,
       COALESCE(o.amount, 0)
  FROM (SELECT account, SUM(taken) AS taken, SUM(given) AS given FROM ({moved}) AS sides GROUP BY account) AS m
  JOIN ledger_account AS a ON a.account_id = m.account
  LEFT JOIN (SELECT w.account_id, SUM(w.amount) AS amount FROM ledger_override AS w
              WHERE NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = w.entry_number)
              GROUP BY w.account_id) AS o
    ON o.account_id = a.account_id
  LEFT JOIN school AS s ON s.urn = a.urn
 WHERE a.unit = :unit
   AND (:year IS NULL OR a.year = :year)
   AND (:cluster IS NULL OR a.cluster = :cluster)
   AND (:kind IS NULL OR a.kind = :kind)
 ORDER BY CASE WHEN a.name = 'hnb' THEN 0 ELSE 1 END, a.kind, a.cluster, a.fund, a.name, a.year
"""

_ACCOUNT = "SELECT account_id FROM ledger_account WHERE name = :name AND year = :year AND unit = :unit"

_HOLDS = """
SELECT COALESCE((SELECT SUM(amount) FROM ledger_entry WHERE to_account = :account AND day <= :last), 0)
     - COALESCE((SELECT SUM(amount) FROM ledger_entry WHERE from_account = :account AND day <= :last), 0)
"""

# What was allowed for an entry ended with its reversal.
_SANCTIONED = """
SELECT o.request_reference, SUM(o.amount) FROM ledger_override AS o
 WHERE o.account_id = :account AND NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = o.entry_number)
 GROUP BY o.request_reference
"""

_ENTRIES = """
SELECT e.number, e.day, e.kind, g.name, g.year, t.name, t.year,
       CASE g.unit WHEN 'pence' THEN e.amount END, CASE g.unit WHEN 'minutes' THEN e.amount END,
       e.description, e.party, e.receipt, e.run, e.request_reference, e.reverses, r.number,
       e.made_at, e.made_by, COALESCE(w.reason, '')
  FROM ledger_entry AS e
  JOIN ledger_account AS g ON g.account_id = e.from_account
  JOIN ledger_account AS t ON t.account_id = e.to_account
  LEFT JOIN ledger_entry AS r ON r.reverses = e.number
  LEFT JOIN ledger_override AS w ON w.entry_number = e.number
"""

_PAGE = f"""{_ENTRIES}
 WHERE e.number < :before
   AND (:kind IS NULL OR e.kind = :kind)
   AND (:request IS NULL OR e.request_reference = :request)
   AND (:year IS NULL OR :year IN (g.year, t.year))
   AND (:cluster IS NULL OR :cluster IN (g.cluster, t.cluster))
   AND e.day BETWEEN :first AND :last
 ORDER BY e.number DESC LIMIT :most
"""

_SIDE = """
SELECT * FROM (
    SELECT number, day, {sign} * amount AS amount FROM ledger_entry
     WHERE {side} = :account AND day BETWEEN :first AND :day AND (day < :day OR number < :number)
     ORDER BY day DESC, number DESC LIMIT :most)
"""
_KEYS = f"""
SELECT number, day, amount FROM (
{_SIDE.format(side="to_account", sign="1")} UNION ALL {_SIDE.format(side="from_account", sign="-1")})
 ORDER BY day DESC, number DESC LIMIT :most
"""  # noqa: S608 - constants of this module

_BEFORE = """
SELECT COALESCE((SELECT SUM(amount) FROM ledger_entry
                  WHERE to_account = :account AND day <= :day AND (day < :day OR number < :number)), 0)
     - COALESCE((SELECT SUM(amount) FROM ledger_entry
                  WHERE from_account = :account AND day <= :day AND (day < :day OR number < :number)), 0)
"""


def account_id(ask: Ask, account: AccountName) -> int | None:
    """Give the number of an account in the store, or None when nothing ever moved on it."""
    found = ask.value(_ACCOUNT, {"name": account.name, "year": account.year, "unit": account.unit.value})
    return None if found is None else int(found)


def holds(ask: Ask, account: AccountName, *, until: date | None = None) -> int:
    """Give what an account holds, in its unit, with every entry up to and including a day."""
    number = account_id(ask, account)
    return int(ask.value(_HOLDS, {"account": number or 0, "last": until.isoformat() if until else _LAST}))


def sanctioned(ask: Ask, account: AccountName) -> int:
    """Give how far an account may be overspent by the overrides that live."""
    return sum(sanctions(ask, account).values())


def sanctions(ask: Ask, account: AccountName) -> dict[str | None, int]:
    """Give the overrides of an account that live: by the award that each is for, under None those for no award."""
    told = {"account": account_id(ask, account) or 0}
    return dict(ask.all(lambda request, amount: (request, amount), _SANCTIONED, told))


def overrides(ask: Ask, *, year: str | None = None, account: AccountName | None = None) -> list[OverrideLine]:
    """Give the overrides that live, of a year or of one account, in the order they were given."""
    sql = """
SELECT o.override_id, a.name, a.year, o.amount, o.entry_number, o.request_reference, o.reason, o.made_at, o.made_by
  FROM ledger_override AS o
  JOIN ledger_account AS a ON a.account_id = o.account_id
 WHERE (:year IS NULL OR a.year = :year) AND (:account IS NULL OR a.account_id = :account)
   AND NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = o.entry_number)
 ORDER BY o.override_id
"""
    told: dict[str, str | int | float | None] = {"year": year, "account": None}
    if account:
        told["account"] = account_id(ask, account) or 0
    return ask.all(OverrideLine, sql, told)


def balances(
    ask: Ask,
    *,
    year: str | None = None,
    cluster: str | None = None,
    kind: AccountKind | None = None,
    unit: Unit = Unit.PENCE,
    first: date | None = None,
    last: date | None = None,
) -> list[BalanceLine]:
    """Give what accounts took, gave and hold; with days what moved on those days alone, both included."""
    told = {
        "year": year,
        "cluster": cluster,
        "kind": kind.value if kind else None,
        "unit": unit.value,
        "first": first.isoformat() if first else _FIRST,
        "last": last.isoformat() if last else _LAST,
    }
    return ask.all(BalanceLine, _BALANCES.format(moved=_ON_DAYS if first or last else _EVER), told)


def entries(
    ask: Ask,
    *,
    year: str | None = None,
    cluster: str | None = None,
    kind: str | None = None,
    request: str | None = None,
    first: date | None = None,
    last: date | None = None,
    before: int | None = None,
    most: int = 50,
) -> list[EntryLine]:
    """Give a page of entries, the newest first; ``before`` is the last number of the page before."""
    told = {
        "year": year,
        "cluster": cluster,
        "kind": kind,
        "request": request,
        "first": first.isoformat() if first else _FIRST,
        "last": last.isoformat() if last else _LAST,
        "before": before if before is not None else _BEYOND,
        "most": most,
    }
    return ask.all(EntryLine, _PAGE, told)


def entry(ask: Ask, number: int) -> EntryLine:
    """Give one entry; raises NotFound ``entry.unknown``."""
    found = ask.one(EntryLine, f"{_ENTRIES} WHERE e.number = :number", {"number": number})
    if found is None:
        last = ask.value("SELECT MAX(number) FROM ledger_entry")
        hint = f"The last one is E{last}." if last else "The ledger is empty."
        raise NotFound("entry.unknown", f"There is no entry E{number}.", f"{hint} `senco budget list` shows them.")
    return found


def entries_of_run(ask: Ask, run: str) -> list[EntryLine]:
    """Give the entries of a payment run; raises NotFound ``run.unknown``."""
    found = ask.all(EntryLine, f"{_ENTRIES} WHERE e.run = :run AND e.run <> '' ORDER BY e.number", {"run": run})
    if not found:
        runs = ask.values("SELECT DISTINCT run FROM ledger_entry WHERE run <> '' ORDER BY run DESC LIMIT 3")
        hint = f"The last ones are {', '.join(runs)}." if runs else "Nothing was paid yet."
        raise NotFound("run.unknown", f"There is no payment run '{run}'.", hint)
    return found


def receipt_used(ask: Ask, account: int, receipt: str) -> int | None:
    """Give the living entry of an account that bears this receipt already, however it is written, or None."""
    sql = """
SELECT e.number, e.receipt FROM ledger_entry AS e
  LEFT JOIN ledger_entry AS r ON r.reverses = e.number
 WHERE e.from_account = :account AND e.receipt <> '' AND e.reverses IS NULL AND r.number IS NULL
 ORDER BY e.number
"""
    told = fold(receipt)
    rows = ask.all(lambda number, bears: (int(number), fold(bears)), sql, {"account": account})
    return next((number for number, bears in rows if bears == told), None)


def spent_at(ask: Ask, fund: AccountName, other: AccountName) -> int:
    """Give what a fund spent at somebody outside, less what was refunded: no more than that can come back."""
    sql = """
SELECT COALESCE(SUM(CASE WHEN e.from_account = :fund THEN e.amount ELSE -e.amount END), 0)
  FROM ledger_entry AS e
 WHERE e.kind IN ('spend', 'transfer', 'refund')
   AND ((e.from_account = :fund AND e.to_account = :other) OR (e.from_account = :other AND e.to_account = :fund))
   AND NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = e.number)
"""
    return int(ask.value(sql, {"fund": account_id(ask, fund) or 0, "other": account_id(ask, other) or 0}))


def lead_days_paid(ask: Ask, cluster: str, year: str) -> list[tuple[int, str, str]]:
    """Give the living entries that paid a host school for its lead: entry, first day, last day (both ISO)."""
    sql = """
SELECT e.number, e.receipt
  FROM ledger_entry AS e
  JOIN ledger_account AS f ON f.account_id = e.from_account AND f.cluster = :cluster AND f.year = :year
 WHERE f.fund IN ('lead-salary', 'lead-on-costs') AND e.kind = 'spend' AND e.receipt LIKE :lead
   AND NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = e.number)
 ORDER BY e.number
"""
    told = {"cluster": cluster, "year": year, "lead": f"{LEAD} ____-__-__/____-__-__ %"}
    return [(number, bears[5:15], bears[16:26]) for number, bears in ask.all(lambda *row: row, sql, told)]


def statement_kept(ask: Ask, digest: str) -> int | None:
    """Give the number of a statement of finance that was kept before, by the digest of what it says, or None."""
    found = ask.value("SELECT statement_id FROM finance_statement WHERE digest = :digest", {"digest": digest})
    return None if found is None else int(found)


def unmatched_entries(ask: Ask, account: AccountName, *, until: date, taken_back: bool = False) -> list[EntryLine]:
    """Give the entries of an account up to a day that no line of its own statements was found to be.

    They are those that live, or else those that were taken back with the reversals that did so.
    """
    sql = f"""{_ENTRIES}
 WHERE :account IN (e.from_account, e.to_account) AND e.day <= :last
   AND (e.reverses IS NULL AND r.number IS NULL) = :lives
   AND NOT EXISTS (SELECT 1 FROM finance_line AS line
                     JOIN finance_statement AS told ON told.statement_id = line.statement_id
                    WHERE line.entry_number = e.number AND told.account_id = :account)
 ORDER BY e.day, e.number
"""  # noqa: S608 - a constant of this module
    told: dict[str, str | int | float | None] = {
        "account": account_id(ask, account) or 0,
        "last": until.isoformat(),
        "lives": int(not taken_back),
    }
    return ask.all(EntryLine, sql, told)


def entries_kept(ask: Ask, digest: str) -> dict[str, int]:
    """Give the entries that the lines of a kept statement were found to be, by the place of the line."""
    sql = """
SELECT line.place, line.entry_number FROM finance_line AS line
  JOIN finance_statement AS told ON told.statement_id = line.statement_id
 WHERE told.digest = :digest AND line.entry_number IS NOT NULL
"""
    return dict(ask.all(lambda place, number: (place, number), sql, {"digest": digest}))


def lines_found(ask: Ask, account: AccountName, digest: str) -> list[tuple[str, int, str, int]]:
    """Give what other statements of an account say that is an entry: day, amount in pence, reference, entry."""
    sql = """
SELECT line.day, line.amount_pence, line.reference, line.entry_number
  FROM finance_line AS line
  JOIN finance_statement AS told ON told.statement_id = line.statement_id
 WHERE told.account_id = :account AND told.digest <> :digest AND line.entry_number IS NOT NULL
 GROUP BY line.day, line.amount_pence, line.reference, line.entry_number
 ORDER BY line.entry_number
"""
    told: dict[str, str | int | float | None] = {"account": account_id(ask, account) or 0, "digest": digest}
    return ask.all(lambda *row: row, sql, told)


def statement(
    ask: Ask,
    account: AccountName,
    *,
    first: date | None = None,
    last: date | None = None,
    before: int | None = None,
    most: int | None = 50,
) -> Statement:
    """Give a page of an account's statement, the newest entry first, with the balance after each.

    Entries stand by their day, and on a day by number. ``before`` is the entry to go on before, ``most`` None all of
    them. Raises NotFound ``entry.unknown`` for a ``before`` that is none.
    """
    number = account_id(ask, account) or 0
    day = last.isoformat() if last else _LAST
    key = _BEYOND
    if before is not None:
        key, day = before, entry(ask, before).day
    told: dict[str, str | int | float | None] = {
        "account": number,
        "first": first.isoformat() if first else _FIRST,
        "day": day,
        "number": key,
    }
    found = ask.all(lambda *row: row, _KEYS, {**told, "most": -1 if most is None else most + 1})
    page = found if most is None else found[:most]
    balance = at_top = int(ask.value(_BEFORE, told))
    lines = []
    named = {each.number: each for each in _named(ask, [row[0] for row in page])}
    for of, _, amount in page:
        lines.append(_statement_line(named[of], amount, balance))
        balance -= amount
    earlier = lines[-1].number if len(found) > len(page) else None
    allowed = tuple(overrides(ask, account=account))
    return Statement(account.name, account.year, tuple(lines), at_top, earlier, allowed)


def _named(ask: Ask, numbers: list[int]) -> list[EntryLine]:
    """Give the entries of these numbers, a few hundred at a time."""
    out: list[EntryLine] = []
    for start in range(0, len(numbers), 400):
        some = numbers[start : start + 400]
        marks = ", ".join(f":n{place}" for place in range(len(some)))
        told = {f"n{place}": number for place, number in enumerate(some)}
        out += ask.all(EntryLine, f"{_ENTRIES} WHERE e.number IN ({marks})", told)
    return out


def _statement_line(line: EntryLine, amount: int, balance: int) -> StatementLine:
    return StatementLine(
        line.number,
        line.day,
        line.kind,
        line.from_account if amount > 0 else line.to_account,
        line.description,
        line.party,
        line.receipt,
        line.request,
        max(amount, 0),
        max(-amount, 0),
        balance,
        line.override,
    )
