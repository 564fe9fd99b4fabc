"""The days of decisions, reviews and letters: policy, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from senco.dates import england_bank_holidays, is_working_day, say_date

LOWEST, HIGHEST = -2, 2


def why_not_review(
    score: int, *, reviewed_on: date, next_on: date | None, first: str | None, today: date
) -> str | None:
    """Say why a review cannot stand, or None.

    >>> from datetime import date
    >>> told = dict(next_on=None, first="2021-01-04", today=date(2021, 6, 1))
    >>> why_not_review(3, reviewed_on=date(2021, 5, 4), **told)
    'the score is from -2 (much worse than hoped) to +2 (much better)'
    >>> why_not_review(1, reviewed_on=date(2021, 5, 4), **told) is None
    True
    """
    wrong = (
        (not LOWEST <= score <= HIGHEST, "the score is from -2 (much worse than hoped) to +2 (much better)"),
        (reviewed_on > today, "its day is still to come"),
        (first is not None and reviewed_on.isoformat() < first, "the award had not begun by then"),
        (next_on is not None and next_on <= reviewed_on, "the next review would not be after this one"),
    )
    return next((why for found, why in wrong if found), None)


def why_not_decided_on(day: date, today: date, *, submitted: str, panel: str, before: str) -> str | None:
    """Say why a decision cannot be of a day, or None.

    Days ISO: the request's, that of the panel whose advice is followed, and that of the decision before; "" for none.

    >>> from datetime import date
    >>> told = dict(submitted="2020-11-20", panel="2020-12-08", before="")
    >>> why_not_decided_on(date(2020, 12, 8), date(2020, 12, 14), **told) is None
    True
    >>> why_not_decided_on(date(2020, 12, 7), date(2020, 12, 14), **told)
    'the panel whose advice it follows is of Tue 8 Dec 2020'
    """
    if day > today:
        return "that day is still to come"
    earliest = (
        ("the request came in on", submitted),
        ("the panel whose advice it follows is of", panel),
        ("the decision before it is of", before),
    )
    wrong = ((said, each) for said, each in earliest if day.isoformat() < each)
    return next((f"{said} {say_date(date.fromisoformat(each))}" for said, each in wrong), None)


def working_days_after(day: date, count: int) -> date:
    """Give the working day so many working days after a day, England's bank holidays left out.

    >>> from datetime import date
    >>> working_days_after(date(2020, 12, 23), 2)
    datetime.date(2020, 12, 29)
    """
    holidays = _holidays(day.year)
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, holidays)
    return day


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset({**england_bank_holidays(year), **england_bank_holidays(year + 1)})
