"""A live panel: item by item in the agenda's order, those with an interest out of the room before it is shown.

It asks through the same protocol as a cluster's sitting and knows neither terminal nor store. Each recommendation is
recorded before the next item is shown: whatever stops a panel, what it said before stays on record, and the same
command goes on where it ended.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Protocol

from senco.errors import BadInput, NotFound, Refused
from senco.requests import dialogue, rules
from senco.requests.dialogue import BACK, QUIT, SKIP, UNDO, Back, Ended
from senco.requests.live_kinds import Door
from senco.requests.session import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from senco.requests.live_kinds import OutsideCase, PanelCase, Place, Said, Seat
    from senco.requests.outcomes import RecommendationLine
    from senco.requests.session import Room

INTEREST, PRESENT, WHOLE, GO = "i", "w", "m", "1"
_ELSEWHERE: Final = (
    (WHOLE, "more"),
    (INTEREST, "an interest"),
    (PRESENT, "who is here"),
    (UNDO, "undo"),
    (SKIP, "skip"),
    (QUIT, "quit"),
)
_AT_THE_DOOR: Final = (
    (GO, "the room is right: show the case"),
    (UNDO, "undo the last"),
    (SKIP, "skip"),
    (QUIT, "quit"),
)
_HELD_SO: Final = "requests.not-held-so"


class PanelBook(Protocol):
    """Where a panel reads its items and records what it recommends, each at once."""

    @property
    def meeting(self) -> str:
        """The panel's reference."""

    def places(self) -> list[Place]:
        """Give the items of the agenda in their order, and which the panel has advised on."""

    def case(self, place: Place, moderating_chair: str = "") -> PanelCase:
        """Give the content of an item: asked for only when those with an interest have left."""

    def warnings(self, reference: str, said: Said) -> Sequence[str]:
        """Give what it would mean for the money to record this."""

    def record(self, case: PanelCase, said: Said) -> RecommendationLine:
        """Record a recommendation."""

    def last(self) -> RecommendationLine | None:
        """Give the newest living recommendation of this panel."""

    def take_back(self, reference: str, reason: str) -> None:
        """Take a recommendation back."""

    def declare(self, reference: str, school: str, reason: str) -> str:
        """Record an interest that is declared at the panel, and give the school's name."""

    def present(self) -> list[str]:
        """Give who is written down as present."""

    def seats(self) -> list[Seat]:
        """Give those who may sit here with a vote."""

    def note_presence(self, urns: Sequence[int], offices: Sequence[str]) -> None:
        """Write down who is here: these and nobody else."""

    def outside(self) -> list[OutsideCase]:
        """Give the decisions made outside a meeting that wait to be ratified."""

    def ratify(self, reference: str, refused_because: str) -> None:
        """Record that the panel ratifies a decision, or why it does not."""


@dataclass(slots=True)
class _Panel:
    """A panel while it sits: ``out`` are those who are out of the room now."""

    room: Room
    book: PanelBook
    today: date
    tally: Tally = field(default_factory=Tally)
    out: tuple[str, ...] = ()


def sit(room: Room, book: PanelBook, today: date) -> Tally:
    """Hear every item that waits, then what is to be ratified, until none is left or the room wants to stop."""
    panel = _Panel(room, book, today)
    try:
        if not book.present():
            _roll(panel)
        while True:
            left = [each for each in book.places() if not each.heard and each.reference not in panel.tally.skipped]
            if left:
                _hear(panel, left)
            elif not _goes_on(panel):
                break
        for each in book.outside():
            _ratify(panel, each)
    except Ended:
        pass
    return panel.tally


def _roll(panel: _Panel) -> None:
    """Ask who is here, by numbers; nobody is a possible answer, and is then asked again where it matters."""
    room, seats = panel.room, panel.book.seats()
    here = panel.book.present()
    room.tell("Who is here with a vote?" + (f" Written down: {', '.join(here)}." if here else ""))
    room.tell("\n".join(f"  {number}  {each.cluster}  {each.person}, {each.school}"
                        for number, each in enumerate(seats, start=1)))  # fmt: skip
    while True:
        try:
            told = dialogue.line(room, f"Their numbers, all, or Enter to leave it ({BACK} goes back):")
            numbers = [str(number) for number in range(1, len(seats) + 1)]
            words = numbers if told.casefold() == "all" else told.replace(",", " ").split()
            if not set(words) <= set(numbers):
                room.tell(f"Please type numbers from 1 to {len(seats)}.")
                continue
            if not words:
                return
            offices = dialogue.line(room, "Offices here without a vote, divided by semicolons (Enter for none):")
        except Back:
            return
        urns = [seats[int(word) - 1].urn for word in dict.fromkeys(words)]
        try:
            panel.book.note_presence(urns, [each.strip() for each in offices.split(";") if each.strip()])
        except Refused as error:
            room.tell(f"{error.message} {error.hint}")
            continue
        return


def _hear(panel: _Panel, left: Sequence[Place]) -> None:
    place = left[0]
    if not _room_is_right(panel, place, len(left)):
        return
    case: PanelCase | None = panel.book.case(place)
    while case is not None:
        panel.room.show(case, left=len(left), before=panel.tally.before)
        panel.tally.before = ""
        try:
            case = _other_chair(panel, case) if case.chair_trouble else _asked(panel, case)
        except Back:
            continue


def _asked(panel: _Panel, case: PanelCase) -> PanelCase | None:
    """Put the question of an item; give the item as it is then to be shown, or None when it is done with."""
    verdicts = [(key, said) for key, said, _ in dialogue.VERDICTS]
    if case.trouble:
        dialogue.say(panel.room, f"This case cannot be settled: {case.trouble}")
        verdicts = []
    key = panel.room.choose("What does the panel recommend?", [*verdicts, *_ELSEWHERE])
    if key == PRESENT:
        _roll(panel)
        return panel.book.case(case.place, case.moderating_chair)
    if key == WHOLE:
        panel.room.more(case)
        return case
    leaves = key in {QUIT, SKIP, UNDO, INTEREST}
    done = _elsewhere(panel, case.place, key) if leaves else _settle(panel, case, key)
    return None if done else case


def _room_is_right(panel: _Panel, place: Place, left: int) -> bool:
    """See that those with an interest leave, and that others come back, before a case is shown."""
    if set(place.leave) == set(panel.out):
        return True
    back = tuple(each for each in panel.out if each not in place.leave)
    while True:
        panel.room.show(Door(panel.book.meeting, place, back), left=left, before=panel.tally.before)
        panel.tally.before = ""
        key = panel.room.choose("Is the room right?", _AT_THE_DOOR)
        if key == GO:
            panel.out = place.leave
            return True
        if _elsewhere(panel, place, key):
            return False


def _elsewhere(panel: _Panel, place: Place, key: str) -> bool:
    """Do what leads away from an item; True when the panel starts afresh from its list of items."""
    if key == QUIT:
        raise Ended
    if key == SKIP:
        panel.tally.skipped.add(place.reference)
        return True
    try:
        return _undo(panel) if key == UNDO else _declare(panel, place)
    except Back:
        return False


def _settle(panel: _Panel, case: PanelCase, key: str) -> bool:
    """Ask for all that goes with an outcome and record it; True when the item is done with."""
    verdict = next(verdict for each, _, verdict in dialogue.VERDICTS if each == key)
    said = dialogue.said_of(panel.room, case.matter, verdict, panel.today, question="Why?")
    while True:
        votes, casting = dialogue.votes(panel.room, case)
        said = replace(said, votes=votes, casting=casting)
        warned = panel.book.warnings(case.place.reference, said)
        said = dialogue.read_back(panel.room, case.matter, said, panel.today, warned=warned)
        try:
            line = panel.book.record(case, said)
        except BadInput as error:
            panel.room.tell(f"{error.message} {error.hint}".strip())
            continue
        except Refused as error:
            panel.room.tell(error.message)
            if error.reference == _HELD_SO:
                return False
            # Somebody else advised on it meanwhile, or it was withdrawn: the panel goes on with the next item.
            panel.tally.skipped.add(case.place.reference)
            return True
        panel.tally.recorded += 1
        panel.tally.before = f"Recorded: on {line.request} the panel recommends {verdict.said}. Undo with {UNDO}."
        return True


def _other_chair(panel: _Panel, case: PanelCase) -> PanelCase | None:
    """Ask who chairs instead; None when the item is left for later."""
    dialogue.say(panel.room, case.chair_trouble)
    told = panel.room.line(f"Who chairs this case? (a name, {SKIP} to skip, {QUIT} to quit)").strip()
    if told.casefold() == QUIT:
        raise Ended
    if told.casefold() == SKIP:
        panel.tally.skipped.add(case.place.reference)
        return None
    return panel.book.case(case.place, told)


def _declare(panel: _Panel, place: Place) -> bool:
    """Take down an interest that is declared now; the item starts afresh, with that school out of the room."""
    while True:
        school = dialogue.line(panel.room, f"Whose interest? (a school, {BACK} goes back)")
        if told := rules.why_not_text(school, panel.today):
            dialogue.say(panel.room, told)  # what is no school, and may be a child, is not repeated on the wall
            continue
        why = dialogue.reason(panel.room, "What is the interest?", panel.today)
        try:
            name = panel.book.declare(place.reference, school, why)
        except (NotFound, Refused, BadInput) as error:
            panel.room.tell(f"{error.message} {error.hint}".strip())
            continue
        panel.tally.before = f"{name} stays out of {place.reference}."
        return True


def _undo(panel: _Panel) -> bool:
    """Take back the panel's newest recommendation, with a reason; False when nothing was taken back."""
    last = panel.book.last()
    if last is None:
        panel.room.tell("There is no recommendation of this panel to take back.")
        return False
    panel.room.tell(f"Taking back {last.request}: {last.outcome.replace('-', ' ')}.")
    why = dialogue.reason(panel.room, "Why is it taken back?", panel.today)
    try:
        panel.book.take_back(last.request, why)
    except Refused as error:
        panel.room.tell(error.message)
        return False
    panel.tally.taken_back += 1
    panel.tally.before = f"Taken back: {last.request} is to be heard again."
    return True


def _goes_on(panel: _Panel) -> bool:
    """After the last item: go on to what is to be ratified, hear what was skipped, or take the last one back."""
    tally = panel.tally
    if tally.recorded <= tally.taken_back and not tally.skipped:
        return False
    panel.room.tell(tally.before or "Every item that was not skipped is heard.")
    tally.before = ""
    ways = [(GO, "go on to the end of the panel"), (UNDO, "undo the last")]
    ways += [(SKIP, "hear what was skipped")] * bool(tally.skipped)
    key = panel.room.choose("No item is left.", ways)
    if key == UNDO:
        try:
            _undo(panel)
        except Back:
            return True
    if key == SKIP:
        tally.skipped.clear()
    return key != GO


def _ratify(panel: _Panel, case: OutsideCase) -> None:
    """Ask whether the panel ratifies a decision that was made outside a meeting."""
    panel.room.show(case, left=1, before=panel.tally.before)
    panel.tally.before = ""
    while True:
        choices = [("1", "ratify it"), ("2", "do not ratify it"), (SKIP, "leave it"), (QUIT, "quit")]
        key = panel.room.choose("Does the panel ratify this decision?", choices)
        if key == QUIT:
            raise Ended
        if key == SKIP:
            return
        try:
            why = dialogue.reason(panel.room, "Why not?", panel.today) if key == "2" else ""
        except Back:
            continue
        try:
            panel.book.ratify(case.case.reference, why)
        except Refused as error:
            panel.room.tell(error.message)
        return
