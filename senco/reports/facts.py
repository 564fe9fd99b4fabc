"""What a term's report is made from, as the store tells it: lines that only the builders of figures read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from senco.clusters.kinds import MemberLine


@dataclass(frozen=True, slots=True)
class TermSpan:
    """A term of an academic year with the days that count as its own, both included; the three make up the year."""

    year: str
    term: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it is counted: ISO days; ``need`` is the first one, "" for none, ``area`` its broad area."""

    reference: str
    cluster: str
    type: str
    year_group: str
    need: str
    area: str
    submitted_on: str
    withdrawn_on: str | None
    listed: bool
    asked_pence: int


@dataclass(frozen=True, slots=True)
class Viewed:
    """What a cluster found of a request, from its ``day`` on and before ``until``, None for ever; ISO days."""

    request: str
    day: str
    until: str | None
    outcome: str
    level: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What the panel advised, like ``Viewed``; ``level`` is the cluster's that it rested on, "" for none."""

    number: int
    request: str
    day: str
    until: str | None
    outcome: str
    amount_pence: int | None
    level: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the officer decided, like ``Viewed``, with the panel's advice and the cluster's level that it rested on.

    ``rests_on`` is the number of that advice; ``letter_on`` is the day of its letter, ``tell_by`` the day by which
    there should be one; ``ends`` is the last day of its award, or the day on which it was ended.
    """

    number: int
    request: str
    day: str
    until: str | None
    outcome: str
    amount_pence: int | None
    review_on: str | None
    ends: str | None
    letter_on: str | None
    tell_by: str
    rests_on: int | None
    advised: str
    advised_pence: int | None
    level: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review of the award of a decision."""

    decision: int
    reviewed_on: str
    score: int
    next_on: str | None


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting of the programme; ``planned`` is the day first planned, ``reasons`` counts its changes that say why.

    ``clusters`` are those it is for: every cluster for a conference, none for a panel.
    """

    reference: str
    kind: str
    clusters: tuple[str, ...]
    planned: str
    day: str
    status: str
    moves: int
    changes: int
    reasons: int


@dataclass(frozen=True, slots=True)
class Seat:
    """A school's seat at a meeting that was held: ``mark`` is "" where the register says nothing."""

    meeting: str
    day: str
    urn: int
    school: str
    clusters: tuple[str, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class FundLine:
    """A fund of a cluster ("" for the borough's own) on a day, in pence; ``awards`` counts those that it bears."""

    cluster: str
    fund: str
    allocated_pence: int
    spent_pence: int
    paid_pence: int
    committed_pence: int
    awards: int


@dataclass(frozen=True, slots=True)
class TimeUse:
    """A cluster's time of one service on a day, in minutes; ``carried`` left for another year."""

    cluster: str
    service: str
    allocated: int
    booked: int
    contact: int
    admin: int
    carried: int
    free: int


@dataclass(frozen=True, slots=True)
class ClusterFacts:
    """A cluster of the year with its schools on the report's day."""

    reference: str
    model: str
    members: tuple[MemberLine, ...]


@dataclass(frozen=True, slots=True)
class TermFacts:
    """All that one term's report is made from, as it stood on ``day``, the report's own.

    ``before`` are the terms it is compared with, the oldest first; ``seats`` cover them too. ``areas`` are the broad
    areas of need with their codes; ``notice_days`` the working days within which a decision is told; ``months`` those
    of the year begun. ``means`` is what the amounts awarded in the term are: for a year, for the whole time, or both.
    """

    borough: str
    span: TermSpan
    day: date
    running: bool
    before: tuple[TermSpan, ...]
    clusters: tuple[ClusterFacts, ...]
    requests: tuple[Asked, ...]
    views: tuple[Viewed, ...]
    advice: tuple[Advice, ...]
    rulings: tuple[Ruling, ...]
    reviews: tuple[Reviewed, ...]
    meetings: tuple[Met, ...]
    seats: tuple[Seat, ...]
    funds: tuple[FundLine, ...]
    time: tuple[TimeUse, ...]
    areas: tuple[tuple[str, tuple[str, ...]], ...]
    notice_days: int
    means: frozenset[str]
    months: int
