"""Changing the programme: an import applied, a meeting added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.dates import AcademicYear
from senco.errors import Refused
from senco.meetings import questions
from senco.meetings.kinds import Action
from senco.meetings.planning import meeting_line
from senco.meetings.tables import Holiday, Meeting, MeetingCluster
from senco.settings.questions import number_on

if TYPE_CHECKING:
    from datetime import date

    from senco.meetings.kinds import HolidayLine, ImportPlan, MeetingDraft, MeetingLine, Programme
    from senco.store.doors import Change


def apply_programme(change: Change, programme: Programme, *, day: date, cancel_missing: bool = False) -> ImportPlan:
    """Plan anew inside the transaction and do what the plan says; gives the plan as done.

    Raises what `planning.plan_import` raises, and Refused ``meetings.nothing-to-import`` when there is nothing to
    change: that leaves no line in the trail.
    """
    plan = questions.import_plan(change.ask, programme, day=day, at=change.stamp, cancel_missing=cancel_missing)
    if plan.changes_nothing:
        raise Refused("meetings.nothing-to-import", f"The programme of {plan.year} is already as the file says.")
    for each in plan.meetings:
        if each.action is Action.ADDED:
            _add(change, each.meeting)
        elif each.action in {Action.CHANGED, Action.CANCELLED}:
            _update(change, each.meeting)
    for holiday in plan.holidays:
        if holiday.action is Action.ADDED:
            _add_holiday(change, holiday.holiday)
        elif holiday.action is Action.CHANGED:
            change.session.get_one(Holiday, holiday.holiday.holiday_id).last = holiday.holiday.last
    change.record(
        f"meetings {plan.year}",
        **{action.value: plan.count(action) for action in Action},
        holidays=sum(holiday.action is not Action.UNCHANGED for holiday in plan.holidays),
    )
    return plan


def add_meeting(change: Change, draft: MeetingDraft, *, day: date) -> MeetingLine:
    """Add one meeting by hand; ``day`` is the day of the settings used.

    Raises Refused ``meeting.exists`` when that audience already meets on that day, and what `planning.meeting_line`
    raises.
    """
    year = str(AcademicYear.of(draft.day))
    known = questions.known_clusters(change.ask, year)
    la_code = number_on(change.ask, "la.code", day)
    line = meeting_line(draft, year=year, known=known, la_code=la_code, at=change.stamp)
    if questions.meeting(change.ask, line.reference):
        raise Refused(
            "meeting.exists",
            f"There is a meeting {line.reference} already.",
            f"`senco meetings show {line.reference}` shows it.",
        )
    _add(change, line)
    change.record(f"meeting {line.reference}", kind=line.kind, starts=line.starts_utc, clusters=line.clusters)
    change.flush()
    return line


def _add(change: Change, line: MeetingLine) -> None:
    change.add(
        Meeting,
        **_columns(line),
        reference=line.reference,
        year=line.year,
        uid=line.uid,
        source=line.source,
    )
    change.flush()
    for cluster in line.cluster_references:
        change.add(MeetingCluster, meeting_reference=line.reference, cluster_reference=cluster)


def _update(change: Change, line: MeetingLine) -> None:
    """Bring a stored meeting to the line; the clusters it is for are put anew."""
    from sqlmodel import select

    row = change.session.get_one(Meeting, line.reference)
    for name, value in _columns(line).items():
        setattr(row, name, value)
    held = {
        each.cluster_reference: each
        for each in change.session.exec(
            select(MeetingCluster).where(MeetingCluster.meeting_reference == line.reference)
        )
    }
    for cluster, each in held.items():
        if cluster not in line.cluster_references:
            change.session.delete(each)
    for cluster in line.cluster_references:
        if cluster not in held:
            change.add(MeetingCluster, meeting_reference=line.reference, cluster_reference=cluster)


def _columns(line: MeetingLine) -> dict[str, object]:
    """Give what an import may change of a meeting."""
    return {
        "kind": line.kind,
        "title": line.title,
        "for_all": int(line.for_all),
        "starts": line.starts,
        "ends": line.ends,
        "zone": line.zone,
        "starts_utc": line.starts_utc,
        "ends_utc": line.ends_utc,
        "venue": line.venue,
        "purpose": line.purpose,
        "status": line.status,
        "sequence": line.sequence,
        "chair": line.chair,
        "changed_at": line.changed_at,
    }


def _add_holiday(change: Change, line: HolidayLine) -> None:
    change.add(
        Holiday,
        year=line.year,
        title=line.title,
        first=line.first,
        last=line.last,
        la_code=line.la_code,
        urn=line.urn,
        source=line.source,
    )
