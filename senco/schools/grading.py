"""How well one written name fits one school of the register: named penalties, taken off a hundred.

A penalty that must stop a name from being taken without asking weighs more than what STRONG lets pass.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from senco.schools.naming import Naming, Role, Word, initials, read_name
from senco.schools.spelling import Likeness, edits, likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STRONG_FROM: Final = 78
MEDIUM_FROM: Final = 55
LOW_FROM: Final = 30

_SMALL: Final = 4
_ASKS: Final = 25
_CONFLICT: Final = 45
_OUTSIDE: Final = 40
_NOT_OPEN: Final = 30
_EXTRA: Final = 35
_SLIP_RELIEF: Final = 15
_MISSING_ALL: Final = 40
_AFTER_SHARE: Final = 0.4
_INFANTS_END: Final = 8
_JUNIORS_BEGIN: Final = 7


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


@dataclass(frozen=True, slots=True)
class Fit:
    """How one written name fits one school.

    ``relief`` is what the fit is spared when it stands as a rival: a slip of the pen may have made the one name of the
    other. ``untold`` is the weight of what the written name leaves out, and ``telling`` says that this could be what
    tells the school from another. ``confirmed`` marks a name a person has confirmed.
    """

    school: RegisterSchool
    score: int
    why: tuple[Found, ...]
    relief: int = 0
    untold: int = 0
    telling: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A school of the register with its names taken apart: first its present name, then the others."""

    school: RegisterSchool
    name: Naming
    others: tuple[Naming, ...]


def grade_of(score: int) -> Grade:
    """Give the grade of a score out of a hundred.

    >>> [grade_of(score).value for score in (100, 78, 77, 54, 29)]
    ['strong', 'strong', 'medium', 'low', 'none']
    """
    if score >= STRONG_FROM:
        return Grade.STRONG
    if score >= MEDIUM_FROM:
        return Grade.MEDIUM
    return Grade.LOW if score >= LOW_FROM else Grade.NONE


def read_entry(school: RegisterSchool) -> Entry:
    """Take the names of a school apart."""
    return Entry(school, read_name(school.name), tuple(read_name(name) for name in school.other_names))


def is_open(school: RegisterSchool) -> bool:
    """Tell whether a school is at work; one that is proposed to close still is.

    >>> from dataclasses import replace
    >>> school = RegisterSchool(1, "Ash", "Primary", "Community school", 1, "Open, but proposed to close", 3, 11, "", "")
    >>> is_open(school), is_open(replace(school, status="Proposed to open"))
    (True, False)
    """
    return school.status.casefold().startswith("open")


_APART: Final = (
    "special", "independent", "referral", "alternative provision", "further education", "higher education", "16",
    "sixth form", "secure", "hospital", "children's centre", "overseas", "online provider", "miscellaneous",
)  # fmt: skip


def why_not_mainstream(school: RegisterSchool) -> str | None:
    """Say why a school is not one of those an LA's SENCO clusters are made of, or None when it is.

    Special schools have the phase "Not applicable" in the register: they are told by their type.

    >>> why_not_mainstream(RegisterSchool(1, "Ash", "Not applicable", "Pupil referral unit", 1, "Open", 5, 16, "", ""))
    'Pupil referral unit'
    """
    kind = school.type.casefold()
    if any(word in kind for word in _APART) or "nursery" in kind:
        return school.type
    return school.phase if school.phase.casefold() in {"nursery", "16 plus"} else None


@dataclass(frozen=True, slots=True)
class Lore:
    """What the register as a whole teaches about words: how telling each is in this LA, and which ones it knows."""

    la_code: int
    weights: dict[str, float]
    rare: float
    local: frozenset[str]
    known: frozenset[str]

    def weight(self, word: Word) -> float:
        """Weigh one word of a school's name: the fewer schools of the LA bear it, the more it tells."""
        return self.weights.get(word.text, self.rare) * (_AFTER_SHARE if word.after else 1.0)


def learn(entries: Iterable[Entry], la_code: int, known: frozenset[str]) -> Lore:
    """Weigh the words of the LA's open schools by their rarity; ``known`` are typed words met anywhere in England."""
    names = {entry.name.folded: entry for entry in entries if is_open(entry.school)}
    counts = Counter(text for entry in names.values() for text in {word.text for word in entry.name.names})
    total = len(names)
    weights = {text: math.log(1 + total / count) for text, count in counts.items()}
    return Lore(la_code, weights, math.log(2 + total), frozenset(counts), known)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Some typed words and the words of the register that they stand for."""

    cost: int
    typed: range
    words: range
    how: Likeness
    joined: bool


_COSTS: Final = {
    Likeness.SAME: 0,
    Likeness.PLURAL: 2,
    Likeness.SOUND: 4,
    Likeness.CUT: 5,
    Likeness.INITIAL: 7,
    Likeness.LONG_SLIP: 8,
    Likeness.SLIP: _ASKS,
    Likeness.SLIPS: _ASKS + 5,
}
_JOINABLE: Final = frozenset({Likeness.SAME, Likeness.PLURAL, Likeness.SOUND, Likeness.LONG_SLIP})
_JOINED_COST: Final = 2
_MOST_JOINED: Final = 3


def _pairs(typed: tuple[Word, ...], words: tuple[Word, ...]) -> Iterator[_Pair]:
    """Give every likeness between typed words and words of the register, joined ones too."""
    for i, one in enumerate(typed):
        for j, other in enumerate(words):
            how = likeness(one.text, other.text)
            if how is Likeness.SAME or (how and Role.SAINT not in {one.role, other.role}):
                yield _Pair(_COSTS[how], range(i, i + 1), range(j, j + 1), how, joined=False)
        for j in range(len(words)):
            for end in range(j + 2, min(j + _MOST_JOINED, len(words)) + 1):
                how = likeness(one.text, "".join(word.text for word in words[j:end]))
                if how in _JOINABLE:
                    yield _Pair(_COSTS[how] + _JOINED_COST, range(i, i + 1), range(j, end), how, joined=True)
    for i in range(len(typed)):
        for end in range(i + 2, min(i + _MOST_JOINED, len(typed)) + 1):
            together = "".join(word.text for word in typed[i:end])
            for j, other in enumerate(words):
                how = likeness(together, other.text)
                if how in _JOINABLE:
                    yield _Pair(_COSTS[how] + _JOINED_COST, range(i, end), range(j, j + 1), how, joined=True)


def _aligned(typed: tuple[Word, ...], words: tuple[Word, ...]) -> list[_Pair]:
    """Choose the likenesses that go together, the surest first; each word is used once."""
    chosen: list[_Pair] = []
    used_typed: set[int] = set()
    used_words: set[int] = set()
    for pair in sorted(_pairs(typed, words), key=lambda p: (p.cost, -len(p.typed), p.typed.start, p.words.start)):
        if used_typed.isdisjoint(pair.typed) and used_words.isdisjoint(pair.words):
            chosen.append(pair)
            used_typed.update(pair.typed)
            used_words.update(pair.words)
    return sorted(chosen, key=lambda p: p.typed.start)


def fit(wanted: Wanted, typed: Naming, entry: Entry, lore: Lore) -> Fit | None:
    """Say how well a written name fits a school, or None when they share no word and no initials."""
    school = entry.school
    confirmed = bool(typed.folded) and any(name.folded == typed.folded for name in entry.others)
    if confirmed:
        found = list(_circumstances(None, typed, school, lore))
        return _summed(school, found, confirmed=True)
    fits = [_fit_name(wanted, typed, entry.school, entry.name, lore, former=False)]
    fits += [_fit_name(wanted, typed, entry.school, name, lore, former=True) for name in entry.others]
    return max((one for one in fits if one is not None), key=lambda one: one.score, default=None)


def _fit_name(
    wanted: Wanted, typed: Naming, school: RegisterSchool, name: Naming, lore: Lore, *, former: bool
) -> Fit | None:
    """Say how well a written name fits one name of a school."""
    pairs = _aligned(typed.names, name.names)
    telling = [pair for pair in pairs if any(name.names[j].role is Role.NAME for j in pair.words)]
    found: list[Found] = []
    relief = untold = 0
    if telling:
        gender = bool(typed.genders & name.genders)
        for pair in pairs:
            cost = _say_pair(pair, pairs, typed, name, lore, gender=gender)
            found += [cost] if cost else []
            relief += _SLIP_RELIEF if pair.how in {Likeness.SLIP, Likeness.SLIPS} else 0
        found += _say_extra(pairs, typed, name, school)
        missing = _say_missing(pairs, name, lore)
        untold = sum(one.weight for one in missing if one.penalty is Penalty.WORD_MISSING)
        found += missing
        found += _say_kinds(typed, name, school)
    else:
        short = _say_initials(typed, name)
        if short is None:
            return None
        found.append(short)
        relief = _ASKS - _COSTS[Likeness.LONG_SLIP] if short.weight > _ASKS else 0
        found += [one for one in _say_kinds(typed, name, school) if one.penalty is not Penalty.KIND_MISSING]
    if former:
        found.append(Found(Penalty.FORMER_NAME, _ASKS, f"its other name is '{' '.join(w.written for w in name.words)}'"))
    found += _circumstances(wanted.phase_hint, typed, school, lore)
    untelling = {Penalty.WORD_MISSING, Penalty.KIND_MISSING}
    incomplete = any(one.penalty in untelling and one.weight >= _SMALL for one in found)
    return _summed(school, found, relief=relief, untold=untold, telling=incomplete)


def _summed(
    school: RegisterSchool,
    found: list[Found],
    *,
    relief: int = 0,
    untold: int = 0,
    telling: bool = False,
    confirmed: bool = False,
) -> Fit:
    """Take the penalties off a hundred."""
    why = tuple(sorted(found, key=lambda one: (-one.weight, one.penalty, one.detail)))
    score = max(0, 100 - sum(one.weight for one in why))
    return Fit(school, score, why, relief=relief, untold=untold, telling=telling, confirmed=confirmed)


def _say_pair(
    pair: _Pair, pairs: list[_Pair], typed: Naming, name: Naming, lore: Lore, *, gender: bool
) -> Found | None:
    """Say what typed words are to the words of the register they stand for."""
    written = " ".join(typed.names[i].written for i in pair.typed)
    register = " ".join(name.names[j].written for j in pair.words)
    weight = pair.cost
    if pair.joined:
        return Found(Penalty.JOINED, weight, f"'{written}' is written '{register}'")
    if pair.how is Likeness.SAME:
        return None
    word = typed.names[pair.typed.start].text
    if pair.how in {Likeness.CUT, Likeness.INITIAL}:
        sure = {Likeness.SAME, Likeness.PLURAL, Likeness.SOUND}
        held = gender or any(other.how in sure for other in pairs if other is not pair)
        if not held or word in lore.local:
            weight = _ASKS
        return Found(Penalty.ABBREVIATION, weight, f"'{written}' may be short for '{register}'")
    if pair.how is Likeness.LONG_SLIP and word in lore.known:
        weight = _ASKS
    return Found(Penalty.SPELLING, weight, f"'{written}' is spelt '{register}'")


def _say_extra(pairs: list[_Pair], typed: Naming, name: Naming, school: RegisterSchool) -> Iterator[Found]:
    """Say which typed words the school's name lacks."""
    used = {i for pair in pairs for i in pair.typed}
    town = set(read_name(school.town).folded.split())
    trust = set(read_name(school.trust).folded.split())
    asides = [word.text for word in name.words if word.role in {Role.EMPTY, Role.SEAT}]
    for i, word in enumerate(typed.names):
        if i in used:
            continue
        if word.text in town:
            yield Found(Penalty.EXTRA_WORD, _SMALL, f"'{word.written}' is its town, not part of its name")
        elif any(likeness(word.text, aside) is Likeness.CUT for aside in asides):
            yield Found(Penalty.ABBREVIATION, _SMALL, f"'{word.written}' is short for a word that says little")
        elif word.text in trust:
            yield Found(Penalty.EXTRA_WORD, _ASKS, f"'{word.written}' is in its trust's name, not in its own")
        else:
            yield Found(Penalty.EXTRA_WORD, _EXTRA, f"'{word.written}' is not in its name")
    for word in typed.words:
        if word.slip:
            yield Found(Penalty.SPELLING, _SMALL, f"'{word.written}' is read as '{word.text}'")


def _say_missing(pairs: list[_Pair], name: Naming, lore: Lore) -> list[Found]:
    """Say which words of the school's name were not typed, each by its share of what the name tells."""
    used = {j for pair in pairs for j in pair.words}
    found: list[Found] = []
    left = [j for j in range(len(name.names)) if j not in used]
    have = sum(lore.weight(name.names[j]) for j in used)
    inside = sum(lore.weight(name.names[j]) for j in left if not name.names[j].after)
    after = min(lore.rare * _AFTER_SHARE, sum(lore.weight(name.names[j]) for j in left if name.names[j].after))
    if left:
        share = (inside + after) / (have + inside + after)
        words = " ".join(name.names[j].written for j in left)
        found.append(Found(Penalty.WORD_MISSING, max(1, round(_MISSING_ALL * share)), f"'{words}' was left out"))
    head = next((j for j, word in enumerate(name.names) if word.role is Role.NAME), 0)
    if head not in used:
        found.append(Found(Penalty.PART_OF_NAME, _ASKS, f"its name begins with '{name.names[head].written}'"))
    order = [pair.words.start for pair in pairs]
    if order != sorted(order):
        found.append(Found(Penalty.WORD_ORDER, _SMALL, "its words stand in another order"))
    return found


def _say_initials(typed: Naming, name: Naming) -> Found | None:
    """Say what initials typed alone are to the initials of a name."""
    if len(typed.names) != 1 or not name.words:
        return None
    (word,) = typed.names
    short, written = word.text, word.written
    if not (2 <= len(short) <= 6 and short.isalpha()):  # noqa: PLR2004 - what people use as initials
        return None
    full = " ".join(part.written for part in name.words)
    forms = initials(name)
    if short in forms:
        own = sum(part.role is Role.NAME for part in name.words if not part.after)
        if own > 1 and len(short) > 2:  # noqa: PLR2004 - two letters fit too many schools
            return Found(Penalty.INITIALS, _COSTS[Likeness.LONG_SLIP], f"'{written}' are the initials of '{full}'")
        detail = f"'{written}' are the initials of '{full}', but too few to be sure"
        return Found(Penalty.INITIALS, _ASKS, detail)
    near = any(len(form) > 2 and len(short) > 2 and edits(short, form) == 1 for form in forms)  # noqa: PLR2004
    if near or _in_order(short, forms[0]):
        return Found(Penalty.INITIALS, _ASKS + 10, f"'{written}' may be meant for the initials of '{full}'")
    return None


def _in_order(short: str, whole: str) -> bool:
    """Tell whether letters come in this order in others, from the first on.

    >>> _in_order("ahg", "ahsfg"), _in_order("hsg", "ahsfg")
    (True, False)
    """
    rest = iter(whole)
    return short[0] == whole[0] and all(letter in rest for letter in short)


def _phases(school: RegisterSchool) -> frozenset[str]:
    """Give the phases a school has, of primary and secondary; none when the register does not say."""
    phase = school.phase.casefold()
    if phase == "all-through":
        return frozenset({"primary", "secondary"})
    return frozenset(word for word in ("primary", "secondary") if word in phase)


def _stage(school: RegisterSchool, name: Naming) -> str | None:
    """Say whether a primary school is an infant or a junior school, by its name and else by its ages."""
    for kind in ("infant", "junior"):
        if kind in name.kinds:
            return kind
    if "primary" in name.kinds or school.low_age is None or school.high_age is None:
        return None
    if school.high_age <= _INFANTS_END:
        return "infant"
    return "junior" if school.low_age >= _JUNIORS_BEGIN and "primary" in _phases(school) else None


def _say_kinds(typed: Naming, name: Naming, school: RegisterSchool) -> Iterator[Found]:
    """Hold the kinds, boys or girls, and the faith that were typed against those of the school."""
    for kind in sorted(typed.kinds):
        yield from _say_kind(kind, name, school)
    stage = _stage(school, name)
    if stage and not typed.kinds & {"infant", "junior", "primary"}:
        yield Found(Penalty.KIND_MISSING, 8, f"it is not said that it is the {stage} school")
    for kind in sorted((name.kinds - typed.kinds) & {"grammar", "high", "first", "middle", "lower", "upper"}):
        yield Found(Penalty.KIND_MISSING, 1, f"'{kind}' was left out")
    for gender in sorted(typed.genders - name.genders):
        weight = _CONFLICT if name.genders else _ASKS
        yield Found(Penalty.GENDER_DIFFERS, weight, f"its name does not say '{gender}'")
    if name.genders and not typed.genders:
        yield Found(Penalty.KIND_MISSING, 5, f"'{' '.join(sorted(name.genders))}' was left out")
    for faith in sorted(typed.faiths - name.faiths):
        weight = _CONFLICT if name.faiths else 12
        yield Found(Penalty.FAITH_DIFFERS, weight, f"its name does not say '{faith}'")
    if name.faiths and not typed.faiths:
        yield Found(Penalty.KIND_MISSING, 1, "its faith was left out")


def _say_kind(kind: str, name: Naming, school: RegisterSchool) -> Iterator[Found]:
    """Hold one typed kind against the school's name, phase and ages."""
    phases, stage = _phases(school), _stage(school, name)
    if kind in name.kinds:
        return
    if kind in {"infant", "junior"}:
        if stage == kind:
            return
        known = stage or phases or name.kinds
        weight = _CONFLICT if known else _ASKS
        yield Found(Penalty.AGES_DIFFER, weight, f"it is not {'an' if kind == 'infant' else 'a'} {kind} school")
    elif kind == "primary" and "primary" in phases:
        if stage:
            yield Found(Penalty.AGES_DIFFER, _ASKS, f"it is the {stage} school, not a primary")
    elif kind in {"secondary", "high"} and "secondary" in phases and (kind == "secondary" or not name.kinds):
        if kind == "high":
            yield Found(Penalty.KIND_DIFFERS, 12, "its name does not say 'high'")
    elif kind in {"primary", "secondary"}:
        yield Found(Penalty.PHASE_DIFFERS, _CONFLICT if phases else _ASKS, f"the register does not call it {kind}")
    else:
        yield Found(Penalty.KIND_DIFFERS, _CONFLICT, f"its name does not say '{kind}'")


_PRIMARY_KINDS: Final = frozenset({"infant", "junior", "primary", "first", "lower"})
_SECONDARY_KINDS: Final = frozenset({"secondary", "high", "grammar", "upper"})


def _circumstances(hint: str | None, typed: Naming, school: RegisterSchool, lore: Lore) -> Iterator[Found]:
    """Say what stands against a school whatever its name: the column's phase, its type, its status, its LA."""
    phases = _phases(school)
    said = {"primary"} if typed.kinds & _PRIMARY_KINDS else set()
    said |= {"secondary"} if typed.kinds & _SECONDARY_KINDS else set()
    # A kind that was written with the name says more than the column it happened to stand under.
    if hint and not said and phases and hint.casefold() not in phases:
        yield Found(Penalty.PHASE_DIFFERS, _ASKS, f"it stood under {hint}, but is {school.phase} in the register")
    apart = why_not_mainstream(school)
    if apart:
        yield Found(Penalty.NOT_MAINSTREAM, _NOT_OPEN, f"it is no mainstream school: {apart}")
    if not is_open(school):
        yield Found(Penalty.NOT_OPEN, _NOT_OPEN, f"the register has it as {school.status}")
    if school.la_code != lore.la_code:
        yield Found(Penalty.OTHER_LA, _OUTSIDE, f"it belongs to another LA ({school.la_code})")
