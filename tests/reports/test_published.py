"""What was published is kept as it was: the verb, the record, the checks, and what SQLite itself refuses."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from senco.errors import Fault
from senco.reports import checks, recorded
from senco.reports.kinds import Audience, Figure, FigureKind, Report, Section, Sentence, Table
from senco.reports.masking import masked
from senco.reports.publishing import protected
from senco.store.doors import Store
from tests.conftest import AT

DAY = date(2020, 12, 18)
R = "requests|term=autumn|year=2020/21"
HI, VI, PD = (f"requests|need={each}|term=autumn|year=2020/21" for each in ("HI", "VI", "PD"))
COUNTS = {R: 30, HI: 2, VI: 7, PD: 21}
SHOWN = {R: 30, HI: None, VI: None, PD: 21}


def count(key: str) -> Figure:
    return Figure(COUNTS[key], FigureKind.COUNT, (key,))


def report(counts: dict[str, int] | None = None, **told: object) -> Report:
    table = Table(
        "needs",
        "Requests by need",
        ("need", "requests", "share", "asked"),
        tuple(
            (
                Figure(each),
                count(key),
                Figure(COUNTS[key] * 1000 // 30, FigureKind.PERCENT, (key, R)),
                Figure(COUNTS[key] * 800_000, FigureKind.POUNDS, (key,)),
            )
            for each, key in (("HI", HI), ("VI", VI), ("PD", PD))
        ),
    )
    sentences = (
        Sentence("{} requests came.", (count(R),)),
        Sentence("{} of them for hearing, of {}.", (count(HI), count(R))),
        Sentence("The clusters met."),
    )
    section = Section("requests", "Requests", frozenset(Audience), sentences, (table,))
    plain = Report("term-autumn", "Autumn", "autumn", "Sutton", "", "", (section,), counts=counts or dict(COUNTS))
    return replace(plain, **told)  # type: ignore[arg-type]


def published(store: Store, told: Report, **more: object) -> object:
    from senco.reports.verbs import record_publication

    with store.changing("report.publish", actor="officer", at=AT) as change:
        return record_publication(change, told, kind="term", year="2020/21", day=DAY, below=5, term="autumn", **more)


def test_figures_follow_their_counts() -> None:
    safe = protected(report(), below=5, before=[])
    section = safe.sections[0]
    assert [each.text for each in section.sentences] == ["{} requests came.", "The clusters met."]
    hidden, shown = section.tables[0].rows[0], section.tables[0].rows[2]
    assert [(each.value, each.hidden) for each in hidden] == [("HI", False), (None, True), (None, True), (None, True)]
    assert [each.value for each in shown] == ["PD", 21, 700, 16_800_000]
    assert safe.counts == {R: 30, PD: 21}
    assert safe.hidden == {HI, VI}
    assert recorded.shown_by(safe) == SHOWN
    assert masked(safe, frozenset()) == safe


def test_a_figure_on_a_count_nobody_gave_is_taken_out() -> None:
    counts = {key: number for key, number in COUNTS.items() if key == R}
    rows = masked(report(counts), frozenset()).sections[0].tables[0].rows
    assert all(each.hidden for row in rows for each in row[1:])


def test_an_internal_report_hides_nothing_and_is_not_recorded(store: Store, trail_length: Callable[[], int]) -> None:
    told = report(internal=True)
    assert protected(told, below=5, before=[]) == told
    before = trail_length()
    assert published(store, told) is None
    assert trail_length() == before


def test_counts_that_contradict_each_other_are_not_published() -> None:
    with pytest.raises(Fault) as caught:
        protected(report(COUNTS | {R: 31}), below=5, before=[])
    assert caught.value.reference == "report.does-not-add-up"
    assert R in caught.value.message


def test_a_note_tells_of_counts_that_changed_since() -> None:
    earlier = {R: 31, HI: None, VI: None, PD: 22}
    told = protected(report(), below=5, before=[earlier])
    assert told.notes == (
        "2 counts differ from what was published earlier this year: records were added or corrected since.",
    )
    # The note stays when the report is made again.
    assert protected(report(), below=5, before=[earlier, recorded.shown_by(told)]) == told
    assert protected(report(), below=5, before=[{R: 31}]).notes[0].startswith("1 count differs ")
    assert protected(report(), below=5, before=[SHOWN]).notes == ()


def test_a_publication_is_kept_once(store: Store, trail_length: Callable[[], int]) -> None:
    start = trail_length()
    safe = protected(report(), below=5, before=[])
    line = published(store, safe)
    assert trail_length() == start + 1
    assert published(store, safe) is None
    assert trail_length() == start + 1
    with store.reading() as ask:
        assert recorded.publications(ask) == [line]
        assert recorded.before(ask, year="2020/21") == [SHOWN]
        assert recorded.before(ask, year="2021/22") == []
        assert recorded.last(ask, name="term-autumn") == line
        assert recorded.last(ask, name="term-spring") is None
        assert checks.findings(ask, DAY) == []
        subject, detail = ask.one(lambda *row: row, "SELECT subject, detail FROM trail ORDER BY number DESC") or (
            "",
            "",
        )
    assert subject == "publication term-autumn"
    assert json.loads(detail) == {"number": 1, "below": 5, "counts": 4, "hidden": 2}
    published(store, protected(report(COUNTS | {R: 31, PD: 22}), below=5, before=[SHOWN]))
    with store.reading() as ask:
        assert [each.number for each in recorded.publications(ask, name="term-autumn")] == [1, 2]
        values = ask.values("SELECT shown FROM published_count WHERE key IN (:hi, :vi)", {"hi": HI, "vi": VI})
    assert set(values) == {None, 2, 7} - {2, 7}


@pytest.fixture
def client(store: Store) -> Iterator[sqlite3.Connection]:
    """Give another program's connection, which keeps no rule of its own, to a store with one publication."""
    published(store, protected(report(), below=5, before=[]))
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA recursive_triggers=OFF")
        yield connection


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE publication SET below = 2",
        "DELETE FROM publication",
        "REPLACE INTO publication SELECT * FROM publication",
        "INSERT INTO publication SELECT 3, name, kind, year, term, day, below, counts, made_at, 'o' FROM publication",
        "INSERT INTO publication SELECT NULL, name, kind, year, term, day, 11, counts, made_at, 'o' FROM publication",
        "UPDATE published_count SET shown = NULL",
        "UPDATE OR REPLACE published_count SET key = 'other'",
        "DELETE FROM published_count",
        "REPLACE INTO published_count SELECT publication_id, key, 1 FROM published_count",
        "INSERT INTO published_count VALUES (1, 'requests|year=2020/21', 4)",
        "INSERT INTO published_count VALUES (2, 'requests|year=2020/21', 4)",
    ],
)
def test_what_was_published_is_neither_edited_nor_deleted_nor_replaced(client: sqlite3.Connection, sql: str) -> None:
    before = client.execute("SELECT * FROM published_count").fetchall()
    with pytest.raises(sqlite3.IntegrityError):
        client.execute(sql)
    assert client.execute("SELECT * FROM published_count").fetchall() == before
    assert client.execute("SELECT COUNT(*) FROM publication").fetchone() == (1,)


def test_a_count_is_added_only_while_its_publication_lacks_it(client: sqlite3.Connection) -> None:
    """The control of the above: the next publication, and as many counts as it says."""
    client.execute(
        "INSERT INTO publication SELECT 2, name, kind, year, term, day, below, 1, made_at, made_by FROM publication"
    )
    client.execute("INSERT INTO published_count VALUES (2, 'requests|year=2020/21', 40)")
    with pytest.raises(sqlite3.IntegrityError):
        client.execute("INSERT INTO published_count VALUES (2, 'requests|year=2021/22', 40)")
    with pytest.raises(sqlite3.IntegrityError):
        client.execute("INSERT INTO published_count VALUES (1, 'requests|year=2021/22', 40)")


@pytest.mark.tampered
def test_the_checks_find_publications_that_were_altered(client: sqlite3.Connection, store: Store) -> None:
    for name in ("publication_no_update", "published_count_no_update", "published_count_no_delete"):
        client.execute(f"DROP TRIGGER {name}")
    client.execute("UPDATE published_count SET shown = CASE key WHEN ? THEN 2 ELSE 7 END WHERE shown IS NULL", (HI,))
    client.execute("UPDATE published_count SET shown = 29 WHERE key = ?", (R,))
    client.execute("UPDATE publication SET counts = 5")
    client.commit()
    with closing(sqlite3.connect(store.path)) as connection:
        connection.row_factory = None
        from senco.store.doors import Ask

        found = checks.findings(Ask(connection), DAY)
    assert [each.check for each in found] == [
        "reports.counts-missing",
        "reports.does-not-add-up",
        "reports.small-shown",
    ]
    assert R in found[1].what


def test_the_threshold_is_a_setting(senco: Callable[..., object], store: Store) -> None:
    from senco.settings.questions import number_on

    senco("settings", "set", "report.hide-below", "7", "--from", "1 Jan 2021")
    with store.reading() as ask:
        assert number_on(ask, "report.hide-below", DAY) == 5
        assert number_on(ask, "report.hide-below", date(2021, 1, 1)) == 7
