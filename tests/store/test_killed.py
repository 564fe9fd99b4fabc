"""Killed processes: what was acknowledged is there, nothing is half there, and the next one carries on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are forked and killed by POSIX's SIGKILL")


def killed(kills: int, *more: str) -> dict[str, Any]:
    words = [sys.executable, "-m", "tests.store.killing", "--kills", str(kills), *more]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_sixty_killed_processes_lose_nothing() -> None:
    seen = killed(60)
    assert seen["faults"] == []
    assert seen["acknowledged"] > 0
    # The kills must have hit where it hurts: inside a change, and while the file itself was being written.
    assert seen["locks left"] >= 20
    assert seen["hot journals"] >= 5
    assert seen["longest take-over, ms"] < 5000


@pytest.mark.parametrize("journal", ["MEMORY", "OFF"])
def test_the_control_without_a_journal_on_disk_is_damaged(journal: str) -> None:
    assert killed(100, "--journal", journal, "--until-damaged")["damaged"] > 0
