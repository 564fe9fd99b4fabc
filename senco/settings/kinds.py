"""The words of the settings slice."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

from senco.deferred import dataclass


class Measure(StrEnum):
    """What kind of value a setting takes, which says how it is read and shown."""

    PENCE = "pence"
    COUNT = "count"
    WORD = "word"
    TEXT = "text"
    FIGURE = "figure"
    DEADLINE = "deadline"
    SHARE = "share"
    GROUPS = "groups"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Definition:
    """One thing a borough may set: its name, measure, default, allowed words, meaning and where values were seen."""

    name: str
    measure: Measure
    default: str
    meaning: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingLine:
    """A setting's value on a day; ``holds_from`` is an ISO date, None for senco's own default."""

    name: str
    value: str
    holds_from: str | None
    set_by: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A setting through time: ``steps`` are its values with the day (ISO) from which each holds, the first first."""

    default: str
    steps: tuple[tuple[str, str], ...] = ()

    def on(self, day: date) -> str:
        """Give the value of a day: the newest that holds by then, or senco's default."""
        told = day.isoformat()
        return next((value for holds_from, value in reversed(self.steps) if holds_from <= told), self.default)
