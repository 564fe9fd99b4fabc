"""Named findings over the stored programme."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from senco.dates import iso_utc, to_utc
from senco.errors import BadInput
from senco.findings import Finding
from senco.meetings import questions, term_questions
from senco.meetings.kinds import MeetingStatus
from senco.meetings.planning import day_findings

if TYPE_CHECKING:
    from senco.store.doors import Ask


def findings(ask: Ask, day: date) -> list[Finding]:
    """Find meetings on holidays and weekends, clashes, missing venues from the day on, and instants that disagree."""
    lines = questions.every_meeting(ask)
    found: list[Finding] = []
    for year in questions.years(ask):
        found += day_findings(
            (line for line in lines if line.year == year),
            questions.holidays(ask, year),
            term_questions.bank_holidays(ask, year),
        )
    for line in lines:
        if line.status != MeetingStatus.CANCELLED and not line.venue and line.starts >= day.isoformat():
            what = "It has no venue, so its calendar entry says none."
            found.append(Finding("meetings.no-venue", line.reference, what, "Import the programme with its venue."))
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
