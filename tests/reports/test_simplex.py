"""The equations under the attack: solved exactly, and never beyond a bound."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from senco.reports.attack import given_away
from senco.reports.simplex import Contradiction, Tableau


def test_equations_that_no_numbers_satisfy_are_told() -> None:
    with pytest.raises(Contradiction):
        Tableau([{1: 1, 0: -3}, {1: 1, 0: -4}], lower=[1, 1], values=[1, None], free=[1])
    # Two fixed numbers that an equation says are the same, while a third is looked for.
    with pytest.raises(Contradiction):
        Tableau([{1: 1, 2: -1}, {3: 1, 1: -1}], lower=[1] * 4, values=[1, 3, 4, None], free=[3])
    with pytest.raises(Contradiction):
        Tableau([{1: 1, 2: 1, 0: -1}], lower=[1] * 3, values=[1, None, None], free=[1, 2])


def test_a_point_between_whole_numbers_goes_back_to_a_bound_and_no_further() -> None:
    half = Fraction(3, 2)
    tableau = Tableau([{1: 1, 2: 1, 0: -3}], lower=[1, 1, 1], values=[1, half, half], free=[1, 2])
    assert not tableau.whole
    assert tableau.drive(1, 2)
    assert tableau.point == [1, 2, 1]
    assert tableau.whole
    tableau.back()
    assert not tableau.whole
    assert not tableau.drive(1, 3)


def test_a_table_that_is_not_of_whole_numbers_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {"r": 9, "r|need=HI": 2, "r|need=VI": 7}
    assert given_away(counts, {"r|need=HI", "r|need=VI"}, below=5) == frozenset()
    monkeypatch.setattr(Tableau, "whole", property(lambda _: False))
    assert given_away(counts, {"r|need=HI", "r|need=VI"}, below=5) == {"r|need=HI"}


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_ends_are_those_of_another_solver(data: st.DataObject) -> None:
    """Any equations that a point of whole numbers satisfies: driven up and down as far as a solver of SciPy's goes."""
    count = data.draw(st.integers(2, 7))
    point = [1, *(data.draw(st.lists(st.integers(1, 9), min_size=count, max_size=count)))]
    equations = []
    for _ in range(data.draw(st.integers(1, 4))):
        factors = data.draw(st.lists(st.integers(-2, 2), min_size=count, max_size=count))
        equation = {at: factor for at, factor in enumerate(factors, start=1) if factor}
        if equation:
            equations.append({**equation, 0: -sum(factor * point[at] for at, factor in equation.items())})
    free = range(1, count + 1)
    fixed = data.draw(st.sets(st.sampled_from(free), max_size=1))
    lower = [1] * (count + 1)
    tableau = Tableau(equations, lower=lower, values=point, free=set(free) - fixed)
    for released in fixed:
        tableau.release(released)
    matrix = np.array([[each.get(at, 0) for at in range(count + 1)] for each in equations]).reshape(-1, count + 1)
    bounds = [(1, 1), *[(1, None)] * count]
    for at in free:
        for up in (True, False):
            cost = np.zeros(count + 1)
            cost[at] = -1 if up else 1
            told = linprog(cost, A_eq=matrix, b_eq=np.zeros(len(matrix)), bounds=bounds)
            tableau.back()
            reached = tableau.drive(at, 50 if up else 1, up=up)
            assert all(sum(factor * tableau.point[each] for each, factor in one.items()) == 0 for one in equations)
            assert min(tableau.point) >= 1
            if told.status == 0 and (-told.fun < 50 if up else told.fun > 1 + 1e-9):
                assert not reached
                assert float(tableau.point[at]) == pytest.approx(abs(told.fun))
            else:
                assert reached
