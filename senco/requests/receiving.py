"""What takes forms in: a new one becomes a request, a corrected one changes the draft, the same one changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from senco.clusters import questions as clusters
from senco.dates import AcademicYear
from senco.errors import NotFound, Problem
from senco.money import say_pounds
from senco.requests import contribution, costing, form_questions, questions, readiness
from senco.requests.correcting import corrections
from senco.requests.form_kinds import FormFate, FormLine, ProvisionStage
from senco.requests.kinds import RequestType, Stage
from senco.requests.questions import MODEL
from senco.requests.readiness import Case
from senco.requests.roll import Roll
from senco.requests.tables import (
    ProvisionLine,
    Request,
    RequestAgency,
    RequestCorrection,
    RequestEvidence,
    RequestFunding,
    RequestNeed,
    RequestPupil,
)
from senco.requests.verbs import free_reference
from senco.settings.questions import number_on, word_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from senco.requests.form_kinds import CostLine, FormDraft, ReadForm, ReadinessLine
    from senco.requests.kinds import CaseLine
    from senco.requests.readiness import ReadyPolicy
    from senco.schools.kinds import SchoolLine
    from senco.store.doors import Ask, Change

SOURCE = "form"
_DRAFT_STAGES = frozenset({Stage.SUBMITTED, Stage.LISTED})


class _Refusal(Exception):
    """A form that cannot be taken in, with its problems."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems


class Receipt:
    """The taking in of some forms in one change: what becomes of each, and every problem with its cell."""

    def __init__(self, change: Change, today: date) -> None:
        self.change = change
        self.today = today
        self.lines: list[FormLine] = []
        self.problems: list[Problem] = []
        self.findings: list[ReadinessLine] = []
        self.taken: dict[str, str] = {}
        self.policies: dict[date, ReadyPolicy] = {}

    def take(self, forms: Iterable[ReadForm]) -> None:
        """Take every form in that can be; what is wrong with the others is kept as problems."""
        for each in forms:
            problems = each.problems
            if each.draft is not None:
                try:
                    self.lines.append(self._take(each.draft))
                except _Refusal as refusal:
                    problems = refusal.problems
            if problems:
                self.problems += problems
                self.lines.append(_refused(each))

    def policy_on(self, day: date) -> ReadyPolicy:
        """Give what the forms of a day are held against; asked once for each day."""
        if day not in self.policies:
            self.policies[day] = form_questions.ready_policy_on(self.change.ask, day)
        return self.policies[day]

    def count(self, fate: FormFate) -> int:
        """Count the forms that met a fate."""
        return sum(line.fate == fate for line in self.lines)

    @property
    def changes_nothing(self) -> bool:
        """Whether the store stays as it is."""
        return not (self.count(FormFate.ADDED) or self.count(FormFate.CHANGED))

    def record(self) -> None:
        """Say for the trail how many forms met which fate; a change of nothing is withdrawn."""
        if self.changes_nothing:
            self.change.withdraw()
            return
        touched = [line.request for line in self.lines if line.fate in {FormFate.ADDED, FormFate.CHANGED}]
        subject = f"request {touched[0]}" if len(touched) == 1 else "requests"
        self.change.record(subject, **{each.value: self.count(each) for each in FormFate})
        self.change.flush()

    def _take(self, draft: FormDraft) -> FormLine:
        ask = self.change.ask
        school = _school(ask, draft)
        year = str(AcademicYear.of(draft.submitted_on))
        key = form_questions.FORM_KEY.format(year=year, urn=school.urn, number=draft.number)
        if key in self.taken:
            what = f"The form number {draft.number} of this school stands in {self.taken[key]} too."
            raise _Refusal(Problem(draft.number_place, what, "Give each form a number of its own."))
        cluster = clusters.cluster_of(ask, school.urn, year, MODEL)
        if cluster is None:
            what = f"{school.name} is in no {MODEL} cluster of {year}."
            raise _Refusal(Problem(draft.school_place, what, "`senco clusters list` shows the clusters of a year."))
        taking = _Taking(self, draft, school, year=year, cluster=cluster.reference, key=key)
        self.taken[key] = draft.file
        return taking.line()


class _Taking:
    """The taking in of one form whose school and cluster are known."""

    def __init__(
        self, receipt: Receipt, draft: FormDraft, school: SchoolLine, *, year: str, cluster: str, key: str
    ) -> None:
        self.receipt = receipt
        self.change = receipt.change
        self.ask = receipt.change.ask
        self.draft = draft
        self.school = school
        self.year = year
        self.cluster = cluster
        self.key = key
        self.policy = receipt.policy_on(draft.submitted_on)
        self.lines = costing.costed(draft.lines, self.policy.cost)
        self.cost = costing.total(self.lines, ProvisionStage.ASKED)
        self.asked = self._asked()
        self.roll = Roll(self.change, school.urn)

    def line(self) -> FormLine:
        """Take the form in and say what became of it."""
        standing = form_questions.with_key(self.ask, self.key)
        if standing is not None:
            self.roll.remember(standing)
        self._refuse_others_upn()
        resubmits, changes = self._earlier(), tuple[tuple[str, str], ...]()
        if standing is None:
            reference, fate = free_reference(self.ask), FormFate.ADDED
            self._check(reference)
            self._add(reference, resubmits)
        else:
            reference, case = standing, questions.case_named(self.ask, standing)
            changes = corrections(
                form_questions.form_of(self.ask, standing),
                self.draft,
                lines=(form_questions.cost_lines(self.ask, standing), self.lines),
                costs=(case.cost_pence, self.cost),
                asked=(case.asked_pence, self.asked),
            )
            self._check(reference, case.meeting)
            fate = FormFate.CHANGED if changes else FormFate.UNCHANGED
            if changes:
                self._correct(case, resubmits, changes)
            else:
                self.meeting = case.meeting
        self.receipt.findings += self.findings
        errors, queries = readiness.severities(self.findings)
        return FormLine(
            file=self.draft.file,
            fate=fate.value,
            request=reference,
            school=self.school.name,
            number=self.draft.number,
            type=self.draft.type.value,
            cost_pence=self.cost,
            asked_pence=self.asked,
            meeting=self.meeting,
            changes=tuple(f"{name}{told}" for name, told in changes),
            errors=errors,
            queries=queries,
        )

    def _asked(self) -> int:
        """Give the amount asked for: what the form says, or cost less element 2 where it says that or nothing."""
        if costing.too_large(self.lines):
            raise _Refusal(Problem(self.draft.asked_place, "The cost is too large to be meant.", "Check the lines."))
        own = contribution.counted(self.policy.cost, self.draft.type, self.draft.pupil_count)
        most = costing.top_up(self.cost, own.element2_pence)
        told = self.draft.asked_pence
        if told is None:
            return 0 if self.draft.type is RequestType.DISCUSSION else most
        # A spreadsheet rounds each line in its own way; what it worked out itself is ours within a penny a line.
        if abs(told - most) <= len(self.lines):
            return most
        if told > self.cost:
            what = f"{say_pounds(told)} is asked for, more than the provision costs ({say_pounds(self.cost)})."
            raise _Refusal(Problem(self.draft.asked_place, what, "Cost every line on the sheet Provision."))
        return told

    def _refuse_others_upn(self) -> None:
        """Refuse a UPN that is known for a child of another name and another date of birth: one of the two is wrong."""
        for pupil in self.draft.pupils:
            if pupil.upn and self.roll.is_of_another(pupil):
                what = "This UPN is known for a child with another name and another date of birth."
                raise _Refusal(Problem(pupil.place, what, "Check it against the school's roll."))

    def _earlier(self) -> str | None:
        told = self.draft.resubmits
        if told and not questions.exists(self.ask, told):
            raise _Refusal(Problem(self.draft.file, f"There is no earlier request {told}.", "Check its reference."))
        return told or None

    def _check(self, reference: str, listed: str = "") -> None:
        """Find what is missing, and choose the meeting: none while something blocks."""
        draft = self.draft
        missed, closed = form_questions.missed_by(self.ask, self.cluster, self.year, draft.submitted_on)
        meeting = listed or form_questions.meeting_in_time(
            self.ask, self.cluster, self.year, draft.submitted_on, urgent=draft.urgent
        )
        case = Case(
            reference=reference,
            draft=draft,
            lines=self.lines,
            cost_pence=self.cost,
            asked_pence=self.asked,
            pupils=form_questions.records_of(self.ask, draft, own=reference, year=self.year),
            meeting=meeting,
            missed=missed,
            closed_on=closed,
        )
        self.findings = readiness.check(case, self.policy)
        blocked = readiness.blocks(self.findings, word_on(self.ask, "ready.blocks", self.receipt.today))
        self.meeting = "" if blocked else meeting

    def _values(self, resubmits: str | None) -> dict[str, Any]:
        """Give what the row of the request holds of the form."""
        draft = self.draft
        consents = [each for each in draft.pupils if each.named]
        consented = bool(consents) and all(each.consent_form for each in consents)
        days = [each.consent_on for each in consents if each.consent_on]
        return {
            "type": draft.type.value,
            "pupils": draft.pupil_count,
            "year_group": draft.year_group or None,
            "sen_status": draft.sen_status.value,
            "attendance_tenths": draft.attendance_tenths,
            "provision_now": draft.provision_now,
            "provision_asked": draft.provision_asked,
            "outcome_sought": draft.outcome_sought,
            "parents_views": draft.parents_views,
            "pupils_views": draft.pupils_views,
            "cost_pence": self.cost,
            "element2_pence": draft.element2_pence,
            "asked_pence": self.asked,
            "asked_from": _iso(draft.asked_from),
            "asked_to": _iso(draft.asked_to),
            "urgent": int(draft.urgent),
            "urgent_because": draft.urgent_because,
            "consent": int(consented),
            "consent_on": _iso(min(days)) if consented and len(days) == len(consents) else None,
            "submitted_on": draft.submitted_on.isoformat(),
            "meeting_reference": self.meeting or None,
            "resubmits": resubmits,
            "filled_in_by": draft.filled_in_by,
            "form_version": draft.form_version,
        }

    def _add(self, reference: str, resubmits: str | None) -> None:
        self.change.add(
            Request,
            reference=reference,
            year=self.year,
            urn=self.school.urn,
            cluster_reference=self.cluster,
            form_key=self.key,
            version=1,
            withdrawn_because="",
            received_at=self.change.stamp,
            received_by=self.change.actor,
            source=SOURCE,
            **self._values(resubmits),
        )
        self.change.flush()
        self._details(reference)

    def _correct(self, case: CaseLine, resubmits: str | None, changes: Sequence[tuple[str, str]]) -> None:
        if Stage(case.stage) not in _DRAFT_STAGES:
            what = f"{case.reference} is {case.stage}: what has been judged is not changed under the judgement."
            raise _Refusal(Problem(self.draft.number_place, what, "Have the outcome taken back first."))
        row = self.change.session.get(Request, case.reference)
        for name, value in self._values(resubmits).items():
            setattr(row, name, value)
        setattr(row, "version", case.version + 1)  # noqa: B010 - as the other fields of the row
        for table in (RequestNeed, RequestPupil, RequestEvidence, RequestFunding, RequestAgency, ProvisionLine):
            self._empty(table, case.reference)
        self.change.add(
            RequestCorrection,
            request_reference=case.reference,
            version=case.version + 1,
            fields="; ".join(name for name, _ in changes),
            corrected_at=self.change.stamp,
            corrected_by=self.change.actor,
        )
        self._details(case.reference)
        self.roll.forget_those_left()

    def _empty(self, table: Any, reference: str) -> None:
        from sqlmodel import delete

        self.change.flush()
        self.change.session.exec(delete(table).where(table.request_reference == reference))

    def _details(self, reference: str) -> None:
        change, draft = self.change, self.draft
        for rank, code in enumerate(draft.needs, start=1):
            change.add(RequestNeed, request_reference=reference, rank=rank, code=code)
        for place, pupil in enumerate(draft.pupils, start=1):
            if pupil.named:
                change.add(
                    RequestPupil,
                    request_reference=reference,
                    pupil_key=self.roll.key_of(pupil),
                    consent_scope=pupil.consent_scope,
                    consent_on=_iso(pupil.consent_on),
                    place=place,
                    year_group=pupil.year_group,
                    consent_form=pupil.consent_form,
                )
        for place, paper in enumerate(draft.evidence, start=1):
            change.add(
                RequestEvidence,
                request_reference=reference,
                place=place,
                kind=paper.kind,
                title=paper.title,
                dated=_iso(paper.dated),
                reviewed_on=_iso(paper.reviewed_on),
            )
        for place, money in enumerate(draft.funding, start=1):
            change.add(
                RequestFunding,
                request_reference=reference,
                place=place,
                stream=money.stream,
                amount_pence=money.amount_pence,
                starts=_iso(money.starts),
                ends=_iso(money.ends),
            )
        for place, each in enumerate(draft.agencies, start=1):
            change.add(
                RequestAgency,
                request_reference=reference,
                place=place,
                agency=each.agency,
                last_seen=_iso(each.last_seen),
            )
        for line in self.lines:
            change.add(ProvisionLine, request_reference=reference, **_stored(line))
        change.flush()


def _school(ask: Ask, draft: FormDraft) -> SchoolLine:
    """Find the school; what was typed is not repeated, since a child's name may stand there."""
    try:
        return questions.school_meant(ask, draft.school, draft.submitted_on)
    except NotFound as missing:
        la_code = number_on(ask, "la.code", draft.submitted_on)
        what = f"This is no one school of LA {la_code} in the register."
        if missing.reference == "school.ambiguous":
            what = "This may be more than one school of the register."
        raise _Refusal(Problem(draft.school_place, what, "Give its whole name, or its URN.")) from None


def _stored(line: CostLine) -> dict[str, Any]:
    return {
        "place": line.place,
        "stage": line.stage,
        "provision": line.provision,
        "what": line.what,
        "delivered_by": line.delivered_by,
        "minutes": line.minutes,
        "sharing": line.sharing,
        "alone": int(line.alone),
        "weeks": line.weeks,
        "rate": line.rate,
        "rate_source": line.rate_source,
        "items_pence": line.items_pence,
        "cost_pence": line.cost_pence,
    }


def _refused(form: ReadForm) -> FormLine:
    draft = form.draft
    return FormLine(
        file=form.file,
        fate=FormFate.REFUSED.value,
        request="",
        school="",
        number=draft.number if draft else 0,
        type=draft.type.value if draft else "",
        cost_pence=0,
        asked_pence=0,
        meeting="",
        changes=(),
        errors=len(form.problems),
        queries=0,
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
