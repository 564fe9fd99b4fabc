"""The answers of the reports' commands, laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.console.listing import Column, Listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.reports.kinds import FileLine

_FILES = (
    Column("File", lambda line: line.file),
    Column("For", lambda line: line.audience or "anybody"),
    Column("State", lambda line: "written" if line.written else "as it was"),
)


def files(lines: Sequence[FileLine]) -> Listing:
    """Lay out the files of a run."""
    return Listing("files", lines, _FILES, title="Reports")
