"""The rules of a register: whose seat is meant, whether the meeting is quorate, how a year went. Pure."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Final

from senco.errors import NotFound
from senco.meetings.gathering import FILLED, AttendanceLine, ContactRole, Mark, Quorum
from senco.nearest import did_you_mean
from senco.privacy import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from senco.meetings.gathering import SeatLine, StandingLine
    from senco.meetings.kinds import MeetingLine

NONE: Final = "none"


def seat_meant(word: str, seats: Sequence[SeatLine]) -> SeatLine:
    """Give the seat that a person means: by URN, name, other name or person, or a part of the name that only it has.

    Raises NotFound ``attend.unknown`` with the nearest names.
    """
    told = fold(word)
    exact = [
        each for each in seats if told in {fold(each.seat), fold(each.who), str(each.urn or ""), *map(fold, each.also)}
    ]
    found = exact or [each for each in seats if told and told in fold(each.seat)]
    if len(found) != 1:
        known = [each.seat for each in (found or seats)]
        hint = did_you_mean(word, known) or "`senco meetings attend REF` lists the seats."
        raise NotFound("attend.unknown", f"No seat of this meeting is clearly meant by '{word}'.", hint)
    return found[0]


def quorum_of(seats: Sequence[SeatLine], *, share: str, roles: str, schools: str) -> Quorum:
    """Say whether enough seats are filled: a number or a fraction of the schools expected, roles, certain schools.

    A fraction is rounded up. Where no school is expected (a panel) the seats of the leads count, and where there are
    none, those of all persons. Schools that are required but not expected at this meeting do not count.
    """
    schools_expected = [each for each in seats if each.urn is not None and each.contact_id is None]
    expected = schools_expected or [each for each in seats if each.role == ContactRole.LEAD] or list(seats)
    filled = sum(each.mark in FILLED for each in expected)
    needed = None if share == NONE else ceil(Fraction(share) * len(expected)) if "/" in share else int(share)
    lacking = []
    if needed is not None and filled < needed:
        lacking.append(f"{needed - filled} more of {len(expected)}")
    present = {each.role for each in seats if each.mark in FILLED}
    lacking += [f"the role {each}" for each in _listed(roles) if each not in present]
    for urn in _listed(schools):
        seat = next((each for each in expected if str(each.urn) == urn), None)
        if seat and seat.mark not in FILLED:
            lacking.append(seat.seat)
    return Quorum(
        filled, needed, tuple(lacking), asked=any(told.casefold() != NONE for told in (share, roles, schools))
    )


def _listed(text: str) -> list[str]:
    if text.casefold() == NONE:
        return []
    return [each.strip().casefold() for each in text.replace(",", ";").split(";") if each.strip()]


def attendance_by_school(
    held: Iterable[tuple[MeetingLine, Sequence[SeatLine]]], clusters: Mapping[int, str]
) -> list[AttendanceLine]:
    """Give each school's year over the meetings held, those that came least first; ``percent`` counts marked seats."""
    names: dict[int, str] = {}
    marks: dict[int, Counter[str]] = {}
    for _, seats in held:
        for seat in seats:
            if seat.urn is not None and seat.contact_id is None:
                names[seat.urn] = seat.seat
                marks.setdefault(seat.urn, Counter())[seat.mark] += 1
    lines = []
    for urn, count in marks.items():
        filled, marked = count[Mark.PRESENT] + count[Mark.SUBSTITUTE], sum(count.values()) - count[""]
        lines.append(
            AttendanceLine(
                urn=urn,
                school=names[urn],
                clusters=clusters.get(urn, ""),
                meetings=sum(count.values()),
                present=count[Mark.PRESENT],
                substitute=count[Mark.SUBSTITUTE],
                apologies=count[Mark.APOLOGIES],
                absent=count[Mark.ABSENT],
                unmarked=count[""],
                percent=round(100 * filled / marked) if marked else None,
            )
        )
    return sorted(lines, key=lambda each: (101 if each.percent is None else each.percent, each.school))


def is_invited(invited_to: str, role: str, line: MeetingLine) -> bool:
    """Say whether a contact who belongs to no school that comes is invited to a meeting.

    "all" is every meeting but the panel; an officer and a lead sit on the panel as such.
    """
    told = [each.strip().casefold() for each in invited_to.split(",")]
    if line.kind == "panel":
        return "panel" in told or role in {ContactRole.OFFICER, ContactRole.LEAD}
    if "all" in told:
        return True
    return any(each.casefold() in told for each in line.cluster_references)


def stands_on(item: StandingLine, line: MeetingLine) -> bool:
    """Say whether a standing item is on the agenda of a meeting: by its month, its kind and the time it holds.

    Conferences and panels have it only where its kinds name them.
    """
    day = line.starts[:10]
    kinds = [each.strip() for each in item.kinds.split(",") if each.strip()]
    usual = line.kind not in {"conference", "panel"}
    month = int(day[5:7]) in {int(each) for each in item.months.split(",")}
    return month and (line.kind in kinds if kinds else usual) and item.holds_from <= day and (
        item.ends is None or day < item.ends
    )  # fmt: skip
