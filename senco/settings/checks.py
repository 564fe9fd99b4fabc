"""The named checks of the settings slice: nothing is set under a name that no rule reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.findings import Finding
from senco.settings.naming import hint_for
from senco.settings.rules import BY_NAME

if TYPE_CHECKING:
    from datetime import date

    from senco.store.doors import Ask

_NAMES = "SELECT DISTINCT name FROM setting ORDER BY name"


def findings(ask: Ask, day: date) -> list[Finding]:  # noqa: ARG001 - every slice is asked with the day
    """Find what was set under a name that there is not: no rule would ever heed it."""
    return [
        Finding("settings.unknown", f"setting {name}", "No rule reads a setting of this name.", hint_for(name))
        for name in ask.values(_NAMES)
        if name not in BY_NAME
    ]
