"""What is asked under freedom of information: how the clusters work, by which rules, and what came of it in a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.clusters.rules import cluster_word
from senco.dates import say_date
from senco.reports import casework, funding, rules
from senco.reports.casework import BOROUGH, DECIDED, OUTCOMES, PUT_OFF, Casework
from senco.reports.gathered import KINDS
from senco.reports.kinds import Audience, Figure, FigureKind, Report, Section, Sentence, Table
from senco.reports.tallying import Tally, percent, plain, resting, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from senco.reports.facts import Ruling
    from senco.reports.foi_questions import FoiFacts, MeetingsHeld, RuleHeld

_EVERYBODY = frozenset(Audience)
_MODELS = {"single-phase": "One phase", "cross-phase": "All phases"}
_MET = ("In the programme", "Cancelled", "Held")
# Which heading a rule stands under, by what its name begins with; the first that fits.
_HEADINGS = (
    ("Thresholds and amounts", ("element2", "threshold", "award.cap", "award.means", "provision", "payment")),
    ("Criteria and evidence", ("award.criteria", "award.reasons", "evidence", "consent", "ready")),
    ("Quorum", ("quorum", "cluster.quorum", "panel.quorum")),
    ("Votes and interests", ("votes", "interest")),
    ("Who decides", ("decide.",)),
    ("Notice and deadlines", ("closing", "papers", "notice", "decision", "challenge", "review")),
    ("How many and how long", ("panel.", "cluster.")),
    ("Publication", ("report",)),
)
_OTHER = "Other rules"
_AGREED = tuple(outcome for outcome in OUTCOMES if rules.DECIDED[outcome] == "agreed")
_DECIDES = (
    "Schools ask for exceptional-needs funding.",
    "A cluster of schools moderates each request and says how far it goes for it; this commits no money.",
    "The leads of the clusters and officers of the borough meet as a panel, which recommends.",
    "The Designated Officer of the borough decides. The three records are kept apart, each with its reasons.",
)


class YearTally(Tally):
    """The counts of a year up to one of its terms, under the keys that the comparison of terms uses too."""

    def __init__(self, counts: dict[str, int], year: str, term: str) -> None:
        """Count into ``counts``, every key bearing the year and the term up to which it is counted."""
        self.counts = counts
        self._span = {"year": year, "upto": term}


def heading_of(name: str) -> str:
    """Give the heading that a rule stands under.

    >>> heading_of("panel.quorum.fraction"), heading_of("panel.cap"), heading_of("anything")
    ('Quorum', 'How many and how long', 'Other rules')
    """
    return next((heading for heading, begins in _HEADINGS if name.startswith(begins)), _OTHER)


def foi_report(facts: FoiFacts) -> Report:
    """Give the answer for a year, with nothing hidden yet."""
    term = facts.term
    terms = [Casework(term, span) for span in (*term.before, term.span) if span.year == term.span.year]
    counts: dict[str, int] = {}
    tally = YearTally(counts, term.span.year, term.span.term)
    running = "; the year still runs" if term.running or term.span.term != rules.TERMS[-1] else ""
    return Report(
        name=f"foi-{term.span.year.replace('/', '-')}",
        title=f"SENCO clusters {term.span.year}: how they work and what they decided",
        period=f"From {say_date(terms[0].span.first)} to {say_date(term.day)}{running}",
        borough=term.borough,
        first_line="",
        seal="",
        sections=(_counted(terms, tally), _clusters(facts), _rules(facts.rules)),
        notes=(
            "Requests and decisions are the sum of those of the terms, each as it stood at the end of its term.",
            "No person is named; a lead SENCO's post is told by its host school.",
        ),
        counts=counts,
    )


def _clusters(facts: FoiFacts) -> Section:
    return Section(
        "clusters",
        "The clusters and their meetings",
        _EVERYBODY,
        (),
        (
            Table(
                "clusters",
                "The clusters",
                ("Cluster", "Model", "Schools", "Lead Cluster SENCO", "Host school"),
                tuple(
                    (
                        text(each.reference),
                        text(_MODELS.get(each.model, each.model)),
                        plain(each.schools),
                        text("in post" if each.filled else "vacant"),
                        text(each.host or "not said"),
                    )
                    for each in facts.clusters
                ),
                empty="No clusters are on record for this year.",
            ),
            _meetings("meetings-by-kind", "Meetings of the year", "Kind", facts.by_kind, KINDS),
            _meetings("meetings-by-cluster", "Meetings of each cluster, conferences included", "Cluster",
                      facts.by_cluster, {}),
        ),
    )  # fmt: skip


def _meetings(name: str, caption: str, heading: str, lines: Sequence[MeetingsHeld], words: dict[str, str]) -> Table:
    rows = [
        (text(words.get(each.name, each.name)), plain(each.planned), plain(each.cancelled), plain(each.held))
        for each in lines
    ]
    return Table(name, caption, (heading, *_MET), tuple(rows), empty="No meeting is in the programme of this year.")


def _rules(held: Sequence[RuleHeld]) -> Section:
    """Give the rules by heading, each value with the days between which it held."""
    groups: dict[str, list[RuleHeld]] = {heading: [] for heading in (*dict(_HEADINGS), _OTHER)}
    for each in held:
        groups[heading_of(each.name)].append(each)
    return Section(
        "rules",
        "Terms of reference, criteria and rules",
        _EVERYBODY,
        tuple(map(Sentence, _DECIDES)),
        tuple(
            Table(
                f"rules-{heading.casefold().replace(' ', '-')}",
                heading,
                ("Rule", "Setting", "Value", "Held from", "Until"),
                tuple(
                    (
                        text(each.meaning),
                        text(each.name),
                        text(each.value),
                        text(say_date(each.since) if each.since else "senco's default"),
                        text(f"before {say_date(each.ended)}" if each.ended else "it holds"),
                    )
                    for each in lines
                ),
            )
            for heading, lines in groups.items()
            if lines
        ),
    )


def _counted(terms: Sequence[Casework], tally: YearTally) -> Section:
    clusters = tuple(sorted({name for work in terms for name in work.clusters}, key=cluster_word))
    received = [each for work in terms for each in work.received]
    decided = [(work.cluster(each), each) for work in terms for each in work.decisions]
    put_off = [each.outcome for work in terms for each in work.put_off]
    _tell(tally, clusters, [each.cluster for each in received], decided, put_off)
    _tell_terms(terms, tally.counts, clusters)
    rows = [
        (text(name), *_row(tally, [each for cluster, each in decided if cluster == name], cluster=name))
        for name in clusters
    ]
    whole = _row(tally, [each for _, each in decided])
    return Section(
        "counts",
        "Requests and decisions",
        _EVERYBODY,
        (
            Sentence("Requests received: {}.", whole[:1]),
            Sentence("Requests agreed or declined: {}; of these, {} were agreed.", (whole[1], whole[4])),
            Sentence("Awarded: {}.", (whole[5],)),
        ),
        (
            Table(
                "year-by-cluster",
                "Requests, decisions and awards by cluster",
                ("Cluster", "Received", "Decisions", *DECIDED.values(), "Share agreed", "Awarded"),
                (*rows, (text(BOROUGH), *whole)) if rows else (),
                totals=True,
                note="A decision is one that settles a request: it is agreed or declined.",
            ),
            Table(
                "year-by-outcome",
                "Decisions by outcome",
                ("Outcome", "Decisions", "Share", "Awarded"),
                (
                    *(_outcome(tally, decided, outcome, name) for outcome, name in OUTCOMES.items()),
                    (text("All decisions"), whole[1], percent(whole[1], whole[1]), whole[5]),
                ),
                totals=True,
            ),
            Table(
                "year-put-off",
                "Requests that came before the officer and were not settled",
                ("Outcome", "Requests"),
                (
                    *((text(name), tally.count("put-off", outcome=outcome)) for outcome, name in PUT_OFF.items()),
                    (text("All not settled"), tally.count("put-off")),
                ),
                totals=True,
                note="A request that is deferred comes back, and is decided later.",
            ),
        ),
    )


def _tell_terms(terms: Iterable[Casework], counts: dict[str, int], clusters: Sequence[str]) -> None:
    """Count the terms as their own reports do, whether those were made or are still to come.

    The answer prints none of this. But a reader works a term out by subtraction, and what its report says of that term
    comes on top: a sum that is shown here could never be hidden again.
    """
    for work in terms:
        tally = Tally(counts, work.span)
        for builder in (casework.requests, casework.decisions, funding.awards):
            builder(work, tally)
        decided = [(work.cluster(each), each) for each in work.decisions]
        received, put_off = [each.cluster for each in work.received], [each.outcome for each in work.put_off]
        _tell(tally, clusters, received, decided, put_off)


def _tell(
    tally: Tally,
    clusters: Sequence[str],
    received: Iterable[str],
    decided: Sequence[tuple[str, Ruling]],
    put_off: Iterable[str],
) -> None:
    """Count requests by cluster, decisions by cluster and outcome, and what was put off."""
    tally.cross("requests", [(cluster,) for cluster in received], cluster=clusters)
    tally.cross(
        "decisions",
        [(cluster, rules.DECIDED[each.outcome]) for cluster, each in decided],
        cluster=clusters,
        decided=tuple(DECIDED),
    )
    tally.nested("decisions", [each.outcome for _, each in decided], "outcome", _AGREED, decided="agreed")
    tally.cross("put-off", [(outcome,) for outcome in put_off], outcome=tuple(PUT_OFF))


def _row(tally: YearTally, decided: Iterable[Ruling], **of: str) -> tuple[Figure, ...]:
    """Give received, decisions, agreed, declined, share agreed, awarded."""
    whole = tally.count("decisions", **of)
    parts = [tally.count("decisions", decided=each, **of) for each in DECIDED]
    total = sum(each.amount_pence or 0 for each in decided)
    return (
        tally.count("requests", **of),
        whole,
        *parts,
        percent(parts[0], whole),
        resting(total, FigureKind.POUNDS, parts[0]),
    )


def _outcome(tally: YearTally, decided: Sequence[tuple[str, Ruling]], outcome: str, name: str) -> tuple[Figure, ...]:
    """Give an outcome's count, share and sum; declined is one outcome, so its count is that of all declined."""
    told = {"outcome": outcome} if outcome in _AGREED else {}
    count = tally.count("decisions", decided=rules.DECIDED[outcome], **told)
    total = sum(each.amount_pence or 0 for _, each in decided if each.outcome == outcome)
    return text(name), count, percent(count, tally.count("decisions")), resting(total, FigureKind.POUNDS, count)
