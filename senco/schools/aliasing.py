"""Settling a nickname, or listing those of a school, at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.schools import filters, questions, render

if TYPE_CHECKING:
    from senco.console.desk import Desk
    from senco.console.listing import Listing


def settle(desk: Desk, word: str, nickname: str, *, end: bool) -> str:
    """Give a school a nickname or take it back, and say so; raises what `add_alias` and `end_alias` raise."""
    from senco.schools import verbs

    with desk.changing("school.alias") as change:
        school = filters.school_meant(change.ask, word, desk.today)
        line = (verbs.end_alias if end else verbs.add_alias)(change, school, nickname)
    if end:
        return f"'{line.alias}' no longer means {line.school} ({line.urn}); it stays on record."
    return f"'{line.alias}' means {line.school} ({line.urn})."


def listing(desk: Desk, word: str) -> Listing:
    """Lay out the nicknames of a school, those that ended too."""
    with desk.reading() as ask:
        school = filters.school_meant(ask, word, desk.today)
        return render.aliases(questions.aliases(ask, school.urn), school)
