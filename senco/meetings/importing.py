"""The import of a programme, step by step: read, plan, show, ask, apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.dates import AcademicYear, iso_utc
from senco.meetings import questions, render
from senco.meetings.intake import read_programme
from senco.sheets.reading import read_book

if TYPE_CHECKING:
    from pathlib import Path

    from senco.console.desk import Desk, Format


def run(
    desk: Desk,
    file: Path,
    *,
    year: str | None,
    dry_run: bool,
    yes: bool,
    date_wins: bool,
    cancel_missing: bool,
    form: Format,
) -> None:
    """Import a programme at a desk; the same file a second time changes nothing and leaves no line in the trail."""
    within = AcademicYear.parse(year) if year else None
    programme = read_programme(read_book(file), year=within, date_wins=date_wins)
    with desk.reading() as ask:
        plan = questions.import_plan(
            ask, programme, day=desk.today, at=iso_utc(desk.now), cancel_missing=cancel_missing
        )
    desk.show(*render.plan(plan), form=form)
    if plan.changes_nothing:
        desk.say(f"{render.told(plan)} Nothing to change.")
        return
    if dry_run:
        desk.say(f"{render.told(plan)} This was the plan only: nothing was changed.")
        return
    if not yes and desk.at_terminal:
        desk.show_now()
    desk.confirm("Apply this plan?", flag="--yes", given=yes)
    from senco.meetings import verbs

    with desk.changing("meetings.import") as change:
        done = verbs.apply_programme(change, programme, day=desk.today, cancel_missing=cancel_missing)
    desk.say(render.told(done))
