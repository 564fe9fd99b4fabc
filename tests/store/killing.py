"""Processes that make audited changes, killed at a random moment, and the look at the store afterwards.

Run ``python -m tests.store.killing --kills 60``: a process of its own, since it forks, and a fork wants one thread. It
prints what it saw as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from senco.store.doors import Store
from senco.store.lock import holder_of, lock_path
from tests.store.changes import faults, is_hot, journal_of, new_store, set_rows, settings_of

FEW, MANY, PAGES = 3, 4000, 16
STORES_ANEW = 12  # kills on one store; then a fresh one, so that the look afterwards stays quick


def change_for_ever(path: Path, seed: int, pipe: int) -> None:
    """Make changes, small and large by turns of chance, and write each one's id to the pipe once its door is closed."""
    chance, store = random.Random(seed), Store(path, wait=20)  # noqa: S311 - moments to be killed at
    os.write(pipe, b"ready\n")
    while True:
        large = chance.random() < 0.5
        rows = chance.randrange(MANY // 2, MANY) if large else chance.randrange(1, FEW)
        made = set_rows(store, rows, pages=PAGES if large else None)
        os.write(pipe, f"{made}\n".encode())


def kill_one(path: Path, seed: int, chance: random.Random, within: float) -> list[str]:
    """Start a process, kill it at a random moment within so many seconds, and give the changes it acknowledged."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        try:
            change_for_ever(path, seed, writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        told.readline()
        time.sleep(chance.uniform(0, within))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        return told.read().decode().split()


def a_few_changes(folder: Path) -> float:
    """Give the seconds in which a process makes some changes here and now, be the machine idle or busy."""
    store = new_store(folder / "measure.db")
    began = time.monotonic()
    for rows in (MANY, 1, MANY, 1):
        set_rows(store, rows, pages=PAGES)
    return time.monotonic() - began


def kill(kills: int, seed: int, folder: Path, *, until_damaged: bool = False) -> dict[str, object]:
    """Kill so many processes and give what was seen: counts, and every fault with the number of the kill."""
    chance, seen, found = random.Random(seed), Counter[str](), []  # noqa: S311 - the same
    acknowledged: list[str] = []
    path, within = folder / "none", a_few_changes(folder)
    for number in range(kills):
        if number % STORES_ANEW == 0:
            path, acknowledged = folder / f"store-{number}" / "senco.db", []
            path.parent.mkdir()
            new_store(path)
        made = kill_one(path, seed * 1_000_003 + number, chance, within)
        acknowledged += made
        seen["acknowledged"] += len(made)
        seen["journals"] += journal_of(path).exists()
        seen["hot journals"] += is_hot(path)
        seen["locks left"] += lock_path(path).exists()
        seen["empty locks left"] += lock_path(path).exists() and holder_of(lock_path(path)) is None
        wrong = faults(path, acknowledged)
        seen["kills"] += 1
        if wrong:
            seen["damaged"] += any(each.startswith(("file", "trail", "half")) for each in wrong)
            seen["lost"] += any(each.startswith("lost") for each in wrong)
            if until_damaged:
                break
            found.append([number, [each[:80] for each in wrong[:3]]])
            path = folder / f"store-{number}-anew" / "senco.db"
            path.parent.mkdir()
            new_store(path)
            acknowledged = []
            continue
        began = time.monotonic()
        acknowledged.append(set_rows(Store(path, wait=20), 1))  # the dead one's lock and journal stop nobody
        seen["longest take-over, ms"] = max(seen["longest take-over, ms"], round((time.monotonic() - began) * 1000))
    return {**dict(sorted(seen.items())), "faults": found[:20]}


def main(argv: list[str]) -> int:
    """Kill as the command line says and print what was seen."""
    words = argparse.ArgumentParser()
    words.add_argument("--kills", type=int, default=60)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--journal", default="DELETE")
    words.add_argument("--until-damaged", action="store_true")
    told = words.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = os.environ["LOCALAPPDATA"] = os.environ["HOME"] = f"{folder}/state"
        with settings_of(**({"journal_mode": told.journal} if told.journal != "DELETE" else {})):
            seen = kill(told.kills, told.seed, Path(folder), until_damaged=told.until_damaged)
    sys.stdout.write(json.dumps(seen) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
