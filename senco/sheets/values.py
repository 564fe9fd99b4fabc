"""What a workbook stores, told as plain values: texts with escapes, numbers, serial dates, lengths of time."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

from senco.privacy import clean_block

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
WHOLE_FLOAT = 1e15
DIGITS_OF_INT = 15
SECONDS_OF_DAY = 86_400
MINUTE = 60
# Serial 60 is the 29 February 1900 that never was: days before it count from a day later.
LEAP_DAY_1900 = 60
BASE_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's dates have no zone
BASE_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - the same
QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)


def plain_text(stored: str) -> str:
    """Give a stored text as people read it: escapes such as ``_x000D_`` undone, nothing unshowable, no outer blanks.

    >>> plain_text(" two_x000D_\\nlines "), plain_text("_x001B_[2J"), plain_text("_x005F_x")
    ('two\\nlines', '�[2J', '_x')
    """
    if "_x" in stored:
        stored = ESCAPED.sub(lambda found: chr(int(found[1], 16)), stored)
    return clean_block(stored).strip()


def number(stored: str) -> int | float:
    """Give a stored number, whole where it is; ValueError when it is none or not finite.

    >>> number("102975"), number("102975.0"), number("0.10000000000000001")
    (102975, 102975, 0.1)
    """
    if len(stored) <= DIGITS_OF_INT and stored.isascii() and stored.isdigit():
        return int(stored)
    value = float(stored)
    if not math.isfinite(value):
        raise ValueError("not finite")
    return int(value) if value.is_integer() and abs(value) < WHOLE_FLOAT else value


def number_text(value: float) -> str:
    """Give a number as it is written, with the fifteen digits a spreadsheet keeps.

    >>> number_text(102975), number_text(0.1 + 0.2), number_text(1e20)
    ('102975', '0.3', '1e+20')
    """
    return str(value) if isinstance(value, int) else f"{value:.15g}"


def moment(serial: float, *, from_1904: bool = False) -> date | datetime | time:
    """Give the day, moment or time of day that a serial number stands for, to the second.

    ValueError or OverflowError when it lies outside the calendar.

    >>> moment(44159), moment(44159.5833333333)
    (datetime.date(2020, 11, 24), datetime.datetime(2020, 11, 24, 14, 0))
    >>> moment(0.5), moment(59)
    (datetime.time(12, 0), datetime.date(1900, 2, 28))
    """
    if serial < 0:
        raise ValueError("before the calendar")
    seconds = round(serial * SECONDS_OF_DAY)
    if seconds < SECONDS_OF_DAY and serial:
        return (BASE_1904 + timedelta(seconds=seconds)).time()
    base = BASE_1904 if from_1904 else BASE_1900 + timedelta(days=serial < LEAP_DAY_1900)
    when = base + timedelta(seconds=seconds)
    return when.date() if when.time() == time(0) else when


def length_text(days: float) -> str:
    """Give a length of time as hours, minutes and seconds.

    >>> length_text(1.5)
    '36:00:00'
    """
    minutes, seconds = divmod(round(days * SECONDS_OF_DAY), MINUTE)
    return f"{minutes // MINUTE}:{minutes % MINUTE:02}:{seconds:02}"


def is_length_format(code: str) -> bool:
    """Say whether a number format shows a length of time.

    >>> is_length_format("[h]:mm:ss"), is_length_format("h:mm")
    (True, False)
    """
    return ELAPSED.search(QUOTED.sub("", code)) is not None


def is_date_format(code: str) -> bool:
    """Say whether a number format shows a date or a time.

    >>> is_date_format("dd mmm yyyy"), is_date_format('0.00" days"'), is_date_format("[Red]0")
    (True, False, False)
    """
    first = QUOTED.sub("", code).split(";")[0]
    return first.casefold() != "general" and DATE_LETTERS.search(first) is not None
