"""The rules of the reports: which days are a term's, how far a request has come, who agreed with whom, small sums."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from senco.dates import AcademicYear, england_bank_holidays
from senco.privacy import fold
from senco.reports.facts import TermSpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from senco.meetings.kinds import HolidayLine
    from senco.reports.facts import Advice, Asked, Reviewed, Ruling, Viewed

TERMS: Final = ("autumn", "spring", "summer")
BEFORE: Final = 3

# What a need that is in no broad area stands under, and a request that names none.
NO_AREA: Final = "other or not said"
PHASES: Final = {
    "early-years": "Nursery and Reception",
    "primary": "Years 1 to 6",
    "secondary": "Years 7 to 11",
    "post-16": "Years 12 to 14",
    "several": "Several years, or not said",
}
_LAST_PRIMARY, _LAST_SECONDARY = 6, 11
OPEN: Final = ("submitted", "listed", "moderated", "recommended", "deferred")
STAGES: Final = {**dict.fromkeys(OPEN, "open"), "decided": "closed", "withdrawn": "closed"}
# What a verdict does with a request: money goes with it, or support without it, or it is not settled.
DECIDED: Final = {
    "agreed": "agreed",
    "agreed-lower": "agreed",
    "agreed-with-conditions": "agreed",
    "declined-with-support": "declined",
    "deferred": "unsettled",
    "returned": "unsettled",
    "withdrawn": "unsettled",
}
_WANTED: Final = {"advise": 0, "support": 1, "confirm": 2}
_CONTRARY: Final = 2


def spans_of(year: str, lines: Iterable[HolidayLine]) -> tuple[TermSpan, ...]:
    """Give the three terms of a year as spans that leave no day out: holidays belong to the term before them.

    A term begins where the borough's term table says, else after its Christmas and Easter holidays, else by the
    calendar: January, and the day after Easter Sunday. What stands out of order is not heeded.

    >>> [f"{each.term} {each.first}" for each in spans_of("2020/21", ())]
    ['autumn 2020-09-01', 'spring 2021-01-01', 'summer 2021-04-05']
    """
    of = AcademicYear.parse(year)
    own = [each for each in lines if each.urn is None]
    spring = _begins(of, own, "spring", "christmas") or date(of.starts + 1, 1, 1)
    summer = _begins(of, own, "summer", "easter") or _after_easter(of)
    if not spring < summer:
        spring, summer = date(of.starts + 1, 1, 1), _after_easter(of)
    starts = (of.first, spring, summer, of.next.first)
    return tuple(
        TermSpan(year, term, starts[place], starts[place + 1] - timedelta(days=1)) for place, term in enumerate(TERMS)
    )


def _begins(of: AcademicYear, lines: Sequence[HolidayLine], term: str, holiday: str) -> date | None:
    told = [date.fromisoformat(each.first) for each in lines if each.kind == "term" and term in fold(each.title)]
    told = told or [
        date.fromisoformat(each.last) + timedelta(days=1)
        for each in lines
        if each.kind == "holiday" and holiday in fold(each.title)
    ]
    return next((day for day in sorted(told) if of.first < day <= of.last), None)


def _after_easter(of: AcademicYear) -> date:
    days = england_bank_holidays(of.starts + 1).items()
    return next(day for day, title in days if title == "Easter Monday")


def before(year: str, term: str, count: int = BEFORE) -> list[tuple[str, str]]:
    """Give the terms before one, the oldest first; the third before it is the same term a year earlier.

    >>> before("2020/21", "spring")
    [('2019/20', 'spring'), ('2019/20', 'summer'), ('2020/21', 'autumn')]
    """
    of, place = AcademicYear.parse(year), TERMS.index(term)
    found = []
    for _ in range(count):
        of, place = (of, place - 1) if place else (of.previous, len(TERMS) - 1)
        found.append((str(of), TERMS[place]))
    return found[::-1]


def phase_of(year_group: str) -> str:
    """Give the phase of a year group.

    >>> [phase_of(group) for group in ("N2", "R", "6", "7", "12", "", "not said")]
    ['early-years', 'early-years', 'primary', 'secondary', 'post-16', 'several', 'several']
    """
    if year_group in {"N1", "N2", "R"}:
        return "early-years"
    if not year_group.isdecimal():
        return "several"
    if int(year_group) <= _LAST_PRIMARY:
        return "primary"
    return "secondary" if int(year_group) <= _LAST_SECONDARY else "post-16"


def lives(line: Viewed | Advice | Ruling, on: str) -> bool:
    """Say whether a record stands on a day: made by then, and nothing of that day or before in its place."""
    return line.day <= on and (line.until is None or line.until > on)


def stage_of(
    request: Asked, on: str, *, view: Viewed | None, advice: Advice | None, ruling: Ruling | None
) -> str:  # fmt: skip
    """Give how far a request had come on a day, from its records that stood then."""
    if request.withdrawn_on is not None and request.withdrawn_on <= on:
        return "withdrawn"
    if ruling is not None and ruling.outcome != "deferred":
        return "decided"
    # Advice that came after a deferral takes the case further; the advice that the deferral rests on does not.
    if advice is not None and advice.outcome != "deferred" and (ruling is None or ruling.rests_on != advice.number):
        return "recommended"
    if ruling is not None or advice is not None:
        return "deferred"
    if view is not None:
        return "moderated"
    return "listed" if request.listed else "submitted"


def compared(level: str, outcome: str, amount_pence: int | None, asked_pence: int) -> str | None:
    """Say how a verdict stands to what the cluster found, or None where one of them says nothing.

    Who confirms expects all that is asked, who supports a part of it or conditions, who advises support without money.
    One step off is lower or higher, two are contrary.

    >>> compared("confirm", "agreed", 900, 900), compared("confirm", "agreed-lower", 500, 900)
    ('same', 'lower')
    >>> compared("support", "agreed-with-conditions", 900, 900), compared("advise", "agreed-lower", 100, 900)
    ('same', 'higher')
    >>> compared("confirm", "declined-with-support", None, 900), compared("confirm", "deferred", None, 900)
    ('contrary', None)
    """
    given = {
        "agreed": (2,),
        "agreed-with-conditions": (1, 2) if amount_pence == asked_pence else (1,),
        "agreed-lower": (1,),
        "declined-with-support": (0,),
    }.get(outcome, ())
    if not given or not level:
        return None
    step = min((each - _WANTED[level] for each in given), key=abs)
    if abs(step) >= _CONTRARY:
        return "contrary"
    return {0: "same", -1: "lower", 1: "higher"}[step]


def followed(
    advised: str, advised_pence: int | None, outcome: str, amount_pence: int | None
) -> str | None:  # fmt: skip
    """Say how the officer's decision stands to the panel's advice, or None where one of them settles nothing.

    >>> followed("agreed", 900, "agreed-lower", 500), followed("agreed", 900, "declined-with-support", None)
    ('lower', 'contrary')
    >>> followed("declined-with-support", None, "declined-with-support", None), followed("deferred", None, "agreed", 1)
    ('same', None)
    """
    if DECIDED.get(advised, "unsettled") == "unsettled" or DECIDED[outcome] == "unsettled":
        return None
    if DECIDED[advised] != DECIDED[outcome]:
        return "contrary"
    first, second = advised_pence or 0, amount_pence or 0
    return "same" if first == second else "lower" if second < first else "higher"


def told(letter_on: str | None, tell_by: str) -> str:
    """Say whether a decision was told in time, once its time is up.

    >>> told("2021-01-06", "2021-01-06"), told("2021-01-07", "2021-01-06"), told(None, "2021-01-06")
    ('in-time', 'late', 'late')
    """
    return "in-time" if letter_on is not None and letter_on <= tell_by else "late"


def reviews_due(ruling: Ruling, reviews: Iterable[Reviewed], on: str) -> Iterator[tuple[str, bool]]:
    """Give the days on which reviews of an award were due, each with whether it was done by a day.

    Each review fixes the day of the next; what would be due after the award has ended is not due.
    """
    due = ruling.review_on
    for each in reviews:
        if each.reviewed_on > on:
            break
        if due is not None:
            yield due, True
        due = each.next_on
    if due is not None and (ruling.ends is None or due <= ruling.ends):
        yield due, False


def share(part: int, whole: int) -> int | None:
    """Give a part in tenths of a percent, halves up, or None of nothing.

    >>> share(1, 3), share(2, 3), share(0, 0)
    (333, 667, None)
    """
    return (2000 * part + whole) // (2 * whole) if whole else None


def mean(total: int, count: int) -> int | None:
    """Give a mean to the nearest whole, halves up, or None of nothing.

    >>> mean(10, 4), mean(-5, 10), mean(1, 0)
    (3, 0, None)
    """
    return (2 * total + count) // (2 * count) if count else None


def at_rank(values: Sequence[int], percent: int) -> int | None:
    """Give the value that so many percent of the values do not exceed (nearest rank), or None of nothing.

    >>> at_rank([9, 1, 5], 50), at_rank(range(1, 11), 90), at_rank([], 50)
    (5, 9, None)
    """
    ordered = sorted(values)
    return ordered[max(-(-len(ordered) * percent // 100), 1) - 1] if ordered else None


def days_between(first: str, last: str) -> int:
    """Count the days from one ISO day to another.

    >>> days_between("2020-12-30", "2021-01-02")
    3
    """
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
