"""Settings as people see them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from senco.console.listing import Column, Listing
from senco.dates import say_date
from senco.settings.rules import BY_NAME, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.settings.kinds import SettingLine


def settings(lines: Sequence[SettingLine], day: date) -> Listing:
    """Lay out settings as a table."""
    return Listing(
        "settings",
        lines,
        (
            Column("Setting", lambda line: line.name),
            Column("Value", lambda line: said(BY_NAME[line.name], line.value)),
            Column("Holds from", _holds_from, keep=1),
            Column("Meaning", lambda line: line.meaning, keep=2, whole=False),
        ),
        title=f"Settings on {say_date(day)}",
    )


def _holds_from(line: SettingLine) -> str:
    return say_date(date.fromisoformat(line.holds_from)) if line.holds_from else "senco's default"
