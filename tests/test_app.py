"""The front door: whatever happens is told on stderr with its exit code, and nothing is half printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from senco import app
from senco.errors import Interrupted
from senco.store.doors import Store
from tests.conftest import Ran

Senco = Callable[..., Ran]


def test_the_version(senco: Senco) -> None:
    done = subprocess.run([sys.executable, "-m", "senco", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("senco ")
    assert senco("--version").out == done.stdout


def test_no_words_ask_for_help(senco: Senco) -> None:
    assert senco() == senco("--help")
    assert "Start here" in senco().out
    assert senco("settings").out == senco("settings", "--help").out


def test_the_options_that_hold_everywhere_may_stand_anywhere(senco: Senco, store: Store) -> None:
    os.environ.pop("SENCO_STORE")
    front = senco("--store", str(store.path), "--as-of", "1/9/2021", "settings", "list", "--format", "json")
    back = senco("settings", "list", "--format", "json", "--as-of=1/9/2021", f"--store={store.path}")
    assert front == back
    assert json.loads(front.out)["as_of"] == "2021-09-01"


def test_words_after_the_double_dash_are_left_alone() -> None:
    assert app.hoisted(["a", "--", "--store"]) == ["a", "--", "--store"]
    assert app.hoisted(["a", "--store"]) == ["--store", "a"]


def test_a_mistyped_command_is_told_with_its_neighbours(senco: Senco) -> None:
    done = senco("setings")
    assert (done.code, done.out) == (2, "")
    assert "Did you mean 'settings'" in done.err
    done = senco("settings", "lst")
    assert "Did you mean 'list'" in done.err
    assert "senco settings --help" in done.err
    done = senco("settings", "list", "--formt", "json")
    assert (done.code, "--format" in done.err) == (2, True)


def test_an_error_for_a_machine_is_one_json_object_on_stderr(senco: Senco) -> None:
    done = senco("settings", "list", "--format", "json", "--store", "none.db")
    assert (done.code, done.out) == (3, "")
    told = json.loads(done.err)
    assert told["exit_code"] == 3
    assert told["error"]["reference"] == "store.missing"
    done = senco("settings", "list", "--format=json", "--nonsense")
    assert json.loads(done.err)["error"]["reference"] == "usage"


def test_a_fault_tells_its_place_and_no_value(senco: Senco, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError("A CHILD'S NAME")

    monkeypatch.setattr(app, "_run", broken)
    done = senco("settings", "list")
    assert (done.code, done.out) == (1, "")
    assert "ZeroDivisionError" in done.err
    assert "CHILD" not in done.err
    monkeypatch.setenv("SENCO_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        senco("settings", "list")


def test_a_fault_names_the_line_in_senco(senco: Senco, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "build", lambda _: 1 / 0)
    assert "fault.unexpected" in senco("settings", "list", "--format", "json").err
    assert "ZeroDivisionError at app.py:" in senco("settings", "list").err


@pytest.mark.parametrize("stop", [KeyboardInterrupt, app.typer.Abort])
def test_stopping_is_130(senco: Senco, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]) -> None:
    def stopped(_: object) -> None:
        raise stop

    monkeypatch.setattr(app, "_run", stopped)
    done = senco("settings", "list")
    assert done.code == 130
    assert "stays recorded" in done.err


def test_an_interrupt_inside_a_command_is_130(senco: Senco, monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    from senco.settings import questions

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(questions, "settings_on", stopped)
    done = senco("settings", "list")
    assert (done.code, done.out, "stays recorded" in done.err) == (130, "", True)


@pytest.mark.skipif(os.name != "posix", reason="head and pipes of a POSIX shell")
def test_a_reader_that_goes_away_is_no_error(store: Store) -> None:
    done = subprocess.run(
        f"{sys.executable} -m senco settings list | true; exit ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs the full device")
def test_an_answer_that_cannot_be_written_is_told(store: Store) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "senco", "settings", "list", "--format", "json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 6
    assert json.loads(done.stderr)["error"]["reference"] == "output.cannot-write"
    assert "No space left on device" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="a POSIX shell closes the stream")
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("settings list >&-", 6, "stdout is closed"),
        ("settings set panel.cap 9 >&-", 0, "panel.cap is 9"),
        ("settings set panel.cup 9 2>&-", 3, ""),
        ("settings set panel.cap 9 <&-", 0, "panel.cap is 9"),
    ],
)
def test_a_stream_that_is_closed(store: Store, words: str, code: int, told: str) -> None:
    done = subprocess.run(f"{sys.executable} -m senco {words}", shell=True, capture_output=True, text=True, check=False)
    assert (done.returncode, told in done.stderr) == (code, True), done


def test_a_console_in_cp1252_is_served(store: Store) -> None:
    for setting in ({"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        done = subprocess.run(
            [sys.executable, "-m", "senco", "settings", "list"],
            capture_output=True,
            check=False,
            env={**os.environ, **setting},
        )
        assert done.returncode == 0, done.stderr
        assert b"threshold" in done.stdout


def test_shell_completion_offers_commands() -> None:
    env = {**os.environ, "_SENCO_COMPLETE": "complete_bash", "COMP_WORDS": "senco settings ", "COMP_CWORD": "2"}
    done = subprocess.run([sys.executable, "-m", "senco"], capture_output=True, text=True, check=False, env=env)
    assert done.stdout.split() == ["list", "set"]
    env["COMP_WORDS"] = "senco sch"
    env["COMP_CWORD"] = "1"
    done = subprocess.run([sys.executable, "-m", "senco"], capture_output=True, text=True, check=False, env=env)
    assert "schools" in done.stdout


def test_an_interrupt_that_was_told_starts_on_a_line_of_its_own(senco: Senco, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(_: object) -> None:
        raise Interrupted("ask.ended", "The input ended.")

    monkeypatch.setattr(app, "_run", ended)
    assert senco("settings", "list").err == "\nsenco: The input ended.\n"
    assert json.loads(senco("settings", "list", "--format", "json").err)["exit_code"] == 130
