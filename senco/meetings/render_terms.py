"""Term dates, bank holidays and the plan of their import as people see them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.console.listing import Column, Listing
from senco.dates import say_date
from senco.meetings.kinds import Action
from senco.meetings.render import findings
from senco.meetings.termplanning import TermPlanLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from senco.meetings.kinds import BankHolidayLine, HolidayLine
    from senco.meetings.termplanning import TermPlan

_BOROUGH = "the borough"


def spans(lines: Sequence[HolidayLine], names: Mapping[int, str], year: str, *, of: str = "") -> Listing:
    """Lay out the spans of a year; ``of`` says whose they are when not everybody's."""
    return Listing(
        "terms",
        lines,
        (
            Column("What", lambda line: line.title, whole=False),
            Column("Kind", lambda line: line.kind, keep=2),
            Column("First day", lambda line: _day(line.first)),
            Column("Last day", lambda line: _day(line.last)),
            Column("Kept by", lambda line: _kept_by(line, names), keep=1, whole=False),
        ),
        title=f"Term dates {year}{of}",
        empty=f"No term dates are known for {year}: `senco meetings terms template` writes a table to fill in.",
    )


def bank(lines: Sequence[BankHolidayLine], year: str) -> Listing:
    """Lay out the bank holidays of an academic year."""
    return Listing(
        "bank_holidays",
        lines,
        (
            Column("Bank holiday", lambda line: line.title, whole=False),
            Column("Day", lambda line: _day(line.day)),
            Column("Source", lambda line: line.source, keep=1, whole=False),
        ),
        title=f"Bank holidays {year}",
    )


def plan(each: TermPlan, names: Mapping[int, str]) -> tuple[Listing, Listing]:
    """Lay out what an import does, and what was found on the way."""
    lines = [
        TermPlanLine(
            action.value,
            line.year,
            line.kind,
            line.title,
            line.first,
            line.last,
            _kept_by(line, names),
            line.source,
        )
        for action, line in each.spans
    ]
    lines += [
        TermPlanLine(action.value, line.day[:4], "bank holiday", line.title, line.day, line.day, "England", line.source)
        for action, line in each.bank
        if action is not Action.UNCHANGED
    ]
    idle = sum(action is Action.UNCHANGED for action, _ in each.bank)
    told = (f"{idle} bank holidays are already as the file says.",) if idle else ()
    return (
        Listing(
            "plan",
            lines,
            (
                Column("Plan", lambda line: line.action),
                Column("What", lambda line: line.title, whole=False),
                Column("Kind", lambda line: line.kind, keep=2),
                Column("First day", lambda line: _day(line.first)),
                Column("Last day", lambda line: _day(line.last)),
                Column("Kept by", lambda line: line.kept_by, keep=1, whole=False),
            ),
            title="Term dates",
            empty="Nothing new.",
            notes=(*told, *each.notes),
        ),
        findings(each.findings),
    )


def told(each: TermPlan) -> str:
    """Give an import's outcome in one sentence."""
    counts = [f"{each.count(action)} {action.value}" for action in Action if each.count(action)]
    return f"Term dates: {', '.join(counts) or 'none'}."


def _kept_by(line: HolidayLine, names: Mapping[int, str]) -> str:
    return _BOROUGH if line.urn is None else names.get(line.urn, f"school {line.urn}")


def _day(iso: str) -> str:
    return say_date(date.fromisoformat(iso))
