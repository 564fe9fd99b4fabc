"""Saving a workbook in memory: no sheet ever stands in a temporary file, where a kill would leave its texts in clear.

openpyxl writes each sheet to the system's temporary folder first. The two classes here stand for the two of its own
that do so; what they use of them has no public name, and one test holds their work to openpyxl's.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from et_xmlfile import xmlfile
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
