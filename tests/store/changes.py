"""Audited changes whose rows and trail line can be held against each other, and the look afterwards.

A change writes as many rows as its trail line says, each bearing the change's id: a change that is half there shows.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from senco.errors import StoreTrouble
from senco.store import connection as connecting
from senco.store.doors import Store
from senco.store.migrating import migrate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

AT = datetime(2020, 9, 1, 8, 0, tzinfo=UTC)
_ROW = "INSERT INTO setting (name, value, holds_from, set_at, set_by) VALUES (?, ?, ?, ?, ?)"
_HALVES = """
SELECT number FROM trail
  LEFT JOIN (SELECT set_by, COUNT(*) AS rows FROM setting GROUP BY set_by) ON set_by = change_id
 WHERE verb = 'setting.set' AND CAST(SUBSTR(detail, 9) AS INTEGER) <> COALESCE(rows, 0)
"""
_ORPHANS = "SELECT COUNT(*) FROM setting WHERE set_by NOT IN (SELECT change_id FROM trail)"


def new_store(path: Path) -> Store:
    """Make a migrated store."""
    migrate(path, actor="officer", at=AT.isoformat(), wait=5)
    return Store(path)


def set_rows(store: Store, rows: int, *, pages: int | None = None) -> str:
    """Make one audited change of so many rows and give its id once the door is closed.

    With ``pages`` SQLite keeps no more than that many in memory, so that a longer change spills into the file before it
    is committed.
    """
    with store.changing("setting.set", actor="officer", at=AT) as change:
        if pages is not None:
            change._connection.execute(f"PRAGMA cache_size={pages}").close()
        change.write_many(
            _ROW, [("panel.cap", f"{each:040}", "2020-09-01", change.stamp, change.change_id) for each in range(rows)]
        )
        change.record("setting panel.cap", rows=rows)
    return change.change_id


@contextmanager
def settings_of(**other: str) -> Iterator[None]:
    """Let connections take other settings than senco's, for a negative control: ``journal_mode="MEMORY"``."""
    expected = {"FULL": 2, "OFF": 0} if "synchronous" in other else {}
    kept = connecting.SETTINGS
    connecting.SETTINGS = tuple(
        (name, other[name], expected.get(other[name], other[name].lower())) if name in other else (name, told, read)
        for name, told, read in kept
    )
    try:
        yield
    finally:
        connecting.SETTINGS = kept


def faults(path: Path, acknowledged: Collection[str]) -> list[str]:
    """Open the store as after a restart and say what is lost, half there or damaged; an empty list is a sound store."""
    try:
        with Store(path, wait=5).reading(trusting=True) as ask:
            found = [f"trail: {each}" for each in ask.trail_faults()]
            found += [f"file: {each}" for each in ask.integrity_faults()]
            found += [f"half: record {number}" for number in ask.values(_HALVES)]
            found += ["half: rows without a record"] * bool(ask.value(_ORPHANS))
            lost = set(acknowledged).difference(ask.values("SELECT change_id FROM trail"))
            return found + [f"lost: {each}" for each in sorted(lost)]
    except StoreTrouble as error:
        return [f"file: {error.reference}"]


def journal_of(path: Path) -> Path:
    """Give the path of the journal that SQLite keeps beside a store while it writes."""
    return path.with_name(path.name + "-journal")


def is_hot(path: Path) -> bool:
    """Say whether a journal stands beside the store that has to be played back."""
    journal = journal_of(path)
    return journal.exists() and journal.read_bytes()[:8] == b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"


def recorded(path: Path) -> set[str]:
    """Give the ids of all changes in a store's trail, read without senco's doors."""
    connection = sqlite3.connect(path)
    try:
        return {row[0] for row in connection.execute("SELECT change_id FROM trail")}
    finally:
        connection.close()
