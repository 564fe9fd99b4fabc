"""The commands of the schools slice."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from senco.console.desk import Format, desk
from senco.console.options import DryRun, FormatOption, InFile, YearOption, Yes

commands = typer.Typer()

_School = Annotated[
    str, typer.Argument(help="Its URN, DfE number, name, nickname, or how its name begins.", metavar="SCHOOL")
]
_Code = Annotated[int | None, typer.Option("--la", help="The LA's code, as in 319.", metavar="CODE")]


@commands.command("import")
def import_(
    file: InFile,
    *,
    links: Annotated[
        Path | None, typer.Option(help="The links file, which tells successors; FILE may also be one.", metavar="FILE")
    ] = None,
    la: _Code = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Import the school register, a csv file from GIAS, or bring it up to date.

    It shows what would change first. --la keeps one LA's schools of a file that holds more.

    Example: senco schools import edubasealldata.csv --links links_edubasealldata.csv --la 319
    """
    from senco.schools import importing

    importing.run(desk(), importing.Files(file, links, la), form=form, dry_run=dry_run, yes=yes)


@commands.command("list")
def list_(
    *,
    phase: Annotated[str, typer.Option(help="Only this phase, as in primary.", metavar="PHASE")] = "",
    trust: Annotated[str, typer.Option(help="Only trusts with this in their name.", metavar="TEXT")] = "",
    cluster: Annotated[str, typer.Option(help="Only the schools of this cluster.", metavar="CLUSTER")] = "",
    year: YearOption = None,
    status: Annotated[str, typer.Option(help="Only this status, as in closed.", metavar="STATUS")] = "",
    closed_too: Annotated[bool, typer.Option("--all", help="Schools that are not open, too.")] = False,
    text: Annotated[str, typer.Option(help="Only names with this in them.", metavar="TEXT")] = "",
    la: _Code = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """List the schools of the borough, or of another LA: the open ones, unless --status or --all says otherwise.

    Example: senco schools list --phase primary --cluster CP1
    """
    from senco.schools import filters, render

    wanted = filters.Wanted(la, phase, trust, cluster, year, status, text, closed_too)
    with desk().reading() as ask:
        found = filters.schools(ask, wanted, desk().today)
    desk().show(render.schools(found), form=form)


@commands.command("show")
def show(school: _School, form: FormatOption = Format.TABLE) -> None:
    """Show a school: what the register says, its nicknames, what went before and after it, its clusters.

    Example: senco schools show "Robin Hood Inf"
    """
    from senco.schools import filters, questions, render

    with desk().reading() as ask:
        urn = filters.school_meant(ask, school, desk().today).urn
        whole = questions.whole(ask, urn, desk().today)
    desk().show(render.school(whole), form=form)


@commands.command("alias")
def alias(
    school: _School,
    nickname: Annotated[str, typer.Argument(help="A name people call it by.", metavar="[NICKNAME]")] = "",
    *,
    end: Annotated[bool, typer.Option("--end", help="Take the nickname back.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Give a school a nickname, or take one back; without a nickname, list those it has.

    Example: senco schools alias 103013 "St Phils"
    """
    from senco.schools import aliasing

    if nickname or end:
        desk().say(aliasing.settle(desk(), school, nickname, end=end))
    else:
        desk().show(aliasing.listing(desk(), school), form=form)
