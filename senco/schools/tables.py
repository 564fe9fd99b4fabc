"""The register's tables, one to one with the migration."""

from sqlalchemy import Integer, Text
from sqlmodel import Field, SQLModel


class School(SQLModel, table=True):
    """A school as the register has it."""

    __tablename__ = "school"

    urn: int = Field(primary_key=True, sa_type=Integer)
    la_code: int = Field(sa_type=Integer)
    la_name: str = Field(sa_type=Text)
    establishment_number: int | None = Field(default=None, sa_type=Integer)
    name: str = Field(sa_type=Text)
    folded_name: str = Field(sa_type=Text)
    type: str = Field(sa_type=Text)
    type_group: str = Field(sa_type=Text)
    status: str = Field(sa_type=Text)
    phase: str = Field(sa_type=Text)
    low_age: int | None = Field(default=None, sa_type=Integer)
    high_age: int | None = Field(default=None, sa_type=Integer)
    gender: str = Field(sa_type=Text)
    pupils: int | None = Field(default=None, sa_type=Integer)
    fsm_tenths: int | None = Field(default=None, sa_type=Integer)
    trust: str = Field(sa_type=Text)
    federation: str = Field(sa_type=Text)
    town: str = Field(sa_type=Text)
    postcode: str = Field(sa_type=Text)
    easting: int | None = Field(default=None, sa_type=Integer)
    northing: int | None = Field(default=None, sa_type=Integer)
    open_date: str | None = Field(default=None, sa_type=Text)
    close_date: str | None = Field(default=None, sa_type=Text)
    resourced_provision: str = Field(sa_type=Text)
    resourced_on_roll: int | None = Field(default=None, sa_type=Integer)
    sen_unit_on_roll: int | None = Field(default=None, sa_type=Integer)


class SchoolLink(SQLModel, table=True):
    """A link from one school to another: predecessor, successor, split, merger."""

    __tablename__ = "school_link"

    urn: int = Field(primary_key=True, sa_type=Integer)
    link_urn: int = Field(primary_key=True, sa_type=Integer)
    link_type: str = Field(primary_key=True, sa_type=Text)
    link_name: str = Field(sa_type=Text)
    established: str | None = Field(default=None, sa_type=Text)


class SchoolAlias(SQLModel, table=True):
    """Another name for a school in the borough's own papers, from when to when."""

    __tablename__ = "school_alias"

    alias_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    alias: str = Field(sa_type=Text)
    folded: str = Field(sa_type=Text)
    la_code: int = Field(sa_type=Integer)
    urn: int = Field(sa_type=Integer)
    decided_by: str = Field(sa_type=Text)
    source: str = Field(sa_type=Text)
    made_at: str = Field(sa_type=Text)
    ended_at: str | None = Field(default=None, sa_type=Text)
