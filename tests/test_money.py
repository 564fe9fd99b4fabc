"""Money: read from what people write, said, and divided without losing a penny."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senco.errors import BadInput
from senco.money import parse_pence, say_pounds, split_by, split_evenly

PENCE = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("£1,234.50", 123_450),
        ("1234.5", 123_450),
        ("1234", 123_400),
        ("£ 1 234", 123_400),
        (".5", 50),
        ("8k", 800_000),
        ("£8K", 800_000),
        ("£4.5k", 450_000),
        ("£1.2m", 120_000_000),
        ("-£3", -300),
        ("£-3", -300),
        ("−3", -300),
        ("(£3.20)", -320),
        ("50p", 50),
        ("GBP 13.04", 1304),
        ("1234.500", 123_450),
        ("0", 0),
        ("£10,000,000,000,000", 10**15),
    ],
)
def test_an_amount_as_people_write_it(text: str, pence: int) -> None:
    assert parse_pence(text) == pence


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The amount is empty."),
        ("£", "not an amount"),
        ("£1,23", "not an amount"),
        ("1.234,50", "not an amount"),
        ("1,2345", "not an amount"),
        ("12.345", "a fraction of a penny"),
        ("0.5p", "a fraction of a penny"),
        ("£50p", "in pounds and in pence"),
        ("--3", "more than one minus"),
        ("---3", "not an amount"),
        ("-£-3", "more than one minus"),
        ("(-3)", "more than one minus"),
        ("£10,000,000,000,000.01", "too large"),
        ("1e5", "not an amount"),
        ("١٢", "not an amount"),
        ("nan", "not an amount"),
        ("8k to 9k", "not an amount"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_reason(text: str, says: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_pence(text)
    assert refused.value.reference == "money.unreadable"
    assert says in refused.value.message


def test_a_name_in_the_wrong_column_is_not_repeated() -> None:
    with pytest.raises(BadInput) as refused:
        parse_pence("Zebedee Quillfeather £3")
    assert refused.value.message == "“… … £3” is not an amount of money."


@given(PENCE)
def test_what_is_said_is_read_back(pence: int) -> None:
    assert parse_pence(say_pounds(pence)) == parse_pence(say_pounds(pence, short=True)) == pence


@given(st.text(max_size=20) | st.text("0123456789.,£kmp-() ", max_size=15))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(BadInput):
        assert isinstance(parse_pence(text), int)


@given(PENCE, st.integers(1, 200))
def test_even_parts_sum_exactly(pence: int, n: int) -> None:
    parts = split_evenly(pence, n)
    assert (sum(parts), len(parts)) == (pence, n)
    assert max(parts) - min(parts) <= 1


@given(PENCE, st.lists(st.integers(0, 10**6), min_size=1, max_size=60).filter(any))
def test_weighted_parts_sum_exactly_and_each_is_within_a_penny(pence: int, weights: list[int]) -> None:
    parts = split_by(pence, weights)
    total = sum(weights)
    assert (sum(parts), len(parts)) == (pence, len(weights))
    assert all(abs(part * total - pence * weight) < total for part, weight in zip(parts, weights, strict=True))


def test_the_academic_year_over_two_financial_years() -> None:
    assert split_by(600_000, [5, 7]) == [250_000, 350_000]
    assert split_by(1, [1, 1]) == [1, 0]
    assert split_by(-100, [0, 1]) == [0, -100]


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [1, -1], [-1]])
def test_weights_that_divide_nothing_are_a_fault(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        split_by(100, weights)


@pytest.mark.parametrize("n", [0, -1])
def test_no_parts_are_a_fault(n: int) -> None:
    with pytest.raises(ValueError, match="weights"):
        split_evenly(100, n)
