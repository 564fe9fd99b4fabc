"""A workbook's styles as far as they carry meaning: the fill colour of a cell, and whether its number is a date."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from senco.deferred import dataclass
from senco.sheets.archive import MAIN, XmlScan
from senco.sheets.colours import INDEXED, Colour, resolve
from senco.sheets.values import is_date_format, is_length_format

if TYPE_CHECKING:
    from collections.abc import Sequence

COUNTED = frozenset(f"{MAIN}|{name}" for name in ("xf", "font", "fill", "border", "dxf", "numFmt", "cellStyle"))
BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})
BUILT_IN_LENGTH = 46


class Meaning(Enum):
    """What a cell's number stands for."""

    NUMBER = 0
    DATE = 1
    LENGTH = 2


@dataclass(frozen=True, slots=True)
class Style:
    """One cell style: its fill as RRGGBB, if any, and what its numbers mean."""

    fill: str | None = None
    meaning: Meaning = Meaning.NUMBER


class StyleScan(XmlScan):
    """Reads the styles part as it streams by."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.inside = ""
        self.formats: dict[str, str] = {}
        self.fills: list[Colour | None] = []
        self.solid = False
        self.indexed: list[str] = []
        self.wanted: list[tuple[str, str]] = []

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        if name in COUNTED:
            self.count += 1
            if self.count > self.archive.limits.styles:
                raise self.archive.too_big(f"it holds more than {self.archive.limits.styles:,} styles")
        local = name.removeprefix(f"{MAIN}|")
        if local in {"fills", "cellXfs", "dxfs", "cellStyleXfs", "indexedColors"}:
            self.inside = local
        elif local == "numFmt":
            self.formats.setdefault(attributes.get("numFmtId", ""), attributes.get("formatCode", ""))
        elif self.inside == "cellXfs" and local == "xf":
            self.wanted.append((attributes.get("fillId", "0"), attributes.get("numFmtId", "0")))
        elif self.inside == "indexedColors" and local == "rgbColor":
            self.indexed.append(attributes.get("rgb", ""))
        elif self.inside == "fills":
            self._fill(local, attributes)

    def closed(self, name: str) -> None:
        """Take a closing tag."""
        if name.removeprefix(f"{MAIN}|") == self.inside:
            self.inside = ""

    def styles(self, theme: Sequence[str]) -> list[Style]:
        """Give the cell styles in the order that cells name them."""
        indexed = self.indexed or INDEXED
        fills = {
            str(place): resolve(colour, theme, indexed) for place, colour in enumerate(self.fills) if colour is not None
        }
        return [Style(fills.get(fill), self._meaning(code)) for fill, code in self.wanted] or [Style()]

    def _fill(self, local: str, attributes: dict[str, str]) -> None:
        if local == "fill":
            self.fills.append(None)
        elif local == "patternFill":
            self.solid = attributes.get("patternType") == "solid"
        elif local == "fgColor" and self.solid and self.fills:
            self.fills[-1] = Colour.written(attributes)

    def _meaning(self, number: str) -> Meaning:
        if number in self.formats:
            code = self.formats[number]
            if is_length_format(code):
                return Meaning.LENGTH
            return Meaning.DATE if is_date_format(code) else Meaning.NUMBER
        if number == str(BUILT_IN_LENGTH):
            return Meaning.LENGTH
        return Meaning.DATE if number.isdigit() and int(number[:4]) in BUILT_IN_DATES else Meaning.NUMBER
