"""A year at a glance: a line for each month, a mark for each day."""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING, Final

from senco.deferred import dataclass
from senco.meetings.kinds import MeetingKind, MeetingStatus, SpanKind
from senco.meetings.rules import at_weekend, closes_schools

if TYPE_CHECKING:
    from collections.abc import Iterable

    from senco.meetings.kinds import MeetingLine
    from senco.meetings.terms import SchoolYear

MARKS: Final = {
    MeetingKind.CONFERENCE: "C",
    MeetingKind.SINGLE_PHASE: "S",
    MeetingKind.CROSS_PHASE: "X",
    MeetingKind.CLUSTER: "M",
    MeetingKind.PANEL: "P",
}
SEVERAL: Final = "*"
BANK: Final = "b"
HOLIDAY: Final = "-"
INSET: Final = "i"
SOME: Final = "~"
OPEN: Final = "·"
LEGEND: Final = (
    "C conference, S single-phase, X cross-phase, M other cluster meeting, P panel, * several kinds in one day;"
    " - holiday, b bank holiday, i INSET, ~ closed for some schools."
)
_MONTHS: Final = (9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8)
_DAYS: Final = 31


@dataclass(frozen=True, slots=True)
class GlanceLine:
    """One month; ``days`` has a mark for each of its days, and a blank for a day at a weekend."""

    month: str
    days: str


def heading() -> str:
    """Give the numbers that stand over the days: the 1st, the 5th and so on, two characters to a day.

    >>> heading()[:24]
    '1       5         10    '
    """
    row = [" "] * (2 * _DAYS + 1)
    for day in (1, *range(5, _DAYS, 5)):
        row[2 * (day - 1) : 2 * (day - 1) + len(str(day))] = str(day)
    return "".join(row).rstrip()


def shown(line: GlanceLine) -> str:
    """Give a month's marks spaced so that they stand under the heading."""
    return " ".join(line.days).rstrip()


def glance(year: SchoolYear, lines: Iterable[MeetingLine]) -> list[GlanceLine]:
    """Give a year's months from September on with the meetings that stand; August only if it has one."""
    held: dict[date, set[str]] = {}
    for line in lines:
        if line.status != MeetingStatus.CANCELLED:
            held.setdefault(date.fromisoformat(line.starts[:10]), set()).add(MARKS[MeetingKind(line.kind)])
    out = []
    for month in _MONTHS:
        at = year.year.calendar_year(month)
        days = [date(at, month, day) for day in range(1, calendar.monthrange(at, month)[1] + 1)]
        if month == _MONTHS[-1] and not any(day in held for day in days):
            continue
        out.append(GlanceLine(days[0].isoformat()[:7], "".join(_mark(year, day, held.get(day, set())) for day in days)))
    return out


def _mark(year: SchoolYear, day: date, meetings: set[str]) -> str:
    if meetings:
        return meetings.pop() if len(meetings) == 1 else SEVERAL
    if at_weekend(day):
        return " "
    if day in year.bank:
        return BANK
    told = day.isoformat()
    off = [
        each
        for each in year.spans
        if each.kind != SpanKind.TERM and closes_schools(each.title) and each.first <= told <= each.last
    ]
    ours = [each for each in off if each.urn is None]
    if ours:
        return INSET if all(each.kind == SpanKind.INSET for each in ours) else HOLIDAY
    if year.why_closed(day):  # before, after or between the terms
        return HOLIDAY
    return SOME if off else OPEN
