"""The lock file that stands beside the store while one process writes.

SQLite's own locks do not reach across hosts on a shared folder; creating a file that must not exist does.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import random
import socket
import sys
import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from senco.errors import StoreTrouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_O_TEMPORARY: int = getattr(os, "O_TEMPORARY", 0)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock: host, process number, operating-system user and the moment in UTC, ISO."""

    host: str
    process: int
    user: str
    since: str

    def __str__(self) -> str:
        """Give the holder in people's words."""
        return f"{self.user} on {self.host} (process {self.process}) since {self.since}"


def lock_path(store: Path) -> Path:
    """Give the path of the lock file that belongs to a store."""
    return store.with_name(store.name + ".lock")


def holder_of(path: Path) -> Holder | None:
    """Read who holds the lock, or None when nobody does or the file is still being written."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Holder(str(told["host"]), int(told["process"]), str(told["user"]), str(told["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


@contextlib.contextmanager
def locked(store: Path, *, since: str, wait: float) -> Iterator[None]:
    """Hold the lock file of a store for as long as the block runs.

    ``wait`` is in seconds. Raises StoreTrouble ``store.locked`` when another process keeps it for longer, and
    ``store.cannot-lock`` when the folder takes no file.
    """
    path = lock_path(store)
    _take(path, since=since, wait=wait)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()


def break_lock(store: Path) -> Holder | None:
    """Take the lock away from whoever held it and say who that was."""
    path = lock_path(store)
    held = holder_of(path)
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    return held


def _take(path: Path, *, since: str, wait: float) -> None:
    mine = json.dumps({"host": socket.gethostname(), "process": os.getpid(), "user": _user(), "since": since}).encode()
    until = time.monotonic() + wait
    while True:
        try:
            # On Windows the file vanishes with the process; elsewhere a dead holder is told by its process number.
            number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _O_TEMPORARY, 0o600)
        except FileExistsError:
            if _left_by_the_dead(path):
                _put_aside(path)
                continue
            if time.monotonic() > until:
                held = holder_of(path)
                raise StoreTrouble(
                    "store.locked",
                    f"The store is being written by {held or 'another process'}; waited {wait:g} s. Nothing changed.",
                    "Try again when that is done; if that process is gone for good, run `senco unlock`.",
                ) from None
            time.sleep(random.uniform(0.001, 0.008))  # noqa: S311 - spreads the waiters, guards nothing
        except OSError as error:
            raise StoreTrouble(
                "store.cannot-lock",
                f"The folder of the store takes no lock file ({error.strerror}). Nothing changed.",
                "Check that you may write in the folder and that the disk is not full.",
            ) from None
        else:
            if _O_TEMPORARY:  # closing would delete it: the number stays open as long as the process lives
                os.write(number, mine)
                return
            with os.fdopen(number, "wb") as file:
                file.write(mine)
            return


def _left_by_the_dead(path: Path) -> bool:
    held = holder_of(path)
    if held is None or held.host != socket.gethostname() or sys.platform == "win32":
        return False
    try:
        os.kill(held.process, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _put_aside(path: Path) -> None:
    # Renaming is atomic: of two processes that find the same dead lock only one moves it. Should a third have taken the
    # lock in between, SQLite's own lock on the same host still keeps the writers apart.
    aside = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    with contextlib.suppress(OSError):
        path.rename(aside)
        aside.unlink()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no name in the environment and none in the password file
        return "unknown"
