"""Our own attack: what a reader can work out from every figure shown, now and before.

The reader knows every shown count of this publication and of the earlier ones of the year, every sum between counts
(`keys`), that counts are whole numbers, and that a hidden one is at least 1, since noughts are shown. Nothing else:
what a reader knows from life, such as the requests of the own school, comes on top of it.

**The standard.** A hidden count *holds* when there is a table of whole numbers that agrees with all of this and in
which the count is ``below`` or more. A reader then cannot even tell that the count is small, let alone which it is; it
also follows that no group of hidden counts is known to be small in sum. (That more than one number is left to choose
from would be less: with two, a guess is right half of the time, and with 1 to 3 it is known that it is small.) A table
that shows it is constructed for each count; when none is found, the count counts as given away.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from senco.reports.keys import Sum, families, times
from senco.reports.simplex import ONE, Contradiction, Number, Tableau

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from senco.reports.kinds import Shown


Equation = dict[int, int]
"""A sum that is nought: the factor of each unknown, by its number."""


class DoesNotAddUp(ValueError):
    """Counts of one publication differ from their sum; it holds the key of the total."""


@dataclass(slots=True)
class Puzzle:
    """What a reader has before them: unknowns, their equations, and what has been known since earlier publications.

    Unknown 0 is always 1. ``names`` gives a count's key, with ``@n`` where it is that of earlier publication n and
    differs from today's; a rest that is published nowhere has no name. ``today`` are the unknowns that are today's
    counts. ``known`` are the keys of today's that were shown before, ``tied`` of those that were hidden before and, as
    far as anybody can tell, are the same today.
    """

    names: list[str] = field(default_factory=lambda: [""])
    values: list[Number | None] = field(default_factory=lambda: [1])
    lower: list[int] = field(default_factory=lambda: [1])
    numbers: dict[str, int] = field(default_factory=dict)
    equations: list[Equation] = field(default_factory=list)
    today: set[int] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    tied: set[str] = field(default_factory=set)

    def unknown(self, name: str, value: int | None, lower: int = 1) -> int:
        """Give the number of an unknown, a new one if need be; one without a name is always new."""
        found = self.numbers.get(name)
        if found is None:
            found = len(self.names)
            self.names.append(name)
            self.values.append(value)
            self.lower.append(lower)
            if name:
                self.numbers[name] = found
        return found


class Reader:
    """A reader of today's counts (hidden ones may be None) and of the earlier publications, the oldest first."""

    def __init__(self, counts: Shown, before: Sequence[Shown]) -> None:
        """Derive what the reader knows; raises DoesNotAddUp when today's counts do not."""
        self.counts = counts
        self.before = before
        self.told = {key: value for key, value in counts.items() if value is not None}
        self.sums = families(counts)
        for each in self.sums:
            if self._holds(each, counts) is False:
                raise DoesNotAddUp(each.total)
        self.over_time = [each for each in times(counts) if self._holds(each, counts) is not False]
        self.earlier_sums = [[*families(shown), *times(shown)] for shown in before]
        self.apart: set[tuple[int, str]] = set()
        for shown in reversed(before):
            for key, value in shown.items():
                if value is not None:
                    self.told.setdefault(key, value)
        self.all_keys = {*counts, *(key for shown in before for key in shown)}
        self.shown_before = {key for shown in before for key, value in shown.items() if value is not None}
        within = set(self.over_time)
        self.across = [each for each in times(self.all_keys) if each not in within] if before else []
        self._infer()
        self._tell_apart()

    @staticmethod
    def _holds(each: Sum, told: Shown) -> bool | None:
        """Say whether a sum holds, or None when a hidden count leaves it open."""
        total, parts = told.get(each.total), [told.get(part) for part in each.parts]
        if total is None or None in parts:
            return None
        rest = total - sum(part for part in parts if part is not None)
        return rest >= 0 if each.open else rest == 0

    def _infer(self) -> None:
        """Work out counts that stood hidden in an earlier publication and that today's true counts give."""
        waiting = [each for each in self.across if not each.open]
        while found := [each for each in waiting if len(self._lacking(each)) == 1]:
            for each in found:
                self._infer_one(each)
            waiting = [each for each in waiting if each not in found]

    def _lacking(self, each: Sum) -> list[str]:
        return [key for key in (each.total, *each.parts) if key not in self.told]

    def _infer_one(self, each: Sum) -> None:
        lacking = self._lacking(each)
        parts = sum(self.told.get(part, 0) for part in each.parts)
        value = parts if lacking == [each.total] else self.told.get(each.total, 0) - parts
        if lacking and value >= 0:
            self.told[lacking[0]] = value

    def _tell_apart(self) -> None:
        """Find the counts hidden before whose publication does not agree with today's: they were others then."""
        for number, (shown, sums) in enumerate(zip(self.before, self.earlier_sums, strict=True)):
            then = {key: self.told.get(key) if value is None else value for key, value in shown.items()}
            for key, value in shown.items():
                if value is None and self.told.get(key) == 0:
                    self.apart.add((number, key))
            for each in sums:
                if self._holds(each, then) is False:
                    hidden = (key for key in (each.total, *each.parts) if shown[key] is None)
                    self.apart.update((number, key) for key in hidden)

    def puzzle(self) -> Puzzle:
        """Give all that bears on today's counts: the unknowns with numbers that agree, and the equations.

        What hangs together with today's counts but contradicts them was another count then.
        """
        while True:
            puzzle = self._laid_out()
            reached = _reached(puzzle.equations, puzzle.today)
            puzzle.equations = [each for each in puzzle.equations if reached.intersection(each)]
            try:
                _complete(puzzle, reached)
            except Contradiction as found:
                self._untie(puzzle, found.unknown)
            else:
                return puzzle

    def _laid_out(self) -> Puzzle:
        puzzle = Puzzle()
        for number, shown in enumerate(self.before):
            for key, value in shown.items():
                if value is None and (number, key) not in self.apart:
                    puzzle.tied.add(key)
                elif value is not None and self.counts.get(key) == value:
                    puzzle.known.add(key)
        for key in sorted(self.counts):
            if self.counts[key] != 0 and key not in puzzle.known:
                puzzle.today.add(puzzle.unknown(key, self.counts[key]))
        self._add(puzzle, [*self.sums, *self.over_time], self.counts, None)
        for number in reversed(range(len(self.before))):
            self._add(puzzle, self.earlier_sums[number], self.before[number], number)
        present = {key: self.counts[key] if key in self.counts else self._last(key) for key in self.all_keys}
        across = [each for each in self.across if not self._differs(each)]
        self._add(puzzle, across, present, None)
        puzzle.equations = _each_once(puzzle.equations)
        return puzzle

    def _last(self, key: str) -> int | None:
        """Give what the newest publication that has this count shows of it."""
        return next(shown[key] for shown in reversed(self.before) if key in shown)

    def _differs(self, each: Sum) -> bool:
        keys = (each.total, *each.parts)
        past = [key for key in keys if key not in self.counts]
        apart = any((number, key) in self.apart for key in past for number in range(len(self.before)))
        return apart or self._holds(each, {key: self.told.get(key) for key in keys}) is False

    def _add(self, puzzle: Puzzle, sums: Iterable[Sum], shown: Shown, number: int | None) -> None:
        """Add the equations of today's counts, or of those of an earlier publication."""
        then = {key: self.told.get(key) if value is None else value for key, value in shown.items()}
        for each in sums:
            equation: Equation = defaultdict(int)
            for key, factor in ((each.total, 1), *((part, -1) for part in each.parts)):
                value = shown[key]
                if number is None and key in puzzle.numbers:
                    equation[puzzle.numbers[key]] += factor
                elif value is None:
                    self._add_hidden(puzzle, equation, key, number, factor)
                else:
                    equation[ONE] += factor * value
            if each.open:
                equation[puzzle.unknown("", _rest(each, then), lower=0)] = -1
            puzzle.equations.append(dict(equation))

    def _add_hidden(self, puzzle: Puzzle, equation: Equation, key: str, number: int | None, factor: int) -> None:
        """Add a count that an earlier publication hid: the same unknown as today's, a known number, or its own."""
        if number is not None and (number, key) in self.apart:
            equation[puzzle.unknown(f"{key}@{number}", None)] += factor
        elif key in puzzle.known or (key not in self.counts and key in self.shown_before):
            equation[ONE] += factor * self.told[key]
        else:
            equation[puzzle.unknown(key, self.told.get(key))] += factor

    def _untie(self, puzzle: Puzzle, unknown: int) -> None:
        """Take all that hangs together with an unknown for other counts than today's: the figures contradict them."""
        reached = {puzzle.names[each].partition("@")[0] for each in _reached(puzzle.equations, {unknown})}
        for number, shown in enumerate(self.before):
            self.apart.update((number, key) for key, value in shown.items() if value is None and key in reached)


def given_away(
    counts: Shown, hidden: Collection[str] = (), *, below: int, before: Sequence[Shown] = ()
) -> frozenset[str]:
    """Give the hidden counts of a publication, and of the earlier ones, that do not hold.

    Hidden are those named and those that are None. Given the counts themselves the attack starts from them, as the
    house can; a reader, who has None, finds no more than that. A count of an earlier publication that differs from
    today's is named with ``@`` and that publication's number from 0. Raises DoesNotAddUp.

    >>> sorted(given_away({"r": 9, "r|need=HI": None, "r|need=VI": 7}, below=5))
    ['r|need=HI']
    """
    hides = {*hidden, *(key for key, count in counts.items() if count is None)}
    attack = Attack(Reader(counts, before).puzzle(), hides, below=below)
    return attack.given_away()


def alone(puzzle: Puzzle, shown: Collection[int], *, below: int) -> list[list[int]]:
    """Give, for each equation that gives a hidden count away by itself, the shown counts that stand in it."""
    found = []
    for equation in puzzle.equations:
        free = [number for number in equation if number != ONE and number not in shown]
        if len({equation[number] > 0 for number in free}) == 1 and _too_tight(puzzle, free, below):
            found.append([number for number in equation if number in shown])
    return [each for each in found if each]


def _too_tight(puzzle: Puzzle, free: Sequence[int], below: int) -> bool:
    """Say whether counts whose sum is known leave a small one of them no room to be another."""
    values = puzzle.values
    if not any(puzzle.names[number] and _at(values, number) < below for number in free):
        return False
    return sum(_at(values, number) - puzzle.lower[number] for number in free) + 1 < below


def _at(values: Sequence[Number | None], number: int) -> Number:
    """Give the number that a laid-out puzzle has found for every unknown that bears on today's counts."""
    value = values[number]
    return 0 if value is None else value


class Attack:
    """The attack on one choice of hidden counts; more may be hidden while it goes on, and what held holds still."""

    def __init__(self, puzzle: Puzzle, hidden: Collection[str], *, below: int) -> None:
        """Lay out the tables, in which the counts named are hidden; those hidden before need no naming."""
        self.below = below
        self.puzzle = puzzle
        reached = _reached(puzzle.equations, puzzle.today)
        hides = puzzle.tied.union(hidden)
        self.shown = {number for number in puzzle.today if puzzle.names[number] not in hides}
        free = reached - self.shown
        equations, self.totals = _without_totals(puzzle.equations, free, puzzle.lower)
        self.tableau = Tableau(equations, lower=puzzle.lower, values=puzzle.values, free=free)
        named = {number for number in free if puzzle.names[number]}
        self.protected = sorted(named, key=lambda each: (each in self.totals, puzzle.names[each]))
        self._held = {number for number in reached if self.tableau.start[number] >= below}

    def holds(self, number: int) -> bool:
        """Construct a table of whole numbers that agrees with all that is known and in which the count is not small."""
        if number in self._held:
            return True
        tableau = self.tableau
        if number in self.totals and number not in tableau.rows:
            if any(self.holds(part) for part in self.totals[number] if part != ONE and part not in self.shown):
                self._held.add(number)
                return True
            tableau.define(number, self.totals[number])
        for backwards in (False, True):
            tableau.back()
            if not tableau.drive(number, self.below, backwards=backwards):
                return False
            if tableau.whole:
                break
        else:
            return False
        self._held.update(each for each in tableau.moved if tableau.point[each] >= self.below)
        return True

    def given_away(self) -> frozenset[str]:
        """Give the hidden counts that do not hold."""
        return frozenset(self.puzzle.names[number] for number in self.protected if not self.holds(number))

    def rests_on(self, number: int, *, lower: bool = False) -> list[int]:
        """Give today's shown counts that the bound of a count that does not hold rests on; or its lower bound."""
        if lower:
            self.tableau.back()
            if self.tableau.drive(number, self.tableau.lower[number], up=False):
                return []
        return self.tableau.fixed_behind(number)

    def hide(self, number: int) -> None:
        """Hide one more of today's counts."""
        self.shown.remove(number)
        self.tableau.release(number)


def _complete(puzzle: Puzzle, reached: set[int]) -> None:
    """Find numbers for the counts that nobody here knows, such that everything adds up with those that are known.

    Raises Contradiction.
    """
    unknown = {number for number in reached if puzzle.values[number] is None}
    if unknown:
        solved = Tableau(puzzle.equations, lower=puzzle.lower, values=puzzle.values, free=unknown)
        for number in unknown:
            puzzle.values[number] = solved.point[number]


def _rest(each: Sum, told: Shown) -> int | None:
    parts = [told[part] for part in each.parts]
    total = told[each.total]
    if total is None or None in parts:
        return None
    return total - sum(part for part in parts if part is not None)


def _each_once(equations: Iterable[Equation]) -> list[Equation]:
    """Leave out empty equations, and those that stand there already."""
    found: dict[frozenset[tuple[int, int]], Equation] = {}
    for equation in equations:
        left = {unknown: factor for unknown, factor in equation.items() if factor}
        if left:
            found.setdefault(frozenset(left.items()), left)
    return sorted(found.values(), key=lambda each: (len(each), sorted(each.items())))


def _without_totals(
    equations: Iterable[Equation], free: set[int], lower: Sequence[int]
) -> tuple[list[Equation], dict[int, Equation]]:
    """Put its parts in the place of each hidden total, which makes the equations far fewer; give the totals' sums.

    The total needs no bound of its own, being at least 1 when its parts are; and it is not small in a table in which
    one of its parts is not.
    """
    left = {place: dict(equation) for place, equation in enumerate(equations)}
    of: dict[int, set[int]] = defaultdict(set)
    for place, equation in left.items():
        for number in equation:
            of[number].add(place)
    totals: dict[int, Equation] = {}
    for place in list(left):
        equation = left[place]
        total = _total_of(equation, free, lower)
        if total is None:
            continue
        sign = -equation.pop(total)
        parts = totals[total] = {number: factor * sign for number, factor in equation.items()}
        del left[place]
        for number in (*equation, total):
            of[number].discard(place)
        for other in of.pop(total):
            times = left[other].pop(total)
            for number, factor in parts.items():
                after = left[other].get(number, 0) + times * factor
                if after:
                    left[other][number] = after
                    of[number].add(other)
                else:
                    del left[other][number]
                    of[number].discard(other)
    return [equation for equation in left.values() if equation], totals


def _total_of(equation: Equation, free: set[int], lower: Sequence[int]) -> int | None:
    """Give the hidden total of an equation that only says that it is the sum of its parts.

    One of them is hidden, and is at least 1: the total then is so too.
    """
    for total, factor in equation.items():
        if total in free and abs(factor) == 1:
            others = [number for number in equation if number != total]
            if all(equation[number] * factor < 0 for number in others) and any(
                number in free and lower[number] for number in others
            ):
                return total
    return None


def _reached(equations: Iterable[Equation], unknowns: Collection[int]) -> set[int]:
    """Give every unknown that hangs together with these through equations."""
    of: dict[int, list[Equation]] = defaultdict(list)
    for equation in equations:
        for each in equation:
            of[each].append(equation)
    reached, waiting = set(unknowns), list(unknowns)
    while waiting:
        for equation in of.pop(waiting.pop(), ()):
            new = [each for each in equation if each != ONE and each not in reached]
            reached.update(new)
            waiting += new
    return reached
