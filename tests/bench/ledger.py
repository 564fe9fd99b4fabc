"""What a balance by fund of 1,000,000 postings costs against ledger and hledger on the same data; a statement page.

Run ``python tests/bench/ledger.py [POSTINGS]``: it prints processor times of whole processes as ratios and ends with 1
when a bar is missed. ledger and hledger are Debian's; one that is not installed is left out and said to be.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HOUSE))

POSTINGS = 1_000_000
BAR_LEDGER = 20.0
BAR_HLEDGER = 100.0
BAR_PAGE_MS = 50.0
ROUNDS = 5
CLUSTERS = 40
ALLOCATED = 10**9  # pence: more than any fund spends, and together less than an entry may move
FUNDS = ("set-up", "lead-salary", "lead-on-costs", "conference", "training", "family", "exceptional", "transition")
AT = "2020-09-01T08:00:00+00:00"
BIGGEST = "CP1:training"


def accounts() -> list[tuple[int, str, str, str, str]]:
    """Give the accounts: number, name, kind, cluster, fund."""
    out = [(1, "grant", "outside", "", ""), (2, "hnb", "fund", "", "hnb"), (3, "supplier", "outside", "", "")]
    for cluster in range(1, CLUSTERS + 1):
        for fund in FUNDS:
            name = f"cluster:CP{cluster}:{fund}"
            out.append((len(out) + 1, name, "fund", f"CP{cluster}", fund))
    return out


def entries(count: int) -> list[tuple[int, str, int, int, int, str]]:
    """Give so many entries of two postings each, the same at every run: number, day, giver, taker, pence, kind."""
    draw = random.Random(20_200_901)  # noqa: S311 - invented data, no secret
    funds = [number for number, _, kind, cluster, _ in accounts() if kind == "fund" and cluster]
    out = [(1, "2020-09-01", 1, 2, len(funds) * ALLOCATED, "allocate")]
    out += [(place, "2020-09-01", 2, fund, ALLOCATED, "allocate") for place, fund in enumerate(funds, start=2)]
    for number in range(len(out) + 1, count + 1):
        month, day = draw.choice(((2020, 10), (2020, 11), (2021, 1), (2021, 3), (2021, 6))), draw.randint(1, 28)
        when = f"{month[0]}-{month[1]:02}-{day:02}"
        out.append((number, when, draw.choice(funds), 3, draw.randint(1, 99_999), "spend"))
    return out


def make_store(path: Path, rows: list[tuple[int, str, int, int, int, str]]) -> None:
    """Make a store with these entries; the triggers rest meanwhile, since loading is not what is measured."""
    from senco.store.migrating import migrate

    migrate(path, actor="bench", at=AT, wait=5)
    with closing(sqlite3.connect(path)) as connection, connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'ledger%'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.executemany(
            f"INSERT INTO ledger_account VALUES (?, ?, '2020/21', 'pence', ?, ?, ?, NULL, '{AT}', 'bench')", accounts()
        )
        connection.executemany(
            "INSERT INTO ledger_entry VALUES (?, ?, ?, ?, ?, ?, 'Course', '', '', '', NULL, NULL,"
            f" '{AT}', 'bench')", rows,
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO cluster VALUES (?, '2020/21', 'cross-phase', ?, ?, 'bench')",
            [(number, f"CP{number}", f"CP{number}") for number in range(1, CLUSTERS + 1)],
        )
        for _, sql in triggers:
            connection.execute(sql)


def write_journal(path: Path, rows: list[tuple[int, str, int, int, int, str]]) -> None:
    """Write the same entries as a journal that ledger and hledger read."""
    names = {number: f"{fund or name}:{cluster}" if cluster else name for number, name, _, cluster, fund in accounts()}
    with path.open("w", encoding="utf-8") as journal:
        for number, day, giver, taker, pence, _ in sorted(rows, key=lambda row: (row[1], row[0])):
            amount = f"{pence // 100}.{pence % 100:02}"
            journal.write(f"{day} entry {number}\n    {names[taker]}  £{amount}\n    {names[giver]}  £-{amount}\n\n")


def seconds(words: list[str], env: dict[str, str]) -> float:
    """Run a program and give the processor time it took, in seconds; no wall clock."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, check=True, env=env, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


IN_PROCESS = """
import sys
from pathlib import Path
from senco.budget import questions
from senco.budget.kinds import AccountKind
from senco.store.doors import Store
with Store(Path(sys.argv[1])).reading(trusting=True) as ask:
    for _ in range(int(sys.argv[2])):
        questions.balances(ask, year="2020/21", kind=AccountKind.FUND)
"""


def main(postings: int) -> int:
    """Make the data, measure turn by turn, print the medians and say which bars hold."""
    with tempfile.TemporaryDirectory() as folder:
        store, journal = Path(folder) / "senco.db", Path(folder) / "senco.journal"
        rows = entries(postings // 2)
        make_store(store, rows)
        write_journal(journal, rows)
        env = {
            **os.environ, "PYTHONPATH": str(HOUSE), "SENCO_STORE": str(store), "SENCO_TODAY": "2020-11-24",
            "SENCO_ACTOR": "bench", "XDG_STATE_HOME": folder, "HOME": folder, "LC_ALL": "C.UTF-8",
        }  # fmt: skip
        senco = [sys.executable, "-m", "senco"]
        programs = {
            "senco, start-up (settings list)": ([*senco, "settings", "list"], ROUNDS),
            "senco budget balance": ([*senco, "budget", "balance"], ROUNDS),
            "senco budget statement, a page": ([*senco, "budget", "statement", BIGGEST], ROUNDS),
            "senco budget statement hnb": ([*senco, "budget", "statement", "hnb"], ROUNDS),
            "the question, in process, once": ([sys.executable, "-c", IN_PROCESS, str(store), "1"], ROUNDS),
            "the question, in process, 11 times": ([sys.executable, "-c", IN_PROCESS, str(store), "11"], ROUNDS),
            "ledger balance": (["ledger", "-f", str(journal), "--depth", "1", "balance"], 2),
            "hledger balance": (["hledger", "-f", str(journal), "balance", "--depth", "1"], 1),
        }
        found = {what: (words, rounds) for what, (words, rounds) in programs.items() if shutil.which(words[0])}
        taken: dict[str, list[float]] = {what: [] for what in found}
        for round_ in range(ROUNDS):
            for what, (words, rounds) in found.items():
                if round_ < rounds:
                    taken[what].append(seconds(words, env))
        medians = {what: statistics.median(times) for what, times in taken.items()}
    return tell(medians, postings)


def tell(medians: dict[str, float], postings: int) -> int:
    """Print the medians and the verdicts; gives 1 when a bar is missed."""
    write = sys.stdout.write
    write(f"{postings:,} postings, processor time of whole processes\n")
    for what, median in medians.items():
        write(f"{what:38} {median * 1000:9.1f} ms\n")
    question = (medians["the question, in process, 11 times"] - medians["the question, in process, once"]) / 10
    write(f"{'the question alone':38} {question * 1000:9.1f} ms\n")
    page = (medians["senco budget statement, a page"] - medians["senco, start-up (settings list)"]) * 1000
    missed = page > BAR_PAGE_MS
    write(f"a statement page: {page:.0f} ms above start-up (bar {BAR_PAGE_MS:.0f})\n")
    for peer, bar in (("ledger balance", BAR_LEDGER), ("hledger balance", BAR_HLEDGER)):
        if peer not in medians:
            write(f"{peer}: not installed, not measured\n")
            continue
        whole, alone = medians[peer] / medians["senco budget balance"], medians[peer] / question
        missed |= min(whole, alone) < bar
        write(f"{peer}: ×{alone:.0f} the question, ×{whole:.0f} the whole command (bar ×{bar:.0f})\n")
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else POSTINGS))
