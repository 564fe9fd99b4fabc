"""The commands from the meeting to the letter: interests, advice, decisions, agendas read back, what follows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from senco.console.desk import Format, desk
from senco.console.options import DryRun, FormatOption, InFile, OutFile, YearOption, Yes, read_date, read_pence
from senco.requests.kinds import Ground
from senco.requests.outcomes import Casting, Follows, Record, Verdict
from senco.requests.reason_options import Advice, Condition, Evidence, Met, NotMet, Wanted

commands = typer.Typer()

_Reference = Annotated[str, typer.Argument(help="The request, as in R-7KQ4.", metavar="REF")]
_Meeting = Annotated[str, typer.Option("--meeting", help="The meeting, as in 2020-12-08-PANEL.", metavar="REF")]
_Cluster = Annotated[str, typer.Option("--cluster", help="A cluster's sitting; else the panel.", metavar="CLUSTER")]
_Outcome = Annotated[Verdict | None, typer.Option("--outcome", help="What is recommended or decided.")]
_Reason = Annotated[str, typer.Option("--reason", help="Why; required. Never a child's name.")]
_Because = Annotated[str, typer.Option("--because", help="Why; required. Never a child's name.")]
_Amount = Annotated[
    int | None,
    typer.Option(
        "--amount", help="What is agreed: a year or in all, as award.means is set.", parser=read_pence, metavar="£"
    ),
]
_From = Annotated[
    date | None, typer.Option("--from", help="From when; as asked by default.", parser=read_date, metavar="DATE")
]
_To = Annotated[
    date | None, typer.Option("--to", help="Until when; as asked by default.", parser=read_date, metavar="DATE")
]
_Chair = Annotated[str, typer.Option("--chair", help="Who chairs.", metavar="NAME")]
_ModeratingChair = Annotated[
    str, typer.Option("--moderating-chair", help="Who chairs where the chair has an interest.", metavar="NAME")
]
_Undo = Annotated[bool, typer.Option("--undo", help="Take it back, with a --reason.")]
_Day = Annotated[date, typer.Option("--from", help="From which day.", parser=read_date, metavar="DATE")]


@commands.command()
def present(  # noqa: PLR0917 - a command's parameters are its interface
    meeting: Annotated[str, typer.Argument(help="The meeting.", metavar="MEETING")],
    cluster: _Cluster = "",
    school: Annotated[
        list[str] | None, typer.Option(help="A school with a vote; at the panel, a lead's host.", metavar="SCHOOL")
    ] = None,
    office: Annotated[list[str] | None, typer.Option(help="An office without one.", metavar="OFFICE")] = None,
    gone: Annotated[bool, typer.Option("--gone", help="They have left.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Write down who sits over the requests of a meeting, for the quorum and the votes; or show who does.

    senco requests present 2020-12-08-PANEL --school Overton --school Cheam --office "SEN manager"
    """
    from senco.requests import deciding_desk

    answer = deciding_desk.present(
        desk(), meeting, cluster=cluster, schools=school or (), offices=office or (), gone=gone
    )
    desk().show(answer, form=form)


@commands.command()
def interest(  # noqa: PLR0917 - a command's parameters are its interface
    reference: _Reference,
    school: Annotated[str, typer.Option("--school", help="Whose interest.", metavar="SCHOOL")],
    because: _Because,
    ground: Annotated[Ground, typer.Option(help="On what ground.")] = Ground.DECLARED,
    meeting: _Meeting = "",
    dismiss: Annotated[bool, typer.Option("--dismiss", help="The meeting finds that there is none.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Confirm, declare or dismiss an interest in a case, as the meeting settles it.

    senco requests interest R-7KQ4 --school Overton --because "The SENCO's own nephew." --meeting 2020-12-08-PANEL
    """
    from senco.requests import decision_render, presiding

    with desk().changing("request.interest") as change:
        line = presiding.settle_interest(
            change, reference, school, ground, desk().today, meeting=meeting, dismiss=dismiss, reason=because
        )
    desk().show(decision_render.interests([line]), form=form)
    desk().say(f"{line.school} {'may stay for' if dismiss else 'stays out of'} {line.request} at {line.meeting}.")


@commands.command()
def recommend(  # noqa: PLR0917 - a command's parameters are its interface
    reference: _Reference,
    meeting: _Meeting = "",
    outcome: _Outcome = None,
    reason: _Reason = "",
    amount: _Amount = None,
    from_: _From = None,
    to: _To = None,
    met: Met = None,
    not_met: NotMet = None,
    evidence: Evidence = None,
    condition: Condition = None,
    advice: Advice = None,
    wanted: Wanted = None,
    votes: Annotated[str, typer.Option(help="For-against-abstained, as in 7-1-2.", metavar="VOTES")] = "",
    casting: Annotated[Casting | None, typer.Option(help="The chair's casting vote.")] = None,
    chair: _Chair = "",
    moderating_chair: _ModeratingChair = "",
    undo: _Undo = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Record what the panel recommends on a request. It binds nobody: the officer decides.

    A whole panel at once: fill in its agenda and give it to `senco requests record`.
    """
    from senco.requests import deciding_desk as words

    lines = words.ReasonWords(met or (), not_met or (), evidence or (), condition or (), advice or (), wanted or ())
    told = words.Told(outcome, reason, amount, from_, to, lines)
    held = {"meeting": meeting, "votes": votes, "chair": chair, "moderating_chair": moderating_chair}
    desk().show(words.recommend(desk(), reference, told, casting=casting, undo=undo, **held), form=form)


@commands.command()
def panel(
    meeting: Annotated[str, typer.Argument(help="The panel, as in 2020-12-08-PANEL.", metavar="MEETING")],
    chair: _Chair = "",
    moderating_chair: _ModeratingChair = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Hold a panel live at the terminal, item by item in the agenda's order; what it ratifies comes at its end.

    Each recommendation is recorded at once: a panel that was interrupted goes on where it stopped.
    """
    from senco.requests import live_room

    desk().show(live_room.panel(desk(), meeting, chair=chair, moderating_chair=moderating_chair), form=form)


@commands.command()
def decide(  # noqa: PLR0917 - a command's parameters are its interface
    reference: Annotated[str, typer.Argument(help="The request, as in R-7KQ4.", metavar="[REF]")] = "",
    officer: Annotated[str, typer.Option(help="The Designated Officer.", metavar="NAME")] = "",
    outcome: _Outcome = None,
    reason: _Reason = "",
    amount: _Amount = None,
    from_: _From = None,
    to: _To = None,
    review: Annotated[
        date | None, typer.Option(help="When it is to be reviewed.", parser=read_date, metavar="DATE")
    ] = None,
    met: Met = None,
    not_met: NotMet = None,
    evidence: Evidence = None,
    condition: Condition = None,
    advice: Advice = None,
    wanted: Wanted = None,
    as_advised: Annotated[
        str, typer.Option(help="Decide all that a panel advised on, each as advised.", metavar="PANEL")
    ] = "",
    live: Annotated[bool, typer.Option("--live", help="Go through what waits at the terminal, case by case.")] = False,
    meeting: Annotated[str, typer.Option("--meeting", help="With --live: one panel's advice.", metavar="PANEL")] = "",
    undo: _Undo = False,
    on: Annotated[
        date | None, typer.Option(help="When it was decided; today by default.", parser=read_date, metavar="DATE")
    ] = None,
    by: Annotated[
        date | None, typer.Option(help="Deferred: when the information is wanted.", parser=read_date, metavar="DATE")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Record what the Designated Officer decides: on the panel's advice, or outside a meeting where it cannot wait.

    senco requests decide --as-advised 2020-12-08-PANEL --officer "D. Officer"
    """
    from senco.requests import deciding_desk as words

    if live:
        desk().show(words.live(desk(), reference, meeting, officer), form=form)
        return
    lines = words.ReasonWords(met or (), not_met or (), evidence or (), condition or (), advice or (), wanted or ())
    told = words.Told(outcome, reason, amount, from_, to, lines)
    held = words.Ruled(officer, review, as_advised, on, by, undo=undo)
    desk().show(words.decide(desk(), reference, told, held), form=form)


@commands.command()
def ratify(
    reference: _Reference,
    meeting: _Meeting,
    refuse: Annotated[bool, typer.Option("--refuse", help="The panel does not ratify it; say why.")] = False,
    because: Annotated[str, typer.Option("--because", help="Why, when it does not.")] = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Record that a panel ratifies a decision that was made outside a meeting, or that it does not."""
    from senco.requests import deciding, decision_render, records

    with desk().changing("request.ratify") as change:
        line = deciding.ratify(change, reference, desk().today, meeting=meeting, refused=refuse, reason=because)
        reasons = records.reasons(change.ask, Record.DECISION, line.number)
    desk().show(decision_render.decision(line, reasons), form=form)
    desk().say(f"The decision on {line.request} is {'not ' if refuse else ''}ratified.")


@commands.command()
def withdraw(reference: _Reference, because: _Because, form: FormatOption = Format.TABLE) -> None:
    """Withdraw a request for good, as its school wishes, before it is decided."""
    from senco.requests import deciding, decision_render

    with desk().changing("request.withdraw") as change:
        case = deciding.withdraw(change, reference, because, desk().today)
    desk().show(decision_render.withdrawal(case), form=form)
    desk().say(f"Withdrew {case.reference}.")


@commands.command()
def agenda(
    out: OutFile,
    panel: Annotated[str, typer.Option(help="The panel, as in 2020-12-08-PANEL.", metavar="REF")] = "",
    meeting: _Meeting = "",
    cluster: _Cluster = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Write the agenda of a panel or of a cluster's sitting: .xlsx to print and fill in, or .md for the clerk.

    senco requests agenda --panel 2020-12-08-PANEL --out panel.xlsx
    """
    from senco.requests import deciding_desk

    desk().show(deciding_desk.agenda(desk(), panel=panel, meeting=meeting, cluster=cluster, out=out), form=form)


@commands.command()
def record(  # noqa: PLR0917 - a command's parameters are its interface
    file: InFile,
    chair: _Chair = "",
    moderating_chair: _ModeratingChair = "",
    dry_run: DryRun = False,
    yes: Yes = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Take in an agenda that was filled in: outcomes, amounts and reasons. It shows what would change first.

    senco requests record panel.xlsx --chair "Head of SEN" --dry-run
    """
    from senco.requests import deciding_desk

    deciding_desk.record(
        desk(), file, chair=chair, moderating_chair=moderating_chair, dry_run=dry_run, yes=yes, form=form
    )


@commands.command()
def pack(
    meeting: Annotated[str, typer.Argument(help="The meeting.", metavar="MEETING")],
    school: Annotated[str, typer.Option("--for", help="Whose papers.", metavar="SCHOOL")],
    out: OutFile,
    cluster: _Cluster = "",
) -> None:
    """Write one school's papers: the agenda without the items it stays out of, and its own requests."""
    from senco.requests import deciding_desk

    deciding_desk.pack(desk(), meeting, cluster, school, out)


@commands.command()
def letters(
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write to.", metavar="FOLDER")],
    reference: Annotated[list[str] | None, typer.Argument(help="The requests.", metavar="[REF]...")] = None,
    meeting: _Meeting = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Write the letters and sheets of advice of decisions, for print; by default of all that have none yet."""
    from senco.requests import decision_render, posting

    done = posting.post(desk(), reference or (), meeting=meeting, folder=out)
    desk().show(decision_render.decided([line for line, _ in done]), form=form)
    desk().say(f"Wrote {sum(len(names) for _, names in done)} files to {out}; decisions told: {len(done)}.")


@commands.command()
def review(  # noqa: PLR0917 - a command's parameters are its interface
    reference: _Reference,
    score: Annotated[int, typer.Option(help="-2 much worse than hoped, to 2 much better.")],
    note: Annotated[str, typer.Option(help="What was found. Never a child's name.")],
    on: Annotated[date | None, typer.Option(help="When; today by default.", parser=read_date, metavar="DATE")] = None,
    next_: Annotated[date | None, typer.Option("--next", help="When next.", parser=read_date, metavar="DATE")] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Record how an award was found to stand; a renewal needs it."""
    from senco.requests import decision_render, reviewing

    with desk().changing("request.review") as change:
        line = reviewing.review(change, reference, score, note, desk().today, on or desk().today, next_)
    desk().show(decision_render.review(line), form=form)


@commands.command()
def move(
    reference: _Reference,
    to: Annotated[str, typer.Option("--to", help="The new school.", metavar="SCHOOL")],
    day: _Day,
    because: _Because,
    form: FormatOption = Format.TABLE,
) -> None:
    """Record that the child of an award goes to another school, and the award with it."""
    from senco.dates import say_date
    from senco.requests import decision_render, reviewing

    with desk().changing("request.move") as change:
        line = reviewing.move(change, reference, to, day, because, desk().today)
    desk().show(decision_render.awards([line]), form=form)
    desk().say(f"From {say_date(day)} the award of {line.request} is at {line.school}.")


@commands.command()
def end(reference: _Reference, day: _Day, because: _Because, form: FormatOption = Format.TABLE) -> None:
    """Record that an award ends before its time, because the child has left or no longer needs it."""
    from senco.dates import say_date
    from senco.requests import decision_render, reviewing

    with desk().changing("request.end") as change:
        line = reviewing.end(change, reference, day, because, desk().today)
    desk().show(decision_render.awards([line]), form=form)
    desk().say(f"The award of {line.request} ends on {say_date(day)}.")


@commands.command()
def follow(
    reference: _Reference,
    earlier: Annotated[str, typer.Option("--earlier", help="The earlier request.", metavar="REF")],
    how: Annotated[Follows, typer.Option("--as", help="How it follows.")],
) -> None:
    """Link a request to the earlier one that it resubmits or renews."""
    from senco.requests import reviewing

    with desk().changing("request.follow") as change:
        case = reviewing.follow(change, reference, earlier, how)
    desk().say(f"{case.reference} is linked as a {how.value}.")


@commands.command()
def awards(year: YearOption = None, form: FormatOption = Format.TABLE) -> None:
    """List the awards that stand, the first to end first, with their reviews and where the child is now."""
    from senco.requests import decision_render, records

    with desk().reading() as ask:
        lines = records.awards(ask, desk().today, year=year)
    desk().show(decision_render.awards(lines), form=form)
