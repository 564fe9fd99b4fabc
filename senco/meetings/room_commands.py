"""The commands around one meeting: its register, its papers, its invitations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from senco.console.desk import Format, desk
from senco.console.options import FormatOption, YearOption
from senco.meetings.gathering import Mark

commands = typer.Typer()

Meeting = Annotated[str, typer.Argument(help="The meeting: 2020-11-24-CP, its beginning, or its day.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="The file to write.", metavar="FILE")]
Seats = list[str] | None


@commands.command("attend")
def attend(  # noqa: PLR0917 - a command's parameters are its interface
    meeting: Meeting,
    present: Annotated[Seats, typer.Option("--present", "-p", help="Came; may be repeated.", metavar="SEAT")] = None,
    substitute: Annotated[Seats, typer.Option("--substitute", "-s", help="Sent somebody else.", metavar="SEAT")] = None,
    apologies: Annotated[Seats, typer.Option("--apologies", "-a", help="Sent apologies.", metavar="SEAT")] = None,
    absent: Annotated[Seats, typer.Option("--absent", "-x", help="Did not come.", metavar="SEAT")] = None,
    rest: Annotated[Mark | None, typer.Option("--rest", help="Mark all that are not marked yet.")] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Ask seat by seat.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Mark a meeting's register; without any mark show it. A seat is a school (by any of its names) or a partner."""
    from senco.meetings import marking

    named = {Mark.PRESENT: present, Mark.SUBSTITUTE: substitute, Mark.APOLOGIES: apologies, Mark.ABSENT: absent}
    marking.run(desk(), meeting, marking.marks(named), rest=rest, ask_each=ask, form=form)


@commands.command("attendance")
def attendance(
    year: YearOption = None,
    cluster: Annotated[
        str | None, typer.Option("--cluster", "-c", help="Its schools alone.", metavar="CLUSTER")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """List attendance by school over a year, those that came least first."""
    from senco.meetings import gathering_questions, questions, render_gathering

    with desk().reading() as ask:
        meant = questions.year_meant(ask, year, desk().today)
        named = questions.cluster_called(ask, cluster, meant) if cluster else None
        lines = gathering_questions.attendance(ask, meant, desk().today, cluster=named)
    desk().show(render_gathering.attendance(lines, meant), form=form)


@commands.command("agenda")
def agenda(meeting: Meeting, out: Out = None) -> None:
    """Write the frame of a meeting's agenda (.xlsx or .md): carried actions, standing items of the season, dates."""
    from senco.meetings import papering

    papering.write(desk(), meeting, "agenda", out)


@commands.command("minutes")
def minutes(meeting: Meeting, out: Out = None) -> None:
    """Write a meeting's minutes (.xlsx or .md): register, apologies, quorum, actions."""
    from senco.meetings import papering

    papering.write(desk(), meeting, "minutes", out)


@commands.command("invite")
def invite(meeting: Meeting, out: Out = None) -> None:
    """Write the invitation to a meeting for a mail program to send, or its withdrawal when it is cancelled."""
    from senco.meetings import papering

    papering.invite(desk(), meeting, out)
