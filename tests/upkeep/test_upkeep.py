"""Looking after the store: made, upgraded, checked, sealed, unlocked."""

from __future__ import annotations

import json
import shlex
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from senco.app import main
from senco.console.desk import Desk
from senco.errors import Fault, SencoError
from senco.store.doors import Store
from senco.store.lock import lock_path
from senco.store.migrating import migrate
from senco.upkeep import demo
from tests.conftest import AT, Ran

Senco = Callable[..., Ran]


def test_init_makes_a_store_and_says_where(senco: Senco, tmp_path: Path) -> None:
    path = tmp_path / "new" / "senco.db"
    done = senco("init", "--store", str(path))
    assert (done.code, done.out, done.err) == (0, "", f"Made the store {path}.\n")
    assert senco("init", "--store", str(path)).err == f"The store {path} is up to date.\n"


def test_init_brings_an_older_store_up_to_date(senco: Senco, tmp_path: Path) -> None:
    path = tmp_path / "senco.db"
    migrate(path, actor="officer", at=AT.isoformat(), wait=1, upto=2)
    assert senco("status", "--store", str(path)).code == 6
    done = senco("init", "--store", str(path))
    assert done.code == 0
    assert "senco-before-upgrade-from-0002-1.db" in done.err


def test_status_counts_what_there_is(senco: Senco, store: Store) -> None:
    told = json.loads(senco("status", "--format", "json").out)["status"]
    assert told["store"] == str(store.path)
    assert (told["schools"], told["clusters"], told["meetings"], told["requests"], told["decided"]) == (0, 0, 0, 0, 0)
    assert told["seal"].startswith(f"{told['records']}-")
    assert told["seal"] in senco("status").out


def test_a_sound_store_passes_every_check(senco: Senco, store: Store) -> None:
    done = senco("check")
    assert (done.code, done.out) == (0, "Every check passed: nothing found.\n")


@pytest.mark.tampered
def test_a_tampered_store_ends_with_7(senco: Senco, store: Store) -> None:
    connection = sqlite3.connect(store.path, isolation_level=None)
    connection.execute("DROP TRIGGER trail_no_update")
    connection.execute("UPDATE trail SET actor = 'another' WHERE number = 2")
    connection.close()
    done = senco("check", "--format", "json")
    assert done.code == 7
    found = json.loads(done.out)["findings"]
    assert {each["check"] for each in found} == {"store.trail"}
    assert any("record 2 was altered" in each["what"] for each in found)


def test_a_broken_row_is_found(senco: Senco, store: Store) -> None:
    connection = sqlite3.connect(store.path, isolation_level=None)
    connection.execute(
        "INSERT INTO school_alias (alias, folded, la_code, urn, decided_by, source, made_at)"
        " VALUES ('a', 'a', 319, 999999, 'match', 'x', 'now')"
    )
    done = senco("check")
    connection.execute("DELETE FROM school_alias")
    connection.close()
    assert done.code == 7
    assert "store.integrity" in done.out


def test_a_printed_seal_is_proved(senco: Senco, store: Store) -> None:
    seal = json.loads(senco("status", "--format", "json").out)["status"]["seal"]
    senco("settings", "set", "panel.cap", "12")
    assert senco("check", "--seal", seal.lower()).code == 0
    for wrong in ("9999" + seal[1:], seal[:-1] + ("A" if seal[-1] != "A" else "B"), "nonsense"):
        done = senco("check", "--seal", wrong)
        assert done.code == 7
        assert "store.seal" in done.out


def test_a_backup_is_proved_by_its_seal_and_may_be_looked_at(senco: Senco, store: Store, tmp_path: Path) -> None:
    seal = json.loads(senco("status", "--format", "json").out)["status"]["seal"]
    backup = tmp_path / "backup.db"
    shutil.copy(store.path, backup)
    senco("settings", "set", "panel.cap", "12")
    done = senco("check", "--seal", seal, "--store", str(backup))
    assert (done.code, done.err) == (0, f"The store holds the very record of the seal {seal}.\n")
    assert senco("settings", "list", "--store", str(backup)).code == 0


def test_an_older_copy_is_a_finding_until_it_is_accepted(senco: Senco, store: Store) -> None:
    older = store.path.read_bytes()
    senco("settings", "set", "panel.cap", "12")
    store.path.write_bytes(older)
    assert senco("status").code == 6
    done = senco("check")
    assert done.code == 7
    assert "store.older-copy" in done.out
    assert senco("check", "--accept").code == 0
    assert senco("status").code == 0


def test_the_trail_is_shown_newest_last(senco: Senco, store: Store) -> None:
    senco("settings", "set", "panel.cap", "12")
    told = json.loads(senco("trail", "--on", "PANEL", "--format", "json").out)["trail"]
    assert [(each["verb"], each["subject"]) for each in told] == [("setting.set", "setting panel.cap")]
    assert json.loads(told[0]["detail"]) == {"after": "12", "before": "20", "holds_from": "2020-11-24"}
    assert len(json.loads(senco("trail", "--last", "2", "--format", "json").out)["trail"]) == 2
    assert json.loads(senco("trail", "--change", told[0]["change_id"], "--format", "json").out)["trail"] == told
    assert "The trail has no such line." in senco("trail", "--what", "nothing").out
    assert "setting.set" in senco("trail").out


def test_unlock_says_who_held_it(senco: Senco, store: Store) -> None:
    assert senco("unlock").err == f"No lock stands beside {store.path}.\n"
    lock_path(store.path).write_text(
        '{"host": "another", "process": 1, "user": "officer", "since": "2020-09-01"}', encoding="utf-8"
    )
    assert "officer on another (process 1)" in senco("unlock").err
    assert not lock_path(store.path).exists()


def test_the_demonstration_touches_no_folder_in_use(senco: Senco, tmp_path: Path) -> None:
    letter = tmp_path / "mine" / "letter.txt"
    letter.parent.mkdir()
    letter.touch()
    done = senco("demo", str(tmp_path / "mine"))
    assert done.code == 4
    assert f"senco demo {tmp_path / 'mine-2'}" in done.err
    (tmp_path / "mine-2").mkdir()
    assert f"senco demo {tmp_path / 'mine-3'}" in senco("demo", str(tmp_path / "mine")).err
    for folder, reference in ((letter, "demo.folder-in-use"), (letter / "deep", "demo.cannot-make-folder")):
        with pytest.raises(SencoError) as caught:
            demo.walk(folder, Desk())
        assert caught.value.reference == reference


def test_a_demonstration_that_fails_says_at_which_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "BEFORE", (("Something wrong.", "nonsense"),))
    with pytest.raises(Fault, match="`senco nonsense` ended with 2") as caught:
        demo.walk(tmp_path / "here", Desk(front_door=main))
    assert caught.value.reference == "demo.failed"
    with pytest.raises(Fault) as caught:
        demo.walk(tmp_path / "there", Desk())
    assert caught.value.reference == "desk.no-front-door"


def test_the_demonstration_leaves_what_it_promises(senco: Senco, tmp_path: Path) -> None:
    done = senco("demo", str(tmp_path / "here"))
    assert done.code == 0, done.err
    names = {path.name for path in (tmp_path / "here").iterdir()}
    assert {"senco-demo.db", "CP1.ics", "panel-2020-12-08.xlsx", "NEXT-STEPS.md"} <= names
    # The hosts are invented, and said to be, so that whoever tries it sees an interest on the agenda.
    assert done.out.count("was never published: this is invented") == 1
    agenda = done.out.partition("$ senco requests agenda")[2].partition("\n$ ")[0]
    assert "Overton Grange School (CP1 lead, own school)" in agenda
    assert "not known" not in agenda
    assert not [name for name in names if name.endswith((".lock", "-journal"))]
    with Store(tmp_path / "here" / "senco-demo.db").reading() as ask:
        assert ask.value("SELECT COUNT(*) FROM membership") == 55
        assert ask.value("SELECT COUNT(*) FROM meeting") == 11
        assert ask.value("SELECT COUNT(*) FROM moderation") == 4
        hosts = ask.all(
            lambda cluster, phase, inside: (cluster, phase, inside),
            "SELECT c.reference, s.phase, COUNT(m.urn) FROM appointment AS a JOIN cluster AS c"
            " ON c.cluster_id = a.cluster_id JOIN school AS s ON s.urn = a.host_urn LEFT JOIN membership AS m"
            " ON m.cluster_id = c.cluster_id AND m.urn = s.urn WHERE a.host_urn IS NOT NULL GROUP BY 1, 2 ORDER BY 1",
        )
        assert hosts == [(f"CP{number}", "Secondary", 1) for number in range(1, 6)]
        assert ask.trail_faults() == []
    assert (
        json.loads(
            senco(
                "clusters", "show", "CP1", "--format", "json", "--store", str(tmp_path / "here" / "senco-demo.db")
            ).out
        )["cluster"]["reference"]
        == "CP1"
    )


def test_the_sources_are_found_in_a_wheel_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (demo.sources() / "gias-sutton.csv").is_file()
    (tmp_path / "data").mkdir()
    (tmp_path / "upkeep").mkdir()
    monkeypatch.setattr(demo, "__file__", str(tmp_path / "upkeep" / "demo.py"))
    assert demo.sources() == tmp_path / "data"


def test_the_next_steps_work_as_they_are_written(senco: Senco, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SENCO_TODAY")
    assert senco("demo", str(tmp_path / "here")).code == 0
    monkeypatch.chdir(tmp_path / "here")
    text = (tmp_path / "here" / "NEXT-STEPS.md").read_text(encoding="utf-8").replace("\\\n", " ")
    steps = [shlex.split(line)[1:] for line in text.splitlines() if line.startswith("    senco ")]
    assert len(steps) == 6
    for words in steps:
        done = senco(*words)
        if "moderate" in words:  # nobody is at the terminal of a test: it says how to do it by flags
            assert (done.code, "--request" in done.err) == (4, True)
        else:
            assert done.code == 0, done.err
