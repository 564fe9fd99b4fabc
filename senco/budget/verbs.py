"""The changes of the ledger: entries made and reversed, overspending allowed, awards paid, statements kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from senco.budget import awards, cover, naming, pools, questions, recorded
from senco.budget.kinds import (
    AccountKind,
    AccountName,
    EntryKind,
    EventKind,
    Fund,
    Unit,
)
from senco.budget.posting import allow, open_account, post
from senco.budget.rules import right_way, why_not_this_way
from senco.budget.shapes import EntryDraft, EventLine, FundKey
from senco.budget.tables import AwardEvent, FinanceLine, FinanceStatementRow
from senco.clusters.questions import member_of_year
from senco.dates import say_date
from senco.errors import Refused
from senco.money import say_pounds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from senco.budget.kinds import EntryLine, Service
    from senco.budget.running import Running
    from senco.budget.shapes import FinanceStatement, MatchLine, PaymentLine
    from senco.store.doors import Change


def move(change: Change, draft: EntryDraft) -> EntryLine:
    """Make an entry.

    Raises Refused ``entry.not-this-way`` where money cannot go so, ``entry.no-reason`` and ``entry.no-reference`` for
    income and refunds without them, ``refund.too-much``, ``pool.not-its-money``, ``pool.not-a-member`` and what `post`
    raises.
    """
    guest = False
    if draft.giver.unit is Unit.PENCE and draft.giver != draft.taker:
        _require_way(draft)
        _require_whose(change, draft)
        guest = draft.kind is EntryKind.POOL and _require_member(change, draft)
    line = post(change, replace(draft, description=draft.override) if guest else draft)
    change.record(
        f"ledger entry {line.number}", **_facts(line, guest=guest), **recorded.facts(change.ask, [line.number])
    )
    return line


def reverse(change: Change, number: int, *, day: date, reason: str, override: str = "") -> EntryLine:
    """Take a whole entry back by its opposite; what was written stays.

    Raises NotFound ``entry.unknown``, Refused ``reverse.reason`` without a reason, ``entry.reversed``,
    ``entry.is-reversal``, ``reverse.came-back`` for what a refund brought back already, ``fund.too-little``.
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
    taker = _stored(change, line.from_account, line.from_year, unit)
    _require_not_back(change, line, giver, taker)
    draft = EntryDraft(
        EntryKind.REVERSE,
        giver,
        taker,
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
    """Say how an award is paid, that it stops, or that it goes on after all; where the child is, its request says.

    A resumption is for the day of the stop, as though there had been none, or a later one. Raises NotFound
    ``award.unknown``, Refused ``award.not-running`` for a day outside the award's time, ``award.not-stopped`` for a
    resumption of what runs, ``award.ended`` for one of what has ended with its request.
    """
    running = awards.award(change.ask, reference, day)
    award, first, runs = running.award, running.award.first, "runs"
    if kind is EventKind.RESUME:
        first, runs = _stopped_on(running), "stopped, and may go on,"
    if kind is not EventKind.TERMS and not first <= day <= award.last:
        raise Refused(
            "award.not-running",
            f"The award for {award.reference} {runs} from {say_date(first)} to {say_date(award.last)}.",
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


def _stopped_on(running: Running) -> date:
    reference, terms = running.award.reference, running.terms
    if terms.ended:
        raise Refused(
            "award.ended",
            f"The award for {reference} ended on {say_date(terms.ended)}, as its request says.",
            "It takes a new decision: `senco requests decide`.",
        )
    if terms.stop is None:
        raise Refused("award.not-stopped", f"The award for {reference} was not stopped: there is nothing to resume.")
    return terms.stop


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


def _require_way(draft: EntryDraft) -> None:
    """See that money goes this way at all, and that what comes from elsewhere says why and by what paper."""
    giver, taker = naming.role_of(draft.giver), naming.role_of(draft.taker)
    why = why_not_this_way(draft.kind, giver, taker)
    if why:
        raise Refused("entry.not-this-way", why, right_way(giver, taker))
    if draft.kind in {EntryKind.INCOME, EntryKind.REFUND}:
        if not draft.description.strip():
            raise Refused("entry.no-reason", "Money from elsewhere needs a reason.", 'Give it with --for "…".')
        if not draft.receipt.strip():
            raise Refused(
                "entry.no-reference", "Money from elsewhere needs its reference.", "Give it with --receipt GRANT-7."
            )


def _require_member(change: Change, draft: EntryDraft) -> bool:
    """See that only the cluster's schools pay into its pool, others for a reason; gives whether it is such a guest."""
    urn, cluster, year = draft.giver.urn or 0, draft.taker.cluster, draft.taker.year
    if member_of_year(change.ask, urn, cluster, year):
        return False
    if not draft.override.strip():
        name = change.ask.value("SELECT name FROM school WHERE urn = :urn", {"urn": urn})
        raise Refused(
            "pool.not-a-member",
            f"{name} is not of {cluster} in {year}: only the cluster's schools pay into its pool.",
            'With a reason it may: --override "…".',
        )
    return True


def _require_whose(change: Change, draft: EntryDraft) -> None:
    """See that no more comes back than was spent there, and that what leaves a pool is its own who gets it."""
    if draft.kind is EntryKind.REFUND:
        spent = max(0, questions.spent_at(change.ask, draft.taker, draft.giver))
        if draft.amount > spent:
            raise Refused(
                "refund.too-much",
                f"{draft.taker} gave {draft.giver} {say_pounds(spent)}: {say_pounds(draft.amount)} cannot come back.",
                "What comes from elsewhere is income: `senco budget receive`.",
            )
    if draft.kind is EntryKind.TRANSFER and draft.giver.fund == Fund.POOL:
        payer = draft.taker.urn or pools.OTHER
        left = max(0, pools.read_pool(change.ask, draft.giver).left.get(payer, 0))
        if draft.amount > left:
            whose = f"{draft.taker} has" if payer else "Of money that no school paid in there is"
            raise Refused(
                "pool.not-its-money",
                f"{whose} {say_pounds(left)} left in {draft.giver}; the rest is other schools'.",
                f"`senco budget pool {draft.giver.cluster}` shows whose money it is.",
            )


def _require_not_back(change: Change, line: EntryLine, giver: AccountName, taker: AccountName) -> None:
    """See that what is taken back did not come back before: by a refund, or out of a pool to the school itself."""
    amount, there = line.amount_pence or 0, line.amount_pence or 0
    if line.kind in {EntryKind.SPEND, EntryKind.TRANSFER} and taker.kind is AccountKind.FUND:
        there = questions.spent_at(change.ask, taker, giver) if giver.kind is AccountKind.OUTSIDE else there
    if line.kind == EntryKind.POOL:
        pool = pools.read_pool(change.ask, giver)
        there = pool.in_all[taker.urn or 0] - pool.paid_back.get(taker.urn or 0, 0)
    if amount > there:
        raise Refused(
            "reverse.came-back",
            f"Of E{line.number} {say_pounds(amount - max(0, there))} came back already.",
            "Reverse what brought it back first: `senco budget statement` shows it.",
        )


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


def _facts(line: EntryLine, *, guest: bool = False) -> dict[str, str | int | bool | None]:
    amount = {"pence": line.amount_pence} if line.amount_pence is not None else {"minutes": line.amount_minutes}
    giver, taker = f"{line.from_account}@{line.from_year}", f"{line.to_account}@{line.to_year}"
    overridden = {"override": True} if line.override or guest else {}
    return {"kind": line.kind, "day": line.day, "giver": giver, "taker": taker, **amount, **overridden}
