"""How a meeting stands after it was moved, called off or put elsewhere: pure, with the reasons why it cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from senco.dates import AcademicYear, iso_utc, say_date, to_utc
from senco.errors import BadInput
from senco.meetings.kinds import MeetingStatus
from senco.meetings.rules import term_of

if TYPE_CHECKING:
    from senco.meetings.kinds import MeetingLine

MOVED: Final = "moved"
VENUE: Final = "venue"
CANCELLED: Final = "cancelled"
REINSTATED: Final = "reinstated"
IMPORTED: Final = "imported"


def why_not_change(line: MeetingLine, change: str) -> str | None:
    """Give the reason for which a meeting cannot be changed so, or None.

    A meeting that is called off can only be reinstated; one that stands cannot.
    """
    off = line.status == MeetingStatus.CANCELLED
    if change == REINSTATED:
        return None if off else f"{line.reference} stands: there is nothing to reinstate"
    return f"{line.reference} is cancelled" if off else None


def moved(line: MeetingLine, day: date, times: tuple[time, time] | None, *, at: str) -> MeetingLine:
    """Give the meeting at another time; its length stays unless times are given, its reference and uid always.

    Raises BadInput ``meetings.other-year`` for a day outside its academic year, ``meetings.times-backwards``, and
    what `dates.to_utc` raises.
    """
    if day not in AcademicYear.parse(line.year):
        raise BadInput(
            "meetings.other-year",
            f"{say_date(day)} is not in {line.year}, the year of {line.reference}.",
            "Cancel it, and add a meeting in the other year.",
        )
    starts, ends = times or (datetime.fromisoformat(line.starts).time(), datetime.fromisoformat(line.ends).time())
    if starts >= ends:
        raise BadInput(
            "meetings.times-backwards", "The meeting would end before it starts.", "Write the times as 2 - 4pm."
        )
    local = datetime.combine(day, starts).isoformat(timespec="minutes")
    return _changed(
        line,
        replace(
            line,
            starts=local,
            ends=datetime.combine(day, ends).isoformat(timespec="minutes"),
            starts_utc=iso_utc(to_utc(day, starts)),
            ends_utc=iso_utc(to_utc(day, ends)),
            term=term_of(local),
        ),
        at,
    )


def elsewhere(line: MeetingLine, venue: str, *, at: str) -> MeetingLine:
    """Give the meeting in another place."""
    return _changed(line, replace(line, venue=venue), at)


def with_status(line: MeetingLine, status: MeetingStatus, *, at: str) -> MeetingLine:
    """Give the meeting called off, or standing again."""
    return _changed(line, replace(line, status=status.value), at)


def _changed(line: MeetingLine, new: MeetingLine, at: str) -> MeetingLine:
    """Count the change, if it is one, so that calendars take the new copy for news (RFC 5545, 3.8.7.4)."""
    return line if new == line else replace(new, sequence=line.sequence + 1, changed_at=at)
