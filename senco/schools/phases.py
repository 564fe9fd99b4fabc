"""Whether the kind of school that was written, or the column it stood under, agrees with what the register says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from senco.schools.penalties import ASKS, CONFLICT, NOT_OPEN, OUTSIDE, Found, Penalty, RegisterSchool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from senco.schools.naming import Naming

_INFANTS_END: Final = 8
_JUNIORS_BEGIN: Final = 7


def is_open(school: RegisterSchool) -> bool:
    """Tell whether a school is at work; one that is proposed to close still is.

    >>> from dataclasses import replace
    >>> school = RegisterSchool(1, "Ash", "Primary", "Community school", 1, "Open", 3, 11, "", "")
    >>> [is_open(replace(school, status=status)) for status in ("Open, but proposed to close", "Proposed to open")]
    [True, False]
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


_TELLING: Final = ("infant", "junior", "first", "middle", "lower", "upper")


def say_kinds(typed: Naming, name: Naming, school: RegisterSchool, *, hint: str | None, whole: bool) -> Iterator[Found]:
    """Hold the kinds, boys or girls, and the faith that were typed against those of the school.

    Under a column's phase people leave out what all the schools of the column know, and in a table of the ``whole`` LA
    the sister school has a row of its own. Without these, a name that does not say infants or juniors, boys or girls
    may as well be that of a school which is not in the register.
    """
    alone = ASKS if not (hint or typed.kinds) else 0
    for kind in sorted(typed.kinds):
        yield from _say_kind(kind, name, school)
    stage = _stage(school, name) or next((kind for kind in _TELLING if kind in name.kinds), None)
    if stage and not typed.kinds & {*_TELLING, "primary"}:
        weight = max(alone, 8 if whole else ASKS)
        yield Found(Penalty.KIND_MISSING, weight, f"it is not said that it is the {stage} school")
    for kind in sorted((name.kinds - typed.kinds) & {"grammar", "high"}):
        yield Found(Penalty.KIND_MISSING, 1, f"'{kind}' was left out")
    for seat in sorted(typed.seats - name.seats - {"school"}):
        # A school that became an academy often keeps "School" in its name, and people say "Academy" all the same.
        weight = 6 if seat == "academy" and "academy" in school.type.casefold() else ASKS
        yield Found(Penalty.KIND_DIFFERS, weight, f"its name does not say '{seat}'")
    for gender in sorted(typed.genders - name.genders):
        weight = CONFLICT if name.genders else ASKS
        yield Found(Penalty.GENDER_DIFFERS, weight, f"its name does not say '{gender}'")
    if name.genders and not typed.genders:
        yield Found(Penalty.KIND_MISSING, alone or 5, f"'{' '.join(sorted(name.genders))}' was left out")
    for faith in sorted(typed.faiths - name.faiths):
        weight = CONFLICT if name.faiths else 12
        yield Found(Penalty.FAITH_DIFFERS, weight, f"its name does not say '{faith}'")
    if name.faiths and not typed.faiths:
        yield Found(Penalty.KIND_MISSING, 1, "its faith was left out")


_TOLD_BY_COLUMN: Final = {"primary": frozenset({"primary", "first"}), "secondary": frozenset({"secondary", "high"})}


def leaves_kind_open(hint: str | None, typed: Naming, name: Naming) -> bool:
    """Tell whether a written name leaves out words of kind that its column does not say either.

    "Cheam" alone may be any school that bears the word, Cheam High School as well as Cheam Fields Primary School; under
    Secondary, "High" goes without saying.
    """
    told = typed.kinds | _TOLD_BY_COLUMN.get((hint or "").casefold(), frozenset())
    if name.kinds - told:
        return True
    return not hint and bool((name.seats - typed.seats) & {"academy", "college"})


def _say_kind(kind: str, name: Naming, school: RegisterSchool) -> Iterator[Found]:
    """Hold one typed kind against the school's name, phase and ages."""
    phases, stage = _phases(school), _stage(school, name)
    if kind in name.kinds:
        return
    if kind in {"infant", "junior"}:
        if stage == kind:
            return
        known = stage or phases or name.kinds
        weight = CONFLICT if known else ASKS
        yield Found(Penalty.AGES_DIFFER, weight, f"it is not {'an' if kind == 'infant' else 'a'} {kind} school")
    elif kind == "primary" and "primary" in phases:
        if stage:
            yield Found(Penalty.AGES_DIFFER, ASKS, f"it is the {stage} school, not a primary")
    elif kind in {"secondary", "high"} and "secondary" in phases and (kind == "secondary" or not name.kinds):
        if kind == "high":
            yield Found(Penalty.KIND_DIFFERS, ASKS, "its name does not say 'high'")
    elif kind in {"primary", "secondary"}:
        yield Found(Penalty.PHASE_DIFFERS, CONFLICT if phases else ASKS, f"the register does not call it {kind}")
    else:
        yield Found(Penalty.KIND_DIFFERS, CONFLICT, f"its name does not say '{kind}'")


_PRIMARY_KINDS: Final = frozenset({"infant", "junior", "primary", "first", "lower"})
_SECONDARY_KINDS: Final = frozenset({"secondary", "high", "grammar", "upper"})


def say_circumstances(hint: str | None, typed: Naming, school: RegisterSchool, la_code: int) -> Iterator[Found]:
    """Say what stands against a school whatever its name: the column's phase, its type, its status, its LA."""
    phases = _phases(school)
    said = {"primary"} if typed.kinds & _PRIMARY_KINDS else set()
    said |= {"secondary"} if typed.kinds & _SECONDARY_KINDS else set()
    # A kind that was written with the name says more than the column it happened to stand under.
    if hint and not said and phases and hint.casefold() not in phases:
        yield Found(Penalty.PHASE_DIFFERS, ASKS, f"it stood under {hint}, but is {school.phase} in the register")
    apart = why_not_mainstream(school)
    if apart:
        yield Found(Penalty.NOT_MAINSTREAM, NOT_OPEN, f"it is no mainstream school: {apart}")
    if not is_open(school):
        yield Found(Penalty.NOT_OPEN, NOT_OPEN, f"the register has it as {school.status}")
    if school.la_code != la_code:
        yield Found(Penalty.OTHER_LA, OUTSIDE, f"it belongs to another LA ({school.la_code})")
