"""A run of a report from the store to its files: asked, hidden, put on record, checked and written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from senco.dates import AcademicYear, say_date
from senco.errors import Refused, WrongUse
from senco.reports import publishing, questions, recorded, termly
from senco.reports.delivering import Made, checked, deliver, folder_held
from senco.reports.kinds import Audience, TermWord
from senco.settings.questions import number_on

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from senco.console.desk import Desk
    from senco.reports.kinds import FileLine, Report, Shown
    from senco.store.doors import Ask


def term(
    desk: Desk, which: TermWord, *, year: str | None, into: Path, audience: Audience | None, internal: bool
) -> list[FileLine]:
    """Make a term's report for one audience or for all, into a folder.

    Raises WrongUse ``reports.last-has-a-year``, Refused ``reports.not-begun``, and what a run raises.
    """
    if which is TermWord.LAST and year:
        raise WrongUse(
            "reports.last-has-a-year", "The last term has a year of its own.", "Leave --year out, or name the term."
        )

    def make(ask: Ask) -> Made:
        of, name = _last(ask, desk.today) if which is TermWord.LAST else (year or _year(desk.today), which.value)
        facts = questions.term_facts(ask, year=of, term=name, day=desk.today)
        if desk.today < facts.span.first:
            raise Refused(
                "reports.not-begun",
                f"The {name} term {of} begins on {say_date(facts.span.first)}: there is nothing to report yet.",
                "Name an earlier term.",
            )
        return Made(termly.term_report(facts), facts.day, "term", of, name)

    audiences = [audience] if audience else list(Audience)
    return run(
        desk, make, into=into, internal=internal,
        parts=lambda report: [termly.for_audience(report, each) for each in audiences],
    )  # fmt: skip


def run(
    desk: Desk,
    make: Callable[[Ask], Made],
    *,
    into: Path,
    internal: bool,
    parts: Callable[[Report], Sequence[Report]] = lambda report: (report,),
) -> list[FileLine]:
    """Make a report, hide its small counts unless it is internal, and write its parts into a folder, alone there.

    Raises what `folder_held`, `deliver` and the store's doors raise.
    """
    with folder_held(desk, into):
        with desk.reading() as ask:
            made = make(ask)
        report = made.report if internal else published(desk, made)
        made_for = parts(replace(report, internal=internal))
        with desk.reading() as ask:
            told = checked(into, ask, made_for, desk.today)
        return deliver(into, told, made_for, made.day)


def published(desk: Desk, made: Made) -> Report:
    """Hide what must be hidden, and keep on record what is published unless the last publication was the same.

    What was published meanwhile by another run, into another folder, is heeded: it is asked for again with the store
    held.
    """
    with desk.reading() as ask:
        below = number_on(ask, "report.hide-below", made.day)
        before = _before(ask, made.report)
        last = recorded.last(ask, name=made.report.name)
    # The store is free while it is worked out what to hide: whoever reads keeps others from writing.
    safe = publishing.protected(made.report, below=below, before=before)
    if last is not None and last.shown == recorded.shown_by(safe):
        return safe
    from senco.reports import verbs

    with desk.changing("report.publish") as change:
        now = _before(change.ask, made.report)
        if now != before:
            safe = publishing.protected(made.report, below=below, before=now)
        verbs.record_publication(
            change, safe, kind=made.kind, year=made.year, day=made.day, below=below, term=made.term
        )
    return safe


def _before(ask: Ask, report: Report) -> list[Shown]:
    """Give what was published of every year that a report counts in: it may compare itself with the year before."""
    years = {told for key in report.counts for told in key.split("|") if told.startswith("year=")}
    return [line.shown for line in recorded.publications(ask) if f"year={line.year}" in years]


def _year(day: date) -> str:
    return str(AcademicYear.of(day))


def _last(ask: Ask, day: date) -> tuple[str, str]:
    """Give the year and the name of the term that has ended last before a day."""
    this = AcademicYear.of(day)
    spans = [questions.term_span(ask, str(year), name) for year in (this.previous, this) for name in TermWord if
             name is not TermWord.LAST]  # fmt: skip
    ended = [each for each in spans if each.last < day]
    return ended[-1].year, ended[-1].term
