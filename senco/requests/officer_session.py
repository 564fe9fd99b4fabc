"""The officer's sitting: case by case, what the cluster found beside what the panel recommends, and the decision.

It asks through the same protocol as a cluster's sitting and knows neither terminal nor store. Each decision is recorded
before the next case is shown. One key follows the panel in everything; whatever differs from it says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from senco.errors import BadInput, Refused
from senco.requests import dialogue
from senco.requests.dialogue import QUIT, SKIP, UNDO, Back, Ended
from senco.requests.outcomes import Verdict
from senco.requests.session import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from senco.requests.live_kinds import OfficerCase, Said
    from senco.requests.outcomes import DecisionLine
    from senco.requests.session import Room

FOLLOW, WHOLE = "1", "m"
_MEANS_CHANGED: Final = "requests.means-changed"
_VERDICTS: Final = tuple((str(number), verdict.said, verdict) for number, verdict in enumerate(Verdict, start=2))
_ELSEWHERE: Final = (
    (WHOLE, "more of the case"),
    (UNDO, "undo the last"),
    (SKIP, "skip"),
    (QUIT, "quit"),
)


class OfficerBook(Protocol):
    """Where the officer reads what waits and records each decision at once."""

    def waiting(self) -> list[str]:
        """Give the requests whose advice waits for the officer, in the order in which it was given."""

    def case(self, reference: str) -> OfficerCase:
        """Give a case as it lies before the officer."""

    def follow(self, case: OfficerCase) -> DecisionLine:
        """Record a decision that follows the panel in everything."""

    def warnings(self, reference: str, said: Said | None = None) -> Sequence[str]:
        """Give what it would mean for the money to record this, or what the decision that stands means."""

    def record(self, case: OfficerCase, said: Said) -> DecisionLine:
        """Record a decision of the officer's own."""

    def last(self) -> DecisionLine | None:
        """Give the newest decision of this sitting that stands."""

    def take_back(self, reference: str, reason: str) -> None:
        """Take a decision back."""


def sit(room: Room, book: OfficerBook, today: date) -> Tally:
    """Go through all that awaits a decision, until none is left or the officer wants to stop; give what was done."""
    tally = Tally()
    try:
        while True:
            left = [each for each in book.waiting() if each not in tally.skipped]
            if left:
                _look(room, book, tally, left, today)
            elif not _goes_on(room, book, tally, today):
                break
    except Ended:
        pass
    return tally


def _look(room: Room, book: OfficerBook, tally: Tally, left: Sequence[str], today: date) -> None:
    case = book.case(left[0])
    verdicts = [(key, said) for key, said, _ in _VERDICTS]
    choices = [(FOLLOW, "as the panel recommends"), *verdicts, *_ELSEWHERE]
    while True:
        room.show(case, left=len(left), before=tally.before)
        tally.before = ""
        key = room.choose("What is decided?", choices)
        if key == QUIT:
            raise Ended
        if key == SKIP:
            tally.skipped.add(left[0])
            return
        try:
            if key == WHOLE:
                room.more(case)
            elif key == UNDO:
                if _undo(room, book, tally, today):
                    return
            elif _settle(room, book, tally, case, key, today):
                return
        except Back:
            continue


def _settle(  # noqa: PLR0917 - a case and what is asked about it
    room: Room, book: OfficerBook, tally: Tally, case: OfficerCase, key: str, today: date
) -> bool:
    """Ask for what goes with a decision and record it; True when the case is done with."""
    try:
        if key == FOLLOW:
            line = book.follow(case)
        else:
            verdict = next(verdict for each, _, verdict in _VERDICTS if each == key)
            same = verdict.value == case.advice.outcome
            question = "Why?" if same else "The panel recommends otherwise. Why is it decided so?"
            said = dialogue.said_of(room, case.matter, verdict, today, question=question)
            warned = book.warnings(case.matter.case.reference, said)
            line = book.record(case, dialogue.read_back(room, case.matter, said, today, warned=warned))
    except BadInput as error:
        room.tell(f"{error.message} {error.hint}".strip())
        return False
    except Refused as error:
        # Somebody else decided it meanwhile, or it was withdrawn: the sitting goes on with the next case.
        room.tell(f"{error.message} {error.hint}".strip())
        if error.reference == _MEANS_CHANGED:
            return False
        tally.skipped.add(case.matter.case.reference)
        return True
    tally.recorded += 1
    tally.before = f"Recorded: {line.request} is {Verdict(line.outcome).said}. Undo with {UNDO}."
    if key == FOLLOW:
        tally.before = " ".join([tally.before, *book.warnings(line.request)])
    return True


def _undo(room: Room, book: OfficerBook, tally: Tally, today: date) -> bool:
    """Take back the newest decision of this sitting, with a reason; False when nothing was taken back."""
    last = book.last()
    if last is None:
        room.tell("There is no decision of this sitting to take back.")
        return False
    room.tell(f"Taking back {last.request}: {last.outcome.replace('-', ' ')}.")
    why = dialogue.reason(room, "Why is it taken back?", today)
    try:
        book.take_back(last.request, why)
    except Refused as error:
        room.tell(error.message)
        return False
    tally.taken_back += 1
    tally.before = f"Taken back: {last.request} is to be decided again."
    return True


def _goes_on(room: Room, book: OfficerBook, tally: Tally, today: date) -> bool:
    """After the last case: end, decide what was skipped, or take the last one back."""
    if tally.recorded <= tally.taken_back and not tally.skipped:
        return False
    room.tell(tally.before or "Everything that was not skipped is decided.")
    tally.before = ""
    ways = [(QUIT, "end the sitting"), (UNDO, "undo the last")]
    ways += [(SKIP, "go through what was skipped")] * bool(tally.skipped)
    key = room.choose("No case is left.", ways)
    if key == UNDO:
        try:
            _undo(room, book, tally, today)
        except Back:
            return True
    if key == SKIP:
        tally.skipped.clear()
    return key != QUIT
