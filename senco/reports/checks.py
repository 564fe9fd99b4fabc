"""Named findings over what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.findings import Finding
from senco.reports import recorded
from senco.reports.keys import families

if TYPE_CHECKING:
    from datetime import date

    from senco.reports.kinds import PublicationLine
    from senco.store.doors import Ask

_DECLARED = "SELECT publication_id, counts FROM publication"
_ALTERED = "The store was altered outside senco: put the last backup back."


def findings(ask: Ask, day: date) -> list[Finding]:  # noqa: ARG001 - the checks of every slice are asked alike
    """Find publications that lack counts, whose counts do not add up, or that showed a small one."""
    declared = dict(ask.all(lambda *row: row, _DECLARED))
    found = []
    for line in recorded.publications(ask):
        where = f"publication {line.number} ({line.name})"
        if len(line.shown) != declared[line.number]:
            what = f"It has {len(line.shown)} counts on record where it was published with {declared[line.number]}."
            found.append(Finding("reports.counts-missing", where, what, _ALTERED))
        if total := _not_the_sum(line):
            found.append(Finding("reports.does-not-add-up", where, f"{total} is not the sum of its parts.", _ALTERED))
        small = sum(count is not None and 0 < count < line.below for count in line.shown.values())
        if small:
            what = f"It shows {small} of its counts although they are less than {line.below}."
            found.append(Finding("reports.small-shown", where, what, _ALTERED))
    return found


def _not_the_sum(line: PublicationLine) -> str:
    """Give the first count that differs from the sum of its parts, all being shown, or an empty text."""
    for each in families(line.shown):
        total, parts = line.shown[each.total], [line.shown[part] for part in each.parts]
        if total is not None and None not in parts and total != sum(part for part in parts if part is not None):
            return each.total
    return ""
