"""The section on agreement: what clusters find, and how far the panel and the officer go with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.reports import rules
from senco.reports.casework import BOROUGH
from senco.reports.kinds import Audience, Chart, Section, Sentence, Table
from senco.reports.tallying import percent, resting, text

if TYPE_CHECKING:
    from senco.reports.casework import Casework
    from senco.reports.kinds import Figure
    from senco.reports.tallying import Tally

_LEVELS = {"confirm": "Confirmed", "support": "Supported", "advise": "Advised"}
_OUTCOMES = {
    "exceptional": "Exceptional",
    "borderline": "Borderline",
    "predictable": "Predictable",
    "below-threshold-with-plan": "Below the threshold, with a plan",
}
_RESULTS = {"same": "As found", "lower": "Lower", "higher": "Higher", "contrary": "Contrary"}
_PAIRS = {
    "agreement": "The panel, against the cluster",
    "agreement-officer-cluster": "The officer, against the cluster",
    "agreement-officer-panel": "The officer, against the panel",
}


def agreement(work: Casework, tally: Tally) -> Section:
    """Give what each cluster confirmed, and how the panel and the officer decided against it."""
    tally.cross(
        "views",
        [(work.cluster(each), each.level) for each in work.views],
        cluster=work.clusters,
        level=tuple(_LEVELS),
    )
    tally.cross("views", [(each.outcome,) for each in work.views], outcome=tuple(_OUTCOMES))
    panel = [
        (work.cluster(each), result)
        for each in work.advice
        if (result := rules.compared(each.level, each.outcome, each.amount_pence, _asked(work, each.request)))
    ]
    tally.cross("agreement", panel, cluster=work.clusters, result=rules.RESULTS)
    against = [
        (each.level and rules.compared(each.level, each.outcome, each.amount_pence, _asked(work, each.request)),
         rules.followed(each.advised, each.advised_pence, each.outcome, each.amount_pence))
        for each in work.decisions
    ]  # fmt: skip
    tally.cross("agreement-officer-cluster", [(first,) for first, _ in against if first], result=rules.RESULTS)
    tally.cross("agreement-officer-panel", [(second,) for _, second in against if second], result=rules.RESULTS)
    rows = [(name, {"cluster": name}) for name in work.clusters]
    views, results = (
        tuple((text(name), *told(tally, **of)) for name, of in (*rows, (BOROUGH, {}))) if rows else ()
        for told in (_views, _results)
    )
    return Section(
        "agreement",
        "How far clusters, panel and officer agree",
        frozenset({Audience.SCHOOLS, Audience.LEADS, Audience.FORUM}),
        (
            *_spread("Clusters confirmed between {} and {} of the requests that they saw.", views[:-1]),
            *_spread("The panel went with the cluster in between {} and {} of the cases, by cluster.", results[:-1]),
        ),
        (
            Table(
                "views-by-cluster",
                "What clusters found",
                ("Cluster", "Requests seen", *_LEVELS.values(), "Share confirmed"),
                views,
                totals=True,
                chart=Chart("bars", "Share of requests that each cluster confirmed", (5,)),
            ),
            Table(
                "views-by-outcome",
                "What clusters found, by outcome",
                ("Outcome", "Requests", "Share"),
                (
                    *(
                        (text(name), told := tally.count("views", outcome=of), percent(told, tally.count("views")))
                        for of, name in _OUTCOMES.items()
                    ),
                    (text("All outcomes"), whole := tally.count("views"), percent(whole, whole)),
                ),
                totals=True,
            ),
            Table(
                "agreement-by-cluster",
                "The panel's advice against what the cluster found",
                ("Cluster", "Compared", *_RESULTS.values(), "Share as found"),
                results,
                totals=True,
                note="A cluster that confirms expects all that is asked, one that supports a part or conditions, one"
                " that advises no money. One step off is lower or higher, two steps are contrary. Advice"
                " that settles nothing is left out.",
                chart=Chart("bars", "Share of advice as the cluster found, by cluster", (6,)),
            ),
            Table(
                "agreement-borough",
                "Who went with whom",
                ("Comparison", "Compared", *_RESULTS.values(), "Share as found"),
                tuple((text(name), *_results(tally, measure)) for measure, name in _PAIRS.items()),
                note="The officer against the panel: the same sum, a lower one, a higher one, or the contrary.",
            ),
        ),
    )


def _asked(work: Casework, reference: str) -> int:
    return work.request[reference].asked_pence


def _views(tally: Tally, **of: str) -> tuple[Figure, ...]:
    parts = [tally.count("views", level=each, **of) for each in _LEVELS]
    whole = tally.count("views", **of)
    return whole, *parts, percent(parts[0], whole)


def _results(tally: Tally, measure: str = "agreement", **of: str) -> tuple[Figure, ...]:
    parts = [tally.count(measure, result=each, **of) for each in _RESULTS]
    whole = tally.count(measure, **of)
    return whole, *parts, percent(parts[0], whole)


def _spread(words: str, rows: tuple[tuple[Figure, ...], ...]) -> tuple[Sentence, ...]:
    """Say how far apart the clusters' shares are; it rests on the count of every cluster that has any."""
    last = [row[-1] for row in rows if row[-1].value is not None]
    if len(last) < 2:  # noqa: PLR2004 - one alone is no spread
        return ()
    values = [int(each.value or 0) for each in last]
    return (Sentence(words, tuple(resting(of, last[0].kind, *last) for of in (min(values), max(values)))),)
