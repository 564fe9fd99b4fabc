"""The commands of the clusters slice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from senco.clusters.kinds import AppointedBy, Model, Role
from senco.console.desk import Format, desk
from senco.console.options import DryRun, FormatOption, InFile, OutFile, YearOption, Yes, read_date, read_year

commands = typer.Typer()

_Cluster = Annotated[str, typer.Argument(help="The cluster, as in CP1.", metavar="CLUSTER")]
_From = Annotated[
    date | None, typer.Option("--from", help="The day from which it holds.", parser=read_date, metavar="DATE")
]
_YearSaid = Annotated[
    str | None,
    typer.Option(
        "--year", help="Academic year, as in 2020/21; as the file says by default.", parser=read_year, metavar="YEAR"
    ),
]


@commands.command("import")
def import_(
    file: InFile,
    *,
    year: _YearSaid = None,
    model: Annotated[
        Model | None, typer.Option(help="The model, when the file does not say it or says it wrongly.")
    ] = None,
    holds_from: _From = None,
    answers: Annotated[
        Path | None, typer.Option(help="A review sheet that was filled in.", metavar="REVIEW.xlsx")
    ] = None,
    review: Annotated[
        Path | None, typer.Option(help="Write the unsure names to a sheet; change nothing.", metavar="OUT.xlsx")
    ] = None,
    leave_unsure: Annotated[
        bool, typer.Option("--leave-unsure", help="Leave unsure names out, and take the others in.")
    ] = False,
    others_leave: Annotated[
        bool, typer.Option("--others-leave", help="Let schools of clusters that the table does not name leave them.")
    ] = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Take in the clusters of a year from a table: xlsx, csv, tab-separated, or set in a text.

    It shows what would change first. Names it is not sure of are asked at the terminal, or through a review sheet.

    Example: senco clusters import sutton-2020-21-clusters.xlsx --dry-run
    """
    from senco.clusters.importing import Import, run

    bringing = Import.of(
        desk(), file, year=year, model=model, holds_from=holds_from, answers=answers, others_leave=others_leave
    )
    run(bringing, form=form, review=review, leave_unsure=leave_unsure, dry_run=dry_run, yes=yes)


@commands.command("list")
def list_(year: YearOption = None, form: FormatOption = Format.TABLE) -> None:
    """List the clusters of a year with their leads and sizes.

    Example: senco clusters list --year 2020/21
    """
    from senco.clusters import questions, render

    with desk().reading() as ask:
        meant = questions.year_meant(ask, year, desk().today)
        lines = questions.clusters(ask, meant, desk().today)
        hosts = questions.host_names(ask, lines)
    desk().show(render.clusters(lines, meant, hosts), form=form)


@commands.command()
def show(cluster: _Cluster, year: YearOption = None, form: FormatOption = Format.TABLE) -> None:
    """Show one cluster: its schools, its lead and its host school.

    Example: senco clusters show CP1 --format json
    """
    from senco.clusters import questions, render

    with desk().reading() as ask:
        meant = questions.year_meant(ask, year, desk().today)
        line = questions.cluster_named(ask, cluster, meant, desk().today)
        schools = questions.members(ask, line.reference, meant, desk().today)
        people = questions.appointments(ask, line.reference, meant)
        hosts = questions.host_names(ask, [line])
    desk().show(render.cluster(line, schools, people, hosts), form=form)


@commands.command()
def lead(
    cluster: _Cluster,
    *,
    person: Annotated[
        str | None, typer.Option(help="Who is appointed; who it is now by default.", metavar="NAME")
    ] = None,
    host: Annotated[
        str | None, typer.Option(help="The school that holds the money: its name or URN.", metavar="SCHOOL")
    ] = None,
    holds_from: _From = None,
    role: Annotated[Role, typer.Option(help="As what.")] = Role.LEAD,
    appointed_by: Annotated[AppointedBy, typer.Option(help="By whom.")] = AppointedBy.UNKNOWN,
    year: YearOption = None,
) -> None:
    """Appoint the lead or deputy of a cluster from a day on; who did it before stays on record.

    Example: senco clusters lead CP1 --person "A. Lead" --host Overton --from 4/1/2021 --appointed-by schools
    """
    from senco.clusters.appointing import appoint

    said = appoint(desk(), cluster, person, host=host, day=holds_from, role=role, appointed_by=appointed_by, year=year)
    desk().say(said)


@commands.command()
def export(out: OutFile, year: YearOption = None) -> None:
    """Write the clusters of a year to a file, .xlsx or .csv; the import takes it back in.

    Example: senco clusters export --out clusters.xlsx
    """
    from senco.clusters.exporting import export as export_now

    desk().say(export_now(desk(), out, year))


@commands.command()
def template(out: OutFile, year: YearOption = None) -> None:
    """Write an empty cluster table (.xlsx) to fill in and import.

    Example: senco clusters template --out clusters.xlsx
    """
    from senco.clusters.exporting import template as template_now

    desk().say(template_now(desk(), out, year))
