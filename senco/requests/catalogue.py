"""The borough's catalogue of provisions: what an hour of each costs, the same in every school, read from a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from senco.dates import say_date
from senco.deferred import dataclass
from senco.errors import BadInput, NotFound, Problem, Refused
from senco.nearest import did_you_mean
from senco.privacy import clean, fold
from senco.requests import form_questions
from senco.requests.form_kinds import CatalogueLine
from senco.requests.tables import CatalogueEntry
from senco.settings.rules import figure_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.sheets.kinds import Book, Sheet
    from senco.store.doors import Ask, Change

_NAME: Final = ("provision", "in the catalogue")
_WHO: Final = ("delivered by", "who delivers", "delivered by (as a rule)")
_RATE: Final = ("£ an hour", "rate", "hourly rate", "£ per hour")
_LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class CatalogueChange:
    """What a table does to one entry of the catalogue: ``was`` is the rate before, "" for a new one."""

    fate: str
    name: str
    delivered_by: str
    rate: str
    was: str


def read_catalogue(book: Book) -> list[CatalogueLine]:
    """Read the entries of a catalogue from a table with the headings Provision and £ an hour.

    Raises BadInput ``catalogue.no-headings``, or ``catalogue.unreadable`` with every problem and its cell.
    """
    for sheet in book.sheets:
        for row in sheet.rows:
            columns = {
                key: cell.column
                for cell in row
                for key, words in (("name", _NAME), ("who", _WHO), ("rate", _RATE))
                if fold(cell.text) in words
            }
            if {"name", "rate"} <= columns.keys():
                return _entries(sheet, row[0].row, columns)
    raise BadInput(
        "catalogue.no-headings",
        f"{book.file} has no table with the headings Provision and £ an hour.",
        "`senco requests catalogue --out FILE` writes one to fill in.",
    )


def plan(ask: Ask, lines: Sequence[CatalogueLine], day: date) -> list[CatalogueChange]:
    """Give what these entries do to the catalogue of a day."""
    held = {fold(each.name): each for each in form_questions.catalogue_on(ask, day)}
    found = []
    for line in lines:
        was = held.get(fold(line.name))
        same = was is not None and (was.name, was.delivered_by, was.rate) == (line.name, line.delivered_by, line.rate)
        fate = "added" if was is None else "unchanged" if same else "changed"
        found.append(CatalogueChange(fate, line.name, line.delivered_by, line.rate, was.rate if was else ""))
    return found


def bring_in(change: Change, changes: Sequence[CatalogueChange], day: date) -> None:
    """Let the entries hold from a day on; what held before stays on record."""
    told = [each for each in changes if each.fate != "unchanged"]
    for each in told:
        change.add(
            CatalogueEntry,
            name=each.name,
            folded=fold(each.name),
            delivered_by=each.delivered_by,
            rate=each.rate,
            holds_from=day.isoformat(),
            ended=0,
            set_at=change.stamp,
            set_by=change.actor,
        )
    change.record(
        "catalogue",
        added=sum(each.fate == "added" for each in told),
        changed=sum(each.fate == "changed" for each in told),
        holds_from=day.isoformat(),
    )
    change.flush()


def end(change: Change, word: str, day: date) -> CatalogueLine:
    """Take a provision out of the catalogue from a day on; costs of an earlier day are worked out with it still.

    Raises NotFound ``catalogue.unknown`` for one that the catalogue of that day does not have, Refused
    ``catalogue.goes-on`` for one that has another entry later.
    """
    held = form_questions.catalogue_on(change.ask, day)
    found = next((each for each in held if fold(each.name) == fold(word)), None)
    if found is None:
        raise NotFound(
            "catalogue.unknown",
            f"The catalogue of {say_date(day)} has no such provision: '{clean(word)}'.",
            did_you_mean(word, [each.name for each in held]) or "`senco requests catalogue` shows what it has.",
        )
    if later := form_questions.catalogued_later(change.ask, found.name, day):
        raise Refused(
            "catalogue.goes-on",
            f"'{found.name}' has another entry from {say_date(date.fromisoformat(later))} on. Nothing changed.",
            "End it on that day or after.",
        )
    change.add(
        CatalogueEntry,
        name=found.name,
        folded=fold(found.name),
        delivered_by=found.delivered_by,
        rate=found.rate,
        holds_from=day.isoformat(),
        ended=1,
        set_at=change.stamp,
        set_by=change.actor,
    )
    change.record("catalogue", ended=1, holds_from=day.isoformat())
    change.flush()
    return replace(found, ends=day.isoformat())


def _entries(sheet: Sheet, heading: int, columns: dict[str, int]) -> list[CatalogueLine]:
    found: dict[str, CatalogueLine] = {}
    problems = []
    for row in sheet.rows[heading:]:
        if not row:
            continue
        number = row[0].row
        name, rate = (sheet.cell(number, columns[key]) for key in ("name", "rate"))
        who = sheet.cell(number, columns["who"]).text if "who" in columns else ""
        if not (name.text or rate.text):
            continue
        told = rate.text.replace("£", "").replace(" ", "")
        if not name.text or len(name.text) > _LONGEST:
            problems.append(Problem(sheet.place(name), f"A provision has a name of at most {_LONGEST} letters."))
        elif figure_of(told) is None:
            do = "Write it as 17.24, or exactly as 655/38."
            problems.append(Problem(sheet.place(rate), "This is no rate above nought.", do))
        elif fold(name.text) in found:
            problems.append(Problem(sheet.place(name), "This provision stands in the table twice."))
        else:
            found[fold(name.text)] = CatalogueLine(clean(name.text), clean(who), told, "")
    if problems or not found:
        raise BadInput(
            "catalogue.unreadable",
            f"{sheet.book} cannot be taken in as a catalogue. Nothing changed.",
            problems=tuple(problems) or (Problem(sheet.place(), "It holds no provision."),),
        )
    return list(found.values())
