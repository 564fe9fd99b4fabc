"""Changing clusters: taking a planned table in, and appointing leads."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import select

from senco.clusters import questions, rules
from senco.clusters.kinds import AppointedBy, AppointmentLine, ClusterLine, Plan, PlanSummary, Role
from senco.clusters.tables import Appointment, Cluster, Membership
from senco.errors import Refused
from senco.schools.verbs import keep_alias

if TYPE_CHECKING:
    from senco.store.doors import Change


def bring_in(change: Change, plan: Plan, *, la_code: int) -> PlanSummary:
    """Do what a plan says, all of it in one change.

    Raises Refused ``clusters.unsure`` when names are still undecided, and ``clusters.changed-meanwhile`` when the store
    is not as it was when the plan was made.
    """
    told = plan.summary
    if plan.unsure:
        raise Refused("clusters.unsure", f"{len(plan.unsure)} names are undecided. Nothing changed.")
    now = questions.standing(change.ask, told.year, told.model, date.fromisoformat(told.holds_from))
    if now != plan.standing:
        raise Refused(
            "clusters.changed-meanwhile",
            "The clusters were changed by somebody else since this plan was made. Nothing changed.",
            "Run the import again: it shows a new plan.",
        )
    ids = _clusters(change, plan)
    _memberships(change, plan, ids)
    for each in plan.appointing:
        _replace(
            change,
            ids[each.cluster],
            Role.LEAD,
            person=each.person,
            host_urn=each.host_urn,
            appointed_by=AppointedBy.UNKNOWN,
            starts=told.holds_from,
            source=each.source,
        )
    for name in plan.naming:
        keep_alias(
            change, alias=name.alias, urn=name.urn, la_code=la_code, decided_by=name.decided_by, source=name.source
        )
    change.record(
        f"clusters {told.year}",
        model=told.model,
        holds_from=told.holds_from,
        clusters=told.clusters,
        added=told.added,
        changed=told.changed,
        left=told.left,
        refused=told.refused,
        leads=told.leads,
        names=len(plan.naming),
    )
    return told


def _clusters(change: Change, plan: Plan) -> dict[str, int]:
    """Make the new clusters, rename others, and give the row of each reference of the year."""
    told = plan.summary
    for each in plan.new_clusters:
        change.add(
            Cluster, year=told.year, model=told.model, reference=each.reference, name=each.name, source=each.place
        )
    change.flush()
    rows = {row.reference: row for row in change.session.exec(select(Cluster).where(Cluster.year == told.year))}
    for reference, name in plan.renamed:
        rows[reference].name = name
    return {reference: row.cluster_id for reference, row in rows.items() if row.cluster_id is not None}


def _memberships(change: Change, plan: Plan, ids: dict[str, int]) -> None:
    running = {
        (row.cluster_id, row.urn): row
        for row in change.session.exec(
            select(Membership).where(Membership.left_on == None, Membership.cluster_id.in_(ids.values()))  # type: ignore[attr-defined]  # noqa: E711 - a column's own operators
        )
    }
    for cluster, urn in plan.leaving:
        running[ids[cluster], urn].left_on = plan.summary.holds_from
    # The store refuses a school's second cluster while the first still runs: the ends go before the beginnings.
    change.flush()
    for each in plan.joining:
        change.add(
            Membership,
            cluster_id=ids[each.cluster],
            urn=each.urn,
            nickname=each.nickname,
            joined=plan.summary.holds_from,
            source=each.source,
        )
    for each in plan.renicknamed:
        running[ids[each.cluster], each.urn].nickname = each.nickname
    change.flush()


def _replace(
    change: Change,
    cluster_id: int,
    role: Role,
    *,
    person: str,
    host_urn: int | None,
    appointed_by: AppointedBy,
    starts: str,
    source: str,
) -> None:
    """Appoint somebody, and end the one before on the same day."""
    found = select(Appointment).where(
        Appointment.cluster_id == cluster_id,
        Appointment.role == role.value,
        Appointment.ends == None,  # noqa: E711 - SQL's IS NULL
    )
    before = change.session.exec(found).first()
    if before is not None:
        before.ends = starts
        # The store refuses a second lead while the first is in office: the end goes before the beginning.
        change.flush()
    change.add(
        Appointment,
        cluster_id=cluster_id,
        role=role.value,
        person=person,
        host_urn=host_urn,
        appointed_by=appointed_by.value,
        starts=starts,
        source=source,
    )
    change.flush()


def appoint(
    change: Change,
    cluster: ClusterLine,
    person: str,
    *,
    host_urn: int | None,
    day: date,
    role: Role = Role.LEAD,
    appointed_by: AppointedBy = AppointedBy.UNKNOWN,
) -> AppointmentLine:
    """Appoint a lead or deputy of a cluster from a day on; the one before ends that day and stays on record.

    Raises Refused ``appointment.refused`` with the reason. The trail names the cluster, never the person.
    """
    current = questions.in_office(change.ask, cluster.reference, cluster.year, role)
    same = current is not None and (current.person, current.host_urn, current.appointed_by) == (
        person,
        host_urn,
        appointed_by,
    )
    reason = rules.why_not_appointed(
        day=day, year=cluster.year, current_starts=current.starts if current else None, same=same
    )
    if reason:
        raise Refused(
            "appointment.refused", f"{person} was not appointed to {cluster.reference}: {reason}. Nothing changed."
        )
    row = change.session.exec(
        select(Cluster).where(Cluster.year == cluster.year, Cluster.reference == cluster.reference)
    ).one()
    assert row.cluster_id is not None  # noqa: S101 - it was read from the store
    _replace(
        change,
        row.cluster_id,
        role,
        person=person,
        host_urn=host_urn,
        appointed_by=appointed_by,
        starts=day.isoformat(),
        source="senco clusters lead",
    )
    change.record(
        f"cluster {cluster.year} {cluster.reference}",
        role=role.value,
        starts=day.isoformat(),
        appointed_by=appointed_by.value,
        host_urn=host_urn,
        in_place_of_another=current is not None,
    )
    return next(
        line
        for line in questions.appointments(change.ask, cluster.reference, cluster.year)
        if line.role == role and line.ends is None
    )
