"""A provision leaves the catalogue on a day: what was costed before stays, and what names it later is queried."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from senco.requests import form_questions
from senco.store.doors import Store
from tests.requests import year
from tests.requests.forms import Form, child, usual

Run = Callable[..., Any]
ENDED = "Nurture group"


@pytest.fixture
def catalogued(borough: Store, senco: Run, tmp_path: Any) -> Store:
    table = tmp_path / "rates.csv"
    rows = "".join(f'"{name}","{who}",{rate}\n' for name, who, rate in year.CATALOGUE)
    table.write_text(f"Provision,Delivered by,£ an hour\n{rows}", "utf-8")
    assert senco("requests", "catalogue", str(table), "--from", "1/9/2020", "--yes").code == 0
    return borough


def names(senco: Run, *words: str) -> list[str]:
    return [
        each["name"] for each in json.loads(senco(*words, "requests", "catalogue", "--format", "json").out)["catalogue"]
    ]


def test_it_ends_on_its_day_and_not_before(catalogued: Store, senco: Run, trail_length: Run) -> None:
    before = trail_length()
    ran = senco("requests", "catalogue", "--end", "nurture  GROUP", "--from", "1/12/2020")
    assert (ran.code, trail_length()) == (0, before + 1), ran.err
    assert ran.err.startswith("'Nurture group' is in the catalogue no more from Tue 1 Dec 2020 on.")
    assert ENDED not in ran.out
    assert ENDED in names(senco)
    assert ENDED not in names(senco, "--as-of", "1/12/2020")
    assert ENDED in names(senco, "--as-of", "30/11/2020")
    listed = json.loads(senco("requests", "catalogue", "--format", "json").out)["catalogue"]
    assert {each["name"]: each["ends"] for each in listed}[ENDED] == "2020-12-01"
    assert "Tue 1 Dec 2020" in senco("requests", "catalogue").out
    assert "Ends" not in senco("--as-of", "1/12/2020", "requests", "catalogue").out


def test_an_earlier_form_is_costed_with_it_and_a_later_one_is_queried(
    catalogued: Store, senco: Run, tmp_path: Any
) -> None:
    senco("requests", "catalogue", "--end", ENDED, "--from", "9/11/2020")
    path, lines = tmp_path / "form.xlsx", (
        *usual().lines[:2], year.Line("asked", ENDED, "mornings", "", 300, 6, False, "38", "", 0),
    )  # fmt: skip
    found = {}
    for number, sent, upn in ((7, date(2020, 11, 6), "H243278544154"), (8, date(2020, 11, 9), "B801200005001")):
        path.write_bytes(Form().of(usual(
            number=number, submitted_on=sent, lines=lines,
            children=(child(upn=upn, given=f"Zev{number}", born=date(2012, 2, number)),)),
        ))  # fmt: skip
        ran = senco("requests", "import", str(path), "--yes", "--format", "json")
        reference = json.loads(ran.out)["forms"][0]["request"]
        costed = json.loads(senco("requests", "cost", reference, "--format", "json").out)["lines"]
        codes = {each["code"] for each in json.loads(senco("requests", "check", reference, "--format", "json").out)[
            "findings"]}  # fmt: skip
        found[number] = (costed[-1]["rate"], costed[-1]["rate_source"], codes & {"cost.ended", "cost.not-in-catalogue"})
    assert found == {7: ("36.40", "catalogue", set()), 8: ("655/38", "setting", {"cost.ended"})}


def test_what_cannot_end_is_refused(catalogued: Store, senco: Run, trail_length: Run, tmp_path: Any) -> None:
    table = tmp_path / "later.csv"
    table.write_text(f'Provision,Delivered by,£ an hour\n"{ENDED}","two trained adults",40\n', "utf-8")
    senco("requests", "catalogue", str(table), "--from", "1/1/2021", "--yes")
    before = trail_length()
    unknown = senco("requests", "catalogue", "--end", "Nurture groop", "--format", "json")
    assert (unknown.code, json.loads(unknown.err)["error"]["reference"]) == (3, "catalogue.unknown")
    assert "Did you mean 'Nurture group'" in unknown.err
    assert "`senco requests catalogue` shows" in senco("requests", "catalogue", "--end", "Qqqq").err
    goes_on = senco("requests", "catalogue", "--end", ENDED, "--format", "json")
    assert (goes_on.code, json.loads(goes_on.err)["error"]["reference"]) == (4, "catalogue.goes-on")
    assert "from Fri 1 Jan 2021 on" in goes_on.err
    for words in ((str(table),), ("--out", "c.xlsx"), ("--dry-run",)):
        ran = senco("requests", "catalogue", "--end", ENDED, *words, "--format", "json")
        assert (ran.code, json.loads(ran.err)["error"]["reference"]) == (2, "catalogue.one-thing")
    assert trail_length() == before
    assert senco("requests", "catalogue", "--end", ENDED, "--from", "1/1/2021").code == 0
    assert senco("requests", "catalogue", "--end", ENDED, "--from", "2/1/2021").code == 3


def test_what_ended_may_come_back(catalogued: Store, senco: Run, tmp_path: Any) -> None:
    senco("requests", "catalogue", "--end", ENDED, "--from", "1/12/2020")
    table = tmp_path / "again.csv"
    table.write_text(f'Provision,Delivered by,£ an hour\n"{ENDED}","two trained adults",40\n', "utf-8")
    ran = senco("requests", "catalogue", str(table), "--from", "1/2/2021", "--yes", "--format", "json")
    assert json.loads(ran.out)["changes"][0]["fate"] == "added"
    with catalogued.reading() as ask:
        for day, there in ((date(2021, 1, 31), False), (date(2021, 2, 1), True)):
            assert (ENDED in {each.name for each in form_questions.catalogue_on(ask, day)}) is there
            assert (ENDED in form_questions.ended_by(ask, day)) is not there
