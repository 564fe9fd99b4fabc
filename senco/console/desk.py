"""The Desk: what a command is handed. It holds the store, the day, the actor and the way to answer."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime
from enum import StrEnum
from io import StringIO
from typing import TYPE_CHECKING

from senco.errors import Fault, Refused, WrongUse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from senco.console.listing import Answer
    from senco.store.doors import Ask, Change, Store


_LONDON_MAY_BE_AHEAD = 23  # o'clock in UTC, from which British Summer Time may have begun the next day


class Format(StrEnum):
    """How an answer is written: a table for people, JSON or CSV for machines."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Desk:
    """One command's desk. ``today`` is the day the answer is for; nothing is printed before the command is done.

    ``adviser`` is what a storey above has to say to a command below it, filled in by the front door.
    """

    def __init__(
        self,
        store_path: Path | None = None,
        as_of: date | None = None,
        actor_named: str | None = None,
        front_door: Callable[[Sequence[str]], int] | None = None,
        adviser: Callable[..., Sequence[str]] | None = None,
    ) -> None:
        self.store_path = store_path
        self.as_of = as_of
        self.actor_named = actor_named
        self.front_door = front_door
        self.adviser = adviser
        self.answer = ""
        self._status = 0

    @property
    def store(self) -> Store:
        """Give the store that the command works on."""
        from senco.store.doors import Store
        from senco.store.places import default_store

        return Store(self.store_path or default_store(), wait=_wait())

    @property
    def today(self) -> date:
        """Give the day set by --as-of or SENCO_TODAY, or else today in London."""
        if self.as_of:
            return self.as_of
        now = datetime.now(UTC)
        if now.hour < _LONDON_MAY_BE_AHEAD:
            return now.date()  # the same day in London: the zones need not be read to know
        from senco.dates import LONDON

        return now.astimezone(LONDON).date()

    @property
    def now(self) -> datetime:
        """Give this moment, in UTC: what the trail records."""
        return datetime.now(UTC).replace(microsecond=0)

    @property
    def actor(self) -> str:
        """Give who is at work: SENCO_ACTOR, or else the name at the operating system."""
        if self.actor_named:
            return self.actor_named
        import getpass

        try:
            return getpass.getuser()
        except (OSError, KeyError):
            raise WrongUse(
                "actor.unknown", "Nobody is named as the one at work.", "Set the environment variable SENCO_ACTOR."
            ) from None

    @contextmanager
    def reading(self) -> Iterator[Ask]:
        """Open the store's reading door."""
        with self.store.reading() as ask:
            yield ask

    @contextmanager
    def changing(self, verb: str, *, rehearsal: bool = False) -> Iterator[Change]:
        """Open the store's changing door in the actor's name."""
        with self.store.changing(verb, actor=self.actor, at=self.now, rehearsal=rehearsal) as change:
            yield change

    def show(self, *answers: Answer, form: Format = Format.TABLE) -> None:
        """Lay out the answer in the form asked for; it is printed when the command is done."""
        if form is not Format.TABLE:
            from senco.console import machine

            told = machine.json_text(self.today, answers) if form is Format.JSON else machine.csv_of(answers)
            self.answer += told
            return
        from senco.console import drawing

        if os.environ.get("SENCO_ACCESSIBLE") == "1":
            self.answer += drawing.labelled_text(answers)
        elif sys.stdout.isatty():
            width = shutil.get_terminal_size().columns
            colour = "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
            self.answer += drawing.terminal_text(answers, width=width, colour=colour)
        else:
            self.answer += drawing.plain_text(answers)

    def run(self, words: Sequence[str]) -> tuple[int, str]:
        """Run another command line in this process, as if it had been typed; gives its exit code and all it said."""
        if self.front_door is None:
            raise Fault("desk.no-front-door", "A command cannot run another one here.", "Please report this.")
        said = StringIO()
        try:
            with redirect_stdout(said), redirect_stderr(said):
                code = self.front_door(words)
        finally:
            set_desk(self)
        return code, said.getvalue()

    def show_now(self) -> None:
        """Print at once what was laid out so far, before a question is asked."""
        sys.stdout.write(self.answer)
        sys.stdout.flush()
        self.answer = ""

    def say(self, sentence: str) -> None:
        """Say one sentence to the person at work, on stderr."""
        from senco.privacy import clean_block

        print(clean_block(sentence), file=sys.stderr)  # noqa: T201 - this is the voice of senco

    def end_with(self, status: int) -> None:
        """Let the process end with this exit code although an answer was given (7: checks found something)."""
        self._status = status

    @property
    def status(self) -> int:
        """Give the exit code the command asked for."""
        return self._status

    @property
    def at_terminal(self) -> bool:
        """Say whether a person can be asked: stdin is a terminal."""
        return sys.stdin is not None and sys.stdin.isatty()

    def confirm(self, question: str, *, flag: str, given: bool) -> None:
        """Go on only with a yes: given by its flag, or by the person at the terminal.

        Raises Refused ``ask.no-terminal`` naming the flag when nobody can be asked, ``ask.declined`` on a no.
        """
        if given:
            return
        if not self.at_terminal:
            raise Refused(
                "ask.no-terminal", f"{question} Nobody is at the terminal to say so. Nothing changed.", f"Add {flag}."
            )
        from senco.console.asking import Terminal

        if not Terminal().yes(question):
            raise Refused("ask.declined", "Stopped. Nothing changed.")


_desk: Desk | None = None


def set_desk(desk: Desk | None) -> None:
    """Put a desk in place for the command about to run, or take it away."""
    global _desk  # noqa: PLW0603 - one process runs one command at a time
    _desk = desk


def desk() -> Desk:
    """Give the desk of the running command."""
    if _desk is None:
        raise Fault("desk.missing", "A command ran without a desk.", "Please report this.")
    return _desk


def _wait() -> float:
    told = os.environ.get("SENCO_WAIT", "30")
    try:
        return float(told)
    except ValueError:
        raise WrongUse(
            "wait.unreadable", f"SENCO_WAIT is '{told}', not a number of seconds.", "Give e.g. 30."
        ) from None
