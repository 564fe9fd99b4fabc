"""The import of a programme, step by step: read, plan, show, ask, apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.dates import AcademicYear, iso_utc
from senco.errors import WrongUse
from senco.meetings import questions, render
from senco.meetings.intake import read_programme
from senco.sheets.reading import read_book

if TYPE_CHECKING:
    from collections.abc import Sequence
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
    moved: Sequence[str],
    form: Format,
) -> None:
    """Import a programme at a desk; the same file a second time changes nothing and leaves no line in the trail.

    Raises WrongUse ``meetings.moved-how`` for a move that is not written OLD=NEW.
    """
    told = _moves(moved)
    within = AcademicYear.parse(year) if year else None
    with desk.reading() as ask:
        known = questions.clusters_of_all_years(ask)
        programme = read_programme(read_book(file), year=within, date_wins=date_wins, known=known)
        plan = questions.import_plan(
            ask, programme, day=desk.today, at=iso_utc(desk.now), cancel_missing=cancel_missing, moved=told
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
        done = verbs.apply_programme(change, programme, day=desk.today, cancel_missing=cancel_missing, moved=told)
    desk.say(render.told(done))


def _moves(moved: Sequence[str]) -> dict[str, str]:
    """Read which meeting goes on under which reference of the file."""
    pairs = [each.upper().partition("=") for each in moved]
    if any(not old.strip() or not new.strip() for old, _, new in pairs):
        raise WrongUse(
            "meetings.moved-how", "Which meeting was moved where?", "As in --moved 2020-11-24-CP=2020-12-01-CP."
        )
    return {old.strip(): new.strip() for old, _, new in pairs}
