"""The commands of the requests slice."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from senco.console.desk import Format, desk
from senco.console.options import FormatOption, YearOption, read_date, read_pence
from senco.requests import decision_commands, form_commands
from senco.requests.kinds import Level, Outcome, RequestDraft, RequestType, SenStatus, Stage
from senco.requests.outcomes import Casting
from senco.requests.reason_options import Advice, Condition, Evidence, Met, NotMet, Wanted

commands = typer.Typer()

Reference = Annotated[str, typer.Argument(help="The request, as in R-7KQ4.", metavar="REF")]
School = Annotated[
    str, typer.Option("--school", help="The school: name, nickname, URN or DfE number.", metavar="SCHOOL")
]
Meeting = Annotated[str, typer.Option("--meeting", help="The meeting, as in 2020-11-24-CP.", metavar="REF")]
Cluster = Annotated[str, typer.Option("--cluster", help="The cluster, as in CP1.", metavar="CLUSTER")]
Chair = Annotated[
    str, typer.Option("--chair", help="The school that chairs; by default the cluster lead's host.", metavar="SCHOOL")
]
Day = Annotated[date | None, typer.Option(parser=read_date, metavar="DATE")]


@commands.command()
def add(  # noqa: PLR0917 - a command's parameters are its interface
    school: School,
    provision: Annotated[
        str, typer.Option(help="What it is for, in words. Never a child's name, UPN or date of birth.")
    ],
    need: Annotated[str, typer.Option(help="The first need, by the Department's code: SEMH.", metavar="CODE")],
    cost: Annotated[
        int | None, typer.Option(help="What the provision costs in a year.", parser=read_pence, metavar="£")
    ] = None,
    asked: Annotated[int | None, typer.Option(help="What is asked for a year.", parser=read_pence, metavar="£")] = None,
    need2: Annotated[str, typer.Option(help="The second need.", metavar="CODE")] = "",
    need3: Annotated[str, typer.Option(help="The third need.", metavar="CODE")] = "",
    type_: Annotated[
        RequestType, typer.Option("--type", help="What is asked of the cluster.")
    ] = RequestType.INDIVIDUAL,
    year_group: Annotated[str, typer.Option(help="N1, N2, R or 1 to 14.", metavar="YEAR")] = "",
    pupils: Annotated[int | None, typer.Option(help="How many children a group request is for.", min=1)] = None,
    status: Annotated[SenStatus, typer.Option(help="SEN status.", case_sensitive=False)] = SenStatus.SUPPORT,
    from_: Annotated[date | None, typer.Option("--from", help="From when.", parser=read_date, metavar="DATE")] = None,
    to: Annotated[date | None, typer.Option(help="Until when.", parser=read_date, metavar="DATE")] = None,
    urgent: Annotated[bool, typer.Option("--urgent", help="It cannot wait; say why with --because.")] = False,
    because: Annotated[str, typer.Option(help="Why it is urgent.")] = "",
    consent: Annotated[bool, typer.Option("--consent", help="The school holds the parents' consent.")] = False,
    consent_on: Annotated[
        date | None, typer.Option(help="When they gave it.", parser=read_date, metavar="DATE")
    ] = None,
    submitted: Annotated[
        date | None, typer.Option(help="When it came in; today by default.", parser=read_date, metavar="DATE")
    ] = None,
    meeting: Meeting = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Take in a school's request and list it for its cluster's next meeting.

    senco requests add --school "Abbey" --year-group 4 --need SEMH --cost £9,500 --asked £3,500 --provision "A mentor"
    """
    from senco.requests import questions, render, verbs

    needs = tuple(each for each in (need, need2, need3) if each)
    asked_for = (school, type_, needs, status, cost, asked, provision, submitted or desk().today)
    around = (year_group, pupils, from_, to, urgent, because, consent, consent_on, meeting)
    draft = RequestDraft(*(*asked_for, *around))
    with desk().changing("request.add") as change:
        line = verbs.add(change, draft, desk().today)
        doubts = questions.doubts(change.ask, line)
    desk().show(render.requests([line]), form=form)
    desk().say("\n".join([f"Took in {line.reference}, {render.heard_at(line)}.", *doubts]))


@commands.command("list")
def list_(  # noqa: PLR0917 - a command's parameters are its interface
    cluster: Cluster = "",
    meeting: Meeting = "",
    stage: Annotated[Stage | None, typer.Option(help="Only those that have come so far.")] = None,
    school: Annotated[str, typer.Option(help="Only this school's.", metavar="SCHOOL")] = "",
    need: Annotated[str, typer.Option(help="Only with this need, first or not.", metavar="CODE")] = "",
    area: Annotated[
        str, typer.Option(help="Only with a need of this broad area, as in sensory; none: given by no area.")
    ] = "",
    year: YearOption = None,
    due: Annotated[bool, typer.Option("--due", help="What is to be done by when, instead.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """List requests, the oldest first, with how far each has come.

    Example: senco requests list --area sensory --stage decided
    """
    from senco.requests import questions, render

    if due:
        desk().show(render.due(desk()), form=form)
        return
    told = {"cluster": cluster, "meeting": meeting, "school": school, "need": need, "area": area}
    with desk().reading() as ask:
        lines = questions.requests_meant(ask, desk().today, stage=stage, year=year, **told)
    desk().show(render.requests(lines), form=form)


@commands.command()
def show(
    reference: Reference,
    identify: Annotated[
        bool, typer.Option("--identify", help="Show who the child is; the trail keeps that it was shown.")
    ] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show one request whole, with every outcome it was given. The child is not shown without --identify."""
    from senco.requests import form_importing

    desk().show(*form_importing.shown(desk(), reference, identify=identify), form=form)


@commands.command()
def moderate(  # noqa: PLR0917 - a command's parameters are its interface
    meeting: Meeting = "",
    cluster: Cluster = "",
    chair: Chair = "",
    moderating_chair: Annotated[
        str,
        typer.Option(
            "--moderating-chair",
            "--critical-friend",
            metavar="SCHOOL",
            help="The school that chairs where the chair has an interest.",
        ),
    ] = "",
    request: Annotated[str, typer.Option(help="Record one outcome by flags: the request.", metavar="REF")] = "",
    outcome: Annotated[Outcome | None, typer.Option(help="What the cluster finds.")] = None,
    level: Annotated[Level | None, typer.Option(help="How far it goes.")] = None,
    reason: Annotated[str, typer.Option(help="Why; required. Never a child's name.")] = "",
    votes: Annotated[
        str, typer.Option(help="For-against-abstained on that outcome, as in 7-1-2.", metavar="VOTES")
    ] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take the outcome of --request back, with a --reason.")] = False,
    casting: Annotated[Casting | None, typer.Option(help="The chair's casting vote.")] = None,
    met: Met = None,
    not_met: NotMet = None,
    evidence: Evidence = None,
    condition: Condition = None,
    advice: Advice = None,
    wanted: Wanted = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Hold a cluster's sitting, case by case at the terminal; or record one outcome by flags.

    Each outcome is recorded at once: a sitting that was interrupted goes on where it stopped.

    Example: senco requests moderate --request R-7KQ4 --outcome borderline --level advise --reason "…" --met clear
    """
    from senco.requests import deciding_desk, room

    words = deciding_desk.ReasonWords(
        met or (), not_met or (), evidence or (), condition or (), advice or (), wanted or ()
    )
    sitting = (meeting, cluster, chair, moderating_chair)
    told = room.Told(*sitting, request, outcome, level, reason, votes, undo, casting, words)
    desk().show(*room.moderate(desk(), told), form=form)


# The second half of the slice's commands stands in a room of its own: from the meeting to the letter.
commands.registered_commands.extend(decision_commands.commands.registered_commands)
form_commands.add_to(commands)
