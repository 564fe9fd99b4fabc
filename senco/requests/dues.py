"""What is to be done by when: letters, reviews, ends of awards, advice, information, ratifications. It only asks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from senco.requests import records
from senco.requests.deadlines import working_days_after
from senco.requests.outcomes import DueLine
from senco.settings.questions import number_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from senco.requests.outcomes import DecisionLine
    from senco.store.doors import Ask

_SCHOOLS = """
SELECT r.reference, s.name, r.cluster_reference FROM request AS r JOIN school AS s ON s.urn = r.urn
"""
_ADVICE = """
SELECT d.request_reference, a.owner, a.due_on
  FROM reason_line AS a
  JOIN living_decision AS d ON d.decision_id = a.record_id
 WHERE a.record = 'decision' AND a.due_on IS NOT NULL
UNION ALL
SELECT m.request_reference, a.owner, a.due_on
  FROM reason_line AS a
  JOIN living_moderation AS m ON m.moderation_id = a.record_id
  JOIN request AS r ON r.reference = m.request_reference
 WHERE a.record = 'moderation' AND a.due_on IS NOT NULL AND r.withdrawn_on IS NULL
"""
_NEXT_PANEL = """
SELECT reference, starts FROM meeting
 WHERE kind = 'panel' AND status <> 'cancelled' AND starts >= :after ORDER BY starts LIMIT 1
"""


def dues(ask: Ask, today: date, until: date | None = None) -> list[DueLine]:
    """Give everything that is due by a day, what is overdue with it, the earliest first."""
    last = until or today + timedelta(days=number_on(ask, "due.ahead", today))
    places = {reference: (school, cluster) for reference, school, cluster in ask.all(_three, _SCHOOLS)}
    found = [*_of_awards(ask, today)]
    for line in records.decisions_living(ask):
        school, cluster = places[line.request]
        found.extend(
            DueLine(due, what, line.request, school, cluster, who, due < today.isoformat())
            for due, what, who in _of_decision(ask, line)
        )
    for reference, owner, due in ask.all(_three, _ADVICE):
        school, cluster = places[reference]
        found.append(DueLine(due, "advice", reference, school, cluster, owner, due < today.isoformat()))
    chosen = [each for each in found if each.due_on <= last.isoformat()]
    return sorted(chosen, key=lambda each: (each.due_on, each.request, each.what, each.who))


def _of_awards(ask: Ask, today: date) -> Iterator[DueLine]:
    for award in records.awards(ask, today):
        if award.state == "ended":
            continue
        # An award that is over and was never looked at still wants its review: without one nothing renews it.
        unseen = award.state != "over" or award.score is None
        ends = award.awarded_to if award.state != "over" else None
        for due, what in ((award.review_on if unseen else None, "review"), (ends, "award ends")):
            if due is not None:
                late = due < today.isoformat()
                yield DueLine(due, what, award.request, award.school, award.cluster, "", late, award.moved_from)


def _of_decision(ask: Ask, line: DecisionLine) -> Iterator[tuple[str, str, str]]:
    made = date.fromisoformat(line.decided_on)
    if not line.letter_on:
        days = number_on(ask, "decision.notice", made)
        yield working_days_after(made, days).isoformat(), "letter", line.officer
    if line.wanted_by:
        advice = records.advice_standing(ask, line.request)
        if advice is None or advice.number == line.recommendation:  # else the panel has heard it again
            yield line.wanted_by, "information", line.officer
    if not line.meeting and not line.ratified:
        panel = ask.one(lambda reference, starts: (reference, starts[:10]), _NEXT_PANEL, {"after": made.isoformat()})
        yield (panel[1], "ratify", panel[0]) if panel else (made.isoformat(), "ratify", "no panel is planned")


def _three(first: str, second: str, third: str) -> tuple[str, str, str]:
    return first, second, third
