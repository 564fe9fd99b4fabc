"""The first look at a workbook: what is in it, and whether it may be read at all.

Every part is unpacked once in pieces and counted before any of it is read. No tree is built, then or later, and the
file's own word on how large its sheets are is not asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.deferred import dataclass
from senco.errors import BadInput
from senco.sheets.archive import MAIN, Archive, XmlScan, beside, relations_of
from senco.sheets.colours import ThemeScan
from senco.sheets.limits import USUAL, Limits
from senco.sheets.sheetscan import PHONETIC, TEXT, YES, Shared
from senco.sheets.styles import StyleScan
from senco.sheets.values import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable

CONTENT_TYPES = "[Content_Types].xml"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
WORKBOOK_TYPES = frozenset(
    {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        "application/vnd.ms-excel.template.macroEnabled.main+xml",
    }
)
STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
STYLES = "xl/styles.xml"
ITEM = f"{MAIN}|si"
THEME = "xl/theme/theme1.xml"
OTHER_ZIPS = (
    ("xl/workbook.bin", "a binary workbook (.xlsb)"),
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("Index/Document.iwa", "an Apple Numbers or Pages document"),
)
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."


@dataclass(frozen=True, slots=True)
class Survey:
    """What a workbook holds: its visible worksheets (name and part), what they share, and what will not be read."""

    archive: Archive
    sheets: tuple[tuple[str, str], ...]
    shared: Shared
    notes: tuple[str, ...]


def examine(file: str, data: bytes, limits: Limits = USUAL) -> Survey:
    """Look a workbook over without reading its cells.

    BadInput when it is no workbook, is damaged, is locked, goes beyond a limit or is built to harm.
    """
    archive = Archive(file, data, limits)
    _refuse_other_zips(archive)
    workbook, strings = _main_parts(archive)
    listed = _WorkbookScan()
    archive.parse(workbook, listed)
    relations = _RelationScan(workbook)
    if relations_of(workbook) in archive.names:
        archive.parse(relations_of(workbook), relations)
    chosen, hidden = _worksheets(archive, listed, relations)
    large = {part for _, part in chosen} | ({strings} if strings else set())
    archive.check_sizes(frozenset(large))
    texts, styles, theme = _TextScan(), StyleScan(), ThemeScan()
    if strings:
        archive.parse(strings, texts, small=False)
    if STYLES in archive.names:
        archive.parse(STYLES, styles)
    if THEME in archive.names:
        archive.parse(THEME, theme)
    shared = Shared(texts.texts, styles.styles(theme.colours), listed.from_1904)
    return Survey(archive, tuple(chosen), shared, tuple(_notes(archive, hidden)))


def _refuse_other_zips(archive: Archive) -> None:
    for part, what in OTHER_ZIPS:
        if part in archive.names:
            raise other_format(archive.file, what)
    if "mimetype" in archive.names and archive.part("mimetype").startswith(OPEN_DOCUMENT):
        raise other_format(archive.file, "an OpenDocument file (.ods or the like)")
    if CONTENT_TYPES not in archive.names:
        raise _no_workbook(archive)


def other_format(file: str, what: str) -> BadInput:
    """Make the error for a file of another program or kind."""
    return BadInput("sheet.other-format", f"{file} is {what}, not a workbook.", "Open it and save it as .xlsx or .csv.")


def _no_workbook(archive: Archive) -> BadInput:
    return BadInput(
        "sheet.not-a-workbook",
        f"{archive.file} is a zip file without a workbook in it.",
        "Unpack it, and give the .xlsx or .csv file that is inside.",
    )


def _main_parts(archive: Archive) -> tuple[str, str]:
    types = _TypeScan()
    archive.parse(CONTENT_TYPES, types)
    workbook = next((part for part, kind in types.overrides.items() if kind in WORKBOOK_TYPES), "")
    if not workbook and types.defaults & WORKBOOK_TYPES:
        workbook = "xl/workbook.xml"
    if workbook not in archive.names:
        raise _no_workbook(archive)
    strings = next((part for part, kind in types.overrides.items() if kind == STRINGS_TYPE), "")
    if strings and strings not in archive.names:
        raise archive.damaged("the part with its texts is missing")
    return workbook, strings


def _worksheets(
    archive: Archive, listed: _WorkbookScan, relations: _RelationScan
) -> tuple[list[tuple[str, str]], list[str]]:
    if listed.strict:
        raise other_format(archive.file, "a workbook in the strict variant of the format")
    if len(listed.sheets) > archive.limits.sheets:
        raise archive.too_big(f"it holds more than {archive.limits.sheets} sheets")
    names = [name.casefold() for name, _, _ in listed.sheets]
    if len(set(names)) < len(names):
        raise archive.damaged("two sheets in it have the same name")
    chosen, hidden = [], []
    for name, relation, state in listed.sheets:
        kind, part = relations.targets.get(relation, ("", ""))
        if not kind.endswith("/worksheet"):
            continue
        if part not in archive.names:
            raise archive.damaged("one of its sheets is missing")
        if state == "visible":
            chosen.append((name, part))
        else:
            hidden.append(name)
    if not chosen:
        raise BadInput(
            "sheet.no-sheets",
            f"{archive.file} holds no visible sheet.",
            "Show the sheet that is meant, and save the file again." if hidden else "Check that it is the right file.",
        )
    return chosen, hidden


def _notes(archive: Archive, hidden: list[str]) -> Iterable[str]:
    if hidden:
        yield f"Hidden sheets were not read: {', '.join(hidden)}."
    lowered = {name.lower() for name in archive.names}
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in lowered):
        yield "It holds macros; they were not run."
    if any(name.startswith("xl/externallinks/") for name in lowered):
        yield "It links to other workbooks; the links were not followed, the values saved last were read."


class _TypeScan(XmlScan):
    def __init__(self) -> None:
        super().__init__()
        self.overrides: dict[str, str] = {}
        self.defaults: set[str] = set()

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{TYPES}|Override":
            self.overrides.setdefault(attributes.get("PartName", "")[1:], attributes.get("ContentType", ""))
        elif name == f"{TYPES}|Default":
            self.defaults.add(attributes.get("ContentType", ""))


class _RelationScan(XmlScan):
    def __init__(self, part: str) -> None:
        super().__init__()
        self.part = part
        self.targets: dict[str, tuple[str, str]] = {}

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{PACKAGE_RELATIONS}|Relationship" and attributes.get("TargetMode") != "External":
            target = beside(self.part, attributes.get("Target", ""))
            self.targets[attributes.get("Id", "")] = (attributes.get("Type", ""), target)


class _WorkbookScan(XmlScan):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, str]] = []
        self.strict = False
        self.from_1904 = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{MAIN}|sheet":
            relation = attributes.get(f"{DOCUMENT_RELATIONS}|id", "")
            self.sheets.append((attributes.get("name", ""), relation, attributes.get("state", "visible")))
        elif name == f"{MAIN}|workbookPr":
            self.from_1904 = attributes.get("date1904") in YES
        elif name.startswith(STRICT):
            self.strict = True


class _TextScan(XmlScan):
    """Reads the texts that cells share; the hints at pronunciation that stand with some are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.parts: list[str] = []
        self.letters = 0
        self.inside = self.phonetic = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        del attributes
        if name == ITEM:
            self.parts = []
            self.letters = 0
        elif name == TEXT:
            self.inside = not self.phonetic
        elif name == PHONETIC:
            self.phonetic = True

    def closed(self, name: str) -> None:
        if name == TEXT:
            self.inside = False
        elif name == PHONETIC:
            self.phonetic = False
        elif name == ITEM:
            self.texts.append(plain_text("".join(self.parts)))

    def says(self, text: str) -> None:
        super().says(text)
        if self.inside:
            self.letters += len(text)
            if self.letters > self.archive.limits.letters:
                raise self.archive.too_big(f"a text in it is longer than {self.archive.limits.letters:,} letters")
            self.parts.append(text)
