"""The words of the clusters slice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
    """A school in a cluster; ``joined`` and ``left_on`` are ISO dates, the latter the first day it is a member no more."""

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

    ``references`` are those of the whole year and of every model, with the model of each.
    """

    clusters: tuple[ClusterLine, ...]
    members: tuple[MemberLine, ...]
    references: tuple[tuple[str, str], ...]
