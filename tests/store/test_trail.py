"""The trail: it only grows, and every tampering with it shows."""

from __future__ import annotations

import sqlite3

import pytest

from senco.store.doors import Store
from senco.store.trail import seal_of
from tests.conftest import AT


@pytest.fixture
def filled(store: Store) -> Store:
    for number in range(5):
        with store.changing("x", actor="officer", at=AT) as change:
            change.record(f"thing {number}", count=number)
    return store


def raw(store: Store) -> sqlite3.Connection:
    return sqlite3.connect(store.path, isolation_level=None)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE trail SET actor = 'another' WHERE number = 3",
        "DELETE FROM trail WHERE number = 3",
        "INSERT OR REPLACE INTO trail SELECT number, at, 'another', verb, subject, detail, change_id, schema_digest,"
        " commitments, previous_hash, hash FROM trail WHERE number = 3",
        "INSERT INTO trail SELECT number + 100, at, actor, verb, subject, detail, 'new', schema_digest, commitments,"
        " hash, substr(hash, 2) || 'x' FROM trail ORDER BY number DESC LIMIT 1",
    ],
)
def test_sqlite_itself_refuses(filled: Store, sql: str) -> None:
    connection = raw(filled)
    with pytest.raises(sqlite3.IntegrityError, match="the trail only grows"):
        connection.execute(sql)
    connection.close()


def test_without_the_triggers_it_would_have_worked(filled: Store) -> None:
    """The control: the refusals above come from the triggers and from nothing else."""
    connection = raw(filled)
    connection.execute("BEGIN")
    connection.execute("DROP TRIGGER trail_no_update")
    connection.execute("UPDATE trail SET actor = 'another' WHERE number = 3")
    assert connection.execute("SELECT actor FROM trail WHERE number = 3").fetchone() == ("another",)
    connection.execute("ROLLBACK")
    connection.close()


@pytest.mark.tampered
@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("UPDATE trail SET actor = 'another' WHERE number = 3", "record 3 was altered"),
        ("UPDATE trail SET detail = '{\"a\":1}' WHERE number = 10", "record 10 was altered"),
        ("DELETE FROM trail WHERE number = 3", "record 3 is missing"),
        ("DELETE FROM trail WHERE number = 3", "record 4 does not follow from the one before it"),
        ("CREATE TABLE extra (a)", "the tables or triggers were altered outside senco since the last record"),
    ],
)
def test_a_tampering_past_the_triggers_is_found(filled: Store, sql: str, fault: str) -> None:
    connection = raw(filled)
    kept = connection.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'trail'").fetchall()
    for name in ("trail_no_update", "trail_no_delete", "trail_in_order"):
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(sql)
    for (trigger,) in kept:
        connection.execute(trigger)
    connection.close()
    with filled.reading(trusting=True) as ask:
        assert fault in ask.trail_faults()


def test_a_sound_trail_has_no_fault(filled: Store) -> None:
    with filled.reading() as ask:
        assert ask.trail_faults() == []


def test_the_seal_names_the_record_and_80_bits() -> None:
    assert seal_of(7, "ff" * 32) == "7-7777-7777-7777-7777"


def test_a_broken_reference_is_an_integrity_fault(store: Store) -> None:
    connection = raw(store)
    connection.execute(
        "INSERT INTO school_alias (alias, folded, la_code, urn, decided_by, source, made_at)"
        " VALUES ('a', 'a', 319, 999999, 'match', 'x', 'now')"
    )
    connection.close()
    with store.reading() as ask:
        assert ask.integrity_faults() == ["a row of school_alias points at a missing row of school"]
    connection = raw(store)
    connection.execute("DELETE FROM school_alias")
    connection.close()
