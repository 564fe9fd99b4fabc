"""The commands that plan a year of meetings and keep it: plan, glance, move, cancel, venue, deadlines, check."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from senco.console.desk import Format, desk
from senco.console.options import FormatOption, YearOption, Yes, read_date, read_year
from senco.meetings.kinds import DeadlineKind, MeetingStatus

commands = typer.Typer()

Meeting = Annotated[str, typer.Argument(help="The meeting: 2020-11-24-CP, its beginning, or its day.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept with its history.", metavar="TEXT")]


@commands.command("plan")
def plan(  # noqa: PLR0917 - a command's parameters are its interface
    year: Annotated[
        str, typer.Option("--year", help="The year to plan, as in 2026/27.", parser=read_year, metavar="YEAR")
    ],
    like: Annotated[
        str | None, typer.Option("--like", help="By the programme of this year.", parser=read_year, metavar="YEAR")
    ] = None,
    pattern: Annotated[
        str | None,
        typer.Option("--pattern", help="sutton, southampton, hertfordshire, or a file of that form.", metavar="NAME"),
    ] = None,
    venue: Annotated[
        str, typer.Option("--venue", help="Where those meet for whom the pattern names no place.", metavar="PLACE")
    ] = "",
    apply: Annotated[bool, typer.Option("--apply", help="Add the meetings.")] = False,
    proposed: Annotated[bool, typer.Option("--proposed", help="Add them as not yet settled.")] = False,
    yes: Yes = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Propose a year's programme from a pattern or like another year, with the reason for every choice."""
    from senco.meetings import proposing

    status = MeetingStatus.PROPOSED if proposed else MeetingStatus.CONFIRMED
    wanted = proposing.Wanted(year, like, pattern, venue, status)
    proposing.run(desk(), wanted, apply=apply, yes=yes, form=form)


@commands.command("glance")
def glance(year: YearOption = None, form: FormatOption = Format.TABLE) -> None:
    """Show a year at a glance: a line for each month, a mark for each day."""
    from senco.meetings import glance as marks
    from senco.meetings import questions, render_year, term_questions

    with desk().reading() as ask:
        meant = questions.year_meant(ask, year, desk().today)
        months = marks.glance(term_questions.school_year(ask, meant), questions.meetings(ask, year=meant))
    desk().show(render_year.year_at_a_glance(months, meant), form=form)


@commands.command("move")
def move(
    meeting: Meeting,
    day: Annotated[date, typer.Argument(help="The new day.", parser=read_date, metavar="DATE")],
    times: Annotated[str | None, typer.Option("--times", help="New times, as in '2 - 4pm'.", metavar="TIMES")] = None,
    reason: Reason = "",
) -> None:
    """Move a meeting to another day or time; subscribed calendars follow, and what was stays as its history."""
    from senco.dates import parse_times
    from senco.meetings import questions, render_year, verbs

    span = parse_times(times) if times else None
    with desk().changing("meeting.move") as change:
        before, after = verbs.move(change, meeting, day, span, reason=reason)
        findings = questions.day_findings_of(change.ask, after)
    desk().say(render_year.changed(before, after))
    for each in findings:
        desk().say(f"Note: {each.what} {each.do}")


@commands.command("venue")
def venue(
    meeting: Meeting,
    place: Annotated[str, typer.Argument(help="The new place.", metavar="PLACE")],
    reason: Reason = "",
) -> None:
    """Put a meeting in another place."""
    from senco.meetings import render_year, verbs

    with desk().changing("meeting.venue") as change:
        told = verbs.put_elsewhere(change, meeting, place, reason=reason)
    desk().say(render_year.changed(*told))


@commands.command("cancel")
def cancel(
    meeting: Meeting,
    reason: Reason = "",
    back: Annotated[bool, typer.Option("--back", help="It stands again after all.")] = False,
) -> None:
    """Call a meeting off; calendars show it as cancelled. With --back it stands again."""
    from senco.meetings import render_year, verbs

    with desk().changing("meeting.reinstate" if back else "meeting.cancel") as change:
        told = (verbs.reinstate if back else verbs.cancel)(change, meeting, reason=reason)
    desk().say(render_year.changed(*told))


@commands.command("chair")
def chair(
    meeting: Meeting,
    person: Annotated[str, typer.Argument(help="Who chairs it; '' for nobody.", metavar="NAME")],
) -> None:
    """Name who chairs a meeting; without it a cluster's lead does."""
    from senco.meetings import verbs

    with desk().changing("meeting.chair") as change:
        line = verbs.name_chair(change, meeting, person)
    desk().say(
        f"{line.reference} is chaired by {line.chair}." if line.chair else f"{line.reference} has no chair named."
    )


@commands.command("deadlines")
def deadlines(year: YearOption = None, form: FormatOption = Format.TABLE) -> None:
    """List when requests close, papers go out and decisions must be told, in the order of time."""
    from senco.meetings import deadline_questions, questions, render_year

    with desk().reading() as ask:
        meant = questions.year_meant(ask, year, desk().today)
        found = deadline_questions.deadlines(ask, questions.meetings(ask, year=meant))
    lines = sorted((each for held in found.values() for each in held), key=lambda each: (each.due, each.meeting))
    desk().show(render_year.deadlines(lines, meant), form=form)


@commands.command("deadline")
def deadline(
    meeting: Meeting,
    kind: Annotated[DeadlineKind, typer.Argument(help="Which deadline.")],
    due: Annotated[
        str, typer.Argument(help="Day and time, as in 'Fri 6 Nov 2026 5pm'; 'rule' lets it follow the settings again.")
    ],
) -> None:
    """Fix a deadline for one meeting; the others follow the settings closing, papers and notice."""
    from senco.meetings import moments, verbs

    moment = moments.moment_of(due, today=desk().today)
    with desk().changing("meeting.deadline") as change:
        line = verbs.fix_deadline(change, meeting, kind, moment)
    desk().say(moments.fixed(line.reference, kind, moment))


@commands.command("check")
def check(
    file: Annotated[Path | None, typer.Argument(help="A programme to check before it is imported.")] = None,
    year: YearOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Check the programme: weekdays, clashes, holidays, clusters out of step, no venue, no chair; or a file of one."""
    from senco.meetings import checking, render

    found = checking.findings_for(desk(), file, year)
    desk().show(render.findings(found), form=form)
    desk().end_with(7 if found else 0)
