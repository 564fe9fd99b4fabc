"""What a year of forms costs from their files: 600 workbooks filled in, read, planned, taken in, and read again.

Run ``python -m tests.bench.forms [FORMS]``: it prints seconds of CPU, checks every penny, and ends with 1 when a form
is lost, a second reading changes anything, or fewer than the bar are taken in a second.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.requests import year
from tests.requests.forms import Form

DATA = Path(__file__).parent.parent.parent / "data"
FORMS = 600
BAR = 20.0  # forms a second of CPU, each read whole, matched, costed, checked and stored
SCHOOLS = """
SELECT DISTINCT s.urn, s.name, COALESCE(s.low_age, 4), COALESCE(s.high_age, 11)
  FROM school AS s JOIN membership AS m ON m.urn = s.urn ORDER BY s.urn
"""


def main(count: int) -> int:
    """Measure and check; give 1 when something is lost or the bar is missed."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        os.environ |= {
            "SENCO_STORE": str(root / "senco.db"),
            "SENCO_TODAY": "2021-07-01",
            "SENCO_ACTOR": "bench",
            "HOME": folder,
            "XDG_STATE_HOME": str(root / "state"),
        }
        _borough(root)
        with closing(sqlite3.connect(root / "senco.db")) as raw:
            schools = tuple(year.School(*row) for row in raw.execute(SCHOOLS))
        invented = year.invent(schools, count=count)
        empty, paths = Form(), []
        for place, each in enumerate(invented, start=1):
            paths.append(root / f"form-{place:03}.xlsx")
            paths[-1].write_bytes(empty.of(each))
        words = ("requests", "import", *map(str, paths), "--yes")
        first, code = _timed(lambda: _senco(*words))
        again, same = _timed(lambda: _senco(*words))
        with closing(sqlite3.connect(root / "senco.db")) as raw:
            ((stored, pence, trail),) = raw.execute(
                "SELECT COUNT(*), SUM(cost_pence), (SELECT COUNT(*) FROM trail WHERE verb = 'requests.import')"
                " FROM request"
            ).fetchall()
    print(f"{count} forms taken in: {first:.1f} s of CPU, {count / first:.0f} a second (bar {BAR:.0f})")
    print(f"read again, nothing changed: {again:.1f} s")
    whole = (code, same, stored, pence, trail) == (0, 0, count, sum(each.cost_pence for each in invented), 1)
    print("every form is there, to the penny, once" if whole else "FORMS WERE LOST OR DOUBLED")
    return 0 if whole and count / first >= BAR else 1


def _borough(root: Path) -> None:
    catalogue = root / "catalogue.csv"
    rows = "".join(f'"{name}","{who}",{rate}\n' for name, who, rate in year.CATALOGUE)
    catalogue.write_text(f"Provision,Delivered by,£ an hour\n{rows}", "utf-8")
    table = str(DATA / "sutton-2020-21-clusters.xlsx")
    for words in (
        ("init",),
        ("schools", "import", str(DATA / "gias-sutton.csv"), "--yes"),
        ("clusters", "import", table, "--answers", str(DATA / "sutton-2020-21-answers.csv"), "--yes"),
        ("meetings", "import", table, "--yes"),
        ("requests", "catalogue", str(catalogue), "--from", "1/9/2020", "--yes"),
    ):
        assert _senco(*words) == 0, words


def _senco(*words: str) -> int:
    from contextlib import redirect_stderr, redirect_stdout
    from io import StringIO

    from senco.app import main as front_door

    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        return front_door(list(words))


def _timed(run: Callable[[], int]) -> tuple[float, int]:
    begun = time.process_time()
    code = run()
    return time.process_time() - begun, code


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else FORMS))
