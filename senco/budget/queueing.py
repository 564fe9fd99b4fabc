"""Which place an award has among those that wait for a fund's money: pure, over the decisions one after the other.

An award keeps the place of its first decision: what it is reduced by leaves from the back, and only what it grows by
queues anew. It gives its place up when it was taken back and another award of its cluster was decided meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.budget.shapes import Queued

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from senco.budget.shapes import Award, FundKey


def unbroken(decisions: Iterable[Award]) -> list[list[Award]]:
    """Give, of each request whose newest decision awards money, the decisions over which its award has stood.

    The decisions come in their order; one of nought pence awards nothing. The awards come in the order of the newest.
    """
    awarding: dict[str, list[Award]] = {}
    runs: dict[str, list[Award]] = {}
    down: dict[str, int] = {}  # requests without an award, and the decision since which they have none
    for each in decisions:
        if not each.amount_pence:
            down.setdefault(each.reference, each.decision)
            continue
        since = down.pop(each.reference, each.decision)
        others = awarding.setdefault(each.cluster, [])
        if any(other.decision > since and other.reference != each.reference for other in others):
            runs.pop(each.reference, None)
        runs.setdefault(each.reference, []).append(each)
        others.append(each)
    return sorted((run for reference, run in runs.items() if reference not in down), key=lambda run: run[-1].decision)


def queued(steps: Iterable[tuple[int, Mapping[FundKey, int]]]) -> dict[FundKey, tuple[Queued, ...]]:
    """Give how an award queues at each fund after its decisions, each with what it then came to in pence by fund."""
    queues: dict[FundKey, tuple[Queued, ...]] = {}
    for decision, sums in steps:
        for key in {**queues, **sums}:
            queues[key] = requeued(queues.get(key, ()), decision, sums.get(key, 0))
    return queues


def requeued(queue: Sequence[Queued], decision: int, pence: int) -> tuple[Queued, ...]:
    """Give how an award queues after a decision by which it comes to so many pence.

    >>> first = requeued((), 1, 300)
    >>> requeued(first, 5, 360)
    (Queued(decision=1, pence=300), Queued(decision=5, pence=60))
    >>> requeued(requeued(first, 5, 100), 7, 300)
    (Queued(decision=1, pence=100), Queued(decision=7, pence=200))
    """
    kept, rest = taken(queue, pence)
    return (*kept, Queued(decision, rest)) if rest else tuple(kept)


def taken(queue: Iterable[Queued], pence: int) -> tuple[list[Queued], int]:
    """Give the front of a queue up to so many pence, and how many of them it does not hold.

    >>> taken([Queued(1, 300), Queued(5, 60)], 320)
    ([Queued(decision=1, pence=300), Queued(decision=5, pence=20)], 0)
    """
    front = []
    for each in queue:
        part = min(each.pence, pence)
        if part:
            front.append(Queued(each.decision, part))
        pence -= part
    return front, pence


def without_front(queue: Iterable[Queued], pence: int) -> list[Queued]:
    """Give what is left of a queue when so many pence of its front are gone: paid, as the oldest promise first.

    >>> without_front([Queued(1, 300), Queued(5, 60)], 320)
    [Queued(decision=5, pence=40)]
    """
    left = []
    for each in queue:
        part = min(each.pence, pence)
        pence -= part
        if each.pence > part:
            left.append(Queued(each.decision, each.pence - part))
    return left
