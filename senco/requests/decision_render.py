"""The panel's advice, the officer's decisions and what comes of them, as people see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from senco.console.listing import Card, Column, Listing
from senco.dates import say_date
from senco.money import say_pounds
from senco.requests import awarding
from senco.requests.awarding import AwardMeans
from senco.requests.outcomes import ReasonKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from senco.requests.kinds import CaseLine
    from senco.requests.outcomes import (
        AfterwardsLine,
        AwardLine,
        DecisionLine,
        DueLine,
        InterestRow,
        PresenceLine,
        ReasonLine,
        RecommendationLine,
        ReviewLine,
    )
    from senco.requests.recording import StepLine

KINDS = {
    ReasonKind.MET: "criterion met",
    ReasonKind.NOT_MET: "criterion not met",
    ReasonKind.EVIDENCE: "evidence relied on",
    ReasonKind.CONDITION: "condition",
    ReasonKind.ADVICE: "advice",
    ReasonKind.WANTED: "evidence wanted",
}


def recommendation(line: RecommendationLine, reasons: Sequence[ReasonLine]) -> Card:
    """Lay out one row of the panel's advice."""
    facts = [
        ("Recommendation", _outcome(line.outcome)),
        ("Amount", _amount_meant(line)),
        ("For", _span(line.awarded_from, line.awarded_to)),
        ("Reason", line.reason),
        ("Votes", f"{line.votes or 'none counted'}{f', casting vote {line.casting}' if line.casting else ''}"),
        ("Panel", line.meeting),
        ("Chair", line.chair),
        ("Moderating chair", line.moderating_chair or "none"),
    ]
    return Card("recommendation", line, line.request, facts, (reason_lines(reasons),))


def decision(line: DecisionLine, reasons: Sequence[ReasonLine]) -> Card:
    """Lay out one row of the officer's decision."""
    facts = [
        ("Decision", _outcome(line.outcome)),
        ("Amount", _amount_meant(line)),
        ("For", _span(line.awarded_from, line.awarded_to)),
        ("Review by", _day(line.review_on) or "none"),
        *([("Information by", _day(line.wanted_by))] if line.wanted_by else []),
        ("Reason", line.reason),
        ("Officer", line.officer),
        ("Decided", _day(line.decided_on)),
        ("Made", _where(line)),
        ("Letter", _day(line.letter_on) or "not written"),
    ]
    return Card("decision", line, line.request, facts, (reason_lines(reasons),))


def reason_lines(lines: Sequence[ReasonLine], *, of: str = "") -> Listing:
    """Lay out the lines of a record's reasons; ``of`` says whose record, where several stand beside each other."""
    return Listing(
        "reasons",
        lines,
        (
            Column("What", lambda line: KINDS[ReasonKind(line.kind)]),
            Column("Text", lambda line: line.text, whole=False),
            Column("Who", lambda line: line.owner, keep=2, whole=False),
            Column("By when", lambda line: _day(line.due_on), keep=1),
        ),
        title=f"Reasons, line by line: {of}" if of else "Reasons, line by line",
        empty="None besides the reason above.",
    )


def decided(lines: Sequence[DecisionLine]) -> Listing:
    """Lay out decisions as a table."""
    total = awarding.summed((line.amount_pence, line.means) for line in lines if line.living)
    return Listing(
        "decisions",
        lines,
        (
            Column("Request", lambda line: line.request),
            Column("Decision", lambda line: _outcome(line.outcome)),
            Column("Amount", lambda line: _amount(line.amount_pence), align="right"),
            Column("Amount is", _meant, keep=2),
            Column("From", lambda line: _day(line.awarded_from), keep=3),
            Column("To", lambda line: _day(line.awarded_to), keep=3),
            Column("Officer", lambda line: line.officer, keep=5, whole=False),
            Column("Decided", lambda line: _day(line.decided_on), keep=1),
            Column("Made", _where, keep=4),
            Column("Stands", lambda line: "yes" if line.living else "", keep=2),
        ),
        title="What the officer decided",
        empty="The officer has not decided it.",
        notes=(f"Agreed in all: {total}.",) if lines else (),
    )


def decisions_of_one(lines: Sequence[DecisionLine]) -> Listing:
    """Lay out every decision on one request, with its reason."""
    usual = decided(lines)
    return replace(usual, columns=(*usual.columns, Column("Reason", lambda line: line.reason, whole=False)))


def interests_at_panels(lines: Sequence[InterestRow]) -> Listing:
    """Lay out the interests that were recorded with the panel's advice."""
    usual = interests(lines)
    panel = Column("Panel", lambda line: line.meeting)
    return replace(usual, name="panel_interests", columns=(panel, *usual.columns[1:]), title="Interests at the panel")


def afterwards(lines: Sequence[AfterwardsLine]) -> Listing:
    """Lay out what became of a request besides its three records."""
    return Listing(
        "afterwards",
        lines,
        (
            Column("When", lambda line: _day(line.day)),
            Column("What", lambda line: line.what),
            Column("Note", lambda line: line.note, whole=False),
        ),
        title="What became of it",
    )


def advised(lines: Sequence[RecommendationLine]) -> Listing:
    """Lay out the panel's advice as a table."""
    return Listing(
        "recommendations",
        lines,
        (
            Column("No.", lambda line: str(line.number), align="right"),
            Column("Recommendation", lambda line: _outcome(line.outcome)),
            Column("Amount", lambda line: _amount(line.amount_pence), align="right"),
            Column("Amount is", _meant, keep=2),
            Column("Votes", lambda line: line.votes, keep=3),
            Column("Panel", lambda line: line.meeting, keep=1),
            Column("Chair", lambda line: line.moderating_chair or line.chair, keep=2, whole=False),
            Column("Reason", lambda line: line.reason, whole=False),
            Column("Stands", lambda line: "yes" if line.living else ""),
        ),
        title="What the panel recommended",
        empty="The panel has not heard it.",
    )


def interests(lines: Sequence[InterestRow]) -> Listing:
    """Lay out interests as a meeting settled them."""
    return Listing(
        "settled_interests",
        lines,
        (
            Column("Request", lambda line: line.request),
            Column("School", lambda line: line.school, whole=False),
            Column("Ground", lambda line: line.ground.replace("-", " ")),
            Column("State", lambda line: line.state),
            Column("Reason", lambda line: line.reason, whole=False),
        ),
        empty="No interest was settled.",
    )


def presence(lines: Sequence[PresenceLine]) -> Listing:
    """Lay out who sits over the requests of a meeting."""
    return Listing(
        "present",
        lines,
        (
            Column("Who", lambda line: line.who, whole=False),
            Column("Vote", lambda line: "one" if line.votes else "none"),
            Column("Meeting", lambda line: line.meeting, keep=1),
            Column("Cluster", lambda line: line.cluster, keep=2),
        ),
        empty="Nobody is written down as present.",
        notes=(f"With a vote: {sum(line.votes for line in lines)}.",),
    )


def steps(lines: Sequence[StepLine]) -> Listing:
    """Lay out what recording a filled-in agenda does."""
    amounts = [(line.amount_pence, line.means) for line in lines if line.amount_pence is not None]
    return Listing(
        "steps",
        lines,
        (
            Column("What", lambda line: line.step),
            Column("Request", lambda line: line.request),
            Column("Outcome", lambda line: _outcome(line.outcome) if line.outcome else ""),
            Column("Amount", lambda line: _amount(line.amount_pence) if line.outcome else "", align="right"),
            Column("Where", lambda line: line.where, keep=1),
        ),
        notes=(f"Agreed in all: {awarding.summed(amounts)}.",) if amounts else (),
    )


def steps_said(lines: Iterable[StepLine]) -> str:
    """Count the steps of a plan in words."""
    counts = dict.fromkeys(("new", "changed", "unchanged", "not filled in"), 0)
    for line in lines:
        counts[line.step] += 1
    return ", ".join(f"{count} {step}" for step, count in counts.items() if count) or "no case"


def awards(lines: Sequence[AwardLine]) -> Listing:
    """Lay out awards, the first to end first."""
    running = awarding.summed((line.amount_pence, line.means) for line in lines if line.state == "running")
    return Listing(
        "awards",
        lines,
        (
            Column("Request", lambda line: line.request),
            Column("School", lambda line: line.school, keep=2, whole=False),
            Column("Cluster", _cluster, keep=4),
            Column("Amount", lambda line: _amount(line.amount_pence), align="right"),
            Column("Amount is", _meant, keep=2),
            Column("From", lambda line: _day(line.awarded_from), keep=3),
            Column("To", lambda line: _day(line.awarded_to)),
            Column("Review", lambda line: _day(line.review_on), keep=1),
            Column("Score", lambda line: "" if line.score is None else f"{line.score:+d}", align="right", keep=5),
            Column("State", lambda line: line.state),
        ),
        empty="No award stands.",
        notes=(f"Running now: {running}.",) if lines else (),
    )


def review(line: ReviewLine) -> Card:
    """Lay out a review."""
    facts = [
        ("Reviewed", _day(line.reviewed_on)),
        ("Score", f"{line.score:+d}" if line.score else "0"),
        ("Note", line.note),
        ("Next review", _day(line.next_on) or "none"),
    ]
    return Card("review", line, line.request, facts)


def dues(lines: Sequence[DueLine]) -> Listing:
    """Lay out what is due."""
    return Listing(
        "due",
        lines,
        (
            Column("Due", lambda line: _day(line.due_on)),
            Column("What", lambda line: line.what),
            Column("Request", lambda line: line.request),
            Column("School", lambda line: line.school, keep=1, whole=False),
            Column("Cluster", _cluster, keep=3),
            Column("Who", lambda line: line.who, keep=2, whole=False),
            Column("Overdue", lambda line: "overdue" if line.overdue else ""),
        ),
        empty="Nothing is due.",
    )


def withdrawal(case: CaseLine) -> Card:
    """Lay out a request that was withdrawn."""
    facts = [("School", case.school), ("Stage", case.stage), ("Withdrawn", _day(case.withdrawn_on))]
    return Card("withdrawn", case, case.reference, facts)


def _cluster(line: AwardLine | DueLine) -> str:
    return f"{line.cluster} (from {line.moved_from})" if line.moved_from else line.cluster


def _outcome(outcome: str) -> str:
    if not outcome:
        return "taken back"
    return Verdict(outcome).said if outcome in set(Verdict) else outcome.replace("-", " ")


def _meant(line: RecommendationLine | DecisionLine | AwardLine) -> str:
    return "" if line.amount_pence is None else AwardMeans(line.means).per


def _amount_meant(line: RecommendationLine | DecisionLine) -> str:
    return f"{_amount(line.amount_pence)} {_meant(line)}".strip()


def _amount(pence: int | None) -> str:
    return "" if pence is None else say_pounds(pence)


def _day(text: str | None) -> str:
    return say_date(date.fromisoformat(text)) if text else ""


def _span(first: str | None, last: str | None) -> str:
    return f"{_day(first)} to {_day(last)}" if first and last else "not said"


def _where(line: DecisionLine) -> str:
    if line.meeting:
        return line.meeting
    settled = f"ratified: {line.ratified}" if line.ratified else "to be ratified"
    return f"outside a meeting; {settled}"
