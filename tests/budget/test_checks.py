"""The named checks of the budget: each finds what it is named for, and nothing in a sound ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date

import pytest

from senco.budget import checks
from senco.store.doors import Store
from tests.budget.conftest import TODAY
from tests.conftest import Ran


def found(store: Store, day: date = TODAY) -> list[tuple[str, str]]:
    with store.reading(trusting=True) as ask:
        return [(each.check, each.where) for each in checks.findings(ask, day)]


def test_a_sound_ledger_has_no_findings(borough: Store, senco: Callable[..., Ran], award: Callable[..., str]) -> None:
    assert found(borough) == []
    senco("budget", "allocate", "hnb", "£100,000")
    senco("budget", "allocate", "CP1:envelope", "£10,000")
    award("R-7KQ4", 300_000)
    senco("budget", "pay", "--due", "--yes")
    assert found(borough) == []


def test_awards_beyond_the_fund_and_money_to_get_back(
    funded: Store, senco: Callable[..., Ran], award: Callable[..., str]
) -> None:
    award("R-7KQ4", 300_000)
    senco("budget", "pay", "--due", "--yes")
    award("R-8KQ4", 900_000)
    assert found(funded) == [("budget.overcommitted", "R-8KQ4")]
    award("R-7KQ4", 60_000)
    assert ("budget.to-recover", "R-7KQ4") in found(funded)


def test_a_closed_school_is_to_be_paid_nothing(funded: Store, award: Callable[..., str]) -> None:
    award("R-7KQ4", 300_000)
    with closing(sqlite3.connect(funded.path)) as connection, connection:
        connection.execute("UPDATE school SET status = 'Closed' WHERE urn = 100001")
    assert found(funded) == [("budget.closed-school", "R-7KQ4")]


def test_time_little_used_by_mid_year(funded: Store, senco: Callable[..., Ran]) -> None:
    senco("budget", "time", "allocate", "CP1", "ep", "40h")
    assert found(funded, date(2021, 2, 28)) == []
    assert found(funded, date(2021, 3, 1)) == [("budget.time-unused", "CP1:ep@2020/21")]


@pytest.mark.tampered
def test_a_ledger_altered_outside_is_found(funded: Store) -> None:
    """Somebody takes the triggers off first: then the checks are what is left."""
    with closing(sqlite3.connect(funded.path)) as connection, connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE ledger_entry SET amount = 1 WHERE number = 1")
        connection.execute(
            "INSERT INTO ledger_entry SELECT 9, day, from_account, 99, 5, kind, '', '', '', '', NULL, NULL, 'x', 'o'"
            " FROM ledger_entry WHERE number = 2"
        )
    assert found(funded) == [
        ("budget.gap", "the ledger"),
        ("budget.unbalanced", "entry 9"),
        ("budget.not-as-recorded", "E1"),
        ("budget.not-in-trail", "E9"),
        ("budget.overspent", "hnb@2020/21"),
    ]
