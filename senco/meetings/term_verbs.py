"""Changing the school year: term dates and bank holidays of a file taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.errors import Refused
from senco.meetings import term_questions
from senco.meetings.kinds import Action
from senco.meetings.tables import BankHoliday, Holiday

if TYPE_CHECKING:
    from datetime import date

    from senco.meetings.kinds import BankHolidayLine, HolidayLine
    from senco.meetings.termintake import TermTable
    from senco.meetings.termplanning import TermPlan
    from senco.store.doors import Change


def apply_terms(change: Change, table: TermTable, *, day: date) -> TermPlan:
    """Plan anew inside the transaction and do what the plan says; gives the plan as done.

    Raises what `term_questions.terms_plan` raises, and Refused ``terms.nothing-to-import`` when there is nothing to do.
    """
    plan = term_questions.terms_plan(change.ask, table, day=day)
    if plan.changes_nothing:
        raise Refused("terms.nothing-to-import", "The term dates are already as the file says.")
    for action, span in plan.spans:
        _span(change, action, span)
    for action, bank in plan.bank:
        _bank(change, action, bank)
    years = sorted({line.year for _, line in plan.spans} | {line.day[:4] for _, line in plan.bank})
    change.record(
        f"term dates {', '.join(years)}",
        spans=len(plan.spans),
        bank_holidays=len(plan.bank),
        **{action.value: plan.count(action) for action in (Action.ADDED, Action.CHANGED, Action.GONE)},
    )
    return plan


def _span(change: Change, action: Action, line: HolidayLine) -> None:
    if action is Action.ADDED:
        change.add(
            Holiday,
            year=line.year,
            title=line.title,
            first=line.first,
            last=line.last,
            la_code=line.la_code,
            urn=line.urn,
            source=line.source,
            kind=line.kind,
        )
    elif action is Action.CHANGED:
        row = change.session.get_one(Holiday, line.holiday_id)
        row.title, row.first, row.last, row.kind = line.title, line.first, line.last, line.kind


def _bank(change: Change, action: Action, line: BankHolidayLine) -> None:
    if action is Action.ADDED:
        change.add(BankHoliday, day=line.day, title=line.title, source=line.source)
    elif action is not Action.UNCHANGED:
        row = change.session.get_one(BankHoliday, line.day)
        if action is Action.GONE:
            change.session.delete(row)
        else:
            row.title, row.source = line.title, line.source
