"""Lead SENCOs' money as people see it: each time served with its workings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.budget.columns import pounds
from senco.budget.render import day_of
from senco.console.listing import Column, Listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.budget.leads import LeadLine


def leads(lines: Sequence[LeadLine], workings: Sequence[str]) -> Listing:
    """Lay out what host schools are due for their leads, and what the sums rest on."""
    return Listing(
        "leads",
        lines,
        (
            Column("Host school", lambda line: line.host or "not known", whole=False),
            Column("From", lambda line: day_of(line.first), keep=1),
            Column("To", lambda line: day_of(line.last), keep=1),
            Column("Months", lambda line: line.months),
            Column("FTE", lambda line: line.fte, keep=2, align="right"),
            Column("On-costs at", lambda line: line.on_costs, keep=2, align="right"),
            pounds("Salary share", lambda line: line.salary_pence),
            pounds("On-costs", lambda line: line.on_costs_pence),
            pounds("Together", lambda line: line.salary_pence + line.on_costs_pence),
        ),
        title=f"Lead SENCO of {lines[0].cluster} {lines[0].year}",
        notes=workings,
    )
