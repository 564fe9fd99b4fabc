"""What an import of term dates or bank holidays would do, before anything is changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from senco.deferred import dataclass
from senco.errors import BadInput, Problem
from senco.meetings.kinds import Action, BankHolidayLine, HolidayLine
from senco.meetings.terms import differing, whole_year
from senco.privacy import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from senco.findings import Finding
    from senco.meetings.termintake import SpanDraft, TermTable


@dataclass(frozen=True, slots=True)
class TermPlanLine:
    """One span or bank holiday of an import's plan, ISO dates; ``kept_by`` is the school, or the borough."""

    action: str
    year: str
    kind: str
    title: str
    first: str
    last: str
    kept_by: str
    source: str


@dataclass(frozen=True, slots=True)
class TermPlan:
    """All that an import of term dates would do; ``bank_years`` are the calendar years whose bank holidays it puts."""

    spans: tuple[tuple[Action, HolidayLine], ...] = ()
    bank: tuple[tuple[Action, BankHolidayLine], ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """Whether the store already holds what the file says."""
        return {action for action, _ in (*self.spans, *self.bank)} <= {Action.UNCHANGED}

    def count(self, action: Action) -> int:
        """Count the spans and bank holidays with which this is done."""
        return sum(each is action for each, _ in (*self.spans, *self.bank))


def plan_terms(
    table: TermTable,
    *,
    stored: Sequence[HolidayLine],
    bank: Mapping[str, BankHolidayLine],
    schools: Mapping[str, int],
    la_code: int,
) -> TermPlan:
    """Hold a table against what is stored; ``schools`` gives the URN of each school as the table writes it.

    A span that stands there under another name or with other days is changed, never doubled. Raises BadInput
    ``terms.cannot-import`` with every problem at its cell.
    """
    problems = list(table.problems)
    spans: list[tuple[Action, HolidayLine]] = []
    seen: dict[tuple[object, ...], str] = {}
    free = list(stored)
    for draft in table.spans:
        line = _line(draft, schools, la_code)
        key = (line.year, line.title, line.first, line.la_code, line.urn)
        if key in seen:
            problems.append(Problem(draft.where, f"It stands twice in the file, first at {seen[key]}.", "Remove one."))
            continue
        seen[key] = draft.where
        spans.append(_planned(line, free))
    if problems:
        raise BadInput(
            "terms.cannot-import",
            f"{table.file} cannot be imported as it stands.",
            "Nothing was changed. Correct the file and import it again.",
            tuple(problems),
        )
    planned, findings, notes = _bank(table, bank)
    return TermPlan(tuple(spans), planned, findings, notes)


def _line(draft: SpanDraft, schools: Mapping[str, int], la_code: int) -> HolidayLine:
    return HolidayLine(
        0,
        draft.year,
        draft.title,
        draft.first.isoformat(),
        draft.last.isoformat(),
        draft.la_code or la_code,
        schools[draft.school] if draft.school else None,
        draft.where,
        draft.kind.value,
    )


def _planned(line: HolidayLine, free: list[HolidayLine]) -> tuple[Action, HolidayLine]:
    """Find the stored span that the line is: of the same days, or else the only one of its name."""
    ours = [each for each in free if (each.year, each.la_code, each.urn) == (line.year, line.la_code, line.urn)]
    same = [each for each in ours if (each.first, each.last) == (line.first, line.last) and each.kind == line.kind]
    named = [each for each in ours if fold(each.title) == fold(line.title)]
    at_once = [each for each in named if each.first == line.first]
    found = next(iter(same or at_once or (named if len(named) == 1 else [])), None)
    if found is None:
        return Action.ADDED, line
    free.remove(found)
    kept = replace(line, holiday_id=found.holiday_id, source=found.source)
    return (Action.UNCHANGED if kept == found else Action.CHANGED), kept


def _bank(
    table: TermTable, stored: Mapping[str, BankHolidayLine]
) -> tuple[tuple[tuple[Action, BankHolidayLine], ...], tuple[Finding, ...], tuple[str, ...]]:
    planned: list[tuple[Action, BankHolidayLine]] = []
    findings: list[Finding] = []
    notes: list[str] = []
    for year in sorted({day.year for day, _ in table.bank}):
        told = [(day, title) for day, title in table.bank if day.year == year]
        if not whole_year(len(dict(told))):
            notes.append(f"{table.file} has only {len(told)} bank holidays of {year}: for that year the rule is kept.")
            continue
        findings += differing(told, year)
        for day, title in dict(told).items():
            line = BankHolidayLine(day.isoformat(), title, table.file)
            held = stored.get(line.day)
            action = Action.ADDED if held is None else Action.UNCHANGED if held.title == title else Action.CHANGED
            planned.append((action, line))
        gone = [line for key, line in stored.items() if key[:4] == str(year) and key not in {
            day.isoformat() for day, _ in told}]  # fmt: skip
        planned += [(Action.GONE, line) for line in gone]
    return tuple(planned), tuple(findings), tuple(notes)
