"""What each report's command asks for: the facts of the store made into a report, and the day that it is of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.clusters.questions import cluster_named, year_meant
from senco.dates import AcademicYear, financial_year, say_date
from senco.errors import Refused
from senco.reports import (
    answering,
    attending,
    census,
    census_questions,
    foi,
    foi_questions,
    holdings,
    meeting_questions,
    questions,
    returns,
    rules,
    screen,
)
from senco.reports.delivering import Made
from senco.settings.questions import word_on

if TYPE_CHECKING:
    from pathlib import Path

    from senco.console.desk import Desk, Format
    from senco.store.doors import Ask


def s251(desk: Desk, year: str | None, *, out: Path | None, form: Format | None) -> None:
    """Answer with the section 251 return of a financial year, that of the day where none is named."""
    from senco.budget import summaries

    of = year or financial_year(desk.today)
    last = date(int(of[:4]) + 1, 3, 31)

    def make(ask: Ask) -> Made:
        day = min(desk.today, last)
        report = returns.s251_report(
            summaries.s251(ask, of), year=of, borough=word_on(ask, "la.name", day), running=desk.today <= last
        )
        return Made(report, last, "s251", of)

    answering.answer(desk, make, out=out, form=form)


def attendance(
    desk: Desk, year: str | None, term: str | None, cluster: str | None, *, out: Path | None, form: Format | None
) -> None:
    """Answer with who came in a year or one of its terms, up to the day."""

    def make(ask: Ask) -> Made:
        of = year_meant(ask, year, desk.today)
        spans = [questions.term_span(ask, of, each) for each in rules.TERMS if term in {None, each}]
        _refuse_before(spans[0].first, desk.today)
        day = min(desk.today, spans[-1].last)
        named = cluster_named(ask, cluster, of, day).reference if cluster else None
        seats = meeting_questions.seats(ask, spans, day)
        report = attending.attendance_report(seats, spans, day=day, borough=word_on(ask, "la.name", day), cluster=named)
        return Made(report, day, "attendance", of, term or "")

    answering.answer(desk, make, out=out, form=form)


def freedom_of_information(desk: Desk, year: str | None, *, out: Path | None, form: Format | None) -> None:
    """Answer with what is asked under freedom of information, of a year up to the day."""

    def make(ask: Ask) -> Made:
        of = year_meant(ask, year, desk.today)
        _refuse_before(AcademicYear.parse(of).first, desk.today)
        facts = foi_questions.foi_facts(ask, year=of, day=desk.today)
        return Made(foi.foi_report(facts), facts.term.day, "foi", of)

    answering.answer(desk, make, out=out, form=form)


def census_of(desk: Desk, day: date, *, internal: bool, out: Path | None, form: Format | None) -> None:
    """Answer with the pupils with top-up on a day that has come."""

    def make(ask: Ask) -> Made:
        _refuse_before(day, desk.today)
        report = census.census_report(census_questions.census_facts(ask, day, desk.today), internal=internal)
        return Made(report, day, "census", str(AcademicYear.of(day)))

    answering.answer(desk, make, out=out, form=form)


def data_inventory(desk: Desk, *, out: Path | None, form: Format | None) -> None:
    """Answer with the inventory of what the store holds about people."""

    def make(ask: Ask) -> Made:
        columns = ask.columns()
        rows = holdings.rows_held(ask, sorted({table for table, _ in columns}))
        report = holdings.inventory_report(columns, rows, borough=word_on(ask, "la.name", desk.today), day=desk.today)
        return Made(report, desk.today, "inventory", str(AcademicYear.of(desk.today)))

    shown = screen.by_group if form in {None, "table"} else screen.answers
    answering.answer(desk, make, out=out, form=form, shown=shown)


def _refuse_before(first: date, today: date) -> None:
    if today < first:
        raise Refused(
            "reports.not-begun",
            f"{say_date(first)} has not come: there is nothing to report yet.",
            "Name an earlier time.",
        )
