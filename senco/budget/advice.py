"""What awards would mean for the envelopes, asked before they are decided: a warning, never a refusal.

Need is judged apart from the balance: an award that its envelope does not cover is recorded, and waits to be paid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.budget import awards, cover
from senco.budget.kinds import Fund
from senco.budget.shapes import FundKey, OverrunLine
from senco.money import say_pounds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from senco.budget.shapes import CommitmentLine
    from senco.requests.advising import Proposed
    from senco.store.doors import Ask


def warnings(ask: Ask, proposed: Sequence[Proposed], day: date) -> list[str]:
    """Say of each of these awards by how much it would overrun which envelope, all of them decided one by one.

    A borough that keeps no money in senco is told nothing of it.
    """
    if ask.value("SELECT MAX(number) FROM ledger_entry") is None:
        return []
    return [said(line) for line in overruns(ask, proposed, day) if line.over_pence]


def overruns(ask: Ask, proposed: Sequence[Proposed], day: date) -> list[OverrunLine]:
    """Give, for each award and each fund that it would fall on, what the fund would lack for it and would have left.

    An award takes the place of what its request was awarded before. Those that come earlier are served earlier. Raises
    NotFound ``request.unknown``.
    """
    lines = awards.commitments(ask, day, proposed=proposed)
    free: dict[FundKey, int] = {}
    out = []
    for each in proposed:
        request = each.request.strip().upper()
        lacking = cover.missing_for(ask, request, lines)
        for key in dict.fromkeys(_key(line) for line in lines if line.request == request and line.entitled_pence):
            if key not in free:
                found = awards.envelopes(ask, day, year=key.year, cluster=key.cluster, proposed=proposed)
                free |= {FundKey(line.cluster, line.fund, line.year): line.free_pence for line in found}
            own = [line for line in lines if line.request == request and _key(line) == key]
            awarded, waits = sum(line.entitled_pence for line in own), sum(line.lacking_pence for line in own)
            over = lacking.get(key, 0)
            out.append(OverrunLine(request, key.cluster, key.fund, key.year, awarded, over, free[key], waits))
    return out


def overrun_by(ask: Ask, cluster: str, year: str, amount: int, day: date) -> OverrunLine:
    """Give what a cluster's envelope of a year would lack for one more award of so many pence; ``request`` is ""."""
    found = awards.envelopes(ask, day, year=year, cluster=cluster)
    free = next((line.free_pence for line in found if line.fund == Fund.EXCEPTIONAL), 0)
    over = min(amount, max(0, amount - free))
    return OverrunLine("", cluster, Fund.EXCEPTIONAL.value, year, amount, over, free - amount)


def said(line: OverrunLine) -> str:
    """Say what an award would mean for an envelope.

    >>> said(OverrunLine("R-7KQ4", "CP1", "exceptional", "2020/21", 300_000, 0, 50_000))
    "R-7KQ4 at £3,000.00 leaves £500.00 free in CP1's exceptional fund of 2020/21."

    Of an award that grew, only what it grew by waits, and that is said.
    """
    fund = f"{line.cluster}'s {line.fund} fund of {line.year}"
    told = f"{line.request or 'An award'} at {say_pounds(line.amount_pence)}"
    if not line.over_pence:
        return f"{told} leaves {say_pounds(line.free_pence)} free in {fund}."
    before = f'`senco budget override {line.request or "REF"} --reason "…"`'
    waits = "it" if line.waits_pence in {0, line.amount_pence} else f"{say_pounds(line.waits_pence)} of it"
    return (
        f"WARNING: {told} overruns {fund} by {say_pounds(line.over_pence)}: unless more is allocated, {waits} is not"
        f" paid before {before}."
    )


def _key(line: CommitmentLine) -> FundKey:
    return FundKey(line.cluster, line.fund, line.year)
