"""Contacts in and out, step by step."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from senco.meetings import gathering_questions
from senco.meetings import render_gathering as render
from senco.meetings.contactintake import HEADINGS, read_contacts
from senco.meetings.contactplanning import contacts_plan
from senco.meetings.kinds import Action
from senco.sheets.reading import read_book

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from senco.console.desk import Desk, Format
    from senco.meetings.gathering import ContactLine


def take_in(desk: Desk, file: Path, *, end_missing: bool, dry_run: bool, yes: bool, form: Format) -> None:
    """Import contacts at a desk; the same file a second time changes nothing."""
    drafts = read_contacts(read_book(file))
    with desk.reading() as ask:
        plan = contacts_plan(ask, drafts, day=desk.today)
    desk.show(render.contact_plan(plan), form=form)
    if plan.changes_nothing and not (end_missing and plan.count(Action.GONE)):
        desk.say(f"{render.told(plan)} Nothing to change.")
        return
    if dry_run:
        desk.say(f"{render.told(plan)} This was the plan only: nothing was changed.")
        return
    if not yes and desk.at_terminal:
        desk.show_now()
    desk.confirm("Apply this plan?", flag="--yes", given=yes)
    from senco.meetings import gathering_verbs

    with desk.changing("contacts.import") as change:
        done = gathering_verbs.apply_contacts(change, drafts, day=desk.today, end_missing=end_missing)
    desk.say(render.told(done))


def write(desk: Desk, path: Path) -> None:
    """Write the contacts of today, addresses and all, as a workbook or as CSV by the ending of the file."""
    from senco.files import write_whole

    with desk.reading() as ask:
        lines = gathering_questions.contacts(ask, desk.today)
    csv = path.suffix.casefold() == ".csv"
    data = _csv(lines) if csv else _workbook(lines, desk.today)
    write_whole(path, data)
    desk.say(
        f"Wrote {path}: {len(lines)} contacts with their addresses. Keep it where only those may read it who need to."
    )


def _row(line: ContactLine) -> tuple[str, ...]:
    return (
        line.name,
        line.role,
        str(line.urn) if line.urn else "",
        line.organisation,
        line.email,
        line.invited_to,
    )


def _csv(lines: list[ContactLine]) -> bytes:
    from senco.sheets.writing import csv_bytes

    return csv_bytes(HEADINGS, map(_row, lines))


def _workbook(lines: list[ContactLine], day: date) -> bytes:
    from senco.meetings.gathering import ContactRole
    from senco.sheets.specs import ColumnSpec, SheetSpec, WorkbookSpec
    from senco.sheets.writing import workbook_bytes

    columns = tuple(
        ColumnSpec(heading, choices=tuple(ContactRole) if heading == "role" else ()) for heading in HEADINGS
    )
    sheet = SheetSpec("Contacts", columns, tuple(map(_row, lines)))
    made = datetime.combine(day, time(), UTC)
    return workbook_bytes(WorkbookSpec((sheet,), title="Contacts", footer="Contacts of the SENCO clusters"), made=made)
