"""The two doors: nothing is written through the one, nothing without a trail line through the other."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from senco.errors import Fault, NotFound, Refused, StoreTrouble
from senco.settings.tables import Setting
from senco.store import connection as connecting
from senco.store import doors
from senco.store.doors import Change, Store
from tests.conftest import AT


def a_setting(change: Change, value: str = "1") -> None:
    change.add(
        Setting, name="panel.cap", value=value, holds_from="2020-09-01", set_at=change.stamp, set_by=change.actor
    )


def count(store: Store, table: str) -> int:
    with store.reading(trusting=True) as ask:
        return int(ask.value(f"SELECT COUNT(*) FROM {table}"))


def test_the_reading_door_cannot_write(store: Store) -> None:
    with pytest.raises(StoreTrouble) as caught, store.reading() as ask:
        ask.value("DELETE FROM setting")
    assert caught.value.reference == "store.read-only"


def test_a_change_and_its_line_are_kept_together(store: Store) -> None:
    before = count(store, "trail")
    with store.changing("setting.set", actor="officer", at=AT) as change:
        a_setting(change)
        change.record("setting panel.cap", after="1")
    assert count(store, "setting") == 1
    assert count(store, "trail") == before + 1
    with store.reading() as ask:
        row = ask.one(lambda *each: each, "SELECT at, actor, verb, subject, detail FROM trail ORDER BY number DESC")
    assert row == ("2020-09-01T08:00:00+00:00", "officer", "setting.set", "setting panel.cap", '{"after":"1"}')


def test_a_change_without_its_line_is_undone(store: Store) -> None:
    before = count(store, "trail")
    with pytest.raises(Fault) as caught, store.changing("setting.set", actor="officer", at=AT) as change:
        a_setting(change)
    assert caught.value.reference == "trail.not-recorded"
    assert (count(store, "setting"), count(store, "trail")) == (0, before)


def test_a_change_has_one_line(store: Store) -> None:
    with pytest.raises(Fault) as caught, store.changing("setting.set", actor="officer", at=AT) as change:
        change.record("one")
        change.record("two")
    assert caught.value.reference == "trail.recorded-twice"


def test_a_change_that_fails_half_way_leaves_nothing(store: Store) -> None:
    with pytest.raises(KeyError), store.changing("setting.set", actor="officer", at=AT) as change:
        a_setting(change)
        change.flush()
        raise KeyError
    assert count(store, "setting") == 0
    assert not (store.path.parent / "senco.db.lock").exists()


def test_a_session_cannot_end_the_transaction(store: Store) -> None:
    with pytest.raises(KeyError), store.changing("setting.set", actor="officer", at=AT) as change:
        a_setting(change)
        change.session.commit()
        raise KeyError
    assert count(store, "setting") == 0


def test_a_rehearsal_keeps_nothing(store: Store) -> None:
    before = count(store, "trail")
    with store.changing("setting.set", actor="officer", at=AT, rehearsal=True) as change:
        a_setting(change)
        change.record("setting panel.cap")
    assert (count(store, "setting"), count(store, "trail")) == (0, before)


def test_a_row_is_validated_before_it_is_written(store: Store) -> None:
    with pytest.raises(Exception, match="holds_from") as caught, store.changing("x", actor="officer", at=AT) as change:
        change.add(Setting, name="panel.cap", value="1", set_at="now", set_by="x")
    assert "validation error" in str(caught.value)


def test_what_sqlite_refuses_is_told_without_its_values(store: Store) -> None:
    with pytest.raises(StoreTrouble) as caught, store.changing("x", actor="officer", at=AT) as change:
        change.add(Setting, name="panel.cap", value="1", holds_from="SECRET-NAME", set_at="now", set_by="x")
        change.flush()
    assert caught.value.reference == "store.refused-by-rule"
    assert "SECRET" not in str(caught.value.message)


def test_many_rows_go_in_by_one_statement(store: Store) -> None:
    with store.changing("x", actor="officer", at=AT) as change:
        touched = change.write_many(
            "INSERT INTO setting (name, value, holds_from, set_at, set_by) VALUES (?, ?, ?, ?, ?)",
            [("a", str(number), "2020-09-01", "now", "me") for number in range(3)],
        )
        change.record("settings")
    assert touched == 3
    with store.reading() as ask:
        assert ask.values("SELECT value FROM setting ORDER BY setting_id") == ["0", "1", "2"]
        assert ask.value("SELECT value FROM setting WHERE name = :name", {"name": "none"}) is None
        assert ask.one(str, "SELECT value FROM setting WHERE name = :name", {"name": "none"}) is None
        assert ask.all(int, "SELECT value FROM setting ORDER BY setting_id") == [0, 1, 2]


def test_every_setting_is_read_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = connecting.connect(store.path, wait=1)
    for name, _, expected in connecting.SETTINGS:
        assert connection.execute(f"PRAGMA {name}").fetchone()[0] == expected
    connection.close()
    with monkeypatch.context() as patch, pytest.raises(StoreTrouble) as caught:
        patch.setattr(connecting, "SETTINGS", (("synchronous", "FULL", 3),))
        with store.reading():
            pass
    assert caught.value.reference == "store.setting-refused"


def test_a_mistyped_path_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as caught, Store(tmp_path / "none.db").reading():
        pass
    assert caught.value.reference == "store.missing"
    with pytest.raises(NotFound), Store(tmp_path / "none.db").changing("x", actor="a", at=AT):
        pass
    assert list(tmp_path.iterdir()) == []


def test_five_files_that_are_no_store(store: Store, tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as made:
        made.execute("CREATE TABLE other (a)")
    made.close()
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"this is no database at all" * 100)
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    for path, number in ((old, 1), (new, 9999)):
        path.write_bytes(store.path.read_bytes())
        with sqlite3.connect(path) as made:
            made.execute(f"PRAGMA user_version={number}")
        made.close()
    expected = {
        empty: "store.empty",
        foreign: "store.not-senco",
        damaged: "store.damaged",
        old: "store.too-old",
        new: "store.too-new",
    }
    for path, reference in expected.items():
        with pytest.raises(StoreTrouble) as caught, Store(path).reading():
            pass
        assert caught.value.reference == reference


def test_a_store_held_by_another_program_is_told_as_locked(store: Store) -> None:
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    quick = Store(store.path, wait=0.05)
    with pytest.raises(StoreTrouble) as caught, quick.reading():
        pass
    assert caught.value.reference == "store.locked"
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("SQLITE_FULL", "store.disk-full"),
        ("SQLITE_READONLY_DIRECTORY", "store.read-only"),
        ("SQLITE_CANTOPEN", "store.cannot-open"),
        ("SQLITE_CORRUPT_VTAB", "store.damaged"),
        ("SQLITE_CONSTRAINT_CHECK", "store.refused-by-rule"),
        ("SQLITE_BUSY_SNAPSHOT", "store.locked"),
        ("SQLITE_MISUSE", "store.failed"),
    ],
)
def test_sqlites_errors_are_told_by_name(name: str, reference: str) -> None:
    error = sqlite3.OperationalError("a value that must not be told")
    error.sqlite_errorname = name
    told = connecting.trouble(error, Path("senco.db"))
    assert told.reference == reference
    assert "must not" not in told.message


class _FailingCommit:
    """A connection whose COMMIT fails, before or after it took effect."""

    def __init__(self, real: sqlite3.Connection, *, recorded: bool) -> None:
        self.real = real
        self.recorded = recorded

    def __getattr__(self, name: str) -> object:
        return getattr(self.real, name)

    def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
        if sql == "COMMIT":
            if self.recorded:
                self.real.execute("COMMIT")
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorname = "SQLITE_IOERR_FSYNC"
            raise error
        return self.real.execute(sql, *parameters)


@pytest.mark.parametrize("recorded", [True, False])
def test_after_a_failed_commit_the_store_is_asked(
    store: Store, monkeypatch: pytest.MonkeyPatch, recorded: bool
) -> None:
    real = doors.connect

    def failing(path: Path, **how: object) -> object:
        opened = real(path, **how)  # type: ignore[arg-type]
        return _FailingCommit(opened, recorded=recorded) if how.get("write") else opened

    monkeypatch.setattr(doors, "connect", failing)

    def change_it() -> None:
        with store.changing("x", actor="officer", at=AT) as change:
            change.record("nothing")

    before = count(store, "trail")
    if recorded:
        change_it()  # it was recorded, so it is not told as failed
    else:
        with pytest.raises(StoreTrouble) as caught:
            change_it()
        assert caught.value.reference == "store.failed"
    assert count(store, "trail") == before + recorded


def test_when_nobody_can_look_the_change_id_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = doors.connect
    writes: list[bool] = []

    def failing(path: Path, **how: object) -> object:
        if writes:
            raise StoreTrouble("store.cannot-open", "gone")
        opened = real(path, **how)  # type: ignore[arg-type]
        if how.get("write"):
            writes.append(True)
            return _FailingCommit(opened, recorded=False)
        return opened

    with monkeypatch.context() as patch, pytest.raises(StoreTrouble) as caught:
        patch.setattr(doors, "connect", failing)
        with store.changing("x", actor="officer", at=AT) as change:
            change.record("nothing")
    assert caught.value.reference == "store.unsure"
    assert change.change_id in caught.value.hint


def test_an_older_copy_is_noticed_and_may_be_accepted(store: Store) -> None:
    older = store.path.read_bytes()
    with store.changing("x", actor="officer", at=AT) as change:
        change.record("nothing")
    store.path.write_bytes(older)
    for door in (store.reading(), store.changing("y", actor="officer", at=AT)):
        with pytest.raises(StoreTrouble) as caught, door:
            pass
        assert caught.value.reference == "store.older-copy"
    store.accept()
    with store.reading() as ask:
        assert ask.record_missing() is None


def test_the_store_works_without_a_home(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "USERPROFILE", "XDG_STATE_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)

    def nobody(_: object = None) -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", nobody)
    with store.changing("x", actor="officer", at=datetime(2020, 9, 1, tzinfo=UTC)) as change:
        change.record("nothing")


@pytest.mark.parametrize("where", ["row", "changed row", "actor", "subject", "detail"])
def test_no_upn_is_written_outside_the_table_of_identity(store: Store, where: str) -> None:
    upn = "A950000178301"
    before = count(store, "trail")
    with (
        pytest.raises(Refused) as caught,
        store.changing("x", actor=upn if where == "actor" else "officer", at=AT) as change,
    ):
        if where == "row":
            a_setting(change, f"see {upn}")
        if where == "changed row":
            row = change.add(
                Setting, name="la.name", value="Sutton", holds_from="2020-09-01", set_at="now", set_by="officer"
            )
            row.value = f"see {upn[:4]} {upn[4:]}"
        change.record(upn if where == "subject" else "thing", told=upn if where == "detail" else "nothing")
    assert caught.value.reference == "privacy.upn-in-text"
    assert upn not in caught.value.message
    assert (count(store, "setting"), count(store, "trail")) == (0, before)
