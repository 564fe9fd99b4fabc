"""The commands of the meetings slice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from senco.console.desk import Format, desk
from senco.console.options import DryRun, FormatOption, InFile, YearOption, Yes, read_date, read_year
from senco.meetings import action_commands, contact_commands, room_commands, standing_commands
from senco.meetings.kinds import MeetingKind, MeetingStatus
from senco.meetings.term_commands import commands as term_commands
from senco.meetings.year_commands import commands as year_commands

commands = typer.Typer()
commands.add_typer(contact_commands.commands, name="contacts", help="SENCOs, leads and invited partners.")
commands.add_typer(action_commands.commands, name="actions", help="What was agreed, by whom and by when.")
commands.add_typer(standing_commands.commands, name="standing", help="What returns every year on agendas.")
commands.add_typer(term_commands, name="terms", help="Term dates, INSET days and bank holidays.")


def read_alarm(text: str) -> int:
    """Read how long before a meeting an alarm goes off; raises BadInput."""
    from senco.meetings.exporting import minutes_before

    return minutes_before(text)


Cluster = Annotated[str | None, typer.Option("--cluster", "-c", help="A cluster, as in CP1.", metavar="CLUSTER")]


@commands.command("import")
def import_(  # noqa: PLR0917 - a command's parameters are its interface
    file: InFile,
    year: Annotated[
        str | None,
        typer.Option("--year", help="Academic year; that of the dates by default.", parser=read_year, metavar="YEAR"),
    ] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    date_wins: Annotated[
        bool, typer.Option("--date-wins", help="Where weekday and date contradict each other, take the date.")
    ] = False,
    cancel_missing: Annotated[
        bool, typer.Option("--cancel-missing", help="Cancel the meetings that the file no longer names.")
    ] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Import the year's programme: show the plan, then apply it.

    The meetings and holidays are found by their headings and dates, in a workbook, a csv file or a text with tables.
    """
    from senco.meetings import importing

    importing.run(
        desk(), file, year=year, dry_run=dry_run, yes=yes, date_wins=date_wins, cancel_missing=cancel_missing, form=form
    )


@commands.command("list")
def list_(
    year: YearOption = None,
    cluster: Cluster = None,
    kind: Annotated[MeetingKind | None, typer.Option("--kind", help="Only meetings of this kind.")] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """List the meetings of a year; with --cluster its own and the conferences."""
    from senco.meetings import questions, render

    with desk().reading() as ask:
        meant = questions.year_meant(ask, year, desk().today)
        named = questions.cluster_called(ask, cluster, meant) if cluster else None
        lines = questions.meetings(ask, year=meant, cluster=named, kind=kind)
        years = questions.years(ask)
    of = f" of {named}" if named else ""
    desk().show(render.meetings(lines, meant, of=of, other_years=years), form=form)


@commands.command("show")
def show(
    reference: Annotated[str, typer.Argument(help="The meeting: 2020-11-24-CP, its beginning, or its day.")],
    form: FormatOption = Format.TABLE,
) -> None:
    """Show one meeting whole: its deadlines, and how it was changed."""
    from senco.meetings import deadline_questions, questions, render, render_year

    with desk().reading() as ask:
        line = questions.meeting_named(ask, reference)
        due = deadline_questions.deadlines(ask, [line])[line.reference]
        history = deadline_questions.history(ask, line.reference)
    desk().show(render.meeting(line, due, [render_year.history(history)]), form=form)


@commands.command("add")
def add(  # noqa: PLR0917 - a command's parameters are its interface
    day: Annotated[date, typer.Argument(help="The day: 'Tue 8 Dec 2020'.", parser=read_date, metavar="DATE")],
    times: Annotated[str, typer.Argument(help="From when to when: '2 - 4pm'.", metavar="TIMES")],
    audience: Annotated[
        str, typer.Option("--for", help="Who meets: CP, SP, CP1, 'CP 1-5', panel or conference.", metavar="WHO")
    ],
    venue: Annotated[str, typer.Option("--venue", help="Where.", metavar="PLACE")] = "",
    purpose: Annotated[str, typer.Option("--purpose", help="What for.", metavar="TEXT")] = "",
    proposed: Annotated[bool, typer.Option("--proposed", help="It is not yet settled.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Add one meeting: senco meetings add "Tue 8 Dec 2020" "2 - 4pm" --for panel --venue HAS."""
    from senco.meetings import questions, render, verbs
    from senco.meetings.planning import draft_by_hand

    status = MeetingStatus.PROPOSED if proposed else MeetingStatus.CONFIRMED
    draft = draft_by_hand(day, times, audience, venue=venue, purpose=purpose, status=status)
    with desk().changing("meeting.add") as change:
        line = verbs.add_meeting(change, draft, day=desk().today)
        findings = questions.day_findings_of(change.ask, line)
    desk().show(render.meeting(line), form=form)
    desk().say(f"Added {line.reference}: {render.when(line)}.")
    for each in findings:
        desk().say(f"Note: {each.what} {each.do}")


@commands.command("holidays")
def holidays(year: YearOption = None, form: FormatOption = Format.TABLE) -> None:
    """List the holidays that came with the programme."""
    from senco.meetings import questions, render

    with desk().reading() as ask:
        meant = questions.year_meant(ask, year, desk().today)
        lines = questions.holidays(ask, meant)
    desk().show(render.holidays(lines, meant), form=form)


@commands.command("export")
def export(  # noqa: PLR0917 - a command's parameters are its interface
    cluster: Cluster = None,
    school: Annotated[str | None, typer.Option("--school", help="A school, by URN or name.", metavar="SCHOOL")] = None,
    lead: Annotated[str | None, typer.Option("--lead", help="A lead SENCO, panels too.", metavar="NAME")] = None,
    panel: Annotated[bool, typer.Option("--panel", help="The panels alone.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Every meeting, panels too.")] = False,
    publish: Annotated[
        Path | None,
        typer.Option("--publish", help="A file for every cluster and school into this folder.", metavar="DIR"),
    ] = None,
    alarm: Annotated[
        list[int] | None,
        typer.Option("--alarm", help="An alarm before each, as in 1d, 2h, 30m.", parser=read_alarm, metavar="TIME"),
    ] = None,
    deadlines: Annotated[bool, typer.Option("--deadlines", help="Deadlines as entries of their own too.")] = False,
    year: YearOption = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The file to write.", metavar="FILE")] = None,
    ics: Annotated[bool, typer.Option("--ics", help="As a calendar (.ics), which is the default.")] = True,  # noqa: ARG001 - the one format there is
) -> None:
    """Write the calendar of a cluster, a school, a lead, the panels or everybody, to subscribe to or import."""
    from senco.meetings import exporting

    asked = exporting.Asked(cluster, school, lead, panel, everything, tuple(alarm or ()), deadlines)
    if publish:
        exporting.publish_all(desk(), publish, asked, year)
    else:
        exporting.export(desk(), asked, year, out)


commands.registered_commands += year_commands.registered_commands + room_commands.commands.registered_commands
