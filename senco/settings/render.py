"""Settings as people see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.console.listing import Column, Listing
from senco.settings.rules import BY_NAME, said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from senco.settings.kinds import SettingLine


def settings(lines: Sequence[SettingLine], day: date) -> Listing:
    """Lay out settings as a table."""
    from senco.dates import say_date

    return Listing(
        "settings",
        lines,
        (
            Column("Setting", lambda line: line.name),
            Column("Value", lambda line: said(BY_NAME[line.name], line.value)),
            Column("Holds from", lambda line: line.holds_from or "senco's default", keep=1),
            Column("Meaning", lambda line: line.meaning, keep=2, whole=False),
        ),
        title=f"Settings on {say_date(day)}",
    )
