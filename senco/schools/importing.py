"""The import of the register at the desk: the plan is made by a rehearsal, shown, agreed to, then carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.deferred import dataclass
from senco.schools import intake, render, verbs
from senco.settings.questions import number_on

if TYPE_CHECKING:
    from pathlib import Path

    from senco.console.desk import Desk, Format
    from senco.schools.planned import ImportPlan


@dataclass(frozen=True, slots=True)
class Files:
    """What is to be imported: a register or a links file, perhaps the links beside it, perhaps one LA's part only."""

    file: Path
    links: Path | None
    la_code: int | None


def run(desk: Desk, files: Files, *, form: Format, dry_run: bool, yes: bool) -> None:
    """Show what an import changes and, unless it is a dry run or nobody agrees, change it.

    The file is read twice when a person has to agree, since nothing waits for a person inside the store's door.
    """
    plan = carry_out(desk, files, rehearsal=dry_run or not yes)
    desk.show(render.plan(plan, empty_too=form != "table"), form=form)
    if not (dry_run or yes or plan.counts.changes_nothing):
        if desk.at_terminal:
            desk.show_now()
        desk.confirm("Take this into the register?", flag="--yes", given=False)
        carry_out(desk, files, expected=plan)
    desk.say(render.said(plan, dry_run=dry_run))


def carry_out(desk: Desk, files: Files, *, rehearsal: bool = False, expected: ImportPlan | None = None) -> ImportPlan:
    """Import the files in one change, or rehearse that; raises what `opened` and `import_register` raise."""
    with desk.changing("schools.import", rehearsal=rehearsal) as change:
        own_la = number_on(change.ask, "la.code", desk.today)
        schools, links = intake.opened(files.file, files.links, la_code=files.la_code, own_la=own_la)
        return verbs.import_register(change, schools, links, expected=expected)
