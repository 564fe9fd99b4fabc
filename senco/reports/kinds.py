"""The words of a report: figures, and the tables, charts and sections that they stand in, before anybody draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Literal

from senco.deferred import dataclass


class Audience(StrEnum):
    """Whom a report is made for."""

    SCHOOLS = "schools"
    LEADS = "leads"
    FORUM = "forum"
    FINANCE = "finance"


class TermWord(StrEnum):
    """How a term is asked for: by its name, or as the one that has ended last."""

    AUTUMN = "autumn"
    SPRING = "spring"
    SUMMER = "summer"
    LAST = "last"


class TermName(StrEnum):
    """A term by its name."""

    AUTUMN = "autumn"
    SPRING = "spring"
    SUMMER = "summer"


class FigureKind(StrEnum):
    """What a figure is, which decides how it is written.

    ``pounds`` are whole pence, ``percent`` tenths of a percent, ``score`` tenths of a point; ``minutes`` and ``days``
    are whole; a ``date`` is ISO text.
    """

    TEXT = "text"
    COUNT = "count"
    POUNDS = "pounds"
    PERCENT = "percent"
    DAYS = "days"
    MINUTES = "minutes"
    SCORE = "score"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report; None is a figure that does not exist, such as a mean of nothing.

    ``follows`` names the counts of children (see ``key``) that it rests on: it is shown only while each of them is. A
    count of children follows itself; a figure that says nothing of a child follows nothing. ``hidden`` figures have
    lost their value.
    """

    value: int | str | None
    kind: FigureKind = FigureKind.TEXT
    follows: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with figures in it: each ``{}`` stands for one; it is left out when one of them is hidden."""

    text: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of the table it stands with: ``values`` are columns counted from 0, the first column has the labels.

    A hidden figure is drawn as a gap, never as nought.
    """

    kind: Literal["bars", "stacked", "line"]
    title: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first figure of a row names it; with ``totals`` the last row is the sum of the others.

    ``name`` is its stable name for machines, and for the places where it can be linked to.
    """

    name: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Figure, ...], ...]
    totals: bool = False
    note: str = ""
    empty: str = "Nothing in this period."
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a report, with those for whom it is meant."""

    name: str
    heading: str
    audiences: frozenset[Audience]
    sentences: tuple[Sentence, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``name`` becomes the names of its files; ``first_line`` is what the checks found, and the seal.

    ``counts`` holds every count of children that any of its figures rests on, by key, whoever it is for: hiding is
    decided over all of them at once. ``internal`` reports hide nothing and say so on every page. Of a protected report
    ``counts`` are those that may be shown, and ``hidden`` holds the keys of the others.
    """

    name: str
    title: str
    period: str
    borough: str
    first_line: str
    seal: str
    sections: tuple[Section, ...]
    audience: Audience | None = None
    internal: bool = False
    notes: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


Shown = Mapping[str, int | None]
"""What a publication made known of its counts, by key: the number, or None for a hidden one, which is at least 1."""


@dataclass(frozen=True, slots=True)
class PublicationLine:
    """A report as it was published; ``day`` is the ISO day it speaks of, ``below`` the threshold that held."""

    number: int
    name: str
    kind: str
    year: str
    term: str
    day: str
    below: int
    made_at: str
    made_by: str
    shown: Shown = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a report in its folder: whom it is for ("" for anybody), and whether it had to be written anew."""

    file: str
    audience: str
    internal: bool
    written: bool


def key(measure: str, **dimensions: str) -> str:
    """Give the name of a count: what is counted, and the value of each dimension that narrows it.

    A dimension that is left out is summed over. Of every dimension that is used with one count, a count for each of its
    values is given, nought too: that is what makes the sums complete.

    >>> key("requests", year="2020/21", term="autumn", cluster="CP1")
    'requests|cluster=CP1|term=autumn|year=2020/21'
    """
    return "|".join([measure, *(f"{name}={value}" for name, value in sorted(dimensions.items()))])
