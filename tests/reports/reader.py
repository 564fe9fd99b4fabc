"""A reader of everything that was published in a year, with a linear programming library; it knows the keys alone.

Nothing of senco's suppression, attack or sums is used here: what adds up to what is read from the keys anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from scipy.linalg import null_space
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

TERMS = ("autumn", "spring", "summer")
Dimensions = dict[str, str]


def parse(key: str) -> tuple[str, Dimensions]:
    """Give a key's measure and its dimensions."""
    measure, *rest = key.split("|")
    return measure, dict(each.split("=", 1) for each in rest)


def same(measure: str, told: Dimensions) -> str:
    """Give the name by which a reader knows a count, whatever the order of its dimensions."""
    return "|".join([measure, *(f"{name}={told[name]}" for name in sorted(told))])


class Reader:
    """Every count is an unknown, or a number once it was shown; sums hold within a publication and over the terms."""

    def __init__(self, publications: Sequence[Mapping[str, int | None]]) -> None:
        """Read the publications."""
        self.shown: dict[str, int | None] = {}
        sums: set[tuple[str, tuple[str, ...]]] = set()
        for each in publications:
            for name, count in each.items():
                if count is not None or name not in self.shown:
                    assert self.shown.get(name) in {None, count}, name
                    self.shown[name] = count
            sums |= self._within(each)
        sums |= self._over_time()
        self.sums = sorted(sums)
        self.names = sorted({*self.shown, *(name for total, parts in sums for name in (total, *parts))})
        self.place = {name: number for number, name in enumerate(self.names)}

    @staticmethod
    def _within(publication: Mapping[str, int | None]) -> set[tuple[str, tuple[str, ...]]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name in publication:
            measure, told = parse(name)
            for dimension in told.keys() - {"term", "upto"}:
                wider = same(measure, {each: value for each, value in told.items() if each != dimension})
                if wider in publication:
                    found[wider, dimension].append(name)
        return {(total, tuple(sorted(parts))) for (total, _), parts in found.items()}

    def _over_time(self) -> set[tuple[str, tuple[str, ...]]]:
        found = set()
        for name in self.shown:
            measure, told = parse(name)
            if "upto" in told:
                rest = {each: value for each, value in told.items() if each != "upto"}
                terms = TERMS[: TERMS.index(told["upto"]) + 1]
                found.add((name, tuple(same(measure, {**rest, "term": term}) for term in terms)))
        return found

    def _equations(self) -> tuple[csr_array, np.ndarray, np.ndarray]:
        data, rows, columns = [], [], []
        for line, (total, parts) in enumerate(self.sums):
            for name, factor in ((total, 1.0), *((part, -1.0) for part in parts)):
                data.append(factor), rows.append(line), columns.append(self.place[name])
        least, most = np.zeros(len(self.names)), np.full(len(self.names), np.inf)
        for name, count in self.shown.items():
            least[self.place[name]] = 1 if count is None else count
            if count is not None:
                most[self.place[name]] = count
        return csr_array((data, (rows, columns)), shape=(len(self.sums), len(self.names))), least, most

    def recovered(self, names: Collection[str], below: int) -> set[str]:
        """Give those of these hidden counts that can be told to be small: no table agrees in which they are not."""
        matrix, least, most = self._equations()
        nought = np.zeros(matrix.shape[0])
        left, found = set(names), set()
        while left:
            name = min(left)
            assert self.shown[name] is None, name
            # It need only reach the threshold: it is held to no more, and the others may be what they like.
            ends = most.copy()
            ends[self.place[name]] = below
            cost = np.zeros(len(self.names))
            cost[self.place[name]] = -1
            done = milp(cost, constraints=LinearConstraint(matrix, nought, nought), integrality=np.ones_like(cost),
                        bounds=Bounds(least, ends))  # fmt: skip
            assert done.status == 0, done.message
            if round(done.x[self.place[name]]) < below:
                found.add(name)
            left = {each for each in left - {name} if round(done.x[self.place[each]]) < below}
        return found

    def amounts_told(self, names: Collection[str]) -> set[str]:
        """Give those of these hidden counts whose amounts follow from the amounts shown with the other counts."""
        matrix, _, _ = self._equations()
        free = [name for name in self.names if self.shown.get(name) is None]
        kernel = null_space(matrix.toarray()[:, [self.place[name] for name in free]], rcond=1e-9)
        return {name for name in names if np.abs(kernel[free.index(name)]).max(initial=0.0) < 1e-7}
