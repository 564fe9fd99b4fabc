"""Which entry a line of finance is: by its reference, or by its amount and day when just one can be meant."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from senco.budget.shapes import MatchLine
from senco.privacy import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from senco.budget.kinds import EntryLine
    from senco.budget.shapes import StatementRow

DAYS_APART = 21
_ENTRY = re.compile(r"\be\s?([0-9]{1,12})\b")


def match_lines(
    rows: Sequence[StatementRow], entries: Sequence[EntryLine], account: str, kept: Mapping[str, int] | None = None
) -> list[MatchLine]:
    """Give each line of finance with the entry it is taken for, each entry once at most.

    A line is an entry of the same amount that its reference names (E12, the receipt, the payment run with the request);
    of the rest, one of the same amount within 21 days when no other line and no other entry can be meant. ``kept`` are
    the entries found before, by the place of the line.
    """
    found: dict[int, tuple[int, str]] = {}
    held = kept or {}
    for place, row in enumerate(rows):
        if row.place in held:
            found[place] = (held[row.place], "found before")
    free = {entry.number: entry for entry in entries if entry.number not in held.values()}
    for place, row in enumerate(rows):
        if place not in found:
            named = [entry for entry in free.values() if _same(row, entry, account) and _names(row.reference, entry)]
            if len(named) == 1:
                found[place] = (named[0].number, "its reference")
                del free[named[0].number]
    near = {
        place: [number for number, entry in free.items() if _same(row, entry, account) and _close(row, entry)]
        for place, row in enumerate(rows)
        if place not in found
    }
    claims = [number for numbers in near.values() for number in numbers]
    out = []
    for place, row in enumerate(rows):
        number, why = found.get(place, (None, ""))
        could = near.get(place, [])
        if number is None and len(could) == 1 and claims.count(could[0]) == 1:
            number, why = could[0], "its amount, within 21 days"
        elif number is None:
            why = f"may be {_listed(could)}" if could else "no entry of this amount"
        out.append(MatchLine(row.place, row.day.isoformat(), row.amount_pence, row.reference, number, why))
    return out


def _same(row: StatementRow, entry: EntryLine, account: str) -> bool:
    amount = entry.amount_pence or 0
    return row.amount_pence == (amount if entry.to_account == account else -amount)


def _names(reference: str, entry: EntryLine) -> bool:
    told = fold(reference)
    if not told:
        return False
    if (numbered := _ENTRY.search(told)) and int(numbered[1]) == entry.number:
        return True
    if entry.receipt and fold(entry.receipt) == told:
        return True
    return bool(entry.run and entry.request) and fold(entry.run) in told and fold(entry.request or "") in told


def _close(row: StatementRow, entry: EntryLine) -> bool:
    return abs((row.day - date.fromisoformat(entry.day)).days) <= DAYS_APART


def _listed(numbers: Sequence[int]) -> str:
    return " or ".join(f"E{number}" for number in numbers)
