"""How wide columns and how high rows must be so that nothing is cut, on screen or on paper.

Spreadsheet programs do not grow rows around merged text, and differ over the rest, so heights are worked out here from
the letters' widths in the font that is used (Arial; its twin Liberation Sans has the same widths).
"""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FONT = "Arial"
FONT_SIZE = 10
LINE_POINTS = 12.75
ROW_PADDING = 3.0
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
SAFETY = 1.07
STEP = 1.0
CELL_PADDING = 1.0
INDENT = 2.2
NARROWEST = 6.0
WIDEST = 42.0
PAGE_WIDTH = 158.0
READABLE = 14.0
LETTERS_A_STEP = 25
VERY_WIDE = 120.0
ASCII_WIDTHS = (*(OTHER_LETTER for _ in range(ord(" "))), *LETTER_WIDTHS, OTHER_LETTER)


def text_width(text: str, *, bold: bool = False, size: float = FONT_SIZE) -> float:
    """Give the width of one line in digits of the usual font.

    >>> round(text_width("0000"), 2), text_width("iiii") < text_width("WWWW")
    (4.28, True)
    """
    return _thousandths(text) / DIGIT * (BOLD if bold else 1.0) * SAFETY * size / FONT_SIZE


@lru_cache(maxsize=4096)
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
        line = line.rstrip()  # noqa: PLW2901 - blanks at an end take no room
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
    (15.75, 28.5, 409.0)
    """
    return min(lines * LINE_POINTS * size / FONT_SIZE + ROW_PADDING, HIGHEST_ROW)


def fit_columns(
    columns: Sequence[Sequence[tuple[str, bool]]],
    fixed: Sequence[float | None],
    wraps: Sequence[bool],
    indents: Sequence[float],
) -> list[float]:
    """Choose widths: each column as wide as its texts, wrapped ones narrowed until the table fits a page's width.

    ``columns`` holds every text of each column and whether it is bold. No word is broken, and a text that would need
    more lines than a row can be high gets a wider column.
    """
    widths = []
    least = []
    for texts, given, wrap, indent in zip(columns, fixed, wraps, indents, strict=True):
        natural = max(_longest(texts, "\n") + indent, NARROWEST)
        readable = min(READABLE + max((len(text) for text, _ in texts), default=0) / LETTERS_A_STEP, WIDEST)
        low = max(_longest(texts, None), min(natural, readable)) if wrap else natural
        widths.append(given if given is not None else max(min(natural, WIDEST), low) if wrap else natural)
        least.append(widths[-1] if given is not None else low)
    deepest = [max((text for text, _ in texts), key=len, default="") for texts in columns]
    _narrow(widths, least, deepest)
    return [
        width if given is not None else _tall_enough(text, width)
        for text, width, given in zip(deepest, widths, fixed, strict=True)
    ]


def _narrow(widths: list[float], least: Sequence[float], deepest: Sequence[str]) -> None:
    """Narrow columns until the table fits a page, each time the one whose longest text then stays the shallowest."""
    after = {
        place: lines_needed(deepest[place], width - STEP)
        for place, width in enumerate(widths)
        if width - STEP >= least[place]
    }
    while after and sum(widths) > PAGE_WIDTH:
        place = min(after, key=lambda place: (after[place], -widths[place]))
        widths[place] -= STEP
        if widths[place] - STEP < least[place]:
            del after[place]
        else:
            after[place] = lines_needed(deepest[place], widths[place] - STEP)


def _longest(texts: Sequence[tuple[str, bool]], mark: str | None) -> float:
    parts = {(part, bold) for text, bold in texts for part in text.split(mark)}
    return max((text_width(part, bold=bold) for part, bold in parts), default=0.0) + CELL_PADDING


def _tall_enough(longest: str, width: float) -> float:
    while width < VERY_WIDE and height_of(lines_needed(longest, width)) >= HIGHEST_ROW:
        width += 4
    return math.ceil(width * 10) / 10


@lru_cache(maxsize=4096)
def _thousandths(text: str) -> int:
    if text.isascii():
        return sum(map(ASCII_WIDTHS.__getitem__, text.encode()))
    return sum(map(_letter, text))


def _letter(letter: str) -> int:
    if letter.isascii():
        return ASCII_WIDTHS[ord(letter)]
    return WIDE_LETTER if unicodedata.east_asian_width(letter) in "WF" else OTHER_LETTER
