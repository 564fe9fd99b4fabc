"""By when information is wanted that a request is deferred for, so that the next panel still hears it. It only asks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from senco.dates import AcademicYear, england_bank_holidays, working_days_before
from senco.meetings import questions as meetings
from senco.meetings.deadline_questions import deadlines
from senco.meetings.kinds import DeadlineKind, MeetingKind
from senco.settings.questions import number_on

if TYPE_CHECKING:
    from senco.store.doors import Ask

SETTING: Final = "information.before"


def wanted_by(ask: Ask, day: date) -> date | None:
    """Give the working day so many before the next panel's closing day (or the panel's own where none closes it).

    ``day`` is the decision's; a panel for which it would be too late is passed over. None where no panel is planned.
    """
    count = number_on(ask, SETTING, day)
    this = AcademicYear.of(day)
    held = [
        each for year in (this, this.next) for each in meetings.meetings(ask, year=str(year), kind=MeetingKind.PANEL)
    ]
    planned = [each for each in held if each.status != "cancelled"]
    due = deadlines(ask, planned)
    for panel in planned:
        closes = next((each.due for each in due[panel.reference] if each.kind == DeadlineKind.CLOSING), "")
        last = date.fromisoformat((closes or panel.starts)[:10])
        holidays = {**england_bank_holidays(last.year), **england_bank_holidays(last.year - 1)}
        found = working_days_before(last, count, holidays)
        if found > day:
            return found
    return None
