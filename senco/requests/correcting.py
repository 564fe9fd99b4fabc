"""What a later form corrects of the one before: told by name, and by value only where that tells nothing of a child."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from senco.dates import say_date
from senco.money import say_pounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from senco.requests.form_kinds import CostLine, FormDraft, PupilDraft

# Parts shown with what stood in them before and now, and parts that are only named.
_SHOWN: Final = {
    "type": "type",
    "needs": "needs",
    "sen_status": "SEN status",
    "pupil_count": "pupils",
    "asked_from": "from",
    "asked_to": "until",
    "element2_pence": "element 2",
    "urgent": "urgent",
    "submitted_on": "date sent",
    "resubmits": "earlier request",
}
_NAMED: Final = {
    "filled_in_by": "filled in by",
    "attendance_tenths": "attendance",
    "provision_now": "provision now",
    "provision_asked": "provision asked for",
    "outcome_sought": "outcome sought",
    "parents_views": "parents' views",
    "pupils_views": "pupil's views",
    "urgent_because": "why it is urgent",
    "evidence": "evidence",
    "funding": "other funding",
    "agencies": "agencies",
    "form_version": "form version",
}
_PUPIL_FIELDS: Final = {
    "given_names": "given names",
    "family_name": "family name",
    "upn": "UPN",
    "former_upn": "former UPN",
    "birth_date": "date of birth",
    "year_group": "year group",
    "looked_after": "looked after",
    "home_la_code": "home LA",
    "consent_form": "consent",
    "consent_scope": "consent's scope",
    "consent_on": "date of consent",
}


_MONEY: Final = frozenset({"element2_pence"})


def corrections(
    before: FormDraft,
    after: FormDraft,
    *,
    lines: tuple[Sequence[CostLine], Sequence[CostLine]],
    costs: tuple[int, int],
    asked: tuple[int, int],
) -> tuple[tuple[str, str], ...]:
    """Give the name of each part that a later form corrects, with ": before → now" where that may be shown.

    ``lines``, ``costs`` and ``asked`` are those before and now; amounts are pence.
    """
    return tuple(_corrections(before, after, lines, costs, asked))


def _corrections(
    before: FormDraft,
    after: FormDraft,
    lines: tuple[Sequence[CostLine], Sequence[CostLine]],
    costs: tuple[int, int],
    asked: tuple[int, int],
) -> Iterator[tuple[str, str]]:
    for key, name in _SHOWN.items():
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            yield name, f": {_said(key, old)} → {_said(key, new)}"
    for name, (was, now) in (("cost", costs), ("asked", asked)):
        if was != now:
            yield name, f": {say_pounds(was)} → {say_pounds(now)}"
    for key, name in _NAMED.items():
        if getattr(before, key) != getattr(after, key):
            yield name, ""
    if tuple(lines[0]) != tuple(lines[1]):
        same = sum(one == other for one, other in zip(*lines, strict=False))
        yield "provision lines", f": {max(map(len, lines)) - same} differ"
    yield from _of_pupils(before, after)


def _of_pupils(before: FormDraft, after: FormDraft) -> Iterator[tuple[str, str]]:
    old, new = ([each for each in form.pupils if each.named] for form in (before, after))
    if len(old) != len(new):
        yield "pupils named", f": {len(old)} → {len(new)}"
    elif not new and before.year_group != after.year_group:
        yield "year group", ""
    for place, (one, other) in enumerate(zip(old, new, strict=False), start=1):
        of = f" of pupil {place}" if len(new) > 1 else ""
        yield from ((f"{name}{of}", "") for name in _of_pupil(one, other))


def _of_pupil(before: PupilDraft, after: PupilDraft) -> Iterator[str]:
    yield from (name for key, name in _PUPIL_FIELDS.items() if getattr(before, key) != getattr(after, key))


def _said(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return say_date(value)
    if isinstance(value, int):
        return say_pounds(value) if key in _MONEY else str(value)
    if isinstance(value, tuple):
        return " ".join(value)
    return str(value) if value else "none"
