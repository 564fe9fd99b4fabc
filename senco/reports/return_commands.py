"""The commands of single reports: returns, attendance, answers, the census, the inventory."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from senco.console.desk import Format, desk
from senco.console.options import YearOption, read_date, read_year
from senco.reports.kinds import TermName

commands = typer.Typer()

ReportFile = Annotated[
    Path | None,
    typer.Option(
        "--out", "-o", help="Write it into this file: .html, .xlsx, .md, or .csv (the first table).", metavar="FILE"
    ),
]
AnswerFormat = Annotated[
    Format | None,
    typer.Option(
        "--format", "-f", help="How to write the answer; with --out, list the file written.", show_choices=True
    ),
]
FinancialYear = Annotated[
    str | None,
    typer.Option(
        "--year", help="Financial year, as in 2020/21; the current one by default.", parser=read_year, metavar="YEAR"
    ),
]


@commands.command("s251")
def s251(year: FinancialYear = None, out: ReportFile = None, form: AnswerFormat = None) -> None:
    """Give the section 251 return by line and type of school, with what stands on no line; internal.

    Example: senco reports s251 --year 2020/21 --out s251.xlsx
    """
    from senco.reports import asking

    asking.s251(desk(), year, out=out, form=form)


@commands.command("attendance")
def attendance(
    year: YearOption = None,
    term: Annotated[TermName | None, typer.Option("--term", help="One term alone.", show_choices=True)] = None,
    cluster: Annotated[
        str | None, typer.Option("--cluster", "-c", help="A cluster, as in CP1.", metavar="CLUSTER")
    ] = None,
    out: ReportFile = None,
    form: AnswerFormat = None,
) -> None:
    """Give who came by school and cluster, and the schools never seen.

    Example: senco reports attendance --year 2020/21 --term autumn --cluster CP1
    """
    from senco.reports import asking

    asking.attendance(desk(), year, term, cluster, out=out, form=form)


@commands.command("foi")
def foi(year: YearOption = None, out: ReportFile = None, form: AnswerFormat = None) -> None:
    """Answer what is asked under freedom of information: rules, clusters, requests, decisions; small counts hidden.

    What it shows is a publication, kept on record, on the screen as well as in a file.

    Example: senco reports foi --year 2020/21 --out foi.html
    """
    from senco.reports import asking

    asking.freedom_of_information(desk(), year, out=out, form=form)


@commands.command("census")
def census(
    day: Annotated[date, typer.Argument(help="Census day.", parser=read_date, metavar="DATE")],
    internal: Annotated[
        bool, typer.Option("--internal", help="Hide nothing, list the cases, and say that it is not for publication.")
    ] = False,
    out: ReportFile = None,
    form: AnswerFormat = None,
) -> None:
    """Count the pupils with top-up on a day, with amounts, each pupil once; small counts hidden, kept on record.

    Example: senco reports census 21/1/2021 --out census.xlsx
    """
    from senco.reports import asking

    asking.census_of(desk(), day, internal=internal, out=out, form=form)


@commands.command("inventory")
def inventory(out: ReportFile = None, form: AnswerFormat = None) -> None:
    """List what the store holds about people, column by column, for the data protection impact assessment; internal.

    Example: senco reports inventory --out inventory.xlsx
    """
    from senco.reports import asking

    asking.data_inventory(desk(), out=out, form=form)
