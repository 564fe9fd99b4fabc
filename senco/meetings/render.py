"""Meetings, holidays and the plan of an import as people see them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from senco.console.listing import Card, Column, Listing
from senco.dates import read_iso_utc, say_date, say_moment, say_time, say_times
from senco.meetings.deadlines import SAID
from senco.meetings.kinds import ALL_CLUSTERS, Action, MeetingKind, MeetingStatus, PlanHolidayLine, PlanLine
from senco.meetings.rules import clusters_said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from senco.findings import Finding
    from senco.meetings.kinds import (
        Calendar,
        DeadlineLine,
        HolidayLine,
        ImportPlan,
        MeetingLine,
        PlannedHoliday,
        PlannedMeeting,
    )


def when(line: MeetingLine | PlanLine) -> str:
    """Give day and times in people's words."""
    starts, ends = datetime.fromisoformat(line.starts), datetime.fromisoformat(line.ends)
    return f"{say_date(starts.date())}, {say_times(starts.time(), ends.time())}"


def whom(line: MeetingLine | PlanLine) -> str:
    """Give who a meeting is for."""
    if line.clusters == ALL_CLUSTERS:
        return "all clusters"
    return "the panel" if line.kind == MeetingKind.PANEL else clusters_said(line.clusters.split(", "))


def meetings(lines: Sequence[MeetingLine], year: str, *, of: str = "", other_years: Sequence[str] = ()) -> Listing:
    """Lay out the meetings of a year; ``of`` says which of them were asked for."""
    elsewhere = [each for each in other_years if each != year]
    more = f" There are some in {', '.join(elsewhere)}: name it with --year." if elsewhere else ""
    return Listing(
        "meetings",
        lines,
        (
            Column("Reference", lambda line: line.reference),
            Column("When", when),
            Column("For", whom, whole=False),
            Column("Venue", lambda line: line.venue or "–", keep=1, whole=False),
            # A meeting that is called off must be seen as such on the narrowest screen.
            Column(
                "Status",
                lambda line: line.status,
                keep=0 if any(line.status != MeetingStatus.CONFIRMED for line in lines) else 2,
            ),
            Column("Term", lambda line: line.term, keep=3),
        ),
        title=f"Meetings {year}{of}",
        empty=f"No meetings in {year}{of}.{more}",
    )


def meeting(line: MeetingLine, due: Sequence[DeadlineLine] = (), listings: Sequence[Listing] = ()) -> Card:
    """Lay out one meeting whole, with its deadlines and what else is to be listed under it."""
    times = {0: "", 1: "; time, place or status changed once"}
    changes = times.get(line.sequence, f"; time, place or status changed {line.sequence} times")
    return Card(
        "meeting",
        line,
        f"{line.reference}  {line.title}",
        (
            ("When", f"{when(line)} ({line.zone})"),
            ("Venue", line.venue or "not known"),
            ("For", whom(line)),
            ("Status", line.status),
            ("Term", f"{line.term} {line.year}"),
            *((("Chair", line.chair),) if line.chair else ()),
            *((SAID[each.kind], f"{_moment(each.due)} ({each.basis})") for each in due),
            ("Purpose", line.purpose or "not told"),
            ("Last changed", f"{say_moment(read_iso_utc(line.changed_at))}{changes}"),
            ("Source", line.source),
        ),
        listings,
    )


def _moment(iso: str) -> str:
    due = datetime.fromisoformat(iso)
    return f"{say_date(due.date())}, {say_time(due.time())}"


def holidays(lines: Sequence[HolidayLine], year: str) -> Listing:
    """Lay out the holidays of a year."""
    return Listing(
        "holidays",
        lines,
        (
            Column("Holiday", lambda line: line.title, whole=False),
            Column("First day", lambda line: _day(line.first)),
            Column("Last day", lambda line: _day(line.last)),
            Column("Kept by", lambda line: f"school {line.urn}" if line.urn else "the borough", keep=1),
        ),
        title=f"Holidays {year}",
        empty=f"No holidays are recorded for {year}: `senco meetings import` takes them in with the programme.",
    )


def plan(each: ImportPlan) -> tuple[Listing, Listing, Listing]:
    """Lay out what an import does: the meetings, the holidays, and what was found on the way."""
    differs = Column("Differs in", lambda line: ", ".join(line.changes), keep=1, whole=False)
    return (
        Listing(
            "plan",
            [_plan_line(line) for line in each.meetings],
            (
                Column("Plan", lambda line: line.action),
                Column("Reference", lambda line: line.reference),
                Column("When", when),
                Column("For", whom, whole=False),
                Column("Venue", lambda line: line.venue or "–", keep=2, whole=False),
                *([differs] if any(line.changes for line in each.meetings) else ()),
            ),
            title=f"Programme {each.year}",
            notes=each.notes,
        ),
        Listing(
            "holidays",
            [_plan_holiday(line) for line in each.holidays],
            (
                Column("Plan", lambda line: line.action),
                Column("Holiday", lambda line: line.title, whole=False),
                Column("First day", lambda line: _day(line.first)),
                Column("Last day", lambda line: _day(line.last)),
            ),
            title="Holidays",
            empty="The file names none.",
        ),
        findings(each.findings),
    )


def _plan_line(each: PlannedMeeting) -> PlanLine:
    line = each.meeting
    return PlanLine(
        action=each.action.value,
        reference=line.reference,
        kind=line.kind,
        title=line.title,
        starts=line.starts,
        ends=line.ends,
        zone=line.zone,
        clusters=line.clusters,
        venue=line.venue,
        status=line.status,
        changes=each.changes,
        source=line.source,
    )


def _plan_holiday(each: PlannedHoliday) -> PlanHolidayLine:
    line = each.holiday
    return PlanHolidayLine(each.action.value, line.title, line.first, line.last, line.source)


def findings(lines: Sequence[Finding]) -> Listing:
    """Lay out findings."""
    return Listing(
        "findings",
        lines,
        (
            Column("Finding", lambda line: line.check.removeprefix("meetings."), keep=1),
            Column("Where", lambda line: line.where, whole=False),
            Column("What", lambda line: f"{line.what} {line.do}".strip(), whole=False),
        ),
        title="To look at",
        empty="Nothing was found amiss.",
    )


def told(each: ImportPlan) -> str:
    """Give an import's outcome in one sentence."""
    counts = [f"{each.count(action)} {action.value}" for action in Action if each.count(action)]
    off = sum(line.action in {Action.ADDED, Action.CHANGED} for line in each.holidays)
    return f"Meetings {each.year}: {', '.join(counts)}." + (f" Holidays: {off} added or changed." if off else "")


def _day(iso: str) -> str:
    return say_date(date.fromisoformat(iso))


def exported(each: Calendar, path: Path, *, written: bool) -> str:
    """Say what was written, or that the file already held it."""
    count = f"{len(each.meetings)} meetings" if len(each.meetings) != 1 else "1 meeting"
    if written:
        said = f"Wrote {path}: {each.name}, {count}."
    else:
        said = f"{path} already holds {each.name} as it is ({count}); it was left untouched."
    return f"{said} {each.note}".rstrip()
