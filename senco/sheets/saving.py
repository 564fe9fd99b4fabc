"""Saving a workbook in memory: no sheet ever stands in a temporary file, where a kill would leave its texts in clear.

openpyxl writes each sheet to the system's temporary folder first. The two classes here stand for the two of its own
that do so; what they use of them has no public name, and one test holds their work to openpyxl's.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from et_xmlfile import xmlfile
from openpyxl.cell._writer import write_cell
from openpyxl.compat import safe_string
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import SHEET_MAIN_NS

if TYPE_CHECKING:
    from collections.abc import Generator

    from openpyxl.workbook.workbook import Workbook


class _TextWriter(WorksheetWriter):
    """Writes a sheet as text: passing every piece through an encoder costs a tenth of the whole."""

    def get_stream(self) -> Generator[Any, Any, None]:
        """Take the sheet's elements one after the other."""
        inner: Any = self
        with xmlfile(inner.out, encoding="unicode") as file, file.element("worksheet", xmlns=SHEET_MAIN_NS):
            try:
                while True:
                    element = yield
                    if element is True:
                        yield file
                    elif element is not None:
                        file.write(element)
            except GeneratorExit:
                pass

    def write_row(self, xf: Any, row: Any, row_idx: int) -> None:
        """Write a row: each plain cell as text at once; an element made of it first would cost four times as much."""
        inner: Any = self
        if any(cell._comment is not None or cell.hyperlink for cell in row):  # noqa: SLF001 - the same
            super().write_row(xf, row, row_idx)
            return
        # A style is looked up among all of the book's: cells that share one share its number too.
        styles: dict[int, str] = inner.__dict__.setdefault("styles", {})
        attributes = {"r": f"{row_idx}"}
        attributes.update(inner.ws.row_dimensions.get(row_idx, {}))
        with xf.element("row", attributes):
            for cell in row:
                told = _cell_text(cell, styles)
                if told is None:
                    write_cell(xf, inner.ws, cell, cell.has_style)
                else:
                    inner.out.write(told)


def _cell_text(cell: Any, styles: dict[int, str]) -> str | None:
    """Give a cell that is empty, a number or a text as it stands in the file; None for any other."""
    value, kind = cell.value, cell.data_type
    shared = id(cell._style)  # noqa: SLF001 - the same
    style = styles.get(shared)
    if style is None:
        style = styles[shared] = f' s="{cell.style_id}"' if cell.has_style else ""
    if value is None:
        return f'<c r="{cell.coordinate}"{style} t="n" />' if style and kind == "n" else "" if not style else None
    if kind == "n":
        return f'<c r="{cell.coordinate}"{style} t="n"><v>{safe_string(value)}</v></c>'
    if kind == "s" and type(value) is str and value and value == value.strip():
        return f'<c r="{cell.coordinate}"{style} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return None


class _InMemory(ExcelWriter):
    def write_worksheet(self, ws: Any) -> None:
        """Write one sheet straight into the archive."""
        inner: Any = self
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001 - see the head of this file
        ws._drawing.charts = ws._charts  # noqa: SLF001 - the same
        part: Any = io.StringIO()
        writer: Any = _TextWriter(ws, out=part)
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001 - the same
        inner._archive.writestr(ws.path[1:], part.getvalue().encode())  # noqa: SLF001 - the same
        inner.manifest.append(ws)


def saved(book: Workbook) -> bytes:
    """Give a workbook as the bytes of its file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        _InMemory(book, archive).save()
    return out.getvalue()
