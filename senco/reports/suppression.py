"""Which counts of children are hidden: the small ones, and as many others as it takes for our own attack to fail.

A count from 1 to one less than the threshold is small; a nought is never hidden. The counts that an earlier publication
of the year hid stay hidden while nothing shows that they changed. Then each hidden count is attacked in turn; where one
gives, the proof of its bound names the shown counts that it rests on (without them the bound would not follow, hiding
any other would not help), and one of these is hidden: one hidden before, else the one that is narrowed most, so that
totals stay, else the smallest, else by its key. What held before holds still when more is hidden, so that one pass is
enough. At last what the shown counts tell anyhow is shown again. The same counts give the same choice.

**What cannot be helped.** When the proof rests on no count that is shown today, the earlier publications alone give the
count away, whatever is hidden now. Then counts are hidden until its lower bound rests on none of today's either: such a
count is known no more narrowly than it was before.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from senco.reports.attack import Attack, Puzzle, Reader, alone
from senco.reports.keys import depth
from senco.reports.simplex import ONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from senco.reports.kinds import Shown


def small(counts: Mapping[str, int], *, below: int) -> frozenset[str]:
    """Give the counts that are hidden for their own sake.

    >>> sorted(small({"a": 0, "b": 1, "c": 4, "d": 5}, below=5))
    ['b', 'c']
    """
    return frozenset(key for key, count in counts.items() if 0 < count < below)


def hidden(counts: Mapping[str, int], *, below: int, before: Sequence[Shown] = ()) -> frozenset[str]:
    """Give the keys of the counts to hide; ``before`` are the earlier publications of the year, the oldest first.

    Raises DoesNotAddUp when a count is not the sum of a family of counts given with it.

    >>> r = {"r": 30, "r|need=HI": 2, "r|need=VI": 7, "r|need=SLCN": 21}
    >>> sorted(hidden(r, below=5))
    ['r|need=HI', 'r|need=VI']
    """
    puzzle = Reader(counts, before).puzzle()
    for_its_own_sake = small(counts, below=below)
    hides = _room_in_each_sum(puzzle, counts, for_its_own_sake | puzzle.tied, below)
    attack = Attack(puzzle, hides, below=below)
    names = puzzle.names

    def preferred(number: int) -> tuple[int, int, str]:
        return _preferred(names[number], counts)

    for number in attack.protected:
        while not attack.holds(number):
            helping = attack.rests_on(number)
            if not helping:
                while found := attack.rests_on(number, lower=True):
                    attack.hide(min(found, key=preferred))
                break
            attack.hide(min(helping, key=preferred))
    hides = for_its_own_sake | frozenset(names[number] for number in puzzle.today if number not in attack.shown)
    return _needed(puzzle, hides, for_its_own_sake | puzzle.tied)


def _needed(puzzle: Puzzle, hides: frozenset[str], fixed: frozenset[str]) -> frozenset[str]:
    """Show again what a later choice made needless: a count that is the only hidden one of a sum is known anyway."""
    names = puzzle.names
    shown = {number for number in puzzle.today if names[number] not in hides}
    while True:
        free = [[number for number in each if number != ONE and number not in shown] for each in puzzle.equations]
        known = {each[0] for each in free if len(each) == 1}
        again = {number for number in known & puzzle.today if names[number] not in fixed}
        if not again:
            return hides
        shown |= again
        hides -= {names[number] for number in again}


def _preferred(key: str, counts: Mapping[str, int]) -> tuple[int, int, str]:
    """Say in which order counts are hidden: totals last, the smallest first."""
    return -depth(key), counts[key], key


def _room_in_each_sum(puzzle: Puzzle, counts: Mapping[str, int], hides: frozenset[str], below: int) -> frozenset[str]:
    """Hide until no sum by itself gives a count away, in each round those that help the most sums first."""
    names = puzzle.names
    shown = {number for number in puzzle.today if names[number] not in hides}
    while tight := alone(puzzle, shown, below=below):
        hits = Counter(number for helping in tight for number in helping)
        shown -= {
            min(helping, key=lambda each: (-depth(names[each]), -hits[each], counts[names[each]], names[each]))
            for helping in tight
        }
    return frozenset(names[number] for number in puzzle.today - shown)
