"""The words of the settings slice."""

from __future__ import annotations

from enum import StrEnum

from senco.deferred import dataclass


class Measure(StrEnum):
    """What kind of value a setting takes, which says how it is read and shown."""

    PENCE = "pence"
    COUNT = "count"
    WORD = "word"
    TEXT = "text"
    FRACTION = "fraction"
    FIGURE = "figure"
    DEADLINE = "deadline"
    SHARE = "share"


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
