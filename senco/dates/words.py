"""The English words of a date, and how much of an unreadable text may be repeated in a message."""

from __future__ import annotations

import re

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
    r"(?![a-z])\.?"
)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
FLAGS = re.IGNORECASE | re.ASCII

_KNOWN = frozenset(
    (
        *("the", "of", "from", "to", "until", "till", "at", "between", "and", "st", "nd", "rd", "th", "term", "year"),
        *("am", "pm", "a", "p", "m", "noon", "midday", "midnight", "hrs", "hours"),
        *("today", "tomorrow", "yesterday", "next", "this"),
    )
)
_LONGEST = 40
# one letter for one letter, so that what is found can be cut out of the original text
_PLAIN = str.maketrans(
    {"‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "’": "'", "‘": "'", "ʼ": "'"}
    | dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\t\r\n", " ")
)


def plain(text: str) -> str:
    """Give the text with plain spaces, dashes and apostrophes, letter for letter as long as before."""
    return text.translate(_PLAIN)


def month_number(word: str) -> int:
    """Give 1 to 12 for a month's name or its short form.

    >>> month_number("Sept."), month_number("march")
    (9, 3)
    """
    return next(number for number, name in enumerate(MONTHS, 1) if name[:3].lower() == word[:3].lower())


def weekday_number(word: str) -> int:
    """Give 0 (Monday) to 6 for a weekday's name or its short form.

    >>> weekday_number("Tues"), weekday_number("SUN")
    (1, 6)
    """
    return next(number for number, name in enumerate(WEEKDAYS) if name[:3].lower() == word[:3].lower())


def quoted(text: str) -> str:
    """Give the text in quotation marks for a message, showing digits and the words of a date only.

    What fails to be read as a date may be a name that slipped into the wrong column: any other word becomes “…”.

    >>> quoted("31 Sept 2020"), quoted("Ann Other 3.4.12"), quoted("   ")
    ('“31 Sept 2020”', '“… 3.4.12”', 'an empty text')
    """
    shown: list[str] = []
    for part in re.findall(r"[0-9]+|[A-Za-z]+|[ /.,:'-]|.", plain(text).strip(), re.DOTALL):
        known = (part.isascii() and part.isdigit()) or part in " /.,:'-" or _is_known(part)
        piece = part if known else "…"
        if piece != "…" or "".join(shown).rstrip()[-1:] != "…":
            shown.append(piece)
    line = re.sub(r"\s+", " ", "".join(shown)).strip()
    return f"“{line[:_LONGEST] + '…' if len(line) > _LONGEST else line}”" if line else "an empty text"


def _is_known(word: str) -> bool:
    return word.lower() in _KNOWN or re.fullmatch(f"{WEEKDAY}|{MONTH}", word, FLAGS) is not None
