"""Whose a pool's money is: shares sum to the penny, and no school's money buys for another."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from senco.budget import pools, questions, summaries
from senco.budget.rules import shares
from senco.store.doors import Store
from tests.budget.conftest import ABBEY, AVENUE, BARROW, EVERLY, FOXLEY, YEAR
from tests.conftest import Ran

Senco = Callable[..., Ran]


@pytest.fixture
def did(funded: Store, senco: Senco) -> Callable[..., str]:
    """Give a way to run a command of the budget that must be done."""

    def run(*words: str) -> str:
        ran = senco("budget", *words)
        assert ran.code == 0, ran.err
        return ran.out

    return run


def pool(store: Store, year: str = YEAR) -> list[tuple[object, ...]]:
    """Give the pool: school, paid in, brought, share of what was bought, got back, carried over, left."""
    with store.reading() as ask:
        lines, _ = pools.pool_of(ask, "CP1", year)
    return [
        (line.urn, line.paid_in_pence, line.brought_pence, line.share_bought_pence, line.paid_back_pence,
         line.carried_pence, line.share_left_pence)
        for line in lines
    ]  # fmt: skip


def test_other_money_stands_on_a_line_of_its_own(funded: Store, did: Callable[..., str]) -> None:
    """£50 of a school beside £100 of the High Needs Block and £50 of a grant: of £120 bought the school bore £30."""
    did("pool", "CP1", "Abbey", "£50")
    did("allocate", "CP1:pool", "£100")
    did("receive", "CP1:pool", "£50", "--for", "Fund of a charity", "--receipt", "G-7")
    did("spend", "CP1:pool", "£130", "--for", "Books", "--receipt", "B-1")
    did("refund", "CP1:pool", "£10", "--for", "One was torn", "--receipt", "C-1")
    assert pool(funded) == [
        (ABBEY, 5_000, 0, 3_000, 0, 0, 2_000),
        (None, 15_000, 0, 9_000, 0, 0, 6_000),
    ]
    told = did("pool", "CP1")
    assert "Other money" in told
    assert "-£10.00" in told
    assert "Got back" not in told
    assert "Other money" not in did("pool", "CP1", "Abbey")
    assert json.loads(did("pool", "CP1", "--format", "json"))["shares"][1]["urn"] is None


def test_what_came_back_to_a_school_buys_nothing(funded: Store, did: Callable[..., str]) -> None:
    """Both paid £200; Abbey got £150 back: of £200 bought it bore the £50 it left in, Avenue the rest."""
    did("pool", "CP1", "Abbey", "£200")
    did("pool", "CP1", "Avenue", "£200")
    did("transfer", "£150", "--from", "CP1:pool", "--credit", "Abbey")
    did("spend", "CP1:pool", "£200", "--for", "Books")
    assert pool(funded) == [
        (ABBEY, 20_000, 0, 5_000, 15_000, 0, 0),
        (AVENUE, 20_000, 0, 15_000, 0, 0, 5_000),
    ]
    assert "Got back" in did("pool", "CP1")


def test_no_school_gets_back_what_others_paid(funded: Store, did: Callable[..., str], senco: Senco) -> None:
    did("pool", "CP1", "Abbey", "£100")
    did("pool", "CP1", "Avenue", "£100")
    did("spend", "CP1:pool", "£50", "--for", "Books")
    for words in (
        ("transfer", "£75.01", "--from", "CP1:pool", "--credit", "Abbey"),
        ("transfer", "£1", "--from", "CP1:pool", "--credit", "Barrow"),
        ("transfer", "£1", "--from", "CP1:pool", "--to", "CP1:training"),
    ):
        done = senco("budget", *words, "--format", "json")
        assert (done.code, json.loads(done.err)["error"]["reference"]) == (4, "pool.not-its-money")
    did("transfer", "£75", "--from", "CP1:pool", "--credit", "Abbey")
    done = senco("budget", "reverse", "E3", "--reason", "Wrong", "--format", "json")
    assert json.loads(done.err)["error"]["reference"] == "reverse.came-back"
    did("reverse", "E6", "--reason", "Wrong")
    did("reverse", "E3", "--reason", "Wrong")
    assert pool(funded) == [(ABBEY, 0, 0, 0, 0, 0, 0), (AVENUE, 10_000, 0, 5_000, 0, 0, 5_000)]


def test_only_the_clusters_schools_pay_in_unless_for_a_reason(
    funded: Store, did: Callable[..., str], senco: Senco
) -> None:
    done = senco("budget", "pool", "CP1", "Foxley", "£10")
    assert done.code == 4
    assert "Foxley School is not of CP1 in 2020/21" in done.err
    done = senco("budget", "pool", "CP1", "Foxley", "£10", "--format", "json")
    assert json.loads(done.err)["error"]["reference"] == "pool.not-a-member"
    assert pool(funded) == []
    did("pool", "CP1", "Foxley", "£10", "--override", "Shares the mentor")
    did("pool", "CP1", "Abbey", "£10", "--override", "Not needed")
    told = did("pool", "CP1")
    assert told.count("not of the cluster") == 1
    assert "Shares the mentor" in did("list")
    with funded.reading() as ask:
        details = ask.values("SELECT detail FROM trail WHERE subject IN ('ledger entry 3', 'ledger entry 4')")
        lines, _ = pools.pool_of(ask, "CP1", YEAR)
    assert [json.loads(each).get("override") for each in details] == [True, None]
    assert {line.urn: line.member for line in lines} == {ABBEY: True, FOXLEY: False}


def test_a_school_that_left_or_took_anothers_place_in_the_year_is_a_member(
    funded: Store, did: Callable[..., str]
) -> None:
    with closing(sqlite3.connect(funded.path)) as connection, connection:
        connection.execute("UPDATE membership SET left_on = '2020-12-31' WHERE urn = ? AND cluster_id = 1", (BARROW,))
        connection.execute(
            "INSERT INTO school_link VALUES (?, ?, 'Predecessor', 'Abbey', '2021-01-01')", (EVERLY, ABBEY)
        )
    did("pool", "CP1", "Barrow", "£10")
    did("pool", "CP1", "Everly", "£10")
    assert [line[0] for line in pool(funded)] == [BARROW, EVERLY]


def test_what_is_carried_over_stays_its_payers(funded: Store, did: Callable[..., str]) -> None:
    did("pool", "CP1", "Abbey", "£100")
    did("pool", "CP1", "Avenue", "£50")
    did("allocate", "CP1:pool", "£50")
    did("spend", "CP1:pool", "£20", "--for", "Books")
    did("transfer", "£90", "--from", "CP1:pool", "--to", "CP1:pool@2021/22")
    did("transfer", "£30", "--from", "CP1:pool", "--to", "CP1:pool@2021/22")
    did("pool", "CP1", "Avenue", "£5", "--year", "2021/22")
    did("spend", "CP1:pool@2021/22", "£25", "--for", "Games")
    assert pool(funded) == [
        (ABBEY, 10_000, 0, 1_000, 0, 6_000, 3_000),
        (AVENUE, 5_000, 0, 500, 0, 3_000, 1_500),
        (None, 5_000, 0, 500, 0, 3_000, 1_500),
    ]
    assert pool(funded, "2021/22") == [
        (ABBEY, 6_000, 6_000, 1_200, 0, 0, 4_800),
        (AVENUE, 3_500, 3_000, 700, 0, 0, 2_800),
        (None, 3_000, 3_000, 600, 0, 0, 2_400),
    ]
    told = did("pool", "CP1", "--year", "2021/22")
    assert "Of it brought" in told
    did("transfer", "£5", "--from", "CP1:pool@2021/22", "--to", "CP1:pool@2020/21")
    assert pool(funded)[2] == (None, 5_500, 0, 536, 0, 3_220, 1_744)
    did("reverse", "E7", "--reason", "Wrong")
    assert pool(funded, "2021/22")[0][1] == 1_463


def test_a_pool_overspent_for_a_reason_is_shared_too(funded: Store, did: Callable[..., str]) -> None:
    did("spend", "CP1:pool", "£3", "--for", "Books", "--override", "It is coming")
    assert pool(funded) == [(None, 0, 0, 300, 0, 0, -300)]
    did("pool", "CP1", "Abbey", "£1")
    assert pool(funded) == [(ABBEY, 100, 0, 300, 0, 0, -200)]
    did("transfer", "£9", "--from", "CP1:envelope", "--to", "CP1:pool")
    assert pool(funded) == [(ABBEY, 100, 0, 30, 0, 0, 70), (None, 900, 0, 270, 0, 0, 630)]


@settings(deadline=None)
@given(
    st.dictionaries(st.integers(1, 8), st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))), st.integers(0, 10**7)
)
def test_shares_sum_to_what_was_bought_and_are_of_own_money(told: dict[int, tuple[int, int]], bought: int) -> None:
    paid = {urn: pence for urn, (pence, _) in told.items()}
    kept = {urn: max(0, pence - back) for urn, (pence, back) in told.items()}
    found = shares(paid, bought, kept)
    assert sum(found.values()) == bought
    if bought <= sum(kept[urn] for urn in paid if paid[urn]):
        assert all(found[urn] <= kept[urn] for urn in paid)
        # Who keeps all that it paid in bears no less than in proportion, but for the pennies of rounding.
        whole = sum(paid.values())
        for urn, pence in paid.items():
            if kept[urn] == pence > 0:
                assert found[urn] >= bought * pence // whole


def test_shares_that_ignore_what_came_back_would_use_others_money() -> None:
    """The control: without what is kept, a school that took its money out still pays."""
    assert shares({1: 100, 2: 100}, 100) == {1: 50, 2: 50}
    assert shares({1: 100, 2: 100}, 100, {1: 0, 2: 100}) == {1: 0, 2: 100}


def test_the_return_lists_what_stands_on_no_line(
    funded: Store, did: Callable[..., str], award: Callable[..., str], senco: Senco
) -> None:
    with closing(sqlite3.connect(funded.path)) as connection, connection:
        connection.execute("UPDATE school SET type = 'Other independent school' WHERE urn = ?", (BARROW,))
    award("R-2KQ4", 30_000, {"urn": BARROW})
    did("pay", "--due", "--yes")  # £100 by 24 November
    did("spend", "hnb", "£7", "--for", "A visit")
    did("spend", "CP1:envelope", "£3", "--for", "A ramp")
    did("spend", "CP1:envelope", "£4", "--for", "A mentor", "--to", "school:Abbey")
    did("allocate", "CP1:training", "£50")
    did("receive", "CP1:training", "£5", "--for", "A fee", "--receipt", "F-1", "--from", "school:Abbey")
    did("spend", "CP1:training", "£20", "--for", "A course", "--receipt", "I-1")
    did("refund", "CP1:training", "£5", "--for", "A place less", "--receipt", "C-1")
    did("pool", "CP1", "Abbey", "£10")
    did("allocate", "CP1:pool", "£30")
    did("spend", "CP1:pool", "£10.01", "--for", "Books")
    did("spend", "CP1:pool", "£6", "--for", "Games", "--on", "1/4/2021")
    did("transfer", "£1", "--from", "CP1:pool", "--credit", "Abbey")
    with funded.reading() as ask:
        found = summaries.s251(ask, "2020/21")
        following = summaries.s251(ask, "2021/22")
        held = questions.balances(ask)
    told = [(line.line, line.meaning, line.school_type, line.amount_pence) for line in found]
    straight, pooled = "spent straight from the High Needs Block", "other money than schools' own, spent from a pool"
    neither, envelope = "top-up to a school that is neither", "spent from an envelope, not paid to a school"
    # Of £16.01 bought from the pool £12.01 was other money, of which £7.51 before 1 April.
    assert told == [
        ("1.2.1", "Top-up funding – maintained schools", "Community school", 400),
        ("1.2.5", "SEN support services", "not a school", 1_500),
        ("", pooled, "not a school", 751),
        ("", envelope, "not a school", 300),
        ("", straight, "not a school", 700),
        ("", f"{neither} maintained nor an academy", "Other independent school", 10_000),
    ]
    assert [(line.line, line.amount_pence) for line in following] == [("", 450)]
    # Nothing that left a fund is in neither: but for schools' own £4.00 of what was bought, and what went back to one.
    out = sum(line.balance_pence for line in held if line.account == "supplier" or line.account.startswith("school:"))
    # What schools have paid in or as a fee stands against what they got.
    on_return = sum(line.amount_pence for line in [*found, *following])
    assert on_return == out + 1_000 + 500 - 100 - 400
    shown = did("return")
    assert "On the lines: £19.00; on none: £117.51." in shown
    told = senco("check").out
    assert told.count("budget.no-line") == 4


def test_a_return_without_loose_ends_says_so(funded: Store, did: Callable[..., str]) -> None:
    did("allocate", "CP1:training", "£50")
    did("spend", "CP1:training", "£20", "--for", "A course")
    assert "On the lines: £20.00.\n" in did("return")
    assert did("return", "--financial-year", "2018/19").endswith("Nothing was spent in that year.\n")
