"""How senco writes days and times, whatever the machine's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.dates.words import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from datetime import date, time


def say_date(day: date) -> str:
    """Give the day with its weekday.

    >>> from datetime import date
    >>> say_date(date(2020, 11, 24))
    'Tue 24 Nov 2020'
    """
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def say_time(at: time) -> str:
    """Give the time to the minute on the twelve-hour clock.

    >>> from datetime import time
    >>> say_time(time(14)), say_time(time(13, 30)), say_time(time(9, 5)), say_time(time(12)), say_time(time(0))
    ('2pm', '1.30pm', '9.05am', 'noon', 'midnight')
    """
    clock, half = _clock(at)
    return clock + half


def say_times(starts: time, ends: time) -> str:
    """Give both times, with am or pm said once where it serves both.

    >>> from datetime import time
    >>> say_times(time(13, 30), time(16, 30)), say_times(time(9, 30), time(12)), say_times(time(11), time(13))
    ('1.30–4.30pm', '9.30am–noon', '11am–1pm')
    """
    (first, half), (last, other) = _clock(starts), _clock(ends)
    return f"{first}–{last}{other}" if half == other else f"{first}{half}–{last}{other}"


def _clock(at: time) -> tuple[str, str]:
    if at.minute == 0 and at.hour in {0, 12}:
        return ("noon", "") if at.hour else ("midnight", "")
    minutes = f".{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}", "am" if at.hour < 12 else "pm"  # noqa: PLR2004 - noon
