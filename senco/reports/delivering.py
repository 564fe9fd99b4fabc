"""Reports delivered into a folder: one run at a time, whole files, and nothing rewritten that says the same."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from senco.errors import BadInput, NotFound
from senco.files import write_together
from senco.reports import publish, soundness
from senco.reports.kinds import FileLine
from senco.reports.saying import stem
from senco.store.lock import folder_locked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from senco.console.desk import Desk
    from senco.findings import Finding
    from senco.reports.kinds import Report
    from senco.store.doors import Ask

    Maker = Callable[[Ask], "Made"]

_SEAL = re.compile(rb'<p class="check">[^<]* Seal ([0-9]+(?:-[A-Z2-7]{4}){4})\.</p>')


class Made(NamedTuple):
    """A report just made, with nothing hidden yet: its own day, and what it is a report of."""

    report: Report
    day: date
    kind: str
    year: str
    term: str = ""


def folder_held(desk: Desk, into: Path) -> AbstractContextManager[None]:
    """Hold a folder for one run; another waits, for as long as for the store.

    Raises NotFound ``reports.no-folder``, BadInput ``reports.not-a-folder``, and what `folder_locked` raises.
    """
    if into.exists() and not into.is_dir():
        raise BadInput("reports.not-a-folder", f"{into} is a file, not a folder.", "Name the folder for the reports.")
    if not into.is_dir():
        raise NotFound("reports.no-folder", f"There is no folder {into}.", "Make it first, or name another one.")
    return folder_locked(into, since=desk.now.isoformat(), wait=desk.store.wait)


class Checked(NamedTuple):
    """What the checks found, the newest seal, and which of the seals on the pages that are there the trail holds."""

    found: Sequence[Finding]
    seal: str
    held: frozenset[str]


def checked(into: Path, ask: Ask, parts: Sequence[Report], today: date) -> Checked:
    """Ask the store all that is printed on the files besides their figures."""
    printed = {seal for part in parts if (seal := _printed(_there(into, part)))}
    held = frozenset(seal for seal in printed if soundness.seal_finding(ask, seal) is None)
    return Checked(soundness.findings(ask, today), ask.newest_seal(), held)


def deliver(into: Path, told: Checked, parts: Sequence[Report], day: date) -> list[FileLine]:
    """Write each report's page and workbook into a folder that is held; what says the same stays as it is.

    A file bears the seal of the trail's newest record. Other work moves the seal on; a file whose figures, findings and
    days are as they were keeps the seal it was printed with, as long as the trail holds that record.
    """
    made = datetime.combine(day, time(), UTC)
    files: dict[str, bytes] = {}
    lines = []
    for part in parts:
        page = into / f"{stem(part)}.html"
        sealed = _sealed(part, told.found, _kept(into, part, told) or told.seal)
        files[page.name] = publish.html_bytes(sealed)
        files[f"{stem(part)}.xlsx"] = publish.workbook_bytes(sealed, made=made)
        lines += [(name, part) for name in (page.name, f"{stem(part)}.xlsx")]
    changed = set(write_together(into, files))
    return [FileLine(name, part.audience or "", part.internal, name in changed) for name, part in lines]


def _sealed(report: Report, found: Sequence[Finding], seal: str) -> Report:
    return replace(report, first_line=soundness.first_line(found, seal), seal=seal)


def _kept(into: Path, report: Report, told: Checked) -> str | None:
    """Give the seal of the page that is there when nothing but the seal has changed since."""
    there = _there(into, report)
    seal = _printed(there)
    if seal is None or seal not in told.held:
        return None
    return seal if publish.html_bytes(_sealed(report, told.found, seal)) == there else None


def _there(into: Path, report: Report) -> bytes:
    try:
        return (into / f"{stem(report)}.html").read_bytes()
    except OSError:
        return b""


def _printed(page: bytes) -> str | None:
    told = _SEAL.search(page)
    return told[1].decode() if told else None
