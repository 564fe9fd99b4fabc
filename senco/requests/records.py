"""What the store knows of the panel's advice, the officer's decisions, and what goes with them. It only asks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from senco.requests import awarding, conduct
from senco.requests.outcomes import (
    AfterwardsLine,
    AwardLine,
    DecisionLine,
    InterestRow,
    PresenceLine,
    ReasonLine,
    RecommendationLine,
    Record,
    ReviewLine,
)
from senco.settings.questions import dated, word_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from senco.store.doors import Ask, Parameters

_ADVISED = """
SELECT p.recommendation_id, p.request_reference, p.meeting_reference, p.taken_back, COALESCE(p.outcome, ''),
       p.amount_pence, p.awarded_from, p.awarded_to, p.reason, p.votes_for, p.votes_against, p.votes_abstained,
       COALESCE(p.casting, ''), p.chair, COALESCE(p.moderating_chair, ''), p.made_at, p.made_by,
       CASE WHEN living.recommendation_id IS NULL THEN 0 ELSE 1 END, substr(h.starts, 1, 10)
  FROM recommendation AS p
  JOIN meeting AS h ON h.reference = p.meeting_reference
  LEFT JOIN living_recommendation AS living ON living.recommendation_id = p.recommendation_id
"""

_DECIDED = """
SELECT d.decision_id, d.request_reference, COALESCE(d.meeting_reference, ''), d.recommendation_id, d.taken_back,
       COALESCE(d.outcome, ''), d.amount_pence, d.awarded_from, d.awarded_to, d.review_on, d.reason, d.officer,
       COALESCE(CASE WHEN n.ratified = 1 THEN n.meeting_reference ELSE 'not by ' || n.meeting_reference END, ''),
       COALESCE(l.dated_on, ''), d.made_at, d.made_by, CASE WHEN living.decision_id IS NULL THEN 0 ELSE 1 END,
       d.decided_on,
       COALESCE(d.settings_known, (SELECT COALESCE(MAX(e.setting_id), 0) FROM setting AS e
                                    WHERE e.set_at <= d.made_at)), d.wanted_by
  FROM decision AS d
  LEFT JOIN living_decision AS living ON living.decision_id = d.decision_id
  LEFT JOIN ratification AS n ON n.decision_id = d.decision_id
  LEFT JOIN decision_letter AS l ON l.decision_id = d.decision_id
"""

_REASONS = """
SELECT record, record_id, place, kind, text, owner, due_on FROM reason_line
 WHERE record = :record AND record_id = :number ORDER BY place
"""

# Of several rows about one interest the newest holds; of several about one person's presence too.
_SETTLED = """
SELECT i.request_reference, i.meeting_reference, i.urn, s.name, i.ground, i.state, i.reason
  FROM interest_settled AS i
  JOIN school AS s ON s.urn = i.urn
 WHERE i.meeting_reference = :meeting
   AND NOT EXISTS (SELECT 1 FROM interest_settled AS later
                    WHERE later.request_reference = i.request_reference
                      AND later.meeting_reference = i.meeting_reference AND later.urn = i.urn
                      AND later.ground = i.ground AND later.settled_id > i.settled_id)
 ORDER BY i.request_reference, s.name, i.ground
"""

_PRESENT = """
SELECT p.meeting_reference, p.cluster_reference, p.urn, COALESCE(s.name, p.office),
       CASE WHEN p.urn IS NULL THEN 0 ELSE 1 END
  FROM presence AS p
  LEFT JOIN school AS s ON s.urn = p.urn
 WHERE p.meeting_reference = :meeting AND p.cluster_reference = :cluster AND p.here = 1
   AND NOT EXISTS (SELECT 1 FROM presence AS later
                    WHERE later.meeting_reference = p.meeting_reference
                      AND later.cluster_reference = p.cluster_reference
                      AND COALESCE(later.urn, 0) = COALESCE(p.urn, 0)
                      AND LOWER(later.office) = LOWER(p.office) AND later.presence_id > p.presence_id)
 ORDER BY 5 DESC, 4
"""

_PANEL_INTERESTS = """
SELECT p.request_reference, p.meeting_reference, i.urn, s.name, i.ground, i.state, i.reason
  FROM recommendation_interest AS i
  JOIN recommendation AS p ON p.recommendation_id = i.recommendation_id
  JOIN school AS s ON s.urn = i.urn
 WHERE p.request_reference = :reference
 ORDER BY i.recommendation_id, s.name, i.ground
"""

# What became of a request besides its three records, each with its day and what was said of it.
_AFTERWARDS = """
SELECT r.withdrawn_on AS day, 'withdrawn' AS what, r.withdrawn_because AS note
  FROM request AS r WHERE r.reference = :reference AND r.withdrawn_on IS NOT NULL
UNION ALL
SELECT r.submitted_on, CASE WHEN r.resubmits IS NULL THEN 'renews ' ELSE 'resubmits ' END
       || COALESCE(r.resubmits, r.renews), ''
  FROM request AS r WHERE r.reference = :reference AND COALESCE(r.resubmits, r.renews) IS NOT NULL
UNION ALL
SELECT r.submitted_on, CASE WHEN r.renews = :reference THEN 'renewed by ' ELSE 'resubmitted as ' END || r.reference, ''
  FROM request AS r WHERE r.resubmits = :reference OR r.renews = :reference
UNION ALL
SELECT l.dated_on, 'letter', '' FROM decision_letter AS l JOIN decision AS d ON d.decision_id = l.decision_id
 WHERE d.request_reference = :reference
UNION ALL
SELECT SUBSTR(h.starts, 1, 10),
       CASE WHEN n.ratified = 1 THEN 'ratified by ' ELSE 'not ratified by ' END || n.meeting_reference, n.reason
  FROM ratification AS n JOIN decision AS d ON d.decision_id = n.decision_id
  JOIN meeting AS h ON h.reference = n.meeting_reference WHERE d.request_reference = :reference
UNION ALL
SELECT v.reviewed_on, 'reviewed: ' || CASE WHEN v.score > 0 THEN '+' ELSE '' END || v.score, v.note
  FROM review AS v WHERE v.request_reference = :reference
UNION ALL
SELECT a.holds_from, CASE WHEN s.name IS NULL THEN 'award ended' ELSE 'award moved to ' || s.name END, a.reason
  FROM award_change AS a LEFT JOIN school AS s ON s.urn = a.urn WHERE a.request_reference = :reference
 ORDER BY 1, 2
"""

_REVIEWS = """
SELECT review_id, request_reference, reviewed_on, score, note, next_on, made_at, made_by
  FROM review WHERE request_reference = :reference ORDER BY review_id
"""

# Where the child is now, and until when the money runs. A move is the child's, whatever is decided anew: that of the
# latest day holds, of several on a day the newest, as the payments go. An end is of the decision that it ended.
_AWARDS = """
SELECT r.reference, r.year, COALESCE(now.reference, r.cluster_reference), COALESCE(moved.urn, r.urn), s.name,
       d.outcome, d.amount_pence,
       d.awarded_from,
       CASE WHEN ended.holds_from IS NULL THEN d.awarded_to
            WHEN d.awarded_to IS NULL OR ended.holds_from < d.awarded_to THEN ended.holds_from
            ELSE d.awarded_to END,
       COALESCE(v.next_on, CASE WHEN v.review_id IS NULL THEN d.review_on END),
       CASE WHEN ended.holds_from IS NOT NULL AND ended.holds_from <= :day THEN 'ended'
            WHEN d.awarded_to IS NOT NULL AND d.awarded_to < :day THEN 'over'
            WHEN d.awarded_from IS NOT NULL AND d.awarded_from > :day THEN 'to come'
            ELSE 'running' END,
       v.score, CASE WHEN now.reference <> r.cluster_reference THEN r.cluster_reference ELSE '' END,
       d.made_at, d.decided_on,
       COALESCE(d.settings_known, (SELECT COALESCE(MAX(e.setting_id), 0) FROM setting AS e WHERE e.set_at <= d.made_at))
  FROM living_decision AS d
  JOIN request AS r ON r.reference = d.request_reference
  LEFT JOIN award_change AS moved ON moved.request_reference = d.request_reference AND moved.kind = 'moved'
        AND moved.holds_from <= :day
        AND NOT EXISTS (SELECT 1 FROM award_change AS later
                         WHERE later.request_reference = d.request_reference AND later.kind = 'moved'
                           AND later.holds_from <= :day
                           AND (later.holds_from > moved.holds_from
                                OR (later.holds_from = moved.holds_from
                                    AND later.award_change_id > moved.award_change_id)))
  LEFT JOIN cluster AS now ON now.cluster_id = (
            SELECT MIN(c.cluster_id) FROM cluster AS c JOIN membership AS m ON m.cluster_id = c.cluster_id
             WHERE c.year = r.year AND c.model = 'cross-phase' AND m.urn = moved.urn AND m.joined <= :day
               AND (m.left_on IS NULL OR m.left_on > :day))
  LEFT JOIN award_change AS ended ON ended.decision_id = d.decision_id AND ended.kind = 'ended'
  LEFT JOIN review AS v ON v.decision_id = d.decision_id
        AND NOT EXISTS (SELECT 1 FROM review AS later
                         WHERE later.decision_id = d.decision_id AND later.review_id > v.review_id)
  JOIN school AS s ON s.urn = COALESCE(moved.urn, r.urn)
 WHERE d.amount_pence IS NOT NULL
"""


def recommendations(ask: Ask, reference: str) -> list[RecommendationLine]:
    """Give every row of a request's recommendation, also those taken back, the oldest first."""
    sql = f"{_ADVISED} WHERE p.request_reference = :reference ORDER BY p.recommendation_id"
    return _advice(ask, sql, {"reference": reference})


def recommended_at(ask: Ask, meeting: str) -> list[RecommendationLine]:
    """Give the living recommendations of a panel, in the order in which they were made."""
    sql = f"{_ADVISED} WHERE p.meeting_reference = :meeting AND living.recommendation_id IS NOT NULL ORDER BY 1"
    return _advice(ask, sql, {"meeting": meeting})


def advice_standing(ask: Ask, reference: str) -> RecommendationLine | None:
    """Give a request's living recommendation."""
    return next((each for each in reversed(recommendations(ask, reference)) if each.living), None)


def decisions(ask: Ask, reference: str) -> list[DecisionLine]:
    """Give every row of a request's decision, also those taken back, the oldest first."""
    sql = f"{_DECIDED} WHERE d.request_reference = :reference ORDER BY d.decision_id"
    return _decisions(ask, sql, {"reference": reference})


def decision_standing(ask: Ask, reference: str) -> DecisionLine | None:
    """Give a request's living decision."""
    return next((each for each in reversed(decisions(ask, reference)) if each.living), None)


def decisions_living(ask: Ask, *, year: str | None = None, meeting: str | None = None) -> list[DecisionLine]:
    """Give the living decisions of a year or a meeting, by request."""
    where = ["living.decision_id IS NOT NULL"]
    wanted: dict[str, str] = {}
    if year is not None:
        where.append("EXISTS (SELECT 1 FROM request AS r WHERE r.reference = d.request_reference AND r.year = :year)")
        wanted["year"] = year
    if meeting is not None:
        where.append("d.meeting_reference = :meeting")
        wanted["meeting"] = meeting
    return _decisions(ask, f"{_DECIDED} WHERE {' AND '.join(where)} ORDER BY d.request_reference", wanted)


def to_ratify(ask: Ask, starts: str) -> list[DecisionLine]:
    """Give the living decisions made outside a meeting before a moment (UTC, ISO) that no panel has ratified.

    The day of a decision tells; of one made on the panel's own day the moment of writing tells too.
    """
    sql = f"""{_DECIDED}
     WHERE living.decision_id IS NOT NULL AND d.meeting_reference IS NULL AND n.decision_id IS NULL
     ORDER BY d.decision_id"""
    day = starts[:10]
    return [
        each
        for each in _decisions(ask, sql, {})
        if each.decided_on <= day and not (each.decided_on == each.made_at[:10] == day and each.made_at > starts)
    ]


def reasons(ask: Ask, record: Record, number: int) -> list[ReasonLine]:
    """Give the reasons recorded with one record, in their order."""
    return ask.all(ReasonLine, _REASONS, {"record": record.value, "number": number})


def afterwards(ask: Ask, reference: str) -> list[AfterwardsLine]:
    """Give what became of a request besides its three records, the earliest first."""
    return ask.all(AfterwardsLine, _AFTERWARDS, {"reference": reference})


def settled(ask: Ask, meeting: str, reference: str | None = None) -> list[InterestRow]:
    """Give what a meeting said of interests, of one request or of all."""
    rows = ask.all(InterestRow, _SETTLED, {"meeting": meeting})
    return [each for each in rows if reference in {None, each.request}]


def panel_interests(ask: Ask, reference: str) -> list[InterestRow]:
    """Give the interests recorded with each recommendation of a request."""
    return ask.all(InterestRow, _PANEL_INTERESTS, {"reference": reference})


def present(ask: Ask, meeting: str, cluster: str) -> list[PresenceLine]:
    """Give who sits over the requests of a meeting: of one cluster, or of the panel, whose cluster is ""."""
    return ask.all(_present, _PRESENT, {"meeting": meeting, "cluster": cluster})


def reviews(ask: Ask, reference: str) -> list[ReviewLine]:
    """Give the reviews of a request's awards, the oldest first."""
    return ask.all(ReviewLine, _REVIEWS, {"reference": reference})


def awards(ask: Ask, day: date, *, reference: str | None = None, year: str | None = None) -> list[AwardLine]:
    """Give the awards that stand, as they are on a day, by the day on which they end."""
    wanted: dict[str, str] = {"day": day.isoformat()}
    where = ""
    if reference is not None:
        where, wanted["reference"] = " AND r.reference = :reference", reference
    if year is not None:
        where, wanted["year"] = f"{where} AND r.year = :year", year
    told: Parameters = wanted
    means = _meanings(ask)

    def award(*row: Any) -> AwardLine:
        made_at, decided_on, known = row[-3:]
        told = (*row[:-4], means(awarding.decided_on(decided_on, made_at), known), row[-4])
        return AwardLine(*told)

    return ask.all(award, f"{_AWARDS}{where} ORDER BY 9, 1", told)


def criteria(ask: Ask, day: date) -> tuple[str, ...]:
    """Give the criteria that reasons may name on a day."""
    return conduct.listed(word_on(ask, "award.criteria", day))


def _advice(ask: Ask, sql: str, wanted: Parameters) -> list[RecommendationLine]:
    setting = dated(ask, awarding.SETTING)

    def line(*row: Any) -> RecommendationLine:
        votes = "" if row[9] is None else f"{row[9]}-{row[10]}-{row[11]}"
        means = awarding.means_on(setting, date.fromisoformat(row[18])).value
        return RecommendationLine(
            *(*row[:3], bool(row[3]), *row[4:9], votes, *row[12:17], bool(row[17]), means, row[18])
        )

    return ask.all(line, sql, wanted)


def _decisions(ask: Ask, sql: str, wanted: Parameters) -> list[DecisionLine]:
    means = _meanings(ask)

    def line(*row: Any) -> DecisionLine:
        day = awarding.decided_on(row[17], row[14])
        told = (*row[:4], bool(row[4]), *row[5:16], bool(row[16]), means(day, row[18]), day.isoformat(), row[19])
        return DecisionLine(*told)

    return ask.all(line, sql, wanted)


def _meanings(ask: Ask) -> Callable[[date, int], str]:
    """Give what tells the meaning of an amount by the day of its decision and the settings that were known then."""
    told: dict[tuple[date, int], str] = {}

    def means(day: date, known: int) -> str:
        if (day, known) not in told:
            told[day, known] = word_on(ask, awarding.SETTING, day, known)
        return told[day, known]

    return means


def _present(*row: Any) -> PresenceLine:
    return PresenceLine(row[0], row[1], row[2], row[3], bool(row[4]))
