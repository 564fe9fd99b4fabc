"""The sections on requests: what came in, how far it has come, what was decided, and how soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.clusters.rules import cluster_word
from senco.reports import rules
from senco.reports.kinds import Audience, Chart, FigureKind, Section, Sentence, Table
from senco.reports.tallying import percent, resting, text
from senco.requests.questions import MODEL
from senco.requests.rules import NEEDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from senco.reports.facts import Advice, Asked, Ruling, TermFacts, TermSpan, Viewed
    from senco.reports.kinds import Figure
    from senco.reports.tallying import Tally

_EVERYBODY = frozenset(Audience)
_ALL_BUT_FINANCE = _EVERYBODY - {Audience.FINANCE}
BOROUGH = "The borough"
# By cluster withdrawals are too few to stand alone: they would hide their neighbours with them.
_STATES = {"open": "Still open", "closed": "Decided or withdrawn"}
_STAGES = {
    "submitted": "Handed in, not listed yet",
    "listed": "Listed for a cluster's meeting",
    "moderated": "Seen by the cluster",
    "recommended": "Advised on by the panel",
    "deferred": "Deferred for information",
    "decided": "Decided",
    "withdrawn": "Withdrawn by the school",
}
_TYPES = {
    "individual": "For one child",
    "group": "For a group",
    "project": "For a project",
    "discussion": "Discussion only",
}
OUTCOMES = {
    "agreed": "Agreed in full",
    "agreed-lower": "Agreed at a lower amount",
    "agreed-with-conditions": "Agreed with conditions",
    "declined-with-support": "Declined, with other support",
}
PUT_OFF = {
    "deferred": "Deferred for information",
    "returned": "Returned to the school",
    "withdrawn": "Closed as withdrawn",
}
DECIDED = {"agreed": "Agreed", "declined": "Declined"}
_TOLD = {"in-time": "Told in time", "late": "Late, or not told yet"}
_NOT_SAID = "not-said"


class Casework:
    """The records of a term as they stood on a day, and the clusters that they are of."""

    def __init__(self, facts: TermFacts, span: TermSpan | None = None) -> None:
        """Take the records of the report's own term, or of one before it as it ended."""
        self.span = span or facts.span
        self.first, self.on = self.span.first.isoformat(), min(self.span.last, facts.day).isoformat()
        self.facts = facts
        self.request = {each.reference: each for each in facts.requests}
        self.received = [each for each in facts.requests if self.first <= each.submitted_on <= self.on]
        self.views = [each for each in facts.views if self._of_term(each)]
        self.advice = [each for each in facts.advice if self._of_term(each)]
        rulings = [each for each in facts.rulings if self._of_term(each)]
        self.decisions = [each for each in rulings if rules.DECIDED[each.outcome] in DECIDED]
        self.put_off = [each for each in rulings if rules.DECIDED[each.outcome] not in DECIDED]
        # Those that moderate in the year, and any other that a record of the term is of.
        told = {each.reference for each in facts.clusters if each.model == MODEL}
        told |= {each.cluster for each in self.received}
        told |= {self.request[each.request].cluster for of in (self.views, self.advice, rulings) for each in of}
        self.clusters = tuple(sorted(told, key=cluster_word))
        # The borough's own areas and what stands in none of them, each with its name as tables write it.
        names = dict.fromkeys(
            (*(area for area, _ in facts.areas), *sorted({each.area for each in facts.requests} - {rules.NO_AREA}))
        )
        self.areas = {name: f"{name[:1].upper()}{name[1:]}" for name in (*names, rules.NO_AREA)}

    def cluster(self, line: Viewed | Advice | Ruling) -> str:
        """Give the cluster that a record's request is of."""
        return self.request[line.request].cluster

    def stages(self, requests: Iterable[Asked]) -> list[tuple[Asked, str]]:
        """Give how far requests had come at the end of the term or on the report's day."""
        view = {each.request: each for each in self.facts.views if rules.lives(each, self.on)}
        advice = {each.request: each for each in self.facts.advice if rules.lives(each, self.on)}
        ruling = {each.request: each for each in self.facts.rulings if rules.lives(each, self.on)}
        return [
            (
                each,
                rules.stage_of(
                    each,
                    self.on,
                    view=view.get(each.reference),
                    advice=advice.get(each.reference),
                    ruling=ruling.get(each.reference),
                ),
            )
            for each in requests
        ]

    def days_to_decision(self, rulings: Iterable[Ruling]) -> list[int]:
        """Give the days from submission to each decision."""
        return [rules.days_between(self.request[each.request].submitted_on, each.day) for each in rulings]

    def _of_term(self, line: Viewed | Advice | Ruling) -> bool:
        return self.first <= line.day <= self.on and rules.lives(line, self.on)


def requests(work: Casework, tally: Tally) -> Section:
    """Give what came in: by stage, cluster, type, need and phase."""
    staged = work.stages(work.received)
    clusters = work.clusters
    tally.cross(
        "requests",
        [(each.cluster, rules.STAGES[stage]) for each, stage in staged],
        cluster=clusters,
        state=tuple(_STATES),
    )
    for state in _STATES:
        of = [stage for stage, its in rules.STAGES.items() if its == state]
        tally.nested("requests", [stage for _, stage in staged], "stage", of, state=state)
    tally.cross("requests", [(each.type,) for each in work.received], type=tuple(_TYPES))
    tally.cross("requests", [(rules.phase_of(each.year_group),) for each in work.received], phase=tuple(rules.PHASES))
    needs = _needs(work)
    tally.nest("requests", [(each.area, each.need or _NOT_SAID) for each in work.received],
               "area", "need", needs)  # fmt: skip
    earlier = [stage for each, stage in work.stages(each for each in work.facts.requests
               if each.submitted_on < work.first)]  # fmt: skip
    tally.cross("requests-waiting", [() for stage in earlier if stage in rules.OPEN])
    received, decided = tally.count("requests"), tally.count("requests", state="closed", stage="decided")
    sentences = [
        Sentence("Requests received: {}; decided so far: {}.", (received, decided)),
        Sentence("Requests of earlier terms that are still open: {}.", (tally.count("requests-waiting"),)),
    ]
    return Section(
        "requests",
        "Requests received",
        _EVERYBODY,
        tuple(sentences),
        (
            _by_cluster(work, tally),
            Table(
                "requests-by-stage",
                "Requests by how far they have come",
                ("Stage", "Requests", "Share"),
                (
                    *(
                        _shared(tally, name, "requests", state=rules.STAGES[stage], stage=stage)
                        for stage, name in _STAGES.items()
                    ),
                    _shared(tally, "All requests", "requests"),
                ),
                totals=True,
                note="As it stood at the end of the term, or on the day of the report while the term runs.",
            ),
            Table(
                "requests-by-type",
                "Requests by type",
                ("Type", "Requests", "Share"),
                (
                    *(_shared(tally, name, "requests", type=of) for of, name in _TYPES.items()),
                    _shared(tally, "All requests", "requests"),
                ),
                totals=True,
            ),
            Table(
                "requests-by-phase",
                "Requests by year group",
                ("Year groups", "Requests", "Share"),
                (
                    *(_shared(tally, name, "requests", phase=of) for of, name in rules.PHASES.items()),
                    _shared(tally, "All requests", "requests"),
                ),
                totals=True,
            ),
            Table(
                "requests-by-area",
                "Requests by broad area of need",
                ("Broad area", "Requests", "Share"),
                (
                    *(_shared(tally, name, "requests", area=of) for of, name in work.areas.items()),
                    _shared(tally, "All requests", "requests"),
                ),
                totals=True,
                note="By the first need that the form tells.",
                chart=Chart("bars", "Requests by broad area of need", (1,)),
            ),
            Table(
                "requests-by-need",
                "Requests by need",
                ("Need", "Broad area", "Requests", "Share"),
                tuple(
                    (
                        text(_need_said(need)),
                        text(work.areas[area]),
                        *_shared(tally, "", "requests", area=area, need=need)[1:],
                    )
                    for area, of in needs.items()
                    for need in of
                ),
                note="By the first need that the form tells; for the whole borough alone.",
            ),
        ),
    )


def _by_cluster(work: Casework, tally: Tally) -> Table:
    rows = [(name, {"cluster": name}) for name in work.clusters]
    return Table(
        "requests-by-cluster",
        "Requests by cluster",
        ("Cluster", "Received", *_STATES.values()),
        tuple(
            (
                text(name),
                tally.count("requests", **of),
                *(tally.count("requests", state=state, **of) for state in _STATES),
            )
            for name, of in (*rows, (BOROUGH, {}))
        )
        if rows
        else (),
        totals=True,
        chart=Chart("stacked", "Requests by cluster", (2, 3)),
    )


def _needs(work: Casework) -> dict[str, list[str]]:
    """Give the codes of need by broad area: those of the Department's list, and what else the requests have."""
    held = {area: {each.need or _NOT_SAID for each in work.received if each.area == area} for area in work.areas}
    home = {code: area for area, codes in work.facts.areas for code in codes}
    for code in (*NEEDS, _NOT_SAID):
        held[home.get(code, rules.NO_AREA)].add(code)
    order = [*NEEDS, *sorted({each.need for each in work.received} - {*NEEDS, ""}), _NOT_SAID]
    return {area: sorted(codes, key=order.index) for area, codes in held.items()}


def _need_said(code: str) -> str:
    if code == _NOT_SAID:
        return "Not said"
    return f"{code}: {NEEDS[code]}" if code in NEEDS else code


def _shared(tally: Tally, name: str, measure: str, **of: str) -> tuple[Figure, ...]:
    told = tally.count(measure, **of)
    return text(name), told, percent(told, tally.count(measure))


def decisions(work: Casework, tally: Tally) -> Section:
    """Give what the officer decided in the term, by outcome and by cluster."""
    tally.cross(
        "decisions",
        [(work.cluster(each), rules.DECIDED[each.outcome]) for each in work.decisions],
        cluster=work.clusters,
        decided=tuple(DECIDED),
    )
    outcomes = [each.outcome for each in work.decisions]
    of_agreed = [outcome for outcome in OUTCOMES if rules.DECIDED[outcome] == "agreed"]
    tally.nested("decisions", outcomes, "outcome", of_agreed, decided="agreed")
    tally.cross("put-off", [(each.outcome,) for each in work.put_off], outcome=tuple(PUT_OFF))
    whole, agreed = tally.count("decisions"), tally.count("decisions", decided="agreed")
    rows = [(name, {"cluster": name}) for name in work.clusters]
    return Section(
        "decisions",
        "What was decided",
        _EVERYBODY,
        (
            Sentence("Requests agreed or declined: {}.", (whole,)),
            Sentence("Of these, {} were agreed.", (percent(agreed, whole),)),
        ),
        (
            Table(
                "decisions-by-cluster",
                "Decisions by cluster",
                ("Cluster", "Decisions", *DECIDED.values(), "Share agreed"),
                tuple((text(name), *_decided(tally, **of)) for name, of in (*rows, (BOROUGH, {}))) if rows else (),
                totals=True,
                note="A decision is one that settles a request: it is agreed or declined.",
                chart=Chart("bars", "Share agreed by cluster", (4,)),
            ),
            Table(
                "decisions-by-outcome",
                "Decisions by outcome",
                ("Outcome", "Decisions", "Share"),
                (
                    *(
                        _shared(tally, name, "decisions", decided=rules.DECIDED[outcome],
                                **({"outcome": outcome} if outcome in of_agreed else {}))
                        for outcome, name in OUTCOMES.items()
                    ),
                    _shared(tally, "All decisions", "decisions"),
                ),
                totals=True,
            ),
            Table(
                "put-off",
                "Requests that came before the officer and were not settled",
                ("Outcome", "Requests", "Share"),
                (
                    *(_shared(tally, name, "put-off", outcome=outcome) for outcome, name in PUT_OFF.items()),
                    _shared(tally, "All not settled", "put-off"),
                ),
                totals=True,
                note="A request that is deferred comes back, and is decided later.",
            ),
        ),
    )  # fmt: skip


def _decided(tally: Tally, **of: str) -> tuple[Figure, ...]:
    parts = [tally.count("decisions", decided=each, **of) for each in DECIDED]
    whole = tally.count("decisions", **of)
    return whole, *parts, percent(parts[0], whole)


def time_taken(work: Casework, tally: Tally) -> Section:
    """Give the days from submission to decision, and whether the schools were told in time."""
    # A decision is counted in the term in which its time is up, so that each is counted once and none too early.
    told = [
        rules.told(each.letter_on, each.tell_by)
        for each in work.facts.rulings
        if work.first <= each.tell_by <= work.on and rules.lives(each, work.on)
    ]
    tally.cross("told", [(each,) for each in told], told=tuple(_TOLD))
    in_time = tally.count("told", told="in-time")
    rows = []
    for name, of in (*((each, {"cluster": each}) for each in work.clusters), (BOROUGH, {})):
        held = [each for each in work.decisions if not of or work.cluster(each) == name]
        rows.append((text(name), *_days(work, tally, held, **of)))
    half, most = rows[-1][2:]
    notice = str(work.facts.notice_days)
    return Section(
        "time",
        "From request to decision",
        _ALL_BUT_FINANCE,
        (
            Sentence("Half of the requests were settled within {} days, nine in ten within {} days.", (half, most)),
            Sentence("Schools were told in time of {} of the decisions.", (percent(in_time, tally.count("told")),)),
        ),
        (
            Table(
                "time-by-cluster",
                "Days from submission to decision",
                ("Cluster", "Decisions", "Half within (days)", "Nine in ten within (days)"),
                tuple(rows) if len(rows) > 1 else (),
                note="Calendar days, of the requests that were agreed or declined.",
                chart=Chart("bars", "Days within which half and nine in ten were settled", (2, 3)),
            ),
            Table(
                "told-in-time",
                "Decisions that were to be told in this term",
                ("", "To be told", *_TOLD.values(), "Share in time"),
                (
                    (
                        text(BOROUGH),
                        tally.count("told"),
                        *(tally.count("told", told=each) for each in _TOLD),
                        percent(in_time, tally.count("told")),
                    ),
                ),
                note=f"The rule: within {notice} working days of the decision (setting decision.notice), or by the day"
                " fixed for that panel. A decision counts in the term in which that day lies.",
            ),
        ),
    )


def _days(work: Casework, tally: Tally, rulings: list[Ruling], **of: str) -> tuple[Figure, ...]:
    count = tally.count("decisions", **of)
    days = work.days_to_decision(rulings)
    half, most = (resting(rules.at_rank(days, rank), FigureKind.DAYS, count) for rank in (50, 90))
    return count, half, most
