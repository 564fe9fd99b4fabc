"""Eight processes that write at once: every change is recorded, once, and nobody waits for ever."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the writers are forked")


def writers(*words: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.store.writing_together", "--processes", "8", *words]
    told: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=120).stdout)
    return told


def test_eight_processes_have_all_their_changes_recorded() -> None:
    seen = writers("--writes", "25")
    assert (seen["done"], seen["recorded"], seen["refused"], seen["faults"]) == (200, 200, 0, [])
    assert seen["longest wait, s"] < 30


def test_sqlites_own_lock_alone_keeps_writers_of_one_host_apart() -> None:
    """The lock file is for other hosts: where it fails, BEGIN IMMEDIATE still holds on this one."""
    seen = writers("--writes", "8", "--without-lock-file")
    assert (seen["recorded"], seen["refused"], seen["faults"]) == (64, 0, [])


def test_the_control_that_begins_deferred_refuses_changes() -> None:
    seen = writers("--writes", "12", "--without-lock-file", "--deferred", "--wait", "2")
    assert seen["refused"] > 0
