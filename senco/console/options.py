"""The options that many commands share, spelt once."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from senco.console.desk import Format


def read_date(text: str) -> date:
    """Read a date as people type it; raises BadInput."""
    if re.fullmatch("20[0-9]{2}-[0-9]{2}-[0-9]{2}", text):  # as scripts write it: no need to load the reader of dates
        with suppress(ValueError):  # a day that is none is told by the reader of dates
            return date.fromisoformat(text)
    from senco.console.desk import desk
    from senco.dates import parse_date

    return parse_date(text, today=desk().today)


def read_pence(text: str) -> int:
    """Read an amount of money into pence; raises BadInput."""
    from senco.money import parse_pence

    return parse_pence(text)


def read_year(text: str) -> str:
    """Read an academic year into its plain form 2020/21; raises BadInput."""
    from senco.dates import AcademicYear

    return str(AcademicYear.parse(text))


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to write the answer.", show_choices=True)]
YearOption = Annotated[
    str | None,
    typer.Option(
        "--year", help="Academic year, as in 2020/21; the current one by default.", parser=read_year, metavar="YEAR"
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the plan and change nothing.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Apply without asking.")]
InFile = Annotated[Path, typer.Argument(help="The file to read.", metavar="FILE")]
OutFile = Annotated[Path, typer.Option("--out", "-o", help="The file to write.", metavar="FILE")]
