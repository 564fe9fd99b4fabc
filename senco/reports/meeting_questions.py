"""What a term's report asks of the programme: its meetings with what became of them, and who came."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from senco.clusters.questions import all_members
from senco.meetings import gathering_questions, questions
from senco.meetings.kinds import MeetingKind, MeetingStatus
from senco.reports.facts import Met, Seat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from senco.meetings.kinds import MeetingLine
    from senco.reports.facts import TermSpan
    from senco.store.doors import Ask

# What a meeting's day was before it was first moved, how often it was moved or cancelled, and how often with a reason.
_CHANGES = """
SELECT c.meeting_reference,
       (SELECT SUBSTR(first.starts_before, 1, 10) FROM meeting_change AS first
         WHERE first.meeting_reference = c.meeting_reference AND first.change = 'moved'
         ORDER BY first.meeting_change_id LIMIT 1),
       SUM(CASE WHEN c.change = 'moved' THEN 1 ELSE 0 END), COUNT(*),
       SUM(CASE WHEN TRIM(c.reason) <> '' THEN 1 ELSE 0 END)
  FROM meeting_change AS c
 WHERE c.change IN ('moved', 'cancelled')
 GROUP BY c.meeting_reference
"""


def meetings(ask: Ask, year: str, span: TermSpan) -> tuple[Met, ...]:
    """Give the meetings of a year planned for a term or held in it; those only proposed are left out."""
    known = tuple(questions.known_clusters(ask, year))
    changes = {row[0]: row[1:] for row in ask.all(_row, _CHANGES)}
    first, last = span.first.isoformat(), span.last.isoformat()
    found = []
    for line in questions.meetings(ask, year=year):
        day = line.starts[:10]
        planned, moves, changed, reasons = changes.get(line.reference, (None, 0, 0, 0))
        planned = planned or day
        if line.status != MeetingStatus.PROPOSED and (first <= planned <= last or first <= day <= last):
            of = known if line.for_all else line.cluster_references
            found.append(Met(line.reference, line.kind, of, planned, day, line.status, moves, changed, reasons))
    return tuple(found)


def seats(ask: Ask, spans: Iterable[TermSpan], on: date) -> tuple[Seat, ...]:
    """Give the schools' seats at the meetings that were held in these terms up to a day, panels left out."""
    lines: dict[str, list[MeetingLine]] = {}
    found = []
    for span in spans:
        if span.year not in lines:
            lines[span.year] = questions.meetings(ask, year=span.year)
        last = min(span.last, on).isoformat()
        for line in lines[span.year]:
            held = span.first.isoformat() <= line.starts[:10] <= last and line.status == MeetingStatus.CONFIRMED
            if held and line.kind != MeetingKind.PANEL:
                found += _seats(ask, line)
    return tuple(found)


def _seats(ask: Ask, line: MeetingLine) -> list[Seat]:
    day = line.starts[:10]
    within: dict[int, list[str]] = defaultdict(list)
    for member in all_members(ask, line.year, date.fromisoformat(day)):
        if line.for_all or member.cluster in line.cluster_references:
            within[member.urn].append(member.cluster)
    return [
        Seat(line.reference, day, each.urn, each.seat, tuple(within[each.urn]), each.mark)
        for each in gathering_questions.seats(ask, line)
        if each.urn is not None and each.contact_id is None
    ]


def _row(*row: Any) -> tuple[Any, ...]:
    return row
