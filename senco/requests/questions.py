"""What the store knows of requests: how far each has come, its outcomes, and how it lies before a meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from senco.errors import NotFound, Refused
from senco.nearest import did_you_mean
from senco.requests import areas, contradictions, contribution, rules
from senco.requests.kinds import (
    CaseLine,
    InterestLine,
    ModerationLine,
    Party,
    RequestLine,
    RequestType,
    Stage,
)
from senco.schools import questions as schools
from senco.settings.questions import dated, number_on, word_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from senco.meetings.kinds import MeetingLine
    from senco.schools.kinds import SchoolLine
    from senco.store.doors import Ask, Parameters

MODEL = "cross-phase"

_STAGE = """CASE
           WHEN r.withdrawn_on IS NOT NULL THEN 'withdrawn'
           WHEN EXISTS (SELECT 1 FROM living_decision AS d
                         WHERE d.request_reference = r.reference AND d.outcome <> 'deferred') THEN 'decided'
           WHEN EXISTS (SELECT 1 FROM living_recommendation AS p
                         WHERE p.request_reference = r.reference AND p.outcome <> 'deferred'
                           AND NOT EXISTS (SELECT 1 FROM living_decision AS d
                                            WHERE d.recommendation_id = p.recommendation_id)) THEN 'recommended'
           WHEN EXISTS (SELECT 1 FROM living_decision AS d WHERE d.request_reference = r.reference) THEN 'deferred'
           WHEN EXISTS (SELECT 1 FROM living_recommendation AS p WHERE p.request_reference = r.reference)
                THEN 'deferred'
           WHEN EXISTS (SELECT 1 FROM living_moderation AS m WHERE m.request_reference = r.reference) THEN 'moderated'
           WHEN r.meeting_reference IS NOT NULL THEN 'listed'
           ELSE 'submitted' END"""

_LINES = f"""
SELECT r.reference, r.year, r.urn, s.name, r.cluster_reference, r.type, r.year_group, r.sen_status,
       r.cost_pence, r.asked_pence, r.urgent, r.submitted_on, COALESCE(r.meeting_reference, ''), {_STAGE} AS stage,
       COALESCE(o.outcome, ''), COALESCE(o.level, ''), r.version, COALESCE(ruled.outcome, ''), ruled.amount_pence
  FROM request AS r
  JOIN school AS s ON s.urn = r.urn
  LEFT JOIN living_moderation AS o ON o.request_reference = r.reference
  LEFT JOIN living_decision AS ruled ON ruled.request_reference = r.reference
"""  # noqa: S608 - a constant

_NEEDS = """
SELECT n.request_reference, n.code FROM request_need AS n JOIN request AS r ON r.reference = n.request_reference
"""

_CASE = f"""
SELECT r.reference, r.year, r.urn, s.name, r.cluster_reference, r.type, r.year_group, r.pupils,
       r.sen_status, r.provision_asked, r.cost_pence, r.asked_pence, r.asked_from, r.asked_to, r.urgent,
       r.urgent_because, r.consent, r.consent_on, r.submitted_on, COALESCE(r.meeting_reference, ''),
       COALESCE(r.panel_reference, ''), {_STAGE} AS stage, r.form_version, r.version, r.withdrawn_on
  FROM request AS r
  JOIN school AS s ON s.urn = r.urn
 WHERE r.reference = :reference
"""  # noqa: S608 - a constant

_MODERATIONS = """
SELECT m.moderation_id, m.request_reference, m.meeting_reference, m.taken_back, COALESCE(m.outcome, ''),
       COALESCE(m.level, ''), m.reason, m.votes_for, m.votes_against, m.votes_abstained, m.chair_urn, c.name,
       m.moderating_chair_urn, COALESCE(o.name, ''), m.made_at, m.made_by,
       CASE WHEN living.moderation_id IS NULL THEN 0 ELSE 1 END, COALESCE(m.casting, '')
  FROM moderation AS m
  JOIN request AS r ON r.reference = m.request_reference
  JOIN school AS c ON c.urn = m.chair_urn
  LEFT JOIN school AS o ON o.urn = m.moderating_chair_urn
  LEFT JOIN living_moderation AS living ON living.moderation_id = m.moderation_id
"""

_OF_REQUEST = f"{_MODERATIONS} WHERE m.request_reference = :reference ORDER BY m.moderation_id"

_LAST_AT = f"""{_MODERATIONS}
 WHERE m.meeting_reference = :meeting AND r.cluster_reference = :cluster AND living.moderation_id IS NOT NULL
 ORDER BY m.moderation_id DESC LIMIT 1"""

_OUTCOMES_AT = """
SELECT m.outcome, COUNT(*)
  FROM living_moderation AS m
  JOIN request AS r ON r.reference = m.request_reference
 WHERE m.meeting_reference = :meeting AND r.cluster_reference = :cluster
 GROUP BY m.outcome
"""

_INTERESTS = """
SELECT i.moderation_id, i.urn, s.name, i.ground, i.state
  FROM moderation_interest AS i
  JOIN moderation AS m ON m.moderation_id = i.moderation_id
  JOIN school AS s ON s.urn = i.urn
 WHERE m.request_reference = :reference
 ORDER BY i.moderation_id, s.name, i.urn, i.ground
"""

_LISTED_AT = f"""
SELECT DISTINCT q.meeting_reference, q.cluster_reference, m.starts
  FROM (SELECT r.meeting_reference, r.cluster_reference, {_STAGE} AS stage FROM request AS r) AS q
  JOIN meeting AS m ON m.reference = q.meeting_reference
 WHERE q.stage = 'listed'
 ORDER BY m.starts, q.meeting_reference, q.cluster_reference
"""  # noqa: S608 - a constant

# Everything that was told is told again: a command run twice, or two children alike.
_ALIKE = """
SELECT other.reference
  FROM request AS r
  JOIN request AS other ON other.urn = r.urn AND other.year = r.year AND other.reference <> r.reference
 WHERE r.reference = :reference AND other.withdrawn_on IS NULL AND other.type = r.type
   AND COALESCE(other.year_group, '') = COALESCE(r.year_group, '') AND other.provision_asked = r.provision_asked
   AND other.cost_pence = r.cost_pence AND other.asked_pence = r.asked_pence
 ORDER BY other.reference
"""

_BEGUN = "SELECT reference FROM request WHERE reference >= :begins AND reference < :ends ORDER BY reference"

_SHOWN = 6

_FILTERS = {
    "year": "r.year = :year",
    "cluster": "r.cluster_reference = :cluster",
    "meeting": "r.meeting_reference = :meeting",
    "urn": "r.urn = :urn",
    "stage": f"{_STAGE} = :stage",
    "need": "EXISTS (SELECT 1 FROM request_need AS w WHERE w.request_reference = r.reference AND w.code = :need)",
}


def requests(
    ask: Ask,
    *,
    year: str | None = None,
    cluster: str | None = None,
    meeting: str | None = None,
    urn: int | None = None,
    stage: Stage | None = None,
    need: str | None = None,
) -> list[RequestLine]:
    """Give the requests that every filter given lets through, the oldest first; ``need`` is any of theirs.

    Areas are by the vocabulary of the day on which each was sent.
    """
    given: Mapping[str, str | int | None] = {
        "year": year,
        "cluster": cluster,
        "meeting": meeting,
        "urn": urn,
        "stage": stage.value if stage else None,
        "need": need,
    }
    wanted: Parameters = {name: value for name, value in given.items() if value is not None}
    where = " AND ".join(_FILTERS[name] for name in wanted) or "1 = 1"
    needs = _needs(ask, f"{_NEEDS} WHERE {where} ORDER BY n.request_reference, n.rank", wanted)
    sql = f"{_LINES} WHERE {where} ORDER BY r.submitted_on, r.reference"
    rows = ask.all(_row, sql, wanted)
    vocabulary = dated(ask, areas.SETTING)
    lines = []
    for row in rows:
        theirs = needs.get(row[0], ())
        given_by = areas.areas_of(theirs, vocabulary.on(date.fromisoformat(row[11])))
        told = (*row[:7], theirs, *row[7:10], bool(row[10]), *row[11:17], given_by, *row[17:])
        lines.append(RequestLine(*told))
    return lines


def requests_meant(
    ask: Ask, today: date, *, cluster: str, meeting: str, stage: Stage | None, school: str, year: str | None,
    need: str = "", area: str = "",
) -> list[RequestLine]:  # fmt: skip
    """Give the requests that a person's words let through; "" and None are no filter.

    A need or an area is any of a request's. Raises NotFound for a cluster, meeting, school or area that is not there,
    BadInput ``requests.unknown-need``.
    """
    lines = requests(
        ask,
        year=year,
        cluster=cluster_meant(ask, cluster, year, today) if cluster else None,
        meeting=_meeting_meant(ask, meeting).reference if meeting else None,
        urn=school_meant(ask, school, today).urn if school else None,
        stage=stage,
        need=rules.need_code(need) if need else None,
    )
    if not area:
        return lines
    meant = areas.area_meant(area, dated(ask, areas.SETTING))
    return [line for line in lines if meant in line.areas]


def case_named(ask: Ask, word: str) -> CaseLine:
    """Give the request that a person means by its reference, R-7KQ4 or 7KQ4, or by a beginning that only it has.

    Raises NotFound ``requests.unknown`` with the nearest references, ``requests.ambiguous`` with those it may be.
    """
    begun = _begun(ask, word)
    if len(begun) > 1:
        shown = ", ".join(begun[:_SHOWN]) + (" …" if len(begun) > _SHOWN else "")
        raise NotFound("requests.ambiguous", f"{len(begun)} requests begin with '{word}'.", f"Give one of: {shown}.")
    meant = begun[0] if begun else rules.reference_meant(word)
    found = _case(ask, meant) if meant else None
    if found is None:
        known = ask.values("SELECT reference FROM request ORDER BY reference")
        hint = did_you_mean(meant or word, known) or "`senco requests list` shows the references."
        raise NotFound("requests.unknown", f"There is no request '{word}'.", hint)
    return found


def request_line(ask: Ask, reference: str) -> RequestLine:
    """Give one request as lists show it."""
    case = case_named(ask, reference)
    return next(each for each in requests(ask, year=case.year, urn=case.urn) if each.reference == case.reference)


def exists(ask: Ask, reference: str) -> bool:
    """Say whether a reference is taken."""
    return ask.value("SELECT 1 FROM request WHERE reference = :reference", {"reference": reference}) is not None


def moderations(ask: Ask, reference: str) -> list[ModerationLine]:
    """Give every row of a request's cluster outcome, also those taken back, the oldest first."""
    return ask.all(_moderation, _OF_REQUEST, {"reference": reference})


def last_at(ask: Ask, meeting: str, cluster: str) -> ModerationLine | None:
    """Give the newest living outcome that a cluster gave at a meeting."""
    return ask.one(_moderation, _LAST_AT, {"meeting": meeting, "cluster": cluster})


def outcomes_at(ask: Ask, meeting: str, cluster: str) -> dict[str, int]:
    """Count the living outcomes that a cluster gave at a meeting, by outcome."""
    return dict(ask.all(_pair, _OUTCOMES_AT, {"meeting": meeting, "cluster": cluster}))


def interests(ask: Ask, reference: str) -> list[InterestLine]:
    """Give the interests recorded with each outcome of a request."""
    return ask.all(InterestLine, _INTERESTS, {"reference": reference})


def numbered(
    moderations: Sequence[ModerationLine], interests: Sequence[InterestLine] = ()
) -> tuple[list[ModerationLine], list[InterestLine]]:
    """Number a request's outcomes 1, 2, 3, and its interests after them; the store's own numbers count all requests."""
    places = {line.number: place for place, line in enumerate(moderations, start=1)}
    told = [replace(line, number=places[line.number]) for line in moderations]
    return told, [replace(line, moderation=places[line.moderation]) for line in interests]


def doubts(ask: Ask, line: RequestLine) -> list[str]:
    """Give what is worth asking about a request that was taken in: its year group, its amount, another one like it."""
    school = schools.school(ask, line.urn)
    sent = date.fromisoformat(line.submitted_on)
    pupils = ask.value("SELECT pupils FROM request WHERE reference = :reference", {"reference": line.reference})
    often = contribution.times(line.type, pupils, group=word_on(ask, contribution.SETTING, sent))
    element2 = number_on(ask, "element2", sent) * often
    told = [
        contradictions.doubt_year_group(line.year_group or "", school.low_age, school.high_age) if school else None,
        contradictions.doubt_asked(
            RequestType(line.type),
            cost_pence=line.cost_pence,
            asked_pence=line.asked_pence,
            element2_pence=element2,
        ),
    ]
    if alike := ask.values(_ALIKE, {"reference": line.reference}):
        told.append(f"{', '.join(alike)} asks for just the same: is it the same child, typed in twice?")
    return [f"{line.reference}: {each}" for each in told if each]


def hosts_unknown(ask: Ask, year: str, day: date) -> str:
    """Say of which clusters the lead's host school is not known on a day, and what follows; "" where all are."""
    from senco.clusters.questions import clusters

    missing = [line.reference for line in clusters(ask, year, day) if line.model == MODEL and not line.host_urn]
    if not missing:
        return ""
    if len(missing) == 1:
        return f"The host school of {missing[0]} is not known, so its lead's interests could not be computed."
    listed = f"{', '.join(missing[:-1])} and {missing[-1]}"
    return f"The host schools of {listed} are not known, so their leads' interests could not be computed."


def listed_at(ask: Ask) -> list[tuple[str, str, str]]:
    """Give the meetings and clusters that have requests still to be heard, with the meeting's start, in its order."""
    return ask.all(_triple, _LISTED_AT)


def party(ask: Ask, urn: int) -> Party:
    """Give a school of the register as the rule of interest sees it."""
    return ask.all(Party, "SELECT urn, name, trust, federation FROM school WHERE urn = :urn", {"urn": urn})[0]


def party_of(line: SchoolLine) -> Party:
    """Give a school's line as the rule of interest sees it."""
    return Party(line.urn, line.name, line.trust, line.federation)


def school_meant(ask: Ask, word: str, day: date) -> SchoolLine:
    """Give the school that a person means, in the borough's own register; raises NotFound as `find_school` does."""
    return schools.find_school(ask, word, la_code=number_on(ask, "la.code", day))


def meeting_for(ask: Ask, word: str, cluster: str) -> MeetingLine:
    """Give the meeting that a person means when it is one that this cluster comes to and that stands.

    Raises NotFound as `meeting_named` does, Refused ``requests.meeting-cancelled`` or ``requests.meeting-of-others``.
    """
    meeting = _meeting_meant(ask, word)
    if meeting.status == "cancelled":
        raise Refused(
            "requests.meeting-cancelled",
            f"The meeting {meeting.reference} is cancelled.",
            "Name another with --meeting.",
        )
    if why := contradictions.why_not_meeting(cluster, meeting.cluster_references, for_all=meeting.for_all):
        raise Refused(
            "requests.meeting-of-others",
            f"No request of {cluster} is heard at {meeting.reference}: {why}.",
            f"`senco meetings list --cluster {cluster}` shows those that are.",
        )
    return meeting


def cluster_meant(ask: Ask, word: str, year: str | None, day: date) -> str:
    """Give the reference of the cluster that a person means; raises NotFound ``cluster.unknown``."""
    from senco.clusters.questions import cluster_named, year_meant

    return cluster_named(ask, word, year_meant(ask, year, day)).reference


def _meeting_meant(ask: Ask, word: str) -> MeetingLine:
    from senco.meetings.questions import meeting_named  # not at the top: a list without --meeting does without it

    return meeting_named(ask, word)


def _begun(ask: Ask, word: str) -> list[str]:
    begins = rules.beginning_meant(word)
    return ask.values(_BEGUN, {"begins": begins, "ends": f"{begins}~"}) if begins else []


def _case(ask: Ask, reference: str) -> CaseLine | None:
    row = ask.one(_row, _CASE, {"reference": reference})
    if row is None:
        return None
    sql = f"{_NEEDS} WHERE r.reference = :reference ORDER BY n.request_reference, n.rank"
    needs = _needs(ask, sql, {"reference": reference}).get(reference, ())
    given_by = areas.areas_of(needs, word_on(ask, areas.SETTING, date.fromisoformat(row[18])))
    told = (*row[:8], needs, *row[8:14], bool(row[14]), row[15], bool(row[16]), *row[17:], given_by)
    return CaseLine(*told)


def _needs(ask: Ask, sql: str, wanted: Parameters) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for reference, code in ask.all(_pair, sql, wanted):
        found[reference] = (*found.get(reference, ()), code)
    return found


def _moderation(*row: Any) -> ModerationLine:
    votes = "" if row[7] is None else f"{row[7]}-{row[8]}-{row[9]}"
    told = (*row[:3], bool(row[3]), *row[4:7], votes, *row[10:16], bool(row[16]), row[17])
    return ModerationLine(*told)


def _row(*row: Any) -> tuple[Any, ...]:
    return row


def _pair(first: str, second: Any) -> tuple[str, Any]:
    return first, second


def _triple(first: str, second: str, third: str) -> tuple[str, str, str]:
    return first, second, third
