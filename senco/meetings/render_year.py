"""The year as people see it: a proposed programme with its reasons, a year at a glance, deadlines, history."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from senco.console.listing import Column, Listing
from senco.dates import read_iso_utc, say_date, say_moment, say_time, say_times
from senco.deferred import dataclass
from senco.meetings import glance as marks
from senco.meetings.deadlines import SAID
from senco.meetings.kinds import DeadlineKind
from senco.meetings.render import when, whom

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from senco.meetings.glance import GlanceLine
    from senco.meetings.kinds import ChangeLine, DeadlineLine, MeetingLine
    from senco.meetings.proposal import Proposal


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """One meeting of a proposal as machines read it; ``closing`` and ``papers`` are local ISO times, '' for none."""

    reference: str
    kind: str
    title: str
    starts: str
    ends: str
    zone: str
    clusters: str
    venue: str
    status: str
    point: str
    closing: str
    papers: str
    notice: str
    why: str


@dataclass(frozen=True, slots=True)
class AvoidedLine:
    """A nearer day that was not taken, with the rule and the reason; ISO date."""

    meeting: str
    day: str
    rule: str
    why: str


def proposal(
    found: Proposal,
    lines: Sequence[MeetingLine],
    due: Mapping[str, Sequence[DeadlineLine]],
    months: Sequence[GlanceLine],
) -> tuple[Listing, Listing, Listing]:
    """Lay out a proposed programme: each meeting with why, what was avoided, and the year at a glance."""
    in_turn = iter(lines)
    told = [_proposed(placed.slot.key, placed.why, next(in_turn), due) for placed in found.placed for _ in placed.held]
    venue = Column("Venue", lambda line: line.venue or "–", keep=4, whole=False)
    avoided = [
        AvoidedLine(placed.slot.key, each.day.isoformat(), each.rule.value, each.why)
        for placed in found.placed
        for each in placed.avoided
    ]
    return (
        Listing(
            "proposal",
            told,
            (
                Column("Reference", lambda line: line.reference),
                Column("When", when),
                Column("For", whom, keep=1, whole=False),
                Column("Requests close", lambda line: _due(line.closing), keep=3),
                *((venue,) if any(line.venue for line in told) else ()),
                Column("Why then", lambda line: line.why, keep=2, whole=False),
            ),
            title=f"Proposed programme {found.year}: {found.pattern.title}",
        ),
        Listing(
            "avoided",
            avoided,
            (
                Column("For", lambda line: line.meeting, keep=1),
                Column("Not on", lambda line: say_date(date.fromisoformat(line.day))),
                Column("Rule", lambda line: line.rule, keep=2),
                Column("Because", lambda line: line.why, whole=False),
            ),
            title="Nearer days that were not taken",
            empty="Every meeting is on the day nearest to its point.",
        ),
        year_at_a_glance(months, str(found.year)),
    )


def year_at_a_glance(months: Sequence[GlanceLine], year: str) -> Listing:
    """Lay out a year's months with a mark for each day."""
    return Listing(
        "glance",
        months,
        (
            Column(year, lambda line: say_date(date.fromisoformat(f"{line.month}-01"))[6:]),
            Column(marks.heading(), marks.shown),
        ),
        title=f"The year {year} at a glance",
        notes=(marks.LEGEND,),
    )


def deadlines(lines: Sequence[DeadlineLine], year: str) -> Listing:
    """Lay out the deadlines of a year in the order of time."""
    return Listing(
        "deadlines",
        lines,
        (
            Column("Due", lambda line: _due(line.due)),
            Column("What", lambda line: SAID[line.kind]),
            Column("Meeting", lambda line: line.meeting),
            Column("Follows", lambda line: line.basis, keep=1),
            Column("Working day", lambda line: "yes" if line.working else "no", keep=2),
        ),
        title=f"Deadlines {year}",
        empty=f"No deadlines in {year}.",
    )


def history(lines: Sequence[ChangeLine]) -> Listing:
    """Lay out the changes of a meeting."""
    return Listing(
        "changes",
        lines,
        (
            Column("Change", lambda line: line.change),
            Column("Was", _was),
            Column("Is", _is),
            Column("Reason", lambda line: line.reason or "–", keep=1, whole=False),
            Column("When", lambda line: say_moment(read_iso_utc(line.made_at)), keep=2),
        ),
        title="Changes",
        empty="It stands as it was first recorded.",
    )


def changed(before: MeetingLine, after: MeetingLine) -> str:
    """Say in one sentence what a change did."""
    if before.starts != after.starts or before.ends != after.ends:
        return f"Moved {after.reference} from {when(before)} to {when(after)}. Its reference stays; calendars follow."
    if before.venue != after.venue:
        return f"{after.reference} is now at {after.venue}, not {before.venue or 'a place unknown'}."
    return f"{after.reference}, {when(after)}, is {after.status}."


def _proposed(key: str, why: str, line: MeetingLine, due: Mapping[str, Sequence[DeadlineLine]]) -> ProposedLine:
    told = {each.kind: each.due for each in due.get(line.reference, ())}
    return ProposedLine(
        reference=line.reference,
        kind=line.kind,
        title=line.title,
        starts=line.starts,
        ends=line.ends,
        zone=line.zone,
        clusters=line.clusters,
        venue=line.venue,
        status=line.status,
        point=key,
        closing=told.get(DeadlineKind.CLOSING, ""),
        papers=told.get(DeadlineKind.PAPERS, ""),
        notice=told.get(DeadlineKind.NOTICE, ""),
        why=why,
    )


def _due(iso: str) -> str:
    if not iso:
        return "–"
    due = datetime.fromisoformat(iso)
    return f"{say_date(due.date())}, {say_time(due.time())}"


def _was(line: ChangeLine) -> str:
    return _state(line.change, line.starts_before, line.ends_before, line.venue_before, line.status_before)


def _is(line: ChangeLine) -> str:
    return _state(line.change, line.starts_after, line.ends_after, line.venue_after, line.status_after)


def _state(change: str, starts: str, ends: str, venue: str, status: str) -> str:
    """Give the part of a meeting's state that a change is about; all of it for an import, which may change all."""
    first, last = datetime.fromisoformat(starts), datetime.fromisoformat(ends)
    time = f"{say_date(first.date())}, {say_times(first.time(), last.time())}"
    parts = {"moved": (time,), "venue": (venue or "no venue",), "imported": (time, venue or "no venue", status)}
    return "; ".join(parts.get(change, (status,)))
