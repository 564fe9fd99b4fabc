"""Days as people in England write them, day first, with the weekday held against the date."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from senco.dates.saying import say_date
from senco.dates.words import FLAGS, MONTH, MONTHS, WEEKDAY, WEEKDAYS, month_number, plain, quoted, weekday_number
from senco.deferred import dataclass
from senco.errors import BadInput

if TYPE_CHECKING:
    from senco.dates.years import AcademicYear

_ORDINAL: Final = r"(?:(?:st|nd|rd|th)\b)?"
_LEAD: Final = rf"(?:(?P<weekday>{WEEKDAY})[\s,]*(?:the\s+)?)?"
NAMED: Final = rf"{_LEAD}(?<![0-9])(?P<day>[0-9]{{1,2}}){_ORDINAL}[\s-]*(?:of\s+)?(?P<month>{MONTH})"
LONG_YEAR: Final = r"(?:[\s,-]*(?P<year>(?:19|20|21)[0-9]{2}|'[0-9]{2})(?![0-9]))"

# Year, month and day by place or by name; the first that fits the whole text is taken.
MIDNIGHT: Final = r"(?:[T ]00:00(?::00)?)?"  # spreadsheets keep a day as its first moment
_FORMS: Final = (
    rf"{_LEAD}(?P<year>[0-9]{{4}})(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}}){MIDNIGHT}",
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    rf"{_LEAD}(?P<day>[0-9]{{1,2}})(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<year>[0-9]{{4}}|[0-9]{{2}})",
    rf"{_LEAD}(?P<day>[0-9]{{1,2}})/(?P<month>[0-9]{{1,2}})",
    rf"{NAMED}(?:[\s,-]*(?P<year>[0-9]{{4}}|'?[0-9]{{2}}))?",
    rf"{_LEAD}(?P<month>{MONTH})\s*(?P<day>[0-9]{{1,2}}){_ORDINAL}(?:[\s,]+(?P<year>[0-9]{{4}}|'[0-9]{{2}}))?",
)
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199
_MONTHS_A_YEAR: Final = 12
_LEAP_CYCLE: Final = 8  # years within which 29 February comes again, over a century's end too


@dataclass(frozen=True, slots=True)
class Written:
    """A day as written: its weekday and year may be missing, and it need not exist."""

    day: int
    month: int
    year: int | None = None
    weekday: str | None = None

    @classmethod
    def of(cls, found: re.Match[str]) -> Written:
        """Take it from a match of one of the forms."""
        parts = found.groupdict()
        month, year, weekday = parts["month"], parts.get("year"), parts.get("weekday")
        return cls(
            int(parts["day"]),
            int(month) if month.isdigit() else month_number(month),
            _whole_year(year) if year else None,
            weekday.rstrip(".") if weekday else None,
        )

    def in_year(self, year: int) -> date:
        """Give the day in a year; BadInput ``date.no-such-day``."""
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise BadInput(
                "date.no-such-day", f"The year {year} is not one to plan for.", "Write the year with four digits."
            )
        if self.month > _MONTHS_A_YEAR >= self.day:
            raise BadInput(
                "date.no-such-day",
                f"There is no month {self.month}: days are read day first.",
                f"Did you mean {self.month}/{self.day}/{year}?",
            )
        try:
            return date(year, self.month, self.day)
        except ValueError:
            name = MONTHS[self.month - 1] if 1 <= self.month <= _MONTHS_A_YEAR else f"month {self.month}"
            raise BadInput(
                "date.no-such-day", f"There is no {self.day} {name} {year}.", "Check the day and the month."
            ) from None

    def agrees(self, day: date) -> bool:
        """Say whether the weekday written, if one is, is the day's."""
        return self.weekday is None or weekday_number(self.weekday) == day.weekday()


def parse_date(text: str, *, today: date | None = None, year: AcademicYear | None = None, quote: bool = True) -> date:
    """Read a day: 24/11/2026, 24.11.26, Tue 24 November 2026, 24 Nov, 2026-11-24, today, tomorrow, next Tuesday.

    A day without a year is the one inside ``year``, else the next on or after ``today``. A weekday on its own is the
    next on or after ``today``, with “next” the next after it. ``quote=False`` keeps what was written out of the
    message, for dates that belong to a child. BadInput ``date.unreadable``, ``date.is-term``, ``date.no-such-day``
    or, when a weekday is written that is not the date's, ``date.weekday-differs``.

    >>> parse_date("Tue 24 November 2026"), parse_date("24 Nov", today=date(2026, 11, 25))
    (datetime.date(2026, 11, 24), datetime.date(2027, 11, 24))
    """
    line = plain(text).strip().rstrip(",;")
    shown = quoted(text) if quote else "What was written"
    for form in _FORMS:
        if found := re.fullmatch(form, line, FLAGS):
            try:
                return _checked(Written.of(found), shown, today, year)
            except BadInput as wrong:
                if quote:
                    raise
                raise BadInput(wrong.reference, f"{shown} is not a day that exists.", _HINT) from None
    day = _spoken(line, shown, today)
    if day is None and re.fullmatch(_TERM, line, FLAGS):
        raise BadInput("date.is-term", "A term, or half of one, is not a day.", _HINT)
    if day is None:
        raise BadInput("date.unreadable", f"{shown} is not a date.", _HINT)
    return day


_TERM: Final = r"(?:(?:first|second|1st|2nd) half of )?(?:autumn|spring|summer)(?:\s+(?:half\s+)?term)?(?:\s*[12])?"
_HINT: Final = "Write a date as 24/11/2026, 24 Nov 2026 or 2026-11-24."


def _checked(written: Written, shown: str, today: date | None, year: AcademicYear | None) -> date:
    day = _placed(written, shown, today, year)
    if not written.agrees(day):
        meant = weekday_number(written.weekday or "")
        near = min((day + timedelta(days=step) for step in range(-3, 4)), key=lambda other: other.weekday() != meant)
        raise BadInput(
            "date.weekday-differs",
            f"{say_date(day)} is a {WEEKDAYS[day.weekday()]}, not a {WEEKDAYS[meant]}.",
            f"The nearest {WEEKDAYS[meant]} is {say_date(near)}.",
        )
    return day


def _placed(written: Written, shown: str, today: date | None, year: AcademicYear | None) -> date:
    if written.year is not None:
        return written.in_year(written.year)
    if year is not None:
        return written.in_year(year.calendar_year(written.month))
    if today is None:
        raise BadInput("date.unreadable", f"{shown} does not say which year.", "Add the year, as in 24 Nov 2026.")
    for later in range(_LEAP_CYCLE + 1):
        try:
            day = written.in_year(today.year + later)
        except BadInput:
            if (written.day, written.month) != (29, 2):
                raise
        else:
            if day >= today:
                return day
    raise AssertionError(written)


def _spoken(line: str, shown: str, today: date | None) -> date | None:
    words = line.lower().removeprefix("on ").split()
    steps = {"yesterday": -1, "today": 0, "tomorrow": 1}
    lead, name = (
        (words[0], words[1]) if len(words) == len(("next", "tuesday")) else ("", words[0] if len(words) == 1 else "")
    )
    is_weekday = re.fullmatch(WEEKDAY, name, FLAGS) is not None and lead in {"", "this", "next"}
    if not is_weekday and (lead or name not in steps):
        return None
    if today is None:
        raise BadInput("date.unreadable", f"{shown} says no date by itself.", _HINT)
    if not is_weekday:
        return today + timedelta(days=steps[name])
    first = today + timedelta(days=lead == "next")
    return first + timedelta(days=(weekday_number(name) - first.weekday()) % 7)


def _whole_year(written: str) -> int:
    digits = written.lstrip("'")
    return int(digits) if len(digits) > len("26") else 2000 + int(digits)
