"""Where the store lives, and where it must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from senco import files
from senco.errors import StoreTrouble
from senco.store import places, seen
from senco.store.doors import Store
from senco.store.places import default_store, state_folder, why_not_here
from tests.conftest import AT


def test_the_users_data_folder_on_each_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places.sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert default_store() == Path("/data/senco/senco.db")
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setattr(Path, "home", lambda: Path("/home/officer"))
    assert default_store() == Path("/home/officer/.local/share/senco/senco.db")
    monkeypatch.setattr(places.sys, "platform", "darwin")
    assert default_store() == Path("/home/officer/Library/Application Support/senco/senco.db")
    monkeypatch.setattr(places.sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "/appdata")
    assert default_store() == Path("/appdata/senco/senco.db")


def test_without_a_home_the_store_must_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)

    def nobody() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", nobody)
    with pytest.raises(StoreTrouble) as caught:
        default_store()
    assert caught.value.reference == "store.no-home"
    assert state_folder() is None
    seen.remember("store", 1, "a")
    assert seen.last_seen("store") is None


def test_a_sync_folder_is_refused_unless_overruled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "OneDrive - Borough" / "senco.db")
    with pytest.raises(StoreTrouble) as caught:
        store.make_or_upgrade(actor="officer", at=AT)
    assert caught.value.reference == "store.synced-folder"
    monkeypatch.setenv("SENCO_ALLOW_SYNC_FOLDER", "1")
    assert store.make_or_upgrade(actor="officer", at=AT).made


def test_a_conflicted_copy_beside_it_stops_every_change(store: Store) -> None:
    (store.path.parent / "senco (officer's conflicted copy).db").touch()
    with pytest.raises(StoreTrouble, match="conflicted copy"), store.changing("x", actor="officer", at=AT):
        pass
    assert why_not_here(store.path.parent / "other.db") is None


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreTrouble) as caught:
        Store(tmp_path / "file" / "senco.db").make_or_upgrade(actor="officer", at=AT)
    assert caught.value.reference == "store.cannot-make-folder"


def test_what_was_seen_survives_a_broken_note(monkeypatch: pytest.MonkeyPatch) -> None:
    seen.remember("one", 3, "abc")
    seen.remember("one", 3, "abc")
    assert seen.last_seen("one") == (3, "abc")
    folder = state_folder()
    assert folder is not None
    for text in ("not a note of seals", "", "one three abc\n", "one 3\n"):
        (folder / "seals.txt").write_text(text, encoding="utf-8")
        assert seen.last_seen("one") is None

    def refuse(*_: object) -> bool:
        raise StoreTrouble("file.cannot-write", "no")

    monkeypatch.setattr(files, "write_whole", refuse)
    seen.remember("one", 4, "def")
    assert seen.last_seen("one") is None
