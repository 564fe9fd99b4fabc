"""A report on the screen: a card that says what it is, then its tables, in the forms that every answer has."""

from __future__ import annotations

import keyword
import re
from dataclasses import make_dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from senco.console.listing import Card, Column, Listing
from senco.deferred import dataclass
from senco.reports.kinds import FigureKind
from senco.reports.saying import HIDDEN, INTERNAL, numeric, say_all, say_sentence, told_of

if TYPE_CHECKING:
    from senco.console.listing import Answer
    from senco.reports.kinds import Figure, Report, Table

_UNITS = {
    FigureKind.POUNDS: "_pence",
    FigureKind.PERCENT: "_tenths",
    FigureKind.SCORE: "_tenths",
    FigureKind.MINUTES: "_minutes",
}


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What a report is, for machines; a hidden figure of its tables is the text ``[c]``, one that is none is null."""

    name: str
    title: str
    period: str
    borough: str
    internal: bool
    said: tuple[str, ...]
    notes: tuple[str, ...]


def answers(report: Report) -> list[Answer]:
    """Lay out a report: what it is and says, then every table under its own name."""
    tables = [table for section in report.sections for table in section.tables]
    return [_card(report), *(_listing(table, internal=report.internal) for table in tables)]


def by_group(report: Report) -> list[Answer]:
    """Lay out the first table of a report in parts: one for each text of its first column, whose other columns differ.

    What is the same in all rows of a part is said once, above it.
    """
    table = report.sections[0].tables[0]
    found: list[Answer] = [_card(report)]
    for name, held in groupby(zip(table.rows, say_all(table), strict=True), key=lambda each: each[1][0]):
        rows = list(held)
        texts = [text for _, text in rows]
        own = [place for place in (1, 2) if place < len(table.headings)]
        shared = [f"{table.headings[place]}: {texts[0][place]}" for place in range(3, len(table.headings))]
        columns = [Column(table.headings[place], partial(_text, place)) for place in own]
        found.append(Listing(name, texts, columns, title=f"{name}  ({'; '.join(shared)})"))
    return found


def _text(place: int, texts: list[str]) -> str:
    return texts[place]


def _card(report: Report) -> Card:
    told = [
        (section.heading, text) for section in report.sections for each in section.sentences
        if (text := say_sentence(each))
    ]  # fmt: skip
    notes = told_of(report)
    line = ReportLine(
        report.name,
        report.title,
        report.period,
        report.borough,
        report.internal,
        tuple(text for _, text in told),
        tuple(notes),
    )
    facts = [*([("For", INTERNAL)] if report.internal else []), ("Period", report.period), *told]
    facts += [("Note", note) for note in notes]
    return Card("report", line, f"{report.title}, {report.borough}", facts)


def _listing(table: Table, *, internal: bool) -> Listing:
    """Give a table as lines with a field for each column; those of an internal report say what they are."""
    names = [*_fields(table), *(["marked"] if internal else [])]
    line: Any = make_dataclass("TableLine", names)
    lines = []
    for row, texts in zip(table.rows, say_all(table), strict=True):
        told = line(*map(_plain, row), *([INTERNAL] if internal else []))
        told.texts = texts
        lines.append(told)
    columns = [
        Column(heading, partial(_said, place), keep=place, align="right" if right else "left", whole=right or not place)
        for place, (heading, right) in enumerate(zip(table.headings, numeric(table), strict=True))
    ]
    notes = [table.note] if table.note and table.rows else []
    return Listing(table.name.replace("-", "_"), lines, columns, title=table.caption, empty=table.empty, notes=notes)


def _said(place: int, line: Any) -> str:
    return str(line.texts[place])


def _plain(figure: Figure) -> int | str | None:
    return HIDDEN if figure.hidden else figure.value


def _fields(table: Table) -> list[str]:
    """Name the columns for machines: by their headings, with the unit of what is no plain number."""
    given: list[str] = []
    for place, heading in enumerate(table.headings):
        kinds = [row[place].kind for row in table.rows]
        unit = next((_UNITS[kind] for kind in kinds if kind in _UNITS), "")
        name = re.sub(r"[^a-z0-9]+", "_", heading.casefold()).strip("_") or "of"
        plain = f"n{name}" if name[0].isdigit() else f"{name}_" if keyword.iskeyword(name) else name
        name, number = plain + unit, 2
        while name in given:
            name, number = f"{plain}_{number}{unit}", number + 1
        given.append(name)
    return given
