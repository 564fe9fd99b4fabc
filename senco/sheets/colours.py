"""A cell's fill as six hexadecimal digits, however the workbook writes it: plainly, by theme and tint, by index."""

from __future__ import annotations

import colorsys
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.styles.colors import Color

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
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
RGB = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
FULL = 255


def theme_colours(theme: bytes | None) -> list[str]:
    """Read the twelve colours of a workbook's theme; the usual office theme where it has none or one is missing."""
    colours = list(OFFICE_THEME)
    if not theme:
        return colours
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415 - only for workbooks

    scheme = fromstring(theme).find(f"{DRAWING}themeElements/{DRAWING}clrScheme")
    if scheme is None:
        return colours
    for place, name in enumerate(THEME_ORDER):
        entry = scheme.find(f"{DRAWING}{name}")
        for written in () if entry is None else tuple(entry):
            found = RGB.fullmatch(written.get("lastClr") or written.get("val") or "")
            if found:
                colours[place] = found[1].upper()
    return colours


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
    mixed = colorsys.hls_to_rgb(hue, min(max(lightness, 0.0), 1.0), saturation)
    return "".join(f"{round(part * FULL):02X}" for part in mixed)


def resolve(colour: Color, theme: Sequence[str], indexed: Sequence[str]) -> str | None:
    """Give a colour as RRGGBB; None for one that names nothing (a window's own background, an index out of range)."""
    base: str | None = None
    if colour.type == "rgb":
        base = str(colour.rgb)
    elif colour.type == "theme" and 0 <= colour.theme < len(theme):
        base = theme[colour.theme]
    elif colour.type == "indexed" and 0 <= colour.indexed < len(indexed):
        base = indexed[colour.indexed]
    found = RGB.fullmatch(base or "")
    return tinted(found[1].upper(), float(colour.tint or 0.0)) if found else None
