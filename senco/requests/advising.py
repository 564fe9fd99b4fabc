"""What the storeys above have to say to an award before it is recorded, asked through a protocol that they fill.

Need is judged apart from the money: a warning changes nothing, and without anybody to ask there is none.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

from senco.deferred import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from senco.console.desk import Desk
    from senco.requests.kinds import CaseLine
    from senco.requests.outcomes import DecisionLine, RecommendationLine
    from senco.store.doors import Ask


@dataclass(frozen=True, slots=True)
class Proposed:
    """An award that is asked for, advised or decided; pence, as the record has it.

    Without a first day it runs from the day it is decided, without a last to the end of that academic year.
    """

    request: str
    amount_pence: int
    first: date | None = None
    last: date | None = None


class Adviser(Protocol):
    """Whoever knows what awards would mean elsewhere: the budget, for the money."""

    def __call__(self, ask: Ask, proposed: Sequence[Proposed], day: date) -> Sequence[str]:
        """Give a warning for each award that overruns its envelope, one after the other in the order given."""


def warnings(desk: Desk, ask: Ask, proposed: Iterable[Proposed]) -> list[str]:
    """Give what the adviser of this desk says to awards; nothing where there is none, or where no money is asked."""
    adviser: Adviser | None = desk.adviser
    asked = [each for each in proposed if each.amount_pence]
    return list(adviser(ask, asked, desk.today)) if adviser and asked else []


def asked(case: CaseLine, amount: int | None = None) -> Proposed:
    """Give what a request asks for, or another amount for the same time."""
    return Proposed(
        case.reference, case.asked_pence if amount is None else amount, _day(case.asked_from), _day(case.asked_to)
    )


def said(lines: Iterable[RecommendationLine | DecisionLine]) -> list[Proposed]:
    """Give what a panel's advice or an officer's decisions award."""
    return [
        Proposed(line.request, line.amount_pence or 0, _day(line.awarded_from), _day(line.awarded_to)) for line in lines
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
