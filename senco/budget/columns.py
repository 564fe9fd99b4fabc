"""The columns that the budget's tables share: bars, pounds, hours, names of accounts as they are typed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from senco.console.listing import Column
from senco.money import say_pounds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BAR = 16
_BLOCKS = "█▓░"
_BEYOND = "more than there is"


def bar(*shares: int, width: int = BAR) -> str:
    """Draw amounts as one bar, each with a mark of its own, the rest of the first amount as dots.

    The first amount is the whole. A bar that is too long ends in a mark of its own.

    >>> bar(100, 50, 25, width=8)
    '####==..'
    """
    whole, *parts = shares
    marks = _marks()
    if whole <= 0:
        return "!" if any(part > 0 for part in parts) else ""
    out = ""
    reached = 0
    for mark, part in zip(marks, parts, strict=False):
        reached += max(part, 0)
        out += mark * (min(width, round(reached * width / whole)) - len(out))
    return out.ljust(width, marks[-1]) + ("!" if reached > whole else "")


def legend(*words: str) -> str:
    """Say what the marks of bars stand for, in their order.

    >>> legend("gone", "promised", "free")
    '# gone, = promised, . free, ! more than there is.'
    """
    return ", ".join(f"{mark} {word}" for mark, word in zip((*_marks(), "!"), (*words, _BEYOND), strict=True)) + "."


def _marks() -> str:
    try:
        _BLOCKS.encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return "#=."
    return _BLOCKS


def short(account: str) -> str:
    """Give an account's name as it is typed.

    >>> short("cluster:CP1:training"), short("hnb")
    ('CP1:training', 'hnb')
    """
    return account.removeprefix("cluster:")


def filled(lines: Sequence[object], *columns: Column) -> tuple[Column, ...]:
    """Give the columns that say anything: those that are empty for every line would only take room."""
    return tuple(each for each in columns if not lines or each.keep == 0 or any(each.show(line) for line in lines))


def pounds(heading: str, of: Callable[..., int], keep: int = 0) -> Column:
    """Give a column of amounts of money."""
    return Column(heading, lambda line: say_pounds(of(line)), keep=keep, align="right")


def hours(heading: str, of: Callable[..., int], keep: int = 0) -> Column:
    """Give a column of lengths of time."""
    return Column(heading, lambda line: said_minutes(of(line)), keep=keep, align="right")


def said_minutes(minutes: int) -> str:
    """Give minutes as hours and minutes."""
    from senco.budget.hours import say_minutes

    return say_minutes(minutes)
