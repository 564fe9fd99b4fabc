"""The commands of term dates: ``senco meetings terms …``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from senco.console.desk import Format, desk
from senco.console.options import DryRun, FormatOption, InFile, YearOption, Yes, help_alone, read_year

commands = typer.Typer()
commands.callback(invoke_without_command=True)(help_alone)


@commands.command("import")
def import_(
    file: InFile,
    year: Annotated[
        str | None,
        typer.Option("--year", help="Academic year of rows that do not say theirs.", parser=read_year, metavar="YEAR"),
    ] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Import term dates, INSET days and holidays of the borough and of schools, or a table of bank holidays."""
    from senco.meetings import termimporting

    termimporting.run(desk(), file, year=year, dry_run=dry_run, yes=yes, form=form)


@commands.command("list")
def list_(
    year: YearOption = None,
    school: Annotated[
        str | None, typer.Option("--school", help="As this school keeps the year.", metavar="SCHOOL")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """List terms, holidays, INSET days and bank holidays of a year; with --school as that school keeps it."""
    from senco.meetings import questions, render_terms, term_questions

    with desk().reading() as ask:
        meant = questions.year_meant(ask, year, desk().today)
        kept = term_questions.school_year(ask, meant)
        found = questions.school_called(ask, school, desk().today) if school else None
        bank = term_questions.bank_lines(ask, meant)
    lines = kept.of_school(found.urn).spans if found else kept.spans
    of = f" as {found.name} keeps them" if found else ""
    desk().show(render_terms.spans(lines, kept.names, meant, of=of), render_terms.bank(bank, meant), form=form)


@commands.command("check")
def check(year: YearOption = None, form: FormatOption = Format.TABLE) -> None:
    """Check the term dates of a year: overlaps, days outside the year, too few or too many school days."""
    from senco.meetings import questions, render, term_questions

    with desk().reading() as ask:
        found = term_questions.findings_of(ask, questions.year_meant(ask, year, desk().today))
    desk().show(render.findings(found), form=form)
    desk().end_with(7 if found else 0)


@commands.command("template")
def template(
    year: Annotated[str, typer.Option("--year", help="Academic year, as in 2026/27.", parser=read_year)],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The file to write.", metavar="FILE")] = None,
) -> None:
    """Write a table of a year's usual term dates, worked out by rule, to be corrected by the borough's own."""
    from senco.files import write_whole
    from senco.meetings import term_questions, termtemplate

    with desk().reading() as ask:
        la_code = term_questions.own_la(ask, year)
    path = out or Path(f"terms-{year.replace('/', '-')}.csv")
    write_whole(path, termtemplate.template_bytes(year, la_code))
    desk().say(f"Wrote {path}: the usual dates of {year}. Correct them by the borough's own before you import them.")
