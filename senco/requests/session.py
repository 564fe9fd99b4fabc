"""A live sitting: case by case, asked through one protocol and recorded through another, so that nothing is held back.

It knows neither terminal nor store. Each outcome is recorded before the next case is shown: whatever stops a sitting,
all that was said before stays on record, and the next sitting goes on where this one ended.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from senco.errors import BadInput, NotFound, Refused
from senco.requests import conduct, contradictions, dialogue, rules
from senco.requests.kinds import Judgement, Level, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from senco.requests.kinds import Hearing, ModerationLine, Sitting, Votes
    from senco.requests.live_kinds import OfficerCase, PanelCase, Shown
    from senco.requests.outcomes import Casting, Reason

OUTCOMES: Final = (
    ("1", "predictable: not exceptional", Outcome.PREDICTABLE),
    ("2", "not meeting the threshold, but has an EHC plan", Outcome.BELOW_THRESHOLD_WITH_PLAN),
    ("3", "borderline", Outcome.BORDERLINE),
    ("4", "exceptional", Outcome.EXCEPTIONAL),
)
LEVELS: Final = (
    ("1", "advise", Level.ADVISE),
    ("2", "support", Level.SUPPORT),
    ("3", "confirm the level asked for", Level.CONFIRM),
)
UNDO, SKIP, QUIT, WHOLE = "u", "s", "q", "m"
BACK, ADVISED = "b", "a"
_ELSEWHERE: Final = ((WHOLE, "more"), (UNDO, "undo the last outcome"), (SKIP, "skip this case for now"), (QUIT, "quit"))


class Room(Protocol):
    """Those who are asked: a terminal before a projector, or a script in a test."""

    def show(self, hearing: Hearing | Shown, *, left: int, before: str) -> None:
        """Show a case on a screen of its own; ``left`` cases wait, this one included; ``before`` says what was done."""

    def more(self, case: Hearing | PanelCase | OfficerCase) -> None:
        """Show everything of a case, where its screen has room for a part."""

    def choose(self, question: str, choices: Sequence[tuple[str, str]]) -> str:
        """Ask for one of several keys."""

    def line(self, prompt: str) -> str:
        """Ask for a line of text."""

    def tell(self, text: str) -> None:
        """Say something while the sitting goes on."""


class Book(Protocol):
    """Where a sitting reads its cases and records its outcomes, each at once."""

    def waiting(self) -> list[str]:
        """Give the references still to be heard, in the order of hearing."""

    def hearing(self, reference: str, chaired_by: str = "") -> Hearing:
        """Give a case as it lies before the sitting, with another school in the chair if one is named."""

    def record(self, hearing: Hearing, judgement: Judgement) -> ModerationLine:
        """Record an outcome."""

    def last(self) -> ModerationLine | None:
        """Give the newest living outcome of this sitting."""

    def take_back(self, reference: str, reason: str) -> ModerationLine:
        """Take an outcome back."""


@dataclass(slots=True)
class Tally:
    """What a sitting did so far."""

    recorded: int = 0
    taken_back: int = 0
    skipped: set[str] = field(default_factory=set)
    before: str = ""


class _Ended(Exception):
    """The room wants to stop."""


def sit(room: Room, book: Book, today: date) -> Tally:
    """Hear every case that waits, until none is left or the room wants to stop; give what was done."""
    tally = Tally()
    try:
        while True:
            left = [each for each in book.waiting() if each not in tally.skipped]
            if left:
                _hear(room, book, tally, left, today)
            elif not _goes_on(room, book, tally, today):
                break
    except (_Ended, dialogue.Ended):
        pass
    return tally


def _hear(room: Room, book: Book, tally: Tally, left: Sequence[str], today: date) -> None:
    reference = left[0]
    hearing = book.hearing(reference)
    room.show(hearing, left=len(left), before=tally.before)
    tally.before = ""
    if hearing.chair_trouble:
        found = _other_chair(room, book, hearing)
        if found is None:
            tally.skipped.add(reference)
            return
        hearing = found
    judgement = None
    while judgement is None:
        key = _key(room, hearing, len(left))
        if key == QUIT:
            raise _Ended
        if key == SKIP:
            tally.skipped.add(reference)
            return
        if key == UNDO:
            if _undo(room, book, tally, today):
                return
            continue
        outcome = next(outcome for each, _, outcome in OUTCOMES if each == key)
        if why := contradictions.why_not_outcome(outcome, hearing.case.sen_status):
            _say(room, why)
            continue
        judgement = _judgement(room, hearing, outcome, today)
    try:
        line = book.record(hearing, judgement)
    except Refused as error:
        # Somebody else recorded it meanwhile, or it was withdrawn: the sitting goes on with the next case.
        room.tell(error.message)
        tally.skipped.add(reference)
        return
    tally.recorded += 1
    tally.before = f"Recorded: {line.request} is {line.outcome}, {line.level}. Undo with {UNDO}."


def _key(room: Room, hearing: Hearing, left: int) -> str:
    """Ask what the cluster finds; the whole case is shown as often as somebody wants it."""
    choices = [*((key, said) for key, said, _ in OUTCOMES), *_ELSEWHERE]
    while (key := room.choose("What does the cluster find?", choices)) == WHOLE:
        room.more(hearing)
        room.show(hearing, left=left, before="")
    return key


def _other_chair(room: Room, book: Book, hearing: Hearing) -> Hearing | None:
    """Ask who chairs instead, until it is a school that may and that was meant; None when the case is left for later.

    A school is found by a few of its letters, so its whole name is said before it takes the chair.
    """
    while True:
        if hearing.chair_trouble:
            room.tell(f"{hearing.chair_trouble}.")
            prompt = f"Which school chairs this case? (a school, {SKIP} to skip, {QUIT} to quit)"
        else:
            room.tell(f"{(hearing.moderating_chair or hearing.sitting.chair).name} is to chair this case.")
            prompt = f"Is that right? (Enter for yes, another school, {SKIP} to skip, {QUIT} to quit)"
        told = room.line(prompt).strip()
        if told.casefold() == QUIT:
            raise _Ended
        if told.casefold() == SKIP:
            return None
        if not told and not hearing.chair_trouble:
            return hearing
        if told:
            try:
                hearing = book.hearing(hearing.case.reference, told)
            except (NotFound, Refused) as error:
                room.tell(f"{error.message} {error.hint}")


def _judgement(room: Room, hearing: Hearing, outcome: Outcome, today: date) -> Judgement | None:
    """Ask for all that goes with an outcome; None when the room goes back to choose another."""
    choices = [
        *((key, said) for key, said, _ in LEVELS),
        (ADVISED, "add a line of advice"),
        (BACK, "back to the outcome"),
    ]
    advised: tuple[Reason, ...] = ()
    while (key := room.choose("And how far does it go?", choices)) == ADVISED:
        with suppress(dialogue.Back):
            advised = dialogue.advice(room, advised, today)
            room.tell(f"Lines of advice: {len(advised)}.")
    if key == BACK:
        return None
    reason = _reason(room, "Reason", today)
    if reason is None:
        return None
    voters = contradictions.voters(hearing.sitting.members, hearing.interests)
    counted = _votes(room, hearing.sitting, voters)
    if counted is None:
        return None
    level = next(level for each, _, level in LEVELS if each == key)
    return Judgement(outcome, level, reason, *counted, reasons=advised)


def _reason(room: Room, question: str, today: date) -> str | None:
    """Ask for a reason until it is one; None when the room goes back."""
    while True:
        told = room.line(f"{question} ({BACK} goes back):")
        if told.strip().casefold() == BACK:
            return None
        if told.strip().casefold() == QUIT:
            raise _Ended
        why = rules.why_not_reason(told, today)
        if why is None:
            return told
        _say(room, why)


def _votes(room: Room, sitting: Sitting, voters: int) -> tuple[Votes | None, Casting | None] | None:
    """Ask for the votes until they can be, and for the chair's where they are even and the borough gives it one.

    None when the room goes back.
    """
    none = "" if sitting.counted else "Enter for none counted, "
    while True:
        told = room.line(f"Votes for-against-abstained, as in 7-1-2 ({none}{BACK} goes back):").strip()
        if told.casefold() == BACK:
            return None
        if told.casefold() == QUIT:
            raise _Ended
        try:
            votes = rules.votes_of(told)
        except BadInput as error:
            room.tell(f"{error.message} {error.hint}")
            continue
        why = contradictions.why_not_votes(votes, voters)
        chairs = None
        try:
            if why is None and votes and sitting.casting:
                chairs = dialogue.casting_vote(room, votes)
        except dialogue.Back:
            continue
        why = why or conduct.why_not_votes(
            votes, chairs, voters=None, counted=sitting.counted, casting_vote=sitting.casting
        )
        if why is None:
            return votes, chairs
        _say(room, why)


def _say(room: Room, why: str) -> None:
    room.tell(f"{why[:1].upper()}{why[1:]}.")


def _undo(room: Room, book: Book, tally: Tally, today: date) -> bool:
    """Take back the newest outcome of the sitting, with a reason; False when nothing was taken back."""
    last = book.last()
    if last is None:
        room.tell("There is no outcome of this sitting to take back.")
        return False
    room.tell(f"Taking back {last.request}: {last.outcome}, {last.level}.")
    reason = _reason(room, "Why is it taken back?", today)
    if reason is None:
        return False
    try:
        book.take_back(last.request, reason)
    except Refused as error:
        room.tell(error.message)
        return False
    tally.taken_back += 1
    tally.before = f"Taken back: {last.request} is to be heard again."
    return True


def _goes_on(room: Room, book: Book, tally: Tally, today: date) -> bool:
    """After the last case: end, or take the last outcome back while everyone is still in the room."""
    if tally.recorded <= tally.taken_back:
        return False
    room.tell(tally.before or "Every case that was not skipped is heard.")
    tally.before = ""
    ways = [(QUIT, "end the sitting"), (UNDO, "undo the last outcome")]
    ways += [(SKIP, "hear what was skipped")] * bool(tally.skipped)
    key = room.choose("No case is left.", ways)
    if key == UNDO:
        _undo(room, book, tally, today)
    if key == SKIP:
        tally.skipped.clear()
    return key != QUIT
