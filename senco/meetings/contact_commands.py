"""The commands of contacts: ``senco meetings contacts …``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from senco.console.desk import Format, desk
from senco.console.options import DryRun, FormatOption, InFile, OutFile, Yes, help_alone

commands = typer.Typer()
commands.callback(invoke_without_command=True)(help_alone)


@commands.command("import")
def import_(
    file: InFile,
    end_missing: Annotated[
        bool, typer.Option("--end-missing", help="End the contacts that the file no longer names.")
    ] = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Import SENCOs, leads and invited partners from a list: name, role, school, organisation, e-mail, invited to."""
    from senco.meetings import contacting

    contacting.take_in(desk(), file, end_missing=end_missing, dry_run=dry_run, yes=yes, form=form)


@commands.command("list")
def list_(form: FormatOption = Format.TABLE) -> None:
    """List the contacts of today with their addresses."""
    from senco.meetings import gathering_questions, render_gathering

    with desk().reading() as ask:
        lines = gathering_questions.contacts(ask, desk().today)
    desk().show(render_gathering.contacts(lines, desk().today), form=form)


@commands.command("export")
def export(out: OutFile = Path("contacts.xlsx")) -> None:
    """Write the contacts of today as .xlsx or .csv, in the form that the import reads."""
    from senco.meetings import contacting

    contacting.write(desk(), out)
