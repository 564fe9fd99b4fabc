"""The words of the clusters slice."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from senco.deferred import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from senco.findings import Finding

    Known = Callable[[Sequence[str]], Sequence["AsSchool"]]


class AsSchool(IntEnum):
    """How far a text is the name of a school of the LA's register."""

    UNLIKE = 0
    LIKE = 1
    SURE = 2


class Model(StrEnum):
    """How clusters are made up: of both phases, or of one."""

    CROSS_PHASE = "cross-phase"
    SINGLE_PHASE = "single-phase"


class Role(StrEnum):
    """What a person is appointed to do for a cluster."""

    LEAD = "lead"
    DEPUTY = "deputy"


class AppointedBy(StrEnum):
    """Who appointed a lead: boroughs differ, and the same borough changes, so it is kept with each appointment."""

    SCHOOLS = "schools"
    LOCAL_AUTHORITY = "local authority"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """One cluster of a year; ``lead`` and ``host_urn`` are those of the day asked about.

    ``schools`` and ``pupils`` count the members of that day, the pupils as far as the register knows them.
    """

    reference: str
    year: str
    model: str
    name: str
    lead: str
    host_urn: int | None
    schools: int
    pupils: int


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A school in a cluster; ``joined`` and ``left_on`` are ISO dates, the latter the first day it is none any more."""

    cluster: str
    urn: int
    name: str
    nickname: str
    phase: str
    trust: str
    pupils: int | None
    joined: str
    left_on: str | None


@dataclass(frozen=True, slots=True)
class AppointmentLine:
    """A person's time as lead or deputy of a cluster; ISO dates, ``ends`` the first day after it."""

    cluster: str
    year: str
    role: str
    person: str
    host_urn: int | None
    host: str
    appointed_by: str
    starts: str
    ends: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the store holds of a year's clusters in one model on a day: the ground that an import is planned on.

    ``references`` are those of the whole year and of every model, with the model of each; ``latest`` is the ISO day of
    the last change to membership or leads, None when there was none. ``former_leads`` are those who led a cluster of
    the year and do not any more.
    """

    clusters: tuple[ClusterLine, ...]
    members: tuple[MemberLine, ...]
    references: tuple[tuple[str, str], ...]
    latest: str | None
    former_leads: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WrittenSchool:
    """A school as a table names it; ``phase`` is that of its column, which may be wrong, ``place`` its file and cell.

    ``trust`` is the trust as the table writes or colours it, None where the table says nothing of trusts.
    """

    key: int
    cluster: str
    text: str
    phase: str | None
    place: str
    trust: str | None = None
    urn: str = ""
    dfe_number: str = ""


@dataclass(frozen=True, slots=True)
class WrittenCluster:
    """A cluster as a table names it, with its lead and host school, empty where the table names none."""

    reference: str
    name: str
    place: str
    lead: str = ""
    lead_place: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """What a file says of a year's clusters in one model; ``notes`` say what was seen and not read."""

    file: str
    year: str
    model: str
    clusters: tuple[WrittenCluster, ...]
    schools: tuple[WrittenSchool, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


class How(StrEnum):
    """By what a written name was taken for a school, or why it was not."""

    NUMBER = "number"
    ANSWER = "answer"
    ALIAS = "known name"
    MATCH = "match"
    UNSURE = "unsure"
    SKIPPED = "skipped"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Option:
    """A school that a written name may stand for, and in plain words what speaks against it."""

    urn: int
    name: str
    phase: str
    why: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """A written school with the register's school it was taken for; ``why`` says why it is unsure or left out."""

    written: WrittenSchool
    how: How
    urn: int | None
    options: tuple[Option, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What the register says of a school, as far as a plan looks at it; dates ISO."""

    urn: int
    name: str
    phase: str
    trust: str
    pupils: int | None
    open_date: str | None
    close_date: str | None
    open_then: bool
    mainstream: bool
    successor: str


class Step(StrEnum):
    """What an import will do with one line of its plan."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT = "left"
    UNSURE = "unsure"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of a plan: a school's, or with ``urn`` None and a role in ``what`` a lead's or a cluster's."""

    step: Step
    what: str
    cluster: str
    written: str
    urn: int | None
    school: str
    detail: str
    where: str


@dataclass(frozen=True, slots=True)
class UnsureLine:
    """A written name that somebody must decide on: why, and the schools it may be, best first."""

    cluster: str
    written: str
    phase: str
    why: str
    options: tuple[Option, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Joining:
    """A membership to begin, or to rename where it is running."""

    cluster: str
    urn: int
    nickname: str
    source: str


@dataclass(frozen=True, slots=True)
class Appointing:
    """A lead to appoint; the one before ends on the same day."""

    cluster: str
    person: str
    host_urn: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Naming:
    """A nickname to keep for a school, decided by a match or by a person."""

    alias: str
    urn: int
    decided_by: str
    source: str


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """A plan in numbers; ``holds_from`` is the ISO date from which its changes hold.

    ``schools`` are those with a place in a cluster; the counts from ``added`` on are of schools, ``leads`` and
    ``new_clusters`` of what changes of these.
    """

    file: str
    year: str
    model: str
    holds_from: str
    clusters: int
    new_clusters: int
    leads: int
    schools: int
    added: int
    changed: int
    unchanged: int
    left: int
    unsure: int
    refused: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything an import would do, worked out before anything is done; ``standing`` is what it was worked out on.

    ``missing`` are mainstream schools of the LA that no row names.
    """

    summary: PlanSummary
    lines: tuple[PlanLine, ...]
    unsure: tuple[UnsureLine, ...]
    findings: tuple[Finding, ...]
    missing: tuple[RegisterFacts, ...]
    notes: tuple[str, ...]
    standing: Standing
    new_clusters: tuple[WrittenCluster, ...]
    renamed: tuple[tuple[str, str], ...]
    leaving: tuple[tuple[str, int], ...]
    joining: tuple[Joining, ...]
    renicknamed: tuple[Joining, ...]
    appointing: tuple[Appointing, ...]
    naming: tuple[Naming, ...]

    @property
    def nothing(self) -> bool:
        """Say whether the plan changes nothing."""
        parts = (self.new_clusters, self.renamed, self.leaving, self.joining, self.renicknamed)
        return not any((*parts, self.appointing, self.naming))
