"""Charts under a written table, in the program's own chart objects: they follow the cells they are drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from senco.privacy import clean
from senco.sheets.kinds import column_letters
from senco.sheets.specs import ColumnKind

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from senco.sheets.specs import ChartSpec

WIDTH_CM = 24.0
HEIGHT_CM = 9.0
AMONG_CM = 7.0
# Neighbours differ in lightness, so that a copy in grey still tells them apart; pale colours make poor lines.
FILLS = ("1F3B5C", "BCD3E6", "4F7896", "E6D8B8", "C00000", "DFE3E8")
LINES = ("1F3B5C", "8A5A00", "3C6E8F", "5B6470")
MARKS = ("circle", "square", "triangle", "diamond")
FEW = 12
TITLE_SIZE = 1100  # hundredths of a point
AXES = {
    ColumnKind.POUNDS: "£#,##0",
    ColumnKind.PERCENT: "0%",
    ColumnKind.SCORE: "+0.0;-0.0;0.0",
    ColumnKind.MINUTES: "[h]:mm",
}
WHOLE = "#,##0"
LONG_TABLE = 14
# The rows that a chart among tables covers, and their height in points.
ROW_POINTS = 15.0
ROWS = 15


def add_chart(
    sheet: Worksheet,
    spec: ChartSpec,
    *,
    headings: int,
    first: int,
    last: int,
    under: int,
    figures: ColumnKind = ColumnKind.POUNDS,
    alone: bool = True,
) -> None:
    """Draw a chart of the rows from first to last below the row ``under``; the series bear their columns' headings.

    Without a heading row (``headings`` 0) the series have no names and no legend stands beside them. The axis is
    written as the ``figures`` are. A cell without a figure is a gap. ``alone`` says that nothing follows the chart.
    """
    from openpyxl.chart import BarChart, LineChart, Reference
    from openpyxl.drawing.text import CharacterProperties, ParagraphProperties

    chart: Any = LineChart() if spec.kind == "line" else BarChart()
    if spec.kind == "stacked":
        chart.grouping, chart.overlap = "stacked", 100
    chart.title = clean(spec.title)
    chart.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=CharacterProperties(sz=TITLE_SIZE, b=True))
    chart.width, chart.height = WIDTH_CM, HEIGHT_CM if alone else AMONG_CM
    if spec.elsewhere:
        headings, first, last = spec.heading_row, spec.heading_row + 1, spec.heading_row + 1 + last - first

    def cells_of(column: int, top: int) -> Any:
        if spec.elsewhere:
            letters = column_letters(column + 1)
            return Reference(range_string=f"'{spec.elsewhere}'!${letters}${top}:${letters}${last}")
        return Reference(sheet, min_col=column + 1, min_row=top, max_row=last)

    for place, column in enumerate(spec.values):
        cells = cells_of(column, headings or first)
        chart.add_data(cells, titles_from_data=bool(headings))
        _colour(chart.series[-1], place, few=last - first < FEW, line=spec.kind == "line")
    chart.set_categories(cells_of(spec.label, first))
    chart.y_axis.numFmt = chart.y_axis.number_format = AXES.get(figures, WHOLE)
    if spec.from_nought:
        chart.y_axis.scaling.min = 0
    # Excel leaves axes out that are not said to be kept.
    chart.x_axis.delete = chart.y_axis.delete = False
    # The labels stand under the drawing, also where bars or lines go below nought.
    chart.x_axis.tickLblPos = "low"
    chart.legend.position = "b"
    if len(spec.values) == 1 or not headings:
        chart.legend = None
    if alone and last - first >= LONG_TABLE:
        from openpyxl.worksheet.pagebreak import Break

        # Beside a long table there is no room left on its last page: a chart is never cut in two.
        sheet.row_breaks.append(Break(id=under))
    sheet.add_chart(chart, f"A{under + 1}")


def _colour(drawn: Any, place: int, *, few: bool, line: bool) -> None:
    """Give one series its colour, and its marks where it is a line of few figures."""
    colours = LINES if line else FILLS
    colour = colours[place % len(colours)]
    drawn.graphicalProperties.line.solidFill = colour
    if not line:
        drawn.graphicalProperties.solidFill = colour
        return
    drawn.smooth = False
    if few:  # a figure between two gaps has no line of its own
        drawn.marker.symbol, drawn.marker.size = MARKS[place % len(MARKS)], 6
        drawn.marker.graphicalProperties.solidFill = colour
        drawn.marker.graphicalProperties.line.solidFill = colour
