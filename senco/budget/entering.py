"""Entries and awards' terms at a desk: what was typed, resolved and recorded in one change, then shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.budget import naming, render
from senco.budget.accounts import account_meant, cluster_meant, host_of, school_meant, year_meant
from senco.budget.kinds import (
    AccountKind,
    EntryKind,
    EventKind,
    Fund,
)
from senco.budget.shapes import EntryDraft
from senco.errors import Refused, WrongUse

if TYPE_CHECKING:
    from datetime import date

    from senco.budget.kinds import (
        AccountName,
        Cause,
        EntryLine,
        Pattern,
        Service,
    )
    from senco.console.desk import Desk, Format
    from senco.store.doors import Ask

HOST = "host"
_FROM_ELSEWHERE = {EntryKind.ALLOCATE, EntryKind.POOL, EntryKind.INCOME, EntryKind.REFUND}


def make(
    desk: Desk,
    kind: EntryKind,
    giver: str,
    taker: str,
    amount: int,
    *,
    year: str | None,
    on: date | None,
    description: str = "",
    party: str = "",
    receipt: str = "",
    override: str = "",
    form: Format,
) -> None:
    """Make one entry between two accounts as they were typed; raises what `accounts` and `verbs.move` raise."""
    from senco.budget import verbs

    with desk.changing(f"budget.{kind.value}") as change:
        of = year_meant(change.ask, year, desk.today)
        if kind in _FROM_ELSEWHERE:
            # What comes into an account comes in its own year, unless the giver is named with another.
            takes = account_meant(change.ask, taker, year=of, day=desk.today)
            gives = account_meant(change.ask, giver, year=takes.year, day=desk.today)
        else:
            gives = account_meant(change.ask, giver, year=of, day=desk.today)
            spending = gives.year if kind is EntryKind.SPEND else of
            takes = _taker(change.ask, taker, gives, spending, on or desk.today)
        if gives.name == takes.name and kind is EntryKind.TRANSFER:
            kind = EntryKind.CARRY
        if on:
            _require_in_time(gives if gives.kind is AccountKind.FUND else takes, on)
        draft = EntryDraft(kind, gives, takes, amount, on or desk.today, description, party, receipt, override)
        line = verbs.move(change, draft)
        left = _left(change.ask, gives, takes)
    _tell(desk, line, left, form)


def pool(
    desk: Desk,
    cluster: str,
    school: str,
    amount: int,
    *,
    year: str | None,
    on: date | None,
    receipt: str,
    override: str,
    form: Format,
) -> None:
    """Record what a school pays into its cluster's pool."""
    make(
        desk,
        EntryKind.POOL,
        f"school:{school}",
        f"{cluster}:{Fund.POOL.value}",
        amount,
        year=year,
        on=on,
        receipt=receipt,
        override=override,
        form=form,
    )


def transfer(
    desk: Desk,
    amount: int,
    *,
    giver: str | None,
    taker: str | None,
    debit: str | None,
    credit: str | None,
    year: str | None,
    on: date | None,
    description: str,
    receipt: str,
    override: str,
    form: Format,
) -> None:
    """Move money between accounts, or from the school that is debited to the one that is credited.

    Raises WrongUse ``transfer.between`` unless there is one of each side.
    """
    gives = [*([giver] if giver else []), *([f"school:{debit}"] if debit else [])]
    takes = [*([taker] if taker else []), *([f"school:{credit}"] if credit else [])]
    if len(gives) != 1 or len(takes) != 1:
        raise WrongUse(
            "transfer.between",
            "A transfer is between two.",
            "Give --from (or --debit SCHOOL, who is charged) and --to (or --credit SCHOOL, who receives).",
        )
    make(
        desk,
        EntryKind.TRANSFER,
        gives[0],
        takes[0],
        amount,
        year=year,
        on=on,
        description=description,
        receipt=receipt,
        override=override,
        form=form,
    )


def reverse(desk: Desk, number: int, *, reason: str, on: date | None, override: str, form: Format) -> None:
    """Take an entry back; raises what `verbs.reverse` raises."""
    from senco.budget import verbs

    with desk.changing("budget.reverse") as change:
        line = verbs.reverse(change, number, day=on or desk.today, reason=reason, override=override)
    _tell(desk, line, "", form)


def sanction(desk: Desk, what: str, amount: int | None, reason: str, *, year: str | None) -> None:
    """Allow a fund, or the funds of an award, to be overspent; WrongUse ``override.what`` when the amount is amiss."""
    from senco.budget import verbs
    from senco.money import say_pounds

    of_award = what.strip().upper().startswith("R-")
    if of_award == (amount is not None):
        raise WrongUse(
            "override.what",
            "An override is for an award, by what it lacks, or for an account, by an amount.",
            'Write `override R-7KQ4 --reason "…"` or `override CP1:training £500 --reason "…"`.',
        )
    with desk.changing("budget.override") as change:
        if amount is None:
            given = verbs.sanction_award(change, what, reason, desk.today)
            told = f"The award for {what.upper()} may overspend its fund by {say_pounds(given)}."
        else:
            of = year_meant(change.ask, year, desk.today)
            account = account_meant(change.ask, what, year=of, day=desk.today)
            limit = verbs.sanction(change, account, amount, reason)
            told = f"{account} may be overspent by {say_pounds(limit)} now."
    desk.say(told)


def change_award(
    desk: Desk,
    reference: str,
    *,
    pattern: Pattern | None,
    fund: str | None,
    to: str | None,
    stop: Cause | None,
    resume: bool,
    on: date | None,
) -> str:
    """Change how an award runs, when something is asked for; gives what to say of it, "" when nothing was asked.

    Raises WrongUse ``schedule.one-change`` for several changes at once, NotFound ``fund.unknown``.
    """
    terms = pattern is not None or fund is not None or to is not None
    if terms + (stop is not None) + resume > 1:
        raise WrongUse(
            "schedule.one-change",
            "One change at a time.",
            "Give one of --pattern (with --fund and --to), --stop or --resume.",
        )
    if not (terms or stop is not None or resume):
        return ""
    from senco.budget import verbs
    from senco.budget.running import award
    from senco.dates import say_date

    day = on or desk.today
    with desk.changing("award.plan") as change:
        now = award(change.ask, reference, desk.today).terms
        if terms:
            account = account_meant(change.ask, f"borough:{fund or now.fund}", year="2020/21", day=desk.today)
            urn = school_meant(change.ask, to, desk.today).urn if to else now.payee
            name = (pattern or now.pattern).value
            line = verbs.plan_award(
                change, reference, EventKind.TERMS, day=day, pattern=name, fund=account.fund, urn=urn
            )
            told = "is paid like this from now on"
        elif stop is not None:
            line = verbs.plan_award(change, reference, EventKind.STOP, day=day, because=stop.value)
            told = f"stops on {say_date(day)}: that day and those after it are not paid"
        else:
            # Without a day it goes on from the very day on which it stopped: nothing is lost.
            day = on or now.stop or desk.today
            line = verbs.plan_award(change, reference, EventKind.RESUME, day=day)
            told = f"goes on from {say_date(day)}"
            told += ", as though it had never stopped" if day == now.stop else ""
            told += ". Its moves between schools stay as they were" if now.moves else ""
    return f"The award for {line.request} {told}."


def time_entry(
    desk: Desk,
    kind: EntryKind,
    cluster: str,
    service: Service,
    minutes: int,
    *,
    year: str | None,
    on: date | None,
    description: str = "",
    override: str = "",
    form: Format,
) -> None:
    """Allocate a cluster time of a service, book it, set it free again, or record it as used for contact or admin."""
    from senco.budget import verbs

    with desk.changing(f"time.{kind.value}") as change:
        of = year_meant(change.ask, year, desk.today)
        whose, day = cluster_meant(change.ask, cluster, of), on or desk.today
        free = naming.time_of(whose, service, of)
        _require_in_year(free, day if on else None)
        if kind in {EntryKind.CONTACT, EntryKind.ADMIN}:
            lines = verbs.use_time(change, whose, service, minutes, use=kind, year=of, day=day, description=description)
        else:
            booked = naming.time_of(whose, service, of, naming.BOOKED)
            gives, takes = {
                EntryKind.ALLOCATE: (naming.service(service, of), free),
                EntryKind.BOOK: (free, booked),
            }.get(kind, (booked, free))
            lines = [verbs.move(change, EntryDraft(kind, gives, takes, minutes, day, description, override=override))]
        left = _left(change.ask, free, free)
    desk.show(render.entries(lines), form=form)
    for line in lines:
        desk.say(f"{render.told(line)}.{left}")


def carry_time(
    desk: Desk, cluster: str, service: Service, minutes: int | None, *, year: str | None, on: date | None, form: Format
) -> None:
    """Carry a cluster's free time of a service over into the next academic year: all of it, or so much."""
    from senco.budget import questions, verbs
    from senco.dates import AcademicYear

    with desk.changing("time.carry") as change:
        of = year_meant(change.ask, year, desk.today)
        following = str(AcademicYear.parse(of).next)
        free = naming.time_of(cluster_meant(change.ask, cluster, of), service, of)
        _require_in_year(free, on)
        later = naming.time_of(free.cluster, service, following)
        amount = minutes if minutes is not None else questions.holds(change.ask, free)
        line = verbs.move(change, EntryDraft(EntryKind.CARRY, free, later, amount, on or desk.today))
    _tell(desk, line, "", form)


def _require_in_time(account: AccountName, day: date) -> None:
    """See that a day that was typed is of the account's year, or of a financial year that meets it.

    Raises Refused ``entry.other-year``.
    """
    from senco.dates import AcademicYear, say_date

    starts = AcademicYear.parse(account.year).starts
    first, last = type(day)(starts, 4, 1), type(day)(starts + 2, 3, 31)
    if not first <= day <= last:
        raise Refused(
            "entry.other-year",
            f"{say_date(day)} is not of {account.year}, the year of {account}.",
            f"Its money moves from {say_date(first)} to {say_date(last)}; name another year with --year.",
        )


def _require_in_year(account: AccountName, day: date | None) -> None:
    """See that specialists' time is given, booked and used on a day of its academic year; Refused as above."""
    from senco.dates import AcademicYear, say_date

    if day is not None and str(AcademicYear.of(day)) != account.year:
        raise Refused(
            "entry.other-year",
            f"{say_date(day)} is not of {account.year}, the year of {account}.",
            "Name the year with --year; what is left of a year is carried over: `senco budget time carry`.",
        )


def _taker(ask: Ask, word: str, gives: AccountName, year: str, day: date) -> AccountName:
    """Give the account that takes: a school by its bare name too, or the host school of the cluster that gives."""
    if word.casefold() == HOST:
        return naming.school(host_of(ask, gives.cluster, gives.year, day), year)
    return account_meant(ask, word, year=year, day=day)


def _left(ask: Ask, gives: AccountName, takes: AccountName) -> str:
    from senco.budget import questions
    from senco.budget.hours import say_minutes
    from senco.budget.kinds import Unit
    from senco.money import say_pounds

    fund = gives if gives.kind is AccountKind.FUND else takes
    if fund.kind is not AccountKind.FUND:
        return ""
    held = questions.holds(ask, fund)
    return f" {fund} now holds {say_pounds(held) if fund.unit is Unit.PENCE else say_minutes(held)}."


def _tell(desk: Desk, line: EntryLine, left: str, form: Format) -> None:
    desk.show(render.entries([line]), form=form)
    desk.say(f"{render.told(line)}.{left}")
