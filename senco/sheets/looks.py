"""How the cells of a written workbook look; each look is made into a style once and shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from senco.sheets import layout
from senco.sheets.delimited import FORMULA_START
from senco.sheets.specs import ColumnKind

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

TEXT_FORMAT = "@"
FORMATS = {
    ColumnKind.TEXT: TEXT_FORMAT,
    ColumnKind.NUMBER: "General",
    ColumnKind.COUNT: "#,##0",
    ColumnKind.POUNDS: "£#,##0.00",
    ColumnKind.PERCENT: "0.0%",
    ColumnKind.SCORE: "+0.0;-0.0;0.0",
    ColumnKind.MINUTES: "[h]:mm",
    ColumnKind.DATE: "dd mmm yyyy",
}
# How many of the units that figures are given in make one of those that are written: pence, tenths, minutes of a day.
PARTS = {ColumnKind.POUNDS: 100, ColumnKind.PERCENT: 1000, ColumnKind.SCORE: 10, ColumnKind.MINUTES: 24 * 60}
INDENTED = frozenset({ColumnKind.NUMBER, ColumnKind.COUNT, *PARTS})
# Excel shows ##### for a longer text in a cell of the format Text; General shows it, and the cell stays text.
LONGEST_AS_TEXT = 255
RULE = "8C9AA6"


class Look(NamedTuple):
    """All that makes two cells look alike; a plain tuple, since one is looked up for every cell."""

    code: str = TEXT_FORMAT
    right: bool = False
    parts: int = 1
    fill: str | None = None
    bold: bool = False
    boxed: bool = True
    wrap: bool = True
    size: int = layout.FONT_SIZE
    quoted: bool = False


def look_of(kind: ColumnKind) -> Look:
    """Give the look of a column's cells."""
    return Look(code=FORMATS[kind], right=kind in INDENTED, parts=PARTS.get(kind, 1))


def text_look(text: str, look: Look) -> Look:
    """Give the look of a text in any column: the format Text, and quoted where it begins like a formula."""
    code = TEXT_FORMAT if len(text) <= LONGEST_AS_TEXT else "General"
    return look._replace(code=code, right=False, parts=1, quoted=FORMULA_START.match(text) is not None)


def set_usual_font(book: Workbook) -> None:
    """Make the font whose letters were measured the workbook's own: column widths count its digits."""
    from openpyxl.styles import Font
    from openpyxl.utils.indexed_list import IndexedList

    inner: Any = book
    font = Font(name=layout.FONT, size=layout.FONT_SIZE)
    inner._fonts = IndexedList([font])  # noqa: SLF001 - the first font counts, and has no public name
    inner._named_styles["Normal"].font = font  # noqa: SLF001 - the same


def growing_row(sheet: Any, row: int, height: float) -> Any:
    """Give a row a height that the spreadsheet program may raise by itself."""
    from openpyxl.worksheet.dimensions import RowDimension

    class Growing(RowDimension):
        customHeight = False  # noqa: N815 - the name of the attribute in the file

    return Growing(sheet, index=row, ht=height)


class Looks:
    """The styles of one workbook, each made once and shared by all cells that look alike."""

    def __init__(self) -> None:
        self.made: dict[Look, Any] = {}

    def put(self, cell: Any, value: Any, look: Look) -> None:
        """Give a cell its value and its look."""
        if isinstance(value, str):
            # openpyxl takes "=1+1" for a formula and "#N/A" for an error; here a text is a text, and was cleaned before
            cell._value = value  # noqa: SLF001 - binding it would try each kind of value for every cell
            cell.data_type = "s"
        elif value is not None:
            cell.value = value
        self._dress(cell, look)

    def put_formula(self, cell: Any, formula: str, look: Look) -> None:
        """Give a cell a formula of ours; what it comes to is left to the program that opens it."""
        cell.value = formula
        self._dress(cell, look)

    def _dress(self, cell: Any, look: Look) -> None:
        if look not in self.made:
            _style(cell, look)
            self.made[look] = cell._style  # noqa: SLF001 - sharing a style has no public way that is fast enough
        cell._style = self.made[look]  # noqa: SLF001 - the same


def _style(cell: Any, look: Look) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell.font = Font(name=layout.FONT, size=look.size, bold=look.bold)
    cell.number_format = look.code
    cell.alignment = Alignment(
        horizontal="right" if look.right else "left",
        indent=1 if look.right else 0,
        vertical="top",
        wrap_text=look.wrap or None,
    )
    if look.fill:
        cell.fill = PatternFill("solid", fgColor="FF" + look.fill)
    if look.boxed:
        side = Side(style="thin", color="FF" + RULE)
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    if look.quoted:
        cell.quotePrefix = True
