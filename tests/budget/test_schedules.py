"""Any schedule sums to its award, whatever the pattern and whatever happens to the child."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senco.budget.kinds import EventKind, Pattern
from senco.budget.schedules import as_it_runs, schedule, terms_of, whole_sum
from senco.budget.shapes import (
    Award,
    EventLine,
    Part,
    Terms,
)

FIRST = date(2020, 9, 1)
days = st.dates(date(2018, 1, 1), date(2030, 12, 31))
spans = st.tuples(days, st.integers(0, 1500)).map(lambda told: (told[0], told[0] + timedelta(days=told[1])))
pence = st.integers(1, 10**9)


def award(amount: int, first: date = FIRST, last: date = date(2021, 8, 31), **told: date) -> Award:
    submitted, decided = told.get("submitted", first), told.get("decided", first)
    return Award(1, "R-7KQ4", "CP1", "2020/21", "individual", 100001, amount, first, last, submitted, decided)


def told(parts: list[Part]) -> list[tuple[str, int]]:
    return [(part.due.isoformat(), part.amount_pence) for part in parts]


@given(pence, spans, st.sampled_from(Pattern), days, days)
def test_a_schedule_sums_to_its_award_and_leaves_no_day_out(
    amount: int, span: tuple[date, date], pattern: Pattern, submitted: date, decided: date
) -> None:
    of = award(amount, *span, submitted=submitted, decided=decided)
    parts = schedule(of, pattern, 100001)
    assert sum(part.amount_pence for part in parts) == amount
    assert all(part.amount_pence >= 0 for part in parts)
    assert parts[-1].last == of.last
    assert parts[0].first >= of.first
    for before, after in pairwise(parts):
        assert after.first == before.last + timedelta(days=1)
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))


@given(
    pence, spans, st.sampled_from(Pattern), st.lists(st.tuples(days, st.integers(1, 3)), max_size=4), st.none() | days
)
def test_after_moves_and_a_stop_what_is_paid_and_what_is_not_are_the_award(
    amount: int, span: tuple[date, date], pattern: Pattern, moves: list[tuple[date, int]], stop: date | None
) -> None:
    parts = schedule(award(amount, *span), pattern, 9)
    ordered = tuple(sorted(dict(moves).items()))
    kept, stopped = as_it_runs(parts, Terms(pattern, "exceptional", None, ordered, ((stop, None),) if stop else ()))
    assert sum(part.amount_pence for part in [*kept, *stopped]) == amount
    assert all(part.first <= part.last for part in [*kept, *stopped])
    if stop:
        assert all(part.last < stop for part in kept)
        assert all(part.first >= stop for part in stopped)
    for part in kept:
        at_school = [urn for day, urn in ordered if day <= part.first]
        assert part.urn == (at_school[-1] if at_school else 9)


@given(pence, st.integers(2018, 2030))
def test_five_and_seven_twelfths_recombine(amount: int, year: int) -> None:
    academic = schedule(award(amount, date(year, 9, 1), date(year + 1, 8, 31)), Pattern.ACADEMIC_FINANCIAL, 1)
    financial = schedule(award(amount, date(year, 4, 1), date(year + 1, 3, 31)), Pattern.ACADEMIC_FINANCIAL, 1)
    seven, five = (part.amount_pence for part in academic)
    assert seven + five == amount
    assert sum(part.amount_pence for part in financial) == amount
    assert abs(financial[0].amount_pence - five) <= 1  # half a penny goes to the earlier part
    assert abs(seven * 12 - amount * 7) < 12


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (Pattern.TERMS, [("2020-09-01", 40_000), ("2021-01-01", 40_000), ("2021-04-01", 40_000)]),
        (Pattern.LUMP_SUM, [("2020-09-01", 120_000)]),
        (Pattern.ACADEMIC_FINANCIAL, [("2020-09-01", 70_000), ("2021-04-01", 50_000)]),
        (Pattern.HALVES, [("2020-09-01", 60_000), ("2021-03-01", 60_000)]),
        (Pattern.FROM_SUBMISSION, [("2020-11-01", 24_079), ("2021-01-01", 35_526), ("2021-04-01", 60_395)]),
        (Pattern.FROM_DECISION, [("2021-03-01", 20_217), ("2021-04-01", 99_783)]),
    ],
)
def test_a_years_award_by_each_pattern(pattern: Pattern, expected: list[tuple[str, int]]) -> None:
    of = award(120_000, submitted=date(2020, 11, 1), decided=date(2021, 3, 1))
    assert told(schedule(of, pattern, 1)) == expected


def test_monthly_is_twelve_equal_parts_on_the_first() -> None:
    parts = schedule(award(120_000), Pattern.MONTHLY, 1)
    assert [part.amount_pence for part in parts] == [10_000] * 12
    assert {part.due.day for part in parts} == {1}


def test_a_financial_years_award_in_halves_is_six_and_six_twelfths() -> None:
    parts = schedule(award(100_001, date(2021, 4, 1), date(2022, 3, 31)), Pattern.HALVES, 1)
    assert told(parts) == [("2021-04-01", 50_001), ("2021-10-01", 50_000)]


def test_a_submission_after_the_award_ended_leaves_its_last_day() -> None:
    parts = schedule(award(500, submitted=date(2022, 1, 1)), Pattern.FROM_SUBMISSION, 1)
    assert told(parts) == [("2021-08-31", 500)]


def event(kind: EventKind, day: str, **more: object) -> EventLine:
    row: dict[str, object] = {"pattern": "", "fund": "", "urn": None, "because": "", **more}
    return EventLine(1, "R-7KQ4", kind.value, day, **row)  # type: ignore[arg-type] - the tests tell what fits


def test_terms_follow_what_happened() -> None:
    usual = {"pattern": Pattern.TERMS, "fund": "exceptional"}
    assert terms_of([], **usual) == Terms(Pattern.TERMS, "exceptional")  # type: ignore[arg-type]
    happened = [
        event(EventKind.TERMS, "2020-10-01", pattern="monthly", urn=5),
        event(EventKind.MOVE, "2021-02-01", urn=7),
        event(EventKind.MOVE, "2020-12-01", urn=6),
        event(EventKind.STOP, "2021-03-01", because="plan"),
    ]
    moves = ((date(2020, 12, 1), 6), (date(2021, 2, 1), 7))
    found = terms_of(happened, **usual)  # type: ignore[arg-type]
    assert found == Terms(Pattern.MONTHLY, "exceptional", 5, moves, ((date(2021, 3, 1), None),))
    assert found.stop == date(2021, 3, 1)


@given(pence, spans)
def test_a_yearly_amount_for_a_year_is_the_amount(amount: int, span: tuple[date, date]) -> None:
    assert whole_sum(amount, FIRST, date(2021, 8, 31), yearly=True) == amount
    assert whole_sum(amount, FIRST, date(2022, 8, 31), yearly=True) == 2 * amount
    assert whole_sum(amount, *span, yearly=False) == amount
    months = (span[1].year - span[0].year) * 12 + span[1].month - span[0].month + 1
    assert abs(whole_sum(amount, *span, yearly=True) * 12 - amount * months) <= 12
