"""Answers for people: plain text for pipes, Rich tables for a terminal's width, labelled lines for a screen reader."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from senco.console.listing import Answer, Card, Column, Listing
from senco.privacy import clean_block

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 2
_RULED_GAP = 3  # what Rich leaves between two columns
_FOLDED_AT_LEAST = 12


def plain_text(answers: Sequence[Answer]) -> str:
    """Draw answers as plain text, whole whatever the width: for pipes and files."""
    return "\n".join(_plain_card(each) if isinstance(each, Card) else _plain_listing(each) for each in answers)


def labelled_text(answers: Sequence[Answer]) -> str:
    """Draw answers as labelled lines without any table: for a screen reader or a braille line."""
    out: list[str] = []
    for answer in answers:
        if isinstance(answer, Card):
            out += [answer.title, *(f"{label}: {clean_block(value)}" for label, value in answer.facts)]
        for listing in answer.listings if isinstance(answer, Card) else (answer,):
            out += ["", listing.title or listing.name.capitalize()]
            for number, line in enumerate(listing.lines, start=1):
                told = "; ".join(f"{column.heading}: {_cell(column, line)}" for column in listing.columns)
                out.append(f"{number}. {told}")
            out += [listing.empty] * (not listing.lines) + [*listing.notes]
    return "\n".join(out).strip() + "\n"


def terminal_text(answers: Sequence[Answer], *, width: int, colour: bool) -> str:
    """Draw answers with Rich for a terminal of the given width in characters."""
    from rich.console import Console
    from rich.text import Text

    from senco.console.laying import lay_out

    buffer = StringIO()
    console = Console(
        file=buffer,
        width=width,
        force_terminal=True,
        color_system="standard" if colour else None,
        emoji=False,
        markup=False,
        highlight=False,
    )
    for answer in answers:
        if isinstance(answer, Card):
            console.print(Text(answer.title, style="bold"))
            from rich.table import Table

            grid = Table.grid(padding=(0, _GAP))
            grid.add_column(no_wrap=True)
            grid.add_column(overflow="fold")
            for label, value in answer.facts:
                grid.add_row(Text(label, style="dim"), Text(clean_block(value)))
            console.print(grid)
        for listing in answer.listings if isinstance(answer, Card) else (answer,):
            console.print(*([Text(listing.title, style="bold")] if listing.title else []), sep="")
            if not listing.lines:
                console.print(Text(listing.empty))
                continue
            kept, dropped = fit(listing, width)
            cells = [[_cell(column, line) for column in kept] for line in listing.lines]
            heading, *rows = lay_out(kept, cells, width)
            console.print(Text(heading, style="bold"), soft_wrap=True)
            buffer.write("".join(f"{row}\n" for row in rows))
            for note in (*([_dropped_note(dropped)] if dropped else []), *listing.notes):
                console.print(Text(note, style="dim"))
    return buffer.getvalue()


def fit(listing: Listing, width: int) -> tuple[list[Column], list[Column]]:
    """Choose the columns that a width has room for: those kept, in order, and those dropped, least dear first."""
    kept, dropped = list(listing.columns), []
    while _needed(listing, kept) > width:
        spare = max(kept, key=lambda column: column.keep)
        if spare.keep == 0:
            break
        kept.remove(spare)
        dropped.append(spare)
    return kept, [column for column in listing.columns if column in dropped]


def _needed(listing: Listing, columns: Sequence[Column]) -> int:
    total = _RULED_GAP * (len(columns) - 1)
    for column in columns:
        natural = max([len(column.heading), *(len(_cell(column, line)) for line in listing.lines)])
        total += natural if column.whole else min(natural, max(_FOLDED_AT_LEAST, len(column.heading)))
    return total


def _dropped_note(dropped: Sequence[Column]) -> str:
    names = ", ".join(column.heading for column in dropped)
    return f"Left out at this width: {names}. A wider window, a pipe or --format csv shows them."


def _cell(column: Column, line: object) -> str:
    return clean_block(column.show(line)).replace("\n", " ")


def _plain_listing(listing: Listing) -> str:
    out = [listing.title] if listing.title else []
    if not listing.lines:
        return "\n".join([*out, listing.empty, *listing.notes]) + "\n"
    rows = [[column.heading for column in listing.columns]]
    rows += [[_cell(column, line) for column in listing.columns] for line in listing.lines]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.rjust(width) if column.align == "right" else cell.ljust(width)
            for cell, width, column in zip(row, widths, listing.columns, strict=True)
        )
        out.append((" " * _GAP).join(cells).rstrip())
    return "\n".join([*out, *listing.notes]) + "\n"


def _plain_card(card: Card) -> str:
    wide = max((len(label) for label, _ in card.facts), default=0) + _GAP
    out = [card.title]
    for label, value in card.facts:
        first, *more = clean_block(value).split("\n")
        out += [f"{label.ljust(wide)}{first}".rstrip(), *(" " * wide + each for each in more)]
    text = "\n".join(out) + "\n"
    return "\n".join([text, *(_plain_listing(listing) for listing in card.listings)])
