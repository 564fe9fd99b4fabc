"""How a case lies before a live panel and before the officer. It only reads.

While somebody with an interest is in the room, `places` is all that is asked: a number, a reference and who leaves. The
content of a case is another question, `panel_case`, put when they have left.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from senco.dates import say_date
from senco.requests import agendas, awarding, conduct, contribution, panels, questions, records
from senco.requests.kinds import Stage
from senco.requests.live_kinds import LiveSummary, Matter, OfficerCase, OutsideCase, PanelCase, Place, Seat
from senco.requests.outcomes import Record
from senco.settings.questions import number_on, word_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from senco.meetings.kinds import MeetingLine
    from senco.requests.outcomes import RecommendationLine
    from senco.store.doors import Ask

Settled = tuple[str, int | None, str]

_EVIDENCE = """
SELECT kind, title, dated, reviewed_on FROM request_evidence WHERE request_reference = :reference ORDER BY place
"""

# What waits for the officer: advice that stands, that no decision answers, on a request that is neither decided nor
# withdrawn.
_WAITING = """
SELECT p.recommendation_id, p.request_reference, p.meeting_reference
  FROM living_recommendation AS p
  JOIN request AS r ON r.reference = p.request_reference
 WHERE r.withdrawn_on IS NULL
   AND NOT EXISTS (SELECT 1 FROM living_decision AS d
                    WHERE d.request_reference = p.request_reference
                      AND (d.outcome <> 'deferred' OR d.recommendation_id = p.recommendation_id))
 ORDER BY p.recommendation_id
"""


def places(ask: Ask, meeting: str) -> list[Place]:
    """Give a panel's cases in the order of its agenda, each with the number it had when the panel began."""
    items = agendas.agenda(ask, meeting, whole=True).items
    heard = {each.request for each in records.recommended_at(ask, meeting)}
    return [Place(each.number, len(items), each.reference, each.interests, each.reference in heard) for each in items]


def matter(ask: Ask, reference: str, day: date) -> Matter:
    """Give the content of a case, as the borough's settings of a day have it judged."""
    case = questions.case_named(ask, reference)
    found = next((each for each in reversed(questions.moderations(ask, case.reference)) if each.living), None)
    return Matter(
        case=case,
        found=found,
        found_reasons=tuple(records.reasons(ask, Record.MODERATION, found.number)) if found else (),
        evidence=tuple(ask.all(_paper, _EVIDENCE, {"reference": case.reference})),
        criteria=records.criteria(ask, day),
        full=word_on(ask, "award.reasons", day) == "full",
        cap_pence=number_on(ask, "award.cap", day),
        threshold_pence=number_on(ask, "threshold", day),
        threshold_means=word_on(ask, "threshold.means", day),
        element2_pence=number_on(ask, "element2", day),
        element2_group=word_on(ask, contribution.SETTING, day),
        means=word_on(ask, awarding.SETTING, day),
    )


def panel_case(ask: Ask, panel: MeetingLine, place: Place, *, chair: str, moderating_chair: str) -> PanelCase:
    """Give a case as it lies before a panel; ``moderating_chair`` takes the chair where the chair has an interest."""
    day = date.fromisoformat(panel.starts[:10])
    told = matter(ask, place.reference, day)
    asked = panels.rules_on(ask, day, panel=True)
    interests = panels.interests_in(ask, told.case, panel)
    out, silent = conduct.stay_out(interests, lead=asked.lead), conduct.no_vote(interests, lead=asked.lead)
    held = (panel.reference, "")
    members = {each.host.urn: each.host.name for each in panels.leads(ask, told.case.year, day)}
    moderating = moderating_chair if panels.why_not_chaired(ask, told.case, panel, chair, "") else ""
    earlier = records.advice_standing(ask, told.case.reference)
    return PanelCase(
        meeting=panel.reference,
        place=place,
        matter=told,
        earlier=earlier if earlier and earlier.meeting != panel.reference else None,
        silent=tuple(dict.fromkeys(each.school for each in interests if each.urn in silent - out)),
        chair=chair,
        moderating_chair=moderating,
        chair_trouble=panels.why_not_chaired(ask, told.case, panel, chair, moderating) or "",
        trouble=panels.why_no_quorum(ask, held, asked.quorum, members=members, silent=silent) or "",
        voters=panels.voters(ask, held, silent),
        counted=asked.counted,
        casting=asked.casting,
    )


def seats(ask: Ask, panel: MeetingLine) -> list[Seat]:
    """Give those who may sit on a panel."""
    day = date.fromisoformat(panel.starts[:10])
    return [Seat(each.cluster, each.person, each.host.urn, each.host.name)
            for each in panels.leads(ask, panel.year, day)]  # fmt: skip


def outside(ask: Ask, panel: MeetingLine) -> list[OutsideCase]:
    """Give the decisions made outside a meeting that wait for a panel to ratify them."""
    waiting = records.to_ratify(ask, panel.starts_utc)
    return [OutsideCase(panel.reference, questions.case_named(ask, each.request), each) for each in waiting]


def awaiting(ask: Ask, meeting: str = "") -> list[str]:
    """Give the requests whose advice waits for the officer, in the order in which it was given, of one panel or all."""
    rows = ask.all(lambda _, request, held: (request, held), _WAITING)
    return [request for request, held in rows if meeting in {"", held}]


def officer_case(ask: Ask, reference: str, day: date) -> OfficerCase:
    """Give a case as it lies before the officer on a day: advice stands, or it would not wait."""
    told = matter(ask, reference, day)
    (advice,) = [each for each in records.recommendations(ask, told.case.reference) if each.living]
    return OfficerCase(told, advice, tuple(records.reasons(ask, Record.RECOMMENDATION, advice.number)))


def urgent_outside(ask: Ask, day: date) -> list[str]:
    """Give the urgent requests that an officer may decide without a panel's advice, if the borough lets one."""
    if word_on(ask, "decide.outside", day) == "none":
        return []
    early = {Stage.SUBMITTED, Stage.LISTED, Stage.MODERATED}
    return [each.reference for each in questions.requests(ask) if each.urgent and each.stage in early]


def summary(
    meeting: str, settled: Iterable[Settled], *, recorded: int, taken_back: int, skipped: int, left: int
) -> LiveSummary:
    """Give how a sitting stands; ``settled`` are outcomes with their amounts and what these mean."""
    told = list(settled)
    agreed: dict[str, int] = {}
    for _, pence, means in told:
        if pence is not None:
            agreed[means] = agreed.get(means, 0) + pence
    return LiveSummary(
        meeting=meeting,
        recorded=recorded,
        taken_back=taken_back,
        skipped=skipped,
        left=left,
        agreed_pence=agreed,
        outcomes=dict(sorted(Counter(outcome for outcome, *_ in told).items())),
    )


def newest_at(ask: Ask, meeting: str) -> RecommendationLine | None:
    """Give the newest living recommendation of a panel."""
    return next(reversed(records.recommended_at(ask, meeting)), None)


def _paper(kind: str, title: str, dated: str | None, reviewed: str | None) -> str:
    days = [say_date(date.fromisoformat(day)) for day in (dated,) if day]
    days += [f"reviewed {say_date(date.fromisoformat(reviewed))}"] if reviewed else []
    return f"{kind}: {title}" + (f" ({', '.join(days)})" if days else "")
