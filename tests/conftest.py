"""What every test stands on: a home of its own, no network, a migrated store, and a look at the store afterwards."""

from __future__ import annotations

import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from senco.store.doors import Store
from senco.store.migrating import migrate

TODAY = "2020-11-24"
AT = datetime(2020, 9, 1, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Ran:
    """What one command line gave."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _home_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("SENCO_STORE", "SENCO_ACCESSIBLE", "SENCO_DEBUG", "NO_COLOR", "_SENCO_COMPLETE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SENCO_TODAY", TODAY)
    monkeypatch.setenv("SENCO_ACTOR", "officer")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("a test reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "senco.db"
    migrate(path, actor="officer", at=AT.isoformat(), wait=5)
    return path


@pytest.fixture
def store(
    _template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Store]:
    """Give a fresh migrated store, and see afterwards that its trail and its file are sound."""
    path = tmp_path / "store" / "senco.db"
    path.parent.mkdir()
    shutil.copy(_template, path)
    monkeypatch.setenv("SENCO_STORE", str(path))
    store = Store(path, wait=5)
    yield store
    if request.node.get_closest_marker("tampered") is None:
        with store.reading(trusting=True) as ask:
            assert ask.trail_faults() == []
            assert ask.integrity_faults() == []


@pytest.fixture
def senco(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Give a way to run one command line in this process; stdout, stderr and exit code apart."""

    def run(*words: str) -> Ran:
        from senco.app import main

        capsys.readouterr()
        code = main([str(word) for word in words])
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return run


@pytest.fixture
def trail_length(store: Store) -> Callable[[], int]:
    """Give a way to count the records of the trail: a verb adds exactly one."""

    def count() -> int:
        with store.reading(trusting=True) as ask:
            return int(ask.value("SELECT COUNT(*) FROM trail"))

    return count


def pytest_configure(config: pytest.Config) -> None:
    """Name the markers."""
    config.addinivalue_line("markers", "tampered: the test damages the store on purpose")
    sys.dont_write_bytecode = True


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Hold the bars of coverage when the whole suite ran (a part of it cannot reach them)."""
    # Of several processes the one that gathers what all of them covered holds the bars.
    one_of_several = hasattr(session.config, "workerinput")
    whole = session.config.args == session.config.getini("testpaths") and not one_of_several
    if exitstatus != 0 or not whole or not session.config.pluginmanager.hasplugin("_cov"):
        return
    from tests.bars import below_the_bar

    reporter = session.config.pluginmanager.getplugin("terminalreporter")
    for line in below_the_bar():
        reporter.write_line(f"\nbelow the bar of coverage: {line}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
