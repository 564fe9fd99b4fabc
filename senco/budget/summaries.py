"""What the ledger and the awards come to: both years at once, the return's lines, time, forecasts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.budget import awards, naming, questions
from senco.budget.kinds import Assumption, Unit
from senco.budget.rules import (
    S251_MEANINGS,
    expected,
    is_academy,
    months_gone,
    s251_line,
    used_too_little,
)
from senco.budget.shapes import (
    ForecastLine,
    S251Line,
    TimeLine,
    YearsLine,
)
from senco.dates import AcademicYear, financial_year

if TYPE_CHECKING:
    from senco.store.doors import Ask

# What left the funds for somebody outside, less what came back; money that came in is none of it.
_OUT = """
SELECT f.cluster, f.fund, f.year, SUBSTR(e.day, 1, 7), COALESCE(s.type, ''), COALESCE(q.type, ''),
       SUM(CASE WHEN e.from_account = f.account_id THEN e.amount ELSE -e.amount END)
  FROM ledger_entry AS e
  JOIN ledger_account AS g ON g.account_id = e.from_account
  JOIN ledger_account AS t ON t.account_id = e.to_account AND t.kind <> g.kind AND t.unit = 'pence'
  JOIN ledger_account AS f ON f.account_id IN (g.account_id, t.account_id) AND f.kind = 'fund'
  LEFT JOIN ledger_entry AS o ON o.number = e.reverses
  LEFT JOIN school AS s ON s.urn = COALESCE(t.urn, g.urn)
  LEFT JOIN request AS q ON q.reference = e.request_reference
 WHERE COALESCE(o.kind, e.kind) NOT IN ('allocate', 'pool', 'income')
 GROUP BY f.cluster, f.fund, f.year, SUBSTR(e.day, 1, 7), COALESCE(s.type, ''), COALESCE(q.type, '')
"""

_CARRIED = """
SELECT g.name, g.year, t.name, t.year, e.amount
  FROM ledger_account AS g
  JOIN ledger_entry AS e ON e.from_account = g.account_id AND e.kind = 'carry'
  JOIN ledger_account AS t ON t.account_id = e.to_account
  LEFT JOIN ledger_entry AS r ON r.reverses = e.number
 WHERE g.unit = 'minutes' AND r.number IS NULL
"""


def both_years(ask: Ask, day: date, *, year: str, cluster: str | None = None) -> list[YearsLine]:
    """Give each fund's spending of an academic year by financial year: what moved, and what awards are still due."""
    moved: dict[tuple[str, str, str], int] = {}
    due: dict[tuple[str, str, str], int] = {}
    for of_cluster, fund, of_year, month, _, _, pence in ask.all(lambda *row: row, _OUT):
        if of_year == year and cluster in {None, of_cluster}:
            key = (of_cluster, fund, _financial_year_of(month))
            moved[key] = moved.get(key, 0) + pence
    for line in awards.all_parts(ask, day):
        if line.academic_year == year and cluster in {None, line.cluster} and line.state in {"due", "later"}:
            key = (line.cluster, line.fund, line.financial_year)
            due[key] = due.get(key, 0) + line.amount_pence
    return [
        YearsLine(key[0], key[1], year, key[2], moved.get(key, 0), due.get(key, 0)) for key in sorted({*moved, *due})
    ]


def s251(ask: Ask, of_year: str) -> list[S251Line]:
    """Give what stands on each line of the section 251 return for a financial year, by type of school.

    Schools' own pooled money is no high needs spending and stands on none.
    """
    sums: dict[tuple[str, str], int] = {}
    for _, fund, _, month, school_type, request_type, pence in ask.all(lambda *row: row, _OUT):
        line = s251_line(fund, request_type, academy=is_academy(school_type))
        if line and _financial_year_of(month) == of_year:
            sums[line, school_type] = sums.get((line, school_type), 0) + pence
    order = list(S251_MEANINGS)
    return [
        S251Line(line, S251_MEANINGS[line], school_type or "not a school", pence)
        for (line, school_type), pence in sorted(sums.items(), key=lambda each: (order.index(each[0][0]), each[0][1]))
        if pence
    ]


def time_lines(ask: Ask, day: date, *, year: str, cluster: str | None = None) -> list[TimeLine]:
    """Give the specialists' time of clusters in a year: allocated, booked, used, carried over the year's ends, free."""
    brought: dict[tuple[str, str], int] = {}
    carried: dict[tuple[str, str], int] = {}
    for giver, of, taker, to, minutes in ask.all(lambda *row: row, _CARRIED):
        carried[giver, of] = carried.get((giver, of), 0) + minutes
        brought[taker, to] = brought.get((taker, to), 0) + minutes
    found = questions.balances(ask, year=year, cluster=cluster, unit=Unit.MINUTES)
    held = {line.account: line for line in found if line.cluster}
    starts = AcademicYear.parse(year).starts
    lines = []
    for of_cluster, service in sorted({(line.cluster, line.fund) for line in held.values()}):
        free = f"cluster:{of_cluster}:{service}"
        into, out = brought.get((free, year), 0), carried.get((free, year), 0)
        booked, contact, admin = (
            held[name].balance_pence if (name := f"{free}:{state}") in held else 0
            for state in (naming.BOOKED, *naming.USES)
        )
        allocated = held[free].received_pence - into
        late = used_too_little(day, starts, allocated + into - out, booked + contact + admin)
        lines.append(
            TimeLine(
                of_cluster,
                service,
                year,
                allocated,
                into,
                booked,
                contact,
                admin,
                out,
                held[free].balance_pence,
                late,
            )
        )
    return lines


def forecast(
    ask: Ask, day: date, assumption: Assumption, *, year: str, cluster: str | None = None
) -> tuple[list[ForecastLine], int]:
    """Give each fund as it is expected to stand at the end of its year, and the months begun that this rests on."""
    months = months_gone(day, AcademicYear.parse(year).starts)
    lines = []
    for each in awards.envelopes(ask, day, year=year, cluster=cluster):
        gone = each.spent_pence + each.paid_pence
        more = expected(assumption, gone=gone, promised=each.committed_pence, months=months)
        at_end = gone + each.committed_pence + more
        lines.append(
            ForecastLine(
                each.cluster,
                each.fund,
                year,
                each.allocated_pence,
                gone,
                each.committed_pence,
                more,
                at_end,
                each.allocated_pence - at_end,
                assumption.value,
            )
        )
    return lines, months


def _financial_year_of(month: str) -> str:
    return financial_year(date.fromisoformat(f"{month}-01"))
