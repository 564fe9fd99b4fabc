"""What the store knows of the school year: terms, holidays, INSET days, bank holidays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.dates import AcademicYear
from senco.errors import BadInput, NotFound, Problem, Refused
from senco.meetings.kinds import BankHolidayLine, HolidayLine
from senco.meetings.termplanning import plan_terms
from senco.meetings.terms import SchoolYear, bank_holiday_lines, bank_holidays_of, term_findings
from senco.settings.questions import number_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from senco.findings import Finding
    from senco.meetings.termintake import TermTable
    from senco.meetings.termplanning import TermPlan
    from senco.store.doors import Ask

_SPANS = """
SELECT holiday_id, year, title, first, last, la_code, urn, source, kind FROM holiday
 WHERE (:year = '' OR year = :year) AND (:la_code = 0 OR la_code IS NULL OR la_code = :la_code)
 ORDER BY first, last, title, holiday_id
"""
_BANK = "SELECT day, title, source FROM bank_holiday ORDER BY day"


def spans(ask: Ask, year: str, *, la_code: int = 0) -> list[HolidayLine]:
    """Give the spans of a year ('' for every year), of one authority or of all, in order."""
    return ask.all(HolidayLine, _SPANS, {"year": year, "la_code": la_code})


def own_la(ask: Ask, year: str) -> int:
    """Give the code of the authority whose store it is, as it holds in a year."""
    return number_on(ask, "la.code", AcademicYear.parse(year).last)


def bank_corrections(ask: Ask) -> dict[date, tuple[str, str]]:
    """Give the bank holidays that a file gave, with their source."""
    return {date.fromisoformat(day): (title, source) for day, title, source in ask.all(_row, _BANK)}


def bank_holidays(ask: Ask, year: str) -> dict[date, str]:
    """Give the bank holidays of both calendar years of an academic year: by rule, corrected by what a file gave."""
    told = {day: title for day, (title, _) in bank_corrections(ask).items()}
    return bank_holidays_of(AcademicYear.parse(year), told)


def bank_lines(ask: Ask, year: str) -> list[BankHolidayLine]:
    """Give the bank holidays within an academic year, each with its source."""
    return bank_holiday_lines(AcademicYear.parse(year), bank_corrections(ask))


def school_year(ask: Ask, year: str) -> SchoolYear:
    """Give the year's school days as the own authority and its schools keep them."""
    lines = spans(ask, year, la_code=own_la(ask, year))
    return SchoolYear(AcademicYear.parse(year), tuple(lines), bank_holidays(ask, year), school_names(ask, lines))


def school_names(ask: Ask, lines: Iterable[HolidayLine]) -> dict[int, str]:
    """Give the names of the schools that keep spans of their own."""
    urns = sorted({line.urn for line in lines if line.urn})
    return {urn: str(ask.value("SELECT name FROM school WHERE urn = :urn", {"urn": urn}) or urn) for urn in urns}


def findings_of(ask: Ask, year: str) -> list[Finding]:
    """Find what does not fit in the term dates of a year."""
    kept = school_year(ask, year)
    return term_findings(kept, schools=sorted(kept.names))


def years_with_terms(ask: Ask) -> list[str]:
    """Give the years that have spans."""
    return ask.values("SELECT DISTINCT year FROM holiday ORDER BY year")


def terms_plan(ask: Ask, table: TermTable, *, day: date) -> TermPlan:
    """Give what an import of this table does to the store as it is; ``day`` is the day of the settings used.

    Raises what `termplanning.plan_terms` raises; a school that is not in the register is one of its problems.
    """
    la_code = number_on(ask, "la.code", day)
    return plan_terms(
        table,
        stored=spans(ask, ""),
        bank={line.day: line for line in ask.all(BankHolidayLine, _BANK)},
        schools=_schools(ask, table, la_code),
        la_code=la_code,
    )


def _schools(ask: Ask, table: TermTable, la_code: int) -> Mapping[str, int]:
    from senco.schools.questions import find_school

    found: dict[str, int] = {}
    problems = list(table.problems)
    for draft in table.spans:
        if not draft.school or draft.school in found:
            continue
        try:
            found[draft.school] = find_school(ask, draft.school, la_code=draft.la_code or la_code).urn
        except (NotFound, Refused) as wrong:
            problems.append(Problem(draft.where, wrong.message, wrong.hint))
    if len(problems) > len(table.problems):
        raise BadInput(
            "terms.unknown-school",
            f"{table.file} names schools that are not in the register.",
            "Nothing was changed. `senco schools import` reads the register in.",
            tuple(problems),
        )
    return found


def _row(day: str, title: str, source: str) -> tuple[str, str, str]:
    return day, title, source
