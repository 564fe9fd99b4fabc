"""Appointing a lead from the words a person types."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.clusters import questions
from senco.clusters.kinds import AppointedBy
from senco.clusters.rules import day_in_year
from senco.errors import WrongUse
from senco.privacy import clean

if TYPE_CHECKING:
    from senco.clusters.kinds import AppointmentLine, Role
    from senco.console.desk import Desk


def appoint(
    desk: Desk,
    cluster: str,
    person: str | None,
    *,
    host: str | None,
    day: date | None,
    role: Role,
    appointed_by: AppointedBy,
    year: str | None,
) -> str:
    """Appoint somebody and say so, or say that it is so already; raises what the questions and the verb raise.

    Without a person it is whoever holds the post, who gets another host school; without a host school the same person
    keeps theirs. Raises WrongUse ``appointment.nobody`` when nobody holds it.
    """
    from senco.clusters import verbs
    from senco.dates import say_date
    from senco.schools.questions import find_school
    from senco.settings.questions import number_on

    with desk.reading() as ask:
        meant = questions.year_meant(ask, year, desk.today)
        line = questions.cluster_named(ask, cluster, meant, desk.today)
        school = find_school(ask, host, la_code=number_on(ask, "la.code", desk.today)) if host else None
        held = questions.in_office(ask, line.reference, meant, role)
    name = clean(person or "").strip() or (held.person if held else "")
    if not name:
        raise WrongUse(
            "appointment.nobody", f"{line.reference} has no {role} yet, so a name is needed.", "Give it with --person."
        )
    same = held if held and held.person == name else None
    host_urn = school.urn if school else (same.host_urn if same else None)
    by = same.appointed_by if same and appointed_by is AppointedBy.UNKNOWN else appointed_by
    starts = day or day_in_year(desk.today, meant)
    unchanged = same and (same.host_urn, same.appointed_by) == (host_urn, by)
    if same and unchanged and same.starts <= starts.isoformat() and starts == day_in_year(starts, meant):
        return f"Nothing to change: {_said(same)} since {say_date(date.fromisoformat(same.starts))}."
    with desk.changing("cluster.appoint") as change:
        told = verbs.appoint(change, line, name, host_urn=host_urn, day=starts, role=role, appointed_by=AppointedBy(by))
    return f"{_said(told)} from {say_date(starts)}{f', hosted by {told.host}' if told.host else ''}."


def _said(line: AppointmentLine) -> str:
    return f"{line.person} is {line.role} of {line.cluster}"
