"""Forms taken in by two people at once, and by a process killed in the middle: nothing lost, doubled or half."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from senco.store.doors import Store
from tests.requests import year
from tests.requests.conftest import AT, BARROW, CULVERS, FOXLEY, ROOT
from tests.requests.forms import Form, child, usual

Run = Callable[..., Any]
FORMS = 10
SCHOOLS = (
    year.School(BARROW, "Barrow Junior School", 4, 11),
    year.School(CULVERS, "Culvers Infant School", 4, 11),
    year.School(FOXLEY, "Foxley School", 4, 18),
)
# What imports one form a change: the control of a test that an import is one change.
ONE_BY_ONE = """
import os, sys
from pathlib import Path
from senco.console.desk import Desk
from senco.requests import form_importing
desk = Desk(store_path=Path(os.environ["SENCO_STORE"]), actor_named="officer")
for form in form_importing.read_forms([Path(each) for each in sys.argv[1:]], desk.today):
    form_importing._receive(desk, [form], rehearsal=False)
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")


@pytest.fixture
def paths(borough: Store, tmp_path: Path) -> list[str]:
    """Give real form files of so many children, all of them right."""
    empty, found = Form(), []
    for place, each in enumerate(year.invent(SCHOOLS, count=FORMS), start=1):
        found.append(tmp_path / f"form-{place:02}.xlsx")
        found[-1].write_bytes(empty.of(each))
    return [str(each) for each in found]


def start(*words: str, program: tuple[str, ...] = ("-m", "senco")) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SENCO_TODAY": "2021-07-01"}
    return subprocess.Popen(
        [sys.executable, *program, *words],
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def counts(store: Store) -> tuple[int, int, int]:
    """Count requests, children, and imports on the trail, by a plain connection: as any program would find them."""
    with closing(sqlite3.connect(store.path)) as raw:
        return tuple(  # type: ignore[return-value] - three
            raw.execute(sql).fetchone()[0]
            for sql in (
                "SELECT COUNT(*) FROM request",
                "SELECT COUNT(*) FROM pupil WHERE pupil_key IN (SELECT pupil_key FROM request_pupil)",
                "SELECT COUNT(*) FROM trail WHERE verb = 'requests.import'",
            )
        )


@pytest.mark.parametrize("shared", [4, FORMS])
def test_two_imports_at_once(borough: Store, paths: list[str], shared: int) -> None:
    """Both wait at the same door, some forms in both hands: each form is taken in once, by whoever came first."""
    half = (FORMS - shared) // 2
    mine, theirs = paths[: half + shared], paths[half:]
    with borough.changing("request.test", actor="officer", at=AT) as change:
        both = [start("requests", "import", *each, "--yes") for each in (mine, theirs)]
        time.sleep(1.0)
        assert [each.poll() for each in both] == [None, None], "they wait for the change that is open"
        change.withdraw()
        change.record("nothing")
    told = [each.communicate(timeout=60) for each in both]
    assert [each.returncode for each in both] == [0, 0], told
    assert sum(int(err.split(" added")[0].rsplit(" ", 1)[1]) for _, err in told) == FORMS
    assert sum(int(err.split(" unchanged")[0].rsplit(" ", 1)[1]) for _, err in told) == shared
    requests, children, imports = counts(borough)
    assert requests == FORMS
    assert children >= FORMS - 4
    assert imports == (2 if shared < FORMS else 1), "an import that changes nothing leaves no line in the trail"


def test_who_cannot_wait_is_told_and_changes_nothing(
    borough: Store, paths: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENCO_WAIT", "1")
    with borough.changing("request.test", actor="officer", at=AT) as change:
        late = start("requests", "import", *paths[:2], "--yes")
        out, err = late.communicate(timeout=60)
        change.withdraw()
        change.record("nothing")
    assert (late.returncode, out) == (6, "")
    assert "Nothing changed" in err
    assert counts(borough)[0] == 0


def killed_within(store: Store, process: subprocess.Popen[str], delay: float, *, until: Callable[[], bool]) -> None:
    """Kill a process outright so long after something was seen."""
    end = time.perf_counter() + 60
    while not until():
        assert time.perf_counter() < end
        assert process.poll() is None, process.communicate()
        time.sleep(0.001)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_an_import_that_is_killed_leaves_all_or_nothing(borough: Store, paths: list[str]) -> None:
    journal = Path(f"{borough.path}-journal")
    interrupted, hot = 0, 0
    for delay in (0.0, 0.04, 0.1):
        process = start("requests", "import", *paths, "--yes")
        killed_within(borough, process, delay, until=journal.exists)
        hot += journal.exists()
        requests, _, imports = counts(borough)
        assert requests in {0, FORMS}
        assert imports == bool(requests), "forms and their line in the trail come together"
        with borough.reading() as ask:
            assert ask.trail_faults() == []
            assert ask.integrity_faults() == []
        interrupted += not requests
        if requests:
            break
    assert interrupted, "no kill fell into the change"
    assert hot, "no kill left a journal to recover from"
    again = start("requests", "import", *paths, "--yes")
    out, err = again.communicate(timeout=60)
    assert again.returncode == 0, err
    assert counts(borough)[0] == FORMS
    assert len(set(out.split())) > FORMS


def test_the_look_afterwards_sees_forms_taken_in_one_by_one(borough: Store, paths: list[str]) -> None:
    """The control: an import of one change a form, killed in the middle, is found half-applied."""
    process = start(*paths, program=("-c", ONE_BY_ONE))
    killed_within(borough, process, 0, until=lambda: counts(borough)[0] > 0)
    assert 0 < counts(borough)[0] < FORMS


def test_a_form_and_its_correction_at_once(borough: Store, tmp_path: Path) -> None:
    """Two hands bring two states of one form: it is one request afterwards, whichever came last."""
    empty = Form()
    paths = []
    for place, sought in enumerate(("The first wording.", "The second wording.")):
        paths.append(tmp_path / f"state-{place}.xlsx")
        paths[-1].write_bytes(empty.of(usual(children=(child(),)), outcome_sought=sought))
    with borough.changing("request.test", actor="officer", at=AT) as change:
        both = [start("requests", "import", str(each), "--yes") for each in paths]
        time.sleep(0.8)
        change.withdraw()
        change.record("nothing")
    told = [each.communicate(timeout=60) for each in both]
    assert [each.returncode for each in both] == [0, 0], told
    assert counts(borough)[:2] == (1, 1)
    assert sorted("1 added" in err for _, err in told) == [False, True]
    assert sorted("1 changed" in err for _, err in told) == [False, True]
