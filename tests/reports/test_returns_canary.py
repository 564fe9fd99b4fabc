"""No single report names a child, gives a reason away or shows the key by which a child is known."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.reports.test_canary import CANARIES, texts, year  # noqa: F401 - a fixture

Run = Callable[..., Any]


def test_no_child_is_in_any_answer_file_or_failure(year: Path, tmp_path: Path, senco: Run) -> None:  # noqa: F811
    into = tmp_path / "out"
    into.mkdir()
    late = ("--as-of", "2021-09-06", "reports")
    good: list[tuple[object, ...]] = []
    for words in (
        ("s251", "--year", "2020/21"),
        ("attendance", "--year", "2020/21"),
        ("foi", "--year", "2020/21"),
        ("census", "21/1/2021"),
        ("census", "21/1/2021", "--internal"),
        ("inventory",),
    ):
        name = "-".join(words).replace("/", "-")
        good += [(*late, *words, "-f", form) for form in ("table", "json", "csv")]
        good += [(*late, *words, "--out", into / f"{name}{ending}") for ending in (".html", ".xlsx", ".md", ".csv")]
    bad: tuple[tuple[object, ...], ...] = (
        (*late, "census", "21/1/2022"),
        (*late, "census", "yesterweek"),
        (*late, "foi", "--year", "2031/32"),
        (*late, "attendance", "--cluster", "CP77"),
        (*late, "s251", "--year", "2020/25"),
        (*late, "inventory", "--out", into / "inventory.docx"),
    )
    said = ""
    for words in (*good, *bad):
        ran = senco(*words)
        assert ran.code in ({0} if words in good else {2, 3, 4, 5}), (words, ran.err)
        said += ran.out + ran.err
    made = sorted(into.iterdir())
    assert len(made) == 24
    told = said + "".join(map(texts, made)) + " ".join(path.name for path in made)
    with closing(sqlite3.connect(year)) as raw:
        keys = [key for (key,) in raw.execute("SELECT pupil_key FROM pupil")]
        references = [name for (name,) in raw.execute("SELECT reference FROM request")]
    assert len(told) > 500_000
    assert len(keys) > 500
    assert not [canary for canary in (*CANARIES, *keys) if canary in told]
    # Cases are listed by their reference where that was asked for, and nowhere else.
    published = "".join(texts(path) for path in made if "internal" not in path.name)
    assert any(name in told for name in references)
    assert not [name for name in references if name in published]
