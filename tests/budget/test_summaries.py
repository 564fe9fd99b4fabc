"""Pools, both years at once, the section 251 lines, time and forecasts, on a ledger made by the commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from senco.budget import pools, summaries
from senco.budget.kinds import Assumption
from senco.store.doors import Store
from tests.budget.conftest import ABBEY, AVENUE, DORCHESTER, EVERLY, TODAY, YEAR
from tests.conftest import Ran


@pytest.fixture
def did(funded: Store, senco: Callable[..., Ran]) -> Callable[..., str]:
    """Give a way to run a command of the budget that must be done."""

    def run(*words: str) -> str:
        ran = senco("budget", *words)
        assert ran.code == 0, ran.err
        return ran.out

    return run


def test_shares_of_a_pool_follow_what_was_paid_in(funded: Store, did: Callable[..., str]) -> None:
    did("pool", "CP1", "Abbey", "£200")
    did("pool", "CP1", "Avenue", "£100")
    did("pool", "CP1", "Dorchester", "£50")
    did("reverse", "E5", "--reason", "Wrong cluster")
    did("spend", "CP1:pool", "£99.99", "--for", "Books")
    did("spend", "CP1:pool", "£1", "--for", "Wrong")
    did("reverse", "E8", "--reason", "Wrong")
    did("transfer", "£10", "--from", "CP1:pool", "--credit", "Abbey")
    with funded.reading() as ask:
        shares, bought = pools.pool_of(ask, "CP1", YEAR)
        assert pools.pool_of(ask, "CP2", YEAR) == ([], [])
    assert [(line.urn, line.paid_in_pence) for line in shares] == [
        (ABBEY, 20_000), (AVENUE, 10_000), (DORCHESTER, 0),
    ]  # fmt: skip
    assert [line.share_bought_pence for line in shares] == [6_666, 3_333, 0]
    assert [line.paid_back_pence for line in shares] == [1_000, 0, 0]
    assert [line.share_left_pence for line in shares] == [12_334, 6_667, 0]
    assert [line.amount_pence for line in bought] == [9_999]
    assert "£66.66" in did("pool", "CP1", "Abbey")
    assert "Avenue" not in did("pool", "CP1", "Abbey")
    assert "Avenue" in did("pool", "CP1")


def test_an_academic_year_by_its_two_financial_years(
    funded: Store, did: Callable[..., str], award: Callable[..., str]
) -> None:
    award("R-7KQ4", 120_000)
    award("R-8KQ4", 60_000, {"cluster_reference": "CP2", "urn": EVERLY})
    did("schedule", "R-7KQ4", "--pattern", "5/12+7/12")
    did("pay", "--due", "--yes")
    did("allocate", "CP1:training", "£500")
    did("spend", "CP1:training", "£30", "--for", "A course", "--on", "5/5/2021")
    did("transfer", "£5", "--from", "CP1:training", "--to", "CP1:training@2021/22")
    did("spend", "CP1:training@2021/22", "£5", "--for", "Of the next year's money")
    with funded.reading() as ask:
        found = summaries.both_years(ask, TODAY, year=YEAR, cluster="CP1")
        everyone = summaries.both_years(ask, TODAY, year=YEAR)
    assert [(line.fund, line.financial_year, line.moved_pence, line.due_pence) for line in found] == [
        ("exceptional", "2020/21", 70_000, 0),
        ("exceptional", "2021/22", 0, 50_000),
        ("training", "2021/22", 3_000, 0),
    ]
    assert {line.cluster for line in everyone} == {"CP1", "CP2"}
    assert "2021/22" in did("years")


def test_the_lines_of_the_section_251_return_follow_fund_and_type_of_school(
    funded: Store, did: Callable[..., str], award: Callable[..., str]
) -> None:
    award("R-2KQ4", 30_000)
    award("R-3KQ4", 60_000, {"urn": AVENUE})
    award("R-4KQ4", 90_000, {"urn": AVENUE, "type": "project"})
    award("R-5KQ4", 90_000, {"urn": EVERLY, "type": "group", "cluster_reference": "CP2"})
    did("pay", "--due", "--yes")
    did("pool", "CP1", "Abbey", "£200")
    did("spend", "CP1:pool", "£20", "--for", "Books")
    for account in ("CP1:set-up", "CP1:lead", "CP1:therapies", "CP1:contingency"):
        did("allocate", account, "£500")
        did("spend", account, "£10", "--for", "Things", "--to", "host")
    did("spend", "CP1:therapies", "£5", "--for", "Wrong", "--on", "1/4/2021")
    did("reverse", "E16", "--reason", "Wrong", "--on", "1/4/2021")
    with funded.reading() as ask:
        found = summaries.s251(ask, "2020/21")
        assert summaries.s251(ask, "2021/22") == []
    assert [(line.line, line.school_type, line.amount_pence) for line in found] == [
        ("1.2.1", "Community school", 10_000),
        ("1.2.2", "Academy converter", 20_000),
        ("1.2.4", "Academy converter", 30_000),
        ("1.2.4", "Academy sponsor led", 1_000),
        ("1.2.5", "Academy sponsor led", 1_000),
        ("1.2.8", "Academy sponsor led", 1_000),
        ("1.2.13", "Academy sponsor led", 1_000),
    ]
    assert did("return") == did("return", "--financial-year", "2020/21")


def test_time_is_followed_from_allocation_to_the_next_year(funded: Store, did: Callable[..., str]) -> None:
    did("time", "allocate", "CP1", "ep", "40h")
    did("time", "book", "CP1", "ep", "6h", "--for", "Surgery")
    did("time", "use", "CP1", "ep", "7h30")
    did("time", "use", "CP1", "ep", "45m", "--admin")
    did("time", "carry", "CP1", "ep", "10h")
    did("time", "allocate", "CP2", "therapy", "10h")
    did("time", "carry", "CP2", "therapy")
    did("reverse", "E10", "--reason", "It stays")
    with funded.reading() as ask:
        one, two = summaries.time_lines(ask, TODAY, year=YEAR)
        (late, _) = summaries.time_lines(ask, date(2021, 3, 1), year=YEAR)
        (following,) = summaries.time_lines(ask, TODAY, year="2021/22", cluster="CP1")
        assert summaries.time_lines(ask, TODAY, year="2022/23") == []
    assert (one.allocated_minutes, one.booked_minutes, one.contact_minutes, one.admin_minutes) == (2400, 0, 450, 45)
    assert (one.carried_minutes, one.free_minutes, one.late, late.late) == (600, 1305, False, True)
    assert (two.service, two.allocated_minutes, two.carried_minutes, two.free_minutes) == ("therapy", 600, 0, 600)
    assert (following.allocated_minutes, following.brought_minutes, following.free_minutes) == (0, 600, 600)
    assert "31h 45m" not in did("time", "list", "--cluster", "CP2")
    # Of 40h 10h were carried over and 8h 15m used: 21h 45m were not, by the end of February.
    assert (one.unused_mid_year_minutes, late.unused_mid_year_minutes) == (None, 1305)


def test_booked_time_that_is_not_used_is_unused_or_set_free(
    funded: Store, did: Callable[..., str], senco: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    did("time", "allocate", "CP1", "ep", "40h")
    did("time", "book", "CP1", "ep", "6h", "--for", "Surgery")
    did("time", "use", "CP1", "ep", "2h30")
    did("time", "release", "CP1", "ep", "1h", "--for", "One came less")
    assert senco("budget", "time", "release", "CP1", "ep", "2h31").code == 4
    did("time", "use", "CP1", "ep", "1h", "--on", "1/3/2021")
    with funded.reading() as ask:
        (line,) = summaries.time_lines(ask, date(2021, 3, 1), year=YEAR)
    assert (line.booked_minutes, line.contact_minutes, line.free_minutes) == (90, 210, 2100)
    assert line.unused_mid_year_minutes == 40 * 60 - 150
    monkeypatch.setenv("SENCO_TODAY", "2021-03-01")
    assert "37h 30m" in did("time", "list")
    assert "Unused at mid-year" in did("time", "list")


@pytest.mark.parametrize(
    "words",
    [
        ("allocate", "CP1", "ep", "2h", "--on", "31/8/2020"),
        ("book", "CP1", "ep", "2h", "--on", "1/9/2021"),
        ("use", "CP1", "ep", "2h", "--on", "1/1/2099"),
        ("carry", "CP1", "ep", "--on", "1/9/2021"),
    ],
)
def test_time_is_given_and_used_in_its_academic_year(
    funded: Store, did: Callable[..., str], senco: Callable[..., Ran], words: tuple[str, ...]
) -> None:
    did("time", "allocate", "CP1", "ep", "40h")
    done = senco("budget", "time", *words)
    assert done.code == 4
    assert "is not of 2020/21" in done.err


def test_time_asked_for_as_money_is_pointed_to_its_commands(funded: Store, senco: Callable[..., Ran]) -> None:
    done = senco("budget", "statement", "CP1:ep", "--format", "json")
    assert json.loads(done.err)["error"]["reference"] == "account.is-time"
    assert "senco budget time list" in done.err


def test_a_forecast_says_what_it_assumes(funded: Store, did: Callable[..., str], award: Callable[..., str]) -> None:
    award("R-7KQ4", 120_000)
    did("pay", "--due", "--yes")
    with funded.reading() as ask:
        (line,), months = summaries.forecast(ask, TODAY, Assumption.COMMITTED, year=YEAR)
        (same,), _ = summaries.forecast(ask, TODAY, Assumption.SAME_PACE, year=YEAR, cluster="CP1")
    assert months == 3
    assert (line.gone_pence, line.committed_pence, line.expected_pence, line.left_pence) == (40_000, 80_000, 0, 880_000)
    assert (same.expected_pence, same.forecast_pence, same.left_pence) == (360_000, 480_000, 520_000)
    assert "Assumed: Nothing new is agreed" in did("forecast")
    told = did("forecast", "--assume", "same-pace")
    assert "at the pace of its first 3 months.\n" in told


def test_what_was_paid_once_has_no_pace(funded: Store, did: Callable[..., str], award: Callable[..., str]) -> None:
    """A lead's half year in one posting, a single course: the months to come do not repeat it."""
    award("R-7KQ4", 60_000)
    did("allocate", "CP1:training", "£900")
    did("allocate", "CP1:family", "£900")
    did("allocate", "CP2:training", "£900")
    for day in ("31/8/2020", "1/9/2020", "30/11/2020"):  # the first is of the year before
        did("spend", "CP1:training", "£30", "--for", "A course", "--on", day)
    did("spend", "CP1:family", "£60", "--for", "A day", "--on", "1/10/2020")
    did("spend", "CP1:family", "£60", "--for", "Wrong", "--on", "1/11/2020")
    did("refund", "CP1:family", "£60", "--for", "Wrong", "--receipt", "C-1", "--on", "2/11/2020")
    did("lead", "CP1", "--salary", "£42,000", "--on-costs", "28%", "--to", "28/2/2021", "--post")
    with funded.reading() as ask:
        lines, _ = summaries.forecast(ask, TODAY, Assumption.SAME_PACE, year=YEAR)
        later, _ = summaries.forecast(ask, date(2021, 2, 1), Assumption.SAME_PACE, year=YEAR)
    assert {(each.cluster, each.fund): (each.regular, each.expected_pence) for each in lines} == {
        ("CP1", "exceptional"): (True, 180_000),
        ("CP1", "family"): (False, 0),
        ("CP1", "lead-on-costs"): (False, 0),
        ("CP1", "lead-salary"): (False, 0),
        ("CP1", "training"): (True, 27_000),
        ("CP2", "training"): (False, 0),
    }
    assert {each.fund for each in later if each.expected_pence} == {"exceptional"}
    told = " ".join(did("forecast", "--assume", "same-pace").split())
    assert "which is no pace: CP1 family, CP1 lead-on-costs, CP1 lead-salary." in told
    assert "no pace" not in did("forecast")
