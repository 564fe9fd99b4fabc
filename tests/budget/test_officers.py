"""Eight officers spend and pay from the same last pounds at once, each in a process of its own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing

import pytest

from senco.budget import naming, questions
from senco.budget.kinds import Fund
from senco.store.doors import Store
from tests.budget.conftest import YEAR

OFFICERS = 8
TRIES = 3
ENVELOPE = naming.of_cluster("CP1", Fund.EXCEPTIONAL, YEAR)

OFFICER = """
import sys
from datetime import date
from senco.app import main
mine, tries = sys.argv[1], int(sys.argv[2])
codes = [main(["budget", "spend", "CP1:exceptional", "£100", "--for", f"{mine} {number}"]) for number in range(tries)]
codes.append(main(["budget", "pay", "--due", "--yes"]))
print("CODES", *codes)
"""

# The controls. The first is senco itself, whose door opens its transaction DEFERRED instead of IMMEDIATE and takes no
# lock file. The second begins none: sqlite3's own way (isolation_level DEFERRED) is to begin at the first write, so
# that it reads the balance outside the transaction in which it writes.
DEFERRED = """
import contextlib, sqlite3, sys, time
from senco.budget import posting
from senco.store import lock

class Deferred(sqlite3.Connection):
    def execute(self, sql, *more):
        return super().execute("BEGIN DEFERRED" if sql == "BEGIN IMMEDIATE" else sql, *more)

real = sqlite3.connect
sqlite3.connect = lambda *words, **more: real(*words, **{**more, "factory": Deferred})
lock.locked = lambda *_, **__: contextlib.nullcontext()
hold = posting._hold_to_fund

def look_and_think(*words):
    hold(*words)
    time.sleep(2)  # as long as a person thinks: the seven others look meanwhile

posting._hold_to_fund = look_and_think
from senco.app import main
print("CODES", main(["budget", "spend", "CP1:exceptional", "£100", "--for", sys.argv[1]]))
"""
CARELESS = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], timeout=30, isolation_level="DEFERRED")
balance = (
    "SELECT SUM(CASE WHEN to_account = ? THEN amount ELSE -amount END) FROM ledger_entry"
    " WHERE ? IN (to_account, from_account)"
)
(account,) = connection.execute(
    "SELECT account_id FROM ledger_account WHERE name = 'cluster:CP1:exceptional'"
).fetchone()
if connection.execute(balance, (account, account)).fetchone()[0] >= 10000:
    time.sleep(1.5)  # as long as a person thinks: the seven others look meanwhile
    connection.execute(
        "INSERT INTO ledger_entry SELECT MAX(number) + 1, '2020-11-24', ?, 1, 10000, 'spend', '', '', '', '',"
        " NULL, NULL, 'x', 'o' FROM ledger_entry", (account,))
    connection.commit()
"""


def at_once(program: str, *words: str) -> list[str]:
    """Start eight processes of a program and give what each printed."""
    env = {**os.environ, "SENCO_WAIT": "60"}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, *(word.format(officer=officer) for word in words)],
            env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )
        for officer in range(OFFICERS)
    ]  # fmt: skip
    return [each.communicate(timeout=120)[0] for each in started]


def test_eight_officers_on_the_last_pounds(funded: Store, award: Callable[..., str]) -> None:
    """£10,000 in the envelope, £8,600 promised: of 24 bills of £100 at once just fourteen are paid."""
    award("R-7KQ4", 860_000, None, awarded_from="2020-09-01", awarded_to="2020-12-31")
    said = at_once(OFFICER, "officer {officer}", str(TRIES))
    codes = [[int(code) for code in line.split()[1:]] for text in said for line in text.splitlines() if "CODES" in line]
    assert len(codes) == OFFICERS
    assert all(code in {0, 4} for each in codes for code in each)
    with funded.reading(trusting=True) as ask:
        kinds = ask.all(lambda *row: row, "SELECT kind, COUNT(*), SUM(amount) FROM ledger_entry GROUP BY kind")
        assert questions.holds(ask, ENVELOPE) == 0
        assert ask.value("SELECT COUNT(*) FROM trail WHERE verb = 'budget.spend'") == 14
        assert ask.value("SELECT COUNT(*) FROM trail WHERE verb = 'budget.pay'") == 1
    assert {kind: (count, total) for kind, count, total in kinds if kind != "allocate"} == {
        "spend": (14, 140_000),
        "pay": (1, 860_000),
    }


@pytest.mark.tampered
def test_officers_who_look_before_they_lock_overspend(funded: Store) -> None:
    """The control, with SQLite's own limit taken off."""
    with closing(sqlite3.connect(funded.path)) as connection, connection:
        connection.execute("DROP TRIGGER ledger_entry_within_fund")
        connection.execute(
            "INSERT INTO ledger_entry SELECT MAX(number) + 1, '2020-11-24', 3, 2, 980000, 'transfer', '', '', '', '',"
            " NULL, NULL, 'x', 'o' FROM ledger_entry"
        )
    at_once(CARELESS, str(funded.path))
    with funded.reading(trusting=True) as ask:
        assert questions.holds(ask, ENVELOPE) < 0


def test_officers_whose_door_is_deferred_are_turned_away(funded: Store) -> None:
    """The control on senco itself: with £10,000 for eight bills of £100, some officers get neither a yes nor a no."""
    said = at_once(DEFERRED, "officer {officer}")
    codes = [int(line.split()[1]) for text in said for line in text.splitlines() if "CODES" in line]
    assert len(codes) == OFFICERS
    assert not all(code in {0, 4} for code in codes)
    with funded.reading(trusting=True) as ask:
        assert ask.value("SELECT COUNT(*) FROM ledger_entry WHERE kind = 'spend'") < OFFICERS
