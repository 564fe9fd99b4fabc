"""What is missing or doubtful in a request before its meeting: each rule has a code, a weight and plain words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from senco.dates import say_date
from senco.money import say_pounds
from senco.privacy import fold
from senco.requests import contribution, costing, identity
from senco.requests.form_kinds import EvidenceKind, ReadinessLine, Severity
from senco.requests.kinds import RequestType, SenStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from senco.requests.form_kinds import CostLine, CostPolicy, EvidenceDraft, FormDraft, PupilDraft

CATALOGUE_STREAM: Final = "Targeted funding from SENCO cluster"
LOW_ATTENDANCE_TENTHS: Final = 900
LONGEST_DAYS: Final = 366
_MONTHS: Final = 12
_LAST_DAY_OF_ALL: Final = 28
_ERROR, _QUERY = Severity.ERROR, Severity.QUERY
_MONEY: Final = frozenset({RequestType.INDIVIDUAL, RequestType.GROUP, RequestType.PROJECT})
_CHILDREN: Final = frozenset({RequestType.INDIVIDUAL, RequestType.GROUP})


@dataclass(frozen=True, slots=True)
class PupilRecord:
    """What the store knows of a child beyond this form: references of open requests, awards that run, namesakes.

    ``differs`` when the child was known under the same UPN with another name or date of birth.
    """

    requests: tuple[str, ...] = ()
    awards: tuple[str, ...] = ()
    namesakes: int = 0
    differs: bool = False


@dataclass(frozen=True, slots=True)
class ReadyPolicy:
    """What a request is held against: the cost policy of its day, and the borough's rules of evidence and consent."""

    cost: CostPolicy
    la_code: int
    plans: int
    report_months: int
    consent_months: int


@dataclass(frozen=True, slots=True)
class Case:
    """A request as it is checked: its form, its lines costed, what the store knows of its children, its meetings.

    ``meeting`` is the one it is listed for, ``missed`` the one it came too late for, with the day that one closed.
    """

    reference: str
    draft: FormDraft
    lines: tuple[CostLine, ...]
    cost_pence: int
    asked_pence: int
    pupils: tuple[PupilRecord, ...]
    meeting: str = ""
    missed: str = ""
    closed_on: date | None = None
    from_form: bool = True


@dataclass(slots=True)
class _Findings:
    case: Case
    policy: ReadyPolicy
    found: list[ReadinessLine] = field(default_factory=list)

    def error(self, code: str, what: str, do: str = "") -> None:
        self.found.append(ReadinessLine(self.case.reference, code, _ERROR.value, what, do))

    def query(self, code: str, what: str, do: str = "") -> None:
        self.found.append(ReadinessLine(self.case.reference, code, _QUERY.value, what, do))


def check(case: Case, policy: ReadyPolicy) -> tuple[ReadinessLine, ...]:
    """Give everything missing or doubtful in a request, in the form's order; nothing in it says who the child is."""
    counted = contribution.counted(policy.cost, case.draft.type, case.draft.pupil_count)
    findings = _Findings(case, replace(policy, cost=counted))
    for each in (_pupils, _consent, _needs, _evidence, _words, _funding, _cost, _asked, _papers):
        each(findings)
    return tuple(findings.found)


def blocks(found: Iterable[ReadinessLine], setting: str) -> bool:
    """Say whether findings keep a request from being listed; ``setting`` is the one named ready.blocks.

    >>> doubt = ReadinessLine("R-7KQ4", "views.parents", "query", "", "")
    >>> [blocks([doubt], setting) for setting in ("errors", "queries", "nothing")]
    [False, True, False]
    """
    held = {"errors": {_ERROR.value}, "queries": {_ERROR.value, _QUERY.value}}.get(setting, set())
    return any(each.severity in held for each in found)


def months_before(day: date, months: int) -> date:
    """Give the day so many months earlier; at a month's end the 28th, which every month has.

    >>> months_before(date(2020, 11, 24), 12), months_before(date(2021, 3, 31), 1)
    (datetime.date(2019, 11, 24), datetime.date(2021, 2, 28))
    """
    month = day.year * _MONTHS + day.month - 1 - months
    return date(month // _MONTHS, month % _MONTHS + 1, min(day.day, _LAST_DAY_OF_ALL))


def _pupils(findings: _Findings) -> None:
    case = findings.case
    if case.draft.type not in _CHILDREN or not case.from_form:
        return
    named = [each for each in case.draft.pupils if each.named]
    if not named:
        findings.error("pupil.none", "No pupil is named.", "Fill in the sheet Pupils.")
    several = len(case.draft.pupils) > 1
    for place, pupil in enumerate(case.draft.pupils, start=1):
        who = f"Pupil {place}" if several else "The pupil"
        if pupil.named:
            _identity(findings, who, pupil)
            _record(findings, who, case.pupils[place - 1] if place <= len(case.pupils) else PupilRecord())
    count = case.draft.pupil_count
    if case.draft.type is RequestType.GROUP and count is not None and count != len(named):
        what = f"{count} pupils are counted, {len(named)} are named."
        findings.query("pupil.count", what, "Name every pupil of the group, or correct the count.")


def _identity(findings: _Findings, who: str, pupil: PupilDraft) -> None:
    if not (pupil.given_names and pupil.family_name):
        findings.error("pupil.name", f"{who} is not named whole.", "Fill in given and family names.")
    if not pupil.upn:
        findings.error("pupil.upn", f"{who} has no UPN.", "Copy it from the school's roll.")
    elif identity.is_temporary(pupil.upn):
        findings.query("pupil.upn-temporary", f"{who} has a temporary UPN.", "Send the permanent one when it is there.")
    day = findings.case.draft.submitted_on
    if pupil.birth_date is None:
        findings.error("pupil.born", f"{who} has no date of birth.", "Fill it in.")
    elif pupil.year_group and pupil.year_group != identity.expected_year_group(pupil.birth_date, day):
        what = f"{who} is in another year group than the age says."
        findings.query("pupil.year-group", what, "Check both; if the child is taught out of year, say so.")
    if not pupil.year_group:
        findings.error("pupil.no-year-group", f"{who} has no year group.", "Fill it in.")
    if pupil.looked_after is None:
        whether = f"Whether {who[0].lower()}{who[1:]} is looked after"
        findings.query("pupil.looked-after", f"{whether} is not said.", "Say it.")
    if pupil.home_la_code is not None and pupil.home_la_code != findings.policy.la_code:
        what = f"{who} lives in another authority ({pupil.home_la_code})."
        findings.query("pupil.home-la", what, "Ask who pays before it is heard.")


def _record(findings: _Findings, who: str, record: PupilRecord) -> None:
    if record.requests:
        what = f"{who} has another open request: {', '.join(record.requests)}."
        findings.query("pupil.two-requests", what, "One of them is withdrawn, or they are heard together.")
    if record.awards:
        what = f"{who} has an award that still runs: {', '.join(record.awards)}."
        findings.error("award.open", what, "Ask for what follows on it, or end it first.")
    if record.differs:
        what = f"{who} was known under this UPN with another name or date of birth."
        findings.query("pupil.differs", what, "Check the UPN; if it is right, nothing is to do.")
    if record.namesakes:
        what = f"{who} has the name and date of birth of a child with another UPN."
        findings.query("pupil.twice", what, "If it is one child, correct the UPN.")


def _consent(findings: _Findings) -> None:
    case, policy = findings.case, findings.policy
    if case.draft.type is RequestType.PROJECT or not case.from_form:
        return
    oldest = months_before(case.draft.submitted_on, policy.consent_months)
    several = len(case.draft.pupils) > 1
    for place, pupil in enumerate(case.draft.pupils, start=1):
        of = f" for pupil {place}" if several else ""
        if not pupil.named:
            continue
        if not pupil.consent_form:
            findings.error("consent.missing", f"The parents' consent{of} is not there.", "Ask for it first.")
        elif pupil.consent_on is None:
            findings.query("consent.undated", f"The parents' consent{of} has no date.", "Say when they gave it.")
        elif pupil.consent_on < oldest:
            what = f"The parents' consent{of} is older than {policy.consent_months} months."
            findings.query("consent.old", what, "Ask them again.")
        if pupil.consent_form and not pupil.consent_scope:
            findings.query("consent.scope", f"What the consent{of} covers is not said.", "Say who may read this.")


def _needs(findings: _Findings) -> None:
    draft = findings.case.draft
    if "NSA" in draft.needs and draft.sen_status is SenStatus.PLAN:
        what = "NSA (no specialist assessment yet) never goes with an EHC plan."
        findings.error("need.nsa-with-plan", what, "Give the need that the plan names.")
    if draft.sen_status is SenStatus.NONE and draft.type in _MONEY:
        what = "The SEN status is none, but money is asked for."
        findings.query("status.none", what, "Check the status.")
    if draft.attendance_tenths is None:
        if findings.case.from_form and draft.type in _CHILDREN:
            findings.query("attendance.missing", "The attendance is not said.", "Fill it in.")
    elif draft.attendance_tenths < LOW_ATTENDANCE_TENTHS:
        what = f"The attendance is {draft.attendance_tenths / 10:.1f} per cent."
        findings.query("attendance.low", what, "Say how the provision is to be taken up.")


def _evidence(findings: _Findings) -> None:
    case, policy = findings.case, findings.policy
    draft = case.draft
    if draft.type not in _CHILDREN or not case.from_form:
        return
    cycles = sum(1 for each in draft.evidence if _is_cycle(each))
    if cycles < policy.plans:
        listed = "1 reviewed plan is" if cycles == 1 else f"{cycles} reviewed plans are"
        what = f"{listed} listed; {policy.plans} are asked for."
        findings.error("evidence.plans", what, "List each plan with the day it was reviewed.")
    reports = [each.dated for each in draft.evidence if each.kind == EvidenceKind.REPORT and each.dated]
    if not reports:
        findings.query("evidence.no-report", "No dated report is listed.", "List one, or say why there is none.")
    elif max(reports) < months_before(draft.submitted_on, policy.report_months):
        what = f"The newest report is older than {policy.report_months} months."
        findings.query("evidence.old-report", what, "Ask for a new one, or say why it still holds.")
    undated = sum(1 for each in draft.evidence if each.dated is None)
    if undated:
        of = "1 of the papers listed has" if undated == 1 else f"{undated} of the papers listed have"
        findings.query("evidence.undated", f"{of} no date.", "Date them.")
    if not draft.agencies:
        findings.query("agency.none", "No outside agency is named.", "Name those of the last 12 months, if any.")


def _is_cycle(paper: EvidenceDraft) -> bool:
    """A cycle is a plan that was reviewed, or a review of its own."""
    return paper.kind == EvidenceKind.REVIEW or (paper.kind == EvidenceKind.PLAN and paper.reviewed_on is not None)


def _words(findings: _Findings) -> None:
    draft = findings.case.draft
    if not findings.case.from_form:
        return
    if not draft.outcome_sought:
        findings.error("outcome.missing", "The outcome sought is not said.", "Say what will be different, and by when.")
    if draft.type in _CHILDREN and not draft.parents_views:
        findings.query("views.parents", "The parents' views are not there.", "Ask them.")
    if draft.type in _CHILDREN and not draft.pupils_views:
        findings.query("views.pupil", "The pupil's views are not there.", "Ask, in the way the pupil can answer.")
    if not draft.filled_in_by:
        findings.query("form.filled-in-by", "Who filled the form in is not said.", "Give the role.")


def _funding(findings: _Findings) -> None:
    draft = findings.case.draft
    for each in draft.funding:
        if _overlap(each.starts, each.ends, draft.asked_from, draft.asked_to):
            own = each.stream == CATALOGUE_STREAM
            what = f"There is other funding for the same time: {each.stream}."
            do = "It may be the same money twice: end it first." if own else "Say what each of them pays for."
            findings.query("funding.double", what, do)
    pairs = ((one, other) for place, one in enumerate(draft.funding) for other in draft.funding[place + 1 :])
    if any(one.stream == other.stream and _overlap(one.starts, one.ends, other.starts, other.ends)
           for one, other in pairs):  # fmt: skip
        findings.error("funding.same-stream", "Two awards of one stream run at the same time.", "Correct the dates.")


def _overlap(starts: date | None, ends: date | None, other_starts: date | None, other_ends: date | None) -> bool:
    """Say whether two spans meet; an end or a beginning that is not said is open."""
    first, last = starts or date.min, ends or date.max
    return first <= (other_ends or date.max) and (other_starts or date.min) <= last


def _cost(findings: _Findings) -> None:
    case, policy = findings.case, findings.policy.cost
    if case.draft.type not in _MONEY:
        return
    per_pupil = case.draft.type is RequestType.GROUP and policy.group == contribution.PER_PUPIL
    if per_pupil and case.draft.pupil_count is None:
        what = "How many pupils the group has is not given, so element 2 counts once."
        findings.query("pupil.count-missing", what, "Give their number.")
    asked = [line for line in case.lines if line.stage == "asked"]
    if not asked:
        if case.from_form:
            findings.error("cost.none", "No line of provision is costed as asked for.", "Fill in the sheet Provision.")
        return
    _lines(findings, case.lines)
    own = case.draft.own_total_pence
    if own is not None and own != case.cost_pence:
        what = f"The form's own total is {say_pounds(own)}; worked out exactly it is {say_pounds(case.cost_pence)}."
        findings.query("cost.own-total", what, "The exact one counts.")
    means = policy.threshold_means
    lacking = costing.gap(
        case.cost_pence, element2_pence=policy.element2_pence, threshold_pence=policy.threshold_pence, means=means
    )
    if lacking > 0:
        what = f"The {'top-up' if means == 'top-up' else 'cost'} is {say_pounds(lacking)} below the threshold."
        findings.query("cost.below-threshold", what, "Say why it is exceptional, or ask for advice.")


def _lines(findings: _Findings, lines: Sequence[CostLine]) -> None:
    policy = findings.policy.cost
    in_group = findings.case.draft.type is RequestType.GROUP
    for code, told, what, do in (
        (
            "cost.rate-differs",
            [line for line in lines if _own_rate(line, policy)],
            "another rate than the catalogue's",
            "Take the catalogue's, so that all schools cost alike, or say why.",
        ),
        (
            "cost.not-in-catalogue",
            [line for line in lines if policy.catalogue and not (_listed(line, policy) or _ended(line, policy))],
            "a provision that is not in the catalogue",
            "Choose one of the catalogue where one fits.",
        ),
        (
            "cost.ended",
            [line for line in lines if _ended(line, policy)],
            "a provision that has been taken out of the catalogue",
            "Choose one that the catalogue still has, or say why not.",
        ),
        (
            "cost.sharing",
            [line for line in lines if line.alone and line.sharing > 1],
            "pupils sharing, although it is set up for this pupil alone",
            "Say which it is.",
        ),
        (
            "cost.sharing-in-group",
            [line for line in lines if in_group and line.stage == "asked" and not line.alone and line.sharing > 1],
            "pupils sharing, although a group is costed for all its pupils together",
            "Leave the cell empty where the group itself shares it.",
        ),
        (
            "cost.weeks",
            [line for line in lines if costing.more_than(line.weeks, policy.weeks)],
            f"more weeks than the {policy.weeks} of a year",
            "Check the weeks.",
        ),
    ):
        if told:
            findings.query(code, f"{_places(told)} {'has' if len(told) == 1 else 'have'} {what}.", do)


def _own_rate(line: CostLine, policy: CostPolicy) -> bool:
    return any(
        entry.name == line.provision and not costing.same_figure(entry.rate, line.rate) for entry in policy.catalogue
    )


def _listed(line: CostLine, policy: CostPolicy) -> bool:
    return any(entry.name == line.provision for entry in policy.catalogue)


def _ended(line: CostLine, policy: CostPolicy) -> bool:
    return fold(line.provision) in {fold(name) for name in policy.ended}


def _places(lines: Sequence[CostLine]) -> str:
    return f"Line{'' if len(lines) == 1 else 's'} {', '.join(str(line.place) for line in lines)}"


def _asked(findings: _Findings) -> None:
    case, policy = findings.case, findings.policy.cost
    draft = case.draft
    if draft.type not in _MONEY:
        return
    most = costing.top_up(case.cost_pence, policy.element2_pence)
    if case.asked_pence == 0:
        findings.error("asked.none", "No money is asked for.", "Ask for it, or send it as a discussion.")
    elif case.asked_pence > most:
        what = f"{say_pounds(case.asked_pence)} is asked for; cost less element 2 is {say_pounds(most)}."
        findings.error("asked.above", what, "Ask for no more than that.")
    if draft.element2_pence is None:
        if case.from_form:
            findings.error("element2.missing", "What the school spends from element 2 is not said.", "Fill it in.")
    elif draft.element2_pence < policy.element2_pence:
        what = f"{say_pounds(draft.element2_pence)} is spent from element 2, of {say_pounds(policy.element2_pence)}."
        findings.query("element2.below", what, "Say why the school does not spend the rest first.")
    if draft.asked_from is None or draft.asked_to is None:
        findings.error("asked.dates", "From when until when is not said.", "Fill in both days.")
    elif (draft.asked_to - draft.asked_from).days > LONGEST_DAYS:
        findings.query("asked.long", "It is asked for longer than a year.", "Say why a year is not enough.")


def _papers(findings: _Findings) -> None:
    case = findings.case
    if case.missed and case.closed_on is not None:
        said = f"Papers for {case.missed} closed on {say_date(case.closed_on)}"
        if case.meeting == case.missed:
            if case.draft.urgent:
                findings.query("papers.urgent", f"{said}; it is urgent and listed all the same.", "The chair decides.")
            else:
                do = "List it for the next meeting, or mark it urgent with a reason."
                findings.error("papers.late", f"{said}; it came later.", do)
        else:
            where = case.meeting or "the next meeting planned"
            findings.query("papers.late", f"{said}; it waits for {where}.", "Only an urgent one goes before.")


def severities(found: Iterable[ReadinessLine]) -> tuple[int, int]:
    """Count errors and queries."""
    told = [each.severity for each in found]
    return told.count(_ERROR.value), told.count(_QUERY.value)
