"""A workbook's visible sheets as cells, through openpyxl, once the guard has let it pass."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from senco.errors import BadInput, SencoError
from senco.privacy import clean, clean_block
from senco.sheets.colours import resolve, theme_colours
from senco.sheets.guard import examine
from senco.sheets.kinds import Book, Cell, CellValue, Sheet, column_letters
from senco.sheets.limits import USUAL, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from openpyxl.workbook.workbook import Workbook

    from senco.sheets.guard import Survey
    from senco.sheets.sheetscan import Area, SheetSurvey

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
WHOLE_FLOAT = 1e15
HALF_SECOND = 500_000
MINUTE = 60
BLANK: tuple[str, CellValue, str | None] = ("", None, None)


def read_workbook(file: str, data: bytes, limits: Limits = USUAL) -> Book:
    """Read every visible sheet of a workbook; BadInput when the guard refuses it or it cannot be read."""
    survey = examine(file, data, limits)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of parts it leaves out; what senco leaves out is said in the notes
            warnings.simplefilter("ignore")
            sheets = tuple(_sheets(file, data, survey, limits))
    except SencoError:
        raise
    except Exception as trouble:  # openpyxl meets damaged files with errors of every class
        raise BadInput(
            "sheet.damaged-inside",
            f"{file} is damaged: its cells cannot be made out.",
            "Open it in a spreadsheet program and save it again as .xlsx.",
        ) from trouble
    return Book(file=file, kind="xlsx", sheets=sheets, notes=tuple(clean(note) for note in survey.notes))


def _open(data: bytes) -> Workbook:
    import openpyxl  # noqa: PLC0415 - a heavy import, for those who read or write a workbook
    from openpyxl.reader.excel import ExcelReader  # noqa: PLC0415 - the same
    from openpyxl.styles.stylesheet import apply_stylesheet  # noqa: PLC0415 - the same

    if not openpyxl.DEFUSEDXML:
        raise BadInput(
            "sheet.no-defusedxml",
            "Workbooks are not read without the package defusedxml.",
            "Install senco again with all that it needs.",
        )

    class Reader(ExcelReader):
        """Does not read sheets that are charts."""

        def read_chartsheet(self, sheet: object, rel: object) -> None:
            """Pass it by."""

    # The steps of load_workbook without the parts senco does not read: chart sheets, properties, names, links.
    reader = Reader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    reader.read_theme()
    apply_stylesheet(reader.archive, reader.wb)
    reader.read_worksheets()
    return reader.wb


def _sheets(file: str, data: bytes, survey: Survey, limits: Limits) -> Iterator[Sheet]:
    book = _open(data)
    by_name = {sheet.title: sheet for sheet in book.worksheets}
    palette = _Palette(book)
    left = limits.cells
    for surveyed in survey.sheets:
        taking = _Taking(surveyed, palette, limits)
        rows = []
        for row in taking.rows(by_name[surveyed.name]):
            left -= len(row)
            if left < 0:
                raise BadInput(
                    "sheet.too-many-cells",
                    f"{file} is too big to be read safely: it holds more than {limits.cells:,} cells.",
                    "Save only the sheet that is needed.",
                )
            rows.append(row)
        while rows and not rows[-1]:
            rows.pop()
        notes = (*surveyed.notes, *taking.notes())
        yield Sheet(book=file, name=clean(surveyed.name), rows=tuple(rows), notes=notes)
    book.close()


class _Palette:
    """The fills of one workbook, each resolved once."""

    def __init__(self, book: Workbook) -> None:
        from openpyxl.styles.colors import COLOR_INDEX  # noqa: PLC0415 - a heavy import

        self.theme = theme_colours(book.loaded_theme)
        self.indexed = list(getattr(book, "_colors", None) or COLOR_INDEX)
        self.known: dict[int, str | None] = {}

    def colour(self, fill: Any) -> str | None:
        """Give the colour of a solid fill, None of any other; the fills live as long as the workbook."""
        key = id(fill)
        if key not in self.known:
            solid = getattr(fill, "fill_type", None) == "solid"
            self.known[key] = resolve(fill.fgColor, self.theme, self.indexed) if solid else None
        return self.known[key]


class _Taking:
    """The taking of one sheet's rows: merged areas filled, hidden lines left out, errors counted."""

    def __init__(self, survey: SheetSurvey, palette: _Palette, limits: Limits) -> None:
        self.survey = survey
        self.palette = palette
        self.limits = limits
        self.anchors: dict[int, tuple[str, CellValue, str | None]] = {}
        self.overlapping = False
        self.areas = self._lay_out(survey.merged)
        self.error_places: list[str] = []
        self.error_count = 0

    def rows(self, sheet: Any) -> Iterator[tuple[Cell, ...]]:
        """Give the rows in order, each ending at its last cell that says something or is coloured."""
        number = 0
        for number, raw in enumerate(self._raw(sheet), start=1):
            yield self._row(number, raw)
        last = max(self.areas, default=0)
        for beyond in range(number + 1, last + 1):
            yield self._row(beyond, ())

    def _raw(self, sheet: Any) -> Iterator[Iterable[Any]]:
        if not self.survey.rows:
            return
        # The file's own word on its size may be wrong: the survey counted the cells.
        rows = sheet.iter_rows(min_row=1, max_row=self.survey.rows, min_col=1, max_col=self.survey.columns)
        for number, row in enumerate(rows, start=1):
            yield row
            if number == self.survey.rows:
                return

    def _row(self, number: int, raw: Iterable[Any]) -> tuple[Cell, ...]:
        found: dict[int, tuple[str, CellValue, str | None]] = {}
        for column, cell in enumerate(raw, start=1):
            if cell.value is None and not getattr(cell, "has_style", False):
                continue
            taken = self._take(number, column, cell)
            if taken is not BLANK:
                found[column] = taken
        merged = self.areas.get(number, {})
        for column, area in merged.items():
            top, left, _, _ = self.survey.merged[area]
            if (number, column) == (top, left):
                self.anchors[area] = found.get(column, BLANK)
            anchor = self.anchors.get(area, BLANK)
            if anchor is BLANK:
                found.pop(column, None)
            else:
                found[column] = anchor
        if number in self.survey.hidden_rows:
            return ()
        for column in self.survey.hidden_columns:
            found.pop(column, None)
        return tuple(self._cells(number, found, merged))

    def _cells(
        self, number: int, found: dict[int, tuple[str, CellValue, str | None]], merged: dict[int, int]
    ) -> Iterator[Cell]:
        for column in range(1, max(found, default=0) + 1):
            text, value, fill = found.get(column, BLANK)
            area = merged.get(column)
            written = None if area is None else _written(self.survey.merged[area])
            yield Cell(number, column, text, value, fill, written)

    def _take(self, number: int, column: int, cell: Any) -> tuple[str, CellValue, str | None]:
        fill = self.palette.colour(cell.fill) if cell.has_style else None
        if cell.data_type == "e":
            self.error_count += 1
            if len(self.error_places) < self.limits.note_places:
                self.error_places.append(f"{column_letters(column)}{number} ({cell.value})")
        text, value = as_text(cell.value)
        return (text, value, fill) if text or fill else BLANK

    def _lay_out(self, merged: tuple[Area, ...]) -> dict[int, dict[int, int]]:
        """Place the merged areas inside the limits: row → column → number of the area; the first keeps a cell."""
        areas: dict[int, dict[int, int]] = {}
        for number, (top, left, bottom, right) in enumerate(merged):
            for row in range(top, min(bottom, self.limits.rows) + 1):
                line = areas.setdefault(row, {})
                for column in range(left, min(right, self.limits.columns) + 1):
                    if line.setdefault(column, number) != number:
                        self.overlapping = True
        return areas

    def notes(self) -> Iterator[str]:
        """Say what was not read, and what was read with doubt."""
        survey = self.survey
        hidden = sorted(row for row in survey.hidden_rows if row <= survey.rows)
        if hidden:
            yield f"Hidden rows were not read: {_few([str(row) for row in hidden], len(hidden), self.limits)}."
        columns = sorted(column for column in survey.hidden_columns if column <= survey.columns)
        if columns:
            letters = [column_letters(column) for column in columns]
            yield f"Hidden columns were not read: {_few(letters, len(letters), self.limits)}."
        if survey.unsaved_count:
            places = _few(list(survey.unsaved), survey.unsaved_count, self.limits)
            yield f"Formulas without a saved value read as blank: {places}. Open and save the file to fill them."
        if self.error_count:
            yield f"Cells that hold an error: {_few(self.error_places, self.error_count, self.limits)}."
        if self.overlapping:
            yield "Merged areas overlap; the first of them was kept."


def as_text(value: Any) -> tuple[str, CellValue]:
    """Give a cell's text as it is written and its plain value.

    >>> as_text(102975.0), as_text(0.1), as_text(True), as_text(datetime(2020, 11, 24))
    (('102975', 102975), ('0.1', 0.1), ('TRUE', True), ('2020-11-24', datetime.date(2020, 11, 24)))
    """
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), value
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, datetime):
        value = _to_second(value)
        value = value.date() if value.time() == time(0) else value
    if isinstance(value, date | time):
        return value.isoformat(), value
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), MINUTE)
        value = f"{minutes // MINUTE}:{minutes % MINUTE:02}:{seconds:02}"
    text = "" if value is None else str(value)
    if "_x" in text:
        text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    text = clean_block(text).strip()
    return text, text or None


def _number_text(value: float) -> tuple[str, CellValue]:
    if isinstance(value, int) or (value.is_integer() and abs(value) < WHOLE_FLOAT):
        return str(int(value)), int(value)
    return f"{value:.15g}", value


def _to_second(moment: datetime) -> datetime:
    """Round to the second: a serial date carries the time as a fraction that seldom comes out even."""
    whole = moment.replace(microsecond=0, tzinfo=None)
    return whole + timedelta(seconds=1) if moment.microsecond >= HALF_SECOND else whole


def _written(area: Area) -> str:
    top, left, bottom, right = area
    return f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"


def _few(places: list[str], count: int, limits: Limits) -> str:
    shown = places[: limits.note_places]
    return ", ".join(shown) + (f" and {count - len(shown)} more" if count > len(shown) else "")


def renamed(book: Book, note: str) -> Book:
    """Give a book with a note more: its name promised another kind of file than its content is."""
    return replace(book, notes=(*book.notes, note))
