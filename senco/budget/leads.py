"""What a lead SENCO costs: the salary share and the on-costs of a time in an academic year, with the workings.

Every sum is reckoned exactly from 1 September to a day and rounded there, half a penny up; a time is what lies between
its two ends. So the parts of a year, whoever leads in them, add up to the year to the penny.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from senco.money import say_pounds

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS = 12
_SEPTEMBER = 9
_HALF = Fraction(1, 2)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rates:
    """What holds from a day on: the part of full time and the on-costs as a part of the salary."""

    starts: date
    fte: Fraction
    on_costs: Fraction


@dataclass(frozen=True, slots=True)
class LeadLine:
    """What a host school is due for its lead from one day to another (both included), in pence.

    ``months`` shows the months that the sums rest on, parts of a month in days.
    """

    cluster: str
    year: str
    urn: int | None
    host: str
    first: str
    last: str
    months: str
    fte: str
    on_costs: str
    salary_pence: int
    on_costs_pence: int


def months_until(day: date) -> Fraction:
    """Give the months of an academic year that are over when a day is.

    >>> months_until(date(2020, 8, 31)), months_until(date(2021, 2, 14)), months_until(date(2021, 8, 31))
    (Fraction(12, 1), Fraction(11, 2), Fraction(12, 1))
    """
    begun = (day.month - _SEPTEMBER) % _MONTHS
    return begun + Fraction(day.day, monthrange(day.year, day.month)[1])


def said_months(first: date, last: date) -> str:
    """Say the months from one day to another: whole months as a number, parts as days of the month.

    >>> said_months(date(2021, 2, 15), date(2021, 8, 31)), said_months(date(2020, 9, 1), date(2020, 9, 10))
    ('14/28 + 6', '10/30')
    """
    parts: list[str] = []
    whole, day = 0, first
    while day <= last:
        days = monthrange(day.year, day.month)[1]
        end = min(last, day.replace(day=days))
        served = (end - day).days + 1
        if served == days:
            whole += 1
        else:
            parts += [*([str(whole)] if whole else []), f"{served}/{days}"]
            whole = 0
        day = end + _DAY
    return " + ".join([*parts, *([str(whole)] if whole else [])])


def reckon(salary_pence: int, rates: Sequence[Rates], first: date, last: date) -> list[tuple[date, date, int, int]]:
    """Give the salary share and the on-costs of a time within an academic year, apart where a rate changes.

    ``salary_pence`` is a year's at full time. Each part: first day, last day, salary share, on-costs. The first of the
    rates holds from 1 September, the others from later days of the year, in their order.

    >>> fifth = Rates(date(2020, 9, 1), Fraction(1, 5), Fraction(28, 100))
    >>> reckon(4_200_000, [fifth], date(2020, 9, 1), date(2021, 2, 14))
    [(datetime.date(2020, 9, 1), datetime.date(2021, 2, 14), 385000, 107800)]
    """
    ends = [*(each.starts - _DAY for each in rates[1:]), date.max]
    parts = []
    for of, end in zip(rates, ends, strict=True):
        begins, closes = max(first, of.starts), min(last, end)
        if begins <= closes:
            salary, on_costs = _until(salary_pence, rates, closes)
            before = (0, 0) if begins == rates[0].starts else _until(salary_pence, rates, begins - _DAY)
            parts.append((begins, closes, salary - before[0], on_costs - before[1]))
    return parts


def _until(salary_pence: int, rates: Sequence[Rates], day: date) -> tuple[int, int]:
    """Give what is due from 1 September to the end of a day, each sum rounded once."""
    salary = on_costs = reached = Fraction(0)
    monthly = Fraction(salary_pence, _MONTHS)
    ends = [*(each.starts - _DAY for each in rates[1:]), date.max]
    for of, end in zip(rates, ends, strict=True):
        if of.starts > day:
            break
        months = months_until(min(day, end)) - reached
        salary += monthly * of.fte * months
        on_costs += monthly * of.fte * of.on_costs * months
        reached += months
    return int(salary + _HALF), int(on_costs + _HALF)


def workings(salary_pence: int, lines: Sequence[LeadLine]) -> list[str]:
    """Say what the sums rest on: the salary, the part of full time, a month of it, and the whole."""
    told = []
    for fte in dict.fromkeys(line.fte for line in lines):
        yearly = salary_pence * Fraction(fte)
        told.append(
            f"{say_pounds(salary_pence)} a year × {fte} = {say_pounds(int(yearly + _HALF))} a year,"
            f" {say_pounds(int(yearly / _MONTHS + _HALF))} a month; months are those served, parts of one in days."
        )
    salary, on_costs = sum(line.salary_pence for line in lines), sum(line.on_costs_pence for line in lines)
    told.append(
        f"Salary share {say_pounds(salary)} + on-costs {say_pounds(on_costs)} = {say_pounds(salary + on_costs)}."
    )
    return told
