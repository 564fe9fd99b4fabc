"""What the settings are on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.settings.kinds import Dated, SettingLine
from senco.settings.rules import BY_NAME, DEFINITIONS

if TYPE_CHECKING:
    from datetime import date

    from senco.store.doors import Ask

_ON = """
SELECT value, holds_from, set_by FROM setting
 WHERE name = :name AND holds_from <= :day AND (:known IS NULL OR setting_id <= :known)
 ORDER BY holds_from DESC, setting_id DESC LIMIT 1
"""

_EVER = "SELECT holds_from, value FROM setting WHERE name = :name ORDER BY holds_from, setting_id"


def setting_on(ask: Ask, name: str, day: date, known: int | None = None) -> SettingLine:
    """Give a setting's value on a day: the newest that holds by then, or senco's default.

    ``known`` is the newest setting that may be looked at, as `newest_setting` gave it when something was decided: what
    was set afterwards, though it be dated back, is passed over.
    """
    definition = BY_NAME[name]
    found = ask.one(lambda *row: row, _ON, {"name": name, "day": day.isoformat(), "known": known})
    value, holds_from, set_by = found or (definition.default, None, None)
    return SettingLine(name, value, holds_from, set_by, definition.meaning)


def settings_on(ask: Ask, day: date) -> list[SettingLine]:
    """Give every setting's value on a day, in the order of their definitions."""
    return [setting_on(ask, each.name, day) for each in DEFINITIONS]


def number_on(ask: Ask, name: str, day: date) -> int:
    """Give the value of a setting that is a number or an amount (pence)."""
    return int(setting_on(ask, name, day).value)


def word_on(ask: Ask, name: str, day: date, known: int | None = None) -> str:
    """Give the value of a setting that is a word or a text."""
    return setting_on(ask, name, day, known).value


def newest_setting(ask: Ask) -> int:
    """Give the number of the newest setting, nought before there is any: which of them are known by now."""
    return int(ask.value("SELECT COALESCE(MAX(setting_id), 0) FROM setting"))


def dated(ask: Ask, name: str) -> Dated:
    """Give a setting through time, for what asks it for many days at once."""
    return Dated(BY_NAME[name].default, tuple(ask.all(_step, _EVER, {"name": name})))


def _step(holds_from: str, value: str) -> tuple[str, str]:
    return holds_from, value
