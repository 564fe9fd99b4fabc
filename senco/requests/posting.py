"""Letters written to a folder, and their day recorded once; the same letters again are the same to the byte."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.errors import NotFound
from senco.files import private_folder, write_whole
from senco.requests import deadlines, letters, panels, questions, records
from senco.requests.awarding import AwardMeans
from senco.requests.outcomes import Record
from senco.settings.questions import number_on, word_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from senco.console.desk import Desk
    from senco.requests.letters import Letter
    from senco.requests.outcomes import DecisionLine
    from senco.store.doors import Ask


def post(desk: Desk, references: Sequence[str], *, meeting: str, folder: Path) -> list[tuple[DecisionLine, list[str]]]:
    """Write the letters of decisions, record the day of those that had none, and give each with its files' names.

    Raises NotFound ``requests.nothing-decided`` when none of what is named is decided.
    """
    with desk.reading() as ask:
        lines = meant(ask, references, meeting)
    fresh = [each for each in lines if not each.letter_on]
    if fresh:
        from senco.requests import reviewing

        with desk.changing("requests.letters") as change:
            reviewing.note_letters(change, fresh, desk.today)
    with desk.reading() as ask:
        written = [letter(ask, each) for each in meant(ask, [line.request for line in lines], "")]
    private_folder(folder)
    return [(each.decision, _write(each, folder)) for each in written]


def meant(ask: Ask, references: Sequence[str], meeting: str) -> list[DecisionLine]:
    """Give the living decisions that are named; without a name, all whose letter was not written yet."""
    if references:
        cases = [questions.case_named(ask, each).reference for each in references]
        found = [each for each in (records.decision_standing(ask, reference) for reference in cases) if each]
    elif meeting:
        found = records.decisions_living(ask, meeting=panels.panel_named(ask, meeting).reference)
    else:
        found = [each for each in records.decisions_living(ask) if not each.letter_on]
    if not found:
        raise NotFound(
            "requests.nothing-decided",
            "No decision waits for a letter.",
            "`senco requests list --stage decided` shows what is decided.",
        )
    return found


def letter(ask: Ask, line: DecisionLine) -> Letter:
    """Give what the letter of a decision says."""
    case = questions.case_named(ask, line.request)
    dated = date.fromisoformat(line.letter_on)
    days = number_on(ask, "challenge.days", dated)
    return letters.Letter(
        authority=word_on(ask, "la.name", dated),
        reference=case.reference,
        school=case.school,
        dated=dated,
        asked_pence=case.asked_pence,
        decision=line,
        reasons=tuple(records.reasons(ask, Record.DECISION, line.number)),
        per=AwardMeans(line.means).per,
        answer_by=deadlines.working_days_after(dated, days) if days else None,
    )


def _write(told: Letter, folder: Path) -> list[str]:
    parts = {f"{told.reference}-letter": letters.blocks(told)}
    if told.advises:
        parts[f"{told.reference}-advice"] = letters.advice_blocks(told)
    names = []
    for stem, blocks in parts.items():
        for suffix, text in ((".md", letters.markdown(blocks)), (".html", letters.html(blocks))):
            write_whole(folder / f"{stem}{suffix}", text.encode("utf-8"))
            names.append(f"{stem}{suffix}")
    return names
