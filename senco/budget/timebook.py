"""A cluster's time of one service, entry by entry: what was free, booked and used after each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.budget import naming
from senco.budget.shapes import TimeStatementLine

if TYPE_CHECKING:
    from senco.budget.kinds import Service
    from senco.store.doors import Ask

# Each side by its state ("" is free), where it is of the year asked for: a carry has one side in another year.
_MOVED = """
SELECT e.number, e.day, e.kind, e.description, e.amount, e.reverses, r.number, COALESCE(o.reason, ''),
       CASE WHEN g.cluster = :cluster AND g.fund = :service AND g.year = :year THEN g.name END,
       CASE WHEN t.cluster = :cluster AND t.fund = :service AND t.year = :year THEN t.name END
  FROM ledger_entry AS e
  JOIN ledger_account AS g ON g.account_id = e.from_account AND g.unit = 'minutes'
  JOIN ledger_account AS t ON t.account_id = e.to_account
  LEFT JOIN ledger_entry AS r ON r.reverses = e.number
  LEFT JOIN ledger_override AS o ON o.entry_number = e.number
 WHERE (g.cluster = :cluster AND g.fund = :service AND g.year = :year)
    OR (t.cluster = :cluster AND t.fund = :service AND t.year = :year)
 ORDER BY e.day, e.number
"""


def time_statement(ask: Ask, cluster: str, service: Service, year: str) -> list[TimeStatementLine]:
    """Give every entry of a cluster's time of a service in a year, the newest first, with what it left; minutes.

    Entries stand by their day, and on a day by number, as in a statement of money.
    """
    stands = {"": 0, naming.BOOKED: 0, **dict.fromkeys(naming.USES, 0)}
    free = f"cluster:{cluster}:{service.value}"
    out = []
    told = {"cluster": cluster, "service": service.value, "year": year}
    for *line, giver, taker in ask.all(lambda *row: row, _MOVED, told):
        number, day, kind, description, minutes, reverses, reversed_by, override = line
        for name, change in ((giver, -minutes), (taker, minutes)):
            if name is not None:
                stands[name.removeprefix(free).removeprefix(":")] += change
        used = sum(stands[each] for each in naming.USES)
        out.append(
            TimeStatementLine(
                number, day, kind, description, minutes, stands[""], stands[naming.BOOKED], used, reverses, reversed_by,
                override,
            )
        )  # fmt: skip
    return out[::-1]
