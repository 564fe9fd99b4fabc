"""The reasons that go with a record: read as they are kept, and written with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from senco.errors import BadInput
from senco.privacy import clean_block
from senco.requests import conduct, records, rules
from senco.requests.outcomes import Reason, ReasonKind
from senco.requests.tables import ReasonLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from senco.requests.outcomes import Record
    from senco.store.doors import Change


def reason_told(reason: str, today: date) -> str:
    """Give a reason as it is kept; raises BadInput ``requests.bad-reason``, which never repeats it."""
    told = clean_block(reason).strip()
    if why := rules.why_not_reason(told, today):
        raise BadInput("requests.bad-reason", f"The reason cannot be recorded: {why}. Nothing changed.")
    return told


def write_reasons(change: Change, record: Record, number: int, lines: Sequence[Reason]) -> None:
    """Write the lines of the reasons that go with a record."""
    for place, each in enumerate(lines, start=1):
        change.add(
            ReasonLine,
            record=record.value,
            record_id=number,
            place=place,
            kind=each.kind.value,
            text=each.text,
            owner=each.owner,
            due_on=each.due_on,
        )


def lines_told(change: Change, lines: Sequence[Reason], day: date, today: date) -> tuple[Reason, ...]:
    """Give lines of reasons as they are kept: criteria by their full name, texts clean and without a child's identity.

    Raises BadInput ``requests.bad-reason``.
    """
    criteria = records.criteria(change.ask, day)
    named = {ReasonKind.MET, ReasonKind.NOT_MET}
    told = tuple(
        replace(
            each,
            text=conduct.criterion(each.text, criteria) if each.kind in named else clean_block(each.text).strip(),
            owner=clean_block(each.owner).strip(),
        )
        for each in lines
    )
    for each in told:
        why = rules.why_not_reason(each.text, today) or (each.owner and rules.why_not_text(each.owner, today))
        if why:
            raise BadInput("requests.bad-reason", f"A line of the reasons cannot be recorded: {why}. Nothing changed.")
    if why := conduct.why_not_lines(told, criteria=criteria):
        raise BadInput("requests.bad-reason", f"The reasons cannot be recorded: {why}. Nothing changed.")
    return told
