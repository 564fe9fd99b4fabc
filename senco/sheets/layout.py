"""How wide columns and how high rows must be so that nothing is cut, on screen or on paper.

Spreadsheet programs do not grow rows around merged text, and differ over the rest, so heights are worked out here from
the letters' widths in the font that is used (Arial; its twin Liberation Sans has the same widths).
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FONT = "Arial"
FONT_SIZE = 10
LINE_POINTS = 12.75
ROW_PADDING = 4.0
HIGHEST_ROW = 409.0
# Widths of the letters from blank to tilde in thousandths of the font's size; a digit, the unit of columns, has 556.
LETTER_WIDTHS = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)
DIGIT = 556
OTHER_LETTER = 667
WIDE_LETTER = 1000
BOLD = 1.09
SAFETY = 1.06
CELL_PADDING = 1.4
NARROWEST = 6.0
WIDEST = 42.0
PAGE_WIDTH = 138.0
VERY_WIDE = 120.0
FIRST = ord(" ")


def text_width(text: str, *, bold: bool = False, size: float = FONT_SIZE) -> float:
    """Give the width of one line in digits of the usual font.

    >>> round(text_width("0000"), 2), text_width("iiii") < text_width("WWWW")
    (4.24, True)
    """
    thousandths = sum(map(_letter, text))
    return thousandths / DIGIT * (BOLD if bold else 1.0) * SAFETY * size / FONT_SIZE


def lines_needed(text: str, width: float, *, bold: bool = False, size: float = FONT_SIZE) -> int:
    """Count the lines a text takes in a cell of a width when broken between words (a word too long breaks anywhere).

    >>> lines_needed("a short text", 40), lines_needed("a short text", 9), lines_needed("two\\nlines", 40)
    (1, 2, 2)
    """
    room = max(width - CELL_PADDING, 1.0)
    blank = text_width(" ", bold=bold, size=size)
    count = 0
    for line in text.split("\n"):
        count += 1
        if text_width(line, bold=bold, size=size) <= room:
            continue
        used = 0.0
        for word in line.split(" "):
            wide = text_width(word, bold=bold, size=size)
            if used and used + blank + wide > room:
                count += 1
                used = 0.0
            elif used:
                used += blank
            count += int(wide // room) if wide > room else 0
            used += wide % room if wide > room else wide
    return count


def height_of(lines: int, size: float = FONT_SIZE) -> float:
    """Give the height in points of a row with so many lines; a spreadsheet takes no more than 409.

    >>> height_of(1), height_of(2), height_of(100)
    (16.75, 29.5, 409.0)
    """
    return min(lines * LINE_POINTS * size / FONT_SIZE + ROW_PADDING, HIGHEST_ROW)


def fit_columns(columns: Sequence[Sequence[str]], fixed: Sequence[float | None], wraps: Sequence[bool]) -> list[float]:
    """Choose widths: each column as wide as its texts, wrapped ones narrowed until the table fits a page's width.

    ``columns`` holds every text of each column, its heading first. No word is broken, and a text that would need more
    lines than a row can be high gets a wider column.
    """
    widths = []
    least = []
    for texts, given, wrap in zip(columns, fixed, wraps, strict=True):
        longest = max((text_width(line, bold=True) for text in texts for line in text.split("\n")), default=0.0)
        word = max((text_width(part, bold=True) for text in texts for part in text.split()), default=0.0)
        natural = max(longest + CELL_PADDING, NARROWEST)
        least.append(min(max(word + CELL_PADDING, NARROWEST), WIDEST) if wrap else natural)
        widths.append(given if given is not None else max(min(natural, WIDEST), least[-1]) if wrap else natural)
    over = sum(widths) - PAGE_WIDTH
    slack = [
        max(width - low, 0.0) if given is None and wrap else 0.0
        for width, low, given, wrap in zip(widths, least, fixed, wraps, strict=True)
    ]
    if over > 0 and sum(slack) > 0:
        share = min(over / sum(slack), 1.0)
        widths = [width - room * share for width, room in zip(widths, slack, strict=True)]
    return [
        width if given is not None else _tall_enough(texts, width)
        for texts, width, given in zip(columns, widths, fixed, strict=True)
    ]


def _tall_enough(texts: Sequence[str], width: float) -> float:
    longest = max(texts, key=len, default="")
    while width < VERY_WIDE and height_of(lines_needed(longest, width)) >= HIGHEST_ROW:
        width += 4
    return round(width, 2)


def _letter(letter: str) -> int:
    place = ord(letter) - FIRST
    if 0 <= place < len(LETTER_WIDTHS):
        return LETTER_WIDTHS[place]
    return WIDE_LETTER if unicodedata.east_asian_width(letter) in "WF" else OTHER_LETTER
