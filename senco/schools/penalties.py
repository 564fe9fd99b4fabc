"""The words matching speaks in: what is wanted, what the register has, and what speaks against a fit, in points."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from senco.deferred import dataclass

STRONG_FROM: Final = 78
MEDIUM_FROM: Final = 55
LOW_FROM: Final = 15

SMALL: Final = 4
"""A difference that is seen often between names of one school."""

ASKS: Final = 25
"""Enough to keep a name from being taken without asking: more than STRONG lets pass."""

NOT_OPEN: Final = 30
EXTRA: Final = 35
OUTSIDE: Final = 40
CONFLICT: Final = 45
"""What was written says another school than this one."""


class Penalty(StrEnum):
    """Why a name does not fit a school wholly."""

    WORD_MISSING = "word missing"
    EXTRA_WORD = "extra word"
    PART_OF_NAME = "part of the name only"
    WORD_ORDER = "word order"
    INITIALS = "initials"
    ABBREVIATION = "abbreviation"
    JOINED = "joined or split word"
    SPELLING = "spelling"
    PHASE_DIFFERS = "phase differs"
    AGES_DIFFER = "infant or junior differs"
    KIND_DIFFERS = "kind of school differs"
    KIND_MISSING = "kind of school not said"
    GENDER_DIFFERS = "boys or girls differs"
    FAITH_DIFFERS = "faith differs"
    FORMER_NAME = "former name"
    NOT_MAINSTREAM = "not a mainstream school"
    NOT_OPEN = "not open"
    OTHER_LA = "other LA"
    CLAIMED = "another row fits better"


class Grade(StrEnum):
    """How sure a fit is."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Found:
    """One penalty as found: its weight in points of a hundred, and what was seen, in plain words."""

    penalty: Penalty
    weight: int
    detail: str


@dataclass(frozen=True, slots=True)
class RegisterSchool:
    """What the register says of a school, as far as its name is to be found.

    ``other_names`` are former names and the names people have confirmed for it.
    """

    urn: int
    name: str
    phase: str
    type: str
    la_code: int
    status: str
    low_age: int | None
    high_age: int | None
    town: str
    trust: str
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name somebody wrote, the key of its place, and the phase of the column it stood under, which may be wrong."""

    key: int
    text: str
    phase_hint: str | None


def grade_of(score: int) -> Grade:
    """Give the grade of a score out of a hundred.

    >>> [grade_of(score).value for score in (100, 78, 77, 54, 14)]
    ['strong', 'strong', 'medium', 'low', 'none']
    """
    if score >= STRONG_FROM:
        return Grade.STRONG
    if score >= MEDIUM_FROM:
        return Grade.MEDIUM
    return Grade.LOW if score >= LOW_FROM else Grade.NONE


@dataclass(frozen=True, slots=True)
class Fit:
    """How one written name fits one school.

    ``relief`` is what the fit is spared when it stands as a rival: a slip of the pen may have made the one name of the
    other, and words of kind (high, primary, infants, girls) are left out for either school alike. ``untold`` is the
    weight of the other words that the written name leaves out, and ``telling`` says that what is left out of this
    school's name could be what tells it from another. ``confirmed`` marks a name that is, letter for letter, one of the
    school's other names, ``exact`` one that is its present name.
    """

    school: RegisterSchool
    score: int
    why: tuple[Found, ...]
    relief: int = 0
    untold: int = 0
    telling: bool = False
    confirmed: bool = False
    exact: bool = False
