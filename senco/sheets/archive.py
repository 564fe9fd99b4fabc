"""A workbook's zip, opened with bounds: its list of parts, its unpacked size, and its XML in pieces."""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.parsers import expat

from senco.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from senco.sheets.limits import Limits

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PIECE = 65_536
DIRECTORY_BYTES = 400_000
ENCRYPTED = 0x1
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,  # raised by zipfile for a way of packing that it does not know
    RuntimeError,
    OSError,
    ValueError,
    OverflowError,
)
SAVE_AGAIN = "Open it in a spreadsheet program and save it again as .xlsx."


class _Bounded(io.BytesIO):
    """Bytes never handed out in one large piece, so that an endless list of parts is not taken in."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > DIRECTORY_BYTES:
            raise zipfile.BadZipFile
        return super().read(size)


class Archive:
    """The parts of a zip: checked names, bounded sizes, nothing written to disk."""

    def __init__(self, file: str, data: bytes, limits: Limits) -> None:
        self.file = file
        self.data = data
        self.limits = limits
        try:
            self.zip = zipfile.ZipFile(_Bounded(data))
            self.parts = self.zip.infolist()
        except BROKEN_ZIP as trouble:
            raise self.damaged("its list of parts cannot be read") from trouble
        self._check_names()
        self.names = frozenset(part.filename for part in self.parts)

    def damaged(self, what: str) -> BadInput:
        """Make the error for a zip or XML that does not hold together."""
        return BadInput("sheet.damaged", f"{self.file} is damaged: {what}.", SAVE_AGAIN)

    def too_big(self, what: str) -> BadInput:
        """Make the error for a file beyond a limit."""
        return BadInput(
            "sheet.too-big", f"{self.file} is too big to be read safely: {what}.", "Save only the sheet that is needed."
        )

    def unsafe(self, what: str) -> BadInput:
        """Make the error for a file built to mislead or to harm."""
        return BadInput(
            "sheet.unsafe",
            f"{self.file} is not read: {what}.",
            "No spreadsheet program writes such a file. Ask the sender for a new copy.",
        )

    def _check_names(self) -> None:
        if len(self.parts) > self.limits.parts:
            raise self.too_big(f"it holds more than {self.limits.parts} parts")
        seen: set[str] = set()
        for part in self.parts:
            name = part.filename
            if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
                raise self.unsafe("a part in it has a name that leads outside it")
            if name.casefold() in seen:
                raise self.unsafe("two parts in it have the same name")
            seen.add(name.casefold())
            if part.flag_bits & ENCRYPTED:
                raise BadInput("sheet.password", f"{self.file} is locked with a password.", "Save it without one.")
            if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                raise self.unsafe("a part in it is packed in a way that no spreadsheet program uses")

    def check_sizes(self, large: frozenset[str]) -> None:
        """Unpack every part once, in pieces, counting bytes and tags; nothing is kept.

        ``large`` names the sheets and the strings, which share the limit of tags; every other XML part is small.
        """
        total = 0
        tags = 0
        for part in self.parts:
            own = 0
            own_tags = 0
            for piece in self.pieces(part.filename):
                own += len(piece)
                own_tags += piece.count(b"<") - piece.count(b"</")
                if total + own > self.limits.unpacked_bytes:
                    raise self.too_big(f"unpacked it is larger than {self.limits.unpacked_bytes // 1_000_000} MB")
                if part.filename in large and tags + own_tags > self.limits.tags:
                    raise self.too_big(f"its sheets hold more than {self.limits.tags:,} marks")
            total += own
            if part.filename in large:
                tags += own_tags

    def pieces(self, name: str) -> Iterator[bytes]:
        """Unpack one part in pieces of 64 KB."""
        try:
            with self.zip.open(name) as part:
                while piece := part.read(PIECE):
                    yield piece
        except BROKEN_ZIP as trouble:
            raise self.damaged("a part of it cannot be unpacked") from trouble

    def part(self, name: str) -> bytes:
        """Unpack one small part."""
        data = b""
        for piece in self.pieces(name):
            data += piece
            if len(data) > self.limits.small_part_bytes:
                raise self.too_big("one of its descriptions is larger than any spreadsheet program writes")
        return data

    def parse(self, name: str, scan: XmlScan, *, small: bool = True) -> None:
        """Send one XML part through a scan, refusing document types, entities, deep nesting and endless tokens."""
        scan.archive = self
        parser = expat.ParserCreate(namespace_separator="|")
        parser.buffer_text = True
        parser.StartElementHandler = scan.starts
        parser.EndElementHandler = scan.ends
        parser.CharacterDataHandler = scan.says
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.EntityDeclHandler = self._refuse_doctype
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        fed = 0
        tags = 0
        try:
            for piece in self.pieces(name):
                parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by position only
                fed += len(piece)
                tags += piece.count(b"<")
                if fed - max(parser.CurrentByteIndex, 0) > self.limits.token_bytes:
                    raise self.unsafe("a mark in it is longer than any spreadsheet program writes")
                if small and (tags > self.limits.small_part_tags or fed > self.limits.small_part_bytes):
                    raise self.too_big("one of its descriptions is larger than any spreadsheet program writes")
            parser.Parse(b"", True)  # noqa: FBT003 - the same
        except (expat.ExpatError, ValueError, LookupError) as trouble:
            raise self.damaged("a part of it is not well-formed XML") from trouble

    def _refuse_doctype(self, *_: object) -> None:
        raise self.unsafe("it declares a document type or entities, which can be made to swell or to fetch files")


class XmlScan:
    """What is done with the tags of one part; a scan for a kind of part says what ``opened`` and ``closed`` do.

    This one only bounds how deep tags nest and how long text runs.
    """

    archive: Archive

    def __init__(self) -> None:
        self.depth = 0
        self.run = 0

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        self.run = 0
        self.depth += 1
        if self.depth > self.archive.limits.depth:
            raise self.archive.unsafe("its marks stand inside each other deeper than any spreadsheet program writes")
        self.opened(name, attributes)

    def ends(self, name: str) -> None:
        """Take a closing tag."""
        self.run = 0
        self.depth -= 1
        self.closed(name)

    def says(self, text: str) -> None:
        """Take text between tags."""
        self.run += len(text)
        if self.run > self.archive.limits.letters:
            raise self.archive.too_big(f"a text in it is longer than {self.archive.limits.letters:,} letters")

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Do what this kind of part asks for at an opening tag."""

    def closed(self, name: str) -> None:
        """Do what this kind of part asks for at a closing tag."""


def beside(part: str, target: str) -> str:
    """Resolve a relationship's target against the part that names it.

    >>> beside("xl/workbook.xml", "worksheets/sheet1.xml"), beside("xl/workbook.xml", "/xl/styles.xml")
    ('xl/worksheets/sheet1.xml', 'xl/styles.xml')
    """
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def relations_of(part: str) -> str:
    """Name the part that holds a part's relationships.

    >>> relations_of("xl/workbook.xml")
    'xl/_rels/workbook.xml.rels'
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
