"""The commands of the slice: stdout, stderr and exit code apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from senco.requests import questions
from senco.requests.kinds import Outcome, SenStatus, Votes
from senco.store.doors import Store
from tests.requests.conftest import judgement

Run = Callable[..., Any]
ADD = (
    "requests", "add", "--school", "Abbey", "--year-group", "4", "--need", "semh", "--need2", "SLCN",
    "--cost", "£9,500", "--asked", "£3,500", "--provision", "A mentor",
)  # fmt: skip


def test_add_takes_a_request_in_and_says_where_it_is_heard(borough: Store, senco: Run, trail_length: Run) -> None:
    before = trail_length()
    ran = senco(
        *ADD, "--status", "e", "--submitted", "Fri 20 Nov 2020", "--from", "1/1/2021", "--to", "31/7/2021",
        "--urgent", "--because", "Soon out of school", "--consent", "--consent-on", "2 Nov 2020", "--format", "json",
    )  # fmt: skip
    assert ran.code == 0
    line = json.loads(ran.out)["requests"][0]
    assert line["reference"] in ran.err
    assert "to be heard by CP1 at 2020-11-24-CP" in ran.err
    assert (line["cost_pence"], line["asked_pence"], line["needs"]) == (950_000, 350_000, ["SEMH", "SLCN"])
    assert (line["sen_status"], line["urgent"], line["submitted_on"]) == ("E", True, "2020-11-20")
    assert trail_length() == before + 1
    shown = senco("requests", "show", line["reference"]).out
    for fact in (
        "from Fri 1 Jan 2021 to Sat 31 Jul 2021",
        "Soon out of school",
        "consent, given on Mon 2 Nov 2020",
        "E, EHC plan",
    ):
        assert fact in shown


def test_add_says_when_no_meeting_is_planned(borough: Store, senco: Run) -> None:
    ran = senco("--as-of", "1/7/2021", *ADD, "--from", "1/9/2021")
    assert ran.code == 0
    assert "listed for no meeting: CP1 has none planned from then on" in ran.err
    shown = senco("requests", "show", ran.out.splitlines()[1].split()[0]).out
    assert "none planned yet" in shown
    assert "from Wed 1 Sep 2021 on" in shown


def test_add_refuses_a_childs_number_without_repeating_it(borough: Store, senco: Run) -> None:
    ran = senco(*ADD[:-1], "For A950000178301")
    assert (ran.code, ran.out) == (5, "")
    assert "A950000178301" not in ran.err


@pytest.mark.parametrize(
    ("filters", "schools"),
    [
        ((), ["Abbey", "Barrow", "Everly"]),
        (("--cluster", "cp 1"), ["Abbey", "Barrow"]),
        (("--meeting", "2021-03-23-CP"), ["Barrow"]),
        (("--school", "Everly"), ["Everly"]),
        (("--stage", "moderated"), ["Abbey"]),
        (("--stage", "withdrawn"), []),
        (("--year", "2020/21"), ["Abbey", "Barrow", "Everly"]),
        (("--year", "2019/20"), []),
    ],
)
def test_list_filters(add: Run, moderate: Run, senco: Run, filters: tuple[str, ...], schools: list[str]) -> None:
    moderate(add(school="Abbey", submitted_on="2020-11-02").reference)
    add(school="Barrow", submitted_on="2020-11-03", meeting="2021-03-23-CP")
    add(school="Everly", submitted_on="2020-11-04")
    ran = senco("requests", "list", *filters, "--format", "json")
    assert ran.code == 0
    assert [each["school"].split()[0] for each in json.loads(ran.out)["requests"]] == schools


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("list", "--cluster", "CP9"), 3, "There is no cluster 'CP9'"),
        (("list", "--meeting", "never"), 3, "There is no meeting 'never'"),
        (("list", "--school", "Nowhere"), 3, "There is no school 'Nowhere'"),
        (("show", "R-2222"), 3, "There is no request 'R-2222'"),
        (("moderate", "--request", "R-2222"), 2, "--request, --outcome, --level and --reason"),
        (("moderate", "--undo", "--request", "R-2222"), 2, "needs --request and --reason"),
        (("moderate",), 4, "A sitting needs a terminal"),
        (("agenda", "--panel", "2020-12-08-PANEL", "--out", "/nowhere/at/all.xlsx"), 3, "/nowhere/at"),
    ],
)
def test_what_cannot_be_done_is_told_on_stderr(
    borough: Store, senco: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = senco("requests", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


REFERENCES = {
    "requests.flags-missing": ("moderate", "--outcome", "borderline"),
    "requests.no-terminal": ("moderate",),
}


@pytest.mark.parametrize("reference", ["requests.flags-missing", "requests.no-terminal"])
def test_errors_have_their_references(borough: Store, senco: Run, reference: str) -> None:
    ran = senco("requests", *REFERENCES[reference], "--format", "json")
    assert json.loads(ran.err)["error"]["reference"] == reference


def test_an_outcome_is_recorded_by_flags_and_taken_back(
    add: Run, senco: Run, borough: Store, trail_length: Run
) -> None:
    reference, before = add().reference, trail_length()
    ran = senco(
        "--as-of", "23/3/2021",
        "requests", "moderate", "--request", reference, "--meeting", "2021-03-23-CP", "--outcome", "exceptional",
        "--level", "confirm", "--reason", "Two reviewed plans.", "--votes", "2-1-0", "--chair", "Barrow",
        "--moderating-chair", "Culvers", "--format", "json",
    )  # fmt: skip
    assert ran.code == 0
    line = json.loads(ran.out)["moderation"]
    assert (line["outcome"], line["votes"], line["meeting"]) == ("exceptional", "2-1-0", "2021-03-23-CP")
    assert (line["chair"], line["moderating_chair"]) == ("Barrow Junior School", "Culvers Infant School")
    assert ran.err == (
        f"{reference} is exceptional, confirm. It was listed for 2020-11-24-CP; it is now listed for 2021-03-23-CP.\n"
    )
    ran = senco("requests", "moderate", "--undo", "--request", reference, "--reason", "The wrong case.")
    assert (ran.code, "taken back" in ran.out) == (0, True)
    assert trail_length() == before + 2
    ran = senco("requests", "moderate", "--request", reference, "--outcome", "borderline", "--level", "advise",
                "--reason", "Not yet.", "--votes", "all")  # fmt: skip
    assert ran.code == 5


def test_show_tells_all_outcomes_and_interests(add: Run, moderate: Run, take_back: Run, senco: Run) -> None:
    moderate(add().reference)
    reference = add().reference
    moderate(reference)
    take_back(reference)
    moderate(reference, judgement(reason="Said again."))
    out = senco("requests", "show", reference).out
    assert "Said again." in out
    assert "taken back" in out
    assert "own school" in out
    told = json.loads(senco("requests", "show", reference, "--format", "json").out)
    assert [each["number"] for each in told["moderations"]] == [1, 2, 3]
    assert {each["moderation"] for each in told["interests"]} == {1, 3}
    assert [each["living"] for each in told["moderations"]] == [False, False, True]
    assert {each["ground"] for each in told["interests"]} == {"own-school", "same-trust"}
    assert senco("requests", "show", reference, "--format", "csv").out.startswith("number,request,")


def test_a_list_at_a_terminal_keeps_references_money_and_outcomes(add: Run, moderate: Run, borough: Store) -> None:
    from senco.console.drawing import terminal_text
    from senco.requests import render

    moderate(add(urgent=True, urgent_because="Soon").reference)
    with borough.reading() as ask:
        drawn = terminal_text([render.requests(questions.requests(ask))], width=60, colour=False)
    assert "£3,500.00" in drawn
    assert "exceptional" in drawn
    assert "Left out at this width" in drawn


def test_a_discussion_asks_for_no_money(borough: Store, senco: Run) -> None:
    words = ("requests", "add", "--school", "Abbey", "--need", "SEMH", "--provision", "What else could we try?")
    ran = senco(*words, "--type", "discussion", "--format", "json")
    assert ran.code == 0
    line = json.loads(ran.out)["requests"][0]
    assert (line["cost_pence"], line["asked_pence"], line["year_group"]) == (0, 0, None)
    ran = senco(*words, "--year-group", "4")
    assert (ran.code, ran.out) == (5, "")
    assert "give --cost and --asked" in ran.err


def test_add_asks_about_what_is_doubtful(borough: Store, senco: Run) -> None:
    assert senco(*ADD).err.count("\n") == 1
    err = senco(*ADD[:9], "NSA", *ADD[10:], "--asked", "£9,500").err
    assert "less the school's own £6,000 it would be £3,500 at most" in err


def test_a_request_of_another_cluster_is_not_moderated_there(add: Run, senco: Run) -> None:
    reference = add().reference
    words = ("requests", "moderate", "--request", reference, "--outcome", "borderline", "--level", "advise")
    ran = senco(*words, "--reason", "Not yet.", "--cluster", "cp 2", "--format", "json")
    assert (ran.code, '"requests.of-another-cluster"' in ran.err) == (4, True)
    assert f"{reference} is a request of CP1, not of CP2." in ran.err
    assert senco(*words, "--reason", "Not yet.", "--cluster", "cp1").code == 0


def test_who_when_and_how_it_was_voted_stay_on_a_narrow_screen(add: Run, moderate: Run, borough: Store) -> None:
    from senco.console.drawing import terminal_text
    from senco.requests import render

    reference = add(sen_status=SenStatus.PLAN).reference
    told = judgement(outcome=Outcome.BELOW_THRESHOLD_WITH_PLAN, votes=Votes(2, 1, 0), reason="Within its plan.")
    moderate(reference, told)
    with borough.reading() as ask:
        found = questions.numbered(questions.moderations(ask, reference), questions.interests(ask, reference))
        drawn = terminal_text([render.request(questions.case_named(ask, reference), *found)], width=80, colour=False)
    for fact in ("below-threshold-with-plan", "confirm", "2-1-0", "Dorchester", "Tue 24 Nov 2020"):
        assert fact in drawn
    assert "Within its plan." in drawn
    assert all(len(line) <= 80 for line in drawn.splitlines())


@pytest.mark.parametrize("told", [("--meeting", "24 Nov"), ("--chair", "Barrow"), ("--votes", "1-0-0")])
def test_taking_back_heeds_no_other_flag_and_says_so(
    add: Run, moderate: Run, senco: Run, told: tuple[str, str]
) -> None:
    reference = add().reference
    moderate(reference)
    words = ("requests", "moderate", "--undo", "--request", reference, "--reason", "The wrong case.")
    ran = senco(*words, *told, "--format", "json")
    assert (ran.code, '"requests.undo-alone"' in ran.err) == (2, True)
    assert senco(*words).code == 0
