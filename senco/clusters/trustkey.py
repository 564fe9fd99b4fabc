"""The key of trusts below a cluster table: which colour stands for which trust."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.clusters.headings import begins_key, marks_bases

if TYPE_CHECKING:
    from senco.sheets.kinds import Sheet


def trust_colours(sheet: Sheet, *, below: int) -> tuple[dict[str, str], tuple[str, ...]]:
    """Read the key that stands below a row (from 1): the trust of each fill, and notes on what cannot be told.

    The colour may be that of the trust's own cell or of a blank one beside it.
    """
    rows = [row for row in sheet.rows if row and row[0].row > below]
    start = next((at for at, row in enumerate(rows) if any(begins_key(cell.text) for cell in row)), None)
    if start is None:
        return {}, ()
    found: dict[str, str] = {}
    doubled: set[str] = set()
    notes: list[str] = []
    for row in rows[start:]:
        for cell in row:
            if marks_bases(cell.text) and not notes:
                notes.append(
                    f"{sheet.place(cell)}: the mark for opportunity bases is drawn, not written: it is not read."
                )
            beside = [other for other in row if abs(other.column - cell.column) == 1 and other.text]
            text = cell.text or (beside[0].text if beside else "")
            if not cell.fill or not text or begins_key(text):
                continue
            if found.setdefault(cell.fill, text) != text:
                doubled.add(cell.fill)
    for fill in sorted(doubled):
        notes.append(f"{sheet.place()}: one colour stands for several trusts in the key, so it was not read.")
        del found[fill]
    return found, tuple(notes)
