"""The invented borough's year, built once for all tests that only read it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from senco.store.doors import Store
from tests.reports.borough import build


@pytest.fixture(scope="session")
def year_path(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of the store of the year of 600 requests; whoever changes it takes a copy."""
    path = tmp_path_factory.mktemp("term-year") / "senco.db"
    shutil.copy(_template, path)
    build(path)
    return path


@pytest.fixture
def year_store(year_path: Path) -> Store:
    """Give the store of the year of 600 requests, to be read only."""
    return Store(year_path, wait=5)
