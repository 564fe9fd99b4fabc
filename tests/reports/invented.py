"""Invented tables of counts, made from single requests, and a reader of our own who attacks what is shown of them.

Nothing of senco's suppression or attack is used here: the equations come from the cells of the tables.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from scipy.linalg import null_space
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from senco.reports.kinds import key

TERMS = ("autumn", "spring", "summer")
YEAR = "2020/21"
Row = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Dimension:
    """One way to divide requests: a name and its values, or two levels of values, the finer within the coarser."""

    name: str
    values: tuple[str, ...]
    within: Mapping[str, str] | None = None
    coarser: str = ""

    def paths(self) -> list[list[Row]]:
        """Give, for each value, how it is written at each level, all requests first."""
        if self.within is None:
            return [[(), ((self.name, value),)] for value in self.values]
        return [
            [(), ((self.coarser, self.within[value]),), ((self.coarser, self.within[value]), (self.name, value))]
            for value in self.values
        ]


@dataclass(frozen=True)
class Design:
    """Tables that share their requests: each table is a choice of dimensions."""

    dimensions: tuple[Dimension, ...]
    tables: tuple[tuple[int, ...], ...]


def design(rng: random.Random) -> Design:
    """Invent a design: a 2-D table, a 3-D table, one with hierarchies, or several tables that share margins."""

    def plain(name: str, least: int = 2, most: int = 5) -> Dimension:
        return Dimension(name, tuple(f"{name}{each}" for each in range(rng.randint(least, most))))

    def stepped(name: str, coarser: str) -> Dimension:
        values = tuple(f"{name}{each}" for each in range(rng.randint(4, 5)))
        return Dimension(name, values, {value: f"{coarser}{rng.randint(0, 1)}" for value in values}, coarser)

    shape = rng.randrange(4)
    if shape == 0:
        return Design((plain("cluster", 3, 6), plain("outcome", 3, 6)), ((0, 1),))
    if shape == 1:
        return Design((plain("cluster", 2, 4), plain("stage", 2, 3), plain("kind", 2, 3)), ((0, 1, 2),))
    if shape == 2:
        return Design((plain("cluster", 3, 5), stepped("need", "area")), ((0, 1),))
    return Design((plain("cluster", 3, 4), stepped("need", "area"), plain("outcome", 3, 3)), ((0, 1), (0, 2), (1, 2)))


def requests(rng: random.Random, told: Design, mean: float) -> list[tuple[str, ...]]:
    """Invent requests: uneven, so that some cells are crowded and many are nearly empty."""
    weights = [[rng.expovariate(1) + 0.05 for _ in each.values] for each in told.dimensions]
    cells = 1
    for each in told.tables[0]:
        cells *= len(told.dimensions[each].values)
    return [
        tuple(rng.choices(each.values, weight)[0] for each, weight in zip(told.dimensions, weights, strict=True))
        for _ in range(int(cells * mean))
    ]


def margins(told: Design, table: Sequence[int]) -> dict[tuple[str, ...], list[str]]:
    """Give, for each finest cell of a table, the keys (without time) of every count that it is part of."""
    dimensions = [told.dimensions[each] for each in table]
    found = {}
    for chosen in itertools.product(*(list(zip(each.values, each.paths(), strict=True)) for each in dimensions)):
        levels = itertools.product(*(path for _, path in chosen))
        found[tuple(value for value, _ in chosen)] = [
            key("requests", year=YEAR, **dict(itertools.chain.from_iterable(each))) for each in levels
        ]
    return found


def counted(told: Design, made: Sequence[tuple[str, ...]], **time: str) -> dict[str, int]:
    """Count the requests into every table with all its sums."""
    counts: dict[str, int] = {}
    for table in told.tables:
        cells = margins(told, table)
        here: Counter[str] = Counter(dict.fromkeys(itertools.chain.from_iterable(cells.values()), 0))
        for request in made:
            here.update(cells[tuple(request[each] for each in table)])
        counts.update(here)
    return {key_in(each, **time): count for each, count in counts.items()}


def key_in(name: str, **time: str) -> str:
    """Narrow a key by time."""
    measure, *rest = name.split("|")
    return key(measure, **dict(each.split("=", 1) for each in rest), **time)


def masked(counts: Mapping[str, int], hidden: frozenset[str]) -> dict[str, int | None]:
    """Give what is shown."""
    return {each: None if each in hidden else count for each, count in counts.items()}


class Outsider:
    """A reader with a linear programming library: finest cells are the unknowns, every count is a sum of them."""

    def __init__(self) -> None:
        self.cells: dict[tuple[object, ...], int] = {}
        self.sums: dict[str, set[int]] = {}
        self.tables: dict[str, list[set[int]]] = {}
        self.shown: dict[str, int | None] = {}

    def learn(self, told: Design, terms: Sequence[str], *, so_far: Sequence[str] = ()) -> None:
        """Learn how the counts of these terms, and of the year so far, are made of the finest cells of each table."""
        for number, table in enumerate(told.tables):
            sums: dict[str, set[int]] = {}
            for cell, keys in margins(told, table).items():
                for term in terms:
                    place = self.cells.setdefault((number, cell, term), len(self.cells))
                    times = [{"term": term}, *({"upto": each} for each in so_far if term in until(each))]
                    for name in keys:
                        for time in times:
                            sums.setdefault(key_in(name, **time), set()).add(place)
            for name, places in sums.items():
                if places not in self.tables.setdefault(name, []):
                    self.tables[name].append(places)

    def see(self, shown: Mapping[str, int | None]) -> None:
        """See a publication."""
        for name, count in shown.items():
            if count is not None or name not in self.shown:
                self.shown[name] = count

    def equations(self) -> tuple[csr_array, np.ndarray, np.ndarray, dict[str, int]]:
        """Give what is known: the unknowns are the finest cells and, behind them, the hidden counts."""
        hidden = {name: len(self.cells) + at for at, name in enumerate(n for n, c in self.shown.items() if c is None)}
        data, rows, columns, low, high = [], [], [], [], []
        line = 0
        for name, count in self.shown.items():
            for places in self.tables[name]:
                for place in places:
                    data.append(1.0), rows.append(line), columns.append(place)
                if count is None:
                    data.append(-1.0), rows.append(line), columns.append(hidden[name])
                low.append(0.0 if count is None else float(count))
                high.append(low[-1])
                line += 1
        shape = (line, len(self.cells) + len(hidden))
        return csr_array((data, (rows, columns)), shape=shape), np.array(low), np.array(high), hidden

    def gives(self, names: Sequence[str], below: int) -> set[str]:
        """Give those of these hidden counts that cannot be ``below`` or more in any table of whole numbers.

        Each solution found is kept: it may show the same of other counts.
        """
        matrix, low, high, hidden = self.equations()
        least = np.concatenate([np.zeros(len(self.cells)), np.ones(len(hidden))])
        free = set(names)
        given = set()
        while free:
            name = min(free)
            cost = np.zeros(matrix.shape[1])
            cost[hidden[name]] = -1
            most = np.full(matrix.shape[1], np.inf)
            most[hidden[name]] = below
            done = milp(
                cost,
                constraints=LinearConstraint(matrix, low, high),
                integrality=np.ones_like(cost),
                bounds=Bounds(least, most),
            )
            assert done.status == 0, done.message
            free.discard(name)
            if round(done.x[hidden[name]]) < below:
                given.add(name)
            free = {each for each in free if round(done.x[hidden[each]]) < below}
        return given

    def bounds_of(self, name: str) -> tuple[float, float]:
        """Give the bounds of a hidden count over the real numbers, by linear programming."""
        matrix, low, _, hidden = self.equations()
        bounds = [(0, None)] * len(self.cells) + [(1, None)] * len(hidden)
        cost = np.zeros(matrix.shape[1])
        cost[hidden[name]] = 1
        least, most = (linprog(sign * cost, A_eq=matrix, b_eq=low, bounds=bounds, method="highs") for sign in (1, -1))
        assert least.status == 0, least.message
        assert most.status in {0, 3}, most.message
        return float(least.fun), -float(most.fun) if most.status == 0 else float("inf")

    def recovered(self, names: Sequence[str]) -> set[str]:
        """Give those of these hidden counts whose bounds leave one whole number."""
        return {name for name in names if self.is_recovered(name)}

    def is_recovered(self, name: str) -> bool:
        """Say whether the bounds of a hidden count leave one whole number."""
        slack = 1e-6
        least, most = self.bounds_of(name)
        return most + slack < ceil(least - slack) + 1

    def amounts_told(self, names: Sequence[str]) -> set[str]:
        """Give those of these hidden counts whose amounts, any real numbers above nought, the shown ones determine.

        The same cells are hidden; an amount is determined when no change of the hidden cells keeps all sums and moves
        it: when its column depends on no other column of the equations.
        """
        matrix, _, _, hidden = self.equations()
        dense = matrix.toarray()
        kernel = null_space(dense, rcond=1e-9)
        return {name for name in names if np.abs(kernel[hidden[name]]).max(initial=0.0) < 1e-7}


def until(term: str) -> tuple[str, ...]:
    """Give the terms of a year up to one."""
    return TERMS[: TERMS.index(term) + 1]
