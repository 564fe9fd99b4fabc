"""A cluster's pool: who paid in, what was bought, and each school's share, which counts that school's money alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from senco.budget import naming, questions
from senco.budget.kinds import EntryKind, Fund
from senco.budget.rules import shares
from senco.budget.shapes import ShareLine
from senco.clusters.questions import member_of_year
from senco.money import split_by

if TYPE_CHECKING:
    from senco.budget.kinds import AccountName, EntryLine
    from senco.store.doors import Ask

OTHER = 0
OTHER_MONEY = "Other money"
_BACK = {EntryKind.REFUND, EntryKind.RECOVER}

# Every entry of the pool that is no reversal: what it does, on which side, with whom, and whether it lives.
_FLOWS = """
SELECT e.number, e.kind, e.to_account = :account, o.year, o.urn, COALESCE(s.name, ''),
       CASE WHEN r.number IS NULL THEN e.amount ELSE 0 END
  FROM ledger_entry AS e
  JOIN ledger_account AS o
    ON o.account_id = CASE WHEN e.to_account = :account THEN e.from_account ELSE e.to_account END
  LEFT JOIN school AS s ON s.urn = o.urn
  LEFT JOIN ledger_entry AS r ON r.reverses = e.number
 WHERE (e.from_account = :account OR e.to_account = :account) AND e.reverses IS NULL
 ORDER BY e.day, e.number
"""


@dataclass(slots=True)
class Pool:
    """A pool of a year by payer (a school's URN; 0 for other money), in pence; ``bought`` are entries that live."""

    cluster: str
    year: str
    names: dict[int, str] = field(default_factory=dict)
    paid_in: dict[int, int] = field(default_factory=dict)
    brought: dict[int, int] = field(default_factory=dict)
    paid_back: dict[int, int] = field(default_factory=dict)
    carried: list[tuple[str, int]] = field(default_factory=list)
    bought: list[int] = field(default_factory=list)
    spent: int = 0
    sources: set[str] = field(default_factory=set)

    @property
    def in_all(self) -> dict[int, int]:
        """Give what each paid in, with what was brought from the years before."""
        payers = {*self.names, *self.paid_in, *self.brought}
        return {urn: self.paid_in.get(urn, 0) + self.brought.get(urn, 0) for urn in sorted(payers)}

    @property
    def of_bought(self) -> dict[int, int]:
        """Give each one's share of what was bought."""
        paid = self.in_all
        return shares(paid, self.spent, {urn: pence - self.paid_back.get(urn, 0) for urn, pence in paid.items()})

    @property
    def unspent(self) -> dict[int, int]:
        """Give what each has left before anything is carried over."""
        bore = self.of_bought
        payers = {**self.in_all, **dict.fromkeys((*bore, *self.paid_back), 0)}
        return {urn: self.in_all.get(urn, 0) - bore.get(urn, 0) - self.paid_back.get(urn, 0) for urn in sorted(payers)}

    def carried_to(self, year: str | None = None) -> dict[int, int]:
        """Give each one's part of what was carried over into a year, or into any, in proportion to what it had left."""
        left, out = self.unspent, dict.fromkeys(self.unspent, 0)
        for to, pence in self.carried:
            payers = {urn: part for urn, part in left.items() if part > 0} or {OTHER: 1}
            for urn, part in zip(payers, split_by(pence, list(payers.values())), strict=True):
                left[urn] = left.get(urn, 0) - part
                out[urn] = out.get(urn, 0) + (part if year in {None, to} else 0)
        return out

    @property
    def left(self) -> dict[int, int]:
        """Give what each has left: together, what the pool holds."""
        gone = self.carried_to()
        return {urn: self.unspent.get(urn, 0) - pence for urn, pence in gone.items()}


def read_pool(ask: Ask, account: AccountName) -> Pool:
    """Read a pool from the ledger; what was brought from an earlier year is its payers' of that year."""
    pool = Pool(account.cluster, account.year)
    told = {"account": questions.account_id(ask, account) or 0}
    for number, kind, into, year, urn, school, pence in ask.all(lambda *row: row, _FLOWS, told):
        payer = OTHER if urn is None else int(urn)
        # Between years money goes forwards; what was sent back into an earlier one is nobody's own any more.
        if kind == EntryKind.CARRY and into and year < account.year:
            _bring(ask, pool, replace(account, year=year))
        elif kind == EntryKind.CARRY and not into:
            pool.carried.append((year, pence))
        elif kind == EntryKind.TRANSFER and not into:
            _add(pool.paid_back, payer, pence)
            pool.names.setdefault(payer, school or OTHER_MONEY)
        elif into and kind not in _BACK:
            _add(pool.paid_in, payer, pence)
            pool.names.setdefault(payer, school or OTHER_MONEY)
        elif pence:
            pool.bought.append(number)
            pool.spent += -pence if into else pence
    return pool


def _bring(ask: Ask, pool: Pool, source: AccountName) -> None:
    """Add what was carried over from another year, once for all its entries."""
    if source.year in pool.sources:
        return
    pool.sources.add(source.year)
    before = read_pool(ask, source)
    for urn, pence in before.carried_to(pool.year).items():
        _add(pool.brought, urn, pence)
        pool.names.setdefault(urn, before.names.get(urn, OTHER_MONEY))


def _add(sums: dict[int, int], urn: int, pence: int) -> None:
    sums[urn] = sums.get(urn, 0) + pence


def pool_of(ask: Ask, cluster: str, year: str) -> tuple[list[ShareLine], list[EntryLine]]:
    """Give who paid into a cluster's pool with each one's share of what was bought and is left, and what was bought.

    The shares of what was bought sum to it, to the penny, and what is left sums to what the pool holds. Money that no
    school paid in stands on a line of its own.
    """
    pool = read_pool(ask, naming.of_cluster(cluster, Fund.POOL, year))
    paid, bore, gone, left = pool.in_all, pool.of_bought, pool.carried_to(), pool.left
    lines = [
        ShareLine(
            urn or None,
            pool.names.get(urn, OTHER_MONEY),
            paid.get(urn, 0),
            bore.get(urn, 0),
            left[urn],
            pool.brought.get(urn, 0),
            pool.paid_back.get(urn, 0),
            gone[urn],
            not urn or member_of_year(ask, urn, cluster, year),
        )
        for urn in sorted(left, key=lambda each: (not each, each))
    ]
    return lines, [questions.entry(ask, number) for number in pool.bought]
