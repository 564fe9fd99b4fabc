"""The runner of the numbered migrations: each step and its record in one transaction, a copy saved before."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import uuid
from typing import TYPE_CHECKING

from senco.deferred import dataclass
from senco.errors import StoreTrouble
from senco.store import trail
from senco.store.connection import (
    APPLICATION_ID,
    connect,
    latest_migration,
    migration_files,
    roll_back,
    trouble,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What the runner did: the steps taken and the copy it saved before, if there was anything to save."""

    made: bool
    steps: tuple[str, ...]
    copy: Path | None


def migrate(path: Path, *, actor: str, at: str, wait: float, upto: int | None = None) -> Upgrade:
    """Make the store or bring it up to date; ``at`` is UTC, ISO.

    Raises StoreTrouble ``store.not-senco``, ``store.too-new``, ``store.edited-step`` and what `connect` raises.
    """
    fresh = not path.exists() or path.stat().st_size == 0
    connection = connect(path, wait=wait, create=True)
    try:
        if os.name == "posix":
            path.chmod(0o600)
        done = _steps_done(connection, path)
        wanted = {number: file for number, file in migration_files().items() if upto is None or number <= upto}
        _refuse_edited_steps(path, done, wanted)
        copy = None if fresh or len(done) == len(wanted) else _save_copy(connection, path, max(done, default=0))
        steps = []
        for number, file in wanted.items():
            if number not in done:
                _take_step(connection, number, file, actor=actor, at=at)
                steps.append(file.stem)
    except sqlite3.Error as error:
        roll_back(connection)
        raise trouble(error, path) from None
    finally:
        connection.close()
        if fresh and path.exists() and path.stat().st_size == 0:  # nothing was made: leave nothing behind
            path.unlink()
    return Upgrade(fresh, tuple(steps), copy)


def statements(script: str) -> Iterator[str]:
    """Cut an SQL script into its statements; a trigger's body stays whole."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held.strip()
            held = ""


def _steps_done(connection: sqlite3.Connection, path: Path) -> dict[int, str]:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    if not tables and mark in {0, APPLICATION_ID}:
        return {}
    if mark != APPLICATION_ID:
        raise StoreTrouble("store.not-senco", f"{path} is an SQLite file of another program.", "Name another file.")
    number, newest = connection.execute("PRAGMA user_version").fetchone()[0], latest_migration()
    if number > newest:
        raise StoreTrouble(
            "store.too-new",
            f"{path} was made by a newer senco (step {number}; this one knows {newest}).",
            "Install the newer senco.",
        )
    return dict(connection.execute("SELECT number, checksum FROM migration ORDER BY number").fetchall())


def _refuse_edited_steps(path: Path, done: dict[int, str], wanted: dict[int, Path]) -> None:
    for number, checksum in done.items():
        if number in wanted and checksum != _checksum(wanted[number]):
            raise StoreTrouble(
                "store.edited-step",
                f"Step {wanted[number].stem} of {path} differs from the step this senco carries.",
                "Install senco again from a clean source: a released step is never edited.",
            )


def _save_copy(connection: sqlite3.Connection, path: Path, step: int) -> Path:
    number = 1
    while (copy := path.with_name(f"{path.stem}-before-upgrade-from-{step:04d}-{number}{path.suffix}")).exists():
        number += 1
    connection.execute("VACUUM INTO ?", (str(copy),))
    if os.name == "posix":
        copy.chmod(0o600)
    if not _sound(copy):
        raise StoreTrouble(
            "store.copy-unsound",
            f"The copy {copy} did not pass SQLite's check; no step was taken.",
            "Try another disk.",
        )
    return copy


def _sound(copy: Path) -> bool:
    """Open a copy and check it: a backup not opened and checked is not called one."""
    kept = sqlite3.connect(copy)
    try:
        return bool(kept.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False
    finally:
        kept.close()


def _take_step(connection: sqlite3.Connection, number: int, file: Path, *, actor: str, at: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if number == 1:
            connection.execute(
                "CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL,"
                " at TEXT NOT NULL) STRICT"
            )
        for statement in statements(file.read_text(encoding="utf-8")):
            connection.execute(statement)
        if number == 1:
            connection.execute("INSERT INTO store_identity VALUES (1, ?, ?)", (uuid.uuid4().hex, at))
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("INSERT INTO migration VALUES (?, ?, ?, ?)", (number, file.stem, _checksum(file), at))
        trail.append(
            connection,
            at=at,
            actor=actor,
            verb=trail.MIGRATED,
            subject=f"step {file.stem}",
            detail={},
            change_id=uuid.uuid4().hex,
        )
        # A step that came late, between steps already taken, does not make the store look older than it is.
        newest = max(number, connection.execute("PRAGMA user_version").fetchone()[0])
        connection.execute(f"PRAGMA user_version={newest}")
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise


def _checksum(file: Path) -> str:
    # Line ends are folded: a checkout on Windows must not look like an edited step.
    return hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest()[:32]
