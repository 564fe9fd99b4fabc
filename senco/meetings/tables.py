"""The tables of the meetings slice, one to one with migrations 0005 and 0008."""

from sqlalchemy import Integer, Text
from sqlmodel import Field, SQLModel


class Meeting(SQLModel, table=True):
    """A meeting: its local times with their zone, and the instants in UTC."""

    __tablename__ = "meeting"

    reference: str = Field(primary_key=True, sa_type=Text)
    year: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    for_all: int = Field(sa_type=Integer)
    starts: str = Field(sa_type=Text)
    ends: str = Field(sa_type=Text)
    zone: str = Field(sa_type=Text)
    starts_utc: str = Field(sa_type=Text)
    ends_utc: str = Field(sa_type=Text)
    venue: str = Field(sa_type=Text)
    purpose: str = Field(sa_type=Text)
    status: str = Field(sa_type=Text)
    uid: str = Field(sa_type=Text)
    sequence: int = Field(sa_type=Integer)
    changed_at: str = Field(sa_type=Text)
    source: str = Field(sa_type=Text)
    chair: str = Field(default="", sa_type=Text)


class MeetingCluster(SQLModel, table=True):
    """One of the clusters that a meeting is for."""

    __tablename__ = "meeting_cluster"

    meeting_reference: str = Field(primary_key=True, sa_type=Text, foreign_key="meeting.reference")
    cluster_reference: str = Field(primary_key=True, sa_type=Text)


class Holiday(SQLModel, table=True):
    """A holiday of the borough, or of one school."""

    __tablename__ = "holiday"

    holiday_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    year: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    first: str = Field(sa_type=Text)
    last: str = Field(sa_type=Text)
    la_code: int | None = Field(default=None, sa_type=Integer)
    urn: int | None = Field(default=None, sa_type=Integer)
    source: str = Field(sa_type=Text)
    kind: str = Field(default="holiday", sa_type=Text)


class BankHoliday(SQLModel, table=True):
    """A bank holiday as a file gives it."""

    __tablename__ = "bank_holiday"

    day: str = Field(primary_key=True, sa_type=Text)
    title: str = Field(sa_type=Text)
    source: str = Field(sa_type=Text)


class MeetingChange(SQLModel, table=True):
    """One change of a meeting; the table only grows."""

    __tablename__ = "meeting_change"

    meeting_change_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    meeting_reference: str = Field(sa_type=Text, foreign_key="meeting.reference")
    change: str = Field(sa_type=Text)
    sequence: int = Field(sa_type=Integer)
    starts_before: str = Field(sa_type=Text)
    ends_before: str = Field(sa_type=Text)
    venue_before: str = Field(sa_type=Text)
    status_before: str = Field(sa_type=Text)
    starts_after: str = Field(sa_type=Text)
    ends_after: str = Field(sa_type=Text)
    venue_after: str = Field(sa_type=Text)
    status_after: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    made_at: str = Field(sa_type=Text)
    made_by: str = Field(sa_type=Text)


class MeetingDeadline(SQLModel, table=True):
    """A deadline fixed for one meeting."""

    __tablename__ = "meeting_deadline"

    meeting_reference: str = Field(primary_key=True, sa_type=Text, foreign_key="meeting.reference")
    kind: str = Field(primary_key=True, sa_type=Text)
    due: str = Field(sa_type=Text)
    fixed_at: str = Field(sa_type=Text)


class Contact(SQLModel, table=True):
    """A professional who comes to meetings, for as long as they hold the role."""

    __tablename__ = "contact"

    contact_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    name: str = Field(sa_type=Text)
    folded_name: str = Field(sa_type=Text)
    role: str = Field(sa_type=Text)
    urn: int | None = Field(default=None, sa_type=Integer)
    organisation: str = Field(sa_type=Text)
    email: str = Field(sa_type=Text)
    invited_to: str = Field(sa_type=Text)
    starts: str = Field(sa_type=Text)
    ends: str | None = Field(default=None, sa_type=Text)
    source: str = Field(sa_type=Text)


class Attendance(SQLModel, table=True):
    """One mark in a meeting's register; the table only grows."""

    __tablename__ = "attendance"

    attendance_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    meeting_reference: str = Field(sa_type=Text, foreign_key="meeting.reference")
    urn: int | None = Field(default=None, sa_type=Integer)
    contact_id: int | None = Field(default=None, sa_type=Integer, foreign_key="contact.contact_id")
    mark: str = Field(sa_type=Text)
    marked_at: str = Field(sa_type=Text)
    marked_by: str = Field(sa_type=Text)


class MeetingAction(SQLModel, table=True):
    """What somebody is to do after a meeting."""

    __tablename__ = "meeting_action"

    action_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    meeting_reference: str = Field(sa_type=Text, foreign_key="meeting.reference")
    task: str = Field(sa_type=Text)
    owner: str = Field(sa_type=Text)
    due: str | None = Field(default=None, sa_type=Text)
    agreed_at: str = Field(sa_type=Text)
    closed_on: str | None = Field(default=None, sa_type=Text)
    outcome: str = Field(sa_type=Text)


class StandingItem(SQLModel, table=True):
    """An item that stands on agendas at a time of year."""

    __tablename__ = "standing_item"

    standing_item_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    title: str = Field(sa_type=Text)
    months: str = Field(sa_type=Text)
    kinds: str = Field(sa_type=Text)
    holds_from: str = Field(sa_type=Text)
    ends: str | None = Field(default=None, sa_type=Text)
    source: str = Field(sa_type=Text)
