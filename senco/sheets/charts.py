"""Charts under a written table, in the program's own chart objects: they follow the cells they are drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from senco.privacy import clean

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from senco.sheets.specs import ChartSpec

WIDTH_CM = 24.0
HEIGHT_CM = 9.0
COLOURS = ("44546A", "2E75B6", "F4B183", "A9D18E", "C00000", "8C9AA6")
POUNDS = "£#,##0"
LONG_TABLE = 14


def add_chart(sheet: Worksheet, spec: ChartSpec, *, headings: int, first: int, last: int, under: int) -> None:
    """Draw a chart of the rows from first to last below the row ``under``; the series bear their columns' headings.

    Without a heading row (``headings`` 0) the series have no names and no legend stands beside them.
    """
    from openpyxl.chart import BarChart, LineChart, Reference

    chart: Any = LineChart() if spec.kind == "line" else BarChart()
    if spec.kind == "stacked":
        chart.grouping, chart.overlap = "stacked", 100
    chart.title = clean(spec.title)
    chart.width, chart.height = WIDTH_CM, HEIGHT_CM
    for place, column in enumerate(spec.values):
        cells = Reference(sheet, min_col=column + 1, min_row=headings or first, max_row=last)
        chart.add_data(cells, titles_from_data=bool(headings))
        drawn = chart.series[-1]
        colour = COLOURS[place % len(COLOURS)]
        drawn.graphicalProperties.line.solidFill = colour
        if spec.kind == "line":
            drawn.smooth = False
        else:
            drawn.graphicalProperties.solidFill = colour
    chart.set_categories(Reference(sheet, min_col=spec.label + 1, min_row=first, max_row=last))
    chart.y_axis.numFmt, chart.y_axis.number_format = POUNDS, POUNDS
    # Excel leaves axes out that are not said to be kept.
    chart.x_axis.delete = chart.y_axis.delete = False
    # The labels stand under the drawing, also where bars or lines go below nought.
    chart.x_axis.tickLblPos = "low"
    chart.legend.position = "b"
    if len(spec.values) == 1 or not headings:
        chart.legend = None
    if last - first >= LONG_TABLE:
        from openpyxl.worksheet.pagebreak import Break

        # Beside a long table there is no room left on its last page: a chart is never cut in two.
        sheet.row_breaks.append(Break(id=under))
    sheet.add_chart(chart, f"A{under + 1}")
