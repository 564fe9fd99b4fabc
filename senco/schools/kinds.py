"""The words of the schools slice."""

from __future__ import annotations

from dataclasses import dataclass


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
