"""Times as schools write them: “1.30 - 4.30pm”, “2-4”, “9.30am to 12”."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

from senco.dates.saying import say_times
from senco.dates.words import FLAGS, plain, quoted
from senco.deferred import dataclass
from senco.errors import BadInput

TIME: Final = (
    r"(?:(?:12(?:[.:]00)?\s*)?(?:noon|midday|midnight)\b"
    r"|[0-9]{1,2}(?:[.:][0-9]{2}(?::[0-9]{2})?)?(?![0-9])\s*(?:(?:a\.?m|p\.?m)\b\.?)?"
    r"|[0-9]{4}(?![0-9])\s*(?:hrs|hours)?)"
)
RANGE: Final = rf"(?:from\s+|between\s+)?({TIME})\s*(?:-|\bto\b|\buntil\b|\btill?\b|\band\b)\s*({TIME})"

_NOON: Final = 12
_LAST_AFTERNOON_HOUR: Final = 6
_DAY_BEGINS: Final = 7 * 60
_HALF_DAY: Final = 12 * 60
_WHOLE_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time as written: minutes since midnight or, until the half of the day is known, since twelve o'clock."""

    minutes: int
    half: str  # "am", "pm", "24" when the hour says it by itself, "" when it does not

    def on(self, half: str) -> int:
        """The minutes since midnight when an open time is taken for this half of the day."""
        return self.minutes % _HALF_DAY + (_HALF_DAY if half == "pm" else 0)


def parse_time(text: str) -> time:
    """Read one time: “5pm”, “17:00”, “1.30pm”, “noon”.

    Without am or pm, 1 to 6 is afternoon and 7 to 12 is as written, as in a school's day; a leading nought (“02:00”)
    keeps the hour as written. BadInput ``time.unreadable``.

    >>> print(parse_time("1.30pm"), parse_time("17:00"), parse_time("noon"), parse_time("2"), parse_time("9.15"))
    13:30:00 17:00:00 12:00:00 14:00:00 09:15:00
    """
    line = plain(text).strip()
    if not re.fullmatch(TIME, line, FLAGS):
        raise _unreadable(text, "is not a time")
    return _time(_settled(_clock(line, text)))


def parse_times(text: str) -> tuple[time, time]:
    """Read when something starts and ends: “1.30 - 4.30pm”, “2 - 4pm”, “13:30–16:30”, “9.30am to 12”.

    An am or pm said once serves both, unless the end would then not come after the start: “11 - 1pm” is from 11am.
    With neither, 1 to 6 is afternoon and 7 to 12 is as written: “2 - 4” is from 2pm, “9 - 3” from 9am to 3pm.
    BadInput ``time.unreadable``, also when the end does not come after the start, or could only do so
    if the start were meant for before 7am (“4 - 2pm”).

    >>> for text in ("1.30 - 4.30pm", "11 - 1pm", "9.30am to 12", "2 - 4"):
    ...     print(*parse_times(text))
    13:30:00 16:30:00
    11:00:00 13:00:00
    09:30:00 12:00:00
    14:00:00 16:00:00
    """
    found = re.fullmatch(RANGE, plain(text).strip().rstrip("."), FLAGS)
    if not found:
        raise _unreadable(text, "does not say from when to when")
    start, end = _both(_clock(found[1], text), _clock(found[2], text))
    if start >= end:
        raise _unreadable(text, f"ends before it starts, read as {say_times(_time(start), _time(end))}")
    if start < _DAY_BEGINS and end >= _HALF_DAY and not _clock(found[1], text).half:
        raise _unreadable(text, f"would start before 7am, read as {say_times(_time(start), _time(end))}")
    return _time(start), _time(end)


def _both(start: _Clock, end: _Clock) -> tuple[int, int]:
    if not start.half and end.half in {"am", "pm"}:
        last = end.on(end.half)
        first = start.on(end.half)
        return (first if first < last else start.on("am"), last)
    first = _settled(start)
    if end.half:
        return first, _settled(end)
    if start.half in {"am", "pm"}:
        last = end.on(start.half)
        return first, last if last > first else end.on("pm")
    last = _settled(end)
    return first, last if last > first else end.on("pm")


def _clock(written: str, text: str) -> _Clock:
    """Take one time apart; what does not exist (25:00, 9.75, 13am) is refused."""
    line = written.lower().replace(" ", "")
    if line.endswith(("noon", "midday")):
        return _Clock(_NOON * 60, "24")
    if line.endswith("midnight"):
        return _Clock(0, "24")
    half = re.search(r"([ap])\.?m\.?$", line)
    digits = re.match(r"([0-9]{1,2})[.:]?([0-9]{2})?(?::([0-9]{2}))?(?![0-9])", line)
    if not digits:  # the patterns that let it come here allow nothing else
        raise AssertionError(line)
    hour, minute = int(digits[1]), int(digits[2] or 0)
    by_itself = hour > _NOON or digits[1].startswith("0") or len(re.match("[0-9]*", line)[0]) > len("12")  # type: ignore[index]  # matches anything
    if hour > 23 or minute > 59 or int(digits[3] or 0):  # noqa: PLR2004 - the clock's own numbers
        raise _unreadable(text, "is not a time of the day")
    if not half:
        return _Clock(hour * 60 + minute, "24" if by_itself else "")
    said = half[1] + "m"
    if hour > _NOON and said == "pm":
        return _Clock(hour * 60 + minute, "24")
    if hour > _NOON or hour == 0:
        raise _unreadable(text, f"is not a time: there is no {hour} {said}")
    clock = _Clock(hour * 60 + minute, said)
    return _Clock(clock.on(said), said)


def _settled(clock: _Clock) -> int:
    """The minutes since midnight of a time on its own."""
    afternoon = not clock.half and clock.minutes // 60 <= _LAST_AFTERNOON_HOUR
    return clock.minutes + (_HALF_DAY if afternoon else 0)


def _time(minutes: int) -> time:
    return time(*divmod(minutes, 60))


def _unreadable(text: str, why: str) -> BadInput:
    return BadInput("time.unreadable", f"{quoted(text)} {why}.", "Write times as 1.30 - 4.30pm, 2-4pm or 13:30-16:30.")
