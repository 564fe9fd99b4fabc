"""The tables of the requests slice, one to one with the migrations 0006, 0009 and 0011."""

from sqlalchemy import Integer, Text
from sqlmodel import Field, SQLModel


class Pupil(SQLModel, table=True):
    """Who a child is: the one table that knows."""

    __tablename__ = "pupil"
    __table_args__ = {"info": {"identity": True}}

    pupil_key: str = Field(primary_key=True, sa_type=Text)
    upn: str | None = Field(default=None, sa_type=Text)
    former_upn: str | None = Field(default=None, sa_type=Text)
    given_names: str = Field(sa_type=Text)
    family_name: str = Field(sa_type=Text)
    birth_date: str | None = Field(default=None, sa_type=Text)
    looked_after: int | None = Field(default=None, sa_type=Integer)
    home_la_code: int | None = Field(default=None, sa_type=Integer)
    urn: int | None = Field(default=None, sa_type=Integer)
    commitment_key: str | None = Field(default=None, sa_type=Text)
    version: int = Field(sa_type=Integer)
    changed_at: str = Field(sa_type=Text)
    changed_by: str = Field(sa_type=Text)


class Request(SQLModel, table=True):
    """A school's request, as it stands."""

    __tablename__ = "request"

    reference: str = Field(primary_key=True, sa_type=Text)
    year: str = Field(sa_type=Text)
    urn: int = Field(sa_type=Integer)
    cluster_reference: str = Field(sa_type=Text)
    type: str = Field(sa_type=Text)
    pupils: int | None = Field(default=None, sa_type=Integer)
    year_group: str | None = Field(default=None, sa_type=Text)
    sen_status: str = Field(sa_type=Text)
    attendance_tenths: int | None = Field(default=None, sa_type=Integer)
    provision_now: str = Field(default="", sa_type=Text)
    provision_asked: str = Field(sa_type=Text)
    outcome_sought: str = Field(default="", sa_type=Text)
    parents_views: str = Field(default="", sa_type=Text)
    pupils_views: str = Field(default="", sa_type=Text)
    cost_pence: int = Field(sa_type=Integer)
    element2_pence: int | None = Field(default=None, sa_type=Integer)
    asked_pence: int = Field(sa_type=Integer)
    asked_from: str | None = Field(default=None, sa_type=Text)
    asked_to: str | None = Field(default=None, sa_type=Text)
    urgent: int = Field(sa_type=Integer)
    urgent_because: str = Field(default="", sa_type=Text)
    consent: int = Field(sa_type=Integer)
    consent_on: str | None = Field(default=None, sa_type=Text)
    submitted_on: str = Field(sa_type=Text)
    meeting_reference: str | None = Field(default=None, sa_type=Text)
    panel_reference: str | None = Field(default=None, sa_type=Text)
    resubmits: str | None = Field(default=None, sa_type=Text)
    filled_in_by: str = Field(default="", sa_type=Text)
    form_key: str | None = Field(default=None, sa_type=Text)
    form_version: str = Field(sa_type=Text)
    version: int = Field(sa_type=Integer)
    withdrawn_on: str | None = Field(default=None, sa_type=Text)
    withdrawn_because: str = Field(default="", sa_type=Text)
    received_at: str = Field(sa_type=Text)
    received_by: str = Field(sa_type=Text)
    source: str = Field(sa_type=Text)
    renews: str | None = Field(default=None, sa_type=Text)


class RequestNeed(SQLModel, table=True):
    """A need of the child, ranked from 1."""

    __tablename__ = "request_need"

    request_reference: str = Field(primary_key=True, sa_type=Text, foreign_key="request.reference")
    rank: int = Field(primary_key=True, sa_type=Integer)
    code: str = Field(sa_type=Text)


class RequestPupil(SQLModel, table=True):
    """A child that a request is for, and what the parents agreed to."""

    __tablename__ = "request_pupil"

    request_reference: str = Field(primary_key=True, sa_type=Text, foreign_key="request.reference")
    pupil_key: str = Field(primary_key=True, sa_type=Text, foreign_key="pupil.pupil_key")
    consent_scope: str = Field(sa_type=Text)
    consent_on: str | None = Field(default=None, sa_type=Text)
    place: int = Field(default=1, sa_type=Integer)
    year_group: str = Field(default="", sa_type=Text)
    consent_form: str = Field(default="", sa_type=Text)


class Moderation(SQLModel, table=True):
    """What a cluster thought of a request: the first record."""

    __tablename__ = "moderation"

    moderation_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    request_reference: str = Field(sa_type=Text, foreign_key="request.reference")
    request_version: int = Field(sa_type=Integer)
    meeting_reference: str = Field(sa_type=Text)
    supersedes: int | None = Field(default=None, sa_type=Integer)
    taken_back: int = Field(sa_type=Integer)
    outcome: str | None = Field(default=None, sa_type=Text)
    level: str | None = Field(default=None, sa_type=Text)
    reason: str = Field(sa_type=Text)
    votes_for: int | None = Field(default=None, sa_type=Integer)
    votes_against: int | None = Field(default=None, sa_type=Integer)
    votes_abstained: int | None = Field(default=None, sa_type=Integer)
    chair_urn: int = Field(sa_type=Integer)
    moderating_chair_urn: int | None = Field(default=None, sa_type=Integer)
    made_at: str = Field(sa_type=Text)
    made_by: str = Field(sa_type=Text)
    reason_lines: int = Field(default=0, sa_type=Integer)
    casting: str | None = Field(default=None, sa_type=Text)


class ModerationInterest(SQLModel, table=True):
    """A school's interest in a case when its cluster heard it."""

    __tablename__ = "moderation_interest"

    moderation_id: int = Field(primary_key=True, sa_type=Integer, foreign_key="moderation.moderation_id")
    urn: int = Field(primary_key=True, sa_type=Integer)
    ground: str = Field(primary_key=True, sa_type=Text)
    state: str = Field(sa_type=Text)
    reason: str = Field(default="", sa_type=Text)


class Recommendation(SQLModel, table=True):
    """What the borough's panel advises: the second record."""

    __tablename__ = "recommendation"

    recommendation_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    request_reference: str = Field(sa_type=Text, foreign_key="request.reference")
    request_version: int = Field(sa_type=Integer)
    meeting_reference: str = Field(sa_type=Text)
    moderation_id: int | None = Field(default=None, sa_type=Integer, foreign_key="moderation.moderation_id")
    supersedes: int | None = Field(default=None, sa_type=Integer)
    taken_back: int = Field(sa_type=Integer)
    outcome: str | None = Field(default=None, sa_type=Text)
    amount_pence: int | None = Field(default=None, sa_type=Integer)
    awarded_from: str | None = Field(default=None, sa_type=Text)
    awarded_to: str | None = Field(default=None, sa_type=Text)
    reason: str = Field(sa_type=Text)
    votes_for: int | None = Field(default=None, sa_type=Integer)
    votes_against: int | None = Field(default=None, sa_type=Integer)
    votes_abstained: int | None = Field(default=None, sa_type=Integer)
    chair: str = Field(sa_type=Text)
    moderating_chair: str | None = Field(default=None, sa_type=Text)
    made_at: str = Field(sa_type=Text)
    made_by: str = Field(sa_type=Text)
    reason_lines: int = Field(default=0, sa_type=Integer)
    casting: str | None = Field(default=None, sa_type=Text)


class Decision(SQLModel, table=True):
    """What the Designated Officer decides: the third record."""

    __tablename__ = "decision"

    decision_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    request_reference: str = Field(sa_type=Text, foreign_key="request.reference")
    request_version: int = Field(sa_type=Integer)
    meeting_reference: str | None = Field(default=None, sa_type=Text)
    recommendation_id: int | None = Field(default=None, sa_type=Integer, foreign_key="recommendation.recommendation_id")
    supersedes: int | None = Field(default=None, sa_type=Integer)
    taken_back: int = Field(sa_type=Integer)
    outcome: str | None = Field(default=None, sa_type=Text)
    amount_pence: int | None = Field(default=None, sa_type=Integer)
    awarded_from: str | None = Field(default=None, sa_type=Text)
    awarded_to: str | None = Field(default=None, sa_type=Text)
    review_on: str | None = Field(default=None, sa_type=Text)
    reason: str = Field(sa_type=Text)
    officer: str = Field(sa_type=Text)
    made_at: str = Field(sa_type=Text)
    made_by: str = Field(sa_type=Text)
    reason_lines: int = Field(default=0, sa_type=Integer)
    decided_on: str | None = Field(default=None, sa_type=Text)
    settings_known: int | None = Field(default=None, sa_type=Integer)
    wanted_by: str | None = Field(default=None, sa_type=Text)


class ReasonLine(SQLModel, table=True):
    """One line of the reasons given with a record."""

    __tablename__ = "reason_line"

    record: str = Field(primary_key=True, sa_type=Text)
    record_id: int = Field(primary_key=True, sa_type=Integer)
    place: int = Field(primary_key=True, sa_type=Integer)
    kind: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    owner: str = Field(sa_type=Text)
    due_on: str | None = Field(default=None, sa_type=Text)


class RecommendationInterest(SQLModel, table=True):
    """A school's interest in a case when the panel heard it."""

    __tablename__ = "recommendation_interest"

    recommendation_id: int = Field(primary_key=True, sa_type=Integer)
    urn: int = Field(primary_key=True, sa_type=Integer)
    ground: str = Field(primary_key=True, sa_type=Text)
    state: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)


class InterestSettled(SQLModel, table=True):
    """What a meeting said of an interest before it heard the case."""

    __tablename__ = "interest_settled"

    settled_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    request_reference: str = Field(sa_type=Text)
    meeting_reference: str = Field(sa_type=Text)
    urn: int = Field(sa_type=Integer)
    ground: str = Field(sa_type=Text)
    state: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    made_at: str = Field(sa_type=Text)
    made_by: str = Field(sa_type=Text)


class Presence(SQLModel, table=True):
    """A school or an office that sits over the requests of a meeting, or has left."""

    __tablename__ = "presence"

    presence_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    meeting_reference: str = Field(sa_type=Text)
    cluster_reference: str = Field(sa_type=Text)
    urn: int | None = Field(default=None, sa_type=Integer)
    office: str = Field(sa_type=Text)
    here: int = Field(sa_type=Integer)
    made_at: str = Field(sa_type=Text)
    made_by: str = Field(sa_type=Text)


class Ratification(SQLModel, table=True):
    """What the next panel said of a decision made outside a meeting."""

    __tablename__ = "ratification"

    ratification_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    decision_id: int = Field(sa_type=Integer)
    meeting_reference: str = Field(sa_type=Text)
    ratified: int = Field(sa_type=Integer)
    reason: str = Field(sa_type=Text)
    made_at: str = Field(sa_type=Text)
    made_by: str = Field(sa_type=Text)


class DecisionLetter(SQLModel, table=True):
    """The day of the letter that told a decision."""

    __tablename__ = "decision_letter"

    decision_id: int = Field(primary_key=True, sa_type=Integer)
    dated_on: str = Field(sa_type=Text)
    made_at: str = Field(sa_type=Text)
    made_by: str = Field(sa_type=Text)


class Review(SQLModel, table=True):
    """How an award stood when it was looked at."""

    __tablename__ = "review"

    review_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    request_reference: str = Field(sa_type=Text)
    decision_id: int = Field(sa_type=Integer)
    reviewed_on: str = Field(sa_type=Text)
    score: int = Field(sa_type=Integer)
    note: str = Field(sa_type=Text)
    next_on: str | None = Field(default=None, sa_type=Text)
    made_at: str = Field(sa_type=Text)
    made_by: str = Field(sa_type=Text)


class AwardChange(SQLModel, table=True):
    """The child has moved and the award with it, or the award has ended."""

    __tablename__ = "award_change"

    award_change_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    request_reference: str = Field(sa_type=Text)
    decision_id: int = Field(sa_type=Integer)
    kind: str = Field(sa_type=Text)
    holds_from: str = Field(sa_type=Text)
    urn: int | None = Field(default=None, sa_type=Integer)
    reason: str = Field(sa_type=Text)
    made_at: str = Field(sa_type=Text)
    made_by: str = Field(sa_type=Text)


class RequestEvidence(SQLModel, table=True):
    """A paper that a school holds, and its dates."""

    __tablename__ = "request_evidence"

    request_reference: str = Field(primary_key=True, sa_type=Text, foreign_key="request.reference")
    place: int = Field(primary_key=True, sa_type=Integer)
    kind: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    dated: str | None = Field(default=None, sa_type=Text)
    reviewed_on: str | None = Field(default=None, sa_type=Text)


class RequestFunding(SQLModel, table=True):
    """Other money that a child has already."""

    __tablename__ = "request_funding"

    request_reference: str = Field(primary_key=True, sa_type=Text, foreign_key="request.reference")
    place: int = Field(primary_key=True, sa_type=Integer)
    stream: str = Field(sa_type=Text)
    amount_pence: int | None = Field(default=None, sa_type=Integer)
    starts: str | None = Field(default=None, sa_type=Text)
    ends: str | None = Field(default=None, sa_type=Text)


class RequestAgency(SQLModel, table=True):
    """Somebody outside the school who knows the child."""

    __tablename__ = "request_agency"

    request_reference: str = Field(primary_key=True, sa_type=Text, foreign_key="request.reference")
    place: int = Field(primary_key=True, sa_type=Integer)
    agency: str = Field(sa_type=Text)
    last_seen: str | None = Field(default=None, sa_type=Text)


class ProvisionLine(SQLModel, table=True):
    """A line of a costed provision map, with what it was costed with."""

    __tablename__ = "provision_line"

    request_reference: str = Field(primary_key=True, sa_type=Text, foreign_key="request.reference")
    place: int = Field(primary_key=True, sa_type=Integer)
    stage: str = Field(sa_type=Text)
    provision: str = Field(sa_type=Text)
    what: str = Field(sa_type=Text)
    delivered_by: str = Field(sa_type=Text)
    minutes: int = Field(sa_type=Integer)
    sharing: int = Field(sa_type=Integer)
    alone: int = Field(sa_type=Integer)
    weeks: str = Field(sa_type=Text)
    rate: str = Field(sa_type=Text)
    rate_source: str = Field(sa_type=Text)
    items_pence: int = Field(sa_type=Integer)
    cost_pence: int = Field(sa_type=Integer)


class RequestCorrection(SQLModel, table=True):
    """Which parts of a form a later one corrected."""

    __tablename__ = "request_correction"

    request_reference: str = Field(primary_key=True, sa_type=Text, foreign_key="request.reference")
    version: int = Field(primary_key=True, sa_type=Integer)
    fields: str = Field(sa_type=Text)
    corrected_at: str = Field(sa_type=Text)
    corrected_by: str = Field(sa_type=Text)


class CatalogueEntry(SQLModel, table=True):
    """What an hour of a provision costs from a day on."""

    __tablename__ = "catalogue_entry"

    entry_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    name: str = Field(sa_type=Text)
    folded: str = Field(sa_type=Text)
    delivered_by: str = Field(sa_type=Text)
    rate: str = Field(sa_type=Text)
    holds_from: str = Field(sa_type=Text)
    ended: int = Field(sa_type=Integer)
    set_at: str = Field(sa_type=Text)
    set_by: str = Field(sa_type=Text)
