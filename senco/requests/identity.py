"""What a form may say of who a child is: the pupil's number, the year group by age, names where they must not be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from senco.privacy import fold, why_not_upn
from senco.requests.rules import YEAR_GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from senco.requests.form_kinds import PupilDraft

_SHORTEST_NAME: Final = 3
_SEPTEMBER: Final = 9
_NURSERY: Final = {-1: "N2", -2: "N1", 0: "R"}
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def plain_upn(text: str) -> str:
    """Give a UPN as it is kept, without blanks and in capitals.

    >>> plain_upn(" a950 0001 78301 ")
    'A950000178301'
    """
    return re.sub(r"[\s-]", "", text).upper()


def is_temporary(upn: str) -> bool:
    """Say whether a UPN is a temporary one: its last character is a letter.

    >>> is_temporary("A950000178301"), is_temporary("L83920012300A")
    (False, True)
    """
    return upn[-1:].isalpha()


def expected_year_group(born: date, day: date) -> str:
    """Give the year group by age in the academic year of a day: the age on 31 August before it, less four.

    "" when the child is too young or too old for school.

    >>> from datetime import date
    >>> [expected_year_group(date(*born), date(2020, 11, 24)) for born in ((2016, 8, 31), (2016, 9, 1), (2012, 2, 3))]
    ['R', 'N2', '4']
    >>> expected_year_group(date(1990, 1, 1), date(2020, 11, 24))
    ''
    """
    first = day.year if day.month >= _SEPTEMBER else day.year - 1
    age = first - born.year - (born.month >= _SEPTEMBER)
    found = _NURSERY.get(age - 4, str(age - 4))
    return found if found in YEAR_GROUPS else ""


def names_a_child(text: str, pupils: Iterable[PupilDraft]) -> bool:
    """Say whether a text names one of these children, by a given or family name as a word of its own."""
    words = set(_WORD.findall(text))
    parts = {part for word in words for part in re.split(r"['’-]", word)} | words
    parts |= {word.removesuffix("'s").removesuffix("’s") for word in words}
    return any(name in parts or name.upper() in parts for pupil in pupils for name in _names(pupil))


def file_names_a_child(file: str, pupils: Sequence[PupilDraft]) -> bool:
    """Say whether the name of a file gives a child away, by name or by UPN."""
    told = fold(file)
    upns = (fold(pupil.upn) for pupil in pupils if pupil.upn)
    # Part of a word is enough here: file names run names together.
    return any(each in told for each in upns) or any(fold(name) in told for pupil in pupils for name in _names(pupil))


def why_not_pupil_number(upn: str) -> str | None:
    """Say why this is no UPN, or None; the answer never repeats it."""
    return why_not_upn(upn)


def _names(pupil: PupilDraft) -> list[str]:
    told = f"{pupil.given_names} {pupil.family_name}".split()
    return [name for name in told if len(name) >= _SHORTEST_NAME]
