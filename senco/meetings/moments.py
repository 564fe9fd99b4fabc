"""A deadline's day and time as people write them in one go."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import TYPE_CHECKING

from senco.dates import parse_date, parse_time, say_date, say_time
from senco.meetings.deadlines import SAID

if TYPE_CHECKING:
    from datetime import date

    from senco.meetings.kinds import DeadlineKind

_AT_END = re.compile(
    r"(?P<day>.+?)[\s,]+(?:at\s+|by\s+)?(?P<clock>\d{1,2}(?:[.:]\d{2})?\s*[ap]m|\d{1,2}:\d{2}|noon)$", re.IGNORECASE
)
_USUAL = time(17)


def moment_of(text: str, *, today: date) -> datetime | None:
    """Read "Fri 6 Nov 2026 5pm", 5pm where no time is given; None for "rule", which means: as the settings say.

    Raises what `dates.parse_date` and `dates.parse_time` raise.

    >>> from datetime import date
    >>> moment_of("Fri 6 Nov 2026, 6pm", today=date(2026, 9, 1)), moment_of("rule", today=date(2026, 9, 1))
    (datetime.datetime(2026, 11, 6, 18, 0), None)
    """
    told = text.strip()
    if told.casefold() in {"rule", "the rule"}:
        return None
    found = _AT_END.fullmatch(told)
    day, clock = (found["day"], parse_time(found["clock"])) if found else (told, _USUAL)
    return datetime.combine(parse_date(day, today=today), clock)


def fixed(reference: str, kind: DeadlineKind, moment: datetime | None) -> str:
    """Say in one sentence what a deadline now is."""
    if moment is None:
        return f"{reference}: the {kind} deadline follows the settings again."
    return f"{reference}: {SAID[kind][0].lower()}{SAID[kind][1:]} {say_date(moment.date())}, {say_time(moment.time())}."
