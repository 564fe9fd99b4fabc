"""The words of an import of the register: what it would do. Apart from ``kinds``, since making a class costs time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.deferred import dataclass

if TYPE_CHECKING:
    from senco.schools.kinds import SchoolLine


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
