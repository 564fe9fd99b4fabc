"""What makes a meeting what it is: its audience, its reference, what counts as a change, when it must not be held."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from senco.dates import AcademicYear

if TYPE_CHECKING:
    from collections.abc import Iterable

_REFERENCE: Final = re.compile(r"\s*([A-Za-z]{1,6})[\s-]*([0-9]{1,2})\s*")


def cluster_reference(word: str) -> str:
    """Give a cluster's reference as it is kept, from the ways people write it.

    >>> cluster_reference("cp 1"), cluster_reference("SP-07"), cluster_reference("north")
    ('CP1', 'SP7', 'NORTH')
    """
    found = _REFERENCE.fullmatch(word)
    return f"{found[1].upper()}{int(found[2])}" if found else " ".join(word.split()).upper()


def sorted_clusters(references: Iterable[str]) -> tuple[str, ...]:
    """Sort cluster references by family and number, each once.

    >>> sorted_clusters(["CP10", "CP2", "SP1", "CP2", "EAST"])
    ('CP2', 'CP10', 'EAST', 'SP1')
    """
    return tuple(sorted(set(references), key=_by_number))


def term_of(starts: str) -> str:
    """Give the term, by the calendar, of a local ISO time or day.

    >>> term_of("2021-03-23T14:00")
    'spring'
    """
    day = date.fromisoformat(starts[:10])
    return AcademicYear.of(day).term_of(day)


def _by_number(reference: str) -> tuple[str, int]:
    found = _REFERENCE.fullmatch(reference)
    return (found[1].upper(), int(found[2])) if found else (reference, 0)
