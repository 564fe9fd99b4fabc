"""A written workbook put into its final bytes, and the proof that a workbook hides nothing."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from senco.errors import Fault
from senco.sheets.archive import Archive, XmlScan
from senco.sheets.limits import USUAL

if TYPE_CHECKING:
    from datetime import datetime

CREATOR = "senco"
EARLIEST = (1980, 1, 1, 0, 0, 0)
CORE = "docProps/core.xml"
APP = "docProps/app.xml"
CORE_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:creator>" + CREATOR + "</dc:creator>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{made}</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{made}</dcterms:modified>'
    "</cp:coreProperties>"
)
APP_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>" + CREATOR + "</Application></Properties>"
)
FIRST_PARTS = ("[Content_Types].xml", "_rels/.rels")
ALLOWED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core)\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/(?:styles|sharedStrings)\.xml|xl/theme/theme1\.xml|xl/worksheets/sheet[0-9]{1,2}\.xml"
    r"|xl/worksheets/_rels/sheet[0-9]{1,2}\.xml\.rels|xl/drawings/(?:_rels/)?drawing[0-9]{1,2}\.xml(?:\.rels)?"
    r"|xl/charts/chart[0-9]{1,2}\.xml"
)
# A drawing is plain when it shows nothing but charts of cells of the same workbook.
CHART_PART = re.compile(r"xl/charts/")
OF_OWN_CELLS = re.compile(r"'(?:[^'\[\]]|'')+'!\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?")
DRAWN = frozenset({"pic", "sp", "cxnSp", "txBody", "oleObj"})
REVEALING = {
    "f": "a formula",
    "hyperlink": "a link",
    "legacyDrawing": "a drawing or comments",
    "drawing": "a drawing",
    "oleObject": "an embedded object",
    "externalReference": "a link to another workbook",
    "lastModifiedBy": "the name of who saved it",
    "Company": "the name of a company",
    "Manager": "the name of a manager",
    "keywords": "keywords",
    "description": "a description in its properties",
    "fileSharing": "the name of who reserved it",
}
YES = frozenset({"1", "true"})
PLAIN_NAMES = frozenset({"_xlnm.Print_Titles", "_xlnm.Print_Area"})


def pack(data: bytes, *, title: str, made: datetime) -> bytes:
    """Put a saved workbook's parts in a fixed order, with fixed times and properties of senco's own.

    Raises Fault ``sheet.not-plain`` when it holds a part that a plain workbook has no need of.
    """
    moment = f"{made:%Y-%m-%dT%H:%M:%SZ}"
    own = {CORE: CORE_XML.format(title=escape(title), made=moment), APP: APP_XML}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        strange = [name for name in names if not ALLOWED.fullmatch(name)]
        if strange:
            raise Fault("sheet.not-plain", f"A workbook was about to hold more than its sheets: {strange[0]}.")
        for name in (*FIRST_PARTS, *sorted(set(names) - set(FIRST_PARTS))):
            part = zipfile.ZipInfo(name, EARLIEST)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0
            target.writestr(part, own[name].encode() if name in own else source.read(name))
    return out.getvalue()


def why_not_plain(data: bytes, *, formulas: frozenset[str] = frozenset()) -> list[str]:
    """Say everything in a workbook that a reader would not see on its sheets; an empty list when it is plain.

    Looked for: parts beyond the few that a plain workbook needs, hidden sheets, rows, columns and names, formulas,
    links, comments, drawings that are no charts of its own cells, and any author but senco. ``formulas`` are those that
    our own spec put there.
    """
    archive = Archive("the workbook", data, USUAL)
    reasons = [f"part {name}" for name in sorted(archive.names) if not ALLOWED.fullmatch(name)]
    if archive.zip.comment or any(part.comment or part.extra for part in archive.parts):
        reasons.append("a comment in the zip")
    if any(part.date_time != EARLIEST for part in archive.parts):
        reasons.append("times in the zip")
    for name in sorted(archive.names):
        if ALLOWED.fullmatch(name):
            charted = any(CHART_PART.match(each) for each in archive.names)
            scan = _PlainScan(name, formulas, charted=charted)
            archive.parse(name, scan, small=False)
            reasons.extend(scan.reasons)
    return list(dict.fromkeys(reasons))


class _PlainScan(XmlScan):
    def __init__(self, part: str, formulas: frozenset[str], *, charted: bool) -> None:
        super().__init__()
        self.part = part
        self.formulas = formulas
        self.charted = charted
        self.reasons: list[str] = []
        self.name = ""
        self.text = ""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        self.name, self.text = name.rpartition("|")[2], ""
        of_chart = self.name == "drawing" and self.charted
        if self.name in REVEALING and self.name != "f" and not of_chart:
            self._found(REVEALING[self.name])
        if self.name in DRAWN and self.part.startswith("xl/drawings/"):
            self._found("a drawing that is no chart")
        if attributes.get("hidden") in YES or attributes.get("state", "") in {"hidden", "veryHidden"}:
            self._found(f"a hidden {self.name}")
        if attributes.get("TargetMode") == "External":
            self._found("a link that leads outside")
        if self.name == "definedName" and attributes.get("name") not in PLAIN_NAMES:
            self._found("a name of its own")
        if self.name in {"row", "col"} and attributes.get("ht", attributes.get("width")) == "0":
            self._found(f"a {self.name} too small to be seen")

    def says(self, text: str) -> None:
        super().says(text)
        if self.name == "creator" and text != CREATOR:
            self._found("an author")
        self.text += text

    def closed(self, name: str) -> None:
        del name
        if self.name == "f":
            if CHART_PART.match(self.part):
                if not OF_OWN_CELLS.fullmatch(self.text):
                    self._found("a chart of cells elsewhere")
            elif self.text not in self.formulas:
                self._found(REVEALING["f"])
        self.name = ""

    def _found(self, what: str) -> None:
        self.reasons.append(f"{what} in {self.part}")
