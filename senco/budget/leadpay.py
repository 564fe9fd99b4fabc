"""The host schools paid for their leads: what the funds lack comes from the High Needs Block, in one change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from senco.budget import naming, questions, recorded
from senco.budget.kinds import EntryKind, Fund
from senco.budget.posting import post
from senco.budget.shapes import EntryDraft
from senco.dates import say_date
from senco.errors import NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.budget.kinds import EntryLine
    from senco.budget.leads import LeadLine
    from senco.store.doors import Change


def pay_leads(change: Change, lines: Sequence[LeadLine], *, day: date, override: str = "") -> list[EntryLine]:
    """Give the lead's two funds what they lack for these times from the High Needs Block, and pay the host schools.

    Raises NotFound ``host.unknown`` for a time without a host school, Refused ``lead.paid-already`` for days that were
    paid before, unless for a reason, and ``fund.too-little``.
    """
    of = lines[0]
    made: list[EntryLine] = []
    for line in lines:
        if line.urn is None:
            raise NotFound(
                "host.unknown",
                f"The host school of {line.cluster}'s lead from {line.first} on is not known.",
                "Give --host SCHOOL, or say it once: `senco clusters lead`.",
            )
        paid = questions.lead_days_paid(change.ask, line.cluster, line.year)
        twice = [(last, first, number) for number, first, last in paid if first <= line.last and line.first <= last]
        if twice and not override.strip():
            last, first, number = max(twice)
            open_ = first <= of.first and last < lines[-1].last
            rest = (
                f"Pay the days after with --from {date.fromisoformat(last) + timedelta(days=1)}; or else r"
                if open_
                else "R"
            )
            raise Refused(
                "lead.paid-already",
                f"E{number} paid the lead of {line.cluster} from {_said(first)} to {_said(last)} already.",
                f'{rest}everse it first, or say why it is paid again: --override "…".',
            )
        told = f"Lead SENCO, {line.first} to {line.last}: {line.months} months at {line.fte}"
        draft = EntryDraft(
            EntryKind.SPEND,
            naming.hnb(line.year),
            naming.school(line.urn, line.year),
            0,
            day,
            f"{told}; {override}" if twice else told,
            receipt=f"{questions.LEAD} {line.first}/{line.last} {line.urn}" + (f" +{len(twice)}" if twice else ""),
            override=override,
        )
        for fund, pence in ((Fund.LEAD_SALARY, line.salary_pence), (Fund.LEAD_ON_COSTS, line.on_costs_pence)):
            if pence:
                made += _pay(change, line, fund, pence, draft)
    salary, on_costs = sum(line.salary_pence for line in lines), sum(line.on_costs_pence for line in lines)
    change.record(
        f"lead of {of.cluster} {of.year}",
        first=of.first,
        last=lines[-1].last,
        salary_pence=salary,
        on_costs_pence=on_costs,
        **recorded.facts(change.ask, [line.number for line in made]),
    )
    return made


def _pay(change: Change, line: LeadLine, fund: Fund, pence: int, draft: EntryDraft) -> list[EntryLine]:
    """Give a fund what it lacks, and the host school its part; the draft says what both entries share."""
    account = naming.of_cluster(line.cluster, fund, line.year)
    lacks = pence - max(0, questions.holds(change.ask, account))
    made = []
    if lacks > 0:
        given = replace(draft, kind=EntryKind.ALLOCATE, giver=naming.hnb(line.year), taker=account, amount=lacks)
        made.append(post(change, replace(given, receipt="")))
    return [*made, post(change, replace(draft, giver=account, amount=pence, override=""))]


def _said(day: str) -> str:
    return say_date(date.fromisoformat(day))
