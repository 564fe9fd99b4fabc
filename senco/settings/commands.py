"""The commands of the settings slice."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from senco.console.desk import Format, desk
from senco.console.options import FormatOption, read_date

commands = typer.Typer()


@commands.command("list")
def list_(form: FormatOption = Format.TABLE) -> None:
    """List the borough's rules as they hold today (or on the day of --as-of).

    Example: senco settings list --as-of 1/9/2020
    """
    from senco.settings import questions, render

    with desk().reading() as ask:
        lines = questions.settings_on(ask, desk().today)
    desk().show(render.settings(lines, desk().today), form=form)


@commands.command("set")
def set_(
    name: Annotated[str, typer.Argument(help="The setting, as `settings list` names it.")],
    value: Annotated[str, typer.Argument(help="Its new value.")],
    holds_from: Annotated[
        date | None,
        typer.Option("--from", help="The day from which it holds; today by default.", parser=read_date, metavar="DATE"),
    ] = None,
) -> None:
    """Set a rule of the borough from a day on; what held before stays on record.

    Example: senco settings set threshold £8k --from 1/9/2020
    """
    from senco.dates import say_date
    from senco.settings import naming, verbs
    from senco.settings.rules import said, what_else

    definition, day = naming.definition_named(name), holds_from or desk().today
    with desk().changing("setting.set") as change:
        line = verbs.set_from(change, definition, value, day)
    desk().say(f"{line.name} is {said(definition, line.value)} from {say_date(day)}.{what_else(line.name)}")
