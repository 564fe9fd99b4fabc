"""The shape of an answer before it is drawn: named lines, and the columns people see of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from senco.deferred import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Align = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table for people.

    ``keep`` says how dear it is on a narrow screen: 0 is never dropped, the highest number goes first. ``whole``
    columns (references, money, outcomes, dates) are never shortened or folded.
    """

    heading: str
    show: Callable[[Any], str]
    keep: int = 0
    align: Align = "left"
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines of one kind under one name; ``name`` is the key in JSON; ``empty`` is said when there are none."""

    name: str
    lines: Sequence[Any]
    columns: Sequence[Column]
    title: str = ""
    empty: str = "None."
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One thing shown whole: its line for machines, its labelled facts for people, and listings under it."""

    name: str
    line: Any
    title: str
    facts: Sequence[tuple[str, str]]
    listings: Sequence[Listing] = ()


Answer = Listing | Card
