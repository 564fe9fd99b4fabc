"""What a term's report asks of the ledger: the funds and the specialists' time as they stood on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.budget import awards, naming, questions
from senco.budget.kinds import AccountKind, Unit
from senco.dates import AcademicYear
from senco.reports.facts import FundLine, TimeUse

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from senco.store.doors import Ask

# What an award's school got out of a fund up to a day, less what was got back.
_PAID = """
SELECT f.cluster, f.fund, e.request_reference, COALESCE(t.urn, g.urn),
       SUM(CASE WHEN e.from_account = f.account_id THEN e.amount ELSE -e.amount END)
  FROM ledger_entry AS e
  JOIN ledger_account AS g ON g.account_id = e.from_account
  JOIN ledger_account AS t ON t.account_id = e.to_account
  JOIN ledger_account AS f ON f.account_id IN (g.account_id, t.account_id) AND f.kind = 'fund' AND f.year = :year
 WHERE e.request_reference IS NOT NULL AND e.day <= :day
 GROUP BY f.cluster, f.fund, e.request_reference, COALESCE(t.urn, g.urn)
"""


def funds(ask: Ask, year: str, day: date, decisions: Collection[int]) -> tuple[FundLine, ...]:
    """Give the funds of a year with what was paid, and is still promised, for the awards of these decisions."""
    held = {
        (line.cluster, line.fund): line
        for line in questions.balances(ask, year=year, kind=AccountKind.FUND, last=day)
        if line.fund != naming.HNB
    }
    told = {"year": year, "day": day.isoformat()}
    paid = {row[:4]: row[4:] for row in ask.all(lambda *row: row, _PAID, told)}
    entitled = _entitled(ask, year, day, decisions)
    lines = []
    for key in sorted({*held, *(each[:2] for each in (*paid, *entitled))}):
        balance = held.get(key)
        received, given = (balance.received_pence, balance.given_pence) if balance else (0, 0)
        net = sum(each[0] for of, each in paid.items() if of[:2] == key)
        left = sum(max(whole - paid.get(of, (0,))[0], 0) for of, whole in entitled.items() if of[:2] == key)
        borne = {of[2] for of in entitled if of[:2] == key} | {
            of[2] for of, each in paid.items() if of[:2] == key and each[0]
        }
        lines.append(FundLine(key[0], key[1], received, given - net, net, left, len(borne)))
    return tuple(lines)


def _entitled(ask: Ask, year: str, day: date, decisions: Collection[int]) -> dict[tuple[str, str, str, int], int]:
    """Give what awards are entitled to in a year: by cluster, fund, request and school, in pence."""
    found: dict[tuple[str, str, str, int], int] = {}
    for running in awards.awards(ask, day) if decisions else ():
        if running.award.decision not in decisions:
            continue
        for part in running.parts:
            if part.amount_pence and str(AcademicYear.of(part.first)) == year:
                key = (running.award.cluster, running.terms.fund, running.award.reference, part.urn)
                found[key] = found.get(key, 0) + part.amount_pence
    return found


def time(ask: Ask, year: str, day: date) -> tuple[TimeUse, ...]:
    """Give the specialists' time of the clusters in a year as it stood on a day."""
    held = {
        line.account: line for line in questions.balances(ask, year=year, unit=Unit.MINUTES, last=day) if line.cluster
    }
    lines = []
    for cluster, service in sorted({(line.cluster, line.fund) for line in held.values()}):
        name = f"cluster:{cluster}:{service}"
        booked, contact, admin = (
            held[of].balance_pence if (of := f"{name}:{state}") in held else 0
            for state in (naming.BOOKED, *naming.USES)
        )
        allocated, free = held[name].received_pence, held[name].balance_pence
        carried = allocated - free - booked - contact - admin
        lines.append(TimeUse(cluster, service, allocated, booked, contact, admin, carried, free))
    return tuple(lines)
