"""What a panel or a cluster's sitting has before it, in the order of hearing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from senco.clusters import questions as clusters
from senco.meetings import questions as meetings
from senco.requests import areas, awarding, conduct, ordering, panels, questions, records, rules
from senco.requests.kinds import Agenda, AgendaItem
from senco.settings.questions import dated, number_on, word_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.meetings.kinds import MeetingLine
    from senco.requests.kinds import Party
    from senco.requests.outcomes import StandingInterest
    from senco.store.doors import Ask, Parameters

_COLUMNS = """
SELECT r.reference, r.urn, s.name, r.cluster_reference, r.year_group, r.sen_status, r.type, r.cost_pence,
       r.asked_pence, r.urgent, r.submitted_on, COALESCE(o.outcome, ''), COALESCE(o.level, ''), o.votes_for,
       o.votes_against, o.votes_abstained, COALESCE(heard.starts, ''),
"""

# What was heard in the summer goes to the first panel of the next year. Deferred means: come back. An outcome taken
# back is none, so such a request waits for its cluster again; only what is urgent and put on this panel's agenda goes
# before its cluster has heard it.
_PANEL = f"""{_COLUMNS}
       CASE WHEN EXISTS (
            SELECT 1 FROM meeting AS panel
             WHERE panel.kind = 'panel' AND panel.status <> 'cancelled'
               AND panel.starts > heard.starts AND panel.starts < :starts) THEN 1 ELSE 0 END
  FROM request AS r
  JOIN school AS s ON s.urn = r.urn
  LEFT JOIN living_moderation AS o ON o.request_reference = r.reference
  LEFT JOIN meeting AS heard ON heard.reference = o.meeting_reference
 WHERE r.year <= :year AND r.withdrawn_on IS NULL
   AND (heard.starts <= :starts OR (heard.starts IS NULL AND r.urgent = 1 AND r.panel_reference = :meeting))
   AND NOT EXISTS (SELECT 1 FROM living_recommendation AS p
                    WHERE p.request_reference = r.reference
                      AND p.outcome <> 'deferred' AND p.meeting_reference <> :keeping
                      AND NOT EXISTS (SELECT 1 FROM living_decision AS d
                                       WHERE d.recommendation_id = p.recommendation_id AND d.outcome = 'deferred'))
   AND NOT EXISTS (SELECT 1 FROM living_decision AS d
                    WHERE d.request_reference = r.reference AND d.outcome <> 'deferred'
                      AND NOT EXISTS (SELECT 1 FROM living_recommendation AS mine
                                       WHERE mine.recommendation_id = d.recommendation_id
                                         AND mine.meeting_reference = :keeping))
"""  # noqa: S608 - constants

_CLUSTER = f"""{_COLUMNS}
       CASE WHEN EXISTS (SELECT 1 FROM moderation AS before WHERE before.request_reference = r.reference)
            THEN 1 ELSE 0 END
  FROM request AS r
  JOIN school AS s ON s.urn = r.urn
  LEFT JOIN living_moderation AS o ON o.request_reference = r.reference
  LEFT JOIN meeting AS heard ON heard.reference = o.meeting_reference
 WHERE r.cluster_reference = :cluster AND r.meeting_reference = :meeting AND r.withdrawn_on IS NULL
   AND o.moderation_id IS NULL
   AND NOT EXISTS (SELECT 1 FROM living_recommendation AS p WHERE p.request_reference = r.reference)
   AND NOT EXISTS (SELECT 1 FROM living_decision AS d WHERE d.request_reference = r.reference)
"""  # noqa: S608 - constants

_NEEDS = """
SELECT n.request_reference, n.code
  FROM request_need AS n
  JOIN request AS r ON r.reference = n.request_reference
 WHERE r.year <= :year
 ORDER BY n.request_reference, n.rank
"""


def agenda(ask: Ask, word: str, *, whole: bool = False) -> Agenda:
    """Give the agenda of the panel that a person means: what waits for it.

    ``whole`` gives it as it lay before the panel when it began: what it has advised on since keeps its number.
    Raises what `panel_named` raises: NotFound, Refused ``requests.not-a-panel`` or ``requests.meeting-cancelled``.
    """
    panel = panels.panel_named(ask, word)
    day = date.fromisoformat(panel.starts[:10])
    wanted = {"year": panel.year, "starts": panel.starts, "meeting": panel.reference}
    items = _items(ask, _PANEL, panel.year, {**wanted, "keeping": panel.reference if whole else ""})
    sitting = panels.leads(ask, panel.year, day)
    settled = records.settled(ask, panel.reference)
    interest, lead = word_on(ask, "interest", day), word_on(ask, "interest.lead", day)
    roles = {each.host.urn: f"{each.cluster} lead" for each in reversed(sitting)}
    schools = _parties(ask, items)
    told = []
    for each in items:
        mine = [row for row in settled if row.request == each.reference]
        there = panels.interests(sitting, schools[each.urn], each.cluster, mine, interest=interest)
        out = conduct.stay_out(there, lead=lead)
        told.append(replace(each, out=tuple(sorted(out)), interests=_said(there, out, roles)))
    return _agenda(ask, panel, "", told, [each.request for each in records.to_ratify(ask, panel.starts_utc)])


def cluster_agenda(ask: Ask, word: str, cluster: str) -> Agenda:
    """Give the agenda of a cluster's sitting at a meeting.

    Raises what `meeting_for` raises, NotFound ``cluster.unknown``.
    """
    year = meetings.meeting_named(ask, word).year
    theirs = questions.cluster_meant(ask, cluster, year, date.min)
    held = questions.meeting_for(ask, word, theirs)
    day = date.fromisoformat(held.starts[:10])
    items = _items(ask, _CLUSTER, year, {"cluster": theirs, "meeting": held.reference})
    host = clusters.cluster_named(ask, theirs, year, day).host_urn
    members = [questions.party(ask, each.urn) for each in clusters.members(ask, theirs, year, day)]
    interest = word_on(ask, "interest", day)
    settled = records.settled(ask, held.reference)
    schools = _parties(ask, items)
    told = []
    for each in items:
        computed = rules.interests_in(members, schools[each.urn], host_urn=host, interest=interest)
        there = conduct.standing(computed, [row for row in settled if row.request == each.reference])
        out = conduct.stay_out(there, lead="stays-out")
        told.append(replace(each, out=tuple(sorted(out)), interests=_said(there, out, {})))
    return _agenda(ask, held, theirs, told, [])


def _agenda(ask: Ask, held: MeetingLine, cluster: str, items: Sequence[AgendaItem], ratify: Sequence[str]) -> Agenda:
    day = date.fromisoformat(held.starts[:10])
    stage = "cluster" if cluster else "panel"
    unknown = questions.hosts_unknown(ask, held.year, day)
    cap = number_on(ask, f"{stage}.cap", day)
    heard, beyond = ordering.chosen(items, cap=cap, urgent_places=number_on(ask, "panel.urgent", day))
    in_order = [replace(each, number=number) for number, each in enumerate(ordering.ordered(heard), start=1)]
    return Agenda(
        panel=held.reference,
        authority=word_on(ask, "la.name", day),
        starts=held.starts,
        ends=held.ends,
        venue=held.venue,
        cap=cap,
        minutes=number_on(ask, f"{stage}.minutes", day),
        items=tuple(in_order),
        beyond=tuple(each.reference for each in beyond),
        seal=ask.newest_seal(),
        notes=(unknown,) if unknown else (),
        cluster=cluster,
        ratify=tuple(ratify),
        exits=ordering.exits(in_order),
        means=word_on(ask, awarding.SETTING, day),
        casting=word_on(ask, "votes.casting", day) == "yes",
    )


def _items(ask: Ask, sql: str, year: str, wanted: Parameters) -> list[AgendaItem]:
    needs: dict[str, tuple[str, ...]] = {}
    for reference, code in ask.all(_row, _NEEDS, {"year": year}):
        needs[reference] = (*needs.get(reference, ()), code)

    vocabulary = dated(ask, areas.SETTING)

    def item(*row: Any) -> AgendaItem:
        reference, urn, school, cluster, year_group, *told = row
        votes = "" if told[8] is None else f"{told[8]}-{told[9]}-{told[10]}"
        return AgendaItem(
            number=0,
            reference=reference,
            urn=urn,
            school=school,
            cluster=cluster,
            year_group=year_group,
            needs=needs.get(reference, ()),
            sen_status=told[0],
            type=told[1],
            cost_pence=told[2],
            asked_pence=told[3],
            urgent=bool(told[4]),
            carried_over=bool(told[12]),
            submitted_on=told[5],
            outcome=told[6],
            level=told[7],
            votes=votes,
            heard_on=told[11][:10],
            areas=areas.areas_of(needs.get(reference, ()), vocabulary.on(date.fromisoformat(told[5]))),
        )

    return ask.all(item, sql, wanted)


def _parties(ask: Ask, items: Sequence[AgendaItem]) -> dict[int, Party]:
    return {urn: questions.party(ask, urn) for urn in {each.urn for each in items}}


def _said(there: Sequence[StandingInterest], out: frozenset[int], roles: dict[int, str]) -> tuple[str, ...]:
    """Say who leaves and why, one line a school: by the first ground that holds and is not the role of a lead."""
    lines: dict[int, str] = {}
    for each in there:
        if each.urn in out and each.state != "dismissed" and each.urn not in lines:
            role = f"{roles[each.urn]}, " if each.urn in roles else ""
            lines[each.urn] = f"{each.school} ({role}{each.ground.replace('-', ' ')})"
    return tuple(lines.values())


def _row(*row: Any) -> tuple[Any, ...]:
    return row
