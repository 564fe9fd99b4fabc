"""Which awards a fund covers, and what one lacks: an override for an award bears that award and no other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from senco.budget import naming, questions
from senco.budget.kinds import Fund
from senco.budget.rules import covered
from senco.budget.shapes import FundKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.budget.kinds import AccountName
    from senco.budget.shapes import CommitmentLine
    from senco.store.doors import Ask


def sanctioned_of(ask: Ask, key: FundKey, lines: Sequence[CommitmentLine]) -> int:
    """Give how far a fund may be overspent as things stand, in pence.

    What was allowed for an award counts as far as that award is still to be paid or was paid, and no further.
    """
    allowed = questions.sanctions(ask, _account(key))
    of_fund = _of(key, lines)
    return allowed.pop(None, 0) + sum(
        min(pence, _left(of_fund, request) + max(0, _paid(of_fund, request)))
        for request, pence in allowed.items()
        if request
    )


def promised(key: FundKey, lines: Sequence[CommitmentLine]) -> int:
    """Give what a fund is still to pay for its awards, in pence."""
    return sum(line.left_pence for line in _of(key, lines))


def missing_for(ask: Ask, reference: str, lines: Sequence[CommitmentLine]) -> dict[FundKey, int]:
    """Give what each fund lacks for an award itself; what those decided before it lack stays theirs."""
    short = {}
    for key in {_key(line): None for line in lines if line.request == reference}:
        of_fund = _of(key, lines)
        needs = _needs(ask, key, of_fund)
        own = next(line.decision for line in of_fund if line.request == reference)
        ahead = sum(pence for decision, pence in needs.items() if decision <= own)
        short[key] = min(needs[own], max(0, ahead - _room(ask, key, of_fund)))
    return {key: pence for key, pence in short.items() if pence}


def with_cover(ask: Ask, lines: Sequence[CommitmentLine]) -> list[CommitmentLine]:
    """Give the lines with whether their fund covers them, in the order of year, cluster, fund and decision."""
    out: list[CommitmentLine] = []
    for key in {_key(line): None for line in lines}:
        of_fund = _of(key, lines)
        have = covered(_room(ask, key, of_fund), _needs(ask, key, of_fund).items())
        out += [replace(line, covered=line.decision in have or not line.left_pence) for line in of_fund]
    return sorted(out, key=lambda line: (line.year, line.cluster, line.fund, line.decision, line.request, line.urn))


def _needs(ask: Ask, key: FundKey, of_fund: Sequence[CommitmentLine]) -> dict[int, int]:
    """Give what each decision needs of the room that all share: what is left to pay beyond its own override."""
    allowed = questions.sanctions(ask, _account(key))
    by_decision = {line.decision: line.request for line in of_fund if line.decision}
    return {
        decision: max(0, _left(of_fund, request) - allowed.get(request, 0)) for decision, request in by_decision.items()
    }


def _room(ask: Ask, key: FundKey, of_fund: Sequence[CommitmentLine]) -> int:
    """Give what a fund has for its awards: what it holds and may be overspent by, without what waits for one award."""
    allowed = questions.sanctions(ask, _account(key))
    waiting = sum(min(pence, _left(of_fund, request)) for request, pence in allowed.items() if request)
    return questions.holds(ask, _account(key)) + sanctioned_of(ask, key, of_fund) - waiting


def _left(lines: Sequence[CommitmentLine], request: str) -> int:
    return sum(line.left_pence for line in lines if line.request == request)


def _paid(lines: Sequence[CommitmentLine], request: str) -> int:
    return sum(line.paid_pence for line in lines if line.request == request)


def _of(key: FundKey, lines: Sequence[CommitmentLine]) -> list[CommitmentLine]:
    return [line for line in lines if _key(line) == key]


def _key(line: CommitmentLine) -> FundKey:
    return FundKey(line.cluster, line.fund, line.year)


def _account(key: FundKey) -> AccountName:
    return naming.of_cluster(key.cluster, Fund(key.fund), key.year)
