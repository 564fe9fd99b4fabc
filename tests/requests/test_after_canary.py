"""A child under an unmistakable name: no command, failure, file or trail line of the second half may show it."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from senco.requests import deciding
from senco.store.doors import Store
from tests.requests.conftest import CHILD, TODAY
from tests.requests.panel import CHAIR, PANEL, PANEL_DAY, awarded, heard, request, run
from tests.requests.test_returning import fill

Run = Callable[..., Any]
REASON = "Sesquipedalian reasons"


@pytest.fixture(autouse=True)
def _on_the_panels_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENCO_TODAY", PANEL_DAY.isoformat())


def test_the_child_is_nowhere(borough: Store, senco: Run, tmp_path: Path) -> None:
    _, _, upn, born = CHILD
    one, two, three, four = heard(borough), heard(borough), request(borough), awarded(borough)
    urgent = request(borough, urgent=True, urgent_because="Soon.")
    gone = heard(borough)
    run(borough, deciding.withdraw, gone, "Moved away.", TODAY)
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        for reference in (one, two, three, four, urgent, gone):
            raw.execute("INSERT INTO request_pupil (request_reference, pupil_key, consent_scope, consent_on)"
                        " SELECT ?, pupil_key, 'panel', '2020-11-02' FROM pupil", (reference,))  # fmt: skip
    made = tmp_path / "made"
    made.mkdir()
    agenda, filled = made / "panel.xlsx", tmp_path / "filled.xlsx"
    outcome = ("--outcome", "agreed", "--from", "4/1/2021", "--to", "23/7/2021", "--met", "clear outcome")
    line = ("requests", "recommend", one, "--meeting", PANEL, "--chair", CHAIR, *outcome)
    decide = ("requests", "decide", one, "--officer", "D. Officer", *outcome)
    assert senco("requests", "agenda", "--panel", PANEL, "--out", filled).code == 0
    fill(filled, {two: {"Recommendation": "returned", "Reason": f"For {upn}", "+Advice": f"Born {born}", "+Who": "x"}})
    bad = (
        (*line, "--reason", f"For {upn}"),
        (*line, "--reason", REASON, "--evidence", f"Born {born}"),
        (*line, "--reason", REASON, "--advice", f"Ask | {upn} | 1/2/2021"),
        (*decide, "--reason", REASON),
        ("requests", "record", filled, "--chair", CHAIR, "--yes"),
        ("requests", "withdraw", one, "--because", f"{upn}"),
        ("requests", "decide", one, "--undo", "--reason", "x"),
        ("requests", "decide"),
        ("requests", "recommend", one),
        ("requests", "recommend", upn, "--undo", "--reason", "x"),
        ("requests", "ratify", one, "--meeting", PANEL),
        ("requests", "interest", one, "--school", upn, "--because", "x", "--meeting", PANEL),
        ("requests", "interest", one, "--school", "Abbey", "--because", upn, "--meeting", PANEL),
        ("requests", "review", four, "--score", "9", "--note", "x"),
        ("requests", "review", four, "--score", "1", "--note", f"Born {born}"),
        ("requests", "move", four, "--to", upn, "--from", "1/2/2021", "--because", "x"),
        ("requests", "end", four, "--from", "1/2/2031", "--because", "x"),
        ("requests", "follow", one, "--earlier", four, "--as", "renewal"),
        ("requests", "agenda", "--out", made / "x.xlsx"),
        ("requests", "agenda", "--panel", PANEL, "--out", made / "x.docx"),
        ("requests", "pack", PANEL, "--for", "Greenway", "--out", made / "none.xlsx"),
        ("requests", "letters", one, "--out", made),
    )
    good = (
        ("requests", "present", PANEL, "--school", "Everly", "--office", "Clerk"),
        ("requests", "interest", one, "--school", "Foxley", "--because", REASON, "--meeting", PANEL),
        ("requests", "agenda", "--panel", PANEL, "--out", agenda),
        ("requests", "agenda", "--panel", PANEL, "--out", made / "panel.md"),
        ("requests", "agenda", "--meeting", "2020-11-24-CP", "--cluster", "CP1", "--out", made / "cluster.xlsx"),
        ("requests", "agenda", "--meeting", "2020-11-24-CP", "--cluster", "CP1", "--out", made / "cluster.md"),
        ("requests", "pack", PANEL, "--for", "Everly", "--out", made / "everly.xlsx"),
        ("requests", "pack", PANEL, "--for", "Abbey", "--out", made / "abbey.xlsx"),
        ("requests", "pack", "2020-11-24-CP", "--cluster", "CP1", "--for", "Avenue", "--out", made / "avenue.xlsx"),
        (*line, "--reason", REASON),
        ("requests", "recommend", one, "--undo", "--reason", REASON),
        (*line, "--reason", REASON),
        ("requests", "decide", "--as-advised", PANEL, "--officer", "D. Officer"),
        ("requests", "decide", one, "--undo", "--reason", REASON),
        (*decide, "--reason", REASON, "--advice", "Ask | SENCO"),
        ("requests", "decide", urgent, "--officer", "D. Officer", "--outcome", "returned", "--reason", REASON),
        ("requests", "ratify", urgent, "--meeting", PANEL),
        ("requests", "withdraw", three, "--because", REASON),
        ("requests", "letters", "--out", made),
        ("--as-of", "2021-06-01", "requests", "review", four, "--score", "-1", "--note", REASON),
        ("requests", "move", four, "--to", "Foxley", "--from", "1/2/2021", "--because", REASON),
        ("requests", "end", four, "--from", "1/4/2021", "--because", REASON),
        ("requests", "awards"),
        ("requests", "show", one),
        ("requests", "list", "--due"),
    )
    said = ""
    for words, wanted in (*((each, False) for each in bad), *((each, True) for each in good)):
        ran = senco(*words)
        assert (ran.code == 0) == wanted, (words, ran.err)
        assert ran.code != 1, ran.err
        typed = " ".join(map(str, words))
        for secret in CHILD:
            if secret not in typed:
                assert secret not in ran.out + ran.err, words
        said += ran.out + ran.err
    follow = request(borough)
    assert senco("requests", "follow", follow, "--earlier", gone, "--as", "resubmission").code == 0
    for form in ("json", "csv"):
        for words in (("show", one), ("awards",), ("list", "--due"), ("list",)):
            said += senco("requests", *words, "--format", form).out
    with borough.reading() as ask:
        trail = " ".join(str(each) for each in ask.values("SELECT verb || subject || detail || actor FROM trail"))
    assert REASON not in trail
    files = "".join(_texts(path) for path in made.iterdir()) + " ".join(path.name for path in made.iterdir())
    assert len(list(made.iterdir())) >= 10
    for secret in CHILD[:2]:
        assert secret not in said + trail + files
    assert upn not in trail + files
    assert born not in trail + files


def _texts(path: Path) -> str:
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    archive = zipfile.ZipFile(path)
    return "".join(archive.read(name).decode("utf-8") for name in archive.namelist())


def test_a_member_sees_that_an_item_is_there_and_nothing_of_it(borough: Store, senco: Run, tmp_path: Path) -> None:
    """Everly hosts CP2's lead, and is of Abbey's trust: Abbey's case is hidden from it, Barrow's is not."""
    from senco.requests import packs

    hidden, open_ = heard(borough), heard(borough, school="Barrow", cost_pence=990_000)
    with borough.reading() as ask:
        found, who, sits = packs.pack(ask, PANEL, "", "Everly")
    assert (who.name, sits) == ("Everly School", True)
    told = {each.reference: each for each in found.items}
    assert (told[hidden].school, told[hidden].cost_pence, told[hidden].needs, told[hidden].outcome) == ("", 0, (), "")
    assert (told[open_].school, told[open_].cost_pence) == ("Barrow Junior School", 990_000)
    with borough.reading() as ask:
        assert packs.pack(ask, PANEL, "", "Abbey")[0].items == ()
        assert [row[0] for row in packs.own_requests(ask, 100001, "2020/21")] == [hidden]
    out = tmp_path / "everly.xlsx"
    ran = senco("requests", "pack", PANEL, "--for", "Everly", "--out", out)
    assert "2 items, 1 of them not shown" in ran.err
    assert "Abbey" not in _texts(out)
    assert senco("requests", "pack", PANEL, "--for", "Everly", "--out", out).code == 0
