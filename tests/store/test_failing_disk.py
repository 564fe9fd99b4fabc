"""A disk that fails or fills up: nothing is damaged, and what was recorded is never told as failed."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from senco.errors import SencoError
from senco.store import lock
from senco.store.doors import Store
from tests.store import disk
from tests.store.changes import faults, new_store, set_rows
from tests.store.failing import fail_each, fail_making, fill_up

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from senco.store.doors import Change

watched = pytest.mark.skipif(bool(disk.why_not()), reason=f"{disk.why_not()}")


@watched
@pytest.mark.parametrize("after_it_was_done", [False, True], ids=["undone", "done"])
@pytest.mark.parametrize("for_ever", [False, True], ids=["once", "for ever"])
def test_every_operation_of_a_change_may_fail(tmp_path: Path, for_ever: bool, after_it_was_done: bool) -> None:
    seen = fail_each(tmp_path, for_ever=for_ever, after_it_was_done=after_it_was_done)
    assert seen.operations > 80
    assert (seen.damaged, seen.wrongly_told) == ([], [])
    # A disk that failed once can be asked afterwards: then nobody is left in doubt.
    assert for_ever or "store.unsure" not in seen.told
    assert set(seen.told) <= {"done", "store.failed", "store.disk-full", "store.cannot-open", "store.unsure"}


@watched
def test_a_full_disk_is_told_as_full(tmp_path: Path) -> None:
    seen = fill_up(tmp_path)
    assert (seen.damaged, seen.wrongly_told) == ([], [])
    assert set(seen.told) == {"store.disk-full", "done"}


@watched
def test_a_store_whose_making_failed_is_made_by_the_next_try(tmp_path: Path) -> None:
    seen = fail_making(tmp_path, every=9)
    assert seen.operations > 15
    assert seen.damaged == []


@watched
def test_the_control_without_a_journal_on_disk_is_damaged(tmp_path: Path) -> None:
    assert fail_each(tmp_path, journal_mode="MEMORY").damaged != []


@watched
def test_the_control_without_the_look_afterwards_tells_wrongly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def take_it_for_failed(_: Store, __: sqlite3.Connection, ___: Change, error: sqlite3.Error) -> None:
        raise error

    monkeypatch.setattr(Store, "_after_failed_commit", take_it_for_failed)
    assert fail_each(tmp_path, after_it_was_done=True).wrongly_told != []


@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace", "unlink", "mkdir"])
def test_every_call_outside_sqlite_may_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """The lock file and the note of the last seal are written by Python, not by SQLite."""
    real: Callable[..., object] = getattr(os, call)
    failed = 0
    for number in range(1, 100):
        store = new_store(tmp_path / f"{number}.db")
        store.wait = 0.05
        calls = 0

        def failing(*given: object, number: int = number, **named: object) -> object:
            nonlocal calls
            calls += 1
            if calls == number:
                raise OSError(errno.EIO, "Input/output error")
            return real(*given, **named)

        told = None
        with monkeypatch.context() as patch:
            patch.setattr(os, call, failing)
            try:
                set_rows(store, 1)
            except SencoError as error:
                told = error.reference
        if calls < number:
            break
        failed += 1
        assert faults(store.path, ()) == []
        with store.reading(trusting=True) as ask:
            assert bool(ask.value("SELECT COUNT(*) FROM setting")) == (told is None)
        lock.break_lock(store.path)
    assert failed > 0


LIMITED = """
import resource, sys
from senco.app import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.exit(main(["settings", "set", "panel.cap", "12"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the length of files is limited by POSIX's setrlimit")
@pytest.mark.parametrize(("limit", "told"), [(0, "takes no lock file"), (1000, "takes nothing more")])
def test_the_command_says_that_the_disk_is_full(store: Store, limit: int, told: str) -> None:
    """Here the operating system itself refuses, and the whole command is run."""
    before = store.path.read_bytes()
    words = [sys.executable, "-c", LIMITED, str(limit)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (6, "")
    assert told in done.stderr
    assert "Nothing changed." in done.stderr
    assert store.path.read_bytes() == before
    assert [each.name for each in store.path.parent.iterdir()] == [store.path.name]
