"""Rows of a list of contacts to drafts, with every problem at its cell, and what their import would do."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from senco.deferred import dataclass
from senco.errors import BadInput, Problem
from senco.meetings.gathering import ContactDraft, ContactLine, ContactRole
from senco.meetings.kinds import Action
from senco.privacy import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from senco.sheets.kinds import Book, Cell, Sheet

HEADINGS: Final = ("name", "role", "school", "organisation", "e-mail", "invited to")
_ROLES: Final = {
    "name": r"(?:full )?name|contact|person|senco(?: name)?",
    "role": r"role|job|job title|position",
    "school": r"(?:school )?urn|school(?: name)?",
    "organisation": r"organisation|service|agency|team|organization",
    "email": r"e-?mail(?: address)?",
    "invited_to": r"invited(?: to)?|clusters?|meetings?",
}
_CALLED: Final = (
    (ContactRole.DEPUTY, r"deputy|assistant sen"),
    (ContactRole.LEAD, r"lead"),
    (ContactRole.SENCO, r"senco|senco?|inclusion"),
    (ContactRole.HEADTEACHER, r"head ?teacher|head|principal"),
    (ContactRole.PSYCHOLOGIST, r"psycholog|\bep\b"),
    (ContactRole.PRU, r"\bpru\b|pupil referral|alternative provision"),
    (ContactRole.SPECIAL_SCHOOL, r"special school"),
    (ContactRole.HEALTH, r"health|nurs|therap|camhs|nhs"),
    (ContactRole.SOCIAL_CARE, r"social"),
    (ContactRole.OFFICER, r"officer|local authority|council"),
    (ContactRole.OTHER, r"other"),
)
# Narrower than the standard on purpose: an address goes into invitations and must not carry anything else with it.
_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
SHAPE: Final = (
    f"Give one row for each person under the headings {', '.join(HEADINGS)}; `senco meetings contacts export` writes"
    " such a file, with the headings alone when nobody is known yet."
)


@dataclass(frozen=True, slots=True)
class ContactPlan:
    """What an import of contacts does: each with its action; those it leaves out are ended only when asked."""

    contacts: tuple[tuple[Action, ContactLine], ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether the store already holds what the file says."""
        return {action for action, _ in self.contacts} <= {Action.UNCHANGED, Action.GONE}

    def count(self, action: Action) -> int:
        """Count the contacts with which this is done."""
        return sum(each is action for each, _ in self.contacts)


def read_contacts(book: Book) -> tuple[ContactDraft, ...]:
    """Read a list of contacts.

    Raises BadInput ``contacts.no-table`` when there is none, ``contacts.cannot-import`` with every problem at its cell.
    """
    for sheet in book.sheets:
        for place, row in enumerate(sheet.rows):
            columns = _columns(row)
            if "name" in columns and len(columns) > 1:
                return _drafts(book.file, sheet, columns, sheet.rows[place + 1 :])
    raise BadInput("contacts.no-table", f"No list of contacts was found in {book.file}.", SHAPE)


def role_called(text: str) -> ContactRole | None:
    """Give the role that words name, or None.

    >>> role_called("SENDCo").value, role_called("Lead SENCO").value, role_called("Educational Psychologist").value
    ('senco', 'lead', 'psychologist')
    >>> role_called("Gardener") is None
    True
    """
    told = fold(text).replace("sendco", "senco")
    if told in set(ContactRole):
        return ContactRole(told)
    return next((role for role, pattern in _CALLED if re.search(pattern, told)), None)


def plan_contacts(
    drafts: Sequence[ContactDraft], stored: Sequence[ContactLine], schools: Mapping[str, int], *, today: str
) -> ContactPlan:
    """Hold drafts against the contacts of today; a contact is known by name, role and school or organisation."""
    free = {_key(each): each for each in stored}
    planned: list[tuple[Action, ContactLine]] = []
    for draft in drafts:
        line = ContactLine(
            0,
            draft.name,
            draft.role.value,
            schools.get(draft.school),
            "",
            draft.organisation,
            draft.email,
            draft.invited_to,
            today,
            None,
            draft.where,
        )
        held = free.pop(_key(line), None)
        if held is None:
            planned.append((Action.ADDED, line))
            continue
        # What the file leaves blank stays as it is.
        kept = replace(
            held, name=line.name, email=line.email or held.email, invited_to=line.invited_to or held.invited_to
        )
        planned.append((Action.UNCHANGED if kept == held else Action.CHANGED, kept))
    return ContactPlan((*planned, *((Action.GONE, each) for each in free.values())))


def _key(line: ContactLine) -> tuple[str, str, int | None, str]:
    return fold(line.name), line.role, line.urn, fold(line.organisation)


def _columns(row: Sequence[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for cell in row:
        for role, pattern in _ROLES.items():
            if role not in found and re.fullmatch(pattern, fold(cell.text)):
                found[role] = cell.column
                break
    return found


def _drafts(
    file: str, sheet: Sheet, columns: Mapping[str, int], rows: Sequence[Sequence[Cell]]
) -> tuple[ContactDraft, ...]:
    problems: list[Problem] = []
    drafts: list[ContactDraft] = []
    seen: dict[tuple[str, ...], str] = {}
    for row in rows:
        cells = {role: next((cell for cell in row if cell.column == at), None) for role, at in columns.items()}
        told = {role: cell.text if cell else "" for role, cell in cells.items()}
        if not any(told.values()):
            continue
        where = {role: sheet.place(cell) if cell else sheet.place(row=row[0].row) for role, cell in cells.items()}
        before = len(problems)
        role = role_called(told.get("role") or "senco")
        email = told.get("email", "")
        if not told["name"]:
            problems.append(Problem(where["name"], "The name is missing.", "Name the person."))
        if role is None:
            problems.append(
                Problem(where["role"], "The role is not known.", f"It is one of: {', '.join(ContactRole)}.")
            )
        if email and not _EMAIL.fullmatch(email):
            problems.append(Problem(where["email"], "This is no e-mail address.", "Write it as name@school.sch.uk."))
        key = (fold(told["name"]), str(role), told.get("school", ""), fold(told.get("organisation", "")))
        if key in seen:
            problems.append(Problem(where["name"], f"The person stands twice, first at {seen[key]}.", "Remove one."))
        seen.setdefault(key, where["name"])
        if len(problems) == before and role is not None:
            drafts.append(
                ContactDraft(
                    where["name"],
                    told["name"],
                    role,
                    told.get("school", ""),
                    told.get("organisation", ""),
                    email,
                    told.get("invited_to", ""),
                )
            )
    if problems:
        raise BadInput(
            "contacts.cannot-import",
            f"{file} cannot be imported as it stands.",
            "Nothing was changed. Correct the file and import it again.",
            tuple(problems),
        )
    return tuple(drafts)
