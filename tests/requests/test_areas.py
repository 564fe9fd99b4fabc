"""The broad areas of need: each code in one, two in none, the borough's own vocabulary by the day of the request."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from senco.errors import NotFound
from senco.requests import agendas, areas, publish, questions, rules
from senco.settings.kinds import Dated
from senco.store.doors import Store
from tests.requests.panel import PANEL, heard, setting

Run = Callable[..., Any]
BY_AREA = {
    "communication and interaction": {"SLCN", "ASD"},
    "cognition and learning": {"SPLD", "MLD", "SLD", "PMLD", "DS"},
    "social, emotional and mental health": {"SEMH"},
    "sensory and/or physical": {"HI", "VI", "MSI", "PD"},
    None: {"NSA", "OTH"},
}


def test_every_code_of_need_is_in_its_area_and_two_are_in_none() -> None:
    found: dict[str | None, set[str]] = {}
    for code in rules.NEEDS:
        found.setdefault(areas.area_of(code), set()).add(code)
    assert found == BY_AREA


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("sensory", "sensory and/or physical"),
        ("PHYSICAL", "sensory and/or physical"),
        ("mental health", "social, emotional and mental health"),
        ("none", None),
        ("autism", "autism"),
    ],
)
def test_an_area_as_people_say_it(word: str, meant: str | None) -> None:
    dated = Dated(areas.CODE_OF_PRACTICE, (("2021-01-01", "autism: ASD"), ("2021-02-01", "autism: ASD, SLCN")))
    assert areas.area_meant(word, dated) == meant


@pytest.mark.parametrize("word", ["communicatoin and interaction", "and", "xyz"])
def test_no_one_area(word: str) -> None:
    with pytest.raises(NotFound) as refused:
        areas.area_meant(word, Dated(areas.CODE_OF_PRACTICE))
    assert refused.value.reference == "requests.unknown-area"
    assert refused.value.hint.startswith("Did you mean" if word.startswith("comm") else "Give one of: ")


def references(senco: Run, *words: str) -> set[str]:
    told = json.loads(senco("requests", "list", *words, "--format", "json").out)["requests"]
    return {each["reference"] for each in told}


def test_lists_are_filtered_by_need_and_area(add: Run, senco: Run) -> None:
    one = add(needs=("SEMH", "SLCN")).reference
    two = add(needs=("HI",)).reference
    three = add(needs=("NSA",)).reference
    assert references(senco, "--need", "slcn") == references(senco, "--area", "communication") == {one}
    assert references(senco, "--area", "social") == {one}
    assert references(senco, "--area", "sensory") == references(senco, "--need", "HI") == {two}
    assert references(senco, "--area", "none") == {three}
    assert references(senco, "--area", "sensory", "--need", "SEMH") == set()
    assert (senco("requests", "list", "--area", "sensual").code, senco("requests", "list", "--need", "X").code) == (
        3,
        5,
    )
    listed = json.loads(senco("requests", "list", "--need", "SLCN", "--format", "json").out)["requests"][0]
    assert listed["areas"] == ["social, emotional and mental health", "communication and interaction"]


def test_one_request_tells_its_areas(add: Run, senco: Run) -> None:
    reference = add(needs=("ASD", "OTH")).reference
    assert "communication and interaction (ASD); not given by an area (OTH)" in senco("requests", "show", reference).out
    told = json.loads(senco("requests", "show", reference, "--format", "json").out)
    assert told["request"]["areas"] == ["communication and interaction", None]


def test_a_borough_may_draw_its_areas_anew_from_a_day(add: Run, senco: Run, borough: Store) -> None:
    before = add(needs=("ASD",), submitted_on="2020-11-02").reference
    ran = senco("settings", "set", "need.areas", "autism: ASD; all else: SEMH, SLCN", "--from", "16/11/2020")
    assert ran.err == "need.areas is autism: ASD; all else: SEMH, SLCN from Mon 16 Nov 2020.\n"
    after = add(needs=("ASD",)).reference
    assert references(senco, "--area", "autism") == {after}
    assert references(senco, "--area", "communication") == {before}
    with borough.reading() as ask:
        assert questions.case_named(ask, before).areas == ("communication and interaction",)
        assert questions.case_named(ask, after).areas == ("autism",)


def test_agendas_tell_areas_and_count_them(borough: Store, senco: Run, tmp_path: Path) -> None:
    heard(borough, school="Barrow")
    heard(borough, needs=("NSA",), school="Barrow")
    with borough.reading() as ask:
        found = agendas.agenda(ask, PANEL)
    text = publish.clerk_text(found)
    assert "- Area of need: social, emotional and mental health (SEMH); communication and interaction (SLCN)" in text
    assert "By the area of the first need: social, emotional and mental health 1, not given by an area 1." in text
    ran = senco("requests", "agenda", "--panel", PANEL, "--out", str(tmp_path / "a.xlsx"), "--format", "json")
    assert [each["areas"] for each in json.loads(ran.out)["agenda"]["items"]].count([None]) == 1
    from senco.sheets.reading import read_book

    cells = [cell.text for row in read_book(tmp_path / "a.xlsx").sheets[0].rows for cell in row]
    assert any(each.startswith("By the area of the first need: ") for each in cells)
    assert publish.clerk_text(found).count("By the area") == 1
    empty = publish.clerk_text(agendas_without_items(found))
    assert "By the area" not in empty


def agendas_without_items(found: Any) -> Any:
    from dataclasses import replace

    return replace(found, items=())


def test_what_a_code_that_a_borough_does_not_know_is_in() -> None:
    assert areas.area_of("XYZ") is None
    assert areas.said(["XYZ"], areas.areas_of(["XYZ"])) == "not given by an area (XYZ)"


def test_the_areas_of_a_day_are_those_of_the_setting(borough: Store) -> None:
    setting(borough, "need.areas", "one: SEMH; two: SLCN")
    from senco.settings.questions import dated

    with borough.reading() as ask:
        assert areas.area_of("SLCN", dated(ask, areas.SETTING).on(date(2020, 11, 24))) == "two"
