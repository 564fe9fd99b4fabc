"""From a report with everything in it to one that may leave the house."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from senco.errors import Fault
from senco.reports import suppression
from senco.reports.attack import DoesNotAddUp
from senco.reports.masking import masked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.reports.kinds import Report, Shown


def protected(report: Report, *, below: int, before: Sequence[Shown]) -> Report:
    """Hide what must be hidden of a report, given what was published of the year before (`recorded.before`).

    An internal report stays as it is. Raises Fault ``report.does-not-add-up`` when a count differs from the sum of its
    family: figures that contradict each other cannot be protected.

    Where a count was published as another number before, a note says how many were: nothing ties the two together.
    """
    if report.internal:
        return report
    try:
        hidden = suppression.hidden(report.counts, below=below, before=before)
    except DoesNotAddUp as error:
        raise Fault(
            "report.does-not-add-up",
            f"The count {error} of {report.name} is not the sum of its parts. Nothing was published.",
            "Please report this.",
        ) from None
    safe = masked(report, hidden)
    moved = sum(_differs(key, count, before) for key, count in safe.counts.items())
    if not moved:
        return safe
    what = "1 count differs" if moved == 1 else f"{moved} counts differ"
    note = f"{what} from what was published earlier this year: records were added or corrected since."
    return replace(safe, notes=(*safe.notes, note))


def _differs(key: str, count: int, before: Sequence[Shown]) -> bool:
    return any(each.get(key) not in {None, count} for each in before)
