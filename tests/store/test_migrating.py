"""The migrations: each step and its record together, a copy before, nothing from a newer senco, nothing edited."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from senco.errors import StoreTrouble
from senco.store import connection as connection_room
from senco.store import migrating
from senco.store.connection import migration_files
from senco.store.doors import Store
from senco.store.migrating import migrate, statements
from tests.conftest import AT

STAMP = AT.isoformat()
GOLDEN = Path(__file__).parent.parent / "golden" / "schema.sql"


def schema(path: Path) -> str:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name").fetchall()
    connection.close()
    return ";\n\n".join(row[0] for row in rows) + ";\n"


def test_the_schema_is_the_golden_one(store: Store) -> None:
    if os.environ.get("SENCO_WRITE_GOLDEN") == "1":
        GOLDEN.write_text(schema(store.path), encoding="utf-8", newline="\n")
    assert schema(store.path) == GOLDEN.read_text(encoding="utf-8")


def test_the_tables_are_one_to_one_with_the_migrations(store: Store) -> None:
    import importlib

    from sqlmodel import SQLModel

    for slice_ in ("settings", "schools", "clusters", "meetings", "requests", "budget", "reports"):
        importlib.import_module(f"senco.{slice_}.tables")
    connection = sqlite3.connect(store.path)
    own = {"trail", "store_identity", "migration"}
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")} - own
    assert tables == set(SQLModel.metadata.tables)
    for name, table in SQLModel.metadata.tables.items():
        # The promise of a column: its name, its type, whether it may be empty, whether it is part of the key.
        stored = {
            (row[1], row[2], not row[3] and not row[5], bool(row[5]))
            for row in connection.execute(f"PRAGMA table_info({name})")
        }
        modelled = {
            (column.name, str(column.type), bool(column.nullable) and not column.primary_key, column.primary_key)
            for column in table.columns
        }
        assert modelled == stored, name
    connection.close()


def test_every_table_is_strict(store: Store) -> None:
    connection = sqlite3.connect(store.path)
    loose = [
        name
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
        if "STRICT" not in sql.rsplit(")", 1)[-1]
    ]
    connection.close()
    assert loose == []


@pytest.mark.parametrize("step", sorted(migration_files())[:-1])
def test_a_store_of_every_step_is_brought_up_to_date(tmp_path: Path, step: int) -> None:
    path = tmp_path / "senco.db"
    migrate(path, actor="officer", at=STAMP, wait=1, upto=step)
    with pytest.raises(StoreTrouble), Store(path).reading():
        pass
    done = migrate(path, actor="officer", at=STAMP, wait=1)
    assert len(done.steps) == sum(number > step for number in migration_files())
    assert done.copy is not None
    assert done.copy.exists()
    assert schema(path) == GOLDEN.read_text(encoding="utf-8")
    with Store(path).reading() as ask:
        assert ask.trail_faults() == []
    again = migrate(path, actor="officer", at=STAMP, wait=1)
    assert (again.steps, again.copy) == ((), None)


def test_two_upgrades_keep_two_copies(tmp_path: Path) -> None:
    path = tmp_path / "senco.db"
    migrate(path, actor="officer", at=STAMP, wait=1, upto=1)
    (tmp_path / "senco-before-upgrade-from-0001-1.db").touch()
    done = migrate(path, actor="officer", at=STAMP, wait=1)
    assert done.copy == tmp_path / "senco-before-upgrade-from-0001-2.db"


def test_a_step_that_fails_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "senco.db"
    migrate(path, actor="officer", at=STAMP, wait=1, upto=2)
    before = schema(path)
    broken = tmp_path / "0003_broken.sql"
    broken.write_text("CREATE TABLE one (a TEXT) STRICT;\nCREATE TABLE two (a WRONG) STRICT;\n")
    files = {1: migration_files()[1], 2: migration_files()[2], 3: broken}
    monkeypatch.setattr(migrating, "migration_files", lambda: files)
    with pytest.raises(StoreTrouble):
        migrate(path, actor="officer", at=STAMP, wait=1)
    assert schema(path) == before


def test_a_store_that_cannot_be_made_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "0001_broken.sql"
    broken.write_text("CREATE TABLE one (a WRONG) STRICT;\n")
    monkeypatch.setattr(migrating, "migration_files", lambda: {1: broken})
    with pytest.raises(StoreTrouble):
        migrate(tmp_path / "senco.db", actor="officer", at=STAMP, wait=1)
    assert not (tmp_path / "senco.db").exists()


def test_an_edited_step_is_refused(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edited = tmp_path / "0002_settings.sql"
    edited.write_bytes(migration_files()[2].read_bytes() + b"-- edited\n")
    monkeypatch.setattr(migrating, "migration_files", lambda: {**migration_files(), 2: edited})
    with pytest.raises(StoreTrouble) as caught:
        migrate(store.path, actor="officer", at=STAMP, wait=1)
    assert caught.value.reference == "store.edited-step"


def test_line_ends_of_a_checkout_are_no_edit(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    windows = tmp_path / "0002_settings.sql"
    windows.write_bytes(migration_files()[2].read_bytes().replace(b"\n", b"\r\n"))
    monkeypatch.setattr(migrating, "migration_files", lambda: {**migration_files(), 2: windows})
    assert migrate(store.path, actor="officer", at=STAMP, wait=1).steps == ()


def test_foreign_and_newer_files_are_refused(store: Store, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    connection = sqlite3.connect(foreign, isolation_level=None)
    connection.execute("CREATE TABLE other (a)")
    connection.close()
    newer = tmp_path / "newer.db"
    newer.write_bytes(store.path.read_bytes())
    connection = sqlite3.connect(newer, isolation_level=None)
    connection.execute("PRAGMA user_version=9999")
    connection.close()
    for path, reference in ((foreign, "store.not-senco"), (newer, "store.too-new")):
        with pytest.raises(StoreTrouble) as caught:
            migrate(path, actor="officer", at=STAMP, wait=1)
        assert caught.value.reference == reference


def test_an_unsound_copy_stops_the_upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "senco.db"
    migrate(path, actor="officer", at=STAMP, wait=1, upto=1)

    monkeypatch.setattr(migrating, "_sound", lambda _: False)
    with pytest.raises(StoreTrouble) as caught:
        migrate(path, actor="officer", at=STAMP, wait=1)
    assert caught.value.reference == "store.copy-unsound"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_the_store_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "senco.db"
    migrate(path, actor="officer", at=STAMP, wait=1, upto=1)
    done = migrate(path, actor="officer", at=STAMP, wait=1)
    assert path.stat().st_mode & 0o777 == 0o600
    assert done.copy is not None
    assert done.copy.stat().st_mode & 0o777 == 0o600


def test_a_copy_is_opened_and_checked(store: Store, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(store.path.read_bytes()[:5000] + b"x" * 5000)
    assert migrating._sound(store.path)
    assert not migrating._sound(damaged)


def test_a_trigger_is_one_statement() -> None:
    script = "CREATE TABLE a (b);\nCREATE TRIGGER c BEFORE DELETE ON a BEGIN\n SELECT 1;\n SELECT 2;\nEND;\n"
    assert len(list(statements(script))) == 2


def test_a_step_that_comes_late_does_not_make_the_store_look_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Steps may leave numbers free; one that takes such a number later is taken, and the store stays up to date."""
    path, late, last = tmp_path / "senco.db", tmp_path / "8999_late.sql", tmp_path / "9000_last.sql"
    late.write_text("CREATE TABLE late (one INTEGER) STRICT;\n", encoding="utf-8")
    last.write_text("CREATE TABLE last (one INTEGER) STRICT;\n", encoding="utf-8")
    files = {**migration_files(), 9000: last}
    for room in (migrating, connection_room):
        monkeypatch.setattr(room, "migration_files", lambda: dict(sorted(files.items())))
    migrate(path, actor="o", at=STAMP, wait=5)
    files[8999] = late
    assert migrate(path, actor="o", at=STAMP, wait=5).steps == ("8999_late",)
    assert migrate(path, actor="o", at=STAMP, wait=5).steps == ()
    with Store(path, wait=5).reading() as ask:
        assert ask.value("SELECT COUNT(*) FROM late") == 0
