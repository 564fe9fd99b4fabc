"""Days and times found inside longer text: a cell of a programme, a line of a published page."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from senco.dates.days import LONG_YEAR, MIDNIGHT, NAMED, Written
from senco.dates.saying import say_date
from senco.dates.times import RANGE, TIME, parse_time, parse_times
from senco.dates.words import FLAGS, WEEKDAY, plain
from senco.dates.years import AcademicYear
from senco.deferred import dataclass
from senco.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, time

_LEAD: Final = rf"(?:(?P<weekday>{WEEKDAY})[\s,]*(?:the\s+)?)?"
_EDGE: Final = r"(?<![0-9A-Za-z£])(?<![0-9][./])"
_CLEAR: Final = _EDGE + r"(?<![0-9]-)"
# What may stand inside a sentence is narrower than what may be typed: “13 Oct 10 - 12pm” has no year.
_DAYS: Final = (
    rf"{_EDGE}{NAMED}{LONG_YEAR}?",
    rf"{_EDGE}{_LEAD}(?P<day>[0-9]{{1,2}})/(?P<month>[0-9]{{1,2}})/(?P<year>[0-9]{{4}}|[0-9]{{2}})(?![0-9/])",
    rf"{_CLEAR}{_LEAD}(?P<day>[0-9]{{1,2}})(?P<mark>[.-])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<year>[0-9]{{4}})(?![0-9])",
    rf"{_EDGE}{_LEAD}(?P<day>[0-9]{{2}})\.(?P<month>[0-9]{{2}})\.(?P<year>[0-9]{{2}})(?![0-9.])",
    rf"{_CLEAR}{_LEAD}(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}}){MIDNIGHT}(?![0-9-])",
)
_TO: Final = r"\s*(?:-|\bto\b|\buntil\b|\btill?\b)\s*"
# the “26-” of “26-30 Oct”, the “Monday 26th to” of “Monday 26th to Friday 30th October”
_DAY_BEFORE: Final = rf"{_CLEAR}(?:(?P<weekday>{WEEKDAY})[\s,]*)?(?P<day>[0-9]{{1,2}})(?:(?:st|nd|rd|th)\b)?{_TO}$"
_GAP: Final = r"[\s,;|@:-]*(?:\b(?:at|on)\s+)?"
_TIME_EDGE: Final = r"(?<![0-9A-Za-z£/.,:'-])"
_TIME_END: Final = r"(?![0-9A-Za-z/%:]|\.[0-9])"
_SAYS_TIME: Final = (
    r"[0-9\s](?:[ap]\.?m\b|hrs|hours)|noon|midday|midnight|[0-9]:[0-9]{2}|[0-9]\.[0-9]{2}.*[0-9]\.[0-9]{2}"
)
_HOURS: Final = rf"{_TIME_EDGE}(?P<times>{RANGE}|(?P<single>{TIME})){_TIME_END}"
_REACH: Final = 60  # letters before a day in which its times or its span's beginning end
_SEPARATORS: Final = " \t\r\n\u00a0,;|@-–—"


@dataclass(frozen=True, slots=True)
class FoundTimes:
    """A day found in a text, with its times where they were found, and what the text has besides."""

    day: date
    starts: time | None
    ends: time | None
    weekday_written: str | None
    weekday_right: bool
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FoundSpan:
    """A run of days found in a text, first and last included, and the words that name it."""

    title: str
    first: date
    last: date
    weekday_right: bool = True
    after: str = ""


@dataclass(frozen=True, slots=True)
class _Hours:
    span: tuple[int, int]
    starts: time
    ends: time | None


def find_meeting_times(text: str, *, year: AcademicYear | None = None) -> FoundTimes | None:
    """Find the first day in a text, with the times beside it: “Tuesday 22 September 2020 1.30 - 4.30pm Venue:HAS”.

    Times may stand before or after the day. A day without a year counts only when ``year`` is given; the days of a
    span (“26-30 Oct”) do not count. A wrong weekday is reported, not raised; times that contradict themselves are
    left in the text. BadInput ``date.no-such-day`` when the day does not exist.

    >>> found = find_meeting_times("Venue:HAS Tuesday 23 February 2021 2 - 4pm Venue:HAS")
    >>> print(found.day, found.starts, found.ends)
    2021-02-23 14:00:00 16:00:00
    >>> found.before, found.after, found.weekday_written, found.weekday_right
    ('Venue:HAS', 'Venue:HAS', 'Tuesday', True)
    """
    line = plain(text)
    days = [found for found in _days(line) if found["year"] or year]
    in_span = {found.span() for pair in _pairs(line) for found in pair}
    for place, found in enumerate(days):
        times = _times_beside(line, found, days[place + 1].start() if place + 1 < len(days) else len(line))
        if found.span() in in_span or (_day_before(line, found) and not times):
            continue
        written = Written.of(found)
        day = _day(written, year)
        begin, end = found.span()
        before, after = text[:begin], text[end:]
        if times:
            first, last = times.span
            before, after = (
                (_joined(text[:first], _between(text[last:begin])), after)
                if last <= begin
                else (before, _joined(_between(text[end:first]), text[last:]))
            )
        starts, ends = (times.starts, times.ends) if times else (None, None)
        return FoundTimes(day, starts, ends, written.weekday, written.agrees(day), _tidy(before), _tidy(after))
    return None


def find_span(text: str, year: AcademicYear) -> FoundSpan | None:
    """Find a holiday or another run of days: “Half term 26-30 Oct”, “Christmas 21 Dec-1 Jan”, “End of Term 23 July”.

    A year that is not written is that of the academic year. The title is what stands before the days, else what
    stands after them; a single day needs a title and may have no times, or it is a meeting. BadInput
    ``date.no-such-day`` for a day that does not exist, ``date.span-backwards`` for a span that ends before it starts.

    >>> span = find_span("Christmas 21 Dec-1 Jan", AcademicYear(2020))
    >>> span.title, span.first, span.last
    ('Christmas', datetime.date(2020, 12, 21), datetime.date(2021, 1, 1))
    """
    line = plain(text)
    days = list(_days(line))
    if not days:
        return None
    if pair := next(_pairs(line), None):
        begin, end = pair[0].start(), pair[1].end()
        first, last = Written.of(pair[0]), Written.of(pair[1])
    else:
        place, before = next(
            ((found, before) for found in days if (before := _day_before(line, found))), (days[0], None)
        )
        begin, end = (before or place).start(), place.end()
        last = Written.of(place)
        first = _first_of(before, last) if before else last
    title, after = _title(text[:begin]), text[end:]
    if first is last and (_times_beside(line, days[0], len(line)) or not (title or _title(after))):
        return None
    starts, ends = _placed(first, last, year)
    right = first.agrees(starts) and last.agrees(ends)
    if title:
        return FoundSpan(title, starts, ends, right, _tidy(after.lstrip(") ")))
    return FoundSpan(_title(after), starts, ends, right)


def _days(line: str) -> Iterator[re.Match[str]]:
    """Every day in the line, from left to right; of two that overlap the earlier."""
    found = sorted((match for form in _DAYS for match in re.finditer(form, line, FLAGS)), key=re.Match.start)
    end = 0
    for match in found:
        if match.start() >= end:
            end = match.end()
            yield match


def _pairs(line: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Every two days that are joined into a span."""
    days = list(_days(line))
    for first, last in pairwise(days):
        if re.fullmatch(_TO, line[first.end() : last.start()], FLAGS):
            yield first, last


def _day_before(line: str, found: re.Match[str]) -> re.Match[str] | None:
    """The bare day that a span begins with, unless only its end says a weekday: then it is some other number."""
    start = found.start()
    if not (before := re.compile(_DAY_BEFORE, FLAGS).search(line, max(0, start - _REACH), start)):
        return None
    return None if found["weekday"] and not before["weekday"] else before


def _first_of(before: re.Match[str], last: Written) -> Written:
    day, weekday = int(before["day"]), before["weekday"]
    if day <= last.day:
        return Written(day, last.month, last.year, weekday)
    earlier = last.month - 1 or 12
    return Written(day, earlier, last.year - (last.month == 1) if last.year else None, weekday)


def _placed(first: Written, last: Written, year: AcademicYear) -> tuple[date, date]:
    """Both ends of a span, a year written at one end serving the other."""
    said = first if first.year else last
    within = AcademicYear.of(said.in_year(said.year)) if said.year else year
    starts = first.in_year(first.year or within.calendar_year(first.month))
    ends = last.in_year(last.year or within.calendar_year(last.month))
    if ends < starts and not last.year:
        ends = last.in_year(ends.year + 1)
    if ends < starts:
        raise BadInput(
            "date.span-backwards",
            f"{say_date(starts)} to {say_date(ends)} ends before it starts.",
            "Check both days and their years.",
        )
    return starts, ends


def _day(written: Written, year: AcademicYear | None) -> date:
    if written.year is None and year:
        return written.in_year(year.calendar_year(written.month))
    return written.in_year(written.year or 0)


def _times_beside(line: str, found: re.Match[str], limit: int) -> _Hours | None:
    """The times of a day: right after it, else right before it, else plainly written between it and the next day."""
    begin, end = found.span()
    for match in _candidates(line, begin, end, limit):
        try:
            if match["single"]:
                return _Hours(match.span("times"), parse_time(match["times"]), None)
            return _Hours(match.span("times"), *parse_times(match["times"]))
        except BadInput:  # contradicts itself: stays in the text, for whoever reads it
            return None
    return None


def _candidates(line: str, begin: int, end: int, limit: int) -> Iterator[re.Match[str]]:
    if (match := re.compile(_GAP + _HOURS, FLAGS).match(line, end, limit)) and (
        not match["single"] or re.search(_SAYS_TIME, match["times"], FLAGS)
    ):
        yield match
    for match in re.compile(_HOURS, FLAGS).finditer(line, max(0, begin - _REACH), begin):
        if re.fullmatch(_GAP, line[match.end() : begin], FLAGS) and re.search(_SAYS_TIME, match["times"], FLAGS):
            yield match
    for match in re.compile(_HOURS, FLAGS).finditer(line, end, limit):
        if re.search(_SAYS_TIME, match["times"], FLAGS):
            yield match


def _between(gap: str) -> str:
    """The text between a day and its times, unless it only joins them."""
    return "" if re.fullmatch(_GAP, plain(gap), FLAGS) else gap


def _joined(left: str, right: str) -> str:
    return f"{left.rstrip(_SEPARATORS)} {right.lstrip(_SEPARATORS)}"


def _tidy(text: str) -> str:
    return text.strip(_SEPARATORS)


def _title(text: str) -> str:
    """The words that name a span: those of the line nearest to it, without the marks and little words about it."""
    lines = [line for line in text.splitlines() if line.strip(_SEPARATORS + ":()")]
    line = lines[-1].strip(_SEPARATORS + ":()") if lines else ""
    return re.sub(r"\s+(?:from|on|is)$", "", line)
