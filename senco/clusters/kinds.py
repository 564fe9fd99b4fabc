"""The words of the clusters slice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """One cluster of a year; ``lead`` and ``host_urn`` are those of the day asked about."""

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
    """A school in a cluster; ``joined`` and ``left_on`` are ISO dates."""

    cluster: str
    urn: int
    name: str
    nickname: str
    phase: str
    trust: str
    pupils: int | None
    joined: str
    left_on: str | None
