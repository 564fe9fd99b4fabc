"""The words of the meetings slice and its public shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One meeting as somebody's calendar is to show it.

    ``uid`` stays with the meeting for good: it never follows the date or the title, so that a later export updates
    what an earlier one made. ``sequence`` goes up by one at each change of time, place or status. ``starts``, ``ends``
    and ``changed`` know their zone (UTC); ``changed`` is when the meeting was last changed, never when it is exported.
    ``reference`` is what people call the meeting; errors name it.
    """

    uid: str
    reference: str
    sequence: int
    status: Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
    summary: str
    location: str
    description: str
    categories: tuple[str, ...]
    starts: datetime
    ends: datetime
    changed: datetime
