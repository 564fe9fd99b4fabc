"""The commands of the budget slice: money in, money out, and where it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from senco.budget.awards_commands import add_to as add_awards
from senco.budget.kinds import Assumption, EntryKind
from senco.budget.time_commands import commands as time_commands
from senco.console.desk import Format, desk
from senco.console.options import DryRun, FormatOption, InFile, YearOption, Yes, read_date, read_pence, read_year

commands = typer.Typer()
commands.add_typer(time_commands, name="time", help="Specialists' time: allocated, booked, used, carried over.")
add_awards(commands)

Account = Annotated[
    str, typer.Argument(help="hnb, CP1:training, borough:conference, school:NAME; @2021/22 for another year.")
]
Amount = Annotated[int, typer.Argument(help="How much: £1,234.50 or 8k.", parser=read_pence, metavar="AMOUNT")]
On = Annotated[
    date | None, typer.Option("--on", help="The day it moved; today by default.", parser=read_date, metavar="DATE")
]
Cluster = Annotated[str | None, typer.Option("--cluster", "-c", help="A cluster, as in CP1.", metavar="CLUSTER")]
For = Annotated[str, typer.Option("--for", help="What it is for; no child's name.", metavar="TEXT")]
Receipt = Annotated[str, typer.Option("--receipt", help="The receipt, invoice or journal number.", metavar="TEXT")]
Override = Annotated[str, typer.Option("--override", help="Why the fund may be overspent.", metavar="REASON")]
Financial = Annotated[
    str | None,
    typer.Option("--financial-year", help="Only what moved from April to March.", parser=read_year, metavar="YEAR"),
]
Before = Annotated[str | None, typer.Option("--before", help="Go on before this entry.", metavar="ENTRY")]
Most = Annotated[int, typer.Option("--most", help="How many on a page.", min=1, max=1000)]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Write it too: .xlsx or .csv.", metavar="FILE")]


@commands.command("allocate")
def allocate(
    account: Account,
    amount: Amount,
    source: Annotated[
        str | None, typer.Option("--from", help="Where it comes from: hnb, or for hnb the grant.", metavar="ACCOUNT")
    ] = None,
    what: For = "",
    receipt: Receipt = "",
    override: Override = "",
    on: On = None,
    year: YearOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Give a fund its money: senco budget allocate CP1:training £5,000. Begin with hnb, at the top."""
    from senco.budget import entering

    giver = source or ("grant" if account.casefold().startswith("hnb") else "hnb")
    entering.make(
        desk(), EntryKind.ALLOCATE, giver, account, amount,
        year=year, on=on, description=what, receipt=receipt, override=override, form=form,
    )  # fmt: skip


@commands.command("pool")
def pool(
    cluster: Annotated[str, typer.Argument(help="The cluster whose pool it is.")],
    school: Annotated[str | None, typer.Argument(help="The school that pays in; none: show the pool.")] = None,
    amount: Annotated[int | None, typer.Argument(help="How much.", parser=read_pence, metavar="[AMOUNT]")] = None,
    receipt: Receipt = "",
    override: Annotated[
        str, typer.Option("--override", help="Why a school of another cluster pays in.", metavar="REASON")
    ] = "",
    on: On = None,
    year: YearOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Record what a school pays into its cluster's pool; with the cluster alone, show who paid and what was bought."""
    from senco.budget import entering, showing

    if school and amount is not None:
        entering.pool(desk(), cluster, school, amount, year=year, on=on, receipt=receipt, override=override, form=form)
    else:
        showing.pool(desk(), cluster, school, year=year, form=form)


@commands.command("spend")
def spend(
    account: Account,
    amount: Amount,
    what: Annotated[str, typer.Option("--for", help="What was bought; no child's name.", metavar="TEXT")],
    to: Annotated[
        str, typer.Option("--to", help="Who got it: supplier, host (the lead's school), school:NAME.", metavar="WHO")
    ] = "supplier",
    party: Annotated[str, typer.Option("--supplier", help="The supplier's name.", metavar="NAME")] = "",
    receipt: Receipt = "",
    override: Override = "",
    on: On = None,
    year: YearOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Spend from a fund: senco budget spend CP1:training £240 --for "Attachment course" --receipt INV-204."""
    from senco.budget import entering

    entering.make(
        desk(), EntryKind.SPEND, account, to, amount,
        year=year, on=on, description=what, party=party, receipt=receipt, override=override, form=form,
    )  # fmt: skip


@commands.command("receive")
def receive(
    account: Account,
    amount: Amount,
    what: Annotated[str, typer.Option("--for", help="What it is: which grant, which fee.", metavar="TEXT")],
    receipt: Receipt,
    source: Annotated[
        str, typer.Option("--from", help="Who gave it: grant, or school:NAME.", metavar="ACCOUNT")
    ] = "grant",
    on: On = None,
    year: YearOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Record income of a fund that is not from the High Needs Block: a grant, a school's fee; with its reference."""
    from senco.budget import entering

    entering.make(
        desk(), EntryKind.INCOME, source, account, amount,
        year=year, on=on, description=what, receipt=receipt, form=form,
    )  # fmt: skip


@commands.command("refund")
def refund(
    account: Account,
    amount: Amount,
    what: Annotated[str, typer.Option("--for", help="Why it came back; no child's name.", metavar="TEXT")],
    receipt: Receipt,
    source: Annotated[
        str, typer.Option("--from", help="Who gave it back: supplier, or school:NAME.", metavar="ACCOUNT")
    ] = "supplier",
    party: Annotated[str, typer.Option("--supplier", help="The supplier's name.", metavar="NAME")] = "",
    on: On = None,
    year: YearOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Record what came back: senco budget refund CP1:training £40 --for "Cancelled" --receipt CR-7."""
    from senco.budget import entering

    entering.make(
        desk(), EntryKind.REFUND, source, account, amount,
        year=year, on=on, description=what, party=party, receipt=receipt, form=form,
    )  # fmt: skip


@commands.command("transfer")
def transfer(
    amount: Amount,
    giver: Annotated[str | None, typer.Option("--from", help="The account that gives.", metavar="ACCOUNT")] = None,
    taker: Annotated[str | None, typer.Option("--to", help="The account that takes.", metavar="ACCOUNT")] = None,
    debit: Annotated[str | None, typer.Option("--debit", help="The school that is charged.", metavar="SCHOOL")] = None,
    credit: Annotated[str | None, typer.Option("--credit", help="The school that gets it.", metavar="SCHOOL")] = None,
    what: For = "",
    receipt: Receipt = "",
    override: Override = "",
    on: On = None,
    year: YearOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Move money between two accounts or two schools; to the same fund of another year it is carried over."""
    from senco.budget import entering

    entering.transfer(
        desk(), amount, giver=giver, taker=taker, debit=debit, credit=credit,
        year=year, on=on, description=what, receipt=receipt, override=override, form=form,
    )  # fmt: skip


@commands.command("lead")
def lead(
    cluster: Annotated[str, typer.Argument(help="The cluster, as in CP1.")],
    salary: Annotated[
        int, typer.Option("--salary", help="A year's salary at full time.", parser=read_pence, metavar="£")
    ],
    fte: Annotated[str | None, typer.Option("--fte", help="Part of full time; the setting lead.fte.")] = None,
    on_costs: Annotated[
        str | None, typer.Option("--on-costs", help="In per cent of the salary; the setting lead.on-costs.")
    ] = None,
    first: Annotated[date | None, typer.Option("--from", help="From a day.", parser=read_date, metavar="DATE")] = None,
    last: Annotated[date | None, typer.Option("--to", help="To a day.", parser=read_date, metavar="DATE")] = None,
    host: Annotated[str | None, typer.Option("--host", help="Only this host school's lead.", metavar="SCHOOL")] = None,
    post: Annotated[bool, typer.Option("--post", help="Pay it to the host school from the High Needs Block.")] = False,
    override: Override = "",
    on: On = None,
    year: YearOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Work out a lead SENCO's salary share and on-costs: senco budget lead CP1 --salary £42,000; --post pays it."""
    from senco.budget import leading

    leading.lead(
        desk(), cluster, salary, fte=fte, on_costs=on_costs, first=first, last=last, host=host,
        post=post, override=override, on=on, year=year, form=form,
    )  # fmt: skip


@commands.command("reverse")
def reverse(
    entry: Annotated[str, typer.Argument(help="The entry, as in E12.")],
    reason: Annotated[str, typer.Option("--reason", help="Why it is taken back.", metavar="TEXT")],
    override: Override = "",
    on: On = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Take an entry back by its opposite; nothing written is ever changed."""
    from senco.budget import entering, naming

    number = naming.read_entry(entry)
    entering.reverse(desk(), number, reason=reason, on=on, override=override, form=form)


@commands.command("override")
def override_(
    what: Annotated[str, typer.Argument(help="An award by its request (R-7KQ4), or a fund (CP1:training).")],
    amount: Annotated[
        int | None, typer.Argument(help="For a fund: by how much.", parser=read_pence, metavar="[AMOUNT]")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why; it stays on record.", metavar="TEXT")] = "",
    year: YearOption = None,
) -> None:
    """Allow a fund to be overspent, for a reason: for an award by what is lacking for it."""
    from senco.budget import entering

    entering.sanction(desk(), what, amount, reason, year=year)


@commands.command("balance")
def balance(
    cluster: Cluster = None,
    everything: Annotated[bool, typer.Option("--all", help="Schools, suppliers and the grant too.")] = False,
    on: Annotated[
        date | None, typer.Option("--on", help="As it stood after that day.", parser=read_date, metavar="DATE")
    ] = None,
    financial_year: Financial = None,
    year: YearOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show what each fund got, gave and holds."""
    from senco.budget import showing

    showing.balance(
        desk(), cluster=cluster, everything=everything, on=on, financial_year=financial_year, year=year, form=form
    )


@commands.command("statement")
def statement(
    account: Account,
    first: Annotated[date | None, typer.Option("--from", help="From a day.", parser=read_date, metavar="DATE")] = None,
    last: Annotated[date | None, typer.Option("--to", help="To a day.", parser=read_date, metavar="DATE")] = None,
    financial_year: Financial = None,
    before: Before = None,
    most: Most = 50,
    out: Out = None,
    year: YearOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show an account's entries, the newest first, with the balance after each; --out writes them all with a chart."""
    from senco.budget import showing

    showing.statement(
        desk(), account, first=first, last=last, financial_year=financial_year,
        before=before, most=most, out=out, year=year, form=form,
    )  # fmt: skip


@commands.command("list")
def list_(
    cluster: Cluster = None,
    kind: Annotated[EntryKind | None, typer.Option("--kind", help="Only entries of this kind.")] = None,
    request: Annotated[str | None, typer.Option("--request", help="Only those for an award.", metavar="REF")] = None,
    financial_year: Financial = None,
    before: Before = None,
    most: Most = 50,
    year: YearOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """List entries, the newest first, a page at a time."""
    from senco.budget import showing

    showing.entries(
        desk(), cluster=cluster, kind=kind, request=request,
        financial_year=financial_year, before=before, most=most, year=year, form=form,
    )  # fmt: skip


@commands.command("envelope")
def envelope(
    cluster: Cluster = None,
    would: Annotated[
        str | None, typer.Option("--would", help="Would this request, at what it asks, overrun?", metavar="REF")
    ] = None,
    amount: Annotated[
        int | None, typer.Option("--at", help="With --would: at this amount instead.", parser=read_pence, metavar="£")
    ] = None,
    out: Out = None,
    year: YearOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show what is committed, paid and free for each cluster and stream; --would warns before a decision overruns."""
    from senco.budget import showing

    showing.envelope(desk(), cluster=cluster, would=would, amount=amount, out=out, year=year, form=form)


@commands.command("forecast")
def forecast(
    cluster: Cluster = None,
    assume: Annotated[
        Assumption, typer.Option("--assume", help="What the rest of the year brings: nothing new, or the same pace.")
    ] = Assumption.COMMITTED,
    year: YearOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show where each fund will stand at the year's end, with what that assumes."""
    from senco.budget import showing

    showing.forecast(desk(), assume, cluster=cluster, year=year, form=form)


@commands.command("years")
def years(cluster: Cluster = None, year: YearOption = None, form: FormatOption = Format.TABLE) -> None:
    """Show an academic year's spending by the two financial years it falls in."""
    from senco.budget import showing

    showing.both_years(desk(), cluster=cluster, year=year, form=form)


@commands.command("return")
def return_(
    financial_year: Annotated[
        str | None, typer.Option("--financial-year", help="The financial year.", parser=read_year, metavar="YEAR")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show what stands on each line of the section 251 return, by type of school."""
    from senco.budget import showing

    showing.s251(desk(), financial_year, form=form)


@commands.command("import")
def import_(
    file: InFile,
    account: Annotated[str, typer.Option("--account", help="The account it is a statement of.", metavar="ACCOUNT")],
    year: YearOption = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Hold finance's statement (csv, xlsx) against the ledger: show what matches, then keep it."""
    from senco.budget import importing

    importing.run(desk(), file, account, year=year, dry_run=dry_run, yes=yes, form=form)
