"""Awards, their payments and the envelopes they are paid from, as people see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.budget.columns import bar, filled, legend, pounds
from senco.budget.render import day_of, or_nothing, said_override
from senco.console.listing import Card, Column, Listing
from senco.dates import say_date
from senco.money import say_pounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.budget.running import Running
    from senco.budget.shapes import CommitmentLine, EnvelopeLine, PartLine, PaymentLine


def commitments(lines: Sequence[CommitmentLine], *, title: str) -> Listing:
    """Lay out awards with what was paid and is left, and whether the fund covers them."""
    left = sum(line.left_pence for line in lines)
    return Listing(
        "commitments",
        lines,
        (
            Column("Request", lambda line: line.request),
            Column("Cluster", lambda line: line.cluster),
            Column("School", lambda line: line.school, keep=1, whole=False),
            Column("Fund", lambda line: line.fund, keep=4),
            Column("Pattern", lambda line: line.pattern, keep=3),
            pounds("Awarded", lambda line: line.entitled_pence),
            pounds("Paid", lambda line: line.paid_pence),
            pounds("Left", lambda line: line.left_pence),
            Column("Next due", lambda line: day_of(line.next_due), keep=2),
            Column("Covered", _covered),
        ),
        title=title,
        empty="No awards.",
        notes=(f"Still to be paid: {say_pounds(left)}.",) if lines else (),
    )


def schedule(running: Running, lines: Sequence[PartLine]) -> Card:
    """Lay out how one award is paid."""
    award, terms = running.award, running.terms
    facts = [
        ("Award", say_pounds(award.amount_pence)),
        ("For", f"{say_date(award.first)} to {say_date(award.last)}"),
        ("Pattern", terms.pattern.value),
        ("From", f"{award.cluster} {terms.fund}"),
        *((("Stops on", say_date(terms.stop)),) if terms.stop else ()),
    ]
    parts = Listing(
        "parts",
        lines,
        (
            Column("Part", lambda line: str(line.number), align="right"),
            Column("Due", lambda line: day_of(line.due)),
            Column("From", lambda line: day_of(line.first), keep=3),
            Column("To", lambda line: day_of(line.last), keep=3),
            Column("School", lambda line: line.school, keep=1, whole=False),
            Column("Financial year", lambda line: line.financial_year, keep=2),
            pounds("Amount", lambda line: line.amount_pence),
            Column("State", lambda line: line.state),
        ),
        notes=(f"The parts come to {say_pounds(sum(line.amount_pence for line in lines))}.",),
    )
    return Card("award", _award_line(running), f"Award for {award.reference}", facts, (parts,))


def _award_line(running: Running) -> dict[str, object]:
    award, terms = running.award, running.terms
    return {
        "request": award.reference,
        "decision": award.decision,
        "cluster": award.cluster,
        "fund": terms.fund,
        "amount_pence": award.amount_pence,
        "first": award.first,
        "last": award.last,
        "pattern": terms.pattern.value,
        "stop": terms.stop,
    }


def envelopes(lines: Sequence[EnvelopeLine], *, title: str) -> Listing:
    """Lay out each fund: what it got, what went, what is promised, what is free."""
    return Listing(
        "envelopes",
        lines,
        filled(
            lines,
            Column("Cluster", lambda line: line.cluster or "borough"),
            Column("Fund", lambda line: line.fund),
            pounds("Allocated", lambda line: line.allocated_pence),
            pounds("Spent", lambda line: line.spent_pence, keep=3),
            pounds("Paid", lambda line: line.paid_pence, keep=3),
            pounds("Promised", lambda line: line.committed_pence, keep=2),
            pounds("Free", lambda line: line.free_pence),
            Column("Of allocated", _gone_and_promised, keep=1),
            Column("May overspend", lambda line: or_nothing(line.sanctioned_pence), keep=4, align="right"),
        ),
        title=title,
        empty="No cluster has money yet.",
        notes=[legend("gone", "promised", "free")] * bool(lines)
        + [
            f"{line.cluster} {line.fund} is promised {say_pounds(-line.free_pence)} more than it has."
            for line in lines
            if line.free_pence < 0
        ]
        + [said_override(each) for line in lines for each in line.overrides],
    )


def payments(lines: Sequence[PaymentLine], *, title: str) -> Listing:
    """Lay out a run's payments, made or to be made."""
    total = sum(line.amount_pence for line in lines if not line.held and line.reversed_by is None)
    held = sum(line.amount_pence for line in lines if line.held)
    notes = [f"Total: {say_pounds(total)}."] if lines else []
    if held:
        notes.append(f"Held: {say_pounds(held)}, each for the reason beside it.")
    if any("cover" in line.held for line in lines):
        notes.append('Without money in the fund it takes `senco budget override REF --reason "…"`.')
    return Listing(
        "payments",
        lines,
        filled(
            lines,
            Column("Request", lambda line: line.request),
            Column("School", lambda line: line.school, keep=1, whole=False),
            Column("DfE number", lambda line: line.dfe_number, keep=3),
            Column("Cluster", lambda line: line.cluster, keep=2),
            Column("Fund", lambda line: line.fund, keep=3),
            pounds("Amount", lambda line: line.amount_pence),
            Column(
                "Taken back", lambda line: f"by E{line.reversed_by}" if line.reversed_by is not None else "", keep=1
            ),
            Column("Held", lambda line: line.held, keep=1, whole=False),
        ),
        title=title,
        empty="Nothing is due.",
        notes=notes,
    )


def _covered(line: CommitmentLine) -> str:
    if line.covered:
        return "yes"
    return "NO" if line.lacking_pence == line.left_pence else f"but for {say_pounds(line.lacking_pence)}"


def _gone_and_promised(line: EnvelopeLine) -> str:
    return bar(line.allocated_pence, line.spent_pence + line.paid_pence, line.committed_pence)
