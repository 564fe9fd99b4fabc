"""Power loss: whatever the disk still holds, the store is whole and has every change that was acknowledged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.store import disk
from tests.store.losing_power import rebuilt

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(bool(disk.why_not()), reason=f"{disk.why_not()}")


def test_no_rebuilt_disk_is_damaged_or_lacks_a_change(tmp_path: Path) -> None:
    seen = rebuilt(400, 3, tmp_path)
    assert (seen["disks"], seen["damaged"], seen["lost"]) == (400, 0, 0)
    assert seen["with a journal"] > 100


def test_the_control_with_sqlites_own_setting_loses(tmp_path: Path) -> None:
    """DELETE with FULL: the removed journal comes back with the power, and undoes a change that was acknowledged."""
    seen = rebuilt(400, 3, tmp_path, synchronous="FULL")
    assert seen["lost"] > 0


def test_the_control_without_syncs_is_damaged(tmp_path: Path) -> None:
    assert rebuilt(100, 3, tmp_path, synchronous="OFF")["damaged"] > 0
