"""What senco's commands cost to start: processor time of the whole process against bare Python, and peak memory.

Run ``python -m tests.bench.startup [ROUNDS]``. It prints a table and ends with 1 when a bar of the design is missed. All
programs are run turn by turn, so that a busy machine weighs on all alike; each figure is the median over the rounds of a
program's time divided by bare Python's in the same round. Beside senco stands a plain program on Typer and Rich that
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
# The list of schools where the register is there; else as many lines of the trail.
FILL_SCHOOLS = """
INSERT INTO school (urn, la_code, name, phase, status, register_date)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
SELECT 100000 + i, 319, 'Primary School No. ' || i, 'primary', 'open', '2020-09-01' FROM n
"""


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
    listed, sql = listing(folder)
    return [
        Case("bare Python", ("-c", "pass")),
        Case("import sqlite3", ("-c", "import sqlite3")),
        Case("import typer", ("-c", "import typer")),
        Case("Typer + Rich, same table", (plain, str(folder / "senco.db"), sql)),
        Case("Typer + Rich, terminal", (plain, str(folder / "senco.db"), sql), terminal=True),
        Case("senco --version", (senco, "--version"), bar=2),
        Case("senco --help", (senco, "--help")),
        Case("senco settings list", (senco, "settings", "list"), bar=6, memory=25),
        Case(f"senco {' '.join(listed)}, piped", (senco, *listed), bar=6, memory=25),
        Case("  the same, JSON", (senco, *listed, "--format", "json")),
        Case("  the same, terminal", (senco, *listed), bar=11, memory=25, terminal=True),
        Case("one Tab: senco settings s", (senco,), bar=7, completion="senco settings s"),
        Case("one Tab: senco s", (senco,), bar=7, completion="senco s"),
        Case("a verb: settings set", (senco, "settings", "set", "panel.cap", "12"), bar=28),
    ]


def listing(folder: Path) -> tuple[tuple[str, ...], str]:
    """Fill a store with the lines to be listed; give senco's words for them, and the SQL for the plain program."""
    there = subprocess.run(
        [sys.executable, "-c", "import senco.schools.commands"], env=around(folder), capture_output=True, check=False
    )
    run(folder, "init")
    import sqlite3  # noqa: PLC0415 - kept out of the measured parent until it is needed

    if there.returncode == 0:
        with sqlite3.connect(folder / "senco.db") as store:
            store.execute(FILL_SCHOOLS.format(rows=ROWS))
        store.close()
        return ("schools", "list"), "SELECT urn, name, phase, status, la_code, register_date FROM school"
    fill = "from tests.store.changes import *\nfrom pathlib import Path\n"
    fill += f"for _ in range({ROWS}): set_rows(Store(Path({str(folder / 'senco.db')!r})), 1)"
    subprocess.run([sys.executable, "-c", fill], env=around(folder), check=True)
    return ("trail", "--last", str(ROWS)), f"SELECT number, at, actor, verb, subject, detail FROM trail LIMIT {ROWS}"  # noqa: S608 - a number


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
