"""Handing out calendars: one file for whoever asked, or a folder with one for every cluster and school."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from senco.clusters import questions as clusters
from senco.dates import AcademicYear
from senco.deferred import dataclass
from senco.errors import BadInput, WrongUse
from senco.files import write_whole
from senco.meetings import calendars, deadline_questions, publish, questions, render
from senco.meetings.rules import sorted_clusters
from senco.privacy import safe_file_name
from senco.settings.questions import word_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from senco.console.desk import Desk
    from senco.meetings.kinds import Calendar, DeadlineLine, MeetingLine
    from senco.store.doors import Ask

_ALARM: Final = re.compile(r"([0-9]{1,3})\s*(d|days?|h|hours?|m|min|minutes?)", re.IGNORECASE)
_MINUTES: Final = {"d": 24 * 60, "h": 60, "m": 1}


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose calendar is asked for, and what is to be in it."""

    cluster: str | None = None
    school: str | None = None
    lead: str | None = None
    panel: bool = False
    everything: bool = False
    alarms: tuple[int, ...] = ()
    deadlines: bool = False


def minutes_before(text: str) -> int:
    """Read how long before a meeting an alarm goes off; raises BadInput ``alarm.unreadable``.

    >>> minutes_before("1 day"), minutes_before("2h"), minutes_before("30 minutes")
    (1440, 120, 30)
    """
    found = _ALARM.fullmatch(text.strip())
    if not found:
        raise BadInput("alarm.unreadable", f"'{text}' is no time before a meeting.", "As in 30m, 2h or 1d.")
    return int(found[1]) * _MINUTES[found[2][0].casefold()]


def export(desk: Desk, asked: Asked, year: str | None, out: Path | None) -> None:
    """Write one calendar."""
    with desk.reading() as ask:
        made = questions.calendar_of(
            ask,
            year=questions.year_meant(ask, year, desk.today),
            day=desk.today,
            cluster=asked.cluster,
            school=asked.school,
            lead=asked.lead,
            panel=asked.panel,
            everything=asked.everything,
        )
        due = deadline_questions.deadlines(ask, made.meetings)
    path = out or Path(made.file_name)
    desk.say(render.exported(made, path, written=write_whole(path, _bytes(made, due, asked))))


def publish_all(desk: Desk, folder: Path, asked: Asked, year: str | None) -> None:
    """Write a folder with one calendar for every cluster and school, from a year on; unchanged files are left alone.

    A file is named for its cluster or for the school's URN alone, so that a subscription lasts from year to year.
    Raises WrongUse ``publish.whose`` when a single calendar is asked for as well.
    """
    if asked.cluster or asked.school or asked.lead or asked.panel or asked.everything:
        raise WrongUse(
            "publish.whose", "--publish writes every cluster's and school's calendar.", "Leave out the other."
        )
    with desk.reading() as ask:
        made = _every(ask, questions.year_meant(ask, year, desk.today), desk.today)
        due = deadline_questions.deadlines(
            ask, {line.reference: line for each in made for line in each.meetings}.values()
        )
    folder.mkdir(parents=True, exist_ok=True)
    written = sum(write_whole(folder / each.file_name, _bytes(each, due, asked)) for each in made)
    strange = sorted({path.name for path in folder.glob("*.ics")} - {each.file_name for each in made})
    more = f" Left as they were, though nobody's any more: {', '.join(strange)}." if strange else ""
    desk.say(f"{folder}: {written} calendars written, {len(made) - written} unchanged and left untouched.{more}")


def _every(ask: Ask, first: str, day: date) -> list[Calendar]:
    """Give the calendar of each cluster and of each school in one, over the years from the first on."""
    la_name = word_on(ask, "la.name", day)
    held: dict[str, Calendar] = {}

    def add(file: str, whose: str, lines: Sequence[MeetingLine], mine: tuple[str, ...]) -> None:
        new = calendars.calendar(la_name, whose, "", lines, shown_for=mine)
        before = held.get(file)
        meetings = (*(before.meetings if before else ()), *new.meetings)
        shown = sorted_clusters({*(before.shown_for or () if before else ()), *mine})
        if meetings:
            held[file] = replace(new, file_name=file, meetings=meetings, shown_for=shown, note="")

    for year in (each for each in questions.years(ask) if each >= first):
        lines = questions.meetings(ask, year=year)
        for cluster in questions.known_clusters(ask, year):
            add(safe_file_name(f"{cluster.casefold()}.ics"), cluster, lines, (cluster,))
        names: dict[int, str] = {}
        within: dict[int, list[str]] = {}
        for member in clusters.all_members(ask, year, _day_in(year, day)):
            names[member.urn] = member.name
            within.setdefault(member.urn, []).append(member.cluster)
        for urn, mine in sorted(within.items()):
            add(f"school-{urn}.ics", names[urn], lines, sorted_clusters(mine))
    return [held[file] for file in sorted(held)]


def _day_in(year: str, day: date) -> date:
    within = AcademicYear.parse(year)
    return min(max(day, within.first), within.last)


def _bytes(made: Calendar, due: Mapping[str, Sequence[DeadlineLine]], asked: Asked) -> bytes:
    entries = calendars.entries(made, due, alarms=asked.alarms)
    if asked.deadlines:
        entries += calendars.deadline_entries(made, due)
    return publish.calendar_bytes(entries, name=made.name, description=calendars.ABOUT)
