"""The year's programme proposed from a pattern: pure, exact, and with a reason for every choice.

Every rule between two meetings is a least or a greatest distance in days, for the meetings keep the order of their
points. Such rules are kept by filtering each meeting's possible days against the other's until nothing changes (arc
consistency): if no meeting is left without a day, a programme exists, and placing one after the other, each on the best
day that leaves days for the rest, finds one without ever going back. So "there is no such programme" is a proof.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from senco.dates import say_date
from senco.deferred import dataclass
from senco.meetings.deadlines import KINDS_OF, SAID, due_on
from senco.meetings.kinds import DeadlineKind, MeetingKind
from senco.meetings.pattern import HOST_SCHOOLS, WEEKDAYS, in_order, share_people

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from senco.dates import AcademicYear
    from senco.meetings.pattern import Pattern, Slot
    from senco.meetings.terms import SchoolYear

_WEEK: Final = 7
_MOST_TOLD: Final = 3


class Rule(StrEnum):
    """The rules that a proposed programme keeps."""

    NEAR = "near its point"
    OPEN = "schools open"
    WEEK = "in one week"
    DEADLINE = "deadline on a working day"
    DECISION = "before the decision date"
    APART = "days apart"
    ORDER = "order of the year"
    AFTER = "after what it follows"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a year's programme is planned on: its school days, who is concerned, and the rules of its deadlines.

    ``members`` gives the URNs of the schools in each cluster; a cluster that is not in it concerns every school.
    ``clusters`` are those of each family, as they are known. ``rules`` give a deadline's rule on a day; ``hosts`` the
    schools of each cluster that may host, in their turn.
    """

    year: SchoolYear
    clusters: Mapping[str, tuple[str, ...]]
    members: Mapping[str, frozenset[int]]
    rules: Callable[[DeadlineKind, date], str]
    hosts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """One meeting of a placed slot: its day, the clusters that come, and where."""

    day: date
    clusters: tuple[str, ...]
    venue: str


@dataclass(frozen=True, slots=True)
class Avoided:
    """A day nearer to the point that was not taken, by which rule and why."""

    day: date
    rule: Rule
    why: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A slot with its meetings, why they are on their days, and what was avoided."""

    slot: Slot
    held: tuple[Held, ...]
    why: str
    avoided: tuple[Avoided, ...]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why no programme exists: the slots that cannot stand together, the rules in the way, and it said in a sentence.

    ``rules`` are those of which each alone, were it dropped, would let these slots stand.
    """

    slots: tuple[str, ...]
    rules: tuple[Rule, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A year's proposed programme, slot by slot in its order."""

    year: AcademicYear
    pattern: Pattern
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A possible place of a slot: the days of its meetings, of which all but a spread slot has one."""

    days: tuple[date, ...]
    cost: tuple[int, int, date]

    @property
    def first(self) -> date:
        return min(self.days)

    @property
    def last(self) -> date:
        return max(self.days)


_Forbidden = tuple[_Place, Rule, str]


def propose(pattern: Pattern, ground: Ground) -> Proposal | Obstacle:
    """Propose a year's programme, or say why there is none.

    Each meeting in turn gets the day nearest to its point that leaves days for all that follow; of two as near the
    weekday named first, then the earlier.
    """
    year = ground.year.year
    slots = in_order(pattern.slots, year)
    kept = [_possible(slot, ground) for slot in slots]
    left = _filtered(slots, [places for places, _ in kept], pattern.apart)
    if not all(left):
        return _obstacle(slots, ground, pattern.apart)
    placed = []
    for number, slot in enumerate(slots):
        place, tried = next(
            (each, tried)
            for each in left[number]
            if all(tried := _filtered(slots, [*left[:number], [each], *left[number + 1 :]], pattern.apart))
        )
        before = list(zip(slots[:number], (each[0] for each in left[:number]), strict=True))
        avoided = [each for each in kept[number][1] if each[0].cost < place.cost]
        avoided += [
            (each, *_why_passed_over(slots, number, each, before, pattern.apart))
            for each in kept[number][0]
            if each.cost < place.cost
        ]
        left = tried
        placed.append((slot, place, avoided))
    return Proposal(year, pattern, _with_hosts(placed, ground))


def _possible(slot: Slot, ground: Ground, dropped: Collection[Rule] = ()) -> tuple[list[_Place], list[_Forbidden]]:
    """Give a slot's possible places by cost, and those that a rule about the slot alone forbids, with its reason."""
    point = slot.point.in_year(ground.year.year)
    within = slot.within if Rule.NEAR not in dropped else max(slot.within, 6 * _WEEK)
    places, forbidden = [], []
    for place in _places(slot, ground, point, within):
        found = _why_not(slot, place, ground, dropped)
        if found:
            forbidden.append((place, *found))
        else:
            places.append(place)
    return sorted(places, key=lambda each: each.cost), sorted(forbidden, key=lambda each: each[0].cost)


def _places(slot: Slot, ground: Ground, point: date, within: int) -> list[_Place]:
    days = [point + timedelta(days=each) for each in range(-within, within + 1)]
    if not slot.spread:
        return [
            _Place((day,), (abs((day - point).days), slot.weekdays.index(day.weekday()), day))
            for day in days
            if day.weekday() in slot.weekdays and day in ground.year.year
        ]
    mondays = sorted({day - timedelta(days=day.weekday()) for day in days})
    count = len(clusters_of(slot, ground))
    found = []
    for monday in mondays:
        spread = tuple(monday + timedelta(days=slot.weekdays[each % len(slot.weekdays)]) for each in range(count))
        if spread and all(day in days and day in ground.year.year for day in spread):
            found.append(_Place(spread, (abs((min(spread) - point).days), 0, monday)))
    return found


def clusters_of(slot: Slot, ground: Ground) -> tuple[str, ...]:
    """Give the clusters that come to a slot: as it names them, or those known of its family."""
    return slot.audience.clusters or ground.clusters.get(slot.audience.family, ())


def _concerned(slot: Slot, clusters: Sequence[str], ground: Ground) -> frozenset[int] | None:
    """Give the schools concerned, None for all of them: those of a conference, of a panel, of clusters not known."""
    if slot.audience.kind in {MeetingKind.CONFERENCE, MeetingKind.PANEL} or not clusters:
        return None
    if any(each not in ground.members for each in clusters):
        return None
    return frozenset().union(*(ground.members[each] for each in clusters))


def _why_not(slot: Slot, place: _Place, ground: Ground, dropped: Collection[Rule]) -> tuple[Rule, str] | None:
    """Give the rule about the slot alone that forbids a place, and why, or None."""
    clusters = clusters_of(slot, ground)
    for number, day in enumerate(place.days):
        comes = (clusters[number],) if slot.spread else clusters
        # A panel is the leads' and the officers': the borough's days count, and no school's own.
        urns = frozenset[int]() if slot.audience.kind is MeetingKind.PANEL else _concerned(slot, comes, ground)
        closed = ground.year.why_closed(day, urns)
        if closed and Rule.OPEN not in dropped:
            return (Rule.WEEK if slot.spread else Rule.OPEN), closed
        for kind in KINDS_OF[slot.audience.kind]:
            if reason := _why_not_due(slot, kind, day, ground, dropped):
                return reason
    return None


def _why_not_due(
    slot: Slot, kind: DeadlineKind, day: date, ground: Ground, dropped: Collection[Rule]
) -> tuple[Rule, str] | None:
    due = due_on(ground.rules(kind, day), day, kind, ground.year.bank)
    if due is None:
        return None
    told = f"for {say_date(day)}: {SAID[kind][0].lower()}{SAID[kind][1:]} {say_date(due[0])}"
    if Rule.DEADLINE not in dropped and (due[0].weekday() >= len(WEEKDAYS) or due[0] in ground.year.bank):
        return Rule.DEADLINE, f"{told}, which is no working day"
    if kind is DeadlineKind.NOTICE and slot.decide_by and Rule.DECISION not in dropped:
        latest = slot.decide_by.in_year(ground.year.year)
        if due[0] > latest:
            return Rule.DECISION, f"{told}, after the decision date {say_date(latest)}"
    return None


Bounds = tuple[int, "int | None", Rule]


def _bounds(before: Slot, after: Slot, apart: int, dropped: Collection[Rule] = ()) -> list[Bounds]:
    """Give what must lie between two slots, the first of which has the earlier point: least and most days, by rule."""
    found: list[Bounds] = []
    if Rule.ORDER not in dropped:
        found.append((1, None, Rule.ORDER))
    if share_people(before, after) and Rule.APART not in dropped:
        found.append((max(1, apart), None, Rule.APART))
    if before.key in after.after and Rule.AFTER not in dropped:
        found.append((after.days_after, after.most_days_after, Rule.AFTER))
    return found


def _fits(before: _Place, after: _Place, bounds: Sequence[Bounds]) -> Bounds | None:
    """Give the first bound that two places break, or None; ``most`` counts from the last meeting to the first."""
    days = (after.first - before.last).days
    return next((each for each in bounds if days < each[0] or (each[1] is not None and days > each[1])), None)


def _filtered(
    slots: Sequence[Slot], places: Sequence[Sequence[_Place]], apart: int, dropped: Collection[Rule] = ()
) -> list[list[_Place]]:
    """Take from each slot the places that no place of some other slot goes with, until nothing changes."""
    left = [list(each) for each in places]
    pairs = [
        (one, two, bounds)
        for two in range(len(slots))
        for one in range(two)
        if (bounds := _bounds(slots[one], slots[two], apart, dropped))
    ]
    changed = True
    while changed and all(left):
        changed = False
        for one, two, bounds in pairs:
            ahead = [a for a in left[one] if any(_fits(a, b, bounds) is None for b in left[two])]
            behind = [b for b in left[two] if any(_fits(a, b, bounds) is None for a in ahead)]
            changed |= len(ahead) < len(left[one]) or len(behind) < len(left[two])
            left[one], left[two] = ahead, behind
    return left


def _why_passed_over(
    slots: Sequence[Slot], number: int, place: _Place, before: Sequence[tuple[Slot, _Place]], apart: int
) -> tuple[Rule, str]:
    """Give the rule for which a possible place was not taken: a meeting already placed, else one still to come."""
    for other, held in before:
        broken = _fits(held, place, _bounds(other, slots[number], apart))
        if broken:
            return broken[2], f"{say_date(place.first)} {_said(broken, other.key, held.last)}"
    return Rule.ORDER, f"{say_date(place.first)} leaves no day for a meeting that follows"


def _said(broken: Bounds, other: str, day: date) -> str:
    least, most, rule = broken
    if rule is Rule.APART:
        return f"is within {least} days of {other} ({say_date(day)})"
    if rule is Rule.ORDER:
        return f"is not after {other} ({say_date(day)})"
    spell = f"{least} days" if most is None else f"{least} to {most} days"
    return f"is not {spell} after {other} ({say_date(day)})"


def _with_hosts(placed: Sequence[tuple[Slot, _Place, list[_Forbidden]]], ground: Ground) -> tuple[Placed, ...]:
    """Give each meeting its venue: that of the slot, or the next of the hosts in turn."""
    turns: dict[str, int] = {}
    out = []
    for slot, place, avoided in placed:
        clusters = clusters_of(slot, ground)
        held = []
        for number, day in enumerate(place.days):
            comes = (clusters[number],) if slot.spread else clusters
            held.append(Held(day, comes, _venue(slot, comes, ground, turns)))
        out.append(Placed(slot, tuple(held), _why_here(slot, place, ground), _once(avoided)))
    return tuple(out)


def _once(avoided: Sequence[_Forbidden]) -> tuple[Avoided, ...]:
    in_turn = sorted(avoided, key=lambda each: each[0].cost)
    return tuple(Avoided(place.first, rule, why) for place, rule, why in in_turn)


def _venue(slot: Slot, clusters: Sequence[str], ground: Ground, turns: dict[str, int]) -> str:
    if not slot.hosts:
        return slot.venue
    whose = ", ".join(clusters)
    hosts = slot.hosts if slot.hosts != (HOST_SCHOOLS,) else ground.hosts.get(clusters[0] if clusters else "", ())
    turn = turns[whose] = turns.get(whose, -1) + 1
    return hosts[turn % len(hosts)] if hosts else slot.venue


def _why_here(slot: Slot, place: _Place, ground: Ground) -> str:
    point = slot.point.in_year(ground.year.year)
    if slot.spread:
        return "the nearest week in which all can meet"
    away = (place.first - point).days
    if not away:
        return "its point"
    return f"{abs(away)} day{'' if abs(away) == 1 else 's'} {'after' if away > 0 else 'before'} {say_date(point)}"


def _obstacle(slots: Sequence[Slot], ground: Ground, apart: int) -> Obstacle:
    """Find a smallest set of slots that cannot stand together, and which rules, each dropped alone, would let them."""

    def possible(some: Sequence[Slot], dropped: Collection[Rule] = ()) -> bool:
        places = [_possible(slot, ground, dropped)[0] for slot in some]
        return all(_filtered(some, places, apart, dropped))

    least = list(slots)
    for slot in slots:
        without = [each for each in least if each is not slot]
        if not possible(without):
            least = without
    # A spread slot's week is closed by the same rule as a single meeting's day, under a name of its own.
    named_rules = {Rule.WEEK if slot.spread else Rule.OPEN for slot in least} | (set(Rule) - {Rule.WEEK, Rule.OPEN})
    rules = tuple(rule for rule in Rule if rule in named_rules and possible(least, _dropping(rule)))
    if len(least) == 1:
        return Obstacle((least[0].key,), rules, _why_none(least[0], ground))
    named = ", ".join(f"{slot.key} (near {say_date(slot.point.in_year(ground.year.year))})" for slot in least)
    broken = sorted({each[2] for one, two in _pairs(least) for each in _bounds(one, two, apart)}, key=list(Rule).index)
    said = "; ".join(_rule_said(rule, least, apart) for rule in [each for each in broken if each in rules] or broken)
    why = f"These cannot all be placed, because {said}: {named}."
    return Obstacle(tuple(slot.key for slot in least), rules, why)


def _dropping(rule: Rule) -> tuple[Rule, ...]:
    """Give what falls with a rule: a spread slot's week is closed by the rule that schools are open."""
    return (Rule.OPEN, Rule.WEEK) if rule in {Rule.OPEN, Rule.WEEK} else (rule,)


def _pairs(slots: Sequence[Slot]) -> list[tuple[Slot, Slot]]:
    return [(slots[one], slots[two]) for two in range(len(slots)) for one in range(two)]


def _rule_said(rule: Rule, slots: Sequence[Slot], apart: int) -> str:
    if rule is Rule.APART:
        return f"meetings of the same people are at least {apart} days apart"
    if rule is Rule.AFTER:
        told = [f"{two.key} at least {two.days_after}"
                + ("" if two.most_days_after is None else f" and at most {two.most_days_after}")
                + f" days after {one.key}" for one, two in _pairs(slots) if one.key in two.after]  # fmt: skip
        return "; ".join(told)
    return "they keep the order of their points"


def _why_none(slot: Slot, ground: Ground) -> str:
    """Say of one slot why it has no day at all, rule by rule with the first days it forbids."""
    point = slot.point.in_year(ground.year.year)
    names = " or ".join(WEEKDAYS[each] for each in slot.weekdays)
    if slot.spread and not clusters_of(slot, ground):
        return f"{slot.key}: no clusters are known to spread over the week."
    forbidden = _possible(slot, ground)[1]
    said = [why for _, _, why in forbidden[:_MOST_TOLD]]
    more = f", and {len(forbidden) - _MOST_TOLD} more" if len(forbidden) > _MOST_TOLD else ""
    reasons = "; ".join(said) + more if said else "there is none at all"
    return f"{slot.key} has no {names} within {slot.within} days of {say_date(point)}: {reasons}."
