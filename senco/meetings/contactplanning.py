"""What an import of contacts would do to the store as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.errors import BadInput, NotFound, Problem, Refused
from senco.meetings.contactintake import plan_contacts
from senco.meetings.gathering_questions import contacts
from senco.meetings.questions import school_called

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from senco.meetings.contactintake import ContactPlan
    from senco.meetings.gathering import ContactDraft
    from senco.store.doors import Ask


def contacts_plan(ask: Ask, drafts: Sequence[ContactDraft], *, day: date) -> ContactPlan:
    """Hold drafts against the contacts of a day.

    Raises BadInput ``contacts.unknown-school`` with every school that the register does not know.
    """
    schools: dict[str, int] = {}
    problems = []
    for draft in drafts:
        if draft.school and draft.school not in schools:
            try:
                schools[draft.school] = school_called(ask, draft.school, day).urn
            except (NotFound, Refused) as wrong:
                problems.append(Problem(draft.where, wrong.message, wrong.hint))
    if problems:
        raise BadInput(
            "contacts.unknown-school",
            "Some contacts are of schools that are not in the register.",
            "Nothing was changed. Write the school's URN, or its name in `organisation` if it is another borough's.",
            tuple(problems),
        )
    return plan_contacts(drafts, contacts(ask, day), schools, today=day.isoformat())
