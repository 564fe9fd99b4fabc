"""What a workbook to be written consists of, said plainly: columns, rows, and what stands around them on paper."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Literal

from senco.deferred import dataclass

SpecValue = str | int | float | date | None

RGB = re.compile(r"[0-9A-F]{6}")
SHEET_NAME = re.compile(r"(?!')[^\[\]:*?/\\\x00-\x1f]{1,31}(?<!')")
# What a formula of ours is made of: a few functions, cells, figures and plain words; never a text that came from data.
PLACE = r"\{(?:[A-Z][a-z]+\.)?(?:row|first|last)\}"
OURS = re.compile(
    rf"""=(?:
        (?:AND|COUNTIF|IF|IFERROR|INDEX|MATCH|MAX|N|OR|ROUND|SUM|SUMIF)(?=\()
      | (?:[A-Z][a-z]+!)?\$?[A-Z]{{1,2}}\$?(?:[0-9]{{1,5}}|{PLACE})
      | [0-9]+(?:\.[0-9]+)? | "[A-Za-z ]*" | [-+*/(),:<>=]
    )+""",
    re.VERBOSE,
)


class ColumnKind(StrEnum):
    """What a column holds, which decides its format.

    ``pounds`` are given as whole pence, ``percent`` and ``score`` as tenths, ``minutes`` as whole minutes; they are
    written as pounds, as parts of one, as points with their sign, and as hours.
    """

    TEXT = "text"
    NUMBER = "number"
    COUNT = "count"
    POUNDS = "pounds"
    PERCENT = "percent"
    SCORE = "score"
    MINUTES = "minutes"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class CellSpec:
    """A value with a look of its own; a bare value stands for one without.

    ``kind``, ``choices``, ``choices_error`` and ``to_fill`` are as those of a column, for this cell alone; ``prompt``
    is shown beside the cell when somebody stands on it; ``lines`` is how many it has room for at least. ``right`` sets
    a text at the right, where it stands among figures.
    A ``formula`` is one of ours, written in place of the value: ``{row}`` stands for the cell's row, ``{first}`` and
    ``{last}`` for the sheet's, ``{Name.first}`` for another's.
    """

    value: SpecValue
    fill: str | None = None
    bold: bool = False
    kind: ColumnKind | None = None
    choices: tuple[str, ...] = ()
    choices_error: str = ""
    to_fill: bool = False
    prompt: str = ""
    formula: str = ""
    lines: int = 1
    right: bool = False

    def __post_init__(self) -> None:
        """ValueError for a fill that is not RRGGBB in capitals, or a formula of anything but what ours are made of."""
        if self.fill is not None and not RGB.fullmatch(self.fill):
            raise ValueError("a fill is RRGGBB")
        if self.formula and not OURS.fullmatch(self.formula):
            raise ValueError("a formula is made of our own words, of cells and of figures")


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: ``width`` in digits of the text (None: as wide as it needs), ``choices`` as a drop-down.

    ``to_fill`` marks a column that people fill in by hand or on screen: its cells are boxed and tinted. ``total`` asks
    for the sum under the column, ``total_formula`` for a formula of ours there; ``choices_from`` names the cells of
    another sheet that hold the choices; ``prompt`` is shown beside a cell of the column when somebody stands on it.
    """

    heading: str
    kind: ColumnKind = ColumnKind.TEXT
    width: float | None = None
    wrap: bool = True
    choices: tuple[str, ...] = ()
    choices_error: str = ""
    to_fill: bool = False
    total: bool = False
    total_formula: str = ""
    choices_from: str = ""
    prompt: str = ""

    def __post_init__(self) -> None:
        """ValueError for a formula, or a place of choices, of anything but what ours are made of."""
        if any(text and not OURS.fullmatch(text) for text in (self.total_formula, self.choices_from)):
            raise ValueError("a formula is made of our own words, of cells and of figures")


@dataclass(frozen=True, slots=True)
class MergeSpec:
    """A merged area among the rows, which count from 1 under the headings; its text is the first cell's."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """What a fill colour means; the text stands in the coloured cell itself."""

    text: str
    fill: str


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A chart of the table above it: ``label`` and ``values`` are columns counted from 0; at least two rows are needed.

    ``line`` draws each column as a line, ``bars`` as bars beside each other, ``stacked`` as one bar in parts. The axis
    is written as ``figures`` are, or else as the first of the columns is, and begins at nought where it is told to.

    A text among figures is drawn as nought by some programs; a chart of a table that has one names the place of its
    figures without the texts: ``elsewhere`` is the sheet, ``heading_row`` the number of its row of headings.
    """

    title: str
    kind: Literal["line", "bars", "stacked"]
    label: int
    values: tuple[int, ...]
    figures: ColumnKind | None = None
    from_nought: bool = False
    elsewhere: str = ""
    heading_row: int = 0


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One sheet: a lead, a title and lines above the table, the table, then totals, legend and notes below it.

    ``headings`` false leaves the heading row out. ``freeze_columns`` stay in sight when scrolling sideways. ``grows``
    lets the spreadsheet program make rows higher as somebody types into them; ``least_lines`` is how many lines each
    shows at least. ``totals`` is the label of a row with the sums of the columns that ask for one; ``last`` is a last
    row that was worked out elsewhere, and is no part of a chart. ``also`` are further tables on the same sheet, each
    under the one before it, in the same columns; nobody fills them in, and they hold no formulas. ``least_width``, in
    digits, is what the lines around narrow tables have room for.
    """

    name: str
    columns: tuple[ColumnSpec, ...]
    rows: tuple[tuple[SpecValue | CellSpec, ...], ...]
    title: str = ""
    lead: str = ""
    lines: tuple[str, ...] = ()
    headings: bool = True
    totals: str = ""
    last: tuple[SpecValue | CellSpec, ...] = ()
    merges: tuple[MergeSpec, ...] = ()
    legend_title: str = ""
    legend: tuple[LegendEntry, ...] = ()
    notes: tuple[str, ...] = ()
    freeze_columns: int = 0
    grows: bool = False
    chart: ChartSpec | None = None
    least_lines: int = 1
    also: tuple[SheetSpec, ...] = ()
    least_width: float = 0.0

    @property
    def first_row(self) -> int:
        """The number of the first row under the headings."""
        above = bool(self.lead) + bool(self.title) + len(self.lines)
        return above + bool(above) + self.headings + 1

    @property
    def last_row(self) -> int:
        """The number of the last row above the totals."""
        return self.first_row + len(self.rows) - 1

    def __post_init__(self) -> None:
        """ValueError for a name no spreadsheet takes, no columns, or a row longer than the columns."""
        if not SHEET_NAME.fullmatch(self.name):
            raise ValueError("a sheet's name has 1 to 31 characters, none of []:*?/\\, and no apostrophe at its ends")
        if not self.columns or any(len(row) > len(self.columns) for row in self.rows):
            raise ValueError("a sheet has columns, and no row is longer than they are")


@dataclass(frozen=True, slots=True)
class WorkbookSpec:
    """A workbook: its sheets, and what stands on every page: ``header`` above, ``footer`` and ``seal`` below.

    A header is for what nobody may overlook; most workbooks have none.
    """

    sheets: tuple[SheetSpec, ...]
    title: str = ""
    footer: str = ""
    seal: str = ""
    header: str = ""

    def __post_init__(self) -> None:
        """ValueError when there is no sheet or two have the same name."""
        names = {sheet.name.casefold() for sheet in self.sheets}
        if not names or len(names) < len(self.sheets):
            raise ValueError("a workbook has sheets, each with a name of its own")

    def placed(self, formula: str, sheet: SheetSpec, row: int = 0) -> str:
        """Give a formula of ours with its places filled in."""
        told = {"{row}": str(row), "{first}": str(sheet.first_row), "{last}": str(sheet.last_row)}
        for each in self.sheets:
            told |= {f"{{{each.name}.first}}": str(each.first_row), f"{{{each.name}.last}}": str(each.last_row)}
        return re.sub(PLACE, lambda found: told[found[0]], formula)

    def formulas(self) -> frozenset[str]:
        """Give every formula that the workbook holds, without the sign it begins with."""
        found = set()
        for sheet in self.sheets:
            for number, row in enumerate(sheet.rows, start=sheet.first_row):
                cells = (cell for cell in row if isinstance(cell, CellSpec) and cell.formula)
                found |= {self.placed(cell.formula, sheet, number) for cell in cells}
            if sheet.totals:
                below = sheet.last_row + 1
                found |= {self.placed(each.total_formula, sheet, below) for each in sheet.columns if each.total_formula}
        return frozenset(each[1:] for each in found)
