"""The room of a live panel and of the officer's sitting: the store behind the questions, written to at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from senco.console.asking import Terminal
from senco.errors import Interrupted, NotFound, Refused
from senco.requests import contradictions, live_questions, live_render, officer_session, panel_session, panels, records
from senco.requests.outcomes import Advised, Decided

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from senco.console.desk import Desk
    from senco.console.listing import Answer
    from senco.meetings.kinds import MeetingLine
    from senco.requests.live_kinds import LiveSummary, OfficerCase, OutsideCase, PanelCase, Place, Said, Seat
    from senco.requests.live_questions import Settled
    from senco.requests.outcomes import DecisionLine, RecommendationLine
    from senco.requests.session import Tally


@dataclass(slots=True)
class PanelStore:
    """The store behind a live panel; the order of its items is the one that it began with."""

    desk: Desk
    panel: MeetingLine
    chair: str
    moderating_chair: str = ""
    order: tuple[Place, ...] = ()

    @property
    def meeting(self) -> str:
        """Give the panel's reference."""
        return self.panel.reference

    def places(self) -> list[Place]:
        """Give the items in the order in which this panel began, with who leaves now and what is heard."""
        with self.desk.reading() as ask:
            now = live_questions.places(ask, self.meeting)
        self.order = self.order or tuple(now)
        known = {each.reference: each for each in now}
        return [
            replace(each, leave=known[each.reference].leave, heard=known[each.reference].heard)
            for each in self.order
            if each.reference in known
        ]

    def case(self, place: Place, moderating_chair: str = "") -> PanelCase:
        """Give the content of an item."""
        with self.desk.reading() as ask:
            return live_questions.panel_case(
                ask, self.panel, place, chair=self.chair, moderating_chair=moderating_chair or self.moderating_chair
            )

    def warnings(self, reference: str, said: Said) -> list[str]:
        """Give what it would mean for the money to record this."""
        return _warnings(self.desk, reference, said)

    def record(self, case: PanelCase, said: Said) -> RecommendationLine:
        """Record a recommendation in a transaction of its own, with its line in the trail."""
        from senco.requests import deciding

        told = Advised(
            verdict=said.verdict,
            reason=said.reason,
            amount_pence=said.amount_pence,
            awarded_from=said.first,
            awarded_to=said.last,
            votes=said.votes,
            casting=said.casting,
            chair=case.chair,
            moderating_chair=case.moderating_chair,
            reasons=said.reasons,
        )
        with self.desk.changing("request.recommend") as change:
            return deciding.recommend(change, case.matter.case.reference, told, self.desk.today, meeting=self.meeting)

    def last(self) -> RecommendationLine | None:
        """Give the newest living recommendation of this panel."""
        with self.desk.reading() as ask:
            return live_questions.newest_at(ask, self.meeting)

    def take_back(self, reference: str, reason: str) -> None:
        """Take a recommendation back in a transaction of its own."""
        from senco.requests import deciding

        with self.desk.changing("request.recommend-undo") as change:
            deciding.take_back_recommendation(change, reference, reason, self.desk.today)

    def declare(self, reference: str, school: str, reason: str) -> str:
        """Record an interest that is declared at the panel, and give the school's name."""
        from senco.requests import presiding
        from senco.requests.kinds import Ground

        with self.desk.changing("request.interest") as change:
            return presiding.settle_interest(
                change,
                reference,
                school,
                Ground.DECLARED,
                self.desk.today,
                meeting=self.meeting,
                dismiss=False,
                reason=reason,
            ).school

    def present(self) -> list[str]:
        """Give who is written down as present."""
        with self.desk.reading() as ask:
            return [each.who for each in records.present(ask, self.meeting, "")]

    def seats(self) -> list[Seat]:
        """Give those who may sit here with a vote."""
        with self.desk.reading() as ask:
            return live_questions.seats(ask, self.panel)

    def note_presence(self, urns: Sequence[int], offices: Sequence[str]) -> None:
        """Write down who is here: these, and nobody else any more."""
        from senco.requests import presiding

        with self.desk.changing("requests.present") as change:
            presiding.note_roll(change, self.meeting, urns=urns, offices=offices)

    def outside(self) -> list[OutsideCase]:
        """Give the decisions made outside a meeting that wait to be ratified."""
        with self.desk.reading() as ask:
            return live_questions.outside(ask, self.panel)

    def ratify(self, reference: str, refused_because: str) -> None:
        """Record that the panel ratifies a decision, or why it does not."""
        from senco.requests import deciding

        with self.desk.changing("request.ratify") as change:
            deciding.ratify(
                change,
                reference,
                self.desk.today,
                meeting=self.meeting,
                refused=bool(refused_because),
                reason=refused_because,
            )


@dataclass(slots=True)
class OfficerStore:
    """The store behind the officer's sitting: of one panel's advice, or of all that waits."""

    desk: Desk
    officer: str
    meeting: str = ""
    done: tuple[str, ...] = ()

    def waiting(self) -> list[str]:
        """Give the requests whose advice waits for the officer."""
        with self.desk.reading() as ask:
            return live_questions.awaiting(ask, self.meeting)

    def case(self, reference: str) -> OfficerCase:
        """Give a case as it lies before the officer."""
        with self.desk.reading() as ask:
            return live_questions.officer_case(ask, reference, self.desk.today)

    def follow(self, case: OfficerCase) -> DecisionLine:
        """Record a decision that follows the panel in everything."""
        from senco.requests import deciding

        with self.desk.changing("request.decide") as change:
            told = deciding.as_advised(change, case.advice, self.officer, self.desk.today)
            line = deciding.decide(change, case.matter.case.reference, told, self.desk.today)
        self.done = (*self.done, line.request)
        return line

    def warnings(self, reference: str, said: Said | None = None) -> list[str]:
        """Give what it would mean for the money to record this, or what the decision that stands means."""
        return _warnings(self.desk, reference, said)

    def record(self, case: OfficerCase, said: Said) -> DecisionLine:
        """Record a decision of the officer's own, in a transaction of its own."""
        from senco.requests import deciding

        told = Decided(
            verdict=said.verdict,
            reason=said.reason,
            officer=self.officer,
            amount_pence=said.amount_pence,
            awarded_from=said.first,
            awarded_to=said.last,
            reasons=said.reasons,
        )
        with self.desk.changing("request.decide") as change:
            line = deciding.decide(change, case.matter.case.reference, told, self.desk.today)
        self.done = (*self.done, line.request)
        return line

    def last(self) -> DecisionLine | None:
        """Give the newest decision of this sitting that stands."""
        with self.desk.reading() as ask:
            standing = (records.decision_standing(ask, each) for each in reversed(self.done))
            return next((each for each in standing if each), None)

    def take_back(self, reference: str, reason: str) -> None:
        """Take a decision back in a transaction of its own."""
        from senco.requests import deciding

        with self.desk.changing("request.decide-undo") as change:
            deciding.take_back_decision(change, reference, reason, self.desk.today)
        self.done = tuple(each for each in self.done if each != reference)

    def settled(self) -> list[Settled]:
        """Give the decisions of this sitting that stand, with their amounts."""
        with self.desk.reading() as ask:
            found = [records.decision_standing(ask, each) for each in dict.fromkeys(self.done)]
        return [(each.outcome, each.amount_pence, each.means) for each in found if each]


def _warnings(desk: Desk, reference: str, said: Said | None) -> list[str]:
    from senco.requests import advising

    with desk.reading() as ask:
        told = (
            [advising.Proposed(reference, said.amount_pence or 0, said.first, said.last)]
            if said
            else advising.said(each for each in records.decisions(ask, reference) if each.living)
        )
        return advising.warnings(desk, ask, told)


def panel(desk: Desk, meeting: str, *, chair: str, moderating_chair: str) -> Answer:
    """Hold a live panel at the terminal; give how it ended.

    Raises Refused ``requests.no-terminal`` and ``requests.not-yet``, NotFound ``requests.nothing-to-hear``, Interrupted
    ``requests.interrupted`` and what `panel_named` raises.
    """
    _at_terminal(desk, "`senco requests record` takes in a filled-in agenda; `senco requests recommend` one case.")
    with desk.reading() as ask:
        held = panels.panel_named(ask, meeting)
    if why := contradictions.why_not_yet(date.fromisoformat(held.starts[:10]), desk.today):
        raise Refused("requests.not-yet", f"{held.reference} cannot be held now: {why}. Nothing changed.")
    book = PanelStore(desk, held, chair, moderating_chair)
    if not (any(not each.heard for each in book.places()) or book.outside()):
        raise NotFound(
            "requests.nothing-to-hear",
            f"Nothing waits to be heard at {held.reference}.",
            f"`senco requests agenda --panel {held.reference}` says what waits for it.",
        )
    book.chair = chair or _named("Who chairs the panel? (a name)")
    tally = _sat(lambda room: panel_session.sit(room, book, desk.today))
    left = sum(not each.heard for each in book.places())
    with desk.reading() as ask:
        settled = [
            (each.outcome, each.amount_pence, each.means) for each in records.recommended_at(ask, held.reference)
        ]
    return live_render.panel_summary(_summary(held.reference, settled, tally, left))


def officer(desk: Desk, meeting: str, named: str) -> Answer:
    """Go through what awaits the officer's decision at the terminal; give how the sitting ended.

    Raises Refused ``requests.no-terminal``, NotFound ``requests.nothing-to-decide``, Interrupted
    ``requests.interrupted`` and what `panel_named` raises.
    """
    _at_terminal(desk, "`senco requests decide REF` decides one case; --as-advised PANEL all of a panel's.")
    with desk.reading() as ask:
        held = panels.panel_named(ask, meeting).reference if meeting else ""
        urgent = live_questions.urgent_outside(ask, desk.today)
    book = OfficerStore(desk, named, held)
    if not book.waiting():
        raise NotFound(
            "requests.nothing-to-decide",
            "No advice of a panel waits for the officer.",
            live_render.urgent_said(urgent) if urgent else "`senco requests list` shows how far each request has come.",
        )
    book.officer = named or _named("Who decides? (the Designated Officer's name)")
    tally = _sat(lambda room: officer_session.sit(room, book, desk.today))
    if urgent:
        desk.say(live_render.urgent_said(urgent))
    return live_render.officer_summary(_summary(held, book.settled(), tally, len(book.waiting())))


def _sat(sit: Callable[..., Tally]) -> Tally:
    from senco.requests.room import Projector

    try:
        return sit(Projector())
    except KeyboardInterrupt:
        raise Interrupted(
            "requests.interrupted",
            "Stopped. What was recorded so far stays recorded.",
            "The same command goes on with the first case that was not settled.",
        ) from None


def _summary(meeting: str, settled: list[Settled], tally: Tally, left: int) -> LiveSummary:
    return live_questions.summary(
        meeting,
        settled,
        recorded=tally.recorded,
        taken_back=tally.taken_back,
        skipped=len(tally.skipped),
        left=left,
    )


def _at_terminal(desk: Desk, otherwise: str) -> None:
    if not desk.at_terminal:
        raise Refused(
            "requests.no-terminal", "A sitting needs a terminal, and nobody is at one. Nothing changed.", otherwise
        )


def _named(question: str) -> str:
    terminal = Terminal()
    while not (told := terminal.line(question)):
        terminal.tell("A name is needed: it stands with every record.")
    return told
