"""A child stands in the store under an unmistakable name; no command, failure, file or trail line may show it."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from senco.store.doors import Store
from tests.requests.conftest import CHILD
from tests.requests.test_commands import ADD

Run = Callable[..., Any]


def test_the_child_is_never_shown(add: Run, borough: Store, senco: Run, tmp_path: Path) -> None:
    reference = add().reference
    given, family, upn, born = CHILD
    with closing(sqlite3.connect(borough.path)) as raw, raw:
        raw.execute(
            "INSERT INTO request_pupil (request_reference, pupil_key, consent_scope, consent_on)"
            " SELECT ?, pupil_key, 'panel', '2020-11-02' FROM pupil",
            (reference,),
        )
    out = tmp_path / "agenda.xlsx"
    moderate = ("requests", "moderate", "--request", reference, "--outcome", "exceptional", "--level", "confirm")
    said = ""
    for words in (
        ("requests", "list"),
        ("requests", "show", reference),
        ("requests", "show", upn),
        ("requests", "list", "--school", f"for {upn}"),
        (*ADD[:-1], f"For {upn}"),
        (*ADD[:-1], f"Born {born}"),
        (*moderate, "--reason", f"The pupil {upn}"),
        (*moderate, "--reason", f"Born on {born}"),
        (*moderate, "--reason", "Two reviewed plans."),
        (*moderate, "--reason", "Again."),
        ("requests", "agenda", "--panel", "2020-12-08-PANEL", "--out", str(out)),
        ("requests", "moderate", "--undo", "--request", reference, "--reason", f"{upn}"),
        ("requests", "moderate", "--undo", "--request", reference, "--reason", "The wrong case."),
        ("trail", "--last", "100"),
    ):
        for form in ("table", "json", "csv"):
            ran = senco(*words, "--format", form)
            # What a person typed on this very command line is theirs; nothing of the store may come with it.
            typed = " ".join(words)
            for secret in CHILD:
                if secret not in typed:
                    assert secret not in ran.out + ran.err
            said += ran.out + ran.err
    assert given not in said
    assert family not in said
    with borough.reading() as ask:
        trail = " ".join(str(each) for each in ask.values("SELECT verb || subject || detail || actor FROM trail"))
    parts = zipfile.ZipFile(io.BytesIO(out.read_bytes()))
    files = b" ".join(parts.read(name) for name in parts.namelist())
    for secret in (*CHILD, "reviewed plans", "wrong case"):
        assert secret not in trail
        assert secret.encode() not in files


def test_what_is_refused_for_a_childs_sake_does_not_repeat_it(borough: Store, senco: Run) -> None:
    _, _, upn, born = CHILD
    for text in (f"For {upn}", f"Born {born}"):
        ran = senco(*ADD[:-1], text)
        assert ran.code == 5
        assert not {upn, born} & set(ran.err.replace(",", " ").replace("'", " ").split())
