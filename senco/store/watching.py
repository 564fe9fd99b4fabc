"""Watching a table while many rows are written to it: what was added, and what changed from what to what.

The rows themselves are never held: SQLite notes the differences as they are made, in temporary tables that go with the
connection. So an import of fifty thousand rows can show its plan in little memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


class Watch:
    """Notes of what is done to one table from now on; names of tables and columns are the program's own."""

    def __init__(self, connection: sqlite3.Connection, table: str, keys: Sequence[str], columns: Sequence[str]) -> None:
        self._connection = connection
        self._added = f"added_to_{table}"
        self._changed = f"changed_in_{table}"
        self._keys = ", ".join(keys)
        new = ", ".join(f"NEW.{key}" for key in keys)
        noting = " ".join(
            f"INSERT INTO changed_in_{table} SELECT {new}, '{column}', OLD.{column}, NEW.{column}"  # noqa: S608 - the program's own names
            f" WHERE OLD.{column} IS NOT NEW.{column};"
            for column in columns
        )
        added_to, changed_in = self._added, self._changed
        added = f"{added_to} ({self._keys}, PRIMARY KEY ({self._keys})) WITHOUT ROWID"
        changed = (
            f"{self._changed} ({self._keys}, field, before, after, PRIMARY KEY ({self._keys}, field)) WITHOUT ROWID"
        )
        for made in (
            f"TABLE {added}",
            f"TABLE {changed}",
            f"TRIGGER note_{added_to} AFTER INSERT ON main.{table} BEGIN INSERT INTO {added_to} VALUES ({new}); END",
            f"TRIGGER note_{changed_in} AFTER UPDATE ON main.{table} BEGIN {noting} END",
        ):
            connection.execute(f"CREATE TEMP {made}").close()

    def added(self) -> int:
        """Count the rows added."""
        return self._count(f"SELECT COUNT(*) FROM {self._added}")  # noqa: S608 - the program's own names

    def changed(self) -> int:
        """Count the rows changed."""
        return self._count(f"SELECT COUNT(*) FROM (SELECT DISTINCT {self._keys} FROM {self._changed})")  # noqa: S608

    def fields(self) -> int:
        """Count the fields changed, over all rows."""
        return self._count(f"SELECT COUNT(*) FROM {self._changed}")  # noqa: S608 - the program's own names

    def keys_added(self, most: int) -> list[tuple[Any, ...]]:
        """Give the keys of the rows added, in order, no more than so many."""
        sql = f"SELECT {self._keys} FROM {self._added} ORDER BY {self._keys} LIMIT ?"  # noqa: S608
        return self._connection.execute(sql, (most,)).fetchall()

    def fields_changed(self, most: int, *, field: str | None = None) -> list[tuple[Any, ...]]:
        """Give the changes, each as its row's key, the field, its value before and after; no more than so many."""
        sql = (
            f"SELECT {self._keys}, field, before, after FROM {self._changed}"  # noqa: S608 - the program's own names
            f" WHERE ?1 IS NULL OR field = ?1 ORDER BY {self._keys}, field LIMIT ?2"
        )
        return self._connection.execute(sql, (field, most)).fetchall()

    def _count(self, sql: str) -> int:
        return int(self._connection.execute(sql).fetchone()[0])
