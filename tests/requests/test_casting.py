"""The chair's casting vote in the agenda's workbook: only where it is set, on a tie, by a chair who may vote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from senco.requests import agendas, publish, questions, records
from senco.requests.publish import CASTING
from senco.sheets.reading import read_book
from senco.store.doors import Store
from tests.requests.panel import CHAIR, PANEL, PANEL_DAY, heard, request, setting
from tests.requests.test_returning import fill

Run = Callable[..., Any]
AGREED = {
    "Recommendation": "returned", "Reason": "It belongs to the early help team.",
}  # fmt: skip
FOUND = {"Outcome": "borderline", "Level": "advise", "Reason": "Two plans."}
AT_CLUSTER = ("--meeting", "2020-11-24-CP", "--cluster", "CP1")


@pytest.fixture(autouse=True)
def _on_the_panels_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENCO_TODAY", PANEL_DAY.isoformat())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "agenda.xlsx"


def headings(path: Path) -> list[str]:
    rows = read_book(path).sheets[0].rows
    return next([cell.text for cell in row] for row in rows if row and row[0].text == "No.")


def record(senco: Run, out: Path, *words: str) -> tuple[int, str]:
    ran = senco("requests", "record", out, "--chair", *(words or (CHAIR,)), "--yes")
    return ran.code, ran.err


def panel(borough: Store, senco: Run, out: Path, cells: dict[str, object], **told: Any) -> str:
    reference = heard(borough, **told)
    senco("requests", "agenda", "--panel", PANEL, "--out", out)
    fill(out, {reference: {**AGREED, **cells}})
    return reference


@pytest.mark.parametrize("whose", [("--panel", PANEL), AT_CLUSTER])
def test_there_is_a_column_for_it_only_where_it_is_set(
    borough: Store, senco: Run, out: Path, whose: tuple[str, ...]
) -> None:
    heard(borough)
    request(borough)
    senco("requests", "agenda", *whose, "--out", out)
    assert CASTING not in headings(out)
    setting(borough, "votes.casting", "yes")
    senco("requests", "agenda", *whose, "--out", out)
    names = headings(out)
    assert names.index(CASTING) == names.index("Votes") + 1
    with borough.reading() as ask:
        found = agendas.agenda(ask, PANEL)
    assert "- Casting vote of the chair, if the votes are even: ....." in publish.clerk_text(found)
    assert "only from a chair who may vote." in publish.clerk_text(found)


def test_the_panels_is_read_back_once(borough: Store, senco: Run, out: Path) -> None:
    setting(borough, "votes.casting", "yes")
    reference = panel(borough, senco, out, {"Votes": "1-1-0", CASTING: "For"})
    assert record(senco, out) == (0, f"{PANEL}: 1 new.\n")
    with borough.reading() as ask:
        line = records.advice_standing(ask, reference)
    assert line is not None
    assert (line.votes, line.casting) == ("1-1-0", "for")
    assert "1 unchanged. Nothing to change." in record(senco, out)[1]
    fill(out, {reference: {"Votes": "2-1-0", CASTING: None}})
    assert "1 changed." in record(senco, out)[1]
    fill(out, {reference: {"Votes": "1-1-0", CASTING: "for"}})
    assert "1 changed." in record(senco, out)[1]
    fill(out, {reference: {CASTING: None}})
    assert "1 changed." in record(senco, out)[1], "a casting vote taken out is a change"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Votes": "2-1-0", CASTING: "for"}, "the votes are not even"),
        ({CASTING: "for"}, "a casting vote is given, but no votes"),
        ({"Votes": "1-1-0", CASTING: "against"}, "the votes do not speak for it"),
        ({"Votes": "1-1-0"}, "the casting vote is not said"),
        ({"Votes": "1-1-0", CASTING: "perhaps"}, "the casting vote is none of the list"),
    ],
)
def test_it_counts_only_on_a_tie_and_speaks_for_what_is_recorded(
    borough: Store, senco: Run, out: Path, cells: dict[str, object], said: str
) -> None:
    setting(borough, "votes.casting", "yes")
    panel(borough, senco, out, cells)
    setting(borough, "votes", "school")
    code, err = record(senco, out)
    assert (code, said in err) == (5, True), err
    column = "VOTES" if said.endswith("for it") else "CASTING"
    names = headings(out)
    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[names.index(CASTING if column == "CASTING" else "Votes")]
    assert f"Agenda!{letter}" in err


def test_an_old_paper_cannot_bring_it_in_where_it_is_not_set(borough: Store, senco: Run, out: Path) -> None:
    setting(borough, "votes.casting", "yes")
    panel(borough, senco, out, {"Votes": "1-1-0", CASTING: "for"})
    setting(borough, "votes.casting", "no")
    code, err = record(senco, out)
    assert (code, "the chair has no casting vote in this borough" in err) == (5, True), err


@pytest.mark.parametrize("chair", ["CP1", "CP1 lead", "Dorchester High School"])
def test_a_lead_who_does_not_vote_on_her_clusters_case_has_none(
    borough: Store, senco: Run, out: Path, chair: str
) -> None:
    setting(borough, "votes.casting", "yes")
    panel(borough, senco, out, {"Votes": "1-1-0", CASTING: "for"})
    code, err = record(senco, out, chair)
    assert (code, f"{chair} has no vote on this case, so no casting vote" in err) == (5, True), err
    setting(borough, "interest.lead", "votes")
    assert record(senco, out, chair)[0] == 0


def test_a_chair_with_an_interest_has_none_and_another_takes_it(borough: Store, senco: Run, out: Path) -> None:
    setting(borough, "votes.casting", "yes")
    panel(borough, senco, out, {"Votes": "1-1-0", CASTING: "for"})
    assert "CP2 has an interest in this case, so somebody else must chair it" in record(senco, out, "CP2")[1]
    assert record(senco, out, "CP2", "--moderating-chair", CHAIR)[0] == 0


def test_a_clusters_is_read_back_too(borough: Store, senco: Run, out: Path) -> None:
    setting(borough, "votes.casting", "yes")
    one, own = request(borough), request(borough, school="Dorchester")
    senco("requests", "agenda", *AT_CLUSTER, "--out", out)
    fill(out, {one: {**FOUND, "Votes": "1-1-0", CASTING: "for"}})
    assert senco("requests", "record", out, "--yes").code == 0
    with borough.reading() as ask:
        assert [(each.votes, each.casting) for each in questions.moderations(ask, one)] == [("1-1-0", "for")]
    assert "1 unchanged" in senco("requests", "record", out, "--yes").err
    assert "1-1-0, casting vote for" in senco("requests", "show", one).out
    fill(out, {one: {CASTING: None}})
    assert "1 changed" in senco("requests", "record", out, "--yes").err
    fill(out, {own: {**FOUND, "Votes": "1-1-0", CASTING: "for"}})
    refused = senco("requests", "record", out, "--yes")
    assert (refused.code, "another school must chair it" in refused.err) == (5, True)
