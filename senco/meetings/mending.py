"""What published programmes break over cells, put together again by general rule; every mend is told with its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from senco.findings import Finding
from senco.privacy import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

    from senco.dates import FoundTimes
    from senco.meetings.kinds import Audience, MeetingStatus

# A purpose begins with a capital; words before the first capital may belong to the purpose above.
_BEGINS_LOW: Final = re.compile(r"((?:[a-z][^\sA-Z]*\s+){1,4})(?=[A-Z])")
_LOW: Final = re.compile(r"[a-z]")
_ENDED: Final = re.compile(r"[.!?:]\s*$")


@dataclass(slots=True)
class Reading:
    """One meeting while it is being read: what its rows said so far, and where each part stands."""

    where: str
    found: FoundTimes
    times: tuple[time, time] | None
    audience: Audience | None
    venue: str = ""
    venue_before: str = ""
    purpose: str = ""
    purpose_where: str = ""
    title: str = ""
    status: MeetingStatus | None = None
    reference: str = ""
    who: str = ""
    term: str = ""
    term_where: str = ""
    continued: list[str] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The day as read."""
        return self.found.day


def mend(readings: Sequence[Reading]) -> list[Finding]:
    """Put venues and purposes in their place, in the readings themselves, and tell what was done or is doubtful."""
    return [*_joined(readings), *_venues(readings), *_purposes(readings)]


def _joined(readings: Sequence[Reading]) -> list[Finding]:
    return [
        Finding(
            "meetings.row-split",
            each.where,
            f"The row goes on at {', '.join(map(_short, each.continued))}; the parts were put together.",
        )
        for each in readings
        if each.continued
    ]


def _venues(readings: Sequence[Reading]) -> list[Finding]:
    """A venue that stands before a date belongs to the meeting above, when that has none of its own."""
    findings = []
    for place, each in enumerate(readings):
        if not each.venue_before:
            continue
        above = readings[place - 1] if place else None
        if above and not above.venue:
            above.venue = each.venue_before
            what = (
                f"“{each.venue_before}” stands before the date; it was taken for the meeting above"
                f" ({_short(above.where)}), which has no venue."
            )
            findings.append(Finding("meetings.venue-moved", each.where, what, "Check both venues."))
        each.venue = each.venue or each.venue_before
    return findings


def _purposes(readings: Sequence[Reading]) -> list[Finding]:
    """The end of a purpose that slipped into the next row goes back, when another row shows the whole phrase."""
    findings = []
    low = sum(bool(_LOW.match(each.purpose)) for each in readings)
    for above, each in pairwise(readings):
        begins = _BEGINS_LOW.match(each.purpose)
        if not begins or not above.purpose or _ENDED.search(above.purpose):
            continue
        words = begins[1].strip()
        phrase = fold(f"{above.purpose.split()[-1]} {words}")
        shown = [
            other.purpose_where
            for other in readings
            if other is not above and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", fold(other.purpose))
        ]
        if shown:
            above.purpose = f"{above.purpose} {words}"
            each.purpose = each.purpose[begins.end() :]
            what = (
                f"It begins with “{words}”, which ends the purpose above ({_short(above.purpose_where)}),"
                f" as {_short(shown[0])} shows; it was put there."
            )
            findings.append(Finding("meetings.purpose-mended", each.purpose_where, what, "Check both purposes."))
        elif low * 3 <= len(readings):
            findings.append(
                Finding(
                    "meetings.purpose-doubtful",
                    each.purpose_where,
                    f"It begins with “{words}”, which may belong to the purpose above ({_short(above.purpose_where)}).",
                    "It was left as it is; correct the file if need be.",
                )
            )
    return findings


def _short(place: str) -> str:
    """Give a place without its file and sheet, for a sentence that already stands in that file.

    >>> _short("a.xlsx › Dates!B7"), _short("a.csv › row 7, column 2")
    ('B7', 'row 7, column 2')
    """
    return place.rsplit(" › ", 1)[-1].rsplit("!", 1)[-1]
