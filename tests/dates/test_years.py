"""Academic and financial years, bank holidays and working days."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senco.dates import (
    AcademicYear,
    england_bank_holidays,
    financial_year,
    is_working_day,
    working_days_before,
)
from senco.errors import BadInput
from tests.sources import DATA, PROGRAMME

YEAR = AcademicYear(2020)
NOV24 = date(2026, 11, 24)


@pytest.mark.parametrize("text", ["2020/21", "2020-21", "2020/2021", "2020–21", "20/21", " 2020 / 21 ", "AY 2020/21"])
def test_an_academic_year(text: str) -> None:
    assert AcademicYear.parse(text) == YEAR


@pytest.mark.parametrize("text", ["", "2020", "2020/22", "2020/2020", "2021/20", "1/9/2020", "this year", "2020/1"])
def test_what_is_no_academic_year_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        AcademicYear.parse(text)
    assert refused.value.reference == "year.unreadable"


@given(st.dates(date(1900, 9, 1), date(2199, 8, 31)))
def test_every_day_is_in_one_academic_and_one_financial_year(day: date) -> None:
    year = AcademicYear.of(day)
    assert day in year
    assert day not in year.next
    assert year.previous < year < year.next
    assert AcademicYear.parse(str(year)) == year
    assert year.last + timedelta(days=1) == year.next.first
    assert year.term_of(day) in {"autumn", "spring", "summer"}
    starts = int(financial_year(day)[:4])
    assert date(starts, 4, 1) <= day < date(starts + 1, 4, 1)


def test_the_terms_of_the_programme_are_those_of_the_calendar() -> None:
    assert [YEAR.term_of(meeting.day) for meeting in PROGRAMME] == [meeting.term for meeting in PROGRAMME]


def test_a_year_knows_only_its_own_terms() -> None:
    with pytest.raises(ValueError, match="not in 2020/21"):
        YEAR.term_of(date(2021, 9, 1))


def _published_holidays() -> dict[date, str]:
    with (DATA / "bank-holidays.csv").open(encoding="utf-8", newline="") as file:
        return {date.fromisoformat(row["date"]): row["title"] for row in csv.DictReader(file)}


def test_the_bank_holidays_by_rule_are_the_published_ones() -> None:
    by_rule = {day: title for year in range(2020, 2029) for day, title in england_bank_holidays(year).items()}
    assert by_rule == _published_holidays()


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (1995, ["1995-05-08"]),
        (1999, ["1999-12-27", "1999-12-28", "1999-12-31"]),
        (2002, ["2002-06-03", "2002-06-04"]),
        (2011, ["2011-01-03", "2011-04-29", "2011-05-30", "2011-12-26", "2011-12-27"]),
        (2012, ["2012-01-02", "2012-06-04", "2012-06-05"]),
    ],
)
def test_odd_years_before_the_published_table(year: int, days: list[str]) -> None:
    assert set(days) <= {day.isoformat() for day in england_bank_holidays(year)}


@given(st.integers(1978, 2400))
def test_bank_holidays_are_weekdays_in_order(year: int) -> None:
    days = list(england_bank_holidays(year))
    assert days == sorted(days)
    assert len(days) >= 8
    assert all(day.weekday() < 5 and day.year == year for day in days)


def test_before_1978_the_list_was_another() -> None:
    with pytest.raises(ValueError, match="1978"):
        england_bank_holidays(1977)


@given(st.dates(date(2020, 1, 1), date(2028, 12, 31)), st.integers(0, 30))
def test_working_days_are_counted_back_over_holidays(day: date, n: int) -> None:
    holidays = _published_holidays()
    start = working_days_before(day, n, holidays)
    between = [start + timedelta(days=step) for step in range((day - start).days)]
    assert sum(is_working_day(other, holidays) for other in between) == n
    assert n == 0 or is_working_day(start, holidays)


def test_working_days_are_not_counted_forwards() -> None:
    with pytest.raises(ValueError, match="negative"):
        working_days_before(NOV24, -1, ())
