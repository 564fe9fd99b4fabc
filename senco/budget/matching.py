"""Which entry a line of finance is: by its reference, or by its amount and day when just one can be meant."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from senco.budget.shapes import MatchLine
from senco.privacy import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from senco.budget.kinds import EntryLine
    from senco.budget.shapes import StatementRow

DAYS_APART = 21
NO_ENTRY = "no entry of this amount"
_RUN = re.compile(r"\bpay-[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[0-9]+)?\b")
_REQUEST = re.compile(r"\br-[0-9a-z]{4,5}\b")
_ENTRY = re.compile(r"\be\s?([0-9]{1,12})\b")


def match_lines(
    rows: Sequence[StatementRow],
    entries: Sequence[EntryLine],
    account: str,
    kept: Mapping[str, int] | None = None,
    *,
    earlier: Sequence[tuple[str, int, str, int]] = (),
    taken_back: Sequence[EntryLine] = (),
) -> list[MatchLine]:
    """Give each line of finance with the entry it is taken for, each entry once at most.

    A line is an entry of the same amount that its reference names (E12, the receipt, the payment run with the request);
    of the rest, one of the same amount within 21 days when no other line and no other entry can be meant, and the
    reference names no other run, award or entry. ``kept`` are the entries found before, by the place of the line,
    ``earlier`` the lines of other statements of the account that are entries: day, amount, reference, entry.
    ``taken_back`` are entries that were reversed, and their reversals: finance may tell of both (paid, and returned by
    the bank), but only a line that can be no living entry is one of them.
    """
    found: dict[int, tuple[int, str]] = {}
    held = kept or {}
    for place, row in enumerate(rows):
        if row.place in held:
            found[place] = (held[row.place], "found before")
    _find_again(found, rows, earlier)
    free = {entry.number: entry for entry in entries if entry.number not in held.values()}
    for place, row in enumerate(rows):
        if place not in found:
            named = [entry for entry in free.values() if _same(row, entry, account) and _names(row.reference, entry)]
            if len(named) == 1:
                found[place] = (named[0].number, "its reference")
                del free[named[0].number]
    near = {
        place: [number for number, entry in free.items() if _may_be(row, entry, account)]
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
            why = f"may be {_listed(could)}" if could else NO_ENTRY
        out.append(MatchLine(row.place, row.day.isoformat(), row.amount_pence, row.reference, number, why))
    return _among_taken_back(rows, out, taken_back, account, set(held.values())) if taken_back else out


def _among_taken_back(
    rows: Sequence[StatementRow], lines: list[MatchLine], taken_back: Sequence[EntryLine], account: str, held: set[int]
) -> list[MatchLine]:
    """Look for the lines that are no living entry among those that were taken back."""
    used = held | {line.entry for line in lines if line.entry is not None}
    free = [entry for entry in taken_back if entry.number not in used]
    over = [place for place, line in enumerate(lines) if line.why == NO_ENTRY]
    found = match_lines([rows[place] for place in over], free, account)
    for place, line in zip(over, found, strict=True):
        lines[place] = replace(line, why=f"{line.why}; it was taken back") if line.entry is not None else line
    return lines


def _find_again(
    found: dict[int, tuple[int, str]], rows: Sequence[StatementRow], earlier: Sequence[tuple[str, int, str, int]]
) -> None:
    """Add the lines that another statement says in the same words, each once."""
    taken = {number for number, _ in found.values()}
    before = [line for line in earlier if line[3] not in taken]
    for place, row in enumerate(rows):
        same = (row.day.isoformat(), row.amount_pence, row.reference)
        if place not in found and (line := next((each for each in before if each[:3] == same), None)):
            found[place] = (line[3], "found in another statement")
            before.remove(line)


def _same(row: StatementRow, entry: EntryLine, account: str) -> bool:
    amount = entry.amount_pence or 0
    return row.amount_pence == (amount if entry.to_account == account else -amount)


def _may_be(row: StatementRow, entry: EntryLine, account: str) -> bool:
    return _same(row, entry, account) and _close(row, entry) and not _names_another(row.reference, entry)


def _names_another(reference: str, entry: EntryLine) -> bool:
    """Say whether a reference names a run, an award or an entry, and not those of this entry."""
    told = fold(reference)
    runs, requests = _RUN.findall(told), _REQUEST.findall(told)
    numbered = _ENTRY.findall(told) if runs or _ENTRY.fullmatch(told) else []
    return (
        bool(runs and fold(entry.run) not in runs)
        or bool(requests and fold(entry.request or "") not in requests)
        or bool(numbered and str(entry.number) not in numbered)
    )


def _names(reference: str, entry: EntryLine) -> bool:
    told = fold(reference)
    if not told:
        return False
    if (numbered := _ENTRY.search(told)) and int(numbered[1]) == entry.number:
        return True
    if entry.receipt and fold(entry.receipt) == told:
        return True
    if _names_another(reference, entry):
        return False
    return bool(entry.run and entry.request) and fold(entry.run) in told and fold(entry.request or "") in told


def _close(row: StatementRow, entry: EntryLine) -> bool:
    return abs((row.day - date.fromisoformat(entry.day)).days) <= DAYS_APART


def _listed(numbers: Sequence[int]) -> str:
    return " or ".join(f"E{number}" for number in numbers)
