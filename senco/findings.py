"""What a named check found: the shape that the checks of every slice share."""

from __future__ import annotations

from senco.deferred import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found in the stored data: the check's name, where it stands, what it is and what to do."""

    check: str
    where: str
    what: str
    do: str = ""
