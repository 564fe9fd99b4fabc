"""Simulated power loss: every write, sync, truncation and removal is written down, and disks are rebuilt from it.

At each point of the log, what was synced is there; of what was not, a disk may hold nothing, everything, the first
part, or any of it, down to single sectors, in any order. The entries of the folder (a journal made or removed) are held
to the same rule: they are sure once the folder was synced.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.store.changes import faults, new_store, set_rows, settings_of
from tests.store.disk import OPEN_CREATE, OPEN_MAIN_JOURNAL, Disk, Operation

if TYPE_CHECKING:
    from collections.abc import Iterator

SECTOR = 512
DISKS_A_STEP = 6
PAGES = 4  # what SQLite may keep in memory: a longer change spills into the file before it is committed


@dataclass
class _Body:
    """A file's content: what is sure, and the operations since its last sync."""

    sure: bytearray = field(default_factory=bytearray)
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)  # (where, data) or (size, None)

    def settle(self) -> None:
        for step in self.waiting:
            _apply(self.sure, step)
        self.waiting.clear()


@dataclass
class Log:
    """What SQLite did to the disk, in order, with the changes acknowledged between."""

    store: Path
    steps: list[Operation | str] = field(default_factory=list)
    before: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.before[self.store.name] = self.store.read_bytes()

    def __call__(self, operation: Operation) -> None:
        """Write down what changes the disk."""
        if operation.what in {"open", "write", "truncate", "sync", "delete"}:
            self.steps.append(operation)

    def acknowledge(self, change: str) -> None:
        """Write down that a person was told of a change."""
        self.steps.append(change)


@dataclass(frozen=True)
class Wreck:
    """A disk as it may stand after the power went: its files, and the changes acknowledged before."""

    files: dict[str, bytes]
    acknowledged: frozenset[str]

    def laid_out(self, folder: Path) -> None:
        """Write the disk's files into a folder, and nothing else."""
        for old in folder.iterdir():
            old.unlink()
        for name, data in self.files.items():
            (folder / name).write_bytes(data)


class _World:
    """The disk as the log goes on."""

    def __init__(self, before: dict[str, bytes]) -> None:
        self.bodies: dict[int, _Body] = {}
        self.by_number: dict[int, int] = {}  # SQLite's open file -> body
        self.sure_names: dict[str, int] = {}
        self.names: dict[str, int] = {}
        self.waiting_names: list[tuple[str, int | None]] = []
        self.sync_folder_with: set[int] = set()
        for name, data in before.items():
            body = len(self.bodies)
            self.bodies[body] = _Body(bytearray(data))
            self.names[name] = self.sure_names[name] = body

    def step(self, operation: Operation) -> None:
        name = Path(operation.name).name
        if operation.what == "open":
            self._open(name, operation)
            return
        if operation.what == "delete":
            if self.names.pop(name, None) is not None:
                self.waiting_names.append((name, None))
            if operation.flags:
                self._settle_names()
            return
        body = self.bodies[self.by_number[operation.file]]
        if operation.what == "write":
            body.waiting.append((operation.at, operation.data))
        elif operation.what == "truncate":
            body.waiting.append((operation.at, None))
        else:
            body.settle()
            if operation.file in self.sync_folder_with:  # SQLite syncs the folder with a new journal's first sync
                self.sync_folder_with.discard(operation.file)
                self._settle_names()

    def _open(self, name: str, operation: Operation) -> None:
        if name not in self.names:
            body = len(self.bodies)
            self.bodies[body] = _Body()
            self.names[name] = body
            self.waiting_names.append((name, body))
        self.by_number[operation.file] = self.names[name]
        if operation.flags & OPEN_CREATE and operation.flags & OPEN_MAIN_JOURNAL:
            self.sync_folder_with.add(operation.file)

    def _settle_names(self) -> None:
        for name, body in self.waiting_names:
            _rename(self.sure_names, name, body)
        self.waiting_names.clear()

    def wreck(self, chance: random.Random) -> dict[str, bytes]:
        """Let the power go now, in one of the ways it can."""
        names = dict(self.sure_names)
        for name, body in self.waiting_names[: chance.randint(0, len(self.waiting_names))]:
            _rename(names, name, body)
        return {name: _torn(self.bodies[body], chance) for name, body in names.items()}


def wrecks(log: Log, each: int, chance: random.Random) -> Iterator[Wreck]:
    """Rebuild ``each`` disks at every step of the log, those left out that are like an earlier one of the step."""
    world, acknowledged = _World(log.before), set[str]()
    for step in log.steps:
        if isinstance(step, str):
            acknowledged.add(step)
        else:
            world.step(step)
        told = frozenset(acknowledged)
        seen: set[int] = set()
        for _ in range(each):
            files = world.wreck(chance)
            mark = hash(tuple(sorted(files.items())))
            if mark not in seen:
                seen.add(mark)
                yield Wreck(files, told)


def rebuilt(disks: int, seed: int, folder: Path, **settings: str) -> Counter[str]:
    """Rebuild at least so many disks and count: disks, damaged, lost."""
    chance, seen, turn = random.Random(seed), Counter[str](), 0  # noqa: S311 - ways to lose power
    wreckage = folder / "wreckage"
    wreckage.mkdir()
    disk = Disk()
    while seen["disks"] < disks:
        turn += 1
        store = new_store(folder / f"{turn}.db")
        with disk.under_sqlite(), settings_of(**settings):
            log = record(store.path, disk)
            for rows in (1, chance.randrange(100, 300), 2, chance.randrange(1, 4), chance.randrange(30, 60)):
                log.acknowledge(set_rows(store, rows, pages=PAGES if rows > 20 else None))
        for wreck in wrecks(log, DISKS_A_STEP, chance):
            if seen["disks"] == disks:
                break
            wreck.laid_out(wreckage)
            wrong = faults(wreckage / store.path.name, wreck.acknowledged)
            seen["disks"] += 1
            seen["with a journal"] += len(wreck.files) > 1
            seen["lost"] += any(each.startswith("lost") for each in wrong)
            seen["damaged"] += any(not each.startswith("lost") for each in wrong)
    return seen


def record(store: Path, disk: Disk) -> Log:
    """Begin a log of everything SQLite does to a store's disk from now on."""
    log = Log(store)
    disk.listener = log
    return log


def _rename(names: dict[str, int], name: str, body: int | None) -> None:
    if body is None:
        names.pop(name, None)
    else:
        names[name] = body


def _torn(body: _Body, chance: random.Random) -> bytes:
    held, waiting = bytearray(body.sure), body.waiting
    how = chance.choice(("nothing", "all", "first", "any", "sectors"))
    if how == "all":
        kept = waiting
    elif how == "first":
        kept = waiting[: chance.randint(0, len(waiting))]
    elif how == "any":
        kept = [step for step in waiting if chance.random() < 0.5]
    elif how == "sectors":
        pieces = [piece for step in waiting for piece in _sectors(step)]
        kept = [piece for piece in pieces if chance.random() < 0.5]
    else:
        kept = []
    for step in kept:
        _apply(held, step)
    return bytes(held)


def _sectors(step: tuple[int, bytes | None]) -> Iterator[tuple[int, bytes | None]]:
    at, data = step
    if data is None:
        yield step
        return
    while data:
        length = SECTOR - at % SECTOR
        yield at, data[:length]
        at, data = at + length, data[length:]


def _apply(held: bytearray, step: tuple[int, bytes | None]) -> None:
    at, data = step
    if data is None:
        del held[at:]
        return
    if at > len(held):
        held.extend(bytes(at - len(held)))
    held[at : at + len(data)] = data
