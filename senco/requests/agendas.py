"""What a panel has before it: the moderated requests that nobody has decided, in the order of hearing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from senco.clusters import questions as clusters
from senco.errors import Refused
from senco.meetings import questions as meetings
from senco.meetings.kinds import MeetingKind
from senco.requests import questions, rules
from senco.requests.kinds import Agenda, AgendaItem
from senco.settings.questions import number_on, word_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from senco.store.doors import Ask

# What was heard in the summer goes to the first panel of the next year. Deferred means: come back. An outcome taken
# back is none, so such a request waits for its cluster again.
_ITEMS = """
SELECT r.reference, r.urn, s.name, r.cluster_reference, COALESCE(r.year_group, ''), r.sen_status, r.type, r.cost_pence,
       r.asked_pence, r.urgent, r.submitted_on, o.outcome, o.level, o.votes_for, o.votes_against, o.votes_abstained,
       heard.starts,
       CASE WHEN EXISTS (
            SELECT 1 FROM meeting AS panel
             WHERE panel.kind = 'panel' AND panel.status <> 'cancelled'
               AND panel.starts > heard.starts AND panel.starts < :starts) THEN 1 ELSE 0 END
  FROM request AS r
  JOIN school AS s ON s.urn = r.urn
  JOIN living_moderation AS o ON o.request_reference = r.reference
  JOIN meeting AS heard ON heard.reference = o.meeting_reference
 WHERE r.year <= :year AND r.withdrawn_on IS NULL AND heard.starts <= :starts
   AND NOT EXISTS (SELECT 1 FROM living_recommendation AS p
                    WHERE p.request_reference = r.reference AND p.outcome <> 'deferred')
   AND NOT EXISTS (SELECT 1 FROM living_decision AS d
                    WHERE d.request_reference = r.reference AND d.outcome <> 'deferred')
"""

_NEEDS = """
SELECT n.request_reference, n.code
  FROM request_need AS n
  JOIN request AS r ON r.reference = n.request_reference
 WHERE r.year <= :year
 ORDER BY n.request_reference, n.rank
"""


def agenda(ask: Ask, word: str) -> Agenda:
    """Give the agenda of the panel that a person means.

    Raises NotFound as `meeting_named` does, Refused ``requests.not-a-panel`` for a meeting of another kind.
    """
    panel = meetings.meeting_named(ask, word)
    if panel.kind != MeetingKind.PANEL:
        raise Refused(
            "requests.not-a-panel",
            f"{panel.reference} is a {panel.kind} meeting, not a panel.",
            "`senco meetings list --kind panel` shows the panels.",
        )
    day = date.fromisoformat(panel.starts[:10])
    unknown = questions.hosts_unknown(ask, panel.year, day)
    cap = number_on(ask, "panel.cap", day)
    items = sorted(_items(ask, panel.year, panel.starts), key=rules.agenda_order)
    absent = _interests(ask, panel.year, day)
    numbered = [
        replace(each, number=number, interests=absent(each)) for number, each in enumerate(items[:cap], start=1)
    ]
    return Agenda(
        panel=panel.reference,
        authority=word_on(ask, "la.name", day),
        starts=panel.starts,
        ends=panel.ends,
        venue=panel.venue,
        cap=cap,
        minutes=number_on(ask, "panel.minutes", day),
        items=tuple(numbered),
        beyond=tuple(each.reference for each in items[cap:]),
        seal=ask.newest_seal(),
        notes=(unknown,) if unknown else (),
    )


def _items(ask: Ask, year: str, starts: str) -> list[AgendaItem]:
    needs: dict[str, tuple[str, ...]] = {}
    for reference, code in ask.all(_row, _NEEDS, {"year": year}):
        needs[reference] = (*needs.get(reference, ()), code)

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
        )

    return ask.all(item, _ITEMS, {"year": year, "starts": starts})


def _interests(ask: Ask, year: str, day: date) -> Callable[[AgendaItem], tuple[str, ...]]:
    """Give a function that names the leads expected to leave the room for an item: they sit on the panel."""
    interest = word_on(ask, "interest", day)
    leads = [
        (line.reference, questions.party(ask, line.host_urn))
        for line in clusters.clusters(ask, year, day)
        if line.host_urn is not None
    ]

    def absent(item: AgendaItem) -> tuple[str, ...]:
        school = questions.party(ask, item.urn)
        return tuple(
            f"{host.name} ({reference} lead, {grounds[0].value.replace('-', ' ')})"
            for reference, host in leads
            if (grounds := rules.interests_between(host, school, host_urn=None, interest=interest))
        )

    return absent


def _row(*row: Any) -> tuple[Any, ...]:
    return row
