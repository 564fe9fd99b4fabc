"""An invented borough of two clusters: schools with trusts and federations, meetings, panels, and one hidden child."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from senco.requests.kinds import (
    Judgement,
    Level,
    ModerationLine,
    Outcome,
    RequestDraft,
    RequestLine,
    RequestType,
    SenStatus,
)
from senco.store.doors import Store

ABBEY, AVENUE, BARROW, CULVERS, DORCHESTER, EVERLY, FOXLEY, GREENWAY = range(100001, 100009)
SCHOOLS = (
    (ABBEY, "Abbey Primary School", "Cirrus Trust", ""),
    (AVENUE, "Avenue Primary School", "Cirrus Trust", ""),
    (BARROW, "Barrow Junior School", "", "North Federation"),
    (CULVERS, "Culvers Infant School", "", "North Federation"),
    (DORCHESTER, "Dorchester High School", "", ""),
    (EVERLY, "Everly School", "Cirrus Trust", ""),
    (FOXLEY, "Foxley School", "", ""),
    (GREENWAY, "Greenway School", "", ""),  # in no cluster
)
CLUSTERS = {
    1: ("CP1", "cross-phase", (ABBEY, AVENUE, BARROW, CULVERS, DORCHESTER), DORCHESTER),
    2: ("CP2", "cross-phase", (EVERLY, FOXLEY), EVERLY),
    3: ("CP3", "cross-phase", (), None),
    4: ("SP1", "single-phase", (ABBEY, AVENUE), None),
}
MEETINGS = (
    ("2020-09-22-CONF", "conference", 1, (), "2020-09-22", "confirmed"),
    ("2020-10-13-SP", "single-phase", 0, ("SP1",), "2020-10-13", "confirmed"),
    ("2020-11-10-CP1", "cluster", 0, ("CP1",), "2020-11-10", "cancelled"),
    ("2020-11-24-CP", "cross-phase", 0, ("CP1", "CP2", "CP3"), "2020-11-24", "confirmed"),
    ("2020-12-08-PANEL", "panel", 0, (), "2020-12-08", "confirmed"),
    ("2021-01-12-PANEL", "panel", 0, (), "2021-01-12", "confirmed"),
    ("2021-03-23-CP", "cross-phase", 0, ("CP1", "CP2", "CP3"), "2021-03-23", "confirmed"),
    ("2021-04-13-PANEL", "panel", 0, (), "2021-04-13", "confirmed"),
)
ROOT = Path(__file__).parent.parent.parent
TODAY = date(2020, 11, 24)
AT = datetime(2020, 11, 24, 14, 0, tzinfo=UTC)
CHILD = ("Zebulonia", "Quartermaine-Oddsocks", "A950000178301", "2013-02-17")

# The panel's and the officer's records, and a withdrawal, as the database takes them.
LATER = {
    "recommendation": "INSERT INTO recommendation (request_reference, request_version, meeting_reference,"
    " moderation_id, taken_back, outcome, amount_pence, reason, chair, made_at, made_by) VALUES (:reference, 1,"
    " '2020-12-08-PANEL', (SELECT moderation_id FROM living_moderation WHERE request_reference = :reference), 0,"
    " 'agreed', 350000, 'As the cluster.', 'Chair', '2020-12-08T15:00:00+00:00', 'officer')",
    "decision": "INSERT INTO decision (request_reference, request_version, meeting_reference, recommendation_id,"
    " taken_back, outcome, amount_pence, reason, officer, made_at, made_by) VALUES (:reference, 1,"
    " (SELECT meeting_reference FROM living_recommendation WHERE request_reference = :reference),"
    " (SELECT recommendation_id FROM living_recommendation WHERE request_reference = :reference), 0, 'agreed', 350000,"
    " 'As the panel.', 'Officer', '2020-12-08T15:00:00+00:00', 'officer')",
    "withdrawn": "UPDATE request SET withdrawn_on = '2020-12-01', withdrawn_because = 'Moved away',"
    " version = version + 1 WHERE reference = :reference",
}


def fill(connection: sqlite3.Connection) -> None:
    """Put the invented borough, and one child whom no output may show, into a migrated store."""
    connection.executemany(
        "INSERT INTO school VALUES (?, 319, 'Sutton', ?, ?, ?, 'Academy', 'Academies', 'Open', 'Primary', 4, 11,"
        " 'Mixed', 200, 100, ?, ?, 'Sutton', 'SM1 1AA', NULL, NULL, NULL, NULL, '', NULL, NULL)",
        [(urn, urn - 98000, name, name.casefold(), trust, federation) for urn, name, trust, federation in SCHOOLS],
    )
    for number, (reference, model, members, host) in CLUSTERS.items():
        connection.execute(
            "INSERT INTO cluster VALUES (?, '2020/21', ?, ?, ?, 'test')", (number, model, reference, reference)
        )
        connection.executemany(
            "INSERT INTO membership (cluster_id, urn, nickname, joined, source)"
            " VALUES (?, ?, '', '2020-09-01', 'test')",
            [(number, urn) for urn in members],
        )
        if model == "cross-phase":
            connection.execute(
                "INSERT INTO appointment (cluster_id, role, person, host_urn, appointed_by, starts, source)"
                " VALUES (?, 'lead', 'A Lead', ?, 'schools', '2020-09-01', 'test')",
                (number, host),
            )
    for reference, kind, for_all, clusters, day, status in MEETINGS:
        connection.execute(
            "INSERT INTO meeting (reference, year, kind, title, for_all, starts, ends, zone, starts_utc, ends_utc,"
            " venue, purpose, status, uid, sequence, changed_at, source)"
            " VALUES (?, '2020/21', ?, '', ?, ?, ?, 'Europe/London', ?, ?, 'HAS', '', ?, ?, 0, ?, 'test')",
            (
                reference, kind, for_all, f"{day}T14:00", f"{day}T16:00", f"{day}T14:00:00+00:00",
                f"{day}T16:00:00+00:00", status, reference, "2020-09-01T08:00:00+00:00",
            ),
        )  # fmt: skip
        connection.executemany("INSERT INTO meeting_cluster VALUES (?, ?)", [(reference, each) for each in clusters])
    given, family, upn, born = CHILD
    connection.execute(
        "INSERT INTO pupil (pupil_key, upn, given_names, family_name, birth_date, version, changed_at, changed_by)"
        " VALUES (?, ?, ?, ?, ?, 1, '2020-09-01T08:00:00+00:00', 'test')",
        ("a" * 32, upn, given, family, born),
    )


DAYS = {"submitted_on", "asked_from", "asked_to", "consent_on"}


def draft(**told: object) -> RequestDraft:
    """Give a request that is right in every respect, but for what is told."""
    usual: dict[str, object] = {
        "school": "Abbey",
        "type": RequestType.INDIVIDUAL,
        "needs": ("SEMH", "SLCN"),
        "sen_status": SenStatus.SUPPORT,
        "cost_pence": 950_000,
        "asked_pence": 350_000,
        "provision": "A mentor every morning",
        "submitted_on": "2020-11-20",
        "year_group": "4",
    }
    told = {name: date.fromisoformat(str(each)) if name in DAYS else each for name, each in {**usual, **told}.items()}
    return RequestDraft(**told)  # type: ignore[arg-type] - the tests tell what fits


def judgement(**told: object) -> Judgement:
    """Give what a cluster may say of a case, but for what is told."""
    usual: dict[str, object] = {
        "outcome": Outcome.EXCEPTIONAL,
        "level": Level.CONFIRM,
        "reason": "Two reviewed plans show it.",
    }
    return Judgement(**{**usual, **told})  # type: ignore[arg-type] - the same


@pytest.fixture
def borough(store: Store) -> Store:
    """Give the store of the invented borough."""
    with closing(sqlite3.connect(store.path)) as connection, connection:
        fill(connection)
    return store


@pytest.fixture
def add(borough: Store) -> Callable[..., RequestLine]:
    """Give a way to take in a request."""
    from senco.requests import verbs

    def run(**told: object) -> RequestLine:
        with borough.changing("request.add", actor="officer", at=AT) as change:
            asked = draft(**told)
            return verbs.add(change, asked, max(TODAY, asked.submitted_on))

    return run


def _day_of(store: Store, word: str) -> date:
    """Give the day of a meeting, or of the one that a request is listed for; never before today."""
    with store.reading() as ask:
        meeting = ask.value("SELECT meeting_reference FROM request WHERE reference = :word", {"word": word})
        starts = ask.value("SELECT starts FROM meeting WHERE reference = :word", {"word": meeting or word}) or ""
    return max(TODAY, date.fromisoformat(starts[:10])) if starts else TODAY


@pytest.fixture
def moderate(borough: Store) -> Callable[..., ModerationLine]:
    """Give a way to record an outcome: on the day of the meeting, or today if that is later, or on a day told."""
    from senco.requests import verbs

    def run(reference: str, told: Judgement | None = None, *, day: date | None = None, **where: str) -> ModerationLine:
        day = day or _day_of(borough, where.get("meeting") or reference)
        at = AT.combine(max(TODAY, day), AT.timetz())
        with borough.changing("request.moderate", actor="officer", at=at) as change:
            return verbs.moderate(change, reference, told or judgement(), day, **where)

    return run


@pytest.fixture
def take_back(borough: Store) -> Callable[..., ModerationLine]:
    """Give a way to take an outcome back."""
    from senco.requests import verbs

    def run(reference: str, reason: str = "Recorded for the wrong case.") -> ModerationLine:
        with borough.changing("request.take-back", actor="officer", at=AT) as change:
            return verbs.take_back(change, reference, reason, TODAY)

    return run


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Give a way to type lines at what passes for a terminal."""

    def run(*lines: str) -> None:
        told = iter([*(f"{line}\n" for line in lines), ""])
        monkeypatch.setattr(
            "sys.stdin", type("Terminal", (), {"isatty": lambda _: True, "readline": lambda _: next(told)})()
        )

    return run


class Pseudo:
    """A program at a real pseudo-terminal, typed at and read from."""

    def __init__(self, *words: str) -> None:
        self.ours, theirs = os.openpty()
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100", "LINES": "40", "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "senco", *words], stdin=theirs, stdout=theirs, stderr=theirs, env=environment,
            start_new_session=True, close_fds=True,
        )  # fmt: skip
        os.close(theirs)
        self.seen = ""

    def until(self, text: str, *, seconds: float = 20) -> None:
        """Read until a text is seen."""
        import select

        start, end = len(self.seen), time.perf_counter() + seconds
        while text not in self.seen[start:]:
            ready, _, _ = select.select([self.ours], [], [], max(0, end - time.perf_counter()))
            assert ready, f"{text!r} was not seen in {self.seen[start:]!r}"
            try:
                told = os.read(self.ours, 4096)
            except OSError:
                told = b""
            assert told, f"the program ended before {text!r}: {self.seen[start:]!r}"
            self.seen += told.decode()

    def type(self, text: str) -> None:
        os.write(self.ours, f"{text}\n".encode())

    def end(self) -> int:
        """Read what is left and give the exit code."""
        while True:
            try:
                told = os.read(self.ours, 4096)
            except OSError:
                break
            if not told:
                break
            self.seen += told.decode()
        return self.process.wait(timeout=20)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.ours)


@pytest.fixture
def pseudo(borough: Store) -> Iterator[Callable[..., Pseudo]]:
    """Give a way to run senco at a pseudo-terminal."""
    if sys.platform == "win32":
        pytest.skip("a pseudo-terminal is POSIX's")
    opened: list[Pseudo] = []

    def run(*words: str) -> Pseudo:
        opened.append(Pseudo(*words))
        return opened[-1]

    yield run
    for each in opened:
        each.close()
