"""What senco's commands cost to start: processor time of the whole process against bare Python, and peak memory.

Run ``python -m tests.bench.startup [ROUNDS]``. It prints a table and ends with 1 when a bar of the design is missed.
All programs are run turn by turn, so that a busy machine weighs on all alike; a figure is the median over the rounds of
a program's time divided by bare Python's in the same round. Beside senco stands a plain program on Typer and Rich that
prints the same table from ``sqlite3``: what the libraries cost when nothing is done about it.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROUNDS, ROWS = 15, 100
HOUSE = Path(__file__).resolve().parents[2]
MEBIBYTE = 1024 if sys.platform != "darwin" else 1024 * 1024  # what ru_maxrss counts in

SENCO = "import sys\nfrom senco.__main__ import main\nsys.exit(main())\n"
PLAIN = """
import sqlite3, typer
from rich.console import Console
from rich.table import Table
app = typer.Typer()
@app.command()
def show(store: str, sql: str) -> None:
    rows = sqlite3.connect(store).execute(sql)
    table = Table(*[each[0] for each in rows.description])
    for row in rows:
        table.add_row(*map(str, row))
    Console().print(table)
app()
"""
FILL = """
INSERT INTO school (urn, la_code, la_name, name, folded_name, type, type_group, status, phase, gender, trust,
                    federation, town, postcode, resourced_provision)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows)
SELECT 100000 + i, 319, 'Sutton', 'Primary School No. ' || i, 'primary school no ' || i, 'Community school',
       'Local authority maintained schools', 'Open', 'Primary', 'Mixed', 'A Learning Trust', '', 'Sutton', 'SM1 1AA', ''
  FROM n
"""
TABLE = "SELECT urn, name, phase, type, trust, status FROM school"


@dataclass(frozen=True)
class Case:
    """One thing to run, with the bar of the design as a ratio to bare Python, and of memory in MiB."""

    what: str
    words: tuple[str, ...]
    bar: float | None = None
    memory: float | None = None
    terminal: bool = False
    completion: str | None = None


def cases(folder: Path) -> list[Case]:
    """Give what is run, in the order in which it is told."""
    senco, plain = str(folder / "senco"), str(folder / "plain.py")
    return [
        Case("bare Python", ("-c", "pass")),
        Case("import sqlite3", ("-c", "import sqlite3")),
        Case("import typer", ("-c", "import typer")),
        Case("Typer + Rich, same table", (plain, str(folder / "senco.db"), TABLE)),
        Case("Typer + Rich, terminal", (plain, str(folder / "senco.db"), TABLE), terminal=True),
        Case("senco --version", (senco, "--version"), bar=2),
        Case("senco --help", (senco, "--help")),
        Case("senco settings list", (senco, "settings", "list"), bar=6, memory=25),
        Case(f"senco schools list, {ROWS} rows, piped", (senco, "schools", "list"), bar=6, memory=25),
        Case("  the same, JSON", (senco, "schools", "list", "--format", "json")),
        Case("  the same, terminal", (senco, "schools", "list"), bar=11, memory=25, terminal=True),
        Case("senco meetings list, none yet", (senco, "meetings", "list"), bar=6, memory=25),
        Case("senco requests list, none yet", (senco, "requests", "list"), bar=6, memory=25),
        Case("one Tab: senco settings s", (senco,), bar=7, completion="senco settings s"),
        Case("one Tab: senco s", (senco,), bar=7, completion="senco s"),
        Case("a verb: settings set", (senco, "settings", "set", "panel.cap", "12"), bar=28),
    ]


def fill(folder: Path) -> None:
    """Make a store with the schools to be listed, and look at it once, so that its seal is noted."""
    run(folder, "init")
    import sqlite3  # not at the top: the parent's own memory is a floor under every child's figure

    with sqlite3.connect(folder / "senco.db") as store:
        store.execute(FILL, {"rows": ROWS})
    store.close()
    run(folder, "schools", "list")


def around(folder: Path) -> dict[str, str]:
    """Give the environment: a home of its own, a day, and byte-code that may be kept."""
    kept = {name: told for name, told in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own = {"HOME": str(folder), "XDG_STATE_HOME": str(folder / "state"), "SENCO_STORE": str(folder / "senco.db")}
    return {
        **kept,
        **own,
        "PYTHONPATH": str(HOUSE),
        "SENCO_TODAY": "2020-11-24",
        "SENCO_ACTOR": "officer",
        "TERM": "xterm",
    }


def run(folder: Path, *words: str) -> None:
    """Run one senco command outside the measurement."""
    subprocess.run([sys.executable, "-m", "senco", *words], env=around(folder), check=True, capture_output=True)


def cost(case: Case, folder: Path) -> tuple[float, float]:
    """Run a case in a process of its own; give its processor time in seconds and its peak memory in MiB."""
    environment = around(folder)
    if case.completion:
        words = case.completion.split(" ")
        environment |= {
            "_SENCO_COMPLETE": "complete_bash",
            "COMP_WORDS": case.completion,
            "COMP_CWORD": str(len(words) - 1),
        }
    ours, theirs = os.openpty() if case.terminal else os.pipe()
    process = os.fork()
    if process == 0:
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in range(3):
            os.dup2(theirs if case.terminal or number == 1 else nothing, number)
        os.execve(sys.executable, [sys.executable, *case.words], environment)  # noqa: S606 - the very program measured
    os.close(theirs)
    told = b""
    with suppress(OSError):  # a terminal that is closed ends in an error
        while piece := os.read(ours, 65536):
            told += piece
    os.close(ours)
    _, status, used = os.wait4(process, 0)
    if status or (case.words[0] != "-c" and not told and "set" not in case.words):
        message = f"{case.what} ended with {status} and {len(told)} bytes"
        raise SystemExit(message)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / MEBIBYTE


def main(rounds: int) -> int:
    """Measure all cases turn by turn and print the table."""
    over = 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "senco").write_text(SENCO, encoding="utf-8")
        (folder / "plain.py").write_text(PLAIN, encoding="utf-8")
        fill(folder)
        told = cases(folder)
        for case in told:
            cost(case, folder)  # byte-code and disk cache
        taken = [[cost(case, folder) for case in told] for _ in range(rounds)]
        sys.stdout.write(f"{'what':38} {'ratio':>6} {'bar':>5} {'MiB':>6} {'bar':>4}\n")
        for at, case in enumerate(told):
            ratio = statistics.median(turn[at][0] / turn[0][0] for turn in taken)
            memory = max(turn[at][1] for turn in taken)
            missed = (case.bar is not None and ratio > case.bar) or (case.memory is not None and memory > case.memory)
            over += missed
            bars = f"{case.bar or '':>5} {memory:6.1f} {case.memory or '':>4}"
            sys.stdout.write(f"{case.what:38} {ratio:6.2f} {bars}{'  OVER' if missed else ''}\n")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
    sys.stdout.write(
        f"{rounds} rounds; {over} over the bar. No memory below this program's own {own:.1f} MiB can be seen.\n"
    )
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
