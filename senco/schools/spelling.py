"""How alike two single words are: the same, a plural, one sound, a slip of the keyboard, or cut short."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

LONG: Final = 8
"""Letters from which a word with one wrong letter can hardly be meant for another word."""

SOUNDED: Final = 6
"""Letters from which two spellings of one sound are one word: "Anne" and "Anes" may be two."""

SHORTEST_CUT: Final = 3
"""A word cut to fewer letters than this says too little."""

_DOUBLED: Final = re.compile(r"(.)\1+")
_LAST_SOUND: Final = re.compile(r"(?:ey|ie|i)(s?)$")


class Likeness(StrEnum):
    """What one written word is to another, from the surest to the least sure."""

    SAME = "same"
    PLURAL = "plural"
    SOUND = "one sound"
    LONG_SLIP = "one wrong letter in a long word"
    CUT = "cut short"
    INITIAL = "first letter only"
    SLIP = "one wrong letter"
    SLIPS = "two wrong letters in a long word"


def stem(word: str) -> str:
    """Take off the s of a plural or a possessive.

    >>> stem("wilsons"), stem("cross"), stem("gas")
    ('wilson', 'cross', 'gas')
    """
    return word[:-1] if len(word) > SHORTEST_CUT and word.endswith("s") and not word.endswith("ss") else word


def sound(word: str) -> str:
    """Write a word so that doubled letters and the spellings of a last "ee" make no difference.

    >>> sound("tweeddale") == sound("tweedale"), sound("rushey") == sound("rushy"), sound("rush") == sound("rushy")
    (True, True, False)
    """
    return _LAST_SOUND.sub(r"y\1", _DOUBLED.sub(r"\1", word))


def edits(a: str, b: str) -> int:
    """Count the letters to insert, delete, replace or swap with their neighbour to turn one word into the other.

    >>> edits("rushey", "rushy"), edits("form", "from"), edits("infants", "junior")
    (1, 1, 7)
    """
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]


@lru_cache(maxsize=200_000)
def likeness(typed: str, word: str) -> Likeness | None:
    """Say what the typed word is to a word of the register, or None when they have nothing to do with each other.

    Both are folded already (small letters, no accents, no apostrophes).

    >>> likeness("wilson", "wilsons").value, likeness("comm", "common").value, likeness("rushey", "rushy").value
    ('plural', 'cut short', 'one sound')
    >>> likeness("cecilians", "cecilias").value, likeness("norton", "morton").value
    ('one wrong letter in a long word', 'one wrong letter')
    >>> likeness("park", "parkside").value, likeness("abbey", "avenue")
    ('cut short', None)
    """
    if typed == word:
        return Likeness.SAME
    if len(typed) == 1:
        return Likeness.INITIAL if word.startswith(typed) else None
    short, whole = stem(typed), stem(word)
    if short == whole:
        return Likeness.PLURAL
    if max(len(short), len(whole)) >= SOUNDED and sound(short) == sound(whole):
        return Likeness.SOUND
    if len(short) >= SHORTEST_CUT and whole.startswith(short) and len(whole) - len(short) > 1:
        return Likeness.CUT
    return _slip(typed, word)


def _slip(typed: str, word: str) -> Likeness | None:
    """Say what is to be made of two words that differ by a letter or two."""
    least = min(len(typed), len(word))
    if least <= SHORTEST_CUT or abs(len(typed) - len(word)) > 2:  # noqa: PLR2004 - two letters at most
        return None
    long = least >= LONG and typed[:2] == word[:2]
    if not long and abs(len(typed) - len(word)) > 1:
        return None
    # A replaced letter takes one away and brings one: most words are told apart without counting the edits.
    if len(set(typed) ^ set(word)) > (4 if long else 2):
        return None
    count = edits(typed, word)
    if count == 1:
        return Likeness.LONG_SLIP if long else Likeness.SLIP
    return Likeness.SLIPS if long and count == 2 else None  # noqa: PLR2004 - two letters at most
