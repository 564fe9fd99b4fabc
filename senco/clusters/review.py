"""The answers of a review sheet that somebody filled in: for each unsure name a school, or to leave it out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from senco.clusters.resolving import SKIP, Answers, answer_key
from senco.errors import BadInput, Problem
from senco.privacy import fold

if TYPE_CHECKING:
    from collections.abc import Collection

    from senco.sheets.kinds import Book, Cell, Sheet

CLUSTER, WRITTEN, CHOICE, URN = "Cluster", "Name in the table", "Your choice", "or its URN"
LEAVE_OUT = "leave it out"
_NEEDED = (CLUSTER, WRITTEN, CHOICE, URN)


def read_answers(book: Book, known: Collection[int]) -> Answers:
    """Read the filled-in rows; those left blank are no answer. ``known`` are the URNs of the register.

    Raises BadInput ``review.no-answers`` for a file that is no review sheet, and ``review.bad-answers`` with every
    problem.
    """
    answers: Answers = {}
    problems: list[Problem] = []
    found = False
    for sheet in book.sheets:
        columns = _columns(sheet)
        if columns is None:
            continue
        found = True
        row, places = columns
        for cells in sheet.rows[row:]:
            told = {heading: cells[at - 1] for heading, at in places.items() if at <= len(cells) and cells[at - 1].text}
            if CLUSTER in told and WRITTEN in told:
                _take(sheet, told, known, answers, problems)
    if not found:
        raise BadInput(
            "review.no-answers",
            f"{book.file} is no review sheet: no row has the headings {', '.join(_NEEDED)}.",
            "Write one with --review OUT.xlsx, fill it in, and give that file.",
        )
    if problems:
        raise BadInput(
            "review.bad-answers", f"{book.file} holds answers that cannot be used.", "Nothing changed.", tuple(problems)
        )
    return answers


def _columns(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for number, row in enumerate(sheet.rows, start=1):
        places = {heading: cell.column for cell in row for heading in _NEEDED if fold(cell.text) == fold(heading)}
        if len(places) == len(_NEEDED):
            return number, places
    return None


def _take(
    sheet: Sheet, told: dict[str, Cell], known: Collection[int], answers: Answers, problems: list[Problem]
) -> None:
    given = [told[heading] for heading in (URN, CHOICE) if heading in told]
    if not given:
        return
    meant = {_meaning(cell.text) for cell in given}
    if None in meant or len(meant) > 1:
        what = (
            "choice and URN differ." if None not in meant else f"'{given[0].text}' is neither a URN nor '{LEAVE_OUT}'."
        )
        problems.append(Problem(sheet.place(given[0]), what, "Give one school by its URN."))
        return
    answer = str(meant.pop())
    if answer != SKIP and int(answer) not in known:
        problems.append(Problem(sheet.place(given[0]), f"the register holds no school {answer}.", "Look the URN up."))
        return
    answers[answer_key(told[CLUSTER].text, told[WRITTEN].text)] = answer


def _meaning(text: str) -> str | None:
    """Give the URN an answer begins with, or `SKIP`, or None when it says neither.

    >>> _meaning("102971 High View Primary School"), _meaning("Leave it out"), _meaning("High View")
    ('102971', 'skip', None)
    """
    if fold(text) in {fold(LEAVE_OUT), SKIP}:
        return SKIP
    found = re.match(r"([1-9][0-9]{5})\b", text)
    return found[1] if found else None
