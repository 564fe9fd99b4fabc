"""The commands for specialists' time."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from senco.budget.kinds import EntryKind, Service
from senco.console.desk import Format, desk
from senco.console.options import FormatOption, YearOption, read_date

commands = typer.Typer()


def read_minutes(text: str) -> int:
    """Read a length of time into minutes; raises BadInput."""
    from senco.budget.hours import parse_minutes

    return parse_minutes(text)


Cluster = Annotated[str, typer.Argument(help="The cluster, as in CP1.")]
Of = Annotated[Service, typer.Argument(help="Whose time.")]
Length = Annotated[int, typer.Argument(help="How long: 40h, 2h30, 90m.", parser=read_minutes, metavar="LENGTH")]
On = Annotated[date | None, typer.Option("--on", help="The day.", parser=read_date, metavar="DATE")]
For = Annotated[str, typer.Option("--for", help="What for; no child's name.", metavar="TEXT")]
Override = Annotated[str, typer.Option("--override", help="Why more may go than there is.", metavar="REASON")]


@commands.command("allocate")
def allocate(
    cluster: Cluster, service: Of, length: Length, on: On = None, year: YearOption = None,
    form: FormatOption = Format.TABLE,
) -> None:  # fmt: skip
    """Give a cluster time of a service: senco budget time allocate CP1 ep 40h."""
    from senco.budget import entering

    entering.time_entry(desk(), EntryKind.ALLOCATE, cluster, service, length, year=year, on=on, form=form)


@commands.command("book")
def book(
    cluster: Cluster, service: Of, length: Length, what: For = "", override: Override = "", on: On = None,
    year: YearOption = None, form: FormatOption = Format.TABLE,
) -> None:  # fmt: skip
    """Book some of a cluster's time."""
    from senco.budget import entering

    entering.time_entry(
        desk(), EntryKind.BOOK, cluster, service, length,
        year=year, on=on, description=what, override=override, form=form,
    )  # fmt: skip


@commands.command("release")
def release(
    cluster: Cluster, service: Of, length: Length, what: For = "", on: On = None, year: YearOption = None,
    form: FormatOption = Format.TABLE,
) -> None:  # fmt: skip
    """Set booked time free again that will not be used: senco budget time release CP1 ep 2h."""
    from senco.budget import entering

    entering.time_entry(
        desk(), EntryKind.TRANSFER, cluster, service, length, year=year, on=on, description=what, form=form
    )


@commands.command("use")
def use(
    cluster: Cluster, service: Of, length: Length,
    admin: Annotated[bool, typer.Option("--admin/--contact", help="Writing and travel, or with people.")] = False,
    what: For = "", on: On = None, year: YearOption = None, form: FormatOption = Format.TABLE,
) -> None:  # fmt: skip
    """Record time used, out of what is booked first."""
    from senco.budget import entering

    kind = EntryKind.ADMIN if admin else EntryKind.CONTACT
    entering.time_entry(desk(), kind, cluster, service, length, year=year, on=on, description=what, form=form)


@commands.command("carry")
def carry(
    cluster: Cluster, service: Of,
    length: Annotated[
        int | None, typer.Argument(help="How long; all that is free by default.", parser=read_minutes,
                                   metavar="[LENGTH]")
    ] = None,
    on: On = None, year: YearOption = None, form: FormatOption = Format.TABLE,
) -> None:  # fmt: skip
    """Carry free time over into the next academic year."""
    from senco.budget import entering

    entering.carry_time(desk(), cluster, service, length, year=year, on=on, form=form)


@commands.command("list")
def list_(
    cluster: Annotated[str | None, typer.Option("--cluster", "-c", help="A cluster.", metavar="CLUSTER")] = None,
    year: YearOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show each cluster's time: allocated, booked, used for contact and admin, carried over, free."""
    from senco.budget import showing

    showing.time(desk(), cluster=cluster, year=year, form=form)


@commands.command("statement")
def statement(
    cluster: Cluster, service: Of,
    before: Annotated[str | None, typer.Option("--before", help="Go on before this entry.", metavar="ENTRY")] = None,
    most: Annotated[int, typer.Option("--most", help="How many on a page.", min=1, max=1000)] = 50,
    year: YearOption = None, form: FormatOption = Format.TABLE,
) -> None:  # fmt: skip
    """Show the entries of a cluster's time, with what was left after each: senco budget time statement CP1 ep."""
    from senco.budget import showing

    showing.time_statement(desk(), cluster, service, before=before, most=most, year=year, form=form)
