"""Contacts, registers, attendance, actions and standing items as people see them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.console.listing import Column, Listing
from senco.dates import say_date
from senco.deferred import dataclass
from senco.meetings.gathering import FILLED
from senco.meetings.pattern import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.meetings.contactintake import ContactPlan
    from senco.meetings.gathering import ActionLine, AttendanceLine, ContactLine, Quorum, SeatLine, StandingLine


@dataclass(frozen=True, slots=True)
class ContactPlanLine:
    """One contact of an import's plan, without the address."""

    action: str
    name: str
    role: str
    urn: int | None
    organisation: str
    invited_to: str
    source: str


def contacts(lines: Sequence[ContactLine], day: date) -> Listing:
    """Lay out contacts: the one list that shows their addresses."""
    return Listing(
        "contacts",
        lines,
        (
            Column("Name", lambda line: line.name, whole=False),
            Column("Role", lambda line: line.role, keep=1),
            Column("School or organisation", lambda line: line.school or line.organisation or "–", whole=False),
            Column("Invited to", lambda line: line.invited_to or "–", keep=3, whole=False),
            Column("E-mail", lambda line: line.email or "–", keep=2),
        ),
        title=f"Contacts on {say_date(day)}",
        empty="No contacts are known: `senco meetings contacts import` takes a list in.",
    )


def contact_plan(plan: ContactPlan) -> Listing:
    """Lay out what an import of contacts does."""
    lines = [
        ContactPlanLine(action.value, line.name, line.role, line.urn, line.organisation, line.invited_to, line.source)
        for action, line in plan.contacts
    ]
    return Listing(
        "plan",
        lines,
        (
            Column("Plan", lambda line: line.action),
            Column("Name", lambda line: line.name, whole=False),
            Column("Role", lambda line: line.role, keep=1),
            Column("Of", lambda line: line.organisation or (str(line.urn) if line.urn else "–"), keep=2, whole=False),
        ),
        title="Contacts",
    )


def told(plan: ContactPlan) -> str:
    """Give an import's outcome in one sentence."""
    counts: dict[str, int] = {}
    for action, _ in plan.contacts:
        counts[action.value] = counts.get(action.value, 0) + 1
    return f"Contacts: {', '.join(f'{count} {action}' for action, count in counts.items()) or 'none'}."


def register(lines: Sequence[SeatLine], reference: str, quorum: Quorum) -> Listing:
    """Lay out a meeting's register with what the quorum says."""
    return Listing(
        "register",
        lines,
        (
            Column("Seat", lambda line: line.seat, whole=False),
            Column("Person", lambda line: line.who or "–", keep=1, whole=False),
            Column("Role", lambda line: line.role or "–", keep=2),
            Column("Mark", lambda line: line.mark or "–"),
        ),
        title=f"Register of {reference}",
        empty="Nobody is expected: no schools are recorded in its clusters, and no partner is invited.",
        notes=(register_said(lines, quorum),),
    )


def register_said(lines: Sequence[SeatLine], quorum: Quorum) -> str:
    """Say in one sentence how many came, and whether the meeting is quorate."""
    filled = sum(line.mark in FILLED for line in lines)
    return f"{filled} of {len(lines)} seats are taken; {quorum.said}."


def attendance(lines: Sequence[AttendanceLine], year: str) -> Listing:
    """Lay out attendance by school over a year, those that came least first."""
    return Listing(
        "attendance",
        lines,
        (
            Column("School", lambda line: line.school, whole=False),
            Column("Clusters", lambda line: line.clusters or "–", keep=1),
            Column("Meetings", lambda line: str(line.meetings), align="right", keep=2),
            Column("Present", lambda line: str(line.present), align="right", keep=3),
            Column("Substitute", lambda line: str(line.substitute), align="right", keep=3),
            Column("Apologies", lambda line: str(line.apologies), align="right", keep=2),
            Column("Absent", lambda line: str(line.absent), align="right"),
            Column("Not marked", lambda line: str(line.unmarked), align="right", keep=4),
            Column("Came", lambda line: "–" if line.percent is None else f"{line.percent}%", align="right"),
        ),
        title=f"Attendance {year}",
        empty=f"No meeting of {year} has been held yet.",
    )


def actions(lines: Sequence[ActionLine]) -> Listing:
    """Lay out actions by their due date."""
    return Listing(
        "actions",
        lines,
        (
            Column("Action", lambda line: line.reference),
            Column("Due", lambda line: say_date(date.fromisoformat(line.due)) if line.due else "–"),
            Column("What", lambda line: line.task, whole=False),
            Column("Who", lambda line: line.owner, keep=1, whole=False),
            Column("Agreed at", lambda line: line.meeting, keep=2),
            Column("Outcome", lambda line: line.outcome or "open", keep=1),
        ),
        title="Actions",
        empty="No action is open.",
    )


def standing(lines: Sequence[StandingLine]) -> Listing:
    """Lay out standing items."""
    return Listing(
        "standing_items",
        lines,
        (
            Column("Item", lambda line: line.title, whole=False),
            Column("Months", lambda line: ", ".join(MONTHS[int(each) - 1][:3] for each in line.months.split(","))),
            Column("Of", lambda line: line.kinds or "cluster meetings", keep=1, whole=False),
            Column("Source", lambda line: line.source, keep=2, whole=False),
        ),
        title="Standing items",
        empty="No item stands.",
    )
