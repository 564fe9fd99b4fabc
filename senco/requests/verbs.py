"""What changes requests: taking one in, recording its cluster's outcome, taking that outcome back."""

from __future__ import annotations

import secrets
from datetime import date
from typing import TYPE_CHECKING

from senco.clusters import questions as clusters
from senco.dates import AcademicYear
from senco.errors import BadInput, Refused
from senco.meetings import questions as meetings
from senco.privacy import clean_block
from senco.requests import conduct, contradictions, panels, questions, rules, sittings
from senco.requests.kinds import Stage
from senco.requests.outcomes import Record
from senco.requests.reasoning import lines_told, write_reasons
from senco.requests.tables import Moderation, ModerationInterest, Request, RequestNeed

if TYPE_CHECKING:
    from senco.requests.kinds import CaseLine, Hearing, Judgement, ModerationLine, RequestDraft, RequestLine
    from senco.store.doors import Ask, Change

FORM_VERSION = "command-1"
_TRIES_A_LENGTH = 20


def add(change: Change, draft: RequestDraft, today: date) -> RequestLine:
    """Take in a request and list it for its cluster's next meeting, if one is planned.

    Raises BadInput ``requests.bad-request`` and what reading its needs and year group raises, Refused
    ``requests.no-cluster`` and what `meeting_for` raises, NotFound for an unknown school or meeting.
    """
    needs = tuple(rules.need_code(each) for each in draft.needs)
    year_group = rules.year_group(draft.year_group) if draft.year_group else ""
    provision, because = clean_block(draft.provision).strip(), clean_block(draft.urgent_because).strip()
    cost_pence, asked_pence = draft.cost_pence or 0, draft.asked_pence or 0
    reason = (
        contradictions.why_not_amounts(draft.type, draft.cost_pence, draft.asked_pence)
        or contradictions.why_not_needs(needs, draft.sen_status)
        or contradictions.why_not_submitted(draft.submitted_on, today)
        or rules.why_not_request(
            kind=draft.type,
            needs=needs,
            year_group_told=year_group,
            cost_pence=cost_pence,
            asked_pence=asked_pence,
            provision=provision,
        )
        or rules.why_not_dates(
            asked_from=draft.asked_from,
            asked_to=draft.asked_to,
            consent=draft.consent,
            consent_on=draft.consent_on,
        )
        or rules.why_not_urgent(urgent=draft.urgent, because=because)
        or _why_not_texts(today, provision=provision, because=because)
    )
    if reason:
        raise BadInput("requests.bad-request", f"The request cannot be taken: {reason}. Nothing changed.")
    ask, submitted = change.ask, draft.submitted_on
    school = questions.school_meant(ask, draft.school, submitted)
    year = meetings.meeting_named(ask, draft.meeting).year if draft.meeting else str(AcademicYear.of(submitted))
    cluster = clusters.cluster_of(ask, school.urn, year, questions.MODEL)
    if cluster is None:
        raise Refused(
            "requests.no-cluster",
            f"{school.name} is in no {questions.MODEL} cluster of {year}, so nobody would moderate its request.",
            "`senco clusters list` shows the clusters of a year.",
        )
    meeting = _meeting(ask, draft.meeting, cluster.reference, year, submitted)
    reference = free_reference(ask)
    change.add(
        Request,
        reference=reference,
        year=year,
        urn=school.urn,
        cluster_reference=cluster.reference,
        type=draft.type.value,
        pupils=draft.pupils,
        year_group=year_group or None,
        sen_status=draft.sen_status.value,
        provision_asked=provision,
        cost_pence=cost_pence,
        asked_pence=asked_pence,
        asked_from=_iso(draft.asked_from),
        asked_to=_iso(draft.asked_to),
        urgent=int(draft.urgent),
        urgent_because=because,
        consent=int(draft.consent),
        consent_on=_iso(draft.consent_on),
        submitted_on=_iso(submitted),
        meeting_reference=meeting,
        form_version=FORM_VERSION,
        version=1,
        received_at=change.stamp,
        received_by=change.actor,
        source="command",
    )
    change.flush()
    for rank, code in enumerate(needs, start=1):
        change.add(RequestNeed, request_reference=reference, rank=rank, code=code)
    change.record(
        f"request {reference}", type=draft.type.value, cluster=cluster.reference, meeting=meeting, urgent=draft.urgent
    )
    change.flush()
    return questions.request_line(ask, reference)


def moderate(
    change: Change,
    word: str,
    judgement: Judgement,
    today: date,
    *,
    meeting: str = "",
    chair: str = "",
    moderating_chair: str = "",
) -> ModerationLine:
    """Record what a cluster finds of a request, once and for good; a later row may only take its place.

    ``meeting`` is the one the request is listed for by default, ``chair`` the school that hosts the cluster's lead.
    A request listed for another meeting is listed for this one in the same change. Raises Refused
    ``requests.not-to-moderate``, ``requests.no-meeting``, ``requests.own-school``, ``requests.contradictory``, BadInput
    ``requests.bad-reason``, NotFound ``requests.unknown`` and what `sitting` raises.
    """
    case = questions.case_named(change.ask, word)
    if reason := rules.why_not_moderate(Stage(case.stage)):
        raise Refused("requests.not-to-moderate", f"{case.reference} cannot be moderated: {reason}. Nothing changed.")
    if not (meeting or case.meeting):
        raise Refused(
            "requests.no-meeting", f"{case.reference} is listed for no meeting.", "Name the meeting with --meeting."
        )
    case = _listed_for(change, case, meeting or case.meeting)
    sitting = sittings.sitting(
        change.ask,
        meeting=meeting or case.meeting,
        cluster=case.cluster,
        year=case.year,
        chair=chair,
    )
    hearing = sittings.hearing(change.ask, case, sitting, moderating_chair)
    line = write_moderation(change, hearing, judgement, today)
    change.record(
        f"request {case.reference}",
        outcome=line.outcome,
        level=line.level,
        meeting=line.meeting,
        interests=len({each.urn for each in hearing.interests}),
    )
    return line


def take_back(change: Change, word: str, reason: str, today: date) -> ModerationLine:
    """Take a cluster's outcome back by a row that supersedes it and says why; the request waits to be heard again.

    Raises Refused ``requests.not-to-take-back``, BadInput ``requests.bad-reason``, NotFound ``requests.unknown``.
    """
    ask = change.ask
    case = questions.case_named(ask, word)
    if why := rules.why_not_take_back(Stage(case.stage)):
        raise Refused("requests.not-to-take-back", f"Nothing of {case.reference} is taken back: {why}.")
    told = _reason(reason, today)
    last = questions.moderations(ask, case.reference)[-1]
    change.add(
        Moderation,
        request_reference=case.reference,
        request_version=case.version,
        meeting_reference=last.meeting,
        supersedes=last.number,
        taken_back=1,
        reason=told,
        chair_urn=last.chair_urn,
        moderating_chair_urn=last.moderating_chair_urn,
        made_at=change.stamp,
        made_by=change.actor,
    )
    change.record(f"request {case.reference}", outcome=last.outcome, meeting=last.meeting)
    change.flush()
    return questions.moderations(ask, case.reference)[-1]


def write_moderation(change: Change, hearing: Hearing, judgement: Judgement, today: date) -> ModerationLine:
    """Write a cluster's outcome without a line in the trail: it is part of a change that leaves one.

    Raises as `moderate` does, and Refused ``requests.not-held-so`` for want of a quorum or for its votes.
    """
    case, sitting, votes = hearing.case, hearing.sitting, judgement.votes
    if hearing.chair_trouble:
        raise Refused(
            "requests.own-school",
            f"{case.reference} cannot be moderated so: {hearing.chair_trouble}. Nothing changed.",
            "Name a school without an interest with --moderating-chair.",
        )
    if why := contradictions.why_not_judgement(hearing, judgement, today):
        raise Refused("requests.contradictory", f"{case.reference} cannot be moderated so: {why}. Nothing changed.")
    there = conduct.standing(hearing.interests, hearing.settled)
    if why := panels.why_not_heard(change.ask, sitting, there, judgement):
        raise Refused("requests.not-held-so", f"{case.reference} cannot be moderated so: {why}. Nothing changed.")
    reason = _reason(judgement.reason, today)
    lines = lines_told(change, judgement.reasons, date.fromisoformat(sitting.day), today)
    before = questions.moderations(change.ask, case.reference)
    row = change.add(
        Moderation,
        request_reference=case.reference,
        request_version=case.version,
        meeting_reference=sitting.meeting,
        supersedes=before[-1].number if before else None,
        taken_back=0,
        outcome=judgement.outcome.value,
        level=judgement.level.value,
        reason=reason,
        votes_for=votes.in_favour if votes else None,
        votes_against=votes.against if votes else None,
        votes_abstained=votes.abstained if votes else None,
        chair_urn=sitting.chair.urn,
        moderating_chair_urn=hearing.moderating_chair.urn if hearing.moderating_chair else None,
        made_at=change.stamp,
        made_by=change.actor,
        reason_lines=len(lines),
        casting=judgement.casting.value if judgement.casting else None,
    )
    change.flush()
    write_reasons(change, Record.MODERATION, row.moderation_id or 0, lines)
    for each in there:
        change.add(
            ModerationInterest,
            moderation_id=row.moderation_id,
            urn=each.urn,
            ground=each.ground,
            state=each.state,
            reason=each.reason,
        )
    change.flush()
    return questions.moderations(change.ask, case.reference)[-1]


def _listed_for(change: Change, case: CaseLine, word: str) -> CaseLine:
    """List a request for the meeting that hears it, so that its listing and its outcome never name two meetings."""
    held = questions.meeting_for(change.ask, word, case.cluster)
    row = change.session.get(Request, case.reference)
    if row is None or held.reference == case.meeting:
        return case
    row.meeting_reference = held.reference
    row.version += 1
    change.flush()
    return questions.case_named(change.ask, case.reference)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _why_not_texts(today: date, **texts: str) -> str | None:
    names = {"provision": "the provision", "because": "the reason for urgency"}
    for name, text in texts.items():
        if why := rules.why_not_text(text, today):
            return f"in {names[name]}, {why}"
    return None


def _reason(reason: str, today: date) -> str:
    told = clean_block(reason).strip()
    if why := rules.why_not_reason(told, today):
        raise BadInput("requests.bad-reason", f"The reason cannot be recorded: {why}. Nothing changed.")
    return told


def _meeting(ask: Ask, word: str, cluster: str, year: str, submitted: date) -> str | None:
    if word:
        return questions.meeting_for(ask, word, cluster).reference
    following = meetings.next_meeting(ask, cluster=cluster, on_or_after=submitted)
    # A meeting of the next year is another cluster's: the clusters are drawn anew each September.
    return following.reference if following and following.year == year else None


def free_reference(ask: Ask) -> str:
    """Draw random letters until a reference is free; where the short ones are crowded, longer ones."""
    length, tries = rules.SHORT, 0
    while True:
        letters = "".join(secrets.choice(rules.LETTERS) for _ in range(length))
        reference = rules.reference_of(letters)
        if rules.why_not_letters(letters) is None:
            if not questions.exists(ask, reference):
                return reference
            tries += 1
            length = rules.LONG if tries >= _TRIES_A_LENGTH else rules.SHORT
