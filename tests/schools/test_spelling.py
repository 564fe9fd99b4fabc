"""How alike two words are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senco.schools.spelling import Likeness, edits, likeness

WORDS = st.text("abcde", max_size=7)


@pytest.mark.parametrize(
    ("typed", "word", "how"),
    [
        ("abbey", "abbey", Likeness.SAME),
        ("oak", "oaks", Likeness.PLURAL),
        ("tweedale", "tweeddale", Likeness.SOUND),
        ("rushey", "rushy", Likeness.SOUND),
        ("anes", "annes", Likeness.SLIP),
        ("phils", "philomenas", Likeness.CUT),
        ("car", "carshalton", Likeness.CUT),
        ("ca", "carshalton", None),
        ("c", "carshalton", Likeness.INITIAL),
        ("d", "carshalton", None),
        ("dorchestr", "dorchester", Likeness.LONG_SLIP),
        ("porchester", "dorchester", Likeness.SLIP),
        ("dorchistr", "dorchester", Likeness.SLIPS),
        ("ewsterby", "easterby", Likeness.SLIP),
        ("porchistr", "dorchester", None),
        ("norton", "morton", Likeness.SLIP),
        ("abbey", "avenue", None),
        ("abbey", "abbeycroft", Likeness.CUT),
        ("view", "views", Likeness.PLURAL),
        ("vieww", "vi", None),
        ("north", "nort", Likeness.SLIP),
        ("brooke", "broo", None),
        ("westbourne", "eastbourne", None),
        ("marlborough", "marlboruohg", Likeness.SLIPS),
    ],
)
def test_likeness(typed: str, word: str, how: Likeness | None) -> None:
    assert likeness(typed, word) is how


@given(WORDS, WORDS)
def test_edits_count_both_ways_alike(one: str, other: str) -> None:
    assert edits(one, other) == edits(other, one)
    assert (edits(one, other) == 0) == (one == other)


@given(WORDS, WORDS)
def test_edits_are_bounded_by_lengths(one: str, other: str) -> None:
    assert abs(len(one) - len(other)) <= edits(one, other) <= max(len(one), len(other))
