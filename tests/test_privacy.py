"""Text made safe, names folded, file names for every system, and the published UPN fixtures."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from senco.privacy import UPN_LETTERS, clean, clean_block, fold, safe_file_name, upn_check_letter, why_not_upn

ANY_TEXT = st.text(st.characters(codec=None, categories=None), max_size=40)


def test_every_unshowable_character_is_replaced_and_no_other() -> None:
    # whole planes of private use and of nothing are sampled
    for point in (*range(0x32000), *range(0x32000, sys.maxunicode + 1, 37), *range(0xE0000, 0xE0200), 0x10FFFE):
        character = chr(point)
        noncharacter = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
        hides = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} or noncharacter
        assert clean(character) == ("\ufffd" if hides else character), hex(point)


@given(ANY_TEXT)
def test_clean_twice_is_clean_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_block(clean_block(text)) == clean_block(text)
    clean(text).encode("utf-8")


def test_a_block_keeps_its_lines() -> None:
    assert clean_block("a\r\nb\rc\n\td\x1b[0m\u2028") == "a\nb\nc\n\td\ufffd[0m\ufffd"
    assert clean_block("plain") == "plain"


def test_terminal_and_clipboard_sequences_are_disarmed() -> None:
    assert clean("\x1b]52;c;aGk=\x07") == "\ufffd]52;c;aGk=\ufffd"
    assert clean("abc\u202egpj.exe") == "abc\ufffdgpj.exe"


@pytest.mark.parametrize(
    ("one", "other"),
    [("St Mary’s", "st mary's"), ("ST  ELPHÈGES ", "St Elpheges"), ("Wilson`s\nSchool", "wilson's school")],
)
def test_spellings_that_compare_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(ANY_TEXT)
def test_file_names_suit_every_system(text: str) -> None:
    name = safe_file_name(text)
    assert 0 < len(name.encode()) <= 255
    assert not set(name) & set('<>:"/\\|?*\n\r\t\0')
    assert name[0] not in ".-"
    assert name[-1] not in ". "
    assert name.partition(".")[0].rstrip().casefold() not in {"con", "nul", "aux", "prn", "com1", "lpt9"}
    assert safe_file_name(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CON", "_CON"),
        ("com1.xlsx", "_com1.xlsx"),
        ("nul .txt", "_nul.txt"),
        ("agenda.xlsx. ", "agenda.xlsx"),
        ("..\\..\\evil", "evil"),
        ("--help", "help"),
        ("é" * 300 + ".ics", "é" * 98 + ".ics"),
        ("a" * 300, "a" * 120),
        ("x." + "b" * 90, ("x." + "b" * 90)),
    ],
)
def test_awkward_file_names(text: str, name: str) -> None:
    assert safe_file_name(text) == name


@pytest.mark.parametrize("upn", ["B801200005001", "A950000178301", "H243278544154", "X845212818005", "P207000016049"])
def test_right_upns(upn: str) -> None:
    assert why_not_upn(upn) is None


@pytest.mark.parametrize(
    ("upn", "letter"), [("R247962919251", "Q"), ("X428558133462", "W"), ("B207000016049", "P"), ("Q207000016049", "P")]
)
def test_wrong_check_letters(upn: str, letter: str) -> None:
    assert upn_check_letter(upn) == letter
    reason = why_not_upn(upn)
    assert reason is not None
    assert upn not in reason


def test_temporary_upn_counts_its_last_letter() -> None:
    digits = "80120000500"
    for last in UPN_LETTERS:
        letter = upn_check_letter("?" + digits + last)
        expected = sum(int(d) * p for p, d in enumerate(digits, start=2)) + UPN_LETTERS.index(last) * 13
        assert letter == UPN_LETTERS[expected % 23]
        assert why_not_upn(letter + digits + last) is None


@pytest.mark.parametrize(
    ("upn", "reason"),
    [
        ("", "0 characters"),
        ("B80120000500", "12 characters"),
        ("I801200005001", "begin with a check letter"),
        ("b801200005001", "begin with a check letter"),
        ("B8012000X5001", "not all digits"),
        ("B80120000500²", "last character"),
        ("B80120000500O", "last character"),
    ],
)
def test_why_not_a_upn(upn: str, reason: str) -> None:
    assert reason in (why_not_upn(upn) or "")


@settings(max_examples=60)
@given(st.text("0123456789", min_size=12, max_size=12), st.integers(1, 12), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_unless_the_modulus_hides_it(digits: str, place: int, step: int) -> None:
    upn = upn_check_letter("?" + digits) + digits
    changed = upn[:place] + str((int(upn[place]) + step) % 10) + upn[place + 1 :]
    assert why_not_upn(changed) is not None  # 23 is a prime greater than every position and difference
