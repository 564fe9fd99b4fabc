"""A cluster's time of one service, entry by entry, with what was free, booked and used after each."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from senco.budget import summaries
from senco.budget.kinds import Service
from senco.budget.timebook import time_statement
from senco.store.doors import Store
from tests.budget.conftest import TODAY, YEAR
from tests.conftest import Ran

Senco = Callable[..., Ran]


@pytest.fixture
def timed(funded: Store, senco: Senco) -> Store:
    """Give CP1 forty hours of an educational psychologist, of which some is booked, used, reversed and carried over."""
    for words in (
        ("allocate", "CP1", "ep", "40h", "--on", "1/9/2020"),
        ("allocate", "CP1", "therapy", "9h"),
        ("allocate", "CP2", "ep", "9h"),
        ("book", "CP1", "ep", "6h", "--for", "Surgery for SENCOs"),
        ("use", "CP1", "ep", "7h"),
        ("use", "CP1", "ep", "30m", "--admin", "--on", "1/10/2020"),
        ("carry", "CP1", "ep", "10h"),
        ("book", "CP1", "ep", "30h", "--override", "The spring course"),
    ):
        assert senco("budget", "time", *words).code == 0
    assert senco("budget", "reverse", "E9", "--reason", "Too early").code == 0
    return funded


def test_each_entry_leaves_what_the_list_says(timed: Store) -> None:
    with timed.reading() as ask:
        lines = time_statement(ask, "CP1", Service.EP, YEAR)
        whole, *_ = summaries.time_lines(ask, TODAY, year=YEAR, cluster="CP1")
        (later,) = time_statement(ask, "CP1", Service.EP, "2021/22")
    assert [(line.number, line.kind, line.free_minutes, line.booked_minutes, line.used_minutes) for line in lines] == [
        (12, "reverse", -420, 1_800, 420),
        (11, "book", -450, 1_800, 450),
        (10, "carry", 1_350, 0, 450),
        (8, "contact", 1_950, 0, 450),
        (7, "contact", 2_010, 0, 390),
        (6, "book", 2_010, 360, 30),
        (9, "admin", 2_370, 0, 30),  # by its day, 1 October
        (3, "allocate", 2_400, 0, 0),
    ]
    assert (whole.free_minutes, whole.booked_minutes, whole.contact_minutes + whole.admin_minutes) == (-420, 1_800, 420)
    assert [(line.reverses, line.reversed_by) for line in lines if line.number in {9, 12}] == [(9, None), (None, 12)]
    assert (later.kind, later.minutes, later.free_minutes) == ("carry", 600, 600)


def test_the_statement_is_shown_a_page_at_a_time(timed: Store, senco: Senco) -> None:
    done = senco("budget", "time", "statement", "CP1", "ep", "--most", "2")
    assert "There are earlier entries: --before E" in done.out
    assert "The spring course" in senco("budget", "time", "statement", "cp1", "ep").out
    whole = json.loads(senco("budget", "time", "statement", "CP1", "ep", "--format", "json").out)["time_statement"]
    second = whole[1]["number"]
    rest = json.loads(
        senco("budget", "time", "statement", "CP1", "ep", "--before", f"E{second}", "--format", "json").out
    )
    assert rest["time_statement"] == whole[2:]
    assert "Nothing has moved on it." in senco("budget", "time", "statement", "CP2", "therapy").out
    refused = senco("budget", "time", "statement", "CP1", "ep", "--before", "E2", "--format", "json")
    assert json.loads(refused.err)["error"]["reference"] == "time.not-there"


@pytest.mark.parametrize("account", ["CP1:ep", "CP1:ep:booked", "cp1:EP"])
def test_time_asked_for_as_money_is_pointed_to_its_statement(timed: Store, senco: Senco, account: str) -> None:
    done = senco("budget", "statement", account)
    assert done.code == 3
    assert "senco budget time statement" in done.err
