"""What is typed wrongly on the commands of the second half is told by its reference, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from senco.store.doors import Store
from tests.requests.panel import CHAIR, PANEL, PANEL_DAY, heard
from tests.requests.test_returning import fill

Run = Callable[..., Any]
STALE = "requests.stale-agenda"


@pytest.fixture(autouse=True)
def _on_the_panels_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENCO_TODAY", PANEL_DAY.isoformat())


@pytest.mark.parametrize(
    ("words", "wanted", "code"),
    [
        (("agenda", "--out", "x.xlsx"), "requests.which-agenda", 2),
        (("agenda", "--panel", PANEL, "--out", "x.docx"), "requests.file-kind", 2),
        (("pack", PANEL, "--for", "Greenway", "--out", "x.xlsx"), "requests.no-pack", 3),
        (("decide",), "requests.which-request", 2),
        (("recommend", "R-2222"), "requests.outcome-missing", 2),
        (("recommend", "R-2222", "--outcome", "agreed", "--reason", "x", "--advice", "x"),
         "requests.unreadable-advice", 5),
    ],
)  # fmt: skip
def test_each_mistake_has_its_reference(  # noqa: PLR0917 - fixtures and a case
    borough: Store, senco: Run, trail_length: Run, words: tuple[str, ...], wanted: str, code: int
) -> None:
    before = trail_length()
    ran = senco("requests", *words, *(() if words[0] == "pack" else ("--format", "json")))
    assert (ran.code, ran.out, trail_length()) == (code, "", before)
    assert words[0] == "pack" or f'"{wanted}"' in ran.err


def test_an_agenda_of_yesterday_is_told(borough: Store, senco: Run, tmp_path: Path) -> None:
    reference, out = heard(borough), tmp_path / "a.xlsx"
    senco("requests", "agenda", "--panel", PANEL, "--out", out)
    fill(out, {reference: {"Recommendation": "returned", "Reason": "x", "Asked a year": 7}})
    ran = senco("requests", "record", out, "--chair", CHAIR, "--yes")
    assert ran.code == 5
    assert "another amount" in ran.err, f"not {STALE}"
