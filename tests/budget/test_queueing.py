"""Who is covered first: an award keeps its place when it is amended, and only what it grows by queues anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senco.budget import awards, cover, queueing
from senco.budget.queueing import requeued
from senco.budget.shapes import FundKey, Queued
from senco.store.doors import Store
from tests.budget.conftest import EVERLY, TODAY, YEAR
from tests.conftest import Ran

Senco = Callable[..., Ran]
Award = Callable[..., str]
ENVELOPE = FundKey("CP1", "exceptional", YEAR)
amounts = st.lists(st.integers(1, 10**6), min_size=1, max_size=8)


def covered(store: Store) -> dict[str, bool]:
    """Give the awards in the order in which the fund's money is theirs, and whether it covers them."""
    with store.reading() as ask:
        return {line.request: line.covered for line in awards.commitments(ask, TODAY, year=YEAR)}


@given(amounts)
def test_a_queue_sums_to_the_award_in_the_order_of_its_decisions(told: list[int]) -> None:
    queue: tuple[Queued, ...] = ()
    for decision, amount in enumerate(told, start=1):
        queue = requeued(queue, decision, amount)
        assert sum(each.pence for each in queue) == amount
        # What stands at the first place is what it never fell below: nobody is put before a promise that was kept.
        assert queue[0] == Queued(1, min(told[:decision]))
        assert [each.decision for each in queue] == sorted({each.decision for each in queue})


@given(amounts, st.integers(0, 10**7))
def test_what_is_paid_leaves_from_the_front(told: list[int], paid: int) -> None:
    queue = tuple(Queued(number, pence) for number, pence in enumerate(told, start=1))
    front, beyond = queueing.taken(queue, paid)
    rest = queueing.without_front(queue, paid)
    assert sum(each.pence for each in front) + beyond == paid
    assert sum(each.pence for each in (*front, *rest)) == sum(told)
    assert beyond == max(0, paid - sum(told))


def test_an_award_that_is_reduced_keeps_its_place(funded: Store, award: Award, senco: Senco) -> None:
    award("R-7KQ4", 100_000)
    senco("budget", "pay", "--due", "--yes")
    award("R-8KQ4", 900_000)
    award("R-9KQ4", 50_000)
    assert covered(funded) == {"R-7KQ4": True, "R-8KQ4": True, "R-9KQ4": False}
    award("R-7KQ4", 90_000)
    assert covered(funded) == {"R-7KQ4": True, "R-8KQ4": True, "R-9KQ4": False}
    award("R-7KQ4", 50_000)
    assert covered(funded) == {"R-7KQ4": True, "R-8KQ4": True, "R-9KQ4": True}


def test_by_the_newest_decision_alone_it_would_lose_its_place(
    funded: Store, award: Award, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: queued anew, the reduced award is the one that is not covered."""
    monkeypatch.setattr(queueing, "requeued", lambda _, decision, pence: (Queued(decision, pence),))
    award("R-7KQ4", 100_000)
    award("R-8KQ4", 900_000)
    award("R-9KQ4", 50_000)
    award("R-7KQ4", 90_000)
    assert covered(funded) == {"R-8KQ4": True, "R-9KQ4": True, "R-7KQ4": False}


def test_only_what_an_award_grows_by_queues_anew(funded: Store, award: Award) -> None:
    award("R-7KQ4", 300_000)
    award("R-8KQ4", 700_000)
    award("R-7KQ4", 360_000)
    with funded.reading() as ask:
        lines = {line.request: line for line in awards.commitments(ask, TODAY)}
        assert lines["R-7KQ4"].queued == (Queued(1, 300_000), Queued(3, 60_000))
        assert cover.missing_for(ask, "R-7KQ4", list(lines.values())) == {ENVELOPE: 60_000}
        assert cover.missing_for(ask, "R-8KQ4", list(lines.values())) == {}
    assert covered(funded) == {"R-7KQ4": False, "R-8KQ4": True}


def test_an_override_bears_what_came_last(funded: Store, award: Award, senco: Senco) -> None:
    award("R-7KQ4", 300_000)
    award("R-8KQ4", 700_000)
    award("R-7KQ4", 360_000)
    assert senco("budget", "override", "R-7KQ4", "--reason", "No other place").code == 0
    assert covered(funded) == {"R-7KQ4": True, "R-8KQ4": True}
    award("R-9KQ4", 10_000)
    assert covered(funded) == {"R-7KQ4": True, "R-8KQ4": True, "R-9KQ4": False}


def test_taken_back_and_decided_anew_it_keeps_its_place(funded: Store, award: Award) -> None:
    award("R-7KQ4", 100_000)
    award("R-8KQ4", 900_000)
    award("R-9KQ4", 50_000)
    award("R-7KQ4", None)
    award("R-7KQ4", 90_000)
    assert covered(funded) == {"R-7KQ4": True, "R-8KQ4": True, "R-9KQ4": False}


def test_an_award_decided_meanwhile_goes_before_it(funded: Store, award: Award) -> None:
    award("R-7KQ4", 100_000)
    award("R-7KQ4", None)
    award("R-6KQ4", 90_000, {"urn": EVERLY, "cluster_reference": "CP2"})  # of another cluster: it takes nobody's place
    award("R-8KQ4", 950_000)
    award("R-7KQ4", 90_000)
    assert covered(funded) == {"R-8KQ4": True, "R-7KQ4": False, "R-6KQ4": False}
    award("R-5KQ4", 20_000)
    award("R-5KQ4", None)
    award("R-6KQ4", 80_000)
    award("R-5KQ4", 20_000)
    with funded.reading() as ask:
        lines = {line.request: line for line in awards.commitments(ask, TODAY)}
    assert [each.decision for each in lines["R-5KQ4"].queued] == [6]
