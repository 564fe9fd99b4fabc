"""The pattern of a year: which meetings it has, near which days, in which order, with what between them.

A pattern is data: one of those that come with senco (`patterns/*.toml`), a file of the same form, or last year's
programme. What it cannot mean is refused with the place where it stands.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from senco.dates import AcademicYear, parse_times, say_date
from senco.deferred import dataclass
from senco.errors import BadInput, Problem
from senco.meetings.kinds import Audience, MeetingKind
from senco.meetings.rules import audience_of, who_there_is

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from senco.meetings.kinds import KnownCluster, MeetingLine

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
MONTHS: Final = tuple(calendar.month_name)[1:]
HOST_SCHOOLS: Final = "schools in turn"
_NEAR: Final = re.compile(r"([0-9]{1,2})\s+([A-Za-z]{3,9})")
_WITHIN: Final = 14
_APART: Final = 7
_TOP: Final = frozenset({"title", "apart", "within", "meeting", "monthly"})
_KEYS: Final = frozenset(
    {"key", "for", "near", "weekdays", "times", "within", "venue", "purpose", "spread", "hosts", "after", "days_after",
     "most_days_after", "decide_by"}
)  # fmt: skip
_MONTHLY: Final = (_KEYS - {"near"}) | {"months", "nth"}


@dataclass(frozen=True, slots=True)
class Point:
    """A point of every year: a day of a month, or (``nth`` from 1) the n-th such weekday of a month."""

    month: int
    day: int = 0
    nth: int = 0
    weekday: int = 0

    def in_year(self, year: AcademicYear) -> date:
        """Give the point's day in an academic year; a 29 February is the 28th in other years.

        >>> Point(11, 24).in_year(AcademicYear(2026)), Point(10, nth=2, weekday=2).in_year(AcademicYear(2026))
        (datetime.date(2026, 11, 24), datetime.date(2026, 10, 14))
        """
        at = year.calendar_year(self.month)
        if not self.nth:
            return date(at, self.month, min(self.day, calendar.monthrange(at, self.month)[1]))
        first = date(at, self.month, 1)
        return first + timedelta(days=(self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1))


@dataclass(frozen=True, slots=True)
class Slot:
    """One meeting that a year is to have, or with ``spread`` one for each cluster within one week.

    ``within`` is how many days either side of the point it may fall; ``after`` names slots that lie before it, by at
    least ``days_after`` and at most ``most_days_after`` days; by ``decide_by`` its decisions must have been told.
    """

    key: str
    audience: Audience
    point: Point
    weekdays: tuple[int, ...]
    starts: time
    ends: time
    within: int = _WITHIN
    venue: str = ""
    purpose: str = ""
    spread: bool = False
    hosts: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    days_after: int = 1
    most_days_after: int | None = None
    decide_by: Point | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A year's slots; meetings that the same people come to are at least ``apart`` days apart."""

    title: str
    apart: int
    slots: tuple[Slot, ...]


def read_pattern(told: Mapping[str, Any], where: str, known: Sequence[KnownCluster] = ()) -> Pattern:
    """Read a pattern from its parsed TOML, with the clusters known in its year.

    Raises BadInput ``pattern.unreadable`` with every problem at its place.
    """
    problems = [Problem(where, f"'{key}' says nothing here.", _known(_TOP)) for key in told if key not in _TOP]
    within = _number(told, "within", _WITHIN, where, problems)
    apart = _number(told, "apart", _APART, where, problems)
    slots = []
    for kind in ("meeting", "monthly"):
        blocks = told.get(kind, [])
        if not isinstance(blocks, list) or not all(isinstance(each, dict) for each in blocks):
            problems.append(Problem(where, f"'{kind}' is no list of blocks.", f"Begin each with [[{kind}]]."))
            continue
        for number, block in enumerate(blocks, start=1):
            slots += _slots(block, kind, f"{where} › {kind} {number}", within, known, problems)
    problems += _unordered(slots, where)
    if not slots and not problems:
        problems.append(Problem(where, "It has no meeting.", "Begin each with [[meeting]]."))
    if problems:
        raise BadInput(
            "pattern.unreadable", f"{where} is no pattern of a year.", "README, “The year”, shows one.", tuple(problems)
        )
    return Pattern(str(told.get("title", where)), apart, tuple(slots))


def pattern_like(lines: Sequence[MeetingLine], *, apart: int | None = None, within: int = _WITHIN) -> Pattern:
    """Give the pattern of a year as it was: same points of the year, weekdays, times, places and purposes.

    What lay closer together than a week then may do so again.
    """
    slots = tuple(
        Slot(
            key=line.reference,
            audience=Audience(MeetingKind(line.kind), _family(line), line.cluster_references),
            point=Point(int(line.starts[5:7]), int(line.starts[8:10])),
            weekdays=(date.fromisoformat(line.starts[:10]).weekday(),),
            starts=time.fromisoformat(line.starts[11:]),
            ends=time.fromisoformat(line.ends[11:]),
            within=within,
            venue=line.venue,
            purpose=line.purpose,
        )
        for line in lines
    )
    year = lines[0].year if lines else ""
    return Pattern(f"Like {year}", _closest(slots, lines) if apart is None else apart, slots)


def share_people(one: Slot, other: Slot) -> bool:
    """Say whether the same people come to both: a conference is for all, a panel has people of its own."""
    panels = [each.audience.kind is MeetingKind.PANEL for each in (one, other)]
    if any(panels):
        return all(panels)
    if one.audience.for_all or other.audience.for_all or one.audience.kind is not other.audience.kind:
        return True  # every school is in a cluster of each kind
    ours, theirs = set(one.audience.clusters), set(other.audience.clusters)
    return not ours or not theirs or bool(ours & theirs)


def _closest(slots: Sequence[Slot], lines: Sequence[MeetingLine]) -> int:
    days = [date.fromisoformat(line.starts[:10]) for line in lines]
    gaps = [
        abs((days[place] - days[before]).days)
        for place in range(len(slots))
        for before in range(place)
        if share_people(slots[before], slots[place])
    ]
    return min([_APART, *gaps])


def _family(line: MeetingLine) -> str:
    families = {each.rstrip("0123456789") for each in line.cluster_references}
    return families.pop() if len(families) == 1 else ""


def _slots(  # noqa: PLR0917 - what a block is read by
    block: Mapping[str, Any],
    kind: str,
    where: str,
    within: int,
    known: Sequence[KnownCluster],
    problems: list[Problem],
) -> list[Slot]:
    """Read one block: a meeting gives one slot, a monthly one a slot for each of its months."""
    before = len(problems)
    keys = _KEYS if kind == "meeting" else _MONTHLY
    problems += [Problem(where, f"'{key}' says nothing here.", _known(keys)) for key in block if key not in keys]
    told = str(block.get("for", ""))
    audience = audience_of(told, known)
    if audience is None:
        problems.append(Problem(where, "'for' does not say who meets.", who_there_is(told, known)))
    times = _times(block, where, problems)
    weekdays = _weekdays(block, where, problems)
    points = _points(block, kind, weekdays, where, problems)
    days_after = _number(block, "days_after", 1, where, problems)
    most = _number(block, "most_days_after", 0, where, problems) or None
    width = _number(block, "within", within, where, problems)
    hosts = block.get("hosts", [])
    hosts = (hosts,) if isinstance(hosts, str) else tuple(map(str, hosts))
    decide_by = _point(str(block["decide_by"]), where, problems) if "decide_by" in block else None
    if most is not None and most < days_after:
        problems.append(Problem(where, "'most_days_after' is less than 'days_after'.", "Correct one of them."))
    if len(problems) > before or audience is None or times is None:
        return []
    key = str(block.get("key", "")) or where.rsplit(" › ", maxsplit=1)[-1]
    after = block.get("after", [])
    return [
        Slot(
            key=key if len(points) == 1 else f"{key} {MONTHS[point.month - 1]}",
            audience=audience,
            point=point,
            weekdays=weekdays,
            starts=times[0],
            ends=times[1],
            within=width,
            venue=str(block.get("venue", "")),
            purpose=str(block.get("purpose", "")),
            spread=bool(block.get("spread")),
            hosts=hosts,
            after=(after,) if isinstance(after, str) else tuple(map(str, after)),
            days_after=days_after,
            most_days_after=most,
            decide_by=decide_by,
        )
        for point in points
    ]


def _points(
    block: Mapping[str, Any], kind: str, weekdays: Sequence[int], where: str, problems: list[Problem]
) -> list[Point]:
    if kind == "meeting":
        found = _point(str(block.get("near", "")), where, problems)
        return [found] if found else []
    nth = _number(block, "nth", 1, where, problems)
    if not 1 <= nth <= 4:  # noqa: PLR2004 - every month has four of each weekday
        problems.append(Problem(where, "'nth' is not 1 to 4.", "As in nth = 2 for the second Wednesday."))
    points = []
    for name in block.get("months", []):
        month = _month(str(name))
        if month:
            points.append(Point(month, nth=nth, weekday=weekdays[0] if weekdays else 0))
        else:
            problems.append(Problem(where, f"'{name}' is no month.", 'As in months = ["October", "November"].'))
    if not block.get("months"):
        problems.append(Problem(where, "'months' is missing.", 'As in months = ["October", "November"].'))
    return points


def _point(text: str, where: str, problems: list[Problem]) -> Point | None:
    found = _NEAR.fullmatch(text.strip())
    month = _month(found[2]) if found else 0
    if not found or not month or not 1 <= int(found[1]) <= calendar.monthrange(2000, month)[1]:
        problems.append(Problem(where, f"'{text}' is no day of a year.", "As in near = '24 Nov'."))
        return None
    return Point(month, int(found[1]))


def _month(text: str) -> int:
    told = text.casefold()
    return next((number for number, name in enumerate(MONTHS, start=1) if name[:3].casefold() == told[:3]), 0)


def _weekdays(block: Mapping[str, Any], where: str, problems: list[Problem]) -> tuple[int, ...]:
    told = block.get("weekdays", [])
    told = [told] if isinstance(told, str) else told
    found = []
    for each in told:
        named = [place for place, name in enumerate(WEEKDAYS) if name[:3].casefold() == str(each).casefold()[:3]]
        found += named
        if not named:
            problems.append(
                Problem(where, f"'{each}' is no day from Monday to Friday.", 'As in weekdays = ["Tuesday"].')
            )
    if not told:
        problems.append(Problem(where, "'weekdays' is missing.", 'As in weekdays = ["Tuesday"].'))
    return tuple(dict.fromkeys(found))


def _times(block: Mapping[str, Any], where: str, problems: list[Problem]) -> tuple[time, time] | None:
    try:
        return parse_times(str(block.get("times", "")))
    except BadInput as wrong:
        problems.append(Problem(where, wrong.message, "As in times = '2 - 4pm'."))
        return None


def _number(told: Mapping[str, Any], key: str, default: int, where: str, problems: list[Problem]) -> int:
    value = told.get(key, default)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 366:  # noqa: PLR2004 - days of a year
        return value
    problems.append(Problem(where, f"'{key}' is no number of days.", "From 0 to 366."))
    return default


def _unordered(slots: Sequence[Slot], where: str) -> list[Problem]:
    """Slots named in ``after`` must exist, and lie before in the pattern's own order of points."""
    found = []
    ordered = in_order(slots, AcademicYear(2001))
    place = {slot.key: number for number, slot in enumerate(ordered)}
    if len(place) < len(slots):
        found.append(Problem(where, "Two meetings have the same key.", "Give each its own."))
    for slot in slots:
        for each in slot.after:
            if each not in place:
                found.append(Problem(f"{where} › {slot.key}", f"'{each}' is no meeting's key.", _known(place)))
            elif place[each] >= place[slot.key]:
                what = (
                    f"Its point, {say_date(slot.point.in_year(AcademicYear(2001)))[4:-5]}, is not after that of {each}."
                )
                found.append(Problem(f"{where} › {slot.key}", what, "Correct one of the two."))
    return found


def in_order(slots: Sequence[Slot], year: AcademicYear) -> list[Slot]:
    """Give slots in the order of their points in a year, those of the same point as they are written."""
    return sorted(slots, key=lambda slot: slot.point.in_year(year))


def _known(keys: Sequence[str] | frozenset[str] | Mapping[str, int]) -> str:
    return f"It is one of: {', '.join(sorted(keys))}."
