"""Prints what hostile spreadsheets cost: seconds of CPU and megabytes, each file in a process of its own.

Run ``python -m tests.bench.hostile`` from the folder above ``tests``; ``--mutants N`` adds N seeded mutants,
``--control`` reads the same files with unguarded openpyxl, which must fail the bars (its processes are held to 2 GB
and 20 seconds).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from senco.errors import SencoError
from senco.sheets.reading import read_book
from tests.sheets.hostile import MAIN, book, fixtures, mutants

SECONDS = 1.0
MEGABYTES = 50
WORST_SECONDS = 5.0
WORST_MEGABYTES = 200

GUARDED = """
import sys, time, resource
from pathlib import Path
from senco.errors import SencoError
from senco.sheets.reading import read_book
try:
    read_book(Path(sys.argv[1])); said = "read"
except SencoError as error:
    said = error.reference
"""
CONTROL = """
import sys, resource
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
import openpyxl, warnings
warnings.simplefilter("ignore")
try:
    book = openpyxl.load_workbook(sys.argv[1])
    said = f"read {sum(len(list(sheet.values)) for sheet in book.worksheets)} rows"
except BaseException as error:
    said = type(error).__name__
"""
FIGURES = """
used = resource.getrusage(resource.RUSAGE_SELF)
peak = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
if sys.platform == "linux":  # there a child inherits its parent's ru_maxrss; its own peak is VmHWM
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
print(f"{used.ru_utime + used.ru_stime:.2f} {peak:.0f} {said}")
"""


def measured(script: str, path: Path, limit: float = 60.0) -> tuple[float, float, str]:
    """Run a script on a file in a process of its own: its CPU seconds, its peak megabytes, what it said."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", script + FIGURES, str(path)],
            capture_output=True,
            text=True,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return limit, 0.0, "not ended"
    if not done.stdout:
        return 0.0, 0.0, "killed" if done.returncode < 0 else done.stderr.strip().splitlines()[-1][:60]
    seconds, megabytes, said = done.stdout.strip().splitlines()[-1].split(" ", 2)
    return float(seconds), float(megabytes), said


def worst_within_limits() -> dict[str, bytes]:
    """Build the largest files that the limits let pass."""
    number = "<c><v>12345.5</v></c>"
    inline = '<c t="inlineStr"><is><t>Some school’s name</t></is></c>'
    texts = "".join(f"<si><t>School number {place}</t></si>" for place in range(240_000))
    shared = "".join(
        "<row>" + "".join(f'<c t="s"><v>{row * 12 + column}</v></c>' for column in range(12)) + "</row>"
        for row in range(20_000)
    )
    blank = "<c/>" * 47
    return {
        "480,000 numbers": book(f"<row>{number * 24}</row>" * 20_000),
        "320,000 inline texts": book(f"<row>{inline * 16}</row>" * 20_000),
        "240,000 shared texts": book(shared, sharedstrings=f'<sst xmlns="{MAIN}">{texts}</sst>'),
        "960,000 blanks": book(f"<row>{blank}{number}</row>" * 10_000 + f"<row>{blank}</row>" * 10_000),
    }


def main() -> int:
    """Measure, print, and say by the exit code whether every bar holds."""
    options = argparse.ArgumentParser()
    options.add_argument("--mutants", type=int, default=0)
    options.add_argument("--control", action="store_true")
    chosen = options.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        base = measured("import sys, resource\nsaid = 'bare'\n", Path(folder))
        print(f"bare Python: {base[0]:.2f} s, {base[1]:.0f} MB")
        hostile = fixtures()
        files = [(item.name, item.file, item.data, SECONDS, MEGABYTES) for item in hostile]
        files += [
            (name, "worst.xlsx", data, WORST_SECONDS, WORST_MEGABYTES) for name, data in worst_within_limits().items()
        ]
        top = (0.0, 0.0)
        for name, file, data, seconds, megabytes in files:
            path = Path(folder) / file
            path.write_bytes(data)
            took, held, said = measured(GUARDED, path)
            over = took > seconds or held > megabytes or "Traceback" in said or not said
            failed += over
            if seconds == SECONDS:
                top = (max(top[0], took), max(top[1], held))
            line = f"{'FAILED ' if over else ''}{name}: {took:.2f} s, {held:.0f} MB, {said}"
            if chosen.control and seconds == SECONDS and file.endswith(("xlsx", "xlsm")):
                took, held, said = measured(CONTROL, path, 20.0)
                line += f" | openpyxl unguarded: {took:.2f} s, {held:.0f} MB, {said}"
            print(line)
        highest = f"at most {top[0]:.2f} s and {top[1]:.0f} MB for a whole process"
        print(f"{len(hostile)} hostile files: {highest}; bars failed: {failed}")
        if chosen.mutants:
            failed += _mutants(Path(folder), chosen.mutants)
    return 1 if failed else 0


def _mutants(folder: Path, count: int) -> int:
    refused = longest = 0.0
    broken = 0
    for name, data in mutants(count, seed=7):
        path = folder / name
        path.write_bytes(data)
        started = time.process_time()
        try:
            read_book(path)
        except SencoError:
            refused += 1
        except Exception as trouble:  # noqa: BLE001 - any other error is what is looked for
            broken += 1
            print(f"FAILED {name}: {type(trouble).__name__}: {trouble}")
        longest = max(longest, time.process_time() - started)
        path.unlink()
    print(f"{count} mutants: {refused:.0f} refused, {broken} tracebacks, longest {longest:.2f} s")
    return broken


if __name__ == "__main__":
    sys.exit(main())
