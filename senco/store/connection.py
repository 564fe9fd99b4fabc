"""Connections to the store's file: settings that are set and read back, and the five ways a file may not be a store."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from senco.errors import NotFound, StoreTrouble

APPLICATION_ID = 0x53454E43  # "SENC"

# Measured on simulated power loss (reliability.md 1): DELETE with EXTRA is the setting that loses nothing.
SETTINGS: tuple[tuple[str, str, str | int], ...] = (
    ("journal_mode", "DELETE", "delete"),
    ("synchronous", "EXTRA", 3),
    ("foreign_keys", "ON", 1),
    ("secure_delete", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("recursive_triggers", "ON", 1),
    ("temp_store", "MEMORY", 2),
)


class DoorConnection(sqlite3.Connection):
    """A connection whose transaction only the doors end, by SQL.

    A library that works inside a change must not be able to: SQLAlchemy rolls back when it first meets a connection,
    which would undo the door's BEGIN IMMEDIATE and leave every later statement to commit by itself.
    """

    def commit(self) -> None:
        """Leave the transaction open."""

    def rollback(self) -> None:
        """Leave the transaction open."""


MIGRATIONS = Path(__file__).parent / "migrations"


def migration_files() -> dict[int, Path]:
    """Give the file of every migration by its number, in order."""
    files = sorted(file for file in MIGRATIONS.iterdir() if file.name[:4].isdecimal() and file.suffix == ".sql")
    return {int(file.name[:4]): file for file in files}


def latest_migration() -> int:
    """Give the number of the newest migration that this senco carries."""
    return max(migration_files())


def refuse_missing(path: Path, *, create: bool = False) -> None:
    """Raise NotFound ``store.missing`` or StoreTrouble ``store.is-folder`` where no file stands to be opened."""
    if path.is_dir():
        raise StoreTrouble(
            "store.is-folder", f"{path} is a folder, not a store.", f"Name a file in it: {path / 'senco.db'}"
        )
    if not create and not path.is_file():
        raise NotFound(
            "store.missing",
            f"There is no store at {path}.",
            "Make one with `senco init`, or name another with --store FILE or SENCO_STORE.",
        )


def connect(path: Path, *, wait: float, create: bool = False, write: bool = False) -> sqlite3.Connection:
    """Open the file with senco's settings, each read back; ``wait`` is in seconds.

    Raises what `refuse_missing` raises and StoreTrouble ``store.setting-refused``, ``store.damaged``, ``store.locked``
    or ``store.cannot-open``.
    """
    refuse_missing(path, create=create)
    posix = path.absolute().as_posix()
    uri = f"file://{'' if posix.startswith('/') else '/'}{quote(posix, safe='/:')}?mode={'rwc' if create else 'rw'}"
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, timeout=wait, check_same_thread=False, factory=DoorConnection
        )
        _set_and_read_back(connection)
        connection.execute(f"PRAGMA query_only={'OFF' if write or create else 'ON'}").close()
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise trouble(error, path) from None
    except BaseException:
        if connection is not None:
            connection.close()
        raise
    return connection


def _set_and_read_back(connection: sqlite3.Connection) -> None:
    for name, setting, expected in SETTINGS:
        connection.execute(f"PRAGMA {name}={setting}").close()
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != expected:
            raise StoreTrouble(
                "store.setting-refused",
                f"SQLite did not take the setting {name}={setting} (it is {found}); the store would not be safe.",
                "Check that no other program has the store open, and that SQLite is 3.37 or newer.",
            )


# By the start of SQLite's own name for the error: reference, what happened to the file {path} ({name}), what to do.
_TROUBLES: tuple[tuple[str, str, str, str], ...] = (
    (
        "SQLITE_CORRUPT",
        "store.damaged",
        "{path} is damaged ({name}).",
        "Put the last backup in its place; keep the damaged file for whoever repairs it.",
    ),
    (
        "SQLITE_NOTADB",
        "store.damaged",
        "{path} is damaged or is no SQLite file ({name}).",
        "Put the last backup in its place; keep the damaged file for whoever repairs it.",
    ),
    (
        "SQLITE_BUSY",
        "store.locked",
        "Another program is using {path}. Nothing changed.",
        "Close it there and try again.",
    ),
    (
        "SQLITE_LOCKED",
        "store.locked",
        "Another program is using {path}. Nothing changed.",
        "Close it there and try again.",
    ),
    (
        "SQLITE_CONSTRAINT",
        "store.refused-by-rule",
        "The store itself refused the change: it would break one of its rules ({name}). Nothing changed.",
        "Please report this: senco should have refused it earlier and in plainer words.",
    ),
    ("SQLITE_FULL", "store.disk-full", "The disk of {path} is full. Nothing changed.", "Make room and try again."),
    (
        "SQLITE_IOERR_WRITE",
        "store.disk-full",
        "The disk of {path} takes nothing more. Nothing changed.",
        "Make room and try again.",
    ),
    (
        "SQLITE_READONLY",
        "store.read-only",
        "You may not write to {path}. Nothing changed.",
        "Ask for the right to write there.",
    ),
    ("SQLITE_CANTOPEN", "store.cannot-open", "{path} cannot be opened.", "Check the path and your right to read."),
    (
        "",
        "store.failed",
        "SQLite refused the work on {path} ({name}). Nothing changed.",
        "Run `senco check`; if it finds nothing, please report this.",
    ),
)


def trouble(error: sqlite3.Error, path: Path) -> StoreTrouble:
    """Turn SQLite's own error into senco's, by its name and never by its text (which may hold values)."""
    name: str = getattr(error, "sqlite_errorname", "") or type(error).__name__
    reference, message, hint = next(rest for start, *rest in _TROUBLES if name.startswith(start))
    return StoreTrouble(reference, message.format(path=path, name=name), hint)


def look_over(connection: sqlite3.Connection, path: Path) -> None:
    """Tell a store from what is none, before anything is read from it.

    Raises StoreTrouble ``store.empty``, ``store.not-senco``, ``store.too-old``, ``store.too-new`` or ``store.damaged``.
    """
    try:
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        number = connection.execute("PRAGMA user_version").fetchone()[0]
        if mark != APPLICATION_ID:
            anything = connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()[0]
            if not anything:
                raise StoreTrouble("store.empty", f"{path} is empty: no store was made in it.", "Run `senco init`.")
            raise StoreTrouble(
                "store.not-senco", f"{path} is an SQLite file of another program.", "Name senco's own store."
            )
        newest = latest_migration()
        if number < newest:
            raise StoreTrouble(
                "store.too-old",
                f"{path} was made by an older senco (step {number}; this one needs {newest}).",
                "Run `senco init`: it saves a copy, then brings the store up to date.",
            )
        if number > newest:
            raise StoreTrouble(
                "store.too-new",
                f"{path} was made by a newer senco (step {number}; this one knows {newest}).",
                "Install the newer senco.",
            )
    except sqlite3.Error as error:
        raise trouble(error, path) from None


def roll_back(connection: sqlite3.Connection) -> None:
    """Undo whatever transaction is open; a connection that is already gone is left alone."""
    with suppress(sqlite3.Error):
        if connection.in_transaction:
            connection.execute("ROLLBACK")
