"""A year group that is not given is nothing: no value is made up for it, in the store, in JSON or on paper."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from senco.requests import agendas, publish
from senco.store.doors import Store
from tests.requests.forms import CHILD, Form, usual
from tests.requests.panel import heard

Run = Callable[..., Any]
ADD = ("requests", "add", "--school", "Barrow", "--type", "discussion", "--need", "SEMH", "--provision", "Advice")


def test_a_discussion_without_one(borough: Store, senco: Run) -> None:
    line = json.loads(senco(*ADD, "--submitted", "20/11/2020", "--format", "json").out)["requests"][0]
    assert line["year_group"] is None
    with closing(sqlite3.connect(borough.path)) as raw:
        assert raw.execute("SELECT year_group FROM request").fetchall() == [(None,)]
    shown = senco("requests", "show", line["reference"])
    assert "Year group    not given" in shown.out
    assert (
        json.loads(senco("requests", "show", line["reference"], "--format", "json").out)["request"]["year_group"]
        is None
    )
    for words in (("list",), ("check", line["reference"])):
        out = senco("requests", *words).out
        assert "not said" not in out
        assert "mixed" not in out
    assert "pupil." not in senco("requests", "check", line["reference"]).out
    assert senco("requests", "list", "--format", "csv").out.splitlines()[1].split(",")[6] == ""


def test_its_form_need_name_nobody(borough: Store, senco: Run, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(Form().of(usual(type="discussion", children=(), lines=())))
    ran = senco("requests", "import", str(path), "--yes", "--format", "json")
    assert ran.code == 0, ran.err
    reference = json.loads(ran.out)["forms"][0]["request"]
    told = json.loads(senco("requests", "show", reference, "--format", "json").out)["request"]
    assert told["year_group"] is None
    assert json.loads(senco("requests", "import", str(path), "--yes", "--format", "json").out)["forms"][0]["fate"] == (
        "unchanged"
    )
    nobody = replace(CHILD, given="", family="", upn="", born=None)  # type: ignore[arg-type] - not named
    path.write_bytes(Form().of(usual(type="discussion", children=(nobody,), lines=())))
    (line,) = json.loads(senco("requests", "import", str(path), "--yes", "--format", "json").out)["forms"]
    assert (line["fate"], line["changes"]) == ("changed", ["year group"])


def test_one_childs_request_still_needs_it(borough: Store, senco: Run, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(Form().of(usual(children=(replace(CHILD, year_group=""),))))
    ran = senco("requests", "import", str(path), "--yes")
    assert (ran.code, "year group is not said" in ran.err) == (5, True)


def test_papers_leave_it_out(borough: Store) -> None:
    from senco.requests.kinds import RequestType

    reference = heard(borough, school="Barrow", type=RequestType.DISCUSSION, year_group="", cost_pence=None,
                      asked_pence=None)  # fmt: skip
    with borough.reading() as ask:
        found = agendas.agenda(ask, "2020-12-08-PANEL")
    assert [(each.reference, each.year_group) for each in found.items] == [(reference, None)]
    text = publish.clerk_text(found)
    assert "- SEMH, SLCN; SEN status K; discussion" in text
    assert "Year " not in text
