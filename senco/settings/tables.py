"""The settings' one table."""

from sqlalchemy import Integer, Text
from sqlmodel import Field, SQLModel


class Setting(SQLModel, table=True):
    """A value that holds from a day on."""

    __tablename__ = "setting"

    setting_id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    name: str = Field(sa_type=Text)
    value: str = Field(sa_type=Text)
    holds_from: str = Field(sa_type=Text)
    set_at: str = Field(sa_type=Text)
    set_by: str = Field(sa_type=Text)
