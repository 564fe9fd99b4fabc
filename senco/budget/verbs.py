"""The changes of the ledger: entries made and reversed, overspending allowed, awards paid, statements kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from senco.budget import awards, cover, naming, questions, recorded
from senco.budget.kinds import (
    AccountKind,
    AccountName,
    EntryKind,
    EventKind,
    Fund,
    Unit,
)
from senco.budget.posting import allow, open_account, post
from senco.budget.shapes import EntryDraft, EventLine, FundKey
from senco.budget.tables import AwardEvent, FinanceLine, FinanceStatementRow
from senco.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from senco.budget.kinds import EntryLine, Service
    from senco.budget.shapes import FinanceStatement, MatchLine, PaymentLine
    from senco.store.doors import Change


def move(change: Change, draft: EntryDraft) -> EntryLine:
    """Make an entry.

    Raises Refused ``fund.too-little``, ``entry.nothing``, ``entry.same-account`` or ``receipt.twice``.
    """
    line = post(change, draft)
    change.record(f"ledger entry {line.number}", **_facts(line), **recorded.facts(change.ask, [line.number]))
    return line


def reverse(change: Change, number: int, *, day: date, reason: str, override: str = "") -> EntryLine:
    """Take a whole entry back by its opposite; what was written stays.

    Raises NotFound ``entry.unknown``, Refused ``reverse.reason`` without a reason, ``entry.reversed``,
    ``entry.is-reversal``, ``fund.too-little``.
    """
    if not reason.strip():
        raise Refused("reverse.reason", "Taking an entry back needs a reason.", 'Give it with --reason "…".')
    line = questions.entry(change.ask, number)
    if line.reverses is not None:
        raise Refused(
            "entry.is-reversal",
            f"E{number} is itself a reversal, of E{line.reverses}.",
            "Make the entry anew instead: `senco budget transfer` and its like.",
        )
    if line.reversed_by is not None:
        raise Refused("entry.reversed", f"E{number} was reversed already, by E{line.reversed_by}.")
    unit = Unit.PENCE if line.amount_pence is not None else Unit.MINUTES
    giver = _stored(change, line.to_account, line.to_year, unit)
    draft = EntryDraft(
        EntryKind.REVERSE,
        giver,
        _stored(change, line.from_account, line.from_year, unit),
        line.amount_pence or line.amount_minutes or 0,
        day,
        reason,
        override=override,
        request=line.request,
    )
    made = post(change, draft, reverses=number)
    told = recorded.facts(change.ask, [made.number])
    change.record(f"ledger entry {made.number}", reverses=number, **_facts(made), **told)
    return made


def sanction(change: Change, account: AccountName, amount: int, reason: str) -> int:
    """Let a fund be overspent by so much more, for a reason; gives how far it may be overspent now.

    Raises Refused ``override.reason`` without a reason, ``override.not-a-fund``, ``entry.nothing``.
    """
    number = allow(change, account, amount, reason)
    told = recorded.facts(change.ask, [number], recorded.OVERRIDES)
    change.record(f"account {account}", sanctioned=amount, **told)
    return questions.sanctioned(change.ask, account)


def sanction_award(change: Change, reference: str, reason: str, day: date) -> int:
    """Let the funds that an award falls on be overspent by what they lack for it; gives that sum in pence.

    Raises NotFound ``award.unknown``, Refused ``override.not-needed`` when they cover it.
    """
    running = awards.award(change.ask, reference, day)
    reference = running.award.reference
    short = cover.missing_for(change.ask, reference, awards.commitments(change.ask, day))
    if not short:
        raise Refused("override.not-needed", f"The award for {reference} is covered: nothing needs to be overspent.")
    made = [allow(change, _fund_account(key), pence, reason, request=reference) for key, pence in short.items()]
    told = recorded.facts(change.ask, made, recorded.OVERRIDES)
    change.record(f"award {reference}", sanctioned=sum(short.values()), **told)
    return sum(short.values())


def plan_award(
    change: Change,
    reference: str,
    kind: EventKind,
    *,
    day: date,
    pattern: str = "",
    fund: str = "",
    urn: int | None = None,
    because: str = "",
) -> EventLine:
    """Say how an award is paid, that it goes on at another school, stops, or goes on after all.

    Raises NotFound ``award.unknown``, Refused ``award.not-running`` for a day outside the award's time.
    """
    award = awards.award(change.ask, reference, day).award
    if kind in {EventKind.MOVE, EventKind.STOP} and not award.first <= day <= award.last:
        raise Refused(
            "award.not-running",
            f"The award for {award.reference} runs from {award.first.isoformat()} to {award.last.isoformat()}.",
            "Name a day in that time.",
        )
    number = int(change.ask.value("SELECT COALESCE(MAX(event_id), 0) + 1 FROM award_event"))
    change.add(
        AwardEvent,
        event_id=number,
        request_reference=award.reference,
        kind=kind.value,
        day=day.isoformat(),
        pattern=pattern,
        fund=fund,
        urn=urn,
        because=because,
        made_at=change.stamp,
        made_by=change.actor,
    )
    change.flush()
    change.record(
        f"award {award.reference}", event=kind.value, day=day.isoformat(), pattern=pattern, fund=fund, school=urn
    )
    return EventLine(number, award.reference, kind.value, day.isoformat(), pattern, fund, urn, because)


def pay(change: Change, day: date) -> list[PaymentLine]:
    """Pay what is due for awards and covered, and book what is to be got back; a second time there is nothing left.

    Raises Refused ``pay.nothing`` when nothing is due, or nothing that is covered.
    """
    due = [line for line in awards.payments(change.ask, day) if not line.held]
    if not due:
        raise Refused("pay.nothing", "Nothing that a fund covers is due: nothing was paid.")
    run = _next_run(change, day)
    made = []
    for line in sorted(due, key=lambda each: each.amount_pence):
        fund, school = _fund_account(FundKey(line.cluster, line.fund, line.year)), naming.school(line.urn, line.year)
        paying = line.amount_pence > 0
        giver, taker, kind = (fund, school, EntryKind.PAY) if paying else (school, fund, EntryKind.RECOVER)
        draft = EntryDraft(kind, giver, taker, abs(line.amount_pence), day, run=run, request=line.request)
        made.append(replace(line, run=run, entry=post(change, draft).number))
    paid = sum(line.amount_pence for line in made if line.amount_pence > 0)
    back = -sum(line.amount_pence for line in made if line.amount_pence < 0)
    told = recorded.facts(change.ask, [line.entry for line in made if line.entry])
    change.record(f"payment run {run}", payments=len(made), paid_pence=paid, recovered_pence=back, **told)
    return sorted(made, key=lambda each: due.index(replace(each, run="", entry=None)))


def use_time(
    change: Change,
    cluster: str,
    service: Service,
    minutes: int,
    *,
    use: EntryKind,
    year: str,
    day: date,
    description: str = "",
) -> list[EntryLine]:
    """Record time used, for contact or admin: out of what is booked as far as that goes, then out of what is free.

    Raises Refused ``fund.too-little`` when the cluster has not so much left.
    """
    booked = naming.time_of(cluster, service, year, naming.BOOKED)
    used = naming.time_of(cluster, service, year, use.value)
    first = min(minutes, questions.holds(change.ask, booked))
    made = [
        post(change, EntryDraft(use, giver, used, part, day, description))
        for giver, part in ((booked, first), (naming.time_of(cluster, service, year), minutes - first))
        if part
    ]
    change.record(
        f"account {naming.time_of(cluster, service, year)}",
        kind=use.value,
        minutes=minutes,
        from_booked=first,
        **recorded.facts(change.ask, [line.number for line in made]),
    )
    return made


def keep_statement(
    change: Change, account: AccountName, told: FinanceStatement, matches: Sequence[MatchLine]
) -> tuple[int, int]:
    """Keep finance's statement with the entries its lines were found to be; gives how many lines were found and not.

    A statement kept before is held against the ledger again: lines without an entry may have one now.
    """
    number = open_account(change, account)
    held = questions.statement_kept(change.ask, told.digest)
    statement = held or int(change.ask.value("SELECT COALESCE(MAX(statement_id), 0) + 1 FROM finance_statement"))
    if held is None:
        days = sorted(row.day.isoformat() for row in told.rows)
        change.add(
            FinanceStatementRow,
            statement_id=statement,
            account_id=number,
            digest=told.digest,
            file=told.file,
            first=days[0],
            last=days[-1],
            balance_pence=told.balance_pence,
            imported_at=change.stamp,
            imported_by=change.actor,
        )
        change.flush()
    for line, match in enumerate(matches, start=1):
        if held is None:
            change.add(
                FinanceLine,
                statement_id=statement,
                line=line,
                place=match.place,
                day=match.day,
                amount_pence=match.amount_pence,
                reference=match.reference,
                entry_number=match.entry,
            )
        elif match.entry is not None:
            row = change.session.get_one(FinanceLine, (statement, line))
            if row.entry_number is None:
                row.entry_number = match.entry
    change.flush()
    found = sum(match.entry is not None for match in matches)
    change.record(f"account {account}", statement=statement, lines=len(matches), matched=found)
    return found, len(matches) - found


def _stored(change: Change, name: str, year: str, unit: Unit) -> AccountName:
    sql = "SELECT kind, cluster, fund, urn FROM ledger_account WHERE name = :name AND year = :year AND unit = :unit"
    told = {"name": name, "year": year, "unit": unit.value}
    return change.ask.all(lambda kind, *rest: AccountName(name, year, unit, AccountKind(kind), *rest), sql, told)[0]


def _fund_account(key: FundKey) -> AccountName:
    return naming.of_cluster(key.cluster, Fund(key.fund), key.year)


def _next_run(change: Change, day: date) -> str:
    """Give the name of the next run of a day: PAY-2021-01-04, then PAY-2021-01-04-2."""
    first = f"PAY-{day.isoformat()}"
    sql = "SELECT COUNT(DISTINCT run) FROM ledger_entry WHERE run = :first OR run LIKE :more"
    before = int(change.ask.value(sql, {"first": first, "more": f"{first}-%"}))
    return f"{first}-{before + 1}" if before else first


def _facts(line: EntryLine) -> dict[str, str | int | bool | None]:
    amount = {"pence": line.amount_pence} if line.amount_pence is not None else {"minutes": line.amount_minutes}
    giver, taker = f"{line.from_account}@{line.from_year}", f"{line.to_account}@{line.to_year}"
    overridden = {"override": True} if line.override else {}
    return {"kind": line.kind, "day": line.day, "giver": giver, "taker": taker, **amount, **overridden}
