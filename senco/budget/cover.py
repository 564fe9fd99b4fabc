"""Which awards a fund covers, and what one lacks: an override for an award bears that award and no other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from senco.budget import naming, questions
from senco.budget.kinds import Fund
from senco.budget.queueing import taken, without_front
from senco.budget.rules import covered
from senco.budget.shapes import FundKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.budget.kinds import AccountName
    from senco.budget.shapes import CommitmentLine, Queued
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
    """Give what each fund lacks for an award itself; what those before it lack stays theirs."""
    short = {}
    for key in {_key(line): None for line in lines if line.request == reference}:
        of_fund = _of(key, lines)
        needs, room = _needs(ask, key, of_fund), _room(ask, key, of_fund)
        short[key] = sum(
            min(need.pence, max(0, sum(other.pence for other in needs if other.decision <= need.decision) - room))
            for need in _own(needs, reference, of_fund)
        )
    return {key: pence for key, pence in short.items() if pence}


def with_cover(ask: Ask, lines: Sequence[CommitmentLine]) -> list[CommitmentLine]:
    """Give the lines with what their fund does not cover of them, by year, cluster, fund and place in the queue.

    An award that grew is covered as far as its earlier places are: only what it grew by may wait.
    """
    out: list[CommitmentLine] = []
    for key in {_key(line): None for line in lines}:
        of_fund = _of(key, lines)
        needs = _needs(ask, key, of_fund)
        have = covered(_room(ask, key, of_fund), ((need.decision, need.pence) for need in needs))
        lacking = {
            line.request: sum(need.pence for need in _own(needs, line.request, of_fund) if need.decision not in have)
            for line in of_fund
        }
        # What is covered goes to a child's schools in the order of its parts, in which the lines of an award come.
        for line in reversed(of_fund):
            lacks = min(line.left_pence, lacking[line.request])
            lacking[line.request] -= lacks
            out.append(replace(line, covered=not lacks, lacking_pence=lacks))
    return sorted(out, key=_order)


def _order(line: CommitmentLine) -> tuple[str, str, str, int, str, str, int]:
    place = line.queued[0].decision if line.queued else line.decision
    return line.year, line.cluster, line.fund, place, line.request, line.next_due or "", line.urn


def _own(needs: Sequence[Queued], reference: str, of_fund: Sequence[CommitmentLine]) -> list[Queued]:
    own = {each.decision for line in of_fund if line.request == reference for each in line.queued}
    return [need for need in needs if need.decision in own]


def _needs(ask: Ask, key: FundKey, of_fund: Sequence[CommitmentLine]) -> list[Queued]:
    """Give what each place in the queue needs of the room that all share, in the order of the queue.

    What was paid was paid for the oldest promise first; an override bears the newest.
    """
    allowed = questions.sanctions(ask, _account(key))
    needs: list[Queued] = []
    for request, queue in {line.request: line.queued for line in of_fund}.items():
        left = _left(of_fund, request)
        waiting = without_front(queue, max(0, sum(each.pence for each in queue) - left))
        needs += taken(waiting, max(0, left - allowed.get(request, 0)))[0]
    return sorted(needs, key=lambda need: need.decision)


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
