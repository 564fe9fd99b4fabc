"""The words of the meetings slice and its public shapes."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from senco.deferred import dataclass

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from senco.errors import Problem
    from senco.findings import Finding


class MeetingKind(StrEnum):
    """What a meeting is, by who comes to it."""

    CONFERENCE = "conference"
    SINGLE_PHASE = "single-phase"
    CROSS_PHASE = "cross-phase"
    CLUSTER = "cluster"
    PANEL = "panel"


class MeetingStatus(StrEnum):
    """Whether a meeting stands; a meeting that was called off stays on record as cancelled."""

    CONFIRMED = "confirmed"
    PROPOSED = "proposed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting of the programme.

    ``starts`` and ``ends`` are local ISO times to the minute in ``zone``, ``starts_utc`` and ``ends_utc`` the instants;
    ``clusters`` names each cluster, "all" for a conference and nothing for a panel; ``term`` is autumn, spring or
    summer by the calendar; ``sequence`` counts the changes of time, place and status since it was first recorded.
    """

    reference: str
    year: str
    kind: str
    title: str
    starts: str
    ends: str
    venue: str
    status: str
    term: str
    clusters: str
    zone: str
    starts_utc: str
    ends_utc: str
    purpose: str
    uid: str
    sequence: int
    changed_at: str
    source: str
    chair: str = ""

    @property
    def cluster_references(self) -> tuple[str, ...]:
        """The clusters it is for by name; none for a conference, which is for all, and for a panel."""
        return () if self.clusters in {"", ALL_CLUSTERS} else tuple(self.clusters.split(", "))

    @property
    def for_all(self) -> bool:
        """Whether it is for every cluster of the year, whichever those are."""
        return self.clusters == ALL_CLUSTERS


ALL_CLUSTERS = "all"


@dataclass(frozen=True, slots=True)
class HolidayLine:
    """A holiday, a term or an INSET day, ISO dates, both ends included; ``urn`` when one school alone keeps it."""

    holiday_id: int
    year: str
    title: str
    first: str
    last: str
    la_code: int | None
    urn: int | None
    source: str
    kind: str = "holiday"


class SpanKind(StrEnum):
    """What a span of a term table is: time off, a day on which staff alone are in, or a term itself."""

    HOLIDAY = "holiday"
    INSET = "inset"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class BankHolidayLine:
    """A bank holiday of England, ISO date; ``source`` is the file that says so, or the rule."""

    day: str
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change in the history of a meeting: local ISO times, place and status before and after."""

    meeting: str
    change: str
    sequence: int
    starts_before: str
    ends_before: str
    venue_before: str
    status_before: str
    starts_after: str
    ends_after: str
    venue_after: str
    status_after: str
    reason: str
    made_at: str
    made_by: str


class DeadlineKind(StrEnum):
    """What has to be done by then: requests handed in, papers sent out, decisions told."""

    CLOSING = "closing"
    PAPERS = "papers"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """A meeting's deadline: ``due`` is a local ISO time; ``basis`` the rule it follows, or that it was fixed.

    ``working`` says whether its day is a working day; ``changed_at`` when what it follows was last set, UTC, ISO.
    """

    meeting: str
    kind: str
    due: str
    basis: str
    working: bool
    changed_at: str


@dataclass(frozen=True, slots=True)
class KnownCluster:
    """A cluster of a year as far as it takes to understand who is to meet; its name may be the authority's own word."""

    year: str
    reference: str
    name: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who a meeting is for, as its words say it: the clusters by name, or a whole family (CP) yet to be counted."""

    kind: MeetingKind
    family: str = ""
    clusters: tuple[str, ...] = ()

    @property
    def for_all(self) -> bool:
        """Whether it is for every cluster."""
        return self.kind is MeetingKind.CONFERENCE


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """A meeting as read from a file or a command line; ``where`` is its place; ``reference`` if the file gives one."""

    where: str
    day: date
    starts: time
    ends: time
    audience: Audience
    venue: str = ""
    purpose: str = ""
    title: str = ""
    status: MeetingStatus = MeetingStatus.CONFIRMED
    reference: str = ""


@dataclass(frozen=True, slots=True)
class HolidayDraft:
    """A holiday as read from a file, both ends included."""

    where: str
    title: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Programme:
    """A year's programme as read: drafts, what was mended or is doubtful, what was not understood or not read."""

    file: str
    year: str
    meetings: tuple[MeetingDraft, ...]
    holidays: tuple[HolidayDraft, ...] = ()
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


class Action(StrEnum):
    """What an import does with a meeting or a holiday."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """What an import does with one meeting; ``meeting`` is how it then stands, ``changes`` names what differs."""

    action: Action
    meeting: MeetingLine
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedHoliday:
    """What an import does with one holiday."""

    action: Action
    holiday: HolidayLine


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One meeting of an import's plan as machines read it; ``changes`` names what differs from what is stored."""

    action: str
    reference: str
    kind: str
    title: str
    starts: str
    ends: str
    zone: str
    clusters: str
    venue: str
    status: str
    changes: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class PlanHolidayLine:
    """One holiday of an import's plan as machines read it."""

    action: str
    title: str
    first: str
    last: str
    source: str


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All that an import would do, and what is to be said about it."""

    year: str
    meetings: tuple[PlannedMeeting, ...]
    holidays: tuple[PlannedHoliday, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether the store already holds what the file says."""
        idle = {Action.UNCHANGED, Action.GONE}
        return {each.action for each in self.meetings} | {each.action for each in self.holidays} <= idle

    def count(self, action: Action) -> int:
        """Count the meetings with which this is done."""
        return sum(each.action is action for each in self.meetings)


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar to hand out: its name, a name for its file, its meetings, and what is to be said about it.

    ``shown_for`` are the clusters whose calendar it is; None when it is everybody's. ``panels_too`` when panels stand
    in it although it is that of some clusters.
    """

    name: str
    file_name: str
    meetings: tuple[MeetingLine, ...]
    shown_for: tuple[str, ...] | None = None
    note: str = ""
    panels_too: bool = False


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody invited to a meeting, or who invites: a name and an e-mail address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One meeting as somebody's calendar is to show it.

    ``uid`` stays with the meeting for good: it never follows the date or the title, so that a later export updates
    what an earlier one made. ``sequence`` goes up by one at each change of time, place or status. ``starts``, ``ends``
    and ``changed`` know their zone (UTC); ``changed`` is when the meeting was last changed, never when it is exported.
    ``reference`` is what people call the meeting; errors name it. ``alarms`` are minutes before the start. Organiser
    and attendees stand in an invitation alone.
    """

    uid: str
    reference: str
    sequence: int
    status: Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
    summary: str
    location: str
    description: str
    categories: tuple[str, ...]
    starts: datetime
    ends: datetime
    changed: datetime
    alarms: tuple[int, ...] = ()
    organiser: Attendee | None = None
    attendees: tuple[Attendee, ...] = ()
