"""The bars of coverage, held after a whole run: every branch of the rooms that decide, 97 % over all."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import coverage

ROOT = Path(__file__).parent.parent
DECIDING = (
    "rules",
    "questions",
    "verbs",
    "matching",
    "grading",
    "naming",
    "spelling",
    "planning",
    "session",
    "proposal",
    "pattern",
    "register",
    "keys",
    "simplex",
    "attack",
    "suppression",
    "masking",
)
OVER_ALL = 97


def below_the_bar() -> list[str]:
    """Read the coverage of the run that just ended and say which rooms, or the whole, stay below their bar."""
    measured = coverage.Coverage(data_file=str(ROOT / ".coverage"), config_file=str(ROOT / "pyproject.toml"))
    measured.load()
    told = []
    for path in sorted((ROOT / "senco").rglob("*.py")):
        if path.stem in DECIDING:
            reached = measured.report(include=[str(path)], file=StringIO(), show_missing=False, skip_covered=False)
            if reached < 100:
                table = StringIO()
                measured.report(include=[str(path)], file=table, show_missing=True, skip_covered=False)
                told.append(table.getvalue().splitlines()[2])
    reached = measured.report(file=StringIO(), show_missing=False)
    if reached < OVER_ALL:
        table = StringIO()
        measured.report(file=table, show_missing=True, skip_covered=True)
        told.append(f"over all {reached:.1f} % of the branches, the bar is {OVER_ALL} %:\n{table.getvalue()}")
    return told
