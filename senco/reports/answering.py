"""A report that has a command of its own: shown on the screen, or written into one file with the manners for cron."""

from __future__ import annotations

import re
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Final

from senco.console.desk import Format
from senco.errors import WrongUse
from senco.files import write_whole
from senco.reports import making, plain, publish, render, screen, soundness
from senco.reports.delivering import folder_held
from senco.reports.kinds import FileLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from senco.console.desk import Desk
    from senco.console.listing import Answer
    from senco.findings import Finding
    from senco.reports.delivering import Maker
    from senco.reports.kinds import Report
    from senco.store.doors import Ask

ENDINGS: Final = (".html", ".xlsx", ".csv", ".md")
_SEAL: Final = re.compile(rb"\b[0-9]+(?:-[A-Z2-7]{4}){4}\b")
_MOST_OF_A_PART: Final = 1 << 22


def answer(
    desk: Desk,
    make: Maker,
    *,
    out: Path | None,
    form: Format | None,
    shown: Callable[[Report], Sequence[Answer]] = screen.answers,
) -> None:
    """Make a report, hide its small counts unless it is internal, and show it or write it into a file.

    What is shown on the screen is published as much as what is written: both are put on record. A file is written in
    silence; it is listed at a terminal, or with ``form``. Raises WrongUse ``reports.ending-unknown`` for a file of
    another kind than we write, and what `folder_held` and the store's doors raise.
    """
    if out is None:
        desk.show(*shown(_safe(desk, make)[0]), form=form or Format.TABLE)
        return
    if out.suffix.casefold() not in ENDINGS:
        raise WrongUse(
            "reports.ending-unknown",
            f"No report is written as '{out.name}'.",
            f"Name a file that ends in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}.",
        )
    with folder_held(desk, out.parent):
        report, day = _safe(desk, make)
        with desk.reading() as ask:
            data = _bytes_for(out, ask, report, soundness.findings(ask, desk.today), day)
        line = FileLine(out.name, "", report.internal, write_whole(out, data))
    if form or sys.stdout.isatty():
        desk.show(render.files([line]), form=form or Format.TABLE)


def _safe(desk: Desk, make: Maker) -> tuple[Report, date]:
    """Make a report; one that counts children is protected and put on record, unless it is internal."""
    with desk.reading() as ask:
        made = make(ask)
    if made.report.internal or not made.report.counts:
        return made.report, made.day
    return making.published(desk, made), made.day


def _bytes_for(out: Path, ask: Ask, report: Report, found: Sequence[Finding], day: date) -> bytes:
    """Give what the file is to hold: what it holds already when nothing but the seal has moved on since."""
    told = _SEAL.search(_text_of(out))
    if told and soundness.seal_finding(ask, seal := told[0].decode()) is None:
        kept = _bytes(out, report, found, seal, day)
        if kept == out.read_bytes():
            return kept
    return _bytes(out, report, found, ask.newest_seal(), day)


def _bytes(out: Path, report: Report, found: Sequence[Finding], seal: str, day: date) -> bytes:
    sealed = replace(report, first_line=soundness.first_line(found, seal), seal=seal)
    ending = out.suffix.casefold()
    if ending == ".html":
        return publish.html_bytes(sealed)
    if ending == ".xlsx":
        return publish.workbook_bytes(sealed, made=datetime.combine(day, time(), UTC))
    return plain.csv_bytes(sealed) if ending == ".csv" else plain.markdown_bytes(sealed)


def _text_of(out: Path) -> bytes:
    """Give the text of a file that is there, a workbook's parts one after the other, or nothing."""
    try:
        data = out.read_bytes()
        if out.suffix.casefold() != ".xlsx":
            return data
        with zipfile.ZipFile(BytesIO(data)) as book:
            parts = []
            for name in book.namelist():
                with book.open(name) as part:
                    parts.append(part.read(_MOST_OF_A_PART))
            return b"\n".join(parts)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError):
        return b""
