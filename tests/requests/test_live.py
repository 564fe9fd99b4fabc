"""A live panel and the officer's sitting, driven by a script: what is asked, what stands at once, every way out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from senco.errors import BadInput, Interrupted
from senco.requests import (
    agendas,
    deciding,
    dialogue,
    live_questions,
    live_render,
    officer_session,
    panel_session,
    panels,
    presiding,
    records,
    verbs,
)
from senco.requests.live_kinds import Door, OutsideCase, PanelCase, ReadBack
from senco.requests.live_room import OfficerStore, PanelStore
from senco.requests.outcomes import ReasonKind, Verdict
from senco.requests.session import Tally
from senco.store.doors import Store
from tests.requests.conftest import DORCHESTER, EVERLY, FOXLEY, TODAY, judgement
from tests.requests.panel import CHAIR, OFFICER, PANEL, PANEL_DAY, decide, heard, recommend, request, run, setting
from tests.requests.test_session import Bench

Run = Callable[..., Any]
NOBODY_NOTED = ("",)  # who is here: left as it is
SPAN = {"asked_from": "2021-01-04", "asked_to": "2021-07-23"}
AGREED = ("1", "", "1 3", "Two reviewed plans show it.", "", "1")  # verdict, days, criteria, why, votes, record it
URGENT = {"urgent": True, "urgent_because": "Soon out of school"}


@dataclass
class Script:
    """A room that answers what it is told to, in order, and keeps all that was shown and said to it."""

    answers: list[str]
    shown: list[Any] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    wholes: int = 0

    def show(self, shown: Any, *, left: int, before: str) -> None:
        assert left >= 0
        assert live_render.lines(shown, left=left, before=before)
        self.shown.append(shown)
        self.before.append(before)

    def more(self, case: Any) -> None:
        assert live_render.whole(case)
        self.wholes += 1

    def choose(self, question: str, choices: Sequence[tuple[str, str]]) -> str:
        told = self._next(question)
        assert told in [key for key, _ in choices], f"{told!r} is no answer to {question!r}"
        return told

    def line(self, prompt: str) -> str:
        return self._next(prompt)

    def tell(self, text: str) -> None:
        self.said.append(text)

    def _next(self, question: str) -> str:
        self.asked.append(question)
        if not self.answers:
            raise Interrupted("ask.ended", "The script ended.")
        return self.answers.pop(0)

    def of(self, kind: type) -> list[Any]:
        return [each for each in self.shown if isinstance(each, kind)]


@pytest.fixture
def sit(borough: Store) -> Run:
    """Give a way to hold the panel with a script of answers; gives the script and the tally."""

    def run(*answers: str, chair: str = CHAIR, book: Any = None, **more: str) -> tuple[Script, Tally]:
        script = Script(list(answers))
        with borough.reading() as ask:
            held = panels.panel_named(ask, PANEL)
        book = book or PanelStore(Bench(borough, today=PANEL_DAY), held, chair, **more)  # type: ignore[arg-type] - a bench is desk enough
        tally = panel_session.sit(script, book, TODAY)
        assert not script.answers, f"nobody asked for {script.answers}"
        return script, tally

    return run


@pytest.fixture
def officer(borough: Store) -> Run:
    """Give a way to hold the officer's sitting with a script of answers; gives the script, the tally and the book."""

    def run(*answers: str, meeting: str = "", day: date = PANEL_DAY) -> tuple[Script, Tally, OfficerStore]:
        script, book = Script(list(answers)), OfficerStore(Bench(borough, today=day), OFFICER, meeting)  # type: ignore[arg-type] - the same
        tally = officer_session.sit(script, book, day)
        assert not script.answers, f"nobody asked for {script.answers}"
        return script, tally, book

    return run


def advice(store: Store, reference: str) -> Any:
    with store.reading() as ask:
        return records.advice_standing(ask, reference)


def decision(store: Store, reference: str) -> Any:
    with store.reading() as ask:
        return records.decision_standing(ask, reference)


def kinds(store: Store, record: Any, number: int) -> list[tuple[str, str]]:
    with store.reading() as ask:
        return [(each.kind, each.text) for each in records.reasons(ask, record, number)]


# Foxley is of no trust and hosts no lead: in its cases nobody leaves, and Everly, CP2's lead, only does not vote.
def quiet(store: Store, **told: Any) -> str:
    """A case that nobody leaves for."""
    reference = request(store, school="Foxley", **{**SPAN, **told})
    run(store, verbs.moderate, reference, judgement(), TODAY)
    return reference


def test_each_recommendation_stands_before_the_next_item_is_shown(borough: Store, sit: Run, trail_length: Run) -> None:
    first, second = quiet(borough), quiet(borough)
    before = trail_length()
    with pytest.raises(Interrupted):
        sit(*NOBODY_NOTED, *AGREED)  # the terminal dies at the second item
    done, other = (first, second) if advice(borough, first) else (second, first)
    assert trail_length() == before + 1
    line = advice(borough, done)
    assert (line.outcome, line.amount_pence, line.chair) == ("agreed", 350_000, CHAIR)
    assert (line.awarded_from, line.awarded_to) == ("2021-01-04", "2021-07-23")
    assert kinds(borough, records.Record.RECOMMENDATION, line.number) == [
        ("criterion-met", "exceptional need"),
        ("criterion-met", "costed provision"),
    ]
    script, tally = sit(*NOBODY_NOTED, *AGREED, "1")
    assert [each.place.reference for each in script.of(PanelCase)] == [other]
    assert script.of(PanelCase)[0].place.number == 2, "an item keeps its number when the panel goes on later"
    assert (tally.recorded, advice(borough, other).outcome) == (1, "agreed")


LIVES = {
    Verdict.AGREED: ("1", "", "1", "Why.", ""),
    Verdict.AGREED_LOWER: ("2", "2000", "5/1/2021 to 2/7/2021", "costed", "Why.", ""),
    Verdict.AGREED_WITH_CONDITIONS: ("3", "", "", "1", "A review each term.", "Why.", ""),
    Verdict.DECLINED_WITH_SUPPORT: ("4", "4", "Ask the EP in | SENCO | 29/1/2021", "Why.", ""),
    Verdict.DEFERRED: ("5", "A second reviewed plan.", "Why.", ""),
    Verdict.WITHDRAWN: ("6", "Why.", ""),
    Verdict.RETURNED: ("7", "Why.", ""),
}


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_asked_for_what_it_needs_and_no_more(borough: Store, sit: Run, verdict: Verdict) -> None:
    reference = quiet(borough)
    script, _ = sit(*NOBODY_NOTED, *LIVES[verdict], "1", "1")
    assert advice(borough, reference).outcome == verdict
    (read,) = script.of(ReadBack)
    assert read.said.verdict is verdict
    assert script.before[-1] == ""
    assert any("recommends" in each for each in script.said)


def test_where_reasons_are_not_asked_line_by_line_one_reason_is_enough(borough: Store, sit: Run) -> None:
    setting(borough, "award.reasons", "text")
    reference = quiet(borough)
    sit(*NOBODY_NOTED, "4", "Why.", "", "1", "1")
    assert advice(borough, reference).outcome == "declined-with-support"


def test_the_content_is_not_asked_for_while_somebody_must_leave(borough: Store, sit: Run) -> None:
    """Everly is of Abbey's trust; Dorchester leads the case's cluster and may stay, without a vote."""
    abbey = heard(borough)
    calls: list[str] = []

    class Watched(PanelStore):
        def case(self, place: Any, moderating_chair: str = "") -> Any:
            calls.append("case")
            return super().case(place, moderating_chair)

    with borough.reading() as ask:
        held = panels.panel_named(ask, PANEL)
    book = Watched(Bench(borough, today=PANEL_DAY), held, CHAIR)  # type: ignore[arg-type] - a bench is desk enough

    class Watching(Script):
        def choose(self, question: str, choices: Sequence[tuple[str, str]]) -> str:
            calls.append(question)
            return super().choose(question, choices)

    script = Watching([*NOBODY_NOTED, "1", "q"])
    panel_session.sit(script, book, TODAY)
    assert calls[:2] == ["Is the room right?", "case"]
    door, case = script.shown
    assert isinstance(door, Door)
    assert door.place.leave == ("Everly School (CP2 lead, same trust)",)
    told = live_render.lines(door, left=1, before="")
    assert "Abbey" not in told
    assert "mentor" not in told
    assert abbey in told
    assert isinstance(case, PanelCase)
    assert case.silent == ("Dorchester High School",)
    told = live_render.lines(case, left=1, before="")
    assert "Out: Everly School" in told
    assert "No vote: Dorchester High School" in told


def test_those_who_left_are_called_back(borough: Store, sit: Run) -> None:
    heard(borough), quiet(borough)
    script, tally = sit(*NOBODY_NOTED, "1", "s", "1", "s", "1")
    leaving, coming = script.of(Door)
    everly = ("Everly School (CP2 lead, same trust)",)
    assert (leaving.place.leave, leaving.back) == (everly, ())
    assert (coming.place.leave, coming.back) == ((), everly)
    assert "Come back: Everly School" in live_render.lines(coming, left=1, before="")
    assert len(tally.skipped) == 2


def test_nobody_is_sent_out_twice_for_items_side_by_side(borough: Store, sit: Run) -> None:
    heard(borough), heard(borough)
    script, _ = sit(*NOBODY_NOTED, "1", "s", "s", "s", "q")
    assert len(script.of(Door)) == 1
    assert len(script.of(PanelCase)) == 3, "what was skipped is heard when nothing else is left"


@pytest.mark.parametrize("way", ["s", "q", "u"])
def test_every_way_leads_away_from_the_door(borough: Store, sit: Run, way: str) -> None:
    reference = heard(borough)
    after = {"s": ("1",), "q": (), "u": ("q",)}[way]
    script, tally = sit(*NOBODY_NOTED, way, *after)
    assert script.of(PanelCase) == []
    assert (reference in tally.skipped) is (way == "s")
    assert advice(borough, reference) is None
    if way == "u":
        assert "There is no recommendation of this panel to take back." in script.said


def test_one_may_go_back_from_every_question(borough: Store, sit: Run) -> None:
    reference = quiet(borough)
    script, _ = sit(
        *NOBODY_NOTED,
        "1", "b",  # the days
        "2", "b",  # the amount
        "2", "2000", "", "b",  # the criteria
        "2", "2000", "", "1", "b",  # why
        "2", "2000", "", "1", "Why.", "b",  # the votes
        "2", "2000", "", "1", "Why.", "", "b",  # what was read back
        "i", "b", "u", "q",
    )  # fmt: skip
    assert advice(borough, reference) is None
    assert len(script.of(PanelCase)) == 9


@pytest.mark.parametrize("at", range(1, 7))
def test_the_room_may_stop_at_every_question(borough: Store, sit: Run, at: int) -> None:
    reference = quiet(borough)
    sit(*NOBODY_NOTED, *("2", "2000", "", "1", "Why.", "")[:at], "q")
    assert advice(borough, reference) is None


def test_what_cannot_be_is_asked_again(borough: Store, sit: Run) -> None:
    setting(borough, "award.cap", "3000")
    reference = quiet(borough)
    script, _ = sit(
        *NOBODY_NOTED,
        "1",  # agreed in full goes beyond the cap: back to the outcome
        "2", "lots", "4000", "3500", "2500",
        "soon", "1/7/2021 to 1/2/2021", "4/1/2021 to 23/7/2021",
        "", "9", "luck", "1",
        " ", "Born 17.2.2013, so", "Why.",
        "seven", "0-0-0", "",
        "2", "1", "2", "2", "1",  # the same criterion twice, then another
        "1",
    )  # fmt: skip
    line = advice(borough, reference)
    assert line.amount_pence == 250_000
    assert kinds(borough, records.Record.RECOMMENDATION, line.number) == [
        ("criterion-met", "exceptional need"),
        ("criterion-met", "ordinary provision in use"),
    ]
    told = " ".join(script.said)
    for why in (
        "No more than £3,000.00 ",
        "Agreed lower means less than the £3,500.00 asked.",
        "It would end before it begins.",
        "Nothing was named.",
        "The numbers go from 1 to 6.",
        "'luck' is no criterion of the borough",
        "A reason is needed.",
        "date of birth",
        "cannot be read",
        "A criterion is named twice.",
    ):
        assert why in told, why
    assert "2013" not in told


def test_everything_may_be_added_before_it_is_recorded(borough: Store, sit: Run) -> None:
    import sqlite3
    from contextlib import closing

    reference = request(borough, school="Foxley", **SPAN)
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute(
            "INSERT INTO request_evidence (request_reference, place, kind, title, dated, reviewed_on)"
            " VALUES (?, 1, 'report', 'Educational psychologist', '2020-06-15', '2020-07-06')",
            (reference,),
        )
    run(borough, verbs.moderate, reference, judgement(), TODAY)
    script, _ = sit(
        *NOBODY_NOTED,
        "7", "Why.", "",
        "3", "2", "4", "1", "4", "A letter of the school", "5", "A review.", "6", "Ask the EP in", "b",
        "6", "Ask the EP in | SENCO", "7", "A plan.", "1", "1",
    )  # fmt: skip
    line = advice(borough, reference)
    assert [kind for kind, _ in kinds(borough, records.Record.RECOMMENDATION, line.number)] == [
        "criterion-not-met", "evidence", "evidence", "condition", "advice", "evidence-wanted",
    ]  # fmt: skip
    assert "report: Educational psychologist (Mon 15 Jun 2020, reviewed Mon 6 Jul 2020)" in " ".join(script.said)
    assert "The advice cannot be read." in " ".join(script.said)
    told = live_render.lines(script.of(ReadBack)[-1], left=1, before="")
    for said in ("Not met: ordinary provision", "Advice: Ask the EP in (SENCO)", "Wanted: A plan.", "Condition: A rev"):
        assert said in told


def test_the_last_one_is_taken_back_and_heard_again(borough: Store, sit: Run) -> None:
    first, second = quiet(borough), quiet(borough)
    script, tally = sit(
        *NOBODY_NOTED, *LIVES[Verdict.RETURNED], "1", "u", "b", "u", "The wrong key.",
        *LIVES[Verdict.AGREED], "1", *LIVES[Verdict.RETURNED], "1", "u", "Not so.", *LIVES[Verdict.AGREED], "1", "1",
    )  # fmt: skip
    assert (tally.recorded, tally.taken_back) == (4, 2)
    assert {advice(borough, each).outcome for each in (first, second)} == {"agreed"}
    assert any(each.startswith("Taken back:") for each in script.before)


def test_after_the_last_item_the_room_may_go_back(borough: Store, sit: Run) -> None:
    quiet(borough)
    _, tally = sit(*NOBODY_NOTED, *AGREED, "u", "b", "u", "Not so.", "q")
    assert tally.taken_back == 1


def test_what_the_officer_has_answered_is_not_taken_back(borough: Store, sit: Run) -> None:
    reference = quiet(borough)
    recommend(borough, reference)
    decide(borough, reference)
    quiet(borough)
    script, tally = sit(*NOBODY_NOTED, "u", "Not so.", "q")
    assert "the officer has answered it" in " ".join(script.said)
    assert tally.taken_back == 0


def test_the_order_is_the_one_that_the_panel_began_with(borough: Store, sit: Run) -> None:
    """An interest that is declared sends somebody out; it does not deal the items anew."""
    references = [quiet(borough) for _ in range(3)]
    with borough.reading() as ask:
        order = [each.reference for each in live_questions.places(ask, PANEL)]
    assert sorted(order) == sorted(references)
    script, _ = sit(
        *NOBODY_NOTED, "s", "i", "Nowhere School", "Related.", "Dorchester", "A relative.", "1", "s", "1", "s", "1"
    )
    seen = [each.place.reference for each in script.of(PanelCase)]
    assert seen == [order[0], order[1], order[1], order[2]]
    assert [each.place.number for each in script.of(PanelCase)] == [1, 2, 2, 3]
    assert script.of(Door)[0].place.leave == ("Dorchester High School (CP1 lead, declared)",)
    assert "Dorchester High School stays out of" in " ".join(script.before)
    with borough.reading() as ask:
        ((row),) = records.settled(ask, PANEL)
    assert (row.urn, row.ground, row.state) == (DORCHESTER, "declared", "confirmed")


def test_an_agenda_is_whole_again_after_its_panel(borough: Store) -> None:
    first, second, third = (quiet(borough) for _ in range(3))
    for reference in (first, second):
        recommend(borough, reference)
    decide(borough, first)
    with borough.reading() as ask:
        assert {each.reference for each in agendas.agenda(ask, PANEL).items} == {third}
        assert {each.reference for each in agendas.agenda(ask, PANEL, whole=True).items} == {first, second, third}
        assert {each.reference for each in agendas.agenda(ask, "2021-01-12-PANEL", whole=True).items} == {third}
        assert [each.heard for each in live_questions.places(ask, PANEL)].count(True) == 2


def test_who_is_here_is_asked_once_and_may_be_put_right(borough: Store, sit: Run) -> None:
    setting(borough, "panel.quorum", "2")
    setting(borough, "panel.quorum.roles", "SEN manager")
    reference = request(borough, school="Barrow", **SPAN)
    run(borough, verbs.moderate, reference, judgement(), TODAY)
    script, _ = sit(
        "x", "9", "1", "Clerk; ",  # Dorchester, who leads the case's cluster and does not vote
        "w", "b", "w", "1", "b", "w", "1 2", "SEN manager", "q",
    )  # fmt: skip
    told = " ".join(script.said)
    assert "Please type numbers from 1 to 2." in told
    assert "CP1  A Lead, Dorchester High School" in told
    assert "This case cannot be settled: only 0 with a vote are there, and 2 are needed." in told
    assert "Written down: Dorchester High School, Clerk." in told
    with borough.reading() as ask:
        assert [each.who for each in records.present(ask, PANEL, "")] == [
            "Dorchester High School", "Everly School", "SEN manager",
        ]  # fmt: skip
    script, _ = sit("w", "2", "SEN manager", "q")
    assert isinstance(script.shown[0], PanelCase), "who is here is not asked again"
    with borough.reading() as ask:
        assert [each.who for each in records.present(ask, PANEL, "")] == ["Everly School", "SEN manager"]
    assert advice(borough, reference) is None


def test_nobody_here_is_said_before_an_answer_is_given(borough: Store, sit: Run) -> None:
    setting(borough, "panel.quorum", "1")
    reference = request(borough, school="Barrow", **SPAN)
    run(borough, verbs.moderate, reference, judgement(), TODAY)
    script, _ = sit("b", "w", "all", "", *LIVES[Verdict.AGREED][:-1], "1-0-0", "1", "1")
    assert "nobody is written down as present" in script.said[2]
    assert advice(borough, reference).votes == "1-0-0"
    assert "1 may vote" in live_render.lines(script.of(PanelCase)[-1], left=1, before="")


def test_the_chairs_casting_vote_is_asked_for_where_there_is_one(borough: Store, sit: Run) -> None:
    reference = quiet(borough)
    setting(borough, "votes", "school")
    setting(borough, "votes.casting", "yes")
    script, _ = sit(*NOBODY_NOTED, *LIVES[Verdict.AGREED][:-1], "", "1-1-0", "b", "1-1-0", "2", "1-1-0", "1", "1", "1")
    line = advice(borough, reference)
    assert (line.votes, line.casting) == ("1-1-0", "for")
    assert "The votes do not speak for it." in script.said
    assert "Votes: 1-1-0, casting vote for" in live_render.lines(script.of(ReadBack)[-1], left=1, before="")


@pytest.mark.parametrize("friend", ["", "Head of SEN"])
def test_a_chair_with_an_interest_gives_way(borough: Store, sit: Run, friend: str) -> None:
    reference = heard(borough, **SPAN)
    naming = () if friend else ("Everly School", "Head of SEN")
    script, _ = sit(*NOBODY_NOTED, "1", *naming, *LIVES[Verdict.AGREED], "1", "1", chair="CP2", moderating_chair=friend)
    line = advice(borough, reference)
    assert (line.chair, line.moderating_chair) == ("CP2", "Head of SEN")
    told = live_render.lines(script.of(PanelCase)[0], left=1, before="")
    assert f"Chair: {friend or 'to be named'}" in told


@pytest.mark.parametrize(("way", "skipped"), [("s", 1), ("q", 0)])
def test_a_case_without_a_chair_is_left(borough: Store, sit: Run, way: str, skipped: int) -> None:
    heard(borough)
    _, tally = sit(*NOBODY_NOTED, "1", way, *(("1",) * skipped), chair="CP2")
    assert len(tally.skipped) == skipped


def test_what_others_did_meanwhile_does_not_stop_the_panel(borough: Store, sit: Run) -> None:
    gone, other = quiet(borough), quiet(borough)
    with borough.reading() as ask:
        held = panels.panel_named(ask, PANEL)
        order = [each.reference for each in live_questions.places(ask, PANEL)]

    class Late(PanelStore):
        def record(self, case: Any, said: Any) -> Any:
            if case.place.reference == order[0]:
                run(borough, deciding.withdraw, order[0], "Moved away.", TODAY)
            return super().record(case, said)

    script, tally = sit(*NOBODY_NOTED, *AGREED, *AGREED, "1", book=Late(Bench(borough, today=PANEL_DAY), held, CHAIR))  # type: ignore[arg-type] - a bench is desk enough
    assert "its school has withdrawn it" in " ".join(script.said)
    assert tally.recorded == 1
    assert {gone, other} == set(order)
    assert advice(borough, order[1]).outcome == "agreed"


def test_what_the_rules_refuse_leads_back_to_the_question(borough: Store, sit: Run) -> None:
    """The settings change while the panel sits: votes are counted, and a lower cap holds."""
    reference = quiet(borough)
    with borough.reading() as ask:
        held = panels.panel_named(ask, PANEL)

    class Changing(PanelStore):
        tries = 0

        def record(self, case: Any, said: Any) -> Any:
            self.tries += 1
            if self.tries == 1:
                setting(borough, "award.cap", "3000")
            if self.tries == 2:
                setting(borough, "votes", "school")
            return super().record(case, said)

    script, _ = sit(
        *NOBODY_NOTED, *AGREED,  # the cap is new: the votes are asked again, and the room goes back
        "b", "2", "2000", "", "1", "Why.", "", "1",  # the votes are counted now: back to the outcome
        "2", "2000", "", "1", "Why.", "1-0-0", "1", "1",
        book=Changing(Bench(borough, today=PANEL_DAY), held, CHAIR),  # type: ignore[arg-type] - a bench is desk enough
    )  # fmt: skip
    assert "no more than £3,000.00 " in " ".join(script.said)
    assert "the votes are not said, and the borough counts them" in " ".join(script.said)
    assert advice(borough, reference).votes == "1-0-0"


def test_what_was_decided_outside_is_ratified_at_the_end(borough: Store, sit: Run) -> None:
    references = [request(borough, **URGENT) for _ in range(4)]
    for reference in references:
        decide(borough, reference)
    script, _ = sit(*NOBODY_NOTED, "1", "2", "b", "2", "It could have waited.", "s", "q")
    assert len(script.of(OutsideCase)) == 4
    found = [decision(borough, each).ratified for each in references]
    assert sorted(found) == ["", "", PANEL, f"not by {PANEL}"]
    told = live_render.lines(script.of(OutsideCase)[0], left=1, before="")
    assert "Decided: agreed, £3,500.00 for the whole time, outside a meeting" in told


def test_a_decision_ratified_elsewhere_meanwhile_is_told(borough: Store, sit: Run) -> None:
    reference = request(borough, **URGENT)
    decide(borough, reference)

    class Late(PanelStore):
        def ratify(self, reference: str, refused_because: str) -> None:
            run(borough, deciding.ratify, reference, PANEL_DAY, meeting=PANEL, refused=False, reason="")
            super().ratify(reference, refused_because)

    with borough.reading() as ask:
        held = panels.panel_named(ask, PANEL)
    script, _ = sit(*NOBODY_NOTED, "1", book=Late(Bench(borough, today=PANEL_DAY), held, CHAIR))  # type: ignore[arg-type] - the same
    assert "before a panel already" in script.said[-1]


def test_an_urgent_case_that_its_cluster_has_not_heard(borough: Store, sit: Run) -> None:
    import sqlite3
    from contextlib import closing

    reference = request(borough, school="Foxley", **URGENT, **SPAN)
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute("UPDATE request SET panel_reference = ?, version = version + 1", (PANEL,))
    script, _ = sit(*NOBODY_NOTED, "m", *AGREED, "1")
    assert script.wholes == 1
    told = live_render.lines(script.of(PanelCase)[0], left=1, before="")
    assert "Cluster: has not heard it: urgent" in told
    assert "URGENT: Soon out of school" in told
    assert advice(borough, reference).outcome == "agreed"


def test_what_an_earlier_panel_deferred_says_so(borough: Store, sit: Run) -> None:
    reference = quiet(borough)
    recommend(borough, reference, Verdict.DEFERRED)
    with borough.reading() as ask:
        later = panels.panel_named(ask, "2021-01-12-PANEL")
        (place,) = live_questions.places(ask, later.reference)
        case = live_questions.panel_case(ask, later, place, chair=CHAIR, moderating_chair="")
    assert not place.heard
    assert "Before: deferred for information at 2020-12-08-PANEL" in live_render.lines(case, left=2, before="")


# ---- the officer


def test_one_key_follows_the_panel_in_everything(borough: Store, officer: Run, trail_length: Run) -> None:
    references = [quiet(borough) for _ in Verdict]
    for reference, verdict in zip(references, Verdict, strict=True):
        recommend(borough, reference, verdict)
    before = trail_length()
    script, tally, book = officer(*("1" for _ in Verdict), "q")
    assert trail_length() == before + len(Verdict) == before + tally.recorded
    assert [decision(borough, each).outcome for each in references] == [each.value for each in Verdict]
    assert decision(borough, references[1]).reason == advice(borough, references[1]).reason
    assert len(book.settled()) == len(Verdict)
    told = live_render.lines(script.shown[1], left=2, before="")
    assert "The cluster found:\nOutcome: exceptional, confirm" in told
    assert "The panel recommends:\nOutcome: agreed lower, £2,000.00 for the whole time" in told


def test_what_differs_from_the_panel_says_why(borough: Store, officer: Run) -> None:
    references = [quiet(borough) for _ in range(3)]
    for reference in references:
        recommend(borough, reference, Verdict.AGREED_LOWER)
    script, _, _ = officer(
        "3", "1500", "", "1", "Less will do.", "1",  # lower, and lower still
        "5", "4", "Ask the EP in | SENCO", "The plan is not yet reviewed.", "1",
        "8", "The form is of last year.", "b", "m", "q",
    )  # fmt: skip
    assert decision(borough, references[0]).amount_pence == 150_000
    assert decision(borough, references[1]).outcome == "declined-with-support"
    assert decision(borough, references[2]) is None
    assert "Why? (b goes back)" in script.asked
    assert "The panel recommends otherwise. Why is it decided so? (b goes back)" in script.asked
    assert script.wholes == 1


def test_the_officer_takes_back_and_decides_anew(borough: Store, officer: Run) -> None:
    first, second = quiet(borough), quiet(borough)
    for reference in (first, second):
        recommend(borough, reference)
    script, tally, book = officer("u", "1", "u", "b", "u", "Too soon.", "8", "Last year's form.", "1", "s", "s",
                                  "1", "u", "b", "u", "No.", "q")  # fmt: skip
    assert "There is no decision of this sitting to take back." in script.said
    assert (tally.recorded, tally.taken_back) == (3, 2)
    assert decision(borough, first).outcome == "returned"
    assert decision(borough, second) is None
    assert [each[:2] for each in book.settled()] == [("returned", None)]


def test_what_others_decided_meanwhile_does_not_stop_the_officer(borough: Store) -> None:
    first, second = quiet(borough), quiet(borough)
    for reference in (first, second):
        recommend(borough, reference)

    class Late(OfficerStore):
        def follow(self, case: Any) -> Any:
            if case.matter.case.reference == first:
                decide(borough, first)
            return super().follow(case)

    script = Script(["1", "1", "q"])
    tally = officer_session.sit(script, Late(Bench(borough, today=PANEL_DAY), OFFICER), TODAY)  # type: ignore[arg-type] - the same
    assert "decided it already" in script.said[0]
    assert tally.recorded == 1
    assert decision(borough, second).outcome == "agreed"


def test_what_cannot_be_decided_so_is_asked_again(borough: Store, officer: Run) -> None:
    """The cap came after the panel: what it advised cannot be followed to the letter."""
    reference = quiet(borough)
    recommend(borough, reference)
    setting(borough, "award.cap", "3000")
    script, _, _ = officer("1", "3", "3000", "", "1", "The cap.", "1", "q")
    assert "no more than £3,000.00" in script.said[0]
    assert decision(borough, reference).amount_pence == 300_000


def test_a_decision_taken_back_elsewhere_is_not_taken_back_twice(borough: Store) -> None:
    reference = quiet(borough)
    recommend(borough, reference)

    class Late(OfficerStore):
        def take_back(self, reference: str, reason: str) -> None:
            run(borough, deciding.take_back_decision, reference, "Mine.", TODAY)
            super().take_back(reference, reason)

    script = Script(["1", "u", "Not so.", "s", "q"])
    tally = officer_session.sit(script, Late(Bench(borough, today=PANEL_DAY), OFFICER), TODAY)  # type: ignore[arg-type] - the same
    assert "no decision stands" in " ".join(script.said)
    assert tally.taken_back == 0


def test_one_panels_advice_alone(borough: Store, officer: Run) -> None:
    here, there = quiet(borough), quiet(borough)
    recommend(borough, here)
    later = TODAY.replace(year=2021, month=1, day=12)
    from tests.requests.panel import advised

    run(borough, deciding.recommend, there, advised(), later, meeting="2021-01-12-PANEL")
    officer("1", "q", meeting="2021-01-12-PANEL", day=later)
    assert decision(borough, here) is None
    assert decision(borough, there).outcome == "agreed"


def test_what_waits_for_the_officer(borough: Store) -> None:
    advised, deferred, answered, gone, early, urgent = (
        *(quiet(borough) for _ in range(5)),
        request(borough, **URGENT),
    )
    for reference in (advised, answered, gone):
        recommend(borough, reference)
    recommend(borough, deferred, Verdict.DEFERRED)
    decide(borough, answered)
    run(borough, deciding.withdraw, gone, "Moved away.", TODAY)
    with borough.reading() as ask:
        assert live_questions.awaiting(ask) == [advised, deferred]
        assert live_questions.awaiting(ask, "2021-01-12-PANEL") == []
        assert live_questions.urgent_outside(ask, TODAY) == [urgent]
        assert early not in live_questions.awaiting(ask)
    decide(borough, deferred, Verdict.DEFERRED)
    setting(borough, "decide.outside", "none")
    with borough.reading() as ask:
        assert live_questions.awaiting(ask) == [advised]
        assert live_questions.urgent_outside(ask, TODAY) == []


def test_a_roll_replaces_the_roll_before(borough: Store) -> None:
    told = {"urns": [EVERLY, FOXLEY], "offices": ["Clerk"]}
    assert [each.who for each in run(borough, presiding.note_roll, PANEL, **told)] == [
        "Everly School", "Foxley School", "Clerk",
    ]  # fmt: skip
    told = {"urns": [EVERLY], "offices": ["SEN manager"]}
    assert [each.who for each in run(borough, presiding.note_roll, PANEL, **told)] == ["Everly School", "SEN manager"]


@pytest.mark.parametrize("told", ["", " , ", "0", "1 7"])
def test_a_number_that_is_not_on_the_list_is_refused(told: str) -> None:
    with pytest.raises(BadInput) as refused:
        dialogue.picked(ReasonKind.MET, told, ["need", "cost"], own_words=False)
    assert refused.value.reference == "requests.no-such-number"


def test_what_meant_something_else_at_the_panel_is_not_followed_blindly(borough: Store, officer: Run) -> None:
    """By the panel's day an amount is one for a year, by the officer's a whole sum: the officer says which."""
    from senco.settings.rules import BY_NAME
    from senco.settings.verbs import set_from

    reference = quiet(borough)
    run(borough, set_from, BY_NAME["award.means"], "year", TODAY.replace(month=12, day=1))
    recommend(borough, reference)
    after = PANEL_DAY + timedelta(days=3)
    run(borough, set_from, BY_NAME["award.means"], "whole", after)
    script, _, _ = officer("1", "3", "1500", "", "1", "The sum of two terms.", "1", "q", day=after)
    told = " ".join(script.said)
    assert "for the whole time" in " ".join(script.asked)
    assert decision(borough, reference).amount_pence == 150_000
    assert "agreed amounts a year, and since then an amount is meant for the whole time" in told
    assert advice(borough, reference).means == "year"
