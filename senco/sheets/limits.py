"""How much a spreadsheet may hold; each limit stands far above real lists of schools and far below what hurts."""

from __future__ import annotations

from senco.deferred import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one file: bytes, counts of parts, tags, rows, columns and letters."""

    file_bytes: int = 10_000_000
    unpacked_bytes: int = 64_000_000
    parts: int = 500
    sheets: int = 50
    rows: int = 20_000
    columns: int = 256
    cells: int = 500_000
    tags: int = 1_000_000
    small_part_tags: int = 50_000
    small_part_bytes: int = 4_000_000
    depth: int = 64
    token_bytes: int = 300_000
    styles: int = 4_000
    letters: int = 32_767
    merged_cells: int = 50_000
    note_places: int = 3


USUAL = Limits()

CSV_BYTES = 400_000_000
CSV_ROWS = 1_000_000
CSV_FIELD = 131_072
