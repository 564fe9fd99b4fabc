"""The section that compares a term with those before it, and adds up the year so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.reports import casework, funding, rules
from senco.reports.casework import DECIDED, Casework
from senco.reports.gathered import attendance_of, held_in
from senco.reports.kinds import Audience, Chart, Figure, FigureKind, Section, Sentence, Table, key
from senco.reports.tallying import Tally, percent, resting, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.reports.facts import TermFacts


def comparison(facts: TermFacts, work: Casework, tally: Tally) -> Section:
    """Give this term, whose counts ``tally`` has, beside those before it, and the year so far."""
    found = [_counted(Casework(facts, span), tally.counts) for span in facts.before]
    found.append((work, tally))
    rows = [(text(_named(each)), *_figures(facts, each, counts)) for each, counts in found]
    this_year = [each for each in found if each[0].span.year == facts.span.year]
    so_far = _so_far(this_year) if len(this_year) > 1 else None
    return Section(
        "comparison",
        "Compared with the terms before",
        frozenset(Audience),
        _told(rows),
        (
            Table(
                "comparison",
                "This term and those before it",
                (
                    "Term",
                    "Requests",
                    "Decisions",
                    "Share agreed",
                    "Half settled within (days)",
                    "Awarded",
                    "Attendance",
                ),
                tuple(rows),
                note="Each earlier term as it stood at its end. A decision is one that agrees or declines a request.",
                chart=Chart("line", "Requests and decisions by term", (1, 2)),
            ),
            *((_year_table(facts, so_far),) if so_far else ()),
        ),
    )


def _counted(work: Casework, counts: dict[str, int]) -> tuple[Casework, Tally]:
    """Count a term before this one as its own report does, whether that was made or is still to come.

    Little of it is printed here. But a reader works a term out by subtraction, and what its report says of that term
    comes on top: a sum that is shown here could never be hidden again.
    """
    tally = Tally(counts, work.span)
    for builder in (casework.requests, casework.decisions, funding.awards):
        builder(work, tally)
    tally.cross("requests", [() for _ in work.received])
    tally.cross("decisions", [(rules.DECIDED[each.outcome],) for each in work.decisions], decided=tuple(DECIDED))
    return work, tally


def _figures(facts: TermFacts, work: Casework, tally: Tally) -> tuple[Figure, ...]:
    whole, agreed = tally.count("decisions"), tally.count("decisions", decided="agreed")
    total = sum(each.amount_pence or 0 for each in work.decisions)
    half = rules.at_rank(work.days_to_decision(work.decisions), 50)
    return (
        tally.count("requests"),
        whole,
        percent(agreed, whole),
        resting(half, FigureKind.DAYS, whole),
        resting(total, FigureKind.POUNDS, agreed),
        attendance_of(held_in(facts, work.first, work.on)),
    )


def _so_far(held: Sequence[tuple[Casework, Tally]]) -> tuple[Figure, ...]:
    """Give requests, decisions, those agreed and what was awarded, of the terms of one year together."""
    span = held[-1][0].span
    counts = held[-1][1].counts
    told = []
    for measure, of in (
        ("requests", {}),
        ("decisions", {}),
        *(("decisions", {"decided": each}) for each in DECIDED),
    ):
        name = key(measure, year=span.year, upto=span.term, **of)
        counts[name] = sum(tally.number(measure, **of) for _, tally in held)
        told.append(Figure(counts[name], FigureKind.COUNT, (name,)))
    total = sum(each.amount_pence or 0 for work, _ in held for each in work.decisions)
    return (*told[:3], percent(told[2], told[1]), resting(total, FigureKind.POUNDS, told[2]))


def _year_table(facts: TermFacts, so_far: tuple[Figure, ...]) -> Table:
    return Table(
        "year-so-far",
        f"The year {facts.span.year} so far",
        ("", "Requests", "Decisions", "Agreed", "Share agreed", "Awarded"),
        ((text(f"September to the end of this report, {facts.span.year}"), *so_far),),
    )


def _told(rows: Sequence[tuple[Figure, ...]]) -> tuple[Sentence, ...]:
    """Say how this term stands to the one before it, and to the same term a year earlier."""
    now = rows[-1]
    sentences = []
    for place, words in ((-2, "the term before"), (-1 - rules.BEFORE, "the same term a year earlier")):
        if len(rows) >= -place:
            sentences.append(Sentence(f"Requests received: {{}}, against {{}} in {words}.", (now[1], rows[place][1])))
    return tuple(sentences)


def _named(work: Casework) -> str:
    return f"{work.span.term.capitalize()} {work.span.year}"
