"""The ledger and the trail: what one holds without the other, or otherwise than it was recorded, is found."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from senco.budget import checks, recorded
from senco.store.doors import Store
from tests.budget.conftest import AT, TODAY
from tests.conftest import Ran

Senco = Callable[..., Ran]
NAMES = {"budget.gone", "budget.not-as-recorded", "budget.not-in-trail"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the place where the ledger of these tests is kept once the first of them made it."""
    return tmp_path_factory.mktemp("busy") / "senco.db"


@pytest.fixture
def busy(borough: Store, made: Path, senco: Senco, award: Callable[..., str]) -> Store:
    """Give a ledger with every kind of change in it: eleven entries and three overrides."""
    if not made.exists():
        make_busy(senco, award)
        shutil.copy(borough.path, made)
    shutil.copy(made, borough.path)
    return borough


def make_busy(senco: Senco, award: Callable[..., str]) -> None:
    senco("budget", "allocate", "hnb", "£100,000")  # E1
    senco("budget", "allocate", "CP1:exceptional", "£10,000")  # E2
    senco("budget", "allocate", "CP1:training", "£500")  # E3
    senco("budget", "spend", "CP1:training", "£40", "--for", "A course", "--receipt", "INV-1")  # E4
    senco("budget", "spend", "CP1:training", "£600", "--for", "A ramp", "--override", "Needed")  # E5
    senco("budget", "reverse", "E4", "--reason", "Not bought")  # E6
    senco("budget", "time", "allocate", "CP1", "ep", "5h")  # E7
    senco("budget", "time", "book", "CP1", "ep", "1h")  # E8
    senco("budget", "time", "use", "CP1", "ep", "2h")  # E9, E10
    senco("budget", "override", "CP1:training", "£7", "--reason", "A gap")
    award("R-7KQ4", 1_200_000)
    senco("budget", "override", "R-7KQ4", "--reason", "No other place")
    senco("budget", "pay", "--due", "--yes")  # E11


@contextmanager
def behind(store: Store) -> Iterator[sqlite3.Connection]:
    """Give another client's connection: the triggers are taken off, and afterwards put back word for word."""
    with closing(sqlite3.connect(store.path)) as connection, connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in triggers:
            connection.execute(sql)


def found(store: Store) -> list[tuple[str, str]]:
    with store.reading(trusting=True) as ask:
        return [(each.check, each.where) for each in checks.findings(ask, TODAY) if each.check in NAMES]


def test_every_verb_is_as_the_trail_tells(busy: Store) -> None:
    assert found(busy) == []
    with busy.reading() as ask:
        assert ask.value("SELECT COUNT(*) FROM ledger_entry") == 11
        assert ask.value("SELECT COUNT(*) FROM ledger_override") == 3


ENTRY = (
    "INSERT INTO ledger_entry SELECT 12, day, {giver}, {taker}, 500, 'spend', '', '', '', '', NULL, NULL, made_at,"
    " made_by FROM ledger_entry WHERE number = 4"
)


@pytest.mark.tampered
@pytest.mark.parametrize(
    ("sql", "check", "where"),
    [
        (ENTRY.format(giver="from_account", taker="to_account"), "not-in-trail", "E12"),
        ("UPDATE ledger_entry SET amount = amount - 1 WHERE number = 4", "not-as-recorded", "E4"),
        ("UPDATE ledger_entry SET day = '2021-04-01' WHERE number = 4", "not-as-recorded", "E4"),
        ("UPDATE ledger_entry SET made_by = 'another' WHERE number = 4", "not-as-recorded", "E4"),
        ("UPDATE ledger_entry SET receipt = 'INV-2' WHERE number = 4", "not-as-recorded", "E4"),
        ("UPDATE ledger_entry SET to_account = 1 WHERE number = 4", "not-as-recorded", "E4"),
        ("UPDATE ledger_entry SET amount = 61 WHERE number = 10", "not-as-recorded", "E9 to E10"),
        ("UPDATE ledger_entry SET amount = 1 WHERE number = 11", "not-as-recorded", "E11"),
        ("DELETE FROM ledger_entry WHERE number = 11", "gone", "E11"),
        ("DELETE FROM ledger_entry WHERE number = 10", "gone", "E9 to E10"),
        ("UPDATE ledger_entry SET number = 12 WHERE number = 11", "gone", "E11"),
        ("UPDATE ledger_override SET amount = amount + 1 WHERE entry_number = 5", "not-as-recorded", "E5"),
        ("UPDATE ledger_override SET amount = amount + 1 WHERE override_id = 2", "not-as-recorded", "override 2"),
        ("UPDATE ledger_override SET amount = amount + 1 WHERE override_id = 3", "not-as-recorded", "override 3"),
        ("DELETE FROM ledger_override WHERE override_id = 3", "gone", "override 3"),
        (
            "INSERT INTO ledger_override SELECT 4, account_id, 5, NULL, NULL, reason, made_at, made_by"
            " FROM ledger_override WHERE override_id = 2",
            "not-in-trail",
            "override 4",
        ),
    ],
)
def test_what_another_client_did_with_the_triggers_off_is_found(busy: Store, sql: str, check: str, where: str) -> None:
    with behind(busy) as connection:
        assert connection.execute(sql).rowcount == 1
    assert (f"budget.{check}", where) in found(busy)


@pytest.mark.tampered
@pytest.mark.parametrize("column", ["name", "year", "kind", "cluster", "fund"])
def test_an_account_turned_into_another_is_found(busy: Store, column: str) -> None:
    with behind(busy) as connection:
        value = {"kind": "outside", "year": "2019/20"}.get(column, "CP2")
        connection.execute(f"UPDATE ledger_account SET {column} = ? WHERE name = 'cluster:CP1:training'", (value,))
    assert {where for check, where in found(busy) if check == "budget.not-as-recorded"} >= {"E3", "E4", "E5", "E6"}


@pytest.mark.tampered
def test_an_entry_put_in_where_the_triggers_allow_it_is_found_by_senco_check(busy: Store, senco: Senco) -> None:
    """No trigger was touched: it balances and follows on; only the trail does not know of it."""
    with closing(sqlite3.connect(busy.path)) as connection, connection:
        for number in (12, 13):
            connection.execute(
                "INSERT INTO ledger_entry SELECT ?, day, from_account, to_account, 500, 'spend', '', '', '', '', NULL,"
                " NULL, made_at, made_by FROM ledger_entry WHERE number = 2",
                (number,),
            )
    done = senco("check")
    assert done.code == 7
    assert "budget.not-in-trail" in done.out
    assert "E12 to E13" in done.out


@pytest.mark.tampered
def test_two_entries_apart_are_two_findings(busy: Store) -> None:
    with behind(busy) as connection:
        for number in (12, 14):
            connection.execute(
                "INSERT INTO ledger_entry SELECT ?, day, from_account, to_account, 500, 'spend', '', '', '', '', NULL,"
                " NULL, made_at, made_by FROM ledger_entry WHERE number = 2",
                (number,),
            )
    assert found(busy) == [("budget.not-in-trail", "E12"), ("budget.not-in-trail", "E14")]


@pytest.mark.tampered
def test_an_entry_made_in_the_place_of_another_is_found(busy: Store, senco: Senco) -> None:
    """The last entry is taken away and senco makes one: two lines of the trail tell of one number."""
    with behind(busy) as connection:
        connection.execute("DELETE FROM ledger_entry WHERE number = 11")
    senco("budget", "allocate", "CP1:training", "£9")
    assert found(busy) == [("budget.not-as-recorded", "E11")]


@pytest.mark.tampered
def test_the_walk_goes_on_page_by_page(busy: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorded, "_PAGE", 2)
    assert found(busy) == []
    with behind(busy) as connection:
        connection.execute("UPDATE ledger_entry SET amount = 1 WHERE number = 11")
    assert found(busy) == [("budget.not-as-recorded", "E11")]


@pytest.mark.tampered
def test_without_the_digest_an_altered_amount_would_pass(busy: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the digest taken away, the same alteration is not seen."""
    with behind(busy) as connection:
        connection.execute("UPDATE ledger_entry SET amount = amount - 1 WHERE number = 4")
    monkeypatch.setattr(recorded, "_digest", lambda _: "")
    monkeypatch.setattr(recorded, "_DIGEST", __import__("re").compile("never"))
    assert found(busy) == []


def test_a_line_that_tells_of_no_stretch_is_passed_over(busy: Store) -> None:
    with busy.changing("test.other", actor="officer", at=AT) as change:
        change.record("something else", entries="none of the ledger's")
    assert found(busy) == []


def test_a_change_without_entries_tells_of_none(busy: Store) -> None:
    with busy.reading() as ask:
        assert recorded.facts(ask, []) == {}


def test_the_digest_is_made_of_no_word_that_a_person_wrote(busy: Store) -> None:
    assert not {"description", "party", "reason", "person"} & set(
        (recorded.ENTRIES.rows + recorded.OVERRIDES.rows).replace(".", " ").replace(",", " ").split()
    )
