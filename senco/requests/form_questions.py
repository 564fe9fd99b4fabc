"""What the store knows of forms: a request as its form says it, its costs, its children elsewhere, the catalogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from senco.meetings import deadline_questions
from senco.meetings import questions as meetings
from senco.meetings.kinds import DeadlineKind
from senco.privacy import fold
from senco.requests import contribution, costing, questions, readiness
from senco.requests.form_kinds import (
    AgencyDraft,
    CatalogueLine,
    CheckedLine,
    Costing,
    CostLine,
    CostPolicy,
    EvidenceDraft,
    FormDraft,
    FundingDraft,
    IdentityLine,
    ProvisionStage,
    PupilDraft,
    ReadinessLine,
)
from senco.requests.kinds import RequestType, SenStatus
from senco.requests.readiness import Case, PupilRecord, ReadyPolicy
from senco.settings.questions import number_on, word_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.meetings.kinds import MeetingLine
    from senco.requests.kinds import CaseLine
    from senco.store.doors import Ask

_CATALOGUE = """
SELECT e.name, e.delivered_by, e.rate, e.holds_from,
       (SELECT MIN(o.holds_from) FROM catalogue_entry AS o
         WHERE o.folded = e.folded AND o.ended = 1 AND o.holds_from > :day)
  FROM catalogue_entry AS e
 WHERE e.ended = :ended AND e.holds_from <= :day
   AND NOT EXISTS (SELECT 1 FROM catalogue_entry AS later
                    WHERE later.folded = e.folded AND later.holds_from <= :day
                      AND (later.holds_from > e.holds_from
                           OR (later.holds_from = e.holds_from AND later.entry_id > e.entry_id)))
 ORDER BY e.folded
"""

_LATER = "SELECT MIN(holds_from) FROM catalogue_entry WHERE folded = :folded AND ended = 0 AND holds_from > :day"

_FORM = """
SELECT r.form_key, r.type, r.resubmits, r.submitted_on, r.filled_in_by, r.sen_status, r.attendance_tenths, r.pupils,
       r.provision_now, r.provision_asked, r.outcome_sought, r.parents_views, r.pupils_views, r.asked_pence,
       r.asked_from, r.asked_to, r.element2_pence, r.urgent, r.urgent_because, r.form_version, r.urn,
       COALESCE(r.year_group, '')
  FROM request AS r WHERE r.reference = :reference
"""

_PUPILS = """
SELECT p.given_names, p.family_name, COALESCE(p.upn, ''), COALESCE(p.former_upn, ''), p.birth_date, o.year_group,
       p.looked_after, p.home_la_code, o.consent_form, o.consent_scope, o.consent_on
  FROM request_pupil AS o
  JOIN pupil AS p ON p.pupil_key = o.pupil_key
 WHERE o.request_reference = :reference
 ORDER BY o.place
"""

_EVIDENCE = """
SELECT kind, title, dated, reviewed_on FROM request_evidence WHERE request_reference = :reference ORDER BY place
"""

_FUNDING = """
SELECT stream, amount_pence, starts, ends FROM request_funding WHERE request_reference = :reference ORDER BY place
"""

_AGENCIES = "SELECT agency, last_seen FROM request_agency WHERE request_reference = :reference ORDER BY place"

_LINES = """
SELECT place, stage, provision, what, delivered_by, minutes, sharing, alone, weeks, rate, rate_source, items_pence,
       cost_pence
  FROM provision_line WHERE request_reference = :reference ORDER BY place
"""

# The same child is one with the same UPN, present or former.
_SAME = """
  FROM request_pupil AS o
  JOIN pupil AS p ON p.pupil_key = o.pupil_key
  JOIN request AS r ON r.reference = o.request_reference
 WHERE p.upn = :upn AND r.reference <> :own
"""

_OTHERS = f"""
SELECT r.reference {_SAME}
   AND r.withdrawn_on IS NULL AND r.year = :year
   AND NOT EXISTS (SELECT 1 FROM living_decision AS d WHERE d.request_reference = r.reference)
 ORDER BY r.reference
"""  # noqa: S608 - a constant

_AWARDS = f"""
SELECT r.reference {_SAME}
   AND EXISTS (SELECT 1 FROM living_decision AS d
                WHERE d.request_reference = r.reference AND d.outcome LIKE 'agreed%'
                  AND (d.awarded_to IS NULL OR d.awarded_to >= :day))
 ORDER BY r.reference
"""  # noqa: S608 - a constant

_KNOWN = f"SELECT p.given_names, p.family_name, p.birth_date {_SAME}"

_BORN = "SELECT given_names, family_name FROM pupil WHERE birth_date = :born AND upn IS NOT NULL AND upn <> :upn"

_OPEN = """
SELECT r.reference FROM request AS r
 WHERE r.withdrawn_on IS NULL
   AND NOT EXISTS (SELECT 1 FROM living_moderation AS m WHERE m.request_reference = r.reference)
   AND NOT EXISTS (SELECT 1 FROM living_decision AS d WHERE d.request_reference = r.reference)
 ORDER BY r.submitted_on, r.reference
"""

_IDENTITIES = """
SELECT o.request_reference, o.place, p.given_names, p.family_name, COALESCE(p.upn, ''), COALESCE(p.birth_date, ''),
       o.year_group, p.looked_after, p.home_la_code, o.consent_form, o.consent_scope, COALESCE(o.consent_on, '')
  FROM request_pupil AS o
  JOIN pupil AS p ON p.pupil_key = o.pupil_key
 WHERE o.request_reference = :reference
 ORDER BY o.place
"""

FORM_KEY = "{year} {urn} {number}"


def catalogue_on(ask: Ask, day: date) -> list[CatalogueLine]:
    """Give the catalogue of provisions as it holds on a day, by name."""
    return ask.all(CatalogueLine, _CATALOGUE, {"day": day.isoformat(), "ended": 0})


def ended_by(ask: Ask, day: date) -> list[str]:
    """Give the provisions that have been taken out of the catalogue by a day, by name."""
    return [each.name for each in ask.all(CatalogueLine, _CATALOGUE, {"day": day.isoformat(), "ended": 1})]


def catalogued_later(ask: Ask, name: str, day: date) -> str | None:
    """Give the next day (ISO) after a day from which a provision has another entry, or None."""
    later: str | None = ask.value(_LATER, {"folded": fold(name), "day": day.isoformat()})
    return later


def cost_policy_on(ask: Ask, day: date) -> CostPolicy:
    """Give what costs are worked out with on a day."""
    return CostPolicy(
        rate=word_on(ask, "provision.rate", day),
        weeks=word_on(ask, "provision.weeks", day),
        element2_pence=number_on(ask, "element2", day),
        threshold_pence=number_on(ask, "threshold", day),
        threshold_means=word_on(ask, "threshold.means", day),
        catalogue=tuple(catalogue_on(ask, day)),
        group=word_on(ask, contribution.SETTING, day),
        ended=tuple(ended_by(ask, day)),
    )


def ready_policy_on(ask: Ask, day: date) -> ReadyPolicy:
    """Give what a request of a day is held against."""
    return ReadyPolicy(
        cost=cost_policy_on(ask, day),
        la_code=number_on(ask, "la.code", day),
        plans=number_on(ask, "evidence.plans", day),
        report_months=number_on(ask, "evidence.report-months", day),
        consent_months=number_on(ask, "consent.months", day),
    )


def with_key(ask: Ask, key: str) -> str | None:
    """Give the request that a form of this key was taken in as, or None."""
    found: str | None = ask.value("SELECT reference FROM request WHERE form_key = :key", {"key": key})
    return found


def cost_lines(ask: Ask, reference: str) -> tuple[CostLine, ...]:
    """Give a request's lines of provision as they were costed, with their workings."""
    return tuple(ask.all(_cost_line, _LINES, {"reference": reference}))


def costing_of(ask: Ask, reference: str) -> Costing:
    """Give a request's provision costed, with the settings of the day it was sent."""
    case = questions.case_named(ask, reference)
    lines = cost_lines(ask, case.reference)
    each = cost_policy_on(ask, date.fromisoformat(case.submitted_on))
    policy = contribution.counted(each, case.type, case.pupils)
    workings = partial(contribution.workings, kind=case.type, pupils=case.pupils, group=each.group)
    return Costing(
        reference=case.reference,
        lines=lines,
        now_pence=costing.total(lines, ProvisionStage.NOW),
        asked_pence=costing.total(lines, ProvisionStage.ASKED),
        element2_pence=policy.element2_pence,
        top_up_pence=costing.top_up(case.cost_pence, policy.element2_pence),
        threshold_pence=policy.threshold_pence,
        threshold_means=policy.threshold_means,
        gap_pence=costing.gap(
            case.cost_pence,
            element2_pence=policy.element2_pence,
            threshold_pence=policy.threshold_pence,
            means=policy.threshold_means,
        ),
        requested_pence=case.asked_pence,
        stored_pence=case.cost_pence,
        element2_each_pence=each.element2_pence,
        element2_workings=workings(each.element2_pence),
        threshold_each_pence=each.threshold_pence,
        threshold_workings="" if case.type == RequestType.PROJECT else workings(each.threshold_pence),
    )


def form_of(ask: Ask, reference: str) -> FormDraft:
    """Give a request as its form says it; what a form leaves out is "" or None. It knows who the child is."""
    row = ask.all(_row, _FORM, {"reference": reference})[0]
    wanted = {"reference": reference}
    needs = ask.values("SELECT code FROM request_need WHERE request_reference = :reference ORDER BY rank", wanted)
    key = str(row[0] or "")
    pupils = ask.all(_pupil, _PUPILS, wanted)
    if not pupils and row[21]:
        pupils = [_nobody(row[21])]
    return FormDraft(
        file="",
        number=int(key.rsplit(" ", 1)[-1]) if key else 0,
        school=str(row[20]),
        school_place="",
        number_place="",
        type=RequestType(row[1]),
        resubmits=row[2] or "",
        submitted_on=date.fromisoformat(row[3]),
        filled_in_by=row[4],
        needs=tuple(needs),
        sen_status=SenStatus(row[5]),
        attendance_tenths=row[6],
        pupil_count=row[7],
        provision_now=row[8],
        provision_asked=row[9],
        outcome_sought=row[10],
        parents_views=row[11],
        pupils_views=row[12],
        asked_pence=row[13],
        asked_place="",
        asked_from=_day(row[14]),
        asked_to=_day(row[15]),
        element2_pence=row[16],
        urgent=bool(row[17]),
        urgent_because=row[18],
        pupils=tuple(pupils),
        evidence=tuple(ask.all(lambda a, b, c, d: EvidenceDraft(a, b, _day(c), _day(d)), _EVIDENCE, wanted)),
        funding=tuple(ask.all(lambda a, b, c, d: FundingDraft(a, b, _day(c), _day(d)), _FUNDING, wanted)),
        agencies=tuple(ask.all(lambda a, b: AgencyDraft(a, _day(b)), _AGENCIES, wanted)),
        lines=(),
        own_total_pence=None,
        form_version=row[19],
    )


def records_of(ask: Ask, draft: FormDraft, *, own: str, year: str) -> tuple[PupilRecord, ...]:
    """Give what the store knows of a form's children besides it."""
    return tuple(_record(ask, each, draft, own, year) for each in draft.pupils)


def check_of(ask: Ask, reference: str) -> tuple[ReadinessLine, ...]:
    """Check one request as it stands, by the rules of the day it was sent."""
    case = questions.case_named(ask, reference)
    draft = form_of(ask, case.reference)
    missed, closed = missed_meeting(ask, case)
    checked = Case(
        reference=case.reference,
        draft=draft,
        lines=cost_lines(ask, case.reference),
        cost_pence=case.cost_pence,
        asked_pence=case.asked_pence,
        pupils=records_of(ask, draft, own=case.reference, year=case.year),
        meeting=case.meeting,
        missed=missed,
        closed_on=closed,
        from_form=draft.number > 0,
    )
    return readiness.check(checked, ready_policy_on(ask, draft.submitted_on))


def checked(ask: Ask, words: Sequence[str], day: date) -> tuple[list[CheckedLine], list[ReadinessLine]]:
    """Check the requests named, or all that no cluster has judged yet; gives a summary of each, and the findings.

    Raises NotFound ``requests.unknown``.
    """
    setting = word_on(ask, "ready.blocks", day)
    references = [questions.case_named(ask, word).reference for word in words] or ask.values(_OPEN)
    lines: list[CheckedLine] = []
    findings: list[ReadinessLine] = []
    for reference in references:
        found = check_of(ask, reference)
        case = questions.case_named(ask, reference)
        errors, queries = readiness.severities(found)
        ready = not readiness.blocks(found, setting)
        lines.append(CheckedLine(reference, case.school, case.meeting, errors, queries, ready))
        findings += found
    return lines, findings


def missed_meeting(ask: Ask, case: CaseLine) -> tuple[str, date | None]:
    """Give the cluster's next meeting that a request came too late for, and the day on which its papers closed."""
    sent = date.fromisoformat(case.submitted_on)
    return missed_by(ask, case.cluster, case.year, sent)


def missed_by(ask: Ask, cluster: str, year: str, sent: date) -> tuple[str, date | None]:
    """Give the first meeting of a cluster on or after a day if its papers had closed by then, and when they closed."""
    found = meetings.next_meeting(ask, cluster=cluster, on_or_after=sent)
    if found is None or found.year != year:
        return "", None
    closed = closed_on(ask, found)
    return (found.reference, closed) if closed is not None and sent > closed else ("", None)


def meeting_in_time(ask: Ask, cluster: str, year: str, sent: date, *, urgent: bool) -> str:
    """Give a cluster's first meeting whose papers had not closed on a day, or ""; an urgent one goes to the next."""
    on_or_after = sent
    while True:
        found = meetings.next_meeting(ask, cluster=cluster, on_or_after=on_or_after)
        # A meeting of the next year is another cluster's: the clusters are drawn anew each September.
        if found is None or found.year != year:
            return ""
        closed = None if urgent else closed_on(ask, found)
        if closed is None or sent <= closed:
            return found.reference
        on_or_after = date.fromisoformat(found.starts[:10]) + timedelta(days=1)


def closed_on(ask: Ask, meeting: MeetingLine) -> date | None:
    """Give the last day for the requests of a meeting: the one that every calendar shows; None where there is none."""
    due = deadline_questions.deadlines(ask, [meeting])[meeting.reference]
    return next((date.fromisoformat(each.due[:10]) for each in due if each.kind == DeadlineKind.CLOSING), None)


def identities(ask: Ask, reference: str) -> list[IdentityLine]:
    """Give who the children of a request are: only for the answer that was asked for with --identify."""
    return ask.all(_identity, _IDENTITIES, {"reference": reference})


def differences(pupil: PupilDraft, known: tuple[str, str, str | None]) -> int:
    """Count in how many of name and date of birth a child differs from one known: given and family name, birth ISO."""
    told = (fold(pupil.given_names), fold(pupil.family_name))
    born = pupil.birth_date.isoformat() if pupil.birth_date else None
    return (told != (fold(known[0]), fold(known[1]))) + (born != known[2])


def _record(ask: Ask, pupil: PupilDraft, draft: FormDraft, own: str, year: str) -> PupilRecord:
    same = {"upn": pupil.upn, "own": own}
    day = (draft.asked_from or draft.submitted_on).isoformat()
    names = (fold(pupil.given_names), fold(pupil.family_name))
    namesakes = 0
    if pupil.birth_date and any(names):
        born = {"born": pupil.birth_date.isoformat(), "upn": pupil.upn}
        namesakes = sum(names == (fold(given), fold(family)) for given, family in ask.all(_row, _BORN, born))
    if not pupil.upn:
        return PupilRecord(namesakes=namesakes)
    known = ask.one(_row, _KNOWN, same)
    return PupilRecord(
        differs=known is not None and differences(pupil, known) > 0,
        requests=tuple(ask.values(_OTHERS, {**same, "year": year})),
        awards=tuple(ask.values(_AWARDS, {**same, "day": day})),
        namesakes=namesakes,
    )


def _cost_line(*row: Any) -> CostLine:
    line = CostLine(*(*row[:7], bool(row[7]), *row[8:12], "", row[12]))
    return replace(line, workings=costing.workings(line))


def _pupil(*row: Any) -> PupilDraft:
    looked_after = None if row[6] is None else bool(row[6])
    told = (*row[:4], _day(row[4]), row[5], looked_after, *row[7:10], _day(row[10]))
    return PupilDraft(*told)


def _nobody(year_group: str) -> PupilDraft:
    return PupilDraft("", "", "", "", None, year_group, None, None, "", "", None)


def _identity(*row: Any) -> IdentityLine:
    looked_after = {None: "not said", 0: "no", 1: "yes"}[row[7]]
    return IdentityLine(*(*row[:7], looked_after, *row[8:]))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _row(*row: Any) -> tuple[Any, ...]:
    return row
