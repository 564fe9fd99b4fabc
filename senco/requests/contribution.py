"""How often element 2 and the threshold count for a request: for each pupil it is for, or once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from senco.requests.kinds import RequestType

if TYPE_CHECKING:
    from senco.requests.form_kinds import CostPolicy

SETTING: Final = "element2.group"
PER_PUPIL: Final = "per-pupil"
ONCE: Final = 1


def times(kind: str, pupils: int | None, *, group: str) -> int:
    """Give how often element 2 counts: for each pupil of a group where the borough says so, not at all for a project.

    ``group`` is the setting ``element2.group``. A project is for no named pupil, so no school pays a pupil's element 2
    for it; a group whose pupils are not counted counts once.

    >>> [times(kind, 4, group="per-pupil") for kind in ("individual", "group", "project", "discussion")]
    [1, 4, 0, 1]
    >>> times("group", 4, group="per-request"), times("group", None, group="per-pupil")
    (1, 1)
    """
    if kind == RequestType.PROJECT:
        return 0
    return pupils or ONCE if kind == RequestType.GROUP and group == PER_PUPIL else ONCE


def counted(policy: CostPolicy, kind: str, pupils: int | None) -> CostPolicy:
    """Give the policy with element 2 and the threshold as they count for a request; a project meets the threshold once.

    >>> from senco.requests.form_kinds import CostPolicy
    >>> told = counted(CostPolicy("17", "38", 600_000, 800_000, "total"), "group", 3)
    >>> told.element2_pence, told.threshold_pence
    (1800000, 2400000)
    """
    from dataclasses import replace

    often = times(kind, pupils, group=policy.group)
    return replace(
        policy,
        element2_pence=policy.element2_pence * often,
        threshold_pence=policy.threshold_pence * max(often, ONCE),
    )


def workings(each_pence: int, kind: str, pupils: int | None, *, group: str) -> str:
    """Say how an amount was counted for a request, or give "" where there is nothing to say: it is for one pupil.

    >>> workings(600_000, "group", 4, group="per-pupil"), workings(600_000, "individual", None, group="per-pupil")
    ('4 pupils × £6,000.00', '')
    >>> workings(600_000, "group", 4, group="per-request"), workings(600_000, "group", None, group="per-pupil")
    ('once for the request', 'once: how many pupils is not given')
    """
    from senco.money import say_pounds

    if kind == RequestType.PROJECT:
        return "a project is for no named pupil"
    if kind != RequestType.GROUP:
        return ""
    if group != PER_PUPIL:
        return "once for the request"
    if pupils is None:
        return "once: how many pupils is not given"
    return f"{pupils} pupil{'' if pupils == 1 else 's'} × {say_pounds(each_pence)}"
