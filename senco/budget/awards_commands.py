"""The commands for awards: what is promised, how each is paid, and the payment run."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from senco.budget.kinds import Cause, Pattern
from senco.console.desk import Format, desk
from senco.console.options import DryRun, FormatOption, YearOption, Yes, read_date


def add_to(commands: typer.Typer) -> None:
    """Put these commands among those of the budget."""
    commands.command("commitments")(commitments)
    commands.command("schedule")(schedule)
    commands.command("pay")(pay)


def commitments(
    cluster: Annotated[
        str | None, typer.Option("--cluster", "-c", help="A cluster, as in CP1.", metavar="CLUSTER")
    ] = None,
    year: YearOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """List the awards with what was paid and is left, and whether their fund covers them."""
    from senco.budget import showing

    showing.commitments(desk(), cluster=cluster, year=year, form=form)


def schedule(
    request: Annotated[str, typer.Argument(help="The award's request, as in R-7KQ4.")],
    pattern: Annotated[Pattern | None, typer.Option("--pattern", help="Pay it by this pattern.")] = None,
    fund: Annotated[str | None, typer.Option("--fund", help="Pay it from this fund.", metavar="FUND")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Pay it to this school.", metavar="SCHOOL")] = None,
    stop: Annotated[Cause | None, typer.Option("--stop", help="It stops from --on, because of this.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="It goes on as if never stopped, or from --on.")] = False,
    on: Annotated[
        date | None,
        typer.Option("--on", help="From when; today by default.", parser=read_date, metavar="DATE"),
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show how an award is paid; change its terms, or stop it. A child that moves: `senco requests move`."""
    from senco.budget import entering, showing

    said = entering.change_award(desk(), request, pattern=pattern, fund=fund, to=to, stop=stop, resume=resume, on=on)
    showing.schedule(desk(), request, said=said, form=form)


def pay(
    due: Annotated[bool, typer.Option("--due", help="Pay what is due by --on.")] = False,
    on: Annotated[
        date | None,
        typer.Option("--on", help="The day of the run; today by default.", parser=read_date, metavar="DATE"),
    ] = None,
    run: Annotated[str | None, typer.Option("--run", help="Show or write a run made before.", metavar="RUN")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The payment file for finance: .csv or .xlsx.", metavar="FILE")
    ] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Make the payment run: senco budget pay --due --out payments.csv. A second run pays nothing twice."""
    from senco.budget import paying

    paying.run(desk(), due=due, on=on, run=run, out=out, dry_run=dry_run, yes=yes, form=form)
