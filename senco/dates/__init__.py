"""Days, times and years as English schools write them: one place to read, find, say and count them.

Nothing here asks the clock: whoever knows what day it is passes it in. What is asked for is loaded then, so that a
list that says dates does not pay for reading them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from senco.dates.days import parse_date
    from senco.dates.finding import FoundSpan, FoundTimes, find_meeting_times, find_span
    from senco.dates.moments import LONDON, from_utc, iso_utc, read_iso_utc, say_moment, to_utc
    from senco.dates.saying import say_date, say_time, say_times
    from senco.dates.times import parse_time, parse_times
    from senco.dates.working import england_bank_holidays, is_working_day, working_days_before
    from senco.dates.years import AcademicYear, financial_year

__all__ = [
    "LONDON",
    "AcademicYear",
    "FoundSpan",
    "FoundTimes",
    "england_bank_holidays",
    "financial_year",
    "find_meeting_times",
    "find_span",
    "from_utc",
    "is_working_day",
    "iso_utc",
    "parse_date",
    "parse_time",
    "parse_times",
    "read_iso_utc",
    "say_date",
    "say_moment",
    "say_time",
    "say_times",
    "to_utc",
    "working_days_before",
]

_HOMES = {
    "days": ("parse_date",),
    "finding": ("FoundSpan", "FoundTimes", "find_meeting_times", "find_span"),
    "moments": ("LONDON", "from_utc", "iso_utc", "read_iso_utc", "say_moment", "to_utc"),
    "saying": ("say_date", "say_time", "say_times"),
    "times": ("parse_time", "parse_times"),
    "working": ("england_bank_holidays", "is_working_day", "working_days_before"),
    "years": ("AcademicYear", "financial_year"),
}

if not TYPE_CHECKING:  # pragma: no branch - a type checker would take the function to offer any name at all

    def __getattr__(name: str) -> object:
        for module, names in _HOMES.items():
            if name in names:
                value = globals()[name] = getattr(import_module(f"{__name__}.{module}"), name)
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
