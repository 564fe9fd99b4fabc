"""How fast and in how little memory the register of England is imported: rows a CPU second, peak growth in MB.

``python -m tests.bench.register [ROWS]`` writes a register of 50,000 rows and 140 columns with invented schools, and
imports it three times into one store: all new, the same again, and with every twentieth row changed. The control is
the same table filled with SQLModel objects, on a tenth of the rows. Speeds depend on the machine: beside them stand
the csv reader alone, and a bare upsert of the same columns without checks or plan. Each runs in a process of its own.
"""

from __future__ import annotations

import csv
import gc
import json
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from senco.schools.intake import REGISTER

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 50_000
COLUMNS = 140
BAR_ROWS = 60_000
BAR_MEGABYTES = 25
AT = datetime(2020, 9, 1, 8, 0, tzinfo=UTC)
_NUMBERS = {
    *("urn", "la_code", "establishment_number", "low_age", "high_age", "pupils", "fsm_tenths", "easting", "northing"),
    *("resourced_on_roll", "sen_unit_on_roll"),
}
_PLACES = (
    "Ash",
    "Beck",
    "Carr",
    "Dell",
    "Elm",
    "Fern",
    "Glen",
    "Holt",
    "Ivy",
    "Jay",
    "Kirk",
    "Lea",
    "Moor",
    "Nab",
    "Oak",
)
_KINDS = (
    "Primary School",
    "Church of England Primary School",
    "Academy",
    "Infant School",
    "Junior School",
    "High School",
)


def write_register(path: Path, rows: int, *, change_every: int = 0) -> None:
    """Write a register in GIAS's manner; ``change_every`` gives every so many-th school other numbers of pupils."""
    chance = random.Random(7)  # noqa: S311 - invented schools, no secret
    known = [field.heading for field in REGISTER]
    others = [f"Other{number} (name)" for number in range(COLUMNS - len(known))]
    with path.open("w", encoding="cp1252", newline="") as file:
        out = csv.writer(file)
        out.writerow(known + others)
        for number in range(rows):
            name = f"{chance.choice(_PLACES)}{chance.choice(_PLACES).lower()} {number % 997} {chance.choice(_KINDS)}"
            pupils = chance.randrange(30, 1900) + bool(change_every and number % change_every == 0)
            low = chance.choice((2, 3, 4, 5, 7, 11))
            told = [
                *(100_000 + number, name, 201 + number % 152, f"Borough {number % 152}", 2000 + number % 6000),
                *("Community school", "Local authority maintained schools", "Open", "Primary", low, low + 7, "Mixed"),
                *(pupils, f"{chance.randrange(600) / 10}", f"Trust {number % 3000}" if number % 2 else "", ""),
                *(
                    f"Town {number % 900}",
                    f"SM{number % 20} {number % 9}{chance.choice('ABDEF')}{chance.choice('GHJLN')}",
                ),
                *(chance.randrange(100_000, 650_000), chance.randrange(10_000, 660_000)),
                *(f"{1 + number % 28:02}-09-{1950 + number % 70}", "", "", "", ""),
            ]
            out.writerow(told + [f"value {(number + each) % 90}" if each % 5 else "" for each in range(len(others))])


def import_once(store: Path, register: Path) -> dict[str, float]:
    """Import in this process and give rows, CPU seconds and the growth of the peak in MB."""
    from senco.schools import intake, verbs
    from senco.store.doors import Store

    before, began = _peak(), time.process_time()
    schools, links = intake.opened(register, None, la_code=None, own_la=319)
    with Store(store).changing("schools.import", actor="bench", at=AT) as change:
        plan = verbs.import_register(change, schools, links)
    took = time.process_time() - began
    return {"rows": plan.counts.rows, "seconds": took, "megabytes": _peak() - before, "changed": plan.counts.changed}


def add_all(store: Path, register: Path) -> dict[str, float]:
    """Fill the same table with SQLModel objects: the control."""
    from senco.privacy import fold
    from senco.schools import intake
    from senco.schools.tables import School
    from senco.store.doors import Store

    before, began, rows = _peak(), time.process_time(), 0
    schools, _ = intake.opened(register, None, la_code=None, own_la=319)
    assert schools is not None
    with Store(store).changing("schools.import", actor="bench", at=AT) as change:
        for rows, values in enumerate(schools.drafts(), start=1):  # noqa: B007 - counted
            told = dict(zip(schools.columns, values, strict=False))
            change.add(School, **told, folded_name=fold(told["name"]))
        change.record("school register", rows=rows)
    return {"rows": rows, "seconds": time.process_time() - began, "megabytes": _peak() - before, "changed": 0}


def by_hand(store: Path, register: Path) -> dict[str, float]:
    """Write the same columns into the same table, unchecked and without a plan: what the import is measured by."""
    from senco.store.connection import connect

    before, began, count = _peak(), time.process_time(), 0
    columns = [field.column for field in REGISTER]
    numbers = {at for at, column in enumerate(columns) if column in _NUMBERS}

    def rows() -> Iterator[list[str | int | None]]:
        nonlocal count
        with register.open(encoding="cp1252", newline="") as file:
            reader = csv.reader(file)
            next(reader)
            for count, row in enumerate(reader, start=1):  # noqa: B007 - counted
                told: list[str | int | None] = [
                    (int(float(text)) if text else None) if at in numbers else text
                    for at, text in enumerate(row[: len(columns)])
                ]
                yield [*told, row[1].lower()]

    sets = ", ".join(f"{column} = excluded.{column}" for column in columns)
    connection = connect(store, wait=5, write=True)
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        f"INSERT INTO school ({', '.join(columns)}, folded_name) VALUES ({', '.join('?' * (len(columns) + 1))})"
        f" ON CONFLICT (urn) DO UPDATE SET {sets}",
        rows(),
    )
    connection.execute("COMMIT")
    connection.close()
    return {"rows": count, "seconds": time.process_time() - began, "megabytes": _peak() - before, "changed": 0}


def read_only(_: Path, register: Path) -> dict[str, float]:
    """Only read the csv with Python's own reader: what no import can be faster than."""
    before, began, rows = _peak(), time.process_time(), 0
    with register.open(encoding="cp1252", newline="") as file:
        for _row in csv.reader(file):
            rows += 1
    return {"rows": rows - 1, "seconds": time.process_time() - began, "megabytes": _peak() - before, "changed": 0}


def _peak() -> float:
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1024 if sys.platform != "darwin" else 1024 * 1024)


def in_own_process(what: str, store: Path, register: Path) -> dict[str, float]:
    """Run one measurement in a new process."""
    words = [sys.executable, "-m", "tests.bench.register", f"--{what}", str(store), str(register)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def main(words: list[str]) -> None:
    """Measure and print, or do the one measurement asked for."""
    runs = {"--import": import_once, "--objects": add_all, "--hand": by_hand, "--read": read_only}
    if words and words[0] in runs:
        gc.disable()  # as senco/__main__.py does
        print(json.dumps(runs[words[0]](Path(words[1]), Path(words[2]))))
        return
    from senco.store.migrating import migrate

    rows = int(words[0]) if words else ROWS
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        whole, changed, sample = here / "register.csv", here / "changed.csv", here / "sample.csv"
        write_register(whole, rows)
        write_register(changed, rows, change_every=20)
        write_register(sample, rows // 10)
        for store in ("senco.db", "hand.db", "objects.db"):
            migrate(here / store, actor="bench", at=AT.isoformat(), wait=5)
        print(f"{rows:,} rows of {COLUMNS} columns, {whole.stat().st_size / 1e6:.0f} MB")
        for title, what, store, file in (
            ("csv reader alone", "read", "senco.db", whole),
            ("by hand, without a plan", "hand", "hand.db", whole),
            ("all new", "import", "senco.db", whole),
            ("the same again", "import", "senco.db", whole),
            ("one in twenty changed", "import", "senco.db", changed),
            ("control: SQLModel objects", "objects", "objects.db", sample),
        ):
            told = in_own_process(what, here / store, file)
            speed = told["rows"] / told["seconds"]
            print(f"{title:27}{told['rows']:>8,.0f} rows {speed:>9,.0f} a CPU second {told['megabytes']:>6.1f} MB more")
        print(f"bar: {BAR_ROWS:,} rows a CPU second, {BAR_MEGABYTES} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
