"""Which typed words stand for which words of a school's name."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from senco.deferred import dataclass
from senco.schools.naming import Role, Word
from senco.schools.penalties import ASKS
from senco.schools.spelling import Likeness, likeness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Pair:
    """Some typed words and the words of the register that they stand for."""

    cost: int
    typed: range
    words: range
    how: Likeness
    joined: bool


COSTS: Final = {
    Likeness.SAME: 0,
    Likeness.PLURAL: 2,
    Likeness.SOUND: 4,
    Likeness.CUT: 5,
    Likeness.INITIAL: 7,
    Likeness.LONG_SLIP: 8,
    Likeness.SLIP: ASKS,
    Likeness.SLIPS: ASKS + 5,
}
_JOINABLE: Final = frozenset({Likeness.SAME, Likeness.PLURAL, Likeness.SOUND, Likeness.LONG_SLIP})
_JOINED_COST: Final = 2
_MOST_JOINED: Final = 3


def first_letters(words: Sequence[Word]) -> str:
    """Put the first letters of words together."""
    return "".join(word.text[0] for word in words)


def _runs(words: tuple[Word, ...]) -> Iterator[tuple[range, str]]:
    """Give the runs of two or three words, put together."""
    for at in range(len(words)):
        for end in range(at + 2, min(at + _MOST_JOINED, len(words)) + 1):
            yield range(at, end), "".join(word.text for word in words[at:end])


def _pairs(typed: tuple[Word, ...], words: tuple[Word, ...]) -> Iterator[Pair]:
    """Give every likeness between typed words and words of the register, joined ones too."""
    for (i, one), (j, other) in product(enumerate(typed), enumerate(words)):
        how = likeness(one.text, other.text)
        if how is Likeness.SAME or (how and Role.SAINT not in {one.role, other.role}):
            yield Pair(COSTS[how], range(i, i + 1), range(j, j + 1), how, joined=False)
    for (i, one), (run, together) in product(enumerate(typed), tuple(_runs(words))):
        how = likeness(one.text, together)
        if how in _JOINABLE:
            yield Pair(COSTS[how] + _JOINED_COST, range(i, i + 1), run, how, joined=True)
    for (i, one), (run, _) in product(enumerate(typed), tuple(_runs(words))):
        if one.text == first_letters(words[run.start : run.stop]):
            yield Pair(COSTS[Likeness.INITIAL], range(i, i + 1), run, Likeness.INITIAL, joined=False)
    for (run, together), (j, other) in product(tuple(_runs(typed)), enumerate(words)):
        how = likeness(together, other.text)
        if how in _JOINABLE:
            yield Pair(COSTS[how] + _JOINED_COST, run, range(j, j + 1), how, joined=True)


def aligned(typed: tuple[Word, ...], words: tuple[Word, ...]) -> list[Pair]:
    """Choose the likenesses that go together, the surest first; each word is used once."""
    chosen: list[Pair] = []
    used_typed: set[int] = set()
    used_words: set[int] = set()
    for pair in sorted(_pairs(typed, words), key=lambda p: (p.cost, -len(p.typed), p.typed.start, p.words.start)):
        if used_typed.isdisjoint(pair.typed) and used_words.isdisjoint(pair.words):
            chosen.append(pair)
            used_typed.update(pair.typed)
            used_words.update(pair.words)
    return sorted(chosen, key=lambda p: p.typed.start)
