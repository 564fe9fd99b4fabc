"""A cell's fill as six hexadecimal digits, however the workbook writes it: plainly, by theme and tint, by index."""

from __future__ import annotations

import colorsys
import math
import re
from typing import TYPE_CHECKING

from senco.deferred import dataclass
from senco.sheets.archive import XmlScan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
# A theme lists dark before light; a colour's number counts light before dark (ECMA-376 part 1, 18.8.3 as practised).
THEME_ORDER = (
    *("lt1", "dk1", "lt2", "dk2"),
    *("accent1", "accent2", "accent3", "accent4", "accent5", "accent6"),
    *("hlink", "folHlink"),
)
OFFICE_THEME = (
    *("FFFFFF", "000000", "EEECE1", "1F497D"),
    *("4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646"),
    *("0000FF", "800080"),
)
# The 56 colours every workbook knows by number, from 8; the first eight repeat them (ECMA-376 part 1, 18.8.27).
EIGHT = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
INDEXED = (
    *EIGHT,
    *EIGHT,
    *("800000", "008000", "000080", "808000", "800080", "008080", "C0C0C0", "808080"),
    *("9999FF", "993366", "FFFFCC", "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF"),
    *("000080", "FF00FF", "FFFF00", "00FFFF", "800080", "800000", "008080", "0000FF"),
    *("00CCFF", "CCFFFF", "CCFFCC", "FFFF99", "99CCFF", "FF99CC", "CC99FF", "FFCC99"),
    *("3366FF", "33CCCC", "99CC00", "FFCC00", "FF9900", "FF6600", "666699", "969696"),
    *("003366", "339966", "003300", "333300", "993300", "993366", "333399", "333333"),
)
RGB = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
FULL = 255


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as a workbook writes it: one of rgb, theme or index, and a tint from -1 to 1."""

    rgb: str = ""
    theme: int = -1
    indexed: int = -1
    tint: float = 0.0

    @classmethod
    def written(cls, attributes: Mapping[str, str]) -> Colour:
        """Read a colour's attributes; one that cannot be read names nothing."""
        try:
            tint = float(attributes.get("tint", "0"))
            return cls(
                attributes.get("rgb", ""),
                int(attributes.get("theme", "-1")),
                int(attributes.get("indexed", "-1")),
                max(-1.0, min(tint, 1.0)) if math.isfinite(tint) else 0.0,
            )
        except ValueError:
            return cls()


class ThemeScan(XmlScan):
    """Reads the twelve colours of a workbook's theme; the usual office theme where one is missing."""

    def __init__(self) -> None:
        super().__init__()
        self.colours = list(OFFICE_THEME)
        self.inside = ""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        local = name.removeprefix(f"{DRAWING}|")
        if local in THEME_ORDER:
            self.inside = local
        elif self.inside and local in {"srgbClr", "sysClr"}:
            found = RGB.fullmatch(attributes.get("lastClr") or attributes.get("val") or "")
            if found:
                self.colours[THEME_ORDER.index(self.inside)] = found[1].upper()
            self.inside = ""


def tinted(colour: str, tint: float) -> str:
    """Lighten (towards 1) or darken (towards -1) a colour as a spreadsheet's tint does.

    >>> tinted("4F81BD", 0.5999), tinted("FFFFFF", -0.25)
    ('B9CDE5', 'BFBFBF')
    """
    if not tint:
        return colour
    red, green, blue = (int(colour[place : place + 2], 16) / FULL for place in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    lightness = lightness * (1 + tint) if tint < 0 else lightness * (1 - tint) + tint
    mixed = colorsys.hls_to_rgb(hue, lightness, saturation)
    return "".join(f"{min(max(round(part * FULL), 0), FULL):02X}" for part in mixed)


def resolve(colour: Colour, theme: Sequence[str], indexed: Sequence[str]) -> str | None:
    """Give a colour as RRGGBB; None for one that names nothing (a window's own background, an index out of range).

    >>> resolve(Colour(rgb="FF92D050"), (), ()), resolve(Colour(theme=4), OFFICE_THEME, ()), resolve(Colour(), (), ())
    ('92D050', '4F81BD', None)
    """
    base = colour.rgb
    if not base and 0 <= colour.theme < len(theme):
        base = theme[colour.theme]
    elif not base and 0 <= colour.indexed < len(indexed):
        base = indexed[colour.indexed]
    found = RGB.fullmatch(base)
    return tinted(found[1].upper(), colour.tint) if found else None
