"""The ledger held against the trail: what each change put into it stands in its line as a stretch and a digest of it.

A digest is of what moved, when, between whom and by whom, and of how far it was overspent; of no word that a person
wrote freely. What another program put in, took out or altered, with the triggers off meanwhile, agrees with no line.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from senco.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from senco.store.doors import Ask

_LETTERS = 20  # 80 bits, as in a seal
_PAGE = 5_000
_DIGEST = re.compile(r'"digest":"([0-9a-f]+)"')
_DO = "The store was altered outside senco: put the last backup back."


@dataclass(frozen=True, slots=True)
class _Book:
    """What is held against the trail: the fact that names its stretch, its rows, and the numbers that need a line."""

    fact: str
    mark: str
    rows: str
    numbers: str


ENTRIES = _Book(
    "entries",
    "E",
    """
SELECT e.number, e.day, e.kind, e.amount, e.receipt, e.run, e.request_reference, e.reverses, e.made_at, e.made_by,
       g.name, g.year, g.unit, g.kind, g.cluster, g.fund, g.urn, t.name, t.year, t.unit, t.kind, t.cluster, t.fund,
       t.urn, o.override_id, o.amount
  FROM ledger_entry AS e
  LEFT JOIN ledger_account AS g ON g.account_id = e.from_account
  LEFT JOIN ledger_account AS t ON t.account_id = e.to_account
  LEFT JOIN ledger_override AS o ON o.entry_number = e.number
 WHERE e.number BETWEEN :first AND :last
 ORDER BY e.number
""",
    "SELECT number FROM ledger_entry WHERE number BETWEEN :first AND :last ORDER BY number",
)
# What was allowed for one entry stands in the digest of that entry.
OVERRIDES = _Book(
    "overrides",
    "override ",
    """
SELECT o.override_id, o.amount, o.request_reference, o.entry_number, o.made_at, o.made_by, a.name, a.year, a.unit
  FROM ledger_override AS o
  LEFT JOIN ledger_account AS a ON a.account_id = o.account_id
 WHERE o.override_id BETWEEN :first AND :last
 ORDER BY o.override_id
""",
    "SELECT override_id FROM ledger_override"
    " WHERE override_id BETWEEN :first AND :last AND entry_number IS NULL ORDER BY override_id",
)
_TOLD = """
SELECT number, detail FROM trail WHERE number > :after AND detail LIKE :fact ORDER BY number LIMIT :most
"""
_BEYOND = 2**62


def facts(ask: Ask, numbers: Sequence[int], book: _Book = ENTRIES) -> dict[str, str]:
    """Give what the trail holds of what a change has just put in; the numbers follow each other.

    A change that put nothing in has nothing to tell.
    """
    if not numbers:
        return {}
    first, last = min(numbers), max(numbers)
    return {book.fact: f"{first}-{last}", "digest": _digest(_rows(ask, book, first, last))}


def findings(ask: Ask) -> list[Finding]:
    """Find entries and overrides without their line in the trail, lines without theirs, and what is not as told."""
    return [*_held_against(ask, ENTRIES), *_held_against(ask, OVERRIDES)]


def _held_against(ask: Ask, book: _Book) -> Iterator[Finding]:
    reached = 0
    for record, first, last, digest in _told(ask, book):
        yield from _untold(ask, book, reached + 1, first - 1)
        reached = max(reached, last)
        rows = _rows(ask, book, first, last)
        where = _named(book, first, last)
        if len(rows) != last - first + 1:
            what = f"Record {record} of the trail tells of it: {'part of it' if rows else 'it'} is not in the ledger."
            yield Finding("budget.gone", where, what, _DO)
        elif _digest(rows) != digest:
            what = f"Its amount, day, accounts or maker are not those that record {record} of the trail was made of."
            yield Finding("budget.not-as-recorded", where, what, _DO)
    yield from _untold(ask, book, reached + 1, _BEYOND)


def _told(ask: Ask, book: _Book) -> Iterator[tuple[int, int, int, str]]:
    """Give each line of the trail that tells of a stretch: its number, the stretch and the digest."""
    after = 0
    while True:
        page = ask.all(lambda *row: row, _TOLD, {"after": after, "fact": f'%"{book.fact}":"%', "most": _PAGE})
        for number, detail in page:
            found = re.search(rf'"{book.fact}":"([0-9]{{1,18}})-([0-9]{{1,18}})"', detail)
            digest = _DIGEST.search(detail)
            if found:
                yield number, int(found[1]), int(found[2]), digest[1] if digest else ""
        if len(page) < _PAGE:
            return
        after = page[-1][0]


def _untold(ask: Ask, book: _Book, first: int, last: int) -> Iterator[Finding]:
    """Find what stands between two lines' stretches and in no line itself: one finding for those that follow on."""
    if first > last:
        return
    numbers = ask.values(book.numbers, {"first": first, "last": last})
    while numbers:
        many = next((place for place, number in enumerate(numbers) if number - place != numbers[0]), len(numbers))
        what = "No line of the trail tells of it: it was not made by senco."
        yield Finding("budget.not-in-trail", _named(book, numbers[0], numbers[many - 1]), what, _DO)
        numbers = numbers[many:]


def _rows(ask: Ask, book: _Book, first: int, last: int) -> list[tuple[object, ...]]:
    return ask.all(lambda *row: row, book.rows, {"first": first, "last": last})


def _digest(rows: Sequence[tuple[object, ...]]) -> str:
    told = json.dumps(rows, separators=(",", ":"), default=repr)
    return hashlib.sha256(told.encode()).hexdigest()[:_LETTERS]


def _named(book: _Book, first: int, last: int) -> str:
    return f"{book.mark}{first}" + (f" to {book.mark}{last}" if last > first else "")
