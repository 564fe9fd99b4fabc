"""Cells laid out in columns for a terminal: whole ones as they are, long ones folded at words into what room is left.

Rich could do it, but its table weighs every cell many times over: a hundred rows cost four times a bare Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.console.listing import Column

BETWEEN = "   "
NARROWEST = 12  # letters: what a folded column is left with at the least


def lay_out(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Give the lines of a table of so many letters' width: the headings, a rule, and the rows."""
    from rich.cells import cell_len

    headings = [column.heading for column in columns]
    natural = [max(map(cell_len, cells)) for cells in zip(headings, *rows, strict=True)]
    widths = _widths(columns, natural, width)
    lines = _row(columns, headings, widths)
    lines.append("─" * (sum(widths) + len(BETWEEN) * (len(widths) - 1)))
    for row in rows:
        lines += _row(columns, row, widths)
    return lines


def least(column: Column) -> int:
    """Give the least width of a column that may be folded: its heading is never folded."""
    return max(NARROWEST, len(column.heading))


def _widths(columns: Sequence[Column], natural: Sequence[int], width: int) -> list[int]:
    """Share out the room: whole columns take what they need, the others what is left, the narrowest first."""
    left = width - len(BETWEEN) * (len(columns) - 1)
    left -= sum(each for each, column in zip(natural, columns, strict=True) if column.whole)
    widths = list(natural)
    folded = sorted((at for at, column in enumerate(columns) if not column.whole), key=lambda at: natural[at])
    for place, at in enumerate(folded):
        share = left // (len(folded) - place)
        widths[at] = min(natural[at], max(share, least(columns[at])))
        left -= widths[at]
    return widths


def _row(columns: Sequence[Column], row: Sequence[str], widths: Sequence[int]) -> list[str]:
    from rich.cells import cell_len

    folded = [[cell] if cell_len(cell) <= width else fold(cell, width) for cell, width in zip(row, widths, strict=True)]
    lines = []
    for each in range(max(map(len, folded))):
        pieces = []
        for column, cell, width in zip(columns, folded, widths, strict=True):
            piece = cell[each] if each < len(cell) else ""
            blank = " " * (width - cell_len(piece))
            pieces.append(blank + piece if column.align == "right" else piece + blank)
        lines.append(BETWEEN.join(pieces).rstrip())
    return lines


def fold(text: str, width: int) -> list[str]:
    """Fold a text at its words into lines of at most so many letters; a word longer than a line is cut.

    >>> fold("Cheam Common Infants' Academy", 12)
    ['Cheam Common', "Infants'", 'Academy']
    >>> fold("Robinhoodinfants", 12)
    ['Robinhoodinf', 'ants']
    """
    from rich.cells import cell_len, chop_cells

    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(longer) <= width:
            lines[-1] = longer
            continue
        first, *more = chop_cells(word, width)
        lines = [*(lines if lines[-1] else lines[:-1]), first, *more]
    return lines
