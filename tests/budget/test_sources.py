"""Where money may come from and go to: every way is a command's, and none begins nowhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product

import pytest

from senco.budget.kinds import EntryKind, Role
from senco.budget.rules import right_way, why_not_this_way
from senco.store.doors import Store
from tests.conftest import Ran

Senco = Callable[..., Ran]
PAPER = ("--for", "x", "--receipt", "P-1")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("transfer", "£5", "--from", "supplier", "--to", "CP1:training"), "senco budget refund"),
        (("transfer", "£5", "--from", "grant", "--to", "CP1:training"), "senco budget receive"),
        (("transfer", "£5", "--from", "grant", "--to", "hnb"), "senco budget allocate"),
        (("transfer", "£5", "--from", "hnb", "--to", "CP1:training"), "senco budget allocate"),
        (("transfer", "£5", "--debit", "Abbey", "--to", "CP1:pool"), "senco budget pool"),
        (("transfer", "£5", "--debit", "Abbey", "--to", "CP1:training"), "senco budget receive"),
        (("transfer", "£5", "--from", "CP1:envelope", "--to", "supplier"), "senco budget spend"),
        (("transfer", "£5", "--from", "supplier", "--to", "grant"), ""),
        (("spend", "supplier", "£5", "--for", "x", "--to", "CP1:training"), "senco budget refund"),
        (("spend", "CP1:envelope", "£5", "--for", "x", "--to", "CP1:training"), "senco budget transfer"),
        (("spend", "CP1:envelope", "£5", "--for", "x", "--to", "hnb"), "senco budget transfer"),
        (("spend", "CP1:envelope", "£5", "--for", "x", "--to", "grant"), ""),
        (("allocate", "CP1:training", "£5", "--from", "grant"), "senco budget receive"),
        (("allocate", "CP1:training", "£5", "--from", "supplier"), "senco budget refund"),
        (("allocate", "CP1:training", "£5", "--from", "CP1:envelope"), "senco budget transfer"),
        (("receive", "hnb", "£5", *PAPER), "senco budget allocate"),
        (("receive", "CP1:training", "£5", *PAPER, "--from", "supplier"), "senco budget refund"),
        (("refund", "CP1:training", "£5", *PAPER, "--from", "grant"), "senco budget receive"),
    ],
)
def test_other_ways_are_refused_with_the_command_that_does_it(
    funded: Store, senco: Senco, words: tuple[str, ...], hint: str
) -> None:
    done = senco("budget", *words, "--format", "json")
    error = json.loads(done.err)["error"]
    assert (done.code, error["reference"]) == (4, "entry.not-this-way")
    assert hint in (error["hint"] or "")
    assert bool(error["hint"]) == bool(hint)


def test_no_way_leads_from_a_supplier_or_the_grant_into_a_fund_but_the_named_ones() -> None:
    funds = {Role.HNB, Role.FUND, Role.POOL}
    ways = [
        (kind, giver, taker)
        for kind, giver, taker in product(EntryKind, (Role.SUPPLIER, Role.GRANT, Role.SCHOOL), funds)
        if kind.value in {"allocate", "pool", "income", "spend", "refund", "transfer", "carry"}
        and why_not_this_way(kind, giver, taker) is None
    ]
    named = {EntryKind.ALLOCATE, EntryKind.POOL, EntryKind.INCOME, EntryKind.REFUND}
    assert {kind for kind, *_ in ways} == named
    assert [way for way in ways if way[0] is EntryKind.ALLOCATE] == [(EntryKind.ALLOCATE, Role.GRANT, Role.HNB)]
    assert right_way(Role.FUND, Role.SUPPLIER) == "`senco budget spend` does."
    assert str(why_not_this_way(EntryKind.ALLOCATE, Role.SUPPLIER, Role.HNB)).startswith("An allocation does not go")
    assert str(why_not_this_way(EntryKind.POOL, Role.SUPPLIER, Role.POOL)).startswith("A payment into a pool does not")


def test_income_is_named_with_its_reason_and_reference(funded: Store, senco: Senco) -> None:
    for words, reference in (
        (("--for", " ", "--receipt", "G-1"), "entry.no-reason"),
        (("--for", "A charity", "--receipt", " "), "entry.no-reference"),
    ):
        done = senco("budget", "receive", "CP1:training", "£50", *words, "--format", "json")
        assert (done.code, json.loads(done.err)["error"]["reference"]) == (4, reference)
    assert senco("budget", "receive", "CP1:training", "£50", "--for", "A charity").code == 2
    done = senco("budget", "receive", "CP1:training", "£50", "--for", "A charity", "--receipt", "G-1")
    assert "£50.00 from grant to CP1:training" in done.err
    (entry, *_) = json.loads(senco("budget", "list", "--format", "json").out)["entries"]
    assert (entry["kind"], entry["receipt"], entry["description"]) == ("income", "G-1", "A charity")
    done = senco("budget", "receive", "CP1:training", "£50", "--for", "A charity", "--receipt", "g-1")
    assert "already bears the receipt" in done.err


def test_no_more_comes_back_than_was_spent_there(funded: Store, senco: Senco) -> None:
    def refused(*words: str) -> str:
        done = senco("budget", *words, "--format", "json")
        assert done.code == 4
        return str(json.loads(done.err)["error"]["reference"])

    senco("budget", "spend", "CP1:envelope", "£40", "--for", "A course", "--receipt", "I-1")
    senco("budget", "allocate", "CP1:training", "£50")
    assert refused("refund", "CP1:training", "£1", *PAPER) == "refund.too-much"
    assert refused("refund", "CP1:envelope", "£40.01", *PAPER) == "refund.too-much"
    assert senco("budget", "refund", "CP1:envelope", "£15", *PAPER).code == 0
    assert refused("refund", "CP1:envelope", "£25.01", "--for", "x", "--receipt", "P-2") == "refund.too-much"
    assert refused("reverse", "E3", "--reason", "Wrong") == "reverse.came-back"
    told = json.loads(senco("budget", "balance", "--cluster", "CP1", "--format", "json").out)["balances"]
    (line,) = [line for line in told if line["fund"] == "exceptional"]
    assert (line["received_pence"], line["given_pence"], line["balance_pence"]) == (1_000_000, 2_500, 997_500)
    (line,) = [
        line for line in json.loads(senco("budget", "envelope", "--format", "json").out)["envelopes"]
        if line["fund"] == "exceptional"
    ]  # fmt: skip
    assert (line["allocated_pence"], line["spent_pence"]) == (1_000_000, 2_500)
    assert senco("budget", "reverse", "E5", "--reason", "Not come").code == 0
    assert senco("budget", "reverse", "E3", "--reason", "Wrong").code == 0
    told = json.loads(senco("budget", "balance", "--cluster", "CP1", "--format", "json").out)["balances"]
    assert [(line["received_pence"], line["given_pence"]) for line in told if line["fund"] == "exceptional"] == [
        (1_000_000, 0)
    ]


def test_a_transfer_to_a_school_that_came_back_is_not_reversed(funded: Store, senco: Senco) -> None:
    senco("budget", "transfer", "£5", "--from", "CP1:envelope", "--credit", "Abbey")
    assert senco("budget", "refund", "CP1:envelope", "£5", *PAPER, "--from", "school:Abbey").code == 0
    assert senco("budget", "reverse", "E3", "--reason", "Wrong").code == 4
    senco("budget", "transfer", "£5", "--from", "CP1:envelope", "--to", "CP1:training")
    senco("budget", "transfer", "£2", "--debit", "Abbey", "--credit", "Avenue")
    for number in ("E5", "E6"):
        assert senco("budget", "reverse", number, "--reason", "Wrong").code == 0


def test_what_comes_in_comes_in_the_accounts_own_year(funded: Store, senco: Senco) -> None:
    assert senco("budget", "allocate", "CP1:training@2021/22", "£5").code == 4  # that year's Block is empty
    senco("budget", "allocate", "hnb@2021/22", "£50")
    done = senco("budget", "allocate", "CP1:training@2021/22", "£5", "--format", "json")
    (entry,) = json.loads(done.out)["entries"]
    assert (entry["from_year"], entry["to_year"]) == ("2021/22", "2021/22")
    done = senco("budget", "allocate", "CP1:training@2021/22", "£5", "--from", "hnb@2020/21", "--format", "json")
    (entry,) = json.loads(done.out)["entries"]
    assert (entry["from_year"], entry["to_year"]) == ("2020/21", "2021/22")
    done = senco("budget", "spend", "CP1:training@2021/22", "£5", "--for", "x", "--format", "json")
    (entry,) = json.loads(done.out)["entries"]
    assert (entry["from_year"], entry["to_year"]) == ("2021/22", "2021/22")
