"""Upkeep as people see it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from senco.console.listing import Card, Column, Listing
from senco.dates import LONDON, say_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.findings import Finding
    from senco.upkeep.kinds import StatusLine, TrailEntry


def status(line: StatusLine) -> Card:
    """Lay out the state of the store."""
    facts = (
        ("Store", line.store),
        ("Size", f"{line.bytes / 1024:,.0f} KiB"),
        ("Last change", _moment(line.changed_at)),
        ("Trail", f"{line.records} records"),
        ("Seal", line.seal),
        ("Schools", f"{line.schools:,}"),
        ("Clusters", f"{line.clusters:,}"),
        ("Meetings", f"{line.meetings:,}"),
        ("Requests", f"{line.requests:,}, {line.decided:,} decided"),
    )
    return Card("status", line, "senco", facts)


def findings(lines: Sequence[Finding]) -> Listing:
    """Lay out what the checks found."""
    return Listing(
        "findings",
        lines,
        (
            Column("Check", lambda line: line.check),
            Column("Where", lambda line: line.where, whole=False),
            Column("What", lambda line: line.what, whole=False),
            Column("What to do", lambda line: line.do, keep=1, whole=False),
        ),
        empty="Every check passed: nothing found.",
    )


def trail(lines: Sequence[TrailEntry]) -> Listing:
    """Lay out lines of the trail."""
    return Listing(
        "trail",
        lines,
        (
            Column("No.", lambda line: str(line.number), align="right"),
            Column("When", lambda line: _moment(line.at)),
            Column("Who", lambda line: line.actor, keep=1),
            Column("What", lambda line: line.verb),
            Column("On", lambda line: line.subject, whole=False),
            Column("Detail", lambda line: line.detail, keep=3, whole=False),
            Column("Seal", lambda line: line.seal, keep=2),
        ),
        empty="The trail has no such line.",
    )


def _moment(at: str) -> str:
    return say_moment(datetime.fromisoformat(at).astimezone(LONDON))
