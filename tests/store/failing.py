"""A change made again and again, each time with another operation of the disk failing: once, or that one and all after.

An operation fails either undone or after it was done (a write: half of it). What was told is held against what the
store holds when the disk works again.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from senco.errors import SencoError
from senco.store.doors import Store
from senco.store.migrating import migrate
from tests.store.changes import AT, faults, new_store, set_rows, settings_of
from tests.store.disk import FULL, IOERR, Disk, Operation

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS, PAGES = 60, 4
DONE = "done"
_STATE = ("XDG_STATE_HOME", "LOCALAPPDATA", "HOME")


@dataclass
class Swept:
    """What a sweep saw: operations failed, what was told, damage, and what was told wrongly."""

    operations: int = 0
    told: Counter[str] = field(default_factory=Counter)
    damaged: list[str] = field(default_factory=list)
    wrongly_told: list[str] = field(default_factory=list)


def fail_each(folder: Path, *, for_ever: bool = False, after_it_was_done: bool = False, **settings: str) -> Swept:
    """Make one change for each operation it needs of the disk, that operation failing."""
    sign = -1 if after_it_was_done else 1

    def failing(number: int, count: int, operation: Operation) -> int | None:
        fails = count >= number if for_ever else count == number
        return sign * IOERR[operation.what] if fails else None

    return _sweep(folder, failing, **settings)


def fill_up(folder: Path) -> Swept:
    """Make one change for each write it needs, the disk being full from that one on: no file can grow."""

    def failing(number: int, count: int, operation: Operation) -> int | None:
        grows = operation.what == "write" and operation.at + len(operation.data) > Path(operation.name).stat().st_size
        return FULL if grows and count >= number else None

    return _sweep(folder, failing)


def fail_making(folder: Path, *, every: int = 1, for_ever: bool = False) -> Swept:
    """Make a store for each operation that takes, that operation failing; then make it again on a working disk."""
    disk, seen, number = Disk(), Swept(), 1
    while True:
        path = folder / f"{number}-{for_ever}" / "senco.db"
        path.parent.mkdir()
        counter = _Counter(partial(_code, number, for_ever=for_ever))
        told = _told(disk, counter, partial(migrate, path, actor="officer", at=AT.isoformat(), wait=0.05))
        if counter.count < number:
            return seen
        again = _told(disk, None, partial(migrate, path, actor="officer", at=AT.isoformat(), wait=5))
        wrong = faults(path, ()) if again == DONE else [again]
        seen.operations += 1
        seen.told[told] += 1
        seen.damaged += [f"operation {number}: {wrong[:2]}"] * bool(wrong)
        shutil.rmtree(path.parent)
        number += every


class _Counter:
    """Counts the operations and asks which are to fail."""

    def __init__(self, asked: Callable[[int, Operation], int | None]) -> None:
        self.count = 0
        self._asked = asked

    def __call__(self, operation: Operation) -> int | None:
        """Let an operation through or fail it."""
        self.count += 1
        return self._asked(self.count, operation)


def _code(number: int, count: int, operation: Operation, *, for_ever: bool) -> int | None:
    return IOERR[operation.what] if count == number or (for_ever and count > number) else None


def _told(disk: Disk, counter: _Counter | None, work: Callable[[], object]) -> str:
    """Do the work over the disk and give the reference of its error, or "done"."""
    with disk.under_sqlite():
        disk.listener = counter
        try:
            work()
        except SencoError as error:
            return error.reference
    return DONE


def _sweep(folder: Path, failing: Callable[[int, int, Operation], int | None], **settings: str) -> Swept:
    path = folder / "senco.db"
    if path.exists():
        path.unlink()
    data, disk, seen = new_store(path).path.read_bytes(), Disk(), Swept()
    while True:
        seen.operations += 1
        shutil.rmtree(folder / "run", ignore_errors=True)
        store = Store(folder / "run" / "senco.db", wait=0.05)
        store.path.parent.mkdir()
        store.path.write_bytes(data)
        number = seen.operations
        counter = _Counter(partial(failing, number))
        # Every run begins with the same store, seen by nobody: the seal noted in the last run must not be known.
        with settings_of(**settings), patch.dict(os.environ, {each: str(folder / "run" / "state") for each in _STATE}):
            told = _told(disk, counter, partial(set_rows, store, ROWS, pages=PAGES))
        if counter.count < number:
            seen.operations -= 1
            return seen
        seen.told[told] += 1
        wrong = faults(store.path, ())
        seen.damaged += [f"operation {number}: {wrong[:2]}"] * bool(wrong)
        recorded = _recorded(store.path)
        if recorded != (told == DONE) and told != "store.unsure":
            seen.wrongly_told.append(f"operation {number}: told {told}, recorded: {recorded}")


def _recorded(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path)) as connection:
            return bool(connection.execute("SELECT COUNT(*) FROM trail WHERE verb = 'setting.set'").fetchone()[0])
    except sqlite3.DatabaseError:
        return False
