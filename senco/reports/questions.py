"""What a term's report asks the store: each kind of record once and whole, however many requests there are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from senco.budget.rules import months_gone
from senco.clusters import questions as clusters
from senco.dates import AcademicYear
from senco.meetings import term_questions
from senco.reports import meeting_questions, money_questions, rules
from senco.reports.facts import Advice, Asked, ClusterFacts, Reviewed, Ruling, TermFacts, Viewed
from senco.requests import areas, awarding
from senco.requests.deadlines import working_days_after
from senco.settings.questions import dated, number_on, word_on
from senco.settings.rules import groups_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.reports.facts import TermSpan
    from senco.store.doors import Ask

_ASKED = """
SELECT r.reference, r.cluster_reference, r.type, COALESCE(r.year_group, ''), COALESCE(n.code, ''), r.submitted_on,
       r.withdrawn_on, CASE WHEN r.meeting_reference IS NULL THEN 0 ELSE 1 END, r.asked_pence
  FROM request AS r
  LEFT JOIN request_need AS n ON n.request_reference = r.reference AND n.rank = (
       SELECT MIN(first.rank) FROM request_need AS first WHERE first.request_reference = r.reference)
 WHERE r.submitted_on <= :day
 ORDER BY r.submitted_on, r.reference
"""

# What a later row took back was never there; what a later meeting took the place of stood until that meeting.
_VIEWED = """
SELECT m.request_reference, SUBSTR(t.starts, 1, 10), SUBSTR(u.starts, 1, 10), m.outcome, m.level
  FROM moderation AS m
  JOIN meeting AS t ON t.reference = m.meeting_reference
  LEFT JOIN moderation AS later ON later.supersedes = m.moderation_id
  LEFT JOIN meeting AS u ON u.reference = later.meeting_reference
 WHERE m.taken_back = 0 AND COALESCE(later.taken_back, 0) = 0 AND SUBSTR(t.starts, 1, 10) <= :day
 ORDER BY m.moderation_id
"""
_ADVICE = """
SELECT p.recommendation_id, p.request_reference, SUBSTR(t.starts, 1, 10), SUBSTR(u.starts, 1, 10), p.outcome,
       p.amount_pence, COALESCE(m.level, '')
  FROM recommendation AS p
  JOIN meeting AS t ON t.reference = p.meeting_reference
  LEFT JOIN moderation AS m ON m.moderation_id = p.moderation_id
  LEFT JOIN recommendation AS later ON later.supersedes = p.recommendation_id
  LEFT JOIN meeting AS u ON u.reference = later.meeting_reference
 WHERE p.taken_back = 0 AND COALESCE(later.taken_back, 0) = 0 AND SUBSTR(t.starts, 1, 10) <= :day
 ORDER BY p.recommendation_id
"""
_RULINGS = """
SELECT d.decision_id, d.request_reference, COALESCE(d.decided_on, SUBSTR(t.starts, 1, 10), SUBSTR(d.made_at, 1, 10)),
       CASE WHEN later.decision_id IS NOT NULL
            THEN COALESCE(later.decided_on, SUBSTR(u.starts, 1, 10), SUBSTR(later.made_at, 1, 10)) END,
       d.outcome, d.amount_pence, d.review_on, d.awarded_to, e.holds_from, l.dated_on, SUBSTR(f.due, 1, 10),
       d.recommendation_id, COALESCE(p.outcome, ''), p.amount_pence, COALESCE(m.level, '')
  FROM decision AS d
  LEFT JOIN meeting AS t ON t.reference = d.meeting_reference
  LEFT JOIN decision AS later ON later.supersedes = d.decision_id
  LEFT JOIN meeting AS u ON u.reference = later.meeting_reference
  LEFT JOIN recommendation AS p ON p.recommendation_id = d.recommendation_id
  LEFT JOIN moderation AS m ON m.moderation_id = p.moderation_id
  LEFT JOIN decision_letter AS l ON l.decision_id = d.decision_id
  LEFT JOIN meeting_deadline AS f ON f.meeting_reference = d.meeting_reference AND f.kind = 'notice'
  LEFT JOIN award_change AS e
    ON e.request_reference = d.request_reference AND e.decision_id = d.decision_id AND e.kind = 'ended'
 WHERE d.taken_back = 0 AND COALESCE(later.taken_back, 0) = 0
   AND COALESCE(d.decided_on, SUBSTR(t.starts, 1, 10), SUBSTR(d.made_at, 1, 10)) <= :day
 ORDER BY d.decision_id
"""
_REVIEWED = """
SELECT decision_id, reviewed_on, score, next_on FROM review WHERE reviewed_on <= :day ORDER BY review_id
"""
_BEGAN = """
SELECT MIN(began) FROM (SELECT MIN(submitted_on) AS began FROM request
                         UNION ALL SELECT MIN(SUBSTR(starts, 1, 10)) FROM meeting) AS either
"""


def term_span(ask: Ask, year: str, term: str) -> TermSpan:
    """Give a term's first and last day as the borough's own term dates have them, else as the calendar has."""
    lines = term_questions.spans(ask, year, la_code=term_questions.own_la(ask, year))
    return next(each for each in rules.spans_of(year, lines) if each.term == term)


def terms_before(ask: Ask, year: str, term: str) -> tuple[TermSpan, ...]:
    """Give the terms that one is compared with, the oldest first.

    These are the terms of its own year, which make up the year so far, and those since the store's first record.
    """
    began = ask.value(_BEGAN)
    found = [term_span(ask, *each) for each in rules.before(year, term)]
    return tuple(each for each in found if each.year == year or (began is not None and began <= each.last.isoformat()))


def term_facts(ask: Ask, *, year: str, term: str, day: date) -> TermFacts:
    """Give all that a term's report is made from; the report's day is the one asked for, or the term's last before it.

    Money, time, stages and clusters are as they stood on that day, events are those of the term up to it. BadInput
    ``year.unreadable`` for what is no academic year.
    """
    year = str(AcademicYear.parse(year))
    span = term_span(ask, year, term)
    on = min(day, span.last)
    told = {"day": on.isoformat()}
    before = terms_before(ask, year, term)
    rulings = _rulings(ask, on)
    funds = money_questions.funds(ask, year, on, {each.number for each in rulings if rules.lives(each, told["day"])})
    return TermFacts(
        borough=word_on(ask, "la.name", on),
        span=span,
        day=on,
        running=day < span.last,
        before=before,
        clusters=_clusters(ask, year, on),
        requests=_requests(ask, told),
        views=tuple(ask.all(Viewed, _VIEWED, told)),
        advice=tuple(ask.all(Advice, _ADVICE, told)),
        rulings=rulings,
        reviews=tuple(ask.all(Reviewed, _REVIEWED, told)),
        meetings=meeting_questions.meetings(ask, year, span),
        seats=meeting_questions.seats(ask, (*before, span), on),
        funds=funds,
        time=money_questions.time(ask, year, on),
        areas=tuple(groups_of(word_on(ask, areas.SETTING, on)).items()),
        notice_days=number_on(ask, "decision.notice", on),
        means=_meanings(ask, rulings, span),
        months=months_gone(on, AcademicYear.parse(year).starts),
    )


def _clusters(ask: Ask, year: str, day: date) -> tuple[ClusterFacts, ...]:
    members = clusters.all_members(ask, year, day)
    return tuple(
        ClusterFacts(each.reference, each.model, tuple(one for one in members if one.cluster == each.reference))
        for each in clusters.clusters(ask, year, day)
    )


def _rulings(ask: Ask, on: date) -> tuple[Ruling, ...]:
    """Give the officer's decisions, each with the day by which it is to be told by the rule of its own day."""
    notice: dict[str, str] = {}

    def line(*row: Any) -> Ruling:
        day, awarded_to, ended, fixed = row[2], row[7], row[8], row[10]
        if fixed is None and day not in notice:
            made = date.fromisoformat(day)
            notice[day] = working_days_after(made, number_on(ask, "decision.notice", made)).isoformat()
        ends = min((each for each in (awarded_to, ended) if each is not None), default=None)
        told: tuple[Any, ...] = (*row[:7], ends, row[9], fixed or notice[day], *row[11:])
        return Ruling(*told)

    return tuple(ask.all(line, _RULINGS, {"day": on.isoformat()}))


def _requests(ask: Ask, told: dict[str, str]) -> tuple[Asked, ...]:
    """Give the requests, each with the area that its first need was given by on the day it came in."""
    vocabulary = dated(ask, areas.SETTING)

    def line(*row: Any) -> Asked:
        area = areas.area_of(row[4], vocabulary.on(date.fromisoformat(row[5]))) or rules.NO_AREA
        told: tuple[Any, ...] = (*row[:5], area, *row[5:7], bool(row[7]), row[8])
        return Asked(*told)

    return tuple(ask.all(line, _ASKED, told))


def _meanings(ask: Ask, rulings: Sequence[Ruling], span: TermSpan) -> frozenset[str]:
    """Give what the amounts awarded in a term mean, each by the setting of the day of its decision."""
    setting = dated(ask, awarding.SETTING)
    days = {each.day for each in rulings if rules.DECIDED[each.outcome] == "agreed"}
    return frozenset(
        str(awarding.means_on(setting, on)) for on in map(date.fromisoformat, days) if span.first <= on <= span.last
    )
