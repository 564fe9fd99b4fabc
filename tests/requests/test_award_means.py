"""What an agreed amount means, by the setting of the decision's day, in every place that says it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from senco.errors import Refused
from senco.requests import agendas, deciding, publish, records
from senco.store.doors import Store
from tests.requests.conftest import TODAY
from tests.requests.panel import CHAIR, OFFICER, PANEL, PANEL_DAY, decided, heard, recommend
from tests.requests.test_returning import FILLED, fill

Run = Callable[..., Any]
LATER = datetime(2021, 2, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_the_panels_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENCO_TODAY", PANEL_DAY.isoformat())


def decide(store: Store, reference: str, at: datetime) -> None:
    with store.changing("request.test", actor="officer", at=at) as change:
        deciding.decide(change, reference, decided(), at.date())


@pytest.fixture
def two(borough: Store, senco: Run) -> tuple[str, str]:
    """Give a request decided in December, whole, and one in February, when the borough means a year."""
    one, other = heard(borough), heard(borough, school="Barrow")
    for reference in (one, other):
        recommend(borough, reference)
    decide(borough, one, datetime(2020, 12, 9, 9, 0, tzinfo=UTC))
    senco("settings", "set", "award.means", "year", "--from", "1/1/2021")
    decide(borough, other, LATER)
    return one, other


def test_each_decision_keeps_the_meaning_of_its_day(borough: Store, senco: Run, two: tuple[str, str]) -> None:
    one, other = two
    with borough.reading() as ask:
        for day in (date(2020, 12, 10), date(2021, 6, 1)):
            assert {each.request: each.means for each in records.awards(ask, day)} == {one: "whole", other: "year"}
        assert {each.request: each.means for each in records.decisions_living(ask)} == {one: "whole", other: "year"}
        assert {each.means for each in records.recommended_at(ask, PANEL)} == {"whole"}, "by the panel's day"
    out = senco("--as-of", "1/3/2021", "requests", "awards").out
    assert "Running now: £3,500.00 for the whole time and £3,500.00 a year." in out
    for reference, said in ((one, "for the whole time"), (other, "a year")):
        shown = senco("requests", "show", reference).out
        assert f"Agreed in all: £3,500.00 {said}." in shown
        told = json.loads(senco("requests", "show", reference, "--format", "json").out)
        assert told["decisions"][0]["means"] == ("year" if said == "a year" else "whole")


def test_letters_tell_it_by_the_decisions_day_and_not_by_their_own(
    borough: Store, senco: Run, two: tuple[str, str], tmp_path: Path
) -> None:
    one, other = two
    assert senco("--as-of", "1/3/2021", "requests", "letters", "--out", str(tmp_path)).code == 0
    assert "£3,500.00 for the whole time" in (tmp_path / f"{one}-letter.md").read_text("utf-8")
    assert "£3,500.00 a year" in (tmp_path / f"{other}-letter.md").read_text("utf-8").split("Agreed")[1]


def test_what_decide_and_recommend_say(borough: Store, senco: Run) -> None:
    reference = heard(borough)
    words = (
        "--outcome",
        "agreed",
        "--reason",
        "As shown.",
        "--from",
        "4/1/2021",
        "--to",
        "23/7/2021",
        "--met",
        "clear",
    )
    told = senco("requests", "recommend", reference, "--meeting", PANEL, "--chair", CHAIR, *words)
    assert "£3,500.00 for the whole time" in told.out, told.err
    senco("settings", "set", "award.means", "year", "--from", "1/9/2020")
    told = senco("requests", "decide", reference, "--officer", OFFICER, *words)
    assert "£3,500.00 a year" in told.out, told.err


@pytest.mark.parametrize(("value", "said"), [("whole", "for the whole time"), ("year", "a year")])
def test_agendas_and_what_is_recorded_from_them(
    borough: Store, senco: Run, tmp_path: Path, value: str, said: str
) -> None:
    senco("settings", "set", "award.means", value, "--from", "8/12/2020")
    senco("settings", "set", "award.means", "year" if value == "whole" else "whole", "--from", "9/12/2020")
    reference, out = heard(borough), tmp_path / "panel.xlsx"
    with borough.reading() as ask:
        text = publish.clerk_text(agendas.agenda(ask, PANEL))
        cluster = publish.clerk_text(agendas.cluster_agenda(ask, "2020-11-24-CP", "CP1"))
    assert f"Cost and asked are for one year. What is agreed is {said}. No child" in text
    assert "Cost and asked are for one year. No child" in cluster
    senco("requests", "agenda", "--panel", PANEL, "--out", out)
    fill(out, {reference: {"Recommendation": "agreed", "Reason": "Two plans.", **FILLED["agreed"]}})
    plan = senco("requests", "record", out, "--chair", CHAIR, "--dry-run")
    assert f"Agreed in all: £3,500.00 {said}." in plan.out, plan.err
    assert senco("requests", "record", out, "--chair", CHAIR, "--yes").code == 0
    again = json.loads(senco("requests", "record", out, "--chair", CHAIR, "--yes", "--format", "json").out)
    assert [each["means"] for each in again["steps"]] == [value]


def test_a_schools_pack_tells_each_and_sums_only_what_is_alike(
    borough: Store, senco: Run, two: tuple[str, str], tmp_path: Path
) -> None:
    from senco.requests import packs

    out = tmp_path / "pack.xlsx"
    with borough.reading() as ask:
        (row,) = packs.own_requests(ask, 100003, "2020/21")
    assert row[-2:] == (350_000, "a year")
    assert senco("requests", "pack", PANEL, "--for", "Barrow", "--out", str(out)).code == 0
    from senco.sheets.reading import read_book

    cells = [cell.text for row in read_book(out).sheets[-1].rows for cell in row]
    assert {"Agreed", "Agreed is", "a year"} <= set(cells)
    with borough.reading() as ask:
        found = agendas.agenda(ask, PANEL)
    mixed = [(*row[:-1], said) for said in ("a year", "for the whole time")]
    out.write_bytes(publish.pack_bytes(found, "Barrow", mixed, made_on=TODAY, sits=False))
    alike = [row, row]
    totals = {}
    for name, own in (("mixed", mixed), ("alike", alike)):
        out.write_bytes(publish.pack_bytes(found, "Barrow", own, made_on=TODAY, sits=False))
        last = next(each for each in reversed(read_book(out).sheets[0].rows) if each and each[0].text == "Total")
        totals[name] = [cell.text for cell in last][7]
    assert (totals["mixed"], totals["alike"]) == ("", "7000")


def test_as_advised_is_refused_where_the_amount_would_mean_something_else(borough: Store, trail_length: Run) -> None:
    reference, declined = heard(borough), heard(borough, school="Barrow")
    recommend(borough, reference)
    from senco.requests.outcomes import Verdict
    from senco.settings.rules import BY_NAME
    from senco.settings.verbs import set_from

    recommend(borough, declined, Verdict.DECLINED_WITH_SUPPORT)
    with borough.changing("setting.set", actor="officer", at=LATER) as change:
        set_from(change, BY_NAME["award.means"], "year", date(2021, 1, 1))
    before = trail_length()
    with pytest.raises(Refused) as refused, borough.changing("requests.decide", actor="officer", at=LATER) as change:
        deciding.decide_as_advised(change, PANEL, OFFICER, LATER.date())
    assert (refused.value.reference, trail_length()) == ("requests.means-changed", before)
    assert "agreed amounts for the whole time, and since then an amount is meant a year" in refused.value.message
    decide(borough, reference, LATER)
    with borough.changing("requests.decide", actor="officer", at=LATER) as change:
        assert [each.request for each in deciding.decide_as_advised(change, PANEL, OFFICER, LATER.date())] == [declined]
