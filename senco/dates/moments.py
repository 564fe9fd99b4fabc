"""Moments: kept in UTC, shown as London's clocks show them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cache
from typing import TYPE_CHECKING

from senco.dates.saying import say_date, say_time
from senco.errors import BadInput

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    LONDON: ZoneInfo
else:

    def __getattr__(name: str) -> ZoneInfo:
        if name == "LONDON":
            return _london()
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def _london() -> ZoneInfo:
    # The zones take a tenth of a list's time to load, and most lists show times as they are kept.
    from zoneinfo import ZoneInfo

    return ZoneInfo("Europe/London")


def to_utc(day: date, local_time: time) -> datetime:
    """Give the moment, in UTC, at which London's clocks show this time on this day.

    Of an hour that comes twice in October the first is meant. BadInput ``time.no-such-time`` for a time that the
    clocks leap over in March.

    >>> to_utc(date(2020, 9, 22), time(13, 30)).isoformat(), to_utc(date(2020, 11, 24), time(14)).isoformat()
    ('2020-09-22T12:30:00+00:00', '2020-11-24T14:00:00+00:00')
    """
    local = datetime.combine(day, local_time.replace(tzinfo=None), _london())
    moment = local.astimezone(UTC)
    if moment.astimezone(_london()).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise BadInput(
            "time.no-such-time",
            f"{say_time(local_time)} does not exist on {say_date(day)}: the clocks go forward over it.",
            "Give a time before 1am or from 2am.",
        )
    return moment


def from_utc(moment: datetime) -> datetime:
    """Give the moment on London's clocks; ValueError when it does not say its own zone.

    >>> from_utc(datetime(2021, 6, 29, 13, tzinfo=UTC)).isoformat()
    '2021-06-29T14:00:00+01:00'
    """
    return _aware(moment).astimezone(_london())


def iso_utc(moment: datetime) -> str:
    """Give the moment as it is stored, to the second; ValueError when it does not say its own zone.

    >>> iso_utc(datetime(2021, 6, 29, 14, tzinfo=_london()))
    '2021-06-29T13:00:00+00:00'
    """
    return _aware(moment).astimezone(UTC).isoformat(timespec="seconds")


def read_iso_utc(text: str) -> datetime:
    """Give the moment, in UTC, that ``iso_utc`` wrote; ValueError when the text is no moment or has no zone.

    >>> read_iso_utc("2020-11-24T14:00:00+00:00") == datetime(2020, 11, 24, 14, tzinfo=UTC)
    True
    """
    return _aware(datetime.fromisoformat(text)).astimezone(UTC)


def say_moment(moment: datetime) -> str:
    """Give day and time to the minute on London's clocks.

    >>> say_moment(datetime(2021, 6, 29, 13, 7, tzinfo=UTC))
    'Tue 29 Jun 2021, 2.07pm'
    """
    local = from_utc(moment)
    return f"{say_date(local)}, {say_time(local.time())}"


def _aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a moment must say its zone")
    return moment
