"""No file may harm: every hostile one is told in one clear error or read with a note, quickly and in little memory."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from senco.errors import SencoError
from senco.sheets.reading import read_book
from tests.sheets.hostile import Hostile, fixtures, mutants

if TYPE_CHECKING:
    from pathlib import Path

    from senco.sheets.kinds import Book

FIXTURES = fixtures()
MUTANTS = int(os.environ.get("SENCO_TEST_MUTANTS", "400"))


def _notes(book: Book) -> str:
    return " ".join([*book.notes, *(note for sheet in book.sheets for note in sheet.notes)])


@pytest.mark.parametrize("hostile", FIXTURES, ids=[hostile.name for hostile in FIXTURES])
def test_hostile_file_is_answered(hostile: Hostile, tmp_path: Path) -> None:
    path = tmp_path / hostile.file
    path.write_bytes(hostile.data)
    started = time.process_time()
    if hostile.reference is None:
        book = read_book(path)
        assert hostile.note in _notes(book)
        assert any(cell.text for sheet in book.sheets for row in sheet.rows for cell in row)
    else:
        with pytest.raises(SencoError) as caught:
            read_book(path)
        assert caught.value.reference == hostile.reference
        assert hostile.file in caught.value.message
        assert caught.value.hint
        assert caught.value.code == 5
    assert time.process_time() - started < 5  # the bar of 1 s is held, with figures, by the bench


def test_at_least_fifty() -> None:
    assert len(FIXTURES) >= 50
    assert len({hostile.name for hostile in FIXTURES}) == len(FIXTURES)


def test_mutants_end_in_a_book_or_one_clear_error(tmp_path: Path) -> None:
    refused = 0
    for name, data in mutants(MUTANTS, seed=20):
        path = tmp_path / name
        path.write_bytes(data)
        try:
            read_book(path)
        except SencoError as error:
            refused += bool(error.message)
        path.unlink()
    assert refused > MUTANTS // 10
