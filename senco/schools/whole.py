"""The words of one school shown whole. Apart from ``kinds``, since making a class costs time and a list needs none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.deferred import dataclass

if TYPE_CHECKING:
    from senco.schools.kinds import AliasLine, LinkLine


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
class SchoolWhole:
    """All that the store knows of a school itself."""

    record: SchoolRecord
    aliases: tuple[AliasLine, ...]
    links: tuple[LinkLine, ...]
    successors: tuple[SuccessorLine, ...]
    clusters: tuple[SchoolClusterLine, ...]
