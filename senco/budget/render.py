"""Money and time as people see them: tables with a bar where a bar says it faster."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.budget.columns import bar, filled, hours, legend, pounds, said_minutes, short
from senco.console.listing import Column, Listing
from senco.dates import say_date
from senco.money import say_pounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.budget.kinds import (
        Assumption,
        BalanceLine,
        EntryLine,
        OverrideLine,
        Statement,
    )
    from senco.budget.shapes import (
        ForecastLine,
        MatchLine,
        S251Line,
        ShareLine,
        TimeLine,
        TimeStatementLine,
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
            Column("Day", lambda line: day_of(line.day)),
            Column("What", lambda line: line.kind, keep=3),
            Column("From", lambda line: short(line.from_account), keep=1),
            Column("To", lambda line: short(line.to_account), keep=1),
            Column("Amount", _amount, align="right"),
            Column("For", lambda line: line.request or line.description, keep=2, whole=False),
            Column("Party", lambda line: line.party, keep=4, whole=False),
            Column("Receipt", lambda line: line.receipt or line.run, keep=5),
            Column("Year", lambda line: line.to_year, keep=6),
            Column("Reversal", _reversal, keep=4),
            Column("Overspent because", lambda line: line.override, keep=3, whole=False),
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
            Column("May overspend", lambda line: or_nothing(line.sanctioned_pence), keep=5, align="right"),
        ),
        title=title,
        empty="Nothing has moved yet: `senco budget allocate hnb AMOUNT` is where it starts.",
    )


def statement(told_: Statement, *, title: str) -> Listing:
    """Lay out a page of a statement, the newest entry first."""
    notes = [f"Balance: {say_pounds(told_.balance_pence)}."]
    # What was allowed for an entry stands beside the entry.
    notes += [said_override(line) for line in told_.overrides if line.entry is None]
    if told_.earlier is not None:
        notes.append(f"There are earlier entries: --before E{told_.earlier}.")
    return Listing(
        "statement",
        told_.lines,
        filled(
            told_.lines,
            Column("Entry", lambda line: f"E{line.number}"),
            Column("Day", lambda line: day_of(line.day)),
            Column("What", lambda line: line.kind, keep=3),
            Column("From or to", lambda line: line.party or short(line.other_account), keep=1, whole=False),
            Column("For", lambda line: line.request or line.description, keep=2, whole=False),
            Column("Receipt", lambda line: line.receipt, keep=4),
            Column("In", lambda line: or_nothing(line.in_pence), align="right"),
            Column("Out", lambda line: or_nothing(line.out_pence), align="right"),
            pounds("Balance", lambda line: line.balance_pence),
            Column("Overspent because", lambda line: line.override, keep=3, whole=False),
        ),
        title=title,
        empty="Nothing has moved on it.",
        notes=notes,
    )


def forecast(lines: Sequence[ForecastLine], assumption: Assumption, months: int, *, title: str) -> Listing:
    """Lay out how funds are expected to stand at the year's end, and what that assumes."""
    from senco.budget.rules import assumed

    # Only what is not carried on need be named: a fund that did nothing goes on doing nothing.
    once = ", ".join(
        f"{line.cluster or 'borough'} {line.fund}"
        for line in lines
        if line.gone_pence + line.committed_pence and not line.regular and line.assumption == "same-pace"
    )
    return Listing(
        "forecast",
        lines,
        (
            Column("Cluster", lambda line: line.cluster or "borough"),
            Column("Fund", lambda line: line.fund),
            pounds("Allocated", lambda line: line.allocated_pence, keep=2),
            pounds("Gone", lambda line: line.gone_pence, keep=4),
            pounds("Promised", lambda line: line.committed_pence, keep=3),
            pounds("Expected", lambda line: line.expected_pence, keep=3),
            pounds("At the end", lambda line: line.forecast_pence),
            pounds("Left", lambda line: line.left_pence),
            Column("Of allocated", lambda line: bar(line.allocated_pence, line.gone_pence + line.committed_pence,
                                        line.expected_pence), keep=1),
        ),
        title=title,
        empty="No cluster has money yet.",
        notes=(
            *((legend("gone and promised", "expected", "left"),) if lines else ()),
            f"Assumed: {assumed(assumption, months)}",
            *((f"Spent in one month alone, or in fewer than half of them, which is no pace: {once}.",) if once else ()),
        ),
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
            Column("Line", lambda line: line.line or "none"),
            Column("Meaning", lambda line: line.meaning, keep=1, whole=False),
            Column("Type of school", lambda line: line.school_type, whole=False),
            pounds("Amount", lambda line: line.amount_pence),
        ),
        title=title,
        empty="Nothing was spent in that year.",
        notes=(_on_and_off(lines),) if lines else (),
    )


def pool(shares: Sequence[ShareLine], bought: Sequence[EntryLine], *, title: str) -> tuple[Listing, Listing]:
    """Lay out who paid into a pool with their shares, and what was bought."""
    paid = Listing(
        "shares",
        shares,
        (
            Column("School", lambda line: line.school, whole=False),
            pounds("Paid in", lambda line: line.paid_in_pence),
            *filled(
                shares,
                Column("Of it brought", lambda line: or_nothing(line.brought_pence), keep=2, align="right"),
                Column("Got back", lambda line: or_nothing(line.paid_back_pence), keep=1, align="right"),
            ),
            pounds("Share of what was bought", lambda line: line.share_bought_pence),
            *filled(shares, Column("Carried over", lambda line: or_nothing(line.carried_pence), keep=1, align="right")),
            pounds("Share of the rest", lambda line: line.share_left_pence),
            *filled(shares, Column("Note", lambda line: "" if line.member else "not of the cluster", keep=1)),
        ),
        title=title,
        empty="No school has paid in yet.",
    )
    spent = Listing(
        "bought",
        bought,
        (
            Column("Entry", lambda line: f"E{line.number}"),
            Column("Day", lambda line: day_of(line.day)),
            Column("For", lambda line: line.description, whole=False),
            Column("Party", lambda line: line.party, keep=1, whole=False),
            Column("Receipt", lambda line: line.receipt, keep=2),
            Column("Amount", _bought, align="right"),
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
            hours("Booked", lambda line: line.booked_minutes, keep=2),
            hours("Contact", lambda line: line.contact_minutes, keep=2),
            hours("Admin", lambda line: line.admin_minutes, keep=3),
            hours("Carried over", lambda line: line.carried_minutes, keep=4),
            hours("Free", lambda line: line.free_minutes),
            Column(
                "Used and booked",
                lambda line: bar(
                    line.allocated_minutes + line.brought_minutes,
                    line.contact_minutes + line.admin_minutes,
                    line.booked_minutes,
                ),
                keep=1,
            ),
            Column(
                "Unused at mid-year",
                lambda line: _minutes_or_nothing(line.unused_mid_year_minutes),
                keep=2,
                align="right",
            ),
            Column("Note", lambda line: "little used" if line.late else "", keep=2),
        ),
        title=title,
        notes=(legend("used", "booked", "free"),) if lines else (),
        empty="No cluster has time yet: `senco budget time allocate CP1 ep 40h` is where it starts.",
    )


def time_statement(lines: Sequence[TimeStatementLine], *, title: str, earlier: bool = False) -> Listing:
    """Lay out the entries of a cluster's time of a service, the newest first, with what stood after each."""
    return Listing(
        "time_statement",
        lines,
        filled(
            lines,
            Column("Entry", lambda line: f"E{line.number}"),
            Column("Day", lambda line: day_of(line.day)),
            Column("What", lambda line: line.kind, keep=2),
            Column("For", lambda line: line.description, keep=1, whole=False),
            hours("Time", lambda line: line.minutes),
            hours("Free", lambda line: line.free_minutes),
            hours("Booked", lambda line: line.booked_minutes),
            hours("Used", lambda line: line.used_minutes),
            Column("Reversal", _reversal, keep=3),
            Column("Overspent because", lambda line: line.override, keep=3, whole=False),
        ),
        title=title,
        empty="Nothing has moved on it.",
        notes=(f"There are earlier entries: --before E{lines[-1].number}.",) if earlier else (),
    )


def matches(lines: Sequence[MatchLine], *, title: str) -> Listing:
    """Lay out finance's lines beside the entries they are taken for."""
    return Listing(
        "lines",
        lines,
        (
            Column("Place", lambda line: line.place, keep=1),
            Column("Day", lambda line: day_of(line.day)),
            Column("Reference", lambda line: line.reference, whole=False),
            pounds("Amount", lambda line: line.amount_pence),
            Column("Entry", lambda line: f"E{line.entry}" if line.entry is not None else "?"),
            Column("Why", lambda line: line.why, whole=False),
        ),
        title=title,
    )


def said_override(line: OverrideLine) -> str:
    """Say what an override is for and why it was given."""
    what = f"E{line.entry}" if line.entry is not None else line.request
    told = f"{short(line.account)} may overspend by {say_pounds(line.amount)}"
    return f"{told}{f' for {what}' if what else ''}: {line.reason}"


def or_nothing(pence: int) -> str:
    """Give an amount, "" for nought."""
    return say_pounds(pence) if pence else ""


def day_of(day: str | None) -> str:
    """Give an ISO day as people say it, "" for none."""
    return say_date(date.fromisoformat(day)) if day else ""


def _amount(line: EntryLine) -> str:
    return say_pounds(line.amount_pence) if line.amount_pence is not None else said_minutes(line.amount_minutes or 0)


def _minutes_or_nothing(minutes: int | None) -> str:
    return "" if minutes is None else said_minutes(minutes)


def _on_and_off(lines: Sequence[S251Line]) -> str:
    on, off = (sum(line.amount_pence for line in lines if bool(line.line) is told) for told in (True, False))
    return f"On the lines: {say_pounds(on)}" + (f"; on none: {say_pounds(off)}." if off else ".")


def _bought(line: EntryLine) -> str:
    """Give what was bought, with a minus for what came back."""
    return f"-{_amount(line)}" if line.kind in {"refund", "recover"} else _amount(line)


def _reversal(line: EntryLine | TimeStatementLine) -> str:
    if line.reverses is not None:
        return f"of E{line.reverses}"
    return f"by E{line.reversed_by}" if line.reversed_by is not None else ""
