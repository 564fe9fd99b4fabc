"""The canary of forms: every child bears an unmistakable name, and no command, failure, file or trail line shows it."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from senco.requests import form
from senco.store.doors import Store
from tests.requests.forms import CHILD, Form, child, usual

Run = Callable[..., Any]
OTHER = child(given="Zevkalima", family="Quoxnurase", upn="B801200005001", born=CHILD.born.replace(day=18))
SECRETS = (
    "Zev", "Quox", "ZEV", "QUOX", CHILD.upn, OTHER.upn, CHILD.upn[1:9], "2012-02-17", "17/02/2012", "17 Feb 2012",
    "2012-02-18", "18 Feb 2012", "17 February 2012",
)  # fmt: skip
BORN = "17 February 2012"
# Every cell in which a child may be named by mistake, typed full of what must never be repeated.
MISTAKES = [
    {key: f"{CHILD.given} {CHILD.family} {CHILD.upn} {BORN}"} for key in (each.key for each in form.QUESTIONS)
    if key != "version"
]  # fmt: skip
TABLES = [
    (sheet, each.key)
    for sheet, headings in (
        (form.PUPILS_SHEET, form.PUPIL_HEADINGS),
        (form.EVIDENCE_SHEET, form.EVIDENCE_HEADINGS),
        (form.FUNDING_SHEET, form.FUNDING_HEADINGS),
        (form.AGENCIES_SHEET, form.AGENCY_HEADINGS),
        (form.PROVISION_SHEET, form.PROVISION_HEADINGS),
    )
    for each in headings
    if each.key not in {"given_names", "family_name"}
]


def clean(said: str) -> None:
    for secret in SECRETS:
        assert secret not in said


@pytest.fixture
def sent(borough: Store, senco: Run, tmp_path: Path) -> str:
    """Take in a request for two children; gives its reference."""
    path = tmp_path / "form.xlsx"
    path.write_bytes(Form().of(usual(type="group", pupils=2, children=(CHILD, OTHER))))
    assert senco("requests", "import", str(path), "--yes").code == 0
    with closing(sqlite3.connect(borough.path)) as raw:
        reference: str = raw.execute("SELECT reference FROM request").fetchone()[0]
    return reference


def test_no_command_file_or_trail_line_shows_a_child(sent: str, borough: Store, senco: Run, tmp_path: Path) -> None:
    again = tmp_path / "form.xlsx"
    changed = tmp_path / "changed.xlsx"
    one = child(given="Zevnew", upn="X845212818005", born=CHILD.born.replace(day=19), year_group="5")
    changed.write_bytes(Form().of(usual(type="group", pupils=2, children=(one, OTHER))))
    template, agenda = tmp_path / "empty.xlsx", tmp_path / "agenda.xlsx"
    for words in (
        ("requests", "import", str(again), "--dry-run"),
        ("requests", "import", str(changed)),
        ("requests", "import", str(changed), "--dry-run"),
        ("requests", "import", str(changed), str(again), "--yes"),
        ("requests", "list"),
        ("requests", "show", sent),
        ("requests", "check"),
        ("requests", "check", sent),
        ("requests", "cost", sent),
        ("requests", "catalogue"),
        ("requests", "agenda", "--panel", "2020-12-08-PANEL", "--out", str(agenda)),
        ("requests", "show", "R-2222", "--identify"),
        ("trail", "--last", "100"),
        ("check",),
    ):
        for told in ("table", "json", "csv"):
            form_option = () if words == ("check",) and told == "csv" else ("--format", told)
            ran = senco(*words, *form_option)
            clean(ran.out + ran.err)
    clean(senco("requests", "template", "--out", str(template)).err)
    for path in (template, agenda):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as parts:
            clean(" ".join(parts.read(name).decode() for name in parts.namelist() if name.endswith("sheet1.xml")))
    with borough.reading() as ask:
        clean(" ".join(str(each) for each in ask.values("SELECT verb || subject || detail || actor FROM trail")))
        clean(" ".join(str(each) for each in ask.values("SELECT fields FROM request_correction")))
        # Who a child is stands in its own table, and nowhere else in the store.
        tables = ask.values("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'pupil'")
        for table in tables:
            clean(" ".join(str(row) for row in ask.all(lambda *row: row, f"SELECT * FROM {table}")))


@pytest.mark.parametrize("place", range(len(MISTAKES) + len(TABLES)))
def test_no_failure_of_a_form_repeats_what_stood_in_it(borough: Store, senco: Run, tmp_path: Path, place: int) -> None:
    form_, path = EMPTY, tmp_path / "form.xlsx"
    sheets = form_.typed(usual())
    if place < len(MISTAKES):
        sheets[form.FORM_SHEET] |= {form_.cell(key): told for key, told in MISTAKES[place].items()}
    else:
        sheet, key = TABLES[place - len(MISTAKES)]
        told = f"{CHILD.given} {CHILD.family} {CHILD.upn} {BORN}"
        sheets[sheet] = {**sheets[sheet], form_.place(sheet, key): told}
    path.write_bytes(form_.filled(sheets))
    ran = senco("requests", "import", str(path), "--dry-run")
    assert ran.code == 5, "it is refused"
    clean(ran.out + ran.err)


EMPTY = Form()


def test_the_child_is_shown_only_when_asked_for_and_that_stands_in_the_trail(
    sent: str, borough: Store, senco: Run, trail_length: Run
) -> None:
    before = trail_length()
    clean(senco("requests", "show", sent).out)
    assert trail_length() == before
    ran = senco("requests", "show", sent, "--identify")
    for known in (CHILD.given, CHILD.family, CHILD.upn, OTHER.family, "Fri 17 Feb 2012"):
        assert known in ran.out
    assert trail_length() == before + 1
    with borough.reading() as ask:
        (told,) = ask.all(
            lambda *row: row, "SELECT verb, subject, detail, actor FROM trail ORDER BY number DESC LIMIT 1"
        )
    assert told == ("request.identify", f"request {sent}", '{"pupils":2}', "officer")


def test_a_bad_file_named_after_a_child_is_told_by_its_number(borough: Store, senco: Run, tmp_path: Path) -> None:
    path = tmp_path / f"{CHILD.given} {CHILD.family}.xlsx"
    path.write_bytes(EMPTY.of(usual(), number="x"))
    ran = senco("requests", "import", str(path), "--yes")
    assert "form no. 1 of those given" in ran.err
    clean(ran.out + ran.err)
    path.write_bytes(EMPTY.of(usual()))
    ran = senco("requests", "import", str(path), "--yes")
    assert ran.code == 0
    clean(ran.out + ran.err)
