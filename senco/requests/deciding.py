"""What changes the second and third record: the panel's advice, the officer's decision, withdrawal, ratification."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from senco.dates import say_date
from senco.errors import BadInput, Refused
from senco.requests import awaiting, awarding, conduct, panels, questions, records
from senco.requests.awarding import AwardMeans
from senco.requests.contradictions import why_not_yet
from senco.requests.deadlines import why_not_decided_on
from senco.requests.kinds import Stage
from senco.requests.outcomes import Advised, Decided, Reason, ReasonKind, Record, Verdict
from senco.requests.reasoning import lines_told, reason_told, write_reasons
from senco.requests.tables import (
    Decision,
    Ratification,
    Recommendation,
    RecommendationInterest,
    Request,
)
from senco.settings.questions import newest_setting, number_on, word_on

if TYPE_CHECKING:
    from senco.meetings.kinds import MeetingLine
    from senco.requests.kinds import CaseLine
    from senco.requests.outcomes import DecisionLine, RecommendationLine
    from senco.store.doors import Change

REVIEW_BEFORE = "review.before"
Told = TypeVar("Told", Advised, Decided)


def recommend(change: Change, word: str, advised: Advised, today: date, *, meeting: str = "") -> RecommendationLine:
    """Record what the panel advises on a request; ``meeting`` is the one it is on the agenda of by default.

    Raises Refused ``requests.not-to-recommend``, ``requests.not-yet``, ``requests.not-held-so``, ``requests.no-panel``,
    BadInput ``requests.bad-award`` and ``requests.bad-reason``, NotFound ``requests.unknown``, and what `panel_named`
    raises.
    """
    case = questions.case_named(change.ask, word)
    if not (meeting or case.panel):
        raise Refused(
            "requests.no-panel", f"{case.reference} is on no panel's agenda.", "Name the panel with --meeting."
        )
    panel = panels.panel_named(change.ask, meeting or case.panel)
    line = write_recommendation(change, case, panel, advised, today)
    change.record(f"request {case.reference}", outcome=line.outcome, meeting=line.meeting)
    return line


def write_recommendation(
    change: Change, case: CaseLine, panel: MeetingLine, advised: Advised, today: date, *, instead: bool = False
) -> RecommendationLine:
    """Write the panel's advice without a line in the trail: it is part of a change that leaves one.

    ``instead`` lets it take the place of the advice that stands. Raises as `recommend` does.
    """
    ask = change.ask
    stage = Stage.MODERATED if instead and case.stage == Stage.RECOMMENDED else Stage(case.stage)
    if why := conduct.why_not_recommend(stage, urgent=case.urgent):
        raise Refused("requests.not-to-recommend", f"{case.reference} cannot go so far: {why}. Nothing changed.")
    day = date.fromisoformat(panel.starts[:10])
    if why := why_not_yet(day, today):
        raise Refused("requests.not-yet", f"{case.reference} cannot be advised on yet: {why}. Nothing changed.")
    full = completed(case, advised)
    if why := panels.why_not_held(ask, case, panel, full):
        raise Refused("requests.not-held-so", f"{case.reference} cannot be advised on so: {why}. Nothing changed.")
    reason, lines = _said(change, case, full, day, today)
    before = records.recommendations(ask, case.reference)
    moderation = next((each for each in reversed(questions.moderations(ask, case.reference)) if each.living), None)
    row = change.add(
        Recommendation,
        request_reference=case.reference,
        request_version=case.version,
        meeting_reference=panel.reference,
        moderation_id=moderation.number if moderation else None,
        supersedes=before[-1].number if before else None,
        taken_back=0,
        outcome=full.verdict.value,
        amount_pence=full.amount_pence,
        awarded_from=_iso(full.awarded_from),
        awarded_to=_iso(full.awarded_to),
        reason=reason,
        votes_for=full.votes.in_favour if full.votes else None,
        votes_against=full.votes.against if full.votes else None,
        votes_abstained=full.votes.abstained if full.votes else None,
        chair=full.chair.strip(),
        moderating_chair=full.moderating_chair.strip() or None,
        made_at=change.stamp,
        made_by=change.actor,
        reason_lines=len(lines),
        casting=full.casting.value if full.casting else None,
    )
    change.flush()
    number = row.recommendation_id or 0
    write_reasons(change, Record.RECOMMENDATION, number, lines)
    for each in panels.interests_in(ask, case, panel):
        change.add(
            RecommendationInterest,
            recommendation_id=number,
            urn=each.urn,
            ground=each.ground,
            state=each.state,
            reason=each.reason,
        )
    change.flush()
    return records.recommendations(ask, case.reference)[-1]


def take_back_recommendation(change: Change, word: str, reason: str, today: date) -> RecommendationLine:
    """Take the panel's advice back by a row that supersedes it and says why.

    Raises Refused ``requests.not-to-take-back``, BadInput ``requests.bad-reason``, NotFound ``requests.unknown``.
    """
    ask = change.ask
    case = questions.case_named(ask, word)
    last, decision = records.advice_standing(ask, case.reference), records.decision_standing(ask, case.reference)
    answered = last is not None and decision is not None and decision.recommendation == last.number
    if last is None or answered or case.stage not in {Stage.RECOMMENDED, Stage.DEFERRED}:
        why = "the officer has answered it" if answered else "no advice of a panel stands and waits for the officer"
        raise Refused("requests.not-to-take-back", f"Nothing of {case.reference} is taken back: {why}.")
    change.add(
        Recommendation,
        request_reference=case.reference,
        request_version=case.version,
        meeting_reference=last.meeting,
        supersedes=last.number,
        taken_back=1,
        reason=reason_told(reason, today),
        chair=last.chair,
        moderating_chair=last.moderating_chair or None,
        made_at=change.stamp,
        made_by=change.actor,
    )
    change.record(f"request {case.reference}", outcome=last.outcome, meeting=last.meeting)
    change.flush()
    return records.recommendations(ask, case.reference)[-1]


def decide(change: Change, word: str, decided: Decided, today: date, on: date | None = None) -> DecisionLine:
    """Record what the Designated Officer decides: with the panel's advice, or outside a meeting, to be ratified.

    ``on`` is the day of a decision that is typed in late. Raises Refused ``requests.not-to-decide`` and
    ``requests.not-yet``, BadInput ``requests.bad-day``, ``requests.bad-award`` and ``requests.bad-reason``, NotFound
    ``requests.unknown``.
    """
    line = write_decision(change, questions.case_named(change.ask, word), decided, today, on)
    late = {} if on in {None, today} else {"decided_on": line.decided_on}
    change.record(f"request {line.request}", outcome=line.outcome, meeting=line.meeting or "outside a meeting", **late)
    return line


def write_decision(
    change: Change, case: CaseLine, decided: Decided, today: date, on: date | None = None
) -> DecisionLine:
    """Write the officer's decision without a line in the trail: it is part of a change that leaves one."""
    ask, day = change.ask, on or today
    advice = records.advice_standing(ask, case.reference)
    before = records.decisions(ask, case.reference)
    answered = bool(advice and before and before[-1].living and before[-1].recommendation == advice.number)
    outside = word_on(ask, "decide.outside", day)
    stage = Stage(case.stage)
    why = conduct.why_not_decide(
        stage, advised=advice is not None and not answered, urgent=case.urgent and advice is None, outside=outside
    )
    if answered and stage is Stage.DEFERRED:
        why = "it is deferred, and the panel has not heard it again"
    if why:
        raise Refused("requests.not-to-decide", f"{case.reference} cannot be decided: {why}. Nothing changed.")
    earliest = {
        "submitted": case.submitted_on,
        "panel": advice.day if advice else "",
        "before": before[-1].decided_on if before and before[-1].living else "",
    }
    if on is not None and (why := why_not_decided_on(on, today, **earliest)):
        raise BadInput("requests.bad-day", f"{case.reference} cannot have been decided then: {why}. Nothing changed.")
    if advice and (why := why_not_yet(date.fromisoformat(advice.day), day)):
        raise Refused("requests.not-yet", f"{case.reference} cannot be decided yet: {why}. Nothing changed.")
    full = completed(case, decided)
    if full.verdict.awards and full.awarded_to and full.review_on is None:
        full = replace(full, review_on=_review_day(change, full.awarded_to, today))
    wanted_by = full.wanted_by or (awaiting.wanted_by(ask, day) if full.verdict is Verdict.DEFERRED else None)
    if full.wanted_by and (full.verdict is not Verdict.DEFERRED or full.wanted_by <= day):
        why = "it is not after the decision" if full.verdict is Verdict.DEFERRED else "nothing is deferred for it"
        raise BadInput("requests.bad-award", f"{case.reference}: a day is set for information, but {why}.")
    if not full.officer.strip():
        raise BadInput("requests.bad-award", f"{case.reference} cannot be decided: the officer is not named.")
    if full.review_on and not full.verdict.awards:
        raise BadInput("requests.bad-award", f"{case.reference}: a review is planned, but nothing is agreed.")
    reason, lines = _said(change, case, full, day, today)
    row = change.add(
        Decision,
        request_reference=case.reference,
        request_version=case.version,
        meeting_reference=advice.meeting if advice else None,
        recommendation_id=advice.number if advice else None,
        supersedes=before[-1].number if before else None,
        taken_back=0,
        outcome=full.verdict.value,
        amount_pence=full.amount_pence,
        awarded_from=_iso(full.awarded_from),
        awarded_to=_iso(full.awarded_to),
        review_on=_iso(full.review_on),
        reason=reason,
        officer=full.officer.strip(),
        made_at=change.stamp,
        made_by=change.actor,
        reason_lines=len(lines),
        decided_on=day.isoformat(),
        settings_known=newest_setting(ask),
        wanted_by=_iso(wanted_by),
    )
    change.flush()
    write_reasons(change, Record.DECISION, row.decision_id or 0, lines)
    change.flush()
    return records.decisions(ask, case.reference)[-1]


def decide_as_advised(
    change: Change, word: str, officer: str, today: date, on: date | None = None
) -> list[DecisionLine]:
    """Decide every request that a panel advised on and nobody has decided, each as the panel advised.

    A decision has reasons of its own, the same as the panel's; ``on`` is its day as for `decide`.

    Raises Refused ``requests.nothing-to-decide``, ``requests.means-changed`` when an amount would mean something else
    by now, and what `decide` raises.
    """
    panel = panels.panel_named(change.ask, word)
    done: list[DecisionLine] = []
    for advice in records.recommended_at(change.ask, panel.reference):
        case = questions.case_named(change.ask, advice.request)
        before = records.decision_standing(change.ask, case.reference)
        if case.stage == Stage.DECIDED or (before and before.recommendation == advice.number):
            continue
        done.append(write_decision(change, case, as_advised(change, advice, officer, on or today), today, on))
    if not done:
        raise Refused(
            "requests.nothing-to-decide",
            f"No advice of {panel.reference} waits for the officer.",
            "`senco requests list --stage recommended` shows what waits.",
        )
    change.record(
        f"panel {panel.reference}", decided=len(done), awards=sum(each.amount_pence is not None for each in done)
    )
    return done


def as_advised(change: Change, advice: RecommendationLine, officer: str, today: date) -> Decided:
    """Give the decision that follows a recommendation in everything.

    Raises Refused ``requests.means-changed`` when its amount would mean something else by now.
    """
    means = AwardMeans(word_on(change.ask, awarding.SETTING, today))
    if advice.amount_pence is not None and advice.means != means:
        raise Refused(
            "requests.means-changed",
            f"{advice.meeting} agreed amounts {AwardMeans(advice.means).per}, and since then an amount is meant"
            f" {means.per} (award.means). Nothing changed.",
            "Decide each request by itself, with its amount.",
        )
    told = records.reasons(change.ask, Record.RECOMMENDATION, advice.number)
    return Decided(
        verdict=Verdict(advice.outcome),
        reason=advice.reason,
        officer=officer,
        amount_pence=advice.amount_pence,
        awarded_from=_day(advice.awarded_from),
        awarded_to=_day(advice.awarded_to),
        reasons=tuple(Reason(ReasonKind(each.kind), each.text, each.owner, each.due_on) for each in told),
    )


def take_back_decision(change: Change, word: str, reason: str, today: date) -> DecisionLine:
    """Take a decision back by a row that supersedes it and says why.

    Raises Refused ``requests.not-to-take-back``, BadInput ``requests.bad-reason``, NotFound ``requests.unknown``.
    """
    ask = change.ask
    case = questions.case_named(ask, word)
    last = records.decision_standing(ask, case.reference)
    advice = records.advice_standing(ask, case.reference)
    newer = last is not None and advice is not None and advice.number != last.recommendation
    if last is None or newer or case.withdrawn_on is not None:
        why = "the panel has advised anew since" if newer else "no decision stands"
        if case.withdrawn_on is not None:
            why = "its school has withdrawn it"
        raise Refused("requests.not-to-take-back", f"Nothing of {case.reference} is taken back: {why}.")
    change.add(
        Decision,
        request_reference=case.reference,
        request_version=case.version,
        meeting_reference=last.meeting or None,
        recommendation_id=last.recommendation,
        supersedes=last.number,
        taken_back=1,
        reason=reason_told(reason, today),
        officer=last.officer,
        made_at=change.stamp,
        made_by=change.actor,
        decided_on=today.isoformat(),
        settings_known=newest_setting(ask),
    )
    change.record(f"request {case.reference}", outcome=last.outcome)
    change.flush()
    return records.decisions(ask, case.reference)[-1]


def withdraw(change: Change, word: str, reason: str, today: date) -> CaseLine:
    """Withdraw a request for good, as its school wishes, with the reason.

    Raises Refused ``requests.not-to-withdraw``, BadInput ``requests.bad-reason``, NotFound ``requests.unknown``.
    """
    case = questions.case_named(change.ask, word)
    if why := conduct.why_not_withdraw(Stage(case.stage)):
        raise Refused("requests.not-to-withdraw", f"{case.reference} cannot be withdrawn: {why}. Nothing changed.")
    told = reason_told(reason, today)
    row = change.session.get_one(Request, case.reference)
    row.withdrawn_on, row.withdrawn_because, row.version = today.isoformat(), told, row.version + 1
    change.record(f"request {case.reference}", stage=case.stage)
    change.flush()
    return questions.case_named(change.ask, case.reference)


def ratify(change: Change, word: str, today: date, *, meeting: str, refused: bool, reason: str) -> DecisionLine:
    """Record that a panel ratified a decision made outside a meeting, or that it did not and why.

    Raises Refused ``requests.not-to-ratify`` and ``requests.not-yet``, BadInput ``requests.bad-reason`` and what
    `panel_named` raises.
    """
    ask = change.ask
    case = questions.case_named(ask, word)
    panel = panels.panel_named(ask, meeting)
    line = records.decision_standing(ask, case.reference)
    sat = date.fromisoformat(panel.starts[:10])
    if line is None or line.meeting or line.ratified or line.decided_on > sat.isoformat():
        why = (
            "no decision stands"
            if line is None
            else "it was decided at a panel"
            if line.meeting
            else "it was before a panel already"
            if line.ratified
            else f"it was decided on {say_date(date.fromisoformat(line.decided_on))}, after that panel sat"
        )
        raise Refused("requests.not-to-ratify", f"{case.reference} is not to be ratified: {why}. Nothing changed.")
    if early := why_not_yet(sat, today):
        raise Refused("requests.not-yet", f"{case.reference} cannot be ratified yet: {early}. Nothing changed.")
    told = reason_told(reason, today) if refused or reason else ""
    change.add(
        Ratification,
        decision_id=line.number,
        meeting_reference=panel.reference,
        ratified=int(not refused),
        reason=told,
        made_at=change.stamp,
        made_by=change.actor,
    )
    change.record(f"request {case.reference}", meeting=panel.reference, ratified=not refused)
    change.flush()
    return records.decisions(ask, case.reference)[-1]


def completed(case: CaseLine, told: Told) -> Told:
    """Fill in what a verdict leaves unsaid: agreed means what was asked, for the time it was asked for."""
    if not told.verdict.awards:
        return told
    amount = told.amount_pence
    if amount is None and told.verdict is Verdict.AGREED:
        amount = case.asked_pence
    return replace(
        told,
        amount_pence=amount,
        awarded_from=told.awarded_from or _day(case.asked_from),
        awarded_to=told.awarded_to or _day(case.asked_to),
    )


def _said(
    change: Change, case: CaseLine, told: Advised | Decided, day: date, today: date
) -> tuple[str, tuple[Reason, ...]]:
    ask = change.ask
    why = conduct.why_not_award(
        told.verdict,
        told.amount_pence,
        asked_pence=case.asked_pence,
        cap_pence=number_on(ask, "award.cap", day),
        first=told.awarded_from,
        last=told.awarded_to,
    )
    if why:
        raise BadInput(
            "requests.bad-award", f"{case.reference} cannot be recorded as {told.verdict.said}: {why}. Nothing changed."
        )
    reason = reason_told(told.reason, today)
    lines = lines_told(change, told.reasons, day, today)
    full = word_on(ask, "award.reasons", day) == "full"
    if why := conduct.why_not_reasons(told.verdict, lines, criteria=records.criteria(ask, day), full=full):
        raise BadInput(
            "requests.bad-reason", f"The reasons for {case.reference} are not whole: {why}. Nothing changed."
        )
    return reason, lines


def _review_day(change: Change, last: date, today: date) -> date:
    return max(last - timedelta(days=number_on(change.ask, REVIEW_BEFORE, today)), today)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
