"""What adds up to what: the sums that hold between counts, derived from their keys alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from senco.reports.kinds import key as named

if TYPE_CHECKING:
    from collections.abc import Collection

TERMS: Final = ("autumn", "spring", "summer")
_TIME: Final = ("term", "upto")
# A count that is printed nowhere, so that it is always hidden: it ties counts that readers tie by what they mean.
SETTLED: Final = "settled"
# How many rulings settled a request for good: by what they ruled, and by where their requests stood at the end. The
# second are those that stand as decided, and the others: of earlier terms, or withdrawn after all.
SETTLED_APART: Final = "settled-apart"
_SETTLED: Final[tuple[tuple[tuple[str, dict[str, str]], ...], ...]] = (
    (("decisions", {}), ("put-off", {"outcome": "returned"}), ("put-off", {"outcome": "withdrawn"})),
    (("requests", {"state": "closed", "stage": "decided"}), (SETTLED_APART, {})),
)


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
    return [*(Sum(total, tuple(parts)) for (total, _), parts in sorted(found.items())), *_ties(known)]


def _ties(known: Collection[str]) -> list[Sum]:
    """Give the sums between counts of several measures, as far as all of them are known.

    Whoever reads that so many requests are decided, and so many agreed or declined, knows how many were returned to
    their schools or closed as withdrawn, and so how many of those not settled were deferred.
    """
    found = []
    for total in sorted(key for key in known if key.startswith(f"{SETTLED}|")):
        span = dict(dimension.split("=", 1) for dimension in total.split("|")[1:])
        for parts in _SETTLED:
            told = tuple(named(measure, **span, **of) for measure, of in parts)
            found += [Sum(total, told)] if all(part in known for part in told) else []
    return found


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
