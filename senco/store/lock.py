"""The lock file that stands beside the store, or in a folder of reports, while one process writes.

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
from typing import TYPE_CHECKING

from senco.deferred import dataclass
from senco.errors import StoreTrouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER_LOCK = ".senco.lock"
_O_TEMPORARY: int = getattr(os, "O_TEMPORARY", 0)
_NAMES_NOBODY_FOR = 2.0  # seconds; a living maker writes its name within microseconds of making the file


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
    try:
        with _held(lock_path(store), since=since, wait=wait):
            yield
    except _Busy as busy:
        raise StoreTrouble(
            "store.locked",
            f"The store is being written by {busy.holder}; waited {wait:g} s. Nothing changed.",
            "Try again when that is done; if that process is gone for good, run `senco unlock`.",
        ) from None
    except _CannotLock as error:
        raise StoreTrouble(
            "store.cannot-lock",
            f"The folder of the store takes no lock file ({error}). Nothing changed.",
            "Check that you may write in the folder and that the disk is not full.",
        ) from None


@contextlib.contextmanager
def folder_locked(folder: Path, *, since: str, wait: float) -> Iterator[None]:
    """Hold a lock on a folder that files are written into, so that two runs do not mix theirs.

    ``wait`` is in seconds. Raises StoreTrouble ``folder.locked`` when another process keeps it for longer, and
    ``folder.cannot-lock`` when the folder takes no file.
    """
    path = folder / FOLDER_LOCK
    try:
        with _held(path, since=since, wait=wait):
            yield
    except _Busy as busy:
        raise StoreTrouble(
            "folder.locked",
            f"Files are being written into {folder} by {busy.holder}; waited {wait:g} s. Nothing was written.",
            f"Try again when that is done; if that process is gone for good, remove {path}.",
        ) from None
    except _CannotLock as error:
        raise StoreTrouble(
            "folder.cannot-lock",
            f"The folder {folder} takes no file ({error}). Nothing was written.",
            "Check that you may write in the folder and that the disk is not full, or choose another.",
        ) from None


class _Busy(Exception):
    """Another process keeps the lock."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__()
        self.holder = holder or "another process"


class _CannotLock(Exception):
    """The folder takes no lock file; the text says why."""


@contextlib.contextmanager
def _held(path: Path, *, since: str, wait: float) -> Iterator[None]:
    mine = Holder(socket.gethostname(), os.getpid(), _user(), since)
    number = _take(path, mine, wait=wait)
    try:
        yield
    finally:
        if number is not None:
            os.close(number)
        # `senco unlock` may have taken this lock away and another process made its own: that one stays.
        held = holder_of(path)
        if held == mine or (held is None and number is None):
            with contextlib.suppress(OSError):
                path.unlink()


def break_lock(store: Path) -> Holder | None:
    """Take the lock away from whoever held it and say who that was."""
    path = lock_path(store)
    held = holder_of(path)
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    return held


def _take(path: Path, mine: Holder, *, wait: float) -> int | None:
    told = json.dumps({"host": mine.host, "process": mine.process, "user": mine.user, "since": mine.since}).encode()
    began = time.monotonic()
    empty = _Empty()
    while True:
        try:
            # On Windows the file vanishes with the process; elsewhere a dead holder is told by its process number.
            number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _O_TEMPORARY, 0o600)
        except FileExistsError:
            held = holder_of(path)
            if _is_dead(held) or (held is None and empty.stays(path)):
                _put_aside(path, held)
                continue
            if time.monotonic() > began + wait:
                raise _Busy(held) from None
            time.sleep(random.uniform(0.001, 0.008))  # noqa: S311 - spreads the waiters, guards nothing
        except OSError as error:
            raise _CannotLock(error.strerror) from None
        else:
            try:
                os.write(number, told)
            except OSError as error:
                # A full disk makes the file and takes no byte: left there, it would keep every later change out.
                os.close(number)
                with contextlib.suppress(OSError):
                    path.unlink()
                raise _CannotLock(error.strerror) from None
            if _O_TEMPORARY:
                return number  # closing deletes the file there
            os.close(number)
            return None


class _Empty:
    """Watches a lock file that names nobody: its maker is about to write, or was killed before it could."""

    def __init__(self) -> None:
        self._file: tuple[int, int] | None = None
        self._since = 0.0

    def stays(self, path: Path) -> bool:
        """Say whether the very same file has named nobody for longer than any living maker would take."""
        try:
            told = path.stat()
        except OSError:
            return False
        if told.st_size or sys.platform == "win32":  # there a held file cannot be read, and none outlives its maker
            return False
        if self._file != (told.st_ino, told.st_mtime_ns):
            self._file, self._since = (told.st_ino, told.st_mtime_ns), time.monotonic()
        return time.monotonic() - self._since > _NAMES_NOBODY_FOR


def _is_dead(held: Holder | None) -> bool:
    if held is None or held.host != socket.gethostname() or sys.platform == "win32":
        return False
    try:
        os.kill(held.process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _put_aside(path: Path, dead: Holder | None) -> None:
    # Renaming is atomic: of two processes that find the same dead lock only one moves it. Should a third have taken the
    # lock in between, it was a living lock that was moved, and it is put back.
    aside = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    with contextlib.suppress(OSError):
        path.rename(aside)
        if holder_of(aside) != dead:
            with contextlib.suppress(OSError):
                os.link(aside, path)
        aside.unlink()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no name in the environment and none in the password file
        return "unknown"
