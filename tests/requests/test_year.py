"""The invented year itself: the same from the same seed, and as real years are."""

from __future__ import annotations

from collections import Counter

from senco.privacy import why_not_upn
from tests.requests import year

SCHOOLS = tuple(year.School(100000 + place, f"School {place}", 4 if place % 4 else 11, 11 if place % 4 else 18)
                for place in range(55))  # fmt: skip


def test_it_is_the_same_from_the_same_seed_and_another_from_another() -> None:
    assert year.invent(SCHOOLS, count=40) == year.invent(SCHOOLS, count=40)
    assert year.invent(SCHOOLS, count=40) != year.invent(SCHOOLS, count=40, seed=1)


def test_it_is_as_real_years_are() -> None:
    found = year.invent(SCHOOLS)
    assert len(found) == 600
    upns = [child.upn for each in found for child in each.children]
    assert len(set(upns)) == len(upns)
    assert {why_not_upn(upn) for upn in upns} == {None}
    assert any(upn[-1].isalpha() for upn in upns)
    types = Counter(each.type for each in found)
    assert types["individual"] > 450
    assert set(types) == set(year.TYPES)
    assert {each.outcome for each in found} == set(year.OUTCOMES)
    assert 600_000 < sorted(each.cost_pence for each in found)[300] < 2_500_000
    assert {each.decided for each in found} >= {"agreed", "agreed-lower", "declined-with-support", "deferred"}
    for each in found:
        assert 0 <= each.asked_pence <= each.cost_pence
        assert each.submitted_on.weekday() < 5
        assert (each.decided_pence is None) == (not each.decided.startswith("agreed"))
