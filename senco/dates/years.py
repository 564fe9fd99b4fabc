"""The two years of a school's life: academic from September, financial from April."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, Self

from senco.deferred import dataclass
from senco.errors import BadInput

Term = Literal["autumn", "spring", "summer"]
_SEPTEMBER = 9
_APRIL = 4


@dataclass(frozen=True, slots=True, order=True)
class AcademicYear:
    """An academic year, 1 September to 31 August, known by the calendar year it starts in."""

    starts: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read “2020/21”, “2020-21”, “2020/2021” or “20/21”; BadInput ``year.unreadable`` for anything else.

        >>> str(AcademicYear.parse("2020-21")), AcademicYear.parse("1999/00").first
        ('2020/21', datetime.date(1999, 9, 1))
        """
        from senco.dates.words import plain, quoted

        found = re.fullmatch(r"(?:AY\s*)?((?:19|20|21)?[0-9]{2})\s*[/-]\s*((?:19|20|21)?[0-9]{2})", plain(text).strip())
        if not found:
            raise BadInput(
                "year.unreadable",
                f"{quoted(text)} is not an academic year.",
                "Write it as 2020/21: the year it begins in, a stroke, the year it ends in.",
            )
        first, last = found.groups()
        starts = int(first) if len(first) > len("20") else 2000 + int(first)
        ends = starts + 1
        if last not in {str(ends), str(ends)[2:]}:
            raise BadInput(
                "year.unreadable",
                f"{quoted(text)} is not an academic year: one that begins in {starts} ends in {ends}.",
                f"Did you mean {cls(starts)}?",
            )
        return cls(starts)

    @classmethod
    def of(cls, day: date) -> Self:
        """Give the academic year that holds the day.

        >>> str(AcademicYear.of(date(2021, 8, 31))), str(AcademicYear.of(date(2021, 9, 1)))
        ('2020/21', '2021/22')
        """
        return cls(day.year if day.month >= _SEPTEMBER else day.year - 1)

    @property
    def first(self) -> date:
        """Its first day, 1 September."""
        return date(self.starts, 9, 1)

    @property
    def last(self) -> date:
        """Its last day, 31 August."""
        return date(self.starts + 1, 8, 31)

    @property
    def next(self) -> Self:
        """The academic year after it."""
        return type(self)(self.starts + 1)

    @property
    def previous(self) -> Self:
        """The academic year before it."""
        return type(self)(self.starts - 1)

    def __contains__(self, day: date) -> bool:
        """Say whether the day falls in this year."""
        return self.first <= day <= self.last

    def __str__(self) -> str:
        """Give it as 2020/21."""
        return f"{self.starts}/{(self.starts + 1) % 100:02}"

    def calendar_year(self, month: int) -> int:
        """Give the calendar year in which this academic year has the month.

        >>> AcademicYear(2020).calendar_year(10), AcademicYear(2020).calendar_year(7)
        (2020, 2021)
        """
        return self.starts if month >= _SEPTEMBER else self.starts + 1

    def term_of(self, day: date) -> Term:
        """Give the term of the day by the calendar alone; a table of an LA's or a school's own terms goes before it.

        Autumn is September to December, spring January to Easter Sunday, summer what follows. ValueError for a day
        outside the year.

        >>> AcademicYear(2020).term_of(date(2021, 3, 23)), AcademicYear(2020).term_of(date(2021, 4, 27))
        ('spring', 'summer')
        """
        from dateutil.easter import easter

        if day not in self:
            raise ValueError(f"{day} is not in {self}")
        if day.month >= _SEPTEMBER:
            return "autumn"
        return "spring" if day <= easter(day.year) else "summer"


def financial_year(day: date) -> str:
    """Give the financial year, 1 April to 31 March, that holds the day.

    >>> financial_year(date(2021, 3, 31)), financial_year(date(2021, 4, 1))
    ('2020/21', '2021/22')
    """
    starts = day.year if day.month >= _APRIL else day.year - 1
    return f"{starts}/{(starts + 1) % 100:02}"
