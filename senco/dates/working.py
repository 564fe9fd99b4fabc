"""Working days, and England's bank holidays by rule."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

_FIRST_YEAR = 1978  # the first with the early May bank holiday, and so with all eight of today's
_FRIDAY = 4

# Proclaimed for one year, against the rule (gov.uk/bank-holidays and the royal proclamations).
_MOVED: dict[int, dict[str, date]] = {
    1995: {"Early May bank holiday": date(1995, 5, 8)},
    2002: {"Spring bank holiday": date(2002, 6, 4)},
    2012: {"Spring bank holiday": date(2012, 6, 4)},
    2020: {"Early May bank holiday": date(2020, 5, 8)},
    2022: {"Spring bank holiday": date(2022, 6, 2)},
}
_ONCE: dict[date, str] = {
    date(1981, 7, 29): "Royal wedding bank holiday",
    date(1999, 12, 31): "Millennium bank holiday",
    date(2002, 6, 3): "Golden Jubilee bank holiday",
    date(2011, 4, 29): "Royal wedding bank holiday",
    date(2012, 6, 5): "Diamond Jubilee bank holiday",
    date(2022, 6, 3): "Platinum Jubilee bank holiday",
    date(2022, 9, 19): "Bank Holiday for the State Funeral of Queen Elizabeth II",
    date(2023, 5, 8): "Bank holiday for the coronation of King Charles III",
}
_RENAMED = {date(1995, 5, 8): "Early May bank holiday (VE day)", date(2020, 5, 8): "Early May bank holiday (VE day)"}


def england_bank_holidays(year: int) -> dict[date, str]:
    """Give the bank holidays of England and Wales in a calendar year, in order, with the odd years right.

    A holiday that falls on a weekend is given on its substitute day, as it is then kept. ValueError before 1978,
    when the list was another. What is proclaimed for a coming year is not known here: a table goes before it.

    >>> england_bank_holidays(2022)[date(2022, 6, 2)], len(england_bank_holidays(2022))
    ('Spring bank holiday', 10)
    """
    if year < _FIRST_YEAR:
        raise ValueError(f"bank holidays are known from {_FIRST_YEAR}")
    from dateutil.easter import easter

    sunday = easter(year)
    by_rule = {
        "New Year’s Day": _not_weekend(date(year, 1, 1)),
        "Good Friday": sunday - timedelta(days=2),
        "Easter Monday": sunday + timedelta(days=1),
        "Early May bank holiday": _monday_from(date(year, 5, 1)),
        "Spring bank holiday": _monday_from(date(year, 5, 25)),
        "Summer bank holiday": _monday_from(date(year, 8, 25)),
    } | _MOVED.get(year, {})
    days = {day: _RENAMED.get(day, title) for title, day in by_rule.items()}
    days |= _christmas(year)
    days |= {day: title for day, title in _ONCE.items() if day.year == year}
    return dict(sorted(days.items()))


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """Say whether the day is a Monday to Friday and no holiday.

    >>> is_working_day(date(2020, 11, 24), ()), is_working_day(date(2020, 11, 22), ())
    (True, False)
    """
    return day.weekday() <= _FRIDAY and day not in holidays


def working_days_before(day: date, n: int, holidays: Container[date]) -> date:
    """Give the n-th working day before a day, which itself is not counted; the day itself for 0.

    ValueError when n is negative.

    >>> working_days_before(date(2021, 4, 7), 3, england_bank_holidays(2021))
    datetime.date(2021, 3, 31)
    """
    if n < 0:
        raise ValueError("working days are counted backwards from the day: n cannot be negative")
    while n:
        day -= timedelta(days=1)
        n -= is_working_day(day, holidays)
    return day


def _christmas(year: int) -> dict[date, str]:
    """Christmas and Boxing Day: one that falls on a weekend goes to the first weekday that neither takes."""
    days = {date(year, 12, 25): "Christmas Day", date(year, 12, 26): "Boxing Day"}
    kept = {day: title for day, title in days.items() if day.weekday() <= _FRIDAY}
    for day, title in days.items():
        while not is_working_day(day, kept):
            if kept.get(day) == title:
                break
            day += timedelta(days=1)  # noqa: PLW2901 - walks to the substitute day
        kept[day] = title
    return kept


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _not_weekend(day: date) -> date:
    return _monday_from(day) if day.weekday() > _FRIDAY else day
