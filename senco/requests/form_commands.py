"""The commands of forms: the empty form, filled ones, what they lack, what they cost, and the catalogue."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from senco.console.desk import Format, desk
from senco.console.options import DryRun, FormatOption, OutFile, Yes, read_date


def add_to(commands: typer.Typer) -> None:
    """Register these commands with the others of the slice."""
    for name, command in (
        ("template", template),
        ("import", import_),
        ("check", check),
        ("cost", cost),
        ("catalogue", catalogue),
    ):
        commands.command(name)(command)


def template(
    out: OutFile,
    school: Annotated[str, typer.Option(help="The school, filled in for it.", metavar="SCHOOL")] = "",
    lines: Annotated[int, typer.Option(help="Lines of the provision map.", min=5, max=200)] = 20,
) -> None:
    """Write the empty form (.xlsx): drop-downs, notes, and a provision map that works itself out.

    senco requests template --out form.xlsx
    """
    from senco.files import write_whole
    from senco.requests import form_questions, questions
    from senco.requests.template import form_bytes
    from senco.settings.questions import word_on

    with desk().reading() as ask:
        day = desk().today
        policy, name = form_questions.cost_policy_on(ask, day), word_on(ask, "la.name", day)
        told = questions.school_meant(ask, school, day).name if school else ""
    write_whole(out, form_bytes(policy, authority=name, made_on=day, lines=lines, school=told))
    desk().say(f"Wrote {out}, with {lines} lines of provision.")


def import_(
    forms: Annotated[list[Path], typer.Argument(help="The filled forms.", metavar="FORMS…")],
    dry_run: DryRun = False,
    yes: Yes = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Take filled forms in: show the plan, then apply it. A form sent again corrects its draft.

    Bad forms are refused, every problem with its cell; the good ones beside them are taken (and the exit code is 5).

    senco requests import forms/*.xlsx --dry-run
    """
    from senco.requests import form_importing

    form_importing.run(desk(), forms, dry_run=dry_run, yes=yes, form=form)


def check(
    references: Annotated[
        list[str] | None, typer.Argument(help="Requests; all that wait for their cluster by default.", metavar="REF…")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Say everything that is missing or doubtful before the meeting; exit code 7 when something blocks.

    senco requests check R-7KQ4
    """
    from senco.requests import form_questions, form_render

    with desk().reading() as ask:
        lines, findings = form_questions.checked(ask, references or (), desk().today)
    desk().show(*form_render.checked(lines, findings), form=form)
    waiting = sum(not line.ready for line in lines)
    desk().say(f"{len(lines) - waiting} ready, {waiting} not ready.")
    desk().end_with(7 if waiting else 0)


def cost(
    reference: Annotated[str, typer.Argument(help="The request, as in R-7KQ4.", metavar="REF")],
    form: FormatOption = Format.TABLE,
) -> None:
    """Show how a request's cost is worked out: every line, element 2, and what lacks to the threshold.

    senco requests cost R-7KQ4
    """
    from senco.requests import form_questions, form_render

    with desk().reading() as ask:
        line = form_questions.costing_of(ask, reference)
    desk().show(form_render.costed(line), form=form)


def catalogue(  # noqa: PLR0917 - a command's parameters are its interface
    file: Annotated[Path | None, typer.Argument(help="A table to take in.", metavar="[FILE]")] = None,
    holds_from: Annotated[
        date | None,
        typer.Option("--from", help="From when it holds, or ends; today by default.", parser=read_date, metavar="DATE"),
    ] = None,
    end: Annotated[
        str, typer.Option("--end", help="Take this provision out, from --from on.", metavar="PROVISION")
    ] = "",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write it as a table.", metavar="FILE")] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show the catalogue of provisions, take one in, so that all schools cost alike, or end one of its entries.

    senco requests catalogue rates.xlsx --from 1/9/2020
    """
    from senco.requests import form_importing

    form_importing.tend_catalogue(
        desk(), file, end=end, holds_from=holds_from, out=out, dry_run=dry_run, yes=yes, form=form
    )
