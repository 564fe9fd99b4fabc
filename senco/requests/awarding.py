"""What the amount of an award means: the whole sum for its time, or one for a year, as the borough had it that day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from senco.dates import from_utc, read_iso_utc
from senco.money import say_pounds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from senco.settings.kinds import Dated

SETTING: Final = "award.means"


class AwardMeans(StrEnum):
    """What an agreed amount is: the whole sum for the award's time, or the sum for a year of it."""

    WHOLE = "whole"
    YEAR = "year"

    @property
    def per(self) -> str:
        """The words that stand after an amount."""
        return "a year" if self is AwardMeans.YEAR else "for the whole time"


def means_on(setting: Dated, day: date) -> AwardMeans:
    """Give what an award decided on a day means; ``setting`` is ``award.means`` through time.

    >>> from datetime import date
    >>> from senco.settings.kinds import Dated
    >>> told = Dated("whole", (("2021-01-01", "year"),))
    >>> means_on(told, date(2020, 12, 31)).per, means_on(told, date(2021, 1, 1)).per
    ('for the whole time', 'a year')
    """
    return AwardMeans(setting.on(day))


def decided_on(told: str | None, made_at: str) -> date:
    """Give the day of a decision: the one told with it (ISO), else the day in London on which it was typed in.

    >>> decided_on("2021-05-24", "2021-05-31T23:30:00+00:00"), decided_on(None, "2021-05-31T23:30:00+00:00")
    (datetime.date(2021, 5, 24), datetime.date(2021, 6, 1))
    """
    return date.fromisoformat(told) if told else from_utc(read_iso_utc(made_at)).date()


def summed(amounts: Iterable[tuple[int | None, str]]) -> str:
    """Say what amounts (pence, None for none) come to, those that mean different things apart.

    >>> summed([(100_00, "year"), (None, "whole"), (250_00, "year")]), summed([(100_00, "year"), (5, "whole")])
    ('£350.00 a year', '£0.05 for the whole time and £100.00 a year')
    >>> summed([])
    '£0.00'
    """
    sums: dict[AwardMeans, int] = {}
    for pence, means in amounts:
        if pence is not None:
            sums[AwardMeans(means)] = sums.get(AwardMeans(means), 0) + pence
    told = [f"{say_pounds(sums[means])} {means.per}" for means in AwardMeans if means in sums]
    return " and ".join(told) or say_pounds(0)
