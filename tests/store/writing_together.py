"""Several processes that write at once: ``python -m tests.store.writing_together --processes 8 --writes 25``.

It prints what it saw as JSON: how many changes were asked for, told as done, recorded and refused, and the longest
wait. The control takes the lock file away and begins a change without asking for the right to write.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senco.errors import SencoError
from senco.store import doors, lock
from senco.store.connection import DoorConnection
from senco.store.doors import Store
from tests.store.changes import AT, faults, new_store, recorded

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

WAIT = 30.0
_ROW = "INSERT INTO setting (name, value, holds_from, set_at, set_by) VALUES (?, ?, ?, ?, ?)"


def write(path: Path, writes: int, wait: float) -> dict[str, Any]:
    """Make so many changes, each of which reads before it writes, and tell how it went."""
    done, refused, longest = [], 0, 0.0
    store = Store(path, wait=wait)
    for _ in range(writes):
        began = time.monotonic()
        try:
            with store.changing("setting.set", actor="officer", at=AT) as change:
                change.ask.value("SELECT COUNT(*) FROM setting")
                change.write_many(_ROW, [("panel.cap", "1", "2020-09-01", change.stamp, change.change_id)])
                change.record("setting panel.cap", rows=1)
        except SencoError:
            refused += 1
        else:
            done.append(change.change_id)
        longest = max(longest, time.monotonic() - began)
    return {"done": done, "refused": refused, "longest": longest}


def together(path: Path, processes: int, writes: int, wait: float) -> dict[str, Any]:
    """Let so many processes write at once and hold what they were told against the store."""
    pipes = []
    for _ in range(processes):
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(reading)
            try:
                with os.fdopen(writing, "w") as out:
                    out.write(json.dumps(write(path, writes, wait)))
            finally:
                os._exit(0)
        os.close(writing)
        pipes.append(reading)
    told = []
    for reading in pipes:
        with os.fdopen(reading) as source:
            told.append(json.loads(source.read()))
    for _ in range(processes):
        os.wait()
    done = [each for one in told for each in one["done"]]
    return {
        "asked": processes * writes,
        "done": len(done),
        "recorded": len(set(done) & recorded(path)),
        "refused": sum(one["refused"] for one in told),
        "longest wait, s": round(max(one["longest"] for one in told), 3),
        "faults": faults(path, done)[:5],
    }


class _Deferred(DoorConnection):
    """A connection that begins its changes without asking for the right to write."""

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        return super().execute("BEGIN" if sql == "BEGIN IMMEDIATE" else sql, *parameters)


@contextmanager
def without(*, lock_file: bool, immediate: bool) -> Iterator[None]:
    """Take the lock file, or the right to write at the beginning, away from every change."""
    kept = lock.locked, doors.connect.__globals__["DoorConnection"]
    if lock_file:
        lock.locked = lambda *_, **__: nullcontext()  # type: ignore[assignment] - the control
    if immediate:
        doors.connect.__globals__["DoorConnection"] = _Deferred
    try:
        yield
    finally:
        lock.locked, doors.connect.__globals__["DoorConnection"] = kept


def main(argv: list[str]) -> int:
    """Write as the command line says and print what was seen."""
    words = argparse.ArgumentParser()
    words.add_argument("--processes", type=int, default=8)
    words.add_argument("--writes", type=int, default=25)
    words.add_argument("--wait", type=float, default=WAIT)
    words.add_argument("--without-lock-file", action="store_true")
    words.add_argument("--deferred", action="store_true")
    told = words.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = os.environ["LOCALAPPDATA"] = os.environ["HOME"] = f"{folder}/state"
        path = new_store(Path(folder) / "senco.db").path
        with without(lock_file=told.without_lock_file, immediate=told.deferred):
            seen = together(path, told.processes, told.writes, told.wait)
    sys.stdout.write(json.dumps(seen) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
