"""How the names of English schools are made: which words name the school and which only say what kind it is.

It knows school words and how people shorten them, never the name of a school or a place.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from senco.deferred import dataclass
from senco.schools.spelling import edits

if TYPE_CHECKING:
    from collections.abc import Container


class Role(StrEnum):
    """What a word does in a school's name."""

    NAME = "names the school"
    SAINT = "saint"
    KIND = "phase or kind"
    GENDER = "boys or girls"
    FAITH = "faith"
    SEAT = "school, academy, college"
    EMPTY = "says little"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: folded, as it was written, what it does, and whether it follows the word "school"."""

    text: str
    written: str
    role: Role
    after: bool = False
    slip: bool = False


@dataclass(frozen=True, slots=True)
class Naming:
    """A name taken apart."""

    words: tuple[Word, ...]
    folded: str
    names: tuple[Word, ...]
    kinds: frozenset[str]
    genders: frozenset[str]
    faiths: frozenset[str]
    seats: frozenset[str]


_EMPTY: Final = """
the a of for and at in on with to community voluntary aided controlled va vc foundation maintained mixed free trust
sports technology tech arts science specialist business enterprise engineering computing ii iii iv vi vii viii
"""
SORTS: Final = frozenset(
    {"community", "free", "sports", "technology", "tech", "arts", "science", "business", "engineering", "computing"}
)
"""Words that say little by themselves, yet speak for a school that bears them."""

_SHORTEST_SLIP: Final = 4
"""Words shorter than this are too near to everything to be read as a slip."""

_FORMS: Final[dict[Role, dict[str, str]]] = {
    Role.KIND: {
        "infant": "infant infants inf infs inft infts infnt infnts",
        "junior": "junior juniors jun juns jnr jnrs jr jrs",
        "primary": "primary pri prim prm prmy pr jmi jim ji primaries ps",
        "secondary": "secondary sec comprehensive comp",
        "high": "high hs",
        "grammar": "grammar gram grammer gs",
        "nursery": "nursery nur nurs nsy nsry",
        "first": "first",
        "middle": "middle mid",
        "lower": "lower lwr",
        "upper": "upper upr",
        "preparatory": "preparatory prep",
    },
    Role.GENDER: {"boys": "boys boy", "girls": "girls girl"},
    Role.FAITH: {
        "cofe": "cofe ce coe ceva cevc cofeva cofevc",
        "catholic": "catholic rc cath rcva cva",
        "methodist": "methodist meth",
        "jewish": "jewish",
        "muslim": "muslim",
        "hindu": "hindu",
        "sikh": "sikh",
    },
    Role.SAINT: {"st": "st saint ss"},
    Role.SEAT: {"school": "school sch schl schools", "academy": "academy acad acd", "college": "college coll"},
    Role.EMPTY: {word: word for word in _EMPTY.split()},
}
_SCHOOL_WORDS: Final = {
    form: (role, text) for role, words in _FORMS.items() for text, forms in words.items() for form in forms.split()
}
_CONTRACTIONS: Final = {
    "pk": "park", "rd": "road", "ln": "lane", "gdns": "gardens", "hse": "house", "gn": "green", "grn": "green",
    "hth": "heath", "mt": "mount", "nth": "north", "sth": "south", "wd": "wood", "fld": "field", "flds": "fields",
    "ct": "court", "crt": "court", "ave": "avenue", "dr": "drive", "gt": "great", "lt": "little", "x": "cross",
    "wm": "william", "chas": "charles", "thos": "thomas", "geo": "george", "jas": "james", "jos": "joseph",
    "joe": "joseph", "joes": "josephs",
    "bp": "bishop", "abp": "archbishop",
}  # fmt: skip
_LONG_FORMS: Final = tuple(
    sorted(form for form, (role, _) in _SCHOOL_WORDS.items() if len(form) > _SHORTEST_SLIP and role is not Role.EMPTY)
)

_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘`´ʼ′", "'"))
_DOTTED: Final = re.compile(r"\b([^\W\d_])\.\s?(?=[^\W\d_]\b)")
# What may stand between the letters of such abbreviations: nothing at all, or a plain "and" in some form.
_BETWEEN: Final = r"[\s.,/+]*(?:and\b[\s.]*)?"
_JOINT: Final = r"\s*(?:and\b|\+|/|,)\s*"
_N: Final = r"n(?:urs(?:ery)?)?"
_PHRASES: Final = (
    (re.compile(r"\b(?:ch(?:urch|\.)?\s+of\s+eng(?:land)?|c\s*(?:of|/)\s*e|c\s+e)\b", re.IGNORECASE), "CofE"),
    (re.compile(r"\b(?:roman\s+catholic|r\s*/\s*c|r\s+c)\b", re.IGNORECASE), "Catholic"),
    (re.compile(r"\b(?:early|foundation)\s+years?\b|\beys?\b", re.IGNORECASE), "Nursery"),
    # "J I & N", "JI&N", "J.M.I. & N", "JIN": a junior and infant school is a primary school.
    (re.compile(rf"\bj{_BETWEEN}(?:m{_BETWEEN})?i{_BETWEEN}{_N}\b", re.IGNORECASE), "Primary Nursery"),
    (re.compile(rf"\b(?:j{_JOINT}i|i{_JOINT}j|j{_BETWEEN}m{_BETWEEN}i)\b", re.IGNORECASE), "Primary"),
    (re.compile(rf"\b(?:i{_JOINT}{_N}|{_N}{_JOINT}i)\b", re.IGNORECASE), "Infant Nursery"),
    (re.compile(rf"\b(?:j{_JOINT}{_N}|{_N}{_JOINT}j)\b", re.IGNORECASE), "Junior Nursery"),
    (re.compile(rf"\b((?:inf|jun|jnr|pri)[a-z]*){_JOINT}n\b", re.IGNORECASE), r"\1 Nursery"),
)
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*'?")


def _smoothed(text: str) -> str:
    """Take accents off, make every apostrophe alike, write & as "and", put dotted initials together."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = text.translate(_APOSTROPHES)
    return _DOTTED.sub(r"\1", text.replace("&", " and "))


def fold_words(text: str) -> list[str]:
    """Cut a text into its words: small letters, no accents, apostrophes or other marks.

    >>> fold_words("St. Élphege’s R.C. Infants'")
    ['st', 'elpheges', 'rc', 'infants']
    """
    return [_folded(word) for word in _WORD.findall(_smoothed(text))]


def _folded(written: str) -> str:
    """Fold one word; "James's" and "James'" are one."""
    return written.casefold().replace("s's", "s").replace("'", "")


def read_name(text: str, *, slips: bool = False, familiar: Container[str] = ()) -> Naming:
    """Take a school's name apart.

    With ``slips``, a word one letter away from a school word ("Juniro") is read as that word, unless it is among the
    ``familiar`` words, which name schools of this LA.

    >>> name = read_name("High View C of E Primary School, Ashby")
    >>> [(word.text, word.role.name, word.after) for word in name.names]
    [('high', 'NAME', False), ('view', 'NAME', False), ('ashby', 'NAME', True)]
    >>> sorted(name.kinds), sorted(name.faiths)
    (['primary'], ['cofe'])
    >>> sorted(read_name("Marsh Lane Junior and Infant School").kinds)
    ['primary']
    """
    smoothed = _smoothed(text)
    folded = " ".join(fold_words(text))
    for pattern, word in _PHRASES:
        smoothed = pattern.sub(word, smoothed)
    plain = [_word(written, slips=slips, familiar=familiar) for written in _WORD.findall(smoothed)]
    words = _placed(_through_schools(plain))
    of = {role: frozenset(word.text for word in words if word.role is role) for role in Role}
    return Naming(
        words=tuple(words),
        folded=folded,
        names=tuple(word for word in words if word.role in {Role.NAME, Role.SAINT}),
        kinds=of[Role.KIND],
        genders=of[Role.GENDER],
        faiths=of[Role.FAITH],
        seats=of[Role.SEAT],
    )


def _word(written: str, *, slips: bool, familiar: Container[str]) -> Word:
    """Say what one written word is, looked at by itself."""
    text = _folded(written)
    if text in _SCHOOL_WORDS:
        role, text = _SCHOOL_WORDS[text]
        return Word(text, written, role)
    if slips and len(text) >= _SHORTEST_SLIP and text not in familiar:
        for form in _LONG_FORMS:
            if abs(len(form) - len(text)) <= 1 and edits(text, form) == 1:
                role, right = _SCHOOL_WORDS[form]
                return Word(right, written, role, slip=True)
    return Word(_CONTRACTIONS.get(text, text), written, Role.NAME)


def _through_schools(words: list[Word]) -> list[Word]:
    """Read "Junior and Infant" as one word, for such a school is a primary school."""
    kept: list[Word] = []
    for word in words:
        last = next((other for other in reversed(kept) if other.role is not Role.EMPTY), None)
        if last is not None and {last.text, word.text} == {"infant", "junior"}:
            kept[kept.index(last)] = Word("primary", f"{last.written} {word.written}", Role.KIND)
        else:
            kept.append(word)
    return kept


def _placed(words: list[Word]) -> list[Word]:
    """Say what each word is in its place: "High" names the school in "High View", "St" is a street in "Brook St"."""
    placed: list[Word] = []
    named = seated = False
    for at, word in enumerate(words):
        following = words[at + 1].role if at + 1 < len(words) else None
        role = word.role
        if not named and following is Role.NAME and (role in {Role.KIND, Role.SEAT}):
            role = Role.NAME
        text = word.text
        if role is Role.SAINT and named and following not in {Role.NAME, Role.SAINT}:
            role, text = Role.NAME, "street"
        placed.append(Word(text, word.written, role, after=seated and role is Role.NAME, slip=word.slip))
        named = named or role is Role.NAME
        seated = seated or (named and role is Role.SEAT)
    return placed


def initials(name: Naming) -> tuple[str, ...]:
    """Give the initials by which people may call a school, the fullest first.

    Small words and the faith may be left out, and so may all that follows the word "school".

    >>> initials(read_name("Ashby High School for Girls"))
    ('ahsfg', 'ahsg', 'ahs')
    >>> initials(read_name("The King Edgar CofE Grammar School"))
    ('tkecgs', 'kegs')
    """
    every = list(name.words)
    telling = [word for word in every if word.role is not Role.EMPTY and word.role is not Role.FAITH]
    seats = [at for at, word in enumerate(telling) if word.role is Role.SEAT]
    upto = telling[: seats[0] + 1] if seats else telling
    return tuple(dict.fromkeys("".join(word.text[0] for word in words) for words in (every, telling, upto)))
