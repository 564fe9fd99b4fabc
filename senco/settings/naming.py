"""Finding a setting by the word a person typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.errors import NotFound
from senco.nearest import did_you_mean
from senco.settings.rules import BY_NAME

if TYPE_CHECKING:
    from senco.settings.kinds import Definition


def definition_named(name: str) -> Definition:
    """Give the definition of a setting; raises NotFound ``setting.unknown`` with the nearest names."""
    if name not in BY_NAME:
        hint = did_you_mean(name, BY_NAME) or "`senco settings list` names them all."
        raise NotFound("setting.unknown", f"There is no setting '{name}'.", hint)
    return BY_NAME[name]
