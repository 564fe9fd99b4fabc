"""Awards as commitments: read from the living decisions each time, held against what was paid, never copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.budget import naming, questions
from senco.budget.cover import sanctioned_of, with_cover
from senco.budget.kinds import Fund
from senco.budget.rules import to_pay
from senco.budget.running import Running, award, awards
from senco.budget.shapes import CommitmentLine, EnvelopeLine, FundKey, Part, PartLine, PaymentLine
from senco.dates import financial_year

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from senco.budget.kinds import OverrideLine
    from senco.requests.advising import Proposed
    from senco.store.doors import Ask

__all__ = [
    "all_parts", "award", "awards", "commitments", "envelopes", "paid_for_awards", "parts", "payments",
    "payments_of_run",
]  # fmt: skip

# What a school got for an award out of a fund, less what was got back; reversals stand on the other side by themselves.
_PAID = """
SELECT e.request_reference, COALESCE(t.urn, g.urn), f.cluster, f.fund, f.year,
       SUM(CASE WHEN e.from_account = f.account_id THEN e.amount ELSE -e.amount END),
       SUM(CASE WHEN e.kind = 'recover' THEN e.amount WHEN o.kind = 'recover' THEN -e.amount ELSE 0 END)
  FROM ledger_entry AS e
  JOIN ledger_account AS g ON g.account_id = e.from_account
  JOIN ledger_account AS t ON t.account_id = e.to_account
  JOIN ledger_account AS f ON f.account_id IN (g.account_id, t.account_id) AND f.kind = 'fund'
  LEFT JOIN ledger_entry AS o ON o.number = e.reverses
 WHERE e.request_reference IS NOT NULL
 GROUP BY e.request_reference, COALESCE(t.urn, g.urn), f.cluster, f.fund, f.year
"""

_SCHOOLS = """
SELECT urn, name, CASE WHEN establishment_number IS NULL THEN ''
                       ELSE CAST(la_code * 10000 + establishment_number AS TEXT) END
  FROM school
 WHERE urn IN (SELECT urn FROM request UNION SELECT urn FROM ledger_account UNION SELECT urn FROM award_event
                UNION SELECT urn FROM award_change UNION SELECT host_urn FROM appointment)
"""


def parts(ask: Ask, running: Running, day: date) -> list[PartLine]:
    """Give an award's parts as lines by their days, the stopped too; one is paid where the payments reach so far."""
    return _parts(running, day, _schools(ask), paid_for_awards(ask))


def all_parts(ask: Ask, day: date) -> list[PartLine]:
    """Give the parts of every award, in the order of their decisions."""
    names, paid = _schools(ask), paid_for_awards(ask)
    return [line for running in awards(ask, day) for line in _parts(running, day, names, paid)]


def _parts(
    running: Running,
    day: date,
    names: Mapping[int, tuple[str, str]],
    paid_out: Mapping[tuple[str, int, FundKey], tuple[int, int]],
) -> list[PartLine]:
    left = {key[1:]: paid for key, (paid, _) in paid_out.items() if key[0] == running.award.reference}
    lines = []
    for part, stopped in [*((each, False) for each in running.parts), *((each, True) for each in running.stopped)]:
        key = (part.urn, running.fund_of(part))
        state = "stopped" if stopped else "later" if part.due > day else "held" if running.held else "due"
        if not stopped and left.get(key, 0) >= part.amount_pence:
            left[key] -= part.amount_pence
            state = "paid"
        lines.append(
            PartLine(
                running.award.reference,
                running.award.cluster,
                part.number,
                part.due.isoformat(),
                part.first.isoformat(),
                part.last.isoformat(),
                key[1].year,
                financial_year(part.due),
                running.terms.fund,
                part.urn,
                names[part.urn][0],
                part.amount_pence,
                state,
            )
        )
    return sorted(lines, key=lambda line: line.first)


def commitments(
    ask: Ask,
    day: date,
    *,
    year: str | None = None,
    cluster: str | None = None,
    urn: int | None = None,
    proposed: Sequence[Proposed] = (),
) -> list[CommitmentLine]:
    """Give every award against each fund, year and school that bears it, with what is due on a day and what was paid.

    They stand in the order in which a fund's money is theirs. What was paid for an award that no longer lives stands
    with nothing entitled. ``urn`` asks for one school's; ``proposed`` are awards that might be decided.
    """
    names = _schools(ask)
    paid = paid_for_awards(ask)
    entitled: dict[tuple[str, int, FundKey], list[Part]] = {}
    running_of: dict[str, Running] = {}
    for running in awards(ask, day, proposed=proposed):
        running_of[running.award.reference] = running
        for part in running.parts:
            entitled.setdefault((running.award.reference, part.urn, running.fund_of(part)), []).append(part)
    lines = []
    for key in {**entitled, **paid}:
        request, payee, of = key
        whole, got = entitled.get(key, []), paid.get(key, (0, 0))[0]
        total = sum(part.amount_pence for part in whole)
        due = sum(part.amount_pence for part in whole if part.due <= day)
        later = [part.due for part in whole if part.due > day]
        run = running_of.get(request)
        lines.append(
            CommitmentLine(
                request,
                run.award.decision if run else 0,
                of.cluster,
                of.fund,
                of.year,
                payee,
                names[payee][0],
                run.terms.pattern.value if run else "",
                total,
                due,
                got,
                max(total - got, 0),
                (day if due > got else min(later, default=None) or day).isoformat() if total > got else None,
                covered=True,
                held=run.held if run else "",
                queued=run.queue.get(of, ()) if run else (),
            )
        )
    lines = with_cover(ask, lines)
    return [
        line
        for line in lines
        if (line.entitled_pence or line.paid_pence)
        and year in {None, line.year}
        and cluster in {None, line.cluster}
        and urn in {None, line.urn}
    ]


def paid_for_awards(ask: Ask) -> dict[tuple[str, int, FundKey], tuple[int, int]]:
    """Give what each school got for each award out of each fund: the net sum, and how much of it was got back."""
    rows = ask.all(lambda *row: row, _PAID)
    return {(row[0], row[1], FundKey(*row[2:5])): (row[5], row[6]) for row in rows}


def payments(ask: Ask, day: date) -> list[PaymentLine]:
    """Give what is to be paid on a day, or got back; ``held`` says why a payment, or a part of one, waits."""
    names = _schools(ask)
    out = []
    for line in commitments(ask, day):
        amount = to_pay(line.entitled_pence, line.due_pence, line.paid_pence)
        now = min(amount, line.left_pence - line.lacking_pence) if amount > 0 else amount
        name, number = names[line.urn]
        for pence, held in ((now, line.held), (amount - now, line.held or "the fund does not cover it")):
            if pence:
                out.append(
                    PaymentLine(
                        "", line.request, line.urn, number, name, line.cluster, line.fund, line.year, pence, held
                    )
                )
    return sorted(out, key=lambda each: (each.year, each.cluster, each.school, each.request, each.urn))


def payments_of_run(ask: Ask, run: str) -> list[PaymentLine]:
    """Give the payments of a run that was made; raises NotFound ``run.unknown``."""
    names = _schools(ask)
    out = []
    for line in questions.entries_of_run(ask, run):
        paying = line.kind == "pay"
        fund, school = (line.from_account, line.to_account) if paying else (line.to_account, line.from_account)
        words, _ = naming.words_of(fund)
        urn = int(school.rpartition(":")[2])
        amount = (line.amount_pence or 0) * (1 if paying else -1)
        name, number = names[urn]
        request = line.request or ""
        year = line.from_year
        out.append(
            PaymentLine(
                run, request, urn, number, name, words[0], words[1], year, amount, "", line.number, line.reversed_by
            )
        )
    return out


def envelopes(
    ask: Ask, day: date, *, year: str, cluster: str | None = None, proposed: Sequence[Proposed] = ()
) -> list[EnvelopeLine]:
    """Give every cluster's funds of a year with what is promised from them, in the order of cluster and fund.

    ``proposed`` are awards that might be decided: they count as promised.
    """
    held = {
        FundKey(line.cluster, line.fund, line.year): line
        for line in questions.balances(ask, year=year, cluster=cluster)
        if line.kind == "fund" and line.fund != naming.HNB
    }
    left: dict[FundKey, int] = {}
    lines = commitments(ask, day, year=year, cluster=cluster, proposed=proposed)
    for line in lines:
        key = FundKey(line.cluster, line.fund, line.year)
        left[key] = left.get(key, 0) + line.left_pence
    paid: dict[FundKey, int] = {}
    for (_, _, key), (net, _) in paid_for_awards(ask).items():
        paid[key] = paid.get(key, 0) + net
    allowed: dict[tuple[str, str], list[OverrideLine]] = {}
    for each in questions.overrides(ask, year=year):
        allowed.setdefault((each.account, each.year), []).append(each)
    out = []
    for key in sorted({*held, *left}, key=lambda each: (each.cluster, each.fund)):
        balance, net = held.get(key), paid.get(key, 0)
        received, given = (balance.received_pence, balance.given_pence) if balance else (0, 0)
        sanction = sanctioned_of(ask, key, lines)
        free = received - given + sanction - left.get(key, 0)
        out.append(
            EnvelopeLine(
                key.cluster,
                key.fund,
                key.year,
                received,
                sanction,
                given - net,
                net,
                left.get(key, 0),
                free,
                tuple(allowed.get((naming.of_cluster(key.cluster, Fund(key.fund), key.year).name, key.year), ())),
            )
        )
    return out


def _schools(ask: Ask) -> dict[int, tuple[str, str]]:
    return {row[0]: (row[1], row[2]) for row in ask.all(lambda *row: row, _SCHOOLS)}
