"""The rules of clusters: how they are named, and which day of a year counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from senco.dates import AcademicYear
from senco.privacy import fold

if TYPE_CHECKING:
    from datetime import date


def day_in_year(day: date, year: str) -> date:
    """Give the day itself when the academic year holds it, or else the year's day nearest to it.

    >>> from datetime import date
    >>> day_in_year(date(2026, 11, 22), "2020/21").isoformat(), day_in_year(date(2020, 6, 1), "2020/21").isoformat()
    ('2021-08-31', '2020-09-01')
    """
    of = AcademicYear.parse(year)
    return min(max(day, of.first), of.last)


def cluster_word(text: str) -> tuple[str, int]:
    """Give what a cluster's reference is compared and sorted by: its letters and its number.

    >>> cluster_word("CP 1") == cluster_word("cp1"), cluster_word("CP2") < cluster_word("CP10")
    (True, True)
    """
    letters = re.sub(r"[^a-z0-9]", "", fold(text))
    found = re.fullmatch(r"(.*?)([0-9]{0,6})", letters)
    # The pattern leaves nothing out, so it always matches.
    stem, number = found.groups() if found else (letters, "")
    return stem, int(number or 0)
