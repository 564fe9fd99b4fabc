"""What a workbook to be written consists of, said plainly: columns, rows, and what stands around them on paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

SpecValue = str | int | float | date | None

RGB = re.compile(r"[0-9A-F]{6}")
SHEET_NAME = re.compile(r"(?!')[^\[\]:*?/\\\x00-\x1f]{1,31}(?<!')")


class ColumnKind(StrEnum):
    """What a column holds, which decides its format: ``pounds`` are given as whole pence."""

    TEXT = "text"
    NUMBER = "number"
    COUNT = "count"
    POUNDS = "pounds"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class CellSpec:
    """A value with a look or a drop-down of its own; a bare value stands for one without.

    ``choices`` take the place of the column's.
    """

    value: SpecValue
    fill: str | None = None
    bold: bool = False
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """ValueError for a fill that is not RRGGBB in capitals."""
        if self.fill is not None and not RGB.fullmatch(self.fill):
            raise ValueError("a fill is RRGGBB")


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: ``width`` in digits of the text (None: as wide as it needs), ``choices`` as a drop-down.

    ``to_fill`` marks a column that people fill in by hand or on screen: its cells are boxed and tinted. ``total`` asks
    for the sum under the column.
    """

    heading: str
    kind: ColumnKind = ColumnKind.TEXT
    width: float | None = None
    wrap: bool = True
    choices: tuple[str, ...] = ()
    choices_error: str = ""
    to_fill: bool = False
    total: bool = False


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
    """A chart of the table under it: ``label`` and ``values`` are columns counted from 0; at least two rows are needed.

    ``line`` draws each column as a line, ``bars`` as bars beside each other, ``stacked`` as one bar in parts.
    """

    title: str
    kind: Literal["line", "bars", "stacked"]
    label: int
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One sheet: a title and lines above the table, the table, then totals, legend and notes below it.

    ``headings`` false leaves the heading row out. ``freeze_columns`` stay in sight when scrolling sideways.
    """

    name: str
    columns: tuple[ColumnSpec, ...]
    rows: tuple[tuple[SpecValue | CellSpec, ...], ...]
    title: str = ""
    lines: tuple[str, ...] = ()
    headings: bool = True
    totals: str = ""
    merges: tuple[MergeSpec, ...] = ()
    legend_title: str = ""
    legend: tuple[LegendEntry, ...] = ()
    notes: tuple[str, ...] = ()
    freeze_columns: int = 0
    chart: ChartSpec | None = None

    def __post_init__(self) -> None:
        """ValueError for a name no spreadsheet takes, no columns, or a row longer than the columns."""
        if not SHEET_NAME.fullmatch(self.name):
            raise ValueError("a sheet's name has 1 to 31 characters, none of []:*?/\\, and no apostrophe at its ends")
        if not self.columns or any(len(row) > len(self.columns) for row in self.rows):
            raise ValueError("a sheet has columns, and no row is longer than they are")


@dataclass(frozen=True, slots=True)
class WorkbookSpec:
    """A workbook: its sheets, and what stands at the foot of every page (left: ``footer``, right: ``seal``)."""

    sheets: tuple[SheetSpec, ...]
    title: str = ""
    footer: str = ""
    seal: str = ""

    def __post_init__(self) -> None:
        """ValueError when there is no sheet or two have the same name."""
        names = {sheet.name.casefold() for sheet in self.sheets}
        if not names or len(names) < len(self.sheets):
            raise ValueError("a workbook has sheets, each with a name of its own")
