"""Which school each name in a cluster table is: the whole table at once, each school claimed by one row.

A name is taken without asking only for an open mainstream school of the LA that fits it well, that no other school
comes near, and that no other row fits as well. In every other case the candidates are given, best first, with reasons.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from senco.deferred import dataclass
from senco.schools.grading import Entry, Lore, fit, learn, read_entry
from senco.schools.naming import Naming, Role, fold_words, read_name
from senco.schools.penalties import STRONG_FROM, Fit, Found, Grade, Penalty, RegisterSchool, Wanted, grade_of
from senco.schools.phases import is_open, why_not_mainstream
from senco.schools.spelling import likeness, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Candidate", "Found", "Grade", "Match", "Penalty", "RegisterSchool", "Wanted", "match_names"]

MOST_CANDIDATES: Final = 5
GAP: Final = 18
"""Points by which the best school must lead the next one, and the best row the next row."""

EDGE: Final = 5
"""Points by which a row must lead another that has a place elsewhere."""

_CLAIMED: Final = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A school that a name may stand for: its score out of a hundred, the grade, and what speaks against it."""

    urn: int
    name: str
    score: int
    grade: Grade
    why: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What was found for one name: at most five candidates, best first, and the URN taken without asking, if any.

    ``reason`` says in plain words why none was taken; it is empty when one was.
    """

    wanted: Wanted
    candidates: tuple[Candidate, ...]
    taken: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A wanted name with the schools it fits, best first."""

    wanted: Wanted
    fits: tuple[Fit, ...]


def match_names(wanted: Sequence[Wanted], register: Sequence[RegisterSchool], *, la_code: int) -> list[Match]:
    """Find the school of each wanted name, in the order the names came; the order changes nothing else.

    The register may hold one LA or all of England: schools of another LA become candidates when they bear every word
    of the name, and are never taken.

    >>> ashby = RegisterSchool(7, "Ashby Hill Primary School", "Primary", "Community school", 1, "Open", 3, 11, "", "")
    >>> match_names([Wanted(1, "Ashby Hill Pri", None)], [ashby], la_code=1)[0].taken
    7
    >>> match_names([Wanted(1, "Ash Hill", None)], [ashby], la_code=1)[0].reason
    "'Ash' may be short for 'Ashby'"
    """
    local = [read_entry(school) for school in register if school.la_code == la_code]
    familiar = frozenset(word.text for entry in local for word in entry.name.names)
    names = {one.key: read_name(one.text, slips=True, familiar=familiar) for one in wanted}
    away, known = _from_elsewhere(names.values(), (school for school in register if school.la_code != la_code))
    lore = learn(local, la_code, known | familiar, len(wanted))
    near = _Index(local)
    rows = []
    for one in wanted:
        typed = names[one.key]
        rows.append(_row(one, typed, [*near.candidates(typed), *away.get(_asked(typed), ())], lore))
    claims = _Claims(rows, lore)
    return [claims.settle(row) for row in rows]


def _row(wanted: Wanted, typed: Naming, entries: Iterable[Entry], lore: Lore) -> _Row:
    """Grade every school that may be meant by a name, and drop those that cannot."""
    fits = (fit(wanted, typed, entry, lore) for entry in entries)
    kept = [one for one in fits if one is not None and grade_of(one.score) is not Grade.NONE]
    return _Row(wanted, tuple(sorted(kept, key=lambda one: (-one.score, one.school.urn))))


class _Index:
    """The LA's own schools by the words of their names, so that a name is compared only with schools near it."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        self._by_word: dict[str, set[int]] = defaultdict(set)
        for at, entry in enumerate(self._entries):
            for name in (entry.name, *entry.others):
                for text in _words_and_joins(name):
                    self._by_word[text].add(at)
        self._near: dict[str, frozenset[int]] = {}

    def candidates(self, typed: Naming) -> list[Entry]:
        """Give the schools with a word like one that was typed; all of them for what may be initials."""
        short = len(typed.names) == 1 and len(typed.names[0].text) <= 6  # noqa: PLR2004 - what people use as initials
        if short or not typed.names:
            return list(self._entries)
        found: set[int] = set()
        for text in _words_and_joins(typed):
            found |= self._like(text)
        return [self._entries[at] for at in sorted(found)]

    def _like(self, text: str) -> frozenset[int]:
        """Give the schools with a word like this one."""
        if text not in self._near:
            words = (word for word in self._by_word if likeness(text, word))
            self._near[text] = frozenset(at for word in words for at in self._by_word[word])
        return self._near[text]


def _words_and_joins(name: Naming) -> set[str]:
    """Give the words that name a school, alone and put together with their neighbours; "St" alone names none."""
    texts = [word.text for word in name.names]
    joined = {"".join(texts[i : i + size]) for size in (2, 3) for i in range(len(texts) - size + 1)}
    return {word.text for word in name.names if word.role is Role.NAME} | joined


def _asked(typed: Naming) -> frozenset[str]:
    """Give the stems a school elsewhere must all bear to be a candidate."""
    return frozenset(stem(word.text) for word in typed.names)


def _from_elsewhere(
    names: Iterable[Naming], register: Iterable[RegisterSchool]
) -> tuple[dict[frozenset[str], list[Entry]], frozenset[str]]:
    """Find the schools of other LAs that bear every word of a name, and the typed words met in any name at all.

    One pass over the register, with a set operation for each school: most have no word in common with the table.
    """
    asked = {_asked(name) for name in names} - {frozenset()}
    by_stem: dict[str, list[frozenset[str]]] = defaultdict(list)
    for stems in asked:
        by_stem[max(stems, key=lambda text: (len(text), text))].append(stems)
    typed = {word.text for name in names for word in name.names}
    keys = frozenset(by_stem)
    away: dict[frozenset[str], list[Entry]] = defaultdict(list)
    met: set[str] = set()
    for school in register:
        words = fold_words(school.name)
        met |= typed.intersection(words)
        stems_here = {stem(word) for word in words}
        hit = keys & stems_here
        if hit:
            entry = read_entry(school)
            for key in hit:
                for stems in by_stem[key]:
                    if stems <= stems_here:
                        away[stems].append(entry)
    return away, frozenset(met)


class _Claims:
    """Who claims which school, over the whole table."""

    def __init__(self, rows: Sequence[_Row], lore: Lore) -> None:
        self._rows = rows
        self._lore = lore
        self._on: dict[int, list[_Row]] = defaultdict(list)
        self._scores: dict[int, dict[int, int]] = {}
        for row in rows:
            self._scores[row.wanted.key] = {one.school.urn: one.score for one in row.fits}
            for one in row.fits:
                self._on[one.school.urn].append(row)

    def _score(self, row: _Row, urn: int) -> int:
        return self._scores[row.wanted.key].get(urn, 0)

    def _elsewhere(self, row: _Row, urn: int) -> int:
        """Give the best score of a row on another school than this one."""
        return next((one.score for one in row.fits if one.school.urn != urn), 0)

    def owner(self, row: _Row, urn: int) -> _Row | None:
        """Give another row that this school suits best and that fits it clearly better than this row does."""
        mine = self._score(row, urn)
        for other in self._on[urn]:
            score = self._score(other, urn)
            better = score >= mine + EDGE and score >= self._elsewhere(other, urn)
            if other is not row and score >= STRONG_FROM and (better or self._needs(other, row, urn)):
                return other
        return None

    def _needs(self, one: _Row, other: _Row, urn: int) -> bool:
        """Tell whether this school is the only one for a row, while the other fits it no better and has a place too.

        "Newsham High" beside "Newsham" is plainly the high school, although "Newsham" alone may be either.
        """
        score, theirs = self._score(one, urn), self._score(other, urn)
        only = score >= self._elsewhere(one, urn) + GAP
        return only and theirs <= score and self._elsewhere(other, urn) >= theirs

    def contender(self, row: _Row, urn: int) -> _Row | None:
        """Give another row that fits this school too well for this row to have it unasked."""
        mine = self._score(row, urn)
        contenders = []
        for other in self._on[urn]:
            theirs = self._score(other, urn)
            place = self._elsewhere(other, urn)
            settled = (theirs + EDGE <= mine and place >= theirs) or (theirs <= mine and place >= theirs + EDGE)
            settled = settled or self._needs(row, other, urn)
            if other is not row and theirs + GAP > mine and not settled:
                contenders.append((-theirs, other.wanted.key, other))
        return min(contenders, key=lambda one: one[:2])[2] if contenders else None

    def settle(self, row: _Row) -> Match:
        """Say what was found for one row, and whether it may be taken without asking."""
        fits: list[Fit] = []
        for one in row.fits:
            owner = self.owner(row, one.school.urn)
            if owner is None:
                fits.append(one)
                continue
            found = Found(Penalty.CLAIMED, _CLAIMED, f"'{owner.wanted.text}' fits it better")
            fits.append(replace(one, score=max(0, one.score - _CLAIMED), why=(found, *one.why)))
        fits.sort(key=lambda one: (-one.score, one.school.urn))
        candidates = tuple(
            Candidate(one.school.urn, one.school.name, one.score, grade_of(one.score), one.why)
            for one in fits[:MOST_CANDIDATES]
            if grade_of(one.score) is not Grade.NONE
        )
        reason = self._why_not_taken(row, fits)
        return Match(row.wanted, candidates, None if reason else fits[0].school.urn, reason)

    def _why_not_taken(self, row: _Row, fits: Sequence[Fit]) -> str:
        """Say why the best fit must be asked for, or give "" when it may be taken."""
        if not fits:
            return "no school in the register is like it"
        best = fits[0]
        if not self._may_be_taken(best):
            return best.why[0].detail
        rival = self._rival(best, fits[1:])
        if rival is not None:
            return f"'{rival.school.name}' fits about as well as '{best.school.name}'"
        contender = self.contender(row, best.school.urn)
        if contender is not None:
            return f"'{contender.wanted.text}' may be the same school, '{best.school.name}'"
        return ""

    def _may_be_taken(self, best: Fit) -> bool:
        """Tell whether a fit is good enough, and its school one that may be taken at all."""
        school = best.school
        apart = None if best.confirmed else why_not_mainstream(school)
        return best.score >= STRONG_FROM and school.la_code == self._lore.la_code and is_open(school) and apart is None

    def _rival(self, best: Fit, others: Sequence[Fit]) -> Fit | None:
        """Give the first school that comes too near the best one; those of another LA stand too far back for it."""
        for other in others:
            if best.confirmed and not (other.confirmed or other.exact):
                continue
            if self._as_rival(other, best) + GAP > best.score:
                return other
        return None

    def _as_rival(self, other: Fit, best: Fit) -> int:
        """Give the score of a school as a rival of the best one.

        What the name leaves out cannot speak for the best school against the other when it leaves out something of
        both, words of kind least of all; and a slip of the pen may have made the other's name into this one. Neither
        holds for a school that another row fits better, nor for one that is closed.
        """
        claimed = any(one.penalty is Penalty.CLAIMED for one in other.why)
        if claimed or not is_open(other.school):
            return other.score
        return other.score + other.relief + (other.untold if best.telling else 0)
