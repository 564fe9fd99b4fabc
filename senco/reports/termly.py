"""The term report: the facts of a term made into a report, every figure with the counts that it follows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from senco.dates import say_date
from senco.reports import balance, casework, comparing, consistency, followup, funding, gathered
from senco.reports.kinds import Report
from senco.reports.tallying import Tally

if TYPE_CHECKING:
    from senco.reports.facts import TermFacts
    from senco.reports.kinds import Audience, Section


def term_report(facts: TermFacts) -> Report:
    """Give a term's report for everybody, with nothing hidden yet; what the checks found and the seal are left empty.

    Its counts are those of all sections together: who takes some of them out hides by the same counts.
    """
    counts: dict[str, int] = {}
    tally = Tally(counts, facts.span)
    work = casework.Casework(facts)
    first = (
        gathered.programme(facts),
        *gathered.attendance(facts),
        casework.requests(work, tally),
        casework.decisions(work, tally),
        casework.time_taken(work, tally),
        consistency.agreement(work, tally),
        funding.awards(work, tally),
    )
    # The comparison reads this term's counts, and the year's money follows those of the terms compared.
    compared = comparing.comparison(facts, work, tally)
    sections = (
        *first,
        funding.spending(facts, tally),
        funding.specialist_time(facts),
        followup.reviews(work, tally),
        balance.balance(facts),
        compared,
    )
    span = facts.span
    return Report(
        name=f"term-{span.term}-{span.year.replace('/', '-')}",
        title=f"SENCO clusters: the {span.term} term {span.year}",
        period=period(facts),
        borough=facts.borough,
        first_line="",
        seal="",
        sections=tuple(_without_blanks(each) for each in sections),
        counts=counts,
    )


def _without_blanks(section: Section) -> Section:
    """Leave out the sentences about what does not exist, such as the mean of nothing."""
    told = tuple(each for each in section.sentences if all(figure.value is not None for figure in each.figures))
    return replace(section, sentences=told)


def period(facts: TermFacts) -> str:
    """Say which days a report is of, and that the term still runs when it does, or has not begun."""
    span = facts.span
    if facts.day < span.first:
        return f"From {say_date(span.first)} to {say_date(span.last)}; it has not begun"
    if facts.running:
        return f"From {say_date(span.first)} up to {say_date(facts.day)}; the term runs to {say_date(span.last)}"
    return f"From {say_date(span.first)} to {say_date(span.last)}"


def for_audience(report: Report, audience: Audience) -> Report:
    """Give a report with the sections that are meant for an audience; its counts stay whole."""
    return replace(
        report,
        name=f"{report.name}-{audience.value}",
        audience=audience,
        sections=tuple(each for each in report.sections if audience in each.audiences),
    )
