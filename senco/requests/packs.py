"""What one recipient may see of a meeting: the content of items they stay out of is left out by the query itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from senco.requests import agendas, panels, questions, records, rules
from senco.requests.awarding import AwardMeans
from senco.requests.kinds import AgendaItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.requests.kinds import Agenda, Party
    from senco.store.doors import Ask

_SHOWN = """
SELECT r.reference,
       CASE WHEN {hidden} THEN '' ELSE s.name END,
       CASE WHEN {hidden} THEN '' ELSE r.cluster_reference END,
       CASE WHEN {hidden} THEN NULL ELSE r.year_group END,
       CASE WHEN {hidden} THEN '' ELSE r.sen_status END,
       CASE WHEN {hidden} THEN '' ELSE r.type END,
       CASE WHEN {hidden} THEN 0 ELSE r.cost_pence END,
       CASE WHEN {hidden} THEN 0 ELSE r.asked_pence END,
       CASE WHEN {hidden} THEN '' ELSE COALESCE(o.outcome, '') END,
       CASE WHEN {hidden} THEN '' ELSE COALESCE(o.level, '') END
  FROM request AS r
  JOIN school AS s ON s.urn = r.urn
  LEFT JOIN living_moderation AS o ON o.request_reference = r.reference
 WHERE r.reference IN ({all})
"""
_NEEDS = """
SELECT n.request_reference, n.code FROM request_need AS n
 WHERE n.request_reference IN ({all}) AND NOT ({hidden}) ORDER BY n.request_reference, n.rank
"""


def pack(ask: Ask, meeting: str, cluster: str, school: str) -> tuple[Agenda, Party, bool]:
    """Give the agenda as a school's SENCO may see it, the school, and whether it sits at that meeting.

    ``cluster`` is "" for the panel, where the schools that host a lead sit. An item that the school stays out of keeps
    its number and case, and nothing else. Raises what `agenda`, `cluster_agenda` and `find_school` raise.
    """
    found = agendas.cluster_agenda(ask, meeting, cluster) if cluster else agendas.agenda(ask, meeting)
    day = date.fromisoformat(found.starts[:10])
    who = questions.party_of(questions.school_meant(ask, school, day))
    sits = who.urn in _sitting(ask, found, day)
    if not sits:
        return replace(found, items=()), who, False
    hidden = [each.reference for each in found.items if who.urn in each.out]
    return replace(found, items=tuple(_shown(ask, found.items, hidden))), who, True


def own_requests(ask: Ask, urn: int, year: str) -> list[tuple[str | int | None, ...]]:
    """Give a school's own requests of a year as its pack shows them, with what was decided once that is so."""
    decided = {each.request: each for each in records.decisions_living(ask, year=year)}
    rows: list[tuple[str | int | None, ...]] = []
    for line in questions.requests(ask, year=year, urn=urn):
        told = decided.get(line.reference)
        rows.append(
            (
                line.reference,
                rules.year_said(line.type, line.year_group),
                ", ".join(line.needs),
                line.cost_pence,
                line.asked_pence,
                line.stage,
                told.outcome.replace("-", " ") if told else "",
                told.amount_pence if told else None,
                AwardMeans(told.means).per if told and told.amount_pence is not None else "",
            )
        )
    return rows


def _sitting(ask: Ask, found: Agenda, day: date) -> set[int]:
    from senco.clusters import questions as clusters
    from senco.meetings import questions as meetings

    year = meetings.meeting_named(ask, found.panel).year
    if found.cluster:
        return {each.urn for each in clusters.members(ask, found.cluster, year, day)}
    return {each.host.urn for each in panels.leads(ask, year, day)}


def _shown(ask: Ask, items: Sequence[AgendaItem], hidden: Sequence[str]) -> list[AgendaItem]:
    if not items:
        return []
    wanted = {f"a{place}": each.reference for place, each in enumerate(items)}
    names = {each: f":a{place}" for place, each in enumerate(item.reference for item in items)}
    everything = ", ".join(names.values())
    left_out = ", ".join(names[each] for each in hidden)
    parts = {"all": everything, "hidden": f"r.reference IN ({left_out})" if left_out else "1 = 0"}
    needs: dict[str, tuple[str, ...]] = {}
    sql = _NEEDS.format(**{**parts, "hidden": parts["hidden"].replace("r.reference", "n.request_reference")})
    for reference, code in ask.all(_row, sql, wanted):
        needs[reference] = (*needs.get(reference, ()), code)
    rows = {row[0]: row[1:] for row in ask.all(_row, _SHOWN.format(**parts), wanted)}
    return [_item(each, rows[each.reference], needs.get(each.reference, ())) for each in items]


def _item(numbered: AgendaItem, row: tuple[Any, ...], needs: tuple[str, ...]) -> AgendaItem:
    """Make an item of what the query let through; only its number comes from the agenda."""
    school, cluster, year_group, status, kind, cost, asked, outcome, level = row
    return AgendaItem(
        number=numbered.number,
        reference=numbered.reference,
        urn=0,
        school=school,
        cluster=cluster,
        year_group=year_group,
        needs=needs,
        sen_status=status,
        type=kind,
        cost_pence=cost,
        asked_pence=asked,
        urgent=False,
        carried_over=False,
        submitted_on="",
        outcome=outcome,
        level=level,
        votes="",
        heard_on="",
    )


def _row(*row: Any) -> tuple[Any, ...]:
    return row
