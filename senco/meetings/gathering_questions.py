"""What the store knows of who comes: contacts, registers, actions, standing items."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from senco.errors import NotFound
from senco.meetings import questions
from senco.meetings.gathering import ActionLine, ContactLine, SeatLine, StandingLine
from senco.meetings.kinds import MeetingKind, MeetingStatus
from senco.meetings.register import attendance_by_school, is_invited, quorum_of
from senco.settings.questions import word_on
from senco.settings.rules import quorum_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.meetings.gathering import AttendanceLine, Quorum
    from senco.meetings.kinds import MeetingLine
    from senco.store.doors import Ask

_CONTACTS = """
SELECT c.contact_id, c.name, c.role, c.urn, COALESCE(s.name, ''), c.organisation, c.email, c.invited_to, c.starts,
       c.ends, c.source
  FROM contact AS c
  LEFT JOIN school AS s ON s.urn = c.urn
 WHERE c.starts <= :day AND (c.ends IS NULL OR c.ends > :day)
 ORDER BY COALESCE(s.name, c.organisation), c.folded_name, c.contact_id
"""
_MARKS = """
SELECT urn, contact_id, mark, marked_at FROM attendance
 WHERE attendance_id IN (
       SELECT MAX(attendance_id) FROM attendance WHERE meeting_reference = :meeting GROUP BY urn, contact_id)
"""
_ACTIONS = """
SELECT action_id, meeting_reference, task, owner, due, closed_on, outcome FROM meeting_action
 ORDER BY COALESCE(due, '9999'), action_id
"""
_STANDING = """
SELECT title, months, kinds, holds_from, ends, source FROM standing_item
 ORDER BY standing_item_id
"""


def contacts(ask: Ask, day: date) -> list[ContactLine]:
    """Give the contacts of a day, by school or organisation."""
    return ask.all(ContactLine, _CONTACTS, {"day": day.isoformat()})


def seats(ask: Ask, line: MeetingLine) -> list[SeatLine]:
    """Give a meeting's seats with the newest mark of each: its schools by name, then invited partners."""
    from senco.clusters.questions import all_members

    day = date.fromisoformat(line.starts[:10])
    known = contacts(ask, day)
    marks = {
        (urn, contact): (mark, at) for urn, contact, mark, at in ask.all(_row, _MARKS, {"meeting": line.reference})
    }
    people: dict[int, list[ContactLine]] = defaultdict(list)
    for each in known:
        if each.urn is not None:
            people[each.urn].append(each)
    found: dict[int, SeatLine] = {}
    members = all_members(ask, line.year, day) if line.kind != MeetingKind.PANEL else []
    for member in members:
        if line.for_all or member.cluster in line.cluster_references:
            mark, at = marks.get((member.urn, None), ("", ""))
            own = people[member.urn]
            sencos = [each.name for each in own if each.role == "senco"] or [each.name for each in own]
            names = (member.nickname, *(each.name for each in own))
            role = own[0].role if own else ""
            found[member.urn] = SeatLine(
                line.reference, member.name, ", ".join(sencos), role, member.urn, None, mark, at, names
            )
    partners = [each for each in known if each.urn not in found and is_invited(each.invited_to, each.role, line)]
    for each in partners:
        mark, at = marks.get((None, each.contact_id), ("", ""))
        seat = each.organisation or each.school or each.name
        found[-each.contact_id] = SeatLine(
            line.reference, seat, each.name, each.role, each.urn, each.contact_id, mark, at, (each.name,)
        )
    return sorted(found.values(), key=lambda each: (each.contact_id is not None, each.seat.casefold(), each.who))


def invited(ask: Ask, line: MeetingLine) -> list[ContactLine]:
    """Give the contacts to invite to a meeting: those of its schools, and invited partners."""
    day = date.fromisoformat(line.starts[:10])
    urns = questions.schools_of(ask, line)
    return [
        each
        for each in contacts(ask, day)
        if (each.urn in urns and line.kind != MeetingKind.PANEL) or is_invited(each.invited_to, each.role, line)
    ]


def quorum(ask: Ask, line: MeetingLine, held: Sequence[SeatLine]) -> Quorum:
    """Say whether a meeting is quorate by the rules of its own day."""
    day = date.fromisoformat(line.starts[:10])
    share, roles, schools = (word_on(ask, name, day) for name in quorum_names(panel=line.kind == MeetingKind.PANEL))
    return quorum_of(held, share=share, roles=roles, schools=schools)


def attendance(ask: Ask, year: str, day: date, *, cluster: str | None = None) -> list[AttendanceLine]:
    """Give each school's attendance at the meetings of a year up to a day, of one cluster or all."""
    from senco.clusters.questions import all_members

    within: dict[int, list[str]] = defaultdict(list)
    for member in all_members(ask, year, day):
        within[member.urn].append(member.cluster)
    held = [
        (line, seats(ask, line))
        for line in questions.meetings(ask, year=year)
        if line.status != MeetingStatus.CANCELLED and line.starts[:10] <= day.isoformat()
    ]
    lines = attendance_by_school(held, {urn: ", ".join(names) for urn, names in within.items()})
    return [each for each in lines if cluster is None or cluster in within[each.urn]]


def actions(ask: Ask, *, meeting: str = "", every: bool = False) -> list[ActionLine]:
    """Give the actions, the open ones alone unless every one is asked for, by their due date."""
    found = ask.all(_action, _ACTIONS)
    return [each for each in found if (every or not each.outcome) and meeting in {"", each.meeting}]


def action_named(ask: Ask, word: str) -> ActionLine:
    """Give the action that a person means (A7, 7); raises NotFound ``action.unknown``."""
    told = re.fullmatch(r"[Aa]?0*([0-9]{1,9})", word.strip())
    found = next((each for each in actions(ask, every=True) if told and each.reference == f"A{told[1]}"), None)
    if found is None:
        raise NotFound("action.unknown", f"There is no action '{word}'.", "`senco meetings actions list` shows them.")
    return found


def carried(ask: Ask, line: MeetingLine) -> list[ActionLine]:
    """Give the open actions that a meeting's agenda carries: of earlier meetings that the same people came to."""
    earlier = {
        each.reference
        for each in questions.every_meeting(ask)
        if each.starts < line.starts and _same_people(each, line)
    }
    return [each for each in actions(ask) if each.meeting in earlier]


def standing(ask: Ask, *, day: date | None = None) -> list[StandingLine]:
    """Give the standing items; those that hold on a day, if one is given."""
    lines = ask.all(StandingLine, _STANDING)
    told = day.isoformat() if day else None
    return [
        each for each in lines if told is None or (each.holds_from <= told and (each.ends is None or told < each.ends))
    ]


def previous(ask: Ask, line: MeetingLine) -> MeetingLine | None:
    """Give the meeting of the same people before one, of those that stand."""
    before = [
        each
        for each in questions.every_meeting(ask)
        if each.starts < line.starts and each.kind == line.kind and _same_people(each, line)
    ]
    return before[-1] if before else None


def following(ask: Ask, line: MeetingLine) -> list[MeetingLine]:
    """Give the meetings of the same people after one in its year, conferences included."""
    return [
        each
        for each in questions.meetings(ask, year=line.year)
        if each.starts > line.starts and each.status != MeetingStatus.CANCELLED and (
            _same_people(each, line) or (each.for_all and line.kind != MeetingKind.PANEL))
    ]  # fmt: skip


def _same_people(one: MeetingLine, other: MeetingLine) -> bool:
    if one.status == MeetingStatus.CANCELLED:
        return False
    if one.cluster_references and other.cluster_references:
        return bool(set(one.cluster_references) & set(other.cluster_references))
    return one.kind == other.kind


def _action(  # noqa: PLR0917 - the columns of a row
    action_id: int, meeting: str, task: str, owner: str, due: str | None, closed_on: str | None, outcome: str
) -> ActionLine:
    return ActionLine(f"A{action_id}", meeting, task, owner, due, closed_on, outcome)


def _row(*row: Any) -> tuple[Any, ...]:
    return row
