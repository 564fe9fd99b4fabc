"""The year's school days: terms, holidays and INSET of the borough and of single schools, with the bank holidays."""

from __future__ import annotations

from dataclasses import field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from senco.dates import AcademicYear, england_bank_holidays, is_working_day, say_date
from senco.deferred import dataclass
from senco.findings import Finding
from senco.meetings.kinds import BankHolidayLine, HolidayLine, SpanKind
from senco.meetings.rules import at_weekend, closes_schools
from senco.privacy import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

BY_RULE: Final = "by rule"
TERMS: Final = ("Autumn term", "Spring term", "Summer term")
SCHOOL_DAYS: Final = 195  # 190 for pupils and five for INSET: 390 sessions are what the law asks of a maintained school
_TOO_MANY_OFF: Final = 10
_FEW_DAYS: Final = 180
_MANY_DAYS: Final = 200
_ALL_EIGHT: Final = 8
_EVE: Final = 18  # December: the last day on which the autumn term usually ends, or the Friday before it
_LAST_OF_JULY: Final = 21
# An Easter up to 5 April opens the spring holiday, one up to the 12th stands between its
# weeks, a later one closes it.
_EARLY_EASTER: Final = (4, 5)
_LATE_EASTER: Final = (4, 13)


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """A year's spans with its bank holidays by day; ``names`` gives the schools that keep days of their own.

    ``spans`` hold the borough's (without a urn) and the schools' own. Days beyond the terms are closed where terms, or
    the end of the summer term, are known.
    """

    year: AcademicYear
    spans: tuple[HolidayLine, ...]
    bank: Mapping[date, str]
    names: Mapping[int, str] = field(default_factory=dict)

    def why_closed(self, day: date, urns: Collection[int] | None = ()) -> str | None:
        """Give the reason for which the borough, or one of these schools (None: any of them), is closed on a day.

        >>> year = SchoolYear(AcademicYear(2021), (), england_bank_holidays(2022))
        >>> year.why_closed(date(2022, 6, 3)), year.why_closed(date(2022, 6, 7))
        ('Fri 3 Jun 2022 is a bank holiday (Platinum Jubilee bank holiday)', None)
        """
        said = say_date(day)
        if at_weekend(day):
            return f"{said} is at a weekend"
        if bank := self.bank.get(day):
            return f"{said} is a bank holiday ({bank})"
        for each in self._on(day):
            if each.kind == SpanKind.TERM or not closes_schools(each.title):
                continue
            what = "is an INSET day" if each.kind == SpanKind.INSET else "is in a holiday"
            if each.urn is None:
                return f"{said} {what} ({each.title})"
            if urns is None or each.urn in urns:
                return f"{said} {what} of {self.names.get(each.urn, f'school {each.urn}')} ({each.title})"
        return f"{said} is outside the terms" if self._outside(day) else None

    def of_school(self, urn: int) -> SchoolYear:
        """Give the year as one school keeps it: its own span goes before the borough's of the same name."""
        own = [each for each in self.spans if each.urn == urn]
        taken = {(each.kind, fold(each.title)) for each in own}
        kept = [each for each in self.spans if each.urn is None and (each.kind, fold(each.title)) not in taken]
        spans = tuple(sorted((*own, *kept), key=lambda each: (each.first, each.last, each.title)))
        return SchoolYear(self.year, spans, self.bank, self.names)

    def school_days(self, urns: Collection[int] | None = ()) -> int:
        """Count the days on which the schools are open, INSET days not counted."""
        return sum(self.why_closed(day, urns) is None for day in days_of(self.year))

    @property
    def knows_terms(self) -> bool:
        """Whether the borough's holidays of the year are known at all."""
        return any(each.urn is None and (each.kind == SpanKind.TERM or closes_schools(each.title))
                   for each in self.spans)  # fmt: skip

    def _on(self, day: date) -> Iterator[HolidayLine]:
        told = day.isoformat()
        return (each for each in self.spans if each.first <= told <= each.last)

    def _outside(self, day: date) -> bool:
        told = day.isoformat()
        terms = [each for each in self.spans if each.kind == SpanKind.TERM and each.urn is None]
        if terms:
            return not any(each.first <= told <= each.last for each in terms)
        ends = [each.last for each in self.spans if each.urn is None and not closes_schools(each.title)]
        summer = self.year.calendar_year(6)
        return any(told > end for end in ends if end >= date(summer, 6, 1).isoformat())


def days_of(year: AcademicYear) -> list[date]:
    """Give every day of an academic year."""
    return [year.first + timedelta(days=each) for each in range((year.last - year.first).days + 1)]


def bank_holidays_of(year: AcademicYear, corrected: Mapping[date, str] | None = None) -> dict[date, str]:
    """Give the bank holidays of both calendar years of an academic year: by rule, or wholly as a file corrects one.

    >>> bank_holidays_of(AcademicYear(2022))[date(2023, 5, 8)]
    'Bank holiday for the coronation of King Charles III'
    """
    found: dict[date, str] = {}
    for each in (year.starts, year.starts + 1):
        told = {day: title for day, title in (corrected or {}).items() if day.year == each}
        found |= told or england_bank_holidays(each)
    return dict(sorted(found.items()))


def bank_holiday_lines(year: AcademicYear, corrected: Mapping[date, tuple[str, str]]) -> list[BankHolidayLine]:
    """Give the bank holidays within an academic year, each with the file that says so, or the rule."""
    kept = bank_holidays_of(year, {day: title for day, (title, _) in corrected.items()})
    return [
        BankHolidayLine(day.isoformat(), title, corrected.get(day, ("", BY_RULE))[1])
        for day, title in kept.items()
        if day in year
    ]


def usual_terms(year: AcademicYear) -> list[tuple[SpanKind, str, date, date]]:
    """Give an English school year's usual spans, to be corrected by the borough's own: kind, title, first, last.

    October's last full week, two weeks at Christmas, the week around the middle of February, two weeks at Easter, and
    the week of the Spring bank holiday; the terms lie between. No law sets these days: most boroughs keep to them.

    >>> [f"{title} {first:%d %b}-{last:%d %b}" for kind, title, first, last in usual_terms(AcademicYear(2026))][3:6]
    ['Autumn half term 26 Oct-30 Oct', 'Christmas 21 Dec-03 Jan', 'Spring half term 15 Feb-19 Feb']
    """
    from dateutil.easter import easter

    summer = year.starts + 1
    autumn_starts = _school_day(date(year.starts, 9, 1))
    october = _monday(date(year.starts, 10, 28))  # the last Monday with most of its week in October
    autumn_ends = _friday_to(date(year.starts, 12, _EVE + 3))
    # Two weeks and the days to a Monday or a day after New Year's holiday.
    christmas = (autumn_ends + timedelta(days=3), autumn_ends + timedelta(days=14))
    spring_starts = _school_day(max(christmas[1] + timedelta(days=3), date(summer, 1, 2)))
    february = _monday(date(summer, 2, 18))
    opening, closing = _easter_holiday(easter(summer))
    spring_ends = _back_to_school_day(opening - timedelta(days=1))
    summer_starts = _school_day(closing + timedelta(days=1))
    may = _monday(date(summer, 5, 31))
    summer_ends = _back_to_school_day(date(summer, 7, _LAST_OF_JULY))
    week = timedelta(days=4)
    return [
        (SpanKind.TERM, TERMS[0], autumn_starts, autumn_ends),
        (SpanKind.TERM, TERMS[1], spring_starts, spring_ends),
        (SpanKind.TERM, TERMS[2], summer_starts, summer_ends),
        (SpanKind.HOLIDAY, "Autumn half term", october, october + week),
        (SpanKind.HOLIDAY, "Christmas", christmas[0], spring_starts - timedelta(days=1)),
        (SpanKind.HOLIDAY, "Spring half term", february, february + week),
        (SpanKind.HOLIDAY, "Easter", spring_ends + timedelta(days=1), summer_starts - timedelta(days=1)),
        (SpanKind.HOLIDAY, "Summer half term", may, may + week),
    ]


def term_findings(year: SchoolYear, *, schools: Sequence[int] = ()) -> list[Finding]:
    """Find what does not fit in a year's spans: days outside it, overlaps, too few or too many school days."""
    found: list[Finding] = []
    for each in year.spans:
        where = f"{each.title}, {_whose(each, year)}"
        if date.fromisoformat(each.first) not in year.year or date.fromisoformat(each.last) not in year.year:
            found.append(Finding("terms.outside-year", where, f"It is not within {year.year}.", "Correct its dates."))
        if each.kind == SpanKind.INSET and year.bank.get(date.fromisoformat(each.first)):
            found.append(Finding("terms.inset-on-bank-holiday", where, "It is a bank holiday.", "Choose another day."))
    found += _overlaps(year)
    if not year.knows_terms:
        what = f"No term dates of the borough are known for {year.year}."
        do = "`senco meetings terms import` takes them in."
        return [*found, Finding("terms.missing", str(year.year), what, do)]
    if not any(each.kind == SpanKind.TERM for each in year.spans):
        return found
    for urn in (None, *schools):
        kept = year if urn is None else year.of_school(urn)
        days = kept.school_days(() if urn is None else (urn,))
        if not _FEW_DAYS <= days <= _MANY_DAYS:
            where = str(year.year) if urn is None else year.names.get(urn, str(urn))
            what = f"It has {days} days for pupils; {SCHOOL_DAYS - 5} and five INSET days are usual."
            found.append(Finding("terms.days", where, what, "Look for a span that is missing or wrong."))
    return found


def _overlaps(year: SchoolYear) -> list[Finding]:
    found = []
    terms = [each for each in year.spans if each.kind == SpanKind.TERM]
    for place, each in enumerate(terms):
        for other in terms[place + 1 :]:
            if each.urn == other.urn and each.first <= other.last and other.first <= each.last:
                what = f"It overlaps {other.title} ({_whose(other, year)})."
                found.append(
                    Finding("terms.overlap", f"{each.title}, {_whose(each, year)}", what, "Correct one of them.")
                )
    return found


def _whose(each: HolidayLine, year: SchoolYear) -> str:
    return "the borough" if each.urn is None else year.names.get(each.urn, f"school {each.urn}")


def differing(lines: Iterable[tuple[date, str]], year: int) -> list[Finding]:
    """Find where a file's bank holidays of a calendar year differ from the rule; the file goes before it."""
    told, ruled = dict(lines), england_bank_holidays(year)
    extra = [f"{say_date(day)} ({told[day]})" for day in sorted(told) if day not in ruled]
    lacking = [f"{say_date(day)} ({ruled[day]})" for day in ruled if day not in told]
    parts = [f"the file alone has {', '.join(extra)}"] * bool(extra)
    parts += [f"the rule alone has {', '.join(lacking)}"] * bool(lacking)
    if not parts:
        return []
    what = f"{'; '.join(parts)[0].upper()}{'; '.join(parts)[1:]}."
    return [Finding("terms.bank-holidays-differ", str(year), what, "The file is taken.")]


def whole_year(count: int) -> bool:
    """Say whether so many bank holidays can be those of a whole calendar year: England has eight."""
    return count >= _ALL_EIGHT


def _easter_holiday(sunday: date) -> tuple[date, date]:
    """Give the first and the last day of the two weeks off around an Easter Sunday, as whole school weeks."""
    placed = (sunday.month, sunday.day)
    if placed <= _EARLY_EASTER:
        return sunday - timedelta(days=2), sunday + timedelta(days=12)
    monday = sunday - timedelta(days=13 if placed >= _LATE_EASTER else 6)
    return monday, max(monday + timedelta(days=11), sunday + timedelta(days=1))


def _monday(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _friday_to(day: date) -> date:
    """Give the last Friday up to a day."""
    return day - timedelta(days=(day.weekday() - 4) % 7)


def _school_day(day: date) -> date:
    while not is_working_day(day, england_bank_holidays(day.year)):
        day += timedelta(days=1)
    return day


def _back_to_school_day(day: date) -> date:
    while not is_working_day(day, england_bank_holidays(day.year)):
        day -= timedelta(days=1)
    return day
