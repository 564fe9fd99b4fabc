"""Every child bears a name that nothing else does, and a school's words may hold anything: no report shows either."""

from __future__ import annotations

import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from senco.files import WORK_PREFIX

Run = Callable[..., Any]
GIVEN, FAMILY, UPN, BORN = "Zevander", "Quoxley", "A319123456789", "2012-02-29"
REASON = "Sesquipedalian reasons"
CANARIES = (GIVEN, FAMILY, UPN, BORN, REASON)


@pytest.fixture
def year(year_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the year's store in which children are named, and reasons tell of them."""
    path = tmp_path / "store" / "senco.db"
    path.parent.mkdir()
    shutil.copy(year_path, path)
    with closing(sqlite3.connect(path)) as raw, raw:
        triggers = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        _name_children(raw)
        for table, column in (("moderation", "reason"), ("decision", "reason"), ("recommendation", "reason")):
            raw.execute(f"UPDATE {table} SET {column} = ? || ' for ' || ? || ' ' || ?", (REASON, GIVEN, UPN))
        for _, sql in triggers:
            raw.execute(sql)
    monkeypatch.setenv("SENCO_STORE", str(path))
    monkeypatch.setenv("SENCO_TODAY", "2021-01-11")
    return path


def _name_children(raw: sqlite3.Connection) -> None:
    key = "c" * 32
    raw.execute(
        "INSERT INTO pupil (pupil_key, upn, given_names, family_name, birth_date, version, changed_at, changed_by)"
        " VALUES (?, ?, ?, ?, ?, 1, '2020-09-01T08:00:00+00:00', 'officer')",
        (key, UPN, GIVEN, FAMILY, BORN),
    )
    raw.execute(
        "INSERT INTO request_pupil (request_reference, pupil_key, consent_scope, consent_on)"
        " SELECT reference, ?, 'panel', '2020-10-01' FROM request ORDER BY reference LIMIT 3",
        (key,),
    )


def texts(path: Path) -> str:
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist()) + " ".join(archive.namelist())


def test_no_child_is_named_in_any_report_answer_or_failure(year: Path, tmp_path: Path, senco: Run) -> None:
    into = tmp_path / "reports"
    into.mkdir()
    file = tmp_path / "file"
    file.touch()
    term = ("reports", "term", "autumn", "--year", "2020/21")
    good: tuple[tuple[object, ...], ...] = (
        (*term, "--into", into),
        (*term, "--into", into, "--internal"),
        (*term, "--into", into, "--format", "json"),
        ("--as-of", "2021-09-01", "reports", "term", "last", "--into", into, "-f", "table"),
        ("check", "--format", "json"),
        ("trail", "--last", "5"),
    )
    bad: tuple[tuple[object, ...], ...] = (
        (*term, "--into", tmp_path / "none"),
        (*term, "--into", file),
        (*term, "--into", into, "--for", "pupils"),
        ("reports", "term", "summer", "--year", "2020/21", "--into", into),
        ("reports", "term", "autumn", "--year", "2020/23", "--into", into),
    )
    said = ""
    for words in (*good, *bad):
        ran = senco(*words)
        assert ran.code in ({0, 7} if words in good else {2, 3, 4, 5}), (words, ran.err)
        said += ran.out + ran.err
    made = sorted(into.iterdir())
    assert len(made) == 24
    assert not [path for path in made if path.name.startswith(WORK_PREFIX)]
    written = "".join(map(texts, made)) + " ".join(path.name for path in made)
    told = said + written
    assert len(told) > 500_000
    for canary in CANARIES:
        assert canary not in told
    assert not re.search(r"\bR-[0-9A-HJKMNP-TV-Z]{4,5}\b", written)  # nor is a single case spoken of by its reference


def test_control_the_canary_is_in_the_store(year: Path) -> None:
    data = year.read_bytes()
    assert all(canary.encode() in data for canary in CANARIES)
