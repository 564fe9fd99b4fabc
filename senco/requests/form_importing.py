"""Filled forms from their files to the plan, and from the plan to the store; and the catalogue the same way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from senco.dates import say_date
from senco.errors import BadInput, NotFound, Problem, WrongUse
from senco.privacy import clean
from senco.requests import catalogue, form_questions, form_render, questions
from senco.requests.deciding_desk import whole
from senco.requests.form_kinds import FormFate, ReadForm
from senco.requests.intake import read_form
from senco.sheets.reading import read_book

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from senco.console.desk import Desk, Format
    from senco.console.listing import Answer
    from senco.requests.receiving import Receipt

_BAD_INPUT = BadInput.code


def read_forms(paths: Sequence[Path], today: date) -> list[ReadForm]:
    """Read every file given; one that cannot be read is a problem of its own and keeps none of the others out."""
    found = []
    for place, path in enumerate(paths, start=1):
        try:
            found.append(read_form(read_book(path), today=today, place=place))
        except (BadInput, NotFound) as wrong:
            told = wrong.problems if isinstance(wrong, BadInput) else ()
            file = clean(path.name)
            found.append(ReadForm(file, None, told or (Problem(file, wrong.message, wrong.hint),)))
    return found


def run(desk: Desk, paths: Sequence[Path], *, dry_run: bool, yes: bool, form: Format) -> None:
    """Take forms in at a desk: show the plan, ask, apply; bad ones are refused with every problem, good ones go in.

    Raises BadInput ``requests.forms-refused`` when no form can be taken.
    """
    forms = read_forms(paths, desk.today)
    refuse_all_bad(forms, [problem for each in forms for problem in each.problems])
    if not (yes and not dry_run):
        planned = _receive(desk, forms, rehearsal=True)
        refuse_all_bad([each for each in planned.lines if each.fate != FormFate.REFUSED], planned.problems)
        lines = [replace(line, request="") if line.fate == FormFate.ADDED else line for line in planned.lines]
        desk.show(*form_render.forms(lines, planned.problems, planned=True), form=form)
        if dry_run or planned.changes_nothing:
            why = "Nothing to change." if planned.changes_nothing else "This was the plan only: nothing was changed."
            desk.say(f"{form_render.forms_said(planned.lines)} {why}")
            return desk.end_with(_BAD_INPUT if planned.problems else 0)
        if desk.at_terminal:
            desk.show_now()
        desk.confirm("Take these forms in?", flag="--yes", given=False)
    done = _receive(desk, forms, rehearsal=False)
    refuse_all_bad([each for each in done.lines if each.fate != FormFate.REFUSED], done.problems)
    desk.show(*form_render.forms(done.lines, done.problems, planned=False), form=form)
    desk.say(form_render.forms_said(done.lines))
    return desk.end_with(_BAD_INPUT if done.problems else 0)


def refuse_all_bad(good: Sequence[object], problems: Sequence[Problem]) -> None:
    """Raise BadInput ``requests.forms-refused`` with every problem when no form is good."""
    fit = [each for each in good if not (isinstance(each, ReadForm) and each.draft is None)]
    if problems and not fit:
        raise BadInput(
            "requests.forms-refused",
            "No form can be taken in. Nothing changed.",
            "Correct the cells named, save, and import again.",
            tuple(problems),
        )


def tend_catalogue(
    desk: Desk, file: Path | None, *, end: str, holds_from: date | None, out: Path | None, dry_run: bool, yes: bool,
    form: Format,
) -> None:  # fmt: skip
    """Show the catalogue, take one in, or take one provision out of it; raises WrongUse ``catalogue.one-thing``."""
    day = holds_from or desk.today
    if end and (file is not None or out is not None or dry_run):
        raise WrongUse("catalogue.one-thing", "--end takes one provision out and does nothing else.", "Give it alone.")
    if end:
        end_provision(desk, end, day, form=form)
    elif file is not None:
        take_catalogue(desk, file, day, dry_run=dry_run, yes=yes, form=form)
    else:
        show_catalogue(desk, out, form=form)


def take_catalogue(desk: Desk, file: Path, day: date, *, dry_run: bool, yes: bool, form: Format) -> None:
    """Take a catalogue of provisions in at a desk; the same file again changes nothing."""
    lines = catalogue.read_catalogue(read_book(file))
    with desk.reading() as ask:
        changes = catalogue.plan(ask, lines, day)
    desk.show(form_render.catalogue_plan(changes), form=form)
    if all(each.fate == "unchanged" for each in changes):
        desk.say("Nothing to change.")
    elif dry_run:
        desk.say("This was the plan only: nothing was changed.")
    else:
        if desk.at_terminal and not yes:
            desk.show_now()
        desk.confirm("Let this catalogue hold?", flag="--yes", given=yes)
        with desk.changing("catalogue.import") as change:
            catalogue.bring_in(change, catalogue.plan(change.ask, lines, day), day)
        desk.say(f"The catalogue holds {len(changes)} provisions of this file from {day.isoformat()} on.")


def end_provision(desk: Desk, word: str, day: date, *, form: Format) -> None:
    """Take one provision out of the catalogue from a day on."""
    with desk.changing("catalogue.end") as change:
        line = catalogue.end(change, word, day)
        left = form_questions.catalogue_on(change.ask, day)
    desk.show(form_render.catalogue(left, day), form=form)
    desk.say(
        f"'{line.name}' is in the catalogue no more from {say_date(day)} on. Requests sent before are costed with it"
        " still; a later one that names it is queried."
    )


def show_catalogue(desk: Desk, out: Path | None, *, form: Format) -> None:
    """Show the catalogue of the desk's day, and write it as a workbook where one is named."""
    with desk.reading() as ask:
        lines = form_questions.catalogue_on(ask, desk.today)
    desk.show(form_render.catalogue(lines, desk.today), form=form)
    if out is not None:
        from senco.files import write_whole
        from senco.requests.template import catalogue_bytes

        write_whole(out, catalogue_bytes(lines, made_on=desk.today))
        desk.say(f"Wrote {out}.")


def shown(desk: Desk, reference: str, *, identify: bool) -> list[Answer]:
    """Give one request whole; who the child is only when asked for, and that it was shown goes into the trail first."""
    card = whole(desk, reference)
    with desk.reading() as ask:
        case = questions.case_named(ask, reference)
        draft = form_questions.form_of(ask, case.reference)
    answers: list[Answer] = [card]
    if draft.number:
        answers += form_render.papers(draft)
    if identify:
        with desk.changing("request.identify") as change:
            lines = form_questions.identities(change.ask, case.reference)
            change.record(f"request {case.reference}", pupils=len(lines))
        answers.append(form_render.identities(lines))
    return answers


def _receive(desk: Desk, forms: Sequence[ReadForm], *, rehearsal: bool) -> Receipt:
    from senco.requests.receiving import Receipt

    with desk.changing("requests.import", rehearsal=rehearsal) as change:
        receipt = Receipt(change, desk.today)
        receipt.take(forms)
        receipt.record()
    return receipt
