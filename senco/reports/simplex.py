"""Linear equations over whole numbers with lower bounds, and how far one unknown of them can be driven.

A simplex method of our own, exact (whole numbers, fractions where a division leaves one), that starts from any point
that satisfies the equations and needs no second set of unknowns: unknowns outside the basis need not stand at a bound.
Bland's rule, the lowest number first, keeps it from going round in circles.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Number = int | Fraction
ONE: Final = 0
_PATIENCE: Final = 200
"""The unknown that is always 1: what stands with it in an equation is the constant."""


class Contradiction(Exception):
    """No numbers satisfy the equations; ``unknown`` stands in one of those that cannot be satisfied."""

    def __init__(self, unknown: int) -> None:
        super().__init__(unknown)
        self.unknown = unknown


class Tableau:
    """The equations solved for some of their unknowns (the basis), the others being free to move or fixed.

    Invariant: an unknown of the basis that is fixed depends on fixed unknowns alone, so that it stays where it is.
    """

    def __init__(
        self,
        equations: Iterable[Mapping[int, int]],
        *,
        lower: Sequence[int],
        values: Sequence[Number | None],
        free: Iterable[int],
    ) -> None:
        """Solve equations, each a sum that is nought.

        ``values`` holds a solution as far as it is known; where it is None anywhere, one is looked for. Raises
        Contradiction.
        """
        self.lower = lower
        self.free = set(free)
        self.rows: dict[int, dict[int, Number]] = {}
        self.columns: dict[int, set[int]] = defaultdict(set)
        self._log: list[tuple[int, dict[int, Number] | None]] = []
        for equation in equations:
            self._solve_for_one(equation)
        self.point: list[Number] = [low if value is None else value for value, low in zip(values, lower, strict=True)]
        if None in values:
            self._find_point()
        self.start = list(self.point)
        self.moved: set[int] = set()
        self._log.clear()
        self._broken_at_start = frozenset(at for at, value in enumerate(self.point) if type(value) is Fraction)
        self._broken: set[int] = set(self._broken_at_start)

    @property
    def whole(self) -> bool:
        """Say whether the point reached is of whole numbers."""
        return not self._broken

    def _solve_for_one(self, equation: Mapping[int, int]) -> None:
        row = self._in_terms_of_the_others(equation)
        left = [unknown for unknown in row if unknown != ONE]
        if not left:
            if row:
                raise Contradiction(max(equation))
            return
        chosen = min(left, key=lambda each: (each not in self.free, abs(row[each]) != 1, len(self.columns[each]), each))
        factor = row.pop(chosen)
        self._substitute(chosen, {other: _over(-times, factor) for other, times in row.items()})

    def _in_terms_of_the_others(self, parts: Mapping[int, int]) -> dict[int, Number]:
        """Put its row in the place of each unknown of the basis."""
        row: dict[int, Number] = defaultdict(int)
        for unknown, factor in parts.items():
            for other, times in self.rows.get(unknown, {unknown: 1}).items():
                row[other] += factor * times
        return {unknown: _whole(factor) for unknown, factor in row.items() if factor}

    def _substitute(self, entering: int, row: dict[int, Number]) -> None:
        """Take ``entering`` into the basis with its row, and out of every other row; rows are replaced, not changed."""
        columns, rows, log = self.columns, self.rows, self._log
        for basic in columns.pop(entering, ()):
            old = rows[basic]
            log.append((basic, old))
            other = rows[basic] = dict(old)
            times = other.pop(entering)
            for unknown, factor in row.items():
                before = other.get(unknown)
                if before is None:
                    other[unknown] = _whole(times * factor)
                    columns[unknown].add(basic)
                    continue
                after = _whole(before + times * factor)
                if after:
                    other[unknown] = after
                else:
                    del other[unknown]
                    columns[unknown].discard(basic)
        log.append((entering, None))
        rows[entering] = row
        for unknown in row:
            columns[unknown].add(entering)

    def _pivot(self, leaving: int, entering: int) -> None:
        old = self.rows.pop(leaving)
        self._log.append((leaving, old))
        for unknown in old:
            self.columns[unknown].discard(leaving)
        factor = old[entering]
        swapped = {unknown: _over(-times, factor) for unknown, times in old.items() if unknown != entering}
        swapped[leaving] = _over(1, factor)
        self._substitute(entering, swapped)

    def _undo(self) -> None:
        """Bring back the basis as it was laid down last: pivoting fills the rows up."""
        rows, columns = self.rows, self.columns
        first: dict[int, dict[int, Number] | None] = {}
        for basic, old in self._log:
            first.setdefault(basic, old)
        for basic, old in first.items():
            now, then = rows.pop(basic, {}), old or {}
            if old is not None:
                rows[basic] = old
            for unknown in then.keys() - now.keys():
                columns[unknown].add(basic)
            for unknown in now.keys() - then.keys():
                columns[unknown].discard(basic)
        self._log.clear()

    def _find_point(self) -> None:
        """Compute the basis from the unknowns outside it, then drive up, one by one, what lies below its bound."""
        self.start, self.moved, self._broken = self.point, set(), set()
        for basic, row in self.rows.items():
            told = self.point[basic]
            self.point[basic] = _whole(sum((times * self.point[other] for other, times in row.items()), start=0))
            if basic not in self.free and told != self.point[basic]:
                raise Contradiction(basic)
        short = [basic for basic in self.rows if self.point[basic] < self.lower[basic]]
        bounds = list(self.lower)
        for basic in short:
            bounds[basic] = -(10**12)  # it may stay below its bound until its turn comes
        wanted, self.lower = self.lower, bounds
        for basic in short:
            if basic not in self.free or not self.drive(basic, wanted[basic]):
                raise Contradiction(basic)
            bounds[basic] = wanted[basic]
        self.lower = wanted

    def define(self, unknown: int, parts: Mapping[int, int]) -> None:
        """Take in an unknown that is the sum of others; back at the start."""
        self.back()
        self.rows[unknown] = self._in_terms_of_the_others(parts)
        for other in self.rows[unknown]:
            self.columns[other].add(unknown)
        self.free.add(unknown)
        value = sum((factor * self.point[part] for part, factor in parts.items()), start=0)
        self.point[unknown] = self.start[unknown] = value

    def release(self, fixed: int) -> None:
        """Free an unknown that was fixed; back at the start."""
        self.back()
        self.free.add(fixed)
        held = [basic for basic in self.columns.get(fixed, ()) if basic not in self.free]
        if fixed not in self.rows and held:
            self._pivot(min(held, key=lambda each: (len(self.rows[each]), each)), fixed)
            self._log.clear()

    def back(self) -> None:
        """Go back to the point and the basis it started from."""
        self._undo()
        for unknown in self.moved:
            self.point[unknown] = self.start[unknown]
        self.moved.clear()
        self._broken = set(self._broken_at_start)

    def fixed_behind(self, unknown: int) -> list[int]:
        """Give the fixed unknowns that the last drive of this unknown ended at: freeing any other would not help."""
        return [other for other in self.rows.get(unknown, ()) if other not in self.free and other != ONE]

    def drive(self, unknown: int, target: int, *, up: bool = True, backwards: bool = False) -> bool:
        """Move within the bounds until the unknown is at the target or past it; False when that cannot be.

        ``backwards`` tries the others in the opposite order, which ends at another point.
        """
        sign = 1 if up else -1
        tries = 0
        while sign * (target - self.point[unknown]) > 0:
            row = self.rows.get(unknown, {unknown: 1})
            ways = [
                (other, sign if rate > 0 else -sign)
                for other, rate in sorted(row.items(), reverse=backwards)
                if other in self.free and (rate * sign > 0 or self.point[other] > self.lower[other])
            ]
            if not ways:
                return False
            stops = []
            for other, way in ways:
                limit, stopped = self._room(other, way, self._needed(target - self.point[unknown], row[other]))
                steps = int(limit)
                if steps:
                    self._step(other, steps * way)
                    break
                stops.append((other, way, limit, stopped))
            else:
                tries += 1
                other, way, limit, stopped = stops[0] if tries > _PATIENCE else min(stops, key=self._fill)
                if limit:
                    self._step(other, limit * way)
                if stopped is not None:
                    self._pivot(stopped, other)
        return True

    def _fill(self, stop: tuple[int, int, Number, int | None]) -> tuple[bool, int, int]:
        """Say what a pivot would cost: fractions first, then how far it fills up the rows."""
        entering, _, _, leaving = stop
        if leaving is None:
            return False, 0, entering
        row = self.rows[leaving]
        return abs(row[entering]) != 1, len(row) * len(self.columns[entering]), entering

    @staticmethod
    def _needed(far: Number, rate: Number) -> int:
        """Give the least whole number of steps that cover a distance."""
        if isinstance(far, int) and isinstance(rate, int):
            return -(-abs(far) // abs(rate))
        exact = abs(Fraction(far) / Fraction(rate))
        return -(-exact.numerator // exact.denominator)

    def _room(self, unknown: int, way: int, most: int) -> tuple[Number, int | None]:
        """Say how far an unknown outside the basis can move, at most so far, and which of the basis stops it short."""
        limit: Number = most
        stopped: int | None = None
        if way < 0 and (room := self.point[unknown] - self.lower[unknown]) < limit:
            limit = room
        for basic in sorted(self.columns.get(unknown, ())):
            rate = self.rows[basic][unknown] * way
            if rate < 0 and basic in self.free:
                room = _over(self.point[basic] - self.lower[basic], -rate)
                if room < limit:
                    limit, stopped = room, basic
                    if not limit:
                        break
        return limit, stopped

    def _step(self, unknown: int, length: Number) -> None:
        for each, rate in [(unknown, 1), *((basic, self.rows[basic][unknown]) for basic in self.columns[unknown])]:
            value = self.point[each] = _whole(self.point[each] + rate * length)
            self.moved.add(each)
            if type(value) is Fraction:
                self._broken.add(each)
            else:
                self._broken.discard(each)


def _whole(number: Number) -> Number:
    return number.numerator if type(number) is Fraction and number.denominator == 1 else number


def _over(number: Number, divisor: Number) -> Number:
    if divisor in {1, -1}:
        return number * divisor
    return _whole(Fraction(number) / divisor)
