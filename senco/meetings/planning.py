"""What an import would do: the programme as read held against the programme as stored, before anything is changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from senco.dates import iso_utc, parse_times, say_date, to_utc
from senco.errors import BadInput, Problem
from senco.findings import Finding
from senco.meetings.kinds import (
    ALL_CLUSTERS,
    Action,
    HolidayLine,
    ImportPlan,
    MeetingDraft,
    MeetingLine,
    MeetingStatus,
    PlannedHoliday,
    PlannedMeeting,
    SpanKind,
)
from senco.meetings.rules import (
    at_weekend,
    audience_code,
    audience_of,
    sorted_clusters,
    term_of,
    title_of,
    uid_of,
    why_not_on,
)
from senco.privacy import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from senco.meetings.kinds import HolidayDraft, Programme

ZONE: Final = "Europe/London"
BY_HAND: Final = "added by hand"
# A calendar program takes a new copy of an event for news when its sequence is higher (RFC 5545, 3.8.7.4).
_MOVES: Final = ("starts", "ends", "venue", "status")
_COMPARED: Final = (*_MOVES, "kind", "title", "purpose", "clusters")


def meeting_line(draft: MeetingDraft, *, year: str, known: Sequence[str], la_code: int, at: str) -> MeetingLine:
    """Give a new meeting as it will stand; a family without numbers takes its clusters from those known.

    Raises BadInput ``meetings.which-clusters`` when none is known, ``meetings.times-backwards``, and what
    `dates.to_utc` raises for a time that the clocks leap over.
    """
    audience = draft.audience
    clusters = audience.clusters
    if audience.family and not clusters:
        clusters = sorted_clusters(each for each in known if each.rstrip("0123456789") == audience.family)
        if not clusters:
            raise BadInput(
                "meetings.which-clusters",
                f"No clusters {audience.family} are known in {year}.",
                f"Name them, as in {audience.family} 1-5, or import the clusters first.",
            )
    if draft.starts >= draft.ends:
        raise BadInput(
            "meetings.times-backwards", "The meeting would end before it starts.", "Write the times as 2 - 4pm."
        )
    starts, ends = (
        datetime.combine(draft.day, each).isoformat(timespec="minutes") for each in (draft.starts, draft.ends)
    )
    reference = draft.reference or f"{draft.day.isoformat()}-{audience_code(audience)}"
    return MeetingLine(
        reference=reference,
        year=year,
        kind=audience.kind.value,
        title=draft.title or title_of(audience, clusters),
        starts=starts,
        ends=ends,
        venue=draft.venue,
        status=draft.status.value,
        term=term_of(starts),
        clusters=ALL_CLUSTERS if audience.for_all else ", ".join(clusters),
        zone=ZONE,
        starts_utc=iso_utc(to_utc(draft.day, draft.starts)),
        ends_utc=iso_utc(to_utc(draft.day, draft.ends)),
        purpose=draft.purpose,
        uid=uid_of(reference, la_code),
        sequence=0,
        changed_at=at,
        source=draft.where,
    )


def draft_by_hand(
    day: date, times: str, words: str, *, venue: str, purpose: str, status: MeetingStatus
) -> MeetingDraft:
    """Give the draft of a meeting that a person adds; an import never takes it for missing.

    Raises BadInput ``meetings.unknown-audience`` when the words do not say who meets, and what `dates.parse_times`
    raises.
    """
    audience = audience_of(words)
    if audience is None:
        raise BadInput(
            "meetings.unknown-audience",
            "Who is to meet was not understood.",
            "Give a family (CP, SP), clusters (CP1, 'CP 1-5'), panel or conference.",
        )
    starts, ends = parse_times(times)
    return MeetingDraft(BY_HAND, day, starts, ends, audience, venue=venue, purpose=purpose, status=status)


def changed_line(stored: MeetingLine, new: MeetingLine, *, at: str) -> tuple[MeetingLine, tuple[str, ...]]:
    """Give how a stored meeting stands after an import, and the names of what differs.

    What the file leaves blank (venue, purpose) stays as stored. The uid and the source stay; ``sequence`` goes up by
    one when time, place or status differ; ``changed_at`` follows every difference that a calendar shows.
    """
    new = replace(new, venue=new.venue or stored.venue, purpose=new.purpose or stored.purpose)
    changes = tuple(name for name in _COMPARED if getattr(stored, name) != getattr(new, name))
    if not changes:
        return stored, ()
    moved = any(name in _MOVES for name in changes)
    kept = replace(
        new,
        chair=stored.chair,
        uid=stored.uid,
        source=stored.source,
        sequence=stored.sequence + moved,
        changed_at=at,
        year=stored.year,
    )
    return kept, changes


def plan_import(
    programme: Programme,
    *,
    stored: Sequence[MeetingLine],
    elsewhere: Sequence[MeetingLine] = (),
    holidays: Sequence[HolidayLine],
    known: Sequence[str],
    la_code: int,
    at: str,
    bank: Mapping[date, str] | None = None,
    cancel_missing: bool = False,
) -> ImportPlan:
    """Hold a programme against what is stored of its year and give what an import does, meeting by meeting.

    ``elsewhere`` are the meetings of other years, whose references are taken. ``known`` are the clusters known in
    the year; ``la_code`` goes into a new meeting's uid; ``at`` is the moment of the change, UTC, ISO. Raises BadInput
    ``meetings.cannot-import`` with every problem at its cell.
    """
    named = {cluster for each in programme.meetings for cluster in each.audience.clusters}
    lines, problems = _lines(programme, sorted_clusters({*known, *named}), la_code, at)
    problems += _doubles(lines)
    taken = {each.reference for each in elsewhere}
    problems += [
        Problem(line.source, f"The reference {line.reference} belongs to a meeting of another year.", "Give another.")
        for line in lines
        if line.reference in taken
    ]
    if problems:
        raise BadInput(
            "meetings.cannot-import",
            f"{programme.file} cannot be imported: {len(problems)} of its entries must be settled first."
            if len(problems) > 1
            else f"{programme.file} cannot be imported: one of its entries must be settled first.",
            "Nothing was changed. Correct the file and import it again.",
            tuple(problems),
        )
    by_reference = {line.reference: line for line in stored}
    planned = [_planned(by_reference.get(line.reference), line, at) for line in lines]
    missing = _missing(stored, lines)
    planned += [_missed(line, at, cancel=cancel_missing) for line in missing]
    planned_holidays = _holidays(programme, holidays, la_code)
    standing = [each.meeting for each in planned] + [line for line in stored if line not in missing]
    findings = day_findings(
        {line.reference: line for line in reversed(standing)}.values(),
        [each.holiday for each in planned_holidays],
        bank,
    )
    in_order = sorted(planned, key=lambda each: (each.meeting.starts, each.meeting.reference))
    return ImportPlan(
        programme.year,
        tuple(in_order),
        tuple(planned_holidays),
        (*programme.findings, *_moved(planned), *findings),
        programme.notes,
    )


def day_findings(
    lines: Iterable[MeetingLine], holidays: Sequence[HolidayLine], bank: Mapping[date, str] | None = None
) -> list[Finding]:
    """Find the meetings that stand on a bank holiday, in a holiday, at a weekend, or clash with another.

    ``bank`` are the bank holidays, by rule where None.
    """
    standing = sorted(
        (line for line in lines if line.status != MeetingStatus.CANCELLED),
        key=lambda line: (line.starts, line.reference),
    )
    findings = []
    for line in standing:
        day = datetime.fromisoformat(line.starts).date()
        if reason := why_not_on(day, holidays, bank):
            findings.append(
                Finding("meetings.on-holiday", line.reference, f"{reason}.", "Move it, or correct the holiday.")
            )
        if at_weekend(day):
            what = f"{say_date(day)} is at a weekend."
            findings.append(Finding("meetings.weekend", line.reference, what, "Check the date."))
    return findings + _clashes(standing)


def _clashes(standing: Sequence[MeetingLine]) -> list[Finding]:
    """Two meetings of one day that the same people come to; a panel has people of its own."""
    findings = []
    for place, line in enumerate(standing):
        for other in standing[place + 1 :]:
            if other.starts[:10] != line.starts[:10]:
                break
            both = set(line.cluster_references) & set(other.cluster_references)
            whole = (line.for_all and other.kind != "panel") or (other.for_all and line.kind != "panel")
            if both or whole or line.kind == other.kind == "panel":
                who = "the same people" if whole or not both else ", ".join(sorted_clusters(both))
                what = f"{other.reference} is on the same day for {who}."
                findings.append(Finding("meetings.clash", line.reference, what, "Move or cancel one of them."))
    return findings


def _lines(
    programme: Programme, known: Sequence[str], la_code: int, at: str
) -> tuple[list[MeetingLine], list[Problem]]:
    lines, problems = [], list(programme.problems)
    for draft in programme.meetings:
        try:
            lines.append(meeting_line(draft, year=programme.year, known=known, la_code=la_code, at=at))
        except BadInput as wrong:
            problems.append(Problem(draft.where, wrong.message, wrong.hint))
    return lines, problems


def _doubles(lines: Sequence[MeetingLine]) -> list[Problem]:
    first = {line.reference: line for line in reversed(lines)}
    counts = Counter(line.reference for line in lines)
    return [
        Problem(
            line.source,
            f"{line.reference} stands twice in the file, first at {first[line.reference].source}.",
            "Take one out, or tell them apart in a column headed Reference.",
        )
        for line in lines
        if counts[line.reference] > 1 and line is not first[line.reference]
    ]


def _planned(stored: MeetingLine | None, new: MeetingLine, at: str) -> PlannedMeeting:
    if stored is None:
        return PlannedMeeting(Action.ADDED, new)
    line, changes = changed_line(stored, new, at=at)
    return PlannedMeeting(Action.CHANGED if changes else Action.UNCHANGED, line, changes)


def _missing(stored: Sequence[MeetingLine], lines: Sequence[MeetingLine]) -> list[MeetingLine]:
    """Stored meetings that the file ought to name: of a kind it has, once imported, and not called off already."""
    named, kinds = {line.reference for line in lines}, {line.kind for line in lines}
    return [
        line
        for line in stored
        if line.reference not in named
        and line.kind in kinds
        and line.source != BY_HAND
        and line.status != MeetingStatus.CANCELLED
    ]


def _missed(line: MeetingLine, at: str, *, cancel: bool) -> PlannedMeeting:
    if not cancel:
        return PlannedMeeting(Action.GONE, line)
    called_off = replace(line, status=MeetingStatus.CANCELLED.value, sequence=line.sequence + 1, changed_at=at)
    return PlannedMeeting(Action.CANCELLED, called_off, ("status",))


def _moved(planned: Sequence[PlannedMeeting]) -> list[Finding]:
    """A meeting gone and one added for the same people may be one that was moved: the file cannot say so by itself."""
    added = [each.meeting for each in planned if each.action is Action.ADDED]
    findings = []
    for each in planned:
        if each.action not in {Action.GONE, Action.CANCELLED}:
            continue
        gone = each.meeting
        alike = [line.reference for line in added if (line.kind, line.clusters) == (gone.kind, gone.clusters)]
        if alike:
            what = f"It is not in the file, which has {alike[0]} for the same people: was it moved, or is that another?"
            do = f"If it was moved, put {gone.reference} beside the new date in a column headed Reference."
            findings.append(Finding("meetings.moved-or-new", gone.reference, what, do))
    return findings


def _holidays(programme: Programme, stored: Sequence[HolidayLine], la_code: int) -> list[PlannedHoliday]:
    """A holiday that stands there under another name ("Autumn half term") with the same days is that holiday."""
    known = [each for each in stored if each.urn is None and each.kind == SpanKind.HOLIDAY]
    planned = []
    for draft in programme.holidays:
        found = next((each for each in known if _is_same(each, draft)), None)
        if found:
            known.remove(found)
        planned.append(_holiday(found, draft, programme.year, la_code))
    return planned + [PlannedHoliday(Action.UNCHANGED, each) for each in known]


def _is_same(stored: HolidayLine, draft: HolidayDraft) -> bool:
    days = (draft.first.isoformat(), draft.last.isoformat())
    return (stored.first, stored.last) == days or (fold(stored.title), stored.first) == (fold(draft.title), days[0])


def _holiday(stored: HolidayLine | None, draft: HolidayDraft, year: str, la_code: int) -> PlannedHoliday:
    last = draft.last.isoformat()
    if stored is None:
        line = HolidayLine(0, year, draft.title, draft.first.isoformat(), last, la_code, None, draft.where)
        return PlannedHoliday(Action.ADDED, line)
    if stored.last == last:
        return PlannedHoliday(Action.UNCHANGED, stored)
    return PlannedHoliday(Action.CHANGED, replace(stored, last=last))
