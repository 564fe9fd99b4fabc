"""The import of term dates or bank holidays, step by step: read, plan, show, ask, apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.dates import AcademicYear
from senco.meetings import render_terms as render
from senco.meetings import term_questions as questions
from senco.meetings.termintake import read_terms
from senco.sheets.reading import read_book

if TYPE_CHECKING:
    from pathlib import Path

    from senco.console.desk import Desk, Format


def run(desk: Desk, file: Path, *, year: str | None, dry_run: bool, yes: bool, form: Format) -> None:
    """Import term dates at a desk; the same file a second time changes nothing and leaves no line in the trail."""
    table = read_terms(read_book(file), year=AcademicYear.parse(year) if year else None)
    with desk.reading() as ask:
        plan = questions.terms_plan(ask, table, day=desk.today)
        names = questions.school_names(ask, [line for _, line in plan.spans])
    desk.show(*render.plan(plan, names), form=form)
    if plan.changes_nothing:
        desk.say(f"{render.told(plan)} Nothing to change.")
        return
    if dry_run:
        desk.say(f"{render.told(plan)} This was the plan only: nothing was changed.")
        return
    if not yes and desk.at_terminal:
        desk.show_now()
    desk.confirm("Apply this plan?", flag="--yes", given=yes)
    from senco.meetings import term_verbs

    with desk.changing("terms.import") as change:
        done = term_verbs.apply_terms(change, table, day=desk.today)
    desk.say(render.told(done))
