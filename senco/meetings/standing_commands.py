"""The commands of standing items: ``senco meetings standing …``."""

from __future__ import annotations

from typing import Annotated

import typer

from senco.console.desk import Format, desk
from senco.console.options import FormatOption, help_alone
from senco.meetings.kinds import MeetingKind

commands = typer.Typer()
commands.callback(invoke_without_command=True)(help_alone)


@commands.command("list")
def list_(form: FormatOption = Format.TABLE) -> None:
    """List what stands on agendas by the time of year."""
    from senco.meetings import gathering_questions, render_gathering

    with desk().reading() as ask:
        lines = gathering_questions.standing(ask, day=desk().today)
    desk().show(render_gathering.standing(lines), form=form)


@commands.command("add")
def add(
    title: Annotated[str, typer.Argument(help="The item as it stands on the agenda.", metavar="TITLE")],
    months: Annotated[list[int], typer.Option("--month", "-m", help="A month, 1 to 12; may be repeated.", metavar="N")],
    kinds: Annotated[
        list[MeetingKind] | None, typer.Option("--of", help="Only of such meetings; cluster meetings by default.")
    ] = None,
) -> None:
    """Let an item stand on the agendas of some months."""
    from senco.meetings import gathering_verbs

    with desk().changing("standing.add") as change:
        line = gathering_verbs.add_standing(change, title, months, kinds or [], day=desk().today)
    desk().say(f"“{line.title}” stands from now on, in the months {line.months}.")


@commands.command("end")
def end(title: Annotated[str, typer.Argument(help="The item, or a part of it.", metavar="TITLE")]) -> None:
    """Let an item stand no more."""
    from senco.meetings import gathering_verbs

    with desk().changing("standing.end") as change:
        ended = gathering_verbs.end_standing(change, title, day=desk().today)
    desk().say(f"“{ended}” stands no more.")
