"""Single bits turned over in the pages that hold the trail, and whether anyone notices.

A turned bit may fall where nothing is stored; what counts are those that alter what the trail says, or that hide a
record from whoever looks it up.
"""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

from senco.errors import StoreTrouble
from senco.store.doors import Store

if TYPE_CHECKING:
    from pathlib import Path


def pages_of_the_trail(path: Path) -> list[int]:
    """Give the numbers of the pages that hold the trail and its indexes; the first page is number 1."""
    with closing(sqlite3.connect(path)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        roots = connection.execute("SELECT rootpage FROM sqlite_schema WHERE tbl_name = 'trail' AND rootpage > 0")
        waiting = [row[0] for row in roots]
    data, pages = path.read_bytes(), []
    while waiting:
        number = waiting.pop()
        pages.append(number)
        page = data[(number - 1) * size : number * size]
        if page[0] in {2, 5}:  # an inner page of a tree: its children, and the last of them
            cells = int.from_bytes(page[3:5])
            places = [int.from_bytes(page[12 + 2 * each : 14 + 2 * each]) for each in range(cells)]
            waiting += [int.from_bytes(page[each : each + 4]) for each in places]
            waiting.append(int.from_bytes(page[8:12]))
    return sorted(pages)


def said(path: Path) -> object:
    """Give all that the trail says, by itself and record by record through its indexes; None when it cannot be read."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            whole = connection.execute("SELECT * FROM trail ORDER BY number").fetchall()
            ids = [row[0] for row in connection.execute("SELECT change_id FROM trail NOT INDEXED")]
            found = [
                connection.execute("SELECT number FROM trail WHERE change_id = ?", (each,)).fetchone() for each in ids
            ]
            return whole, ids, found
    except (sqlite3.DatabaseError, OverflowError):
        return None


def noticed(path: Path) -> tuple[bool, bool]:
    """Say whether senco's checks find anything, and whether SQLite's own check by itself does."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            alone = connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
    except sqlite3.DatabaseError:
        alone = True
    try:
        with Store(path, wait=1).reading(trusting=True) as ask:
            return bool(ask.trail_faults() or ask.integrity_faults()), alone
    except StoreTrouble:
        return True, alone


def turn_bits(path: Path, bits: int, seed: int) -> Counter[str]:
    """Turn over so many bits, one at a time, each turned back before the next, and count what came of it."""
    chance, seen = random.Random(seed), Counter[str]()  # noqa: S311 - places
    sound, was = path.read_bytes(), said(path)
    with closing(sqlite3.connect(path)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    pages = pages_of_the_trail(path)
    for _ in range(bits):
        at = (chance.choice(pages) - 1) * size + chance.randrange(size)
        turned = bytearray(sound)
        turned[at] ^= 1 << chance.randrange(8)
        path.write_bytes(turned)
        altered = said(path) != was
        found, alone = noticed(path)
        seen["bits"] += 1
        seen["altered"] += altered
        seen["altered, found"] += altered and found
        seen["altered, found by integrity_check alone"] += altered and alone
    path.write_bytes(sound)
    return seen
