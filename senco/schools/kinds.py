"""The words of the schools slice."""

from __future__ import annotations

from enum import StrEnum

from senco.deferred import dataclass


class Status(StrEnum):
    """Where a school stands, in the register's own words."""

    OPEN = "Open"
    CLOSING = "Open, but proposed to close"
    PROPOSED = "Proposed to open"
    CLOSED = "Closed"


class Phase(StrEnum):
    """The phase of education, in the register's own words; a special school is "Not applicable"."""

    NURSERY = "Nursery"
    PRIMARY = "Primary"
    MIDDLE_PRIMARY = "Middle deemed primary"
    SECONDARY = "Secondary"
    MIDDLE_SECONDARY = "Middle deemed secondary"
    SIXTEEN_PLUS = "16 plus"
    ALL_THROUGH = "All-through"
    NOT_APPLICABLE = "Not applicable"


class Decider(StrEnum):
    """Who settled that a nickname means a school: the matcher, being sure, or a person."""

    MATCH = "match"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One school as other slices and machines see it; ages in years, money none, dates none; unknown is None or ""."""

    urn: int
    dfe_number: str
    name: str
    phase: str
    type: str
    status: str
    trust: str
    federation: str
    low_age: int | None
    high_age: int | None
    pupils: int | None
    postcode: str
    la_code: int


@dataclass(frozen=True, slots=True)
class AliasLine:
    """Another name for a school, as kept: who settled it, where it stood, when; ``ended_at`` is None while it holds."""

    alias: str
    urn: int
    school: str
    la_code: int
    decided_by: str
    source: str
    made_at: str
    ended_at: str | None


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link of the register: ``link_urn`` is, say, the successor of ``urn``; ``established`` is an ISO date."""

    urn: int
    link_urn: int
    link_type: str
    link_name: str
    established: str | None


@dataclass(frozen=True, slots=True)
class FoundSchools:
    """The schools a list found in one LA, how many of it are held, and the LAs that are when that one is not."""

    la_code: int
    held: int
    lines: tuple[SchoolLine, ...]
    elsewhere: tuple[int, ...]
