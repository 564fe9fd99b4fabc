"""The words of the schools slice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
class SchoolRecord:
    """All that the register says of a school; ``fsm_tenths`` is free school meals in tenths of a per cent."""

    urn: int
    dfe_number: str
    name: str
    la_code: int
    la_name: str
    type: str
    type_group: str
    status: str
    phase: str
    low_age: int | None
    high_age: int | None
    gender: str
    pupils: int | None
    fsm_tenths: int | None
    trust: str
    federation: str
    town: str
    postcode: str
    easting: int | None
    northing: int | None
    open_date: str | None
    close_date: str | None
    resourced_provision: str
    resourced_on_roll: int | None
    sen_unit_on_roll: int | None


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
class SuccessorLine:
    """A school that follows another; ``status`` is "" when the register in the store does not hold it."""

    urn: int
    name: str
    link_type: str
    since: str | None
    status: str


@dataclass(frozen=True, slots=True)
class SchoolClusterLine:
    """A cluster that a school is or was in; ``joined`` and ``left_on`` are ISO dates."""

    urn: int
    year: str
    model: str
    cluster: str
    joined: str
    left_on: str | None


@dataclass(frozen=True, slots=True)
class ImportLine:
    """What an import of the register does, or would do, in counts; ``la_code`` is the LA kept, None for all.

    ``gone`` counts the schools of the store whose LA stands in the file but that do not; they are kept.
    """

    file: str
    links_file: str
    la_code: int | None
    rows: int
    added: int
    changed: int
    unchanged: int
    gone: int
    links_added: int
    links_changed: int

    @property
    def changes_nothing(self) -> bool:
        """Say whether the store is already as the file has it."""
        return not (self.added or self.changed or self.links_added or self.links_changed)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one school as it was and as it is in the file; None is not known."""

    urn: int
    name: str
    field: str
    before: str | int | None
    after: str | int | None


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """A school that this import closes or links anew, and the school that follows it."""

    urn: int
    name: str
    successor: int
    successor_name: str
    link_type: str
    since: str | None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """An import in counts and in lists; each list stops at a fixed length.

    ``counts`` counts all schools, ``fields`` all changed fields, ``follows`` all schools found to be followed.

    ``missing`` names the columns of the register that the file lacks: what the store knows in them stays.
    """

    counts: ImportLine
    fields: int
    follows: int
    added: tuple[SchoolLine, ...]
    changed: tuple[FieldChange, ...]
    gone: tuple[SchoolLine, ...]
    followed: tuple[FollowedLine, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundSchools:
    """The schools a list found in one LA; ``elsewhere`` names the LAs that are held when that one is not."""

    la_code: int
    lines: tuple[SchoolLine, ...]
    elsewhere: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SchoolWhole:
    """All that the store knows of a school itself."""

    record: SchoolRecord
    aliases: tuple[AliasLine, ...]
    links: tuple[LinkLine, ...]
    successors: tuple[SuccessorLine, ...]
    clusters: tuple[SchoolClusterLine, ...]
