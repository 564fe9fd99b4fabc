"""What SQLite itself refuses, whatever the program: here one that turns foreign keys and recursive triggers off."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from senco.store.doors import Store

AT = "2020-11-24T14:00:00+00:00"
ACCOUNTS = (
    (1, "grant", "pence", "outside"),
    (2, "hnb", "pence", "fund"),
    (3, "cluster:CP1:training", "pence", "fund"),
    (4, "supplier", "pence", "outside"),
    (5, "service:ep", "minutes", "outside"),
    (6, "cluster:CP1:ep", "minutes", "fund"),
)


@pytest.fixture
def client(borough: Store) -> Iterator[sqlite3.Connection]:
    """Give another program's connection to a ledger of two entries."""
    with closing(sqlite3.connect(borough.path)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA recursive_triggers=OFF")
        connection.executemany(
            f"INSERT INTO ledger_account VALUES (?, ?, '2020/21', ?, ?, '', '', NULL, '{AT}', 'o')", ACCOUNTS
        )
        insert(connection, 1, 1, 2, 10_000)
        insert(connection, 2, 2, 3, 4_000)
        connection.commit()
        yield connection


def insert(
    connection: sqlite3.Connection, number: int | None, giver: int, taker: int, amount: object, **told: object
) -> None:
    row = {"kind": "spend", "reverses": None, "request": None, "run": "", "verb": "INSERT", **told}
    connection.execute(
        f"{row['verb']} INTO ledger_entry VALUES (?, '2020-11-24', ?, ?, ?, ?, '', '', '', ?, ?, ?, '{AT}', 'o')",
        (number, giver, taker, amount, row["kind"], row["run"], row["request"], row["reverses"]),
    )


@pytest.mark.parametrize(
    ("giver", "taker", "amount"),
    [
        (3, 4, 0),
        (3, 4, -5),
        (3, 4, None),
        (3, 4, 1.5),
        (3, 3, 5),
        (3, 99, 5),
        (99, 4, 5),
        (3, 6, 5),
        (5, 4, 5),
        (3, None, 5),
        (None, 4, 5),
    ],
)
def test_an_entry_that_does_not_balance_is_refused(
    client: sqlite3.Connection, giver: int, taker: int, amount: object
) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        insert(client, 3, giver, taker, amount)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_entry SET amount = 1 WHERE number = 1",
        "UPDATE OR REPLACE ledger_entry SET number = 1 WHERE number = 2",
        "UPDATE ledger_entry SET day = '2020-11-25'",
        "DELETE FROM ledger_entry WHERE number = 2",
        "DELETE FROM ledger_entry",
        "REPLACE INTO ledger_entry SELECT * FROM ledger_entry WHERE number = 2",
        "UPDATE ledger_account SET unit = 'minutes'",
        "UPDATE ledger_account SET kind = 'outside'",
        "DELETE FROM ledger_account WHERE account_id = 3",
        "REPLACE INTO ledger_account SELECT 3, name, year, unit, 'outside', cluster, fund, urn, opened_at, opened_by"
        " FROM ledger_account WHERE account_id = 3",
        "REPLACE INTO ledger_account SELECT 7, name, year, unit, 'outside', cluster, fund, urn, opened_at, opened_by"
        " FROM ledger_account WHERE account_id = 3",
    ],
)
def test_an_entry_or_account_is_neither_edited_nor_deleted_nor_replaced(client: sqlite3.Connection, sql: str) -> None:
    before = client.execute("SELECT * FROM ledger_entry").fetchall()
    with pytest.raises(sqlite3.IntegrityError):
        client.execute(sql)
    assert client.execute("SELECT * FROM ledger_entry").fetchall() == before


def test_entries_follow_each_other(client: sqlite3.Connection) -> None:
    for number in (1, 2, 4, -1, 0, None):
        with pytest.raises(sqlite3.IntegrityError):
            insert(client, number, 3, 4, 5, verb="INSERT OR REPLACE")


def test_a_fund_gives_no_more_than_it_holds_and_may_be_overspent_by(client: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="no more than it holds"):
        insert(client, 3, 3, 4, 4_001)
    client.execute("INSERT INTO ledger_override VALUES (1, 3, 1, NULL, NULL, 'Because.', ?, 'o')", (AT,))
    insert(client, 3, 3, 4, 4_001)
    with pytest.raises(sqlite3.IntegrityError, match="no more than it holds"):
        insert(client, 4, 3, 4, 1)
    with pytest.raises(sqlite3.IntegrityError, match="no more than it holds"):
        insert(client, 4, 6, 5, 1)


def test_a_reversal_takes_back_one_whole_entry_once(client: sqlite3.Connection) -> None:
    reversing = {"kind": "reverse", "reverses": 2}
    for giver, taker, amount in ((2, 3, 4_000), (3, 2, 3_999), (3, 4, 4_000)):
        with pytest.raises(sqlite3.IntegrityError):
            insert(client, 3, giver, taker, amount, **reversing)
    with pytest.raises(sqlite3.IntegrityError):
        insert(client, 3, 3, 2, 4_000, kind="reverse", reverses=77)
    insert(client, 3, 3, 2, 4_000, **reversing)
    with pytest.raises(sqlite3.IntegrityError):
        insert(client, 4, 3, 2, 4_000, **reversing, verb="INSERT OR REPLACE")
    with pytest.raises(sqlite3.IntegrityError):
        insert(client, 4, 2, 3, 4_000, kind="reverse", reverses=3)
    assert client.execute("SELECT COUNT(*) FROM ledger_entry").fetchone()[0] == 3


@pytest.mark.parametrize(
    "told", [{"kind": "reverse"}, {"kind": "spend", "reverses": 1}, {"kind": "pay"}, {"kind": "pay", "run": "PAY-1"}]
)
def test_an_entry_is_of_a_kind_that_fits(client: sqlite3.Connection, told: dict[str, object]) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        insert(client, 3, 3, 2, 5, **told)


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO ledger_override VALUES (2, 3, 5, NULL, NULL, 'Because.', 'x', 'o')",  # not in order
        "INSERT INTO ledger_override VALUES (1, 4, 5, NULL, NULL, 'Because.', 'x', 'o')",  # a supplier has no limit
        "INSERT INTO ledger_override VALUES (1, 3, 0, NULL, NULL, 'Because.', 'x', 'o')",
        "INSERT INTO ledger_override VALUES (1, 3, 5, NULL, NULL, '   ', 'x', 'o')",
        "INSERT INTO award_event VALUES (2, 'R-7KQ4', 'resume', '2021-01-01', '', '', NULL, '', 'x', 'o')",
        "INSERT INTO award_event VALUES (1, 'R-7KQ4', 'stop', '2021-01-01', '', '', NULL, '', 'x', 'o')",
        "INSERT INTO award_event VALUES (1, 'R-7KQ4', 'move', '2021-01-01', '', '', NULL, '', 'x', 'o')",
        "INSERT INTO award_event VALUES (1, 'R-7KQ4', 'terms', '2021-01-01', '', '', NULL, '', 'x', 'o')",
    ],
)
def test_overrides_and_events_are_whole(client: sqlite3.Connection, sql: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        client.execute(sql)


def test_what_is_on_record_beside_the_entries_stays_too(client: sqlite3.Connection) -> None:
    digest = "d" * 64
    client.execute("INSERT INTO ledger_override VALUES (1, 3, 5, NULL, NULL, 'Because.', ?, 'o')", (AT,))
    client.execute("INSERT INTO award_event VALUES (1, 'R-7KQ4', 'resume', '2021-01-01', '', '', NULL, '', 'x', 'o')")
    client.execute(
        f"INSERT INTO finance_statement VALUES (1, 3, '{digest}', 'f', '2020-09-01', '2020-09-30', 1, 'x', 'o')"
    )
    client.execute("INSERT INTO finance_line VALUES (1, 1, 'f!A2', '2020-09-02', 5, 'ref', NULL)")
    client.execute("INSERT INTO finance_line VALUES (1, 2, 'f!A3', '2020-09-02', 5, 'ref', 2)")
    for table in ("ledger_override", "award_event", "finance_statement", "finance_line"):
        column = client.execute(f"PRAGMA table_info({table})").fetchall()[2][1]
        for sql in (
            f"DELETE FROM {table}",
            f"UPDATE {table} SET {column} = {column} || ''"
            if table != "finance_line"
            else f"UPDATE {table} SET day = ''",
            f"REPLACE INTO {table} SELECT * FROM {table}",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                client.execute(sql)
    for sql in (
        "UPDATE finance_line SET entry_number = 1 WHERE line = 2",  # found once, found for good
        "INSERT OR REPLACE INTO finance_line VALUES (1, 3, 'f!A4', '2020-09-02', 5, 'ref', 2)",
        f"REPLACE INTO finance_statement VALUES (2, 3, '{digest}', 'f', '2020-09-01', '2020-09-30', 1, 'x', 'o')",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            client.execute(sql)
    client.execute("UPDATE finance_line SET entry_number = 1 WHERE line = 1")


def test_an_override_for_an_entry_is_bound_to_it_and_ends_with_its_reversal(client: sqlite3.Connection) -> None:
    override = "INSERT INTO ledger_override VALUES (1, 3, ?, NULL, ?, 'Because.', 'x', 'o')"
    for amount, entry in ((1, 2), (1, 4)):
        with pytest.raises(sqlite3.IntegrityError, match="stays on record"):
            client.execute(override, (amount, entry))
    client.execute(override, (1, 3))
    with pytest.raises(sqlite3.IntegrityError, match="for its fund"):
        insert(client, 3, 2, 4, 5)
    insert(client, 3, 3, 4, 4_001)
    insert(client, 4, 4, 3, 4_001, kind="reverse", reverses=3)
    with pytest.raises(sqlite3.IntegrityError, match="no more than it holds"):
        insert(client, 5, 3, 4, 4_001)
    with pytest.raises(sqlite3.IntegrityError):
        client.execute("INSERT INTO ledger_override VALUES (2, 3, 1, 'R-7KQ4', 5, 'Because.', 'x', 'o')")


_EVENT = "INSERT INTO award_event VALUES (1, 'R-7KQ4', {kind}, '{day}', '{pattern}', '', NULL, '', 'x', 'o')"
_ACCOUNT = "INSERT INTO ledger_account VALUES (7, 'hnb', '{year}', 'pence', 'fund', '', '', NULL, 'x', 'o')"
_ENTRY = "INSERT INTO ledger_entry VALUES (3, '{day}', 1, 2, {pence}, 'allocate', '', '', '', '', NULL, NULL, 'x', 'o')"
_STATEMENT = "INSERT INTO finance_statement VALUES (1, 3, '{digest}', 'f', '{first}', '{last}', 1, 'x', 'o')"
_LINE = "INSERT INTO finance_line VALUES (1, 1, 'f!A2', '{day}', {pence}, 'ref', NULL)"


@pytest.mark.parametrize(
    ("sql", "right", "wrong"),
    [
        (_ACCOUNT, {"year": "2099/00"}, ({"year": "2020/22"}, {"year": "2020/20"}, {"year": "20/21"})),
        (
            _ENTRY,
            {"day": "2024-02-29", "pence": 10**12 - 1},
            ({"day": "2021-02-29", "pence": 5}, {"day": "2020-13-01", "pence": 5},
             {"day": "2020-11-24", "pence": 10**12}, {"day": "24/11/2020", "pence": 5}, {"day": "now", "pence": 5}),
        ),
        (
            _EVENT,
            {"kind": "'terms'", "day": "2021-01-01", "pattern": "5/12+7/12"},
            ({"kind": "'terms'", "day": "2021-02-30", "pattern": "monthly"},
             {"kind": "'terms'", "day": "2021-01-01", "pattern": "weekly"}),
        ),
        (
            _STATEMENT,
            {"digest": "d" * 64, "first": "2020-11-01", "last": "2020-11-30"},
            ({"digest": "d" * 64, "first": "2020-11-01", "last": "2020-11-31"},
             {"digest": "d" * 64, "first": "", "last": "2020-11-30"}),
        ),
        (
            _LINE,
            {"day": "2020-11-30", "pence": -5},
            ({"day": "2020-11-31", "pence": 5}, {"day": "2020-11-30", "pence": -(10**12)}),
        ),
    ],
)  # fmt: skip
def test_days_are_real_years_follow_and_amounts_are_bounded(
    client: sqlite3.Connection, sql: str, right: dict[str, object], wrong: tuple[dict[str, object], ...]
) -> None:
    for told in wrong:
        with pytest.raises(sqlite3.IntegrityError):
            client.execute(sql.format(**told))
    client.execute(sql.format(**right))


def test_an_override_is_of_a_bounded_amount(client: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        client.execute("INSERT INTO ledger_override VALUES (1, 3, 1000000000000, NULL, NULL, 'Because.', 'x', 'o')")
