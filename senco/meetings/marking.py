"""Marking a register at a desk: by flags, or seat by seat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from senco.errors import BadInput, Refused
from senco.meetings import gathering_questions as asking
from senco.meetings import questions
from senco.meetings import render_gathering as render
from senco.meetings.gathering import Mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from senco.console.desk import Desk, Format
    from senco.meetings.gathering import SeatLine

_KEYS: Final = (
    ("p", Mark.PRESENT.value),
    ("s", "a substitute came"),
    ("a", "apologies"),
    ("x", "absent"),
    ("n", "not yet: leave it"),
    ("q", "stop here; what was marked is kept"),
)
_MARKS: Final = {"p": Mark.PRESENT, "s": Mark.SUBSTITUTE, "a": Mark.APOLOGIES, "x": Mark.ABSENT}


def marks(named: Mapping[Mark, Sequence[str] | None]) -> dict[str, Mark]:
    """Give the mark of each seat as named; raises BadInput ``attend.twice`` for a seat with two marks."""
    found: dict[str, Mark] = {}
    for mark, seats in named.items():
        for seat in seats or ():
            if seat in found and found[seat] is not mark:
                raise BadInput("attend.twice", f"'{seat}' is given as {found[seat]} and as {mark}.", "Give it once.")
            found[seat] = mark
    return found


def run(desk: Desk, word: str, given: dict[str, Mark], *, rest: Mark | None, ask_each: bool, form: Format) -> None:
    """Mark seats and show the register; with ``ask_each`` ask for every seat that is not marked yet."""
    with desk.reading() as ask:
        line = questions.meeting_named(ask, word)
        seats = asking.seats(ask, line)
        quorum = asking.quorum(ask, line, seats)
    if ask_each:
        given |= _asked(desk, seats)
    if given or rest:
        from senco.meetings import gathering_verbs

        with desk.changing("meeting.attend") as change:
            line, seats = gathering_verbs.mark(change, line.reference, given, rest=rest)
            quorum = asking.quorum(change.ask, line, seats)
        desk.say(render.register_said(seats, quorum))
    desk.show(render.register(seats, line.reference, quorum), form=form)


def _asked(desk: Desk, seats: Sequence[SeatLine]) -> dict[str, Mark]:
    """Ask for the mark of each seat without one; raises Refused ``attend.no-terminal`` when nobody can be asked."""
    if not desk.at_terminal:
        raise Refused(
            "attend.no-terminal", "Nobody is at the terminal to be asked.", "Use --present, --apologies, --rest."
        )
    from senco.console.asking import Terminal

    found: dict[str, Mark] = {}
    for seat in seats:
        if seat.mark:
            continue
        key = Terminal().choose(f"{seat.seat}" + (f" ({seat.who})" if seat.who else ""), _KEYS)
        if key == "q":
            break
        if key in _MARKS:
            found[str(seat.urn) if seat.contact_id is None else seat.who] = _MARKS[key]
    return found
