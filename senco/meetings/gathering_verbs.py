"""Changing who comes and what they agreed: contacts, registers, actions, standing items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.errors import BadInput, NotFound, Refused
from senco.meetings import gathering_questions as asking
from senco.meetings import questions
from senco.meetings.contactplanning import contacts_plan
from senco.meetings.kinds import Action, MeetingKind, MeetingStatus
from senco.meetings.register import seat_meant
from senco.meetings.tables import Attendance, Contact, MeetingAction, StandingItem
from senco.privacy import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from senco.meetings.contactintake import ContactPlan
    from senco.meetings.gathering import ActionLine, ContactDraft, Mark, SeatLine, StandingLine
    from senco.meetings.kinds import MeetingLine
    from senco.store.doors import Change


def apply_contacts(change: Change, drafts: Sequence[ContactDraft], *, day: date, end_missing: bool) -> ContactPlan:
    """Take contacts in; those the file leaves out end on the day when ``end_missing`` says so.

    Raises what `contactplanning.contacts_plan` raises, Refused ``contacts.nothing-to-import`` when nothing changes.
    """
    plan = contacts_plan(change.ask, drafts, day=day)
    if plan.changes_nothing and not (end_missing and plan.count(Action.GONE)):
        raise Refused("contacts.nothing-to-import", "The contacts are already as the file says.")
    for action, line in plan.contacts:
        if action is Action.ADDED:
            change.add(
                Contact,
                name=line.name,
                folded_name=fold(line.name),
                role=line.role,
                urn=line.urn,
                organisation=line.organisation,
                email=line.email,
                invited_to=line.invited_to,
                starts=day.isoformat(),
                source=line.source,
            )
        elif action is Action.CHANGED:
            row = change.session.get_one(Contact, line.contact_id)
            row.name, row.email, row.invited_to = line.name, line.email, line.invited_to
        elif action is Action.GONE and end_missing:
            change.session.get_one(Contact, line.contact_id).ends = day.isoformat()
    counts = {action.value: plan.count(action) for action in (Action.ADDED, Action.CHANGED)}
    change.record("contacts", **counts, ended=plan.count(Action.GONE) if end_missing else 0)
    return plan


def mark(
    change: Change, word: str, marks: Mapping[str, Mark], *, rest: Mark | None = None
) -> tuple[MeetingLine, list[SeatLine]]:
    """Mark seats of a meeting's register, each named as people do; ``rest`` marks those not marked yet.

    Raises NotFound as `questions.meeting_named` and `register.seat_meant` do, Refused ``attend.cancelled``,
    ``attend.nothing`` when no mark is new.
    """
    line = questions.meeting_named(change.ask, word)
    if line.status == MeetingStatus.CANCELLED:
        raise Refused("attend.cancelled", f"{line.reference} was cancelled: nobody can have come.")
    held = asking.seats(change.ask, line)
    wanted = {seat_meant(named, held): given for named, given in marks.items()}
    if rest is not None:
        wanted |= {seat: rest for seat in held if not seat.mark and seat not in wanted}
    new = {seat: given for seat, given in wanted.items() if seat.mark != given}
    if not new:
        raise Refused("attend.nothing", f"The register of {line.reference} already says so. Nothing changed.")
    for seat, given in new.items():
        change.add(
            Attendance,
            meeting_reference=line.reference,
            urn=seat.urn if seat.contact_id is None else None,
            contact_id=seat.contact_id,
            mark=given.value,
            marked_at=change.stamp,
            marked_by=change.actor,
        )
    change.record(f"meeting {line.reference}", register=len(new))
    change.flush()
    return line, asking.seats(change.ask, line)


def add_action(change: Change, word: str, task: str, *, owner: str, due: date | None) -> ActionLine:
    """Write down an action agreed at a meeting.

    Raises NotFound as `questions.meeting_named` does, BadInput ``action.incomplete`` without a task or an owner.
    """
    line = questions.meeting_named(change.ask, word)
    if not task.strip() or not owner.strip():
        raise BadInput("action.incomplete", "An action says what is to be done and by whom.", "Give --owner NAME.")
    row = change.add(
        MeetingAction,
        meeting_reference=line.reference,
        task=task.strip(),
        owner=owner.strip(),
        due=due.isoformat() if due else None,
        agreed_at=change.stamp,
        outcome="",
    )
    change.flush()
    change.record(f"action A{row.action_id}", meeting=line.reference, due=row.due)
    return asking.action_named(change.ask, f"A{row.action_id}")


def close_action(change: Change, word: str, *, day: date, dropped: bool) -> ActionLine:
    """Close an action as done or dropped; raises NotFound ``action.unknown``, Refused ``action.closed``."""
    line = asking.action_named(change.ask, word)
    if line.outcome:
        raise Refused("action.closed", f"{line.reference} is {line.outcome} already.")
    row = change.session.get_one(MeetingAction, int(line.reference[1:]))
    row.closed_on, row.outcome = day.isoformat(), "dropped" if dropped else "done"
    change.record(f"action {line.reference}", outcome=row.outcome)
    change.flush()
    return asking.action_named(change.ask, line.reference)


def add_standing(
    change: Change, title: str, months: Sequence[int], kinds: Sequence[MeetingKind], *, day: date
) -> StandingLine:
    """Let an item stand on agendas in some months from a day on.

    Raises BadInput ``standing.months``, Refused ``standing.exists`` when an item of that title stands.
    """
    if not months or not all(1 <= each <= 12 for each in months) or not title.strip():  # noqa: PLR2004 - months
        raise BadInput(
            "standing.months", "A standing item has a title and months, 1 to 12.", "As in --month 6 --month 7."
        )
    if any(fold(each.title) == fold(title) and each.ends is None for each in asking.standing(change.ask)):
        raise Refused("standing.exists", f"“{title.strip()}” stands already.", "End it first: `standing end`.")
    change.add(
        StandingItem,
        title=title.strip(),
        months=", ".join(map(str, dict.fromkeys(months))),
        kinds=", ".join(each.value for each in kinds),
        holds_from=day.isoformat(),
        source=change.actor,
    )
    change.record("standing item", months=", ".join(map(str, months)), added=1)
    change.flush()
    return next(each for each in asking.standing(change.ask) if each.title == title.strip() and each.ends is None)


def end_standing(change: Change, title: str, *, day: date) -> str:
    """Let an item stand no more from a day on; raises NotFound ``standing.unknown``."""
    from sqlmodel import select

    from senco.nearest import did_you_mean

    rows = change.session.exec(select(StandingItem)).all()
    living = {row.title: row for row in rows if row.ends is None}
    found = [name for name in living if fold(name) == fold(title)] or [
        name for name in living if fold(title) in fold(name)
    ]
    if len(found) != 1:
        hint = did_you_mean(title, living) or "`senco meetings standing list` shows them."
        raise NotFound("standing.unknown", f"No standing item is clearly meant by '{title}'.", hint)
    row = living[found[0]]
    row.ends = max(day.isoformat(), row.holds_from)
    change.record("standing item", ended=1)
    return found[0]
