"""Money and time as people see them: tables with a bar where a bar says it faster."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.budget.columns import bar, filled, hours, pounds, said_minutes, short
from senco.console.listing import Card, Column, Listing
from senco.dates import say_date
from senco.money import say_pounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.budget.awards import Running
    from senco.budget.kinds import (
        Assumption,
        BalanceLine,
        EntryLine,
        Statement,
    )
    from senco.budget.shapes import (
        CommitmentLine,
        EnvelopeLine,
        ForecastLine,
        MatchLine,
        PartLine,
        PaymentLine,
        S251Line,
        ShareLine,
        TimeLine,
        YearsLine,
    )


def told(line: EntryLine) -> str:
    """Say one entry in a sentence without its full stop."""
    amount, giver, taker = _amount(line), short(line.from_account), short(line.to_account)
    if line.reverses is not None:
        return f"E{line.number}: took back E{line.reverses}, {amount} from {giver} to {taker}"
    return f"E{line.number}: {amount} from {giver} to {taker} ({line.to_year})"


def entries(lines: Sequence[EntryLine], *, title: str = "", earlier: bool = False) -> Listing:
    """Lay out entries, the newest first; ``earlier`` says that there are more."""
    return Listing(
        "entries",
        lines,
        filled(
            lines,
            Column("Entry", lambda line: f"E{line.number}"),
            Column("Day", lambda line: _day(line.day)),
            Column("What", lambda line: line.kind, keep=3),
            Column("From", lambda line: short(line.from_account), keep=1),
            Column("To", lambda line: short(line.to_account), keep=1),
            Column("Amount", _amount, align="right"),
            Column("For", lambda line: line.request or line.description, keep=2, whole=False),
            Column("Party", lambda line: line.party, keep=4, whole=False),
            Column("Receipt", lambda line: line.receipt or line.run, keep=5),
            Column("Year", lambda line: line.to_year, keep=6),
            Column("Reversal", _reversal, keep=4),
        ),
        title=title,
        empty="No entries.",
        notes=(f"There are earlier ones: --before E{lines[-1].number}.",) if earlier and lines else (),
    )


def balances(lines: Sequence[BalanceLine], *, title: str) -> Listing:
    """Lay out what accounts took, gave and hold, with a bar of what went."""
    return Listing(
        "balances",
        lines,
        filled(
            lines,
            Column("Account", lambda line: short(line.account)),
            Column("School", lambda line: line.school, keep=2, whole=False),
            Column("Year", lambda line: line.year, keep=3),
            pounds("Received", lambda line: line.received_pence, keep=1),
            pounds("Given", lambda line: line.given_pence, keep=1),
            pounds("Balance", lambda line: line.balance_pence),
            Column("Gone", lambda line: bar(line.received_pence, line.given_pence), keep=4),
            Column("May overspend", lambda line: _or_nothing(line.sanctioned_pence), keep=5, align="right"),
        ),
        title=title,
        empty="Nothing has moved yet: `senco budget allocate hnb AMOUNT` is where it starts.",
    )


def statement(told_: Statement, *, title: str) -> Listing:
    """Lay out a page of a statement, the newest entry first."""
    notes = [f"Balance: {say_pounds(told_.balance_pence)}."]
    if told_.earlier is not None:
        notes.append(f"There are earlier entries: --before E{told_.earlier}.")
    return Listing(
        "statement",
        told_.lines,
        filled(
            told_.lines,
            Column("Entry", lambda line: f"E{line.number}"),
            Column("Day", lambda line: _day(line.day)),
            Column("What", lambda line: line.kind, keep=3),
            Column("From or to", lambda line: line.party or short(line.other_account), keep=1, whole=False),
            Column("For", lambda line: line.request or line.description, keep=2, whole=False),
            Column("Receipt", lambda line: line.receipt, keep=4),
            Column("In", lambda line: _or_nothing(line.in_pence), align="right"),
            Column("Out", lambda line: _or_nothing(line.out_pence), align="right"),
            pounds("Balance", lambda line: line.balance_pence),
        ),
        title=title,
        empty="Nothing has moved on it.",
        notes=notes,
    )


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
            Column("Next due", lambda line: _day(line.next_due), keep=2),
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
            Column("Due", lambda line: _day(line.due)),
            Column("From", lambda line: _day(line.first), keep=3),
            Column("To", lambda line: _day(line.last), keep=3),
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
            pounds("Spent", lambda line: line.spent_pence, keep=2),
            pounds("Paid", lambda line: line.paid_pence, keep=2),
            pounds("Promised", lambda line: line.committed_pence, keep=1),
            pounds("Free", lambda line: line.free_pence),
            Column("Gone and promised", _gone_and_promised, keep=3),
            Column("May overspend", lambda line: _or_nothing(line.sanctioned_pence), keep=4, align="right"),
        ),
        title=title,
        empty="No cluster has money yet.",
        notes=[
            f"{line.cluster} {line.fund} is promised {say_pounds(-line.free_pence)} more than it has."
            for line in lines
            if line.free_pence < 0
        ],
    )


def payments(lines: Sequence[PaymentLine], *, title: str) -> Listing:
    """Lay out a run's payments, made or to be made."""
    total = sum(line.amount_pence for line in lines if not line.held)
    held = sum(line.amount_pence for line in lines if line.held)
    notes = [f"Total: {say_pounds(total)}."] if lines else []
    if held:
        notes.append(f'Held: {say_pounds(held)}, until there is money or `senco budget override REF --reason "…"`.')
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
            Column("Held", lambda line: line.held, keep=1, whole=False),
        ),
        title=title,
        empty="Nothing is due.",
        notes=notes,
    )


def forecast(lines: Sequence[ForecastLine], assumption: Assumption, months: int, *, title: str) -> Listing:
    """Lay out how funds are expected to stand at the year's end, and what that assumes."""
    from senco.budget.rules import assumed

    return Listing(
        "forecast",
        lines,
        (
            Column("Cluster", lambda line: line.cluster or "borough"),
            Column("Fund", lambda line: line.fund),
            pounds("Allocated", lambda line: line.allocated_pence, keep=2),
            pounds("Gone", lambda line: line.gone_pence, keep=1),
            pounds("Promised", lambda line: line.committed_pence, keep=1),
            pounds("Expected", lambda line: line.expected_pence, keep=1),
            pounds("At the end", lambda line: line.forecast_pence),
            pounds("Left", lambda line: line.left_pence),
            Column("Of allocated", lambda line: bar(line.allocated_pence, line.gone_pence + line.committed_pence,
                                        line.expected_pence), keep=3),
        ),
        title=title,
        empty="No cluster has money yet.",
        notes=(f"Assumed: {assumed(assumption, months)}",),
    )  # fmt: skip


def years(lines: Sequence[YearsLine], *, title: str) -> Listing:
    """Lay out an academic year's spending by the financial years it falls in."""
    return Listing(
        "years",
        lines,
        (
            Column("Cluster", lambda line: line.cluster or "borough"),
            Column("Fund", lambda line: line.fund),
            Column("Academic year", lambda line: line.academic_year, keep=1),
            Column("Financial year", lambda line: line.financial_year),
            pounds("Moved", lambda line: line.moved_pence),
            pounds("Still due", lambda line: line.due_pence),
        ),
        title=title,
        empty="Nothing was spent and nothing is due.",
    )


def s251(lines: Sequence[S251Line], *, title: str) -> Listing:
    """Lay out the lines of the section 251 return by type of school."""
    return Listing(
        "s251",
        lines,
        (
            Column("Line", lambda line: line.line),
            Column("Meaning", lambda line: line.meaning, keep=1, whole=False),
            Column("Type of school", lambda line: line.school_type, whole=False),
            pounds("Amount", lambda line: line.amount_pence),
        ),
        title=title,
        empty="Nothing was spent in that year.",
    )


def pool(shares: Sequence[ShareLine], bought: Sequence[EntryLine], *, title: str) -> tuple[Listing, Listing]:
    """Lay out who paid into a pool with their shares, and what was bought."""
    paid = Listing(
        "shares",
        shares,
        (
            Column("School", lambda line: line.school, whole=False),
            pounds("Paid in", lambda line: line.paid_in_pence),
            pounds("Share of what was bought", lambda line: line.share_bought_pence),
            pounds("Share of the rest", lambda line: line.share_left_pence),
        ),
        title=title,
        empty="No school has paid in yet.",
    )
    spent = Listing(
        "bought",
        bought,
        (
            Column("Entry", lambda line: f"E{line.number}"),
            Column("Day", lambda line: _day(line.day)),
            Column("For", lambda line: line.description, whole=False),
            Column("Party", lambda line: line.party, keep=1, whole=False),
            Column("Receipt", lambda line: line.receipt, keep=2),
            Column("Amount", _amount, align="right"),
        ),
        title="What was bought",
        empty="Nothing was bought yet.",
    )
    return paid, spent


def time(lines: Sequence[TimeLine], *, title: str) -> Listing:
    """Lay out specialists' time, with a bar of what is used and booked."""
    return Listing(
        "time",
        lines,
        filled(
            lines,
            Column("Cluster", lambda line: line.cluster),
            Column("Service", lambda line: line.service),
            hours("Allocated", lambda line: line.allocated_minutes),
            hours("Brought", lambda line: line.brought_minutes, keep=4),
            hours("Booked", lambda line: line.booked_minutes, keep=1),
            hours("Contact", lambda line: line.contact_minutes, keep=1),
            hours("Admin", lambda line: line.admin_minutes, keep=1),
            hours("Carried over", lambda line: line.carried_minutes, keep=4),
            hours("Free", lambda line: line.free_minutes),
            Column(
                "Used and booked",
                lambda line: bar(
                    line.allocated_minutes + line.brought_minutes,
                    line.contact_minutes + line.admin_minutes,
                    line.booked_minutes,
                ),
                keep=3,
            ),
            Column("Note", lambda line: "little used" if line.late else "", keep=2),
        ),
        title=title,
        empty="No cluster has time yet: `senco budget time allocate CP1 ep 40h` is where it starts.",
    )


def matches(lines: Sequence[MatchLine], *, title: str) -> Listing:
    """Lay out finance's lines beside the entries they are taken for."""
    return Listing(
        "lines",
        lines,
        (
            Column("Place", lambda line: line.place, keep=1),
            Column("Day", lambda line: _day(line.day)),
            Column("Reference", lambda line: line.reference, whole=False),
            pounds("Amount", lambda line: line.amount_pence),
            Column("Entry", lambda line: f"E{line.entry}" if line.entry is not None else "?"),
            Column("Why", lambda line: line.why, whole=False),
        ),
        title=title,
    )


def _or_nothing(pence: int) -> str:
    return say_pounds(pence) if pence else ""


def _day(day: str | None) -> str:
    return say_date(date.fromisoformat(day)) if day else ""


def _amount(line: EntryLine) -> str:
    return say_pounds(line.amount_pence) if line.amount_pence is not None else said_minutes(line.amount_minutes or 0)


def _reversal(line: EntryLine) -> str:
    if line.reverses is not None:
        return f"of E{line.reverses}"
    return f"by E{line.reversed_by}" if line.reversed_by is not None else ""


def _covered(line: CommitmentLine) -> str:
    return "yes" if line.covered else "NO"


def _gone_and_promised(line: EnvelopeLine) -> str:
    return bar(line.allocated_pence, line.spent_pence + line.paid_pence, line.committed_pence)
