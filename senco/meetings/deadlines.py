"""When a meeting's requests close, its papers go out and its decisions must be told: worked out, or fixed for one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from senco.dates import is_working_day, say_date, say_time, working_days_before
from senco.meetings.kinds import DeadlineKind, DeadlineLine, MeetingKind, MeetingStatus

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from senco.meetings.kinds import MeetingLine

NONE: Final = "none"
FIXED: Final = "fixed for this meeting"
# A conference moderates nothing; decisions are told after the panel alone.
KINDS_OF: Final[Mapping[str, tuple[DeadlineKind, ...]]] = {
    MeetingKind.CONFERENCE: (),
    MeetingKind.SINGLE_PHASE: (DeadlineKind.CLOSING, DeadlineKind.PAPERS),
    MeetingKind.CROSS_PHASE: (DeadlineKind.CLOSING, DeadlineKind.PAPERS),
    MeetingKind.CLUSTER: (DeadlineKind.CLOSING, DeadlineKind.PAPERS),
    MeetingKind.PANEL: (DeadlineKind.CLOSING, DeadlineKind.PAPERS, DeadlineKind.NOTICE),
}
SAID: Final[Mapping[str, str]] = {
    DeadlineKind.CLOSING: "Requests close",
    DeadlineKind.PAPERS: "Papers go out",
    DeadlineKind.NOTICE: "Decisions told by",
}


def due_on(rule: str, day: date, kind: DeadlineKind, bank: Container[date]) -> tuple[date, time] | None:
    """Give when something is due for a meeting on a day, by a rule as settings keep it; None where there is no rule.

    A notice is counted forward from the meeting, all else backward. Working days are Monday to Friday without the
    bank holidays; calendar days may end on any day.

    >>> due_on("10 working 17:00", date(2020, 11, 24), DeadlineKind.CLOSING, ())
    (datetime.date(2020, 11, 10), datetime.time(17, 0))
    >>> due_on("14 calendar 18:00", date(2020, 11, 24), DeadlineKind.NOTICE, ())
    (datetime.date(2020, 12, 8), datetime.time(18, 0))
    """
    if rule == NONE:
        return None
    count, counted, clock = rule.split()
    number, at = int(count), time.fromisoformat(clock)
    if counted == "working":
        counting = _working_days_after if kind is DeadlineKind.NOTICE else working_days_before
        return counting(day, number, bank), at
    return day + timedelta(days=number if kind is DeadlineKind.NOTICE else -number), at


def _working_days_after(day: date, number: int, bank: Container[date]) -> date:
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day, bank)
    return day


def deadlines_of(
    line: MeetingLine,
    *,
    rules: Mapping[str, tuple[str, str, str]],
    fixed: Mapping[str, tuple[str, str]],
    bank: Container[date],
) -> list[DeadlineLine]:
    """Give a meeting's deadlines in the order of time; none for one that is called off.

    ``rules`` give for each kind the rule, how it is said and when it was set; ``fixed`` what was fixed for this meeting
    alone, and when.
    """
    if line.status == MeetingStatus.CANCELLED:
        return []
    day = date.fromisoformat(line.starts[:10])
    found = []
    for kind in KINDS_OF[line.kind]:
        if kind in fixed:
            due, changed_at = fixed[kind]
            found.append(_line(line, kind, datetime.fromisoformat(due), FIXED, bank, changed_at))
            continue
        rule, said, changed_at = rules[kind]
        if (told := due_on(rule, day, kind, bank)) is not None:
            days, clock = said.split(", ")
            basis = f"{days} {'after' if kind is DeadlineKind.NOTICE else 'before'}, {clock}"
            found.append(_line(line, kind, datetime.combine(*told), basis, bank, changed_at))
    return sorted(found, key=lambda each: each.due)


def _line(  # noqa: PLR0917 - what a line is made of
    line: MeetingLine, kind: DeadlineKind, due: datetime, basis: str, bank: Container[date], changed_at: str
) -> DeadlineLine:
    return DeadlineLine(
        meeting=line.reference,
        kind=kind.value,
        due=due.isoformat(timespec="minutes"),
        basis=basis,
        working=is_working_day(due.date(), bank),
        changed_at=changed_at,
    )


def why_not_due(line: MeetingLine, kind: DeadlineKind, due: datetime) -> str | None:
    """Give the reason for which a meeting cannot have such a deadline, or None.

    It has one of this kind only if it moderates or decides; requests close and papers go out before it, decisions
    are told after it.
    """
    if line.status == MeetingStatus.CANCELLED:
        return f"{line.reference} is cancelled"
    if kind not in KINDS_OF[line.kind]:
        return f"a {line.kind} meeting has no such deadline"
    if kind is DeadlineKind.NOTICE:
        return None if due.isoformat() > line.ends else "decisions cannot be told before the meeting has ended"
    return None if due.isoformat() < line.starts else "it would be after the meeting has begun"


def said(each: DeadlineLine) -> str:
    """Give a deadline in people's words.

    >>> said(DeadlineLine("2020-11-24-CP", "closing", "2020-11-10T17:00", "10 working days before, 5pm", True, ""))
    'Requests close Tue 10 Nov 2020, 5pm'
    """
    due = datetime.fromisoformat(each.due)
    return f"{SAID[each.kind]} {say_date(due.date())}, {say_time(due.time())}"
