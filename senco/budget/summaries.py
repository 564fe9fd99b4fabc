"""What the ledger and the awards come to: both years at once, the return's lines, time, forecasts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from senco.budget import awards, naming, questions
from senco.budget.kinds import Assumption, Fund, Unit
from senco.budget.pools import OTHER, read_pool
from senco.budget.rules import (
    MID_YEAR_MONTH,
    S251_MEANINGS,
    expected,
    is_regular,
    months_gone,
    s251_line,
    used_too_little,
    why_no_line,
)
from senco.budget.shapes import (
    ForecastLine,
    S251Line,
    TimeLine,
    YearsLine,
)
from senco.dates import AcademicYear, financial_year
from senco.money import split_by

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

_POOLS = """
SELECT cluster, year FROM ledger_account WHERE fund = 'pool' AND unit = 'pence' AND cluster <> '' ORDER BY account_id
"""
DAY = timedelta(days=1)
NOT_A_SCHOOL = "not a school"

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

    What was spent and stands on none comes last, with "" for its line and the reason for its meaning. Schools' own
    pooled money is no high needs spending; other money spent from a pool is, and says of itself what it is for.
    """
    sums: dict[tuple[str, str, str], int] = {}
    for _, fund, _, month, school_type, request_type, pence in ask.all(lambda *row: row, _OUT):
        if fund == Fund.POOL or _financial_year_of(month) != of_year:
            continue
        line = s251_line(fund, request_type, school_type)
        key = (line, S251_MEANINGS[line] if line else why_no_line(fund, school_type), school_type or NOT_A_SCHOOL)
        sums[key] = sums.get(key, 0) + pence
    pooled = _other_money_pooled(ask, of_year)
    order = [*S251_MEANINGS, ""]
    return [
        S251Line(line, meaning, school_type, pence)
        for (line, meaning, school_type), pence in sorted(
            [*sums.items(), (("", why_no_line(Fund.POOL, ""), NOT_A_SCHOOL), pooled)],
            key=lambda each: (order.index(each[0][0]), each[0][1:]),
        )
        if pence
    ]


def _other_money_pooled(ask: Ask, of_year: str) -> int:
    """Give what other money than schools' own bought from pools in a financial year, its share to the penny."""
    found = 0
    for cluster, year in ask.all(lambda *row: row, _POOLS):
        pool = read_pool(ask, naming.of_cluster(cluster, Fund.POOL, year))
        by_year = dict.fromkeys((of_year,), 0)
        for number in pool.bought:
            line = questions.entry(ask, number)
            of = _financial_year_of(line.day[:7])
            back = line.to_account == f"cluster:{cluster}:{Fund.POOL.value}"
            by_year[of] = by_year.get(of, 0) + (-1 if back else 1) * (line.amount_pence or 0)
        bore = pool.of_bought.get(OTHER, 0)
        if bore:
            parts = split_by(bore, [max(0, pence) for pence in by_year.values()])
            found += dict(zip(by_year, parts, strict=True))[of_year]
    return found


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
    middle = date(starts + 1, MID_YEAR_MONTH, 1)
    at_middle = {
        line.account: line.balance_pence
        for line in questions.balances(ask, year=year, cluster=cluster, unit=Unit.MINUTES, last=middle - DAY)
    }
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
                sum(at_middle.get(each, 0) for each in (free, f"{free}:{naming.BOOKED}")) if day >= middle else None,
            )
        )
    return lines


def forecast(
    ask: Ask, day: date, assumption: Assumption, *, year: str, cluster: str | None = None
) -> tuple[list[ForecastLine], int]:
    """Give each fund as it is expected to stand at the end of its year, and the months begun that this rests on."""
    months = months_gone(day, AcademicYear.parse(year).starts)
    active = _active(ask, day, year)
    lines = []
    for each in awards.envelopes(ask, day, year=year, cluster=cluster):
        gone = each.spent_pence + each.paid_pence
        # Awards come from one panel to the next: of an envelope even the first month says how it may go on.
        goes_on = each.fund == Fund.EXCEPTIONAL or is_regular(active.get((each.cluster, each.fund), 0), months)
        more = expected(assumption, gone=gone, promised=each.committed_pence, months=months, regular=goes_on)
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
                goes_on,
            )
        )
    return lines, months


def _active(ask: Ask, day: date, year: str) -> dict[tuple[str, str], int]:
    """Count the months of a year up to a day in which each fund spent more than came back."""
    sums: dict[tuple[str, str, str], int] = {}
    first = AcademicYear.parse(year).first
    for cluster, fund, of_year, month, _, _, pence in ask.all(lambda *row: row, _OUT):
        if of_year == year and f"{first:%Y-%m}" <= month <= f"{day:%Y-%m}":
            sums[cluster, fund, month] = sums.get((cluster, fund, month), 0) + pence
    out: dict[tuple[str, str], int] = {}
    for (cluster, fund, _), pence in sums.items():
        out[cluster, fund] = out.get((cluster, fund), 0) + (pence > 0)
    return out


def _financial_year_of(month: str) -> str:
    return financial_year(date.fromisoformat(f"{month}-01"))
