"""What the package offers, and what asking for it loads."""

from __future__ import annotations

import subprocess
import sys

import pytest

import senco.dates
from tests.sources import ROOT


def _loaded_by(code: str) -> set[str]:
    code = f"import sys; before = set(sys.modules); {code}; print(*set(sys.modules) - before)"
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return {name for name in seen.stdout.split() if not name.startswith("_sysconfigdata")}


def test_importing_dates_and_money_loads_no_third_party_library() -> None:
    loaded = _loaded_by("from senco.dates import *; import senco.money")
    assert {name.partition(".")[0] for name in loaded} - set(sys.stdlib_module_names) == {"senco"}
    assert "senco.dates.finding" in loaded


def test_saying_a_date_loads_neither_the_readers_nor_the_zones() -> None:
    loaded = _loaded_by("from senco.dates import say_date")
    assert {name for name in loaded if name.startswith(("senco.", "zoneinfo"))} <= {
        "senco.dates",
        "senco.dates.saying",
        "senco.dates.words",
    }


def test_every_public_name_is_there_and_no_other() -> None:
    assert all(getattr(senco.dates, name) for name in senco.dates.__all__)
    assert sorted(name for names in senco.dates._HOMES.values() for name in names) == sorted(senco.dates.__all__)
    with pytest.raises(AttributeError, match="parse_anything"):
        _ = senco.dates.parse_anything  # type: ignore[attr-defined]  # that is the point
