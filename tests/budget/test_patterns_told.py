"""What the README says of each pattern is what a schedule does, sum by sum."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senco.budget.kinds import Pattern
from senco.budget.schedules import schedule
from senco.budget.shapes import Award
from senco.money import parse_pence, say_pounds, split_evenly

README = Path(__file__).parents[2] / "README.md"
ROW = re.compile(r"^\| `([^`]+)` \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", flags=re.MULTILINE)
YEARS = ((date(2020, 9, 1), date(2021, 8, 31)), (date(2021, 4, 1), date(2022, 3, 31)))
days = st.dates(date(2018, 1, 1), date(2030, 12, 31))


def award(amount: int, first: date, last: date) -> Award:
    sent, decided = date(2020, 11, 1), date(2020, 11, 24)
    return Award(1, "R-7KQ4", "CP1", "2020/21", "individual", 100001, amount, first, last, sent, decided)


def rows() -> dict[str, tuple[str, str]]:
    text = README.read_text(encoding="utf-8").partition("## An award and its money")[2].partition("```")[0]
    return {name: (academic, financial) for name, academic, financial in ROW.findall(text)}


def shown(parts: list[tuple[date, int]]) -> str:
    """Write parts as the README does; as many equal ones on the first of twelve months in a row in words."""
    amounts = {pence for _, pence in parts}
    if len(parts) == 12 and len(amounts) == 1 and {day.day for day, _ in parts} == {1}:
        return f"{say_pounds(amounts.pop())} on the first of each month"
    return ", ".join(f"{day.day} {day:%b} {say_pounds(pence)}" for day, pence in parts)


@pytest.mark.parametrize("pattern", Pattern)
def test_the_readme_tells_each_pattern_as_it_is(pattern: Pattern) -> None:
    for told, span in zip(rows()[pattern.value], YEARS, strict=True):
        parts = schedule(award(120_000, *span), pattern, 1)
        assert told == shown([(part.due, part.amount_pence) for part in parts])
        if "each month" not in told:
            assert sum(parse_pence(each) for each in re.findall(r"£[\d,.]+\d", told)) == 120_000


def test_the_readme_tells_every_pattern_and_no_other() -> None:
    assert list(rows()) == [pattern.value for pattern in Pattern]


@given(st.integers(1, 10**9), st.integers(2018, 2030), st.integers(1, 12))
def test_six_twelfths_are_two_halves_whichever_month_a_year_begins_in(amount: int, year: int, month: int) -> None:
    first = date(year, month, 1)
    last = date(year + 1, month, 1) - date.resolution
    parts = schedule(award(amount, first, last), Pattern.HALVES, 1)
    assert [part.amount_pence for part in parts] == split_evenly(amount, 2)
    assert [(part.due.day, (part.due.month - month) % 12) for part in parts] == [(1, 0), (1, 6)]


@given(st.integers(12, 10**9), days, st.integers(0, 1500))
def test_five_and_seven_twelfths_never_cross_a_years_border(amount: int, first: date, more: int) -> None:
    """Whatever its days, no part lies in two financial or two academic years, and a whole year has five and seven."""
    last = first + more * date.resolution
    parts = schedule(award(amount, first, last), Pattern.ACADEMIC_FINANCIAL, 1)
    for part in parts:
        assert (part.first.month in range(4, 9)) == (part.last.month in range(4, 9))
        assert (part.last - part.first).days < 214
    months = {
        part.number: (part.last.year - part.first.year) * 12 + part.last.month - part.first.month for part in parts
    }
    whole = sum(count + 1 for count in months.values())
    for part in parts:
        assert abs(part.amount_pence * whole - amount * (months[part.number] + 1)) <= whole * len(parts)
