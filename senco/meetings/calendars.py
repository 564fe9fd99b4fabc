"""Which meetings stand in whose calendar, and what each of them shows there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from senco.dates import read_iso_utc, to_utc
from senco.meetings.deadlines import SAID, said
from senco.meetings.kinds import Calendar, CalendarEntry, MeetingKind, MeetingStatus
from senco.meetings.rules import clusters_said, summary_of
from senco.privacy import fold, safe_file_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from senco.meetings.kinds import Attendee, DeadlineLine, MeetingLine

_STATUS: Final[dict[str, Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]]] = {
    MeetingStatus.CONFIRMED: "CONFIRMED",
    MeetingStatus.PROPOSED: "TENTATIVE",
    MeetingStatus.CANCELLED: "CANCELLED",
}
_HALF_AN_HOUR: Final = timedelta(minutes=30)
ABOUT: Final = "Meetings of the SENCO clusters, kept by senco. Purposes are indicative and may change."


def calendar(
    la_name: str,
    whose: str,
    year: str,
    lines: Iterable[MeetingLine],
    *,
    shown_for: tuple[str, ...] | None = None,
    panels_too: bool = False,
) -> Calendar:
    """Give the calendar of a cluster, of a school, of a lead (``panels_too``) or (``shown_for`` None) of everything.

    A note says which of the year's phases a school has no meetings of, since no such cluster is recorded for it.
    """
    every = tuple(lines)
    panels = {MeetingKind.PANEL.value} if panels_too else set()
    kept = tuple(line for line in every if line.kind in panels or belongs(line, shown_for))
    name = " ".join(f"{la_name} SENCO clusters {whose} {year}".split())
    file_name = safe_file_name("-".join(fold(name.replace("/", "-")).split()) + ".ics")
    note = "" if panels_too else _note(whose, every, kept, shown_for)
    return Calendar(name, file_name, kept, shown_for, note, panels_too)


def belongs(line: MeetingLine, shown_for: Sequence[str] | None) -> bool:
    """Say whether a meeting stands in the calendar of these clusters; None is everybody's, where panels stand too."""
    return shown_for is None or line.for_all or any(each in shown_for for each in line.cluster_references)


def entries(
    each: Calendar, due: Mapping[str, Sequence[DeadlineLine]] = MappingProxyType({}), *, alarms: tuple[int, ...] = ()
) -> list[CalendarEntry]:
    """Give a calendar's meetings as its entries, with their deadlines, and alarms (minutes before) if any."""
    return [entry(line, each.shown_for, due.get(line.reference, ()), alarms=alarms) for line in each.meetings]


def deadline_entries(each: Calendar, due: Mapping[str, Sequence[DeadlineLine]]) -> list[CalendarEntry]:
    """Give the deadlines of a calendar's meetings as entries of their own: the half hour before each is due."""
    found = []
    for line in each.meetings:
        whole = entry(line, each.shown_for, due.get(line.reference, ()))
        for told in due.get(line.reference, ()):
            ends = to_utc(*_day_and_time(told.due))
            found.append(
                replace(
                    whole,
                    uid=line.uid.replace("@", f".{told.kind}@", 1),
                    reference=f"{line.reference} {told.kind}",
                    summary=f"{SAID[told.kind]}: {whole.summary}",
                    location="",
                    categories=("deadline",),
                    starts=ends - _HALF_AN_HOUR,
                    ends=ends,
                )
            )
    return found


def entry(
    line: MeetingLine,
    shown_for: Sequence[str] | None,
    due: Sequence[DeadlineLine] = (),
    *,
    alarms: tuple[int, ...] = (),
) -> CalendarEntry:
    """Give a meeting as a calendar's entry; a deadline that was changed later makes the entry newer."""
    told = "\n".join(f"{said(each)}." for each in due)
    whom = f" for {clusters_said(line.cluster_references)}" if line.cluster_references else ""
    about = f"Meeting {line.reference}{whom}. Times are {line.zone}."
    return CalendarEntry(
        uid=line.uid,
        reference=line.reference,
        sequence=line.sequence,
        status=_STATUS[line.status],
        summary=summary_of(line, shown_for),
        location=line.venue,
        description="\n\n".join(part for part in (line.purpose, told, about) if part),
        categories=(line.kind,),
        starts=read_iso_utc(line.starts_utc),
        ends=read_iso_utc(line.ends_utc),
        changed=read_iso_utc(max([line.changed_at, *(each.changed_at for each in due)])),
        alarms=() if line.status == MeetingStatus.CANCELLED else alarms,
    )


def _day_and_time(iso: str) -> tuple[date, time]:
    moment = datetime.fromisoformat(iso)
    return moment.date(), moment.time()


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


def invitation(
    line: MeetingLine, due: Sequence[DeadlineLine], organiser: Attendee, attendees: tuple[Attendee, ...]
) -> CalendarEntry:
    """Give a meeting as an invitation to certain people."""
    return replace(entry(line, None, due), organiser=organiser, attendees=attendees)
