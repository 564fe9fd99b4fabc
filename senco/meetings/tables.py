"""The tables of the meetings slice, one to one with migration 0005."""

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
