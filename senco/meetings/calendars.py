"""Which meetings stand in whose calendar, and what each of them shows there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from senco.dates import read_iso_utc
from senco.meetings.kinds import Calendar, CalendarEntry, MeetingKind, MeetingStatus
from senco.meetings.rules import clusters_said, summary_of
from senco.privacy import fold, safe_file_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from senco.meetings.kinds import MeetingLine

_STATUS: Final[dict[str, Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]]] = {
    MeetingStatus.CONFIRMED: "CONFIRMED",
    MeetingStatus.PROPOSED: "TENTATIVE",
    MeetingStatus.CANCELLED: "CANCELLED",
}
ABOUT: Final = "Meetings of the SENCO clusters, kept by senco. Purposes are indicative and may change."


def calendar(
    la_name: str, whose: str, year: str, lines: Iterable[MeetingLine], *, shown_for: tuple[str, ...] | None = None
) -> Calendar:
    """Give the calendar of a cluster, of a school or (``shown_for`` None) of everything.

    A note says which of the year's phases a school has no meetings of, since no such cluster is recorded for it.
    """
    every = tuple(lines)
    kept = tuple(line for line in every if belongs(line, shown_for))
    name = " ".join(f"{la_name} SENCO clusters {whose} {year}".split())
    file_name = safe_file_name("-".join(fold(name.replace("/", "-")).split()) + ".ics")
    return Calendar(name, file_name, kept, shown_for, _note(whose, every, kept, shown_for))


def belongs(line: MeetingLine, shown_for: Sequence[str] | None) -> bool:
    """Say whether a meeting stands in the calendar of these clusters; None is everybody's, where panels stand too."""
    return shown_for is None or line.for_all or any(each in shown_for for each in line.cluster_references)


def entries(each: Calendar) -> list[CalendarEntry]:
    """Give a calendar's meetings as its entries."""
    return [_entry(line, each.shown_for) for line in each.meetings]


def _entry(line: MeetingLine, shown_for: Sequence[str] | None) -> CalendarEntry:
    whom = f" for {clusters_said(line.cluster_references)}" if line.cluster_references else ""
    about = f"Meeting {line.reference}{whom}. Times are {line.zone}."
    return CalendarEntry(
        uid=line.uid,
        reference=line.reference,
        sequence=line.sequence,
        status=_STATUS[line.status],
        summary=summary_of(line, shown_for),
        location=line.venue,
        description="\n\n".join(part for part in (line.purpose, about) if part),
        categories=(line.kind,),
        starts=read_iso_utc(line.starts_utc),
        ends=read_iso_utc(line.ends_utc),
        changed=read_iso_utc(line.changed_at),
    )


def _note(
    whose: str, every: Sequence[MeetingLine], kept: Sequence[MeetingLine], shown_for: Sequence[str] | None
) -> str:
    """Say which phase's meetings a school's calendar lacks because it is in no cluster of that phase."""
    if shown_for is None or whose in shown_for:
        return ""
    phases = {MeetingKind.SINGLE_PHASE.value, MeetingKind.CROSS_PHASE.value}
    missing = sorted({line.kind for line in every} & phases - {line.kind for line in kept})
    if not missing:
        return ""
    return f"It is recorded in {' and '.join(shown_for)} only: the {' and '.join(missing)} meetings are not in it."
