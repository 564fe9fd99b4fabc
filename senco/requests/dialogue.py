"""What every sitting asks until it is answered: a reason, an amount, days, criteria, votes; and the way out of each.

It knows neither terminal nor store. At every question "b" goes back and "q" ends the sitting: nothing is recorded
before all of it was read back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from senco.dates import parse_date, say_date
from senco.errors import BadInput
from senco.money import parse_pence, say_pounds
from senco.requests import conduct, rules
from senco.requests.awarding import AwardMeans
from senco.requests.live_kinds import ReadBack, Said
from senco.requests.outcomes import Casting, Reason, ReasonKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from senco.requests.kinds import CaseLine, Votes
    from senco.requests.live_kinds import Matter, PanelCase
    from senco.requests.session import Room

BACK, SKIP, QUIT, UNDO = "b", "s", "q", "u"
VERDICTS: Final = tuple((str(number), verdict.said, verdict) for number, verdict in enumerate(Verdict, start=1))
_RECORD: Final = "1"
_MORE: Final = tuple(zip("234567", ReasonKind, strict=True))
_ADDED: Final = {
    ReasonKind.MET: "a criterion that is met",
    ReasonKind.NOT_MET: "a criterion not met",
    ReasonKind.EVIDENCE: "evidence relied on",
    ReasonKind.CONDITION: "a condition",
    ReasonKind.ADVICE: "advice",
    ReasonKind.WANTED: "evidence wanted",
}
_QUESTIONS: Final = {
    ReasonKind.MET: "Which criteria are met? Their numbers, as in 1 3",
    ReasonKind.NOT_MET: "Which criteria are not met? Their numbers, as in 1 3",
    ReasonKind.EVIDENCE: "Which evidence is relied on? Numbers of those held, or a few words",
    ReasonKind.CONDITION: "The condition",
    ReasonKind.ADVICE: "The advice: what | who | by when",
    ReasonKind.WANTED: "The evidence that is wanted next time",
}


class Ended(Exception):
    """The room wants to stop."""


class Back(Exception):
    """The room goes back to the question before."""


def line(room: Room, prompt: str) -> str:
    """Ask for a line; raises Back and Ended where the room says so."""
    told = room.line(prompt).strip()
    if told.casefold() == QUIT:
        raise Ended
    if told.casefold() == BACK:
        raise Back
    return told


def reason(room: Room, question: str, today: date) -> str:
    """Ask for a reason until it is one that may be kept."""
    while True:
        told = line(room, f"{question} ({BACK} goes back)")
        why = rules.why_not_reason(told, today)
        if why is None:
            return told
        say(room, why)


def say(room: Room, why: str) -> None:
    """Tell the room why something cannot be."""
    room.tell(f"{why[:1].upper()}{why[1:]}.")


def said_of(room: Room, matter: Matter, verdict: Verdict, today: date, *, question: str) -> Said:
    """Ask for all that a verdict cannot do without: its amount, days, reasons line by line, and why."""
    told = Said(verdict)
    if verdict.awards:
        amount = _amount(room, matter, verdict)
        first, last = _days(room, matter.case, today)
        told = replace(told, amount_pence=amount, first=first, last=last)
    if matter.full:
        for kind in conduct.demanded(verdict):
            told = replace(told, reasons=(*told.reasons, *_reasons(room, matter, kind, today)))
    return replace(told, reason=reason(room, question, today))


def read_back(room: Room, matter: Matter, told: Said, today: date, *, warned: Sequence[str] = ()) -> Said:
    """Read back what is to be recorded, and let the room add to it, until it says that it is right.

    ``warned`` is said with it: what the award would mean for the money, which keeps nobody from recording it.
    """
    while True:
        room.show(ReadBack(matter.case, told, matter.means), left=0, before="")
        for each in warned:
            room.tell(each)
        more = [(key, f"add {_ADDED[kind]}") for key, kind in _MORE]
        key = room.choose(
            "Is this right?", [(_RECORD, "record it"), *more, (BACK, "back to the outcome"), (QUIT, "quit")]
        )
        if key == QUIT:
            raise Ended
        if key == BACK:
            raise Back
        if key == _RECORD:
            return told
        try:
            found = _reasons(room, matter, next(kind for each, kind in _MORE if each == key), today)
        except Back:
            continue
        why = conduct.why_not_lines((*told.reasons, *found), criteria=matter.criteria)
        if why:
            say(room, why)
        else:
            told = replace(told, reasons=(*told.reasons, *found))


def votes(room: Room, case: PanelCase) -> tuple[Votes | None, Casting | None]:
    """Ask for the votes on what is to be recorded, and for the chair's where they are even and the chair has one."""
    while True:
        none = "" if case.counted else "Enter for none counted, "
        told = line(room, f"Votes for-against-abstained, as in 7-1-2 ({none}{BACK} goes back):")
        try:
            found = rules.votes_of(told)
        except BadInput as error:
            room.tell(f"{error.message} {error.hint}")
            continue
        try:
            casting = casting_vote(room, found) if found and case.casting else None
        except Back:
            continue
        why = conduct.why_not_votes(found, casting, voters=case.voters, counted=case.counted, casting_vote=case.casting)
        if why is None:
            return found, casting
        say(room, why)


def casting_vote(room: Room, found: Votes) -> Casting | None:
    """Ask for the chair's vote where the votes are even; None where they are not. Raises Back and says where to."""
    if found.in_favour != found.against:
        return None
    key = room.choose(
        "The votes are even. How does the chair vote?",
        [("1", "for it"), ("2", "against it"), (BACK, "back to the votes")],
    )
    if key == BACK:
        raise Back
    return Casting.FOR if key == "1" else Casting.AGAINST


def advice(room: Room, before: Sequence[Reason], today: date) -> tuple[Reason, ...]:
    """Ask for one more line of advice, with its owner and perhaps a day, and give all of them."""
    while True:
        told = (
            *before,
            *_read(room, ReasonKind.ADVICE, today, lambda said: (_advice(ReasonKind.ADVICE, said, today),)),
        )
        why = conduct.why_not_lines(told, criteria=())
        if why is None:
            return told
        say(room, why)


def picked(kind: ReasonKind, told: str, among: Sequence[str], *, own_words: bool) -> tuple[Reason, ...]:
    """Give what a person picked from a numbered list, by numbers or by a word; raises BadInput.

    >>> [each.text for each in picked(ReasonKind.MET, "2, 1", ["need", "cost"], own_words=False)]
    ['cost', 'need']
    """
    words = told.replace(",", " ").split()
    if not words:
        raise BadInput("requests.no-such-number", "Nothing was named.", "Type one or more of the numbers.")
    if not all(word.isdigit() for word in words):
        return (Reason(kind, told if own_words else conduct.criterion(told, among)),)
    numbers = dict.fromkeys(int(word) for word in words)
    if any(not 1 <= number <= len(among) for number in numbers):
        raise BadInput("requests.no-such-number", f"The numbers go from 1 to {len(among)}.", "Type them again.")
    return tuple(Reason(kind, among[number - 1]) for number in numbers)


def _amount(room: Room, matter: Matter, verdict: Verdict) -> int:
    """Ask how much; agreed means what was asked."""
    asked = matter.case.asked_pence
    while True:
        if verdict is Verdict.AGREED:
            amount = asked
        else:
            whole = f"Enter for the {say_pounds(asked)} asked, " if verdict is Verdict.AGREED_WITH_CONDITIONS else ""
            told = line(room, f"How much, {AwardMeans(matter.means).per}? ({whole}{BACK} goes back)")
            try:
                amount = asked if whole and not told else parse_pence(told)
            except BadInput as error:
                room.tell(f"{error.message} {error.hint}")
                continue
        why = conduct.why_not_award(
            verdict, amount, asked_pence=asked, cap_pence=matter.cap_pence, first=date.min, last=date.max
        )
        if why is None:
            return amount
        say(room, why)
        if verdict is Verdict.AGREED:
            raise Back


def _days(room: Room, case: CaseLine, today: date) -> tuple[date, date]:
    """Ask from when until when; as asked where the request says it."""
    asked = None
    if case.asked_from and case.asked_to:
        asked = date.fromisoformat(case.asked_from), date.fromisoformat(case.asked_to)
    whole = f"Enter for {' to '.join(map(say_date, asked))}, as asked; " if asked else ""
    while True:
        told = line(room, f"From when until when, as in 4/1/2021 to 23/7/2021? ({whole}{BACK} goes back)")
        if not told and asked:
            return asked
        first, _, last = told.partition(" to ")
        try:
            days = parse_date(first, today=today), parse_date(last, today=today)
        except BadInput as error:
            room.tell(f"{error.message} {error.hint}")
            continue
        if days[0] <= days[1]:
            return days
        room.tell("It would end before it begins.")


def _reasons(room: Room, matter: Matter, kind: ReasonKind, today: date) -> tuple[Reason, ...]:
    """Ask for one or more lines of the reasons, all of a kind, until they may be kept."""
    if kind in {ReasonKind.MET, ReasonKind.NOT_MET}:
        return _picked(room, kind, matter.criteria, today, own_words=False)
    if kind is ReasonKind.EVIDENCE:
        return _picked(room, kind, matter.evidence, today, own_words=True)
    read = _advice if kind is ReasonKind.ADVICE else _plain
    return _read(room, kind, today, lambda told: (read(kind, told, today),))


def _picked(room: Room, kind: ReasonKind, among: Sequence[str], today: date, *, own_words: bool) -> tuple[Reason, ...]:
    """Let the room pick from a numbered list; its own words where they may stand beside the list."""
    room.tell("\n".join(f"  {number}  {text}" for number, text in enumerate(among, start=1)))

    def read(told: str) -> tuple[Reason, ...]:
        return picked(kind, told, among, own_words=own_words)

    return _read(room, kind, today, read, among=() if own_words else among)


def _read(
    room: Room,
    kind: ReasonKind,
    today: date,
    read: Callable[[str], tuple[Reason, ...]],
    *,
    among: Sequence[str] = (),
) -> tuple[Reason, ...]:
    while True:
        told = line(room, f"{_QUESTIONS[kind]} ({BACK} goes back)")
        try:
            found = read(told)
        except BadInput as error:
            room.tell(f"{error.message} {error.hint}")
            continue
        why = next(
            (why for each in found if (why := rules.why_not_reason(f"{each.text} {each.owner}".strip(), today))), None
        ) or (conduct.why_not_lines(found, criteria=among) if among else None)
        if why is None:
            return found
        say(room, why)


def _plain(kind: ReasonKind, told: str, _today: date) -> Reason:
    return Reason(kind, told)


def _advice(kind: ReasonKind, told: str, today: date) -> Reason:
    what, who, by = conduct.advice(told)
    return Reason(kind, what, who, parse_date(by, today=today).isoformat() if by else None)
