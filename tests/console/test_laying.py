"""Columns for a terminal: nothing is lost or shortened, and long texts fold at words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from senco.console.laying import BETWEEN, fold, lay_out
from senco.console.listing import Column

WHOLE = Column("Amount", str, align="right")
FOLDED = Column("Reason", str, whole=False)


def test_what_fits_stands_on_one_line() -> None:
    lines = lay_out((Column("School", str), WHOLE), [("Cheam", "£8,000.00"), ("Nonsuch", "£1.00")], 60)
    assert lines == ["School       Amount", "─" * 19, "Cheam     £8,000.00", "Nonsuch       £1.00"]


def test_what_does_not_fit_is_folded_and_what_is_whole_is_not() -> None:
    lines = lay_out((FOLDED, WHOLE), [("needs an adult beside him all day", "£12,345.67")], 30)
    assert lines[2:] == ["needs an adult      £12,345.67", "beside him all", "day"]
    assert max(map(len, lines)) <= 30


def test_a_width_too_small_cuts_nothing() -> None:
    lines = lay_out((WHOLE, WHOLE, FOLDED), [("£12,345.67", "£12,345.67", "beyond measure, whatever it is")], 10)
    assert lines[2].startswith(f"£12,345.67{BETWEEN}£12,345.67{BETWEEN}beyond")


def test_letters_of_two_columns_are_counted_as_two() -> None:
    lines = lay_out((Column("School", str), WHOLE), [("学校", "1"), ("School", "2")], 60)
    assert lines[2:] == ["学校          1", "School        2"]


@given(st.text(alphabet="ab é学", max_size=60), st.integers(2, 20))
def test_folding_keeps_every_letter_and_the_width(text: str, width: int) -> None:
    from rich.cells import cell_len

    lines = fold(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in lines)
