"""Setting a rule of the borough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.settings.questions import setting_on
from senco.settings.rules import stored
from senco.settings.tables import Setting

if TYPE_CHECKING:
    from datetime import date

    from senco.settings.kinds import Definition, SettingLine
    from senco.store.doors import Change


def set_from(change: Change, definition: Definition, value: str, day: date) -> SettingLine:
    """Let a value hold from a day on; what held before stays on record. Raises BadInput ``setting.bad-value``."""
    kept = stored(definition, value)
    before = setting_on(change.ask, definition.name, day).value
    change.add(
        Setting,
        name=definition.name,
        value=kept,
        holds_from=day.isoformat(),
        set_at=change.stamp,
        set_by=change.actor,
    )
    change.record(f"setting {definition.name}", before=before, after=kept, holds_from=day.isoformat())
    change.flush()
    return setting_on(change.ask, definition.name, day)
