"""Entries and overrides put into the ledger inside a change: what holds for each of them, whatever made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.budget import awards, cover, naming, questions
from senco.budget.hours import say_minutes
from senco.budget.kinds import AccountKind, AccountName, EntryKind, Unit
from senco.budget.rules import shortfall, why_not_give
from senco.budget.shapes import FundKey
from senco.budget.tables import LedgerAccount, LedgerEntry, LedgerOverride
from senco.errors import Refused
from senco.money import say_pounds

if TYPE_CHECKING:
    from senco.budget.kinds import EntryLine
    from senco.budget.shapes import EntryDraft
    from senco.store.doors import Change

MOST = 10**12  # as the ledger itself holds to


def post(change: Change, draft: EntryDraft, reverses: int | None = None) -> EntryLine:
    """Put an entry into the ledger.

    Raises Refused ``entry.nothing``, ``entry.too-much``, ``entry.same-account``, ``receipt.twice`` or
    ``fund.too-little``.
    """
    if draft.amount <= 0:
        raise Refused("entry.nothing", "An entry moves an amount greater than nought.", "To take one back: reverse it.")
    if draft.amount >= MOST:
        raise Refused("entry.too-much", "An entry moves less than £10,000,000,000.", "Is a digit too many?")
    giver, taker = open_account(change, draft.giver), open_account(change, draft.taker)
    if giver == taker:
        raise Refused("entry.same-account", f"{draft.giver} cannot give to itself.", "Name two different accounts.")
    earlier = questions.receipt_used(change.ask, giver, draft.receipt) if draft.receipt else None
    if earlier is not None:
        raise Refused(
            "receipt.twice",
            f"Entry E{earlier} already bears the receipt {draft.receipt} on {draft.giver}.",
            "Is it the same bill again? If not, tell the receipts apart: add a letter or the date.",
        )
    number = int(change.ask.value("SELECT COALESCE(MAX(number), 0) + 1 FROM ledger_entry"))
    if draft.giver.kind is AccountKind.FUND:
        _hold_to_fund(change, draft, number)
    change.add(
        LedgerEntry,
        number=number,
        day=draft.day.isoformat(),
        from_account=giver,
        to_account=taker,
        amount=draft.amount,
        kind=draft.kind.value,
        description=draft.description,
        party=draft.party,
        receipt=draft.receipt,
        run=draft.run,
        request_reference=draft.request,
        reverses=reverses,
        made_at=change.stamp,
        made_by=change.actor,
    )
    change.flush()
    return questions.entry(change.ask, number)


def _hold_to_fund(change: Change, draft: EntryDraft, number: int) -> None:
    """See that the fund has the amount, what is promised to awards apart, or allow it to be overspent for a reason."""
    ask, giver = change.ask, draft.giver
    holds, sanctioned = questions.holds(ask, giver), questions.sanctioned(ask, giver)
    promised = 0
    # A payment of an award is what was promised: it was held against the cover before.
    if giver.unit is Unit.PENCE and giver.fund != naming.HNB and draft.kind is not EntryKind.PAY:
        lines, key = awards.commitments(ask, draft.day), FundKey(giver.cluster, giver.fund, giver.year)
        sanctioned, promised = cover.sanctioned_of(ask, key, lines), cover.promised(key, lines)
    say = say_pounds if giver.unit is Unit.PENCE else say_minutes
    why = why_not_give(str(giver), holds, promised, sanctioned, draft.amount, say=say)
    if not why:
        return
    if not draft.override:
        # Time is used and carried over without an override: only its booking takes one.
        may = giver.unit is Unit.PENCE or draft.kind in {EntryKind.BOOK, EntryKind.REVERSE}
        hint = "Allocate more: `senco budget time allocate`."
        if may:
            hint = 'With a reason it may be overspent: --override "…".'
        elif draft.kind is EntryKind.TRANSFER:
            hint = f"No more than is booked is set free: `senco budget time statement {giver.cluster} {giver.fund}`."
        raise Refused("fund.too-little", why, hint)
    over = shortfall(holds, promised, sanctioned, draft.amount)
    allow(change, giver, over, draft.override, entry=number)


def allow(
    change: Change,
    account: AccountName,
    amount: int,
    reason: str,
    *,
    request: str | None = None,
    entry: int | None = None,
) -> int:
    """Let a fund be overspent: for one award, for one entry until it is reversed, or for whatever it is spent on.

    Gives the override's number. Raises Refused ``override.reason``, ``override.not-a-fund``, ``entry.nothing``.
    """
    if not reason.strip():
        raise Refused("override.reason", "Overspending needs a reason.", 'Give it with --reason "…".')
    if account.kind is not AccountKind.FUND:
        raise Refused("override.not-a-fund", f"{account} is no fund: it has no limit to overspend.")
    if amount <= 0:
        raise Refused("entry.nothing", "An override is for an amount greater than nought.")
    if amount >= MOST:
        raise Refused("entry.too-much", "An override is for less than £10,000,000,000.", "Is there a digit too many?")
    number = int(change.ask.value("SELECT COALESCE(MAX(override_id), 0) + 1 FROM ledger_override"))
    change.add(
        LedgerOverride,
        override_id=number,
        account_id=open_account(change, account),
        amount=amount,
        request_reference=request,
        entry_number=entry,
        reason=reason,
        made_at=change.stamp,
        made_by=change.actor,
    )
    change.flush()
    return number


def open_account(change: Change, account: AccountName) -> int:
    """Give an account's number in the store; it is opened when it is first needed."""
    known = questions.account_id(change.ask, account)
    if known is not None:
        return known
    number = int(change.ask.value("SELECT COALESCE(MAX(account_id), 0) + 1 FROM ledger_account"))
    change.add(
        LedgerAccount,
        account_id=number,
        name=account.name,
        year=account.year,
        unit=account.unit.value,
        kind=account.kind.value,
        cluster=account.cluster,
        fund=account.fund,
        urn=account.urn,
        opened_at=change.stamp,
        opened_by=change.actor,
    )
    change.flush()
    return number
