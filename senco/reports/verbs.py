"""The one change of the reports slice: keeping on record what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.reports import recorded
from senco.reports.kinds import PublicationLine
from senco.reports.tables import Publication, PublishedCount

if TYPE_CHECKING:
    from datetime import date

    from senco.reports.kinds import Report
    from senco.store.doors import Change


def record_publication(
    change: Change, report: Report, *, kind: str, year: str, day: date, below: int, term: str = ""
) -> PublicationLine | None:
    """Keep what a protected report shows of its counts and which it hides.

    Gives None, and leaves the store as it was, when the last publication of that name showed and hid the same, and for
    an internal report, which is not published.
    """
    shown = recorded.shown_by(report)
    last = recorded.last(change.ask, name=report.name)
    if report.internal or (last is not None and last.shown == shown):
        change.withdraw()
        return None
    number = int(change.ask.value("SELECT COALESCE(MAX(publication_id), 0) + 1 FROM publication"))
    change.add(
        Publication,
        publication_id=number,
        name=report.name,
        kind=kind,
        year=year,
        term=term,
        day=day.isoformat(),
        below=below,
        counts=len(shown),
        made_at=change.stamp,
        made_by=change.actor,
    )
    change.flush()
    for key, count in sorted(shown.items()):
        change.add(PublishedCount, publication_id=number, key=key, shown=count)
    change.flush()
    change.record(
        f"publication {report.name}", number=number, below=below, counts=len(shown), hidden=len(report.hidden)
    )
    return PublicationLine(
        number, report.name, kind, year, term, day.isoformat(), below, change.stamp, change.actor, shown
    )
