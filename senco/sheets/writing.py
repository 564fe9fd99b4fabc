"""The door out: workbooks built from nothing, plain and the same to the byte from the same data."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from senco.privacy import clean, clean_block
from senco.sheets import layout, pages
from senco.sheets.cells import bare, kind_of, shown, sum_of
from senco.sheets.delimited import csv_bytes, csv_text
from senco.sheets.kinds import column_letters
from senco.sheets.lists import Lists
from senco.sheets.looks import INDENTED, Look, Looks, growing_row, look_of, set_usual_font, text_look
from senco.sheets.packing import pack
from senco.sheets.specs import (
    CellSpec,
    ChartSpec,
    ColumnKind,
    ColumnSpec,
    LegendEntry,
    MergeSpec,
    SheetSpec,
    WorkbookSpec,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from senco.sheets.specs import SpecValue

__all__ = [
    "CellSpec",
    "ChartSpec",
    "ColumnKind",
    "ColumnSpec",
    "LegendEntry",
    "MergeSpec",
    "SheetSpec",
    "WorkbookSpec",
    "csv_bytes",
    "csv_text",
    "workbook_bytes",
]

LONGEST_TEXT = 32_767
CUT = " … (cut)"
LONGEST_ERROR = 225
TITLE_SIZE = 14
CAPTION_SIZE = 11
HEADING_FILL = "DCE6EE"
TO_FILL = "FFFBE6"
SPARE_WIDTH = 12.0


def workbook_bytes(spec: WorkbookSpec, *, made: datetime) -> bytes:
    """Build a workbook: the same spec and ``made`` give the same bytes.

    Every text is stored as text, also one that begins like a formula; the only formulas are those that a spec holds,
    which no data can be. Totals are plain numbers, so that every program reads them, unless the spec says a formula.
    ``made`` goes into the file's properties; a moment without a zone counts as UTC.
    """
    import openpyxl

    from senco.sheets.saving import saved

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    set_usual_font(book)
    looks = Looks()
    lists = Lists(book)
    for sheet in spec.sheets:
        _SheetWriter(book.create_sheet(sheet.name), sheet, spec, looks, lists).write()
    lists.write(looks)
    moment = made if made.tzinfo else made.replace(tzinfo=UTC)
    return pack(saved(book), title=clean(spec.title), made=moment.astimezone(UTC))


class _SheetWriter:
    """The writing of one sheet from top to bottom; a further table on it has a writer that goes on below another's."""

    def __init__(
        self,
        sheet: Worksheet,
        spec: SheetSpec,
        book: WorkbookSpec,
        looks: Looks,
        lists: Lists,
        *,
        above: _SheetWriter | None = None,
    ) -> None:
        self.sheet = sheet
        self.spec = spec
        self.book = book
        self.looks = looks
        self.lists = lists
        self.above = above
        self.row: int = above.row + 1 if above else 0
        self.merged = {cell for merge in spec.merges for cell in _covered(merge)}
        self.across = {
            cell for merge in spec.merges if merge.last_column > merge.first_column for cell in _covered(merge)
        }
        self.widths: list[float] = above.widths if above else self._widths()
        self.upright: bool = above.upright if above else pages.upright(spec, self.widths)

    def write(self) -> None:
        """Write everything the sheet holds."""
        for place, width in enumerate(self.widths, start=1):
            self.sheet.column_dimensions[column_letters(place)].width = width
        heading_row = self._table()
        writer, blocks = self, [(self.block, self.drawing)] if self.spec.rows else []
        for part in self.spec.also:
            writer = _SheetWriter(self.sheet, part, self.book, self.looks, self.lists, above=writer)
            writer._table()
            begun = writer.block[0] if blocks else 1  # what is said above all tables stays with the first of them
            blocks.append(((begun, writer.block[1]), writer.drawing))
        if self.spec.also:
            pages.break_between(self.sheet, blocks, self.widths, upright=self.upright)
        pages.set_up(self.sheet, self.spec, self.book, 0 if self.spec.also else heading_row, upright=self.upright)

    def _table(self) -> int:
        """Write one table with what stands around it; give the row of its headings."""
        begun = self.row + 1
        self._heading_block()
        heading_row = self._headings()
        first = self.row + 1
        self._rows()
        self._merges(first)
        self._validations(first)
        self._cell_validations(first)
        last = self.row
        self._totals()
        self._below()
        self.block = (begun, self.row)
        self.drawing = (0, -1)
        if self.spec.chart and last > first:
            self._chart(self.spec.chart, heading_row, first, last)
        return heading_row

    def _chart(self, chart: ChartSpec, heading_row: int, first: int, last: int) -> None:
        from senco.sheets import charts

        alone = not (self.above or self.spec.also)
        figures = chart.figures or self.spec.columns[chart.values[0]].kind
        charts.add_chart(
            self.sheet,
            chart,
            headings=heading_row,
            first=first,
            last=last,
            under=self.row + 1,
            figures=figures,
            alone=alone,
            upright=self.upright,
        )
        if not alone:
            self.drawing = (self.row + 1, self.row + 1 + charts.ROWS)
            for row in range(self.row + 1, self.drawing[1] + 1):
                self.sheet.row_dimensions[row].height = charts.ROW_POINTS
            self.row = self.drawing[1]

    def _widths(self) -> list[float]:
        parts = (self.spec, *self.spec.also)
        count = max(len(part.columns) for part in parts)
        columns = [[part.columns[place] for part in parts if place < len(part.columns)] for place in range(count)]
        given = [[each.width for each in same if each.width is not None] for same in columns]
        widths = layout.fit_columns(
            [[text for part in parts for text in self._texts(part, place)] for place in range(count)],
            [max(told) if len(told) == len(same) else None for told, same in zip(given, columns, strict=True)],
            [any(each.wrap and each.kind is ColumnKind.TEXT for each in same) for same in columns],
            [layout.INDENT if any(each.kind in INDENTED for each in same) else 0.0 for same in columns],
        )
        while sum(widths) < self.spec.least_width:
            widths.append(min(self.spec.least_width - sum(widths), SPARE_WIDTH))
        return widths

    def _texts(self, part: SheetSpec, place: int) -> list[tuple[str, bool]]:
        if place >= len(part.columns):
            return []
        column = part.columns[place]
        texts = [(clean(column.heading), True)] if part.headings else []
        across = self.across if part is self.spec else set[tuple[int, int]]()
        for number, row in enumerate((*part.rows, part.last), start=1):
            if place < len(row) and (number, place) not in across:
                value, _, bold = bare(row[place])
                texts.append((shown(value, kind_of(row[place], column)), bold))
        if column.total and part.totals:
            texts.append((shown(sum_of(part, place), column.kind), True))
        texts.extend((choice, False) for choice in column.choices)
        return texts

    def _heading_block(self) -> None:
        if self.spec.lead:
            self._across(self.spec.lead, Look(boxed=False))
        if self.spec.title:
            self._across(self.spec.title, Look(bold=True, boxed=False, size=CAPTION_SIZE if self.above else TITLE_SIZE))
        for line in self.spec.lines:
            self._across(line, Look(boxed=False))
        if self.row and not (self.above or self.spec.also):
            self.row += 1

    def _headings(self) -> int:
        if not self.spec.headings:
            return 0
        self.row += 1
        height = 0.0
        for place, column in enumerate(self.spec.columns):
            look = Look(bold=True, fill=HEADING_FILL)
            self._put(self.row, place + 1, column.heading, look)
            height = max(height, self._height(column.heading, place, bold=True))
        self.sheet.row_dimensions[self.row].height = height
        return self.row

    def _rows(self) -> None:
        bases = [look_of(column.kind) for column in self.spec.columns]
        usual = [TO_FILL if column.to_fill else None for column in self.spec.columns]
        known: dict[tuple[int, str | None, bool, bool], Look] = {}
        for number, row in enumerate(self.spec.rows, start=1):
            self.row += 1
            height = layout.height_of(self.spec.least_lines)
            for place, base in enumerate(bases):
                given = row[place] if place < len(row) else None
                value, fill, bold = bare(given)
                # LibreOffice drops the indent of a figure that may wrap
                wrap = self.spec.columns[place].wrap and not isinstance(value, int | float)
                seen = (place, fill, bold, wrap)
                if seen not in known:
                    known[seen] = base._replace(fill=fill or usual[place], bold=bold, wrap=wrap)
                look = known[seen]
                if isinstance(given, CellSpec):
                    height = max(height, layout.height_of(given.lines))
                    if given.kind:
                        look = look_of(given.kind)._replace(fill=look.fill, bold=bold)
                        look = look._replace(wrap=wrap and given.kind not in INDENTED)
                    if given.to_fill:
                        look = look._replace(fill=fill or TO_FILL)
                    if given.formula:
                        self._formula(place + 1, given.formula, look)
                        continue
                self._put(self.row, place + 1, value, look, right=isinstance(given, CellSpec) and given.right)
                if wrap and isinstance(value, str) and (number, place) not in self.merged:
                    height = max(height, self._height(value, place, bold=bold))
            if self.spec.grows:
                self.sheet.row_dimensions[self.row] = growing_row(self.sheet, self.row, height)
            else:
                self.sheet.row_dimensions[self.row].height = height

    def _formula(self, column: int, formula: str, look: Look) -> None:
        text = self.book.placed(formula, self.spec, self.row)
        self.looks.put_formula(self.sheet.cell(self.row, column), text, look._replace(wrap=False))

    def _merges(self, first: int) -> None:
        for merge in self.spec.merges:
            top, bottom = first + merge.first_row - 1, first + merge.last_row - 1
            text = self.sheet.cell(top, merge.first_column).value
            self.sheet.merge_cells(
                start_row=top, end_row=bottom, start_column=merge.first_column, end_column=merge.last_column
            )
            width = sum(self.widths[merge.first_column - 1 : merge.last_column])
            needed = layout.height_of(layout.lines_needed(str(text or ""), width, bold=True))
            rows = [self.sheet.row_dimensions[row] for row in range(top, bottom + 1)]
            lacking = needed - sum(row.height or 0.0 for row in rows)
            if lacking > 0:
                for row in rows:
                    row.height = min((row.height or 0.0) + lacking / len(rows), layout.HIGHEST_ROW)

    def _validations(self, first: int) -> None:
        for place, column in enumerate(self.spec.columns, start=1):
            if not (column.choices or column.choices_from or column.prompt) or not self.spec.rows:
                continue
            rule = self._rule(column.choices, column.choices_error, column.prompt, column.choices_from)
            letters = column_letters(place)
            rule.add(f"{letters}{first}:{letters}{self.row}")
            self.sheet.add_data_validation(rule)

    def _cell_validations(self, first: int) -> None:
        rules: dict[tuple[Any, ...], Any] = {}
        for number, row in enumerate(self.spec.rows, start=first):
            for place, cell in enumerate(row, start=1):
                if isinstance(cell, CellSpec) and (cell.choices or cell.prompt):
                    told = (cell.choices, cell.choices_error, cell.prompt)
                    if told not in rules:
                        rules[told] = self._rule(*told)
                        self.sheet.add_data_validation(rules[told])
                    rules[told].add(f"{column_letters(place)}{number}")

    def _rule(self, choices: tuple[str, ...], error: str, prompt: str, choices_from: str = "") -> Any:
        from openpyxl.worksheet.datavalidation import DataValidation

        cells = self.book.placed(choices_from, self.spec)[1:]
        more: dict[str, Any] = {"showInputMessage": True, "prompt": clean(prompt)[:LONGEST_ERROR]} if prompt else {}
        if choices or choices_from:
            more |= {
                "type": "list",
                "formula1": cells or self.lists.formula(tuple(clean(choice) for choice in choices)),
                "showErrorMessage": True,
                "errorTitle": "Not in the list",
                "error": clean(error or "Choose one of the list.")[:LONGEST_ERROR],
            }
        return DataValidation(allow_blank=True, **more)

    def _totals(self) -> None:
        if self.spec.last:
            self._last()
        if not self.spec.totals:
            return
        self.row += 1
        labels = (place for place, column in enumerate(self.spec.columns) if not (column.total or column.total_formula))
        label = next(labels, 0)
        for place, column in enumerate(self.spec.columns):
            look = look_of(column.kind)._replace(fill=HEADING_FILL, bold=True, wrap=False)
            value: SpecValue = sum_of(self.spec, place) if column.total else None
            if place == label:
                value, look = self.spec.totals, Look(fill=HEADING_FILL, bold=True)
            if column.total_formula:
                self._formula(place + 1, column.total_formula, look)
            else:
                self._put(self.row, place + 1, value, look)
        self.sheet.row_dimensions[self.row].height = self._height(self.spec.totals, label, bold=True)

    def _last(self) -> None:
        self.row += 1
        height = 0.0
        for place, (column, given) in enumerate(zip(self.spec.columns, self.spec.last, strict=True)):
            value = bare(given)[0]
            look = look_of(kind_of(given, column))._replace(fill=HEADING_FILL, bold=True, wrap=isinstance(value, str))
            self._put(self.row, place + 1, value, look, right=isinstance(given, CellSpec) and given.right)
            height = max(height, self._height(value if isinstance(value, str) else "", place, bold=True))
        self.sheet.row_dimensions[self.row].height = height

    def _below(self) -> None:
        if self.spec.legend:
            self.row += 1
            if self.spec.legend_title:
                self._across(self.spec.legend_title, Look(bold=True, boxed=False))
            for entry in self.spec.legend:
                self._across(entry.text, Look(fill=entry.fill), self._span(entry.text))
        if self.spec.notes:
            self.row += 1
            for note in self.spec.notes:
                self._across(note, Look(boxed=False))

    def _span(self, text: str) -> int:
        """Count the columns from the left that a text needs beside each other to stand on one line."""
        needed = layout.text_width(text) + layout.CELL_PADDING
        room = 0.0
        for count, width in enumerate(self.widths, start=1):
            room += width
            if room >= needed:
                return count
        return len(self.widths)

    def _across(self, text: str, look: Look, columns: int = 0) -> None:
        """Write a line over the whole width of the table, or over some columns of it."""
        self.row += 1
        columns = columns or len(self.widths)
        for column in range(1, columns + 1):
            self._put(self.row, column, text if column == 1 else None, look)
        if columns > 1:
            self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=columns)
        lines = layout.lines_needed(text, sum(self.widths[:columns]), bold=look.bold, size=look.size)
        self.sheet.row_dimensions[self.row].height = layout.height_of(lines, look.size)

    def _put(self, row: int, column: int, value: SpecValue, look: Look, *, right: bool = False) -> None:
        if isinstance(value, str):
            value = clean_block(value)
            if len(value) > LONGEST_TEXT:
                value = value[: LONGEST_TEXT - len(CUT)] + CUT
            look = text_look(value, look)
            if right:
                look = look._replace(right=True)
        elif look.parts > 1 and isinstance(value, int | float):
            value = value / look.parts
        self.looks.put(self.sheet.cell(row, column), value, look)

    def _height(self, text: str, place: int, *, bold: bool = False) -> float:
        return layout.height_of(layout.lines_needed(text, self.widths[place], bold=bold))


def _covered(merge: MergeSpec) -> Iterator[tuple[int, int]]:
    """Give the cells of a merged area: row counted from 1, column from 0."""
    for row in range(merge.first_row, merge.last_row + 1):
        for column in range(merge.first_column, merge.last_column + 1):
            yield row, column - 1
