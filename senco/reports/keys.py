"""What adds up to what: the sums that hold between counts, derived from their keys alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

TERMS: Final = ("autumn", "spring", "summer")
_TIME: Final = ("term", "upto")


@dataclass(frozen=True, slots=True)
class Sum:
    """A count that is the sum of others; an ``open`` one is at least their sum, a part being published nowhere."""

    total: str
    parts: tuple[str, ...]
    open: bool = False


@lru_cache(maxsize=2**16)
def parents(key: str) -> tuple[tuple[str, str], ...]:
    """Give each count that this one is a part of, with the dimension it is a part by.

    >>> parents("requests|need=HI|year=2020/21")
    (('requests|year=2020/21', 'need'), ('requests|need=HI', 'year'))
    """
    measure, *dimensions = key.split("|")
    return tuple(
        ("|".join([measure, *dimensions[:place], *dimensions[place + 1 :]]), dimension.partition("=")[0])
        for place, dimension in enumerate(dimensions)
    )


def depth(key: str) -> int:
    """Say how far a count is narrowed: by each dimension a step, but for the year so far, which is a sum itself.

    >>> depth("requests|year=2020/21"), depth("requests|cluster=CP1|upto=spring|year=2020/21")
    (1, 2)
    """
    return sum(name != "upto" for _, name in parents(key))


def families(keys: Collection[str]) -> list[Sum]:
    """Give every count that is the sum of a family: of the counts narrowed by one dimension more.

    >>> families(["r", "r|need=HI", "r|need=VI", "s|need=HI"])
    [Sum(total='r', parts=('r|need=HI', 'r|need=VI'), open=False)]
    """
    known = frozenset(keys)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in sorted(known):
        for parent, name in parents(key):
            if name not in _TIME and parent in known:
                found[parent, name].append(key)
    return [Sum(total, tuple(parts)) for (total, _), parts in sorted(found.items())]


def times(keys: Collection[str]) -> list[Sum]:
    """Give the sums over time: the year so far of its terms, and the whole year of what is known of it.

    >>> for each in times(["r|term=autumn", "r|term=spring", "r|upto=spring", "r"]):
    ...     print(each)
    Sum(total='r|upto=spring', parts=('r|term=autumn', 'r|term=spring'), open=False)
    Sum(total='r', parts=('r|upto=spring',), open=True)
    """
    known = frozenset(keys)
    narrowed: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for key in sorted(known):
        for (parent, name), dimension in zip(parents(key), key.split("|")[1:], strict=True):
            if name in _TIME:
                narrowed[parent][name, dimension.partition("=")[2]] = key
    found = []
    for whole, told in sorted(narrowed.items()):
        parts: list[str] = []
        missing = False
        for term in TERMS:
            part, so_far = told.get(("term", term)), told.get(("upto", term))
            parts += [part] if part else []
            missing = missing or part is None
            if so_far:
                found += [Sum(so_far, tuple(parts), missing)] if parts else []
                parts, missing = [so_far], False
        if whole in known and parts:
            found.append(Sum(whole, tuple(parts), missing))
    return found
