"""Specialists' time as people say it, in whole minutes."""

from __future__ import annotations

import re

from senco.errors import BadInput

_HOUR = 60
_MOST = 1_000_000
_FORMS = re.compile(
    r"(?P<hours>[0-9]{1,6})(?:\.(?P<tenths>[0-9]{1,2}))?\s*(?:h|hrs?|hours?)(?:\s*(?P<over>[0-9]{1,2})\s*(?:m|mins?|minutes?)?)?"
    r"|(?P<minutes>[0-9]{1,7})\s*(?:m|mins?|minutes?)"
    r"|(?P<clock>[0-9]{1,6}):(?P<past>[0-9]{2})"
)
_HUNDREDTHS = 100


def parse_minutes(text: str) -> int:
    """Read a length of time into minutes; BadInput ``time.unreadable-length`` for anything else, nought or too much.

    >>> [parse_minutes(each) for each in ("3h", "2h30", "2.5 hours", "1 hr 15 min", "90m", "1:30")]
    [180, 150, 150, 75, 90, 90]
    """
    found = _FORMS.fullmatch(text.strip().casefold())
    minutes = _minutes(found.groupdict()) if found else None
    if minutes is None or not 0 < minutes <= _MOST:
        raise BadInput(
            "time.unreadable-length", f"“{text.strip()[:20]}” is not a length of time.", "Write 3h, 2h30, 2.5h or 90m."
        )
    return minutes


def _minutes(told: dict[str, str | None]) -> int | None:
    if told["minutes"]:
        return int(told["minutes"])
    over = int(told["over"] or told["past"] or 0)
    if over >= _HOUR or (told["over"] and told["tenths"]):
        return None
    part, rest = divmod(int((told["tenths"] or "0").ljust(2, "0")) * _HOUR, _HUNDREDTHS)
    return None if rest else int(told["hours"] or told["clock"] or 0) * _HOUR + part + over


def say_minutes(minutes: int) -> str:
    """Give minutes as hours and minutes.

    >>> say_minutes(150), say_minutes(120), say_minutes(-45), say_minutes(0)
    ('2h 30m', '2h', '-45m', '0h')
    """
    hours, rest = divmod(abs(minutes), _HOUR)
    told = " ".join([*([f"{hours:,}h"] if hours or not rest else []), *([f"{rest}m"] if rest else [])])
    return f"-{told}" if minutes < 0 else told
