"""The words of the requests slice and its public shapes."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from senco.deferred import dataclass

if TYPE_CHECKING:
    from datetime import date

    from senco.requests.outcomes import Casting, InterestRow, Reason


class RequestType(StrEnum):
    """What is asked of the cluster: a talk, or money for one child, several, or a project."""

    DISCUSSION = "discussion"
    INDIVIDUAL = "individual"
    GROUP = "group"
    PROJECT = "project"


class SenStatus(StrEnum):
    """A child's SEN provision by the Department's codes, and the time of being assessed for a plan."""

    NONE = "N"
    SUPPORT = "K"
    PLAN = "E"
    ASSESSING = "assessing"


class Outcome(StrEnum):
    """What a cluster finds of a case, by the four words of the published functions."""

    PREDICTABLE = "predictable"
    BELOW_THRESHOLD_WITH_PLAN = "below-threshold-with-plan"
    BORDERLINE = "borderline"
    EXCEPTIONAL = "exceptional"


class Level(StrEnum):
    """How far a cluster goes for a case: it advises, supports, or confirms the level asked for."""

    ADVISE = "advise"
    SUPPORT = "support"
    CONFIRM = "confirm"


class Stage(StrEnum):
    """How far a request has come; it is always worked out from its records and kept nowhere."""

    SUBMITTED = "submitted"
    LISTED = "listed"
    MODERATED = "moderated"
    RECOMMENDED = "recommended"
    DEFERRED = "deferred"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class Ground(StrEnum):
    """Why a school has an interest in a case."""

    OWN_SCHOOL = "own-school"
    SAME_TRUST = "same-trust"
    SAME_FEDERATION = "same-federation"
    HOST_SCHOOL = "host-school"
    LEAD_ROLE = "lead-role"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Party:
    """A school as the rule of interest sees it; trust and federation are "" when it has none."""

    urn: int
    name: str
    trust: str
    federation: str


@dataclass(frozen=True, slots=True)
class Interest:
    """A school's interest in a case, and why."""

    urn: int
    school: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class Votes:
    """Votes for, against and abstained; a school has one."""

    in_favour: int
    against: int
    abstained: int

    def __str__(self) -> str:
        """Give the votes as they are typed: 7-1-2."""
        return f"{self.in_favour}-{self.against}-{self.abstained}"


@dataclass(frozen=True, slots=True)
class RequestDraft:
    """A request as told on the command line: amounts in pence, words as typed; no child is named in it."""

    school: str
    type: RequestType
    needs: tuple[str, ...]
    sen_status: SenStatus
    cost_pence: int | None
    asked_pence: int | None
    provision: str
    submitted_on: date
    year_group: str = ""
    pupils: int | None = None
    asked_from: date | None = None
    asked_to: date | None = None
    urgent: bool = False
    urgent_because: str = ""
    consent: bool = False
    consent_on: date | None = None
    meeting: str = ""


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request in a list: pence a year, ISO dates; ``outcome`` and ``level`` are the cluster's living ones.

    ``areas`` are the broad areas of its needs, one for each and None where a need has none; ``year_group`` is None
    where it is not given, or not one. ``decision`` is the officer's, "" for none that stands, with what it agrees.
    """

    reference: str
    year: str
    urn: int
    school: str
    cluster: str
    type: str
    year_group: str | None
    needs: tuple[str, ...]
    sen_status: str
    cost_pence: int
    asked_pence: int
    urgent: bool
    submitted_on: str
    meeting: str
    stage: str
    outcome: str
    level: str
    version: int
    areas: tuple[str | None, ...] = ()
    decision: str = ""
    decided_pence: int | None = None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A request with what is asked in words, as a meeting sees it; nothing in it says who the child is.

    ``areas`` and ``year_group`` are as in a list.
    """

    reference: str
    year: str
    urn: int
    school: str
    cluster: str
    type: str
    year_group: str | None
    pupils: int | None
    needs: tuple[str, ...]
    sen_status: str
    provision_asked: str
    cost_pence: int
    asked_pence: int
    asked_from: str | None
    asked_to: str | None
    urgent: bool
    urgent_because: str
    consent: bool
    consent_on: str | None
    submitted_on: str
    meeting: str
    panel: str
    stage: str
    form_version: str
    version: int
    withdrawn_on: str | None
    areas: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class ModerationLine:
    """One row of a cluster's outcome: ``living`` when no later row takes its place and it undoes nothing itself.

    ``votes`` are for-against-abstained, "" when none were counted, ``casting`` the chair's vote on a tie, "" for none;
    ``made_at`` is UTC, ISO.
    """

    number: int
    request: str
    meeting: str
    taken_back: bool
    outcome: str
    level: str
    reason: str
    votes: str
    chair_urn: int
    chair: str
    moderating_chair_urn: int | None
    moderating_chair: str
    made_at: str
    made_by: str
    living: bool
    casting: str = ""


@dataclass(frozen=True, slots=True)
class InterestLine:
    """An interest as the meeting recorded it with an outcome."""

    moderation: int
    urn: int
    school: str
    ground: str
    state: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a meeting says of a case, before it is recorded."""

    outcome: Outcome
    level: Level
    reason: str
    votes: Votes | None = None
    casting: Casting | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Sitting:
    """A cluster's sitting at a meeting: its schools, who chairs, and the borough's settings of that day.

    ``day`` is the meeting's, ISO; ``critical_friend`` is the school that chairs where the chair has an interest;
    ``interest`` and ``threshold_means`` are the settings of those names, ``element2_group`` says how a group counts
    element 2 and the threshold, ``casting`` whether the chair breaks a tie and
    ``counted`` whether votes are counted; amounts are pence, for one pupil.
    """

    meeting: str
    day: str
    cluster: str
    year: str
    members: tuple[Party, ...]
    host_urn: int | None
    chair: Party
    critical_friend: Party | None
    interest: str
    threshold_pence: int
    threshold_means: str
    element2_pence: int
    element2_group: str = "per-pupil"
    casting: bool = False
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Hearing:
    """A case as it lies before a sitting: who has an interest in it, and who chairs it.

    ``moderating_chair`` is the school that takes the chair's place; ``chair_trouble`` says why nobody may chair it yet;
    ``settled`` is what the meeting said of interests, which ``interests`` heed.
    """

    case: CaseLine
    sitting: Sitting
    interests: tuple[Interest, ...]
    moderating_chair: Party | None
    chair_trouble: str
    settled: tuple[InterestRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SittingSummary:
    """How a sitting ended: counts of cases, and of the outcomes that it recorded and that live."""

    meeting: str
    cluster: str
    recorded: int
    taken_back: int
    skipped: int
    left: int
    predictable: int
    below_threshold_with_plan: int
    borderline: int
    exceptional: int


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of an agenda: the case, what its cluster found, and who is expected to leave the room for it.

    ``out`` are the URNs of those who leave; ``outcome`` is "" where the cluster has not heard it.
    """

    number: int
    reference: str
    urn: int
    school: str
    cluster: str
    year_group: str | None
    needs: tuple[str, ...]
    sen_status: str
    type: str
    cost_pence: int
    asked_pence: int
    urgent: bool
    carried_over: bool
    submitted_on: str
    outcome: str
    level: str
    votes: str
    heard_on: str
    interests: tuple[str, ...] = ()
    out: tuple[int, ...] = ()
    areas: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Agenda:
    """An agenda: times local ISO, ``minutes`` for one item; ``beyond`` names what the cap leaves for later.

    ``panel`` is the meeting, ``cluster`` the cluster that sits there, "" for the panel. ``ratify`` are the requests
    decided outside a meeting that wait to be ratified, ``exits`` how often anybody has to leave the room. ``notes`` say
    what could not be worked out; ``casting`` whether the chair breaks a tie,
    ``means`` whether what is agreed there is the whole sum or one for a year.
    """

    panel: str
    authority: str
    starts: str
    ends: str
    venue: str
    cap: int
    minutes: int
    items: tuple[AgendaItem, ...]
    beyond: tuple[str, ...]
    seal: str
    notes: tuple[str, ...] = ()
    cluster: str = ""
    ratify: tuple[str, ...] = ()
    exits: int = 0
    casting: bool = False
    means: str = "whole"
