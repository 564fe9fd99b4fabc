"""The commands of actions: ``senco meetings actions …``."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from senco.console.desk import Format, desk
from senco.console.options import FormatOption, help_alone, read_date

commands = typer.Typer()
commands.callback(invoke_without_command=True)(help_alone)


@commands.command("list")
def list_(
    meeting: Annotated[
        str | None, typer.Option("--meeting", "-m", help="Agreed at this one.", metavar="MEETING")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """List the open actions by their due date."""
    from senco.meetings import gathering_questions, questions, render_gathering

    with desk().reading() as ask:
        named = questions.meeting_named(ask, meeting).reference if meeting else ""
        lines = gathering_questions.actions(ask, meeting=named, every=every)
    desk().show(render_gathering.actions(lines), form=form)


@commands.command("add")
def add(
    meeting: Annotated[str, typer.Argument(help="The meeting that agreed it.")],
    task: Annotated[str, typer.Argument(help="What is to be done; no child's name.", metavar="TASK")],
    owner: Annotated[str, typer.Option("--owner", help="Who does it.", metavar="NAME")],
    due: Annotated[date | None, typer.Option("--due", help="By when.", parser=read_date, metavar="DATE")] = None,
) -> None:
    """Write down an action; the agenda of the next meeting of the same people carries it until it is closed."""
    from senco.meetings import gathering_verbs

    with desk().changing("action.add") as change:
        line = gathering_verbs.add_action(change, meeting, task, owner=owner, due=due)
    desk().say(f"{line.reference} is written down: {line.task} ({line.owner}).")


@commands.command("close")
def close(
    action: Annotated[str, typer.Argument(help="The action, as in A7.", metavar="ACTION")],
    dropped: Annotated[bool, typer.Option("--dropped", help="It was given up, not done.")] = False,
) -> None:
    """Close an action as done, or as dropped."""
    from senco.meetings import gathering_verbs

    with desk().changing("action.close") as change:
        line = gathering_verbs.close_action(change, action, day=desk().today, dropped=dropped)
    desk().say(f"{line.reference} is {line.outcome}.")
