"""School years for the tests of the planner, and what a programme must keep, written down a second time."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from senco.dates import AcademicYear, england_bank_holidays
from senco.meetings.kinds import DeadlineKind, HolidayLine, MeetingKind
from senco.meetings.proposal import Ground
from senco.meetings.terms import SchoolYear, bank_holidays_of, usual_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from senco.meetings.pattern import Pattern, Slot

FAMILIES = {"CP": ("CP1", "CP2", "CP3"), "SP": ("SP1", "SP2")}
MEMBERS = {"CP1": frozenset({100001, 100002}), "CP2": frozenset({100003}), "CP3": frozenset({100004})}
HOSTS = {"CP1": ("Avenue", "Brook"), "CP2": ("Cedar",)}
RULE = "10 working 17:00"


def span(
    year: AcademicYear, title: str, first: date, last: date, *, urn: int | None = None, kind: str = "holiday"
) -> HolidayLine:
    return HolidayLine(0, str(year), title, first.isoformat(), last.isoformat(), 319, urn, "a test", kind)


def school_year(start: int, more: Iterable[HolidayLine] = ()) -> SchoolYear:
    year = AcademicYear(start)
    spans = [span(year, title, first, last, kind=kind) for kind, title, first, last in usual_terms(year)]
    names = {100000 + each: f"School {each}" for each in range(1, 9)}
    return SchoolYear(year, (*spans, *more), bank_holidays_of(year), names)


def ground(
    start: int,
    more: Iterable[HolidayLine] = (),
    *,
    rules: Mapping[DeadlineKind, str] | None = None,
    families: Mapping[str, tuple[str, ...]] = FAMILIES,
) -> Ground:
    told = dict.fromkeys(DeadlineKind, RULE) | dict(rules or {})
    return Ground(school_year(start, more), families, MEMBERS, lambda kind, _: told[kind], HOSTS)


def closed(on: Ground, slot: Slot, clusters: Sequence[str], day: date) -> bool:
    """Say whether the borough or a school concerned is closed; the planner's own words are not used."""
    bank = england_bank_holidays(day.year)
    spans = on.year.spans
    told = day.isoformat()
    terms = [each for each in spans if each.kind == "term"]
    if day.weekday() > 4 or day in bank or not any(each.first <= told <= each.last for each in terms):
        return True
    known = all(each in on.members for each in clusters) and clusters
    for each in spans:
        if each.kind == "term" or not each.first <= told <= each.last:
            continue
        if each.urn is None:
            return True
        if slot.audience.kind is MeetingKind.PANEL:
            continue
        if (
            slot.audience.kind is MeetingKind.CONFERENCE
            or not known
            or any(each.urn in on.members[name] for name in clusters)
        ):
            return True
    return False


def due(rule: str, day: date, step: int, bank: Mapping[date, str]) -> date | None:
    if rule == "none":
        return None
    count, counted, _ = rule.split()
    left = int(count)
    while left:
        day += timedelta(days=step)
        if counted == "calendar" or (day.weekday() < 5 and day not in bank):
            left -= 1
    return day


def why_not_alone(  # noqa: PLR0911 - a list of rules
    on: Ground, slot: Slot, clusters: Sequence[str], day: date
) -> str | None:
    """Say which rule about the slot alone a day breaks."""
    year = on.year.year
    point = slot.point.in_year(year)
    if day.weekday() not in slot.weekdays:
        return "weekday"
    if abs((day - point).days) > slot.within or day not in year:
        return "near"
    if closed(on, slot, clusters, day):
        return "open"
    if slot.audience.kind is MeetingKind.CONFERENCE:
        return None
    for kind in (DeadlineKind.CLOSING, DeadlineKind.PAPERS):
        on_day = due(on.rules(kind, day), day, -1, on.year.bank)
        if on_day and (on_day.weekday() > 4 or on_day in on.year.bank):
            return "deadline"
    if slot.audience.kind is MeetingKind.PANEL:
        on_day = due(on.rules(DeadlineKind.NOTICE, day), day, 1, on.year.bank)
        if on_day and (on_day.weekday() > 4 or on_day in on.year.bank):
            return "deadline"
        if on_day and slot.decide_by and on_day > slot.decide_by.in_year(year):
            return "decision"
    return None


def same_people(one: Slot, two: Slot) -> bool:
    kinds = {one.audience.kind, two.audience.kind}
    if MeetingKind.PANEL in kinds:
        return kinds == {MeetingKind.PANEL}
    if MeetingKind.CONFERENCE in kinds or len(kinds) == 2:
        return True
    ours, theirs = set(one.audience.clusters), set(two.audience.clusters)
    return not ours or not theirs or bool(ours & theirs)


def why_not_together(pattern: Pattern, slots: Sequence[Slot], days: Sequence[Sequence[date]]) -> str | None:
    """Say which rule between meetings is broken; the slots come in the order of their points."""
    for (_, before), (_, after) in pairwise(zip(slots, days, strict=True)):
        if min(after) <= max(before):
            return "order"
    for later, two in enumerate(slots):
        for earlier in range(later):
            one = slots[earlier]
            gap = (min(days[later]) - max(days[earlier])).days
            if same_people(one, two) and gap < pattern.apart:
                return "apart"
            if one.key in two.after and (
                gap < two.days_after or (two.most_days_after is not None and gap > two.most_days_after)
            ):
                return "after"
    return None
