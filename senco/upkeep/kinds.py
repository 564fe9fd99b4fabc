"""The words of upkeep."""

from __future__ import annotations

from senco.deferred import dataclass


@dataclass(frozen=True, slots=True)
class StatusLine:
    """The state of a store: counts of what it holds; ``changed_at`` is UTC, ISO; ``bytes`` its size."""

    store: str
    bytes: int
    records: int
    seal: str
    changed_at: str
    schools: int
    clusters: int
    meetings: int
    requests: int
    decided: int


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One line of the trail as people see it; ``at`` is UTC, ISO."""

    number: int
    at: str
    actor: str
    verb: str
    subject: str
    detail: str
    seal: str
    change_id: str
