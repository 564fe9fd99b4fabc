"""Changing the programme: an import applied, a meeting added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.dates import AcademicYear
from senco.errors import Refused
from senco.meetings import changing, deadlines, questions
from senco.meetings.kinds import Action, MeetingStatus
from senco.meetings.planning import meeting_line
from senco.meetings.tables import Holiday, Meeting, MeetingChange, MeetingCluster, MeetingDeadline
from senco.settings.questions import number_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, time

    from senco.meetings.kinds import DeadlineKind, HolidayLine, ImportPlan, MeetingDraft, MeetingLine, Programme
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
            before = questions.meeting(change.ask, each.meeting.reference)
            assert before is not None  # noqa: S101 - the plan found it in the same transaction
            if before.sequence != each.meeting.sequence:
                _keep(change, before, each.meeting, changing.IMPORTED, f"import of {programme.file}")
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


def add_proposed(change: Change, drafts: Sequence[MeetingDraft], *, year: str, day: date) -> list[MeetingLine]:
    """Add a whole proposed programme in one change; ``day`` is the day of the settings used.

    Raises Refused ``plan.year-has-meetings`` when one of them would stand beside a meeting of its kind in that year,
    and what `planning.meeting_line` raises.
    """
    known = questions.known_clusters(change.ask, year)
    la_code = number_on(change.ask, "la.code", day)
    lines = [meeting_line(draft, year=year, known=known, la_code=la_code, at=change.stamp) for draft in drafts]
    kinds = {line.kind for line in lines}
    standing = [line for line in questions.meetings(change.ask, year=year) if line.kind in kinds]
    if standing:
        raise Refused(
            "plan.year-has-meetings",
            f"{year} has {len(standing)} such meetings already, the first of them {standing[0].reference}.",
            "Plan a year that is still empty; `senco meetings move` changes one meeting at a time.",
        )
    for line in lines:
        _add(change, line)
    change.record(f"meetings {year}", added=len(lines), planned=True)
    change.flush()
    return lines


def move(
    change: Change, word: str, day: date, times: tuple[time, time] | None, *, reason: str
) -> tuple[MeetingLine, MeetingLine]:
    """Move a meeting and keep what was as its history; gives it before and after.

    Raises NotFound as `questions.meeting_named` does, Refused ``meeting.cannot-change``, ``meeting.nothing-changed``,
    and what `changing.moved` raises.
    """
    line = _changeable(change, word, changing.MOVED)
    return _put(change, line, changing.moved(line, day, times, at=change.stamp), changing.MOVED, reason)


def put_elsewhere(change: Change, word: str, venue: str, *, reason: str) -> tuple[MeetingLine, MeetingLine]:
    """Give a meeting another venue and keep the old one as its history; raises what `move` raises."""
    line = _changeable(change, word, changing.VENUE)
    return _put(change, line, changing.elsewhere(line, venue.strip(), at=change.stamp), changing.VENUE, reason)


def cancel(change: Change, word: str, *, reason: str) -> tuple[MeetingLine, MeetingLine]:
    """Call a meeting off: it stays on record, and in the calendars as cancelled; raises what `move` raises."""
    line = _changeable(change, word, changing.CANCELLED)
    new = changing.with_status(line, MeetingStatus.CANCELLED, at=change.stamp)
    return _put(change, line, new, changing.CANCELLED, reason)


def reinstate(change: Change, word: str, *, reason: str) -> tuple[MeetingLine, MeetingLine]:
    """Let a meeting that was called off stand again; raises what `move` raises."""
    line = _changeable(change, word, changing.REINSTATED)
    new = changing.with_status(line, MeetingStatus.CONFIRMED, at=change.stamp)
    return _put(change, line, new, changing.REINSTATED, reason)


def name_chair(change: Change, word: str, person: str) -> MeetingLine:
    """Name who chairs a meeting; no calendar is touched by it. Raises NotFound as `questions.meeting_named` does."""
    line = questions.meeting_named(change.ask, word)
    change.session.get_one(Meeting, line.reference).chair = person.strip()
    change.record(f"meeting {line.reference}", chair="named" if person.strip() else "none")
    change.flush()
    return questions.meeting_named(change.ask, line.reference)


def fix_deadline(change: Change, word: str, kind: DeadlineKind, due: datetime | None) -> MeetingLine:
    """Fix a deadline for one meeting, or (None) let it follow the settings again.

    Raises NotFound as `questions.meeting_named` does, Refused ``meeting.no-such-deadline`` with the reason.
    """
    line = questions.meeting_named(change.ask, word)
    if due is not None and (reason := deadlines.why_not_due(line, kind, due)):
        raise Refused(
            "meeting.no-such-deadline", f"{reason[0].upper()}{reason[1:]}.", "`senco meetings deadlines` lists them."
        )
    row = change.session.get(MeetingDeadline, (line.reference, kind.value))
    told = due.isoformat(timespec="minutes") if due else ""
    if row is not None and due is None:
        change.session.delete(row)
    elif row is not None:
        row.due, row.fixed_at = told, change.stamp
    elif due is not None:
        change.add(MeetingDeadline, meeting_reference=line.reference, kind=kind.value, due=told, fixed_at=change.stamp)
    change.record(f"meeting {line.reference}", deadline=kind.value, due=told)
    change.flush()
    return line


def _changeable(change: Change, word: str, what: str) -> MeetingLine:
    line = questions.meeting_named(change.ask, word)
    if reason := changing.why_not_change(line, what):
        raise Refused(
            "meeting.cannot-change", f"{reason}.", f"`senco meetings show {line.reference}` shows how it stands."
        )
    return line


def _put(
    change: Change, line: MeetingLine, new: MeetingLine, what: str, reason: str
) -> tuple[MeetingLine, MeetingLine]:
    if new == line:
        raise Refused("meeting.nothing-changed", f"{line.reference} is already so. Nothing changed.")
    _keep(change, line, new, what, reason)
    _update(change, new)
    change.record(f"meeting {line.reference}", change=what, sequence=new.sequence, starts=new.starts_utc)
    change.flush()
    return line, new


def _keep(change: Change, line: MeetingLine, new: MeetingLine, what: str, reason: str) -> None:
    """Write down how a meeting stood before and after a change."""
    change.add(
        MeetingChange,
        meeting_reference=line.reference,
        change=what,
        sequence=new.sequence,
        starts_before=line.starts,
        ends_before=line.ends,
        venue_before=line.venue,
        status_before=line.status,
        starts_after=new.starts,
        ends_after=new.ends,
        venue_after=new.venue,
        status_after=new.status,
        reason=reason,
        made_at=change.stamp,
        made_by=change.actor,
    )


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
