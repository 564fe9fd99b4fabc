"""Awards as commitments: read from living decisions each time, by fund and year, held against what was paid."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date

import pytest

from senco.budget import awards, checks, cover, naming, questions
from senco.budget.kinds import Fund
from senco.budget.shapes import CommitmentLine, FundKey
from senco.errors import NotFound
from senco.store.doors import Store
from tests.budget.conftest import ABBEY, AVENUE, BARROW, DORCHESTER, EVERLY, FOXLEY, TODAY, YEAR
from tests.conftest import Ran

ENVELOPE = FundKey("CP1", "exceptional", YEAR)


def lines(store: Store, day: date = TODAY, **told: str) -> list[CommitmentLine]:
    with store.reading() as ask:
        return awards.commitments(ask, day, **told)


def test_an_award_is_the_living_decision_and_nothing_else(funded: Store, award: Callable[..., str]) -> None:
    award("R-7KQ4", 300_000)
    assert [(line.entitled_pence, line.due_pence, line.next_due) for line in lines(funded)] == [
        (300_000, 100_000, "2020-11-24")
    ]
    award("R-7KQ4", 600_000)
    (line,) = lines(funded)
    assert (line.entitled_pence, line.left_pence, line.covered) == (600_000, 600_000, True)
    award("R-7KQ4", None)
    assert lines(funded) == []


def test_a_raised_award_is_caught_up_and_the_queue_goes_by_decision(
    funded: Store, award: Callable[..., str], senco: Callable[..., Ran]
) -> None:
    award("R-7KQ4", 300_000)
    senco("budget", "pay", "--due", "--yes")
    award("R-8KQ4", 700_000)
    assert [line.covered for line in lines(funded)] == [True, True]
    award("R-7KQ4", 360_000)  # the newer decision bears what is too much
    assert {line.request: line.covered for line in lines(funded)} == {"R-7KQ4": False, "R-8KQ4": True}
    with funded.reading() as ask:
        assert cover.missing_for(ask, "R-7KQ4", awards.commitments(ask, TODAY)) == {ENVELOPE: 60_000}
        assert cover.promised(ENVELOPE, awards.commitments(ask, TODAY)) == 960_000
        held = {line.request: line.held for line in awards.payments(ask, TODAY)}
    assert held == {"R-7KQ4": "", "R-8KQ4": ""}  # what is due of both is within what was promised first


def test_a_grown_award_is_paid_up_to_what_is_covered(
    funded: Store, award: Callable[..., str], senco: Callable[..., Ran]
) -> None:
    """What was promised before the others stays promised: only what the award grew by waits."""
    award("R-7KQ4", 300_000)
    award("R-8KQ4", 700_000)
    award("R-7KQ4", 360_000)
    with funded.reading() as ask:
        plan = [(line.request, line.amount_pence, line.held) for line in awards.payments(ask, TODAY)]
    assert plan == [("R-7KQ4", 120_000, ""), ("R-8KQ4", 233_334, "")]
    senco("requests", "move", "R-7KQ4", "--to", "Avenue", "--from", "1/4/2021", "--because", "Moved house.")
    last = date(2021, 6, 1)
    with funded.reading() as ask:
        plan = [
            (line.urn, line.amount_pence, line.held) for line in awards.payments(ask, last) if "7KQ" in line.request
        ]
    assert sorted(plan) == [
        (ABBEY, 240_000, ""), (AVENUE, 60_000, ""), (AVENUE, 60_000, "the fund does not cover it"),
    ]  # fmt: skip
    assert [line.lacking_pence for line in lines(funded)] == [0, 60_000, 0]
    assert "but for £600.00" in senco("budget", "commitments").out
    with funded.reading() as ask:
        (told,) = [each.what for each in checks.findings(ask, TODAY) if each.check == "budget.overcommitted"]
    assert told == "CP1's exceptional fund of 2020/21 does not cover £600.00 of the £1,200.00 left to pay."
    done = senco("budget", "pay", "--due", "--yes", "--as-of", "2021-06-01")
    assert ("£10,000.00" in done.err, "Held: £600.00" in done.out) == (True, True)
    assert "nothing to pay" in senco("budget", "pay", "--due", "--yes", "--as-of", "2021-06-01").err
    assert [line.lacking_pence for line in lines(funded, last)] == [0, 60_000, 0]
    assert senco("budget", "override", "R-7KQ4", "--reason", "It is needed").code == 0
    assert "1 payment, £600.00" in senco("budget", "pay", "--due", "--yes", "--as-of", "2021-06-01").err


def test_an_award_over_two_years_falls_on_both_years_funds(funded: Store, award: Callable[..., str]) -> None:
    award("R-7KQ4", 600_000, awarded_from="2021-04-01", awarded_to="2021-12-31")
    assert {line.year: (line.entitled_pence, line.covered) for line in lines(funded)} == {
        "2020/21": (300_000, True),
        "2021/22": (300_000, False),  # that year's envelope has nothing yet
    }
    assert [line.year for line in lines(funded, year="2021/22")] == ["2021/22"]
    assert lines(funded, cluster="CP2") == []
    with funded.reading() as ask:
        assert [line.year for line in awards.commitments(ask, TODAY, urn=ABBEY)] == ["2020/21", "2021/22"]
        assert awards.commitments(ask, TODAY, urn=AVENUE) == []


def test_a_decision_without_dates_runs_from_its_day_to_the_years_end(funded: Store, award: Callable[..., str]) -> None:
    award("R-7KQ4", 300_000, awarded_from=None, awarded_to=None, made_at="2021-06-30T23:30:00+00:00")
    with funded.reading() as ask:
        found = awards.award(ask, "r-7kq4", TODAY).award
    assert (found.first, found.last) == (date(2021, 7, 1), date(2021, 8, 31))  # past midnight in London


def test_a_yearly_amount_is_paid_for_the_months_it_runs(
    funded: Store, award: Callable[..., str], senco: Callable[..., Ran]
) -> None:
    assert senco("settings", "set", "award.means", "year", "--from", "1/9/2020").code == 0
    assert senco("settings", "set", "payment.pattern", "monthly", "--from", "1/9/2020").code == 0
    award("R-7KQ4", 120_000, awarded_from="2020-11-01", awarded_to="2021-03-31")
    (line,) = lines(funded)
    assert (line.entitled_pence, line.due_pence, line.pattern) == (50_000, 10_000, "monthly")


def test_a_lump_sum_goes_to_the_host_school_and_waits_where_none_is_known(
    funded: Store, award: Callable[..., str], senco: Callable[..., Ran]
) -> None:
    award("R-7KQ4", 120_000)
    award("R-8KQ4", 120_000, {"urn": EVERLY, "cluster_reference": "CP2"})
    award("R-9KQ4", 120_000)
    for reference, more in (("R-7KQ4", ()), ("R-8KQ4", ()), ("R-9KQ4", ("--to", "Barrow"))):
        assert senco("budget", "schedule", reference, "--pattern", "lump-sum", *more).code == 0
    assert {line.request: line.urn for line in lines(funded) if not line.held} == {
        "R-7KQ4": DORCHESTER,
        "R-9KQ4": BARROW,
    }
    senco("budget", "allocate", "CP2:exceptional", "£5,000")
    told = senco("budget", "pay", "--due", "--yes").out
    assert "the host school is not known" in told
    with funded.reading() as ask:
        assert {key[0] for key in awards.paid_for_awards(ask)} == {"R-7KQ4", "R-9KQ4"}
        assert [line.state for line in awards.parts(ask, awards.award(ask, "R-8KQ4", TODAY), TODAY)] == ["held"]
        found = [(each.check, each.where) for each in checks.findings(ask, TODAY)]
    assert found == [("budget.no-host", "R-8KQ4")]
    senco("budget", "schedule", "R-8KQ4", "--pattern", "lump-sum", "--to", "Everly")
    assert senco("budget", "pay", "--due", "--yes").code == 0


def test_a_lump_sum_paid_is_not_got_back_when_the_host_is_no_longer_known(
    funded: Store, award: Callable[..., str], senco: Callable[..., Ran]
) -> None:
    award("R-7KQ4", 120_000)
    senco("budget", "schedule", "R-7KQ4", "--pattern", "lump-sum")
    senco("budget", "pay", "--due", "--yes")
    with closing(sqlite3.connect(funded.path)) as connection, connection:
        connection.execute("UPDATE appointment SET host_urn = NULL WHERE cluster_id = 1")
    with funded.reading() as ask:
        assert all(line.held for line in awards.payments(ask, TODAY))
        assert "budget.to-recover" not in {each.check for each in checks.findings(ask, TODAY)}


def test_another_fund_may_bear_an_award(funded: Store, award: Callable[..., str], senco: Callable[..., Ran]) -> None:
    award("R-7KQ4", 120_000)
    assert senco("budget", "pay", "--due", "--yes").code == 0
    assert senco("budget", "schedule", "R-7KQ4", "--fund", "contingency").code == 0
    senco("budget", "allocate", "CP1:transition", "£1,200")
    assert senco("budget", "pay", "--due", "--yes").code == 0
    with funded.reading() as ask:
        holding = {fund: questions.holds(ask, naming.of_cluster("CP1", fund, YEAR)) for fund in Fund}
    assert (holding[Fund.EXCEPTIONAL], holding[Fund.TRANSITION]) == (1_000_000, 80_000)


def test_parts_say_what_is_paid_due_later_and_stopped(
    funded: Store, award: Callable[..., str], senco: Callable[..., Ran]
) -> None:
    award("R-7KQ4", 300_000)
    senco("budget", "pay", "--due", "--yes")
    senco("budget", "schedule", "R-7KQ4", "--stop", "plan", "--on", "1/4/2021")
    with funded.reading() as ask:
        states = [line.state for line in awards.parts(ask, awards.award(ask, "R-7KQ4", TODAY), TODAY)]
        later = [line.state for line in awards.parts(ask, awards.award(ask, "R-7KQ4", TODAY), date(2021, 2, 1))]
    assert states == ["paid", "later", "stopped"]
    assert later == ["paid", "due", "stopped"]
    senco("budget", "schedule", "R-7KQ4", "--resume")
    with funded.reading() as ask:
        states = [line.state for line in awards.parts(ask, awards.award(ask, "R-7KQ4", TODAY), TODAY)]
    assert states == ["paid", "later", "later"]


def test_an_award_is_not_lost_by_withdrawing_its_request(funded: Store, award: Callable[..., str]) -> None:
    """What was decided is ended or taken back, each on record; the database refuses the way round it."""
    award("R-7KQ4", 300_000)
    with (
        closing(sqlite3.connect(funded.path)) as connection,
        connection,
        pytest.raises(sqlite3.IntegrityError, match="before it is decided"),
    ):
        connection.execute(
            "UPDATE request SET withdrawn_on = '2020-11-24', withdrawn_because = 'Moved away', version = 2"
        )
    assert len(lines(funded)) == 1


def test_envelopes_say_what_went_what_is_promised_and_what_is_free(
    funded: Store, award: Callable[..., str], senco: Callable[..., Ran]
) -> None:
    award("R-7KQ4", 300_000)
    award("R-8KQ4", 90_000, {"urn": FOXLEY, "cluster_reference": "CP2"})
    senco("budget", "pay", "--due", "--yes")
    senco("budget", "spend", "CP1:exceptional", "£50", "--for", "A chair")
    senco("budget", "schedule", "R-7KQ4", "--stop", "left", "--on", "1/11/2020")
    senco("budget", "pay", "--due", "--yes")
    with funded.reading() as ask:
        one, two = awards.envelopes(ask, TODAY, year=YEAR)
    assert (one.allocated_pence, one.spent_pence, one.committed_pence) == (1_000_000, 5_000, 0)
    assert one.paid_pence == 50_000  # two of the four months of the first part
    assert one.free_pence == 1_000_000 - 5_000 - 50_000
    assert (two.cluster, two.allocated_pence, two.committed_pence, two.free_pence) == ("CP2", 0, 90_000, -90_000)


def test_what_a_request_asks_for(funded: Store, award: Callable[..., str]) -> None:
    award("R-7KQ4", 300_000)
    with funded.reading() as ask:
        with pytest.raises(NotFound) as refused:
            awards.award(ask, "R-7KQ5", TODAY)
        assert (refused.value.reference, "R-7KQ4" in refused.value.hint) == ("award.unknown", True)
        with pytest.raises(NotFound) as refused:
            awards.award(ask, "nonsense", TODAY)
        assert "commitments" in refused.value.hint


def test_a_run_with_money_got_back_can_be_shown_again(
    funded: Store, award: Callable[..., str], senco: Callable[..., Ran]
) -> None:
    award("R-7KQ4", 300_000)
    senco("budget", "pay", "--due", "--yes")
    senco("requests", "move", "R-7KQ4", "--to", "Avenue", "--from", "1/11/2020", "--because", "Moved house.")
    senco("budget", "pay", "--due", "--yes")
    with funded.reading() as ask:
        found = awards.payments_of_run(ask, "PAY-2020-11-24-2")
    assert sorted((line.urn, line.amount_pence) for line in found) == [(ABBEY, -50_000), (AVENUE, 50_000)]
    assert {line.dfe_number for line in found} == {"3192001", "3192002"}
