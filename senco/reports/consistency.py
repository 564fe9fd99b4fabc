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
_CONFIRMED = {"yes": "Confirmed", "no": "Supported or advised"}
_OUTCOMES = {
    "exceptional": "Exceptional",
    "borderline": "Borderline",
    "predictable": "Predictable",
    "below-threshold-with-plan": "Below the threshold, with a plan",
}
_RESULTS = {"same": "As found", "lower": "Lower", "higher": "Higher", "contrary": "Contrary"}
# By cluster lower, higher and contrary are too few to stand alone: they would hide their neighbours with them.
_ALIKE = {"yes": "As found", "no": "Otherwise"}
_OTHERWISE = tuple(each for each in _RESULTS if each != "same")
_PAIRS = {
    "agreement": "The panel, against the cluster",
    "agreement-officer-cluster": "The officer, against the cluster",
    "agreement-officer-panel": "The officer, against the panel",
}


def agreement(work: Casework, tally: Tally) -> Section:
    """Give what each cluster confirmed, and how the panel and the officer decided against it."""
    tally.cross(
        "views",
        [(work.cluster(each), _yes(each.level == "confirm")) for each in work.views],
        cluster=work.clusters,
        confirmed=tuple(_CONFIRMED),
    )
    tally.nested("views", [each.level for each in work.views], "level", ("support", "advise"), confirmed="no")
    tally.cross("views", [(each.outcome,) for each in work.views], outcome=tuple(_OUTCOMES))
    panel = [
        (work.cluster(each), result)
        for each in work.advice
        if (result := rules.compared(each.level, each.outcome, each.amount_pence, _asked(work, each.request)))
    ]
    alike = [(cluster, _yes(result == "same")) for cluster, result in panel]
    tally.cross("agreement", alike, cluster=work.clusters, alike=tuple(_ALIKE))
    tally.nested("agreement", [result for _, result in panel], "result", _OTHERWISE, alike="no")
    against = [
        (each.level and rules.compared(each.level, each.outcome, each.amount_pence, _asked(work, each.request)),
         rules.followed(each.advised, each.advised_pence, each.outcome, each.amount_pence))
        for each in work.decisions
    ]  # fmt: skip
    for measure, found in (
        ("agreement-officer-cluster", [first for first, _ in against if first]),
        ("agreement-officer-panel", [second for _, second in against if second]),
    ):
        tally.cross(measure, [(_yes(each == "same"),) for each in found], alike=tuple(_ALIKE))
        tally.nested(measure, found, "result", _OTHERWISE, alike="no")
    rows = [(name, {"cluster": name}) for name in work.clusters]
    views, results = (
        tuple((text(name), *told(tally, **of)) for name, of in (*rows, (BOROUGH, {}))) if rows else ()
        for told in (_views, _alike)
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
                ("Cluster", "Requests seen", *_CONFIRMED.values(), "Share confirmed"),
                views,
                totals=True,
                chart=Chart("bars", "Share of requests that each cluster confirmed", (4,)),
            ),
            Table(
                "views-by-level",
                "How far clusters went",
                ("Level", "Requests", "Share"),
                (
                    *(
                        (text(name), told := _level(tally, level), percent(told, tally.count("views")))
                        for level, name in _LEVELS.items()
                    ),
                    (text("All levels"), whole := tally.count("views"), percent(whole, whole)),
                ),
                totals=True,
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
                    (text("All outcomes"), whole, percent(whole, whole)),
                ),
                totals=True,
            ),
            Table(
                "agreement-by-cluster",
                "The panel's advice against what the cluster found",
                ("Cluster", "Compared", *_ALIKE.values(), "Share as found"),
                results,
                totals=True,
                note="A cluster that confirms expects all that is asked, one that supports a part or conditions, one"
                " that advises no money. One step off is lower or higher, two steps are contrary. Advice"
                " that settles nothing is left out.",
                chart=Chart("bars", "Share of advice as the cluster found, by cluster", (4,)),
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
    parts = [tally.count("views", confirmed=each, **of) for each in _CONFIRMED]
    whole = tally.count("views", **of)
    return whole, *parts, percent(parts[0], whole)


def _level(tally: Tally, level: str) -> Figure:
    if level == "confirm":
        return tally.count("views", confirmed="yes")
    return tally.count("views", confirmed="no", level=level)


def _alike(tally: Tally, **of: str) -> tuple[Figure, ...]:
    parts = [tally.count("agreement", alike=each, **of) for each in _ALIKE]
    whole = tally.count("agreement", **of)
    return whole, *parts, percent(parts[0], whole)


def _results(tally: Tally, measure: str) -> tuple[Figure, ...]:
    same, whole = tally.count(measure, alike="yes"), tally.count(measure)
    otherwise = [tally.count(measure, alike="no", result=each) for each in _OTHERWISE]
    return whole, same, *otherwise, percent(same, whole)


def _yes(told: bool) -> str:  # noqa: FBT001 - a plain yes or no
    return "yes" if told else "no"


def _spread(words: str, rows: tuple[tuple[Figure, ...], ...]) -> tuple[Sentence, ...]:
    """Say how far apart the clusters' shares are; it rests on the count of every cluster that has any."""
    last = [row[-1] for row in rows if row[-1].value is not None]
    if len(last) < 2:  # noqa: PLR2004 - one alone is no spread
        return ()
    values = [int(each.value or 0) for each in last]
    return (Sentence(words, tuple(resting(of, last[0].kind, *last) for of in (min(values), max(values)))),)
