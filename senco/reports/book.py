"""A report as a workbook: a first sheet to read, then a sheet a section, with the same figures as the page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from senco.privacy import clean
from senco.reports.html import WHOSE
from senco.reports.kinds import FigureKind
from senco.reports.saying import HIDDEN, INTERNAL, NONE, drawn, numeric, say_all, say_sentence, told_of
from senco.sheets.layout import CELL_PADDING, INDENT, text_width
from senco.sheets.specs import CellSpec, ChartSpec, ColumnKind, ColumnSpec, SheetSpec, WorkbookSpec

if TYPE_CHECKING:
    from senco.reports.kinds import Figure, Report, Section, Table

FIRST = "Read me first"
DRAWN = "Figures of charts"
DRAWN_FOR = (
    "A chart would draw [c] and – as nought. The charts of tables with such cells are drawn from these copies, in which"
    " they are blank, so that the chart has a gap."
)
KINDS = {
    FigureKind.TEXT: ColumnKind.TEXT,
    FigureKind.COUNT: ColumnKind.COUNT,
    FigureKind.POUNDS: ColumnKind.POUNDS,
    FigureKind.PERCENT: ColumnKind.PERCENT,
    FigureKind.DAYS: ColumnKind.COUNT,
    FigureKind.MINUTES: ColumnKind.MINUTES,
    FigureKind.SCORE: ColumnKind.SCORE,
    FigureKind.DATE: ColumnKind.DATE,
}
_LONGEST_NAME = 31
_READABLE = 100.0
_SHEET = 96.0
_FIRST_COLUMN = 22.0


def workbook(report: Report) -> WorkbookSpec:
    """Give a report as what a workbook consists of."""
    names = _names([FIRST, *(section.heading for section in report.sections), DRAWN])
    gaps = _Gaps(names[-1])
    sections = [_sheet(section, name, report, gaps) for name, section in zip(names[1:], report.sections, strict=False)]
    sheets = [_first(report, list(zip(names[1:], report.sections, strict=False)), gaps), *sections, *gaps.sheets()]
    title = f"{report.title}, {report.borough}"
    header = INTERNAL if report.internal else ""
    return WorkbookSpec(tuple(sheets), title=title, footer=title, seal=report.seal, header=header)


def _first(report: Report, sections: list[tuple[str, Section]], gaps: _Gaps) -> SheetSpec:
    told = [INTERNAL] if report.internal else []
    told += [report.period, f"{report.borough}, {WHOSE[report.audience]}" if report.audience else report.borough]
    rows = [(name, "; ".join(table.caption for table in section.tables)) for name, section in sections]
    if gaps.tables:
        rows.append((gaps.name, DRAWN_FOR))
    columns = (ColumnSpec("Sheet", wrap=False), ColumnSpec("What it holds", width=_READABLE - 30))
    notes = tuple(told_of(report))
    return SheetSpec(
        FIRST, columns, tuple(rows), lead=report.first_line, title=report.title, lines=tuple(told), notes=notes
    )


def _sheet(section: Section, name: str, report: Report, gaps: _Gaps) -> SheetSpec:
    said = [INTERNAL] if report.internal else []
    said += [text for each in section.sentences if (text := say_sentence(each))]
    for table in section.tables:
        if not table.rows:
            said.append(f"{table.caption}: {table.empty}")
    tables = [_table(table, name, gaps) for table in section.tables if table.rows]
    if not tables:
        return SheetSpec(
            name, (ColumnSpec("", width=_SHEET),), (), title=section.heading, lines=tuple(said), headings=False
        )
    return SheetSpec(
        name, tables[0].columns, (), title=section.heading, lines=tuple(said), headings=False, also=tuple(tables),
        least_width=_SHEET,
    )  # fmt: skip


def _table(table: Table, name: str, gaps: _Gaps) -> SheetSpec:
    figures = numeric(table)
    count = len(table.rows) - table.totals
    rows = [tuple(map(_cell, row, texts)) for row, texts in zip(table.rows, say_all(table), strict=True)]
    columns = tuple(
        ColumnSpec(heading, _kind(table, place), _width(table, place) if figures[place] or not place else None)
        for place, heading in enumerate(table.headings)
    )
    chart = None
    if told := drawn(table):
        held = [row[place].value for row in table.rows[:count] for place in told.values]
        values = [value for value in held if isinstance(value, int)]
        axis = columns[told.values[0]].kind
        nought = min([0, *values]) == 0
        chart = ChartSpec(clean(told.title), told.kind, 0, told.values, figures=axis, from_nought=nought)
        if len(values) < len(held):
            chart = gaps.chart(table, rows[:count], columns, chart)
    return SheetSpec(
        name,
        columns,
        tuple(rows[:count]),
        title=table.caption,
        last=rows[-1] if table.totals else (),
        notes=(table.note,) if table.note else (),
        chart=chart,
    )


def _cell(figure: Figure, text: str) -> CellSpec:
    """Give a figure as a cell of its own kind: what cannot be reckoned with, as the text that the page shows."""
    value = figure.value
    if figure.hidden or value is None:
        return CellSpec(HIDDEN if figure.hidden else NONE, kind=ColumnKind.TEXT, right=True)
    if figure.kind is FigureKind.DATE and isinstance(value, str):
        return CellSpec(date.fromisoformat(value), kind=ColumnKind.DATE)
    return CellSpec(value if isinstance(value, int) else text, kind=KINDS[figure.kind])


def _kind(table: Table, place: int) -> ColumnKind:
    kinds = [row[place].kind for row in table.rows]
    return KINDS[next((kind for kind in kinds if kind is not FigureKind.TEXT), FigureKind.TEXT)]


def _width(table: Table, place: int) -> float:
    """Give a column of figures room for its longest figure and its heading's longest word, the first for its labels."""
    texts = [row[place] for row in say_all(table)]
    words = max((text_width(word, bold=True) for word in table.headings[place].split()), default=0.0)
    if not place:
        return max(_FIRST_COLUMN, words + CELL_PADDING, min(max(map(text_width, texts)) + CELL_PADDING, 48.0))
    return max(words + CELL_PADDING, max(text_width(f"{text}.00", bold=True) for text in texts) + INDENT)


class _Gaps:
    """The sheet of figures that charts are drawn from where a table has hidden ones."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tables: list[SheetSpec] = []
        self.row = 2  # under the sheet's title and its line

    def chart(
        self, table: Table, rows: list[tuple[CellSpec, ...]], columns: tuple[ColumnSpec, ...], chart: ChartSpec
    ) -> ChartSpec:
        """Keep a copy of a table without texts among its figures, and give the chart that is drawn from it."""
        places = (0, *chart.values)
        kept = tuple(tuple(CellSpec(None) if row[place].right else row[place] for place in places) for row in rows)
        self.tables.append(SheetSpec(self.name, tuple(columns[place] for place in places), kept, title=table.caption))
        heading = self.row + 3
        self.row = heading + len(rows)
        values = tuple(range(1, len(places)))
        return replace(chart, values=values, elsewhere=self.name, heading_row=heading)

    def sheets(self) -> list[SheetSpec]:
        """Give the sheet, when there is anything to stand on it."""
        if not self.tables:
            return []
        return [
            SheetSpec(
                self.name, self.tables[0].columns, (), title=DRAWN, lines=(DRAWN_FOR,), headings=False,
                also=tuple(self.tables), least_width=_SHEET,
            )
        ]  # fmt: skip


def _names(headings: list[str]) -> list[str]:
    """Give each sheet a name that every spreadsheet program takes and no other sheet has."""
    given: list[str] = []
    for heading in headings:
        name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", clean(heading)).strip(" '")[:_LONGEST_NAME].strip(" '") or "Sheet"
        taken, number = {each.casefold() for each in given}, 2
        plain = name
        while name.casefold() in taken:
            end = f" {number}"
            name, number = plain[: _LONGEST_NAME - len(end)] + end, number + 1
        given.append(name)
    return given
