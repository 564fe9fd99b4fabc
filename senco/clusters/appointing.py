"""Appointing a lead from the words a person types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.clusters import questions
from senco.clusters.rules import day_in_year
from senco.privacy import clean

if TYPE_CHECKING:
    from datetime import date

    from senco.clusters.kinds import AppointedBy, Role
    from senco.console.desk import Desk


def appoint(
    desk: Desk,
    cluster: str,
    person: str,
    *,
    host: str | None,
    day: date | None,
    role: Role,
    appointed_by: AppointedBy,
    year: str | None,
) -> str:
    """Appoint somebody and say so; raises what the questions and the verb raise."""
    from senco.clusters import verbs
    from senco.dates import say_date
    from senco.schools.questions import find_school
    from senco.settings.questions import number_on

    with desk.changing("cluster.appoint") as change:
        meant = questions.year_meant(change.ask, year, desk.today)
        line = questions.cluster_named(change.ask, cluster, meant, desk.today)
        la_code = number_on(change.ask, "la.code", desk.today)
        school = find_school(change.ask, host, la_code=la_code) if host else None
        starts = day or day_in_year(desk.today, meant)
        told = verbs.appoint(
            change,
            line,
            clean(person).strip(),
            host_urn=school.urn if school else None,
            day=starts,
            role=role,
            appointed_by=appointed_by,
        )
    at = f", hosted by {told.host}" if told.host else ""
    return f"{told.person} is {told.role} of {told.cluster} from {say_date(starts)}{at}."
