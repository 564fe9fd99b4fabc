"""The tables of the reports slice, one to one with migration 0012."""

from sqlalchemy import Integer, Text
from sqlmodel import Field, SQLModel


class Publication(SQLModel, table=True):
    """A report that was published, as far as it counts children."""

    __tablename__ = "publication"

    publication_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    name: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    year: str = Field(sa_type=Text)
    term: str = Field(default="", sa_type=Text)
    day: str = Field(sa_type=Text)
    below: int = Field(sa_type=Integer)
    counts: int = Field(sa_type=Integer)
    made_at: str = Field(sa_type=Text)
    made_by: str = Field(sa_type=Text)


class PublishedCount(SQLModel, table=True):
    """A count of it: the number shown, or nothing for a hidden one."""

    __tablename__ = "published_count"

    publication_id: int = Field(primary_key=True, sa_type=Integer)
    key: str = Field(primary_key=True, sa_type=Text)
    shown: int | None = Field(default=None, sa_type=Integer)
