"""The budget's answers at a desk: what was typed resolved, asked in one reading, laid out, written out where asked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from senco.budget import naming, questions, render
from senco.budget.accounts import account_meant, cluster_meant, school_meant, year_meant
from senco.budget.kinds import AccountKind
from senco.budget.naming import read_entry
from senco.dates import say_date
from senco.errors import NotFound, WrongUse
from senco.money import parse_pence

if TYPE_CHECKING:
    from pathlib import Path

    from senco.budget.kinds import AccountName, Assumption, EntryKind, Service
    from senco.budget.shapes import EnvelopeLine, OverrunLine
    from senco.console.desk import Desk, Format
    from senco.store.doors import Ask


def balance(
    desk: Desk,
    *,
    cluster: str | None,
    everything: bool,
    on: date | None,
    financial_year: str | None,
    year: str | None,
    form: Format,
) -> None:
    """Show balances of an academic year, or what moved in a financial one."""
    first, last = span(financial_year)
    with desk.reading() as ask:
        of = None if financial_year and not year else year_meant(ask, year, desk.today)
        named = _cluster(ask, cluster, of or year_meant(ask, year, desk.today))
        lines = questions.balances(
            ask, year=of, cluster=named, kind=None if everything else AccountKind.FUND, first=first, last=on or last
        )
    title = f"Balances {of}" if of else "Balances"
    if financial_year:
        title += f", moved in the financial year {financial_year}"
    desk.show(render.balances(lines, title=title + (f", on {say_date(on)}" if on else "")), form=form)


def statement(
    desk: Desk,
    account: str,
    *,
    first: date | None,
    last: date | None,
    financial_year: str | None,
    before: str | None,
    most: int,
    out: Path | None,
    year: str | None,
    form: Format,
) -> None:
    """Show a page of an account's statement; ``out`` gets all of it as a workbook, or as csv by its ending."""
    if out:
        from senco.budget.publish import require_out

        require_out(out)
    begins, ends = span(financial_year)
    with desk.reading() as ask:
        named = account_meant(ask, account, year=year_meant(ask, year, desk.today), day=desk.today)
        number = read_entry(before) if before else None
        told = questions.statement(
            ask, named, first=first or begins, last=last or ends, before=number, most=None if out else most
        )
        funds = _funds_beside(ask, named, desk.today) if out else []
        seal = ask.newest_seal() if out else ""
    title = f"Statement of {named}"
    desk.show(render.statement(told, title=title), form=form)
    if out:
        from senco.budget import publish

        if publish.is_csv(out):
            data = publish.statement_csv(told, title=title, day=desk.today)
        else:
            data = publish.statement_workbook(
                told, title=title, day=desk.today, made=_midnight(desk), seal=seal, envelopes=funds
            )
        _write(desk, out, data)


def entries(
    desk: Desk,
    *,
    cluster: str | None,
    kind: EntryKind | None,
    request: str | None,
    financial_year: str | None,
    before: str | None,
    most: int,
    year: str | None,
    form: Format,
) -> None:
    """Show a page of entries; of every year unless one is named."""
    first, last = span(financial_year)
    with desk.reading() as ask:
        named = _cluster(ask, cluster, year_meant(ask, year, desk.today))
        lines = questions.entries(
            ask,
            year=year,
            cluster=named,
            kind=kind.value if kind else None,
            request=request.strip().upper() if request else None,
            first=first,
            last=last,
            before=read_entry(before) if before else None,
            most=most + 1,
        )
    desk.show(render.entries(lines[:most], title="Entries", earlier=len(lines) > most), form=form)


def envelope(
    desk: Desk,
    *,
    cluster: str | None,
    would: str | None,
    amount: int | None,
    out: Path | None,
    year: str | None,
    form: Format,
) -> None:
    """Show what is committed, paid and free; with ``would`` say what an award would mean for its envelope.

    ``would`` is a request, at what it asks or at an amount, or an amount alone for a cluster's next award. Raises
    WrongUse ``envelope.at`` for an amount without a request, ``envelope.whose`` for one without a cluster.
    """
    from senco.budget import awards, awards_render

    if amount is not None and not would:
        raise WrongUse("envelope.at", "--at says at what amount --would is asked.", "Give --would R-7KQ4 as well.")
    if out:
        from senco.budget.publish import require_out

        require_out(out)
    with desk.reading() as ask:
        of = year_meant(ask, year, desk.today)
        named = _cluster(ask, cluster, of)
        told = _would(ask, would, amount, named, of, desk.today) if would else []
        if told and told[0].request:
            of, named = told[0].year, told[0].cluster
        lines = awards.envelopes(ask, desk.today, year=of, cluster=named)
        seal = ask.newest_seal() if out else ""
    title = f"Envelopes {of}"
    desk.show(awards_render.envelopes(lines, title=title), form=form)
    if told:
        from senco.budget.advice import said

        for each in told:
            desk.say(said(each))
    if out:
        from senco.budget import publish

        if publish.is_csv(out):
            data = publish.envelope_csv(lines, day=desk.today)
        else:
            data = publish.envelope_workbook(lines, title=title, day=desk.today, made=_midnight(desk), seal=seal)
        _write(desk, out, data)


def _would(  # noqa: PLR0917 - what was asked, and of whom
    ask: Ask, would: str, amount: int | None, cluster: str | None, year: str, day: date
) -> list[OverrunLine]:
    from senco.budget import advice
    from senco.requests.advising import asked
    from senco.requests.questions import case_named

    if would.strip().upper().startswith("R-"):
        return advice.overruns(ask, [asked(case_named(ask, would), amount)], day)
    if not cluster:
        raise WrongUse(
            "envelope.whose", "It is not said whose envelope is meant.", "Give --cluster CP1 beside the amount."
        )
    return [advice.overrun_by(ask, cluster, year, parse_pence(would), day)]


def commitments(desk: Desk, *, cluster: str | None, year: str | None, form: Format) -> None:
    """Show the awards against the funds of a year."""
    from senco.budget import awards, awards_render

    with desk.reading() as ask:
        of = year_meant(ask, year, desk.today)
        lines = awards.commitments(ask, desk.today, year=of, cluster=_cluster(ask, cluster, of))
    desk.show(awards_render.commitments(lines, title=f"Awards {of}"), form=form)


def schedule(desk: Desk, reference: str, *, said: str, form: Format) -> None:
    """Show how one award is paid, and say what was changed about it."""
    from senco.budget import awards, awards_render

    with desk.reading() as ask:
        running = awards.award(ask, reference, desk.today)
        lines = awards.parts(ask, running, desk.today)
    desk.show(awards_render.schedule(running, lines), form=form)
    if said:
        desk.say(said)


def forecast(desk: Desk, assumption: Assumption, *, cluster: str | None, year: str | None, form: Format) -> None:
    """Show the funds at the year's end."""
    from senco.budget import summaries

    with desk.reading() as ask:
        of = year_meant(ask, year, desk.today)
        lines, months = summaries.forecast(ask, desk.today, assumption, year=of, cluster=_cluster(ask, cluster, of))
    desk.show(render.forecast(lines, assumption, months, title=f"Forecast for the end of {of}"), form=form)


def both_years(desk: Desk, *, cluster: str | None, year: str | None, form: Format) -> None:
    """Show an academic year by its financial years."""
    from senco.budget import summaries

    with desk.reading() as ask:
        of = year_meant(ask, year, desk.today)
        lines = summaries.both_years(ask, desk.today, year=of, cluster=_cluster(ask, cluster, of))
    desk.show(render.years(lines, title=f"{of} by financial year"), form=form)


def s251(desk: Desk, financial_year: str | None, *, form: Format) -> None:
    """Show the lines of the section 251 return of a financial year, the current one by default."""
    from senco.budget import summaries
    from senco.dates import financial_year as financial_year_of

    of = financial_year or financial_year_of(desk.today)
    with desk.reading() as ask:
        lines = summaries.s251(ask, of)
    desk.show(render.s251(lines, title=f"Section 251, financial year {of}"), form=form)


def pool(desk: Desk, cluster: str, school: str | None, *, year: str | None, form: Format) -> None:
    """Show a cluster's pool: who paid in, the shares, what was bought; of one school alone where it is named."""
    from senco.budget import pools

    with desk.reading() as ask:
        of = year_meant(ask, year, desk.today)
        named = cluster_meant(ask, cluster, of)
        shares, bought = pools.pool_of(ask, named, of)
        if school:
            urn = school_meant(ask, school, desk.today).urn
            shares = [line for line in shares if line.urn == urn]
    desk.show(*render.pool(shares, bought, title=f"Pool of {named} {of}"), form=form)


def time(desk: Desk, *, cluster: str | None, year: str | None, form: Format) -> None:
    """Show specialists' time of a year."""
    from senco.budget import summaries

    with desk.reading() as ask:
        of = year_meant(ask, year, desk.today)
        lines = summaries.time_lines(ask, desk.today, year=of, cluster=_cluster(ask, cluster, of))
    desk.show(render.time(lines, title=f"Specialists' time {of}"), form=form)


def time_statement(
    desk: Desk, cluster: str, service: Service, *, before: str | None, most: int, year: str | None, form: Format
) -> None:
    """Show a page of the entries of a cluster's time of a service, with what was free, booked and used after each.

    Raises NotFound ``time.not-there`` for a page before an entry that is none of them.
    """
    from senco.budget.timebook import time_statement as lines_of

    with desk.reading() as ask:
        of = year_meant(ask, year, desk.today)
        named = cluster_meant(ask, cluster, of)
        lines = lines_of(ask, named, service, of)
    title = f"Time of {named}:{service.value}@{of}"
    if before:
        number = read_entry(before)
        place = next((at for at, line in enumerate(lines) if line.number == number), None)
        if place is None:
            raise NotFound(
                "time.not-there", f"E{number} is not of {named}'s {service.value} time in {of}.",
                f"`senco budget time statement {named} {service.value}` shows what is.",
            )  # fmt: skip
        lines = lines[place + 1 :]
    desk.show(render.time_statement(lines[:most], title=title, earlier=len(lines) > most), form=form)


def span(financial_year: str | None) -> tuple[date | None, date | None]:
    """Give the first and last day of a financial year.

    >>> span("2020/21"), span(None)
    ((datetime.date(2020, 4, 1), datetime.date(2021, 3, 31)), (None, None))
    """
    if financial_year is None:
        return None, None
    starts = int(financial_year[:4])
    return date(starts, 4, 1), date(starts + 1, 3, 31)


def _funds_beside(ask: Ask, account: AccountName, day: date) -> list[EnvelopeLine]:
    """Give the funds of the cluster whose account it is."""
    from senco.budget import awards

    return awards.envelopes(ask, day, year=account.year, cluster=account.cluster) if account.cluster else []


def _cluster(ask: Ask, cluster: str | None, year: str) -> str | None:
    if cluster is None or cluster.casefold() == naming.BOROUGH:
        return "" if cluster else None
    return cluster_meant(ask, cluster, year)


def _midnight(desk: Desk) -> datetime:
    return datetime(desk.today.year, desk.today.month, desk.today.day, tzinfo=UTC)


def _write(desk: Desk, path: Path, data: bytes) -> None:
    from senco.files import write_whole

    written = write_whole(path, data)
    desk.say(f"Wrote {path}." if written else f"{path} was already as it should be.")
