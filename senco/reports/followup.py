"""The section on what becomes of awards: reviews due, done and overdue, and the outcome scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.reports import rules
from senco.reports.kinds import Audience, Chart, FigureKind, Section, Sentence, Table
from senco.reports.tallying import percent, resting, text

if TYPE_CHECKING:
    from senco.reports.casework import Casework
    from senco.reports.facts import Reviewed
    from senco.reports.tallying import Tally

_SCORES = {
    "-2": "−2: much worse than hoped for",
    "-1": "−1: worse",
    "0": "0: as hoped for",
    "1": "+1: better",
    "2": "+2: much better than hoped for",
}
_TENTHS = 10


def reviews(work: Casework, tally: Tally) -> Section:
    """Give the reviews that were due in the term, done or not, those overdue, and how the awards did."""
    on = work.on
    of: dict[int, list[Reviewed]] = {}
    for each in work.facts.reviews:
        of.setdefault(each.decision, []).append(each)
    awards = [each for each in work.facts.rulings if rules.DECIDED[each.outcome] == "agreed" and rules.lives(each, on)]
    due = [found for each in awards for found in rules.reviews_due(each, of.get(each.number, ()), on)]
    tally.cross(
        "reviews-due",
        [("done" if done else "not-done",) for day, done in due if work.first <= day <= on],
        done=("done", "not-done"),
    )
    overdue = [
        each
        for each in awards
        if (each.ends is None or each.ends >= on)
        and any(day < on and not done for day, done in rules.reviews_due(each, of.get(each.number, ()), on))
    ]
    tally.cross("reviews-overdue", [() for _ in overdue])
    done = [each for each in work.facts.reviews if work.first <= each.reviewed_on <= on]
    tally.cross("reviews", [(str(each.score),) for each in done], score=tuple(_SCORES))
    whole = tally.count("reviews")
    scores = [tally.count("reviews", score=each) for each in _SCORES]
    # With the mean and all counts but two these two could be worked out: it goes with every one of them.
    told = rules.mean(_TENTHS * sum(each.score for each in done), len(done))
    average = resting(told, FigureKind.SCORE, whole, *scores)
    due_in_all, due_done = tally.count("reviews-due"), tally.count("reviews-due", done="done")
    return Section(
        "reviews",
        "What became of the awards",
        frozenset({Audience.SCHOOLS, Audience.LEADS, Audience.FORUM}),
        (
            Sentence("Reviews due: {}; of these {} are done.", (due_in_all, percent(due_done, due_in_all))),
            Sentence("Awards that run on with their review overdue: {}.", (tally.count("reviews-overdue"),)),
            Sentence("The mean outcome score of {} reviews is {}, from −2 to +2.", (whole, average)),
        ),
        (
            Table(
                "reviews-due",
                "Reviews that were due in the term",
                ("", "Due", "Done", "Not done", "Share done", "Overdue at the end"),
                (
                    (
                        text("The borough"),
                        due_in_all,
                        due_done,
                        tally.count("reviews-due", done="not-done"),
                        percent(due_done, due_in_all),
                        tally.count("reviews-overdue"),
                    ),
                ),
                note="Overdue at the end holds reviews of earlier terms too, of awards that still run.",
            ),
            Table(
                "outcome-scores",
                "Outcome scores of the reviews made in the term",
                ("Score", "Reviews", "Share"),
                (
                    *(
                        (text(name), count, percent(count, whole))
                        for name, count in zip(_SCORES.values(), scores, strict=True)
                    ),
                    (text("All reviews"), whole, percent(whole, whole)),
                ),
                totals=True,
                chart=Chart("bars", "Reviews by outcome score", (1,)),
            ),
        ),
    )
