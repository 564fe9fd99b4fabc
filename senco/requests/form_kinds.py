"""The words of a request's form: what it says, what is found wanting, how its provision is costed."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING

from senco.deferred import dataclass

if TYPE_CHECKING:
    from datetime import date

    from senco.errors import Problem
    from senco.requests.kinds import RequestType, SenStatus

FORM_VERSION = "form-1"


class ProvisionStage(StrEnum):
    """Whether a line of provision is made now or asked for."""

    NOW = "now"
    ASKED = "asked"


class RateSource(StrEnum):
    """Where the rate of a line comes from: the form itself, the borough's catalogue, or its usual rate."""

    FORM = "form"
    CATALOGUE = "catalogue"
    SETTING = "setting"


class EvidenceKind(StrEnum):
    """What kind of paper a school holds."""

    PLAN = "plan"
    REVIEW = "review"
    REPORT = "report"
    COSTED_PROVISION = "costed provision"
    EHC_PLAN = "EHC plan"
    OTHER = "other"


class Severity(StrEnum):
    """How much a finding weighs: an error must be put right, a query wants an answer."""

    ERROR = "error"
    QUERY = "query"


class FormFate(StrEnum):
    """What becomes of a form that is read."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PupilDraft:
    """A child as a form names it; "" and None where it says nothing. None of it may be shown but the ``place``."""

    given_names: str = field(repr=False)
    family_name: str = field(repr=False)
    upn: str = field(repr=False)
    former_upn: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    year_group: str
    looked_after: bool | None
    home_la_code: int | None
    consent_form: str
    consent_scope: str
    consent_on: date | None
    place: str = field(default="", compare=False)

    @property
    def named(self) -> bool:
        """Whether anything says who the child is."""
        return bool(self.given_names or self.family_name or self.upn or self.birth_date)


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """A paper that a school holds."""

    kind: str
    title: str
    dated: date | None
    reviewed_on: date | None


@dataclass(frozen=True, slots=True)
class FundingDraft:
    """Other money that a child has already, pence."""

    stream: str
    amount_pence: int | None
    starts: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class AgencyDraft:
    """Somebody outside the school who knows the child."""

    agency: str
    last_seen: date | None


@dataclass(frozen=True, slots=True)
class ProvisionDraft:
    """A line of provision as written: ``weeks`` and ``rate`` (pounds an hour) are "" where the usual ones are meant."""

    stage: ProvisionStage
    provision: str
    what: str
    delivered_by: str
    minutes: int
    sharing: int
    alone: bool
    weeks: str
    rate: str
    items_pence: int


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A form as read: dates as days, amounts in pence, "" and None where it says nothing.

    ``asked_pence`` None stands for cost less element 2; ``own_total_pence`` is the total that the form itself saved.
    """

    file: str
    number: int
    school: str
    school_place: str
    number_place: str
    type: RequestType
    resubmits: str
    submitted_on: date
    filled_in_by: str
    needs: tuple[str, ...]
    sen_status: SenStatus
    attendance_tenths: int | None
    pupil_count: int | None
    provision_now: str
    provision_asked: str
    outcome_sought: str
    parents_views: str
    pupils_views: str
    asked_pence: int | None
    asked_place: str
    asked_from: date | None
    asked_to: date | None
    element2_pence: int | None
    urgent: bool
    urgent_because: str
    pupils: tuple[PupilDraft, ...]
    evidence: tuple[EvidenceDraft, ...]
    funding: tuple[FundingDraft, ...]
    agencies: tuple[AgencyDraft, ...]
    lines: tuple[ProvisionDraft, ...]
    own_total_pence: int | None
    form_version: str = FORM_VERSION

    @property
    def year_group(self) -> str:
        """The year group of a request for one child; a request for several has none of its own."""
        groups = {each.year_group for each in self.pupils}
        return groups.pop() if len(groups) == 1 else ""


@dataclass(frozen=True, slots=True)
class ReadForm:
    """One file of an import: its draft, or what is wrong with it."""

    file: str
    draft: FormDraft | None
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """A provision of the borough's catalogue: pounds an hour as written (17.24, 655/38), dates ISO.

    ``ends`` is the day from which it is in the catalogue no more, as far as that is planned.
    """

    name: str
    delivered_by: str
    rate: str
    holds_from: str
    ends: str | None = None


@dataclass(frozen=True, slots=True)
class CostPolicy:
    """What a cost is worked out with on a day: rate and weeks as written, amounts in pence, the catalogue by name.

    ``group`` says how a group counts element 2 and the threshold (`contribution`); ``ended`` names what has been taken
    out of the catalogue.
    """

    rate: str
    weeks: str
    element2_pence: int
    threshold_pence: int
    threshold_means: str
    catalogue: tuple[CatalogueLine, ...] = ()
    group: str = "per-pupil"
    ended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CostLine:
    """A line of provision costed: its workings in words, the exact sum as a fraction in words, and whole pence."""

    place: int
    stage: str
    provision: str
    what: str
    delivered_by: str
    minutes: int
    sharing: int
    alone: bool
    weeks: str
    rate: str
    rate_source: str
    items_pence: int
    workings: str
    cost_pence: int


@dataclass(frozen=True, slots=True)
class Costing:
    """A request's provision costed: pence a year. ``gap_pence`` is what lacks to the threshold.

    ``element2_pence`` and ``threshold_pence`` are as they count for this request, ``element2_each_pence`` and
    ``threshold_each_pence`` for one pupil; ``element2_workings`` and ``threshold_workings`` say how they were counted.
    ``stored_pence`` is the cost that the request bears: the sum of its lines asked for, where it has any.
    """

    reference: str
    lines: tuple[CostLine, ...]
    now_pence: int
    asked_pence: int
    element2_pence: int
    top_up_pence: int
    threshold_pence: int
    threshold_means: str
    gap_pence: int
    requested_pence: int
    stored_pence: int
    element2_each_pence: int
    element2_workings: str
    threshold_each_pence: int
    threshold_workings: str


@dataclass(frozen=True, slots=True)
class ReadinessLine:
    """One thing missing or doubtful in a request: its rule's code, how much it weighs, what it is and what to do."""

    request: str
    code: str
    severity: str
    what: str
    do: str


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A request with what its check found; ``ready`` when nothing found blocks it."""

    request: str
    school: str
    meeting: str
    errors: int
    queries: int
    ready: bool


@dataclass(frozen=True, slots=True)
class FormLine:
    """What becomes of one form: its request once there is one, what changes, and where it will be heard."""

    file: str
    fate: str
    request: str
    school: str
    number: int
    type: str
    cost_pence: int
    asked_pence: int
    meeting: str
    changes: tuple[str, ...]
    errors: int
    queries: int


@dataclass(frozen=True, slots=True)
class IdentityLine:
    """Who a child is, for the one answer that shows it: dates ISO."""

    request: str
    place: int
    given_names: str = field(repr=False)
    family_name: str = field(repr=False)
    upn: str = field(repr=False)
    birth_date: str = field(repr=False)
    year_group: str
    looked_after: str
    home_la_code: int | None
    consent_form: str
    consent_scope: str
    consent_on: str
