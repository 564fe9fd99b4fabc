"""The two doors: `reading` cannot write, `changing` cannot write without a line in the trail."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from zlib import crc32

from senco.errors import Fault, Refused, StoreTrouble
from senco.privacy import names_a_pupil
from senco.store import seen
from senco.store.connection import connect, look_over, refuse_missing, roll_back, trouble
from senco.store.places import why_not_here

if TYPE_CHECKING:
    from pathlib import Path

    from sqlmodel import Session, SQLModel

    from senco.store.migrating import Upgrade
    from senco.store.trail import Detail
    from senco.store.watching import Watch

L = TypeVar("L")
T = TypeVar("T", bound="SQLModel")
Parameters = Mapping[str, str | int | float | None]
_NONE: Parameters = {}


class Ask:
    """The reading door's handle: SQL text in, frozen lines out, built column by column in their order."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self, line: Callable[..., L], sql: str, parameters: Parameters = _NONE) -> list[L]:
        """Give every row as a line."""
        return [line(*row) for row in self._connection.execute(sql, parameters)]

    def one(self, line: Callable[..., L], sql: str, parameters: Parameters = _NONE) -> L | None:
        """Give the first row as a line, or None."""
        row = self._connection.execute(sql, parameters).fetchone()
        return None if row is None else line(*row)

    def values(self, sql: str, parameters: Parameters = _NONE) -> list[Any]:
        """Give the first column of every row."""
        return [row[0] for row in self._connection.execute(sql, parameters)]

    def value(self, sql: str, parameters: Parameters = _NONE) -> Any:
        """Give the first column of the first row, or None."""
        row = self._connection.execute(sql, parameters).fetchone()
        return None if row is None else row[0]

    def remember_newest(self) -> None:
        """Keep the newest record as the one last seen on this machine."""
        _remember_newest(self._connection)

    def newest_seal(self) -> str:
        """Give the seal of the newest record in the trail."""
        row = self._connection.execute("SELECT number, hash FROM trail ORDER BY number DESC LIMIT 1").fetchone()
        from senco.store.trail import seal_of

        return seal_of(*row)

    def record_missing(self) -> str | None:
        """Give the seal of the record last seen of this store on this machine when its trail does not hold it."""
        return _record_missing(self._connection)

    def trail_faults(self) -> list[str]:
        """Walk the whole trail and say what does not hold."""
        from senco.store.trail import faults_of

        return faults_of(self._connection)

    def integrity_faults(self) -> list[str]:
        """Say what SQLite's own checks and the foreign keys find."""
        found = [row[0] for row in self._connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        broken = self._connection.execute("PRAGMA foreign_key_check").fetchall()
        return found + [f"a row of {row[0]} points at a missing row of {row[2]}" for row in broken]

    def columns(self) -> list[tuple[str, str]]:
        """Give every column of every table of the store, as pairs of table and column."""
        return self.all(
            lambda table, column: (table, column),
            "SELECT t.name, c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c"
            " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid",
        )


class Change:
    """The changing door's handle: one transaction, one actor, one moment, one line in the trail."""

    def __init__(self, connection: sqlite3.Connection, verb: str, actor: str, at: datetime) -> None:
        self._connection = connection
        self._session: Session | None = None
        self._engine: Any = None
        self._recorded: tuple[str, dict[str, Detail]] | None = None
        self.verb = verb
        self.actor = actor
        self.at = at
        self.change_id = uuid.uuid4().hex
        self.ask = Ask(connection)
        self.withdrawn = False

    @property
    def stamp(self) -> str:
        """Give the moment of the change in UTC, ISO, to the second."""
        return self.at.astimezone(UTC).isoformat(timespec="seconds")

    @property
    def session(self) -> Session:
        """Give the SQLModel session that works inside this transaction."""
        if self._session is None:
            from sqlalchemy import URL, create_engine
            from sqlalchemy.pool import StaticPool
            from sqlmodel import Session

            connection = self._connection
            self._engine = create_engine(
                URL.create("sqlite"), creator=lambda: connection, poolclass=StaticPool, hide_parameters=True
            )
            self._session = Session(self._engine, autoflush=True, expire_on_commit=False)
            from sqlalchemy import event

            event.listen(self._session, "before_flush", _refuse_pupils)
        return self._session

    def add(self, table: type[T], **values: object) -> T:
        """Make a row, validated, and add it: the one seam where rows of record are made."""
        row = table.model_validate(values)
        self.session.add(row)
        return row

    def write_many(self, sql: str, rows: Iterable[tuple[Any, ...]] | Iterable[Mapping[str, Any]]) -> int:
        """Run one statement over many rows and give how many rows it touched; for imports too long for objects."""
        self.flush()
        return self._connection.executemany(sql, rows).rowcount

    def watch(self, table: str, keys: Sequence[str], columns: Sequence[str]) -> Watch:
        """Note from now on what is added to a table and what changes in it; for the plan of a long import."""
        from senco.store.watching import Watch

        return Watch(self._connection, table, keys, columns)

    def withdraw(self) -> None:
        """Leave the store as it was, without a line in the trail: for a change that turns out to change nothing."""
        self.withdrawn = True

    def flush(self) -> None:
        """Send what the session holds to SQLite, so that the next question sees it."""
        if self._session is not None:
            self._session.flush()

    def record(self, subject: str, **detail: Detail) -> None:
        """Say what was changed, once, for the trail: a reference and plain facts, nothing personal."""
        if self._recorded is not None:
            raise Fault("trail.recorded-twice", f"The change {self.verb} was recorded twice.", "Please report this.")
        self._recorded = (subject, detail)

    def _finish(self) -> tuple[int, str]:
        if self._recorded is None:
            raise Fault(
                "trail.not-recorded",
                f"The change {self.verb} left no line in the trail, so it was undone.",
                "Please report this.",
            )
        self.flush()
        subject, detail = self._recorded
        _refuse_pupil_in(self.actor, subject, *detail.values())
        from senco.store.trail import append

        return append(
            self._connection,
            at=self.stamp,
            actor=self.actor,
            verb=self.verb,
            subject=subject,
            detail=detail,
            change_id=self.change_id,
        )

    def _leave(self) -> None:
        if self._session is not None:
            self._session.close()
            self._engine.dispose()


class Store:
    """One store's file; ``wait`` is how many seconds to wait for another writer."""

    def __init__(self, path: Path, *, wait: float = 30.0) -> None:
        self.path = path
        self.wait = wait

    def accept(self) -> None:
        """Take the store as it stands for the one last seen: after an older copy was put back on purpose."""
        with self.reading(trusting=True) as ask:
            ask.remember_newest()

    def make_or_upgrade(self, *, actor: str, at: datetime) -> Upgrade:
        """Make the store, or bring it up to date after saving a copy.

        Raises StoreTrouble ``store.synced-folder``, ``store.cannot-make-folder`` and what `migrate` raises.
        """
        from senco.store.lock import locked
        from senco.store.migrating import migrate

        self._refuse_synced_folder()
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreTrouble(
                "store.cannot-make-folder",
                f"The folder {self.path.parent} cannot be made ({error.strerror}).",
                "Name another place with --store FILE.",
            ) from None
        stamp = at.astimezone(UTC).isoformat(timespec="seconds")
        with locked(self.path, since=stamp, wait=self.wait):
            return migrate(self.path, actor=actor, at=stamp, wait=self.wait)

    def _refuse_synced_folder(self) -> None:
        reason = why_not_here(self.path)
        if reason:
            raise StoreTrouble(
                "store.synced-folder",
                f"{reason}. Nothing changed.",
                "Keep the store in an ordinary folder; SENCO_ALLOW_SYNC_FOLDER=1 overrules this.",
            )

    @contextlib.contextmanager
    def reading(self, *, trusting: bool = False) -> Iterator[Ask]:
        """Open the door that cannot write; read all, close, then draw.

        ``trusting`` passes over the comparison with the last seal seen. Raises what `connect` and `look_over` raise and
        StoreTrouble ``store.older-copy``.
        """
        connection = connect(self.path, wait=self.wait)
        try:
            look_over(connection, self.path)
            # One transaction for all questions of one command: they see one moment of the store.
            connection.execute("BEGIN")
            if not trusting:
                _compare_with_last_seen(connection, self.path)
                _remember_newest(connection)
            yield Ask(connection)
        except sqlite3.Error as error:
            raise trouble(error, self.path) from None
        finally:
            roll_back(connection)
            connection.close()

    @contextlib.contextmanager
    def changing(self, verb: str, *, actor: str, at: datetime, rehearsal: bool = False) -> Iterator[Change]:
        """Open the door that writes: BEGIN IMMEDIATE, one trail line, COMMIT, or nothing at all.

        ``rehearsal`` rolls back at the end whatever was done. Raises Fault ``trail.not-recorded`` when the block says
        nothing for the trail, and StoreTrouble for everything the file may refuse.
        """
        from senco.store.lock import locked

        stamp = at.astimezone(UTC).isoformat(timespec="seconds")
        self._refuse_synced_folder()
        # The missing store is reported before the lock file would be made beside it.
        refuse_missing(self.path)
        with locked(self.path, since=stamp, wait=self.wait):
            connection = connect(self.path, wait=self.wait, write=True)
            try:
                yield from self._change(connection, verb, actor, at, rehearsal=rehearsal)
            finally:
                roll_back(connection)
                connection.close()

    def _change(
        self, connection: sqlite3.Connection, verb: str, actor: str, at: datetime, *, rehearsal: bool
    ) -> Iterator[Change]:
        change = Change(connection, verb, actor, at)
        try:
            look_over(connection, self.path)
            connection.execute("BEGIN IMMEDIATE")
            remembered_as = _compare_with_last_seen(connection, self.path)
            yield change
            if change.withdrawn:
                connection.execute("ROLLBACK")
                return
            number, record_hash = change._finish()  # noqa: SLF001 - the door and its handle are one
            if rehearsal:
                connection.execute("ROLLBACK")
                return
            try:
                connection.execute("COMMIT")
            except sqlite3.Error as error:
                self._after_failed_commit(connection, change, error)
            seen.remember(remembered_as, number, record_hash)
        except sqlite3.Error as error:
            raise trouble(error, self.path) from None
        except Exception as error:
            refused = _sqlite_error_under(error)
            if refused is None:
                raise
            raise trouble(refused, self.path) from None
        finally:
            change._leave()  # noqa: SLF001 - the same

    def _after_failed_commit(self, connection: sqlite3.Connection, change: Change, error: sqlite3.Error) -> None:
        """Reopen the store, look for the change by its id, and say whether it was recorded."""
        roll_back(connection)
        connection.close()
        try:
            again = connect(self.path, wait=self.wait)
            try:
                found = again.execute("SELECT 1 FROM trail WHERE change_id = ?", (change.change_id,)).fetchone()
            finally:
                again.close()
        except (sqlite3.Error, StoreTrouble):
            raise StoreTrouble(
                "store.unsure",
                f"The disk failed while {change.verb} was being recorded, and the store cannot be opened to look.",
                f"When the disk is back, look for it: senco trail --change {change.change_id}",
            ) from None
        if not found:
            raise trouble(error, self.path) from None


def _refuse_pupils(session: Session, *_: object) -> None:
    """Refuse a row about to be written that names a pupil by UPN, but for the table that declares it holds identity."""
    for row in (*session.new, *session.dirty):
        if not row.__table__.info.get("identity"):
            _refuse_pupil_in(*(getattr(row, column.key) for column in row.__table__.columns))


def _refuse_pupil_in(*values: object) -> None:
    if any(isinstance(value, str) and names_a_pupil(value) for value in values):
        raise Refused(
            "privacy.upn-in-text",
            "A text holds what looks like a pupil's UPN. Nothing changed.",
            "Say it without the number: a case is named by its reference.",
        )


def _remember_newest(connection: sqlite3.Connection) -> None:
    row = connection.execute("SELECT number, hash FROM trail ORDER BY number DESC LIMIT 1").fetchone()
    if row:
        seen.remember(_remembered_as(connection), *row)


def _sqlite_error_under(error: BaseException) -> sqlite3.Error | None:
    """Find SQLite's own error beneath SQLAlchemy's wrapping."""
    original = getattr(error, "orig", None)
    return original if isinstance(original, sqlite3.Error) else None


def _compare_with_last_seen(connection: sqlite3.Connection, path: Path) -> str:
    missing = _record_missing(connection)
    if missing:
        raise StoreTrouble(
            "store.older-copy",
            f"{path} is not the store last seen here: its trail lacks the record {missing}.",
            "An older copy may have been put back, or the store altered. Run `senco check`; if the copy was put"
            " back on purpose, accept it with `senco check --accept`.",
        )
    return _remembered_as(connection)


def _record_missing(connection: sqlite3.Connection) -> str | None:
    """Give the seal of the record last seen of this store when its trail does not hold it."""
    known = seen.last_seen(_remembered_as(connection))
    if known is None:
        return None
    row = connection.execute("SELECT hash FROM trail WHERE number = ?", (known[0],)).fetchone()
    if row and row[0] == known[1]:
        return None
    from senco.store.trail import seal_of

    return seal_of(*known)


def _remembered_as(connection: sqlite3.Connection) -> str:
    """Give the name under which a store's newest record is remembered: its identity and the place where it stands.

    A backup is a store with the same identity in another place: it may be older, and may be looked at.
    """
    store_id = connection.execute("SELECT store_id FROM store_identity").fetchone()[0]
    place = connection.execute("PRAGMA database_list").fetchone()[2]
    return f"{store_id}@{crc32(os.path.realpath(place).encode()):08x}"
