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
        self._changed = f"changed_in_{table}"
        self._keys = ", ".join(keys)
        before, old = f"before_in_{table}", ", ".join(f"OLD.{key}" for key in keys)
        self._new = f"main.{table} WHERE ({self._keys}) NOT IN (SELECT {self._keys} FROM {before})"  # noqa: S608 - the program's own names
        noting = " ".join(
            f"INSERT INTO {self._changed} SELECT {old}, '{column}', OLD.{column}, NEW.{column}"
            f" WHERE OLD.{column} IS NOT NEW.{column};"
            for column in columns
        )
        key = f"{self._keys}, PRIMARY KEY ({self._keys})"
        changed = f"{self._keys}, field, before, after, PRIMARY KEY ({self._keys}, field)"
        for statement in (
            f"CREATE TEMP TABLE {before} ({key}) WITHOUT ROWID",
            f"INSERT INTO {before} SELECT {self._keys} FROM main.{table} ORDER BY {self._keys}",  # noqa: S608 - the same
            f"CREATE TEMP TABLE {self._changed} ({changed}) WITHOUT ROWID",
        ):
            connection.execute(statement).close()
        # A trigger makes SQLite guard every statement by itself, which costs a fifth: an empty table needs none.
        if columns and self._count(f"SELECT COUNT(*) FROM {before}"):  # noqa: S608 - the same
            connection.execute(
                f"CREATE TEMP TRIGGER note_{table} AFTER UPDATE ON main.{table} BEGIN {noting} END"
            ).close()

    def added(self) -> int:
        """Count the rows added."""
        return self._count(f"SELECT COUNT(*) FROM {self._new}")  # noqa: S608 - the program's own names

    def fields(self) -> int:
        """Count the fields changed, over all rows."""
        return self._count(f"SELECT COUNT(*) FROM {self._changed}")  # noqa: S608 - the same

    def keys_added(self, most: int) -> list[tuple[Any, ...]]:
        """Give the keys of the rows added, in order, no more than so many; -1 gives all."""
        sql = f"SELECT {self._keys} FROM {self._new} ORDER BY {self._keys} LIMIT ?"  # noqa: S608 - the same
        return self._connection.execute(sql, (most,)).fetchall()

    def fields_changed(self, most: int, *, field: str | None = None) -> list[tuple[Any, ...]]:
        """Give the changes: row's key, field, value before and after; no more than so many, -1 gives all."""
        sql = (
            f"SELECT {self._keys}, field, before, after FROM {self._changed}"  # noqa: S608 - the same
            f" WHERE :field IS NULL OR field = :field ORDER BY {self._keys}, field LIMIT :most"
        )
        return self._connection.execute(sql, {"field": field, "most": most}).fetchall()

    def _count(self, sql: str) -> int:
        return int(self._connection.execute(sql).fetchone()[0])
