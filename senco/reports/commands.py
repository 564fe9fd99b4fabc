"""The commands of the reports: what is made by itself, every term."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from senco.console.desk import Format, desk
from senco.console.options import YearOption, help_alone
from senco.reports import return_commands
from senco.reports.kinds import Audience, TermWord

commands = typer.Typer()
# One command alone would take the group's place.
commands.callback(invoke_without_command=True)(help_alone)

Into = Annotated[Path, typer.Option("--into", help="The folder to write into.", metavar="DIR")]
Internal = Annotated[
    bool, typer.Option("--internal", help="Hide nothing, and say on every page that it is not for publication.")
]
FilesFormat = Annotated[
    Format | None,
    typer.Option("--format", "-f", help="List the files; at a terminal they are listed anyway.", show_choices=True),
]


@commands.command("term")
def term(
    which: Annotated[
        TermWord, typer.Argument(help="The term; last: the one that has ended last.", metavar="TERM", show_choices=True)
    ],
    into: Into,
    audience: Annotated[Audience | None, typer.Option("--for", help="For whom alone; all four by default.")] = None,
    internal: Internal = False,
    year: YearOption = None,
    form: FilesFormat = None,
) -> None:
    """Write a term's report as a page (.html) and a workbook (.xlsx) for each audience; silent when all is well.

    Small counts of children are hidden, and what was published is kept on record. Nothing is rewritten that says the
    same as before.

    Example: senco reports term autumn --year 2020/21 --into /srv/senco/reports --for forum
    """
    from senco.reports import making, render

    lines = making.term(desk(), which, year=year, into=into, audience=audience, internal=internal)
    if form or sys.stdout.isatty():
        desk().show(render.files(lines), form=form or Format.TABLE)


commands.registered_commands += return_commands.commands.registered_commands
