"""A report without what it must not show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from senco.reports.kinds import Figure, Report, Section, Sentence, Table


def masked(report: Report, hidden: Collection[str]) -> Report:
    """Take out every figure that rests on a hidden count, and every sentence with such a figure in it.

    A figure that rests on a count that the report does not give is taken out too: nobody has looked at that count. The
    counts that stay are those shown; ``hidden`` keeps the keys of the others, without their values.
    """
    hides = report.hidden.union(hidden)
    shown = {key: count for key, count in report.counts.items() if key not in hides}
    sections = tuple(_section(each, shown) for each in report.sections)
    return replace(report, sections=sections, counts=shown, hidden=hides)


def _section(section: Section, shown: Collection[str]) -> Section:
    sentences = tuple(each for each in section.sentences if _whole(each, shown))
    return replace(section, sentences=sentences, tables=tuple(_table(each, shown) for each in section.tables))


def _whole(sentence: Sentence, shown: Collection[str]) -> bool:
    return not any(_figure(each, shown).hidden for each in sentence.figures)


def _table(table: Table, shown: Collection[str]) -> Table:
    return replace(table, rows=tuple(tuple(_figure(each, shown) for each in row) for row in table.rows))


def _figure(figure: Figure, shown: Collection[str]) -> Figure:
    if not figure.hidden and all(key in shown for key in figure.follows):
        return figure
    return replace(figure, value=None, hidden=True)
