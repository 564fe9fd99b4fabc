"""A live panel and the officer's sitting at a terminal: the commands, the screens, and a terminal that dies."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from senco.requests import live_questions, live_render, panels, records
from senco.requests.kinds import Votes
from senco.requests.live_kinds import Door, OfficerCase, PanelCase, ReadBack, Said
from senco.requests.outcomes import Casting, Reason, ReasonKind, Verdict
from senco.store.doors import Store
from tests.requests.conftest import CHILD, TODAY
from tests.requests.panel import CHAIR, MET, OFFICER, PANEL, decide, heard, recommend, request
from tests.requests.test_live import AGREED, SPAN, URGENT, quiet

Run = Callable[..., Any]
ON_THE_DAY = ("--as-of", "2020-12-08")
LONG = " ".join(["A teaching assistant beside the pupil in all lessons and at lunch, and a quiet room."] * 6)
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def test_a_panel_is_held_at_the_terminal(borough: Store, senco: Run, typed: Run, trail_length: Run) -> None:
    reference, before = quiet(borough), trail_length()
    typed("", "Head of SEN", "1 2", "SEN manager", "9", *AGREED, "1")
    ran = senco(*ON_THE_DAY, "requests", "panel", PANEL)
    assert ran.code == 0, ran.err
    assert "A name is needed: it stands with every record." in ran.err
    assert "Please type one of: 1, 2, 3, 4, 5, 6, 7, m, i, w, u, s, q." in ran.err
    assert f"{reference}   {PANEL}   item 1 of 1, the last case" in ran.err
    assert ran.out.splitlines()[0] == PANEL
    assert "Recommended    1 agreed" in ran.out
    assert "Agreed in all  £3,500.00 for the whole time" in ran.out
    assert trail_length() == before + 2  # who is there, and the recommendation


def test_the_officer_goes_through_what_waits(borough: Store, senco: Run, typed: Run) -> None:
    reference, urgent = quiet(borough), request(borough, **URGENT)
    recommend(borough, reference)
    typed(OFFICER, "m", "", "1", "q")
    ran = senco(*ON_THE_DAY, "requests", "decide", "--live", "--format", "json")
    assert ran.code == 0, ran.err
    assert f"Urgent, without a panel's advice yet: {urgent}." in ran.err
    assert "Evidence: none listed" in ran.err
    assert '"agreed": 1' in ran.out
    with borough.reading() as ask:
        line = records.decision_standing(ask, reference)
    assert line is not None
    assert line.officer == OFFICER
    recommend(borough, quiet(borough))
    typed("1", "q")
    ran = senco(*ON_THE_DAY, "requests", "decide", "--live", "--meeting", PANEL, "--officer", OFFICER)
    assert "Decisions on the advice of 2020-12-08-PANEL" in ran.out


@pytest.mark.parametrize(
    "case",
    [
        (("panel", PANEL), 3, "requests.nothing-to-hear"),
        (("panel", "2020-11-24-CP"), 4, "requests.not-a-panel"),
        (("decide", "--live"), 3, "requests.nothing-to-decide"),
        (("decide", "R-7KQ4", "--live"), 2, "requests.live-alone"),
        (("decide", "--live", "--meeting", "2020-11-24-CP"), 4, "requests.not-a-panel"),
    ],
)
def test_what_cannot_be_held(borough: Store, senco: Run, typed: Run, case: tuple[Any, int, str]) -> None:
    words, code, reference = case
    typed("x")
    ran = senco(*ON_THE_DAY, "requests", *words, "--format", "json")
    assert (ran.code, ran.out) == (code, "")
    assert f'"{reference}"' in ran.err


def test_a_sitting_needs_a_terminal_and_its_day(borough: Store, senco: Run, typed: Run) -> None:
    recommend(borough, quiet(borough))
    for words in (("panel", PANEL), ("decide", "--live")):
        ran = senco(*ON_THE_DAY, "requests", *words)
        assert ran.code == 4
        assert "A sitting needs a terminal" in ran.err
    typed("x")
    ran = senco("requests", "panel", PANEL)
    assert ran.code == 4
    assert "the meeting is on Tue 8 Dec 2020" in ran.err
    ran = senco("requests", "decide")
    assert "or --live" in ran.err


def test_urgent_ones_are_named_where_nothing_else_waits(borough: Store, senco: Run, typed: Run) -> None:
    urgent = request(borough, **URGENT)
    typed("x")
    ran = senco(*ON_THE_DAY, "requests", "decide", "--live")
    assert ran.code == 3
    assert urgent in ran.err


def test_an_interruption_says_what_stays(
    borough: Store,
    senco: Run,
    typed: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from senco.requests import room

    quiet(borough)
    typed()

    def interrupt(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(room.Projector, "line", interrupt)
    ran = senco(*ON_THE_DAY, "requests", "panel", PANEL, "--chair", CHAIR, "--format", "json")
    assert (ran.code, '"requests.interrupted"' in ran.err) == (130, True)


def test_a_terminal_that_dies_loses_nothing(borough: Store, pseudo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed outright in the middle of the second item: the first stands, the second waits, in its place."""
    monkeypatch.setenv("SENCO_TODAY", "2020-12-08")
    references = [quiet(borough) for _ in range(2)]
    panel = pseudo("requests", "panel", PANEL, "--chair", CHAIR)
    panel.until("Enter to leave it")
    for answer, then in (("", "Choice:"), ("1", "until when"), ("", "criteria"), ("1", "Why?"), ("It holds.", "Votes"),
                         ("", "Choice:"), ("1", "Choice:"), ("1", "until when")):  # fmt: skip
        panel.type(answer)
        panel.until(then)
    assert "item 2 of 2" in panel.seen
    os.kill(panel.process.pid, signal.SIGKILL)
    panel.end()
    with borough.reading() as ask:
        done = [each.request for each in records.recommended_at(ask, PANEL)]
    assert len(done) == 1
    resumed = pseudo("requests", "panel", PANEL, "--chair", CHAIR)
    resumed.until("Enter to leave it")
    resumed.type("")
    resumed.until("Choice:")
    assert "item 2 of 2" in resumed.seen
    (other,) = set(references) - set(done)
    assert other in resumed.seen
    assert done[0] not in resumed.seen
    resumed.type("q")
    assert resumed.end() == 0


def test_the_officers_terminal_dies_and_nothing_is_lost(
    borough: Store,
    pseudo: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SENCO_TODAY", "2020-12-08")
    references = [quiet(borough) for _ in range(2)]
    for reference in references:
        recommend(borough, reference)
    sitting = pseudo("requests", "decide", "--live", "--officer", OFFICER)
    sitting.until("Choice:")
    sitting.type("1")
    sitting.until("Choice:")
    assert f"Recorded: {references[0]} is agreed." in sitting.seen
    sitting.type("3")
    sitting.until("How much")
    os.kill(sitting.process.pid, signal.SIGKILL)
    sitting.end()
    with borough.reading() as ask:
        assert [each.request for each in records.decisions_living(ask)] == [references[0]]
        assert live_questions.awaiting(ask) == [references[1]]


@pytest.fixture
def shown(borough: Store) -> list[Any]:
    """Give one of each screen, with texts as long as people write them."""
    reference = heard(borough, provision=LONG, **URGENT, **SPAN)
    reason = " ".join(["Two reviewed plans show it, and what the school has is used up."] * 6)
    recommend(borough, reference, reason=reason, reasons=(MET, Reason(ReasonKind.ADVICE, LONG, "SENCO", "2021-01-29")))
    early = request(borough, **URGENT)
    decide(borough, early)
    with borough.reading() as ask:
        held = panels.panel_named(ask, PANEL)
        (place,) = live_questions.places(ask, PANEL)
        case = live_questions.panel_case(ask, held, place, chair="CP2", moderating_chair="")
        officer = live_questions.officer_case(ask, reference, TODAY)
        (outside,) = live_questions.outside(ask, held)
    said = Said(Verdict.AGREED, LONG, 350_000, TODAY, TODAY, officer_reasons(), Votes(4, 4, 0), Casting.FOR)
    read = ReadBack(case.matter.case, said, "year")
    return [Door(PANEL, place, ("Foxley School (CP1 lead, same trust)",)), case, officer, outside, read]


def officer_reasons() -> tuple[Reason, ...]:
    return tuple(Reason(kind, LONG, "SENCO" if kind is ReasonKind.ADVICE else "") for kind in ReasonKind)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 24), (80, 50), (60, 24)])
def test_every_screen_fits_its_terminal(shown: list[Any], width: int, height: int) -> None:
    for each in shown:
        drawn = live_render.drawn(each, left=3, before="Recorded.", width=width, height=height, colour=width > 100)
        assert drawn.startswith("\x1b[2J") or "\x1b[2J" in drawn[:12]
        lines = ESCAPES.sub("", drawn).splitlines()
        assert max(map(len, lines)) <= width, each
        assert len(lines) + 7 <= height, (type(each), len(lines))
        assert each.place.reference in drawn if isinstance(each, Door) else True
    cut = ESCAPES.sub("", live_render.drawn(shown[2], left=1, before="", width=80, height=24, colour=False))
    assert "…" in cut
    assert "The panel recommends" in cut
    whole = ESCAPES.sub("", live_render.drawn(shown[2], left=1, before="", width=80, height=200, colour=False))
    assert "…" not in whole


def test_no_screen_shows_more_than_it_should(shown: list[Any], borough: Store) -> None:
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        reference = shown[2].matter.case.reference
        raw.execute("INSERT INTO request_pupil (request_reference, pupil_key, consent_scope, consent_on)"
                    " SELECT ?, pupil_key, 'panel', '2020-11-02' FROM pupil", (reference,))  # fmt: skip
    for each in shown:
        told = live_render.lines(each, left=1, before="")
        if isinstance(each, PanelCase | OfficerCase):
            told += live_render.whole(each)
        assert not any(secret in told for secret in CHILD)
    assert "Abbey" not in live_render.lines(shown[0], left=1, before="")


def test_what_a_case_is_for_is_said_in_words(borough: Store) -> None:
    from senco.requests.kinds import RequestType

    group = quiet(borough, type=RequestType.GROUP, pupils=4, year_group="")
    with borough.reading() as ask:
        told = live_render.lines(
            ReadBack(
                live_questions.matter(ask, group, TODAY).case, Said(Verdict.RETURNED, "Last year's form."), "year"
            ),
            left=1,
            before="Recorded.",
        )
        matter = live_questions.matter(ask, group, TODAY)
    assert told == f"\nRecorded.\n{group}   to be recorded\nOutcome: returned\nWhy: Last year's form."
    facts = dict(live_render._matter_facts(matter))
    assert facts["School"] == "Foxley School (CP2), mixed years, group, 4 pupils"


def test_the_live_commands_show_no_child(
    borough: Store,
    senco: Run,
    typed: Run,
) -> None:
    """The canary over the live sittings: answers, refusals, the trail, at a terminal that is drawn on."""
    first, second = quiet(borough), heard(borough)
    given, family, upn, born = CHILD
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        for reference in (first, second):
            raw.execute("INSERT INTO request_pupil (request_reference, pupil_key, consent_scope, consent_on)"
                        " SELECT ?, pupil_key, 'panel', '2020-11-02' FROM pupil", (reference,))  # fmt: skip
    said = ""
    panel = ("requests", "panel", PANEL, "--chair", CHAIR)
    roll = ("1", f"Clerk {upn}", "1", "SEN manager")
    typed(
        *roll, "1", "m", "", "7", f"For {upn}", f"Born {born}", "Last year's form.", "",
        "6", f"Ask {upn} | SENCO", "b", "4", upn, "A report.", "1",
        "1", "i", upn, "b", "q",
    )  # fmt: skip
    ran = senco(*ON_THE_DAY, *panel)
    assert ran.code == 0, ran.err
    said = ran.out + ran.err
    typed("m", "", "9", "8", f"For {upn}", "b", "1", "u", upn, f"Born {born}", "Not so.", "q")
    ran = senco(*ON_THE_DAY, "requests", "decide", "--live", "--officer", OFFICER)
    assert ran.code == 0, ran.err
    said += ran.out + ran.err
    for words in (("panel", upn), ("decide", "--live", "--meeting", upn), ("decide", upn, "--live")):
        ran = senco(*ON_THE_DAY, "requests", *words)
        assert ran.code in {2, 3, 4}, ran.err
        for secret in (given, family):
            assert secret not in ran.out + ran.err
    with borough.reading() as ask:
        trail = " ".join(str(each) for each in ask.values("SELECT verb || subject || detail || actor FROM trail"))
        reasons = " ".join(ask.values("SELECT reason FROM recommendation UNION SELECT reason FROM decision"))
    assert said.count("UPN") >= 3, "what was refused was told why"
    for secret in (given, family):
        assert secret not in said + trail + reasons
    for secret in (upn, born):
        assert secret not in said + trail + reasons
