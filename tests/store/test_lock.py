"""The lock file: one writer at a time across hosts, and a dead holder stops nobody."""

from __future__ import annotations

import errno
import json
import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from senco.errors import StoreTrouble
from senco.store import lock
from senco.store.lock import FOLDER_LOCK, Holder, break_lock, folder_locked, holder_of, lock_path, locked

if TYPE_CHECKING:
    from pathlib import Path

SINCE = "2020-09-01T08:00:00+00:00"


def held_by(path: Path, host: str, process: int) -> None:
    told = {"host": host, "process": process, "user": "officer", "since": SINCE}
    lock_path(path).write_text(json.dumps(told), encoding="utf-8")


def a_dead_process() -> int:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_the_lock_stands_while_the_block_runs(tmp_path: Path) -> None:
    path = tmp_path / "senco.db"
    with locked(path, since=SINCE, wait=0):
        holder = holder_of(lock_path(path))
        assert holder is not None
        assert (holder.host, holder.process, holder.since) == (socket.gethostname(), os.getpid(), SINCE)
    assert not lock_path(path).exists()


def test_a_living_holder_is_waited_for_and_named(tmp_path: Path) -> None:
    path = tmp_path / "senco.db"
    held_by(path, "another-host", 1)
    with pytest.raises(StoreTrouble) as caught, locked(path, since=SINCE, wait=0.02):
        pass
    assert caught.value.reference == "store.locked"
    assert "officer on another-host (process 1)" in caught.value.message
    assert lock_path(path).exists()


def test_a_lock_that_is_still_being_written_is_respected(tmp_path: Path) -> None:
    path = tmp_path / "senco.db"
    lock_path(path).touch()
    with pytest.raises(StoreTrouble, match="another process"), locked(path, since=SINCE, wait=0):
        pass


def test_a_lock_whose_maker_was_killed_before_it_gave_its_name_is_put_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "senco.db"
    lock_path(path).touch()
    monkeypatch.setattr(lock, "_NAMES_NOBODY_FOR", 0.01)
    with locked(path, since=SINCE, wait=5):
        assert holder_of(lock_path(path)) is not None
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_tells_something_else_is_respected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "senco.db"
    lock_path(path).write_text("not a holder", encoding="utf-8")
    monkeypatch.setattr(lock, "_NAMES_NOBODY_FOR", 0.0)
    with pytest.raises(StoreTrouble, match="another process"), locked(path, since=SINCE, wait=0.02):
        pass


def test_a_full_disk_leaves_no_empty_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "senco.db"

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(StoreTrouble, match="No space left") as caught, locked(path, since=SINCE, wait=0):
            pass
    assert caught.value.reference == "store.cannot-lock"
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_another_took_over_is_left_to_it(tmp_path: Path) -> None:
    path = tmp_path / "senco.db"
    with locked(path, since=SINCE, wait=0):
        break_lock(path)
        held_by(path, "another-host", 7)
    assert holder_of(lock_path(path)) == Holder("another-host", 7, "officer", SINCE)


def test_a_living_lock_that_was_moved_by_mistake_is_put_back(tmp_path: Path) -> None:
    path = tmp_path / "senco.db"
    held_by(path, "another-host", 7)
    lock._put_aside(lock_path(path), Holder("this-host", 1, "officer", SINCE))
    assert holder_of(lock_path(path)) == Holder("another-host", 7, "officer", SINCE)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_lock_that_vanishes_while_it_is_looked_at_is_tried_again(tmp_path: Path) -> None:
    assert not lock._Empty().stays(tmp_path / "none.lock")


def test_this_very_host_and_a_living_process_hold_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "senco.db"
    held_by(path, socket.gethostname(), os.getpid())
    with pytest.raises(StoreTrouble), locked(path, since=SINCE, wait=0):
        pass

    def not_ours(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", not_ours)
    with pytest.raises(StoreTrouble), locked(path, since=SINCE, wait=0):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes the file away with the process")
def test_a_dead_holder_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "senco.db"
    held_by(path, socket.gethostname(), a_dead_process())
    with locked(path, since=SINCE, wait=0):
        assert holder_of(lock_path(path)) == Holder(socket.gethostname(), os.getpid(), lock._user(), SINCE)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble) as caught, locked(tmp_path / "none" / "senco.db", since=SINCE, wait=0):
        pass
    assert caught.value.reference == "store.cannot-lock"


def test_unlocking_says_who_held_it(tmp_path: Path) -> None:
    path = tmp_path / "senco.db"
    held_by(path, "another-host", 7)
    held = break_lock(path)
    assert str(held) == f"officer on another-host (process 7) since {SINCE}"
    assert break_lock(path) is None


def test_a_login_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise OSError

    monkeypatch.setattr(lock.getpass, "getuser", nameless)
    assert lock._user() == "unknown"


def test_windows_leaves_the_file_open_and_asks_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There the file vanishes when its process ends, so a lock that stands has a living holder."""
    path = tmp_path / "senco.db"
    held_by(path, socket.gethostname(), a_dead_process())
    monkeypatch.setattr(lock.sys, "platform", "win32")
    with pytest.raises(StoreTrouble), locked(path, since=SINCE, wait=0):
        pass
    break_lock(path)
    monkeypatch.setattr(lock, "_O_TEMPORARY", os.O_CLOEXEC)
    with locked(path, since=SINCE, wait=0):
        assert lock_path(path).exists()
    assert not lock_path(path).exists()


def test_a_folder_is_held_like_a_store(tmp_path: Path) -> None:
    with folder_locked(tmp_path, since=SINCE, wait=0):
        holder = holder_of(tmp_path / FOLDER_LOCK)
        assert holder is not None
        assert holder.process == os.getpid()
        with pytest.raises(StoreTrouble) as caught, folder_locked(tmp_path, since=SINCE, wait=0.01):
            pass
        assert caught.value.reference == "folder.locked"
        assert f"(process {os.getpid()})" in caught.value.message
    assert list(tmp_path.iterdir()) == []
    told = {"host": socket.gethostname(), "process": a_dead_process(), "user": "x", "since": SINCE}
    (tmp_path / FOLDER_LOCK).write_text(json.dumps(told), encoding="utf-8")
    with folder_locked(tmp_path, since=SINCE, wait=0):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(StoreTrouble) as caught, folder_locked(tmp_path, since=SINCE, wait=0):
        pass
    assert caught.value.reference == "folder.cannot-lock"
    assert "No space left" in caught.value.message
