"""The clusters' tables, one to one with the migration."""

from sqlalchemy import Integer, Text
from sqlmodel import Field, SQLModel


class Cluster(SQLModel, table=True):
    """A cluster of one year in one model."""

    __tablename__ = "cluster"

    cluster_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    year: str = Field(sa_type=Text)
    model: str = Field(sa_type=Text)
    reference: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    source: str = Field(sa_type=Text)


class Membership(SQLModel, table=True):
    """A school's time in a cluster."""

    __tablename__ = "membership"

    membership_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    cluster_id: int = Field(sa_type=Integer)
    urn: int = Field(sa_type=Integer)
    nickname: str = Field(sa_type=Text)
    joined: str = Field(sa_type=Text)
    left_on: str | None = Field(default=None, sa_type=Text)
    source: str = Field(sa_type=Text)


class Appointment(SQLModel, table=True):
    """A person's time as lead or deputy of a cluster."""

    __tablename__ = "appointment"

    appointment_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    cluster_id: int = Field(sa_type=Integer)
    role: str = Field(sa_type=Text)
    person: str = Field(sa_type=Text)
    host_urn: int | None = Field(default=None, sa_type=Integer)
    appointed_by: str = Field(sa_type=Text)
    starts: str = Field(sa_type=Text)
    ends: str | None = Field(default=None, sa_type=Text)
    source: str = Field(sa_type=Text)
