"""How well one written name fits one school of the register: named penalties, taken off a hundred."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from senco.deferred import dataclass
from senco.schools.alignment import COSTS, Pair, aligned, first_letters
from senco.schools.naming import SORTS, Naming, Role, Word, fold_words, initials, read_name
from senco.schools.penalties import ASKS, EXTRA, SMALL, Fit, Found, Penalty, RegisterSchool, Wanted
from senco.schools.phases import is_open, leaves_kind_open, say_circumstances, say_kinds, why_not_mainstream
from senco.schools.spelling import Likeness, edits, likeness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SLIP_RELIEF: Final = 15
_MISSING_ALL: Final = 40
_AFTER_SHARE: Final = 0.4


@dataclass(frozen=True, slots=True)
class Entry:
    """A school of the register with its names taken apart, and the words of its town and of its trust."""

    school: RegisterSchool
    name: Naming
    others: tuple[Naming, ...]
    town: frozenset[str]
    trust: frozenset[str]


def read_entry(school: RegisterSchool) -> Entry:
    """Take the names of a school apart."""
    return Entry(
        school,
        read_name(school.name),
        tuple(read_name(name) for name in school.other_names),
        frozenset(fold_words(school.town)),
        frozenset(fold_words(school.trust)),
    )


@dataclass(frozen=True, slots=True)
class Lore:
    """What the register as a whole teaches about words: how telling each is in this LA, and which ones it knows."""

    la_code: int
    weights: dict[str, float]
    rare: float
    local: frozenset[str]
    known: frozenset[str]
    whole: bool

    def weight(self, word: Word) -> float:
        """Weigh one word of a school's name: the fewer schools of the LA bear it, the more it tells."""
        return self.weights.get(word.text, self.rare) * (_AFTER_SHARE if word.after else 1.0)


def learn(entries: Sequence[Entry], la_code: int, known: frozenset[str], rows: int) -> Lore:
    """Weigh the words of the LA's open schools by their rarity.

    ``known`` are typed words met anywhere in the register. A table whose ``rows`` could name half of the LA's open
    mainstream schools counts as one of the whole LA: there a school's own row keeps other rows away from it.
    """
    names = {entry.name.folded: entry for entry in entries if is_open(entry.school)}
    counts = Counter(text for entry in names.values() for text in {word.text for word in entry.name.names})
    total = len(names)
    weights = {text: math.log(1 + total / count) for text, count in counts.items()}
    mainstream = sum(is_open(one.school) and why_not_mainstream(one.school) is None for one in entries)
    return Lore(la_code, weights, math.log(2 + total), frozenset(counts), known, whole=2 * rows >= mainstream)


def fit(wanted: Wanted, typed: Naming, entry: Entry, lore: Lore) -> Fit | None:
    """Say how well a written name fits a school, or None when they share no word and no initials."""
    school = entry.school
    confirmed = bool(typed.folded) and any(name.folded == typed.folded for name in entry.others)
    if confirmed:
        found = [
            one
            for one in say_circumstances(None, typed, school, lore.la_code)
            if one.penalty is not Penalty.NOT_MAINSTREAM
        ]
        return _summed(school, found, confirmed=True)
    fits = [_fit_name(wanted, typed, entry, entry.name, lore)]
    fits += [_fit_name(wanted, typed, entry, name, lore) for name in entry.others]
    return max((one for one in fits if one is not None), key=lambda one: one.score, default=None)


def _fit_name(wanted: Wanted, typed: Naming, entry: Entry, name: Naming, lore: Lore) -> Fit | None:
    """Say how well a written name fits one name of a school."""
    pairs = aligned(typed.names, name.names)
    telling = [pair for pair in pairs if any(name.names[j].role is Role.NAME for j in pair.words)]
    school = entry.school
    found: list[Found] = []
    relief = untold = 0
    if telling:
        gender = bool(typed.genders & name.genders)
        for pair in pairs:
            cost = _say_pair(pair, pairs, typed, name, lore, gender=gender)
            found += [cost] if cost else []
            relief += _SLIP_RELIEF if pair.how in {Likeness.SLIP, Likeness.SLIPS} else 0
        found += _say_extra(pairs, typed, name, entry)
        missing = _say_missing(pairs, name, lore)
        untold = sum(one.weight for one in missing if one.penalty in {Penalty.WORD_MISSING, Penalty.PART_OF_NAME})
        found += missing
        kinds = list(say_kinds(typed, name, school, hint=wanted.phase_hint, whole=lore.whole))
        relief += sum(one.weight for one in kinds if one.penalty is Penalty.KIND_MISSING)
        found += kinds
    else:
        short = _say_initials(typed, name)
        if short is None:
            return None
        found.append(short)
        relief = ASKS - COSTS[Likeness.LONG_SLIP] if short.weight > ASKS else 0
        found += [
            one
            for one in say_kinds(typed, name, school, hint=wanted.phase_hint, whole=lore.whole)
            if one.penalty is not Penalty.KIND_MISSING
        ]
    if name is not entry.name:
        found.append(Found(Penalty.FORMER_NAME, ASKS, f"its other name is '{' '.join(w.written for w in name.words)}'"))
    found += say_circumstances(wanted.phase_hint, typed, school, lore.la_code)
    untelling = {Penalty.WORD_MISSING, Penalty.KIND_MISSING}
    incomplete = any(one.penalty in untelling and one.weight >= SMALL for one in found)
    incomplete = incomplete or leaves_kind_open(wanted.phase_hint, typed, name)
    fitted = _summed(school, found, relief=relief, untold=untold, telling=incomplete)
    return replace(fitted, exact=name is entry.name and name.folded == typed.folded)


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


def _say_pair(pair: Pair, pairs: list[Pair], typed: Naming, name: Naming, lore: Lore, *, gender: bool) -> Found | None:
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
        if word in lore.local or not (gender or _held(pair, pairs)):
            weight = ASKS
        return Found(Penalty.ABBREVIATION, weight, f"'{written}' may be short for '{register}'")
    if pair.how is Likeness.LONG_SLIP and word in lore.known:
        weight = ASKS
    return Found(Penalty.SPELLING, weight, f"'{written}' is spelt '{register}'")


def _held(pair: Pair, pairs: list[Pair]) -> bool:
    """Tell whether other words hold up a word cut short.

    Those that stand before it do: "Ash Hill" may well be a school of its own beside "Ashby Hill", "Ashby H" hardly one.
    Two initials or more are held up by any word, a single one by none.
    """
    sure = [other for other in pairs if other.how in {Likeness.SAME, Likeness.PLURAL, Likeness.SOUND}]
    if pair.how is Likeness.INITIAL:
        return bool(sure) and len(pair.words) > 1
    return any(other.words.start < pair.words.start for other in sure)


def _say_extra(pairs: list[Pair], typed: Naming, name: Naming, entry: Entry) -> Iterator[Found]:
    """Say which typed words the school's name lacks."""
    used = {i for pair in pairs for i in pair.typed}
    asides = [word for word in name.words if word.role in {Role.EMPTY, Role.SEAT}]
    for i, word in enumerate(typed.names):
        if i in used:
            continue
        if word.text in entry.town:
            yield Found(Penalty.EXTRA_WORD, SMALL, f"'{word.written}' is its town, not part of its name")
        elif _short_for(word.text, asides):
            yield Found(Penalty.ABBREVIATION, SMALL, f"'{word.written}' is short for a word that says little")
        elif word.text in entry.trust:
            yield Found(Penalty.EXTRA_WORD, ASKS, f"'{word.written}' is in its trust's name, not in its own")
        else:
            yield Found(Penalty.EXTRA_WORD, EXTRA, f"'{word.written}' is not in its name")
    said = {aside.text for aside in asides}
    for word in typed.words:
        if word.role is Role.EMPTY and word.text in SORTS and word.text not in said:
            yield Found(Penalty.EXTRA_WORD, 6, f"'{word.written}' is not in its name")
        if word.slip:
            yield Found(Penalty.SPELLING, SMALL, f"'{word.written}' is read as '{word.text}'")


def _short_for(text: str, asides: list[Word]) -> bool:
    """Tell whether a typed word is short for words that say little, as "Comm" or "CC" for "Community College"."""
    if text == first_letters(asides) and len(text) > 1:
        return True
    return any(likeness(text, aside.text) is Likeness.CUT for aside in asides)


def _say_missing(pairs: list[Pair], name: Naming, lore: Lore) -> list[Found]:
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
        weight = max(1, round(_MISSING_ALL * share))
        if inside and not lore.whole:
            weight = max(weight, ASKS)
        found.append(Found(Penalty.WORD_MISSING, weight, f"'{words}' was left out"))
    head = next((j for j, word in enumerate(name.names) if word.role is Role.NAME), 0)
    if head not in used:
        found.append(Found(Penalty.PART_OF_NAME, ASKS, f"its name begins with '{name.names[head].written}'"))
    order = [pair.words.start for pair in pairs]
    if order != sorted(order):
        found.append(Found(Penalty.WORD_ORDER, SMALL, "its words stand in another order"))
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
            return Found(Penalty.INITIALS, COSTS[Likeness.LONG_SLIP], f"'{written}' are the initials of '{full}'")
        detail = f"'{written}' are the initials of '{full}', but too few to be sure"
        return Found(Penalty.INITIALS, ASKS, detail)
    near = len(short) > 2 and any(_one_slip(short, form) for form in forms)  # noqa: PLR2004 - as above
    if near or _in_order(short, forms[0]):
        return Found(Penalty.INITIALS, ASKS + 10, f"'{written}' may be meant for the initials of '{full}'")
    return None


def _one_slip(short: str, form: str) -> bool:
    """Tell whether initials are one letter away from those of a school that has more than two."""
    return len(form) > 2 and abs(len(form) - len(short)) <= 1 and edits(short, form) == 1  # noqa: PLR2004


def _in_order(short: str, whole: str) -> bool:
    """Tell whether letters come in this order in others, from the first on.

    >>> _in_order("ahg", "ahsfg"), _in_order("hsg", "ahsfg")
    (True, False)
    """
    rest = iter(whole)
    return short[0] == whole[0] and all(letter in rest for letter in short)
