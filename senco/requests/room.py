"""The room of a live sitting: the session's questions put at the terminal, its outcomes written to the store at once.

Each outcome has a door of its own, opened after the last question and closed before the next one.
"""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from typing import TYPE_CHECKING

from senco.clusters import questions as clusters
from senco.console.asking import Terminal
from senco.deferred import dataclass
from senco.errors import Interrupted, Refused, WrongUse
from senco.privacy import clean_block
from senco.requests import contradictions, decision_render, questions, records, render, rules, session, sittings
from senco.requests.deciding_desk import ReasonWords
from senco.requests.kinds import Hearing, Judgement, Level, Outcome
from senco.requests.outcomes import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from senco.console.desk import Desk
    from senco.console.listing import Answer
    from senco.requests.kinds import ModerationLine, Sitting
    from senco.requests.live_kinds import OfficerCase, PanelCase, Shown
    from senco.requests.outcomes import Casting, ReasonLine
    from senco.store.doors import Ask

_FEW = 4  # answers stand below each other; more of them share lines
NO_WORDS = ReasonWords()
_FLAGS = "--request, --outcome, --level and --reason"


@dataclass(frozen=True, slots=True)
class Told:
    """What the command line says of a moderation; "" and None where it says nothing."""

    meeting: str = ""
    cluster: str = ""
    chair: str = ""
    critical_friend: str = ""
    request: str = ""
    outcome: Outcome | None = None
    level: Level | None = None
    reason: str = ""
    votes: str = ""
    undo: bool = False
    casting: Casting | None = None
    words: ReasonWords = NO_WORDS

    @property
    def by_flags(self) -> bool:
        """Whether one outcome is told by flags, and no sitting is wanted."""
        return bool(self.request or self.reason or self.undo or self.says_outcome)

    @property
    def says_outcome(self) -> bool:
        """Whether anything is told of what the cluster found, besides its reason."""
        return bool(self.outcome or self.level or self.votes or self.casting or self.words != NO_WORDS)


class Projector(Terminal):
    """A terminal that shows each case on a screen of its own, large enough for everyone in the room."""

    def show(self, hearing: Hearing | Shown, *, left: int, before: str) -> None:
        """Show a case; drawn by Rich where somebody looks at a terminal, in labelled lines elsewhere."""
        plain = os.environ.get("SENCO_ACCESSIBLE") == "1" or os.environ.get("TERM") == "dumb"
        lines = plain or not (sys.stdout.isatty() and sys.stderr.isatty())
        width, height = shutil.get_terminal_size()
        colour = "NO_COLOR" not in os.environ
        if not isinstance(hearing, Hearing):
            from senco.requests import live_render

            if lines:
                self.tell(live_render.lines(hearing, left=left, before=before))
            else:
                drawn = live_render.drawn(hearing, left=left, before=before, width=width, height=height, colour=colour)
                self.draw(drawn)
        elif lines:
            self.tell(render.case_lines(hearing, left=left, before=before))
        else:
            self.draw(render.case_screen(hearing, left=left, before=before, width=width, height=height, colour=colour))

    def more(self, case: Hearing | PanelCase | OfficerCase) -> None:
        """Show everything of a case, then wait: the next screen would wipe it away."""
        from senco.requests import live_render

        if isinstance(case, Hearing):
            self.tell("\n".join(f"{label}: {clean_block(text)}" for label, text in render.case_facts(case)))
        else:
            self.tell(live_render.whole(case))
        self.line("Enter goes back to the case.")

    def choose(self, question: str, choices: Sequence[tuple[str, str]]) -> str:
        """Ask for one of several keys; the letters that lead elsewhere share a line, so that a case fits its screen."""
        answers = [(key, meaning) for key, meaning in choices if key.isdigit()]
        ways = [(key, meaning) for key, meaning in choices if not key.isdigit()]
        width = shutil.get_terminal_size().columns
        self.tell("\n".join([question, *_columns([f"{key}  {meaning}" for key, meaning in answers], width)]))
        line = "  " + "   ".join(f"{key}  {meaning}" for key, meaning in ways)
        if len(line) >= width:
            line = "\n".join(f"  {key}  {meaning}" for key, meaning in ways)
        self.tell(line)
        keys = [key for key, _ in choices]
        while (told := self.line("Choice:").casefold()) not in keys:
            self.tell(f"Please type one of: {', '.join(keys)}.")
        return told


def _columns(answers: Sequence[str], width: int) -> list[str]:
    """Lay answers out below each other while they are few, else in as many columns as fit."""
    if len(answers) <= _FEW:
        return [f"  {each}" for each in answers]
    room = max(map(len, answers)) + 2
    many = max(1, min(3, (width - 2) // room))
    rows = -(-len(answers) // many)
    return ["  " + "".join(each.ljust(room) for each in answers[row::rows]).rstrip() for row in range(rows)]


class StoreBook:
    """The store behind a sitting: cases are read and outcomes recorded through its two doors."""

    def __init__(self, desk: Desk, sitting: Sitting) -> None:
        self.desk = desk
        self.sitting = sitting

    def waiting(self) -> list[str]:
        """Give the references still to be heard, in the order of hearing."""
        with self.desk.reading() as ask:
            return sittings.waiting(ask, self.sitting)

    def hearing(self, reference: str, chaired_by: str = "") -> Hearing:
        """Give a case as it lies before the sitting, with another school in the chair if one is named."""
        with self.desk.reading() as ask:
            return sittings.hearing(ask, questions.case_named(ask, reference), self.sitting, chaired_by)

    def record(self, hearing: Hearing, judgement: Judgement) -> ModerationLine:
        """Record an outcome in a transaction of its own, with its line in the trail."""
        from senco.requests import verbs

        other = hearing.moderating_chair
        with self.desk.changing("request.moderate") as change:
            return verbs.moderate(
                change,
                hearing.case.reference,
                judgement,
                self.desk.today,
                meeting=self.sitting.meeting,
                chair=str(self.sitting.chair.urn),
                moderating_chair=str(other.urn) if other else "",
            )

    def last(self) -> ModerationLine | None:
        """Give the newest living outcome of this sitting."""
        with self.desk.reading() as ask:
            return questions.last_at(ask, self.sitting.meeting, self.sitting.cluster)

    def take_back(self, reference: str, reason: str) -> ModerationLine:
        """Take an outcome back in a transaction of its own."""
        from senco.requests import verbs

        with self.desk.changing("request.take-back") as change:
            return verbs.take_back(change, reference, reason, self.desk.today)


def moderate(desk: Desk, told: Told) -> list[Answer]:
    """Record one outcome told by flags, or hold a sitting at the terminal; give what is to be shown.

    Raises WrongUse ``requests.flags-missing``, ``requests.undo-alone``, Refused ``requests.no-terminal``,
    ``requests.not-yet``, ``requests.of-another-cluster``, Interrupted ``requests.interrupted``, and what the verbs
    raise.
    """
    if told.by_flags:
        return _by_flags(desk, told)
    if not desk.at_terminal:
        raise Refused(
            "requests.no-terminal",
            "A sitting needs a terminal, and nobody is at one. Nothing changed.",
            f"From a script, record each outcome by {_FLAGS}.",
        )
    with desk.reading() as ask:
        meeting, cluster, year = sittings.to_hold(ask, meeting=told.meeting, cluster=told.cluster, today=desk.today)
        sitting = sittings.sitting(
            ask,
            meeting=meeting,
            cluster=cluster,
            year=year,
            chair=told.chair,
            critical_friend=told.critical_friend,
        )
    if why := contradictions.why_not_yet(date.fromisoformat(sitting.day), desk.today):
        raise Refused("requests.not-yet", f"{sitting.meeting} cannot be held now: {why}. Nothing changed.")
    try:
        tally = session.sit(Projector(), StoreBook(desk, sitting), desk.today)
    except KeyboardInterrupt:
        raise Interrupted(
            "requests.interrupted",
            "Stopped. What was recorded so far stays recorded.",
            "The same command goes on with the first case that was not heard.",
        ) from None
    with desk.reading() as ask:
        line = sittings.summary(
            ask, sitting, recorded=tally.recorded, taken_back=tally.taken_back, skipped=len(tally.skipped)
        )
    return [render.summary(line)]


def _by_flags(desk: Desk, told: Told) -> list[Answer]:
    from senco.requests import verbs

    if told.undo:
        if not (told.request and told.reason):
            raise WrongUse(
                "requests.flags-missing", "Taking back needs --request and --reason.", "Say which request, and why."
            )
        if told.meeting or told.cluster or told.chair or told.critical_friend or told.says_outcome:
            raise WrongUse(
                "requests.undo-alone",
                "Taking back needs --request and --reason, and nothing else. Nothing changed.",
                "An outcome is taken back as it was recorded; record the right one afterwards.",
            )
        with desk.changing("request.take-back") as change:
            verbs.take_back(change, told.request, told.reason, desk.today)
            line = _last(change.ask, told.request)
        desk.say(f"Took back the outcome of {line.request}; it is to be heard again.")
        return [render.moderation(line)]
    if not (told.request and told.outcome and told.level and told.reason):
        raise WrongUse("requests.flags-missing", f"An outcome needs {_FLAGS}.", "Without any, a sitting begins.")
    judgement = Judgement(
        told.outcome, told.level, told.reason, rules.votes_of(told.votes), told.casting, told.words.lines()
    )
    with desk.changing("request.moderate") as change:
        listed = _meeting_before(change.ask, told)
        verbs.moderate(
            change,
            told.request,
            judgement,
            desk.today,
            meeting=told.meeting,
            chair=told.chair,
            moderating_chair=told.critical_friend,
        )
        line, reasons = _last(change.ask, told.request), _last_reasons(change.ask, told.request)
    moved = f" It was listed for {listed}; it is now listed for {line.meeting}." if listed != line.meeting else ""
    desk.say(f"{line.request} is {line.outcome}, {line.level}.{moved}")
    return [render.moderation(line), *([decision_render.reason_lines(reasons)] if reasons else [])]


def _meeting_before(ask: Ask, told: Told) -> str:
    """Give the meeting that a request is listed for; a cluster that is told must be its own."""
    case = questions.case_named(ask, told.request)
    cluster = clusters.cluster_named(ask, told.cluster, case.year).reference if told.cluster else case.cluster
    if cluster != case.cluster:
        raise Refused(
            "requests.of-another-cluster",
            f"{case.reference} is a request of {case.cluster}, not of {cluster}. Nothing changed.",
            "Put --request or --cluster right; --cluster may be left out.",
        )
    return case.meeting or "no meeting"


def _last(ask: Ask, word: str) -> ModerationLine:
    """Give a request's newest outcome, numbered among its own."""
    told, _ = questions.numbered(questions.moderations(ask, questions.case_named(ask, word).reference))
    return told[-1]


def _last_reasons(ask: Ask, word: str) -> list[ReasonLine]:
    """Give the reasons, line by line, of a request's newest outcome."""
    newest = questions.moderations(ask, questions.case_named(ask, word).reference)[-1]
    return records.reasons(ask, Record.MODERATION, newest.number)
