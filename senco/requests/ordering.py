"""The order of an agenda: what is heard at all, and in which order, so that whoever must leave does so once.

Items for which the same people leave stand together; these groups are put side by side so that as few people as
possible go out twice. That is the problem of the consecutive ones: it cannot always be met, and then the fewest exits
that a short search finds are taken. The same items always give the same order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.requests.rules import agenda_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from senco.requests.kinds import AgendaItem

Out = frozenset[int]


def chosen(items: Iterable[AgendaItem], *, cap: int, urgent_places: int) -> tuple[list[AgendaItem], list[AgendaItem]]:
    """Give the items that a sitting hears and those beyond its cap.

    ``urgent_places`` of the cap are kept for urgent items; then come those carried over, then urgent ones, the oldest
    first.
    """
    waiting = sorted(
        items, key=lambda each: (not each.carried_over, not each.urgent, each.submitted_on, each.reference)
    )
    first = [each for each in waiting if each.urgent][: min(urgent_places, cap)]
    rest = [each for each in waiting if each not in first]
    taken = {each.reference for each in (*first, *rest[: cap - len(first)])}
    return (
        [each for each in waiting if each.reference in taken],
        [each for each in waiting if each.reference not in taken],
    )


def ordered(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Give items in the order of hearing.

    First what nobody leaves for and what has waited or is urgent; then the items that somebody leaves for, together;
    then the rest, cluster by cluster and school by school.
    """
    usual = sorted(items, key=agenda_order)
    groups: dict[Out, list[AgendaItem]] = {}
    for each in usual:
        groups.setdefault(frozenset(each.out), []).append(each)
    free = groups.pop(frozenset(), [])
    early = [each for each in free if each.carried_over or each.urgent]
    late = [each for each in free if not (each.carried_over or each.urgent)]
    chain = _chain(list(groups))
    if chain and _first_pressing(chain, groups) > _first_pressing(chain[::-1], groups):
        chain.reverse()
    return [*early, *(each for out in chain for each in groups[out]), *late]


def exits(items: Sequence[AgendaItem]) -> int:
    """Count how often somebody leaves the room when items are heard in this order."""
    return _exits([frozenset(each.out) for each in items])


def _exits(outs: Sequence[Out]) -> int:
    before: Out = frozenset()
    count = 0
    for out in outs:
        count += len(out - before)
        before = out
    return count


def _first_pressing(chain: Sequence[Out], groups: dict[Out, list[AgendaItem]]) -> int:
    """Give the place of the first group that holds a carried-over or urgent item."""
    pressing = [any(each.carried_over or each.urgent for each in groups[out]) for out in chain]
    return pressing.index(True) if True in pressing else len(chain)


def _chain(outs: list[Out]) -> list[Out]:
    """Put groups side by side: as near neighbours, or as they stand, whichever can be brought to fewer exits."""
    if not outs:
        return []
    left = sorted(outs, key=lambda out: (-len(out), sorted(out)))
    chain = [left.pop(0)]
    while left:
        nearest = min(left, key=lambda out: (-len(out & chain[-1]), len(out - chain[-1]), sorted(out)))
        left.remove(nearest)
        chain.append(nearest)
    # From the usual order on it only gets better, so that nobody leaves more often than in that.
    return min(_improved(chain), _improved(outs), key=_exits)


def _improved(chain: list[Out]) -> list[Out]:
    """Turn stretches round while that saves an exit."""
    best, improved = _exits(chain), True
    while improved:
        improved = False
        for first in range(len(chain) - 1):
            for last in range(first + 2, len(chain) + 1):
                turned = chain[:first] + chain[first:last][::-1] + chain[last:]
                if (found := _exits(turned)) < best:
                    chain, best, improved = turned, found, True
    return chain
