"""Finding a setting by the word a person typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from senco.errors import NotFound
from senco.nearest import did_you_mean
from senco.settings.rules import BY_NAME

if TYPE_CHECKING:
    from senco.settings.kinds import Definition

# Names under which the same was once said a second time: whoever has them in a script is told the one that is read.
_FORMERLY: Final = {
    "papers.close-days": "closing",
    "cluster.quorum": "quorum",
    "cluster.quorum.fraction": "quorum",
    "cluster.quorum.offices": "quorum.roles",
    "panel.quorum.fraction": "panel.quorum",
    "panel.quorum.offices": "panel.quorum.roles",
}


def definition_named(name: str) -> Definition:
    """Give the definition of a setting; raises NotFound ``setting.unknown`` with the nearest names."""
    if name not in BY_NAME:
        raise NotFound("setting.unknown", f"There is no setting '{name}'.", hint_for(name))
    return BY_NAME[name]


def hint_for(name: str) -> str:
    """Say which settings may be meant by a name that there is not.

    >>> hint_for("cluster.quorum"), hint_for("la.nam"), hint_for("zzz")
    ("Did you mean 'quorum'?", "Did you mean 'la.name'?", '`senco settings list` names them all.')
    """
    if name in _FORMERLY:
        return f"Did you mean '{_FORMERLY[name]}'?"
    return did_you_mean(name, BY_NAME) or "`senco settings list` names them all."
