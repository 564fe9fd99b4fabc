"""The sections on money and time: awards, spending against the envelope with a forecast, and the specialists' time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from senco.budget.kinds import Assumption, Fund
from senco.budget.rules import expected
from senco.clusters.rules import cluster_word
from senco.reports import rules
from senco.reports.casework import BOROUGH, DECIDED
from senco.reports.kinds import Audience, Chart, Figure, FigureKind, Section, Sentence, Table, key
from senco.reports.tallying import plain, resting, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from senco.reports.casework import Casework
    from senco.reports.facts import FundLine, Ruling, TermFacts, TimeUse
    from senco.reports.tallying import Tally

_POUNDS = FigureKind.POUNDS
_MONEY = frozenset({Audience.LEADS, Audience.FORUM, Audience.FINANCE})
_FUNDS = {
    "set-up": "Setting up",
    "lead-salary": "Leads' salaries",
    "lead-on-costs": "Leads' on-costs",
    "conference": "Conferences",
    "training": "Training",
    "family": "Family SENCOs",
    "exceptional": "Exceptional needs",
    "transition": "Transition",
    "therapies": "Therapies",
    "pool": "Schools' own pool",
}
_MEANS = {"whole": "the sums for their whole time", "year": "the sums for a year"}
_BOTH = "some sums for a year, others for their whole time"
_SERVICES = {"ep": "Educational psychologists", "therapy": "Therapists", "advisory": "Advisory teachers"}


def awards(work: Casework, tally: Tally) -> Section:
    """Give the awards decided in the term: how many, what they come to, by cluster and broad area of need."""
    agreed = [each for each in work.decisions if rules.DECIDED[each.outcome] == "agreed"]
    areas = {each.request: work.request[each.request].area for each in work.decisions}
    tally.cross(
        "decisions",
        [(areas[each.request], rules.DECIDED[each.outcome]) for each in work.decisions],
        area=tuple(work.areas),
        decided=tuple(DECIDED),
    )
    by_cluster = [(name, [each for each in agreed if work.cluster(each) == name]) for name in work.clusters]
    whole = _awarded(tally, agreed)
    means = _MEANS[min(work.facts.means, default="whole")] if len(work.facts.means) < len(_MEANS) else _BOTH
    of_clusters = tuple((text(name), *_awarded(tally, held, cluster=name)) for name, held in by_cluster)
    return Section(
        "awards",
        "Awards made",
        frozenset(Audience),
        (
            Sentence("Awards made: {}, together {}.", whole[:2]),
            Sentence("An award is {} on average.", whole[2:]),
        ),
        (
            Table(
                "awards-by-cluster",
                "Awards by cluster",
                ("Cluster", "Awards", "Sum", "Average"),
                (*of_clusters, (text(BOROUGH), *whole)) if of_clusters else (),
                totals=True,
                note=f"As decided in this term, {means}; whatever became of them later.",
                chart=Chart("bars", "Sum awarded by cluster", (2,)),
            ),
            Table(
                "awards-by-area",
                "Awards by broad area of need",
                ("Broad area", "Decisions", "Awards", "Sum", "Average"),
                (
                    *(
                        (
                            text(name),
                            tally.count("decisions", area=area),
                            *_awarded(tally, [each for each in agreed if areas[each.request] == area], area=area),
                        )
                        for area, name in work.areas.items()
                    ),
                    (text("All areas"), tally.count("decisions"), *whole),
                ),
                totals=True,
                note="By the first need that the form tells.",
            ),
        ),
    )


def _awarded(tally: Tally, agreed: Sequence[Ruling], **of: str) -> tuple[Figure, Figure, Figure]:
    count = tally.count("decisions", decided="agreed", **of)
    total = sum(each.amount_pence or 0 for each in agreed)
    return count, resting(total, _POUNDS, count), resting(rules.mean(total, len(agreed)), _POUNDS, count)


def spending(facts: TermFacts, tally: Tally) -> Section:
    """Give what went of each fund, what is promised, and how the year is expected to end."""
    _count_borne(facts, tally)
    exceptional = [each for each in facts.funds if each.fund == Fund.EXCEPTIONAL]
    kinds = [fund for fund in _FUNDS if any(each.fund == fund for each in facts.funds)]
    rows = [
        (text(each.cluster or "Borough-wide"), *_envelope(facts, tally, [each], fund=each.fund, cluster=_of(each)))
        for each in sorted(exceptional, key=lambda each: cluster_word(each.cluster))
    ]
    whole = _envelope(facts, tally, exceptional, fund=Fund.EXCEPTIONAL)
    return Section(
        "spending",
        "Money: spent, promised, expected",
        _MONEY,
        (
            Sentence("Of the {} for exceptional needs, {} is paid and {} is promised.", (whole[1], whole[2], whole[3])),
            _ending(whole[6]),
        )
        if exceptional
        else (),
        (
            Table(
                "envelopes",
                f"The envelopes for exceptional needs, {facts.span.year}",
                (
                    "Cluster",
                    "Awards borne",
                    "Allocated",
                    "Paid",
                    "Promised",
                    "Left if nothing more is agreed",
                    "Expected at the same pace",
                    "Left at the same pace",
                ),
                (*rows, (text("All clusters"), *whole)) if rows else (),
                totals=True,
                note="On the day of the report. Paid holds all that went out of the envelope. The same pace takes for"
                f" granted that each month of the rest of the year brings as much as each of the {facts.months} begun"
                " so far; promised money is counted with them.",
                empty="No envelope was allocated for this year, and no award rests on one.",
                chart=Chart("stacked", "Paid, promised and left by cluster", (3, 4, 5)),
            ),
            Table(
                "funds",
                f"Every fund, {facts.span.year}",
                ("Fund", "Awards borne", "Allocated", "Paid", "Promised", "Left"),
                tuple(
                    (
                        text(_FUNDS[fund]),
                        *_envelope(facts, tally, [each for each in facts.funds if each.fund == fund], fund=fund)[:5],
                    )
                    for fund in kinds
                ),
                note="All clusters and the borough's own funds together, on the day of the report.",
                empty="No money was allocated for this year.",
            ),
        ),
    )


def _ending(left: Figure) -> Sentence:
    """Say how the year would end for the envelopes: with money left, or beyond them."""
    value = int(left.value or 0)
    if value >= 0:
        return Sentence("At the same pace the year would end with {} left.", (left,))
    return Sentence("At the same pace the year would end {} beyond the envelopes.", (replace(left, value=-value),))


def _count_borne(facts: TermFacts, tally: Tally) -> None:
    """Count the awards that funds bear: by fund, and those of the envelopes by cluster."""
    of: dict[str, list[str]] = {str(Fund.EXCEPTIONAL): []}
    for each in facts.funds:
        held = of.setdefault(each.fund, [])
        if each.fund == Fund.EXCEPTIONAL:
            held.append(_of(each))
    items = [(each.fund, _of(each)) for each in facts.funds for _ in range(each.awards)]
    tally.nest("awards-borne", items, "fund", "cluster", of)


def _of(line: FundLine) -> str:
    return line.cluster or "borough"


def _envelope(facts: TermFacts, tally: Tally, lines: Iterable[FundLine], **of: str) -> tuple[Figure, ...]:
    """Give awards, allocated, paid, promised, left, expected, left at the same pace: of some funds together."""
    lines = list(lines)
    count = tally.count("awards-borne", **of)
    allocated = sum(each.allocated_pence for each in lines)
    gone = sum(each.spent_pence + each.paid_pence for each in lines)
    promised = sum(each.committed_pence for each in lines)
    # Each fund has a pace of its own: the sum of the clusters is the sum of their rows.
    more = sum(
        expected(
            Assumption.SAME_PACE,
            gone=each.spent_pence + each.paid_pence,
            promised=each.committed_pence,
            months=facts.months,
        )
        for each in lines
    )
    at_end = gone + promised + more
    told = (gone, promised, allocated - gone - promised, at_end, allocated - at_end)
    terms = _agreed_by_term(facts, tally, lines)
    return count, plain(allocated, _POUNDS), *(resting(each, _POUNDS, count, *terms) for each in told)


def _agreed_by_term(facts: TermFacts, tally: Tally, lines: Sequence[FundLine]) -> list[Figure]:
    """Give the awards agreed in each term so far, of the cluster whose envelope it is, or of all.

    The year's money less what the other terms' reports say was awarded is what a term with few awards awarded.
    """
    if not any(each.fund == Fund.EXCEPTIONAL for each in lines):
        return []
    of = {"cluster": lines[0].cluster} if len(lines) == 1 else {}
    spans = [each for each in (*facts.before, facts.span) if each.year == facts.span.year]
    names = [key("decisions", year=each.year, term=each.term, decided="agreed", **of) for each in spans]
    return [Figure(tally.counts[name], FigureKind.COUNT, (name,)) for name in names if name in tally.counts]


def specialist_time(facts: TermFacts) -> Section:
    """Give the specialists' time: allocated, booked, used and unused; it says nothing of a child."""
    rows = [
        (text(each.cluster), text(_SERVICES[each.service]), *_minutes([each]))
        for each in sorted(facts.time, key=lambda each: (cluster_word(each.cluster), each.service))
    ]
    whole = _minutes(facts.time)
    return Section(
        "specialist-time",
        "Specialists' time",
        frozenset({Audience.SCHOOLS, Audience.LEADS, Audience.FINANCE}),
        (Sentence("Used so far: {} of {} allocated; {} are not booked.", (whole[2], whole[0], whole[5])),)
        if facts.time
        else (),
        (
            Table(
                "specialist-time",
                f"Specialists' time by cluster, {facts.span.year}",
                (
                    "Cluster",
                    "Service",
                    "Allocated",
                    "Booked",
                    "Used",
                    "Of that with schools",
                    "Carried on",
                    "Not booked",
                    "Share used",
                ),
                (*rows, (text("All clusters"), text(""), *whole)) if rows else (),
                totals=True,
                note="On the day of the report. Booked time has not taken place yet.",
                empty="No time was allocated for this year.",
                chart=Chart("stacked", "Time used, booked and not booked", (4, 3, 7)),
            ),
        ),
    )


def _minutes(lines: Iterable[TimeUse]) -> tuple[Figure, ...]:
    """Give allocated, booked, used, with schools, carried, free, and the share used."""
    lines = list(lines)
    allocated = sum(each.allocated for each in lines)
    used = sum(each.contact + each.admin for each in lines)
    told = (
        allocated,
        sum(each.booked for each in lines),
        used,
        sum(each.contact for each in lines),
        sum(each.carried for each in lines),
        sum(each.free for each in lines),
    )
    return *(plain(each, FigureKind.MINUTES) for each in told), plain(rules.share(used, allocated), FigureKind.PERCENT)
