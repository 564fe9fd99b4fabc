"""Named findings over the stored programme."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from senco.dates import AcademicYear, find_meeting_times, iso_utc, say_date, to_utc
from senco.errors import BadInput
from senco.findings import Finding
from senco.meetings import deadline_questions, questions, term_questions
from senco.meetings.kinds import MeetingKind, MeetingStatus
from senco.meetings.planning import day_findings
from senco.meetings.rules import at_weekend, clusters_said, sorted_clusters, why_not_on

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from senco.meetings.kinds import MeetingLine
    from senco.store.doors import Ask


def findings(ask: Ask, day: date) -> list[Finding]:
    """Find meetings on holidays and weekends, clashes, missing venues from the day on, and instants that disagree."""
    lines = questions.every_meeting(ask)
    found: list[Finding] = []
    for year in questions.years(ask):
        found += _on_days(ask, [line for line in lines if line.year == year], year)
    return found + _no_venue(lines, day) + _instants(lines)


def programme_findings(ask: Ask, day: date, years: Collection[str]) -> list[Finding]:
    """Find all that is amiss in the programmes of some years, what is merely unwise included.

    Weekdays written into a meeting's texts, a school's own holiday, a cluster out of step with the others of its
    family, a deadline on no working day, no venue, no chair; the last two from the day on.
    """
    found: list[Finding] = []
    for year in years:
        lines = questions.meetings(ask, year=year)
        standing = [line for line in lines if line.status != MeetingStatus.CANCELLED]
        found += _on_days(ask, lines, year) + _weekdays(standing) + out_of_step(standing)
        found += _closed_schools(ask, standing, year) + _deadlines(ask, standing)
        found += _no_venue(lines, day) + _no_chair(ask, standing, year, day) + _instants(lines)
    return found


def out_of_step(lines: Sequence[MeetingLine]) -> list[Finding]:
    """Find clusters that do not meet at the same points of the year as the others of their family.

    The points are weeks: clusters may meet on several days of one week.
    """
    families: dict[str, dict[str, set[date]]] = {}
    for line in lines:
        start = date.fromisoformat(line.starts[:10])
        for cluster in line.cluster_references:
            weeks = families.setdefault(cluster.rstrip("0123456789"), {}).setdefault(cluster, set())
            weeks.add(start - timedelta(days=start.weekday()))
    found = []
    for clusters in families.values():
        count = Counter(week for weeks in clusters.values() for week in weeks)
        usual = {week for week, times in count.items() if times * 2 > len(clusters)}
        for cluster in sorted_clusters(clusters):
            for week in sorted(usual - clusters[cluster]):
                others = clusters_said([each for each in clusters if week in clusters[each]])
                what = f"It does not meet in the week of {say_date(week)}, when {others} do."
                found.append(Finding("meetings.out-of-step", cluster, what, "Add or move a meeting."))
            for week in sorted(clusters[cluster] - usual):
                what = f"It meets in the week of {say_date(week)}, when most clusters of its family do not."
                found.append(Finding("meetings.out-of-step", cluster, what, "Move it to the others' week."))
    return found


def _on_days(ask: Ask, lines: Sequence[MeetingLine], year: str) -> list[Finding]:
    return day_findings(lines, questions.holidays(ask, year), term_questions.bank_holidays(ask, year))


def _weekdays(lines: Sequence[MeetingLine]) -> list[Finding]:
    """A day written into a title, purpose or venue must be the weekday it is called."""
    found = []
    for line in lines:
        for text in (line.title, line.purpose, line.venue):
            try:
                told = find_meeting_times(text, year=AcademicYear.parse(line.year))
            except BadInput:
                continue
            if told and not told.weekday_right:
                what = f"Its text has {told.weekday_written} for {say_date(told.day)}."
                found.append(Finding("meetings.weekday-differs", line.reference, what, "Correct the text."))
    return found


def _closed_schools(ask: Ask, lines: Sequence[MeetingLine], year: str) -> list[Finding]:
    """A meeting on a day on which a school that should come keeps a holiday or an INSET day of its own."""
    kept, holidays = term_questions.school_year(ask, year), questions.holidays(ask, year)
    found = []
    for line in lines:
        if line.kind == MeetingKind.PANEL:
            continue
        day = date.fromisoformat(line.starts[:10])
        urns = None if line.for_all else questions.schools_of(ask, line)
        told = at_weekend(day) or why_not_on(day, holidays, kept.bank)
        if (reason := kept.why_closed(day, urns or None)) and not told:
            do = "Move it, or expect apologies."
            found.append(Finding("meetings.school-closed", line.reference, f"{reason}.", do))
    return found


def _deadlines(ask: Ask, lines: Sequence[MeetingLine]) -> list[Finding]:
    due = deadline_questions.deadlines(ask, lines)
    return [
        Finding(
            "meetings.deadline-no-working-day",
            line.reference,
            f"Its {each.kind} deadline, {say_date(date.fromisoformat(each.due[:10]))}, is on no working day.",
            f"`senco meetings deadline {line.reference} {each.kind} DATE` fixes another.",
        )
        for line in lines
        for each in due[line.reference]
        if not each.working
    ]


def _no_venue(lines: Sequence[MeetingLine], day: date) -> list[Finding]:
    what, do = "It has no venue, so its calendar entry says none.", "`senco meetings venue` gives it one."
    return [
        Finding("meetings.no-venue", line.reference, what, do)
        for line in lines
        if line.status != MeetingStatus.CANCELLED and not line.venue and line.starts >= day.isoformat()
    ]


def _no_chair(ask: Ask, lines: Sequence[MeetingLine], year: str, day: date) -> list[Finding]:
    """A cluster's lead chairs its meetings; a conference and a panel need someone named."""
    from senco.clusters.questions import clusters

    led = {each.reference for each in clusters(ask, year, day) if each.lead}
    found = []
    for line in lines:
        if line.chair or line.starts < day.isoformat():
            continue
        without = [each for each in line.cluster_references if each not in led]
        if not line.cluster_references or without:
            whose = f" for {clusters_said(without)}, which have no lead" if without else ""
            do = f"`senco meetings chair {line.reference} NAME` names one."
            found.append(Finding("meetings.no-chair", line.reference, f"It has no chair{whose}.", do))
    return found


def _instants(lines: Sequence[MeetingLine]) -> list[Finding]:
    found = []
    for line in lines:
        if (line.starts_utc, line.ends_utc) != (_instant(line.starts), _instant(line.ends)):
            what = f"Its instant {line.starts_utc} is not its local time {line.starts} in London."
            do = "Calendars would show a wrong time: the store was altered outside senco."
            found.append(Finding("meetings.utc-differs", line.reference, what, do))
    return found


def _instant(local: str) -> str:
    """Give the instant of a local ISO time, or nothing for a time that does not exist."""
    try:
        moment = datetime.fromisoformat(local)
        return iso_utc(to_utc(moment.date(), moment.time()))
    except (ValueError, BadInput):
        return ""
