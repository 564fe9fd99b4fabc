"""The desk: who, when, which store; and asking, or refusing to when nobody is there."""

from __future__ import annotations

import io
import sys
from datetime import date

import pytest

from senco.console import asking
from senco.console import desk as desks
from senco.console.asking import Terminal
from senco.console.desk import Desk, desk, set_desk
from senco.errors import Fault, Interrupted, Refused, WrongUse


class Typed(io.StringIO):
    """A terminal at which somebody types."""

    def isatty(self) -> bool:
        return True


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", Typed("".join(f"{line}\n" for line in lines)))


def test_a_command_without_a_desk_is_a_fault() -> None:
    set_desk(None)
    with pytest.raises(Fault) as caught:
        desk()
    assert caught.value.reference == "desk.missing"


def test_the_actor_is_named_or_the_login(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Desk(actor_named="officer").actor == "officer"
    monkeypatch.setattr("getpass.getuser", lambda: "login")
    assert Desk().actor == "login"

    def nameless() -> str:
        raise OSError

    monkeypatch.setattr("getpass.getuser", nameless)
    with pytest.raises(WrongUse) as caught:
        _ = Desk().actor
    assert caught.value.reference == "actor.unknown"


def test_today_is_londons(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Desk(as_of=date(2020, 1, 1)).today == date(2020, 1, 1)
    assert isinstance(Desk().today, date)
    assert Desk().now.utcoffset() is not None


def test_waiting_is_a_number_of_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENCO_WAIT", "0.5")
    assert Desk().store.wait == 0.5
    monkeypatch.setenv("SENCO_WAIT", "long")
    with pytest.raises(WrongUse) as caught:
        _ = Desk().store
    assert caught.value.reference == "wait.unreadable"


def test_a_yes_may_be_given_beforehand() -> None:
    Desk().confirm("Apply?", flag="--yes", given=True)


def test_nobody_is_asked_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    with pytest.raises(Refused) as caught:
        Desk().confirm("Apply?", flag="--yes", given=False)
    assert caught.value.reference == "ask.no-terminal"
    assert "--yes" in caught.value.hint
    monkeypatch.setattr(sys, "stdin", None)
    assert not Desk().at_terminal


def test_a_person_says_yes_or_no(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "perhaps", "Yes")
    Desk().confirm("Apply?", flag="--yes", given=False)
    typed(monkeypatch, "")
    with pytest.raises(Refused) as caught:
        Desk().confirm("Apply?", flag="--yes", given=False)
    assert caught.value.reference == "ask.declined"


def test_a_choice_is_asked_until_it_is_one(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    typed(monkeypatch, "x", " B ")
    assert Terminal().choose("Which?", [("a", "the first"), ("b", "the second")]) == "b"
    told = capsys.readouterr()
    assert told.out == ""
    assert "Please type one of: a, b." in told.err


def test_the_end_of_the_input_ends_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch)
    with pytest.raises(Interrupted) as caught:
        Terminal().line("Reason:")
    assert caught.value.reference == "ask.ended"


def test_control_characters_typed_or_pasted_are_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "a\x1b[31mb")
    assert Terminal().line("Reason:") == "a�[31mb"


def test_what_was_laid_out_can_be_shown_before_a_question(capsys: pytest.CaptureFixture[str]) -> None:
    one = Desk()
    one.answer = "the plan\n"
    one.show_now()
    assert capsys.readouterr().out == "the plan\n"
    assert one.answer == ""


def test_the_store_of_the_desk_is_the_one_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("x") / "a.db"
    assert Desk(store_path=path).store.path == path
    assert Desk().store.path.name == "senco.db"
    assert desks.Format.JSON == "json"


def test_questions_break_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "  4  exceptional: needing support that would cost more than is expected\n\nshort"
    assert asking.wrapped(text) == text
    monkeypatch.setattr(sys, "stderr", Typed())
    monkeypatch.setenv("COLUMNS", "40")
    assert asking.wrapped(text) == (
        "  4  exceptional: needing support that\n  would cost more than is expected\n\nshort"
    )
